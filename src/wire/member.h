/* The members of the contract's objects. */
#ifndef ETS_MEMBER_H
#define ETS_MEMBER_H

#include "wire/plan.h"

/* Makes room for the object of a frame in the one that it is a member of. */
bool ets_object_place(struct ets_reader *reader, struct ets_frame *frame);

/* A member of the object on top begins. */
void ets_member_start(struct ets_reader *reader, const struct ets_field *field,
                      const struct ets_tag *tag);

/* The end of the object on top. */
void ets_object_end(struct ets_reader *reader);

#endif
