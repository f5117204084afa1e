/* libxml2's SAX2 push parser, held to what answers may be: no DOCTYPE, within bounds, every error
 * the last. Who reads an answer brings the three handlers; their context begins with a struct
 * ets_parse. They say what they refuse by ets_parse_fail(), and are not called again. etsim reads
 * requests with it: without a peer, messages say "It" and name no options. */
#ifndef ETS_PARSE_H
#define ETS_PARSE_H

#include "wire/answer.h"
#include "wire/feed.h"

#include <libxml/parser.h>

#include <string.h>

/* A namespace declaration in force. */
struct ets_declaration {
  int depth;          /* of the element that has it */
  const char *prefix; /* "" for the default one */
  const char *space;
};

struct ets_parse {
  xmlParserCtxtPtr xml;
  struct ets_feed feed;
  struct ets_answer_limits limits;
  const char *peer; /* whose answer it is; NULL: it is a request */
  const char *again;
  int depth;          /* elements that are open */
  bool any;           /* there were bytes at all */
  bool rooted;        /* there was an element */
  ets_status outcome; /* ETS_OK: goes on; ETS_END: all of it was read; else how it failed */
  ets_error error;    /* of that failure */
  struct ets_declaration *scopes;
  size_t scope_count;
  size_t scope_room;
};

struct ets_parse_handlers {
  startElementNsSAX2Func start;
  endElementNsSAX2Func end;
  charactersSAXFunc text;
};

/* Of the request peer, charset and limits count. False when out of memory. */
bool ets_parse_begin(struct ets_parse *parse, const struct ets_parse_handlers *handlers,
                     const struct ets_answer_source *source,
                     const struct ets_answer_request *request);
void ets_parse_free(struct ets_parse *parse);

/* Feeds the parser with the next slice. Returns parse->outcome. */
ets_status ets_parse_step(struct ets_parse *parse);

/* The first failure: what is said about the peer's answer, with line and column, "has text between
 * elements". Returns ETS_E_PROTOCOL. */
ets_status ets_parse_fail(struct ets_parse *parse, const char *format, ...) ETS_PRINTF(2, 3);
ets_status ets_parse_no_memory(struct ets_parse *parse);

/* That a value has grown beyond its bound. */
void ets_parse_too_long(struct ets_parse *parse);

/* What the handlers do first. Slow ways of enter, for tags that declare or hold something. */
bool ets_parse_enter_tag(struct ets_parse *parse, int declared, const xmlChar **declarations,
                         int attribute_count, const xmlChar **attributes);

/* Entering an element: false when it may not be. */
static inline bool ets_parse_enter(struct ets_parse *parse, int declared,
                                   const xmlChar **declarations, int attribute_count,
                                   const xmlChar **attributes) {
  parse->depth++;
  parse->rooted = true;
  if (declared + attribute_count == 0 && parse->depth <= parse->limits.nesting)
    return true;
  return ets_parse_enter_tag(parse, declared, declarations, attribute_count, attributes);
}

static inline void ets_parse_leave(struct ets_parse *parse) {
  while (parse->scope_count && parse->scopes[parse->scope_count - 1].depth == parse->depth)
    parse->scope_count--;
  parse->depth--;
}

/* What a prefix of length n stands for here; NULL when it is not declared, "" for none. */
const char *ets_parse_space(const struct ets_parse *parse, const char *prefix, size_t n);

static inline bool ets_is_blank(const char *text, size_t n) {
  for (size_t i = 0; i < n; i++)
    if (text[i] != ' ' && text[i] != '\n' && text[i] != '\r' && text[i] != '\t')
      return false;
  return true;
}

/* Length of a text of n bytes without white space around it; *text moves behind that in front. */
static inline size_t ets_blank_trim(const char **text, size_t n) {
  while (n && ets_is_blank(*text, 1))
    ++*text, n--;
  while (n && ets_is_blank(*text + n - 1, 1))
    n--;
  return n;
}

/* Whether an attribute's value is xsd's true. */
static inline bool ets_says_true(const char *text, size_t n) {
  n = ets_blank_trim(&text, n);
  return (n == 1 && *text == '1') || (n == 4 && memcmp(text, "true", 4) == 0);
}

#endif
