/* One C source on the way through `check --sources`: shared by the files that read it. */
#ifndef ETWSDL_EFFECT_SEARCH_H
#define ETWSDL_EFFECT_SEARCH_H

#include "etwsdl/effect/files.h"
#include "etwsdl/effect/names.h"
#include "etwsdl/effect/source_effect.h"

/* What a source says of a name. */
struct declaration {
  size_t at;        /* the token */
  size_t end;       /* of the block that it holds in */
  const char *type; /* as in declared.h; NULL: not understood */
  bool guessed;     /* `a * b` may be a product as well */
  bool local;       /* to a function: no other source sees it */
};

struct search {
  struct source_effect *effect;
  struct c_names old, new;
  struct map at_risk;  /* members that some struct loses: what is said of it */
  bool loses;          /* whether there is anything to lose */
  struct arena *arena; /* for all files */
  struct source_files files;
  struct map macros;               /* of headers, by name: a list of struct macro */
  struct map names;                /* of headers, by name: a list of struct declaration */
  struct declaration unclear_name; /* of what is declared nowhere, or in several ways */
  bool all_noted;                  /* so that what was found of a name holds */
  struct source *source;           /* the one that is looked at */
  struct token_list tokens;        /* borrowed: of it, or of a macro of it */
};

#endif
