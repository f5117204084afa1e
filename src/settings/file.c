#include "settings/settings_private.h"

#include "base/secret.h"

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { FILE_SIZE_MAX = 64 * 1024, SECRET_SIZE_MAX = 8192 };

static char *trim(char *text) {
  while (isspace((unsigned char)*text))
    text++;
  size_t n = strlen(text);
  while (n > 0 && isspace((unsigned char)text[n - 1]))
    text[--n] = '\0';
  return text;
}

/* A proxy address may carry a password. */
static bool holds_secret(int id, const char *value) {
  return ets_setting_rows[id].secret || (id == ETS_SETTING_proxy && strchr(value, '@'));
}

struct reader {
  const char *path;
  int line;
  bool open_to_others;
  bool seen[ETS_SETTING_COUNT];
};

/* No message quotes a value: it may be a secret in the wrong place. */
static ets_status take_line(ets_settings *settings, struct reader *reader, char *line,
                            ets_error *error) {
  line = trim(line);
  if (!*line || *line == '#')
    return ETS_OK;
  char *equals = strchr(line, '=');
  if (!equals)
    return ets_error_set(error, ETS_E_USAGE, "%s:%d: expected name = value", reader->path,
                         reader->line);
  *equals = '\0';
  const char *name = trim(line);
  char where[200];
  snprintf(where, sizeof where, "%.180s:%d: ", reader->path, reader->line);
  const char *value = trim(equals + 1);
  int id = ets_setting_find(name, strlen(name));
  if (id < 0)
    return ets_setting_unknown(where, name, error);
  if (reader->seen[id])
    return ets_error_set(error, ETS_E_USAGE, "%s:%d: %s is set for the second time: keep one",
                         reader->path, reader->line, name);
  reader->seen[id] = true;
  if (!*value)
    return ets_error_set(error, ETS_E_USAGE, "%s:%d: %s has no value", reader->path, reader->line,
                         name);
  if (reader->open_to_others && holds_secret(id, value))
    return ets_error_set(error, ETS_E_USAGE,
                         "%s:%d: %s is a secret in a file that others may read: chmod 600 %s",
                         reader->path, reader->line, name, reader->path);
  return ets_setting_take(settings, id, value, ETS_FROM_FILE, where, error);
}

static ets_status take_text(ets_settings *settings, struct reader *reader, char *text,
                            ets_error *error) {
  static const char byte_order_mark[] = "\xEF\xBB\xBF";
  ets_status status = ETS_OK;
  if (strncmp(text, byte_order_mark, 3) == 0)
    text += 3;
  while (status == ETS_OK && *text) {
    char *end = text + strcspn(text, "\n");
    char *next = *end ? end + 1 : end;
    *end = '\0';
    reader->line++;
    status = take_line(settings, reader, text, error);
    text = next;
  }
  return status;
}

/* --- files ----------------------------------------------------------------------------------- */

/* A file's first bytes. */
struct content {
  char *text; /* has room for `most` bytes and a NUL; wiped with drop() */
  size_t most;
  size_t size; /* one more than `most`: there is more in the file */
  bool open_to_others;
};

/* The size, -1 with errno. */
static ssize_t read_all(int file, char *text, size_t most) {
  size_t size = 0;
  while (size <= most) {
    ssize_t n = read(file, text + size, most + 1 - size);
    if (n == 0)
      break;
    if (n > 0)
      size += (size_t)n;
    else if (errno != EINTR)
      return -1;
  }
  return (ssize_t)size;
}

static void drop(struct content *content) {
  ets_wipe_bytes(content->text, content->most + 2);
}

/* Pipes and the like are private enough. */
static bool is_open_to_others(const struct stat *about) {
  return S_ISREG(about->st_mode) && (about->st_mode & (S_IRWXG | S_IRWXO)) != 0;
}

/* @param what  names it in errors, "the config file "; "": the path alone */
static ets_status load(struct content *content, const char *what, const char *path, size_t most,
                       ets_error *error) {
  struct stat about;
  *content = (struct content){malloc(most + 2), most, 0, false};
  if (!content->text)
    return ets_error_set(error, ETS_E_NOMEM, "out of memory");
  int file = open(path, O_RDONLY | O_CLOEXEC);
  ssize_t size = file >= 0 && fstat(file, &about) == 0 ? read_all(file, content->text, most) : -1;
  int problem = errno;
  if (file >= 0)
    close(file);
  if (size < 0)
    return ets_error_set(error, ETS_E_IO, "cannot read %s%s: %s", what, path, strerror(problem));
  content->size = (size_t)size;
  content->text[size] = '\0';
  content->open_to_others = is_open_to_others(&about);
  return ETS_OK;
}

ets_status ets_settings_file(ets_settings *settings, const char *path, ets_error *error) {
  struct content content;
  ets_status status = load(&content, "the config file ", path, FILE_SIZE_MAX, error);
  struct reader reader = {path, 0, content.open_to_others, {false}};
  if (status == ETS_OK && (content.size > content.most || memchr(content.text, '\0', content.size)))
    status = ets_error_set(error, ETS_E_USAGE,
                           "%s is no config file: expected lines of text, name = value", path);
  if (status == ETS_OK)
    status = take_text(settings, &reader, content.text, error);
  drop(&content);
  return status;
}

static ets_status take_first_line(ets_settings *settings, int id, const char *path,
                                  struct content *content, ets_error *error) {
  const char *name = ets_setting_rows[id].name;
  content->text[strcspn(content->text, "\r\n")] = '\0';
  if (content->open_to_others && holds_secret(id, content->text))
    return ets_error_set(error, ETS_E_USAGE, "%s holds the %s and others may read it: chmod 600 %s",
                         path, name, path);
  if (!*content->text)
    return ets_error_set(error, ETS_E_USAGE, "%s has nothing in its first line: expected the %s",
                         path, name);
  if (strlen(content->text) > SECRET_SIZE_MAX)
    return ets_error_set(error, ETS_E_USAGE, "the first line of %s is too long for the %s", path,
                         name);
  return ets_setting_take(settings, id, content->text, ETS_FROM_CALLER, "", error);
}

ets_status ets_settings_set_from_file(ets_settings *settings, const char *name, const char *path,
                                      ets_error *error) {
  struct content content;
  int id = ets_setting_find(name, strlen(name));
  if (id < 0)
    return ets_setting_unknown("", name, error);
  ets_status status = load(&content, "", path, SECRET_SIZE_MAX, error);
  if (status == ETS_OK)
    status = take_first_line(settings, id, path, &content, error);
  drop(&content);
  return status;
}
