"""What the server is told stays: objects, triggered sends, jobs, as later Retrieves show them."""

import unittest
import xml.etree.ElementTree as ET

from etsim_client import DEMO_SEND, ET_NS, XSI, Etsim, complex_part, flatten, local, simple
from store_case import StoreCase, fields, objects, save_option

SEND_LOG_TEMPLATE = "c3af0d64-1867-de11-8767-001e0bcf2c98"


class Store(StoreCase):
    def test_subscribers_come_and_go(self):
        good = "<EmailAddress>new@example.org</EmailAddress><SubscriberKey>007</SubscriberKey>"
        answer = self.create(("Subscriber", good), ("Subscriber", "<EmailAddress>x</EmailAddress>"),
                             ("Subscriber", good), ("SentEvent", ""))
        self.assertEqual(answer.overall, "Has Errors")
        self.assertEqual(self.codes(answer), [("OK", None), ("Error", "12000"), ("Error", "12014"),
                                              ("Error", "8")])
        self.assertEqual([r["OrdinalID"] for r in answer.rows], ["0", "1", "2", "3"])
        self.assertEqual(answer.rows[0]["Object.SubscriberKey"], "007")
        by_key = simple("SubscriberKey", "equals", "007")
        properties = ["ID", "EmailAddress", "SubscriberKey", "Status", "Client.ID"]
        found = self.sim.all_rows("Subscriber", properties, by_key)
        self.assertEqual(len(found), 1)
        self.assertEqual((found[0]["ID"], found[0]["Status"], found[0]["Client.ID"]),
                         (answer.rows[0]["NewID"], "Active", "10001"))
        self.send("Update", ("Subscriber", "<SubscriberKey>007</SubscriberKey>"
                             "<Status>Unsubscribed</Status>"))
        found = self.sim.all_rows("Subscriber", properties, by_key)
        self.assertEqual((found[0]["Status"], found[0]["EmailAddress"]),
                         ("Unsubscribed", "new@example.org"))
        deleted = self.send("Delete", ("Subscriber", "<SubscriberKey>007</SubscriberKey>"))
        self.assertEqual(deleted.overall, "OK")
        self.assertEqual(self.sim.all_rows("Subscriber", properties, by_key), [])
        again = self.send("Delete", ("Subscriber", "<SubscriberKey>007</SubscriberKey>"))
        self.assertEqual(again.overall, "OK")

    def test_computed_subscribers_can_be_changed(self):
        properties = ["ID", "SubscriberKey", "EmailAddress", "Status"]
        before = self.sim.all_rows("Subscriber", properties)
        self.assertEqual(len(before), 520)
        one = before[123]
        self.send("Update", ("Subscriber", f"<SubscriberKey>{one['SubscriberKey']}</SubscriberKey>"
                             "<Status>Held</Status>"))
        after = self.sim.all_rows("Subscriber", properties)
        self.assertEqual(len(after), 520)
        changed = [r for r in after if r not in before]
        self.assertEqual(changed, [{**one, "Status": "Held"}])
        self.send("Delete", ("Subscriber", f"<ID>{before[7]['ID']}</ID>"))
        self.assertEqual(len(self.sim.all_rows("Subscriber", properties)), 519)

    def test_an_address_has_254_bytes_at_most(self):
        long = "a" * (254 - len("@example.com")) + "@example.com"
        for address, code in ((long, None), ("a" + long, "12000")):
            answer = self.create(("Subscriber", f"<EmailAddress>{address}</EmailAddress>"))
            self.assertEqual([c for _, c in self.codes(answer)], [code])

    def test_nil_clears_a_value(self):
        self.create(("Email", "<CustomerKey>mail</CustomerKey><Name>n</Name><Subject>s</Subject>"
                     "<CharacterSet>UTF-8</CharacterSet>"))
        nil = "<{} xsi:nil='true'/>"
        answer = self.send("Update", (
            "Email", nil.format("ID") + "<CustomerKey>mail</CustomerKey>"
            + nil.format("Subject") + "<CharacterSet/>"))
        self.assertEqual(answer.overall, "OK")
        self.assertNotIn("Object.Subject", answer.rows[0])
        where = simple("CustomerKey", "equals", "mail")
        found = self.sim.all_rows("Email", ["Name", "Subject", "CharacterSet", "ID"], where)
        self.assertEqual(len(found), 1)
        self.assertEqual((found[0]["Name"], found[0]["CharacterSet"]), ("n", ""))
        self.assertNotIn("Subject", found[0])
        self.assertRegex(found[0]["ID"], "^[0-9]+$")
        empty = self.sim.all_rows("Email", ["Name"], simple("Subject", "isNull"))
        self.assertEqual([row["Name"] for row in empty], ["n"])

    def test_nil_of_one_object_is_not_that_of_another(self):
        for key in ("a", "b"):
            self.create(("Email", f"<CustomerKey>{key}</CustomerKey><Subject>s</Subject>"
                         "<Name>n</Name>"))
        self.send("Update", ("Email", "<CustomerKey>a</CustomerKey><Name>new</Name>"),
                  ("Email", "<CustomerKey>b</CustomerKey><Subject xsi:nil='1'/>"))
        found = [row for row in self.sim.all_rows("Email", ["CustomerKey", "Name", "Subject"])
                 if row["CustomerKey"] in ("a", "b")]
        known = [[row.get(name) for name in ("CustomerKey", "Name", "Subject")] for row in found]
        self.assertEqual(known, [["a", "new", "s"], ["b", "n", None]])

    def test_a_nil_object_is_none(self):
        """It is answered in its place, and nothing comes of it, nor goes, at once or later."""
        def names():
            return sorted(row["ListName"] for row in self.sim.all_rows("List", ["ListName"]))
        before = names()
        nil = ('<Objects xsi:type="List" xsi:nil="true"/>', '<Objects xsi:nil="1"/>',
               '<Objects xsi:type="Subscriber" xsi:nil=" true "/>')
        for operation, after in (("Create", sorted([*before, "beside nil"])), ("Delete", before)):
            for options in ("<Options/>", "<Options><RequestType>Asynchronous</RequestType>"
                            "</Options>"):
                answer = self.sim.call(
                    f'<{operation}Request xmlns="{ET_NS}">{options}' + "".join(nil)
                    + f"</{operation}Request>", operation)
                self.assertEqual([row["StatusCode"] for row in answer.rows], ["Error"] * 3)
            answer = self.sim.call(
                f'<{operation}Request xmlns="{ET_NS}"><Options/>{nil[0]}<Objects xsi:type="List">'
                f"<ListName>beside nil</ListName><CustomerKey>beside nil</CustomerKey></Objects>"
                f"{nil[1]}</{operation}Request>", operation)
            self.assertEqual([row["StatusCode"] for row in answer.rows], ["Error", "OK", "Error"])
            self.assertEqual(names(), after)

    def test_lists_of_a_subscriber(self):
        known = self.sim.all_rows("Subscriber", ["SubscriberKey"])[3]["SubscriberKey"]
        made = self.create(*(("List", f"<ListName>{name}</ListName>") for name in "abc"))
        one, two, three = (row["NewID"] for row in made.rows)
        self.create(("Subscriber", "<EmailAddress>a@example.com</EmailAddress><SubscriberKey>a"
                     f"</SubscriberKey><Lists><ID>{one}</ID></Lists>"))

        def change(key, *lists):
            inner = "".join(f"<Lists><ID>{i}</ID><Status>{s}</Status></Lists>" for i, s in lists)
            answer = self.send("Update", ("Subscriber", f"<SubscriberKey>{key}</SubscriberKey>"
                                          + inner))
            self.assertEqual(answer.overall, "OK")

        change("a", (one, "Unsubscribed"), (two, "Active"))
        change("a", (three, "Active"))
        change(known, (one, "Unsubscribed"))
        for key, expected in (("a", {one: "Unsubscribed", two: "Active", three: "Active"}),
                              (known, {one: "Unsubscribed"})):
            found = [row for row in self.sim.all_rows(
                "ListSubscriber", ["ListID", "Status"], simple("SubscriberKey", "equals", key))
                if row["ListID"] in (one, two, three)]  # the others are those of the demo data
            self.assertEqual({row["ListID"]: row["Status"] for row in found}, expected)
            self.assertEqual(len(found), len(expected))

    def test_a_list_that_is_not_there(self):
        """Nobody is put on it, nor is anything else of the object done."""
        person = "<EmailAddress>l@example.com</EmailAddress><SubscriberKey>l</SubscriberKey>"
        lists = "<Lists><ID>77</ID></Lists>"
        refused = self.create(("Subscriber", person + lists))
        self.assertEqual(self.codes(refused), [("Error", "12010")])
        self.assertIn("77", refused.rows[0]["StatusMessage"])
        by_key = simple("SubscriberKey", "equals", "l")
        self.assertEqual(self.sim.all_rows("Subscriber", ["ID"], by_key), [])
        self.create(("Subscriber", person))
        refused = self.send("Update", ("Subscriber", "<SubscriberKey>l</SubscriberKey><Status>Held"
                                       f"</Status>{lists}"))
        self.assertEqual(self.codes(refused), [("Error", "12010")])
        found, = self.sim.all_rows("Subscriber", ["Status"], by_key)
        self.assertEqual(found["Status"], "Active")
        self.assertEqual(self.members("ListID", "77"), [])

    def test_an_account_that_is_not_there(self):
        """ErrorCode 4, wherever it is named, and nothing is done in another instead."""
        client = "<Client><ID>4711</ID></Client>"
        person = "<EmailAddress>c@example.com</EmailAddress><SubscriberKey>c</SubscriberKey>"
        options = f"<Options>{client}</Options>"
        trigger = ("<TriggeredSendDefinition><CustomerKey>sign-up</CustomerKey>"
                   "</TriggeredSendDefinition><Subscribers><EmailAddress>c@example.com"
                   "</EmailAddress><SubscriberKey>c</SubscriberKey></Subscribers>")
        for body in (objects(("Subscriber", client + person)),
                     objects(("TriggeredSend", client + trigger)),
                     objects(("Subscriber", person), options=options),
                     objects(("TriggeredSend", trigger), options=options),
                     objects(("List", "<ID>1</ID>"), options=options, operation="Delete")):
            answer = self.sim.call(body)
            self.assertEqual(self.codes(answer), [("Error", "4")])
        self.assertEqual(self.sim.all_rows("Subscriber", ["ID"],
                                           simple("SubscriberKey", "equals", "c")), [])
        for body in (f'<PerformRequestMsg xmlns="{ET_NS}">{options}<Action>start</Action>'
                     '<Definitions><Definition xsi:type="EmailSendDefinition"><CustomerKey>webinar'
                     "</CustomerKey></Definition></Definitions></PerformRequestMsg>",
                     f'<ExecuteRequestMsg xmlns="{ET_NS}"><Requests>{client}<Name>MasterUnsub'
                     "</Name></Requests></ExecuteRequestMsg>"):
            answer = self.sim.call(body)
            self.assertEqual(answer.overall, "Error")
            self.assertIn(b"<ErrorCode>4</ErrorCode>", answer.data)
        answer = self.sim.retrieve("List", ["ID"], more=options)
        self.assertTrue(answer.overall.startswith("Error: API Permission Failed"))

    def members(self, prop, value):
        return sorted((row["ListID"], row["SubscriberKey"]) for row in self.sim.all_rows(
            "ListSubscriber", ["ListID", "SubscriberKey"], simple(prop, "equals", value)))

    def test_what_is_deleted_takes_its_own_along(self):
        """Nothing names it any more."""
        person = ("<EmailAddress>gone@example.com</EmailAddress><SubscriberKey>gone</SubscriberKey>"
                  "<Lists><ID>{}</ID></Lists>")
        made = self.create(("List", "<ListName>first</ListName>"),
                           ("List", "<ListName>second</ListName>"))
        one, two = (next(e.text for e in result if e.tag.endswith("}NewID"))
                    for result in made.results)
        self.create(("Subscriber", person.format(one)))
        self.send("Update", ("Subscriber", person.format(two)))
        self.assertEqual(self.members("SubscriberKey", "gone"), [(one, "gone"), (two, "gone")])
        self.send("Delete", ("List", f"<ID>{one}</ID>"))
        self.assertEqual(self.members("SubscriberKey", "gone"), [(two, "gone")])
        self.send("Delete", ("Subscriber", "<SubscriberKey>gone</SubscriberKey>"))
        self.assertEqual(self.members("SubscriberKey", "gone"), [])

    def test_what_is_deleted_of_the_demo_data(self):
        key, other = (row["SubscriberKey"]
                      for row in self.sim.all_rows("Subscriber", ["SubscriberKey"])[5:7])
        before = self.members("SubscriberKey", key)
        self.assertTrue(before)
        lists = [row["ID"] for row in self.sim.all_rows("List", ["ID"])]
        self.assertIn(before[0][0], lists)
        self.send("Update", ("Subscriber", f"<SubscriberKey>{key}</SubscriberKey>"
                             "<Status>Held</Status>"))
        self.assertEqual(self.members("SubscriberKey", key), before)
        self.send("Delete", ("Subscriber", f"<SubscriberKey>{key}</SubscriberKey>"))
        self.assertEqual(self.members("SubscriberKey", key), [])
        self.assertEqual(len(self.members("SubscriberKey", other)), len(before))
        self.send("Delete", ("List", f"<ID>{before[0][0]}</ID>"))
        self.assertEqual(self.members("ListID", before[0][0]), [])
        self.assertEqual(len(self.members("SubscriberKey", other)), len(before) - 1)

    def test_a_data_extension_begins_empty(self):
        """Also when there was one of its key, with other columns."""
        field = "<Field><Name>{}</Name><IsPrimaryKey>true</IsPrimaryKey></Field>"
        row = ("<CustomerKey>again</CustomerKey><Properties><Property><Name>{0}</Name><Value>{0}-1"
               "</Value></Property></Properties>")
        for name in ("Old", "New"):
            self.create(("DataExtension", "<CustomerKey>again</CustomerKey><Name>again</Name>"
                         f"<Fields>{field.format(name)}</Fields>"))
            answer = self.sim.retrieve("DataExtensionObject[again]", [name])
            self.assertEqual((answer.overall, answer.rows), ("OK", []))
            self.create(("DataExtensionObject", row.format(name)))
            rows = self.sim.retrieve("DataExtensionObject[again]", [name]).rows
            self.assertEqual([r["Properties.Property.Value"] for r in rows], [f"{name}-1"])
            self.send("Delete", ("DataExtension", "<CustomerKey>again</CustomerKey>"))

    def test_a_definition_takes_its_summary_along(self):
        where = simple("CustomerKey", "equals", "sign-up")
        self.assertEqual(len(self.sim.all_rows("TriggeredSendSummary", ["Sent"], where)), 1)
        self.send("Delete", ("TriggeredSendDefinition", "<CustomerKey>sign-up</CustomerKey>"))
        self.assertEqual(self.sim.all_rows("TriggeredSendSummary", ["Sent"], where), [])

    def test_the_account_stays(self):
        before = self.sim.all_rows("Account", ["ID"])
        for kind, number in (("Account", "10001"), ("BusinessUnit", "10002")):
            answer = self.send("Delete", (kind, f"<ID>{number}</ID>"))
            self.assertEqual(self.codes(answer), [("Error", "5")])
        self.assertEqual(self.sim.all_rows("Account", ["ID"]), before)

    def test_an_address_has_to_stay_one(self):
        self.create(("Subscriber", "<EmailAddress>a@example.com</EmailAddress>"
                     "<SubscriberKey>a</SubscriberKey>"))
        for address in ("<EmailAddress>nowhere</EmailAddress>", "<EmailAddress xsi:nil='true'/>"):
            answer = self.send("Update", ("Subscriber", f"{address}<SubscriberKey>a"
                                          "</SubscriberKey>"))
            self.assertEqual(self.codes(answer), [("Error", "12000")])
        found = self.sim.all_rows("Subscriber", ["EmailAddress"],
                                  simple("SubscriberKey", "equals", "a"))
        self.assertEqual(found[0]["EmailAddress"], "a@example.com")

    def test_a_send_of_the_past_stays_as_it_is(self):
        before = self.sim.all_rows("Send", ["ID", "EmailName"])
        for operation in ("Update", "Delete"):
            answer = self.send(operation, ("Send", f"<ID>{DEMO_SEND}</ID>"
                                           "<EmailName>other</EmailName>"))
            self.assertEqual(self.codes(answer), [("Error", "5")])
            self.assertEqual(answer.rows[0]["StatusMessage"], f"{operation} is not allowed on "
                             f"Send {DEMO_SEND}: it is already sent.")
        self.assertEqual(self.sim.all_rows("Send", ["ID", "EmailName"]), before)

    def test_status_of_the_whole(self):
        bad = ("Subscriber", "<EmailAddress>x</EmailAddress>")
        self.assertEqual(self.create(bad, bad).overall, "Error")
        self.assertTrue(self.create(*[bad] * 51).overall.startswith("Error: "))
        held = "<EmailAddress>a@example.com</EmailAddress><Status>Bounced</Status>"
        self.assertEqual(self.codes(self.create(("Subscriber", held))), [("Error", "12016")])

    def test_upsert(self):
        item = ("Subscriber", "<EmailAddress>up@example.com</EmailAddress>"
                "<SubscriberKey>up</SubscriberKey>")
        missing = self.send("Update", item)
        self.assertEqual(self.codes(missing), [("Error", "12001")])
        for _ in range(2):
            answer = self.send("Update", item, options=save_option("UpdateAdd"))
            self.assertEqual(answer.overall, "OK")
        found = self.sim.all_rows("Subscriber", ["ID"], simple("SubscriberKey", "equals", "up"))
        self.assertEqual(len(found), 1)

    def test_objects_of_any_type(self):
        answer = self.create(("Email", "<CustomerKey>mail</CustomerKey><Name>Größe &lt;1&gt; "
                              "</Name><Subject> x </Subject><IsActive>true</IsActive>"))
        self.assertEqual(answer.overall, "OK")
        rows = self.sim.all_rows("Email", ["ID", "Name", "Subject", "CustomerKey", "CreatedDate"],
                                 simple("Name", "like", "größe"))
        self.assertEqual([(r["Name"], r["Subject"], r["CustomerKey"]) for r in rows],
                         [("Größe <1> ", " x ", "mail")])
        self.assertRegex(rows[0]["CreatedDate"], r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,3})?$")
        duplicate = self.create(("Email", "<CustomerKey>mail</CustomerKey><Name>b</Name>"))
        self.assertEqual(self.codes(duplicate), [("Error", "1")])

    def creatable(self):
        """Object types of the served contract that derive from APIObject, with their bases."""
        wsdl = ET.fromstring(self.sim.document("/etframework.wsdl"))
        xsd = "{http://www.w3.org/2001/XMLSchema}"
        bases = {}
        for kind in wsdl.iter(f"{xsd}complexType"):
            extension = kind.find(f".//{xsd}extension")
            if kind.get("name") and extension is not None and kind.get("abstract") != "true":
                bases[kind.get("name")] = extension.get("base").rsplit(":")[-1]
        return [name for name in bases
                if any(base == "APIObject" for base in self.ancestors(name, bases))]

    @staticmethod
    def ancestors(name, bases):
        while name in bases:
            name = bases[name]
            yield name

    def test_what_can_be_created_can_be_seen(self):
        seen = 0
        for kind in self.creatable():
            with self.subTest(kind):
                inner = "<Client><ID>10001</ID></Client><CustomerKey>of-a-test</CustomerKey>"
                answer = self.sim.call(objects((kind, inner)), "Create")
                if answer.status != 200 or answer.overall != "OK":
                    continue  # it needs more, or is made by the service alone
                if kind == "DataExtensionObject":
                    continue
                made = answer.rows[0]
                found = [self.sim.retrieve(kind, [name], simple(name, "equals", value))
                         for name, value in (("ObjectID", made["NewObjectID"]),
                                             ("ID", made["NewID"]), ("CustomerKey", "of-a-test"))]
                self.assertIn(1, [len(one.results) for one in found], kind)
                seen += 1
        self.assertGreater(seen, 90)

    def test_filters_by_other_names(self):
        """What the documentation filters by, though a Describe does not list it."""
        self.create(("Automation", "<CustomerKey>a</CustomerKey><Name>n</Name>"))
        one = self.sim.all_rows("Automation", ["ObjectID"],
                                simple("CustomerKey", "equals", "a"))[0]
        found = self.sim.all_rows("Automation", ["Name"],
                                  simple("ProgramID", "equals", one["ObjectID"]))
        self.assertEqual([row["Name"] for row in found], ["n"])
        self.assertIn("do not match", self.sim.retrieve("Automation", ["ProgramID"]).overall)

    def test_lists_of_the_demo_data(self):
        rows = self.sim.all_rows("List", ["ID", "ListName", "Type"])
        self.assertEqual(len(rows), 8)
        sent = self.sim.all_rows("ListSend", ["List.ID", "List.ListName"])
        names = {r["ID"]: r["ListName"] for r in rows}
        for one in sent:
            self.assertEqual(names[one["List.ID"]], one["List.ListName"])

    def perform(self, action, key, kind="TriggeredSendDefinition"):
        body = (f'<PerformRequestMsg xmlns="{ET_NS}"><Options/><Action>{action}</Action>'
                f'<Definitions><Definition xsi:type="{kind}"><CustomerKey>{key}</CustomerKey>'
                "</Definition></Definitions></PerformRequestMsg>")
        answer = self.sim.call(body, "Perform")
        self.assertEqual([local(child.tag) for child in answer.message],
                         ["Results", "OverallStatus", "OverallStatusMessage", "RequestID"])
        return answer

    def test_a_recipient_without_an_address(self):
        """It is refused by itself; this ended the server once."""
        answer = self.create(("TriggeredSend", "<TriggeredSendDefinition><CustomerKey>sign-up"
                              "</CustomerKey></TriggeredSendDefinition><Subscribers><SubscriberKey>"
                              "nobody-we-know</SubscriberKey></Subscribers>"))
        self.assertEqual(self.codes(answer), [("Error", "180008")])
        self.assertEqual(flatten(answer.results[0])["SubscriberFailures.ErrorCode"], "12000")

    def test_one_to_one_triggered_sends(self):
        """The published procedure, step by step."""
        configure = self.sim.call(
            f'<ConfigureRequestMsg xmlns="{ET_NS}"><Options/><Action>Create</Action>'
            '<Configurations><Configuration xsi:type="PropertyDefinition">'
            '<ObjectID xsi:nil="true"/>'
            "<Name>UniqueID</Name><PropertyType>string</PropertyType></Configuration>"
            "</Configurations></ConfigureRequestMsg>", "Configure")
        self.assertEqual(configure.overall, "OK")
        self.create(("DataExtension", "<Name>SendLog</Name><Template><ObjectID>"
                     f"{SEND_LOG_TEMPLATE}</ObjectID></Template>" + fields("Other")))
        update = self.send("Update", ("DataExtension", "<CustomerKey>SendLog</CustomerKey><Fields>"
                                      "<Field><Name>UniqueID</Name><MaxLength>200</MaxLength>"
                                      "<IsRequired>false</IsRequired></Field></Fields>"))
        self.assertEqual(update.overall, "OK")
        self.create(("TriggeredSendDefinition", "<CustomerKey>API example</CustomerKey><Name>x"
                     "</Name><Email><ID>3099626</ID></Email><IsSendLogging>true</IsSendLogging>"))

        def fire(*subscribers):
            inner = "".join(
                f"<Subscribers><EmailAddress>{email}</EmailAddress><SubscriberKey>{email}"
                f"</SubscriberKey><Attributes><Name>UniqueID</Name><Value>{unique}</Value>"
                "</Attributes></Subscribers>" for email, unique in subscribers)
            return self.create(("TriggeredSend", "<TriggeredSendDefinition><CustomerKey>API example"
                                f"</CustomerKey></TriggeredSendDefinition>{inner}"))

        self.assertEqual(self.codes(fire(("help@example.com", "a"))), [("Error", "18001")])
        self.assertEqual(self.perform("start", "API example").overall, "OK")
        answer = fire(("help@example.com", "111-111"), ("broken", "222"))
        self.assertEqual(answer.overall, "OK")
        self.assertEqual(answer.results[0].get(f"{{{XSI}}}type"), "TriggeredSendCreateResult")
        failures = answer.results[0].findall(f"{{{ET_NS}}}SubscriberFailures")
        self.assertEqual([flatten(f)["ErrorCode"] for f in failures], ["12000"])
        self.assertEqual(self.codes(fire(("broken", "3"))), [("Error", "180008")])
        fire(("help@example.com", "333"))
        answer = fire(("help@example.com", "4" * 201), ("help@example.com", "5" * 200))
        failures = [flatten(f) for f in answer.results[0].findall(f"{{{ET_NS}}}SubscriberFailures")]
        self.assertEqual([(f["ErrorCode"], f["Ordinal"]) for f in failures], [("12004", "0")])
        self.assertIn("UniqueID", failures[0]["ErrorDescription"])
        lengths = [len(row.get("UniqueID", "")) for row in self.column_rows("SendLog",
                                                                            ["UniqueID"])]
        self.assertEqual(max(lengths), 200)

        log = self.column_rows("SendLog", ["JobID", "BatchID", "SubscriberID"],
                               simple("UniqueID", "equals", "111-111"))
        self.assertEqual(len(log), 1)
        three = complex_part(
            "AND", *(lambda tag, n=n, v=v: simple(n, "equals", v, tag=tag) for n, v in (
                ("SendID", log[0]["JobID"]), ("BatchID", log[0]["BatchID"]),
                ("SubscriberID", log[0]["SubscriberID"]))))
        events = self.sim.all_rows("SentEvent", ["SubscriberKey", "TriggeredSendDefinitionObjectID",
                                                 "BatchID", "EventType"], three)
        self.assertEqual([(e["SubscriberKey"], e["EventType"]) for e in events],
                         [("help@example.com", "Sent")])
        definition = simple("TriggeredSendDefinitionObjectID", "equals",
                            events[0]["TriggeredSendDefinitionObjectID"])
        self.assertEqual(len(self.sim.all_rows("SentEvent", ["SendID"], definition)), 3)
        self.assertEqual(len(self.sim.all_rows("NotSentEvent", ["SendID"], definition)), 2)
        summary = self.sim.all_rows("TriggeredSendSummary",
                                    ["Sent", "NotSentDueToUndeliverable", "CustomerKey"],
                                    simple("CustomerKey", "equals", "API example"))
        self.assertEqual([(s["Sent"], s["NotSentDueToUndeliverable"]) for s in summary],
                         [("3", "2")])
        by_definition = simple("TriggeredSendDefinitionObjectID", "equals",
                               events[0]["TriggeredSendDefinitionObjectID"])
        self.assertEqual(len(self.sim.all_rows("TriggeredSendSummary", ["Sent"], by_definition)), 1)
        sends = self.sim.all_rows("Send", ["NumberSent", "InvalidAddresses", "NumberDelivered"],
                                  simple("ID", "equals", log[0]["JobID"]))
        self.assertEqual([(s["NumberSent"], s["InvalidAddresses"]) for s in sends], [("3", "2")])
        self.assertEqual(self.log_unsub(SubscriberKey="help@example.com", JobID=log[0]["JobID"]),
                         "Event posted")
        sends = self.sim.all_rows("Send", ["Unsubscribes"],
                                  simple("ID", "equals", log[0]["JobID"]))
        self.assertEqual([s["Unsubscribes"] for s in sends], ["1"])
        self.assertEqual(self.log_unsub(SubscriberKey="help@example.com"), "Event posted")
        self.assertEqual(self.codes(fire(("help@example.com", "4"))), [("Error", "180008")])
        self.assertEqual(len(self.sim.all_rows("NotSentEvent", ["SendID"], definition)), 3)
        self.assertEqual(self.perform("pause", "API example").overall, "OK")
        self.assertEqual(self.codes(fire(("help@example.com", "b"))), [("Error", "18001")])
        self.assertEqual(self.perform("start", "nothing").overall, "Error")

    def describe(self, *kinds):
        wanted = "".join(f"<ObjectDefinitionRequest><ObjectType>{k}</ObjectType>"
                         "</ObjectDefinitionRequest>" for k in kinds)
        answer = self.sim.call(f'<DefinitionRequestMsg xmlns="{ET_NS}"><DescribeRequests>{wanted}'
                               "</DescribeRequests></DefinitionRequestMsg>", "Describe")
        self.assertEqual([local(child.tag) for child in answer.message],
                         ["ObjectDefinition"] * len(kinds) + ["RequestID"])
        return answer.message[:-1]

    def test_describe_tells_what_can_be_retrieved(self):
        kinds = ("Send", "SentEvent", "Subscriber", "TriggeredSendDefinition")
        for kind, definition in zip(kinds, self.describe(*kinds)):
            properties = [flatten(p) for p in definition.findall(f"{{{ET_NS}}}Properties")]
            names = {p["Name"]: p["IsRetrievable"] for p in properties}
            self.assertEqual(len(names), len(properties))
            good = [name for name, flag in names.items() if flag == "true"]
            self.assertIn(self.sim.retrieve(kind, good).overall, ("OK", "MoreDataAvailable"))
            bad = [name for name, flag in names.items() if flag == "false"]
            self.assertTrue(bad)
            self.assertIn("do not match", self.sim.retrieve(kind, bad[:1]).overall)
        unknown = self.describe("Nonsense")[0]
        self.assertEqual([local(c.tag) for c in unknown], ["ObjectType"])

    def schedule(self, action, kind, key):
        answer = self.sim.call(
            f'<ScheduleRequestMsg xmlns="{ET_NS}"><Options/><Action>{action}</Action>'
            "<Schedule><StartDateTime>2026-12-01T08:00:00</StartDateTime></Schedule><Interactions>"
            f'<Interaction xsi:type="{kind}"><CustomerKey>{key}</CustomerKey></Interaction>'
            "</Interactions></ScheduleRequestMsg>", "Schedule")
        return answer.overall, flatten(answer.message)

    def test_schedule(self):
        self.create(("EmailSendDefinition", "<CustomerKey>k</CustomerKey><Name>n</Name>"))
        overall, result = self.schedule("start", "EmailSendDefinition", "k")
        self.assertEqual(overall, "OK")
        self.assertEqual(result["Results.Result.Object.StartDateTime"], "2026-12-01T08:00:00")
        self.assertTrue(result["Results.Result.Task.ID"])
        for arguments in (("nonsense", "EmailSendDefinition", "k"),
                          ("start", "EmailSendDefinition", "other"),
                          ("start", "Subscriber", "nobody")):
            overall, result = self.schedule(*arguments)
            self.assertEqual((overall, result["Results.Result.StatusCode"]), ("Error", "Error"))

    def test_perform(self):
        self.create(("EmailSendDefinition", "<CustomerKey>k</CustomerKey><Name>n</Name>"))
        for action, expected in (("start", "OK"), ("test", "OK"), ("nonsense", "Error")):
            answer = self.perform(action, "k", "EmailSendDefinition")
            result = flatten(answer.message)
            self.assertEqual((answer.overall, result["Results.Result.Task.StatusCode"]),
                             (expected, expected))

    def test_a_started_definition_shows_as_a_send(self):
        self.sim = Etsim("--subscribers", "200", "--sends", "2", "--clock", "2026-11-20T08:00:00")
        self.addCleanup(self.sim.stop)
        answer = self.perform("start", "2026-11-newsletter", "EmailSendDefinition")
        job = flatten(answer.message)["Results.Result.Task.ID"]
        where = simple("ID", "equals", job)
        properties = ["ID", "Email.ID", "Status", "NumberSent", "Subject",
                      "EmailSendDefinition.CustomerKey", "EmailSendDefinition.ObjectID"]
        definition = self.sim.all_rows(
            "EmailSendDefinition", ["ObjectID", "Email.ID", "EmailSubject"],
            simple("CustomerKey", "equals", "2026-11-newsletter"))[0]
        rows = self.sim.all_rows("Send", properties, where)
        self.assertEqual(len(rows), 1)
        self.assertEqual([rows[0][name] for name in properties],
                         [job, definition["Email.ID"], "Scheduled", "0",
                          definition["EmailSubject"], "2026-11-newsletter",
                          definition["ObjectID"]])
        for action, status in (("pause", "Paused"), ("resume", "Scheduled"),
                               ("cancel", "Canceled")):
            answer = self.sim.call(
                f'<PerformRequestMsg xmlns="{ET_NS}"><Options/><Action>{action}</Action>'
                f'<Definitions><Definition xsi:type="Send"><ID>{job}</ID></Definition>'
                "</Definitions></PerformRequestMsg>", "Perform")
            self.assertEqual(answer.overall, "OK")
            self.assertEqual(self.sim.all_rows("Send", ["Status"], where)[0]["Status"], status)

    def test_a_send_that_is_over_is_found_but_not_paused(self):
        answer = self.sim.call(
            f'<PerformRequestMsg xmlns="{ET_NS}"><Options/><Action>pause</Action><Definitions>'
            f'<Definition xsi:type="Send"><ID>{DEMO_SEND}</ID></Definition></Definitions>'
            "</PerformRequestMsg>", "Perform")
        result = flatten(answer.message)
        self.assertEqual(result["Results.Result.ErrorCode"], "3")
        self.assertIn("is Complete", result["Results.Result.StatusMessage"])

    def test_other_operations(self):
        status = self.sim.call(f'<SystemStatusRequestMsg xmlns="{ET_NS}"/>', "GetSystemStatus")
        self.assertEqual(status.overall, "OK")
        self.assertEqual(flatten(status.message)["Results.Result.SystemStatus"], "OK")
        version = self.sim.call(f'<VersionInfoRequestMsg xmlns="{ET_NS}"><IncludeVersionHistory>'
                                "false</IncludeVersionHistory></VersionInfoRequestMsg>",
                                "VersionInfo")
        self.assertIn("VersionInfo.Version", flatten(version.message))
        extract = self.sim.call(
            f'<ExtractRequestMsg xmlns="{ET_NS}"><Requests><ID>c7219016-a7f0-4c72-8657-1ec12c28a0db'
            "</ID><Parameters><Parameter><Name>OutputFileName</Name><Value>x.zip</Value>"
            "</Parameter></Parameters></Requests></ExtractRequestMsg>", "Extract")
        said = {path.replace(".ExtractResult", ""): value  # older contracts have it without
                for path, value in flatten(extract.message).items()}
        self.assertEqual(said["Results.StatusCode"], "OK")
        query = self.sim.call(f'<QueryRequestMsg xmlns="{ET_NS}"/>', "Query")
        self.assertTrue(query.overall.startswith("Error: "))
        for answer in (status, version, extract, query):
            self.assertNotIn(b"<et:", answer.data)  # one default namespace, as the service has it


if __name__ == "__main__":
    unittest.main()
