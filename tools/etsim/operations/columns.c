#include "operations/columns.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "ground/date.h"
#include "ground/value.h"

static bool is_true(const struct node *node, const char *name) {
  const char *text = node_text(node, name);
  return text && (strcasecmp(text, "true") == 0 || strcmp(text, "1") == 0);
}

bool column_is_key(const struct node *column) {
  return is_true(column, "IsPrimaryKey");
}

bool column_is_required(const struct node *column) {
  return is_true(column, "IsRequired") || column_is_key(column);
}

bool columns_name(struct names *names, const struct node *fields) {
  bool done = true;
  for (const struct node *field = fields ? fields->first : NULL; done && field;
       field = field->next) {
    const char *name = node_text(field, "Name");
    done = !name || names_put(names, name, field);
  }
  return done;
}

static bool is_number(const char *text, bool decimal) {
  char *end;
  errno = 0;
  if (decimal)
    (void)strtod(text, &end);
  else
    (void)strtoll(text, &end, 10);
  return end != text && !*end && !errno;
}

/* Dates of rows come back as `8/9/2026 1:02:03 PM`. */
static void print_row_date(char *text, size_t size, int64_t milliseconds) {
  char iso[DATE_TEXT_SIZE + 1];
  iso[date_write(iso, milliseconds)] = 0;
  unsigned month = (unsigned)strtoul(iso + 5, NULL, 10);
  unsigned day = (unsigned)strtoul(iso + 8, NULL, 10);
  unsigned hour = (unsigned)strtoul(iso + 11, NULL, 10);
  snprintf(text, size, "%u/%u/%.4s %u:%.5s %s", month, day, iso, hour % 12 ? hour % 12 : 12,
           iso + 14, hour < 12 ? "AM" : "PM");
}

static size_t count_characters(const char *text) {
  size_t count = 0;
  for (; *text; text++)
    count += (*text & 0xC0) != 0x80;
  return count;
}

const char *column_convert(const struct node *field, const char *value,
                           char text[COLUMN_TEXT_SIZE]) {
  const char *type = node_text(field, "FieldType");
  const char *limit = node_text(field, "MaxLength");
  int64_t date;
  size_t length = count_characters(value), most = limit ? strtoul(limit, NULL, 10) : 0;
  if (strlen(value) >= COLUMN_TEXT_SIZE || length > COLUMN_VALUE_LIMIT || (most && length > most))
    return "is longer than the column allows";
  snprintf(text, COLUMN_TEXT_SIZE, "%s", value);
  if (!*value)
    return column_is_required(field) ? "is required" : NULL;
  if (!type || strcmp(type, "Text") == 0)
    return NULL;
  if (strcmp(type, "Number") == 0)
    return is_number(value, false) ? NULL : "is no whole number";
  if (strcmp(type, "Decimal") == 0)
    return is_number(value, true) ? NULL : "is no number";
  if (strcmp(type, "EmailAddress") == 0)
    return is_address(value) ? NULL : "is no email address";
  if (strcmp(type, "Boolean") == 0) {
    bool truth = strcasecmp(value, "true") == 0 || strcmp(value, "1") == 0;
    if (!truth && strcasecmp(value, "false") != 0 && strcmp(value, "0") != 0)
      return "is neither true nor false";
    snprintf(text, COLUMN_TEXT_SIZE, "%s", truth ? "True" : "False");
  }
  if (strcmp(type, "Date") == 0) {
    if (!date_read(&date, value))
      return "is no date";
    print_row_date(text, COLUMN_TEXT_SIZE, date);
  }
  return NULL;
}

const char *column_complaint(const struct node *field, const char *value) {
  char text[COLUMN_TEXT_SIZE];
  return column_convert(field, value, text);
}
