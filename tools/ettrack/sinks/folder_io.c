#include "ettrack/sinks/folder_io.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

ets_status folder_io_error(ets_error *error, const char *verb, const struct folder_dir *dir,
                           const char *name) {
  if (errno == ENOMEM)
    return ets_error_set(error, ETS_E_NOMEM, "out of memory");
  return ets_error_set(error, ETS_E_IO, "cannot %s %s%s%s: %s", verb, dir->name, name ? "/" : "",
                       name ? name : "", strerror(errno));
}

/* --- folders --------------------------------------------------------------------------------- */

/* A name that is too long ends in dots. */
static void call(struct folder_dir *dir, const struct folder_dir *above, const char *path) {
  const char *begin = above ? above->name : "";
  int n = snprintf(dir->name, sizeof dir->name, "%s%s%s", begin, above ? "/" : "", path);
  if (n >= (int)sizeof dir->name)
    memcpy(dir->name + sizeof dir->name - 4, "...", 4);
}

ets_status folder_io_open(struct folder_dir *dir, const struct folder_dir *above, const char *path,
                          ets_error *error) {
  call(dir, above, path);
  dir->file = openat(above ? above->file : AT_FDCWD, path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  return dir->file >= 0 ? ETS_OK : folder_io_error(error, "open the folder", dir, NULL);
}

bool folder_io_is_folder(const struct folder_dir *above, const char *path) {
  struct stat about;
  if (fstatat(above->file, path, &about, 0) == 0)
    return S_ISDIR(about.st_mode);
  return errno != ENOENT && errno != ENOTDIR;
}

void folder_io_close(struct folder_dir *dir) {
  if (dir->file >= 0)
    close(dir->file);
  dir->file = -1;
}

/* Calls `each` for the beginnings of a path that end before a slash. Returns 0, or errno. */
static int walk_path(int above, const char *path, int (*each)(int above, const char *path)) {
  char *copy = strdup(path);
  int error = copy ? 0 : ENOMEM;
  for (char *slash = copy ? strchr(copy + 1, '/') : NULL; slash && !error;
       slash = strchr(slash + 1, '/')) {
    *slash = '\0';
    error = each(above, copy);
    *slash = '/';
  }
  free(copy);
  return error;
}

static int make(int above, const char *path) {
  struct stat about;
  if (mkdirat(above, path, 0777) == 0)
    return 0;
  int reason = errno;
  bool there = fstatat(above, path, &about, 0) == 0 && S_ISDIR(about.st_mode);
  return there ? 0 : reason;
}

ets_status folder_io_make(struct folder_dir *dir, const struct folder_dir *above, const char *path,
                          ets_error *error) {
  int from = above ? above->file : AT_FDCWD;
  int reason = walk_path(from, path, make);
  if (!reason)
    reason = make(from, path);
  if (!reason)
    return folder_io_open(dir, above, path, error);
  dir->file = -1;
  call(dir, above, path);
  errno = reason;
  return folder_io_error(error, "make the folder", dir, NULL);
}

/* Some file systems know no such thing for folders, and need none. */
static int sync_folder(int file) {
  return fsync(file) == 0 || errno == EINVAL || errno == ENOTSUP ? 0 : errno;
}

ets_status folder_io_sync(const struct folder_dir *dir, ets_error *error) {
  errno = sync_folder(dir->file);
  return errno == 0 ? ETS_OK : folder_io_error(error, "write", dir, NULL);
}

static int sync_path(int above, const char *path) {
  int file = openat(above, path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  int error = file < 0 ? errno : sync_folder(file);
  if (file >= 0)
    close(file);
  return error;
}

ets_status folder_io_sync_way(const struct folder_dir *above, const char *path, ets_error *error) {
  if (!above) {
    (void)walk_path(AT_FDCWD, path, sync_path);
    (void)sync_path(AT_FDCWD, *path == '/' ? "/" : ".");
    return ETS_OK;
  }
  int reason = walk_path(above->file, path, sync_path);
  if (!reason)
    reason = sync_folder(above->file);
  errno = reason;
  return reason == 0 ? ETS_OK : folder_io_error(error, "write", above, path);
}

/* A longer number is the greater one: "account=9" comes before "account=10". */
static int compare_names(const void *one, const void *other) {
  const char *a = *(char *const *)one, *b = *(char *const *)other;
  size_t same = 0;
  while (a[same] && a[same] == b[same])
    same++;
  size_t digits_a = strspn(a + same, "0123456789"), digits_b = strspn(b + same, "0123456789");
  if (digits_a != digits_b && !a[same + digits_a] && !b[same + digits_b])
    return digits_a < digits_b ? -1 : 1;
  return strcmp(a, b);
}

void folder_io_free_names(char **names, size_t count) {
  for (size_t i = 0; i < count; i++)
    free(names[i]);
  free(names);
}

/* Adds a copy of the name. */
static bool add_name(char ***names, size_t *count, const char *name) {
  if ((*count & (*count + 1)) == 0) { /* grows at 0, 1, 3, 7, ... */
    char **more = realloc(*names, (2 * *count + 2) * sizeof **names);
    if (!more)
      return false;
    *names = more;
  }
  char *copy = strdup(name);
  if (copy)
    (*names)[(*count)++] = copy;
  return copy != NULL;
}

ets_status folder_io_names(char ***names, size_t *count, const struct folder_dir *dir,
                           ets_error *error) {
  int file = openat(dir->file, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  DIR *stream = file >= 0 ? fdopendir(file) : NULL;
  struct dirent *entry = NULL;
  *names = NULL;
  *count = 0;
  if (!stream) {
    if (file >= 0)
      close(file);
    return folder_io_error(error, "read the folder", dir, NULL);
  }
  while ((errno = 0, entry = readdir(stream)) != NULL)
    if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0 &&
        !add_name(names, count, entry->d_name)) {
      errno = ENOMEM;
      break;
    }
  int reason = errno;
  closedir(stream);
  if (reason) {
    folder_io_free_names(*names, *count);
    *names = NULL;
    *count = 0;
    errno = reason;
    return folder_io_error(error, "read the folder", dir, NULL);
  }
  if (*count > 0)
    qsort(*names, *count, sizeof **names, compare_names);
  return ETS_OK;
}

/* --- files ----------------------------------------------------------------------------------- */

int folder_io_create(const struct folder_dir *dir, const char *name,
                     char temporary[FOLDER_NAME_MAX], ets_error *error) {
  int file;
  do {
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    snprintf(temporary, FOLDER_NAME_MAX, ".%s.tmp%ld-%09ld", name, (long)getpid(), now.tv_nsec);
    file = openat(dir->file, temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
  } while (file < 0 && (errno == EEXIST || errno == EINTR));
  if (file < 0) {
    temporary[0] = '\0';
    folder_io_error(error, "write", dir, name);
  }
  return file;
}

int folder_io_write(int file, const void *bytes, size_t size) {
  const char *at = bytes;
  while (size > 0) {
    ssize_t n = write(file, at, size);
    if (n < 0 && errno != EINTR)
      return errno;
    at += n > 0 ? n : 0;
    size -= n > 0 ? (size_t)n : 0;
  }
  return 0;
}

ets_status folder_io_put(const struct folder_dir *dir, const char *name, const char *text,
                         char temporary[FOLDER_NAME_MAX], ets_error *error) {
  int file = folder_io_create(dir, name, temporary, error);
  if (file < 0)
    return ETS_E_IO;
  int reason = folder_io_write(file, text, strlen(text));
  if (!reason && fsync(file) != 0)
    reason = errno;
  if (close(file) != 0 && !reason)
    reason = errno;
  if (!reason)
    return ETS_OK;
  unlinkat(dir->file, temporary, 0);
  temporary[0] = '\0';
  errno = reason;
  return folder_io_error(error, "write", dir, name);
}

ets_status folder_io_rename(const struct folder_dir *dir, const char *temporary, const char *name,
                            ets_error *error) {
  if (renameat(dir->file, temporary, dir->file, name) == 0)
    return ETS_OK;
  int reason = errno;
  unlinkat(dir->file, temporary, 0);
  errno = reason;
  return folder_io_error(error, "replace", dir, name);
}

ets_status folder_io_remove(const struct folder_dir *dir, const char *name, ets_error *error) {
  if (unlinkat(dir->file, name, 0) == 0 || errno == ENOENT)
    return ETS_OK;
  return folder_io_error(error, "remove", dir, name);
}

/* Returns the text, or NULL with errno. */
static char *read_text(int file, size_t size) {
  char *text = malloc(size + 1);
  size_t done = 0;
  ssize_t n = 1;
  while (text && done < size && n != 0) {
    n = read(file, text + done, size - done);
    if (n < 0 && errno != EINTR) {
      int reason = errno;
      free(text);
      errno = reason;
      return NULL;
    }
    done += n > 0 ? (size_t)n : 0;
  }
  if (text)
    text[done] = '\0';
  return text;
}

ets_status folder_io_get(char **text, const struct folder_dir *dir, const char *name, size_t most,
                         ets_error *error) {
  struct stat about;
  *text = NULL;
  int file = openat(dir->file, name, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (file < 0 && errno == ENOENT)
    return ETS_OK;
  bool good = file >= 0 && fstat(file, &about) == 0;
  if (good && S_ISREG(about.st_mode) && (uint64_t)about.st_size <= most) {
    *text = read_text(file, (size_t)about.st_size);
    good = *text != NULL;
  }
  ets_status status = good ? ETS_OK : folder_io_error(error, "read", dir, name);
  if (file >= 0)
    close(file);
  return status;
}
