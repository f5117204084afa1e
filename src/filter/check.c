#include "filter/ast.h"
#include "filter/property.h"
#include "contract/retrievable.h"
#include "base/text.h"

#include <etsoap/time.h>

#include <stdio.h>
#include <string.h>

struct check {
  const char *object_type; /* NULL: any */
  ets_error *error;
};

/* ", column 14" for what came from text, "" for what a builder made. */
struct place {
  char text[24];
};

static struct place place_of(uint32_t column) {
  struct place place = {""};
  if (column)
    snprintf(place.text, sizeof place.text, ", column %u", (unsigned)column);
  return place;
}

static ets_status unknown_property(const struct check *check, const ets_filter *filter) {
  char buffer[160];
  struct place place = place_of(filter->column);
  const char *near =
      ets_filter_property_near(buffer, sizeof buffer, check->object_type, filter->property);
  if (near)
    return ets_error_set(check->error, ETS_E_USAGE,
                         "filter%s: %s has no property %s; did you mean %s?", place.text,
                         check->object_type, filter->property, near);
  return ets_error_set(check->error, ETS_E_USAGE,
                       "filter%s: %s has no property %s; its Describe lists what it has",
                       place.text, check->object_type, filter->property);
}

static ets_status no_single_value(const struct check *check, const ets_filter *filter) {
  return ets_error_set(check->error, ETS_E_USAGE,
                       "filter%s: %s of %s cannot be filtered, since it is no single value; name "
                       "a property of it, such as %s.ID",
                       place_of(filter->column).text, filter->property, check->object_type,
                       filter->property);
}

static bool is_date(const char *text) {
  ets_time time;
  return ets_time_parse(&time, text, 0) == ETS_OK;
}

static bool is_boolean(const char *text) {
  size_t n = strlen(text);
  return ets_text_is(text, n, "true") || ets_text_is(text, n, "false") ||
         ets_text_is(text, n, "1") || ets_text_is(text, n, "0");
}

static bool is_integer(const char *text) {
  text += *text == '-';
  return *text && text[strspn(text, "0123456789")] == '\0';
}

static ets_status check_values(const struct check *check, const ets_filter *filter,
                               bool (*is_right)(const char *), const char *wanted) {
  for (size_t i = 0; i < filter->value_count; i++) {
    const struct ets_filter_value *value = &filter->values[i];
    if (is_right(value->text))
      continue;
    size_t length = strlen(value->text), shown = ets_text_cut(value->text, length, 60);
    return ets_error_set(check->error, ETS_E_USAGE, "filter%s: %s takes %s, not '%.*s%s'",
                         place_of(value->column).text, filter->property, wanted, (int)shown,
                         value->text, shown < length ? "..." : "");
  }
  return ETS_OK;
}

bool ets_filter_has_dates(const ets_filter *filter) {
  for (size_t i = 0; i < filter->value_count; i++)
    if (!is_date(filter->values[i].text))
      return false;
  return filter->value_count > 0;
}

/* As it was written: without an offset when there was none. */
static void format_like(const ets_time *like, ets_time time, char *text, size_t size) {
  size_t length = ets_time_format(time, text, size);
  if (!like->zoned)
    text[length - 1] = '\0'; /* the Z of offset 0, with which it was read */
}

/* The service compares whole seconds, so a fraction would mean another moment than it says. */
static ets_status check_whole(const struct check *check, const ets_filter *filter) {
  for (size_t i = 0; i < filter->value_count; i++) {
    const struct ets_filter_value *value = &filter->values[i];
    ets_time time;
    char before[40], after[40];
    if (ets_time_parse(&time, value->text, 0) != ETS_OK || !ets_time_has_fraction(value->text))
      continue;
    ets_time floor = ets_time_floor(time);
    format_like(&time, floor, before, sizeof before);
    format_like(&time, ets_time_add(floor, 1000000), after, sizeof after);
    return ets_error_set(check->error, ETS_E_USAGE,
                         "filter%s: %s '%.60s' has a fraction of a second, and the service "
                         "compares whole ones: write '%s' or '%s'",
                         place_of(value->column).text, filter->property, value->text, before,
                         after);
  }
  return ETS_OK;
}

static ets_status check_dates(const struct check *check, const ets_filter *filter) {
  ets_status status =
      check_values(check, filter, is_date, "a date such as 2026-11-01T09:30:00-06:00");
  return status == ETS_OK ? check_whole(check, filter) : status;
}

/* Whether the values of a property that nothing is known of are sent as dates, or as text. */
static bool is_sent_as_dates(const struct check *check, const ets_filter *filter) {
  enum ets_property_kind kind = ets_filter_property(check->object_type, filter->property);
  return filter->op != ETS_LIKE && (kind == ETS_PROPERTY_DATE ||
                                    (kind == ETS_PROPERTY_MISSING && ets_filter_has_dates(filter)));
}

static ets_status check_simple(const struct check *check, const ets_filter *filter) {
  if (filter->unchecked)
    return is_sent_as_dates(check, filter) ? check_whole(check, filter) : ETS_OK;
  bool like = filter->op == ETS_LIKE; /* its value is a part of what is compared */
  if (like && check->object_type && ets_retrievable_is_rows(check->object_type))
    return ets_error_set(check->error, ETS_E_USAGE,
                         "filter%s: the service takes no LIKE on rows of a data extension; "
                         "compare %s with =, IN or BETWEEN",
                         place_of(filter->column).text, filter->property);
  switch (ets_filter_property(check->object_type, filter->property)) {
  case ETS_PROPERTY_MISSING:
    return unknown_property(check, filter);
  case ETS_PROPERTY_OBJECT:
    return no_single_value(check, filter);
  case ETS_PROPERTY_DATE:
    return like ? ETS_OK : check_dates(check, filter);
  case ETS_PROPERTY_BOOLEAN:
    return like ? ETS_OK : check_values(check, filter, is_boolean, "true or false");
  case ETS_PROPERTY_INTEGER:
    return like ? ETS_OK : check_values(check, filter, is_integer, "a whole number");
  case ETS_PROPERTY_OPEN:
  case ETS_PROPERTY_VALUE:
    break;
  }
  return ETS_OK;
}

static ets_status check_filter(const struct check *check, const ets_filter *filter) {
  if (filter->kind == ETS_FILTER_ERROR)
    return ets_error_set(check->error, filter->failed, "%s", filter->problem);
  if (filter->kind == ETS_FILTER_SIMPLE)
    return check_simple(check, filter);
  ets_status status = ETS_OK;
  for (size_t i = 0; i < filter->operand_count && status == ETS_OK; i++)
    status = check_filter(check, filter->operands[i]);
  return status;
}

ets_status ets_filter_check(const ets_filter *filter, const char *object_type, ets_error *error) {
  if (!filter)
    return ets_error_set(error, ETS_E_NOMEM,
                         "filter: there is none; its builder ran out of memory");
  struct check check = {object_type, error};
  return check_filter(&check, filter);
}
