/* ettrack sends, links, lists: what the cursors of tracking return. */
#include "columns.h"
#include "work.h"

#include <stdlib.h>

struct plan {
  const char *object_type;
  const char *const *all;
  const char *const *table;
  int32_t *job_ids; /* NULL: sends of a period */
  struct columns columns;
};

static const char *const sends_table[] = {
    "ID",          "SentDate",     "Subject",      "Status", "NumberSent", "NumberDelivered",
    "UniqueOpens", "UniqueClicks", "Unsubscribes", NULL};
static const char *const links_table[] = {
    "SendID", "Link.ID", "Link.TotalClicks", "Link.UniqueClicks", "Link.Alias", "Link.URL", NULL};
static const char *const lists_table[] = {"SendID",       "List.ID",         "List.ListName",
                                          "NumberSent",   "NumberDelivered", "HardBounces",
                                          "SoftBounces",  "OtherBounces",    "UniqueOpens",
                                          "UniqueClicks", "Unsubscribes",    NULL};

/* Properties of the user's choice are a Retrieve of their own. */
static ets_status open_chosen(ets_cursor **cursor, ets_session *session, const struct work *work,
                              ets_filter *filter, const ets_scope *scope) {
  const struct plan *plan = work->data;
  ets_retrieve request = ETS_RETRIEVE_INIT;
  request.object_type = plan->object_type;
  request.properties = plan->columns.items;
  request.property_count = plan->columns.count;
  request.filter = filter;
  request.batch_size = scope->batch_size;
  request.client_ids = scope->client_ids;
  request.client_id_count = scope->client_id_count;
  request.all_accounts = scope->all_accounts;
  ets_status status = ets_cursor_open(cursor, session, &request);
  ets_filter_free(filter);
  return status;
}

static ets_filter *period(const struct options *options) {
  char since[40], until[40];
  const char *low = since, *high = until;
  ets_filter *from = NULL, *to = NULL;
  if (options->since_text) {
    ets_time_format(options->since, since, sizeof since);
    from = ets_filter_simple("SendDate", ETS_GREATER_THAN_OR_EQUAL, &low, 1);
  }
  if (options->until_text) {
    ets_time_format(options->until, until, sizeof until);
    to = ets_filter_simple("SendDate", ETS_LESS_THAN_OR_EQUAL, &high, 1);
  }
  return options->since_text && options->until_text ? ets_filter_and(from, to)
         : options->since_text                      ? from
                                                    : to;
}

static ets_status open_sends(ets_cursor **cursor, ets_session *session, const struct work *work,
                             const ets_scope *scope) {
  const struct options *options = &work->ettrack->options;
  if (options->properties.count > 0)
    return open_chosen(cursor, session, work, period(options), scope);
  return ets_sends_open(cursor, session, options->since_text ? &options->since : NULL,
                        options->until_text ? &options->until : NULL, scope);
}

static ets_status run_sends_work(const struct work *work, size_t index, ets_session *session,
                                 struct taker *taker) {
  const ets_scope scope = scope_of(&work->ettrack->options);
  ets_cursor *cursor = NULL;
  (void)index;
  ets_status status = open_sends(&cursor, session, work, &scope);
  return work_pump(work, cursor, status, taker, NULL);
}

/* No rows may mean that there is no such send, which is worth one more question. */
static ets_status run_of_send(const struct work *work, size_t index, ets_session *session,
                              struct taker *taker) {
  const struct plan *plan = work->data;
  const ets_scope scope = scope_of(&work->ettrack->options);
  int32_t job_id = plan->job_ids[index];
  ets_cursor *cursor = NULL;
  uint64_t rows = 0;
  ets_status status;
  if (work->ettrack->options.properties.count > 0)
    status =
        open_chosen(&cursor, session, work, ets_filter_equals_integer("SendID", job_id), &scope);
  else if (plan->all == ets_link_properties())
    status = ets_links_open(&cursor, session, job_id, &scope);
  else
    status = ets_lists_open(&cursor, session, job_id, &scope);
  status = work_pump(work, cursor, status, taker, &rows);
  if (status == ETS_OK && rows == 0)
    status = send_confirm(session, job_id, &scope);
  return status;
}

static bool read_job_ids(struct plan *plan, const struct options *options) {
  for (size_t i = 0; i < options->operand_count; i++)
    if (!read_job_id(&plan->job_ids[i], options->operands[i]))
      return false;
  return true;
}

static int run_plan(struct ettrack *ettrack, struct plan *plan, bool of_send) {
  const struct options *options = &ettrack->options;
  struct work work = {.ettrack = ettrack, .data = plan, .format = options->format};
  int code = EXIT_CODE_FAILED;
  work.count = of_send ? options->operand_count : 1;
  work.run = of_send ? run_of_send : run_sends_work;
  plan->job_ids = calloc(work.count, sizeof *plan->job_ids);
  if (!plan->job_ids || !columns_choose(&plan->columns, options, plan->all, plan->table))
    complain("out of memory");
  else if (of_send && !read_job_ids(plan, options))
    code = EXIT_CODE_USAGE;
  else {
    work.columns = plan->columns.items;
    work.column_count = plan->columns.count;
    code = work_run(&work);
  }
  columns_free(&plan->columns);
  free(plan->job_ids);
  return code;
}

int run_sends(struct ettrack *ettrack) {
  struct plan plan = {.object_type = "Send", .all = ets_send_properties(), .table = sends_table};
  if (!ettrack->options.since_text) {
    complain("ettrack sends needs --since T: the account may hold many years of sends");
    return EXIT_CODE_USAGE;
  }
  return run_plan(ettrack, &plan, false);
}

int run_links(struct ettrack *ettrack) {
  struct plan plan = {
      .object_type = "LinkSend", .all = ets_link_properties(), .table = links_table};
  return run_plan(ettrack, &plan, true);
}

int run_lists(struct ettrack *ettrack) {
  struct plan plan = {
      .object_type = "ListSend", .all = ets_list_properties(), .table = lists_table};
  return run_plan(ettrack, &plan, true);
}
