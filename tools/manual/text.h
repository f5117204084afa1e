/* From the markup of these docs and headers to that of a manual page. */
#ifndef MANUAL_TEXT_H
#define MANUAL_TEXT_H

#include "common/mdoc.h"

/* Markdown within a line: a link becomes what it says, or the manual page that its target is made
 * into; `docs/filters.md` becomes etsoap-filters(7). Added to `out` as what mdoc_words() reads. */
void text_inline(struct buffer *out, const char *text, size_t size);

/* The same without any marks, for terms and titles. */
void text_plain(struct buffer *out, const char *text, size_t size);

/* What stands above a block of code whose fence says `words`: which file it is, which exit code it
 * ends with, which way it went. Nothing for most. */
void text_caption(struct buffer *out, const char *words, size_t size);

#endif
