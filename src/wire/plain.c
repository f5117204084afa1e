#include "wire/plain.h"

#include "base/text.h"
#include "contract/types.h"
#include "wire/element.h"
#include "wire/reader.h"
#include "wire/soap_names.h"
#include "wire/text.h"

#include <stdlib.h>
#include <string.h>

/* Elements that are open when one of these begins. */
enum { IN_DOCUMENT, IN_ENVELOPE, IN_BODY, IN_RESPONSE };

enum { STATUS, MESSAGE, KEPT };

static const char *const kept_names[KEPT] = {"OverallStatus", "OverallStatusMessage"};

/* What has been seen inside an element. */
enum { HAS_ELEMENT = 1, HAS_TEXT = 2, IS_LOOSE = 4, IS_NIL = 8 };

struct ets_plain {
  struct ets_reader reader; /* first: it is what libxml2 hands to the handlers */
  struct ets_xml out;
  size_t taken;          /* of it */
  unsigned char *levels; /* of the elements that are open; levels[0] is the document */
  size_t level_room;
  size_t value; /* bytes of the text in hand */
  int version;  /* of SOAP */
  bool body;    /* the element in the envelope is the Body */
  bool answered;
  struct ets_arena arena; /* of the fault and the kept texts */
  struct ets_element *fault_element;
  struct ets_soap_fault *fault;
  const xmlChar *nil; /* name of the element that said xsi:nil last */
  int keeping;        /* which text is read now, KEPT: none */
  const char *kept[KEPT];
};

/* Whether the element in hand is inside a fault, or is it. */
static bool in_fault(const struct ets_plain *plain) {
  return plain->reader.top > plain->reader.frames;
}

static void refuse(struct ets_plain *plain, const xmlChar *name, const char *where) {
  ets_parse_fail(&plain->reader.parse, "has <%s> %s", ets_text_name((const char *)name), where);
}

/* --- the envelope ---------------------------------------------------------------------------- */

static void start_body(struct ets_plain *plain, struct ets_tag *tag) {
  if (plain->answered) {
    refuse(plain, tag->xml.name, "behind the answer in the body");
    return;
  }
  plain->answered = true;
  if (ets_soap_version((const char *)tag->space) &&
      strcmp((const char *)tag->xml.name, "Fault") == 0)
    plain->fault_element = ets_element_root(&plain->reader, tag);
}

static void start_kept(struct ets_plain *plain, const struct ets_tag *tag) {
  if (!ets_in_contract(tag->space))
    return;
  for (int i = 0; i < KEPT; i++)
    if (strcmp((const char *)tag->xml.name, kept_names[i]) == 0) {
      if (plain->kept[i])
        ets_parse_fail(&plain->reader.parse, "has %s twice", kept_names[i]);
      plain->keeping = i;
    }
}

/* What an element is by the place where it begins. `open` elements are around it. */
static void start_part(struct ets_plain *plain, struct ets_tag *tag, int open) {
  int version = ets_soap_version((const char *)tag->space);
  const char *name = (const char *)tag->xml.name;
  if (in_fault(plain)) {
    ets_reader_start(&plain->reader, tag);
  } else if (open == IN_DOCUMENT) {
    plain->version = version;
    if (!version || strcmp(name, "Envelope") != 0)
      ets_parse_fail(&plain->reader.parse, "is no SOAP envelope: it begins with <%s>",
                     ets_text_name(name));
  } else if (open == IN_ENVELOPE) {
    plain->body = version && strcmp(name, "Body") == 0;
    if (plain->body && plain->answered)
      refuse(plain, tag->xml.name, "for the second time");
  } else if (open == IN_BODY && !plain->body) {
    const char *why = ets_soap_binding(tag);
    if (why)
      refuse(plain, tag->xml.name, why);
  } else if (open == IN_BODY) {
    start_body(plain, tag);
  } else if (plain->body && open == IN_RESPONSE) {
    start_kept(plain, tag);
  }
}

/* --- events ---------------------------------------------------------------------------------- */

static bool make_level(struct ets_plain *plain, size_t level) {
  if (level >= plain->level_room) {
    size_t room = 2 * (level + 16);
    unsigned char *larger = realloc(plain->levels, room);
    if (!larger) {
      ets_reader_no_memory(&plain->reader);
      return false;
    }
    plain->levels = larger;
    plain->level_room = room;
  }
  plain->levels[level] = 0;
  return true;
}

static void check_out(struct ets_plain *plain) {
  if (plain->out.failed)
    ets_reader_no_memory(&plain->reader);
}

/* gSOAP wants the contract's namespace where none will do for the rest of the library. */
static void write_into_contract(struct ets_plain *plain, const struct ets_tag *tag) {
  struct ets_xml_tag written = tag->xml;
  written.declared = 0;
  ets_xml_start(&plain->out, &written);
  ets_xml_declare(&plain->out, "", ETS_CONTRACT_NAMESPACE);
  for (int i = 0; i < tag->xml.declared; i++) {
    const char *prefix = (const char *)tag->xml.declarations[2 * i];
    const char *space = (const char *)tag->xml.declarations[2 * i + 1];
    if (prefix)
      ets_xml_declare(&plain->out, prefix, space ? space : "");
  }
}

static void write_start(struct ets_plain *plain, const struct ets_tag *tag) {
  bool in_answer = plain->body && plain->reader.parse.depth > IN_BODY && !in_fault(plain);
  if (in_answer && !tag->space)
    write_into_contract(plain, tag);
  else
    ets_xml_start(&plain->out, &tag->xml);
  ets_xml_close_tag(&plain->out);
  check_out(plain);
}

static void start(void *context, const xmlChar *name, const xmlChar *prefix, const xmlChar *space,
                  int declared, const xmlChar **declarations, int attribute_count, int defaulted,
                  const xmlChar **attributes) {
  struct ets_plain *plain = context;
  struct ets_parse *parse = &plain->reader.parse;
  struct ets_tag tag = {
      {name, prefix, declared, declarations, attribute_count, attributes}, space, false, NULL, 0};
  (void)defaulted;
  if (!ets_parse_enter(parse, declared, declarations, attribute_count, attributes) ||
      !make_level(plain, (size_t)parse->depth))
    return;
  unsigned char *around = &plain->levels[parse->depth - 1];
  if (plain->body && parse->depth > IN_BODY && attribute_count && !in_fault(plain))
    ets_reader_tag(&plain->reader, &tag);
  start_part(plain, &tag, parse->depth - 1);
  /* In a header and in a fault anything goes. */
  bool loose = (*around & IS_LOOSE) || in_fault(plain) || (parse->depth == IN_BODY && !plain->body);
  if ((*around & HAS_TEXT) && !(*around & IS_LOOSE))
    ets_parse_fail(parse, "has text between elements");
  if (*around & IS_NIL)
    ets_reader_filled_nil(&plain->reader, (const char *)plain->nil);
  *around |= HAS_ELEMENT;
  plain->levels[parse->depth] = loose ? IS_LOOSE : tag.nil ? IS_NIL : 0;
  plain->nil = tag.nil ? name : plain->nil;
  plain->value = 0;
  write_start(plain, &tag);
}

static void end(void *context, const xmlChar *name, const xmlChar *prefix, const xmlChar *space) {
  struct ets_plain *plain = context;
  struct ets_reader *reader = &plain->reader;
  size_t n;
  (void)space;
  if (reader->parse.outcome != ETS_OK)
    return;
  if (in_fault(plain)) {
    ets_reader_end(reader);
    reader->top--;
  } else if (plain->keeping < KEPT && reader->parse.depth == IN_RESPONSE + 1) {
    plain->kept[plain->keeping] = ets_text_take(reader, &n);
    plain->keeping = KEPT;
  }
  plain->value = 0;
  ets_xml_end(&plain->out, prefix, name);
  check_out(plain);
  ets_parse_leave(&reader->parse);
}

static void text(void *context, const xmlChar *bytes, int size) {
  struct ets_plain *plain = context;
  struct ets_reader *reader = &plain->reader;
  size_t n = (size_t)size;
  if (reader->parse.outcome != ETS_OK)
    return;
  unsigned char *level = &plain->levels[reader->parse.depth];
  if (!(*level & IS_LOOSE) && !ets_is_blank((const char *)bytes, n)) {
    *level |= HAS_TEXT;
    if (*level & IS_NIL)
      ets_reader_filled_nil(reader, (const char *)plain->nil);
    if ((*level & HAS_ELEMENT) || reader->parse.depth <= IN_RESPONSE)
      ets_parse_fail(&reader->parse, "has text between elements");
  }
  plain->value += n;
  if (plain->value > reader->parse.limits.value_bytes)
    ets_parse_too_long(&reader->parse);
  if (in_fault(plain))
    ets_reader_text(reader, (const char *)bytes, n);
  else if (plain->keeping < KEPT && reader->parse.depth == IN_RESPONSE + 1)
    ets_text_add(reader, (const char *)bytes, n);
  ets_xml_text(&plain->out, (const char *)bytes, n);
  check_out(plain);
}

/* --- the interface --------------------------------------------------------------------------- */

ets_status ets_plain_open(struct ets_plain **plain, const struct ets_answer_source *source,
                          const struct ets_answer_request *request, ets_error *error) {
  static const struct ets_parse_handlers handlers = {start, end, text};
  struct ets_plain *made = calloc(1, sizeof *made);
  *plain = NULL;
  if (!made || !ets_reader_begin(&made->reader) || !make_level(made, 0) ||
      !ets_parse_begin(&made->reader.parse, &handlers, source, request)) {
    ets_plain_close(made);
    return ets_error_set(error, ETS_E_NOMEM, "out of memory");
  }
  made->reader.arena = &made->arena;
  made->keeping = KEPT;
  *plain = made;
  return ETS_OK;
}

size_t ets_plain_read(struct ets_plain *plain, char *buffer, size_t size) {
  while (plain->taken == plain->out.size) {
    plain->taken = plain->out.size = 0;
    if (ets_parse_step(&plain->reader.parse) != ETS_OK && plain->out.size == 0)
      return 0;
  }
  size_t left = plain->out.size - plain->taken, n = left < size ? left : size;
  memcpy(buffer, plain->out.bytes + plain->taken, n);
  plain->taken += n;
  return n;
}

ets_status ets_plain_finish(struct ets_plain *plain, ets_error *error) {
  struct ets_parse *parse = &plain->reader.parse;
  while (ets_parse_step(parse) == ETS_OK)
    plain->taken = plain->out.size = 0;
  if (parse->outcome != ETS_END) {
    *error = parse->error;
    return parse->outcome;
  }
  if (!plain->answered)
    return ets_error_set(error, ETS_E_PROTOCOL, "the answer of %s has nothing in its body",
                         parse->peer);
  if (plain->fault_element && !plain->fault) {
    plain->fault = ets_soap_fault_read(&plain->arena, plain->version, plain->fault_element);
    if (!plain->fault)
      return ets_error_set(error, ETS_E_NOMEM, "out of memory");
  }
  return ETS_OK;
}

const struct ets_soap_fault *ets_plain_fault(const struct ets_plain *plain) {
  return plain->fault;
}

const char *ets_plain_text(const struct ets_plain *plain, const char *name) {
  for (int i = 0; i < KEPT; i++)
    if (strcmp(name, kept_names[i]) == 0)
      return plain->kept[i];
  return NULL;
}

void ets_plain_close(struct ets_plain *plain) {
  if (!plain)
    return;
  ets_reader_free(&plain->reader);
  ets_arena_free(&plain->arena);
  ets_xml_free(&plain->out);
  free(plain->levels);
  free(plain);
}
