#include "etwsdl/read/definitions.h"

bool wsdl_documentation(const struct reader *reader, const xmlNode *node, const char **text) {
  if (!xml_is(node, NS_WSDL, "documentation"))
    return false;
  if (text)
    *text = xml_text(reader, node);
  return true;
}

void wsdl_once(const struct reader *reader, struct map *names, const char *what, struct place at) {
  struct arena *arena = reader->contract->arena;
  const struct place *first = map_get(names, what);
  if (first) {
    contract_error(reader->contract, at, "%s is defined twice: first at %s:%u:%u", what,
                   first->file, first->line, first->column);
    return;
  }
  struct place *kept = arena_alloc(arena, sizeof *kept);
  *kept = at;
  map_put(arena, names, what, kept);
}

void wsdl_define(const struct reader *reader, enum space space, struct qname name, void *what,
                 struct place at) {
  struct contract *contract = reader->contract;
  const char *kind = space == SPACE_MESSAGE     ? "message"
                     : space == SPACE_PORT_TYPE ? "port type"
                     : space == SPACE_BINDING   ? "binding"
                                                : "service";
  if (!contract_define(contract, space, name, what))
    contract_error(contract, at, "%s %s is defined twice", kind, contract_spell(contract, name));
}
