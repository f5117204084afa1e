/* A library to be preloaded: a disk that is slow. As long as SLOW_DISK/hold is there, who waits for
 * what was written waits on; SLOW_DISK/reached says that somebody does. */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

int fdatasync(int fd);
int fsync(int fd);

static void wait_for_it(void) {
  const char *folder = getenv("SLOW_DISK");
  char hold[4096], reached[4096];
  if (!folder)
    return;
  snprintf(hold, sizeof hold, "%s/hold", folder);
  snprintf(reached, sizeof reached, "%s/reached", folder);
  while (access(hold, F_OK) == 0) {
    int fd = open(reached, O_WRONLY | O_CREAT, 0666);
    if (fd >= 0)
      (void)close(fd);
    (void)nanosleep(&(struct timespec){.tv_nsec = 10000000}, NULL);
  }
}

int fsync(int fd) {
  wait_for_it();
  return (int)syscall(SYS_fsync, fd);
}

int fdatasync(int fd) {
  wait_for_it();
  return (int)syscall(SYS_fdatasync, fd);
}
