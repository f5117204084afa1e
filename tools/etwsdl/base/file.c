#include "etwsdl/base/file.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "etwsdl/base/arena.h"
#include "common/program.h"

static bool write_all(const char *path, const char *data, size_t size) {
  FILE *file = fopen(path, "wb");
  if (!file)
    return false;
  bool good = fwrite(data, 1, size, file) == size;
  return fclose(file) == 0 && good;
}

bool file_write(const char *path, const char *data, size_t size) {
  bool good;
  if (!path) {
    good = fwrite(data, 1, size, stdout) == size && fflush(stdout) == 0;
    path = "the output";
  } else {
    char *temporary = need_format("%s.new", path);
    good = write_all(temporary, data, size) && rename(temporary, path) == 0;
    free(temporary);
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
