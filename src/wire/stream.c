#include "base/text.h"
#include "wire/answer.h"

#include "wire/element.h"
#include "wire/queue.h"
#include "wire/quick.h"
#include "wire/reader.h"
#include "wire/soap_names.h"

#include <stdlib.h>
#include <string.h>

enum { RESPONSE = 3 };     /* the frame inside document, envelope and body */
enum { HEADER_BLOCK = 3 }; /* depth of what stands in a header */

struct ets_answer {
  struct ets_reader reader; /* first: it is what libxml2 hands to the handlers */
  const struct ets_type *response;
  const struct ets_field *items; /* NULL: nothing is streamed */
  struct ets_arena *arena;       /* of the response */
  struct ets_arena fault_arena;
  struct ets_queue rows;
  ets_object whole; /* the response; no type until it began */
  int version;      /* of SOAP, 0: no envelope yet */
  bool body;        /* there has been a Body */
  bool answered;    /* there has been something in it */
  struct ets_element *fault_element;
  struct ets_soap_fault *fault;
};

/* --- the envelope ---------------------------------------------------------------------------- */

static void refuse(struct ets_answer *answer, const char *where, const struct ets_tag *tag) {
  ets_parse_fail(&answer->reader.parse, "has <%s> %s", ets_text_name((const char *)tag->xml.name),
                 where);
}

static void start_envelope(struct ets_answer *answer, const struct ets_tag *tag) {
  answer->version = ets_soap_version((const char *)tag->space);
  if (!answer->version || strcmp((const char *)tag->xml.name, "Envelope") != 0)
    ets_parse_fail(&answer->reader.parse, "is no SOAP envelope: it begins with <%s>",
                   ets_text_name((const char *)tag->xml.name));
  else
    ets_reader_push(&answer->reader, ETS_PLACE_ENVELOPE);
}

static void start_part(struct ets_answer *answer, const struct ets_tag *tag) {
  const char *name = (const char *)tag->xml.name;
  bool soap = ets_soap_version((const char *)tag->space) != 0;
  bool body = soap && strcmp(name, "Body") == 0;
  if ((soap && !body && strcmp(name, "Header") != 0) || (body && answer->body)) {
    refuse(answer, "where Header or Body is expected", tag);
    return;
  }
  answer->body |= body;
  ets_reader_push(&answer->reader, body ? ETS_PLACE_BODY : ETS_PLACE_SKIP);
}

static void start_skipped(struct ets_answer *answer, const struct ets_tag *tag) {
  bool block = answer->reader.parse.depth == HEADER_BLOCK;
  const char *why = block ? ets_soap_binding(tag) : NULL;
  if (why)
    refuse(answer, why, tag);
  else
    ets_reader_push(&answer->reader, ETS_PLACE_SKIP);
}

static bool is_response(const struct ets_answer *answer, const struct ets_tag *tag) {
  return strcmp((const char *)tag->xml.name, answer->response->name) == 0 &&
         ets_in_contract(tag->space);
}

static void start_content(struct ets_answer *answer, struct ets_tag *tag) {
  struct ets_reader *reader = &answer->reader;
  if (answer->answered) {
    refuse(answer, "behind the answer in the body", tag);
    return;
  }
  answer->answered = true;
  ets_reader_tag(reader, tag);
  if (is_response(answer, tag)) {
    struct ets_plan *plan = ets_plan_of(reader, answer->response);
    if (plan)
      ets_reader_root(reader, plan, tag, false);
  } else if (ets_soap_version((const char *)tag->space) &&
             strcmp((const char *)tag->xml.name, "Fault") == 0) {
    reader->arena = &answer->fault_arena;
    answer->fault_element = ets_element_root(reader, tag);
  } else {
    ets_parse_fail(&reader->parse, "is <%s>, which is no answer to this request",
                   ets_text_name((const char *)tag->xml.name));
  }
}

/* --- rows ------------------------------------------------------------------------------------ */

/* Whether the element that begins is an item to hand out. */
static bool is_item(const struct ets_answer *answer, const struct ets_tag *tag) {
  const struct ets_frame *top = answer->reader.top;
  return answer->items && top->place == ETS_PLACE_OBJECT &&
         top == answer->reader.frames + RESPONSE &&
         strcmp((const char *)tag->xml.name, answer->items->name) == 0 &&
         ets_in_contract(tag->space);
}

static void start_row(struct ets_answer *answer, struct ets_tag *tag) {
  struct ets_reader *reader = &answer->reader;
  bool unknown;
  if (!ets_reader_before(reader))
    return;
  ets_reader_tag(reader, tag);
  struct ets_plan *plan = ets_plan_actual(reader, answer->items->type, tag, &unknown);
  reader->arena = ets_queue_arena(&answer->rows);
  if (plan && ets_reader_root(reader, plan, tag, unknown))
    reader->top->row = true;
}

static void end_row(struct ets_answer *answer, const struct ets_frame *frame) {
  answer->reader.arena = answer->arena;
  bool nil = frame->nil && !frame->parent;
  if (!nil && !ets_queue_add(&answer->rows, frame->object))
    ets_parse_no_memory(&answer->reader.parse);
}

/* --- events ---------------------------------------------------------------------------------- */

static void start(void *context, const xmlChar *name, const xmlChar *prefix, const xmlChar *space,
                  int declared, const xmlChar **declarations, int attribute_count, int defaulted,
                  const xmlChar **attributes) {
  struct ets_answer *answer = context;
  struct ets_reader *reader = &answer->reader;
  (void)defaulted;
  bool nil = ets_quick_nil(reader, attribute_count, attributes);
  if (declared == 0 && (attribute_count == 0 || nil) && ets_quick_start(reader, name, space)) {
    reader->top->nil = nil;
    return;
  }
  struct ets_tag tag = {
      {name, prefix, declared, declarations, attribute_count, attributes}, space, false, NULL, 0};
  if (!ets_parse_enter(&reader->parse, declared, declarations, attribute_count, attributes))
    return;
  switch (reader->top->place) {
  case ETS_PLACE_DOCUMENT:
    start_envelope(answer, &tag);
    break;
  case ETS_PLACE_ENVELOPE:
    start_part(answer, &tag);
    break;
  case ETS_PLACE_BODY:
    start_content(answer, &tag);
    break;
  case ETS_PLACE_SKIP:
    start_skipped(answer, &tag);
    break;
  default:
    if (is_item(answer, &tag))
      start_row(answer, &tag);
    else
      ets_reader_start(reader, &tag);
  }
}

static void end(void *context, const xmlChar *name, const xmlChar *prefix, const xmlChar *space) {
  struct ets_answer *answer = context;
  struct ets_reader *reader = &answer->reader;
  (void)name;
  (void)prefix;
  (void)space;
  if (ets_quick_end(reader) || reader->parse.outcome != ETS_OK)
    return;
  ets_reader_end(reader);
  if (reader->parse.outcome != ETS_OK)
    return;
  if (reader->top->row)
    end_row(answer, reader->top);
  else if (reader->top == reader->frames + RESPONSE && reader->top->place == ETS_PLACE_OBJECT)
    answer->whole = reader->top->object;
  reader->top--;
  ets_parse_leave(&reader->parse);
}

static void text(void *context, const xmlChar *bytes, int n) {
  struct ets_answer *answer = context;
  struct ets_reader *reader = &answer->reader;
  if (!ets_quick_text(reader, (const char *)bytes, (size_t)n) && reader->parse.outcome == ETS_OK)
    ets_reader_text(reader, (const char *)bytes, (size_t)n);
}

/* --- the interface --------------------------------------------------------------------------- */

/* One slice further; at the end, whether it was an answer at all. */
static ets_status step(struct ets_answer *answer) {
  struct ets_parse *parse = &answer->reader.parse;
  ets_status status = ets_parse_step(parse);
  if (status == ETS_END && !answer->answered) {
    ets_error_set(&parse->error, ETS_E_PROTOCOL, "the answer of %s has nothing in its body",
                  parse->peer);
    status = parse->outcome = ETS_E_PROTOCOL;
  }
  if (status == ETS_END && answer->fault_element && !answer->fault) {
    answer->fault =
        ets_soap_fault_read(&answer->fault_arena, answer->version, answer->fault_element);
    if (!answer->fault)
      status = parse->outcome = ets_error_set(&parse->error, ETS_E_NOMEM, "out of memory");
  }
  return status;
}

static ets_status fail(struct ets_answer *answer, ets_error *error) {
  *error = answer->reader.parse.error;
  return answer->reader.parse.outcome;
}

ets_status ets_answer_open(struct ets_answer **answer, const struct ets_answer_source *source,
                           const struct ets_answer_request *request, ets_error *error) {
  static const struct ets_parse_handlers handlers = {start, end, text};
  struct ets_answer *made = calloc(1, sizeof *made);
  *answer = NULL;
  if (!made || !ets_reader_begin(&made->reader) ||
      !ets_parse_begin(&made->reader.parse, &handlers, source, request)) {
    ets_answer_close(made);
    return ets_error_set(error, ETS_E_NOMEM, "out of memory");
  }
  made->response = request->response;
  made->arena = made->reader.arena = request->arena;
  if (request->items)
    made->items = ets_type_field(request->response, request->items, strlen(request->items));
  ets_status status = ETS_OK;
  while (status == ETS_OK && ets_queue_count(&made->rows) == 0)
    status = step(made);
  if (status != ETS_OK && status != ETS_END && ets_queue_count(&made->rows) == 0) {
    fail(made, error);
    ets_answer_close(made);
    return status;
  }
  *answer = made;
  return ETS_OK;
}

const struct ets_soap_fault *ets_answer_fault(const struct ets_answer *answer) {
  return answer->fault;
}

ets_status ets_answer_next(struct ets_answer *answer, ets_object *item, ets_error *error) {
  while (!ets_queue_take(&answer->rows, item)) {
    *item = (ets_object){0};
    ets_status status = step(answer);
    if (status != ETS_OK && ets_queue_count(&answer->rows) == 0)
      return status == ETS_END ? status : fail(answer, error);
  }
  return ETS_OK;
}

ets_object ets_answer_response(const struct ets_answer *answer) {
  const struct ets_frame *frames = answer->reader.frames;
  bool open = !answer->whole.type && answer->reader.top >= frames + RESPONSE &&
              frames[RESPONSE].place == ETS_PLACE_OBJECT;
  return open ? frames[RESPONSE].object : answer->whole;
}

void ets_answer_close(struct ets_answer *answer) {
  if (!answer)
    return;
  ets_reader_free(&answer->reader);
  ets_queue_free(&answer->rows);
  ets_arena_free(&answer->fault_arena);
  free(answer);
}
