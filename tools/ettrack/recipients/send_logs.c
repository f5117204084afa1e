#include "ettrack/recipients/send_logs.h"

#include "common/buffer.h"
#include "common/program.h"

#include <string.h>

/* Of the template that every account has. */
static const char template_key[] = "SendLog";

static bool is_other(ets_object row, const char *send_log) {
  return strcmp(ets_get_text_or(row, "Template.CustomerKey", ""), template_key) == 0 &&
         strcmp(ets_get_text_or(row, "CustomerKey", ""), send_log) != 0 &&
         strcmp(ets_get_text_or(row, "Name", ""), send_log) != 0;
}

ets_status send_logs_warn(const struct service *service, ets_session *session,
                          const char *send_log) {
  const char *items[] = {"CustomerKey", "Name", "Template.CustomerKey"};
  int ranks[] = {1, 2, 3};
  const struct columns columns = {items, ranks, 3};
  struct buffer others = {0};
  ets_cursor *cursor = NULL;
  ets_object row;
  ets_status status = service_find(&cursor, service, session, "DataExtension", &columns,
                                   ets_filter_equals("Template.CustomerKey", template_key));
  while (status == ETS_OK && (status = ets_cursor_next(cursor, &row)) == ETS_OK)
    if (is_other(row, send_log))
      buffer_printf(&others, "%s%s", others.size > 0 ? ", " : "",
                    ets_get_text_or(row, "Name", ets_get_text_or(row, "CustomerKey", "")));
  ets_cursor_close(cursor);
  if (others.size > 0 && !service->options->quiet)
    complain("the account has %s as a send log beside %s, and the service writes to one of them: "
             "if messages do not turn up in %s, name the other one with --send-log",
             buffer_text(&others), send_log, send_log);
  buffer_free(&others);
  return status == ETS_END || status == ETS_E_REFUSED || status == ETS_E_PERMISSION ? ETS_OK
                                                                                    : status;
}
