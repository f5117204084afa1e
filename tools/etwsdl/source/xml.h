/*
 * The parsed tree as the readers want it: attributes by name, QNames resolved, everything that
 * is not expected reported.
 */
#ifndef ETWSDL_SOURCE_XML_H
#define ETWSDL_SOURCE_XML_H

#include <libxml/tree.h>

#include "etwsdl/model/model.h"
#include "etwsdl/source/source.h"

/* One document, and what holds for the schema inside it that is being read. */
struct reader {
  struct contract *contract;
  struct list *imports; /* where import_later() puts what is to be read as well */
  const struct source *source;
  const char *ns; /* target namespace of the schema or of the definitions */
  bool chameleon; /* a schema without namespace, included into one with */
  bool elements_qualified;
  bool attributes_qualified;
  const char *block_default, *final_default; /* or NULL */
};

/* Parses, and ties every element to its place. NULL after an error was reported. */
xmlDoc *xml_parse(struct contract *contract, const struct source *source);

struct place xml_place(const struct reader *reader, const xmlNode *node);
bool xml_is(const xmlNode *node, const char *ns, const char *local);
bool xml_in(const xmlNode *node, const char *ns);

/* First element among `node` and what follows it. */
xmlNode *xml_element(xmlNode *node);

/* Interned value, white space trimmed; NULL when the attribute is not there. */
const char *xml_attribute(const struct reader *reader, const xmlNode *node, const char *name);
/* The same, white space kept. */
const char *xml_attribute_raw(const struct reader *reader, const xmlNode *node, const char *name);
const char *xml_attribute_or(const struct reader *reader, const xmlNode *node, const char *name,
                             const char *otherwise);
/* Reports a missing one; "" then. */
const char *xml_required(const struct reader *reader, const xmlNode *node, const char *name);
/* The attribute `name`, which has to be there and to be a name (NCName). */
const char *xml_name(const struct reader *reader, const xmlNode *node);
bool xml_flag(const struct reader *reader, const xmlNode *node, const char *name, bool otherwise);

/* A prefix that is not declared is an error. Local is NULL when the attribute is not there. */
struct qname xml_qname(const struct reader *reader, const xmlNode *node, const char *name);
struct qname xml_split(const struct reader *reader, const xmlNode *node, const char *value);

/* Reports attributes that are not in `allowed` (names separated by spaces). */
void xml_expect(const struct reader *reader, const xmlNode *node, const char *allowed);

/* Reports an element that this reader does not know. */
void xml_unknown(const struct reader *reader, const xmlNode *node);

/* All text below, white space collapsed; NULL when there is none. */
const char *xml_text(const struct reader *reader, const xmlNode *node);

#endif
