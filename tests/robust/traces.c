/* What is secret never gets into a trace, in pieces of any size; what is not stays readable. */
#include "canned.h"
#include "http/redact.h"
#include "call/session_private.h"

#include <etsoap/etsoap.h>

#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#ifndef DATA
#error "DATA names the folder of the answers"
#endif

/* --- one message ----------------------------------------------------------------------------- */

/* A header up to the empty line, and the body behind it, as a trace has them when they come in
 * pieces of so many bytes. */
static char *redacted(const char *message, size_t piece, bool subscribers) {
  static const char *const secrets[] = {"pass<w\xC3\xB6rd>", "token-of-9", NULL};
  char *text = NULL;
  size_t size = 0, length = strlen(message);
  size_t header = (size_t)(strstr(message, "\r\n\r\n") + 4 - message);
  struct ets_redactor redactor;
  FILE *file = open_memstream(&text, &size);
  assert_non_null(file);
  assert_true(ets_redact_begin(&redactor, file, subscribers, secrets));
  for (size_t at = 0, n; at < length; at += n) {
    size_t left = at < header ? header - at : length - at;
    n = left < piece ? left : piece;
    if (at < header)
      ets_redact_header(&redactor, message + at, n);
    else
      ets_redact_body(&redactor, message + at, n);
  }
  ets_redact_end(&redactor);
  assert_int_equal(fclose(file), 0);
  return text;
}

static void becomes(const char *message, const char *expected, bool subscribers) {
  for (size_t piece = 1; piece <= strlen(message); piece++) {
    char *text = redacted(message, piece, subscribers);
    assert_string_equal(text, expected);
    free(text);
  }
}

#define HEADER "HTTP/1.1 200 OK\r\n\r\n"

static void text_of_secret_elements_is_hidden(void **state) {
  (void)state;
  becomes(HEADER "<a><wsse:Password Type=\"x>y\">p1</wsse:Password><n:Nonce>p2</n:Nonce> t</a>",
          HEADER "<a><wsse:Password Type=\"x>y\">***</wsse:Password><n:Nonce>***</n:Nonce> t</a>",
          false);
  becomes(HEADER "<fueloauth xmlns='u'>p3</fueloauth>\n<PassWord>p4</PassWord><Password/>t",
          HEADER "<fueloauth xmlns='u'>***</fueloauth>\n<PassWord>***</PassWord><Password/>t",
          false);
}

static void markup_inside_does_not_end_it(void **state) {
  (void)state;
  becomes(HEADER "<Password>p<b>p</b>p<Password>p</Password>p<![CDATA[p</b]]>p</Password>t",
          HEADER "<Password>***</Password>t", false);
}

static void quotes_in_comments_and_cdata_are_text(void **state) {
  (void)state;
  becomes(HEADER "<?xml version='1.0'?><!-- don't --><s><![CDATA[Don't <Miss>]]></s>"
                 "<Password>p</Password>",
          HEADER "<?xml version='1.0'?><!-- don't --><s><![CDATA[Don't <Miss>]]></s>"
                 "<Password>***</Password>",
          false);
}

static void subscribers_are_hidden_on_request(void **state) {
  (void)state;
  const char *message = HEADER "<SubscriberKey>k</SubscriberKey><EmailAddress>e</EmailAddress>"
                               "<MobileTelephoneNumber>1</MobileTelephoneNumber>"
                               "<SendID>5</SendID>";
  becomes(message, message, false);
  becomes(message,
          HEADER "<SubscriberKey>***</SubscriberKey><EmailAddress>***</EmailAddress>"
                 "<MobileTelephoneNumber>***</MobileTelephoneNumber>"
                 "<SendID>5</SendID>",
          true);
}

/* What stands in CDATA and comments does not end the element. */
static void cdata_and_comments_inside_do_not_end_it(void **state) {
  (void)state;
  becomes(HEADER "<Password><![CDATA[</Password>p]]>p</Password>t",
          HEADER "<Password>***</Password>t", false);
  becomes(HEADER "<Password>p<!-- </Password> -->p</Password>t", HEADER "<Password>***</Password>t",
          false);
  becomes(HEADER "<Password>p<?x </Password> ?>p</Password>t", HEADER "<Password>***</Password>t",
          false);
  becomes(HEADER "<Password>p<a b='</Password>' c=\"/\">p</a><d/>p</Password>t",
          HEADER "<Password>***</Password>t", false);
  becomes(HEADER "<Password><![CDATA[<Password>]]>p</Password>t",
          HEADER "<Password>***</Password>t", false);
  becomes(HEADER "<Password><!---->p<![CDATA[]]>p</Password>t", HEADER "<Password>***</Password>t",
          false);
}

/* Wherever the service quotes them, however it writes their characters. */
static void known_secrets_are_hidden_everywhere(void **state) {
  (void)state;
  becomes("HTTP/1.1 500 token-of-9\r\nX-Why: token-of-9!\r\n\r\n<faultstring>no token-of-9 nor "
          "pass&lt;w&#xF6;rd&gt;, &#0112;ass&#x3c;w\xC3\xB6rd></faultstring>",
          "HTTP/1.1 500 ***\r\nX-Why: ***!\r\n\r\n<faultstring>no *** nor ***, "
          "***</faultstring>",
          false);
  becomes(HEADER "token-of-8 token-of- token-otoken-of-9token-of-9token-of",
          HEADER "token-of-8 token-of- token-o******token-of", false);
}

/* One list of names for elements and members of JSON. */
static void secret_members_of_json_are_hidden(void **state) {
  (void)state;
  becomes(HEADER "{\"client_id\":\"app\",\"client_secret\" : \"a\\\"b\\\\\",\"x\":\"y\"}",
          HEADER "{\"client_id\":\"app\",\"client_secret\" : \"***\",\"x\":\"y\"}", false);
  becomes(HEADER "{\"access_token\":\"t\",\"note\":\"client_secret\",\"expires_in\":1200}",
          HEADER "{\"access_token\":\"***\",\"note\":\"client_secret\",\"expires_in\":1200}",
          false);
  becomes(HEADER "\"{\"client\\u005fsecret\":\"s\",\"a\":\"b\"}",
          HEADER "\"{\"client\\u005fsecret\":\"***\",\"a\":\"b\"}", false);
  becomes(HEADER "<a b=\"c\">\"Password\" <Password>\"p</Password>t</a>",
          HEADER "<a b=\"c\">\"Password\" <Password>***</Password>t</a>", false);
  becomes(HEADER "{\"client_secret\":\"never ends", HEADER "{\"client_secret\":\"***", false);
}

static void utf_16_is_read(void **state) {
  (void)state;
  static const char text[] = "<Password>p</Password>t";
  char *written = NULL;
  size_t size = 0;
  struct ets_redactor redactor;
  FILE *file = open_memstream(&written, &size);
  assert_non_null(file);
  assert_true(ets_redact_begin(&redactor, file, false, NULL));
  for (size_t i = 0; i < sizeof text - 1; i++) {
    const char unit[2] = {text[i], '\0'};
    ets_redact_body(&redactor, unit, 2);
  }
  ets_redact_body(&redactor, "\x3D\xD8\x00\xDE", 4);
  ets_redact_end(&redactor);
  assert_int_equal(fclose(file), 0);
  assert_string_equal(written, "<Password>***</Password>t\xF0\x9F\x98\x80");
  free(written);
}

static void header_lines_with_credentials_are_hidden(void **state) {
  (void)state;
  becomes("POST / HTTP/1.1\r\nauthorization: Bearer p1\r\nProxy-Authorization: Basic p2\r\n"
          "Cookie: p3\r\nSOAPAction: \"Retrieve\"\r\n\r\n<a/>",
          "POST / HTTP/1.1\r\nauthorization: ***\r\nProxy-Authorization: ***\r\n"
          "Cookie: ***\r\nSOAPAction: \"Retrieve\"\r\n\r\n<a/>",
          false);
}

/* --- a whole exchange ------------------------------------------------------------------------ */

struct traced {
  char folder[64];
  char text[65536]; /* of all files */
  size_t length;
  int files;
};

static void read_traces(struct traced *traced) {
  DIR *folder = opendir(traced->folder);
  assert_non_null(folder);
  for (struct dirent *entry; (entry = readdir(folder)) != NULL;) {
    char path[512];
    struct stat status;
    if (entry->d_name[0] == '.')
      continue;
    snprintf(path, sizeof path, "%s/%s", traced->folder, entry->d_name);
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    assert_int_equal(fstat(fileno(file), &status), 0);
    assert_int_equal(status.st_mode & 0777, 0600);
    traced->length +=
        fread(traced->text + traced->length, 1, sizeof traced->text - 1 - traced->length, file);
    traced->files++;
    fclose(file);
    unlink(path);
  }
  closedir(folder);
  rmdir(traced->folder);
  assert_true(traced->length < sizeof traced->text - 1);
}

static void retrieve(ets_session *session) {
  static const char *const properties[] = {"SubscriberKey"};
  ets_cursor *cursor;
  ets_object row;
  ets_retrieve request = ETS_RETRIEVE_INIT;
  ets_filter *filter = ets_filter_equals("SubscriberKey", "ann@example.com");
  request.object_type = "SentEvent";
  request.properties = properties;
  request.property_count = 1;
  request.filter = filter;
  ets_status status = ets_cursor_open(&cursor, session, &request);
  while (status == ETS_OK)
    status = ets_cursor_next(cursor, &row);
  assert_int_equal(status, ETS_END);
  ets_cursor_close(cursor);
  ets_filter_free(filter);
}

enum credentials { PASSWORD, DIGEST, TOKEN };

static void authenticate(ets_session *session, enum credentials credentials) {
  ets_status status = ETS_OK;
  if (credentials == TOKEN)
    status = ets_auth_token(session, "tokensecret");
  else if (credentials == PASSWORD)
    status = ets_auth_username(session, "demo", "passwordsecret");
  else
    status = ets_auth_username_digest(session, "demo", "passwordsecret");
  assert_int_equal(status, ETS_OK);
}

/* Two pages, one in small chunks, one byte a read. */
static void trace(struct traced *traced, unsigned flags, enum credentials credentials) {
  struct canned canned = {.piece = 1};
  char *answers[2] = {canned_add_file(&canned, DATA, "rows-1", 7),
                      canned_add_file(&canned, DATA, "rows-2", 0)};
  ets_session *session;
  ets_session_options options = ETS_SESSION_OPTIONS_INIT;
  options.endpoint = "http://127.0.0.1:1/Service.asmx";
  assert_int_equal(ets_session_new(&session, &options, NULL), ETS_OK);
  assert_int_equal(canned_install(session, &canned), ETS_OK);
  snprintf(traced->folder, sizeof traced->folder, "/tmp/etsoap-traces.XXXXXX");
  assert_non_null(mkdtemp(traced->folder));
  assert_int_equal(ets_session_trace(session, traced->folder, flags), ETS_OK);
  authenticate(session, credentials);
  retrieve(session);
  ets_session_free(session);
  canned_end(&canned);
  free(answers[0]);
  free(answers[1]);
  read_traces(traced);
  assert_int_equal(traced->files, 4);
}

static void has(const struct traced *traced, const char *text, bool expected) {
  if ((strstr(traced->text, text) != NULL) != expected)
    fail_msg("the trace %s %s:\n%s", expected ? "has no" : "has", text, traced->text);
}

static void holds_no_secret(const struct traced *traced) {
  static const char *const secrets[] = {"passwordsecret", "tokensecret", "cookie-secret"};
  for (size_t i = 0; i < sizeof secrets / sizeof *secrets; i++)
    has(traced, secrets[i], false);
  has(traced, "Set-Cookie: ***", true);
  has(traced, "<OverallStatus>MoreDataAvailable</OverallStatus>", true);
  has(traced, "<BounceCategory>Hard bounce</BounceCategory>", true);
  has(traced, "</s:Envelope>", true);
}

static void a_trace_holds_no_password(void **state) {
  static struct traced traced;
  (void)state;
  trace(&traced, 0, PASSWORD);
  holds_no_secret(&traced);
  has(&traced, ">***</wsse:Password>", true);
  has(&traced, "demo</wsse:Username>", true);
  has(&traced, "ann@example.com", true);
}

static void a_trace_holds_no_nonce(void **state) {
  static struct traced traced;
  (void)state;
  trace(&traced, 0, DIGEST);
  holds_no_secret(&traced);
  has(&traced, ">***</wsse:Password>", true);
  has(&traced, ">***</wsse:Nonce>", true);
}

static void a_trace_holds_no_token(void **state) {
  static struct traced traced;
  (void)state;
  trace(&traced, 0, TOKEN);
  holds_no_secret(&traced);
  has(&traced, ">***</fuel:fueloauth>", true);
}

static void a_trace_holds_no_subscriber_on_request(void **state) {
  static struct traced traced;
  (void)state;
  trace(&traced, ETS_TRACE_REDACT_SUBSCRIBERS, PASSWORD);
  holds_no_secret(&traced);
  has(&traced, "ann@example.com", false);
  has(&traced, "Bj&#246;rn", false);
  has(&traced, "<SubscriberKey>***</SubscriberKey>", true);
  has(&traced, "<SendID>12043295</SendID>", true);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(text_of_secret_elements_is_hidden),
      cmocka_unit_test(markup_inside_does_not_end_it),
      cmocka_unit_test(quotes_in_comments_and_cdata_are_text),
      cmocka_unit_test(subscribers_are_hidden_on_request),
      cmocka_unit_test(cdata_and_comments_inside_do_not_end_it),
      cmocka_unit_test(known_secrets_are_hidden_everywhere),
      cmocka_unit_test(secret_members_of_json_are_hidden),
      cmocka_unit_test(utf_16_is_read),
      cmocka_unit_test(header_lines_with_credentials_are_hidden),
      cmocka_unit_test(a_trace_holds_no_password),
      cmocka_unit_test(a_trace_holds_no_nonce),
      cmocka_unit_test(a_trace_holds_no_token),
      cmocka_unit_test(a_trace_holds_no_subscriber_on_request),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
