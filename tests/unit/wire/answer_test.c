/* The strict reader on bytes: what it refuses and where, what it keeps, how long that lives. */
#include "unit.h"

#include "object/copy.h"
#include "wire/answer.h"

#define NAMESPACES                                           \
  "xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\" "   \
  "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" " \
  "xmlns=\"http://exacttarget.com/wsdl/partnerAPI\""
#define HEAD                                                                  \
  "<s:Envelope " NAMESPACES "><s:Body><RetrieveResponseMsg>\n<OverallStatus>" \
  "OK</OverallStatus>\n"
#define TAIL "</RetrieveResponseMsg></s:Body></s:Envelope>"
#define ROW "<Results xsi:type=\"SentEvent\"><SendID>7</SendID></Results>"

struct bytes {
  const char *at;
  size_t left;
  size_t piece; /* 0: all at once */
  ets_status failure;
};

static ets_status read_bytes(void *context, const char **bytes, size_t *size, ets_error *error) {
  struct bytes *from = context;
  if (from->left == 0 && from->failure)
    return ets_error_set(error, from->failure, "the line went dead");
  *bytes = from->at;
  *size = from->piece && from->piece < from->left ? from->piece : from->left;
  from->at += *size;
  from->left -= *size;
  return ETS_OK;
}

struct reading {
  struct bytes from;
  struct ets_arena arena;
  struct ets_answer_source source;
  struct ets_answer_request request;
  struct ets_answer *answer;
  ets_error error;
};

static void start(struct reading *reading, const char *text, const char *response,
                  const char *items) {
  *reading = (struct reading){.from = {text, strlen(text), 0, ETS_OK}};
  reading->source = (struct ets_answer_source){&reading->from, read_bytes};
  reading->request =
      (struct ets_answer_request){.response = ets_type_find(response, strlen(response)),
                                  .items = items,
                                  .peer = "the peer",
                                  .arena = &reading->arena};
}

static ets_status open_it(struct reading *reading) {
  return ets_answer_open(&reading->answer, &reading->source, &reading->request, &reading->error);
}

static void finish(struct reading *reading) {
  ets_answer_close(reading->answer);
  ets_arena_free(&reading->arena);
}

/* All rows; how it ended. */
static ets_status count_rows(struct reading *reading, int *rows) {
  ets_object row;
  ets_status status = open_it(reading);
  *rows = 0;
  while (status == ETS_OK &&
         (status = ets_answer_next(reading->answer, &row, &reading->error)) == ETS_OK)
    ++*rows;
  return status;
}

static void strictly(void **state) {
  static const struct {
    const char *text;
    int rows;
    ets_status status;
    const char *message;
  } cases[] = {
      {HEAD ROW TAIL, 1, ETS_END, ""},
      {HEAD ROW ROW "</RetrieveResponseMsg></s:Body>\n<s:Header>text<a/></s:Header></s:Envelope> "
                    "<!-- a --><?b?>\n",
       2, ETS_END, ""},
      {HEAD ROW "x" ROW TAIL, 1, ETS_E_PROTOCOL, "text between elements (line 3, column "},
      {HEAD ROW "</Result>" TAIL, 1, ETS_E_PROTOCOL, "not well-formed XML: Opening and ending"},
      {HEAD ROW "<q:Results/>" TAIL, 1, ETS_E_PROTOCOL, "prefix q on Results is not defined"},
      {HEAD ROW TAIL "x", 1, ETS_E_PROTOCOL, "Extra content at the end of the document (line 3"},
      {HEAD ROW TAIL "<s:Envelope/>", 1, ETS_E_PROTOCOL, "Extra content"},
      {HEAD ROW "</RetrieveResponseMsg><More/></s:Body></s:Envelope>", 1, ETS_E_PROTOCOL,
       "has <More> behind the answer in the body (line 3"},
      {HEAD "<Results><Name>a<b/></Name></Results>" TAIL, 0, ETS_E_PROTOCOL, "text between"},
      {HEAD "<Results>a</Results>" TAIL, 0, ETS_E_PROTOCOL, "text between"},
      {HEAD "<Results><Name>&#0;</Name></Results>" TAIL, 0, ETS_E_PROTOCOL, "invalid xmlChar"},
      {HEAD "<Results><Name>A&b;C</Name></Results>" TAIL, 0, ETS_E_PROTOCOL, "'b' not defined"},
      {HEAD "<Results><Name>\xC3(</Name></Results>" TAIL, 0, ETS_E_PROTOCOL,
       "bytes that are not UTF-8 in it (line 3, column 16)"},
      {"<!DOCTYPE s:Envelope>" HEAD ROW TAIL, 0, ETS_E_PROTOCOL, "DOCTYPE"},
      {"<html/>", 0, ETS_E_PROTOCOL, "is no SOAP envelope: it begins with <html>"},
      {"<s:Envelope " NAMESPACES "><s:Body/></s:Envelope>", 0, ETS_E_PROTOCOL,
       "nothing in its body"},
      {"<s:Envelope " NAMESPACES "><s:Body><CreateResponse/></s:Body></s:Envelope>", 0,
       ETS_E_PROTOCOL, "is <CreateResponse>, which is no answer to this request"},
      {HEAD ROW "<Results xsi:type='SentEvent'><SendID>1</SendID><SendID>2</SendID></Results>" TAIL,
       1, ETS_E_PROTOCOL, "has SendID twice (line 3"},
      {HEAD
       "<Results xsi:type='SentEvent'><Client><ID>1</ID></Client><SendID/><Client/></Results>" TAIL,
       0, ETS_E_PROTOCOL, "has Client twice"},
      {HEAD "<Results xsi:type='Email'><Name xsi:nil='true'/><ID/><Name>a</Name></Results>" TAIL, 0,
       ETS_E_PROTOCOL, "has Name twice"},
      {HEAD "<Results><Name xsi:nil='true'> <!-- a --> </Name></Results>" TAIL, 1, ETS_END, ""},
      {HEAD "<Results><Name xsi:nil='1'>a</Name></Results>" TAIL, 0, ETS_E_PROTOCOL,
       "has something in <Name>, which says that it is nil (line 3"},
      {HEAD "<Results xsi:type='SentEvent'><SendID xsi:nil='true'>1</SendID></Results>" TAIL, 0,
       ETS_E_PROTOCOL, "has something in <SendID>, which says that it is nil"},
      {HEAD
       "<Results xsi:type='SentEvent'><Client xsi:nil='true'><ID>1</ID></Client></Results>" TAIL,
       0, ETS_E_PROTOCOL, "has something in <Client>, which says that it is nil"},
      {HEAD ROW "<Results xsi:nil='true'><New/></Results>" TAIL, 1, ETS_E_PROTOCOL,
       "has something in <APIObject>, which says that it is nil"},
      {HEAD "<Results><New xsi:nil='true'><a/></New></Results>" TAIL, 0, ETS_E_PROTOCOL,
       "has something in <New>, which says that it is nil"},
      {HEAD "<Results nil='true'/><Results nil='true' type='SentEvent'>x</Results>" TAIL, 1,
       ETS_E_PROTOCOL, "text between elements"},
      {HEAD "<Results href='#1'/>" TAIL, 0, ETS_E_PROTOCOL,
       "is in SOAP encoding, which this contract does not use: href=\"#1\" of <Results> (line 3"},
      {HEAD "<Results xsi:type='SentEvent'><Client href='#1'/></Results>" TAIL, 0, ETS_E_PROTOCOL,
       "href=\"#1\" of <Client>"},
      {HEAD
       "<Results xmlns:e='http://schemas.xmlsoap.org/soap/encoding/' e:arrayType='APIObject[1]'>"
       "<item/></Results>" TAIL,
       0, ETS_E_PROTOCOL, "arrayType=\"APIObject[1]\" of <Results>"},
      {HEAD "<Results xmlns:e='http://www.w3.org/2003/05/soap-encoding' e:ref='a'/>" TAIL, 0,
       ETS_E_PROTOCOL, "ref=\"a\" of <Results>"},
      {HEAD "<Results href='http://a.example/#1'/>" TAIL, 1, ETS_END, ""},
      {"good day", 0, ETS_E_PROTOCOL, "not well-formed"},
      {"\xEF\xBB\xBF" HEAD ROW TAIL, 1, ETS_END, ""},
      {"\xEF\xBB\xBF\xEF\xBB\xBF" HEAD ROW TAIL, 0, ETS_E_PROTOCOL,
       "has a second byte order mark in it (line 1, column 1)"},
      {"", 0, ETS_E_CUT, "the peer answered with nothing in it; try again"},
      {HEAD ROW "<Results", 1, ETS_E_CUT, "the answer of the peer breaks off in line 3, column 67"},
      {HEAD ROW "</RetrieveResponseMsg></s:Body></s:Envelope", 1, ETS_E_CUT, "breaks off"},
  };
  (void)state;
  for (size_t i = 0; i < COUNT(cases); i++)
    for (size_t piece = 0; piece <= 7; piece++) {
      struct reading reading;
      int rows;
      start(&reading, cases[i].text, "RetrieveResponseMsg", "Results");
      reading.from.piece = piece;
      ets_status status = count_rows(&reading, &rows);
      if (status != cases[i].status || rows != cases[i].rows)
        fail_msg("%s\n  by %zu: %s after %d rows: %s", cases[i].text, piece,
                 ets_status_name(status), rows, reading.error.message);
      expect_part(cases[i].text, reading.error.message, cases[i].message);
      finish(&reading);
    }
}

static void a_nul_is_refused_where_it_stands(void **state) {
  static const char text[] = HEAD ROW "<Results><Name>a\0b</Name></Results>" TAIL;
  struct reading reading;
  int rows;
  (void)state;
  start(&reading, text, "RetrieveResponseMsg", "Results");
  reading.from.left = sizeof text - 1;
  assert_int_equal(count_rows(&reading, &rows), ETS_E_PROTOCOL);
  assert_int_equal(rows, 1);
  expect_part("NUL", reading.error.message, "has a NUL in it (line 3, column 75)");
  finish(&reading);
}

static void the_source_s_failure_is_the_answer_s(void **state) {
  struct reading reading;
  int rows;
  (void)state;
  start(&reading, HEAD ROW ROW, "RetrieveResponseMsg", "Results");
  reading.from.failure = ETS_E_TIMEOUT;
  assert_int_equal(count_rows(&reading, &rows), ETS_E_TIMEOUT);
  assert_int_equal(rows, 2);
  expect_text("message", reading.error.message, "the line went dead");
  ets_object row;
  assert_int_equal(ets_answer_next(reading.answer, &row, &reading.error), ETS_E_TIMEOUT);
  finish(&reading);
}

/* --- bounds ---------------------------------------------------------------------------------- */

static char *repeated(const char *before, char c, size_t n, const char *after) {
  size_t room = strlen(before) + n + strlen(after) + 1;
  char *text = malloc(room);
  assert_non_null(text);
  memcpy(text, before, strlen(before));
  memset(text + strlen(before), c, n);
  memcpy(text + strlen(before) + n, after, strlen(after) + 1);
  return text;
}

static void bounded(const char *before, size_t n, const char *after, bool fits,
                    const char *message) {
  for (size_t piece = 0; piece < 5000; piece += 1111) {
    struct reading reading;
    int rows;
    char *text = repeated(before, 'x', n, after);
    start(&reading, text, "RetrieveResponseMsg", "Results");
    reading.from.piece = piece;
    reading.request.limits = (struct ets_answer_limits){200000, 100000, 8, 6, 30};
    ets_status status = count_rows(&reading, &rows);
    assert_int_equal(status, fits ? ETS_END : ETS_E_PROTOCOL);
    expect_part(before, reading.error.message, message);
    finish(&reading);
    free(text);
  }
}

static void bounds_hold(void **state) {
  (void)state;
  bounded(HEAD "<Results><Name>", 200000, "</Name></Results>" TAIL, true, "");
  bounded(HEAD "<Results><Name>", 200001, "</Name></Results>" TAIL, false,
          "has a value of more than 200000 bytes: raise max_value_bytes if that is right (line 3");
  bounded(HEAD "<Results><Name><![CDATA[", 200000, "]]></Name></Results>" TAIL, true, "");
  bounded(HEAD "<Results><Name><![CDATA[", 200001, "]]></Name></Results>" TAIL, false,
          "max_value_bytes");
  bounded(HEAD "<Results><Name><!--", 300000, "--></Name></Results>" TAIL, false,
          "has a comment of more than 100000 bytes: raise max_tag_bytes");
  bounded(HEAD "<Results><?x ", 300000, "?></Results>" TAIL, false,
          "has a processing instruction of more than 100000 bytes: raise max_tag_bytes");
  bounded(HEAD "<Results><Name a='", 100000, "'/></Results>" TAIL, true, "");
  bounded(HEAD "<Results><Name a='", 100001, "'/></Results>" TAIL, false,
          "has a tag of more than 100000 bytes: raise max_tag_bytes");
  bounded(HEAD "<Results><Name a='", 300000, ">><", false, "max_tag_bytes");
  bounded(HEAD "<Results a='' b='' c='' d='' e='' f='' g='' h=''/>", 0, TAIL, true, "");
  bounded(HEAD "<Results a='' b='' c='' d='' e='' f='' g='' h='' i=''/>", 0, TAIL, false,
          "has a tag with more than 8 attributes: raise max_attributes");
  bounded(HEAD "<Results><a><b/></a></Results>", 0, TAIL, true, "");
  bounded(HEAD "<Results><a><b><c/></b></a></Results>", 0, TAIL, false,
          "nests deeper than 6 elements: raise max_nesting");
  bounded(HEAD "<Results><a/><b/><c/><d/><e/><f/><g/><h/><i/><j/><k/><l/><m/><n/><o/><p/><q/><r/>"
               "<s/><t/><u/><v/><w/><x/><y/><z/></Results>",
          0, TAIL, false, "has more than 30 different names: raise max_names");
}

/* As long as it is in the hands of the parser, whatever its size and however it was cut. */
static void long_cdata_is_what_it_says(void **state) {
  static const char begin[] = HEAD "<Results><Name><![CDATA[",
                    finish_it[] = "]]></Name></Results>" TAIL;
  enum { SIZE = 60000 };
  char *value = malloc(SIZE + 1);
  (void)state;
  assert_non_null(value);
  for (size_t i = 0; i < SIZE; i++)
    value[i] = "a]]b>]&c"[i % 8];
  value[SIZE] = '\0';
  size_t room = sizeof begin + SIZE + sizeof finish_it;
  char *text = malloc(room);
  assert_non_null(text);
  snprintf(text, room, "%s%s%s", begin, value, finish_it);
  for (size_t piece = 0; piece < 6000; piece = piece * 3 + 1) {
    struct reading reading;
    ets_object row;
    start(&reading, text, "RetrieveResponseMsg", "Results");
    reading.from.piece = piece;
    assert_int_equal(open_it(&reading), ETS_OK);
    assert_int_equal(ets_answer_next(reading.answer, &row, &reading.error), ETS_OK);
    assert_string_equal(ets_get_text(row, "Name"), value);
    assert_int_equal(ets_answer_next(reading.answer, &row, &reading.error), ETS_END);
    finish(&reading);
  }
  free(text);
  free(value);
}

/* --- what is kept ---------------------------------------------------------------------------- */

/* The first row of an answer that has one, copied. */
static ets_object first_row(struct ets_arena *arena, const char *row) {
  struct reading reading;
  ets_object item, copy;
  size_t room = strlen(row) + sizeof HEAD TAIL;
  char *text = malloc(room);
  assert_non_null(text);
  snprintf(text, room, HEAD "%s" TAIL, row);
  start(&reading, text, "RetrieveResponseMsg", "Results");
  reading.from.piece = 11;
  if (open_it(&reading) != ETS_OK ||
      ets_answer_next(reading.answer, &item, &reading.error) != ETS_OK)
    fail_msg("%s: %s", row, reading.error.message);
  copy = ets_object_copy_into(arena, item);
  finish(&reading);
  free(text);
  assert_non_null(copy.type);
  return copy;
}

static void every_member_says_what_came(void **state) {
  struct ets_arena arena = {0};
  (void)state;
  ets_object row = first_row(
      &arena, "<Results xsi:type='AccountUser'><Delete/><MustChangePassword>maybe"
              "</MustChangePassword><ActiveFlag xsi:nil='true'/><AccountUserID>0012</AccountUserID>"
              "</Results>");
  assert_int_equal(ets_get(row, "Delete").presence, ETS_EMPTY);
  expect_text("unknown", ets_get(row, "MustChangePassword").text, "maybe");
  assert_int_equal(ets_get(row, "ActiveFlag").presence, ETS_NIL);
  assert_int_equal(ets_get(row, "AccountUserID").kind, ETS_VALUE_INTEGER);
  assert_int_equal(ets_get_integer(row, "AccountUserID", 0), 12);
  expect_text("as sent", ets_get(row, "AccountUserID").text, "0012");
  ets_object account = first_row(&arena, "<Results xsi:type='Account'><ID>1</ID></Results>");
  assert_int_equal(ets_get(account, "AccountType").presence, ETS_ABSENT);
  account = first_row(&arena, "<Results xsi:type='Account'><AccountType>PRO_ACCOUNT</AccountType>"
                              "</Results>");
  expect_text("unknown enum", ets_get_text(account, "AccountType"), "PRO_ACCOUNT");
  account = first_row(&arena, "<Results xsi:type='Account'><AccountType> CONNECT </AccountType>"
                              "</Results>");
  expect_text("enum", ets_get_text(account, "AccountType"), "CONNECT");
  ets_arena_free(&arena);
}

static void undeclared_elements_are_found_by_path(void **state) {
  struct ets_arena arena = {0};
  (void)state;
  ets_object row = first_row(
      &arena, "<Results xsi:type='AccountUserAccount'><ObjectID>o</ObjectID><Account><ID>7</ID>"
              "<Tag>a</Tag><Tag>b</Tag></Account><Empty/><Nil xsi:nil='1'/></Results>");
  expect_text("kind", ets_object_type(row), "APIObject");
  expect_text("declared", ets_get_text(row, "ObjectID"), "o");
  assert_int_equal(ets_get_integer(row, "Account.ID", 0), 7);
  expect_text("second", ets_get_text(row, "Account.Tag[1]"), "b");
  assert_int_equal(ets_get(row, "Account.Tag").count, 2);
  expect_text("item", ets_get_item(row, "Account.Tag", 1).text, "b");
  assert_int_equal(ets_get(row, "Account.Tag[2]").presence, ETS_ABSENT);
  assert_int_equal(ets_get(row, "Empty").presence, ETS_EMPTY);
  assert_int_equal(ets_get(row, "Nil").presence, ETS_NIL);
  assert_int_equal(ets_get(row, "Other").presence, ETS_ABSENT);
  ets_path path = ets_path_of("Account.ID");
  expect_text("path", ets_path_get(&path, row).text, "7");
  ets_arena_free(&arena);
}

static int note_value(void *context, const char *name, const ets_value *value) {
  char *notes = context, text[64];
  size_t used = strlen(notes);
  ets_value_format(value, text, sizeof text);
  snprintf(notes + used, 400 - used, "%s%s=%zu/%zu:%s", used ? " " : "", name, value->index,
           value->count, text);
  return 0;
}

static void arrays_are_arrays(void **state) {
  struct ets_arena arena = {0};
  char notes[400] = "";
  (void)state;
  ets_object row =
      first_row(&arena, "<Results xsi:type='Email'><ContentAreas><ID>1</ID></ContentAreas>"
                        "<ContentAreas xsi:nil='true'/><ContentAreas><ID>3</ID></ContentAreas>"
                        "<Name>a</Name><New>b</New><New>c</New></Results>");
  assert_int_equal(ets_get(row, "ContentAreas").count, 3);
  assert_int_equal(ets_get_item(row, "ContentAreas", 1).presence, ETS_NIL);
  assert_int_equal(ets_get_integer(ets_get_item(row, "ContentAreas", 2).object, "ID", 0), 3);
  assert_int_equal(ets_get(row, "Name").count, 0);
  ets_object_walk(row, note_value, notes);
  expect_text("walk", notes,
              "Name=0/0:a ContentAreas=0/3:ContentArea ContentAreas=1/3: "
              "ContentAreas=2/3:ContentArea New=0/2:b New=1/2:c");
  ets_arena_free(&arena);
}

static void columns_win_over_members(void **state) {
  struct ets_arena arena = {0};
  char notes[400] = "";
  (void)state;
  ets_object row = first_row(
      &arena, "<Results xsi:type='DataExtensionObject'><ObjectID>own</ObjectID><Type>"
              "DataExtensionObject</Type><Properties><Property><Name>Type</Name><Value>mine</Value>"
              "</Property></Properties></Results>");
  expect_text("column", ets_get_text(row, "Type"), "mine");
  expect_text("member", ets_get_text(row, "ObjectID"), "own");
  ets_path path = ets_path_of("Type");
  expect_text("path", ets_path_get(&path, row).text, "mine");
  ets_object_walk(row, note_value, notes);
  expect_text("walk", notes, "ObjectID=0/0:own Type=0/0:mine");
  ets_arena_free(&arena);
}

static void numbers_are_as_they_were_sent(void **state) {
  static const struct {
    const char *sent;
    const char *printed;
  } cases[] = {{"0012", "0012"}, {"+12", "+12"}, {" 12 ", "12"}, {"-0", "-0"},
               {"12", "12"},     {"-5", "-5"},   {"0", "0"}};
  struct ets_arena arena = {0};
  char row[200], text[40];
  (void)state;
  for (size_t i = 0; i < COUNT(cases); i++) {
    snprintf(row, sizeof row, "<Results xsi:type='SentEvent'><SendID>%s</SendID></Results>",
             cases[i].sent);
    ets_value value = ets_get(first_row(&arena, row), "SendID");
    assert_int_equal(value.kind, ETS_VALUE_INTEGER);
    ets_value_format(&value, text, sizeof text);
    expect_text(cases[i].sent, text, cases[i].printed);
  }
  ets_arena_free(&arena);
}

static void references_are_what_they_mean(void **state) {
  struct ets_arena arena = {0};
  (void)state;
  ets_object row = first_row(&arena, "<Results xsi:type='SentEvent'><SubscriberKey>A&#x1F600;B"
                                     "&#0000065;<![CDATA[<&>]]>&quot;</SubscriberKey></Results>");
  expect_text("text", ets_get_text(row, "SubscriberKey"),
              "A\xF0\x9F\x98\x80"
              "BA<&>\"");
  ets_arena_free(&arena);
}

/* Rows come while the answer does, and a slice has many of them. */
static void rows_live_until_the_next(void **state) {
  enum { ROWS = 3000 };
  struct reading reading;
  ets_object row;
  char *text = NULL, key[40];
  size_t size;
  (void)state;
  FILE *file = open_memstream(&text, &size);
  assert_non_null(file);
  fputs(HEAD, file);
  for (int i = 0; i < ROWS; i++)
    fprintf(file, "<Results xsi:type='SentEvent'><SubscriberKey>key-%d</SubscriberKey></Results>",
            i);
  fputs("<RequestID>r</RequestID>" TAIL, file);
  fclose(file);
  for (size_t piece = 0; piece <= 20000; piece += 5000) {
    start(&reading, text, "RetrieveResponseMsg", "Results");
    reading.from.piece = piece;
    assert_int_equal(open_it(&reading), ETS_OK);
    if (piece)
      assert_true(reading.from.left > size / 2);
    expect_text("so far", ets_get_text(ets_answer_response(reading.answer), "OverallStatus"), "OK");
    for (int i = 0; i < ROWS; i++) {
      assert_int_equal(ets_answer_next(reading.answer, &row, &reading.error), ETS_OK);
      snprintf(key, sizeof key, "key-%d", i);
      expect_text("row", ets_get_text(row, "SubscriberKey"), key);
    }
    assert_int_equal(ets_answer_next(reading.answer, &row, &reading.error), ETS_END);
    expect_text("behind", ets_get_text(ets_answer_response(reading.answer), "RequestID"), "r");
    finish(&reading);
  }
  free(text);
}

static void a_whole_response_is_one_object(void **state) {
  struct reading reading;
  (void)state;
  start(&reading,
        "<s:Envelope " NAMESPACES "><s:Body><SystemStatusResponseMsg><Results><Result>"
        "<StatusCode>OK</StatusCode><SystemStatus>Degraded</SystemStatus></Result><Result>"
        "<StatusCode>OK</StatusCode></Result></Results><OverallStatus>OK</OverallStatus>"
        "</SystemStatusResponseMsg></s:Body></s:Envelope>",
        "SystemStatusResponseMsg", NULL);
  assert_int_equal(open_it(&reading), ETS_OK);
  ets_object response = ets_answer_response(reading.answer);
  ets_answer_close(reading.answer);
  reading.answer = NULL;
  expect_text("status", ets_get_text(response, "Results.Result[0].SystemStatus"), "Degraded");
  assert_int_equal(ets_get(response, "Results.Result[1].SystemStatus").presence, ETS_ABSENT);
  expect_text("overall", ets_get_text(response, "OverallStatus"), "OK");
  finish(&reading);
}

/* --- faults ---------------------------------------------------------------------------------- */

static void faults_of_both_versions(void **state) {
  struct reading reading;
  (void)state;
  start(&reading,
        "<s:Envelope xmlns:s='http://schemas.xmlsoap.org/soap/envelope/'><s:Body><s:Fault>"
        "<faultcode xmlns:w='urn:w'> w:Security </faultcode><faultstring>Login Failed</faultstring>"
        "<detail><f:apifault xmlns:f='urn:fault.partner.exacttarget.com'><f:Code>X12</f:Code>"
        "<f:Message>no</f:Message><f:LogID>L-7</f:LogID><f:Params><f:Param>p</f:Param></f:Params>"
        "</f:apifault></detail></s:Fault></s:Body></s:Envelope>",
        "RetrieveResponseMsg", "Results");
  assert_int_equal(open_it(&reading), ETS_OK);
  const struct ets_soap_fault *fault = ets_answer_fault(reading.answer);
  assert_non_null(fault);
  assert_int_equal(fault->version, 11);
  expect_text("space", fault->code.space, "urn:w");
  expect_text("name", fault->code.name, "Security");
  expect_text("string", fault->string, "Login Failed");
  expect_text("code", fault->api.code, "X12");
  assert_false(fault->api.code_is_number);
  expect_text("log", fault->api.log_id, "L-7");
  expect_text("param", fault->api.params[0], "p");
  assert_int_equal(fault->api.param_count, 1);
  finish(&reading);
  start(
      &reading,
      "<e:Envelope xmlns:e='http://www.w3.org/2003/05/soap-envelope'><e:Body><e:Fault><e:Code>"
      "<e:Value>e:Sender</e:Value><e:Subcode><e:Value xmlns='urn:d'>Security</e:Value></e:Subcode>"
      "</e:Code><e:Reason><e:Text>Token Expired</e:Text></e:Reason><e:Detail>see <b>this</b>"
      "</e:Detail></e:Fault></e:Body></e:Envelope>",
      "RetrieveResponseMsg", NULL);
  assert_int_equal(open_it(&reading), ETS_OK);
  fault = ets_answer_fault(reading.answer);
  assert_non_null(fault);
  assert_int_equal(fault->version, 12);
  expect_text("code", fault->code.name, "Sender");
  expect_text("subcode", fault->subcode.name, "Security");
  expect_text("its space", fault->subcode.space, "urn:d");
  expect_text("string", fault->string, "Token Expired");
  expect_part("detail", fault->detail, "this");
  assert_false(fault->api.there);
  assert_null(ets_answer_response(reading.answer).type);
  finish(&reading);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(strictly),
      cmocka_unit_test(a_nul_is_refused_where_it_stands),
      cmocka_unit_test(the_source_s_failure_is_the_answer_s),
      cmocka_unit_test(bounds_hold),
      cmocka_unit_test(long_cdata_is_what_it_says),
      cmocka_unit_test(every_member_says_what_came),
      cmocka_unit_test(undeclared_elements_are_found_by_path),
      cmocka_unit_test(arrays_are_arrays),
      cmocka_unit_test(columns_win_over_members),
      cmocka_unit_test(numbers_are_as_they_were_sent),
      cmocka_unit_test(references_are_what_they_mean),
      cmocka_unit_test(rows_live_until_the_next),
      cmocka_unit_test(a_whole_response_is_one_object),
      cmocka_unit_test(faults_of_both_versions),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
