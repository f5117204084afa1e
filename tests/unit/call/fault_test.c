/* What faults and statuses mean, and what is advised. */
#include "call/fault.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

static struct ets_auth user = {.kind = ETS_CREDENTIAL_USERNAME, .secret = (char[]){"pass<word>"}};
static struct ets_auth token = {.kind = ETS_CREDENTIAL_TOKEN, .secret = (char[]){"the-token"}};

struct fault_case {
  const char *code, *subcode, *string, *api_code, *message;
  struct ets_auth *auth;
  ets_status status;
  int number;
  const char *says;
};

static const struct fault_case faults[] = {
    {"Client", "Security", "Login Failed", NULL, NULL, &user, ETS_E_LOGIN, 0,
     "the service answered Login Failed; check user name and password, and that they belong to "
     "this endpoint"},
    {"Security", NULL, "Login Failed", NULL, NULL, &token, ETS_E_LOGIN, 0,
     "the service answered Login Failed; check that the token is whole and belongs to this "
     "endpoint"},
    {"Security", NULL, " Token Expired\n", NULL, NULL, &token, ETS_E_EXPIRED, 0,
     "the service answered Token Expired; get a new token"},
    {"Security", NULL, "Token Expired", NULL, NULL, &user, ETS_E_EXPIRED, 0,
     "the service answered Token Expired; check user name and password"},
    {"Security", NULL, "API Permission Failed", NULL, NULL, &user, ETS_E_LOGIN, 0,
     "the service answered API Permission Failed; ask the account's administrator for the "
     "permission"},
    {"Security", NULL, "Account Locked", NULL, NULL, &user, ETS_E_LOGIN, 0,
     "the service answered Account Locked; ask the account's administrator to unlock the user"},
    {"Security", NULL, "IP Address Rejected", NULL, NULL, &user, ETS_E_LOGIN, 0,
     "the service answered IP Address Rejected; ask the account's administrator to allow this "
     "machine's address"},
    {"Server", NULL, "Bad", "12", "Login Failed for pass&lt;word>", &user, ETS_E_LOGIN, 12,
     "the service answered Bad: Login Failed for *** (code 12); check user name and password, "
     "and that they belong to this endpoint"},
    {"Server", NULL, "Bad", "twelve", "worse", &user, ETS_E_FAULT, 0,
     "the service answered Bad: worse (code twelve)"},
    {"Server", NULL, "Rate Limited", NULL, NULL, &user, ETS_E_LIMITED, 0,
     "the service answered Rate Limited; send fewer requests in a minute"},
    {"Server", NULL, NULL, NULL, NULL, &user, ETS_E_FAULT, 0, "the service answered no text"},
    {NULL, NULL, "x pass<word> y", "0", "X PASS<WORD> Y", &user, ETS_E_FAULT, 0,
     "the service answered x *** y"},
};

static void faults_mean_what_can_be_done(void **state) {
  (void)state;
  for (size_t i = 0; i < sizeof faults / sizeof *faults; i++) {
    const struct fault_case *c = &faults[i];
    int32_t number = c->number;
    struct ets_soap_fault fault = {.version = 11,
                                   .code.name = c->code,
                                   .subcode.name = c->subcode,
                                   .string = c->string,
                                   .api = {.there = c->api_code != NULL,
                                           .code = c->api_code,
                                           .code_number = number,
                                           .message = c->message}};
    ets_error error = {0};
    assert_int_equal(ets_fault_report(&error, &fault, c->auth), c->status);
    assert_int_equal(error.status, c->status);
    assert_int_equal(error.code, c->number);
    assert_string_equal(error.message, c->says);
  }
}

static void what_may_have_been_done_is_left_open(void **state) {
  (void)state;
  static const struct {
    const char *code, *subcode;
    int32_t number;
    bool open;
  } cases[] = {{"Server", NULL, 0, true},    {"Receiver", NULL, 0, true},
               {"Server", NULL, 2, true},    {"Client", NULL, 2, true},
               {NULL, NULL, 0, true},        {"Clientele", NULL, 0, true},
               {"Client", NULL, 0, false},   {"Client.Authentication", NULL, 0, false},
               {"Sender", NULL, 0, false},   {"MustUnderstand", NULL, 0, false},
               {"Security", NULL, 0, false}, {"Receiver", "Security", 0, false},
               {"Server", NULL, 9, false},   {"Server", NULL, 10, false},
               {"Server", NULL, 11, false},  {"Server", NULL, 12, false},
               {"Server", NULL, 13, false},  {"Server", NULL, 17, false}};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    struct ets_soap_fault fault = {
        .version = 11,
        .code.name = cases[i].code,
        .subcode.name = cases[i].subcode,
        .string = "it took too long",
        .api = {.there = cases[i].number != 0, .code_number = cases[i].number}};
    ets_error error;
    ets_fault_report(&error, &fault, &user);
    if (ets_error_leaves_open(&error) != cases[i].open)
      fail_msg("%s %d", cases[i].code ? cases[i].code : "no code", cases[i].number);
  }
}

static void refusals_have_a_reason_or_none(void **state) {
  (void)state;
  static const struct {
    const char *text, *says;
    ets_status status;
  } cases[] = {
      {NULL, "the service refuses: no reason given", ETS_E_REFUSED},
      {"", "the service refuses: no reason given", ETS_E_REFUSED},
      {"Error", "the service refuses: no reason given", ETS_E_REFUSED},
      {" Error:  ", "the service refuses: no reason given", ETS_E_REFUSED},
      {"OK", "the service refuses: no reason given", ETS_E_REFUSED},
      {" ok ", "the service refuses: no reason given", ETS_E_REFUSED},
      {"MoreDataAvailable", "the service refuses: no reason given", ETS_E_REFUSED},
      {"Error: it is so", "the service refuses: it is so", ETS_E_REFUSED},
      {"Has Errors", "the service refuses: Has Errors", ETS_E_REFUSED},
      {"Error: API Permission Failed. Object Type: Send",
       "the service refuses: API Permission Failed. Object Type: Send; ask the account's "
       "administrator for the permission",
       ETS_E_PERMISSION},
      {"Error: pass&#60;word&#62; is known", "the service refuses: *** is known", ETS_E_REFUSED},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    ets_error error = {0};
    assert_int_equal(ets_fault_refused(&error, cases[i].text, 42, &user), cases[i].status);
    assert_string_equal(error.message, cases[i].says);
    assert_int_equal(error.code, 42);
  }
}

static void statuses_are_told_apart_leniently(void **state) {
  (void)state;
  static const struct {
    const char *text;
    enum ets_overall means;
  } cases[] = {{"OK", ETS_OVERALL_OK},
               {" OK ", ETS_OVERALL_OK},
               {"ok\n", ETS_OVERALL_OK},
               {"MoreDataAvailable", ETS_OVERALL_MORE},
               {"Has Errors", ETS_OVERALL_HAS_ERRORS},
               {"HasErrors", ETS_OVERALL_HAS_ERRORS},
               {"Has Error", ETS_OVERALL_HAS_ERRORS},
               {"Error", ETS_OVERALL_ERROR},
               {"OKAY", ETS_OVERALL_ERROR},
               {"Queued", ETS_OVERALL_ERROR},
               {"", ETS_OVERALL_ABSENT},
               {" \n", ETS_OVERALL_ABSENT},
               {NULL, ETS_OVERALL_ABSENT}};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
    assert_int_equal(ets_overall_of(cases[i].text), cases[i].means);
}

/* A text that is cut holds no part of a secret. */
static void secrets_are_masked_before_texts_are_cut(void **state) {
  (void)state;
  for (size_t before = 380; before < 420; before++) {
    char text[600];
    ets_error error = {0};
    memset(text, 'x', before);
    memcpy(text + before, "pass<word>", sizeof "pass<word>");
    assert_int_equal(ets_fault_refused(&error, text, 0, &user), ETS_E_REFUSED);
    assert_null(strstr(error.message, "pass"));
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(faults_mean_what_can_be_done),
      cmocka_unit_test(what_may_have_been_done_is_left_open),
      cmocka_unit_test(refusals_have_a_reason_or_none),
      cmocka_unit_test(statuses_are_told_apart_leniently),
      cmocka_unit_test(secrets_are_masked_before_texts_are_cut),
  };
  return cmocka_run_group_tests_name("fault", tests, NULL, NULL);
}
