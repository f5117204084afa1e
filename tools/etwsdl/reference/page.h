/* What the pages have in common. */
#ifndef ETWSDL_REFERENCE_PAGE_H
#define ETWSDL_REFERENCE_PAGE_H

#include "etwsdl/meta/meta.h"

void page_begin(struct buffer *page, const char *title);
void page_end(struct buffer *page);

/* Text as it stands in HTML; NULL is nothing. */
void page_text(struct buffer *page, const char *text);

/* "<a href=...>" to a type or an enumeration, with its name. */
void page_link(struct buffer *page, const char *name);

/* One cell of a table with text. */
void page_cell(struct buffer *page, const char *text);

/* Frees the buffer. False after saying what failed. */
bool page_write(struct buffer *page, const char *folder, const char *name);

extern const char page_style[], page_script[];

#endif
