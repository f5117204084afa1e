/* The lock of a day is the file `.lock`, each second of the day a byte of it. Open file description
 * locks are the thread's own, other than those of fcntl() before them, and reach over NFS, other
 * than flock().
 *
 * The last who goes removes the file, and is the last when it gets all of it, to the end of no
 * day: who meets such a lock is not refused, since it is gone at once. Somebody may have opened the
 * file meanwhile and get a lock on one that has no name any more: who has a lock looks whether the
 * file is still the one with the name, and begins again when it is not. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE /* F_OFD_SETLK */
#endif

#include "ettrack/sinks/folder_lock.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

static const char name[] = ".lock";

enum { ALL = 0, TRIES = 2000 }; /* a length; of a millisecond each */

/* Returns 0, or errno. */
static int lock_bytes(int file, int64_t start, int64_t length, bool wait) {
  struct flock what = {.l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = start, .l_len = length};
  while (fcntl(file, wait ? F_OFD_SETLKW : F_OFD_SETLK, &what) != 0)
    if (errno != EINTR)
      return errno == EACCES ? EAGAIN : errno;
  return 0;
}

/* Whether what kept us from a lock is gone, or about to go. */
static bool passes(int file, int64_t start, int64_t length) {
  struct flock what = {.l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = start, .l_len = length};
  return fcntl(file, F_OFD_GETLK, &what) == 0 && (what.l_type == F_UNLCK || what.l_len == ALL);
}

static bool has_the_name(int file, int folder) {
  struct stat ours, named;
  return fstat(file, &ours) == 0 && fstatat(folder, name, &named, AT_SYMLINK_NOFOLLOW) == 0 &&
         ours.st_dev == named.st_dev && ours.st_ino == named.st_ino;
}

int folder_lock_take(struct folder_lock *lock, int folder, int64_t start, int64_t end, bool wait) {
  *lock = (struct folder_lock){folder, -1};
  const struct timespec pause = {0, 1000000};
  for (int tries = 0;;) {
    int file = openat(folder, name, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0666);
    if (file < 0)
      return errno;
    int error = lock_bytes(file, start, end - start, wait);
    bool again = error == EAGAIN && tries < TRIES && passes(file, start, end - start);
    if (!error && has_the_name(file, folder)) {
      lock->file = file;
      return 0;
    }
    close(file);
    if (error && !again)
      return error;
    tries += again && nanosleep(&pause, NULL) == 0;
  }
}

void folder_lock_drop(struct folder_lock *lock) {
  if (lock->file < 0)
    return;
  if (lock_bytes(lock->file, 0, ALL, false) == 0)
    unlinkat(lock->folder, name, 0);
  close(lock->file);
  lock->file = -1;
}
