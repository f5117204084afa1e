/* The command line: tables of options. What is complained of, the tests of the programs look at. */
#include "../unit/unit.h"

#include "common/options.h"

#include <string.h>

struct settings {
  bool quiet;
  const char *format;
  uint64_t size;
  struct option_list mids, pair, files;
  int offset;
};

static bool read_offset(const struct option *option, void *member, const char *value) {
  (void)option;
  *(int *)member = *value == '+' ? 60 : -60;
  return *value == '+' || *value == '-';
}

static const struct option rows[] = {
    OPTION_ROW_FLAG("quiet", 'q', struct settings, quiet, "no progress"),
    OPTION_ROW_TEXT("format", 'f', "FORMAT", struct settings, format, "table or csv"),
    OPTION_ROW_NUMBER("size", 0, "N", struct settings, size, 1, 2500, "rows a page"),
    OPTION_ROW_LIST("mid", 0, "MID", 1, struct settings, mids, "business unit"),
    OPTION_ROW_LIST("tls", 0, "CERTIFICATE KEY", 2, struct settings, pair, "serve HTTPS"),
    OPTION_ROW_LIST("load", 0, "FILE...", OPTION_WORDS_ALL, struct settings, files, "data"),
    OPTION_ROW_CUSTOM("offset", 0, "+HH:MM", read_offset, struct settings, offset, "zone"),
    OPTION_ROW_END};

enum { MOST_WORDS = 16 };

/* Reads words that are separated by blanks; `operands` come back joined by commas. */
static bool read(struct settings *settings, const char *line, char *operands, size_t size) {
  static char text[200];
  char *words[MOST_WORDS];
  int count = 0;
  const struct option_table table = {.options = rows, .into = settings};
  const struct options_reader reader = {&table, 1, "test --help", NULL, NULL};
  struct option_list list = {NULL, 0};
  *settings = (struct settings){.quiet = false};
  memcpy(text, line, strlen(line) + 1);
  for (char *at = text; *at && count < MOST_WORDS;) {
    words[count++] = at;
    at += strcspn(at, " ");
    if (*at)
      *at++ = '\0';
  }
  bool good = options_read(&reader, count, words, &list);
  size_t used = 0;
  operands[0] = '\0';
  for (size_t i = 0; i < list.count; i++)
    used += (size_t)snprintf(operands + used, size - used, "%s%s", i ? "," : "", list.items[i]);
  option_list_free(&list);
  return good;
}

static void release(struct settings *settings) {
  option_list_free(&settings->mids);
  option_list_free(&settings->pair);
  option_list_free(&settings->files);
}

static void reads_every_form(void **state) {
  (void)state;
  static const char *const lines[] = {"-q --format csv 12 --size 7 -",
                                      "12 -q --format=csv - --size=7",
                                      "-fcsv 12 - --quiet --size 7", "--size 7 -q -f csv -- 12 -"};
  for (size_t i = 0; i < COUNT(lines); i++) {
    struct settings settings;
    char operands[100];
    assert_true(read(&settings, lines[i], operands, sizeof operands));
    expect_text(lines[i], operands, "12,-");
    assert_true(settings.quiet);
    expect_text(lines[i], settings.format, "csv");
    assert_int_equal(settings.size, 7);
  }
}

static void behind_two_dashes_nothing_is_an_option(void **state) {
  (void)state;
  struct settings settings;
  char operands[100];
  assert_true(read(&settings, "-- --quiet -- -q", operands, sizeof operands));
  assert_string_equal(operands, "--quiet,--,-q");
  assert_false(settings.quiet);
}

static void lists_gather(void **state) {
  (void)state;
  struct settings settings;
  char operands[100];
  assert_true(read(&settings, "--mid 1 --tls a.pem b.pem x --mid 2 --load c d e --offset +1",
                   operands, sizeof operands));
  assert_string_equal(operands, "x");
  assert_int_equal(settings.mids.count, 2);
  assert_string_equal(settings.mids.items[1], "2");
  assert_int_equal(settings.pair.count, 2);
  assert_string_equal(settings.pair.items[1], "b.pem");
  assert_int_equal(settings.files.count, 3);
  assert_int_equal(settings.offset, 60);
  release(&settings);
}

static void refuses(void **state) {
  (void)state;
  static const char *const lines[] = {
      "--quite",    "--quiet=yes", "-x",          "--format",
      "--format=",  "--size 0",    "--size 2501", "--size -1",
      "--size 7x",  "--size 1e3",  "--size",      "--tls a.pem",
      "--offset 1", "---quiet",    "--=x",        "--size 99999999999999999999999"};
  for (size_t i = 0; i < COUNT(lines); i++) {
    struct settings settings;
    char operands[100];
    if (read(&settings, lines[i], operands, sizeof operands))
      fail_msg("%s is taken", lines[i]);
    release(&settings);
  }
}

static void finds_the_command(void **state) {
  (void)state;
  const struct option_table table = {.options = rows};
  char *words[] = {"--format", "csv", "-q", "--size=3", "send", "12"};
  assert_int_equal(options_first_operand(&table, 1, 6, words), 4);
  char *none[] = {"--format", "csv"};
  assert_int_equal(options_first_operand(&table, 1, 2, none), 2);
  char *plain[] = {"-q", "--", "send"};
  assert_int_equal(options_first_operand(&table, 1, 3, plain), 2);
}

static void says_what_the_last_word_is(void **state) {
  (void)state;
  const struct option_table table = {.options = rows};
  static const struct {
    const char *words[5];
    const char *option; /* NULL: none */
    size_t prefix, operands;
    bool plain;
  } lines[] = {
      {{""}, NULL, 0, 0, false},
      {{"a", "-q", "b", ""}, NULL, 0, 2, false},
      {{"--format", ""}, "format", 0, 0, false},
      {{"--format", "csv", ""}, NULL, 0, 0, false},
      {{"--format=c"}, "format", 9, 0, false},
      {{"-fc"}, "format", 2, 0, false},
      {{"-f", "c"}, "format", 0, 0, false},
      {{"--quiet="}, NULL, 0, 0, false},
      {{"--nonsense=x"}, NULL, 0, 0, false},
      {{"--nonsense", "x"}, NULL, 0, 0, false},
      {{"--tls", "a", "b"}, "tls", 0, 0, false},
      {{"--tls", "a", "b", "c"}, NULL, 0, 0, false},
      {{"--tls=a", "b"}, "tls", 0, 0, false},
      {{"--load", "a", "b", "c"}, "load", 0, 0, false},
      {{"--load", "a", "--size", "3"}, "size", 0, 0, false},
      {{"x", "--load", "a", "-q", "y"}, NULL, 0, 1, false},
      {{"--", "--format", "c"}, NULL, 0, 1, true},
      {{"a", "--"}, NULL, 0, 1, false},
  };
  for (size_t i = 0; i < COUNT(lines); i++) {
    char *words[5];
    int count = 0;
    for (; count < 5 && lines[i].words[count]; count++)
      memcpy(&words[count], &lines[i].words[count], sizeof *words);
    struct option_place place = options_place(&table, 1, count, words);
    const char *name = place.option ? place.option->name : "none";
    if (strcmp(name, lines[i].option ? lines[i].option : "none") != 0 ||
        place.prefix != lines[i].prefix || place.operands != lines[i].operands ||
        place.plain != lines[i].plain)
      fail_msg("%zu: %s, prefix %zu, operands %zu, plain %d", i, name, place.prefix, place.operands,
               place.plain);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(reads_every_form),  cmocka_unit_test(behind_two_dashes_nothing_is_an_option),
      cmocka_unit_test(lists_gather),      cmocka_unit_test(refuses),
      cmocka_unit_test(finds_the_command), cmocka_unit_test(says_what_the_last_word_is)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
