/* What a generated struct cannot hold, kept beside it: that a plain member was not there at all,
 * that a number was empty, a text that is no value of its type, how a number was written, and
 * elements that the contract does not declare. Hangs on ets_object.notes; objects inside others
 * have theirs in the cell of the member that they are.
 *
 * Structs of the user's own have none: there a plain member always counts as set. */
#ifndef ETS_NOTES_H
#define ETS_NOTES_H

#include "base/arena.h"
#include "contract/types.h"

#include <etsoap/object.h>

/* About one value. All but SENT count only while the struct holds nothing there, so that what a
 * program puts into the struct itself is seen. */
enum ets_cell_state {
  ETS_CELL_NONE,
  ETS_CELL_NIL,
  ETS_CELL_EMPTY,
  ETS_CELL_MISFIT, /* text: what came, no value of the declared type */
  ETS_CELL_SENT    /* text: the value as it was written, "0012" */
};

struct ets_cell {
  enum ets_cell_state state;
  const char *text;
  struct ets_notes *notes; /* of the object that the value is, NULL: none */
};

/* The cells of one member, by index. */
struct ets_note {
  struct ets_note *next;
  const struct ets_field *field;
  size_t count;
  struct ets_cell *cells;
};

struct ets_attribute {
  struct ets_attribute *next;
  const char *name;
  const char *space; /* "": none */
  const char *value;
};

/* An element that the contract does not declare where it stood, with all that was in it. */
struct ets_element {
  struct ets_element *next;
  const char *name;
  const char *space; /* namespace, "": none */
  const char *type;  /* local part of its xsi:type, NULL: none */
  const char *text;  /* NULL: it has children, is empty or nil */
  const char *names; /* in a fault: namespace of the prefix that the text has, NULL: none */
  bool nil;
  struct ets_attribute *attributes; /* xsi:type and xsi:nil aside */
  struct ets_element *first;
  struct ets_element *last;
};

struct ets_notes {
  unsigned char *present; /* a bit a field, for plain members; NULL: all of them are set */
  struct ets_note *first;
  struct ets_element *elements; /* first of the undeclared ones */
  struct ets_element *last;
  const char *sent_type; /* xsi:type that the contract does not know, local part; NULL: none */
  const char *sent_space;
};

/* The type of undeclared elements as objects: no fields, data is the struct ets_element. */
extern const struct ets_type ets_undeclared;

/* Whether the value is part of the struct itself, so that the struct cannot say it is absent. */
bool ets_field_is_plain(const struct ets_field *field);

/* For a new object of the type: no plain member is set. NULL when out of memory. */
struct ets_notes *ets_notes_new(struct ets_arena *arena, const struct ets_type *type);

/* Whether a plain member has been set. */
bool ets_notes_is_set(const struct ets_notes *notes, const struct ets_type *type,
                      const struct ets_field *field);
void ets_notes_set(struct ets_notes *notes, const struct ets_type *type,
                   const struct ets_field *field);

/* The cell of a value; NULL when nothing is noted about it. `notes` may be NULL. */
struct ets_cell *ets_notes_find(const struct ets_notes *notes, const struct ets_field *field,
                                size_t index);

/* The same, made when missing. NULL when out of memory. */
struct ets_cell *ets_notes_cell(struct ets_arena *arena, struct ets_notes *notes,
                                const struct ets_field *field, size_t index);

/* Notes about a copy of an object's own struct: from now on what is noted about the one is not
 * about the other. Objects inside stay shared. NULL when out of memory. */
struct ets_notes *ets_notes_fork(struct ets_arena *arena, const struct ets_notes *notes,
                                 const struct ets_type *type);

/* An undeclared element behind the last of a list. Names and texts are borrowed. */
struct ets_element *ets_element_add(struct ets_arena *arena, struct ets_element **first,
                                    struct ets_element **last, const char *name, const char *space);

/* First of the elements in an object that are not declared; NULL: none. */
struct ets_element *ets_object_elements(ets_object object);

/* The value of an element. */
ets_value ets_element_value(const struct ets_element *element);

#endif
