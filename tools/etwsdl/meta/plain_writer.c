#include "etwsdl/meta/plain_writer.h"

#include <string.h>

#include "common/escape.h"
#include "etwsdl/meta/gsoap.h"

const struct plain_space *plain_space(const struct plain *plain, const char *ns) {
  for (size_t i = 0; i < plain->spaces.count; i++) {
    const struct plain_space *space = plain->spaces.items[i];
    if (space->ns == ns)
      return space;
  }
  return NULL;
}

void plain_attribute(struct plain *plain, const char *name, const char *value) {
  if (!value)
    return;
  buffer_printf(&plain->out, " %s=\"", name);
  escape_xml_attribute(&plain->out, value, strlen(value));
  buffer_add_char(&plain->out, '"');
}

void plain_name(struct plain *plain, const char *name, struct qname value) {
  const struct plain_space *space = plain_space(plain, value.ns);
  const char *prefix = space && space->ns                          ? space->prefix
                       : value.ns && strcmp(value.ns, NS_XML) == 0 ? "xml"
                       : value.ns                                  ? "xsd"
                                                                   : NULL;
  const char *local = value.local;
  if (value.ns && strcmp(value.ns, NS_XSD) == 0)
    local = gsoap_builtin(local);
  buffer_printf(&plain->out, " %s=\"%s%s%s\"", name, prefix ? prefix : "", prefix ? ":" : "",
                local);
}
