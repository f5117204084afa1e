/* What the pages have in common. */
#ifndef ETWSDL_REFERENCE_PAGE_H
#define ETWSDL_REFERENCE_PAGE_H

#include "etwsdl/meta/meta.h"

void page_begin(struct buffer *page, const char *title);
void page_end(struct buffer *page);

/* Text as it stands in HTML; NULL is nothing. */
void page_text(struct buffer *page, const char *text);

/* The files of the pages, by the names of types and enumerations: short, of characters that stand
 * in file names, no two of them different only in case, none of them index. */
struct page_files {
  struct map by_name; /* const char *: "SentEvent" */
  struct map taken;
};

void page_add_file(struct arena *arena, struct page_files *files, const char *name);

/* NULL when it has no page. */
const char *page_file(const struct page_files *files, const char *name);

/* "<a href=...>" to a type or an enumeration, with its name; where it has no page, the name. */
void page_link(struct buffer *page, const struct page_files *files, const char *name);

/* One cell of a table with text. */
void page_cell(struct buffer *page, const char *text);

/* Frees the buffer. False after saying what failed. */
bool page_write(struct buffer *page, const char *folder, const char *name);

extern const char page_style[], page_script[];

#endif
