/* Files that are written whole or not at all. Both say on stderr what failed. */
#ifndef ETWSDL_BASE_FILE_H
#define ETWSDL_BASE_FILE_H

#include <stdbool.h>
#include <stddef.h>

/* By way of a temporary file beside it, with the mode that the file has; a pipe or a device is
 * written into, of a link what it leads to is replaced. To stdout when `path` is NULL. */
bool file_write(const char *path, const char *data, size_t size);

/* Makes the folder unless it is there. */
bool folder_make(const char *path);

#endif
