#include "etwsdl/effect/report.h"

const char *effect_sources(const struct source_effect *sources, struct counted *text) {
  snprintf(text->text, sizeof text->text, "%zu source%s with %zu name%s of the bindings",
           sources->files, sources->files == 1 ? "" : "s", sources->uses,
           sources->uses == 1 ? "" : "s");
  return text->text;
}

static void add_lines(struct buffer *out, const char *before, const struct list *lines) {
  for (size_t i = 0; i < lines->count; i++)
    buffer_printf(out, "  %s%s\n", before, (const char *)lines->items[i]);
}

void effect_report(struct buffer *out, const struct needs_result *needs,
                   const struct source_effect *sources) {
  struct counted counted;
  if (needs->needed.count + needs->missing.count + needs->without.count == 0)
    buffer_printf(out, "\nEffect on src/: none, everything it uses is there.\n");
  else
    buffer_printf(out, "\nEffect on src/:\n");
  add_lines(out, "", &needs->needed);
  add_lines(out, "missing: ", &needs->missing);
  add_lines(out, "without: ", &needs->without);
  if (!sources)
    return;
  buffer_printf(out, "\nEffect on %s:%s\n", effect_sources(sources, &counted),
                sources->losses + sources->unclear == 0 ? " none, they are all there." : "");
  add_lines(out, "", &sources->lines);
}
