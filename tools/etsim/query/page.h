/* How the rows of one answer look: which elements, in which order, around which values. Made once
 * per request, used for every row.
 *
 * The generated serializer cannot tell xsi:nil from an absent element, value by value; the service
 * does (PartnerKey and ObjectID come as nil though nobody asks). So results are written here, in
 * the contract's order. */
#ifndef ETSIM_QUERY_PAGE_H
#define ETSIM_QUERY_PAGE_H

#include <stdbool.h>
#include <stddef.h>

#include "common/buffer.h"
#include "kinds/scan.h"

struct page_step;

struct page_plan {
  struct page_step *steps;
  size_t step_count;
  struct buffer text; /* what the steps put between the values */
};

/* `asked[i]` says whether property i was asked for. */
bool page_plan_init(struct page_plan *plan, const struct kind *kind, const bool *asked);
void page_plan_free(struct page_plan *plan);

/* One <Results> element. */
void page_write_row(struct buffer *out, const struct page_plan *plan, struct world *world,
                    struct row *row);

#endif
