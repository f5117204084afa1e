/* The C sources that are looked at, and what they include. */
#ifndef ETWSDL_EFFECT_FILES_H
#define ETWSDL_EFFECT_FILES_H

#include "etwsdl/base/map.h"
#include "etwsdl/effect/tokens.h"

struct source {
  const char *path;
  bool checked; /* otherwise only included by one that is */
  bool header;
  struct token_list written;  /* as it stands there */
  struct token_list expanded; /* without directives, macros replaced: macros.h */
  struct list includes;       /* struct source: those that were found */
  struct list missing;        /* struct include, quoted: those that were not */
  struct list sees;           /* struct source: itself and all that it includes, however deep */
  struct map undefined;       /* names that an #undef takes back */
  struct map macros;          /* by name: a list of struct macro */
  struct list defined;        /* struct macro: the same in their order */
  struct map known_macros;    /* by name: what macros_find() found */
  struct map declared;        /* by name: a list of struct declaration: declared.c */
  struct map known_names;     /* by name: the declaration of what it sees */
  bool is_noted;
  struct list findings; /* of sources.c */
};

struct source_files {
  struct arena *arena;
  struct list sources; /* struct source: those to be checked, in the order of names, then others */
};

/* Reads every C source below `path`, a folder or a file, and the headers that they include by a
 * path that leads to one. False after saying what cannot be read. */
bool files_read(struct source_files *files, const char *path);

void files_free(struct source_files *files);

#endif
