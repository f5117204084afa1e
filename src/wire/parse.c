#include "wire/parse.h"

#include <libxml/parserInternals.h>

#include <limits.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { QUOTED_MOST = 280 }; /* of a message of the parser */

/* --- failures -------------------------------------------------------------------------------- */

/* No event comes any more, and no slice goes in. xmlStopParser() would free what the event in hand
 * points to. */
static ets_status stop(struct ets_parse *parse, ets_status status) {
  parse->outcome = status;
  if (parse->xml)
    parse->xml->disableSAX = 1;
  return status;
}

/* Where the parser is. Behind what it has taken in but not looked at yet when `ahead`. */
static void position(const struct ets_parse *parse, bool ahead, int *line, int *column) {
  const xmlParserInput *input = parse->xml ? parse->xml->input : NULL;
  *line = input ? input->line : 1;
  *column = input ? input->col : 1;
  for (const xmlChar *at = input && ahead ? input->cur : NULL; at && at < input->end; at++) {
    *column = *at == '\n' ? 1 : *column + 1;
    *line += *at == '\n';
  }
}

static ets_status fail_at(struct ets_parse *parse, int line, int column, const char *what) {
  if (parse->outcome != ETS_OK)
    return parse->outcome;
  if (parse->peer)
    ets_error_set(&parse->error, ETS_E_PROTOCOL, "the answer of %s %s (line %d, column %d)",
                  parse->peer, what, line, column);
  else
    ets_error_set(&parse->error, ETS_E_PROTOCOL, "It %s (line %d, column %d)", what, line, column);
  return stop(parse, ETS_E_PROTOCOL);
}

ets_status ets_parse_fail(struct ets_parse *parse, const char *format, ...) {
  char what[320];
  int line, column;
  va_list arguments;
  va_start(arguments, format);
  vsnprintf(what, sizeof what, format, arguments);
  va_end(arguments);
  position(parse, false, &line, &column);
  return fail_at(parse, line, column, what);
}

ets_status ets_parse_no_memory(struct ets_parse *parse) {
  if (parse->outcome != ETS_OK)
    return parse->outcome;
  ets_error_set(&parse->error, ETS_E_NOMEM, "out of memory");
  return stop(parse, ETS_E_NOMEM);
}

/* That a bound is met; who reads answers can raise it. */
static void exceed(struct ets_parse *parse, const char *option, const char *format, ...)
    ETS_PRINTF(3, 4);
static void exceed(struct ets_parse *parse, const char *option, const char *format, ...) {
  char what[160];
  va_list arguments;
  va_start(arguments, format);
  vsnprintf(what, sizeof what, format, arguments);
  va_end(arguments);
  ets_parse_fail(parse, "%s%s%s%s", what, parse->peer ? ": raise " : "", parse->peer ? option : "",
                 parse->peer ? " if that is right" : "");
}

void ets_parse_too_long(struct ets_parse *parse) {
  exceed(parse, "max_value_bytes", "has a value of more than %zu bytes", parse->limits.value_bytes);
}

/* What libxml2 finds wrong. Its warnings are about style, and that a namespace is no URI is one. */
static void report(void *context, xmlErrorPtr found) {
  struct ets_parse *parse = context;
  char what[320];
  if (!found || found->level < XML_ERR_ERROR || found->code == XML_WAR_NS_URI)
    return;
  if (found->code == XML_ERR_NO_MEMORY) {
    ets_parse_no_memory(parse);
    return;
  }
  const char *message = found->message ? found->message : "it cannot be read";
  size_t length = strcspn(message, "\n");
  bool fits = length < QUOTED_MOST; /* see ets_text_name() */
  snprintf(what, sizeof what, "is not well-formed XML: %.*s", (int)(fits ? length : 3),
           fits ? message : "...");
  fail_at(parse, found->line, found->int2, what);
}

/* Stopped for good: what is declared in it is not even looked at. */
static void refuse_doctype(void *context, const xmlChar *name, const xmlChar *external,
                           const xmlChar *system) {
  struct ets_parse *parse = context;
  (void)name;
  (void)external;
  (void)system;
  ets_parse_fail(parse, "has a DOCTYPE, which SOAP does not allow");
  xmlStopParser(parse->xml);
}

/* --- scopes and bounds ----------------------------------------------------------------------- */

static bool declare(struct ets_parse *parse, const xmlChar *prefix, const xmlChar *space) {
  if (parse->scope_count == parse->scope_room) {
    size_t room = parse->scope_room ? 2 * parse->scope_room : 16;
    struct ets_declaration *larger = realloc(parse->scopes, room * sizeof *larger);
    if (!larger)
      return false;
    parse->scopes = larger;
    parse->scope_room = room;
  }
  parse->scopes[parse->scope_count++] = (struct ets_declaration){
      parse->depth, prefix ? (const char *)prefix : "", space ? (const char *)space : ""};
  return true;
}

static void tag_too_long(struct ets_parse *parse, const char *what) {
  exceed(parse, "max_tag_bytes", "has a %s of more than %zu bytes", what, parse->limits.tag_bytes);
}

bool ets_parse_enter_tag(struct ets_parse *parse, int declared, const xmlChar **declarations,
                         int attribute_count, const xmlChar **attributes) {
  size_t bytes = 0;
  if (parse->depth > parse->limits.nesting) {
    exceed(parse, "max_nesting", "nests deeper than %d elements", parse->limits.nesting);
    return false;
  }
  if (declared > parse->limits.attributes - attribute_count) {
    exceed(parse, "max_attributes", "has a tag with more than %d attributes",
           parse->limits.attributes);
    return false;
  }
  for (int i = 0; i < attribute_count; i++)
    bytes += (size_t)(attributes[5 * i + 4] - attributes[5 * i + 3]);
  if (bytes > parse->limits.tag_bytes) {
    tag_too_long(parse, "tag");
    return false;
  }
  for (int i = 0; i < declared; i++)
    if (!declare(parse, declarations[2 * i], declarations[2 * i + 1])) {
      ets_parse_no_memory(parse);
      return false;
    }
  return true;
}

const char *ets_parse_space(const struct ets_parse *parse, const char *prefix, size_t n) {
  for (size_t i = parse->scope_count; i-- > 0;) {
    const char *declared = parse->scopes[i].prefix;
    if (strncmp(declared, prefix, n) == 0 && declared[n] == '\0')
      return parse->scopes[i].space;
  }
  return n == 0 ? "" : NULL;
}

static size_t pending(const struct ets_parse *parse) {
  const xmlParserInput *input = parse->xml->input;
  return input ? (size_t)(input->end - input->cur) : 0;
}

/* Whether the byte `i` behind an & may be one of a reference. */
static bool is_of_reference(const xmlChar *text, size_t i) {
  xmlChar c = text[i];
  bool digit = c >= '0' && c <= '9';
  bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  if (i == 0)
    return letter || c == '#' || c == '_' || c == ':' || c >= 0x80;
  if (text[0] != '#')
    return letter || digit || (c && strchr("_:-.", c)) || c >= 0x80;
  if (i == 1)
    return digit || c == 'x';
  return digit || (text[1] == 'x' && ((c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F')));
}

/* libxml2 looks for the end of a reference and for nothing else: all that stands behind an & that
 * begins none would be held back, and a document that is all there would look cut. */
static void check_reference(struct ets_parse *parse) {
  enum { REFERENCE_MOST = 64 };
  const xmlChar *behind = parse->xml->input->cur + 1;
  size_t n = pending(parse) - 1, i = 0;
  while (i < n && i < REFERENCE_MOST && is_of_reference(behind, i))
    i++;
  if (i == REFERENCE_MOST)
    ets_parse_fail(parse, "has a reference of more than %d bytes", REFERENCE_MOST);
  else if (i < n)
    ets_parse_fail(parse, "is not well-formed XML: an & in it begins no reference");
}

/* What the parser holds back because its end has not come: a reference, a tag, a comment, an
 * instruction. Bounded before it is looked at, since libxml2 2.9 needs quadratic time for
 * attributes, and looks through what it holds back with each slice that comes. */
static void check_pending(struct ets_parse *parse) {
  size_t held = pending(parse);
  if (held == 0)
    return;
  const xmlChar *at = parse->xml->input->cur;
  if (*at == '&' && parse->xml->instate == XML_PARSER_CONTENT)
    check_reference(parse);
  if (held <= parse->limits.tag_bytes)
    return;
  if (parse->xml->instate == XML_PARSER_CDATA_SECTION)
    tag_too_long(parse, "row of brackets in CDATA");
  else if (at[0] == '<' && at[1] == '!')
    tag_too_long(parse, at[2] == '-' ? "comment" : "declaration");
  else if (at[0] == '<')
    tag_too_long(parse, at[1] == '?' ? "processing instruction" : "tag");
}

/* Names are kept to the end of the answer, in a table of libxml2 that is slow once it is full. */
static void check_names(struct ets_parse *parse) {
  if (xmlDictSize(parse->xml->dict) > parse->limits.names)
    exceed(parse, "max_names", "has more than %d different names", parse->limits.names);
}

/* A CDATA section would be held back, too. Where it is ended and begun again its text comes out,
 * and is the same; not behind a bracket, which may be the begin of its end. Returns libxml2's
 * code. */
static int feed(struct ets_parse *parse, const char *bytes, size_t size) {
  enum { HELD_MOST = 4096 };
  static const char again[] = "]]><![CDATA[";
  int code = xmlParseChunk(parse->xml, bytes, (int)size, 0);
  if (code == 0 && parse->outcome == ETS_OK && bytes[size - 1] != ']' &&
      parse->xml->instate == XML_PARSER_CDATA_SECTION && pending(parse) > HELD_MOST)
    code = xmlParseChunk(parse->xml, again, sizeof again - 1, 0);
  return code;
}

/* --- running --------------------------------------------------------------------------------- */

static size_t or_none(size_t bound) {
  return bound ? bound : SIZE_MAX;
}

/* libxml2 sets itself up at its first use, which two threads must not make at the same time. */
static void set_up(void) {
  xmlInitParser();
}

bool ets_parse_begin(struct ets_parse *parse, const struct ets_parse_handlers *handlers,
                     const struct ets_answer_source *source,
                     const struct ets_answer_request *request) {
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  const struct ets_answer_limits *given = &request->limits;
  pthread_once(&once, set_up);
  ets_feed_begin(&parse->feed, source, request->charset);
  parse->peer = request->peer;
  parse->again = request->again ? request->again : "try again";
  parse->limits.value_bytes = or_none(given->value_bytes);
  parse->limits.tag_bytes = or_none(given->tag_bytes);
  parse->limits.attributes = given->attributes ? given->attributes : INT_MAX;
  parse->limits.nesting = given->nesting ? given->nesting : INT_MAX;
  parse->limits.names = given->names ? given->names : INT_MAX;
  xmlSAXHandler sax = {.initialized = XML_SAX2_MAGIC,
                       .startElementNs = handlers->start,
                       .endElementNs = handlers->end,
                       .characters = handlers->text,
                       .ignorableWhitespace = handlers->text,
                       .cdataBlock = handlers->text,
                       .internalSubset = refuse_doctype,
                       .serror = report};
  parse->xml = xmlCreatePushParserCtxt(&sax, parse, NULL, 0, NULL);
  if (!parse->xml)
    return false;
  /* Its own bounds are off, ours are on; the bytes are UTF-8 whatever the declaration says. */
  xmlCtxtUseOptions(parse->xml, XML_PARSE_NONET | XML_PARSE_HUGE | XML_PARSE_IGNORE_ENC);
  return true;
}

void ets_parse_free(struct ets_parse *parse) {
  xmlFreeParserCtxt(parse->xml);
  free(parse->scopes);
}

/* The body broke off: nothing else can be said of what is not all there. */
static ets_status cut(struct ets_parse *parse) {
  int line, column;
  position(parse, true, &line, &column);
  if (!parse->peer)
    ets_error_set(&parse->error, ETS_E_CUT, "It breaks off in line %d, column %d", line, column);
  else if (!parse->any)
    ets_error_set(&parse->error, ETS_E_CUT, "%s answered with nothing in it; %s", parse->peer,
                  parse->again);
  else
    ets_error_set(&parse->error, ETS_E_CUT, "the answer of %s breaks off in line %d, column %d; %s",
                  parse->peer, line, column, parse->again);
  return stop(parse, ETS_E_CUT);
}

static ets_status end(struct ets_parse *parse) {
  if (parse->depth > 0 || !parse->rooted) {
    const xmlParserInput *input = parse->xml->input;
    bool begun = parse->rooted || !parse->any || (input && input->end > input->cur);
    if (begun)
      return cut(parse);
  }
  xmlParseChunk(parse->xml, NULL, 0, 1);
  if (parse->outcome == ETS_OK && !parse->xml->wellFormed)
    ets_parse_fail(parse, "is not well-formed XML");
  if (parse->outcome == ETS_OK)
    parse->outcome = ETS_END;
  return parse->outcome;
}

ets_status ets_parse_step(struct ets_parse *parse) {
  const char *bytes;
  size_t size;
  if (parse->outcome != ETS_OK)
    return parse->outcome;
  ets_status status = ets_feed_next(&parse->feed, &bytes, &size, &parse->error);
  if (status != ETS_OK)
    return stop(parse, status);
  if (size) {
    parse->any = true;
    int code = feed(parse, bytes, size);
    if (parse->outcome == ETS_OK && code == XML_ERR_NO_MEMORY)
      return ets_parse_no_memory(parse);
    if (parse->outcome == ETS_OK && !parse->xml->wellFormed)
      return ets_parse_fail(parse, "is not well-formed XML");
    if (parse->outcome == ETS_OK)
      check_pending(parse);
    if (parse->outcome == ETS_OK)
      check_names(parse);
  }
  if (parse->outcome == ETS_OK && parse->feed.wrong) {
    char what[128];
    int line, column;
    position(parse, true, &line, &column);
    snprintf(what, sizeof what, "has %s in it", parse->feed.wrong);
    return fail_at(parse, line, column, what);
  }
  return parse->outcome != ETS_OK || size ? parse->outcome : end(parse);
}
