/* ettrack retrieve: objects of any type. */
#include "common/program.h"
#include "ettrack/cli/choose.h"
#include "ettrack/cli/command.h"
#include "ettrack/output/copies.h"
#include "ettrack/run/pump.h"

#include <stdio.h>
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

static bool read_where(struct plan *plan, const char *text) {
  ets_error error;
  if (!text)
    return true;
  ets_status status = ets_filter_parse(&plan->where, text, &error);
  if (status == ETS_OK)
    status = ets_filter_check(plan->where, plan->object_type, &error);
  if (status != ETS_OK)
    complain("--where: %s", error.message);
  return status == ETS_OK;
}

/* --- without --properties -------------------------------------------------------------------- */

/* What every object has tells least of it, unless several accounts are read. */
static int rank_of(const struct plan *plan, const char *name) {
  static const char *const general[] = {
      "Client.ID", "Client.PartnerClientKey", "PartnerKey", "ModifiedDate", "CreatedDate", NULL};
  if (plan->several_accounts && strcmp(name, "Client.ID") == 0)
    return 0;
  int rank = (int)plan->columns.count + 1;
  rank = rank < 40 ? rank : 40;
  for (size_t i = 0; general[i]; i++)
    if (strcmp(general[i], name) == 0)
      return rank + 40;
  return rank;
}

static bool take_name(struct plan *plan, ets_object property) {
  ets_value value = ets_get(property, "Name");
  if (value.presence != ETS_PRESENT || ets_get_integer(property, "IsRetrievable", 0) != 1)
    return true;
  if (!copies_add(&plan->names, "", &value))
    return false;
  const char *name = copies_row(&plan->names, plan->names.rows - 1)->text;
  return columns_add(&plan->columns, name, rank_of(plan, name));
}

/* All properties that the service says can be retrieved. */
static ets_status ask_for_names(struct plan *plan, ets_session *session, ets_error *error) {
  ets_object response;
  ets_status status = ets_describe(&response, session, &plan->object_type, 1);
  *error = *ets_session_error(session);
  for (size_t i = 0; status == ETS_OK; i++) {
    char path[64];
    snprintf(path, sizeof path, "ObjectDefinition[0].Properties[%zu]", i);
    ets_value property = ets_get(response, path);
    if (property.presence != ETS_PRESENT)
      break;
    if (!take_name(plan, property.object))
      status = ets_error_set(error, ETS_E_NOMEM, "out of memory");
  }
  if (status == ETS_OK && plan->columns.count == 0)
    status =
        ets_error_set(error, ETS_E_NOT_FOUND, "nothing of %s can be retrieved", plan->object_type);
  return status;
}

static int describe_columns(struct plan *plan, struct service *service) {
  ets_session *session = NULL;
  ets_error error;
  if (strchr(plan->object_type, '[')) {
    complain("the service does not describe the columns of %s: name them with --properties",
             plan->object_type);
    return EXIT_USAGE;
  }
  ets_status status = service_session(&session, service, 0, &error);
  if (status == ETS_OK)
    status = ask_for_names(plan, session, &error);
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
                      .run = fetch};
  int code = EXIT_USAGE;
  copies_init(&plan.names, 1);
  if (!read_where(&plan, options->where))
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
    .text = "OBJECTTYPE as the service writes it, case included; the rows of a data extension are\n"
            "DataExtensionObject[KEY]. Without --properties the service is asked to describe the\n"
            "type, and everything is retrieved that can be; a data extension needs them named.\n",
    .examples =
        "  ettrack retrieve Send --properties ID,Subject --where \"SendDate > '2026-11-01'\"\n"
        "  ettrack retrieve 'DataExtensionObject[SendLog]' --properties JobID,SubscriberID\n",
    .takes = OPTIONS_RETRIEVAL | OPTIONS_WHERE | OPTIONS_LIMIT,
    .run = run};
