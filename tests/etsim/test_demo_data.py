"""The demo data agrees with itself: sums of a send, of its lists and links, and its events."""

import sys
import unittest
from collections import Counter

from etsim_client import DEMO_SEND, Etsim, simple

COUNTS = ["Duplicates", "InvalidAddresses", "ExistingUndeliverables", "ExistingUnsubscribes",
          "HardBounces", "SoftBounces", "OtherBounces", "ForwardedEmails", "UniqueClicks",
          "UniqueOpens", "NumberSent", "NumberDelivered", "Unsubscribes", "MissingAddresses"]
SEND = COUNTS + ["ID", "SentDate", "SendDate", "CreatedDate", "ModifiedDate", "NumberTargeted",
                 "NumberErrored", "NumberExcluded", "Client.ID"]
EVENT = ["SendID", "SubscriberKey", "EventDate", "EventType", "BatchID", "Client.ID"]
KINDS = ["SentEvent", "NotSentEvent", "OpenEvent", "ClickEvent", "BounceEvent", "UnsubEvent",
         "ForwardedEmailEvent", "ForwardedEmailOptInEvent", "SurveyEvent"]
ALL = "<QueryAllAccounts>true</QueryAllAccounts>"


TRIGGERED = 2  # sends that come of triggered ones


class Consistency:
    """What holds whatever the size."""

    @classmethod
    def setUpClass(cls):
        cls.sim = Etsim(*cls.options)
        rows = cls.sim.all_rows("Send", SEND, more=ALL)
        cls.sends = {row["ID"]: row for row in rows}
        cls.events = {}
        for kind in KINDS:
            extra = {"ClickEvent": ["URLID", "URL"], "SentEvent": ["ListID", "SubscriberID"],
                     "NotSentEvent": ["ListID", "SubscriberID"], "UnsubEvent": ["List.ID"],
                     "ForwardedEmailOptInEvent": ["OptInSubscriberKey"]}.get(kind, [])
            for row in cls.sim.all_rows(kind, EVENT + extra, more=ALL):
                cls.events.setdefault((kind, row["SendID"]), []).append(row)

    @classmethod
    def tearDownClass(cls):
        cls.sim.stop()

    def of(self, kind, send):
        return self.events.get((kind, send), [])

    def people(self, kind, send):
        return {row["SubscriberKey"] for row in self.of(kind, send)}

    def each(self):
        for number, send in self.sends.items():
            with self.subTest(send=number):
                yield number, send

    def test_there_are_sends_and_the_demo_send(self):
        self.assertEqual(len(self.sends) - TRIGGERED, int(self.options[3]))
        self.assertEqual(self.sends[DEMO_SEND]["NumberSent"], self.options[1])

    def test_counts_of_a_send_are_its_events(self):
        for number, send in self.each():
            bounces = Counter(row["EventType"] for row in self.of("BounceEvent", number))
            not_sent = int(send["NumberErrored"]) + int(send["NumberExcluded"])
            self.assertEqual(
                {name: int(send[name]) for name in (
                    "NumberSent", "UniqueOpens", "UniqueClicks", "HardBounces", "SoftBounces",
                    "OtherBounces", "Unsubscribes", "ForwardedEmails", "NumberDelivered")},
                {"NumberSent": len(self.of("SentEvent", number)),
                 "UniqueOpens": len(self.people("OpenEvent", number)),
                 "UniqueClicks": len(self.people("ClickEvent", number)),
                 "HardBounces": bounces["HardBounce"],
                 "SoftBounces": bounces["SoftBounce"],
                 "OtherBounces": bounces["OtherBounce"],
                 "Unsubscribes": len(self.of("UnsubEvent", number)),
                 "ForwardedEmails": len(self.of("ForwardedEmailEvent", number)),
                 "NumberDelivered": len(self.of("SentEvent", number))
                 - len(self.of("BounceEvent", number))})
            self.assertEqual(not_sent, len(self.of("NotSentEvent", number)))
            self.assertEqual(int(send["NumberTargeted"]),
                             int(send["NumberSent"]) + int(send["NumberErrored"]))
            self.assertEqual(int(send["NumberExcluded"]), int(send["ExistingUnsubscribes"])
                             + int(send["ExistingUndeliverables"]))

    def test_who_did_what(self):
        for number, _ in self.each():
            sent = self.people("SentEvent", number)
            self.assertEqual(len(sent), len(self.of("SentEvent", number)))
            opened, bounced = self.people("OpenEvent", number), self.people("BounceEvent", number)
            self.assertLessEqual(opened | bounced, sent)
            self.assertFalse(opened & bounced)
            for kind in ("ClickEvent", "UnsubEvent", "ForwardedEmailEvent", "SurveyEvent"):
                self.assertLessEqual(self.people(kind, number), opened, kind)
            self.assertLessEqual(self.people("ForwardedEmailOptInEvent", number),
                                 self.people("ForwardedEmailEvent", number))
            self.assertFalse(self.people("NotSentEvent", number) & sent)

    def test_events_come_after_what_causes_them(self):
        for number, send in self.each():
            sent = {r["SubscriberKey"]: r["EventDate"] for r in self.of("SentEvent", number)}
            opened = {}
            for row in self.of("OpenEvent", number):
                key, date = row["SubscriberKey"], row["EventDate"]
                opened[key] = min(date, opened.get(key, date))
                self.assertGreater(date, sent[key])
            self.assertGreaterEqual(min(sent.values()), send["SentDate"])
            self.assertGreater(send["ModifiedDate"], send["CreatedDate"])
            for kind in ("ClickEvent", "UnsubEvent", "ForwardedEmailEvent", "SurveyEvent"):
                for row in self.of(kind, number):
                    self.assertGreater(row["EventDate"], opened[row["SubscriberKey"]], kind)
            for row in self.of("BounceEvent", number):
                self.assertGreater(row["EventDate"], sent[row["SubscriberKey"]])

    def test_links_are_clicks(self):
        links = {}
        for row in self.sim.all_rows("LinkSend", ["SendID", "Link.ID", "Link.URL",
                                                  "Link.TotalClicks", "Link.UniqueClicks"],
                                     more=ALL):
            links.setdefault(row["SendID"], []).append(row)
        self.assertEqual(len({row["Link.ID"] for rows in links.values() for row in rows}),
                         sum(map(len, links.values())))
        for number, _ in self.each():
            clicks = self.of("ClickEvent", number)
            for link in links[number]:
                mine = [row for row in clicks if row["URLID"] == link["Link.ID"]]
                self.assertEqual(int(link["Link.TotalClicks"]), len(mine))
                self.assertEqual(int(link["Link.UniqueClicks"]),
                                 len({row["SubscriberKey"] for row in mine}))
                self.assertLessEqual({row["URL"] for row in mine}, {link["Link.URL"]})
            self.assertEqual(sum(int(link["Link.TotalClicks"]) for link in links[number]),
                             len(clicks))

    def test_lists_add_up(self):
        lists = {}
        for row in self.sim.all_rows("ListSend", COUNTS + ["SendID", "List.ID", "List.ListName"],
                                     more=ALL):
            lists.setdefault(row["SendID"], []).append(row)
        for number, send in self.each():
            for name in COUNTS:
                self.assertEqual(sum(int(row[name]) for row in lists[number]), int(send[name]),
                                 name)
            per_list = Counter(row["ListID"] for row in self.of("SentEvent", number))
            self.assertEqual({row["List.ID"]: int(row["NumberSent"]) for row in lists[number]},
                             dict(per_list))


class DemoData(Consistency, unittest.TestCase):
    options = ["--subscribers", "4000", "--sends", "8"]

    def test_accounts(self):
        owners = {send["Client.ID"] for send in self.sends.values()}
        self.assertEqual(owners, {"10001", "10002"})
        own = self.sim.all_rows("Send", ["ID", "Client.ID"])
        self.assertEqual({row["Client.ID"] for row in own}, {"10001"})
        child = self.sim.all_rows("Send", ["Client.ID"],
                                  more="<ClientIDs><ID>10002</ID></ClientIDs>")
        self.assertEqual({row["Client.ID"] for row in child}, {"10002"})
        for (_, number), rows in self.events.items():
            self.assertEqual({row["Client.ID"] for row in rows},
                             {self.sends[number]["Client.ID"]})

    def test_every_kind_of_event_happens(self):
        for kind in KINDS:
            self.assertTrue(self.of(kind, DEMO_SEND), kind)

    def test_keys_of_every_shape(self):
        keys = self.people("SentEvent", DEMO_SEND)
        self.assertTrue(any(key.startswith("00") for key in keys))
        self.assertTrue(any(key.startswith("1e") for key in keys))
        self.assertTrue(any(not key.isascii() for key in keys))
        self.assertTrue(any("@" in key for key in keys))

    def test_same_seed_same_bytes(self):
        """On every run, and whatever the page size."""
        asked = {"Send": SEND, "LinkSend": ["SendID", "Link.ID", "Link.URL", "Link.TotalClicks"],
                 "ListSend": ["SendID", "List.ID", *COUNTS], "Subscriber": [
                     "ID", "SubscriberKey", "EmailAddress", "Status", "CreatedDate", "Attributes"],
                 "ListSubscriber": ["ListID", "SubscriberKey", "Status", "CreatedDate"],
                 "Email": ["ID", "Name", "HTMLBody", "ContentAreas", "CreatedDate"],
                 "AutomationInstance": ["ObjectID", "Status", "StartTime"],
                 "TriggeredSendSummary": ["CustomerKey", "Sent", "Opens"],
                 "DataExtensionObject[customers]": ["SubscriberKey", "Since", "Points"],
                 **{kind: EVENT for kind in KINDS}}

        def rows(sim, kind, batch):
            found = b"".join(answer.data[answer.data.index(b"<Results "):
                                         answer.data.rindex(b"</Results>") + 10]
                             for answer in sim.pages(kind, asked[kind], more=ALL, batch=batch)
                             if b"<Results " in answer.data)
            self.assertTrue(found or kind != "Send", kind)
            return found

        with Etsim(*self.options) as again:
            again.validates = False  # they are validated in one size already
            for kind in asked:
                first = rows(self.sim, kind, None)
                for sim, batch in ((again, None), (self.sim, 7), (again, 131)):
                    self.assertEqual(rows(sim, kind, batch), first, (kind, batch))

    def test_another_seed_other_data(self):
        with Etsim(*self.options, "--seed", "2") as other:
            first = other.retrieve("SentEvent", EVENT, simple("SendID", "equals", DEMO_SEND),
                                   batch=5).rows
            self.assertNotEqual(first, [{k: v for k, v in row.items() if k in first[0]}
                                        for row in self.of("SentEvent", DEMO_SEND)[:5]])
        with Etsim(*self.options) as same:
            self.assertEqual(same.all_rows("Send", SEND, more=ALL), list(self.sends.values()))


class SmallDemoData(Consistency, unittest.TestCase):
    options = ["--subscribers", "150", "--sends", "40"]


class TinyDemoData(Consistency, unittest.TestCase):
    options = ["--subscribers", "1", "--sends", "1"]


if __name__ == "__main__":
    sys.exit(unittest.main())
