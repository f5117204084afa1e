/* Loads a contract with everything it includes and imports, from files only. */
#ifndef ETWSDL_READ_LOAD_H
#define ETWSDL_READ_LOAD_H

#include "etwsdl/source/locate.h"

/* Never NULL. What is wrong with the contract is in its diagnostics; it may be used further only
 * when `errors` is 0. Free with contract_free. */
struct contract *contract_load(const char *path, const struct import_folders *folders);
struct contract *contract_load_memory(const void *bytes, size_t size,
                                      const struct import_folders *folders);

#endif
