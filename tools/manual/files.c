#include "manual/files.h"

#include "common/program.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

bool file_read(struct buffer *content, const char *path) {
  char part[4096];
  size_t n;
  FILE *file = fopen(path, "r");
  while (file && (n = fread(part, 1, sizeof part, file)) > 0)
    buffer_add(content, part, n);
  bool good = file && !ferror(file) && !content->failed;
  if (!good)
    complain("cannot read %s: %s", path, strerror(errno));
  if (file)
    (void)fclose(file);
  return good;
}

bool file_write(const char *path, const struct buffer *content) {
  FILE *file = fopen(path, "w");
  bool good = file && !content->failed &&
              fwrite(buffer_text(content), 1, content->size, file) == content->size;
  if (file && fclose(file) != 0)
    good = false;
  if (!good)
    complain("cannot write %s: %s", path, strerror(errno));
  return good;
}
