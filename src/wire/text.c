#include "wire/text.h"

#include <stdlib.h>
#include <string.h>

/* The second piece of a text moves it out of the arena, into room that grows and is used again. */
static void add_piece(struct ets_reader *reader, const char *bytes, size_t n) {
  size_t wanted = reader->length + n;
  if (wanted > reader->piece_room) {
    size_t room = 2 * wanted;
    char *larger = realloc(reader->pieces, room);
    if (!larger) {
      ets_reader_no_memory(reader);
      return;
    }
    reader->pieces = larger;
    reader->piece_room = room;
  }
  if (reader->text) {
    memcpy(reader->pieces, reader->text, reader->length);
    reader->arena->next = reader->text;
    reader->text = NULL;
  }
  memcpy(reader->pieces + reader->length, bytes, n);
  reader->length = wanted;
}

void ets_text_add(struct ets_reader *reader, const char *bytes, size_t n) {
  if (reader->length + n > reader->parse.limits.value_bytes) {
    ets_parse_too_long(&reader->parse);
  } else if (reader->length) {
    add_piece(reader, bytes, n);
  } else {
    reader->text = ets_arena_text(reader->arena, bytes, n);
    reader->length = n;
    if (!reader->text)
      ets_reader_no_memory(reader);
  }
}

char *ets_text_take(struct ets_reader *reader, size_t *length) {
  char *text = reader->text;
  if (!text) {
    text = ets_arena_text(reader->arena, reader->length ? reader->pieces : "", reader->length);
    if (!text)
      ets_reader_no_memory(reader);
  }
  *length = reader->length;
  reader->text = NULL;
  reader->length = 0;
  return text;
}

void ets_text_drop(struct ets_reader *reader) {
  if (reader->text)
    reader->arena->next = reader->text;
  reader->text = NULL;
  reader->length = 0;
}
