/* What a contract does to src/ and to programs on the stubs, for people. */
#ifndef ETWSDL_EFFECT_REPORT_H
#define ETWSDL_EFFECT_REPORT_H

#include "etwsdl/effect/needs.h"
#include "etwsdl/effect/sources.h"

struct counted {
  char text[100];
};

/* "1 source with 11 names of the bindings", in `text`. */
const char *effect_sources(const struct source_effect *sources, struct counted *text);

/* Paragraphs; `sources` is NULL when none were read. */
void effect_report(struct buffer *out, const struct needs_result *needs,
                   const struct source_effect *sources);

#endif
