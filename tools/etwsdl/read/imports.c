#include "etwsdl/read/imports.h"

void import_later(const struct reader *reader, const xmlNode *node, enum import_kind kind,
                  const char *ns, const char *location) {
  struct arena *arena = reader->contract->arena;
  struct import *import = arena_alloc(arena, sizeof *import);
  *import = (struct import){kind, reader->source->path, location, ns, xml_place(reader, node)};
  list_add(arena, reader->imports, import);
}
