#include "store/index.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "common/buffer.h"
#include "ground/names.h"

/* That a record had this text. It may have another one now, or be gone: who searches looks. */
struct index_entry {
  size_t place;             /* of the record in its table */
  struct index_entry *next; /* of the same text, at a later place */
  struct index_entry *last; /* of the first entry of a text */
  char text[];
};

struct index {
  struct index *next;
  char *property;
  struct names texts; /* to their first entries */
  size_t covered;     /* records of the table that are in it */
};

struct indexes {
  pthread_mutex_t lock; /* readers share the lock of the store, and may find that more is wanted */
  struct index *first;
  struct buffer scratch;
};

struct indexes *indexes_new(void) {
  struct indexes *indexes = calloc(1, sizeof *indexes);
  if (indexes && pthread_mutex_init(&indexes->lock, NULL) == 0)
    return indexes;
  free(indexes);
  return NULL;
}

static void index_free(struct index *index) {
  for (size_t at = 0; at < index->texts.size; at++) {
    struct index_entry *entry = names_at(&index->texts, at);
    while (entry) {
      struct index_entry *next = entry->next;
      free(entry);
      entry = next;
    }
  }
  names_free(&index->texts);
  free(index->property);
  free(index);
}

void indexes_clear(struct indexes *indexes) {
  for (struct index *index = indexes->first, *next; index; index = next) {
    next = index->next;
    index_free(index);
  }
  indexes->first = NULL;
}

void indexes_free(struct indexes *indexes) {
  if (!indexes)
    return;
  indexes_clear(indexes);
  buffer_free(&indexes->scratch);
  (void)pthread_mutex_destroy(&indexes->lock);
  free(indexes);
}

/* --- texts of records ----------------------------------------------------------------------- */

/* The text of the first column that is named, of one property if there is but one. Moves behind
 * it. */
static const char *next_text(const struct node *tree, const char **property, bool *only) {
  const char *name = *property, *end = strchr(name, INDEX_AND);
  if (!end && *only) {
    *property = NULL;
    return node_text(tree, name);
  }
  *only = false;
  const struct node *leaf = node_child_named(tree, name, end ? (size_t)(end - name) : strlen(name));
  *property = end ? end + 1 : NULL;
  return leaf && !leaf->nil ? leaf->text : NULL;
}

/* NULL: it has none, or there is no memory for it. */
static const char *text_of(const struct node *tree, const char *property, struct buffer *scratch) {
  bool only = true;
  const char *text = next_text(tree, &property, &only);
  if (only || !text)
    return text;
  buffer_reset(scratch);
  buffer_add_text(scratch, text);
  while (property && (text = next_text(tree, &property, &only))) {
    buffer_add(scratch, (const char[]){INDEX_AND}, 1);
    buffer_add_text(scratch, text);
  }
  return text && !scratch->failed ? scratch->data : NULL;
}

static bool has_text(const struct node *tree, const char *property, const char *text) {
  bool only = true;
  while (property) {
    const char *own = next_text(tree, &property, &only);
    if (only)
      return own && strcasecmp(own, text) == 0;
    size_t size = own ? strlen(own) : 0;
    if (!own || strncasecmp(own, text, size) != 0 || text[size] != (property ? INDEX_AND : 0))
      return false;
    text += size + 1;
  }
  return true;
}

/* --- entries -------------------------------------------------------------------------------- */

/* Puts the entry in its place among those of its text. @return false: the record has one there */
static bool chain(struct index_entry *first, struct index_entry *entry) {
  if (entry->place < first->place) { /* the first one is known by name: it stays the first */
    size_t place = first->place;
    first->place = entry->place;
    entry->place = place;
  }
  struct index_entry *before = first->last->place <= entry->place ? first->last : first;
  while (before->next && before->next->place <= entry->place)
    before = before->next;
  if (before->place == entry->place)
    return false;
  entry->next = before->next;
  before->next = entry;
  if (!entry->next)
    first->last = entry;
  return true;
}

static bool add(struct index *index, const struct record *record, struct buffer *scratch) {
  const char *text = record ? text_of(record->tree, index->property, scratch) : NULL;
  if (!text)
    return !scratch->failed;
  struct index_entry *first = names_get(&index->texts, text);
  size_t size = first ? 0 : strlen(text) + 1; /* the first one has it for all */
  struct index_entry *entry = malloc(sizeof *entry + size);
  if (!entry)
    return false;
  *entry = (struct index_entry){.place = record->place, .last = entry};
  if (first) {
    if (!chain(first, entry))
      free(entry);
    return true;
  }
  memcpy(entry->text, text, size);
  if (names_put(&index->texts, entry->text, entry))
    return true;
  free(entry);
  return false;
}

static bool catch_up(struct index *index, const struct table *table, struct buffer *scratch) {
  while (index->covered < table->count) {
    if (!add(index, table->records[index->covered], scratch))
      return false;
    index->covered++;
  }
  return true;
}

static struct index *index_of(struct indexes *indexes, const char *property) {
  struct index *index = indexes->first;
  while (index && strcmp(index->property, property) != 0)
    index = index->next;
  if (index)
    return index;
  index = calloc(1, sizeof *index);
  if (!index || !(index->property = strdup(property))) {
    free(index);
    return NULL;
  }
  index->next = indexes->first;
  return indexes->first = index;
}

void index_update(const struct table *table, const struct record *record) {
  struct indexes *indexes = table->indexes;
  for (struct index **link = &indexes->first, *index; (index = *link);) {
    if (index->covered <= record->place || add(index, record, &indexes->scratch)) {
      link = &index->next;
      continue;
    }
    *link = index->next; /* made again when it is wanted */
    index_free(index);
  }
}

/* --- searching ------------------------------------------------------------------------------ */

/* Without memory for an index it is a walk. */
static size_t walk(struct search *search) {
  const struct table *table = search->table;
  for (; search->place < table->count; search->place++) {
    const struct record *record = table->records[search->place];
    if (record && has_text(record->tree, search->property, search->text))
      return search->place++;
  }
  return SIZE_MAX;
}

static void begin(struct search *search) {
  struct indexes *indexes = search->table->indexes;
  (void)pthread_mutex_lock(&indexes->lock);
  struct index *index = index_of(indexes, search->property);
  search->walks = !index || !catch_up(index, search->table, &indexes->scratch);
  search->next = search->walks ? NULL : names_get(&index->texts, search->text);
  (void)pthread_mutex_unlock(&indexes->lock);
  search->begun = true;
}

size_t search_next(struct search *search) {
  const struct table *table = search->table;
  if (!table || !search->text)
    return SIZE_MAX;
  if (!search->begun)
    begin(search);
  if (search->walks)
    return walk(search);
  while (search->next) {
    size_t place = search->next->place;
    search->next = search->next->next;
    const struct record *record = table->records[place];
    if (record && has_text(record->tree, search->property, search->text))
      return place;
  }
  return SIZE_MAX;
}
