/* A library to be preloaded: the call number FAIL_AT, from 1, of those that change a file system
 * does what FAIL_HOW says.
 *
 *   kill    the program is gone before it
 *   tear    the same, in the middle of it when it is a write
 *   stop    the program stops there until SIGCONT, behind the call when it creates a file
 *   ENOSPC, EIO  it fails so
 *
 * FAIL_LOG takes the name of the call that it was. With FAIL_PATH only calls with that path count.
 * Standard streams do not. */
#define _GNU_SOURCE /* RTLD_NEXT */
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { KILLED = 137 };

static void *next(const char *name) {
  void *found = dlsym(RTLD_NEXT, name);
  if (!found)
    _exit(126);
  return found;
}

/* ISO C has no conversion from an object's address to a function's. */
#define CALL(type, name)    \
  type call;                \
  void *found = next(name); \
  memcpy(&call, &found, sizeof call)

typedef int openat_type(int, const char *, int, ...);
typedef ssize_t write_type(int, const void *, size_t);
typedef int fsync_type(int);
typedef int ftruncate_type(int, off_t);
typedef int mkdirat_type(int, const char *, mode_t);
typedef int renameat_type(int, const char *, int, const char *);
typedef int unlinkat_type(int, const char *, int);

static bool stops; /* behind this openat() */

static const char *how(void) {
  const char *text = getenv("FAIL_HOW");
  return text ? text : "";
}

static void note(const char *name) {
  const char *path = getenv("FAIL_LOG");
  FILE *log = path ? fopen(path, "w") : NULL;
  if (log) {
    fputs(name, log);
    fclose(log);
  }
}

/* Whether this is the call, and is to fail; then errno is what it fails with. */
static bool due(const char *name, const char *path) {
  static long calls, at = -1;
  const char *only = getenv("FAIL_PATH");
  if (only && (!path || strcmp(path, only) != 0))
    return false;
  if (at < 0)
    at = strtol(getenv("FAIL_AT") ? getenv("FAIL_AT") : "0", NULL, 10);
  if (++calls != at)
    return false;
  note(name);
  if (strcmp(how(), "kill") == 0)
    _exit(KILLED);
  if (strcmp(how(), "stop") == 0) {
    stops = strcmp(name, "openat") == 0;
    if (!stops)
      raise(SIGSTOP);
    return false;
  }
  errno = strcmp(how(), "ENOSPC") == 0 ? ENOSPC : EIO;
  return strcmp(how(), "tear") != 0 || strcmp(name, "write") == 0;
}

int openat(int folder, const char *path, int flags, ...) {
  mode_t mode = 0;
  CALL(openat_type *, "openat");
  if (flags & O_CREAT) {
    va_list rest;
    va_start(rest, flags);
    mode = va_arg(rest, mode_t);
    va_end(rest);
    if (due("openat", path))
      return -1;
  }
  int file = call(folder, path, flags, mode);
  if (stops && flags & O_CREAT)
    raise(SIGSTOP);
  stops = false;
  return file;
}

ssize_t write(int file, const void *bytes, size_t size) {
  CALL(write_type *, "write");
  if (file > 2 && due("write", NULL)) {
    if (strcmp(how(), "tear") != 0)
      return -1;
    call(file, bytes, size / 2);
    _exit(KILLED);
  }
  return call(file, bytes, size);
}

int fsync(int file) {
  CALL(fsync_type *, "fsync");
  return due("fsync", NULL) ? -1 : call(file);
}

int ftruncate(int file, off_t size) {
  CALL(ftruncate_type *, "ftruncate");
  return due("ftruncate", NULL) ? -1 : call(file, size);
}

int mkdirat(int folder, const char *path, mode_t mode) {
  CALL(mkdirat_type *, "mkdirat");
  return due("mkdirat", path) ? -1 : call(folder, path, mode);
}

int renameat(int folder, const char *from, int other, const char *to) {
  CALL(renameat_type *, "renameat");
  return due("renameat", from) ? -1 : call(folder, from, other, to);
}

int unlinkat(int folder, const char *path, int flags) {
  CALL(unlinkat_type *, "unlinkat");
  return due("unlinkat", path) ? -1 : call(folder, path, flags);
}
