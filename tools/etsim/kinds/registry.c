#include "kinds/registry.h"

#include <string.h>

#include "contract/retrievable.h"
#include "kinds/build.h"
#include "kinds/computed.h"
#include "kinds/data_rows.h"
#include "store/agenda.h"
#include "store/data_extension.h"

static const struct kind *computed_kind(const char *name) {
  static const struct kind *const others[] = {
      &send_kind,       &link_send_kind,       &list_send_kind,
      &subscriber_kind, &list_subscriber_kind, &data_field_kind};
  for (size_t i = 0; i < sizeof others / sizeof *others; i++)
    if (strcmp(others[i]->name, name) == 0)
      return others[i];
  return event_kind(name);
}

/* What needs no more than a look: most requests, so that they do not wait for each other. */
static bool find_ready(struct store *store, const char *name, const struct kind *computed,
                       const struct kind **kind) {
  store_read(store);
  const struct table *table = store_table(store, name);
  bool plain = computed && (!table || !table->loaded);
  *kind = plain ? computed : table ? table->kind : NULL;
  store_release(store);
  return *kind != NULL;
}

const struct kind *kind_find(struct world *world, const char *name) {
  if (strncmp(name, DATA_EXTENSION_ROWS, sizeof DATA_EXTENSION_ROWS - 1) == 0)
    return kind_of_rows(world, name);
  if (strncmp(name, HIDDEN_TYPE, sizeof HIDDEN_TYPE - 1) == 0)
    return NULL;
  const struct kind *computed = computed_kind(name);
  struct store *store = &world->store;
  const struct kind *kind;
  if (find_ready(store, name, computed, &kind))
    return kind;
  store_lock(store);
  struct table *table = store_table(store, name);
  if (!table && ets_retrievable_knows(name))
    table = store_make_table(store, name);
  if (table && !table->kind) {
    table->kind = kind_build(table, computed);
    table->forget_kind = kind_free;
  }
  kind = table ? table->kind : NULL;
  store_release(store);
  return kind;
}
