/*
 * Where the documents that a contract imports are: files only. A location that is an address is
 * looked for as a file of the same name beside the document that asks for it, then in the import
 * folders. `etwsdl fetch` is what brings such files.
 */
#ifndef ETWSDL_SOURCE_LOCATE_H
#define ETWSDL_SOURCE_LOCATE_H

#include "etwsdl/model/model.h"

enum { IMPORT_MOST_FOLDERS = 8 };

struct import_folders {
  const char *paths[IMPORT_MOST_FOLDERS]; /* where else to look */
  size_t count;
  bool none; /* for the fuzzer: nothing is found */
};

/* The file name an import has when it is made local: the last part of the path of its location,
 * without query, ending in .xsd or .wsdl. NULL when nothing usable is in it. */
const char *local_name(struct contract *contract, const char *location);

/* The file of an import of the document at `from`; interned, NULL when it is nowhere. A location
 * that leads out of the folder of the contract (../) is not followed, only its file name is. */
const char *locate_import(struct contract *contract, const struct import_folders *folders,
                          const char *from, const char *location);

/* Says that locate_import() found nothing, and what helps. */
void complain_of_import(struct contract *contract, const char *from, const char *location,
                        struct place at);

bool is_address(const char *location); /* scheme://... */

#endif
