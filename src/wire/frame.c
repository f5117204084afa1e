#include "wire/frame.h"

#include "base/text.h"

#include <stdlib.h>
#include <string.h>

enum { FIRST_FRAMES = 32 };

bool ets_reader_begin(struct ets_reader *reader) {
  reader->frames = calloc(FIRST_FRAMES, sizeof *reader->frames);
  reader->frame_room = FIRST_FRAMES;
  reader->top = reader->frames;
  return reader->frames;
}

void ets_reader_free(struct ets_reader *reader) {
  ets_parse_free(&reader->parse);
  ets_arena_free(&reader->plan_arena);
  free(reader->frames);
  free(reader->pieces);
}

struct ets_frame *ets_reader_push(struct ets_reader *reader, enum ets_place place) {
  size_t at = (size_t)(reader->top - reader->frames) + 1;
  if (at == reader->frame_room) {
    struct ets_frame *larger = realloc(reader->frames, 2 * at * sizeof *larger);
    if (!larger) {
      ets_reader_no_memory(reader);
      return NULL;
    }
    reader->frames = larger;
    reader->frame_room = 2 * at;
  }
  reader->top = reader->frames + at;
  *reader->top = (struct ets_frame){.place = place};
  return reader->top;
}

/* --- attributes ------------------------------------------------------------------------------ */

/* The namespace of xsi:type and xsi:nil, in the years that are about. */
static bool is_instance(const xmlChar *space) {
  const char *text = (const char *)space;
  return text && (strcmp(text, "http://www.w3.org/2001/XMLSchema-instance") == 0 ||
                  strcmp(text, "http://www.w3.org/2000/10/XMLSchema-instance") == 0 ||
                  strcmp(text, "http://www.w3.org/1999/XMLSchema-instance") == 0);
}

static void read_type(struct ets_tag *tag, const char *text, size_t n) {
  n = ets_blank_trim(&text, n);
  tag->type = n ? text : NULL;
  tag->type_length = n;
}

/* href="#id", or anything of SOAP encoding: references, arrays. */
static bool is_encoding(const xmlChar **attribute) {
  const char *space = (const char *)attribute[2];
  if (!space)
    return strcmp((const char *)attribute[0], "href") == 0 && attribute[3] < attribute[4] &&
           *attribute[3] == '#';
  return strcmp(space, "http://schemas.xmlsoap.org/soap/encoding/") == 0 ||
         strcmp(space, "http://www.w3.org/2003/05/soap-encoding") == 0;
}

void ets_reader_tag(struct ets_reader *reader, struct ets_tag *tag) {
  for (int i = 0; i < tag->xml.attribute_count; i++) {
    const xmlChar **attribute = tag->xml.attributes + 5 * i;
    const char *name = (const char *)attribute[0], *value = (const char *)attribute[3];
    size_t n = (size_t)(attribute[4] - attribute[3]);
    if (!attribute[2] || attribute[2] != reader->instance) {
      if (is_encoding(attribute) && !reader->lenient)
        ets_parse_fail(&reader->parse,
                       "is in SOAP encoding, which this contract does not use: %s=\"%.*s\" of <%s>",
                       name, n < 40 ? (int)n : 3, n < 40 ? value : "...",
                       ets_text_name((const char *)tag->xml.name));
      if (!is_instance(attribute[2]))
        continue;
      reader->instance = attribute[2];
    }
    if (strcmp(name, "nil") == 0) {
      reader->nil_name = attribute[0];
      tag->nil = ets_says_true(value, n);
    } else if (strcmp(name, "type") == 0) {
      read_type(tag, value, n);
    }
  }
}

void ets_reader_filled_nil(struct ets_reader *reader, const char *name) {
  ets_parse_fail(&reader->parse, "has something in <%s>, which says that it is nil",
                 ets_text_name(name));
}

/* --- notes ----------------------------------------------------------------------------------- */

struct ets_notes *ets_frame_notes(struct ets_reader *reader, struct ets_frame *frame) {
  if (!frame->object.notes) {
    frame->object.notes = ets_notes_new(reader->arena, frame->object.type);
    if (!frame->object.notes)
      ets_reader_no_memory(reader);
  }
  return frame->object.notes;
}

bool ets_frame_sent_type(struct ets_reader *reader, struct ets_frame *frame,
                         const struct ets_tag *tag) {
  const char *colon = memchr(tag->type, ':', tag->type_length);
  const char *local = colon ? colon + 1 : tag->type;
  const char *space =
      ets_parse_space(&reader->parse, tag->type, colon ? (size_t)(colon - tag->type) : 0);
  struct ets_notes *notes = ets_frame_notes(reader, frame);
  if (!notes)
    return false;
  if (!space)
    space = "";
  notes->sent_type =
      ets_arena_text(reader->arena, local, (size_t)(tag->type + tag->type_length - local));
  notes->sent_space = ets_arena_text(reader->arena, space, strlen(space));
  if (!notes->sent_type || !notes->sent_space)
    ets_reader_no_memory(reader);
  return notes->sent_type && notes->sent_space;
}
