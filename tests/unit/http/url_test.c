/* Which addresses credentials may go to, and how long Retry-After asks to wait. */
#include "http/client.h"
#include "http/retry_after.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

static void good_addresses(void **state) {
  static const char *const urls[] = {"https://mc.s7.soap.marketingcloudapis.com/Service.asmx",
                                     "https://host",
                                     "HTTPS://Host:8443/a?b=c",
                                     "https://[2001:db8::1]:443/",
                                     "https://10.1.2.3/x",
                                     "http://127.0.0.1:8080/Service.asmx",
                                     "http://127.8.9.10/",
                                     "http://127.1/",
                                     "http://localhost:1/",
                                     "http://LocalHost/",
                                     "http://[::1]:80/",
                                     "http://[0:0:0:0:0:0:0:1]/"};
  (void)state;
  for (size_t i = 0; i < sizeof urls / sizeof *urls; i++) {
    ets_error error;
    if (ets_http_check_url("endpoint", urls[i], &error) != ETS_OK)
      fail_msg("%s: %s", urls[i], error.message);
  }
}

static void is_refused(const char *url, const char *why) {
  ets_error error;
  if (ets_http_check_url("endpoint", url, &error) != ETS_E_USAGE)
    fail_msg("%s is taken", url);
  assert_int_equal(strncmp(error.message, "endpoint ", 9), 0);
  if (!strstr(error.message, why))
    fail_msg("%s: %s", url, error.message);
}

/* Addresses without a host went to stdout, or nowhere one can name. */
static void bad_addresses(void **state) {
  static const char *const none[] = {"",
                                     "host",
                                     "https://",
                                     "https:///x",
                                     "https:/host/x",
                                     "https://:443/",
                                     "https://?x",
                                     "https://#x",
                                     "https:// host/",
                                     "https://host\\@evil/",
                                     "https://host/\r\nX: y",
                                     "https://h\xC3\xB6st/",
                                     "https://host:99999/",
                                     "https://host:x/",
                                     "https://[::1/",
                                     "ftp://host/",
                                     "file:///etc/passwd",
                                     "httpsx://host/"};
  static const char *const readable[] = {"http://host/",
                                         "http://127.0.0.1.example.com/",
                                         "http://localhost.example.com/",
                                         "http://128.0.0.1/",
                                         "http://[::2]/",
                                         "http://0.0.0.0/",
                                         "http://localhostess/",
                                         "http://[::ffff:10.0.0.1]/",
                                         "http://xlocalhost/"};
  (void)state;
  for (size_t i = 0; i < sizeof none / sizeof *none; i++)
    is_refused(none[i], "is no address: expected https://HOST/PATH");
  for (size_t i = 0; i < sizeof readable / sizeof *readable; i++)
    is_refused(readable[i], "would send the credentials readable");
}

static void passwords_in_addresses_are_refused_and_not_quoted(void **state) {
  static const char *const urls[] = {"https://user:secret@host/", "http://user:secret@127.0.0.1/",
                                     "https://user:secret@:443/", "ftp://user:secret@host/",
                                     "https://secret@host/"};
  (void)state;
  for (size_t i = 0; i < sizeof urls / sizeof *urls; i++) {
    ets_error error;
    assert_int_equal(ets_http_check_url("endpoint", urls[i], &error), ETS_E_USAGE);
    assert_null(strstr(error.message, "secret"));
    assert_non_null(strstr(error.message, "without a user name in it"));
  }
}

static void too_long(void **state) {
  char url[3000] = "https://host/";
  (void)state;
  memset(url + strlen(url), 'a', sizeof url - 1 - strlen(url));
  url[sizeof url - 1] = '\0';
  is_refused(url, "is no address");
}

static void waits(void **state) {
  int64_t date = ets_http_date("Wed, 21 Oct 2026 07:28:00 GMT");
  (void)state;
  assert_int_equal(date, 1792567680);
  assert_int_equal(ets_http_retry_after("0", -1), 0);
  assert_int_equal(ets_http_retry_after("120", -1), 120000);
  assert_int_equal(ets_http_retry_after("99999999999999999999999", -1), 86400000);
  assert_int_equal(ets_http_retry_after("Wed, 21 Oct 2026 07:30:00 GMT", date), 120000);
  assert_int_equal(ets_http_retry_after("Wednesday, 21-Oct-26 07:30:00 GMT", date), 120000);
  assert_int_equal(ets_http_retry_after("Wed Oct 21 07:30:00 2026", date), 120000);
  assert_int_equal(ets_http_retry_after("Wed, 21 Oct 2026 07:27:00 GMT", date), 0);
  assert_int_equal(ets_http_retry_after("soon", date), -1);
  assert_int_equal(ets_http_retry_after("-5", date), -1);
  assert_int_equal(ets_http_retry_after("1.5", date), -1);
  assert_int_equal(ets_http_retry_after("", date), -1);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(good_addresses),
      cmocka_unit_test(bad_addresses),
      cmocka_unit_test(passwords_in_addresses_are_refused_and_not_quoted),
      cmocka_unit_test(too_long),
      cmocka_unit_test(waits),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
