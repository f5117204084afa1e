#include "common/options.h"

#include "base/suggest.h"
#include "common/program.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* --- tables ---------------------------------------------------------------------------------- */

/* A word that begins with a dash, taken apart. */
struct word {
  const char *text;
  const char *name;  /* behind the dashes */
  size_t length;     /* of the name */
  char letter;       /* of a short one, else 0 */
  const char *value; /* what is tied to it, NULL: nothing */
};

static struct word take_apart(const char *text) {
  struct word word = {.text = text};
  if (text[1] == '-') {
    word.name = text + 2;
    word.length = strcspn(word.name, "=");
    word.value = word.name[word.length] ? word.name + word.length + 1 : NULL;
  } else {
    word.name = text + 1;
    word.length = 1;
    word.letter = text[1];
    word.value = text[2] ? text + 2 : NULL;
  }
  return word;
}

static bool is_option(const char *text) {
  return text[0] == '-' && text[1];
}

struct found {
  const struct option *option;
  char *into;
  bool once;
};

static struct found find(const struct option_table *tables, size_t count, const struct word *word) {
  for (size_t i = 0; i < count; i++)
    for (const struct option *option = tables[i].options; option->name; option++)
      if (word->letter ? option->letter == word->letter
                       : strlen(option->name) == word->length &&
                             memcmp(option->name, word->name, word->length) == 0)
        return (struct found){option, tables[i].into, tables[i].once};
  return (struct found){NULL, NULL, false};
}

/* --- values ---------------------------------------------------------------------------------- */

bool option_number(uint64_t *number, const char *text, uint64_t least, uint64_t most) {
  char *end;
  if (*text < '0' || *text > '9')
    return false;
  errno = 0;
  unsigned long long value = strtoull(text, &end, 10);
  if (*end || errno || value < least || value > most)
    return false;
  *number = value;
  return true;
}

static bool list_add(struct option_list *list, const char *item) {
  const char **items = realloc(list->items, (list->count + 1) * sizeof *items);
  if (!items) {
    complain("out of memory");
    return false;
  }
  list->items = items;
  list->items[list->count++] = item;
  return true;
}

void option_list_free(struct option_list *list) {
  free(list->items);
  *list = (struct option_list){NULL, 0};
}

static bool store(const struct found *found, const char *value) {
  const struct option *option = found->option;
  void *member = found->into + option->offset;
  switch (option->kind) {
  case OPTION_FLAG:
    *(bool *)member = true;
    return true;
  case OPTION_TEXT:
    *(const char **)member = value;
    if (!*value)
      complain("--%s %s is empty", option->name, option->value);
    return *value != '\0';
  case OPTION_NUMBER:
    if (option_number(member, value, option->least, option->most))
      return true;
    complain("--%s takes a whole number from %llu to %llu, not '%s'", option->name,
             (unsigned long long)option->least, (unsigned long long)option->most, value);
    return false;
  case OPTION_LIST:
    return list_add(member, value);
  case OPTION_CUSTOM:
    return option->read(option, member, value);
  }
  return false;
}

/* --- words ----------------------------------------------------------------------------------- */

struct reading {
  const struct options_reader *reader;
  char *const *words;
  int count;
  int at;
  struct option_list given; /* the names of those that may be given once */
};

struct named {
  const struct option_table *tables;
  size_t table_count;
};

static const char *next_name(size_t index, const void *context) {
  const struct named *named = context;
  for (size_t i = 0; i < named->table_count; i++)
    for (const struct option *option = named->tables[i].options; option->name; option++)
      if (index-- == 0)
        return option->name;
  return NULL;
}

const char *option_suggestion(const char *word,
                              const char *(*next)(size_t index, const void *context),
                              const void *context) {
  struct ets_suggestion suggestion = ets_suggest(word, strlen(word));
  const char *candidate;
  for (size_t i = 0; (candidate = next(i, context)); i++)
    ets_suggest_from(&suggestion, candidate);
  return suggestion.best;
}

static void complain_unknown(const struct options_reader *reader, const struct word *word) {
  char name[64];
  size_t n = word->length < sizeof name ? word->length : sizeof name - 1;
  memcpy(name, word->name, n);
  name[n] = '\0';
  if (reader->unknown && !word->letter && reader->unknown(reader->context, name))
    return;
  const struct named named = {reader->tables, reader->table_count};
  const char *near = word->letter ? NULL : option_suggestion(name, next_name, &named);
  int shown = (int)(word->name + word->length - word->text);
  if (near)
    complain("unknown option '%.*s': did you mean --%s?", shown, word->text, near);
  else
    complain("unknown option '%.*s': see %s", shown, word->text, reader->help);
}

static bool lacks_value(const struct option *option) {
  complain("--%s needs a value: --%s %s", option->name, option->name, option->value);
  return false;
}

/* A value that a later one would replace is not dropped silently. */
static bool note_given(struct reading *reading, const struct found *found) {
  const struct option *option = found->option;
  if (!found->once || option->kind == OPTION_FLAG || option->kind == OPTION_LIST)
    return true;
  for (size_t i = 0; i < reading->given.count; i++)
    if (reading->given.items[i] == option->name) {
      complain("--%s is given twice", option->name);
      return false;
    }
  return list_add(&reading->given, option->name);
}

/* The words behind an option of several: so many, or all up to the next option. */
static bool read_more(struct reading *reading, const struct found *found, unsigned missing) {
  bool all = found->option->words == OPTION_WORDS_ALL;
  while (missing > 0 && reading->at < reading->count) {
    const char *word = reading->words[reading->at];
    if (all && is_option(word))
      return true;
    reading->at++;
    if (!store(found, word))
      return false;
    missing--;
  }
  return all || missing == 0 || lacks_value(found->option);
}

static bool read_option(struct reading *reading) {
  const struct options_reader *reader = reading->reader;
  struct word word = take_apart(reading->words[reading->at++]);
  struct found found = find(reader->tables, reader->table_count, &word);
  if (!found.option) {
    complain_unknown(reader, &word);
    return false;
  }
  if (!found.option->value && word.value) {
    complain("--%s takes no value", found.option->name);
    return false;
  }
  if (found.option->value && !word.value && reading->at == reading->count)
    return lacks_value(found.option);
  if (found.option->value && !word.value)
    word.value = reading->words[reading->at++];
  unsigned more = found.option->words > 1 ? found.option->words - 1 : 0;
  return note_given(reading, &found) && store(&found, word.value) &&
         read_more(reading, &found, more);
}

static bool read_all(struct reading *reading, struct option_list *operands) {
  bool plain = false;
  while (reading->at < reading->count) {
    const char *word = reading->words[reading->at];
    if (plain || !is_option(word)) {
      reading->at++;
      if (!list_add(operands, word))
        return false;
    } else if (strcmp(word, "--") == 0) {
      reading->at++;
      plain = true;
    } else if (!read_option(reading)) {
      return false;
    }
  }
  return true;
}

bool options_read(const struct options_reader *reader, int count, char *const *words,
                  struct option_list *operands) {
  struct reading reading = {.reader = reader, .words = words, .count = count};
  bool good = read_all(&reading, operands);
  option_list_free(&reading.given);
  return good;
}

int options_first_operand(const struct option_table *tables, size_t table_count, int count,
                          char *const *words) {
  for (int at = 0; at < count; at++) {
    if (!is_option(words[at]))
      return at;
    if (strcmp(words[at], "--") == 0)
      return at + 1;
    struct word word = take_apart(words[at]);
    const struct option *option = find(tables, table_count, &word).option;
    if (option && option->value && !word.value)
      at++;
  }
  return count;
}

/* An operand, before the last word. */
static void note_operand(struct option_place *place, int at) {
  if (place->operands++ == 0)
    place->first = at;
  place->last = at;
}

/* An option, whose values may follow: how many. */
static unsigned note_option(struct option_place *place, const struct option_table *tables,
                            size_t table_count, const char *text) {
  struct word word = take_apart(text);
  const struct option *option = find(tables, table_count, &word).option;
  place->option = NULL;
  if (!option || !option->value)
    return 0;
  unsigned values = option->words > 1 ? option->words : 1;
  if (word.value && values != OPTION_WORDS_ALL)
    values--;
  place->option = values > 0 ? option : NULL;
  return values;
}

struct option_place options_place(const struct option_table *tables, size_t table_count, int count,
                                  char *const *words) {
  struct option_place place = {.option = NULL};
  unsigned owed = 0; /* values */
  for (int at = 0; at < count; at++) {
    const char *text = words[at];
    bool is_last = at + 1 == count, may_be_option = !place.plain && is_option(text);
    if (owed > 0 && !(owed > 1 && place.option->words == OPTION_WORDS_ALL && may_be_option)) {
      if (is_last)
        return place;
      owed -= owed != OPTION_WORDS_ALL;
      place.option = owed > 0 ? place.option : NULL;
    } else if (!may_be_option) {
      place.option = NULL;
      owed = 0;
      if (!is_last)
        note_operand(&place, at);
    } else if (strcmp(text, "--") == 0 && !is_last) {
      place.plain = true;
    } else if (!is_last) {
      owed = note_option(&place, tables, table_count, text);
    } else {
      struct word word = take_apart(text);
      const struct option *option = find(tables, table_count, &word).option;
      bool has_value = option && option->value && word.value;
      place.option = has_value ? option : NULL;
      place.prefix = has_value ? (size_t)(word.value - text) : 0;
    }
  }
  return place;
}
