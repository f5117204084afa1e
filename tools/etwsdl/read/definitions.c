#include "etwsdl/read/definitions.h"

bool wsdl_documentation(const struct reader *reader, const xmlNode *node, const char **text) {
  if (!xml_is(node, NS_WSDL, "documentation"))
    return false;
  if (text)
    *text = xml_text(reader, node);
  return true;
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
