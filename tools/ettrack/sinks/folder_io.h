/* Files in a folder, so that they survive a loss of power, with errors that name them. */
#ifndef ETTRACK_SINKS_FOLDER_IO_H
#define ETTRACK_SINKS_FOLDER_IO_H

#include <etsoap/error.h>

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* An open folder. */
struct folder_dir {
  int file;       /* -1: none */
  char name[384]; /* what messages call it */
};

/* Sets ETS_E_IO (ETS_E_NOMEM for that) out of errno: "cannot write FOLDER/NAME: ..."; `name` may be
 * NULL. */
ets_status folder_io_error(ets_error *error, const char *verb, const struct folder_dir *dir,
                           const char *name);

/* Opens the folder at a path below `above`; NULL: a path of its own. */
ets_status folder_io_open(struct folder_dir *dir, const struct folder_dir *above, const char *path,
                          ets_error *error);

/* The same, and makes it and what is missing on the way. */
ets_status folder_io_make(struct folder_dir *dir, const struct folder_dir *above, const char *path,
                          ets_error *error);

/* The folders on the way to a path below `above` are on the disk, but for what is in the last. With
 * NULL, for a path of its own, those of them that may be opened. */
ets_status folder_io_sync_way(const struct folder_dir *above, const char *path, ets_error *error);

/* Whether there is a folder at a path below `above`, or something that keeps us from knowing. */
bool folder_io_is_folder(const struct folder_dir *above, const char *path);

void folder_io_close(struct folder_dir *dir);

/* What was renamed and removed in it is so for good. */
ets_status folder_io_sync(const struct folder_dir *dir, ets_error *error);

/* The names in it, sorted, numbers at the end of a name as numbers; free with
 * folder_io_free_names(). */
ets_status folder_io_names(char ***names, size_t *count, const struct folder_dir *dir,
                           ets_error *error);
void folder_io_free_names(char **names, size_t count);

enum { FOLDER_NAME_MAX = 96 };

/* Creates a new file to be renamed to `name`. Returns it, or -1 with the error filled.
 * @param temporary  takes its name, ".NAME.tmp..." */
int folder_io_create(const struct folder_dir *dir, const char *name,
                     char temporary[FOLDER_NAME_MAX], ets_error *error);

/* Writes all bytes. Returns 0, or errno. */
int folder_io_write(int file, const void *bytes, size_t size);

/* The same with a whole file, to the disk. */
ets_status folder_io_put(const struct folder_dir *dir, const char *name, const char *text,
                         char temporary[FOLDER_NAME_MAX], ets_error *error);

/* The temporary takes the place of `name`, or is removed when that fails. */
ets_status folder_io_rename(const struct folder_dir *dir, const char *temporary, const char *name,
                            ets_error *error);

/* Removes a file, if there is one. */
ets_status folder_io_remove(const struct folder_dir *dir, const char *name, ets_error *error);

/* Reads a whole file of text; free it. NULL: there is none, or it is longer than `most`. */
ets_status folder_io_get(char **text, const struct folder_dir *dir, const char *name, size_t most,
                         ets_error *error);

#endif
