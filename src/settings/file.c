#include "settings/settings_private.h"

#include "base/secret.h"
#include "base/text.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { FILE_SIZE_MAX = 64 * 1024, SECRET_SIZE_MAX = 8192 };

/* In its place. */
static char *trim(char *text) {
  const char *start = text;
  size_t n = ets_text_trim(&start);
  memmove(text, start, n);
  text[n] = '\0';
  return text;
}

/* Of the byte order mark that some editors put at the start of a file. */
static size_t mark_size(const char *text) {
  return strncmp(text, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
}

/* A proxy address may carry a password. */
static bool holds_secret(int id, const char *value) {
  return ets_setting_rows[id].secret || (id == ETS_SETTING_proxy && strchr(value, '@'));
}

/* Which lines of a file count: those of one section. */
struct reader {
  const char *path;
  int line;
  bool open_to_others;
  const char *wanted; /* profile; NULL: what stands before the first */
  enum ets_setting_source source;
  bool inside; /* the section that is wanted */
  bool found;
  char names[ETS_PROFILE_NAMES]; /* of the profiles, for an error */
  bool seen[ETS_SETTING_COUNT];
};

/* The name of a line "[name]" without blanks around, in its place; NULL: it has none. */
static const char *section_name(char *line) {
  size_t n = strlen(line);
  if (*line != '[' || line[n - 1] != ']')
    return NULL;
  line[n - 1] = '\0';
  const char *name = trim(line + 1);
  return *name ? name : NULL;
}

static ets_status begin_section(struct reader *reader, char *line, ets_error *error) {
  const char *name = section_name(line);
  if (!name)
    return ets_error_set(error, ETS_E_USAGE, "%s:%d: expected [name], which begins a profile",
                         reader->path, reader->line);
  size_t used = strlen(reader->names);
  snprintf(reader->names + used, sizeof reader->names - used, "%s%s", used ? ", " : "", name);
  reader->inside = reader->wanted && strcmp(name, reader->wanted) == 0;
  if (reader->inside && reader->found)
    return ets_error_set(error, ETS_E_USAGE, "%s:%d: the profile %.80s begins a second time",
                         reader->path, reader->line, name);
  reader->found = reader->found || reader->inside;
  return ETS_OK;
}

/* No message quotes a value: it may be a secret in the wrong place. */
static ets_status take_line(ets_settings *settings, struct reader *reader, char *line,
                            ets_error *error) {
  line = trim(line);
  if (!*line || *line == '#')
    return ETS_OK;
  if (*line == '[')
    return begin_section(reader, line, error);
  if (!reader->inside)
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
  if (id == ETS_SETTING_profile)
    return ets_error_set(error, ETS_E_USAGE,
                         "%s:%d: a file does not choose the profile: ETSOAP_PROFILE does",
                         reader->path, reader->line);
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
  return ets_setting_take(settings, id, value, reader->source, where, error);
}

static ets_status take_text(ets_settings *settings, struct reader *reader, const char *text,
                            ets_error *error) {
  ets_status status = ETS_OK;
  text += mark_size(text);
  while (status == ETS_OK && *text) {
    size_t n = strcspn(text, "\n");
    char *line = malloc(n + 1);
    if (!line)
      return ets_error_set(error, ETS_E_NOMEM, "out of memory");
    memcpy(line, text, n);
    line[n] = '\0';
    reader->line++;
    status = take_line(settings, reader, line, error);
    ets_wipe_bytes(line, n + 1);
    text += n + (text[n] == '\n');
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
  bool of_others; /* it belongs to another user */
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

/* @param what     names it in errors, "the config file "; "": the path alone
 * @param regular  what is no regular file is refused, and not waited for */
static ets_status load(struct content *content, const char *what, const char *path, size_t most,
                       bool regular, ets_error *error) {
  struct stat about;
  *content = (struct content){.text = malloc(most + 2), .most = most};
  if (!content->text)
    return ets_error_set(error, ETS_E_NOMEM, "out of memory");
  int file = open(path, O_RDONLY | O_CLOEXEC | (regular ? O_NONBLOCK | O_NOCTTY : 0));
  bool known = file >= 0 && fstat(file, &about) == 0;
  bool refused = known && regular && !S_ISREG(about.st_mode);
  ssize_t size = known && !refused ? read_all(file, content->text, most) : -1;
  int problem = errno;
  if (file >= 0)
    close(file);
  if (refused)
    return ets_error_set(error, ETS_E_IO, "%s%s is no regular file", what, path);
  if (size < 0)
    return ets_error_set(error, ETS_E_IO, "cannot read %s%s: %s", what, path, strerror(problem));
  content->size = (size_t)size;
  content->text[size] = '\0';
  content->open_to_others = is_open_to_others(&about);
  content->of_others = about.st_uid != geteuid() && about.st_uid != 0;
  return ETS_OK;
}

/* NULL: the environment names no folder, or there is no memory. */
static char *default_path(void) {
  static const char *const parts[][2] = {{"XDG_CONFIG_HOME", "etsoap/config"},
                                         {"HOME", ".config/etsoap/config"}};
  for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
    const char *folder = getenv(parts[i][0]);
    if (!folder || *folder != '/')
      continue;
    size_t size = strlen(folder) + strlen(parts[i][1]) + 2;
    char *path = malloc(size);
    if (path)
      snprintf(path, size, "%s/%s", folder, parts[i][1]);
    return path;
  }
  return NULL;
}

/* The default file is where secrets go, so it is refused even without one. */
static ets_status check_default(const struct content *content, const char *path, ets_error *error) {
  if (content->of_others)
    return ets_error_set(error, ETS_E_USAGE,
                         "the config file %.300s belongs to somebody else: remove it", path);
  if (content->open_to_others)
    return ets_error_set(error, ETS_E_USAGE,
                         "the config file %.300s is open to others: chmod 600 it", path);
  return ETS_OK;
}

static ets_status no_profile(const struct reader *reader, ets_error *error) {
  return ets_error_set(error, ETS_E_USAGE, "%.200s has no profile %.80s; it has %s", reader->path,
                       reader->wanted, *reader->names ? reader->names : "none");
}

/* The profile that is wanted, with `also_all` what is of all behind it. */
static ets_status take_sections(ets_settings *settings, const struct content *content,
                                const char *path, enum ets_setting_source source, bool also_all,
                                ets_error *error) {
  struct reader reader = {.path = path,
                          .open_to_others = content->open_to_others,
                          .wanted = settings->values[ETS_SETTING_profile],
                          .source = source};
  ets_status status = ETS_OK;
  if (reader.wanted) {
    status = take_text(settings, &reader, content->text, error);
    if (status == ETS_OK && !reader.found)
      status = no_profile(&reader, error);
  }
  if (status != ETS_OK || !also_all)
    return status;
  reader = (struct reader){
      .path = path, .open_to_others = content->open_to_others, .source = source, .inside = true};
  status = take_text(settings, &reader, content->text, error);
  memcpy(settings->profiles, reader.names, sizeof reader.names);
  return status;
}

static ets_status read_file(ets_settings *settings, const char *path,
                            enum ets_setting_source source, bool also_all, ets_error *error) {
  struct content content;
  char *made = path ? NULL : default_path();
  const char *name = path ? path : made;
  const char *profile = settings->values[ETS_SETTING_profile];
  bool missing = !path && (!made || access(made, F_OK) != 0);
  if (missing && profile) {
    ets_status status =
        ets_error_set(error, ETS_E_USAGE, "no profile %.80s: there is no config file %.300s",
                      profile, made ? made : "in a home folder");
    free(made);
    return status;
  }
  if (missing) {
    free(made);
    return ETS_OK;
  }
  ets_status status = load(&content, "the config file ", name, FILE_SIZE_MAX, false, error);
  if (status == ETS_OK && (content.size > content.most || memchr(content.text, '\0', content.size)))
    status = ets_error_set(error, ETS_E_USAGE,
                           "%s is no config file: expected lines of text, name = value", name);
  if (status == ETS_OK && !path)
    status = check_default(&content, name, error);
  if (status == ETS_OK)
    status = take_sections(settings, &content, name, source, also_all, error);
  drop(&content);
  free(made);
  return status;
}

ets_status ets_settings_file(ets_settings *settings, const char *path, ets_error *error) {
  return read_file(settings, path, ETS_FROM_FILE, true, error);
}

ets_status ets_settings_profile(ets_settings *settings, const char *path, ets_error *error) {
  if (!settings->values[ETS_SETTING_profile])
    return ETS_OK;
  return read_file(settings, path, ETS_FROM_CALLER, false, error);
}

/* The lines that begin profiles, without their brackets, in place of the text. */
static void keep_profiles(char *text) {
  char *kept = text;
  text += mark_size(text);
  while (*text) {
    size_t n = strcspn(text, "\n");
    char *next = text + n + (text[n] == '\n');
    text[n] = '\0';
    const char *name = section_name(trim(text));
    if (name) {
      n = strlen(name);
      memmove(kept, name, n);
      kept += n;
      *kept++ = '\n';
    }
    text = next;
  }
  *kept = '\0';
}

ets_status ets_settings_profiles(char **names, const char *path, ets_error *error) {
  struct content content = {0};
  char *made = path ? NULL : default_path();
  const char *name = path ? path : made;
  bool missing = !path && (!made || access(made, F_OK) != 0);
  ets_status status =
      missing ? ETS_OK : load(&content, "the config file ", name, FILE_SIZE_MAX, true, error);
  if (status == ETS_OK && !missing && !path)
    status = check_default(&content, name, error);
  if (status == ETS_OK && content.text)
    keep_profiles(content.text);
  *names = status == ETS_OK ? strdup(content.text ? content.text : "") : NULL;
  if (status == ETS_OK && !*names)
    status = ets_error_set(error, ETS_E_NOMEM, "out of memory");
  if (content.text)
    drop(&content);
  free(made);
  return status;
}

static ets_status take_first_line(ets_settings *settings, int id, const char *path,
                                  struct content *content, ets_error *error) {
  const char *name = ets_setting_rows[id].name;
  char *text = content->text + mark_size(content->text);
  text[strcspn(text, "\r\n")] = '\0';
  if (content->open_to_others && holds_secret(id, text))
    return ets_error_set(error, ETS_E_USAGE, "%s holds the %s and others may read it: chmod 600 %s",
                         path, name, path);
  if (!*text)
    return ets_error_set(error, ETS_E_USAGE, "%s has nothing in its first line: expected the %s",
                         path, name);
  if (strlen(text) > SECRET_SIZE_MAX)
    return ets_error_set(error, ETS_E_USAGE, "the first line of %s is too long for the %s", path,
                         name);
  return ets_setting_take(settings, id, text, ETS_FROM_CALLER, "", error);
}

ets_status ets_settings_set_from_file(ets_settings *settings, const char *name, const char *path,
                                      ets_error *error) {
  struct content content;
  int id = ets_setting_find(name, strlen(name));
  if (id < 0)
    return ets_setting_unknown("", name, error);
  ets_status status = load(&content, "", path, SECRET_SIZE_MAX, false, error);
  if (status == ETS_OK)
    status = take_first_line(settings, id, path, &content, error);
  drop(&content);
  return status;
}
