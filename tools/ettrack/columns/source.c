#include "ettrack/columns/source.h"

#include <etsoap/rows.h>

#include <stdlib.h>
#include <string.h>

struct source *sources_of(const struct columns *columns) {
  struct source *sources = calloc(columns->count ? columns->count : 1, sizeof *sources);
  for (size_t i = 0; sources && i < columns->count; i++) {
    sources[i].name = columns->items[i];
    sources[i].path = ets_path_of(columns->items[i]);
    size_t n = strlen(columns->items[i]);
    sources[i].is_item = n > 0 && columns->items[i][n - 1] == ']';
    sources[i].is_rate = ets_rate_find(&sources[i].rate, columns->items[i]);
  }
  return sources;
}

void sources_free(struct source *sources, size_t count) {
  for (size_t i = 0; sources && i < count; i++)
    free(sources[i].json);
  free(sources);
}

static ets_value array_value(struct source *source, ets_object object, const char *path) {
  size_t length = ets_get_json(object, path, source->json, source->json_size);
  if (length >= source->json_size) {
    char *larger = realloc(source->json, length + 1);
    if (larger) {
      source->json = larger;
      source->json_size = length + 1;
      ets_get_json(object, path, source->json, source->json_size);
    }
  }
  return (ets_value){.presence = source->json ? ETS_PRESENT : ETS_ABSENT,
                     .kind = ETS_VALUE_OBJECT,
                     .text = source->json};
}

ets_value source_value(struct source *source, ets_object object) {
  if (source->is_rate && rates_are_of(ets_object_type(object)))
    return rate_value(source->rate, object, source->text);
  ets_value value = ets_path_get(&source->path, object);
  return value.count > 0 && !source->is_item ? array_value(source, object, source->name) : value;
}
