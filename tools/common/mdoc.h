/* Manual pages in mdoc(7), as mandoc and groff read it. */
#ifndef COMMON_MDOC_H
#define COMMON_MDOC_H

#include "common/buffer.h"

/* A page that is written from top to bottom. Begin with {0}, free `out`. */
struct mdoc {
  struct buffer out;
  bool inside; /* something stands in the section, so that a paragraph begins with .Pp */
};

/* The title, what it is dated and what it is of. `name` in any case. */
void mdoc_head(struct mdoc *page, const char *name, int section);

void mdoc_section(struct mdoc *page, const char *title);
void mdoc_subsection(struct mdoc *page, const char *title, size_t size);

/* The section NAME: names with blanks between them, and what they are in a few words. */
void mdoc_name(struct mdoc *page, const char *names, const char *summary);

/* Running text: sentences begin lines, what stands in `backquotes` or **asterisks** is bold. */
void mdoc_words(struct mdoc *page, const char *text, size_t size);

/* The same as a paragraph of its own. */
void mdoc_paragraph(struct mdoc *page, const char *text, size_t size);

/* Lines as they are, less `indent` blanks at the beginning of each. */
void mdoc_literal(struct mdoc *page, const char *text, size_t size, size_t indent);

/* Paragraphs with an empty line between them; of lines that begin with a blank, each stays as it is
 * (the form of the text of a --help). */
void mdoc_text(struct mdoc *page, const char *text);

/* A list: terms with what they mean, or dots. */
void mdoc_list(struct mdoc *page, const char *kind); /* "tag", "bullet" */
void mdoc_item(struct mdoc *page, const char *term, size_t size);
void mdoc_list_end(struct mdoc *page);

/* An argument of a macro, in quotes. */
void mdoc_argument(struct mdoc *page, const char *text, size_t size);

/* The section SEE ALSO: "etsim(1) etsoap-time(7)", in any order and as often as one likes, which
 * `without`, a page as well, is left out of. */
void mdoc_see_also(struct mdoc *page, const char *pages, const char *without);

#endif
