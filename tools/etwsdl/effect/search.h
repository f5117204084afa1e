/* One C source on the way through `check --sources`: shared by the files that read it. */
#ifndef ETWSDL_EFFECT_SEARCH_H
#define ETWSDL_EFFECT_SEARCH_H

#include "etwsdl/effect/names.h"
#include "etwsdl/effect/tokens.h"

struct search {
  struct source_effect *effect; /* sources.h */
  struct c_names old, new;
  struct map at_risk;  /* members that some struct loses: what is said of it */
  struct arena *arena; /* for one file */
  const char *path;
  struct token_list tokens;
  struct map declared; /* by name: where, and of which struct; see declared.c */
};

#endif
