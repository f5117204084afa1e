"""Every operator that a Retrieve takes, against rows counted here. What is refused, with the texts
of the service, is in cases/refusals.case."""

import unittest

from etsim_client import DEMO_SEND, Etsim, complex_part, simple

SEND = simple("SendID", "equals", DEMO_SEND)
PROPERTIES = ["SendID", "SubscriberKey", "EventDate", "EventType", "BatchID"]


def of_send(part):
    """The send AND `part`."""
    return complex_part("AND", lambda tag: simple("SendID", "equals", DEMO_SEND, tag=tag), part)


def test(prop, operator, *values, dates=()):
    return lambda tag: simple(prop, operator, *values, dates=dates, tag=tag)


class Filters(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.sim = Etsim("--subscribers", "3000", "--sends", "6")
        cls.opens = cls.sim.all_rows("OpenEvent", PROPERTIES, SEND)
        cls.sends = cls.sim.all_rows("Send", ["ID", "NumberSent", "SentDate", "EmailName",
                                              "EmailSendDefinition.CustomerKey", "IsMultipart"])

    @classmethod
    def tearDownClass(cls):
        cls.sim.stop()

    def keys(self, rows):
        return [(row["SubscriberKey"], row["EventDate"]) for row in rows]

    def check(self, part, expected):
        rows = self.sim.all_rows("OpenEvent", PROPERTIES, of_send(part))
        self.assertEqual(self.keys(rows), self.keys([r for r in self.opens if expected(r)]))
        return rows

    def check_sends(self, where, expected):
        rows = self.sim.all_rows("Send", ["ID"], where)
        self.assertEqual([r["ID"] for r in rows], [s["ID"] for s in self.sends if expected(s)])
        return rows

    def test_order_of_dates(self):
        dates = sorted(r["EventDate"] for r in self.opens)
        low, high = dates[len(dates) // 4], dates[len(dates) * 3 // 4]
        for operator, passes in (
            ("equals", lambda d: d == low),
            ("notEquals", lambda d: d != low),
            ("greaterThan", lambda d: d > low),
            ("greaterThanOrEqual", lambda d: d >= low),
            ("lessThan", lambda d: d < high),
            ("lessThanOrEqual", lambda d: d <= high),
        ):
            at = high if operator.startswith("less") else low
            with self.subTest(operator):
                rows = self.check(test("EventDate", operator, dates=[at]),
                                  lambda r, p=passes: p(r["EventDate"]))
                self.assertTrue(rows)
        rows = self.check(test("EventDate", "between", dates=[low, high]),
                          lambda r: low <= r["EventDate"] <= high)
        self.assertGreater(len(rows), 100)
        self.assertLess(len(rows), len(self.opens))

    def test_zones_of_dates(self):
        low = sorted(r["EventDate"] for r in self.opens)[200][:19]
        hour = int(low[11:13])
        utc = f"{low[:8]}{int(low[8:10]) + (hour + 6) // 24:02}T{(hour + 6) % 24:02}{low[13:]}Z"
        here = self.check(test("EventDate", "greaterThan", dates=[low]),
                          lambda r: r["EventDate"] > low)
        there = self.sim.all_rows("OpenEvent", PROPERTIES,
                                  of_send(test("EventDate", "greaterThan", dates=[utc])))
        self.assertEqual(self.keys(here), self.keys(there))

    def test_date_given_as_value(self):
        low = sorted(r["EventDate"] for r in self.opens)[100]
        self.check(test("EventDate", "lessThan", low), lambda r: r["EventDate"] < low)

    def test_numbers(self):
        self.check_sends(simple("ID", "IN", DEMO_SEND, self.sends[0]["ID"]),
                         lambda s: s["ID"] in (DEMO_SEND, self.sends[0]["ID"]))
        middle = sorted(int(s["NumberSent"]) for s in self.sends)[2]
        self.check_sends(simple("NumberSent", "greaterThan", middle),
                         lambda s: int(s["NumberSent"]) > middle)
        self.check_sends(simple("NumberSent", "between", 0, middle),
                         lambda s: int(s["NumberSent"]) <= middle)

    def test_numbers_compare_as_numbers(self):
        self.check_sends(simple("NumberSent", "greaterThan", "9"), lambda s: True)

    def test_text(self):
        name = self.sends[-1]["EmailName"]
        self.check_sends(simple("EmailName", "like", "OVEMB"),
                         lambda s: "ovemb" in s["EmailName"].lower())
        self.check_sends(simple("EmailName", "equals", name), lambda s: s["EmailName"] == name)
        self.check_sends(simple("EmailName", "notEquals", name), lambda s: s["EmailName"] != name)

    def test_null(self):
        defined = "EmailSendDefinition.CustomerKey"
        some = self.check_sends(simple(defined, "isNotNull"), lambda s: defined in s)
        none = self.check_sends(simple(defined, "isNull", "ignored"), lambda s: defined not in s)
        self.assertTrue(some)
        self.assertTrue(none)
        self.assertEqual(self.check_sends(simple(defined, "notEquals", "x"),
                                          lambda s: defined in s), some)

    def test_boolean(self):
        self.check_sends(simple("IsMultipart", "equals", "true"), lambda s: True)
        self.check_sends(simple("IsMultipart", "equals", "0"), lambda s: False)

    def test_or_and_nesting(self):
        keys = [self.opens[3]["SubscriberKey"], self.opens[200]["SubscriberKey"]]
        date = self.opens[300]["EventDate"]
        nested = lambda tag: complex_part(
            "OR",
            test("SubscriberKey", "IN", *keys),
            lambda inner: complex_part("AND", test("EventDate", "greaterThan", dates=[date]),
                                       test("BatchID", "equals", 1), tag=inner),
            tag=tag)
        self.check(nested, lambda r: r["SubscriberKey"] in keys
                   or (r["EventDate"] > date and r["BatchID"] == "1"))

    def test_additional_operands(self):
        keys = [self.opens[i]["SubscriberKey"] for i in (1, 50, 99)]
        self.check(lambda tag: complex_part("OR", *(test("SubscriberKey", "equals", k)
                                                    for k in keys), tag=tag),
                   lambda r: r["SubscriberKey"] in keys)

    def test_subscriber_index_agrees_with_scan(self):
        for kind in ("SentEvent", "OpenEvent", "ClickEvent", "BounceEvent", "UnsubEvent",
                     "NotSentEvent", "ForwardedEmailEvent", "ForwardedEmailOptInEvent",
                     "SurveyEvent"):
            rows = self.sim.all_rows(kind, PROPERTIES)
            self.assertTrue(rows, kind)
            for row in rows[:: max(1, len(rows) // 5)]:
                key = row["SubscriberKey"]
                with self.subTest(kind=kind, key=key):
                    found = self.sim.all_rows(kind, PROPERTIES,
                                              simple("SubscriberKey", "equals", key))
                    self.assertEqual(found, [r for r in rows if r["SubscriberKey"] == key])

    def test_nobody(self):
        self.assertEqual(self.sim.all_rows("OpenEvent", PROPERTIES,
                                           simple("SubscriberKey", "equals", "nobody")), [])
        self.assertEqual(self.sim.all_rows("OpenEvent", PROPERTIES,
                                           simple("SendID", "equals", "1")), [])

    def test_refused_envelopes(self):
        self.assertEqual(self.sim.case("untyped_filter").overall,
                         "Error: Unknown filter of type FilterPart encountered")
        self.assertEqual(self.sim.case("date_for_text").overall,
                         "Error: Invalid argument for the equals operator. "
                         "Filter array cannot be null.")

    def test_deep_nesting_is_refused(self):
        part = test("ID", "equals", 1)
        for _ in range(70):
            part = (lambda inner: lambda tag: complex_part("AND", inner, inner if False else
                                                           test("ID", "equals", 1), tag=tag))(part)
        answer = self.sim.retrieve("Send", ["ID"], part("Filter"))
        self.assertEqual(answer.overall, "Error: The filter is nested deeper than 64 levels.")

    def test_published_envelopes(self):
        row = self.sim.all_rows("SentEvent", ["SubscriberKey", "BatchID", "SubscriberID"], SEND)[77]
        for kind in ("SentEvent", "OpenEvent"):
            answer = self.sim.case("one_to_one", version=2, KIND=kind, BATCH=row["BatchID"],
                                   SUBSCRIBER=row["SubscriberID"])
            self.assertEqual(answer.version, 2)
            self.assertEqual(answer.overall, "OK")
            expected = {row["SubscriberKey"]} if kind == "SentEvent" else set()
            self.assertLessEqual({r["SubscriberKey"] for r in answer.rows},
                                 {row["SubscriberKey"]})
            self.assertGreaterEqual({r["SubscriberKey"] for r in answer.rows}, expected)

    def test_prefixes_and_what_is_newer(self):
        rows = self.sim.case("prefixed").rows
        self.assertEqual([(r["ID"], r["EmailName"]) for r in rows],
                         [(DEMO_SEND, "November newsletter")])


if __name__ == "__main__":
    unittest.main()
