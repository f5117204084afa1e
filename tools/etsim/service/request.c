#include "service/request.h"

#include <stdlib.h>
#include <string.h>

#include <etsoap/session.h>

#include "wire/parse.h"
#include "wire/soap_names.h"
#include "wire/xml.h"

#define XSI "http://www.w3.org/2001/XMLSchema-instance"
#define XSD "http://www.w3.org/2001/XMLSchema"
#define TOKEN_NAMESPACE "http://exacttarget.com"

/* The parts of an envelope, each written by itself and put together in the right order. */
enum part { PART_ENVELOPE, PART_HEADER, PART_BODY, PARTS };

/* Elements that are open where one of these begins. */
enum { IN_DOCUMENT, IN_ENVELOPE, IN_PART };

struct reading {
  struct ets_parse parse; /* first: it is what libxml2 hands to the handlers */
  const char *bytes;      /* of the request, until they are handed out */
  size_t size;
  struct ets_xml parts[PARTS];
  enum part part;
  size_t value; /* bytes of the one that is read */
  int version;  /* of SOAP, as soap_version */
};

static void check_out(struct reading *reading) {
  if (reading->parts[reading->part].failed)
    ets_parse_no_memory(&reading->parse);
}

/* --- what is written another way ------------------------------------------------------------ */

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
  const char *space = ets_parse_space(&reading->parse, type, prefix);
  if (!space || strcmp(space, XSD) != 0)
    return false;
  type += colon ? prefix + 1 : 0;
  size -= colon ? prefix + 1 : 0;
  for (size_t i = 0; i < sizeof names / sizeof *names; i++)
    if (strlen(names[i]) == size && memcmp(names[i], type, size) == 0)
      return true;
  return false;
}

static bool is(const xmlChar *text, const char *other) {
  return text && strcmp((const char *)text, other) == 0;
}

/* Takes the built-in types out of a tag's attributes. */
static void drop_built_in_types(const struct reading *reading, struct ets_xml_tag *tag) {
  int kept = 0;
  for (int i = 0; i < tag->attribute_count; i++) {
    const xmlChar **attribute = tag->attributes + 5 * i;
    const char *value = (const char *)attribute[3];
    if (is(attribute[0], "type") && is(attribute[2], XSI) &&
        is_built_in(reading, value, (size_t)(attribute[4] - attribute[3])))
      continue;
    memmove(tag->attributes + 5 * kept++, attribute, 5 * sizeof *attribute);
  }
  tag->attribute_count = kept;
}

/* The token may come without its namespace: published samples do. */
static bool is_bare_token(const struct reading *reading, const struct ets_xml_tag *tag,
                          const xmlChar *space) {
  return reading->parse.depth == IN_PART + 1 && reading->part == PART_HEADER && !tag->prefix &&
         is(tag->name, "fueloauth") && !is(space, TOKEN_NAMESPACE);
}

/* --- events --------------------------------------------------------------------------------- */

static void enter_part(struct reading *reading, const xmlChar *name, const xmlChar *space) {
  int version = ets_soap_version((const char *)space);
  if (reading->parse.depth == IN_DOCUMENT + 1 && version)
    reading->version = version == 12 ? 2 : 1;
  else if (reading->parse.depth == IN_ENVELOPE + 1)
    reading->part = is(name, "Header") ? PART_HEADER : PART_BODY;
}

static void start(void *context, const xmlChar *name, const xmlChar *prefix, const xmlChar *space,
                  int declared, const xmlChar **declarations, int attribute_count, int defaulted,
                  const xmlChar **attributes) {
  struct reading *reading = context;
  struct ets_xml_tag tag = {name, prefix, declared, declarations, attribute_count, attributes};
  (void)defaulted;
  if (!ets_parse_enter(&reading->parse, declared, declarations, attribute_count, attributes))
    return;
  if (reading->parse.scope_count > REQUEST_NAMESPACES) {
    ets_parse_fail(&reading->parse, "declares more than %d namespaces around an element",
                   (int)REQUEST_NAMESPACES);
    return;
  }
  enter_part(reading, name, space);
  struct ets_xml *out = &reading->parts[reading->part];
  drop_built_in_types(reading, &tag);
  bool bare = is_bare_token(reading, &tag, space);
  if (bare)
    tag.declared = 0;
  ets_xml_start(out, &tag);
  if (bare)
    ets_xml_declare(out, "", TOKEN_NAMESPACE);
  ets_xml_close_tag(out);
  check_out(reading);
  reading->value = 0;
}

static void end(void *context, const xmlChar *name, const xmlChar *prefix, const xmlChar *space) {
  struct reading *reading = context;
  (void)space;
  if (reading->parse.outcome != ETS_OK)
    return;
  ets_parse_leave(&reading->parse);
  if (reading->parse.depth == IN_DOCUMENT)
    reading->part = PART_BODY; /* the end of the envelope comes behind both */
  ets_xml_end(&reading->parts[reading->part], prefix, name);
  check_out(reading);
  reading->value = 0;
}

static void text(void *context, const xmlChar *bytes, int size) {
  struct reading *reading = context;
  if (reading->parse.outcome != ETS_OK)
    return;
  reading->value += (size_t)size;
  if (reading->value > reading->parse.limits.value_bytes)
    ets_parse_too_long(&reading->parse);
  if (reading->parse.depth > IN_ENVELOPE)
    ets_xml_text(&reading->parts[reading->part], (const char *)bytes, (size_t)size);
  check_out(reading);
}

/* --- the whole ------------------------------------------------------------------------------ */

/* All of the request, then its end. */
static ets_status give(void *context, const char **bytes, size_t *size, ets_error *error) {
  struct reading *reading = context;
  (void)error;
  *bytes = reading->bytes;
  *size = reading->size;
  reading->size = 0;
  return ETS_OK;
}

static bool run(struct reading *reading, const char *charset) {
  static const struct ets_parse_handlers handlers = {start, end, text};
  const ets_session_options bounds = ETS_SESSION_OPTIONS_INIT;
  const struct ets_answer_source source = {reading, give};
  const struct ets_answer_request request = {
      .charset = charset,
      .limits = {(size_t)bounds.max_value_bytes, (size_t)bounds.max_tag_bytes,
                 bounds.max_attributes, bounds.max_nesting, bounds.max_names}};
  bool begun = ets_parse_begin(&reading->parse, &handlers, &source, &request);
  while (begun && ets_parse_step(&reading->parse) == ETS_OK)
    ;
  return begun && reading->parse.outcome == ETS_END;
}

bool request_read(struct buffer *out, const struct request_bytes *bytes, int *soap_version,
                  struct buffer *refusal) {
  struct reading *reading = calloc(1, sizeof *reading);
  buffer_reset(out);
  if (!reading)
    return false;
  reading->bytes = bytes->data;
  reading->size = bytes->size;
  reading->version = *soap_version;
  bool done = run(reading, bytes->charset);
  for (int i = 0; done && i < PARTS; i++)
    buffer_add(out, reading->parts[i].bytes, reading->parts[i].size);
  done = done && !out->failed;
  if (!done && reading->parse.outcome != ETS_END && reading->parse.outcome != ETS_E_NOMEM)
    buffer_add_text(refusal, reading->parse.error.message);
  *soap_version = reading->version;
  for (int i = 0; i < PARTS; i++)
    ets_xml_free(&reading->parts[i]);
  ets_parse_free(&reading->parse);
  free(reading);
  return done;
}
