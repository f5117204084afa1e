/* Files of the build, whole. */
#ifndef MANUAL_FILES_H
#define MANUAL_FILES_H

#include <stdbool.h>

#include "common/buffer.h"

/* Adds what the file has. False after saying why not. */
bool file_read(struct buffer *content, const char *path);

/* False after saying why not. */
bool file_write(const char *path, const struct buffer *content);

#endif
