"""Execute: what it does, as later Retrieves show it, and the codes of what it refuses."""

import unittest

from etsim_client import DEMO_SEND, ET_NS, flatten, simple
from store_case import StoreCase


class Execute(StoreCase):
    def test_log_unsub_event(self):
        where = simple("SendID", "equals", DEMO_SEND)
        gone = {r["SubscriberKey"]
                for r in self.sim.all_rows("UnsubEvent", ["SubscriberKey"], where)}
        people = [r for r in self.sim.all_rows(
            "SentEvent", ["SubscriberKey", "SubscriberID", "ListID", "BatchID"], where)
            if r["SubscriberKey"] not in gone]
        a, b, c = people[5], people[200], people[300]
        count = ["Unsubscribes"]
        send = simple("ID", "equals", DEMO_SEND)
        before = int(self.sim.all_rows("Send", count, send)[0][count[0]])
        self.assertEqual(self.log_unsub(SubscriberKey=a["SubscriberKey"], JobID=DEMO_SEND),
                         "Event posted")
        events = self.sim.all_rows(
            "UnsubEvent", ["SendID", "SubscriberKey", "List.ID", "BatchID", "IsMasterUnsubscribed"],
            simple("SubscriberKey", "equals", a["SubscriberKey"]))
        self.assertEqual([(e["SendID"], e["List.ID"], e["BatchID"], e["IsMasterUnsubscribed"])
                          for e in events if e["SendID"] == DEMO_SEND],
                         [(DEMO_SEND, a["ListID"], a["BatchID"], "false")])
        after = int(self.sim.all_rows("Send", count, send)[0][count[0]])
        self.assertEqual(after, before + 1)
        lists = self.sim.all_rows("ListSend", count, where)
        self.assertEqual(sum(int(r[count[0]]) for r in lists), after)
        address = self.sim.all_rows("Subscriber", ["EmailAddress"], simple(
            "ID", "equals", b["SubscriberID"]))[0]["EmailAddress"]
        for expected, parameters in (
            ("401", {"SubscriberKey": a["SubscriberKey"], "JobID": DEMO_SEND}),
            ("402", {}),
            ("403", {"JobID": DEMO_SEND}),
            ("404", {"EmailAddress": "a@example.com"}),
            ("405", {"SubscriberID": b["SubscriberID"], "SubscriberKey": c["SubscriberKey"]}),
            ("406", {"SubscriberID": b["SubscriberID"], "SubscriberKey": c["SubscriberKey"],
                     "EmailAddress": address}),
            ("407", {"SubscriberKey": b["SubscriberKey"], "EmailAddress": "a@example.com"}),
            ("407", {"SubscriberID": b["SubscriberID"], "EmailAddress": "a@example.com"}),
            ("407", {"SubscriberKey": b["SubscriberKey"], "SubscriberID": b["SubscriberID"],
                     "EmailAddress": "a@example.com"}),
            ("400", {"SubscriberKey": b["SubscriberKey"], "JobID": 1}),
            ("400", {"SubscriberKey": b["SubscriberKey"], "JobID": DEMO_SEND, "ListID": 77}),
            ("400", {"SubscriberKey": b["SubscriberKey"], "ListID": 77}),
            ("12001", {"SubscriberKey": "nobody"}),
        ):
            self.assertEqual(self.log_unsub(**parameters), expected, parameters)
        self.assertEqual(self.log_unsub(SubscriberID=b["SubscriberID"], ListID=b["ListID"]),
                         "Event posted")

    def test_master_unsubscribe(self):
        key = self.sim.all_rows("SentEvent", ["SubscriberKey"],
                                simple("SendID", "equals", DEMO_SEND))[9]["SubscriberKey"]
        events = len(self.sim.all_rows("UnsubEvent", ["SendID"]))
        self.assertEqual(self.log_unsub(SubscriberKey=key), "Event posted")
        self.assertEqual(len(self.sim.all_rows("UnsubEvent", ["SendID"])), events)
        status = self.sim.all_rows("Subscriber", ["Status"], simple("SubscriberKey", "equals", key))
        self.assertEqual([r["Status"] for r in status], ["Unsubscribed"])
        self.assertEqual(self.log_unsub(SubscriberKey=key), "12012")

    def test_master_unsub(self):
        key = self.sim.all_rows("SentEvent", ["SubscriberKey"],
                                simple("SendID", "equals", DEMO_SEND))[11]["SubscriberKey"]
        self.assertEqual(flatten(self.execute("MasterUnsub", SubscriberKey=key))["StatusCode"],
                         "OK")
        status = self.sim.all_rows("Subscriber", ["Status"], simple("SubscriberKey", "equals", key))
        self.assertEqual([r["Status"] for r in status], ["Unsubscribed"])
        again = flatten(self.execute("MasterUnsub", SubscriberKey=key))
        self.assertEqual(again["ErrorCode"], "12012")

    def test_folder_hierarchy(self):
        self.create(("DataFolder", "<Name>of a test</Name><ContentType>shared_x</ContentType>"
                     "<ParentFolder><Name>above</Name></ParentFolder>"))
        result = self.execute("GetFolderHierarchy", ContentType="shared_x")
        pairs = [flatten(pair) for pair in result.findall(f"{{{ET_NS}}}Results")]
        self.assertEqual([pair["Name"] for pair in pairs], ["above/of a test"])
        found = self.sim.all_rows("DataFolder", ["Name"], simple("ID", "equals", pairs[0]["Value"]))
        self.assertEqual([row["Name"] for row in found], ["of a test"])

    def test_unknown_execute(self):
        answer = self.sim.call(f'<ExecuteRequestMsg xmlns="{ET_NS}"><Requests><Name>Foo</Name>'
                               "</Requests></ExecuteRequestMsg>", "Execute")
        self.assertEqual((answer.overall, answer.rows[0]["StatusCode"]), ("Error", "Error"))


if __name__ == "__main__":
    unittest.main()
