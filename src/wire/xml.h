/* XML out of a parser's events, in memory: elements, attributes and text, nothing else. */
#ifndef ETS_XML_H
#define ETS_XML_H

#include <stdbool.h>
#include <stddef.h>

#include <libxml/xmlstring.h>

struct ets_xml {
  char *bytes;
  size_t size;
  size_t room;
  bool failed; /* out of memory */
};

/* The members of libxml2's start event. */
struct ets_xml_tag {
  const xmlChar *name;
  const xmlChar *prefix;
  int declared;
  const xmlChar **declarations;
  int attribute_count;
  const xmlChar **attributes;
};

/* The start tag up to its ">", which ets_xml_close_tag() writes. */
void ets_xml_start(struct ets_xml *xml, const struct ets_xml_tag *tag);
void ets_xml_declare(struct ets_xml *xml, const char *prefix, const char *space);
void ets_xml_close_tag(struct ets_xml *xml);
void ets_xml_end(struct ets_xml *xml, const xmlChar *prefix, const xmlChar *name);
void ets_xml_text(struct ets_xml *xml, const char *bytes, size_t n);
void ets_xml_free(struct ets_xml *xml);

#endif
