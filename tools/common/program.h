/* How a program begins, and how it talks. */
#ifndef COMMON_PROGRAM_H
#define COMMON_PROGRAM_H

#include "common/exit_code.h"

/* The first call of main(). Descriptors 0, 1 and 2 that are closed are opened on /dev/null, so that
 * no socket and no file gets their number; reading or writing them fails, as with closed ones.
 * `name` is what complain() begins with; it is borrowed. */
void program_start(const char *name);

/* The last call of main(): its exit code. Standard output that could not be written makes one that
 * would be EXIT_DONE EXIT_FAILED, with a message. */
int program_end(int code);

/* Calls `before` whenever complain() is about to write: what stands on the terminal without an end
 * of line, such as progress, is taken away there. NULL: nothing. */
void program_before_talk(void (*before)(void));

/* One line on stderr, `NAME: ...`. Line ends and tabs become blanks, and what could drive a
 * terminal is escaped, wherever the text came from. */
void complain(const char *format, ...) __attribute__((format(printf, 1, 2)));

#endif
