#include "ground/archive.h"

#include <errno.h>
#include <string.h>
#include <zlib.h>

static void write_piece(struct archive *archive) {
  struct buffer *piece = &archive->piece;
  if (piece->failed)
    errno = ENOMEM;
  archive->failed |= piece->failed || (!archive->failed && fwrite(piece->data, 1, piece->size,
                                                                  archive->stream) != piece->size);
  buffer_reset(piece);
}

void archive_put(struct archive *archive) {
  struct archive_member *member = &archive->members[archive->count - 1];
  const struct buffer *piece = &archive->piece;
  member->crc = (uint32_t)crc32(member->crc, (const Bytef *)piece->data, (uInt)piece->size);
  member->size += piece->size;
  write_piece(archive);
}

static void add_number(struct buffer *out, uint32_t number, int bytes) {
  for (int i = 0; i < bytes; i++)
    buffer_add_char(out, (char)(number >> 8 * i & 0xFF));
}

/* What a header of a member and its entry in the directory have in common. */
static void add_description(struct buffer *out, const struct archive_member *member) {
  add_number(out, 20, 2);                /* version that can read it */
  add_number(out, 0x800, 2);             /* names are UTF-8 */
  add_number(out, 0, 2);                 /* stored */
  add_number(out, 0x5821u << 16 | 0, 4); /* 2024-01-01: the same bytes each time */
  add_number(out, member->crc, 4);
  add_number(out, (uint32_t)member->size, 4);
  add_number(out, (uint32_t)member->size, 4);
  add_number(out, (uint32_t)strlen(member->name), 2);
  add_number(out, 0, 2);
}

static void write_header(struct archive *archive, const struct archive_member *member) {
  add_number(&archive->piece, 0x04034b50, 4);
  add_description(&archive->piece, member);
  buffer_add_text(&archive->piece, member->name);
  write_piece(archive);
}

static uint64_t place_in(struct archive *archive) {
  off_t place = ftello(archive->stream);
  if (place > UINT32_MAX)
    errno = EFBIG; /* the numbers of a member have 32 bits */
  archive->failed |= place < 0 || place > UINT32_MAX;
  return archive->failed ? 0 : (uint64_t)place;
}

static void go_to(struct archive *archive, uint64_t place) {
  archive->failed |= !archive->failed && fseeko(archive->stream, (off_t)place, SEEK_SET) != 0;
}

void archive_begin(struct archive *archive, const char *name) {
  struct archive_member *member = &archive->members[archive->count++];
  *member = (struct archive_member){.name = name, .offset = place_in(archive)};
  write_header(archive, member);
}

/* The header has what is known only now. */
void archive_end(struct archive *archive) {
  const struct archive_member *member = &archive->members[archive->count - 1];
  archive_put(archive);
  uint64_t end = place_in(archive);
  go_to(archive, member->offset);
  write_header(archive, member);
  go_to(archive, end);
}

static void add_entry(struct buffer *out, const struct archive_member *member) {
  add_number(out, 0x02014b50, 4);
  add_number(out, 20, 2);
  add_description(out, member);
  add_number(out, 0, 4); /* comment, disk */
  add_number(out, 0, 2);
  add_number(out, 0, 4);
  add_number(out, (uint32_t)member->offset, 4);
  buffer_add_text(out, member->name);
}

void archive_finish(struct archive *archive) {
  struct buffer *out = &archive->piece;
  uint64_t begin = place_in(archive);
  for (unsigned i = 0; i < archive->count; i++)
    add_entry(out, &archive->members[i]);
  uint32_t size = (uint32_t)out->size;
  add_number(out, 0x06054b50, 4);
  add_number(out, 0, 4);
  add_number(out, archive->count, 2);
  add_number(out, archive->count, 2);
  add_number(out, size, 4);
  add_number(out, (uint32_t)begin, 4);
  add_number(out, 0, 2);
  write_piece(archive);
}
