/* sql_driver WHERE [old]: opens a sink that is a database and does what the lines of stdin say, so
 * that a test decides what happens when. Fields are parted by tabs:
 *
 *   prepare TABLE
 *   begin TABLE ACCOUNT FROM UNTIL
 *   row VALUE...                     a, n, e: absent, nil, empty; else a kind and a text: i:12
 *                                    d:1.5 b:1 s:DATE t:TEXT, \n \r \t \\ in it as in C
 *   rows COUNT SEED                  that many of table click
 *   mark, back, abandon
 *   commit ROWS READ_AT [SEND:ROWS...]
 *   records TABLE ACCOUNT, survey
 *
 * Answers each with lines of data and `= OK`, or the name and text of the failure. */
#include "common/program.h"
#include "ettrack/run/stop.h"
#include "ettrack/sinks/store.h"

#include <etsoap/etsoap.h>

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FIELDS = 40, LINE = 1 << 16, OFFSET = -360 };

#define COLUMNS_OF_OPEN                                                                        \
  {"SendID", "SendID", ETS_VALUE_INTEGER}, {"SubscriberKey", "SubscriberKey", ETS_VALUE_TEXT}, \
      {"EventDate", "EventDate", ETS_VALUE_DATETIME}, {"Price", "Price", ETS_VALUE_DOUBLE},    \
      {"IsUnique", "IsUnique", ETS_VALUE_BOOLEAN}, {                                           \
    "List_ID", "List.ID", ETS_VALUE_INTEGER                                                    \
  }

static const ets_export_column open_columns[] = {COLUMNS_OF_OPEN};
/* What a newer contract may bring: a word of SQL, our own names, a name longer than PostgreSQL has,
 * and one that was text before. */
static const ets_export_column newer_columns[] = {
    COLUMNS_OF_OPEN,
    {"Order", "Order", ETS_VALUE_INTEGER},
    {"Account", "Account", ETS_VALUE_TEXT},
    {"APropertyOfWhichTheNameIsMuchLongerThanTheNamesThatADatabaseCanHave_ID",
     "APropertyOfWhichTheNameIsMuchLongerThanTheNamesThatADatabaseCanHave.ID", ETS_VALUE_TEXT}};
static const ets_export_column retyped_columns[] = {
    {"SendID", "SendID", ETS_VALUE_TEXT}, {"SubscriberKey", "SubscriberKey", ETS_VALUE_INTEGER}};
static const ets_export_column click_columns[] = {
    {"SendID", "SendID", ETS_VALUE_INTEGER},
    {"SubscriberKey", "SubscriberKey", ETS_VALUE_TEXT},
    {"EventDate", "EventDate", ETS_VALUE_DATETIME},
    {"EventType", "EventType", ETS_VALUE_TEXT},
    {"BatchID", "BatchID", ETS_VALUE_INTEGER},
    {"Client_ID", "Client.ID", ETS_VALUE_INTEGER},
    {"TriggeredSendDefinitionObjectID", "TriggeredSendDefinitionObjectID", ETS_VALUE_TEXT},
    {"URLID", "URLID", ETS_VALUE_INTEGER},
    {"URL", "URL", ETS_VALUE_TEXT}};
static const ets_export_column subscriber_columns[] = {
    {"SubscriberKey", "SubscriberKey", ETS_VALUE_TEXT}, {"Status", "Status", ETS_VALUE_TEXT}};

#define TABLE(key, name, type, whole, date, columns)                                            \
  {                                                                                             \
    key, {                                                                                      \
      name, type, "what the test's " name " are; it's */ text", !(whole), whole, date, columns, \
          sizeof(columns) / sizeof((columns)[0])                                                \
    }                                                                                           \
  }
static const struct {
  const char *key;
  ets_export_table table;
} tables[] = {TABLE("open", "open", "OpenEvent", false, 2, open_columns),
              TABLE("newer", "open", "OpenEvent", false, 2, newer_columns),
              TABLE("retyped", "open", "OpenEvent", false, ETS_EXPORT_NO_DATE, retyped_columns),
              TABLE("click", "click", "ClickEvent", false, 2, click_columns),
              TABLE("subscribers", "subscribers", "Subscriber", true, ETS_EXPORT_NO_DATE,
                    subscriber_columns)};

struct driver {
  struct store store;
  ets_export_span span;
  char *fields[FIELDS];
  size_t count;
  ets_error error;
};

static const ets_export_table *find_table(const char *key) {
  for (size_t i = 0; i < sizeof tables / sizeof *tables; i++)
    if (strcmp(tables[i].key, key) == 0)
      return &tables[i].table;
  fprintf(stderr, "there is no table %s\n", key);
  exit(2);
}

static void split(struct driver *driver, char *line) {
  driver->count = 0;
  line[strcspn(line, "\n")] = '\0';
  for (char *at = line; at && driver->count < FIELDS;) {
    char *tab = strchr(at, '\t');
    driver->fields[driver->count++] = at;
    if (tab)
      *tab++ = '\0';
    at = tab;
  }
}

static int64_t number(const struct driver *driver, size_t at) {
  return at < driver->count ? strtoll(driver->fields[at], NULL, 10) : 0;
}

/* --- rows ------------------------------------------------------------------------------------ */

static void unescape(char *text) {
  static const char letters[] = "nrt\\", signs[] = "\n\r\t\\";
  char *to = text;
  for (; *text; text++) {
    if (*text == '\\')
      text++;
    const char *found = text[-1] == '\\' ? strchr(letters, *text) : NULL;
    *to++ = found ? signs[found - letters] : *text;
  }
  *to = '\0';
}

static ets_value value_of(char *field) {
  static const ets_value_kind kinds[256] = {['i'] = ETS_VALUE_INTEGER,
                                            ['d'] = ETS_VALUE_DOUBLE,
                                            ['b'] = ETS_VALUE_BOOLEAN,
                                            ['s'] = ETS_VALUE_DATETIME,
                                            ['t'] = ETS_VALUE_TEXT};
  ets_value value = {.presence = ETS_PRESENT, .kind = kinds[(unsigned char)*field]};
  if (!field[0] || !field[1]) {
    value.presence = *field == 'n' ? ETS_NIL : *field == 'e' ? ETS_EMPTY : ETS_ABSENT;
    return value;
  }
  char *text = field + 2, printed[64];
  unescape(text);
  value.integer = strtoll(text, NULL, 10);
  value.real = strtod(text, NULL);
  if (value.kind == ETS_VALUE_INTEGER || value.kind == ETS_VALUE_DOUBLE)
    ets_value_format(&value, printed, sizeof printed);
  else
    printed[0] = '\0';
  value.text = value.kind == ETS_VALUE_BOOLEAN || strcmp(printed, text) == 0 ? NULL : text;
  return value;
}

static ets_status add_row(struct driver *driver) {
  ets_value values[FIELDS];
  for (size_t i = 1; i < driver->count; i++)
    values[i - 1] = value_of(driver->fields[i]);
  return driver->store.sink.calls->row(driver->store.sink.context, values, &driver->error);
}

static ets_value integer_value(int64_t integer) {
  return (ets_value){.presence = ETS_PRESENT, .kind = ETS_VALUE_INTEGER, .integer = integer};
}

static ets_value text_value(ets_value_kind kind, const char *text) {
  return (ets_value){.presence = ETS_PRESENT, .kind = kind, .text = text};
}

/* Clicks as the service gives them; row i of a seed is always the same. */
static ets_status add_rows(struct driver *driver) {
  const struct ets_sink *sink = &driver->store.sink;
  int64_t count = number(driver, 1), seed = number(driver, 2);
  ets_status status = ETS_OK;
  for (int64_t i = 0; status == ETS_OK && i < count; i++) {
    char key[48], date[32], url[80];
    snprintf(key, sizeof key, "s%" PRId64 "-%" PRId64, seed, i);
    snprintf(date, sizeof date, "2026-11-%02dT%02d:%02d:%02d.%03d", (int)(1 + i % 28),
             (int)(i % 24), (int)(i % 60), (int)(i / 60 % 60), (int)(i % 999 + 1));
    snprintf(url, sizeof url, "https://www.example.com/offer/%" PRId64 "?utm_source=mail", i % 50);
    const ets_value values[] = {integer_value(12043295 + i % 7),
                                text_value(ETS_VALUE_TEXT, key),
                                text_value(ETS_VALUE_DATETIME, date),
                                text_value(ETS_VALUE_TEXT, "Click"),
                                integer_value(i % 3),
                                integer_value(10001),
                                {.presence = ETS_NIL},
                                integer_value(4000 + i % 50),
                                text_value(ETS_VALUE_TEXT, url)};
    status = sink->calls->row(sink->context, values, &driver->error);
  }
  return status;
}

/* --- windows and records --------------------------------------------------------------------- */

static ets_status begin(struct driver *driver) {
  driver->span = (ets_export_span){find_table(driver->fields[1]), (int32_t)number(driver, 2),
                                   number(driver, 3), number(driver, 4), OFFSET};
  return driver->store.sink.calls->begin(driver->store.sink.context, &driver->span, &driver->error);
}

static ets_status commit(struct driver *driver) {
  ets_export_share shares[FIELDS];
  ets_export_record record = {.from = driver->span.from,
                              .until = driver->span.until,
                              .rows = (uint64_t)number(driver, 1),
                              .read_at = number(driver, 2),
                              .first = "2026-11-01T00:00:00-06:00",
                              .pieces = 3,
                              .batch_size = 250,
                              .by_send = true,
                              .shares = shares};
  for (size_t i = 3; i < driver->count; i++) {
    char *end;
    shares[record.share_count].send = strtoll(driver->fields[i], &end, 10);
    shares[record.share_count++].rows = strtoull(end + 1, NULL, 10);
  }
  return driver->store.sink.calls->commit(driver->store.sink.context, &record, &driver->error);
}

static ets_status print_record(void *context, const char *table, int32_t account,
                               const ets_export_record *record) {
  (void)context;
  printf("%s %" PRId32 " %" PRId64 " %" PRId64 " %" PRIu64 " %" PRId64 " '%s' '%s' %" PRIu32
         " %" PRId32 " %d",
         table, account, record->from, record->until, record->rows, record->read_at, record->first,
         record->last, record->pieces, record->batch_size, record->by_send);
  for (size_t i = 0; i < record->share_count; i++)
    printf(" %" PRId64 ":%" PRIu64, record->shares[i].send, record->shares[i].rows);
  putchar('\n');
  return ETS_OK;
}

static ets_status print_one(void *context, const ets_export_record *record) {
  return print_record(NULL, context, 0, record);
}

static ets_status obey(struct driver *driver) {
  const ets_sink *sink = &driver->store.sink;
  const char *word = driver->fields[0];
  ets_error *error = &driver->error;
  if (strcmp(word, "prepare") == 0)
    return sink->calls->prepare(sink->context, find_table(driver->fields[1]), error);
  if (strcmp(word, "begin") == 0)
    return begin(driver);
  if (strcmp(word, "row") == 0)
    return add_row(driver);
  if (strcmp(word, "rows") == 0)
    return add_rows(driver);
  if (strcmp(word, "mark") == 0)
    return sink->calls->mark(sink->context, error);
  if (strcmp(word, "back") == 0)
    return sink->calls->back(sink->context, error);
  if (strcmp(word, "commit") == 0)
    return commit(driver);
  if (strcmp(word, "records") == 0)
    return sink->calls->records(sink->context, find_table(driver->fields[1]),
                                (int32_t)number(driver, 2), print_one, driver->fields[1], error);
  if (strcmp(word, "survey") == 0)
    return driver->store.survey(sink->context, print_record, NULL, error);
  if (strcmp(word, "abandon") == 0)
    sink->calls->abandon(sink->context);
  else
    return ets_error_set(error, ETS_E_USAGE, "there is no word %s", word);
  return ETS_OK;
}

static void answer(const struct driver *driver, ets_status status) {
  if (status == ETS_OK)
    printf("= OK\n");
  else
    printf("= %s %s\n", ets_status_name(status), driver->error.message);
  fflush(stdout);
}

/* A signal that comes between two calls is for the second one to see. */
static bool next_line(char *line) {
  while (!fgets(line, LINE, stdin)) {
    if (!ferror(stdin) || errno != EINTR)
      return false;
    clearerr(stdin);
  }
  return true;
}

int main(int count, char **words) {
  static char line[LINE];
  struct driver driver = {.count = 0};
  if (count < 2)
    return 2;
  program_start("sql_driver");
  stop_watch();
  ets_status status = count < 3 ? store_open(&driver.store, words[1], NULL, &driver.error)
                                : store_open_old(&driver.store, words[1], &driver.error);
  answer(&driver, status);
  while (status == ETS_OK && next_line(line)) {
    split(&driver, line);
    answer(&driver, obey(&driver));
  }
  if (status == ETS_OK)
    store_close(&driver.store);
  return status == ETS_OK ? 0 : 1;
}
