/* Locks on seconds of a day in a folder, so that who replaces a window is alone at it and at all
 * that overlap it, on one machine or several. The kernel frees them when a program is killed. */
#ifndef ETTRACK_SINKS_FOLDER_LOCK_H
#define ETTRACK_SINKS_FOLDER_LOCK_H

#include <stdbool.h>
#include <stdint.h>

struct folder_lock {
  int folder; /* borrowed */
  int file;   /* -1: nothing is locked */
};

/* Locks [start, end) in the open folder; with `wait`, as soon as nobody else has it. Returns 0, or
 * errno: EAGAIN when somebody has. */
int folder_lock_take(struct folder_lock *lock, int folder, int64_t start, int64_t end, bool wait);

void folder_lock_drop(struct folder_lock *lock);

#endif
