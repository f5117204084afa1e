/* Manual pages: what a formatter would take for something else comes out as it stands. */
#include "../unit/unit.h"

#include "common/mdoc.h"

#include <string.h>

static void expect(struct mdoc *page, const char *wanted) {
  assert_false(page->out.failed);
  assert_string_equal(buffer_text(&page->out), wanted);
  buffer_free(&page->out);
  *page = (struct mdoc){.inside = false};
}

static void words(const char *text, const char *wanted) {
  struct mdoc page = {.inside = false};
  mdoc_words(&page, text, strlen(text));
  expect(&page, wanted);
}

static void text_is_no_request(void **state) {
  (void)state;
  words("", "");
  words(".Sh of it", "\\&.Sh of it\n");
  words("'quoted' it's", "\\&'quoted' it's\n");
  words("a\\b", "a\\eb\n");
  words("one. .two", "one.\n\\&.two\n");
}

static void what_is_typed_stays_so(void **state) {
  (void)state;
  words("a well-known --long-option", "a well-known \\-\\-long\\-option\n");
  words("on 2026-11-01 at ~/x", "on 2026\\-11\\-01 at \\(ti/x\n");
  words("`a-b 'c'`, **d-e**", "\\fBa\\-b \\(aqc\\(aq\\fR, \\fBd-e\\fR\n");
  words("`*.c` and 2 ** 3 `**`", "\\fB*.c\\fR and 2 ** 3 \\fB**\\fR\n");
  words("left `open", "left \\fBopen\\fR\n");
}

static void sentences_begin_lines(void **state) {
  (void)state;
  words("One. Two! (Three.) `4.` five", "One.\nTwo!\n(Three.)\n\\fB4.\\fR five\n");
  words("`a. b` c", "\\fBa. b\\fR c\n");
  words("aaaaaaaaa aaaaaaaaa aaaaaaaaa aaaaaaaaa aaaaaaaaa aaaaaaaaa aaaaaaaaa aaaaaaaa aaa",
        "aaaaaaaaa aaaaaaaaa aaaaaaaaa aaaaaaaaa aaaaaaaaa aaaaaaaaa aaaaaaaaa aaaaaaaa\naaa\n");
}

static void functions_are_macros(void **state) {
  (void)state;
  words("See (ets_get()), then `free()`.", "See\n.Fn ( ets_get ) ,\nthen\n.Fn free .\n");
  words("ets_get()'s ets_session_error()->code",
        ".Fn ets_get Ns \\(aqs\nets_session_error(\\&)\\->code\n");
}

static void parts_are_apart(void **state) {
  (void)state;
  struct mdoc page = {.inside = false};
  mdoc_section(&page, "EXAMPLES");
  mdoc_text(&page, "First\nline.\n\n  .code -x \\\n\n    more\nLast.\n");
  expect(&page, ".Sh EXAMPLES\nFirst line.\n.Bd -literal -offset indent\n\\&.code \\-x \\e\n.Ed\n"
                ".Bd -literal -offset indent\n  more\n.Ed\n.Pp\nLast.\n");
  mdoc_argument(&page, "a \"b\" c-d", 9);
  expect(&page, " \"a \\(dqb\\(dq c\\-d\"");
  mdoc_see_also(&page, "b(7) ab(1) a(1) own(1) a(3) own(7) a(1)", "own(1)");
  expect(&page, ".Sh SEE ALSO\n.Xr a 1 ,\n.Xr ab 1 ,\n.Xr a 3 ,\n.Xr b 7 ,\n.Xr own 7\n");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(text_is_no_request), cmocka_unit_test(what_is_typed_stays_so),
      cmocka_unit_test(sentences_begin_lines), cmocka_unit_test(functions_are_macros),
      cmocka_unit_test(parts_are_apart)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
