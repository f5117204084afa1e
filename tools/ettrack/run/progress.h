/* Rows so far, on stderr while it is a terminal. */
#ifndef ETTRACK_RUN_PROGRESS_H
#define ETTRACK_RUN_PROGRESS_H

#include <stdbool.h>
#include <stdint.h>

/* Shows something only when `wanted` and stderr is a terminal that the data does not go to; what
 * the program has to say meanwhile takes it away first. */
void progress_start(bool wanted, int data_file);
/* Whether it is time to show something new. */
bool progress_due(void);
/* Shows a line of the program's own instead of rows. */
void progress_text(const char *line);
/* Cheap enough for every row. */
void progress_rows(uint64_t rows);
/* Takes the line off the terminal, until the next progress_rows(). */
void progress_clear(void);

#endif
