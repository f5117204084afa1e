#include "wire/xml.h"

#include <stdlib.h>
#include <string.h>

static void put(struct ets_xml *xml, const char *bytes, size_t n) {
  if (n > xml->room - xml->size) {
    size_t room = 2 * (xml->size + n) + 256;
    char *larger = xml->failed ? NULL : realloc(xml->bytes, room);
    if (!larger) {
      xml->failed = true;
      return;
    }
    xml->bytes = larger;
    xml->room = room;
  }
  memcpy(xml->bytes + xml->size, bytes, n);
  xml->size += n;
}

static void put_text(struct ets_xml *xml, const char *text) {
  put(xml, text, strlen(text));
}

static void put_name(struct ets_xml *xml, const xmlChar *prefix, const xmlChar *name) {
  if (prefix) {
    put_text(xml, (const char *)prefix);
    put(xml, ":", 1);
  }
  put_text(xml, (const char *)name);
}

/* What a reader would take for markup or change: white space in attributes, line ends in text. */
static const char *reference_for(char c, bool attribute) {
  switch (c) {
  case '&':
    return "&amp;";
  case '<':
    return "&lt;";
  case '>':
    return "&gt;";
  case '\r':
    return "&#xD;";
  case '"':
    return attribute ? "&quot;" : NULL;
  case '\n':
    return attribute ? "&#xA;" : NULL;
  case '\t':
    return attribute ? "&#x9;" : NULL;
  default:
    return NULL;
  }
}

static void put_escaped(struct ets_xml *xml, const char *text, size_t n, bool attribute) {
  size_t run = 0;
  for (size_t i = 0; i < n; i++) {
    const char *reference = reference_for(text[i], attribute);
    if (!reference)
      continue;
    put(xml, text + run, i - run);
    put_text(xml, reference);
    run = i + 1;
  }
  put(xml, text + run, n - run);
}

void ets_xml_declare(struct ets_xml *xml, const char *prefix, const char *space) {
  put_text(xml, *prefix ? " xmlns:" : " xmlns");
  put_text(xml, prefix);
  put(xml, "=\"", 2);
  put_escaped(xml, space, strlen(space), true);
  put(xml, "\"", 1);
}

void ets_xml_start(struct ets_xml *xml, const struct ets_xml_tag *tag) {
  put(xml, "<", 1);
  put_name(xml, tag->prefix, tag->name);
  for (int i = 0; i < tag->declared; i++) {
    const char *prefix = (const char *)tag->declarations[2 * i];
    const char *space = (const char *)tag->declarations[2 * i + 1];
    ets_xml_declare(xml, prefix ? prefix : "", space ? space : "");
  }
  for (int i = 0; i < tag->attribute_count; i++) {
    const xmlChar **attribute = tag->attributes + 5 * i;
    put(xml, " ", 1);
    put_name(xml, attribute[1], attribute[0]);
    put(xml, "=\"", 2);
    put_escaped(xml, (const char *)attribute[3], (size_t)(attribute[4] - attribute[3]), true);
    put(xml, "\"", 1);
  }
}

void ets_xml_close_tag(struct ets_xml *xml) {
  put(xml, ">", 1);
}

void ets_xml_end(struct ets_xml *xml, const xmlChar *prefix, const xmlChar *name) {
  put(xml, "</", 2);
  put_name(xml, prefix, name);
  put(xml, ">", 1);
}

void ets_xml_text(struct ets_xml *xml, const char *bytes, size_t n) {
  put_escaped(xml, bytes, n, false);
}

void ets_xml_free(struct ets_xml *xml) {
  free(xml->bytes);
  *xml = (struct ets_xml){0};
}
