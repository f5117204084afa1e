/* What a new contract does to programs on the bindings. */
#ifndef ETWSDL_EFFECT_SOURCE_EFFECT_H
#define ETWSDL_EFFECT_SOURCE_EFFECT_H

#include "etwsdl/base/arena.h"

struct source_effect {
  size_t files;      /* C sources that were read */
  size_t uses;       /* names of the bindings in them */
  size_t losses;     /* of them, names that are lost */
  size_t unclear;    /* members that may be, of what is not understood */
  struct list lines; /* const char *: "FILE:LINE:COLUMN: et__Send.PreviewURL ... is gone" */
};

#endif
