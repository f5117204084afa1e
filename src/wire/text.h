/* The text of the element in hand. */
#ifndef ETS_ELEMENT_TEXT_H
#define ETS_ELEMENT_TEXT_H

#include "wire/frame.h"

void ets_text_add(struct ets_reader *reader, const char *bytes, size_t n);

/* Ends the element's text: terminated, in the arena, "" when there was none; NULL and the reader
 * failed when out of memory. It is the arena's last allocation. */
char *ets_text_take(struct ets_reader *reader, size_t *length);

/* Forgets text that means nothing. */
void ets_text_drop(struct ets_reader *reader);

/* Whether all of it so far is white space. */
static inline bool ets_text_is_blank(const struct ets_reader *reader) {
  return ets_is_blank(reader->text ? reader->text : reader->pieces, reader->length);
}

#endif
