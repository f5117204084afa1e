/*
 * Loads a contract with everything it includes and imports, from files only: a location that is
 * an address is looked for as a file of the same name beside the document that asks for it, then
 * in the import folders. `etwsdl fetch` is what brings such files.
 */
#ifndef ETWSDL_READ_LOAD_H
#define ETWSDL_READ_LOAD_H

#include "source/xml.h"

enum { LOAD_MOST_FOLDERS = 8, LOAD_MOST_DOCUMENTS = 64 };

struct load_options {
  const char *folders[LOAD_MOST_FOLDERS]; /* where else to look for imports */
  size_t folder_count;
  bool no_imports; /* for the fuzzer: every import is an error */
};

/* Never NULL. What is wrong with the contract is in its diagnostics; it may be used further only
 * when `errors` is 0. Free with contract_free. */
struct contract *contract_load(const char *path, const struct load_options *options);
struct contract *contract_load_memory(const void *bytes, size_t size,
                                      const struct load_options *options);

/* For the readers: loads what `node` points to with the attribute schemaLocation or location.
 * `ns` is the namespace the schema must have or, for an include, takes over. */
enum import_kind { IMPORT_SCHEMA, INCLUDE_SCHEMA, IMPORT_WSDL };
void load_import(const struct reader *from, const xmlNode *node, enum import_kind kind,
                 const char *ns, const char *location);

/* The file name an import has when it is made local: the last part of the path of its location,
 * without query, ending in .xsd or .wsdl. NULL when nothing usable is in it. */
const char *local_name(struct contract *contract, const char *location);

/* The file of an import of the document at `from`; interned, NULL when it is nowhere. */
const char *load_find(struct contract *contract, const struct load_options *options,
                      const char *from, const char *location);

bool is_address(const char *location); /* scheme://... */

#endif
