/* Which pages there are, and the writers of them. */
#ifndef MANUAL_PAGES_H
#define MANUAL_PAGES_H

#include "common/mdoc.h"

/* A page that is made of a page of docs/. */
struct page_source {
  const char *file;    /* "filters.md" */
  const char *heading; /* only what stands under it; NULL: all */
  const char *page;    /* "etsoap-filters(7)" */
  const char *summary;
  const char *see_also; /* pages that lead back, where they are of sections 3, 5 or 7 */
};

extern const struct page_source page_sources[]; /* ends with a file that is NULL */

/* Adds the pages that have `page`, "etsoap-filter(3)", in their SEE ALSO, a blank before each. */
void pages_that_name(struct buffer *out, const char *page);

/* The page that is made of the file at the end of a path, NULL: none. */
const char *page_of_file(const char *path, size_t size);

void page_from_markdown(struct mdoc *page, const struct page_source *source, const char *text);

/* The page `title` of a public header, whose `name` is without its ending, and what else leads to
 * it: one function name a line. */
void page_from_header(struct mdoc *page, struct buffer *links, const char *name, const char *title,
                      const char *text);

#endif
