/* Bytes that grow. */
#include "../unit/unit.h"

#include "common/buffer.h"

#include <string.h>

static void grows(void **state) {
  (void)state;
  struct buffer buffer = {0};
  assert_string_equal(buffer_text(&buffer), "");
  for (int i = 0; i < 5000; i++)
    buffer_add_char(&buffer, (char)('a' + i % 26));
  buffer_add(&buffer, "\0x", 2);
  assert_int_equal(buffer.size, 5002);
  assert_memory_equal(buffer.data + 4998, "gh\0x", 5);
  buffer_reset(&buffer);
  assert_string_equal(buffer_text(&buffer), "");
  buffer_free(&buffer);
}

static void writes_numbers_and_formats(void **state) {
  (void)state;
  struct buffer buffer = {0};
  buffer_add_integer(&buffer, INT64_MIN);
  buffer_add_char(&buffer, ' ');
  buffer_add_integer(&buffer, 0);
  buffer_printf(&buffer, " %s=%d", "x", 7);
  assert_string_equal(buffer_text(&buffer), "-9223372036854775808 0 x=7");
  buffer_free(&buffer);
}

static void trims_its_end(void **state) {
  (void)state;
  struct buffer buffer = {0};
  buffer_trim(&buffer);
  buffer_add_text(&buffer, " a b  ");
  buffer_trim(&buffer);
  assert_string_equal(buffer_text(&buffer), " a b");
  assert_int_equal(buffer.size, 4);
  buffer_reset(&buffer);
  buffer_add_text(&buffer, "  ");
  buffer_trim(&buffer);
  assert_string_equal(buffer_text(&buffer), "");
  buffer_free(&buffer);
}

static void a_failure_sticks(void **state) {
  (void)state;
  struct buffer buffer = {0};
  buffer_add_text(&buffer, "kept");
  assert_false(buffer_reserve(&buffer, SIZE_MAX - 100));
  buffer_add_text(&buffer, "lost");
  assert_true(buffer.failed);
  assert_string_equal(buffer_text(&buffer), "kept");
  buffer_reset(&buffer);
  assert_false(buffer.failed);
  buffer_free(&buffer);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(grows), cmocka_unit_test(writes_numbers_and_formats),
      cmocka_unit_test(trims_its_end), cmocka_unit_test(a_failure_sticks)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
