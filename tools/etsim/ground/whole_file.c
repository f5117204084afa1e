#include "ground/whole_file.h"

#include <errno.h>
#include <sys/stat.h>
#include <unistd.h>

void whole_file_open(struct whole_file *file, const char *path) {
  struct stat there;
  *file = (struct whole_file){.path = path};
  if (stat(path, &there) != 0 || S_ISREG(there.st_mode))
    buffer_printf(&file->beside, "%s.%ld.tmp", path, (long)getpid());
  if (!file->beside.failed)
    file->stream = fopen(file->beside.size ? file->beside.data : path, "wb");
}

bool whole_file_close(struct whole_file *file, bool good) {
  bool written = file->stream && fflush(file->stream) == 0 && !ferror(file->stream) && good;
  int error = errno;
  if (file->stream && fclose(file->stream) != 0 && written) {
    error = errno;
    written = false;
  }
  if (written && file->beside.size && rename(file->beside.data, file->path) != 0) {
    error = errno;
    written = false;
  }
  if (!written && file->stream && file->beside.size)
    (void)unlink(file->beside.data);
  buffer_free(&file->beside);
  errno = error;
  return written;
}
