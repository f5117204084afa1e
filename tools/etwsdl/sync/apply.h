/* Replaces the contract of a source tree: all of it or nothing. */
#ifndef ETWSDL_SYNC_APPLY_H
#define ETWSDL_SYNC_APPLY_H

#include "etwsdl/source/bundle.h"

/* Puts the bundle into TREE/wsdl in place of the documents of `old`, keeps what else is there, and
 * writes TREE/generated/surface.txt. On failure (said on stderr) the tree is as it was. */
bool apply_contract(const char *tree, const struct contract *old, const struct bundle *bundle,
                    const struct buffer *surface);

/* Deletes a folder with everything in it. */
void remove_folder(const char *path);

#endif
