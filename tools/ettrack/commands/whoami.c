/* ettrack whoami: whose account the settings lead to. */
#include "common/program.h"
#include "ettrack/cli/command.h"
#include "ettrack/output/value.h"
#include "ettrack/run/work.h"

#include <etsoap/auth.h>

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { COLUMNS = 2, TEXT_SIZE = 300 };

static const char *names[] = {"What", "Value"};
static int ranks[] = {1, 2};

struct answer {
  const struct taker *taker;
  bool more;
};

static void tell(struct answer *answer, const char *what, const char *value) {
  ets_value values[COLUMNS];
  const char *const texts[COLUMNS] = {what, value};
  if (!value || !*value || !answer->more)
    return;
  for (size_t i = 0; i < COLUMNS; i++)
    values[i] = value_of_text(texts[i]);
  answer->more = answer->taker->row(answer->taker->context, "Whoami", values);
}

/* The user that the name is of. There is no call that tells whose a token is. */
static ets_status tell_user(struct answer *answer, const struct service *service,
                            ets_session *session) {
  const char *kind = ets_settings_credentials(service->settings);
  const char *name = kind ? ets_settings_get(service->settings, kind) : "";
  const char *items[] = {"UserID", "Name", "Email"};
  int order[] = {1, 2, 3};
  const struct columns columns = {items, order, 3};
  char text[TEXT_SIZE];
  ets_cursor *cursor = NULL;
  ets_object row;
  if (!kind || strcmp(kind, "username") != 0) {
    snprintf(text, sizeof text, "%.200s", name);
    if (kind && strcmp(kind, "client_id") == 0)
      tell(answer, "client", text);
    tell(answer, "user", "not available: SOAP does not tell the user of a token");
    return ETS_OK;
  }
  ets_status status = service_find(&cursor, service, session, "AccountUser", &columns,
                                   ets_filter_equals("UserID", name));
  if (status == ETS_OK)
    status = ets_cursor_next(cursor, &row);
  if (status == ETS_OK)
    snprintf(text, sizeof text, "%.80s, %.100s, %.100s", name,
             ets_get_text_or(row, "Name", "no name"), ets_get_text_or(row, "Email", "no address"));
  else
    snprintf(text, sizeof text, "%.80s", name);
  ets_cursor_close(cursor);
  if (status == ETS_OK || status == ETS_END || status == ETS_E_REFUSED ||
      status == ETS_E_PERMISSION) {
    tell(answer, "user", text);
    return ETS_OK;
  }
  return status;
}

/* Rows without an ID name no unit, and those of one ID are one. */
static bool is_new(int64_t **seen, size_t *count, int64_t id) {
  for (size_t i = 0; i < *count; i++)
    if ((*seen)[i] == id)
      return false;
  int64_t *more = realloc(*seen, (*count + 1) * sizeof *more);
  if (more) {
    *seen = more;
    more[(*count)++] = id;
  }
  return true;
}

/* `account` is 0 when the service names none. */
static ets_status tell_units(struct answer *answer, const struct service *service,
                             ets_session *session, int32_t account) {
  const char *items[] = {"ID", "Name", "ParentID"};
  int order[] = {1, 2, 3};
  const struct columns columns = {items, order, 3};
  char text[TEXT_SIZE] = "not available: the service names none";
  ets_cursor *cursor = NULL;
  ets_object row;
  int64_t *seen = NULL;
  size_t count = 0;
  bool told = false;
  ets_retrieve request = service_retrieve(service, "BusinessUnit", &columns);
  request.all_accounts = true;
  ets_status status = ets_cursor_open(&cursor, session, &request);
  while (status == ETS_OK && answer->more && (status = ets_cursor_next(cursor, &row)) == ETS_OK) {
    int64_t id = ets_get_integer(row, "ID", 0);
    if (id <= 0 || !is_new(&seen, &count, id))
      continue;
    char unit[TEXT_SIZE];
    snprintf(unit, sizeof unit, "%" PRId64 ", %.200s", id, ets_get_text_or(row, "Name", ""));
    tell(answer, id == account ? "account" : "business unit", unit);
    told = told || id == account;
  }
  free(seen);
  ets_cursor_close(cursor);
  if (status != ETS_OK && status != ETS_END && status != ETS_E_REFUSED &&
      status != ETS_E_PERMISSION)
    return status;
  if (account > 0)
    snprintf(text, sizeof text, "%" PRId32, account);
  if (!told)
    tell(answer, "account", text);
  if (count == 0 && (status == ETS_OK || status == ETS_END))
    tell(answer, "business units", "not available: the service names none");
  return ETS_OK;
}

/* webservice.s7.exacttarget.com says its stack. mc0123.soap.marketingcloudapis.com says its tenant,
 * and nothing in SOAP on which stack that is. */
static void tell_stack(struct answer *answer, const char *endpoint) {
  static const char tenants[] = ".soap.marketingcloudapis.com", stacks[] = "webservice.s";
  const char *host = endpoint ? strstr(endpoint, "://") : NULL;
  char name[TEXT_SIZE / 2], text[TEXT_SIZE];
  host = host ? host + 3 : "";
  snprintf(name, sizeof name, "%.*s", (int)strcspn(host, ":/"), host);
  char *tenant = strstr(name, tenants);
  size_t digits = strncmp(name, stacks, sizeof stacks - 1) == 0
                      ? strspn(name + sizeof stacks - 1, "0123456789")
                      : 0;
  if (tenant && tenant > name && !tenant[sizeof tenants - 1]) {
    *tenant = '\0';
    tell(answer, "tenant", name);
    snprintf(text, sizeof text, "not available: the address of a tenant does not tell it");
  } else if (digits > 0 && strcmp(name + sizeof stacks - 1 + digits, ".exacttarget.com") == 0)
    snprintf(text, sizeof text, "S%.*s", (int)digits, name + sizeof stacks - 1);
  else
    snprintf(text, sizeof text, "not available: %s names none", name);
  tell(answer, "stack", text);
}

static ets_status ask(const struct work *work, size_t index, ets_session *session,
                      const struct taker *taker) {
  struct answer answer = {taker, true};
  int32_t account = 0;
  ets_time until;
  char text[48];
  (void)index;
  ets_status status = ets_own_account(&account, session);
  if (status != ETS_OK && status != ETS_E_NOT_FOUND)
    return status;
  tell(&answer, "profile", ets_settings_get(work->service->settings, "profile"));
  tell(&answer, "endpoint", ets_session_endpoint(session));
  tell_stack(&answer, ets_session_endpoint(session));
  status = tell_user(&answer, work->service, session);
  if (ets_auth_token_until(session, &until)) {
    ets_time_format(until, text, sizeof text);
    tell(&answer, "token good until", text);
  }
  return status == ETS_OK ? tell_units(&answer, work->service, session, account) : status;
}

static int run(const struct invocation *invocation, struct service *service) {
  const struct columns columns = {names, ranks, COLUMNS};
  struct work work = {.service = service,
                      .count = 1,
                      .writer = invocation->options.writer,
                      .columns = &columns,
                      .run = ask};
  return work_perform(&work);
}

const struct command command_whoami = {
    .name = "whoami",
    .section = SECTION_PROGRAM,
    .operands = "",
    .summary = "which account and user the settings lead to",
    .text =
        "Endpoint, the tenant or the stack that it names, user or client, how long the token is\n"
        "good, the account, and the business units that can be read with --mid.\n",
    .examples = "  ettrack whoami\n"
                "  ettrack whoami --profile test --format json\n",
    .takes = OPTIONS_CALL,
    .run = run};
