/* What every test here includes, in the order that cmocka wants. */
#ifndef ETS_TEST_UNIT_H
#define ETS_TEST_UNIT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* Fails with both texts and what they are about. */
static inline void expect_text(const char *about, const char *actual, const char *expected) {
  if (!actual || strcmp(actual, expected) != 0)
    fail_msg("%s\n  is       %s\n  expected %s", about, actual ? actual : "(none)", expected);
}

static inline void expect_part(const char *about, const char *actual, const char *part) {
  if (!strstr(actual, part))
    fail_msg("%s\n  is       %s\n  expected %s in it", about, actual, part);
}

#endif
