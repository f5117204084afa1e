#include "service/request.h"

#include <string.h>
#include <strings.h>

#include <libxml/SAX2.h>
#include <libxml/parser.h>
#include <libxml/parserInternals.h>

#include "common/escape.h"
#include "service/tag_bounds.h"
#include "service/utf16.h"

#define SOAP_11 "http://schemas.xmlsoap.org/soap/envelope/"
#define SOAP_12 "http://www.w3.org/2003/05/soap-envelope"
#define XSI "http://www.w3.org/2001/XMLSchema-instance"
#define XSD "http://www.w3.org/2001/XMLSchema"
#define TOKEN_NAMESPACE "http://exacttarget.com"

/* The parts of an envelope, each written by itself and put together in the right order. */
enum part { PART_ENVELOPE, PART_HEADER, PART_BODY, PARTS };

struct reading {
  xmlParserCtxt *parser;
  struct buffer parts[PARTS];
  enum part part;
  int level;
  size_t value; /* bytes of the one that is read */
  int soap_version;
  size_t namespace_count;
  struct {
    const xmlChar *prefix, *uri; /* of the parser's dictionary */
    int level;
  } namespaces[REQUEST_NAMESPACES];
  struct buffer *refusal;
};

static void refuse(struct reading *reading, const char *format, const char *what) {
  if (!reading->refusal->size)
    buffer_printf(reading->refusal, format, what);
  xmlStopParser(reading->parser);
}

static struct buffer *out_of(struct reading *reading) {
  return &reading->parts[reading->part];
}

/* --- names ---------------------------------------------------------------------------------- */

static bool is(const xmlChar *text, const char *other) {
  return text && strcmp((const char *)text, other) == 0;
}

static void write_name(struct buffer *out, const xmlChar *prefix, const xmlChar *name) {
  if (prefix)
    buffer_printf(out, "%s:", (const char *)prefix);
  buffer_add_text(out, (const char *)name);
}

static const char *uri_of(const struct reading *reading, const char *prefix, size_t size) {
  for (size_t i = reading->namespace_count; i-- > 0;) {
    const char *known = (const char *)reading->namespaces[i].prefix;
    if (strlen(known ? known : "") == size && memcmp(known ? known : "", prefix, size) == 0)
      return (const char *)reading->namespaces[i].uri;
  }
  return "";
}

/* Whether an xsi:type is one of XML Schema's own. */
static bool is_built_in(const struct reading *reading, const char *type, size_t size) {
  static const char *const names[] = {"string",
                                      "boolean",
                                      "int",
                                      "dateTime",
                                      "decimal",
                                      "double",
                                      "float",
                                      "long",
                                      "short",
                                      "byte",
                                      "integer",
                                      "date",
                                      "time",
                                      "duration",
                                      "anyURI",
                                      "base64Binary",
                                      "hexBinary",
                                      "normalizedString",
                                      "token",
                                      "nonNegativeInteger",
                                      "positiveInteger",
                                      "nonPositiveInteger",
                                      "negativeInteger",
                                      "unsignedInt",
                                      "unsignedLong",
                                      "unsignedShort",
                                      "unsignedByte",
                                      "QName",
                                      "language",
                                      "Name",
                                      "NCName",
                                      "NMTOKEN",
                                      "ID",
                                      "gYear",
                                      "gYearMonth",
                                      "gMonth",
                                      "gMonthDay",
                                      "gDay",
                                      "anyType",
                                      "anySimpleType"};
  const char *colon = memchr(type, ':', size);
  size_t prefix = colon ? (size_t)(colon - type) : 0;
  if (strcmp(uri_of(reading, type, prefix), XSD) != 0)
    return false;
  type += colon ? prefix + 1 : 0;
  size -= colon ? prefix + 1 : 0;
  for (size_t i = 0; i < sizeof names / sizeof *names; i++)
    if (strlen(names[i]) == size && memcmp(names[i], type, size) == 0)
      return true;
  return false;
}

/* --- what the parser calls ------------------------------------------------------------------ */

static void on_document(void *context) {
  static const char *const known[] = {"utf-8", "utf-16", "iso-8859-", "us-ascii", "windows-125"};
  struct reading *reading = context;
  const xmlParserCtxt *parser = reading->parser;
  const char *encoding =
      (const char *)(parser->input->encoding ? parser->input->encoding : parser->encoding);
  for (size_t i = 0; encoding && i < sizeof known / sizeof *known; i++)
    if (strncasecmp(encoding, known[i], strlen(known[i])) == 0)
      return;
  if (encoding)
    refuse(reading, "The encoding %.40s is not supported, use utf-8.", encoding);
}

static void on_dtd(void *context, const xmlChar *name, const xmlChar *public,
                   const xmlChar *system) {
  (void)name, (void)public, (void)system;
  refuse(context, "%s", "A document type declaration is not accepted.");
}

static void enter_part(struct reading *reading, const xmlChar *name, const xmlChar *uri) {
  if (reading->level == 0) {
    if (is(uri, SOAP_11) || is(uri, SOAP_12))
      reading->soap_version = is(uri, SOAP_12) ? 2 : 1;
  } else if (reading->level == 1) {
    reading->part = is(name, "Header") ? PART_HEADER : PART_BODY;
  }
}

static bool declare(struct reading *reading, int count, const xmlChar **declared) {
  struct buffer *out = out_of(reading);
  if (reading->namespace_count + (size_t)count > REQUEST_NAMESPACES) {
    refuse(reading, "%s", "There are too many namespace declarations.");
    return false;
  }
  for (int i = 0; i < count; i++, declared += 2) {
    size_t at = reading->namespace_count++;
    reading->namespaces[at].prefix = declared[0];
    reading->namespaces[at].uri = declared[1] ? declared[1] : BAD_CAST "";
    reading->namespaces[at].level = reading->level;
    buffer_add_text(out, declared[0] ? " xmlns:" : " xmlns");
    buffer_add_text(out, declared[0] ? (const char *)declared[0] : "");
    buffer_add_text(out, "=\"");
    const char *uri = declared[1] ? (const char *)declared[1] : "";
    escape_xml_attribute(out, uri, strlen(uri));
    buffer_add_text(out, "\"");
  }
  return true;
}

static void write_attributes(struct reading *reading, int count, const xmlChar **attributes) {
  struct buffer *out = out_of(reading);
  for (int i = 0; i < count; i++, attributes += 5) {
    const char *value = (const char *)attributes[3];
    size_t size = (size_t)(attributes[4] - attributes[3]);
    if (is(attributes[0], "type") && is(attributes[2], XSI) && is_built_in(reading, value, size))
      continue;
    buffer_add_text(out, " ");
    write_name(out, attributes[1], attributes[0]);
    buffer_add_text(out, "=\"");
    escape_xml_attribute(out, value, size);
    buffer_add_text(out, "\"");
  }
}

/* The token may come without its namespace: published samples do. */
static bool is_bare_token(const struct reading *reading, const xmlChar *name, const xmlChar *prefix,
                          const xmlChar *uri) {
  return reading->level == 2 && reading->part == PART_HEADER && !prefix && is(name, "fueloauth") &&
         !is(uri, TOKEN_NAMESPACE);
}

static void on_start(void *context, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri,
                     int namespace_count, const xmlChar **namespaces, int attribute_count,
                     int defaulted, const xmlChar **attributes) {
  struct reading *reading = context;
  (void)defaulted;
  enter_part(reading, name, uri);
  if (reading->level == REQUEST_LEVELS) {
    refuse(reading, "%s", "The elements are nested too deep.");
    return;
  }
  struct buffer *out = out_of(reading);
  buffer_add_text(out, "<");
  write_name(out, prefix, name);
  if (is_bare_token(reading, name, prefix, uri)) {
    buffer_add_text(out, " xmlns=\"" TOKEN_NAMESPACE "\"");
    namespace_count = 0;
  }
  if (declare(reading, namespace_count, namespaces))
    write_attributes(reading, attribute_count, attributes);
  buffer_add_text(out, ">");
  reading->value = 0;
  reading->level++;
}

static void on_end(void *context, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri) {
  struct reading *reading = context;
  (void)uri;
  reading->level--;
  if (reading->level == 0)
    reading->part = PART_ENVELOPE;
  while (reading->namespace_count &&
         reading->namespaces[reading->namespace_count - 1].level >= reading->level)
    reading->namespace_count--;
  if (reading->level == 0)
    return; /* the end of the envelope is written when it is put together */
  buffer_add_text(out_of(reading), "</");
  write_name(out_of(reading), prefix, name);
  buffer_add_text(out_of(reading), ">");
  reading->value = 0;
}

static void on_text(void *context, const xmlChar *text, int size) {
  struct reading *reading = context;
  reading->value += (size_t)size;
  if (reading->value > REQUEST_VALUE)
    refuse(reading, "%s", "A value is too long.");
  else if (reading->level > 1)
    escape_xml(out_of(reading), (const char *)text, (size_t)size);
}

static void on_error(void *context, xmlError *error) {
  struct reading *reading = context;
  if (error->level < XML_ERR_ERROR || reading->refusal->size || error->code == XML_ERR_USER_STOP)
    return;
  const char *message = error->message ? error->message : "it is not well-formed\n";
  buffer_printf(reading->refusal, "Line %d: %.*s.", error->line, (int)strcspn(message, "\n"),
                message);
}

/* --- the whole ------------------------------------------------------------------------------ */

static bool parse(struct reading *reading, const char *bytes, size_t size, bool converted) {
  xmlSAXHandler handler = {.initialized = XML_SAX2_MAGIC,
                           .startDocument = on_document,
                           .internalSubset = on_dtd,
                           .startElementNs = on_start,
                           .endElementNs = on_end,
                           .characters = on_text,
                           .cdataBlock = on_text,
                           .ignorableWhitespace = on_text,
                           .serror = on_error};
  xmlParserCtxt *parser = xmlCreateMemoryParserCtxt(bytes, (int)size);
  if (!parser)
    return false;
  reading->parser = parser;
  *parser->sax = handler;
  parser->userData = reading;
  (void)xmlCtxtUseOptions(parser, XML_PARSE_NONET | (converted ? XML_PARSE_IGNORE_ENC : 0));
  (void)xmlParseDocument(parser);
  bool done = parser->wellFormed && parser->nsWellFormed && !reading->refusal->size;
  xmlFreeParserCtxt(parser);
  return done;
}

static bool put_together(struct reading *reading, struct buffer *out) {
  static const char end[] = ">";
  struct buffer *envelope = &reading->parts[PART_ENVELOPE];
  size_t name = envelope->size ? strcspn(envelope->data + 1, " >") : 0;
  for (int i = 0; i < PARTS; i++)
    buffer_add(out, reading->parts[i].data, reading->parts[i].size);
  buffer_add_text(out, "</");
  if (name)
    buffer_add(out, envelope->data + 1, name);
  buffer_add_text(out, end);
  bool done = !out->failed;
  for (int i = 0; i < PARTS; i++)
    done = done && !reading->parts[i].failed;
  return done;
}

static bool read_utf8(struct buffer *out, const char *bytes, size_t size, bool converted,
                      int *soap_version, struct buffer *refusal) {
  struct reading reading = {.soap_version = *soap_version, .refusal = refusal};
  bool done = parse(&reading, bytes, size, converted) && put_together(&reading, out);
  *soap_version = reading.soap_version;
  for (int i = 0; i < PARTS; i++)
    buffer_free(&reading.parts[i]);
  if (!done && !refusal->size)
    buffer_add_text(refusal, "It is not well-formed.");
  return done;
}

bool request_read(struct buffer *out, const char *bytes, size_t size, int *soap_version,
                  struct buffer *refusal) {
  struct buffer converted = {0};
  bool wide = utf16_is(bytes, size);
  bool done = !wide || utf16_to_utf8(&converted, bytes, size);
  buffer_reset(out);
  if (!done) {
    buffer_add_text(refusal, "It is no UTF-16.");
  } else if (!tag_bounds_keep(wide ? converted.data : bytes, wide ? converted.size : size)) {
    done = false;
    buffer_printf(refusal, "A tag has more than %d attributes or %d bytes.", (int)TAG_ATTRIBUTES,
                  (int)TAG_BYTES);
  } else {
    done = read_utf8(out, wide ? converted.data : bytes, wide ? converted.size : size, wide,
                     soap_version, refusal);
  }
  buffer_free(&converted);
  return done;
}
