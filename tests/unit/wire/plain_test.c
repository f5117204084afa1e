/* What generated stubs get to read: the same document as plain XML, or nothing to its end. */
#include "unit.h"

#include "harness/bytes.h"
#include "wire/plain.h"

#define CONTRACT "http://exacttarget.com/wsdl/partnerAPI"
#define OPEN                                                           \
  "<s:Envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\">" \
  "<s:Body><R xmlns=\"http://exacttarget.com/wsdl/partnerAPI\">"
#define XSI "xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance'"
#define CLOSE "</R></s:Body></s:Envelope>"

/* Reads at most `most` bytes as gSOAP would, then checks the rest. */
static ets_status rewrite(const char *text, size_t piece, size_t most, char *out, size_t room,
                          struct ets_plain **plain, ets_error *error) {
  struct bytes from = {text, strlen(text), piece};
  struct ets_answer_source source = {&from, read_bytes};
  struct ets_answer_request request = {
      .peer = "the peer", .charset = "", .limits = {1000, 1000, 20, 10}};
  size_t used = 0, n = 1;
  *error = (ets_error){0};
  assert_int_equal(ets_plain_open(plain, &source, &request, error), ETS_OK);
  while (n && used < most) {
    n = ets_plain_read(*plain, out + used, room - 1 - used < 7 ? room - 1 - used : 7);
    used += n;
  }
  out[used] = '\0';
  return ets_plain_finish(*plain, error);
}

static void nothing_is_left_to_resolve(void **state) {
  static const struct {
    const char *inside;
    const char *plain;
  } cases[] = {
      {"<a>x&#x1F600;&amp;&#60;&quot;</a>", "<a>x\xF0\x9F\x98\x80&amp;&lt;\"</a>"},
      {"<a>a\r\nb\rc\r\r\n</a>\r\n", "<a>a\nb\nc\n\n</a>\n"},
      {"<a><![CDATA[a\r\nb\rc\r\r\n]]>&#13;\r\n</a>", "<a>a\nb\nc\n\n&#xD;\n</a>"},
      {"<a><![CDATA[<b>&]]></a>", "<a>&lt;b&gt;&amp;</a>"},
      {"<!-- c --><a/><?pi x?>\n", "<a></a>\n"},
      {"<a b='1\"&#10;&lt;'>&#13;</a>", "<a b=\"1&quot;&#xA;&lt;\">&#xD;</a>"},
      {"<p:a xmlns:p='u' p:b=''><p:c/></p:a>", "<p:a xmlns:p=\"u\" p:b=\"\"><p:c></p:c></p:a>"},
  };
  (void)state;
  for (size_t i = 0; i < COUNT(cases); i++)
    for (size_t piece = 0; piece < 5; piece++) {
      char text[600], expected[600], out[1000];
      struct ets_plain *plain;
      ets_error error;
      snprintf(text, sizeof text, "<?xml version='1.0'?>" OPEN "%s" CLOSE "<!-- end -->",
               cases[i].inside);
      snprintf(expected, sizeof expected, OPEN "%s" CLOSE, cases[i].plain);
      assert_int_equal(rewrite(text, piece, SIZE_MAX, out, sizeof out, &plain, &error), ETS_OK);
      expect_text(cases[i].inside, out, expected);
      assert_null(ets_plain_fault(plain));
      ets_plain_close(plain);
    }
}

/* As the reader of the helpers has it, a fault apart. */
static void no_namespace_is_the_contract_s(void **state) {
  static const struct {
    const char *inside;
    const char *plain;
  } cases[] = {
      {"<a xmlns=''><b c='1'/><p:d xmlns:p='u'><e/></p:d></a>",
       "<a xmlns=\"" CONTRACT "\"><b c=\"1\" xmlns=\"" CONTRACT "\"></b><p:d xmlns:p=\"u\">"
       "<e xmlns=\"" CONTRACT "\"></e></p:d></a>"},
      {"<a xmlns:p='u' xmlns='' p:b=''/><a/>",
       "<a p:b=\"\" xmlns=\"" CONTRACT "\" xmlns:p=\"u\"></a><a></a>"},
      {"<a xmlns='u'><b/></a>", "<a xmlns=\"u\"><b></b></a>"},
  };
  (void)state;
  for (size_t i = 0; i < COUNT(cases); i++) {
    char text[600], expected[600], out[1000];
    struct ets_plain *plain;
    ets_error error;
    snprintf(text, sizeof text, OPEN "%s" CLOSE, cases[i].inside);
    snprintf(expected, sizeof expected, OPEN "%s" CLOSE, cases[i].plain);
    assert_int_equal(rewrite(text, 0, SIZE_MAX, out, sizeof out, &plain, &error), ETS_OK);
    expect_text(cases[i].inside, out, expected);
    ets_plain_close(plain);
  }
}

static void what_is_wrong_is_said_in_the_end(void **state) {
  static const struct {
    const char *text;
    ets_status status;
    const char *message;
  } cases[] = {
      {OPEN "<a/>x<a/>" CLOSE, ETS_E_PROTOCOL, "text between elements (line 1"},
      {OPEN "<a>x<b/></a>" CLOSE, ETS_E_PROTOCOL, "text between elements"},
      {OPEN "<a><b/>x</a>" CLOSE, ETS_E_PROTOCOL, "text between elements"},
      {OPEN "<a></b>" CLOSE, ETS_E_PROTOCOL, "not well-formed"},
      {OPEN CLOSE "x", ETS_E_PROTOCOL, "Extra content"},
      {OPEN "</R><R/></s:Body></s:Envelope>", ETS_E_PROTOCOL, "<R> behind the answer"},
      {OPEN "<a>", ETS_E_CUT, "breaks off"},
      {"<html/>", ETS_E_PROTOCOL, "no SOAP envelope"},
      {OPEN "<a " XSI " xsi:nil='true'>x</a>" CLOSE, ETS_E_PROTOCOL,
       "something in <a>, which says that"},
      {OPEN "<a " XSI " xsi:nil='true'> <b/></a>" CLOSE, ETS_E_PROTOCOL,
       "something in <a>, which says that"},
      {OPEN "<OverallStatus " XSI " xsi:nil='1'>OK</OverallStatus>" CLOSE, ETS_E_PROTOCOL,
       "something in <OverallStatus>, which says that"},
      {OPEN "<a><b href='#1'/></a>" CLOSE, ETS_E_PROTOCOL, "SOAP encoding"},
      {OPEN "<a><b><c><d><e><f><g><h>", ETS_E_PROTOCOL, "max_nesting"},
  };
  (void)state;
  for (size_t i = 0; i < COUNT(cases); i++) {
    char out[1000];
    struct ets_plain *plain;
    ets_error error;
    /* Whether the reader went to the end or stopped at once. */
    for (size_t most = 0; most <= 900; most += 900) {
      ets_status status = rewrite(cases[i].text, 0, most, out, sizeof out, &plain, &error);
      if (status != cases[i].status)
        fail_msg("%s: %s %s", cases[i].text, ets_status_name(status), error.message);
      expect_part(cases[i].text, error.message, cases[i].message);
      ets_plain_close(plain);
    }
  }
}

/* However it is cut, and though no end comes. */
static void what_is_no_reference_is_refused_at_once(void **state) {
  static const struct {
    const char *text;
    ets_status status;
    const char *message;
  } cases[] = {
      {OPEN "<a>A & B</a>" CLOSE, ETS_E_PROTOCOL, "not well-formed XML: an & in it begins no"},
      {OPEN "<a>& B", ETS_E_PROTOCOL, "begins no reference (line 1, column "},
      {OPEN "<a>A & B;</a>" CLOSE, ETS_E_PROTOCOL, "not well-formed"},
      {OPEN "<a>R&D<", ETS_E_PROTOCOL, "begins no reference"},
      {OPEN "<a>&1", ETS_E_PROTOCOL, "begins no reference"},
      {OPEN "<a>&#B", ETS_E_PROTOCOL, "begins no reference"},
      {OPEN "<a>A&#x<", ETS_E_PROTOCOL, "begins no reference"},
      {OPEN "<a>&#xfg", ETS_E_PROTOCOL, "begins no reference"},
      {OPEN "<a>&0123456789", ETS_E_PROTOCOL, "begins no reference"},
      {OPEN "<a>&a123456789012345678901234567890123456789012345678901234567890123", ETS_E_PROTOCOL,
       "has a reference of more than 64 bytes (line 1, column "},
      {OPEN "<a>&#00000000000000000000000000000000000000000000000000065;</a>" CLOSE, ETS_OK, ""},
      {OPEN "<a>A &", ETS_E_CUT, "breaks off"},
      {OPEN "<a>A &am", ETS_E_CUT, "breaks off"},
      {OPEN "<a>A &#x1F60", ETS_E_CUT, "breaks off"},
  };
  (void)state;
  for (size_t i = 0; i < COUNT(cases); i++)
    for (size_t piece = 0; piece < 5; piece++) {
      char out[1000];
      struct ets_plain *plain;
      ets_error error;
      ets_status status = rewrite(cases[i].text, piece, SIZE_MAX, out, sizeof out, &plain, &error);
      if (status != cases[i].status)
        fail_msg("%s: %s %s", cases[i].text, ets_status_name(status), error.message);
      expect_part(cases[i].text, error.message, cases[i].message);
      ets_plain_close(plain);
    }
}

static void status_and_fault_are_kept(void **state) {
  char out[1000];
  struct ets_plain *plain;
  ets_error error;
  (void)state;
  assert_int_equal(rewrite(OPEN "<Results><OverallStatus>inner</OverallStatus></Results>"
                                "<OverallStatus>Has &#69;rrors</OverallStatus>" CLOSE,
                           1, SIZE_MAX, out, sizeof out, &plain, &error),
                   ETS_OK);
  expect_text("status", ets_plain_text(plain, "OverallStatus"), "Has Errors");
  assert_null(ets_plain_text(plain, "OverallStatusMessage"));
  ets_plain_close(plain);
  assert_int_equal(
      rewrite("<s:Envelope xmlns:s='http://schemas.xmlsoap.org/soap/envelope/'><s:Header>a<b/>c"
              "</s:Header><s:Body><s:Fault><faultcode>s:Server</faultcode><faultstring>no"
              "</faultstring><detail>see <b>this</b> there</detail></s:Fault></s:Body>"
              "<s:Header/></s:Envelope>",
              3, SIZE_MAX, out, sizeof out, &plain, &error),
      ETS_OK);
  const struct ets_soap_fault *fault = ets_plain_fault(plain);
  assert_non_null(fault);
  expect_text("code", fault->code.name, "Server");
  expect_text("string", fault->string, "no");
  expect_part("read on", out, "<detail>see <b>this</b> there</detail>");
  ets_plain_close(plain);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(nothing_is_left_to_resolve),
      cmocka_unit_test(no_namespace_is_the_contract_s),
      cmocka_unit_test(what_is_wrong_is_said_in_the_end),
      cmocka_unit_test(what_is_no_reference_is_refused_at_once),
      cmocka_unit_test(status_and_fault_are_kept),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
