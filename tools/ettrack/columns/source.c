#include "ettrack/columns/source.h"

#include <stdlib.h>

struct source *sources_of(const struct columns *columns) {
  struct source *sources = calloc(columns->count ? columns->count : 1, sizeof *sources);
  for (size_t i = 0; sources && i < columns->count; i++) {
    sources[i].path = ets_path_of(columns->items[i]);
    sources[i].rate = rate_find(columns->items[i]);
  }
  return sources;
}

ets_value source_value(struct source *source, ets_object object) {
  return source->rate ? rate_of(source->rate, object, source->text)
                      : ets_path_get(&source->path, object);
}
