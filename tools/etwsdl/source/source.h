/* Opening the files of a contract. */
#ifndef ETWSDL_SOURCE_SOURCE_H
#define ETWSDL_SOURCE_SOURCE_H

#include "etwsdl/source/document.h"

/* False after an error was reported at `from` (the import that asked; a zero place for the
 * contract itself). */
bool source_open(struct source *source, struct contract *contract, struct place from,
                 const char *path);

/* The same for bytes already in memory; they are copied. */
bool source_memory(struct source *source, struct contract *contract, const char *name,
                   const void *bytes, size_t size);

void source_free(struct source *source);

#endif
