#include "ettrack/run/names.h"

#include "common/options.h"
#include "ettrack/columns/rates.h"
#include "ettrack/output/value.h"
#include "ettrack/run/order.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char rows_of[] = "DataExtensionObject[";

enum { KEY_MAX = 200 };

/* --- Describe -------------------------------------------------------------------------------- */

static ets_status fetch_described(struct copies *names, ets_session *session,
                                  const char *object_type) {
  ets_object response;
  ets_status status = ets_describe(&response, session, &object_type, 1);
  for (size_t i = 0; status == ETS_OK; i++) {
    ets_object property = ets_get_object(response, "ObjectDefinition.Properties", i);
    if (!property.type)
      break;
    ets_value name = ets_get(property, "Name");
    bool wanted =
        name.presence == ETS_PRESENT && ets_get_integer(property, "IsRetrievable", 0) == 1;
    if (wanted && !copies_add(names, "", &name))
      status = ETS_E_NOMEM;
  }
  return status;
}

/* --- the fields of a data extension ---------------------------------------------------------- */

static ets_status fetch_fields(struct copies *fields, const struct service *service,
                               ets_session *session, const char *key) {
  const char *items[] = {"Name", "Ordinal"};
  int ranks[] = {1, 2};
  const struct columns columns = {items, ranks, 2};
  ets_cursor *cursor = NULL;
  ets_object row;
  ets_status status = service_find(&cursor, service, session, "DataExtensionField", &columns,
                                   ets_filter_equals("DataExtension.CustomerKey", key));
  if (status != ETS_OK)
    return status;
  while ((status = ets_cursor_next(cursor, &row)) == ETS_OK) {
    const ets_value values[] = {ets_get(row, items[0]), ets_get(row, items[1])};
    if (!copies_add(fields, "", values)) {
      status = ETS_E_NOMEM;
      break;
    }
  }
  ets_cursor_close(cursor);
  return status == ETS_END ? ETS_OK : status;
}

/* DataExtensionObject takes a name in place of the key, DataExtensionField does not. */
static ets_status find_key(char key[KEY_MAX], const struct service *service, ets_session *session,
                           const char *name) {
  const char *items[] = {"CustomerKey"};
  int ranks[] = {1};
  const struct columns columns = {items, ranks, 1};
  ets_cursor *cursor = NULL;
  ets_object row;
  ets_status status = service_find(&cursor, service, session, "DataExtension", &columns,
                                   ets_filter_equals("Name", name));
  if (status != ETS_OK)
    return status;
  status = ets_cursor_next(cursor, &row);
  const char *found = status == ETS_OK ? ets_get_text(row, items[0]) : NULL;
  snprintf(key, KEY_MAX, "%s", found ? found : "");
  ets_cursor_close(cursor);
  return status == ETS_END || (status == ETS_OK && !*key) ? ETS_E_NOT_FOUND : status;
}

/* The columns in the order that the data extension has them in. */
static ets_status sort_fields(struct copies *names, struct copies *fields) {
  const struct order by_ordinal = {.column = 1};
  struct order_row *rows = order_rows(&by_ordinal, fields);
  bool good = rows != NULL;
  for (size_t i = 0; good && i < fields->rows; i++) {
    const ets_value *name = copies_row(fields, rows[i].row);
    good = name->presence != ETS_PRESENT || copies_add(names, "", name);
  }
  free(rows);
  return good ? ETS_OK : ETS_E_NOMEM;
}

static ets_status fetch_columns(struct copies *names, const struct service *service,
                                ets_session *session, const char *object_type) {
  char key[KEY_MAX];
  struct copies fields;
  snprintf(key, sizeof key, "%s", object_type + sizeof rows_of - 1);
  key[strcspn(key, "]")] = '\0';
  copies_init(&fields, 2);
  ets_status status = fetch_fields(&fields, service, session, key);
  if (status == ETS_OK && fields.rows == 0 &&
      (status = find_key(key, service, session, key)) == ETS_OK)
    status = fetch_fields(&fields, service, session, key);
  if (status == ETS_OK)
    status = sort_fields(names, &fields);
  copies_free(&fields);
  return status == ETS_E_NOT_FOUND ? ETS_OK : status;
}

/* --- both ------------------------------------------------------------------------------------ */

ets_status names_fetch(struct copies *names, const struct service *service, ets_session *session,
                       const char *object_type, ets_error *error) {
  bool of_rows = strncmp(object_type, rows_of, sizeof rows_of - 1) == 0;
  ets_status status = of_rows ? fetch_columns(names, service, session, object_type)
                              : fetch_described(names, session, object_type);
  if (status == ETS_E_NOMEM)
    return ets_error_set(error, status, "out of memory");
  if (status != ETS_OK) {
    *error = *ets_session_error(session);
    return status;
  }
  if (names->rows > 0)
    return ETS_OK;
  return of_rows
             ? ets_error_set(error, ETS_E_NOT_FOUND,
                             "no data extension with the key or name in %s has fields", object_type)
             : ets_error_set(error, ETS_E_NOT_FOUND, "nothing of %s can be retrieved", object_type);
}

static const char *next_name(size_t index, const void *context) {
  const struct copies *names = context;
  return index < names->rows ? names->values[index * names->columns].text : NULL;
}

static bool is_among(const struct copies *names, const char *name) {
  const char *known;
  for (size_t i = 0; (known = next_name(i, names)); i++)
    if (strcmp(known, name) == 0)
      return true;
  return false;
}

static bool add_rates(struct copies *names) {
  bool good = true;
  for (int rate = 0; good && rate < ETS_RATE_COUNT; rate++) {
    const ets_value name = value_of_text(ets_rate_name((ets_rate)rate));
    good = copies_add(names, "", &name);
  }
  return good;
}

void names_explain(ets_error *error, const struct service *service, ets_session *session,
                   const char *object_type, const struct columns *asked, bool rates_too) {
  struct copies names;
  ets_error ignored;
  copies_init(&names, 1);
  if (names_fetch(&names, service, session, object_type, &ignored) == ETS_OK &&
      (!rates_too || add_rates(&names)))
    for (size_t i = 0; i < asked->count; i++) {
      if (is_among(&names, asked->items[i]))
        continue;
      const char *near = option_suggestion(asked->items[i], next_name, &names);
      size_t used = strlen(error->message);
      snprintf(error->message + used, sizeof error->message - used,
               near ? "; for %.80s, did you mean %.80s?" : "; %.80s is none that it names",
               asked->items[i], near);
    }
  copies_free(&names);
}
