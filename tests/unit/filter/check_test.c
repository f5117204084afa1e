/* What is refused before anything is sent, by what the contract and Describe say of the object
 * type; and what is not, since the service decides. */
#include "unit.h"

#include <etsoap/filter.h>

static const struct {
  const char *object_type, *text;
} accepted[] = {
    {NULL, "Whatever = 'x' AND Other LIKE 'y'"},
    /* what the service's documentation filters on */
    {"Send", "ID = 12043295"},
    {"Send", "SendDate >= '2026-11-01'"},
    {"Send", "SentDate BETWEEN '2026-11-01' AND '2026-11-02T00:00Z'"},
    {"Send", "ModifiedDate <= '11/1/2026 1:02:03 PM'"},
    {"Send", "BCCEmail = 'a@example.com'"}, /* as Describe spells it */
    {"Send", "BccEmail = 'a@example.com'"}, /* as the contract does */
    {"LinkSend", "SendID = 12043295"},
    {"LinkSend", "Link.URL LIKE 'example'"},
    {"ListSend", "SendID = 12043295"},
    {"ListSend", "List.ID IN (1, 2)"},
    {"SentEvent", "SendID = 1 AND EventDate BETWEEN 2026-11-01 AND 2026-11-02"},
    {"SentEvent", "TriggeredSendDefinitionObjectID IS NOT NULL AND EventDate > 2026-11-01"},
    {"SentEvent", "SendID = 1 AND BatchID = 2 AND SubscriberID = 3 AND ListID = 4"},
    {"OpenEvent", "SendID IN (1, 2) AND SubscriberKey = '00123'"},
    {"OpenEvent", "SubscriberID = 3"},
    {"ClickEvent", "EventType = 'Click' AND SubscriberID = 3 AND ListID = 1"},
    {"UnsubEvent", "SubscriberID = 3"},
    {"SurveyEvent", "ListID = 3"},
    {"BounceEvent", "Client.ID = 7 AND BounceCategory = 'Hard bounce'"},
    {"TriggeredSendSummary", "CustomerKey = 'x'"},
    {"TriggeredSendSummary", "TriggeredSendDefinitionObjectID = 'x'"},
    {"TriggeredSendSummary", "TriggeredSendDefinition.ObjectID = 'x'"},
    {"ListSubscriber", "ListID = 5 AND Status = 'Active'"},
    {"Subscriber", "EmailAddress LIKE '@example.com' OR UnsubscribedDate IS NULL"},
    {"DataExtensionField", "DataExtension.CustomerKey = 'SendLog'"},
    {"DataFolder", "ParentFolder.ID = 0"},
    /* booleans as people write them */
    {"TriggeredSendDefinition", "IsMultipart = true OR IsMultipart = False OR IsMultipart = 1"},
    /* columns of data extension rows may be called anything and hold anything */
    {"DataExtensionObject[SendLog]", "UniqueID = 'x' AND \"First Name\" != '' AND JobID = abc"},
    {"DataExtensionObject[SendLog]", "CreatedDate = 'yesterday'"},
    {"DataExtensionObject[SendLog]", "_CustomObjectKey = 5"},
    /* object types that only the service knows */
    {"NewEvent", "Anything = 'x'"},
    /* LIKE compares text, whatever the property is */
    {"SentEvent", "EventDate LIKE '2026-11'"},
};

static const struct {
  const char *object_type, *text, *message;
} refused[] = {
    /* properties */
    {"SentEvent", "SendDI = 1", "column 1: SentEvent has no property SendDI; did you mean SendID?"},
    {"SentEvent", "sendid = 1", "did you mean SendID?"},
    {"SentEvent", "SendID = 1 AND (BatchID = 2 OR Subscriberkey = 'a')",
     "column 32: SentEvent has no property Subscriberkey; did you mean SubscriberKey?"},
    {"SentEvent", "SubscriberIDs = 1", "did you mean SubscriberID?"},
    {"OpenEvent", "ListId = 1", "did you mean ListID?"},
    {"SentEvent", "Clinet.ID = 1", "did you mean Client.ID?"},
    {"SentEvent", "Client.IDs = 1", "did you mean Client.ID?"},
    {"LinkSend", "Link.TotalClics = 1", "did you mean Link.TotalClicks?"},
    {"ListSend", "List.AutomatedEmail.Nmae = 'x'", "did you mean List.AutomatedEmail.Name?"},
    {"SentEvent", "Quantity = 1", "SentEvent has no property Quantity; its Describe lists"},
    {"SentEvent", "SendID.ID = 1", "SentEvent has no property SendID.ID"},
    {"SentEvent", "Client. = 1", "SentEvent has no property Client."},
    {"SentEvent", ".Client = 1", "SentEvent has no property .Client"},
    {"SentEvent", ". = 1", "SentEvent has no property ."},
    {"Send", "SendID = 1", "Send has no property SendID; did you mean ID?"},
    {"SubscriberSendResult", "Sned.ID = 1", "did you mean"},     /* in the contract only */
    {"DoubleOptInMoKeyword", "Quantity = 1", "has no property"}, /* in Describe only */
    /* no single value */
    {"SentEvent", "Client = 1", "column 1: Client of SentEvent cannot be filtered"},
    {"Subscriber", "Attributes = 1", "name a property of it, such as Attributes.ID"},
    {"TriggeredSendSummary", "TriggeredSendDefinition = 'x'", "no single value"},
    /* dates */
    {"SentEvent", "EventDate > 'yesterday'",
     "column 13: EventDate takes a date such as 2026-11-01T09:30:00-06:00, not 'yesterday'"},
    {"SentEvent", "EventDate BETWEEN '2026-11-01' AND '2026-11-31'",
     "column 36: EventDate takes a date"},
    {"SentEvent", "EventDate IN (2026-11-01, 2026-02-29)", "not '2026-02-29'"},
    {"Send", "SendDate = ''", "not ''"},
    {"DataExtensionTemplate", "RetainUntil < 'soon'", "RetainUntil takes a date"}, /* Describe */
    /* numbers and booleans */
    {"SentEvent", "SendID = abc", "column 10: SendID takes a whole number, not 'abc'"},
    {"SentEvent", "SendID = 1.5", "not '1.5'"},
    {"SentEvent", "SendID = ''", "not ''"},
    {"SentEvent", "SendID = -", "not '-'"},
    {"SentEvent", "SendID IN (1, 2, x)", "column 18: SendID takes a whole number, not 'x'"},
    {"TriggeredSendSummary", "Opens > many", "Opens takes a whole number"},
    {"TriggeredSendDefinition", "IsMultipart = yes", "IsMultipart takes true or false, not 'yes'"},
    /* operators */
    {"DataExtensionObject[SendLog]", "JobID = 1 AND UniqueID LIKE 'x'",
     "column 15: the service takes no LIKE on rows of a data extension"},
};

static ets_filter *parsed(const char *text) {
  ets_filter *filter;
  ets_error error;
  if (ets_filter_parse(&filter, text, &error) != ETS_OK)
    fail_msg("%s\n  is not read: %s", text, error.message);
  return filter;
}

static void accepts(void **state) {
  (void)state;
  for (size_t i = 0; i < COUNT(accepted); i++) {
    ets_error error;
    ets_filter *filter = parsed(accepted[i].text);
    if (ets_filter_check(filter, accepted[i].object_type, &error) != ETS_OK)
      fail_msg("%s\n  is refused: %s", accepted[i].text, error.message);
    ets_filter_free(filter);
  }
}

static void refuses(void **state) {
  (void)state;
  for (size_t i = 0; i < COUNT(refused); i++) {
    ets_error error;
    ets_filter *filter = parsed(refused[i].text);
    if (ets_filter_check(filter, refused[i].object_type, &error) != ETS_E_USAGE)
      fail_msg("%s\n  is not refused", refused[i].text);
    expect_part(refused[i].text, error.message, refused[i].message);
    assert_int_equal(ets_filter_check(filter, refused[i].object_type, NULL), ETS_E_USAGE);
    assert_int_equal(ets_filter_check(filter, NULL, NULL), ETS_OK);
    ets_filter_free(filter);
  }
}

/* What a builder made has no place in a text. */
static void names_no_column_of_builders(void **state) {
  (void)state;
  ets_error error;
  ets_filter *filter = ets_filter_equals("SendDI", "1");
  assert_int_equal(ets_filter_check(filter, "SentEvent", &error), ETS_E_USAGE);
  assert_string_equal(error.message,
                      "filter: SentEvent has no property SendDI; did you mean SendID?");
  ets_filter_free(filter);
}

static void lets_pass_what_is_left_unchecked(void **state) {
  (void)state;
  ets_error error;
  ets_filter *filter =
      ets_filter_and(ets_filter_equals("ProgramID", "x"), ets_filter_equals("SendID", "y"));
  assert_int_equal(ets_filter_check(filter, "SentEvent", &error), ETS_E_USAGE);
  ets_filter_leave_unchecked(filter, true);
  ets_filter *copy = ets_filter_copy(filter);
  assert_int_equal(ets_filter_check(filter, "SentEvent", &error), ETS_OK);
  assert_int_equal(ets_filter_check(copy, "SentEvent", &error), ETS_OK);
  ets_filter_leave_unchecked(filter, false);
  assert_int_equal(ets_filter_check(filter, "SentEvent", &error), ETS_E_USAGE);
  ets_filter_free(copy);
  ets_filter_free(filter);
  filter = ets_filter_in("SendID", NULL, 0);
  ets_filter_leave_unchecked(filter, true);
  assert_int_equal(ets_filter_check(filter, "SentEvent", &error), ETS_E_USAGE);
  ets_filter_free(filter);
}

static void cuts_long_values_at_a_character(void **state) {
  (void)state;
  ets_error error;
  char value[200] = "x";
  for (size_t i = 1; i + 2 < sizeof value; i += 2)
    memcpy(value + i, "\xC3\xA4", 3);
  ets_filter *filter = ets_filter_equals("SendID", value);
  assert_int_equal(ets_filter_check(filter, "SentEvent", &error), ETS_E_USAGE);
  expect_part("a cut value", error.message, "\xC3\xA4...'");
  ets_filter_free(filter);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(accepts),
      cmocka_unit_test(refuses),
      cmocka_unit_test(names_no_column_of_builders),
      cmocka_unit_test(lets_pass_what_is_left_unchecked),
      cmocka_unit_test(cuts_long_values_at_a_character),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
