"""After a change, what one object says still agrees with what the others say."""

import unittest

from etsim_client import DEMO_SEND, ET_NS, simple
from store_case import StoreCase

TRIGGER = "order-confirmation"


def subscriber(key, more="", email="someone@example.org"):
    return ("Subscriber", f"<EmailAddress>{email}</EmailAddress>{more}"
            f"<SubscriberKey>{key}</SubscriberKey>")


def on_list(number, status="Active"):
    return f"<Lists><Status>{status}</Status><ID>{number}</ID></Lists>"


def firing(definition, *people):
    """A triggered send to people who are (key, more XML)."""
    inner = "".join(f"<Subscribers><EmailAddress>{key}@example.org</EmailAddress>{more}"
                    f"<SubscriberKey>{key}</SubscriberKey></Subscribers>" for key, more in people)
    return ("TriggeredSend", "<TriggeredSendDefinition>"
            f"<CustomerKey>{definition}</CustomerKey></TriggeredSendDefinition>{inner}")


class Agreement(StoreCase):
    def rows(self, kind, properties, *where):
        return self.sim.all_rows(kind, properties.split(), simple(*where) if where else "")

    def one(self, kind, properties, *where):
        rows = self.rows(kind, properties, *where)
        self.assertEqual(len(rows), 1, rows)
        return rows[0]

    def members(self, key):
        """Status and date by list."""
        return {row["ListID"]: (row["Status"], row.get("UnsubscribedDate") is not None)
                for row in self.rows("ListSubscriber", "ListID Status UnsubscribedDate",
                                     "SubscriberKey", "equals", key)}

    def subscriber_of_the_demo(self, number=7):
        return self.rows("Subscriber", "ID SubscriberKey EmailAddress")[number]

    def send_of(self, job):
        return self.one("Send", "NumberSent Unsubscribes Status", "ID", "equals", job)

    # --- who unsubscribed ---

    def test_the_date_of_unsubscribing_goes_with_the_status(self):
        self.create(subscriber("new"), subscriber("gone", "<Status>Unsubscribed</Status>"))
        demo = self.subscriber_of_the_demo()["SubscriberKey"]

        def dated(key):
            row = self.one("Subscriber", "Status UnsubscribedDate", "SubscriberKey", "equals", key)
            return row["Status"], row.get("UnsubscribedDate")

        self.assertIsNotNone(dated("gone")[1])
        for key in ("new", demo):
            self.assertEqual(dated(key), ("Active", None))
            self.send("Update", ("Subscriber", f"<SubscriberKey>{key}</SubscriberKey>"
                                 "<Status>Unsubscribed</Status>"))
            status, date = dated(key)
            self.assertEqual(status, "Unsubscribed")
            self.assertIsNotNone(date, "since when is not said")
            self.send("Update", ("Subscriber", f"<SubscriberKey>{key}</SubscriberKey>"
                                 "<Status>Unsubscribed</Status>"))
            self.assertEqual(dated(key), (status, date))
            self.send("Update", ("Subscriber", f"<SubscriberKey>{key}</SubscriberKey>"
                                 f"<UnsubscribedDate>{date}</UnsubscribedDate>"
                                 "<Status>Active</Status>"))
            self.assertEqual(dated(key), ("Active", None))

    def test_so_it_does_on_a_list(self):
        self.create(subscriber("new", on_list(1723001)))
        for status, dated in (("Unsubscribed", True), ("Active", False)):
            self.send("Update", ("Subscriber", f"{on_list(1723001, status)}"
                                 "<SubscriberKey>new</SubscriberKey>"))
            self.assertEqual(self.members("new"), {"1723001": (status, dated)})

    # --- what changes while it is read ---

    def test_what_is_changed_while_it_is_read_comes_once(self):
        for kind, where, change in (
                ("Subscriber", "", "<Status>Held</Status>"),
                ("ListSubscriber", simple("ListID", "equals", "1723001"),
                 on_list(1723001, "Unsubscribed"))):
            seen = []
            for answer in self.sim.pages(kind, ["SubscriberKey", "Status"], where, batch=50):
                seen += answer.rows
                keys = [row["SubscriberKey"] for row in answer.rows[:2]]
                if len(seen) == 50:  # some of the last page, too
                    keys += [row["SubscriberKey"] for row in self.rows(kind, "SubscriberKey")[-3:]]
                self.send("Update", *(("Subscriber", f"{change}<SubscriberKey>{key}"
                                       "</SubscriberKey>") for key in keys))
                self.create(subscriber(f"{kind}-{len(seen)}", on_list(1723001)))
            keys = [row["SubscriberKey"] for row in seen]
            self.assertEqual(len(keys), 520 if kind == "Subscriber" else 531)
            self.assertEqual(len(keys), len(set(keys)))

    # --- ids ---

    def test_a_subscriber_made_anew_is_another_one(self):
        old = self.subscriber_of_the_demo()
        key = old["SubscriberKey"]
        self.assertEqual(len(self.members(key)), 8)
        self.send("Delete", ("Subscriber", f"<SubscriberKey>{key}</SubscriberKey>"))
        self.assertEqual(self.members(key), {})
        self.create(subscriber(key, on_list(1723018)))
        self.assertEqual(self.members(key), {"1723018": ("Active", False)})
        ids = {row["ID"] for row in self.rows("ListSubscriber", "ID", "SubscriberKey", "equals",
                                              key)}
        self.assertNotIn(old["ID"], ids)

    def test_ids_are_not_for_clients_to_give(self):
        listed = self.one("List", "ID", "CustomerKey", "equals", "1723001")["ID"]
        defined = "7e9f0000-0000-4000-8000-000000000001"
        made = self.create(
            ("List", f"<ID>{listed}</ID><CustomerKey>copy</CustomerKey>"),
            ("TriggeredSendDefinition", f"<ObjectID>{defined}</ObjectID>"
             "<CustomerKey>copy</CustomerKey>"))
        self.assertEqual(made.overall, "OK")
        for kind, name, given, new in (
                ("List", "ID", listed, made.rows[0]["NewID"]),
                ("TriggeredSendDefinition", "ObjectID", defined, made.rows[1]["NewObjectID"])):
            self.assertNotEqual(new, given)
            self.assertEqual(self.one(kind, name, "CustomerKey", "equals", "copy")[name], new)
        self.one("List", "ID", "ID", "equals", listed)

    def test_members_of_lists_are_made_by_subscribing(self):
        answer = self.create(("ListSubscriber", "<SubscriberKey>nobody</SubscriberKey>"
                              "<ListID>99</ListID>"))
        self.assertEqual(self.codes(answer), [("Error", "8")])

    # --- what was sent ---

    def test_the_send_of_a_definition_stays_as_it_is(self):
        event = self.rows("SentEvent", "SendID", "TriggeredSendDefinitionObjectID", "isNotNull")[0]
        job = event["SendID"]
        before = self.send_of(job)
        for operation in ("Update", "Delete"):
            answer = self.send(operation, ("Send", f"<ID>{job}</ID><NumberSent>7</NumberSent>"))
            self.assertEqual(self.codes(answer), [("Error", "5")])
        self.assertEqual(self.send_of(job), before)
        made = self.create(("Send", "<CustomerKey>mine</CustomerKey>")).rows[0]["NewID"]
        answer = self.send("Delete", ("Send", f"<ID>{made}</ID>"))
        self.assertEqual(answer.overall, "OK")

    def test_an_unsubscribe_from_a_triggered_send_is_counted_everywhere(self):
        event = self.rows("SentEvent", "SendID SubscriberKey ListID "
                          "TriggeredSendDefinitionObjectID", "TriggeredSendDefinitionObjectID",
                          "isNotNull")[3]
        job, trigger = event["SendID"], event["TriggeredSendDefinitionObjectID"]
        by_trigger = ("TriggeredSendDefinitionObjectID", "equals", trigger)

        def counts():
            return (int(self.one("TriggeredSendSummary", "OptOuts", *by_trigger)["OptOuts"]),
                    len(self.rows("UnsubEvent", "SendID", *by_trigger)),
                    int(self.send_of(job)["Unsubscribes"]),
                    int(self.one("ListSend", "Unsubscribes", "SendID", "equals",
                                 job)["Unsubscribes"]))

        self.assertEqual(counts(), (0, 0, 0, 0))
        self.assertEqual(self.log_unsub(SubscriberKey=event["SubscriberKey"], JobID=job),
                         "Event posted")
        self.assertEqual(counts(), (1, 1, 1, 1))

    def test_an_unsubscribe_from_another_list_is_none_of_the_lists_sent_to(self):
        for job, where in ((DEMO_SEND, ("SendID", "equals", DEMO_SEND)),
                           ("13000012", ("TriggeredSendDefinitionObjectID", "isNotNull"))):
            key = self.rows("SentEvent", "SubscriberKey", *where)[5]["SubscriberKey"]
            before = [row["Unsubscribes"] for row in
                      self.rows("ListSend", "Unsubscribes", "SendID", "equals", job)]
            counted = int(self.send_of(job)["Unsubscribes"])
            self.assertEqual(self.log_unsub(SubscriberKey=key, JobID=job, ListID="1723120"),
                             "Event posted")
            self.assertEqual(int(self.send_of(job)["Unsubscribes"]), counted + 1)
            self.assertEqual([row["Unsubscribes"] for row in
                              self.rows("ListSend", "Unsubscribes", "SendID", "equals", job)],
                             before)

    # --- recipients of triggered sends ---

    def test_a_recipient_comes_onto_the_list(self):
        answer = self.create(firing(TRIGGER, ("new", "")))
        self.assertEqual(answer.overall, "OK")
        sent = self.one("SentEvent", "ListID", "SubscriberKey", "equals", "new")
        self.assertEqual(self.members("new"), {sent["ListID"]: ("Active", False)})
        self.create(firing(TRIGGER, ("new", "")))
        self.assertEqual(len(self.members("new")), 1)
        demo = self.subscriber_of_the_demo()["SubscriberKey"]
        before = self.members(demo)
        self.create(firing(TRIGGER, (demo, "")))
        self.assertEqual(self.members(demo), before)

    def test_profile_attributes_of_a_recipient_are_kept(self):
        pairs = "".join(f"<Attributes><Name>{name}</Name><Value>{value}</Value></Attributes>"
                        for name, value in (("First Name", "Nele"), ("OrderNumber", "7")))
        self.create(firing(TRIGGER, ("new", pairs)))
        answer = self.sim.retrieve("Subscriber", ["Attributes"],
                                   simple("SubscriberKey", "equals", "new"))
        kept = {pair[0].text: pair[1].text
                for pair in answer.results[0].findall(f"{{{ET_NS}}}Attributes")}
        self.assertEqual(kept, {"First Name": "Nele"})

    def test_a_definition_can_leave_lists_and_subscribers_alone(self):
        self.send("Update", ("TriggeredSendDefinition", f"<CustomerKey>{TRIGGER}</CustomerKey>"
                             "<AutoAddSubscribers>false</AutoAddSubscribers>"
                             "<AutoUpdateSubscribers>false</AutoUpdateSubscribers>"))
        pair = "<Attributes><Name>First Name</Name><Value>Nele</Value></Attributes>"
        self.create(firing(TRIGGER, ("new", pair)))
        self.assertEqual(self.members("new"), {})
        answer = self.sim.retrieve("Subscriber", ["Attributes"],
                                   simple("SubscriberKey", "equals", "new"))
        self.assertEqual(answer.results[0].findall(f"{{{ET_NS}}}Attributes"), [])

    def test_who_left_the_list_is_not_sent_to(self):
        self.create(subscriber("left", on_list(1723001, "Unsubscribed")),
                    subscriber("stays", on_list(1723001)))
        answer = self.create(firing(TRIGGER, ("left", ""), ("stays", "")))
        failures = [row.get("SubscriberFailures.ErrorCode") for row in answer.rows]
        self.assertEqual(failures, ["12003"])
        self.assertEqual(self.rows("SentEvent", "SendID", "SubscriberKey", "equals", "left"), [])
        self.one("NotSentEvent", "SendID", "SubscriberKey", "equals", "left")
        self.one("SentEvent", "SendID", "SubscriberKey", "equals", "stays")


if __name__ == "__main__":
    unittest.main()
