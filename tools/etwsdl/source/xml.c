#include "etwsdl/source/xml.h"

#include <libxml/parser.h>
#include <libxml/xmlerror.h>
#include <string.h>

static void tie_places(xmlNode *node, const struct source *source, size_t *next) {
  for (; node; node = node->next) {
    if (node->type != XML_ELEMENT_NODE)
      continue;
    if (*next < source->tag_count)
      node->_private = &source->tags[(*next)++];
    tie_places(node->children, source, next);
  }
}

static void report_parser(struct contract *contract, const struct source *source,
                          xmlParserCtxt *parser) {
  const xmlError *error = xmlCtxtGetLastError(parser);
  struct place place = {source->path, 1, 1};
  char said[200] = "not XML";
  if (error && error->message) {
    if (error->line > 0)
      place.line = (unsigned)error->line;
    if (error->int2 > 0)
      place.column = (unsigned)error->int2;
    size_t n = strcspn(error->message, "\n");
    if (n >= sizeof said)
      n = sizeof said - 1;
    memcpy(said, error->message, n);
    said[n] = '\0';
  }
  contract_error(contract, place, "not well-formed: %s", said);
}

xmlDoc *xml_parse(struct contract *contract, const struct source *source) {
  const int options = XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING |
                      XML_PARSE_IGNORE_ENC | XML_PARSE_BIG_LINES;
  xmlParserCtxt *parser = xmlNewParserCtxt();
  if (!parser) {
    contract_error(contract, (struct place){source->path, 1, 1}, "out of memory");
    return NULL;
  }
  xmlDoc *doc =
      xmlCtxtReadMemory(parser, source->text, (int)source->length, source->path, "UTF-8", options);
  if (!doc || !xmlDocGetRootElement(doc) || doc->intSubset) {
    report_parser(contract, source, parser);
    xmlFreeDoc(doc);
    doc = NULL;
  } else {
    size_t next = 0;
    tie_places(xmlDocGetRootElement(doc), source, &next);
  }
  xmlFreeParserCtxt(parser);
  return doc;
}

struct place xml_place(const struct reader *reader, const xmlNode *node) {
  const struct spot *spot = node->_private;
  if (!spot)
    return (struct place){reader->source->path, (unsigned)xmlGetLineNo(node), 1};
  return (struct place){reader->source->path, spot->line, spot->column};
}

bool xml_in(const xmlNode *node, const char *ns) {
  return node->ns && strcmp((const char *)node->ns->href, ns) == 0;
}

bool xml_is(const xmlNode *node, const char *ns, const char *local) {
  return strcmp((const char *)node->name, local) == 0 && xml_in(node, ns);
}

xmlNode *xml_element(xmlNode *node) {
  while (node && node->type != XML_ELEMENT_NODE)
    node = node->next;
  return node;
}

const char *xml_attribute_raw(const struct reader *reader, const xmlNode *node, const char *name) {
  for (const xmlAttr *attr = node->properties; attr; attr = attr->next) {
    if (attr->ns || strcmp((const char *)attr->name, name) != 0)
      continue;
    xmlChar *value = xmlNodeListGetString(node->doc, attr->children, 1);
    const char *kept = intern(reader->contract->arena, value ? (const char *)value : "");
    xmlFree(value);
    return kept;
  }
  return NULL;
}

const char *xml_attribute(const struct reader *reader, const xmlNode *node, const char *name) {
  const char *value = xml_attribute_raw(reader, node, name);
  if (!value)
    return NULL;
  value += strspn(value, " \t\r\n");
  size_t n = strlen(value);
  while (n > 0 && strchr(" \t\r\n", value[n - 1]))
    n--;
  return intern_n(reader->contract->arena, value, n);
}

const char *xml_attribute_or(const struct reader *reader, const xmlNode *node, const char *name,
                             const char *otherwise) {
  const char *value = xml_attribute(reader, node, name);
  return value ? value : intern(reader->contract->arena, otherwise);
}

const char *xml_required(const struct reader *reader, const xmlNode *node, const char *name) {
  const char *value = xml_attribute(reader, node, name);
  if (value && *value != '\0')
    return value;
  contract_error(reader->contract, xml_place(reader, node), "<%s> needs the attribute %s",
                 (const char *)node->name, name);
  return intern(reader->contract->arena, "");
}

static bool is_name(const char *text) {
  return xmlValidateNCName((const xmlChar *)text, 0) == 0;
}

const char *xml_name(const struct reader *reader, const xmlNode *node) {
  const char *name = xml_required(reader, node, "name");
  if (*name && !is_name(name))
    contract_error(reader->contract, xml_place(reader, node), "<%s> is called \"%s\": not a name",
                   (const char *)node->name, name);
  return name;
}

bool xml_flag(const struct reader *reader, const xmlNode *node, const char *name, bool otherwise) {
  const char *value = xml_attribute(reader, node, name);
  if (!value)
    return otherwise;
  if (strcmp(value, "true") == 0 || strcmp(value, "1") == 0)
    return true;
  if (strcmp(value, "false") != 0 && strcmp(value, "0") != 0)
    contract_error(reader->contract, xml_place(reader, node), "%s=\"%s\": say true or false", name,
                   value);
  return false;
}

struct qname xml_split(const struct reader *reader, const xmlNode *node, const char *value) {
  struct arena *arena = reader->contract->arena;
  struct qname name = {0};
  const char *colon = strchr(value, ':');
  const char *local = !colon ? value : colon + 1;
  const char *prefix = !colon ? NULL : intern_n(arena, value, (size_t)(colon - value));
  xmlNs *ns = xmlSearchNs(node->doc, (xmlNode *)(uintptr_t)node, (const xmlChar *)prefix);

  name.local = intern(arena, local);
  if (!is_name(local)) {
    contract_error(reader->contract, xml_place(reader, node), "\"%s\" is not a name", value);
  } else if (ns && ns->href && *ns->href != '\0') {
    name.ns = intern(arena, (const char *)ns->href);
  } else if (prefix) {
    contract_error(reader->contract, xml_place(reader, node), "the prefix of %s is not declared",
                   value);
  } else if (reader->chameleon) {
    name.ns = reader->ns;
  }
  return name;
}

struct qname xml_qname(const struct reader *reader, const xmlNode *node, const char *name) {
  const char *value = xml_attribute(reader, node, name);
  if (!value)
    return (struct qname){0};
  return xml_split(reader, node, value);
}

static bool is_word_of(const char *words, const char *word) {
  size_t n = strlen(word);
  for (const char *at = words; (at = strstr(at, word)) != NULL; at += n) {
    bool starts = at == words || at[-1] == ' ';
    if (starts && (at[n] == ' ' || at[n] == '\0'))
      return true;
  }
  return false;
}

/* Attributes of other namespaces may stand anywhere and say nothing of what is sent. */
static bool is_of_contract(const char *ns) {
  return strcmp(ns, NS_XSD) == 0 || strncmp(ns, NS_WSDL, strlen(NS_WSDL)) == 0;
}

void xml_expect(const struct reader *reader, const xmlNode *node, const char *allowed) {
  for (const xmlAttr *attr = node->properties; attr; attr = attr->next) {
    const char *name = (const char *)attr->name;
    if (!attr->ns && (strcmp(name, "id") == 0 || is_word_of(allowed, name)))
      continue;
    if (attr->ns && !is_of_contract((const char *)attr->ns->href))
      continue;
    reader->contract->not_understood++;
    contract_note(reader->contract, xml_place(reader, node),
                  "not understood: attribute %s%s%s%s of <%s>", attr->ns ? "{" : "",
                  attr->ns ? (const char *)attr->ns->href : "", attr->ns ? "}" : "", name,
                  (const char *)node->name);
  }
}

/* What tools are told about the code that they make. */
static bool is_for_a_tool(const xmlNode *node) {
  static const char *const spaces[] = {
      "http://java.sun.com/xml/ns/jaxws", "https://jakarta.ee/xml/ns/jaxws",
      "http://java.sun.com/xml/ns/jaxb", "https://jakarta.ee/xml/ns/jaxb"};
  for (size_t i = 0; node->ns && i < sizeof spaces / sizeof *spaces; i++)
    if (strcmp((const char *)node->ns->href, spaces[i]) == 0)
      return true;
  return false;
}

void xml_unknown(const struct reader *reader, const xmlNode *node) {
  if (is_for_a_tool(node))
    return;
  reader->contract->not_understood++;
  contract_note(reader->contract, xml_place(reader, node), "not understood: element {%s}%s in <%s>",
                node->ns ? (const char *)node->ns->href : "", (const char *)node->name,
                node->parent && node->parent->name ? (const char *)node->parent->name : "");
}

const char *xml_text(const struct reader *reader, const xmlNode *node) {
  xmlChar *content = xmlNodeGetContent(node);
  struct buffer text = {0};
  const char *at = !content ? "" : (const char *)content;
  while (*(at += strspn(at, " \t\r\n")) != '\0') {
    size_t n = strcspn(at, " \t\r\n");
    if (text.size > 0)
      buffer_add(&text, " ", 1);
    buffer_add(&text, at, n);
    at += n;
  }
  const char *kept = text.size ? intern_buffer(reader->contract->arena, &text) : NULL;
  xmlFree(content);
  return kept;
}
