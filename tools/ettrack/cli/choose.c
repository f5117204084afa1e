#include "ettrack/cli/choose.h"

#include <etsoap/tracking.h>

#include "ettrack/columns/rates.h"

bool several_accounts(const struct options *options) {
  return options->all_accounts || options->mids.count > 1;
}

bool columns_choose(struct columns *columns, const struct options *options, const char *const *all,
                    const struct shown *table) {
  const struct names *asked = &options->properties;
  for (size_t i = 0; i < asked->count; i++)
    if (!columns_add(columns, asked->items[i], COLUMN_ALWAYS))
      return false;
  if (asked->count > 0)
    return true;
  if (!options->writer->for_people)
    return columns_add_all(columns, all);
  return (!several_accounts(options) || columns_add(columns, "Client.ID", COLUMN_ALWAYS)) &&
         columns_add_shown(columns, table);
}

bool columns_asked(struct columns *asked, const struct columns *shown,
                   const struct options *options, const char *object_type) {
  size_t kept = 0;
  if (!rates_asked(asked, shown, object_type))
    return false;
  if (options->properties.count > 0)
    return true;
  for (size_t i = 0; i < asked->count; i++) {
    if (!ets_tracking_has(object_type, asked->items[i]))
      continue;
    asked->items[kept] = asked->items[i];
    asked->ranks[kept++] = asked->ranks[i];
  }
  asked->count = kept;
  return true;
}
