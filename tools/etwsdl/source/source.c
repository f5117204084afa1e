#include "etwsdl/source/source.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "etwsdl/source/scan.h"

enum { WAIT_SECONDS = 60 };

/* Waits for a pipe or a terminal: whoever opened the other end and says nothing is not waited for
 * forever. */
static ssize_t read_some(int file, char *bytes, size_t size) {
  for (;;) {
    ssize_t n = read(file, bytes, size);
    if (n >= 0 || (errno != EAGAIN && errno != EINTR))
      return n;
    struct pollfd wait = {.fd = file, .events = POLLIN};
    if (errno == EAGAIN && poll(&wait, 1, WAIT_SECONDS * 1000) == 0) {
      errno = ETIMEDOUT;
      return -1;
    }
  }
}

static bool read_open(struct source *source, struct contract *contract, struct place from,
                      const char *path, int file) {
  char *bytes = need_alloc(SOURCE_MOST_BYTES + 1);
  size_t size = 0;
  ssize_t n = 1;
  while (n > 0 && size <= SOURCE_MOST_BYTES) {
    n = read_some(file, bytes + size, SOURCE_MOST_BYTES + 1 - size);
    size += n > 0 ? (size_t)n : 0;
  }
  if (n < 0)
    contract_error(contract, from, "cannot read %s: %s", path, strerror(errno));
  else if (size > SOURCE_MOST_BYTES)
    contract_error(contract, from, "%s is larger than %d MiB, no contract is", path,
                   SOURCE_MOST_BYTES / 1024 / 1024);
  bool good = n >= 0 && size <= SOURCE_MOST_BYTES;
  if (good) {
    source->bytes = arena_copy(contract->arena, bytes, size);
    source->size = size;
  }
  free(bytes);
  return good;
}

/* O_NONBLOCK: a pipe that nobody writes into is empty. */
static bool read_file(struct source *source, struct contract *contract, struct place from,
                      const char *path) {
  int file = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
  if (file < 0) {
    contract_error(contract, from, "cannot open %s: %s", path, strerror(errno));
    return false;
  }
  bool good = read_open(source, contract, from, path, file);
  close(file);
  return good;
}

static void add_code_point(struct buffer *text, uint32_t c) {
  unsigned char out[4];
  size_t n = 0;
  if (c < 0x80) {
    out[n++] = (unsigned char)c;
  } else if (c < 0x800) {
    out[n++] = (unsigned char)(0xc0 | (c >> 6));
    out[n++] = (unsigned char)(0x80 | (c & 0x3f));
  } else if (c < 0x10000) {
    out[n++] = (unsigned char)(0xe0 | (c >> 12));
    out[n++] = (unsigned char)(0x80 | ((c >> 6) & 0x3f));
    out[n++] = (unsigned char)(0x80 | (c & 0x3f));
  } else {
    out[n++] = (unsigned char)(0xf0 | (c >> 18));
    out[n++] = (unsigned char)(0x80 | ((c >> 12) & 0x3f));
    out[n++] = (unsigned char)(0x80 | ((c >> 6) & 0x3f));
    out[n++] = (unsigned char)(0x80 | (c & 0x3f));
  }
  buffer_add(text, (const char *)out, n);
}

static bool from_utf16(struct buffer *text, const unsigned char *bytes, size_t size, bool big) {
  size_t high = big ? 0 : 1, low = big ? 1 : 0;
  if (size % 2 != 0)
    return false;
  for (size_t i = 0; i < size; i += 2) {
    uint32_t c = (uint32_t)bytes[i + high] << 8 | bytes[i + low];
    if (c >= 0xdc00 && c < 0xe000)
      return false;
    if (c >= 0xd800 && c < 0xdc00) {
      if (i + 4 > size)
        return false;
      uint32_t d = (uint32_t)bytes[i + 2 + high] << 8 | bytes[i + 2 + low];
      if (d < 0xdc00 || d >= 0xe000)
        return false;
      c = 0x10000 + ((c - 0xd800) << 10) + (d - 0xdc00);
      i += 2;
    }
    add_code_point(text, c);
  }
  return true;
}

/* 0x80 to 0x9f; what it leaves out is the control character. */
static const uint16_t windows_1252[32] = {
    0x20ac, 0x81,   0x201a, 0x192,  0x201e, 0x2026, 0x2020, 0x2021, 0x2c6,  0x2030, 0x160,
    0x2039, 0x152,  0x8d,   0x17d,  0x8f,   0x90,   0x2018, 0x2019, 0x201c, 0x201d, 0x2022,
    0x2013, 0x2014, 0x2dc,  0x2122, 0x161,  0x203a, 0x153,  0x9d,   0x17e,  0x178};

/* The name in encoding="..." of the XML declaration; NULL when there is none. */
static const char *declared_encoding(struct contract *contract, const char *bytes, size_t size) {
  if (size < 6 || memcmp(bytes, "<?xml", 5) != 0)
    return NULL;
  const char *end = memchr(bytes, '>', size);
  if (!end)
    return NULL;
  char *head = arena_copy(contract->arena, bytes, (size_t)(end - bytes));
  char *at = strstr(head, "encoding");
  char *open = !at ? NULL : strpbrk(at, "\"'");
  char *close = !open ? NULL : strchr(open + 1, *open);
  if (!close)
    return NULL;
  *close = '\0';
  return open + 1;
}

static bool decode(struct source *source, struct contract *contract, struct place top) {
  const unsigned char *b = (const unsigned char *)source->bytes;
  size_t n = source->size, skip = 0;
  struct buffer text = {0};
  bool good = true;

  source->text = source->bytes;
  source->length = n;
  if (n >= 3 && b[0] == 0xef && b[1] == 0xbb && b[2] == 0xbf) {
    source->text += 3;
    source->length -= 3;
    return true;
  }
  bool big = n >= 2 && ((b[0] == 0xfe && b[1] == 0xff) || (b[0] == 0 && b[1] == '<'));
  bool little = n >= 2 && ((b[0] == 0xff && b[1] == 0xfe) || (b[0] == '<' && b[1] == 0));
  if (big || little) {
    skip = b[0] >= 0xfe ? 2 : 0;
    good = from_utf16(&text, b + skip, n - skip, big);
    if (!good)
      contract_error(contract, top, "broken UTF-16");
  } else {
    const char *encoding = declared_encoding(contract, source->bytes, n);
    if (!encoding || strcasecmp(encoding, "utf-8") == 0 || strcasecmp(encoding, "utf8") == 0 ||
        strcasecmp(encoding, "us-ascii") == 0)
      return true;
    /* Written by tools that turn UTF-16 into UTF-8 and leave the first line as it was. */
    if (strncasecmp(encoding, "utf-16", 6) == 0)
      return true;
    bool windows = strcasecmp(encoding, "windows-1252") == 0 || strcasecmp(encoding, "cp1252") == 0;
    if (!windows && strcasecmp(encoding, "iso-8859-1") != 0) {
      contract_error(contract, top,
                     "encoding %s is not read here: use UTF-8, UTF-16, ISO-8859-1 or windows-1252",
                     encoding);
      return false;
    }
    for (size_t i = 0; i < n; i++)
      add_code_point(&text,
                     windows && b[i] >= 0x80 && b[i] < 0xa0 ? windows_1252[b[i] - 0x80] : b[i]);
  }
  source->text = arena_keep(contract->arena, &text, &source->length);
  return good;
}

static bool prepare(struct source *source, struct contract *contract) {
  struct place top = {source->path, 1, 1};
  if (!decode(source, contract, top))
    return false;
  if (memchr(source->text, '\0', source->length)) {
    contract_error(contract, top, "not a text file: it holds a zero byte");
    return false;
  }
  return scan_tags(source, contract);
}

bool source_open(struct source *source, struct contract *contract, struct place from,
                 const char *path) {
  *source = (struct source){.path = intern(contract->arena, path)};
  return read_file(source, contract, from, path) && prepare(source, contract);
}

bool source_memory(struct source *source, struct contract *contract, const char *name,
                   const void *bytes, size_t size) {
  *source = (struct source){.path = intern(contract->arena, name), .size = size};
  source->bytes = arena_copy(contract->arena, bytes, size);
  return prepare(source, contract);
}

void source_free(struct source *source) {
  free(source->tags);
  source->tags = NULL;
}
