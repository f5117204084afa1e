/* Which members of a request's objects are xsi:nil: the decoder gives the same for them as for
 * absent ones, so the envelope is looked at again. */
#ifndef ETSIM_OPERATIONS_NIL_H
#define ETSIM_OPERATIONS_NIL_H

#include <stdbool.h>
#include <stddef.h>

struct node;
struct nils;

/* NULL when nothing in the envelope is nil. */
struct nils *nils_read(const char *envelope, size_t size);
void nils_free(struct nils *nils);

/* Adds the nil members of the next object to its tree, which is nil itself when the object is.
 * @return false: out of memory */
bool nils_mark(struct nils *nils, struct node *tree);

#endif
