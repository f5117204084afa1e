/* malloc and its relatives of everything that is linked statically (library, bindings, gSOAP's
 * runtime), by the linker's --wrap: counted, and made to fail on demand. */
#ifndef ETS_TEST_FAILING_H
#define ETS_TEST_FAILING_H

#include <stdbool.h>
#include <stddef.h>

/* Starts counting calls from 0. The call number `at` fails, from 1; 0: none does. With `onwards`
 * all that follow it fail too. */
void failing_begin(size_t at, bool onwards);

/* Stops it; calls do not fail any more. Returns how many there were. */
size_t failing_end(void);

/* Blocks that are allocated and not freed, counted since the program began. */
long failing_blocks(void);

#endif
