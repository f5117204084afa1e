/* ettrack retrieve: objects of any type. */
#include "common/program.h"
#include "ettrack/cli/choose.h"
#include "ettrack/cli/command.h"
#include "ettrack/run/names.h"
#include "ettrack/run/pump.h"

#include <string.h>

struct plan {
  const char *object_type;
  bool several_accounts;
  struct columns columns;
  struct copies names; /* of columns that the service named */
  ets_filter *where;
};

static ets_status fetch(const struct work *work, size_t index, ets_session *session,
                        const struct taker *taker) {
  const struct plan *plan = work->data;
  ets_retrieve request = service_retrieve(work->service, plan->object_type, &plan->columns);
  ets_cursor *cursor = NULL;
  (void)index;
  request.filter = plan->where;
  ets_status status = ets_cursor_open(&cursor, session, &request);
  return pump(cursor, status, work->columns, taker, NULL);
}

static bool read_where(struct plan *plan, const struct options *options) {
  ets_error error;
  if (!options->where)
    return true;
  ets_status status = ets_filter_parse(&plan->where, options->where, &error);
  if (status == ETS_OK) {
    ets_filter_leave_unchecked(plan->where, options->unchecked);
    status = ets_filter_check(plan->where, plan->object_type, &error);
  }
  if (status != ETS_OK)
    complain("--where: %s", error.message);
  return status == ETS_OK;
}

static const char *object_type(const struct work *work, size_t index) {
  const struct plan *plan = work->data;
  (void)index;
  return plan->object_type;
}

/* --- without --properties -------------------------------------------------------------------- */

/* What an object is called by comes first, the ids of others late; what every object has tells
 * least of it, unless several accounts are read. */
static int rank_of(const struct plan *plan, const char *name) {
  static const char *const usual[] = {"ID",           "Name",    "CustomerKey", "SubscriberKey",
                                      "EmailAddress", "Subject", "Status",      NULL};
  static const char *const general[] = {
      "Client.ID", "Client.PartnerClientKey", "PartnerKey", "ModifiedDate", "CreatedDate", NULL};
  if (plan->several_accounts && strcmp(name, "Client.ID") == 0)
    return COLUMN_ALWAYS;
  int rank = (int)plan->columns.count < 15 ? (int)plan->columns.count + 1 : 15;
  size_t n = strlen(name);
  if (columns_among(general, name))
    return rank + 60;
  if (columns_among(usual, name))
    return rank;
  return n > 2 && strcmp(name + n - 2, "ID") == 0 ? rank + 40 : rank + 20;
}

/* All properties that the service says can be retrieved. */
static int describe_columns(struct plan *plan, struct service *service) {
  ets_session *session = NULL;
  ets_error error;
  ets_status status = service_session(&session, service, 0, &error);
  if (status == ETS_OK)
    status = names_fetch(&plan->names, service, session, plan->object_type, &error);
  for (size_t i = 0; status == ETS_OK && i < plan->names.rows; i++) {
    const char *name = copies_row(&plan->names, i)->text;
    if (!columns_add(&plan->columns, name, rank_of(plan, name)))
      status = ets_error_set(&error, ETS_E_NOMEM, "out of memory");
  }
  service_session_close(service, session);
  if (status == ETS_OK)
    return EXIT_DONE;
  complain("%s", error.message);
  return status == ETS_E_USAGE ? EXIT_USAGE : EXIT_FAILED;
}

/* --- the command ----------------------------------------------------------------------------- */

static int run(const struct invocation *invocation, struct service *service) {
  const struct options *options = &invocation->options;
  struct plan plan = {.object_type = invocation->operands.items[0],
                      .several_accounts = several_accounts(options)};
  struct work work = {.service = service,
                      .data = &plan,
                      .count = 1,
                      .writer = options->writer,
                      .columns = &plan.columns,
                      .object_type = object_type,
                      .run = fetch};
  int code = EXIT_USAGE;
  copies_init(&plan.names, 1);
  if (!read_where(&plan, options))
    goto cleanup;
  code = EXIT_FAILED;
  if (options->properties.count > 0 && !columns_choose(&plan.columns, options, NULL, NULL)) {
    complain("out of memory");
    goto cleanup;
  }
  if (options->properties.count == 0 && (code = describe_columns(&plan, service)) != EXIT_DONE)
    goto cleanup;
  code = work_perform(&work);

cleanup:
  columns_free(&plan.columns);
  copies_free(&plan.names);
  ets_filter_free(plan.where);
  return code;
}

const struct command command_retrieve = {
    .name = "retrieve",
    .section = SECTION_OBJECTS,
    .operands = "OBJECTTYPE",
    .least = 1,
    .most = 1,
    .summary = "objects of any type",
    .text =
        "OBJECTTYPE as the service writes it, case included; the rows of a data extension are\n"
        "DataExtensionObject[KEY]. Without --properties the service is asked to describe the\n"
        "type, or for the fields of the data extension, and everything is retrieved that can be.\n"
        "--unchecked lets --where name what neither the contract nor a Describe knows.\n",
    .examples = "  ettrack retrieve Send --properties ID --where \"SendDate > '2026-11-01'\"\n"
                "  ettrack retrieve 'DataExtensionObject[SendLog]' --properties JobID\n",
    .takes = OPTIONS_RETRIEVAL | OPTIONS_WHERE | OPTIONS_LIMIT,
    .run = run};
