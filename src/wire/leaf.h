/* Texts to the values of an object's members. */
#ifndef ETS_LEAF_H
#define ETS_LEAF_H

#include "wire/frame.h"

/* The end of the value on top of the stack. */
void ets_leaf_end(struct ets_reader *reader);

/* Notes about a value that the struct does not hold. In an array an item keeps its place. */
void ets_leaf_note(struct ets_reader *reader, struct ets_frame *owner,
                   const struct ets_field *field, enum ets_cell_state state, const char *text);
void ets_leaf_note_nil(struct ets_reader *reader, struct ets_frame *owner,
                       const struct ets_field *field);

/* The cell of the value that was placed last, or that has no place of its own. NULL when out of
 * memory. */
struct ets_cell *ets_leaf_cell(struct ets_reader *reader, struct ets_frame *owner,
                               const struct ets_field *field);

#endif
