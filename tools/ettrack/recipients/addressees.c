#include "ettrack/recipients/addressees.h"

#include "common/buffer.h"
#include "common/program.h"
#include "common/utf8.h"
#include "ettrack/recipients/csv.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool out_of_memory(void) {
  complain("out of memory");
  return false;
}

static struct addressee *add(struct addressees *all, size_t attributes) {
  struct addressee *items = realloc(all->items, (all->count + 1) * sizeof *items);
  struct attribute *room = calloc(attributes ? attributes : 1, sizeof *room);
  if (items)
    all->items = items;
  if (!items || !room) {
    free(room);
    return NULL;
  }
  all->items[all->count] = (struct addressee){.attributes = room};
  return &all->items[all->count++];
}

void addressees_free(struct addressees *all) {
  for (size_t i = 0; i < all->count; i++)
    free(all->items[i].attributes);
  free(all->items);
  free(all->text);
}

/* --- options --------------------------------------------------------------------------------- */

#define NOT_SENDABLE "cannot be sent: expected UTF-8 without control characters"

bool addressees_sendable(const char *what, const char *text) {
  if (utf8_fits_xml(text))
    return true;
  complain("%s '%s' " NOT_SENDABLE, what, text);
  return false;
}

/* NAME=VALUE, by its first =. */
static struct attribute attribute_of(const char *text) {
  const char *equals = strchr(text, '=');
  return (struct attribute){text, (int)(equals - text), equals + 1};
}

static bool same_name(const char *text, const char *other) {
  size_t n = strcspn(text, "=");
  return strcspn(other, "=") == n && strncmp(text, other, n) == 0;
}

static bool check_attributes(const struct option_list *attributes) {
  for (size_t i = 0; i < attributes->count; i++) {
    const char *text = attributes->items[i];
    if (*text == '=' || !strchr(text, '=')) {
      complain("--attribute takes NAME=VALUE, not '%s'", text);
      return false;
    }
    if (!addressees_sendable("--attribute", text))
      return false;
    for (size_t before = 0; before < i; before++)
      if (same_name(text, attributes->items[before])) {
        complain("--attribute gives %.*s twice", attribute_of(text).name_length, text);
        return false;
      }
  }
  return true;
}

static void add_attributes(struct addressee *one, const struct option_list *attributes) {
  for (size_t i = 0; i < attributes->count; i++)
    one->attributes[one->attribute_count++] = attribute_of(attributes->items[i]);
}

static bool is_address(const char *text) {
  const char *at = strchr(text, '@');
  return at && at > text && at[1] && !strpbrk(text, " \t\r\n");
}

bool addressees_check_to(const char *address) {
  if (is_address(address))
    return addressees_sendable("--to", address);
  complain("--to takes an address such as ann@example.com, not '%s'", address);
  return false;
}

static bool take(struct addressees *all, const char *address, const char *key,
                 const struct option_list *attributes) {
  if (!addressees_check_to(address))
    return false;
  for (size_t i = 0; i < all->count; i++)
    if (strcmp(all->items[i].address, address) == 0) {
      complain("--to names %s twice", address);
      return false;
    }
  struct addressee *one = add(all, attributes->count);
  if (!one)
    return out_of_memory();
  one->address = address;
  one->key = key;
  add_attributes(one, attributes);
  return true;
}

bool addressees_take(struct addressees *all, const struct option_list *addresses, const char *key,
                     const struct option_list *attributes) {
  bool good = (!key || addressees_sendable("--key", key)) && check_attributes(attributes);
  for (size_t i = 0; good && i < addresses->count; i++)
    good = take(all, addresses->items[i], key, attributes);
  return good;
}

/* --- a file ---------------------------------------------------------------------------------- */

static bool read_all(char **text, const char *path) {
  struct buffer buffer = {0};
  char block[64 * 1024];
  size_t n;
  FILE *file = strcmp(path, "-") == 0 ? stdin : fopen(path, "rb");
  if (!file) {
    complain("cannot read %s: %s", path, strerror(errno));
    return false;
  }
  while ((n = fread(block, 1, sizeof block, file)) > 0)
    buffer_add(&buffer, block, n);
  bool failed = ferror(file) != 0;
  if (failed)
    complain("cannot read %s: %s", path, strerror(errno));
  else if (buffer.failed)
    failed = !out_of_memory();
  else if (strlen(buffer_text(&buffer)) != buffer.size) {
    complain("%s has NUL bytes: expected CSV in UTF-8", path);
    failed = true;
  }
  if (file != stdin)
    fclose(file);
  if (!failed && !buffer_reserve(&buffer, 1))
    failed = !out_of_memory();
  if (failed)
    buffer_free(&buffer);
  else
    buffer.data[buffer.size] = '\0';
  *text = buffer.data;
  return !failed;
}

struct header {
  const char **names; /* copies of the first record's fields */
  size_t count;
  size_t address, key; /* columns; `count`: there is none */
};

static int compare_names(const void *left, const void *right) {
  const char *const *a = left, *const *b = right;
  return strcmp(*a, *b);
}

/* An attribute that is given twice would go out with both values. */
static bool check_names(const struct header *header, const char *path, size_t line,
                        const struct option_list *attributes) {
  const char **sorted = calloc(header->count, sizeof *sorted);
  const char *twice = NULL;
  if (!sorted)
    return out_of_memory();
  memcpy(sorted, header->names, header->count * sizeof *sorted);
  qsort(sorted, header->count, sizeof *sorted, compare_names);
  for (size_t i = 1; i < header->count && !twice; i++)
    twice = strcmp(sorted[i - 1], sorted[i]) == 0 ? sorted[i] : NULL;
  free(sorted);
  if (twice)
    complain("%s:%zu: the column %s is there twice", path, line, twice);
  for (size_t i = 0; i < attributes->count && !twice; i++)
    for (size_t column = 0; column < header->count && !twice; column++)
      if (same_name(attributes->items[i], header->names[column])) {
        twice = header->names[column];
        complain("%s:%zu: there is a column %s, and --attribute gives it too", path, line, twice);
      }
  return !twice;
}

static bool read_header(struct header *header, struct csv *csv, const char *path,
                        const struct option_list *attributes) {
  if (!csv_next(csv)) {
    complain("%s:%zu: %s", path, csv->line, csv->wrong ? csv->wrong : "nothing is in it");
    return false;
  }
  header->names = calloc(csv->count, sizeof *header->names);
  if (!header->names)
    return out_of_memory();
  header->count = header->address = header->key = csv->count;
  for (size_t i = 0; i < csv->count; i++) {
    header->names[i] = csv->fields[i];
    if (strcmp(csv->fields[i], "EmailAddress") == 0)
      header->address = i;
    else if (strcmp(csv->fields[i], "SubscriberKey") == 0)
      header->key = i;
    else if (!*csv->fields[i] || !utf8_fits_xml(csv->fields[i])) {
      complain("%s:%zu: column %zu %s", path, csv->line, i + 1,
               *csv->fields[i] ? "has a name that " NOT_SENDABLE : "has no name");
      return false;
    }
  }
  if (header->address == header->count) {
    complain("%s:%zu: there is no column EmailAddress", path, csv->line);
    return false;
  }
  return check_names(header, path, csv->line, attributes);
}

static bool take_record(struct addressees *all, const struct header *header, const struct csv *csv,
                        const char *path, const struct option_list *attributes) {
  if (csv->count != header->count) {
    complain("%s:%zu: %zu fields, and the header has %zu", path, csv->line, csv->count,
             header->count);
    return false;
  }
  for (size_t i = 0; i < header->count; i++)
    if (!utf8_fits_xml(csv->fields[i])) {
      complain("%s:%zu: %s '%s' " NOT_SENDABLE, path, csv->line, header->names[i], csv->fields[i]);
      return false;
    }
  if (!is_address(csv->fields[header->address])) {
    complain("%s:%zu: '%s' is no address", path, csv->line, csv->fields[header->address]);
    return false;
  }
  struct addressee *one = add(all, header->count + attributes->count);
  if (!one)
    return out_of_memory();
  one->line = csv->line;
  for (size_t i = 0; i < header->count; i++) {
    const char *value = csv->fields[i];
    if (i == header->address)
      one->address = value;
    else if (i == header->key)
      one->key = *value ? value : NULL;
    else if (*value)
      one->attributes[one->attribute_count++] =
          (struct attribute){header->names[i], (int)strlen(header->names[i]), value};
  }
  add_attributes(one, attributes);
  return true;
}

static int compare_text(const char *text, const char *other) {
  return strcmp(text ? text : "", other ? other : "");
}

/* By what goes out; attributes are in the order of the header's columns. */
static int compare_sent(const struct addressee *one, const struct addressee *other) {
  int order = strcmp(one->address, other->address);
  if (!order)
    order = compare_text(one->key, other->key);
  if (!order && one->attribute_count != other->attribute_count)
    order = one->attribute_count < other->attribute_count ? -1 : 1;
  for (size_t i = 0; i < one->attribute_count && !order; i++) {
    const struct attribute *a = &one->attributes[i], *b = &other->attributes[i];
    if (a->name_length != b->name_length)
      return a->name_length < b->name_length ? -1 : 1;
    order = strncmp(a->name, b->name, (size_t)a->name_length);
    if (!order)
      order = strcmp(a->value, b->value);
  }
  return order;
}

static int compare_addressees(const void *left, const void *right) {
  const struct addressee *const *one = left, *const *other = right;
  int order = compare_sent(*one, *other);
  return order ? order : (*one)->line < (*other)->line ? -1 : 1;
}

/* Nobody wants the same message twice. The first line that repeats another is named. */
static bool check_twice(const struct addressees *all, const char *path) {
  const struct addressee **sorted = calloc(all->count ? all->count : 1, sizeof *sorted);
  const struct addressee *again = NULL, *first = NULL;
  if (!sorted)
    return out_of_memory();
  for (size_t i = 0; i < all->count; i++)
    sorted[i] = &all->items[i];
  qsort(sorted, all->count, sizeof *sorted, compare_addressees);
  for (size_t i = 1; i < all->count; i++)
    if ((!again || sorted[i]->line < again->line) && compare_sent(sorted[i - 1], sorted[i]) == 0) {
      first = sorted[i - 1];
      again = sorted[i];
    }
  free(sorted);
  if (again)
    complain("%s:%zu: %s is the recipient of line %zu again, with nothing that differs", path,
             again->line, again->address, first->line);
  return !again;
}

bool addressees_read(struct addressees *all, const char *path,
                     const struct option_list *attributes) {
  struct header header = {.names = NULL};
  struct csv csv;
  if (!check_attributes(attributes) || !read_all(&all->text, path))
    return false;
  csv_begin(&csv, all->text);
  bool good = read_header(&header, &csv, path, attributes);
  while (good && csv_next(&csv))
    good = take_record(all, &header, &csv, path, attributes);
  if (good && csv.wrong) {
    complain("%s:%zu: %s", path, csv.line, csv.wrong);
    good = false;
  }
  if (good && all->count == 0) {
    complain("%s has a header and no recipients", path);
    good = false;
  }
  good = good && check_twice(all, path);
  csv_end(&csv);
  free(header.names);
  return good;
}
