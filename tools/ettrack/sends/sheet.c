#include "ettrack/sends/sheet.h"

#include "ettrack/columns/rates.h"
#include "ettrack/output/cell.h"
#include "ettrack/output/output.h"
#include "ettrack/sends/counts.h"
#include "ettrack/output/width.h"
#include "ettrack/output/value.h"

#include <etsoap/tracking.h>

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* An item that the service always knows is shown even when the answer leaves it out. `of` is the
 * count that a share is taken of. */
static const struct item {
  const char *name;
  bool always;
  const char *of;
} identity[] = {{"Subject", true, NULL},      {"EmailName", false, NULL}, {"FromName", false, NULL},
                {"FromAddress", false, NULL}, {"SentDate", true, NULL},   {"SendDate", false, NULL},
                {"Status", true, NULL},       {"PreviewURL", true, NULL}, {NULL, false, NULL}},
  audience[] = {{"NumberTargeted", true, NULL},
                {"NumberExcluded", true, NULL},
                {"NumberErrored", true, NULL},
                {"Duplicates", true, NULL},
                {"InvalidAddresses", true, NULL},
                {"MissingAddresses", true, NULL},
                {"ExistingUndeliverables", true, NULL},
                {"ExistingUnsubscribes", true, NULL},
                {NULL, false, NULL}},
  delivery[] = {{"NumberSent", true, NULL},           {"NumberDelivered", true, "NumberSent"},
                {"HardBounces", true, "NumberSent"},  {"SoftBounces", true, "NumberSent"},
                {"OtherBounces", true, "NumberSent"}, {NULL, false, NULL}},
  response[] = {{"UniqueOpens", true, "NumberDelivered"},
                {"UniqueClicks", true, "NumberDelivered"},
                {"ForwardedEmails", true, "NumberDelivered"},
                {"Unsubscribes", true, "NumberDelivered"},
                {"Links", true, NULL},
                {"Events", true, NULL},
                {NULL, false, NULL}};

static const struct group {
  const char *title;
  const struct item *items;
} groups[] = {{"The message", identity},
              {"Recipients", audience},
              {"Delivery", delivery},
              {"Response", response}};

enum { GROUP_COUNT = sizeof groups / sizeof *groups, LIST_WIDTH = 64 };
/* Narrow terminals: text that does not fit behind its name stands below, and rates say of what. */
enum { NARROW = 72, NARROW_NAME = 20, NARROW_INDENT = 4 };

struct sheet {
  struct buffer cell;
  const ets_value *values; /* of the row in hand */
  size_t name_width;
  size_t number_width;
  size_t column; /* behind the name in hand */
};

static bool sheet_begin(struct output *output) {
  struct sheet *sheet = calloc(1, sizeof *sheet);
  output->state = sheet;
  return sheet != NULL;
}

static ets_value value_of(const struct output *output, const char *name) {
  const struct sheet *sheet = output->state;
  for (size_t i = 0; i < output->columns->count; i++)
    if (strcmp(output->columns->items[i], name) == 0)
      return sheet->values[i];
  return (ets_value){.presence = ETS_ABSENT};
}

static bool asked_for(const struct output *output, const char *name) {
  for (size_t i = 0; i < output->columns->count; i++)
    if (strcmp(output->columns->items[i], name) == 0)
      return true;
  return false;
}

static bool starts_with(const char *text, const char *start) {
  return strncmp(text, start, strlen(start)) == 0;
}

/* Whether the column has a line of its own in some group, or is a part of one. */
static bool is_grouped(const char *name) {
  if (starts_with(name, COUNTS_LINKS) || starts_with(name, COUNTS_EVENTS_PREFIX))
    return true;
  for (size_t i = 0; i < GROUP_COUNT; i++)
    for (const struct item *item = groups[i].items; item->name; item++)
      if (strcmp(item->name, name) == 0)
        return true;
  return false;
}

static bool is_narrow(const struct output *output) {
  return output->width > 0 && output->width < NARROW;
}

static void measure(struct output *output) {
  struct sheet *sheet = output->state;
  char number[32];
  sheet->name_width = 0;
  sheet->number_width = 0;
  for (size_t i = 0; i < output->columns->count; i++) {
    const ets_value *value = &sheet->values[i];
    bool part = strchr(output->columns->items[i], '.') && is_grouped(output->columns->items[i]);
    size_t width = width_of(output->columns->items[i], strlen(output->columns->items[i]));
    if (!part && width > sheet->name_width)
      sheet->name_width = width;
    if (value->presence != ETS_PRESENT || value->kind != ETS_VALUE_INTEGER)
      continue;
    size_t digits = ets_value_format(value, number, sizeof number);
    if (!part && digits > sheet->number_width)
      sheet->number_width = digits;
  }
  if (is_narrow(output) && sheet->name_width > NARROW_NAME)
    sheet->name_width = NARROW_NAME;
}

/* Where text goes on in the next line. */
static size_t text_indent(const struct output *output) {
  const struct sheet *sheet = output->state;
  return is_narrow(output) ? NARROW_INDENT : sheet->name_width + 4;
}

/* Takes text of so many columns below its name when there is no room behind it. */
static void make_room(struct output *output, size_t columns) {
  const struct sheet *sheet = output->state;
  if (!is_narrow(output) || sheet->column + columns <= output->width)
    return;
  buffer_trim(&output->out);
  buffer_add_char(&output->out, '\n');
  cell_repeat(&output->out, ' ', NARROW_INDENT);
}

static void write_name(struct output *output, const char *name) {
  struct sheet *sheet = output->state;
  size_t width = width_of(name, strlen(name));
  size_t room = width > sheet->name_width ? width : sheet->name_width;
  buffer_add_text(&output->out, "  ");
  cell_write(&output->out, name, strlen(name), room + 2, false, false);
  sheet->column = room + 4;
}

/* "   97.5 % of NumberSent" */
static void write_share(struct output *output, const ets_value *value, const char *of) {
  char share[64];
  ets_value whole = value_of(output, of);
  if (value->presence != ETS_PRESENT || whole.presence != ETS_PRESENT)
    return;
  double percent = ets_rate_share(value->integer, whole.integer);
  if (percent < 0)
    return;
  if (is_narrow(output))
    snprintf(share, sizeof share, " %5.1f %%", percent);
  else
    snprintf(share, sizeof share, "  %5.1f %% of %s", percent, of);
  buffer_add_text(&output->out, share);
}

static void write_lines(struct output *output, size_t indent, const char *text, size_t n) {
  size_t room = output->width > indent + 20 ? output->width - indent : 0;
  cell_write_lines(&output->out, text, n, room, indent);
}

static void write_value(struct output *output, const char *name, const ets_value *value,
                        const char *of) {
  struct sheet *sheet = output->state;
  write_name(output, name);
  buffer_reset(&sheet->cell);
  cell_append(&sheet->cell, value, &output->scratch);
  bool number = value->presence == ETS_PRESENT && value->kind == ETS_VALUE_INTEGER;
  if (number)
    cell_write(&output->out, buffer_text(&sheet->cell), sheet->cell.size, sheet->number_width, true,
               false);
  else {
    make_room(output, width_of(buffer_text(&sheet->cell), sheet->cell.size));
    write_lines(output, text_indent(output), buffer_text(&sheet->cell), sheet->cell.size);
  }
  if (of && number)
    write_share(output, value, of);
  buffer_add_char(&output->out, '\n');
}

static const char *plural(int64_t count) {
  return count == 1 ? "" : "s";
}

static void write_links(struct output *output, const char *job) {
  char text[128];
  ets_value links = value_of(output, COUNTS_LINKS);
  ets_value clicks = value_of(output, COUNTS_LINK_CLICKS);
  write_name(output, "Links");
  if (links.presence == ETS_PRESENT)
    snprintf(text, sizeof text, "%" PRId64 " link%s, %" PRId64 " click%s\n", links.integer,
             plural(links.integer), clicks.integer, plural(clicks.integer));
  else
    snprintf(text, sizeof text, "not counted; ettrack links %.20s has them\n", job);
  make_room(output, strlen(text) - 1);
  buffer_add_text(&output->out, text);
}

/* Counts one after the other, in lines that are not too long. */
struct counts {
  struct output *output;
  size_t column;
  bool any;
};

static void write_count(struct counts *counts, const char *name, int64_t count) {
  struct buffer *out = &counts->output->out;
  char text[64];
  if (count <= 0)
    return;
  int n = snprintf(text, sizeof text, "%s %" PRId64, name, count);
  if (counts->any) {
    buffer_add_char(out, ',');
    size_t width = counts->output->width, indent = text_indent(counts->output);
    width = width > indent + 20 && width - indent < LIST_WIDTH ? width - indent : LIST_WIDTH;
    bool full = counts->column + (size_t)n + 3 > width;
    buffer_add_char(out, full ? '\n' : ' ');
    cell_repeat(out, ' ', full ? indent : 0);
    counts->column = full ? 0 : counts->column + 2;
  }
  buffer_add_text(out, text);
  counts->column += (size_t)n;
  counts->any = true;
}

/* Counts of the event objects; false when they were not counted. */
static bool write_counted_events(struct output *output) {
  struct counts counts = {output, 0, false};
  bool counted = false;
  for (int type = 0; type < ETS_EVENT_TYPE_COUNT; type++) {
    ets_value count = value_of(output, counts_column(2 + (size_t)type));
    counted = counted || count.presence == ETS_PRESENT;
    if (count.presence == ETS_PRESENT)
      write_count(&counts, ets_event_name((ets_event_type)type), count.integer);
  }
  if (counted && !counts.any)
    buffer_add_text(&output->out, "none");
  return counted;
}

static int64_t number_of(struct output *output, const char *name) {
  ets_value value = value_of(output, name);
  return value.presence == ETS_PRESENT ? value.integer : 0;
}

/* What the statistics say about events without reading one. */
static void write_known_events(struct output *output) {
  struct counts counts = {output, 0, false};
  int64_t bounces = number_of(output, "HardBounces") + number_of(output, "SoftBounces") +
                    number_of(output, "OtherBounces");
  write_count(&counts, "sent", number_of(output, "NumberSent"));
  write_count(&counts, "bounce", bounces);
  write_count(&counts, "unsub", number_of(output, "Unsubscribes"));
  write_count(&counts, "forward", number_of(output, "ForwardedEmails"));
  if (counts.any) {
    buffer_add_text(&output->out, " by the statistics above;\n");
    cell_repeat(&output->out, ' ', text_indent(output));
  }
  const char rest[] = "the others are not counted, --counts does that";
  write_lines(output, text_indent(output), rest, strlen(rest));
}

static void write_events(struct output *output) {
  write_name(output, "Events");
  make_room(output, LIST_WIDTH);
  if (!write_counted_events(output))
    write_known_events(output);
  buffer_add_char(&output->out, '\n');
}

static void write_group(struct output *output, const struct group *group, const char *job) {
  bool titled = false;
  for (const struct item *item = group->items; item->name; item++) {
    ets_value value = value_of(output, item->name);
    bool links = strcmp(item->name, COUNTS_LINKS) == 0, events = strcmp(item->name, "Events") == 0;
    if (!asked_for(output, links    ? COUNTS_LINKS
                           : events ? COUNTS_EVENTS_PREFIX "SentEvent"
                                    : item->name))
      continue;
    if (value.presence == ETS_ABSENT && !item->always)
      continue;
    if (!titled) {
      buffer_add_text(&output->out, group->title);
      buffer_add_char(&output->out, '\n');
      titled = true;
    }
    if (links)
      write_links(output, job);
    else if (events)
      write_events(output);
    else
      write_value(output, item->name, &value, item->of);
  }
}

/* What they are made of stands behind each. */
static void write_rates(struct output *output) {
  struct sheet *sheet = output->state;
  bool titled = false;
  for (int rate = 0; rate < ETS_RATE_COUNT; rate++) {
    const char *name = ets_rate_name((ets_rate)rate), *formula = ets_rate_formula((ets_rate)rate);
    ets_value value = value_of(output, name);
    if (value.presence != ETS_PRESENT)
      continue;
    if (!titled)
      buffer_add_text(&output->out, "Rates\n");
    titled = true;
    write_name(output, name);
    cell_write(&output->out, value.text, strlen(value.text), sheet->number_width, true, false);
    buffer_add_text(&output->out, " %  ");
    if (!is_narrow(output))
      write_lines(output, sheet->name_width + sheet->number_width + 8, formula, strlen(formula));
    else {
      make_room(output, output->width);
      write_lines(output, NARROW_INDENT, formula, strlen(formula));
    }
    buffer_add_char(&output->out, '\n');
  }
}

static void write_others(struct output *output) {
  const struct sheet *sheet = output->state;
  bool titled = false;
  for (size_t i = 0; i < output->columns->count; i++) {
    const char *name = output->columns->items[i];
    ets_rate rate;
    if (is_grouped(name) || ets_rate_find(&rate, name) || sheet->values[i].presence == ETS_ABSENT ||
        strcmp(name, "ID") == 0)
      continue;
    if (!titled)
      buffer_add_text(&output->out, "Also\n");
    titled = true;
    write_value(output, name, &sheet->values[i], NULL);
  }
}

static void sheet_row(struct output *output, const char *type, const ets_value *values) {
  struct sheet *sheet = output->state;
  char job[32] = "JOBID";
  sheet->values = values;
  measure(output);
  ets_value id = value_of(output, "ID");
  if (output->rows > 0)
    buffer_add_char(&output->out, '\n');
  buffer_add_text(&output->out, type);
  if (id.presence == ETS_PRESENT) {
    ets_value_format(&id, job, sizeof job);
    buffer_add_char(&output->out, ' ');
    buffer_add_text(&output->out, job);
  }
  buffer_add_char(&output->out, '\n');
  for (size_t i = 0; i < GROUP_COUNT; i++)
    write_group(output, &groups[i], job);
  write_rates(output);
  write_others(output);
}

static void sheet_end(struct output *output, bool complete) {
  struct sheet *sheet = output->state;
  (void)complete;
  if (sheet)
    buffer_free(&sheet->cell);
  free(sheet);
  output->state = NULL;
}

const struct writer writer_sheet = {true, sheet_begin, sheet_row, NULL, sheet_end};
