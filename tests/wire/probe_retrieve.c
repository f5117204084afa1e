/* probe retrieve TYPE PROPERTY,... [where TEXT] [batch N] [mid N]... [as N] [first N]
 *     [all] [since] [repeat] [base] [objects] [flat] [fetch N|write FORMAT]
 *
 * Rows are taken one by one, `first` of them at most. What is left is then fetched, N at most and 0
 * for all, or written. */
#include "probe.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { PROPERTIES_MOST = 64, MIDS_MOST = 8 };

struct question {
  ets_retrieve request;
  const char *properties[PROPERTIES_MOST];
  int32_t mids[MIDS_MOST];
  ets_filter *filter;
  bool flat;
  uint64_t first;
  const char *fetch; /* NULL: not */
  const char *write; /* NULL: not */
};

/* Splits a comma list in place. */
static size_t split(char *list, const char **parts, size_t room) {
  size_t n = 0;
  for (char *at = list; at && n < room; n++) {
    parts[n] = at;
    at = strchr(at, ',');
    if (at)
      *at++ = '\0';
  }
  return n;
}

static bool *flag_of(struct question *question, const char *word) {
  ets_retrieve *request = &question->request;
  const struct {
    const char *word;
    bool *flag;
  } flags[] = {{"all", &request->all_accounts},          {"since", &request->since_last_batch},
               {"repeat", &request->repeat_last_result}, {"base", &request->only_base},
               {"objects", &request->include_objects},   {"flat", &question->flat}};
  for (size_t i = 0; i < sizeof flags / sizeof *flags; i++)
    if (strcmp(flags[i].word, word) == 0)
      return flags[i].flag;
  return NULL;
}

static bool take_value(struct question *question, const char *word, const char *value) {
  ets_retrieve *request = &question->request;
  ets_error error;
  if (strcmp(word, "where") == 0) {
    if (ets_filter_parse(&question->filter, value, &error) == ETS_OK)
      return true;
    printf("failed %s\n%s\n", ets_status_name(error.status), error.message);
    return false;
  }
  if (strcmp(word, "batch") == 0)
    request->batch_size = (int)strtol(value, NULL, 10);
  else if (strcmp(word, "mid") == 0 && request->client_id_count < MIDS_MOST)
    question->mids[request->client_id_count++] = (int32_t)strtol(value, NULL, 10);
  else if (strcmp(word, "as") == 0)
    request->on_behalf_of = (int32_t)strtol(value, NULL, 10);
  else if (strcmp(word, "first") == 0)
    question->first = strtoull(value, NULL, 10);
  else if (strcmp(word, "fetch") == 0)
    question->fetch = value;
  else if (strcmp(word, "write") == 0)
    question->write = value;
  return true;
}

static bool read_question(struct question *question, int argc, char **argv) {
  ets_retrieve *request = &question->request;
  request->object_type = argv[0];
  request->properties = question->properties;
  request->property_count = split(argv[1], question->properties, PROPERTIES_MOST);
  request->client_ids = question->mids;
  for (int i = 2; i < argc; i++) {
    bool *flag = flag_of(question, argv[i]);
    if (flag) {
      *flag = true;
      continue;
    }
    if (!take_value(question, argv[i], i + 1 < argc ? argv[i + 1] : ""))
      return false;
    i++;
  }
  ets_filter_use_additional_operands(question->filter, question->flat);
  request->filter = question->filter;
  return true;
}

static ets_status fetch_rest(ets_cursor *cursor, const char *limit, uint64_t *taken) {
  ets_pool *pool = ets_pool_new();
  ets_object *rows;
  size_t count;
  ets_status status = ets_cursor_fetch(&rows, &count, cursor, pool, strtoul(limit, NULL, 10));
  printf("fetched %zu rows\n", count);
  ets_object next;
  if (status == ETS_E_PARTIAL && ets_cursor_next(cursor, &next) == ETS_OK) {
    printf("and behind them\n");
    probe_object(next);
  }
  ets_cursor_close(cursor); /* the rows outlive it */
  for (size_t i = 0; i < count; i++)
    probe_object(rows[i]);
  *taken += count;
  ets_pool_free(pool);
  return status;
}

static ets_status write_rest(ets_cursor *cursor, const struct question *question) {
  ets_rows_options options = ETS_ROWS_OPTIONS_INIT;
  if (!ets_rows_format_find(&options.format, question->write))
    return ETS_E_USAGE;
  options.columns = question->request.properties;
  options.column_count = question->request.property_count;
  fflush(stdout);
  ets_status status = ets_cursor_write(cursor, STDOUT_FILENO, &options);
  ets_cursor_close(cursor);
  return status;
}

int probe_retrieve(ets_session *session, int argc, char **argv) {
  struct question question = {.request = ETS_RETRIEVE_INIT, .first = UINT64_MAX};
  ets_cursor *cursor;
  ets_object row;
  uint64_t rows = 0;
  if (argc < 2 || !read_question(&question, argc, argv))
    return 1;
  ets_status status = ets_cursor_open(&cursor, session, &question.request);
  while (status == ETS_OK && rows < question.first &&
         (status = ets_cursor_next(cursor, &row)) == ETS_OK) {
    probe_object(row);
    rows++;
  }
  if (status == ETS_OK && question.fetch)
    status = fetch_rest(cursor, question.fetch, &rows);
  else if (status == ETS_OK && question.write)
    status = write_rest(cursor, &question);
  else
    ets_cursor_close(cursor);
  ets_filter_free(question.filter);
  return probe_report(session, status, rows);
}
