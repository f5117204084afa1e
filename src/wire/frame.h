/* What is known while an answer is read: a stack of frames, one for each element that is open. What
 * is read lies in an arena; nothing else allocates once the stack is deep enough. */
#ifndef ETS_FRAME_H
#define ETS_FRAME_H

#include "object/notes.h"
#include "wire/parse.h"
#include "wire/xml.h"

enum ets_place {
  ETS_PLACE_DOCUMENT,
  ETS_PLACE_ENVELOPE,
  ETS_PLACE_BODY,
  ETS_PLACE_SKIP,    /* the header: well-formed is all it has to be */
  ETS_PLACE_OBJECT,  /* a struct of the contract */
  ETS_PLACE_LEAF,    /* a value of the contract */
  ETS_PLACE_ELEMENT, /* what the contract does not declare, or a fault */
  ETS_PLACE_ANY      /* inside an xsd:any: kept as XML */
};

struct ets_plan; /* plan.h */

struct ets_frame {
  enum ets_place place;
  bool nil;
  bool parent; /* has had an element inside */
  bool row;    /* an item that is handed out */
  uint32_t at; /* OBJECT: place of the field that came last, of the furthest */
  uint32_t furthest;
  struct ets_plan *plan;         /* OBJECT */
  ets_object object;             /* OBJECT; without data until there is something to put in */
  struct ets_element *element;   /* ELEMENT */
  const struct ets_field *field; /* OBJECT, LEAF: which member of the frame below this is */
  const xmlChar *name;           /* LEAF: in case it turns out to hold elements */
  const xmlChar *space;
};

/* A start tag, and what its attributes say of the value. */
struct ets_tag {
  struct ets_xml_tag xml;
  const xmlChar *space;
  bool nil;
  const char *type; /* xsi:type, not terminated; NULL: none */
  size_t type_length;
};

struct ets_reader {
  struct ets_parse parse;
  struct ets_arena *arena; /* takes what is read now */
  struct ets_frame *frames;
  struct ets_frame *top;
  size_t frame_room;
  char *text; /* of the element in hand, in the arena or, when it came in pieces, in `pieces` */
  size_t length;
  char *pieces;
  size_t piece_room;
  struct ets_plan *plans;
  struct ets_arena plan_arena;
  const xmlChar *contract;    /* the parser's pointer to the contract's namespace */
  const xmlChar *instance;    /* to that of xsi:type */
  const xmlChar *nil_name;    /* and to the name of xsi:nil */
  struct ets_plan *last_plan; /* of the xsi:type below, as long as no prefix changed */
  char last_type[64];
  size_t last_length;
  size_t last_scopes;
  struct ets_xml xml; /* ANY: the element under way */
  bool lenient;       /* a fault: text may stand between elements */
};

/* False when out of memory. */
bool ets_reader_begin(struct ets_reader *reader);
void ets_reader_free(struct ets_reader *reader);

/* The frame of an element that begins, on top. NULL, and the reader failed, when out of memory. */
struct ets_frame *ets_reader_push(struct ets_reader *reader, enum ets_place place);

/* Reads xsi:nil and xsi:type out of a tag's attributes. Fails on those of SOAP encoding, by which
 * what belongs into the element would stand elsewhere. */
void ets_reader_tag(struct ets_reader *reader, struct ets_tag *tag);

/* The failure that an element says xsi:nil and has something in it. */
void ets_reader_filled_nil(struct ets_reader *reader, const char *name);

/* The notes of the object that a frame is for, made when missing. NULL when out of memory. */
struct ets_notes *ets_frame_notes(struct ets_reader *reader, struct ets_frame *frame);

/* Notes that the object's type is one that the contract does not know. */
bool ets_frame_sent_type(struct ets_reader *reader, struct ets_frame *frame,
                         const struct ets_tag *tag);

static inline void ets_reader_no_memory(struct ets_reader *reader) {
  ets_parse_no_memory(&reader->parse);
}

#endif
