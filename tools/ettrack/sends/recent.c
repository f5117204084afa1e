#include "ettrack/sends/recent.h"

#include "common/hash.h"
#include "common/utf8.h"

#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { MOST_BYTES = 64 * 1024, NAME_SIZE = 32 };

/* --- the file -------------------------------------------------------------------------------- */

/* What the account is known by; the settings that say so are no secrets. */
static void name_file(char *name, const ets_settings *settings) {
  static const char *const keys[] = {"endpoint", "auth_url", "client_id", "username", "account_id"};
  uint64_t hash = HASH_BEGIN;
  for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
    const char *value = ets_settings_get(settings, keys[i]);
    hash = value ? hash_bytes(hash, value, strlen(value)) : hash;
    hash = hash_bytes(hash, "\xFF", 1);
  }
  snprintf(name, NAME_SIZE, "sends-%016" PRIx64, hash);
}

static bool is_private(int file, mode_t kind) {
  struct stat about;
  return fstat(file, &about) == 0 && (about.st_mode & S_IFMT) == kind &&
         about.st_uid == geteuid() && (about.st_mode & (S_IRWXG | S_IRWXO)) == 0;
}

/* The cache folder, which tokens are kept in as well; -1: there is none, or it is not private. */
static int open_folder(bool make) {
  const char *cache = getenv("XDG_CACHE_HOME"), *home = getenv("HOME");
  bool given = cache && *cache == '/';
  struct buffer path = {0};
  int folder = -1;
  if (given)
    buffer_add_text(&path, cache);
  else if (home && *home == '/')
    buffer_printf(&path, "%s/.cache", home);
  else
    return -1;
  if (make)
    (void)mkdir(buffer_text(&path), 0700);
  buffer_add_text(&path, "/etsoap");
  if (make)
    (void)mkdir(buffer_text(&path), 0700);
  if (!path.failed)
    folder = open(path.data, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
  buffer_free(&path);
  if (folder >= 0 && !is_private(folder, S_IFDIR)) {
    close(folder);
    folder = -1;
  }
  return folder;
}

/* --- keeping --------------------------------------------------------------------------------- */

/* What is too long is cut, which may be within a character. */
static size_t whole_characters(const char *text) {
  const char *end = text + strlen(text), *at = text;
  uint32_t character;
  for (size_t n; at < end && (n = utf8_decode(&character, at, end)) > 0;)
    at += n;
  return (size_t)(at - text);
}

static void set_value(char *text, size_t size, const ets_value *value) {
  *text = '\0';
  if (value->presence == ETS_PRESENT && value->kind != ETS_VALUE_OBJECT &&
      value->kind != ETS_VALUE_BINARY)
    ets_value_format(value, text, size);
  text[whole_characters(text)] = '\0';
  for (; *text; text++)
    if ((unsigned char)*text < ' ')
      *text = ' ';
}

static void remember(struct recent *recent, const ets_value *values) {
  if (!recent->sends && !(recent->sends = calloc(RECENT_SENDS, sizeof *recent->sends)))
    return;
  struct recent_send *send = &recent->sends[recent->taken++ % RECENT_SENDS];
  *send = (struct recent_send){"", "", ""};
  set_value(send->id, sizeof send->id, &values[recent->id]);
  if (recent->date < recent->count)
    set_value(send->date, sizeof send->date, &values[recent->date]);
  if (recent->name < recent->count)
    set_value(send->name, sizeof send->name, &values[recent->name]);
}

static bool take(void *context, const char *type, ets_value *values) {
  struct recent *recent = context;
  if (recent->id < recent->count)
    remember(recent, values);
  return recent->taker->row(recent->taker->context, type, values);
}

/* The newest first. */
static int compare(const void *left, const void *right) {
  const struct recent_send *a = left, *b = right;
  int order = strcmp(b->date, a->date);
  return order ? order : strcmp(b->id, a->id);
}

static void add_lines(struct buffer *lines, struct recent *recent) {
  size_t count = recent->taken < RECENT_SENDS ? recent->taken : RECENT_SENDS;
  qsort(recent->sends, count, sizeof *recent->sends, compare);
  for (size_t i = 0; i < count; i++)
    buffer_printf(lines, "%s\t%s %s\n", recent->sends[i].id, recent->sends[i].date,
                  recent->sends[i].name);
}

struct taker recent_taker(struct recent *recent, const struct taker *taker,
                          const struct columns *columns) {
  struct taker own = *taker;
  *recent = (struct recent){.taker = taker,
                            .id = columns->count,
                            .date = columns->count,
                            .name = columns->count,
                            .count = columns->count};
  (void)columns_find(columns, "ID", &recent->id);
  (void)columns_find(columns, "SendDate", &recent->date);
  (void)columns_find(columns, "Subject", &recent->name);
  own.row = take;
  own.context = recent;
  return own;
}

static bool write_file(int folder, const char *name, const struct buffer *lines) {
  int number = openat(folder, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
  FILE *file = number >= 0 ? fdopen(number, "w") : NULL;
  if (!file && number >= 0)
    close(number);
  bool whole = file && fwrite(lines->data, 1, lines->size, file) == lines->size;
  return file && fclose(file) == 0 && whole;
}

void recent_keep(struct recent *recent, const ets_settings *settings) {
  char name[NAME_SIZE], temporary[NAME_SIZE + 24];
  struct buffer lines = {0};
  int folder = recent->taken > 0 ? open_folder(true) : -1;
  if (folder >= 0) {
    add_lines(&lines, recent);
    name_file(name, settings);
    snprintf(temporary, sizeof temporary, "%s.%ld", name, (long)getpid());
    if (lines.failed || !write_file(folder, temporary, &lines) ||
        renameat(folder, temporary, folder, name) != 0)
      (void)unlinkat(folder, temporary, 0);
    close(folder);
  }
  buffer_free(&lines);
  free(recent->sends);
}

/* --- reading --------------------------------------------------------------------------------- */

void recent_read(struct buffer *lines, const ets_settings *settings) {
  char name[NAME_SIZE], part[4096];
  int folder = open_folder(false);
  if (folder < 0)
    return;
  name_file(name, settings);
  int file = openat(folder, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
  close(folder);
  if (file >= 0 && is_private(file, S_IFREG)) {
    ssize_t n;
    while (lines->size < MOST_BYTES && (n = read(file, part, sizeof part)) > 0)
      buffer_add(lines, part, (size_t)n);
  }
  if (file >= 0)
    close(file);
}
