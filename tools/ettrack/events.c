/* ettrack events: the events of one or more types. */
#include "columns.h"
#include "work.h"

#include <stdlib.h>
#include <string.h>

struct plan {
  ets_event_type types[ETS_EVENT_TYPE_COUNT];
  size_t type_count;
  struct columns columns;
  struct columns asked[ETS_EVENT_TYPE_COUNT]; /* of each type */
  ets_filter *where;
};

/* What nobody looks for in a table; --properties shows it. */
static const char *const not_in_tables[] = {
    "Client.ID", "TriggeredSendDefinitionObjectID", "SubscriberID", "URLID", "BounceType", NULL};

static bool contains(const char *const *names, const char *name) {
  for (; *names; names++)
    if (strcmp(*names, name) == 0)
      return true;
  return false;
}

/* --- types ----------------------------------------------------------------------------------- */

static const char *next_type(size_t index, const void *context) {
  (void)context;
  return index < ETS_EVENT_TYPE_COUNT ? ets_event_name((ets_event_type)index) : NULL;
}

static bool add_type(struct plan *plan, const char *name) {
  ets_event_type type;
  if (!ets_event_type_find(&type, name)) {
    const char *near = suggestion_for(name, next_type, NULL);
    if (near)
      complain("there is no event type '%s': did you mean %s?", name, near);
    else
      complain("there is no event type '%s': expected sent, notsent, open, click, bounce, unsub, "
               "forward, forwardoptin or survey",
               name);
    return false;
  }
  for (size_t i = 0; i < plan->type_count; i++)
    if (plan->types[i] == type)
      return true;
  plan->types[plan->type_count++] = type;
  return true;
}

static bool read_types(struct plan *plan, const char *text) {
  char name[64];
  for (const char *at = text; at; at = *at ? at + 1 : NULL) {
    size_t n = strcspn(at, ",");
    if (n >= sizeof name)
      n = sizeof name - 1;
    memcpy(name, at, n);
    name[n] = '\0';
    if (!add_type(plan, name))
      return false;
    at += strcspn(at, ",");
    if (!*at)
      break;
  }
  return true;
}

/* --- columns --------------------------------------------------------------------------------- */

static bool make_columns(struct plan *plan, const struct options *options) {
  const char *const none[] = {NULL};
  if (!columns_choose(&plan->columns, options, none, none))
    return false;
  for (size_t i = 0; options->properties.count == 0 && i < plan->type_count; i++) {
    const char *const *name = ets_event_properties(plan->types[i]);
    for (; *name; name++) {
      bool hidden = options->format == FORMAT_TABLE && contains(not_in_tables, *name);
      if (!hidden && !columns_add(&plan->columns, *name))
        return false;
    }
  }
  return true;
}

/* Whether some chosen type has the property and this one has not; what no list knows is the
 * user's wish and asked of all. */
static bool is_of_others(const struct plan *plan, ets_event_type type, const char *name) {
  if (contains(ets_event_properties(type), name))
    return false;
  for (size_t i = 0; i < plan->type_count; i++)
    if (contains(ets_event_properties(plan->types[i]), name))
      return true;
  return false;
}

static bool share_columns(struct plan *plan) {
  for (size_t i = 0; i < plan->type_count; i++) {
    for (size_t j = 0; j < plan->columns.count; j++)
      if (!is_of_others(plan, plan->types[i], plan->columns.items[j]) &&
          !columns_add(&plan->asked[i], plan->columns.items[j]))
        return false;
    if (plan->asked[i].count == 0 && !columns_add(&plan->asked[i], "SendID"))
      return false;
  }
  return true;
}

/* --- the command ----------------------------------------------------------------------------- */

static ets_status run(const struct work *work, size_t index, ets_session *session,
                      struct taker *taker) {
  const struct plan *plan = work->data;
  const struct options *options = &work->ettrack->options;
  const ets_scope scope = scope_of(options);
  ets_event_query query = ETS_EVENT_QUERY_INIT;
  ets_cursor *cursor = NULL;
  uint64_t rows = 0;
  query.type = plan->types[index];
  query.job_id = options->send;
  query.subscriber_key = options->subscriber;
  query.batch_id = options->batch;
  query.since = options->since_text ? &options->since : NULL;
  query.until = options->until_text ? &options->until : NULL;
  query.where = plan->where;
  query.properties = plan->asked[index].items;
  query.property_count = plan->asked[index].count;
  ets_status status = ets_events_open(&cursor, session, &query, &scope);
  status = work_pump(work, cursor, status, taker, &rows);
  if (status == ETS_OK && rows == 0 && options->send)
    status = send_confirm(session, options->send, &scope);
  return status;
}

static bool read_where(struct plan *plan, const char *text) {
  ets_error error;
  if (!text)
    return true;
  ets_status status = ets_filter_parse(&plan->where, text, &error);
  for (size_t i = 0; status == ETS_OK && i < plan->type_count; i++)
    status = ets_filter_check(plan->where, ets_event_object_type(plan->types[i]), &error);
  if (status != ETS_OK)
    complain("--where: %s", error.message);
  return status == ETS_OK;
}

int run_events(struct ettrack *ettrack) {
  const struct options *options = &ettrack->options;
  struct plan plan = {.type_count = 0};
  struct work work = {.ettrack = ettrack, .data = &plan, .format = options->format, .run = run};
  int code = EXIT_CODE_USAGE;
  if (!read_types(&plan, options->operands[0]) || !read_where(&plan, options->where))
    goto cleanup;
  code = EXIT_CODE_FAILED;
  if (!make_columns(&plan, options) || !share_columns(&plan)) {
    complain("out of memory");
    goto cleanup;
  }
  work.count = plan.type_count;
  work.columns = plan.columns.items;
  work.column_count = plan.columns.count;
  code = work_run(&work);

cleanup:
  for (size_t i = 0; i < plan.type_count; i++)
    columns_free(&plan.asked[i]);
  columns_free(&plan.columns);
  ets_filter_free(plan.where);
  return code;
}
