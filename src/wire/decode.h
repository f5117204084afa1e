/* From the bytes of an answer to generated structs, driven by the type table.
 *
 * gSOAP's own decoders stop a whole page at a value that the contract did not foresee (a new enum
 * value, a 64-bit id in an int), try every member's tag in turn, and cannot tell nil from absent.
 * These decoders look a member up once, put rows into an arena, keep what does not fit its type as
 * a PartnerProperty with the text as sent, and mark nil. */
#ifndef ETS_DECODE_H
#define ETS_DECODE_H

#include "base/arena.h"
#include "contract/types.h"

#include <etsoap/object.h>

struct soap;

struct ets_decoder {
  struct soap *soap;
  struct ets_arena *arena;          /* takes everything that is decoded */
  const struct ets_type *last_type; /* of the last row, so that a page looks its type up once */
};

/* Decodes the element that soap_peek_element() has found, by its xsi:type when that derives from
 * `declared`, as `declared` otherwise. Returns SOAP_OK or gSOAP's error. */
int ets_decode_object(struct ets_decoder *decoder, const struct ets_type *declared,
                      ets_object *object);

/* Decodes the children of an element whose start tag has been read, and its end tag. */
int ets_decode_members(struct ets_decoder *decoder, const struct ets_type *type, void *data);

/* Text of the element that soap_peek_element() has found; "" for an empty one. */
int ets_decode_text(struct ets_decoder *decoder, char **text);

/* Whether the element that soap_peek_element() has found is `name` of the contract's namespace. */
bool ets_decode_is(struct soap *soap, const char *name);

/* Passes over the element that soap_peek_element() has found. */
int ets_decode_skip(struct soap *soap);

#endif
