#include "ettrack/output/target.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char *joined(const char *path, const char *ending) {
  size_t size = strlen(path) + strlen(ending) + 1;
  char *text = malloc(size);
  if (text)
    snprintf(text, size, "%s%s", path, ending);
  return text;
}

static mode_t default_mode(void) {
  mode_t mask = umask(0);
  umask(mask);
  return 0666 & ~mask;
}

/* mkstemp makes the file private; the result gets the mode that the file it replaces has, or
 * that any new file gets. */
static int open_temporary(struct target *target, const struct stat *old) {
  target->temporary = joined(target->real, ".XXXXXX");
  if (!target->temporary)
    return ENOMEM;
  target->file = mkstemp(target->temporary);
  if (target->file < 0)
    return errno;
  if (fchmod(target->file, old ? old->st_mode & 0777 : default_mode()) == 0)
    return 0;
  int error = errno;
  close(target->file);
  unlink(target->temporary);
  return error;
}

static void forget(struct target *target) {
  free(target->temporary);
  free(target->real);
  target->temporary = target->real = NULL;
}

/* What a link points to is replaced, not the link. */
static int open_path(struct target *target) {
  struct stat old;
  bool is_new = stat(target->path, &old) != 0;
  if (is_new && errno != ENOENT)
    return errno;
  if (!is_new && S_ISDIR(old.st_mode))
    return EISDIR;
  if (!is_new && !S_ISREG(old.st_mode)) { /* it may have no path of its own: /dev/stdout */
    target->file = open(target->path, O_WRONLY | O_CLOEXEC);
    return target->file < 0 ? errno : 0;
  }
  target->real = is_new ? joined(target->path, "") : realpath(target->path, NULL);
  if (!target->real)
    return errno;
  return open_temporary(target, is_new ? NULL : &old);
}

int target_open(struct target *target, const char *path) {
  *target = (struct target){NULL, NULL, NULL, STDOUT_FILENO};
  if (!path || strcmp(path, "-") == 0)
    return 0;
  target->path = path;
  int error = open_path(target);
  if (error)
    forget(target);
  return error;
}

static int close_file(struct target *target) {
  int error = 0;
  if (target->path && target->file >= 0 && close(target->file) != 0)
    error = errno;
  target->file = -1;
  return error;
}

int target_commit(struct target *target) {
  int error = close_file(target);
  if (target->temporary && !error && rename(target->temporary, target->real) != 0)
    error = errno;
  if (target->temporary && error)
    unlink(target->temporary);
  forget(target);
  return error;
}

void target_abandon(struct target *target, bool keep, char **kept) {
  struct stat written;
  *kept = NULL;
  keep = keep && fstat(target->file, &written) == 0 && written.st_size > 0;
  close_file(target);
  if (!target->temporary) {
    forget(target);
    return;
  }
  if (keep)
    *kept = joined(target->real, ".partial");
  if (*kept && rename(target->temporary, *kept) != 0) { /* a folder, say: it stays where it is */
    free(*kept);
    *kept = target->temporary;
    target->temporary = NULL;
  } else if (!*kept)
    unlink(target->temporary);
  forget(target);
}
