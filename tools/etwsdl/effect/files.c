#ifndef _XOPEN_SOURCE
#define _XOPEN_SOURCE 700 /* realpath */
#endif
#include "etwsdl/effect/files.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "common/program.h"

enum { MOST_SOURCE_BYTES = 64 * 1024 * 1024, MOST_FOLDERS = 60, MOST_INCLUDED = 20000 };

struct reading {
  struct source_files *files;
  struct map by_path;   /* struct source, by the one path of the file */
  struct map by_ending; /* by the last part of the path: a list of struct source */
};

static const char *ending_of(const char *path, const char *const *endings, size_t count) {
  const char *dot = strrchr(path, '.');
  for (size_t i = 0; dot && i < count; i++)
    if (strcmp(dot, endings[i]) == 0)
      return dot;
  return NULL;
}

static bool is_header(const char *path) {
  static const char *const endings[] = {".h", ".hh", ".hpp", ".hxx", ".inc", ".inl", ".def"};
  return ending_of(path, endings, sizeof endings / sizeof *endings);
}

static bool is_source(const char *path) {
  static const char *const endings[] = {".c", ".cc", ".cpp", ".cxx", ".C"};
  return is_header(path) || ending_of(path, endings, sizeof endings / sizeof *endings);
}

static const char *last_part(const char *path) {
  const char *slash = strrchr(path, '/');
  return slash ? slash + 1 : path;
}

/* --- one file --------------------------------------------------------------------------------- */

static bool read_whole(const char *path, struct buffer *text) {
  char block[16384];
  size_t n;
  FILE *file = fopen(path, "rb");
  if (!file) {
    complain("cannot read %s: %s", path, strerror(errno));
    return false;
  }
  while (text->size <= MOST_SOURCE_BYTES && (n = fread(block, 1, sizeof block, file)) > 0)
    buffer_add(text, block, n);
  bool good = !ferror(file) && !text->failed;
  fclose(file);
  if (!good)
    complain("cannot read %s", path);
  if (text->size > MOST_SOURCE_BYTES) {
    complain("cannot read %s: larger than %d MiB", path, MOST_SOURCE_BYTES / 1024 / 1024);
    return false;
  }
  return good;
}

static const char *one_path(struct arena *arena, const char *path) {
  char *real = realpath(path, NULL);
  const char *kept = intern(arena, real ? real : path);
  free(real);
  return kept;
}

static bool read_file(struct reading *reading, const char *path, bool checked) {
  struct arena *arena = reading->files->arena;
  struct buffer text = {0};
  bool good = read_whole(path, &text);
  if (good) {
    struct source *source = arena_alloc(arena, sizeof *source);
    source->path = intern(arena, path);
    source->checked = checked;
    source->header = is_header(path);
    tokens_read(&source->written, arena, buffer_text(&text), text.size);
    list_add(arena, &reading->files->sources, source);
    map_put(arena, &reading->by_path, one_path(arena, path), source);
    list_add(arena, map_list(arena, &reading->by_ending, last_part(source->path)), source);
  }
  buffer_free(&text);
  return good;
}

/* --- folders ---------------------------------------------------------------------------------- */

static bool read_path(struct reading *reading, const char *path, unsigned level);

static int by_name(const void *a, const void *b) {
  return strcmp(*(char *const *)a, *(char *const *)b);
}

/* In the order of names, hidden ones left out; links are not followed. */
static bool read_folder(struct reading *reading, const char *path, unsigned level) {
  DIR *folder = opendir(path);
  struct list names = {0};
  struct arena *arena = reading->files->arena;
  const struct dirent *entry;
  bool good = true;
  if (!folder) {
    complain("cannot read %s: %s", path, strerror(errno));
    return false;
  }
  while ((entry = readdir(folder)))
    if (entry->d_name[0] != '.')
      list_add(arena, &names, intern(arena, entry->d_name));
  closedir(folder);
  if (names.count > 0)
    qsort(names.items, names.count, sizeof *names.items, by_name);
  for (size_t i = 0; i < names.count; i++) {
    char *inside = need_format("%s/%s", path, (const char *)names.items[i]);
    struct stat status;
    bool wanted = lstat(inside, &status) == 0 &&
                  (S_ISDIR(status.st_mode) || (S_ISREG(status.st_mode) && is_source(inside)));
    good = (!wanted || read_path(reading, inside, level + 1)) && good;
    free(inside);
  }
  return good;
}

static bool read_path(struct reading *reading, const char *path, unsigned level) {
  struct stat status;
  if (stat(path, &status) != 0) {
    complain("cannot read %s: %s", path, strerror(errno));
    return false;
  }
  if (S_ISREG(status.st_mode))
    return read_file(reading, path, true);
  if (!S_ISDIR(status.st_mode)) {
    complain("%s is neither a file nor a folder", path);
    return false;
  }
  if (level > MOST_FOLDERS) {
    complain("cannot read %s: more than %d folders deep", path, MOST_FOLDERS);
    return false;
  }
  return read_folder(reading, path, level);
}

/* --- what they include ------------------------------------------------------------------------ */

/* One that was read whose path ends with this; the only one, or nobody knows which it is. */
static struct source *with_ending(const struct reading *reading, const char *name) {
  const struct list *list = map_get(&reading->by_ending, last_part(name));
  struct source *found = NULL;
  size_t n = strlen(name);
  for (size_t i = 0; list && i < list->count; i++) {
    struct source *source = list->items[i];
    size_t length = strlen(source->path);
    if (length <= n || source->path[length - n - 1] != '/' ||
        strcmp(source->path + length - n, name) != 0)
      continue;
    if (found)
      return NULL;
    found = source;
  }
  return found;
}

static struct source *included(struct reading *reading, const struct source *by, const char *name) {
  struct arena *arena = reading->files->arena;
  const char *slash = strrchr(by->path, '/');
  const char *path =
      slash ? intern_format(arena, "%.*s/%s", (int)(slash - by->path), by->path, name) : name;
  const char *one = one_path(arena, path);
  struct source *found = map_get(&reading->by_path, one);
  struct stat status;
  if (!found)
    found = with_ending(reading, name);
  if (found || reading->files->sources.count > MOST_INCLUDED || stat(path, &status) != 0 ||
      !S_ISREG(status.st_mode) || !read_file(reading, path, false))
    return found;
  return map_get(&reading->by_path, one);
}

/* The list grows on the way: what is included includes further ones. */
static void read_included(struct reading *reading) {
  struct list *sources = &reading->files->sources;
  for (size_t i = 0; i < sources->count; i++) {
    struct source *source = sources->items[i];
    for (size_t k = 0; k < source->written.includes.count; k++) {
      const struct include *include = source->written.includes.items[k];
      struct source *found = included(reading, source, include->name);
      if (found || include->quoted)
        list_add(reading->files->arena, found ? &source->includes : &source->missing,
                 found ? (void *)found : (void *)include);
    }
  }
}

static void note_seen(struct arena *arena, struct source *source) {
  struct map known = {0};
  list_add(arena, &source->sees, source);
  map_put(arena, &known, source->path, source);
  for (size_t i = 0; i < source->sees.count; i++) {
    const struct source *seen = source->sees.items[i];
    for (size_t k = 0; k < seen->includes.count; k++) {
      struct source *next = seen->includes.items[k];
      if (map_put(arena, &known, next->path, next))
        list_add(arena, &source->sees, next);
    }
  }
}

bool files_read(struct source_files *files, const char *path) {
  struct reading reading = {.files = files};
  *files = (struct source_files){.arena = arena_new()};
  bool good = read_path(&reading, path, 0);
  read_included(&reading);
  for (size_t i = 0; i < files->sources.count; i++)
    note_seen(files->arena, files->sources.items[i]);
  return good;
}

void files_free(struct source_files *files) {
  for (size_t i = 0; i < files->sources.count; i++) {
    struct source *source = files->sources.items[i];
    free(source->written.items);
    free(source->expanded.items);
  }
  arena_free(files->arena);
}
