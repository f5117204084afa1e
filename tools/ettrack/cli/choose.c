#include "ettrack/cli/choose.h"

bool several_accounts(const struct options *options) {
  return options->all_accounts || options->mids.count > 1;
}

bool columns_choose(struct columns *columns, const struct options *options, const char *const *all,
                    const struct shown *table) {
  const struct names *asked = &options->properties;
  for (size_t i = 0; i < asked->count; i++)
    if (!columns_add(columns, asked->items[i], (int)i + 1))
      return false;
  if (asked->count > 0)
    return true;
  if (!options->writer->for_people)
    return columns_add_all(columns, all);
  return (!several_accounts(options) || columns_add(columns, "Client.ID", 0)) &&
         columns_add_shown(columns, table);
}
