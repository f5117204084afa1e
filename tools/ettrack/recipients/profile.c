#include "ettrack/recipients/profile.h"

#include "common/escape.h"
#include "ettrack/output/cell.h"

#include <inttypes.h>
#include <string.h>

enum { NARROW = 60, INDENT = 4 };

/* A name and a value, which is below in a narrow terminal. "" goes on with the one above. */
static void profile_line(struct buffer *out, size_t width, const char *name, const char *value) {
  struct buffer safe = {0};
  escape_terminal(&safe, value, strlen(value));
  if (width >= NARROW) {
    buffer_printf(out, "  %-18s %s\n", name, buffer_text(&safe));
  } else {
    if (*name)
      buffer_printf(out, "  %s\n", name);
    cell_repeat(out, ' ', INDENT);
    cell_write_lines(out, buffer_text(&safe), safe.size, width > 2 * INDENT ? width - INDENT : 0,
                     INDENT);
    buffer_add_char(out, '\n');
  }
  buffer_free(&safe);
}

static void write_subscriber(struct buffer *out, size_t width, const ets_recipient_log *log,
                             const char *subscriber_key) {
  static const char *const shown[] = {"EmailAddress", "Status", "CreatedDate", "UnsubscribedDate"};
  buffer_add_text(out, "Subscriber ");
  const char *key = ets_get_text_or(log->subscriber, "SubscriberKey", subscriber_key);
  escape_terminal(out, key, strlen(key));
  buffer_add_char(out, '\n');
  for (size_t i = 0; i < sizeof shown / sizeof *shown; i++)
    if (ets_get_text(log->subscriber, shown[i]))
      profile_line(out, width, shown[i], ets_get_text(log->subscriber, shown[i]));
}

/* The name comes last, since it may hold anything. */
static void write_lists(struct buffer *out, size_t width, const ets_recipient_log *log) {
  struct buffer line = {0};
  if (log->list_count == 0)
    profile_line(out, width, "Lists", "none that the account shows");
  for (size_t i = 0; i < log->list_count; i++) {
    const ets_recipient_list *list = &log->lists[i];
    buffer_reset(&line);
    buffer_printf(&line, "%" PRId64 ", %s%s%s", list->id, list->status ? list->status : "no status",
                  list->name ? ", " : "", list->name ? list->name : "");
    profile_line(out, width, i == 0 ? "Lists" : "", buffer_text(&line));
  }
  buffer_free(&line);
}

/* "sent 3, open 2" */
static void write_totals(struct buffer *out, size_t width, const ets_recipient_log *log) {
  struct buffer totals = {0};
  for (int type = 0; type < ETS_EVENT_TYPE_COUNT; type++) {
    if (log->counts[type] == 0)
      continue;
    buffer_printf(&totals, "%s%s %zu", totals.size > 0 ? ", " : "",
                  ets_event_name((ets_event_type)type), log->counts[type]);
  }
  profile_line(out, width, "Events", totals.size > 0 ? buffer_text(&totals) : "none");
  buffer_add_char(out, '\n');
  buffer_free(&totals);
}

void profile_write(struct buffer *out, size_t width, const ets_recipient_log *log,
                   const char *subscriber_key) {
  write_subscriber(out, width, log, subscriber_key);
  write_lists(out, width, log);
  write_totals(out, width, log);
}
