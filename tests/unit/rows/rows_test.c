/* Rows in each format, with each of the four presences, and what a full disk or a short result
 * makes of them. */
#include "unit.h"

#include <etsoap/pool.h>
#include <etsoap/rows.h>

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define VALUE_TEXT(string) \
  { .presence = ETS_PRESENT, .kind = ETS_VALUE_TEXT, .text = (string) }

static const char *const columns[] = {"ID", "Name", "Client.ID", "Date"};
enum { COLUMNS = sizeof columns / sizeof *columns };

static const ets_value plain[COLUMNS] = {
    {.presence = ETS_PRESENT, .kind = ETS_VALUE_INTEGER, .integer = -7},
    VALUE_TEXT("J\xC3\xBCrgen \"J\", a\tb\\c\nd"),
    {.presence = ETS_ABSENT},
    {.presence = ETS_PRESENT, .kind = ETS_VALUE_DATETIME, .text = "2026-11-01T10:02:01.98"}};
static const ets_value odd[COLUMNS] = {
    {.presence = ETS_PRESENT, .kind = ETS_VALUE_INTEGER, .integer = 12, .text = "0012"},
    {.presence = ETS_EMPTY, .kind = ETS_VALUE_TEXT, .text = ""},
    {.presence = ETS_NIL},
    {.presence = ETS_PRESENT, .kind = ETS_VALUE_BINARY, .bytes = "\x01\x02\xFF\xFE", .size = 4}};

/* What the rows come to; the text is static. */
static const char *written(ets_rows_format format, bool rfc3339, bool complete,
                           const ets_value *const *rows, size_t count) {
  static char text[4096];
  ets_rows_options options = ETS_ROWS_OPTIONS_INIT;
  ets_rows *writer;
  ets_error error;
  FILE *file = tmpfile();
  assert_non_null(file);
  options.format = format;
  options.columns = columns;
  options.column_count = COLUMNS;
  options.rfc3339 = rfc3339;
  assert_int_equal(ets_rows_open(&writer, fileno(file), &options, &error), ETS_OK);
  for (size_t i = 0; i < count; i++)
    assert_int_equal(ets_rows_add_values(writer, rows[i]), ETS_OK);
  assert_int_equal(ets_rows_close(writer, complete, &error), ETS_OK);
  rewind(file);
  text[fread(text, 1, sizeof text - 1, file)] = '\0';
  fclose(file);
  return text;
}

static const ets_value *const both[] = {plain, odd};

static void csv_quotes_what_needs_it(void **state) {
  (void)state;
  assert_string_equal(written(ETS_ROWS_CSV, false, true, both, 2),
                      "ID,Name,Client.ID,Date\r\n"
                      "-7,\"J\xC3\xBCrgen \"\"J\"\", a\tb\\c\nd\",,2026-11-01T10:02:01.98\r\n"
                      "0012,\"\",,AQL//g==\r\n");
}

static void tsv_escapes_and_tells_nil(void **state) {
  (void)state;
  assert_string_equal(written(ETS_ROWS_TSV, false, true, both, 2),
                      "ID\tName\tClient.ID\tDate\n"
                      "-7\tJ\xC3\xBCrgen \"J\", a\\tb\\\\c\\nd\t\t2026-11-01T10:02:01.98\n"
                      "0012\t\t\\N\tAQL//g==\n");
}

static void json_has_types(void **state) {
  (void)state;
  const char *first = "{\"ID\":-7,\"Name\":\"J\xC3\xBCrgen \\\"J\\\", a\\tb\\\\c\\nd\","
                      "\"Date\":\"2026-11-01T10:02:01.98\"}";
  const char *second = "{\"ID\":\"0012\",\"Name\":\"\",\"Client.ID\":null,\"Date\":\"AQL//g==\"}";
  char expected[1000];
  snprintf(expected, sizeof expected, "%s\n%s\n", first, second);
  assert_string_equal(written(ETS_ROWS_NDJSON, false, true, both, 2), expected);
  snprintf(expected, sizeof expected, "[\n%s,\n%s\n]\n", first, second);
  assert_string_equal(written(ETS_ROWS_JSON, false, true, both, 2), expected);
}

static void json_strings_hold_nothing_else(void **state) {
  (void)state;
  const ets_value value[COLUMNS] = {VALUE_TEXT("\x01\x7F\xC3(\xF0\x9F\x98\x80"), {0}, {0}, {0}};
  const ets_value *const row[] = {value};
  assert_string_equal(written(ETS_ROWS_NDJSON, false, true, row, 1),
                      "{\"ID\":\"\\u0001\\u007f\xEF\xBF\xBD(\xF0\x9F\x98\x80\"}\n");
}

static void numbers_that_json_lacks_are_strings(void **state) {
  (void)state;
  static const struct {
    const char *text, *json;
  } cases[] = {{"1", "1"},         {"-0", "-0"},     {"1.50", "1.50"}, {"1e5", "1e5"},
               {"1E-5", "1E-5"},   {"+1", "\"+1\""}, {"01", "\"01\""}, {".5", "\".5\""},
               {"1.", "\"1.\""},   {"1e", "\"1e\""}, {"-", "\"-\""},   {"NaN", "\"NaN\""},
               {"INF", "\"INF\""}, {"1 ", "\"1 \""}};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    const ets_value value[COLUMNS] = {
        {.presence = ETS_PRESENT, .kind = ETS_VALUE_DOUBLE, .text = cases[i].text}};
    const ets_value *const row[] = {value};
    char expected[64];
    snprintf(expected, sizeof expected, "{\"ID\":%s}\n", cases[i].json);
    assert_string_equal(written(ETS_ROWS_NDJSON, false, true, row, 1), expected);
  }
}

static void dates_get_their_zone(void **state) {
  (void)state;
  assert_non_null(
      strstr(written(ETS_ROWS_TSV, true, true, both, 1), "\t2026-11-01T10:02:01.98-06:00\n"));
}

static void what_is_not_whole_shows(void **state) {
  (void)state;
  const char *text = written(ETS_ROWS_JSON, false, false, both, 1);
  assert_null(strchr(text, ']'));
  assert_string_equal(written(ETS_ROWS_JSON, false, false, both, 0), "");
  assert_string_equal(written(ETS_ROWS_CSV, false, false, both, 0), "");
  assert_string_equal(written(ETS_ROWS_JSON, false, true, both, 0), "[]\n");
}

static void a_full_disk_is_an_error(void **state) {
  (void)state;
  ets_rows_options options = ETS_ROWS_OPTIONS_INIT;
  ets_rows *rows;
  ets_error error;
  ets_status status = ETS_OK;
  int file = open("/dev/full", O_WRONLY);
  assert_true(file >= 0);
  options.columns = columns;
  options.column_count = COLUMNS;
  assert_int_equal(ets_rows_open(&rows, file, &options, &error), ETS_OK);
  for (int i = 0; i < 100000 && status == ETS_OK; i++)
    status = ets_rows_add_values(rows, plain);
  assert_int_equal(status, ETS_E_IO);
  assert_int_equal(errno, ENOSPC);
  errno = 0;
  assert_int_equal(ets_rows_close(rows, true, &error), ETS_E_IO);
  assert_int_equal(errno, ENOSPC);
  assert_non_null(strstr(error.message, "No space left"));
  /* what stays in the buffer until the end fails there */
  assert_int_equal(ets_rows_open(&rows, file, &options, &error), ETS_OK);
  assert_int_equal(ets_rows_add_values(rows, plain), ETS_OK);
  assert_int_equal(ets_rows_close(rows, true, &error), ETS_E_IO);
  /* unless it is asked for */
  assert_int_equal(ets_rows_open(&rows, file, &options, &error), ETS_OK);
  assert_int_equal(ets_rows_add_values(rows, plain), ETS_OK);
  errno = 0;
  assert_int_equal(ets_rows_flush(rows), ETS_E_IO);
  assert_int_equal(errno, ENOSPC);
  assert_int_equal(ets_rows_close(rows, true, &error), ETS_E_IO);
  close(file);
}

struct taken {
  char text[256];
  size_t size, calls;
  int error;
};

static int take(void *context, const char *bytes, size_t size) {
  struct taken *taken = context;
  taken->calls++;
  if (taken->error)
    return taken->error;
  assert_true(size < sizeof taken->text - taken->size);
  memcpy(taken->text + taken->size, bytes, size);
  taken->size += size;
  return 0;
}

static void a_function_takes_what_a_file_would(void **state) {
  ets_rows_options options = ETS_ROWS_OPTIONS_INIT;
  struct taken taken = {{0}, 0, 0, 0};
  ets_rows *writer;
  ets_error error;
  (void)state;
  options.format = ETS_ROWS_CSV;
  options.columns = columns;
  options.column_count = COLUMNS;
  assert_int_equal(ets_rows_open_to(&writer, take, &taken, &options, &error), ETS_OK);
  assert_int_equal(ets_rows_add_values(writer, plain), ETS_OK);
  assert_int_equal(taken.calls, 0);
  assert_int_equal(ets_rows_flush(writer), ETS_OK);
  assert_int_equal(taken.calls, 1);
  assert_int_equal(ets_rows_add_values(writer, odd), ETS_OK);
  assert_int_equal(ets_rows_close(writer, true, &error), ETS_OK);
  assert_string_equal(taken.text, written(ETS_ROWS_CSV, false, true, both, 2));

  taken = (struct taken){{0}, 0, 0, EDQUOT};
  assert_int_equal(ets_rows_open_to(&writer, take, &taken, &options, &error), ETS_OK);
  assert_int_equal(ets_rows_flush(writer), ETS_E_IO);
  assert_int_equal(errno, EDQUOT);
  assert_int_equal(ets_rows_add_values(writer, plain), ETS_E_IO);
  assert_int_equal(ets_rows_close(writer, true, &error), ETS_E_IO);
  assert_non_null(strstr(error.message, strerror(EDQUOT)));
  assert_int_equal(taken.calls, 1);
  options.column_count = 0;
  assert_int_equal(ets_rows_open_to(&writer, take, &taken, &options, &error), ETS_E_USAGE);
  assert_null(writer);
}

static void bad_options_are_named(void **state) {
  (void)state;
  ets_rows_options options = ETS_ROWS_OPTIONS_INIT;
  ets_rows *rows;
  ets_error error;
  ets_rows_format format;
  assert_int_equal(ets_rows_open(&rows, 1, &options, &error), ETS_E_USAGE);
  assert_non_null(strstr(error.message, "no columns"));
  assert_null(rows);
  options.columns = columns;
  options.column_count = 1;
  options.version = 9;
  assert_int_equal(ets_rows_open(&rows, 1, &options, NULL), ETS_E_USAGE);
  assert_true(ets_rows_format_find(&format, "ndjson") && format == ETS_ROWS_NDJSON);
  assert_false(ets_rows_format_find(&format, "xml"));
  assert_int_equal(ets_rows_close(NULL, true, NULL), ETS_OK);
}

/* Email with content areas: what ets_rows_add() writes of it. */
static const char *written_object(ets_rows_format format, ets_object object,
                                  const char *const *names, size_t count) {
  static char text[4096];
  ets_rows_options options = ETS_ROWS_OPTIONS_INIT;
  ets_rows *writer;
  ets_error error;
  FILE *file = tmpfile();
  assert_non_null(file);
  options.format = format;
  options.columns = names;
  options.column_count = count;
  assert_int_equal(ets_rows_open(&writer, fileno(file), &options, &error), ETS_OK);
  assert_int_equal(ets_rows_add(writer, object), ETS_OK);
  assert_int_equal(ets_rows_close(writer, true, &error), ETS_OK);
  rewind(file);
  text[fread(text, 1, sizeof text - 1, file)] = '\0';
  fclose(file);
  return text;
}

static void arrays_are_arrays(void **state) {
  (void)state;
  static const char *const names[] = {"Name", "ContentAreas", "ContentAreas[1].Name",
                                      "ContentAreas[1]"};
  ets_pool *pool = ets_pool_new();
  ets_object email = ets_object_new(pool, "Email"), send = ets_object_new(pool, "Send");
  char json[200];
  ets_set(pool, email, "Name", "News");
  ets_set(pool, email, "ContentAreas[0].Name", "head");
  ets_set(pool, email, "ContentAreas[1].Name", "foot");
  ets_set_object(pool, send, "Email", email);
  assert_int_equal(ets_pool_status(pool), ETS_OK);
  assert_string_equal(written_object(ETS_ROWS_NDJSON, email, names, 4),
                      "{\"Name\":\"News\",\"ContentAreas\":[{\"Name\":\"head\"},"
                      "{\"Name\":\"foot\"}],\"ContentAreas[1].Name\":\"foot\","
                      "\"ContentAreas[1]\":{\"Name\":\"foot\"}}\n");
  assert_string_equal(written_object(ETS_ROWS_TSV, email, names, 3),
                      "Name\tContentAreas\tContentAreas[1].Name\n"
                      "News\t[{\"Name\":\"head\"},{\"Name\":\"foot\"}]\tfoot\n");
  ets_get_json(send, "Email", json, sizeof json);
  assert_string_equal(json, "{\"Name\":\"News\",\"ContentAreas\":[{\"Name\":\"head\"},"
                            "{\"Name\":\"foot\"}]}");
  assert_int_equal(ets_get_json(email, "ContentAreas", json, 5), 33);
  assert_string_equal(json, "[{\"N");
  assert_int_equal(ets_get_json(email, "Folder", json, sizeof json), 0);
  ets_pool_free(pool);
}

static void cells_are_text(void **state) {
  (void)state;
  char buffer[8];
  assert_int_equal(ets_value_cell(&plain[0], buffer, sizeof buffer), 2);
  assert_string_equal(buffer, "-7");
  assert_int_equal(ets_value_cell(&odd[0], buffer, sizeof buffer), 4);
  assert_string_equal(buffer, "0012");
  assert_int_equal(ets_value_cell(&odd[3], buffer, sizeof buffer), 8);
  assert_string_equal(buffer, "AQL//g=");
  assert_int_equal(ets_value_cell(&odd[2], buffer, sizeof buffer), 0);
  assert_string_equal(buffer, "");
  assert_int_equal(ets_value_cell(&odd[3], NULL, 0), 8);
}

static void dates_are_spelled_out_alone(void **state) {
  (void)state;
  char buffer[33];
  const struct {
    ets_value value;
    const char *text;
  } cases[] = {
      {{.presence = ETS_PRESENT, .kind = ETS_VALUE_DATETIME, .text = "2026-11-01T10:02:01.9"},
       "2026-11-01T10:02:01.9-06:00"},
      {{.presence = ETS_PRESENT, .kind = ETS_VALUE_DATETIME, .text = "2026-11-01T10:02:01Z"},
       "2026-11-01T10:02:01Z"},
      {{.presence = ETS_PRESENT, .kind = ETS_VALUE_DATETIME, .text = "soon"}, "soon"},
      {{.presence = ETS_EMPTY, .kind = ETS_VALUE_DATETIME, .text = ""}, ""},
      {{.presence = ETS_PRESENT, .kind = ETS_VALUE_TEXT, .text = "2026-11-01T10:02:01"},
       "2026-11-01T10:02:01"},
  };
  for (size_t i = 0; i < COUNT(cases); i++) {
    ets_value value = cases[i].value;
    ets_value_rfc3339(&value, ETS_SERVER_UTC_OFFSET, buffer, sizeof buffer);
    expect_text(cases[i].value.text, value.text, cases[i].text);
  }
}

/* The program's own reader of a pipe may go; that ends no program. */
static void a_reader_that_is_gone_is_an_error(void **state) {
  (void)state;
  ets_rows_options options = ETS_ROWS_OPTIONS_INIT;
  ets_rows *writer;
  ets_error error;
  int ends[2];
  options.columns = columns;
  options.column_count = COLUMNS;
  assert_int_equal(pipe(ends), 0);
  close(ends[0]);
  assert_int_equal(ets_rows_open(&writer, ends[1], &options, &error), ETS_OK);
  assert_int_equal(ets_rows_add_values(writer, plain), ETS_OK);
  assert_int_equal(ets_rows_close(writer, true, &error), ETS_E_IO);
  assert_int_equal(errno, EPIPE);
  close(ends[1]);
}

static void what_is_no_file_is_refused(void **state) {
  (void)state;
  ets_rows_options options = ETS_ROWS_OPTIONS_INIT;
  ets_rows *writer;
  ets_error error;
  options.columns = columns;
  options.column_count = COLUMNS;
  assert_int_equal(ets_rows_open(&writer, -1, &options, &error), ETS_E_USAGE);
  expect_part("-1", error.message, "-1 is no file");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(csv_quotes_what_needs_it),
      cmocka_unit_test(tsv_escapes_and_tells_nil),
      cmocka_unit_test(json_has_types),
      cmocka_unit_test(json_strings_hold_nothing_else),
      cmocka_unit_test(numbers_that_json_lacks_are_strings),
      cmocka_unit_test(dates_get_their_zone),
      cmocka_unit_test(what_is_not_whole_shows),
      cmocka_unit_test(a_full_disk_is_an_error),
      cmocka_unit_test(a_reader_that_is_gone_is_an_error),
      cmocka_unit_test(what_is_no_file_is_refused),
      cmocka_unit_test(a_function_takes_what_a_file_would),
      cmocka_unit_test(bad_options_are_named),
      cmocka_unit_test(arrays_are_arrays),
      cmocka_unit_test(cells_are_text),
      cmocka_unit_test(dates_are_spelled_out_alone),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
