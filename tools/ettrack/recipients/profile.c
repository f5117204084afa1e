#include "ettrack/recipients/profile.h"

#include "common/escape.h"
#include "ettrack/output/cell.h"
#include "ettrack/output/copies.h"
#include "ettrack/output/output.h"

#include <stdio.h>
#include <string.h>

enum { LISTS_NAMED = 50, NARROW = 60, INDENT = 4 };

void profile_line(struct buffer *out, size_t width, const char *name, const char *value) {
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

static ets_status write_subscriber(struct buffer *out, const struct service *service,
                                   ets_session *session, const char *subscriber_key) {
  const char *items[] = {"SubscriberKey", "EmailAddress", "Status", "CreatedDate",
                         "UnsubscribedDate"};
  int ranks[] = {1, 2, 3, 4, 5};
  const struct columns columns = {items, ranks, sizeof items / sizeof *items};
  ets_cursor *cursor = NULL;
  ets_object row;
  ets_status status = service_find(&cursor, service, session, "Subscriber", &columns,
                                   ets_filter_equals("SubscriberKey", subscriber_key));
  if (status == ETS_OK)
    status = ets_cursor_next(cursor, &row);
  if (status == ETS_OK) {
    buffer_add_text(out, "Subscriber ");
    escape_terminal(out, subscriber_key, strlen(subscriber_key));
    buffer_add_char(out, '\n');
    for (size_t i = 1; i < columns.count; i++)
      if (ets_get_text(row, items[i]))
        profile_line(out, output_columns(service->options->output), items[i],
                     ets_get_text(row, items[i]));
  }
  ets_cursor_close(cursor);
  return status == ETS_END ? ETS_E_NOT_FOUND : status;
}

/* --- lists ----------------------------------------------------------------------------------- */

static ets_status fetch_lists(struct copies *lists, const struct service *service,
                              ets_session *session, const char *subscriber_key) {
  const char *items[] = {"ListID", "Status"};
  int ranks[] = {1, 2};
  const struct columns columns = {items, ranks, 2};
  ets_cursor *cursor = NULL;
  ets_object row;
  ets_status status = service_find(&cursor, service, session, "ListSubscriber", &columns,
                                   ets_filter_equals("SubscriberKey", subscriber_key));
  while (status == ETS_OK && (status = ets_cursor_next(cursor, &row)) == ETS_OK) {
    const ets_value values[] = {ets_get(row, items[0]), ets_get(row, items[1])};
    if (!copies_add(lists, "", values))
      status = ETS_E_NOMEM;
  }
  ets_cursor_close(cursor);
  return status == ETS_END ? ETS_OK : status;
}

static ets_status fetch_list_names(struct copies *names, const struct service *service,
                                   ets_session *session, struct copies *lists) {
  const char *items[] = {"ID", "ListName"};
  int ranks[] = {1, 2};
  const struct columns columns = {items, ranks, 2};
  char texts[LISTS_NAMED][24];
  const char *values[LISTS_NAMED];
  size_t count = lists->rows < LISTS_NAMED ? lists->rows : LISTS_NAMED;
  ets_cursor *cursor = NULL;
  ets_object row;
  if (count == 0)
    return ETS_OK;
  for (size_t i = 0; i < count; i++) {
    ets_value_format(&copies_row(lists, i)[0], texts[i], sizeof texts[i]);
    values[i] = texts[i];
  }
  ets_status status =
      service_find(&cursor, service, session, "List", &columns, ets_filter_in("ID", values, count));
  while (status == ETS_OK && (status = ets_cursor_next(cursor, &row)) == ETS_OK) {
    const ets_value list[] = {ets_get(row, items[0]), ets_get(row, items[1])};
    if (!copies_add(names, "", list))
      status = ETS_E_NOMEM;
  }
  ets_cursor_close(cursor);
  return status == ETS_END ? ETS_OK : status;
}

static const char *name_of(struct copies *names, int64_t id) {
  for (size_t i = 0; i < names->rows; i++)
    if (copies_row(names, i)[0].integer == id)
      return copies_row(names, i)[1].text;
  return NULL;
}

/* The name comes last, since it may hold anything. */
static void write_lists(struct buffer *out, size_t width, struct copies *lists,
                        struct copies *names) {
  struct buffer line = {0};
  if (lists->rows == 0)
    profile_line(out, width, "Lists", "none that the account shows");
  for (size_t i = 0; i < lists->rows; i++) {
    const ets_value *list = copies_row(lists, i);
    const char *name = name_of(names, list[0].integer);
    buffer_reset(&line);
    buffer_printf(&line, "%lld, %s%s%s", (long long)list[0].integer,
                  list[1].text ? list[1].text : "no status", name ? ", " : "", name ? name : "");
    profile_line(out, width, i == 0 ? "Lists" : "", buffer_text(&line));
  }
  buffer_free(&line);
}

ets_status profile_write(struct buffer *out, const struct service *service, ets_session *session,
                         const char *subscriber_key) {
  struct copies lists, names;
  copies_init(&lists, 2);
  copies_init(&names, 2);
  ets_status status = write_subscriber(out, service, session, subscriber_key);
  if (status == ETS_OK)
    status = fetch_lists(&lists, service, session, subscriber_key);
  if (status == ETS_OK)
    status = fetch_list_names(&names, service, session, &lists);
  if (status == ETS_OK)
    write_lists(out, output_columns(service->options->output), &lists, &names);
  copies_free(&names);
  copies_free(&lists);
  return status;
}
