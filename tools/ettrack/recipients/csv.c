#include "ettrack/recipients/csv.h"

#include <stdlib.h>
#include <string.h>

static const char byte_order_mark[] = "\xEF\xBB\xBF";

void csv_begin(struct csv *csv, char *text) {
  *csv = (struct csv){.at = text};
  if (strncmp(text, byte_order_mark, sizeof byte_order_mark - 1) == 0)
    csv->at += sizeof byte_order_mark - 1;
}

void csv_end(struct csv *csv) {
  free(csv->fields);
  csv->fields = NULL;
}

static bool add_field(struct csv *csv, const char *field) {
  const char **fields = realloc(csv->fields, (csv->count + 1) * sizeof *fields);
  if (!fields) {
    csv->wrong = "out of memory";
    return false;
  }
  csv->fields = fields;
  csv->fields[csv->count++] = field;
  return true;
}

/* Moves the content of a quoted field to its front; returns what follows it, NULL when it is
 * wrong. */
static char *unquote(struct csv *csv, char *from) {
  char *to = from;
  for (from++; *from != '"' || from[1] == '"'; *to++ = *from++) {
    if (!*from) {
      csv->wrong = "a quoted field has no end";
      return NULL;
    }
    if (*from == '"')
      from++;
    csv->lines += *from == '\n';
  }
  from++;
  if (*from && !strchr(",\r\n", *from)) {
    csv->wrong = "text follows a quoted field: expected a comma or the end of the line";
    return NULL;
  }
  char *end = from;
  if (to < end)
    *to = '\0';
  return end;
}

static char *skip_plain(struct csv *csv, char *from) {
  char *end = from + strcspn(from, ",\r\n\"");
  if (*end != '"')
    return end;
  csv->wrong = "a quote in a field without quotes: write it twice, in a field with quotes";
  return NULL;
}

/* Ends the field at `end`; false when the record ends there. */
static bool step_over(struct csv *csv, char *end) {
  char separator = *end;
  *end = '\0';
  csv->at = end + (separator != '\0');
  if (separator == '\r' && *csv->at == '\n')
    csv->at++;
  csv->lines += separator == '\r' || separator == '\n';
  return separator == ',';
}

bool csv_next(struct csv *csv) {
  while (*csv->at == '\r' || *csv->at == '\n')
    csv->lines += *csv->at++ == '\n';
  csv->line = csv->lines + 1;
  csv->count = 0;
  if (!*csv->at || csv->wrong)
    return false;
  for (bool more = true; more;) {
    char *field = csv->at;
    char *end = *field == '"' ? unquote(csv, field) : skip_plain(csv, field);
    if (!end || !add_field(csv, field))
      return false;
    more = step_over(csv, end);
  }
  return true;
}
