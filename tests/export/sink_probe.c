/* sink_probe WHERE [--ndjson] [--plain] [--old] [--grown]: drives a sink
 * by what stdin says, a call a line, words with tabs between them; each is answered by `ok` or by
 * the status and the message.
 *
 *   prepare TABLE
 *   begin TABLE ACCOUNT FROM UNTIL   seconds since 1970, in server time UTC-06:00
 *   row VALUE...                     \N is absent, nothing is empty; \t \n \r \\ as they say
 *   rows COUNT TAG                   so many of the probe's own
 *   mark | back | abandon
 *   commit READ_AT [FIRST LAST PIECES BATCH BY_SEND SEND:ROWS,...]
 *   records TABLE ACCOUNT            `record TABLE ACCOUNT FROM UNTIL ROWS ...` each
 *   survey                           the same of all */
#include "ettrack/sinks/sink.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { WORDS = 16, SHARES = 64 };

static const ets_export_column columns[] = {
    {"SendID", "SendID", ETS_VALUE_INTEGER},
    {"SubscriberKey", "SubscriberKey", ETS_VALUE_TEXT},
    {"EventDate", "EventDate", ETS_VALUE_DATETIME},
    {"List_ID", "List.ID", ETS_VALUE_TEXT},
    {"Note", "Note", ETS_VALUE_TEXT}, /* a contract that has more */
};

static ets_export_table tables[] = {
    {"open", "OpenEvent", "opens", true, false, 2, columns, 4},
    {"forwardedoptin", "ForwardedEmailOptInEvent", "opt-ins", true, false, 2, columns, 4},
    {"sends", "Send", "sends", false, false, 2, columns, 4},
    {"links", "Link", "links", false, false, ETS_EXPORT_NO_DATE, columns, 4},
    {"subscribers", "Subscriber", "all of them", false, true, ETS_EXPORT_NO_DATE, columns, 4},
};

struct probe {
  struct store store;
  ets_export_span span;
  uint64_t rows, marked;
  char *words[WORDS];
  size_t count;
};

static const char *word(const struct probe *probe, size_t i, const char *otherwise) {
  return i < probe->count ? probe->words[i] : otherwise;
}

static int64_t number(const struct probe *probe, size_t i) {
  return strtoll(word(probe, i, "0"), NULL, 10);
}

static const ets_export_table *table(const struct probe *probe) {
  for (size_t i = 0; i < sizeof tables / sizeof *tables; i++)
    if (strcmp(tables[i].name, word(probe, 1, "")) == 0)
      return &tables[i];
  fprintf(stderr, "no table %s\n", word(probe, 1, ""));
  exit(2);
}

static void split(struct probe *probe, char *line) {
  line[strcspn(line, "\n")] = '\0';
  probe->count = 0;
  for (char *at = line; at && probe->count < WORDS;) {
    char *tab = strchr(at, '\t');
    if (tab)
      *tab++ = '\0';
    probe->words[probe->count++] = at;
    at = tab;
  }
}

static void unescape(char *text) {
  static const char letters[] = "tnr\\", bytes[] = "\t\n\r\\";
  char *to = text;
  for (; *text; text++) {
    const char *found = *text == '\\' && text[1] ? strchr(letters, text[1]) : NULL;
    *to++ = found ? bytes[found - letters] : *text;
    text += found != NULL;
  }
  *to = '\0';
}

static ets_status add(struct probe *probe, ets_error *error) {
  ets_value values[WORDS] = {0};
  const ets_export_table *of = probe->span.table;
  for (size_t i = 0; i < of->column_count; i++) {
    char *text = i + 1 < probe->count ? probe->words[i + 1] : NULL;
    values[i].kind = of->columns[i].kind;
    if (!text || strcmp(text, "\\N") == 0)
      continue;
    unescape(text);
    values[i].presence = *text ? ETS_PRESENT : ETS_EMPTY;
    values[i].text = text;
  }
  probe->rows++;
  return probe->store.sink.calls->row(probe->store.sink.context, values, error);
}

/* Rows that gzip cannot make small, the same for the same tag. */
static ets_status add_many(struct probe *probe, ets_error *error) {
  uint64_t state = 88172645463325252u;
  int64_t count = number(probe, 1);
  char key[64];
  ets_value values[5] = {
      {.presence = ETS_PRESENT, .kind = ETS_VALUE_INTEGER},
      {.presence = ETS_PRESENT, .kind = ETS_VALUE_TEXT, .text = key},
      {.presence = ETS_PRESENT, .kind = ETS_VALUE_DATETIME, .text = "2026-11-20T10:02:01.987"},
      {.presence = ETS_PRESENT, .kind = ETS_VALUE_TEXT, .text = word(probe, 2, "")}};
  ets_status status = ETS_OK;
  for (int64_t i = 0; i < count && status == ETS_OK; i++) {
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    values[0].integer = i;
    snprintf(key, sizeof key, "%016" PRIx64 "%016" PRIx64, state, state * 2862933555777941757u);
    status = probe->store.sink.calls->row(probe->store.sink.context, values, error);
    probe->rows++;
  }
  return status;
}

static ets_status begin(struct probe *probe, ets_error *error) {
  probe->span = (ets_export_span){table(probe), (int32_t)number(probe, 2), number(probe, 3),
                                  number(probe, 4), -360};
  probe->rows = probe->marked = 0;
  return probe->store.sink.calls->begin(probe->store.sink.context, &probe->span, error);
}

static ets_status commit(struct probe *probe, ets_error *error) {
  ets_export_share shares[SHARES];
  ets_export_record record = {.from = probe->span.from,
                              .until = probe->span.until,
                              .rows = probe->rows,
                              .read_at = number(probe, 1),
                              .pieces = (uint32_t)number(probe, 4),
                              .batch_size = (int32_t)number(probe, 5),
                              .by_send = number(probe, 6) != 0,
                              .shares = shares};
  snprintf(record.first, sizeof record.first, "%s", word(probe, 2, ""));
  snprintf(record.last, sizeof record.last, "%s", word(probe, 3, ""));
  for (const char *at = word(probe, 7, ""); *at && record.share_count < SHARES;) {
    char *end;
    ets_export_share *share = &shares[record.share_count++];
    share->send = strtoll(at, &end, 10);
    share->rows = strtoull(end + 1, &end, 10);
    at = end + (*end == ',');
  }
  return probe->store.sink.calls->commit(probe->store.sink.context, &record, error);
}

static ets_status show(void *context, const char *name, int32_t account,
                       const ets_export_record *record) {
  (void)context;
  printf("record\t%s\t%ld\t%" PRId64 "\t%" PRId64 "\t%" PRIu64 "\t%" PRId64
         "\t%s\t%s\t%u\t%ld\t%d\t",
         name, (long)account, record->from, record->until, record->rows, record->read_at,
         record->first, record->last, record->pieces, (long)record->batch_size, record->by_send);
  for (size_t i = 0; i < record->share_count; i++)
    printf("%s%" PRId64 ":%" PRIu64, i > 0 ? "," : "", record->shares[i].send,
           record->shares[i].rows);
  printf("\n");
  return ETS_OK;
}

static ets_status show_one(void *context, const ets_export_record *record) {
  struct probe *probe = context;
  return show(NULL, word(probe, 1, ""), (int32_t)number(probe, 2), record);
}

static ets_status call(struct probe *probe, ets_error *error) {
  const ets_sink_calls *calls = probe->store.sink.calls;
  void *sink = probe->store.sink.context;
  const char *what = word(probe, 0, "");
  if (strcmp(what, "row") == 0)
    return add(probe, error);
  if (strcmp(what, "rows") == 0)
    return add_many(probe, error);
  if (strcmp(what, "prepare") == 0)
    return calls->prepare(sink, table(probe), error);
  if (strcmp(what, "begin") == 0)
    return begin(probe, error);
  if (strcmp(what, "commit") == 0)
    return commit(probe, error);
  if (strcmp(what, "mark") == 0)
    return probe->marked = probe->rows, calls->mark(sink, error);
  if (strcmp(what, "back") == 0)
    return probe->rows = probe->marked, calls->back(sink, error);
  if (strcmp(what, "records") == 0)
    return calls->records(sink, table(probe), (int32_t)number(probe, 2), show_one, probe, error);
  if (strcmp(what, "survey") == 0)
    return probe->store.survey(sink, show, NULL, error);
  if (strcmp(what, "abandon") != 0)
    return ets_error_set(error, ETS_E_USAGE, "no call %s", what);
  calls->abandon(sink);
  return ETS_OK;
}

static void answer(ets_status status, const ets_error *error) {
  if (status == ETS_OK)
    printf("ok\n");
  else
    printf("%s\t%s\n", ets_status_name(status), error->message);
  fflush(stdout);
}

int main(int argc, char **argv) {
  struct probe probe = {0};
  struct store_options options = {false, false};
  bool create = true;
  ets_error error = {0};
  char *line = NULL;
  size_t size = 0;
  for (int i = 2; i < argc; i++) {
    create = create && strcmp(argv[i], "--old") != 0;
    if (strcmp(argv[i], "--grown") == 0)
      for (size_t t = 0; t < sizeof tables / sizeof *tables; t++)
        tables[t].column_count = 5;
    options.ndjson |= strcmp(argv[i], "--ndjson") == 0;
    options.plain |= strcmp(argv[i], "--plain") == 0;
  }
  ets_status status = folder_open(&probe.store, argc > 1 ? argv[1] : "", &options, create, &error);
  answer(status, &error);
  while (status == ETS_OK && getline(&line, &size, stdin) > 0) {
    split(&probe, line);
    answer(call(&probe, &error), &error);
  }
  if (probe.store.sink.context)
    probe.store.close(probe.store.sink.context);
  free(line);
  return status == ETS_OK ? 0 : 1;
}
