#ifndef _XOPEN_SOURCE
#define _XOPEN_SOURCE 700 /* realpath */
#endif
#include "etwsdl/base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "etwsdl/base/arena.h"
#include "common/program.h"

static bool write_all(int file, const char *data, size_t size) {
  while (size > 0) {
    ssize_t n = write(file, data, size);
    if (n < 0 && errno != EINTR)
      return false;
    data += n > 0 ? n : 0;
    size -= n > 0 ? (size_t)n : 0;
  }
  return true;
}

static bool write_open(int file, const char *data, size_t size) {
  if (file < 0)
    return false;
  bool good = write_all(file, data, size);
  return close(file) == 0 && good;
}

/* The mode that the file has, or would get. */
static mode_t mode_for(const struct stat *known) {
  mode_t mask = umask(0);
  umask(mask);
  return known ? known->st_mode & 07777 : 0666 & ~mask;
}

/* Under a name that nobody could have made before, so that no link is followed. */
static bool write_beside(const char *path, const struct stat *known, const char *data,
                         size_t size) {
  char *temporary = need_format("%s.XXXXXX", path);
  int file = mkstemp(temporary);
  bool good = file >= 0 && fchmod(file, mode_for(known)) == 0;
  good = write_open(file, data, size) && good && rename(temporary, path) == 0;
  if (!good && file >= 0) {
    int why = errno;
    unlink(temporary);
    errno = why;
  }
  free(temporary);
  return good;
}

/* A pipe or a device is written into, a link stays and what it leads to is replaced. */
static bool write_path(const char *path, const char *data, size_t size) {
  struct stat status;
  bool known = stat(path, &status) == 0;
  if (known && !S_ISREG(status.st_mode) && !S_ISDIR(status.st_mode))
    return write_open(open(path, O_WRONLY | O_CLOEXEC), data, size);
  char *meant = known ? realpath(path, NULL) : NULL;
  bool good = write_beside(meant ? meant : path, known ? &status : NULL, data, size);
  free(meant);
  return good;
}

bool file_write(const char *path, const char *data, size_t size) {
  bool good;
  if (!path) {
    good = fwrite(data, 1, size, stdout) == size && fflush(stdout) == 0;
    path = "the output";
  } else {
    good = write_path(path, data, size);
  }
  if (!good)
    complain("cannot write %s: %s", path, strerror(errno));
  return good;
}

bool folder_make(const char *path) {
  if (mkdir(path, 0777) == 0 || errno == EEXIST)
    return true;
  complain("cannot make %s: %s", path, strerror(errno));
  return false;
}
