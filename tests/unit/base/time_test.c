/* ets_time: what it reads and refuses, what it writes, arithmetic around every edge; all of it
 * the same whatever TZ says. */
#include "unit.h"

#include <etsoap/time.h>

#include <time.h>

#define SECOND INT64_C(1000000)
#define HOUR (3600 * SECOND)
#define DAY (24 * HOUR)

static ets_time at(const char *text) {
  ets_time time = {0};
  if (ets_time_parse(&time, text, ETS_SERVER_UTC_OFFSET) != ETS_OK)
    fail_msg("'%s' is not read", text);
  return time;
}

static const char *print(ets_time time) {
  static char buffer[33];
  if (ets_time_format(time, buffer, sizeof buffer) >= sizeof buffer)
    fail_msg("33 bytes are not enough for %s", buffer);
  return buffer;
}

static const struct {
  const char *text, *printed;
} readable[] = {
    /* as on the wire */
    {"2009-07-01T08:45:34.71", "2009-07-01T08:45:34.71-06:00"},
    {"2020-08-13T10:16:59", "2020-08-13T10:16:59-06:00"},
    {"2014-03-26T10:02:01.987", "2014-03-26T10:02:01.987-06:00"},
    {"2019-11-07T11:26:19.142-06:00", "2019-11-07T11:26:19.142-06:00"},
    {"2018-01-01T10:00:00-04:00", "2018-01-01T10:00:00-04:00"},
    {"2026-07-01T00:00:00", "2026-07-01T00:00:00-06:00"}, /* no daylight saving in summer */
    /* shorter forms */
    {"2026-11-01", "2026-11-01T00:00:00-06:00"},
    {"2026-11-01Z", "2026-11-01T00:00:00Z"},
    {"2026-11-01+05:30", "2026-11-01T00:00:00+05:30"},
    {"2026-11-01T10:02", "2026-11-01T10:02:00-06:00"},
    {"2026-11-01T10:02Z", "2026-11-01T10:02:00Z"},
    {"2026-11-01 10:02:01.5", "2026-11-01T10:02:01.5-06:00"},
    {"  2026-11-01T10:02:01\r\n", "2026-11-01T10:02:01-06:00"},
    /* fractions */
    {"2026-11-01T10:02:01.000", "2026-11-01T10:02:01-06:00"},
    {"2026-11-01T10:02:01.1", "2026-11-01T10:02:01.1-06:00"},
    {"2026-11-01T10:02:01.010", "2026-11-01T10:02:01.01-06:00"},
    {"2026-11-01T10:02:01.000001", "2026-11-01T10:02:01.000001-06:00"},
    {"2026-11-01T10:02:01.9999999", "2026-11-01T10:02:01.999999-06:00"},
    {"2026-11-01T10:02:01.1234567891234567890123Z", "2026-11-01T10:02:01.123456Z"},
    {"1969-12-31T23:59:59.999999Z", "1969-12-31T23:59:59.999999Z"},
    {"1969-12-31T23:59:59.5Z", "1969-12-31T23:59:59.5Z"},
    /* offsets */
    {"2026-11-01T00:00:00+00:00", "2026-11-01T00:00:00Z"},
    {"2026-11-01T00:00:00-00:00", "2026-11-01T00:00:00Z"},
    {"2026-11-01T00:00:00+14:00", "2026-11-01T00:00:00+14:00"},
    {"2026-11-01T00:00:00-14:00", "2026-11-01T00:00:00-14:00"},
    {"2026-11-01T00:00:00-00:30", "2026-11-01T00:00:00-00:30"},
    {"2026-11-01T00:00:00-03:45", "2026-11-01T00:00:00-03:45"},
    /* the end of a day */
    {"2026-12-31T24:00:00", "2027-01-01T00:00:00-06:00"},
    {"2026-02-28T24:00", "2026-03-01T00:00:00-06:00"},
    {"2028-02-28T24:00:00.000Z", "2028-02-29T00:00:00Z"},
    {"9999-12-30T24:00:00Z", "9999-12-31T00:00:00Z"},
    /* months and leap years */
    {"2000-02-29", "2000-02-29T00:00:00-06:00"},
    {"2028-02-29", "2028-02-29T00:00:00-06:00"},
    {"2026-01-31", "2026-01-31T00:00:00-06:00"},
    {"2026-04-30", "2026-04-30T00:00:00-06:00"},
    {"0001-01-01T00:00:00", "0001-01-01T00:00:00-06:00"},
    {"0001-01-01T00:00:00+14:00", "0001-01-01T00:00:00+14:00"},
    {"9999-12-31T23:59:59.999999", "9999-12-31T23:59:59.999999-06:00"},
    {"9999-12-31T23:59:59.999999-14:00", "9999-12-31T23:59:59.999999-14:00"},
    /* month first, as in data extension rows */
    {"8/9/2026 1:02:03 PM", "2026-08-09T13:02:03-06:00"},
    {"08/09/2026 01:02:03 AM", "2026-08-09T01:02:03-06:00"},
    {"12/31/2026 12:00:00 AM", "2026-12-31T00:00:00-06:00"},
    {"12/31/2026 12:59:59 AM", "2026-12-31T00:59:59-06:00"},
    {"12/31/2026 12:00:00 PM", "2026-12-31T12:00:00-06:00"},
    {"12/31/2026 11:59:59 PM", "2026-12-31T23:59:59-06:00"},
    {"2/29/2028 1:02 pm", "2028-02-29T13:02:00-06:00"},
    {"2/29/2028 1:02pm", "2028-02-29T13:02:00-06:00"},
    {"8/9/2026 1:02:03.25 PM", "2026-08-09T13:02:03.25-06:00"},
    {"8/9/2026 13:02:03", "2026-08-09T13:02:03-06:00"},
    {"8/9/2026 0:00", "2026-08-09T00:00:00-06:00"},
    {"8/9/2026", "2026-08-09T00:00:00-06:00"},
    {"8/9/2026 ", "2026-08-09T00:00:00-06:00"},
};

static void reads_and_prints(void **state) {
  (void)state;
  for (size_t i = 0; i < COUNT(readable); i++)
    expect_text(readable[i].text, print(at(readable[i].text)), readable[i].printed);
}

static const char *const unreadable[] = {
    "",
    " ",
    "today",
    "2026",
    "2026-11",
    "2026-1-1",
    "2026-11-1",
    "26-11-01",
    "02026-11-01",
    "-2026-11-01",
    "+2026-11-01",
    "20261101",
    "2026/11/01",
    "2026-11-011",
    "2026-11-01x",
    "2026-11-01T",
    "2026-11-01 x",
    "2026-11-01T10",
    "2026-11-01T1:02",
    "2026-11-01T10:2",
    "2026-11-01T10:02:",
    "2026-11-01T10:02:1",
    "2026-11-01T10:02:01.",
    "2026-11-01T10:02:01.Z",
    "2026-11-01T10:02:01,5",
    "2026-11-01T10:02.5",
    "2026-11-01T10:02:01.5.5",
    "2026-11-01t10:02:01",
    "2026-11-01T10:02:01z",
    "2026-11-01T10:02:01 Z",
    "2026-11-01T10:02:01ZZ",
    "2026-11-01T10:02:01+06",
    "2026-11-01T10:02:01+0600",
    "2026-11-01T10:02:01+6:00",
    "2026-11-01T10:02:01+14:01",
    "2026-11-01T10:02:01-15:00",
    "2026-11-01T10:02:01+05:60",
    "2026-11-01T10:02:01 2026",
    /* numbers out of their range */
    "0000-01-01",
    "10000-01-01",
    "2026-00-01",
    "2026-13-01",
    "2026-11-00",
    "2026-11-31",
    "2026-04-31",
    "2026-02-29",
    "1900-02-29",
    "2100-02-29",
    "2026-01-32",
    "2026-11-01T25:00:00",
    "2026-11-01T24:00:01",
    "2026-11-01T24:01",
    "2026-11-01T24:00:00.000001",
    "2026-11-01T10:60",
    "2026-11-01T10:02:60",
    "2026-12-31T23:59:60Z",
    "9999-12-31T24:00:00",
    /* month first */
    "13/1/2026",
    "0/1/2026",
    "1/0/2026",
    "2/29/2026",
    "31/12/2026",
    "8/9/26",
    "8/9/12026",
    "8/9",
    "8/9/2026T1:02",
    "8/9/2026 1",
    "8/9/2026 1:02:03 XM",
    "8/9/2026 1:02:03 P",
    "8/9/2026 1:02:03 PMx",
    "8/9/2026 0:02:03 AM",
    "8/9/2026 13:02:03 PM",
    "8/9/2026 1:02:03 PM Z",
    "8/9/2026 1:02:03Z",
    "8/9/2026 24:00:01",
};

static void refuses_and_leaves_alone(void **state) {
  (void)state;
  const ets_time before = {42, 7, true};
  ets_time time = before;
  for (size_t i = 0; i < COUNT(unreadable); i++)
    if (ets_time_parse(&time, unreadable[i], 0) != ETS_E_USAGE)
      fail_msg("'%s' is read as %s", unreadable[i], print(time));
  assert_int_equal(ets_time_parse(&time, NULL, 0), ETS_E_USAGE);
  assert_int_equal(ets_time_parse(&time, "2026-11-01", 14 * 60 + 1), ETS_E_USAGE);
  assert_int_equal(ets_time_parse(&time, "2026-11-01", -14 * 60 - 1), ETS_E_USAGE);
  assert_memory_equal(&time.microseconds, &before.microseconds, sizeof time.microseconds);
  assert_int_equal(time.offset, before.offset);
  assert_true(time.zoned);
}

/* Instants that other calendars agree on. */
static void counts_from_the_epoch(void **state) {
  (void)state;
  static const struct {
    const char *text;
    int64_t seconds;
  } instants[] = {
      {"1970-01-01T00:00:00Z", 0},
      {"1969-12-31T18:00:00-06:00", 0},
      {"1970-01-01T14:00:00+14:00", 0},
      {"2000-03-01T00:00:00Z", 951868800},
      {"2001-09-09T01:46:40Z", 1000000000},
      {"2038-01-19T03:14:08Z", INT64_C(2147483648)},
      {"1901-12-13T20:45:51Z", INT64_C(-2147483649)},
      {"0001-01-01T00:00:00Z", INT64_C(-62135596800)},
      {"9999-12-31T23:59:59Z", INT64_C(253402300799)},
  };
  for (size_t i = 0; i < COUNT(instants); i++)
    if (at(instants[i].text).microseconds != instants[i].seconds * SECOND)
      fail_msg("%s is %lld", instants[i].text, (long long)at(instants[i].text).microseconds);
}

static void knows_whether_a_zone_was_named(void **state) {
  (void)state;
  assert_false(at("2026-11-01T10:02").zoned);
  assert_false(at("8/9/2026 1:02:03 PM").zoned);
  assert_true(at("2026-11-01T10:02Z").zoned);
  assert_true(at("2026-11-01T10:02-06:00").zoned);
  ets_time time;
  assert_int_equal(ets_time_parse(&time, "2026-11-01T10:02", -420), ETS_OK);
  assert_string_equal(print(time), "2026-11-01T10:02:00-07:00");
  assert_int_equal(ets_time_parse(&time, "2026-11-01T10:02+01:00", -420), ETS_OK);
  assert_string_equal(print(time), "2026-11-01T10:02:00+01:00");
}

/* Every day of all the years, once: dates count up without gap, and read back. */
static void every_day_reads_back(void **state) {
  (void)state;
  ets_time day = at("0001-01-01Z");
  size_t days = 0;
  char text[33], last[33] = "";
  for (;; day.microseconds += DAY, days++) {
    ets_time back;
    ets_time_format(day, text, sizeof text);
    if (strcmp(text, last) <= 0)
      fail_msg("%s comes after %s", text, last);
    if (ets_time_parse(&back, text, 0) != ETS_OK || back.microseconds != day.microseconds)
      fail_msg("%s does not read back", text);
    memcpy(last, text, sizeof last);
    if (strcmp(text, "9999-12-31T00:00:00Z") == 0)
      break;
  }
  assert_int_equal(days, 3652058);
}

static void random_instants_read_back(void **state) {
  (void)state;
  uint64_t seed = 20261101;
  const int64_t first = at("0001-01-02Z").microseconds, last = at("9999-12-30Z").microseconds;
  for (int i = 0; i < 200000; i++) {
    seed = seed * UINT64_C(6364136223846793005) + 1442695040888963407;
    int64_t shift = (int64_t)((seed >> 1) % (uint64_t)(last - first));
    ets_time time = {first + shift, (int16_t)((int)(seed >> 33) % 1681 - 840), true}, back;
    if (ets_time_parse(&back, print(time), 0) != ETS_OK || back.microseconds != time.microseconds ||
        back.offset != time.offset)
      fail_msg("%s reads back as another", print(time));
  }
}

static void writes_for_the_wire(void **state) {
  (void)state;
  static const struct {
    const char *text, *wire;
  } cases[] = {
      {"2026-11-01T10:02:01.987", "2026-11-01T10:02:01-06:00"},
      {"2026-11-01", "2026-11-01T00:00:00-06:00"},
      {"2026-11-01T10:02:01.999999Z", "2026-11-01T10:02:01Z"},
      {"1969-12-31T23:59:59.9Z", "1969-12-31T23:59:59Z"},
      {"2017-06-01T01:00:00.000-05:00", "2017-06-01T01:00:00-05:00"},
  };
  for (size_t i = 0; i < COUNT(cases); i++) {
    char text[33];
    size_t length = ets_time_format_wire(at(cases[i].text), text, sizeof text);
    expect_text(cases[i].text, text, cases[i].wire);
    assert_int_equal(length, strlen(text));
  }
}

static void writes_no_more_than_fits(void **state) {
  (void)state;
  const char *full = "2026-11-01T10:02:01.987654-06:00";
  ets_time time = at(full);
  assert_int_equal(ets_time_format(time, NULL, 0), 32);
  for (size_t size = 1; size <= 33; size++) {
    char text[40];
    memset(text, '#', sizeof text);
    assert_int_equal(ets_time_format(time, text, size), 32);
    assert_int_equal(strlen(text), size - 1);
    assert_memory_equal(text, full, size - 1);
    assert_int_equal(text[size], '#');
  }
}

static void compares_instants(void **state) {
  (void)state;
  static const char *const ascending[] = {
      "0001-01-01T00:00:00+14:00",   "0001-01-01T00:00:00",
      "1969-12-31T23:59:59.999999Z", "1970-01-01T00:00:00Z",
      "2026-11-01T00:00:00+01:00",   "2026-11-01T00:00:00Z",
      "2026-10-31T23:30:00-01:00",   "2026-11-01T00:00:00",
      "2026-11-01T00:00:00.000001",  "9999-12-31T23:59:59.999999-14:00",
  };
  for (size_t i = 0; i < COUNT(ascending); i++)
    for (size_t j = 0; j < COUNT(ascending); j++)
      if (ets_time_compare(at(ascending[i]), at(ascending[j])) != (i > j) - (i < j))
        fail_msg("%s against %s", ascending[i], ascending[j]);
  assert_int_equal(ets_time_compare(at("2026-11-01T06:00:00Z"), at("2026-11-01T00:00:00-06:00")),
                   0);
}

static void tells_of_fractions(void **state) {
  (void)state;
  assert_true(ets_time_has_fraction("2026-11-01T10:02:01.5-06:00"));
  assert_true(ets_time_has_fraction("2026-11-01T10:02:01.0000001"));
  assert_true(ets_time_has_fraction("8/9/2026 1:02:03.04 PM"));
  assert_false(ets_time_has_fraction("2026-11-01T10:02:01.000Z"));
  assert_false(ets_time_has_fraction("2026-11-01T10:02:01"));
  assert_false(ets_time_has_fraction("2026-11-01"));
}

static void moves_to_another_offset(void **state) {
  (void)state;
  ets_time time = at("2026-11-01T00:30:00Z");
  assert_string_equal(print(ets_time_in(time, -360)), "2026-10-31T18:30:00-06:00");
  assert_string_equal(print(ets_time_in(time, 330)), "2026-11-01T06:00:00+05:30");
  assert_int_equal(ets_time_compare(time, ets_time_in(time, 840)), 0);
  assert_string_equal(print(ets_time_in(time, 841)), "2026-11-01T00:30:00Z");
  assert_string_equal(print(ets_time_in(time, INT32_MIN)), "2026-11-01T00:30:00Z");
  /* where it would fall outside the years 1 to 9999 it stays */
  assert_string_equal(print(ets_time_in(at("0001-01-01T00:00:00Z"), -1)), "0001-01-01T00:00:00Z");
  assert_string_equal(print(ets_time_in(at("0001-01-01T00:00:00Z"), 1)),
                      "0001-01-01T00:01:00+00:01");
  assert_string_equal(print(ets_time_in(at("9999-12-31T23:59:59"), 0)),
                      "9999-12-31T23:59:59-06:00");
}

static void adds(void **state) {
  (void)state;
  static const struct {
    const char *text;
    int64_t microseconds;
    const char *sum;
  } sums[] = {
      {"2026-12-31T23:59:59.999999", 1, "2027-01-01T00:00:00-06:00"},
      {"2027-01-01T00:00:00", -1, "2026-12-31T23:59:59.999999-06:00"},
      {"2028-02-28T12:00:00Z", DAY, "2028-02-29T12:00:00Z"},
      {"2026-02-28T12:00:00Z", DAY, "2026-03-01T12:00:00Z"},
      {"1970-01-01T00:00:00Z", -1, "1969-12-31T23:59:59.999999Z"},
      {"2026-11-01T01:30:00", HOUR, "2026-11-01T02:30:00-06:00"}, /* a US clock turns back here */
      {"2026-03-08T01:30:00", HOUR, "2026-03-08T02:30:00-06:00"}, /* and forward here */
      {"9999-12-31T23:59:59", SECOND, "9999-12-31T23:59:59.999999-06:00"},
      {"9999-12-31T23:59:59+14:00", SECOND, "9999-12-31T23:59:59.999999+14:00"},
      {"2026-11-01", INT64_MAX, "9999-12-31T23:59:59.999999-06:00"},
      {"2026-11-01", INT64_MIN, "0001-01-01T00:00:00-06:00"},
      {"0001-01-01T00:00:00+14:00", -1, "0001-01-01T00:00:00+14:00"},
      {"0001-01-01T00:00:00.000001Z", -1, "0001-01-01T00:00:00Z"},
  };
  for (size_t i = 0; i < COUNT(sums); i++)
    expect_text(sums[i].text, print(ets_time_add(at(sums[i].text), sums[i].microseconds)),
                sums[i].sum);
}

/* A time that a caller made by hand may hold anything. */
static void holds_what_nobody_parsed(void **state) {
  (void)state;
  assert_string_equal(print((ets_time){INT64_MAX, -360, false}),
                      "9999-12-31T23:59:59.999999-06:00");
  assert_string_equal(print((ets_time){INT64_MIN, 840, false}), "0001-01-01T00:00:00+14:00");
  assert_string_equal(print((ets_time){0, INT16_MAX, false}), "1970-01-01T00:00:00Z");
  assert_string_equal(print(ets_time_add((ets_time){INT64_MAX, INT16_MIN, false}, -1)),
                      "9999-12-31T23:59:59.999998Z");
}

static void now_is_now(void **state) {
  (void)state;
  int64_t before = time(NULL);
  ets_time now = ets_time_now(-360);
  int64_t after = time(NULL) + 1;
  assert_in_range(now.microseconds / SECOND, before, after);
  assert_int_equal(now.offset, -360);
  assert_int_equal(ets_time_now(9999).offset, 0);
}

static int set_zone(void **state) {
  const char *zone = *state;
  if (zone)
    setenv("TZ", zone, 1);
  else
    unsetenv("TZ");
  tzset();
  return 0;
}

int main(void) {
  static char *const zones[] = {NULL,        "UTC",       "America/Chicago", "Asia/Kathmandu",
                                "EST5EDT",   "XYZ-14:00", "right/UTC",       "Pacific/Apia",
                                "not a zone"};
  int failed = 0;
  const struct CMUnitTest days[] = {cmocka_unit_test(every_day_reads_back)};
  failed += cmocka_run_group_tests_name("days", days, NULL, NULL);
  for (size_t i = 0; i < COUNT(zones); i++) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_prestate_setup_teardown(reads_and_prints, set_zone, NULL, zones[i]),
        cmocka_unit_test_prestate_setup_teardown(refuses_and_leaves_alone, set_zone, NULL,
                                                 zones[i]),
        cmocka_unit_test_prestate_setup_teardown(counts_from_the_epoch, set_zone, NULL, zones[i]),
        cmocka_unit_test(knows_whether_a_zone_was_named),
        cmocka_unit_test(random_instants_read_back),
        cmocka_unit_test(writes_for_the_wire),
        cmocka_unit_test(writes_no_more_than_fits),
        cmocka_unit_test(compares_instants),
        cmocka_unit_test(tells_of_fractions),
        cmocka_unit_test(moves_to_another_offset),
        cmocka_unit_test(adds),
        cmocka_unit_test(holds_what_nobody_parsed),
        cmocka_unit_test(now_is_now),
    };
    failed += cmocka_run_group_tests_name(zones[i] ? zones[i] : "no TZ", tests, NULL, NULL);
  }
  return failed;
}
