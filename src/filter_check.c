#include "filter_ast.h"
#include "filter_wire.h"
#include "retrievable.h"
#include "text.h"

#include <etsoap/time.h>

#include <stdio.h>
#include <string.h>

struct check {
  const char *object_type;     /* NULL: any */
  const struct ets_type *type; /* of the contract; NULL: not in it */
  bool rows;                   /* of a data extension */
  ets_error *error;
};

/* ", column 14" for a filter that came from text. */
static const char *place(char *buffer, size_t size, uint32_t column) {
  buffer[0] = '\0';
  if (column)
    snprintf(buffer, size, ", column %u", (unsigned)column);
  return buffer;
}

const struct ets_field *ets_filter_field(const struct ets_type *type, const char *property) {
  const struct ets_field *field = NULL;
  while (type) {
    size_t n = strcspn(property, ".");
    field = ets_type_field(type, property, n);
    if (!field || !property[n])
      return field;
    type = field->kind == ETS_KIND_STRUCT ? field->type : NULL;
    property += n + 1;
  }
  return NULL;
}

/* Properties that filters are seen to use though Describe does not list them. */
static bool is_known_filter(const char *object_type, const char *property) {
  static const char *const pairs[][2] = {
      {"TriggeredSendSummary", "TriggeredSendDefinitionObjectID"},
      {"Send", "SentDate"},
  };
  for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
    if (strcmp(pairs[i][0], object_type) == 0 && strcmp(pairs[i][1], property) == 0)
      return true;
  return false;
}

static ets_status unknown_property(const struct check *check, const ets_filter *filter) {
  char where[32];
  size_t count;
  const struct ets_retrievable *known = ets_retrievable_properties(&count, check->object_type);
  struct ets_suggestion suggestion = ets_suggest(filter->property, strlen(filter->property));
  for (size_t i = 0; i < count; i++)
    ets_suggest_from(&suggestion, known[i].property);
  for (uint32_t i = 0; check->type && i < check->type->field_count; i++)
    ets_suggest_from(&suggestion, check->type->fields[i].name);
  return ets_error_set(check->error, ETS_E_USAGE, "filter%s: %s has no property %s%s%s%s",
                       place(where, sizeof where, filter->column), check->object_type,
                       filter->property, suggestion.best ? "; did you mean " : "",
                       suggestion.best ? suggestion.best : "", suggestion.best ? "?" : "");
}

static ets_status check_property(const struct check *check, const ets_filter *filter) {
  if (!check->object_type || check->rows || !ets_retrievable_knows(check->object_type))
    return ETS_OK;
  if (ets_retrievable_find(check->object_type, filter->property) ||
      is_known_filter(check->object_type, filter->property))
    return ETS_OK;
  const struct ets_field *field = ets_filter_field(check->type, filter->property);
  if (!field)
    return unknown_property(check, filter);
  if (field->kind == ETS_KIND_STRUCT || (field->flags & ETS_FIELD_ARRAY)) {
    char where[32];
    return ets_error_set(check->error, ETS_E_USAGE,
                         "filter%s: %s of %s cannot be filtered, it is no single value; name a "
                         "property of it, such as %s.ID",
                         place(where, sizeof where, filter->column), filter->property,
                         check->object_type, filter->property);
  }
  return ETS_OK;
}

static ets_status check_dates(const struct check *check, const ets_filter *filter) {
  ets_time time;
  char where[32];
  for (size_t i = 0; i < filter->value_count; i++)
    if (ets_time_parse(&time, filter->values[i].text, 0) != ETS_OK)
      return ets_error_set(check->error, ETS_E_USAGE,
                           "filter%s: %s is a date, `%.60s` is none; write 2026-11-01 or "
                           "2026-11-01T09:30:00Z",
                           place(where, sizeof where, filter->values[i].column), filter->property,
                           filter->values[i].text);
  return ETS_OK;
}

static ets_status check_numbers(const struct check *check, const ets_filter *filter) {
  char where[32];
  for (size_t i = 0; i < filter->value_count; i++) {
    const char *text = filter->values[i].text;
    const char *digits = *text == '-' ? text + 1 : text;
    if (!*digits || digits[strspn(digits, "0123456789")])
      return ets_error_set(
          check->error, ETS_E_USAGE, "filter%s: %s is a whole number, `%.60s` is none",
          place(where, sizeof where, filter->values[i].column), filter->property, text);
  }
  return ETS_OK;
}

static ets_status check_values(const struct check *check, const ets_filter *filter) {
  const struct ets_field *field = ets_filter_field(check->type, filter->property);
  if (!field || filter->op == ETS_LIKE)
    return ETS_OK;
  switch ((enum ets_kind)field->kind) {
  case ETS_KIND_DATETIME:
    return check_dates(check, filter);
  case ETS_KIND_INT:
  case ETS_KIND_LONG:
  case ETS_KIND_SHORT:
  case ETS_KIND_BYTE:
    return check_numbers(check, filter);
  default:
    return ETS_OK;
  }
}

static ets_status check_simple(const struct check *check, const ets_filter *filter) {
  if (check->rows && filter->op == ETS_LIKE) {
    char where[32];
    return ets_error_set(check->error, ETS_E_USAGE,
                         "filter%s: the service takes no LIKE on data extension rows; compare "
                         "%s with =, IN or a range",
                         place(where, sizeof where, filter->column), filter->property);
  }
  ets_status status = check_property(check, filter);
  return status == ETS_OK ? check_values(check, filter) : status;
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
    return ets_error_set(error, ETS_E_NOMEM, "out of memory");
  struct check check = {object_type, NULL, false, error};
  if (object_type) {
    check.rows = ets_retrievable_is_rows(object_type);
    check.type = check.rows ? NULL : ets_type_find(object_type, strlen(object_type));
  }
  return check_filter(&check, filter);
}
