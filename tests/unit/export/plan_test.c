/* Which windows a plan has, and which are due. Nothing here talks to the network: the accounts are
 * given, and the sink is a list of records. */
#include "unit.h"

#include <etsoap/etsoap.h>

enum { DAY = 86400, HOUR = 3600, SIX = 6 * HOUR };

/* 2025-11-01 in server time. */
static const int64_t first = 1761976800;

struct books {
  const ets_export_record *records; /* of table sent, account 10001 */
  size_t count;
};

static ets_status prepare(void *sink, const ets_export_table *table, ets_error *error) {
  (void)sink, (void)table, (void)error;
  return ETS_OK;
}

static ets_status records(void *sink, const ets_export_table *table, int32_t account,
                          ets_export_visitor *visit, void *context, ets_error *error) {
  const struct books *books = sink;
  (void)error;
  for (size_t i = books->count; i-- > 0 && account == 10001 && strcmp(table->name, "sent") == 0;)
    if (visit(context, &books->records[i]) != ETS_OK)
      return ETS_E_NOMEM;
  return ETS_OK;
}

static const ets_sink_calls calls = {
    .version = ETS_SINK_VERSION, .prepare = prepare, .records = records};

struct asked {
  ets_session *session;
  ets_export_query query;
  ets_time since, until;
  struct books books;
  ets_export *plan;
  ets_error error;
};

static const int32_t accounts[] = {10001, 10002};
static const char *const sent[] = {"sent"};

static int begin(void **state) {
  static struct asked asked;
  ets_session_options options = ETS_SESSION_OPTIONS_INIT;
  options.endpoint = "http://127.0.0.1:1/";
  asked = (struct asked){.query = ETS_EXPORT_QUERY_INIT};
  asked.query.since = &asked.since;
  asked.query.until = &asked.until;
  asked.query.accounts = accounts;
  asked.query.account_count = 1;
  asked.query.tables = sent;
  asked.query.table_count = 1;
  asked.since = (ets_time){first * 1000000, -360, false};
  asked.until = ets_time_add(asked.since, (int64_t)3 * DAY * 1000000);
  *state = &asked;
  return ets_session_new(&asked.session, &options, NULL);
}

static int end(void **state) {
  struct asked *asked = *state;
  ets_export_free(asked->plan);
  ets_session_free(asked->session);
  return 0;
}

static ets_status plan(struct asked *asked) {
  const ets_sink sink = {&calls, &asked->books};
  ets_export_free(asked->plan);
  return ets_export_plan(&asked->plan, asked->session, &asked->query, &sink, &asked->error);
}

/* "0-24 due, 24-30 ...": hours since `first`. */
static void expect_windows(struct asked *asked, const char *expected) {
  char text[600] = "";
  assert_int_equal(plan(asked), ETS_OK);
  for (size_t i = 0; i < ets_export_count(asked->plan); i++) {
    const ets_export_span *span = ets_export_get(asked->plan, i);
    size_t used = strlen(text);
    snprintf(text + used, sizeof text - used, "%s%lld-%lld%s", used ? ", " : "",
             (long long)(span->from - first) / HOUR, (long long)(span->until - first) / HOUR,
             ets_export_due(asked->plan, i) ? " due" : "");
  }
  expect_text("windows", text, expected);
}

static void expect_refusal(struct asked *asked, const char *part) {
  assert_int_equal(plan(asked), ETS_E_USAGE);
  assert_null(asked->plan);
  expect_part("refusal", asked->error.message, part);
}

static void lies_on_days_of_server_time(void **state) {
  struct asked *asked = *state;
  expect_windows(asked, "0-24 due, 24-48 due, 48-72 due");
  asked->since = ets_time_add(asked->since, (int64_t)5 * HOUR * 1000000);
  asked->until = ets_time_add(asked->since, 1000000);
  expect_windows(asked, "0-24 due");
  asked->query.window = SIX;
  expect_windows(asked, "0-6 due");
  asked->until = ets_time_add(asked->since, (int64_t)2 * HOUR * 1000000);
  expect_windows(asked, "0-6 due, 6-12 due");
}

/* A window of a length that is new stands only where the sink has none. */
static void keeps_what_the_sink_has(void **state) {
  struct asked *asked = *state;
  const int64_t late = first + 30 * DAY;
  const ets_export_record known[] = {
      {.from = first + DAY, .until = first + DAY + SIX, .read_at = late},
      {.from = first + 2 * DAY, .until = first + 3 * DAY, .read_at = late}};
  asked->books = (struct books){known, COUNT(known)};
  expect_windows(asked, "0-24 due, 24-30, 30-48 due, 48-72");
  assert_null(ets_export_last(asked->plan, 0));
  assert_int_equal(ets_export_last(asked->plan, 1)->from, first + DAY);
  asked->query.window = 12 * HOUR;
  expect_windows(asked, "0-12 due, 12-24 due, 24-30, 30-36 due, 36-48 due, 48-72");
  asked->since = ets_time_add(asked->since, (int64_t)50 * HOUR * 1000000);
  expect_windows(asked, "48-72");
}

static void reads_early_ones_again(void **state) {
  struct asked *asked = *state;
  ets_export_record known[] = {
      {.from = first, .until = first + DAY, .read_at = first + DAY + 3 * DAY},
      {.from = first + DAY, .until = first + 2 * DAY, .read_at = first + 2 * DAY + 3 * DAY - 1},
      {.from = first + 2 * DAY, .until = first + 3 * DAY, .read_at = first + 2 * DAY + HOUR}};
  asked->books = (struct books){known, COUNT(known)};
  expect_windows(asked, "0-24, 24-48 due, 48-72 due");
  asked->query.again = 0;
  expect_windows(asked, "0-24, 24-48, 48-72 due");
}

/* A record whose rows are not the sum of its shares is none; its window keeps its length. */
static void takes_no_unsound_record(void **state) {
  struct asked *asked = *state;
  const ets_export_share shares[] = {{0, 2}, {7, 5}};
  const int64_t late = first + 30 * DAY;
  const ets_export_record known[] = {
      {.from = first,
       .until = first + DAY,
       .rows = 7,
       .read_at = late,
       .shares = shares,
       .share_count = COUNT(shares)},
      {.from = first + DAY,
       .until = first + DAY + SIX,
       .rows = 8,
       .read_at = late,
       .shares = shares,
       .share_count = COUNT(shares)},
      {.from = first + 2 * DAY, .until = first + 3 * DAY, .rows = 1, .read_at = late}};
  asked->books = (struct books){known, COUNT(known)};
  expect_windows(asked, "0-24, 24-30 due, 30-48 due, 48-72 due");
  assert_non_null(ets_export_last(asked->plan, 0));
  assert_null(ets_export_last(asked->plan, 1));
}

/* What a clock that went ahead called complete, and what may lack sends. */
static void reads_doubtful_ones_again(void **state) {
  struct asked *asked = *state;
  const ets_export_record known[] = {
      {.from = first, .until = first + DAY, .read_at = first + 90000 * (int64_t)DAY},
      {.from = first + DAY, .until = first + 2 * DAY, .read_at = first + 30 * DAY, .by_send = true},
      {.from = first + 2 * DAY, .until = first + 3 * DAY, .read_at = first + 30 * DAY}};
  asked->books = (struct books){known, COUNT(known)};
  expect_windows(asked, "0-24 due, 24-48 due, 48-72");
}

/* Every window is in one shard, and a sink in use does not move a day to another. */
static void shares_by_days(void **state) {
  struct asked *asked = *state;
  enum { SHARDS = 3, DAYS = 40 };
  int owner[DAYS][COUNT(accounts)];
  size_t least = DAYS, most = 0;
  memset(owner, -1, sizeof owner);
  asked->query.account_count = COUNT(accounts);
  asked->until = ets_time_add(asked->since, (int64_t)DAYS * DAY * 1000000);
  asked->query.shards = SHARDS;
  for (int shard = 1; shard <= SHARDS; shard++) {
    asked->query.shard = (uint32_t)shard;
    assert_int_equal(plan(asked), ETS_OK);
    size_t count = ets_export_count(asked->plan);
    least = count < least ? count : least;
    most = count > most ? count : most;
    for (size_t i = 0; i < count; i++) {
      const ets_export_span *span = ets_export_get(asked->plan, i);
      int *mine = &owner[(span->from - first) / DAY][span->account - 10001];
      assert_int_equal(*mine, -1);
      *mine = shard;
    }
  }
  for (int i = 0; i < DAYS; i++)
    for (size_t j = 0; j < COUNT(accounts); j++)
      assert_int_not_equal(owner[i][j], -1);
  assert_true(least > DAYS / 4 && most < DAYS);
  asked->query.shard = 2;
  asked->query.window = SIX;
  assert_int_equal(plan(asked), ETS_OK);
  for (size_t i = 0; i < ets_export_count(asked->plan); i++) {
    const ets_export_span *span = ets_export_get(asked->plan, i);
    assert_int_equal(owner[(span->from - first) / DAY][span->account - 10001], 2);
  }
}

static void takes_tables_by_name(void **state) {
  struct asked *asked = *state;
  static const char *const some[] = {"OpenEvent", "Sends", "open", "Subscriber"};
  const char *name;
  asked->query.tables = some;
  asked->query.table_count = COUNT(some);
  asked->until = ets_time_add(asked->since, 1000000);
  assert_int_equal(plan(asked), ETS_OK);
  assert_int_equal(ets_export_count(asked->plan), 3);
  expect_text("first", ets_export_get(asked->plan, 0)->table->name, "open");
  const ets_export_table *sends = ets_export_get(asked->plan, 1)->table;
  expect_text("dated", sends->columns[sends->date].name, "SendDate");
  const ets_export_span *whole = ets_export_get(asked->plan, 2);
  expect_text("last", whole->table->name, "subscribers");
  assert_true(whole->table->whole && whole->from == 0 && whole->until == 0);
  assert_true(ets_export_due(asked->plan, 2));
  assert_true(ets_export_table_find(&name, "clickevent"));
  expect_text("by type", name, "click");
  assert_false(ets_export_table_find(&name, "nothing"));
}

static void columns_have_kinds(void **state) {
  struct asked *asked = *state;
  static const char *const bounce[] = {"unsub"};
  static const struct {
    const char *name;
    ets_value_kind kind;
  } expected[] = {{"SendID", ETS_VALUE_INTEGER},
                  {"SubscriberKey", ETS_VALUE_TEXT},
                  {"EventDate", ETS_VALUE_DATETIME},
                  {"IsMasterUnsubscribed", ETS_VALUE_BOOLEAN},
                  {"List_ID", ETS_VALUE_INTEGER}};
  asked->query.tables = bounce;
  assert_int_equal(plan(asked), ETS_OK);
  const ets_export_table *table = ets_export_get(asked->plan, 0)->table;
  for (size_t i = 0; i < COUNT(expected); i++) {
    size_t at = 0;
    while (at < table->column_count && strcmp(table->columns[at].name, expected[i].name) != 0)
      at++;
    assert_true(at < table->column_count);
    assert_int_equal(table->columns[at].kind, expected[i].kind);
  }
}

static void refuses_what_cannot_be(void **state) {
  struct asked *asked = *state;
  const ets_export_record twice[] = {{.from = first, .until = first + DAY},
                                     {.from = first + HOUR, .until = first + SIX}};
  static const char *const wrong[] = {"opens"};
  static const int32_t none[] = {0};
  const struct asked good = *asked;
  asked->query.window = 7 * HOUR;
  expect_refusal(asked, "divides a day");
  asked->query.window = 0;
  asked->query.shard = 4;
  expect_refusal(asked, "shard 4 of 0");
  asked->query.shards = 3;
  expect_refusal(asked, "shard 4 of 3");
  asked->query = good.query;
  asked->until = asked->since;
  expect_refusal(asked, "nothing lies between");
  asked->until = good.until;
  asked->query.since = NULL;
  expect_refusal(asked, "since is missing");
  asked->query = good.query;
  asked->query.tables = wrong;
  expect_refusal(asked, "there is no table opens");
  asked->query = good.query;
  asked->query.accounts = none;
  expect_refusal(asked, "account 0");
  asked->query = good.query;
  asked->query.version = 0;
  expect_refusal(asked, "ETS_EXPORT_QUERY_INIT");
  asked->query = good.query;
  asked->books = (struct books){twice, COUNT(twice)};
  assert_int_equal(plan(asked), ETS_E_IO);
  expect_part("overlap", asked->error.message, "overlap");
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, begin, end)

int main(void) {
  const struct CMUnitTest tests[] = {
      TEST(lies_on_days_of_server_time), TEST(keeps_what_the_sink_has),
      TEST(reads_early_ones_again),      TEST(shares_by_days),
      TEST(takes_tables_by_name),        TEST(columns_have_kinds),
      TEST(refuses_what_cannot_be),      TEST(reads_doubtful_ones_again),
      TEST(takes_no_unsound_record),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
