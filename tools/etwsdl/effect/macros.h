/* Macros of C sources: one that stands for a type, a name or an expression is seen through. */
#ifndef ETWSDL_EFFECT_MACROS_H
#define ETWSDL_EFFECT_MACROS_H

#include "etwsdl/effect/files.h"

struct macro {
  const char *name;
  bool takes;         /* arguments */
  struct list params; /* const char * */
  const struct source *source;
  unsigned row;    /* where it is defined */
  size_t from, to; /* tokens of source->written: its text, what follows */
  bool used;
};

/* Is told of a use of what these macros define in different ways; NULL: of a source whose macros
 * come to more than anybody writes. */
typedef void macros_unclear(void *context, const struct token *at, const struct list *macros);

/* Notes the macros that a source defines; those of a header go to `headers` as well, for sources
 * that rely on what others include before them. */
void macros_note(struct arena *arena, struct source *source, struct map *headers);

/* Fills source->expanded. */
void macros_expand(struct arena *arena, struct source *source, const struct map *headers,
                   macros_unclear *unclear, void *context);

#endif
