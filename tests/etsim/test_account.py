"""The demo account is a whole one: every id that any object names can be retrieved, and what one
object counts the others show."""

import os
import subprocess
import tempfile
import time
import unittest
import xml.etree.ElementTree as ET
from collections import Counter
from pathlib import Path

from etsim_client import DEMO_SEND, ET_NS, Etsim, flatten, simple
from store_case import objects
from test_clock import perform, trigger

XSD = "{http://www.w3.org/2001/XMLSchema}"
ALL = "<QueryAllAccounts>true</QueryAllAccounts>"

# Properties that name another object by themselves; those of sub-objects follow from the contract.
NAMES = {
    "SendID": ("Send", "ID"), "ListID": ("List", "ID"), "SubscriberID": ("Subscriber", "ID"),
    "SubscriberKey": ("Subscriber", "SubscriberKey"), "URLID": ("LinkSend", "Link.ID"),
    "OptInSubscriberKey": ("Subscriber", "SubscriberKey"), "CategoryID": ("DataFolder", "ID"),
    "Category": ("DataFolder", "ID"), "ParentID": ("BusinessUnit", "ID"),
    "DefaultBusinessUnit": ("BusinessUnit", "ID"),
    "TriggeredSendDefinitionObjectID": ("TriggeredSendDefinition", "ObjectID"),
    "AutomationID": ("Automation", "ObjectID"),
    "LastRunInstanceID": ("AutomationInstance", "ObjectID"),
    "ImportDefinitionCustomerKey": ("ImportDefinition", "CustomerKey"),
    "DestinationID": ("DataExtension", "ObjectID"),
}
# Declared as one type, filled with another; and what is no object but a part of its owner.
MEANT = {("ImportDefinition", "DestinationObject"): "DataExtension",
         ("QueryDefinition", "DataExtensionTarget"): "DataExtension",
         ("FilterDefinition", "DataSource"): "DataExtension",
         ("BusinessUnit", "ParentAccount"): "BusinessUnit", ("Account", "ParentAccount"): "Account"}
PARTS = {("LinkSend", "Link")}
# What can be had though no Describe lists it.
IDENTITY = ("ObjectID", "CustomerKey")
MORE = {"Automation": ("Status", "LastRunTime", "LastRunInstanceID", "CategoryID"),
        "AutomationInstance": ("AutomationID", "Status", "StartTime", "CompletedTime"),
        "AutomationTask": ("ObjectID", "Name", "Automation.ObjectID"),
        "AutomationActivity": ("ObjectID", "Automation.ObjectID", "AutomationTask.ObjectID"),
        "PropertyDefinition": ("Name", "ObjectID")}
FULL = ["Account", "AccountUser", "Automation", "AutomationActivity",
        "AutomationInstance",
        "AutomationTask", "BusinessUnit", "ContentArea", "DataExtension", "DataExtensionField",
        "DataExtensionTemplate", "DataExtractActivity", "DataFolder", "DeliveryProfile", "Email",
        "EmailSendDefinition", "FileTransferActivity", "FileTransferLocation", "FileTrigger",
        "FilterDefinition", "Group", "ImportDefinition", "ImportResultsSummary", "LinkSend", "List",
        "ListSend", "ListSubscriber", "Portfolio", "PrivateIP", "PropertyDefinition", "Publication",
        "QueryDefinition", "ReplyMailManagementConfiguration", "Role", "Send", "SendClassification",
        "SenderProfile", "Subscriber", "SuppressionListDefinition", "Template", "TimeZone",
        "TriggeredSendDefinition",
        "TriggeredSendSummary", "SentEvent", "NotSentEvent", "OpenEvent", "ClickEvent",
        "BounceEvent", "UnsubEvent", "ForwardedEmailEvent", "ForwardedEmailOptInEvent",
        "SurveyEvent"]


class Walks:
    """Through everything that there is in `sim`, which make() begins."""

    @classmethod
    def setUpClass(cls):
        cls.make()
        wsdl = ET.fromstring(cls.sim.document("/etframework.wsdl"))
        cls.members, cls.bases = {}, {}
        for kind in wsdl.iter(f"{XSD}complexType"):
            if not kind.get("name"):
                continue
            extension = kind.find(f".//{XSD}extension")
            if extension is not None:
                cls.bases[kind.get("name")] = extension.get("base").rsplit(":")[-1]
            cls.members[kind.get("name")] = {
                element.get("name"): (element.get("type") or "").rsplit(":")[-1]
                for element in kind.iter(f"{XSD}element")}
        cls.rows = {}
        for kind in FULL:
            cls.rows[kind] = cls.sim.all_rows(kind, cls.described(kind), more=ALL)

    @classmethod
    def tearDownClass(cls):
        cls.sim.stop()

    @classmethod
    def described(cls, kind):
        """What a Describe says can be retrieved; for a type that none lists, what identifies it."""
        answer = cls.sim.call(
            f'<DefinitionRequestMsg xmlns="{ET_NS}"><DescribeRequests><ObjectDefinitionRequest>'
            f"<ObjectType>{kind}</ObjectType></ObjectDefinitionRequest></DescribeRequests>"
            "</DefinitionRequestMsg>", "Describe")
        properties = [flatten(p) for p in answer.message[0].findall(f"{{{ET_NS}}}Properties")]
        listed = [p["Name"] for p in properties if p["IsRetrievable"] == "true"]
        return sorted({*listed, *MORE.get(kind, () if listed else IDENTITY)})

    def memberships(self):
        return {(row["ListID"], row["SubscriberKey"]): row for row in self.rows["ListSubscriber"]}

    def member(self, kind, path):
        for name in path.split("."):
            while kind and name not in self.members.get(kind, {}):
                kind = self.bases.get(kind)
            kind = self.members[kind][name] if kind else None
        return kind

    def named(self, kind, row):
        """(type, property, value) of every object that the row names."""
        for path, value in row.items():
            if not value or value == "0":
                continue
            if path in NAMES:
                yield (*NAMES[path], value)
            elif path == "Client.ID":
                yield "BusinessUnit", "ID", value
            elif "." in path:
                whole, last = path.rsplit(".", 1)
                if (kind, whole) in PARTS or last not in ("ID", "ObjectID", "CustomerKey"):
                    continue
                target = MEANT.get((kind, whole)) or self.member(kind, whole)
                self.assertIsNotNone(target, (kind, path))
                yield target, last, value

    def test_there_is_something_of_everything(self):
        for kind in FULL:
            self.assertTrue(self.rows[kind], kind)

    def test_nothing_dangles(self):
        named = {one for kind in FULL for row in self.rows[kind] for one in self.named(kind, row)}
        known = {}
        self.assertGreater(len(named), 300)
        for kind, name, value in sorted(named):
            if (kind, name) not in known:
                rows = self.rows.get(kind)
                if rows is None or not any(name in row for row in rows):
                    rows = self.sim.all_rows(kind, [name], more=ALL)
                known[kind, name] = {row.get(name) for row in rows}
            self.assertIn(value, known[kind, name], (kind, name))

    def test_ids_find_their_object(self):
        """By a filter too, not only among all."""
        for kind in ("Email", "DataFolder", "EmailSendDefinition", "List", "Send"):
            name = "ID" if self.rows[kind][0].get("ID") else "ObjectID"
            for row in self.rows[kind]:
                found = self.sim.all_rows(kind, [name], simple(name, "equals", row[name]), more=ALL)
                self.assertEqual(len(found), 1, (kind, row[name]))

    def test_an_id_is_of_one_object(self):
        for kind in FULL:
            for name in ("ID", "ObjectID", "CustomerKey"):
                if kind == "ListSubscriber" and name == "ID":
                    continue  # the subscriber's
                values = [row[name] for row in self.rows[kind] if row.get(name)]
                self.assertEqual(len(values), len(set(values)), (kind, name))

    def test_lists_hold_whom_they_were_sent_to(self):
        members = self.memberships()
        for kind in ("SentEvent", "NotSentEvent"):
            events = self.sim.all_rows(kind, ["ListID", "SubscriberKey"], more=ALL)
            for row in events:
                if (row["ListID"], row["SubscriberKey"]) not in members:
                    self.fail(row)
        one = self.rows["List"][2]["ID"]
        found = self.sim.all_rows("ListSubscriber", ["SubscriberKey"],
                                  simple("ListID", "equals", one), batch=50)
        self.assertEqual(len(found), len([key for key in members if key[0] == one]))

    def test_statuses_follow_the_events(self):
        people = {row["SubscriberKey"]: row for row in self.rows["Subscriber"]}
        members = self.memberships()
        for row in self.rows["UnsubEvent"]:
            if row["SendID"] != DEMO_SEND:
                continue
            member = members[row["List.ID"], row["SubscriberKey"]]
            self.assertEqual((member["Status"], member["UnsubscribedDate"]),
                             ("Unsubscribed", row["EventDate"]))
            if row["IsMasterUnsubscribed"] == "true":
                self.assertEqual(people[row["SubscriberKey"]]["Status"], "Unsubscribed")
        for row in self.rows["BounceEvent"]:
            if row["SendID"] == DEMO_SEND and row["EventType"] == "HardBounce":
                self.assertEqual(people[row["SubscriberKey"]]["Status"], "Bounced")

    def test_emails_and_definitions_are_those_of_the_sends(self):
        emails = {row["ID"]: row for row in self.rows["Email"]}
        definitions = {row["ObjectID"]: row for row in self.rows["EmailSendDefinition"]}
        for send in self.rows["Send"]:
            email = emails[send["Email.ID"]]
            self.assertEqual(email["Name"], send["EmailName"])
            if int(send["ID"]) <= int(DEMO_SEND):  # triggered sends have subjects of their own
                self.assertEqual(email["Subject"], send["Subject"])
            self.assertIn("<html>", email["HTMLBody"])
            if send.get("EmailSendDefinition.ObjectID"):
                definition = definitions[send["EmailSendDefinition.ObjectID"]]
                self.assertEqual((definition["CustomerKey"], definition["Email.ID"]),
                                 (send["EmailSendDefinition.CustomerKey"], send["Email.ID"]))

    def events(self, kind, *more):
        return self.sim.all_rows(kind, ["SendID", "SubscriberKey", *more], more=ALL)

    def test_triggered_sends_count_their_events(self):
        """In the summary, in the Send, in its list and its link."""
        name = "TriggeredSendDefinitionObjectID"
        told = {kind: [row for row in self.events(kind, name) if row.get(name)] for kind in
                ("SentEvent", "NotSentEvent", "OpenEvent", "ClickEvent", "BounceEvent")}
        sends = {row["ID"]: row for row in self.rows["Send"]}
        lists = {row["SendID"]: row for row in self.rows["ListSend"]}
        links = {row["SendID"]: row for row in self.rows["LinkSend"]}
        self.assertEqual(len(self.rows["TriggeredSendSummary"]),
                         len(self.rows["TriggeredSendDefinition"]))
        for summary in self.rows["TriggeredSendSummary"]:
            of = {kind: [row for row in rows
                         if row[name] == summary["TriggeredSendDefinition.ObjectID"]]
                  for kind, rows in told.items()}
            unique = {kind: len({row["SubscriberKey"] for row in rows})
                      for kind, rows in of.items()}
            for count, number in (("Sent", len(of["SentEvent"])), ("Opens", len(of["OpenEvent"])),
                                  ("UniqueOpens", unique["OpenEvent"]),
                                  ("Clicks", len(of["ClickEvent"])),
                                  ("UniqueClicks", unique["ClickEvent"]),
                                  ("Bounces", len(of["BounceEvent"]))):
                self.assertEqual(int(summary[count]), number, (summary["CustomerKey"], count))
            self.assertEqual(int(summary["NotSentDueToOptOut"])
                             + int(summary["NotSentDueToUndeliverable"]), len(of["NotSentEvent"]))
            if not of["SentEvent"]:
                continue
            send = of["SentEvent"][0]["SendID"]
            for row in (sends[send], lists[send]):
                self.assertEqual([int(row[count]) for count in
                                  ("NumberSent", "NumberDelivered", "UniqueOpens", "UniqueClicks",
                                   "SoftBounces")],
                                 [len(of["SentEvent"]),
                                  len(of["SentEvent"]) - len(of["BounceEvent"]),
                                  unique["OpenEvent"], unique["ClickEvent"],
                                  len(of["BounceEvent"])])
            self.assertEqual((links[send]["Link.TotalClicks"], links[send]["Link.UniqueClicks"]),
                             (summary["Clicks"], summary["UniqueClicks"]))
        self.assertGreater(len(told["ClickEvent"]), 4)

    def test_sends_count_their_events(self):
        """Every Send, and the sums of its lists and links."""
        counts = {count: Counter(row["SendID"] for row in self.events(kind, "EventType")
                                 if types is None or row["EventType"] in types)
                  for count, kind, types in (("NumberSent", "SentEvent", None),
                                             ("HardBounces", "BounceEvent", ("HardBounce",)),
                                             ("SoftBounces", "BounceEvent", ("SoftBounce",)),
                                             ("Unsubscribes", "UnsubEvent", None),
                                             ("ForwardedEmails", "ForwardedEmailEvent", None))}
        for count, kind in (("UniqueOpens", "OpenEvent"), ("UniqueClicks", "ClickEvent")):
            counts[count] = Counter(send for send, _ in {(row["SendID"], row["SubscriberKey"])
                                                         for row in self.events(kind)})
        clicks = Counter(row["SendID"] for row in self.events("ClickEvent"))
        for send in self.rows["Send"]:
            lists = [row for row in self.rows["ListSend"] if row["SendID"] == send["ID"]]
            links = [row for row in self.rows["LinkSend"] if row["SendID"] == send["ID"]]
            for count, found in counts.items():
                self.assertEqual(int(send[count]), found[send["ID"]], (send["ID"], count))
                self.assertEqual(int(send[count]), sum(int(row[count]) for row in lists), count)
            self.assertEqual(clicks[send["ID"]], sum(int(row["Link.TotalClicks"]) for row in links))


class Account(Walks, unittest.TestCase):
    """As it is at the start."""

    @classmethod
    def make(cls):
        cls.sim = Etsim("--subscribers", "2500", "--sends", "9")

    def test_subscribers_have_attributes(self):
        rows = self.sim.retrieve("Subscriber", ["SubscriberKey", "Attributes"], batch=20).results
        for row in rows:
            pairs = {p[0].text: p[1].text for p in row.findall(f"{{{ET_NS}}}Attributes")}
            self.assertEqual(list(pairs), ["First Name", "Last Name"])
        key = flatten(rows[0])["SubscriberKey"]
        self.sim.call(f'<UpdateRequest xmlns="{ET_NS}"><Options/><Objects xsi:type="Subscriber">'
                      "<Attributes><Name>Last Name</Name><Value>Neu</Value></Attributes>"
                      f"<SubscriberKey>{key}</SubscriberKey></Objects></UpdateRequest>", "Update")
        row, = self.sim.retrieve("Subscriber", ["Attributes"],
                                 simple("SubscriberKey", "equals", key)).results
        pairs = {p[0].text: p[1].text for p in row.findall(f"{{{ET_NS}}}Attributes")}
        self.assertEqual((list(pairs), pairs["Last Name"]), (["First Name", "Last Name"], "Neu"))

    def test_users_have_roles_and_business_units(self):
        """What mcdev asks for, and no Describe that we know of lists."""
        users = self.sim.retrieve("AccountUser", ["AccountUserID", "IsLocked", "Roles"]).rows
        self.assertEqual([(u["IsLocked"], u["Roles.Role.CustomerKey"]) for u in users],
                         [("false", "SYS_DEF_ADMIN"), ("false", "SYS_DEF_ANALYST")])
        roles = {row["ObjectID"] for row in self.rows["Role"]}
        self.assertLessEqual({u["Roles.Role.ObjectID"] for u in users}, roles)
        units = {(row["AccountUser.AccountUserID"], row["Account.ID"]) for row in self.sim.retrieve(
            "AccountUserAccount", ["AccountUser.AccountUserID", "Account.ID"],
            simple("AccountUser.AccountUserID", "IN", *(u["AccountUserID"] for u in users))).rows}
        self.assertEqual(units, {("7001", "10001"), ("7001", "10002"), ("7001", "10003"),
                                 ("7002", "10002")})

    def test_platform_objects(self):
        """Whether it is one can be asked for and filtered by, also of what a client made."""
        self.sim.call(f'<CreateRequest xmlns="{ET_NS}"><Options/><Objects '
                      'xsi:type="EmailSendDefinition"><CustomerKey>mine</CustomerKey><Name>mine'
                      "</Name></Objects></CreateRequest>", "Create")
        for kind, least in (("DataExtension", 2), ("EmailSendDefinition", 9),
                            ("TriggeredSendDefinition", 3)):
            answer = self.sim.retrieve(kind, ["CustomerKey", "IsPlatformObject"],
                                       simple("IsPlatformObject", "equals", "false"))
            self.assertGreaterEqual(len(answer.rows), least)
            self.assertEqual({row["IsPlatformObject"] for row in answer.rows}, {"false"})
        self.sim.call(f'<DeleteRequest xmlns="{ET_NS}"><Options/><Objects '
                      'xsi:type="EmailSendDefinition"><CustomerKey>mine</CustomerKey></Objects>'
                      "</DeleteRequest>", "Delete")

    def test_emails_have_content_areas_and_definitions_lists(self):
        for email in self.sim.retrieve("Email", ["ID", "ContentAreas"]).results:
            areas = email.findall(f"{{{ET_NS}}}ContentAreas")
            self.assertEqual([area[0].text for area in areas], ["main", "aside"])
        lists = {row["ID"]: row["ListName"] for row in self.rows["List"]}
        for one in self.sim.retrieve("EmailSendDefinition", ["SendDefinitionList"]).results:
            named = flatten(one)
            self.assertEqual(lists[named["SendDefinitionList.List.ID"]],
                             named["SendDefinitionList.Name"])

    def test_automations_have_run(self):
        runs = self.sim.all_rows("AutomationInstance", ["ObjectID", "StatusMessage"],
                                 simple("ProgramInstanceID", "isNotNull"))
        self.assertEqual([row["StatusMessage"] for row in runs],
                         ["Error", "Completed", "Completed"])
        self.assertEqual([row["ImportStatus"] for row in self.rows["ImportResultsSummary"]],
                         ["Error", "Completed", "Completed"])

    def test_the_send_log_has_the_messages(self):
        key = simple("CustomerKey", "equals", "order-confirmation")
        definition, = self.sim.all_rows("TriggeredSendDefinition", ["ObjectID"], key)
        sent = {(row["SendID"], row["BatchID"], row["SubscriberID"], row["ListID"])
                for row in self.sim.all_rows(
                    "SentEvent", ["SendID", "BatchID", "SubscriberID", "ListID"],
                    simple("TriggeredSendDefinitionObjectID", "equals", definition["ObjectID"]))}
        columns = ["JobID", "BatchID", "SubscriberID", "ListID", "TriggeredSendID"]
        log = set()
        for row in self.sim.retrieve("DataExtensionObject[SendLog]", columns).results:
            values = {p[0].text: p[1].text for p in row.find(f"{{{ET_NS}}}Properties")}
            log.add(tuple(values[column] for column in columns[:4]))
            self.assertEqual(values["TriggeredSendID"], definition["ObjectID"])
        self.assertEqual((log, len(log)), (sent, 60))

    def test_rows_of_data_extensions(self):
        for extension in self.rows["DataExtension"]:
            key = extension["CustomerKey"]
            fields = self.sim.all_rows("DataExtensionField", ["Name", "FieldType", "IsPrimaryKey"],
                                       simple("DataExtension.CustomerKey", "equals", key))
            columns = [field["Name"] for field in fields]
            self.assertTrue(columns)
            answer = self.sim.retrieve(f"DataExtensionObject[{key}]", columns)
            self.assertEqual((answer.overall, len(answer.results)),
                             ("OK", {"customers": 100, "SendLog": 60}[key]))
            if key == "SendLog":
                continue
            people = {row["SubscriberKey"] for row in self.rows["Subscriber"]}
            for result in answer.results:
                row = {p[0].text: p[1].text for p in result.find(f"{{{ET_NS}}}Properties")}
                self.assertIn(row["SubscriberKey"], people)

    def test_business_units_share_it(self):
        _, granted = self.sim.token({"grant_type": "client_credentials", "client_id": "demo",
                                     "client_secret": "demo", "account_id": 10002})
        header = f'<fueloauth xmlns="http://exacttarget.com">{granted["access_token"]}</fueloauth>'
        for send in self.sim.all_rows("Send", ["Email.ID"], header=header):
            found = self.sim.all_rows("Email", ["ID"], simple("ID", "equals", send["Email.ID"]),
                                      header=header)
            self.assertEqual(len(found), 1)


class Later(Walks, unittest.TestCase):
    """After what clients did, and weeks later, by a clock that runs."""

    @classmethod
    def make(cls):
        cls.sim = Etsim("--subscribers", "2500", "--sends", "9", "--clock",
                        "2026-11-20T08:00:00,x1000000")
        cls.tell("Create", '<Objects xsi:type="List"><ListName>mine</ListName></Objects>')
        mine, = cls.sim.all_rows("List", ["ID"], simple("ListName", "equals", "mine"))
        people = "".join(
            f'<Objects xsi:type="Subscriber"><EmailAddress>q{i}@example.com</EmailAddress>'
            f"<SubscriberKey>q{i}</SubscriberKey><Lists><ID>{mine['ID']}</ID></Lists></Objects>"
            for i in range(20))
        cls.tell("Create", people)
        cls.tell("Create", people.replace(">q", ">late"),
                 "<Options><RequestType>Asynchronous</RequestType></Options>")
        cls.tell("Create", '<Objects xsi:type="DataFolder"><CustomerKey>mine</CustomerKey><Name>'
                 "mine</Name><ContentType>dataextension</ContentType><ParentFolder><ID>510009</ID>"
                 "</ParentFolder></Objects>")
        folder, = cls.sim.all_rows("DataFolder", ["ID"], simple("CustomerKey", "equals", "mine"))
        cls.tell("Create", '<Objects xsi:type="DataExtension"><CustomerKey>mine</CustomerKey>'
                 f"<CategoryID>{folder['ID']}</CategoryID><Fields><Field><Name>a</Name></Field>"
                 "</Fields></Objects>")
        cls.tell("Create", '<Objects xsi:type="TriggeredSendDefinition"><CustomerKey>mine'
                 "</CustomerKey><Name>mine</Name><Email><ID>3099000</ID></Email><List><ID>"
                 f"{mine['ID']}</ID></List><AutoAddSubscribers>true</AutoAddSubscribers></Objects>")
        for kind, key in (("TriggeredSendDefinition", "mine"), ("Automation", "nightly"),
                          ("EmailSendDefinition", "2026-11-newsletter"),
                          ("ImportDefinition", "import-customers")):
            assert perform(cls.sim, "start", kind, key).overall == "OK", kind
        for key in ("mine", "order-confirmation"):
            assert trigger(cls.sim, 60, key).overall == "OK", key
        sent = cls.sim.all_rows("SentEvent", ["SendID", "SubscriberKey", "ListID"],
                                simple("SendID", "equals", DEMO_SEND))[5]
        cls.tell("Execute", "<Requests><Name>LogUnsubEvent</Name>" + "".join(
            f"<Parameters><Name>{name}</Name><Value>{value}</Value></Parameters>" for name, value in
            (("SubscriberKey", sent["SubscriberKey"]), ("JobID", DEMO_SEND),
             ("ListID", sent["ListID"]))) + "</Requests>")
        time.sleep(4)

    @classmethod
    def tell(cls, operation, inner, options="<Options/>"):
        name = "ExecuteRequestMsg" if operation == "Execute" else f"{operation}Request"
        options = "" if operation == "Execute" else options
        answer = cls.sim.call(f'<{name} xmlns="{ET_NS}">{options}{inner}</{name}>', operation)
        assert answer.overall == "OK", answer.data

    def test_it_happened(self):
        self.assertEqual(len([row for row in self.rows["Subscriber"]
                              if row["SubscriberKey"].startswith(("q", "late"))]), 40)
        self.assertEqual({row["ImportStatus"] for row in self.rows["ImportResultsSummary"][-2:]},
                         {"Completed"})
        self.assertEqual(self.rows["AutomationInstance"][-1]["CompletedTime"][:7], "2026-11")
        self.assertEqual([send["NumberSent"] for send in self.rows["Send"]].count("60"), 1)


class Description(unittest.TestCase):
    """etsim --describe-data, which the documentation shows."""

    def described(self, *options):
        done = subprocess.run([os.environ["ETSIM"], "--describe-data", *options],
                              capture_output=True, text=True, check=True)
        self.assertEqual(done.stderr, "")
        rows = [line.strip("| ").split(" | ") for line in done.stdout.splitlines()[2:]]
        return done.stdout, {row[0].strip("`"): int(row[1]) for row in rows}

    def check(self, sim, counts):
        for kind, count in counts.items():
            if kind.startswith("DataExtensionObject"):
                continue
            name = next(name for name in ("SendID", "ID", "ObjectID", "Name")
                        if not sim.retrieve(kind, [name]).overall.startswith("Error"))
            self.assertEqual(len(sim.all_rows(kind, [name], more=ALL)), count, kind)

    def test_it_is_what_there_is(self):
        options = ("--subscribers", "2500", "--sends", "9")
        _, counts = self.described(*options)
        self.assertLessEqual(set(FULL), set(counts))
        with Etsim(*options) as sim:
            self.check(sim, counts)

    def test_what_is_later_than_the_clock_is_not_there(self):
        options = ("--subscribers", "300", "--sends", "4", "--clock")
        _, all_of_it = self.described(*options, "2026-12-24")
        for more in (("2026-11-10T10:00:00",), ("2026-11-10T13:00:00", "--late", "30,48")):
            _, counts = self.described(*options, *more)
            self.assertLess(counts["OpenEvent"], all_of_it["OpenEvent"])
            with Etsim(*options, *more) as sim:
                self.check(sim, counts)
        text, counts = self.described(*options, "2020-01-01")
        self.assertLessEqual({"Send", "SentEvent", "NotSentEvent", "OpenEvent"}, set(all_of_it))
        self.assertEqual([kind for kind in counts if kind.endswith(("Event", "Send"))], [])
        self.assertNotIn("|  |", text)

    def test_what_was_changed_is_not_there_twice(self):
        with tempfile.TemporaryDirectory() as folder:
            options = ("--subscribers", "300", "--sends", "4", "--state", f"{folder}/state")
            with Etsim(*options) as sim:
                keys = [row["SubscriberKey"] for row in
                        sim.retrieve("Subscriber", ["SubscriberKey"], batch=2).rows]
                for operation, kind, inner in (
                        ("Update", "Subscriber", f"<SubscriberKey>{keys[0]}</SubscriberKey>"
                         "<Status>Held</Status><Lists><Status>Unsubscribed</Status><ID>1723001"
                         "</ID></Lists>"),
                        ("Delete", "Subscriber", f"<SubscriberKey>{keys[1]}</SubscriberKey>"),
                        ("Delete", "List", "<ID>1723018</ID>")):
                    answer = sim.call(objects((kind, inner), operation=operation), operation)
                    self.assertEqual(answer.overall, "OK")
            _, counts = self.described(*options)
            self.assertEqual((counts["Subscriber"], counts["ListSubscriber"]), (311, 311 * 7))
            with Etsim(*options) as sim:
                self.check(sim, counts)

    def test_the_documentation_shows_it(self):
        text, _ = self.described()
        manual = (Path(__file__).parents[2] / "docs/etsim.md").read_text(encoding="utf-8")
        self.assertIn(text, manual)

    def test_size_costs_nothing(self):
        _, counts = self.described("--subscribers", "10000000")
        self.assertGreater(counts["SentEvent"], 100_000_000)
        self.assertEqual(self.described("--data", "none")[1], {})


class Fields(unittest.TestCase):
    def test_fields_of_a_created_extension(self):
        with Etsim("--data", "none") as sim:
            sim.call(f'<CreateRequest xmlns="{ET_NS}"><Options/><Objects xsi:type="DataExtension">'
                     "<CustomerKey>de</CustomerKey><Fields><Field><Name>K</Name><MaxLength>9"
                     "</MaxLength><IsRequired>true</IsRequired><IsPrimaryKey>true</IsPrimaryKey>"
                     "<FieldType>Text</FieldType></Field><Field><Name>N</Name><FieldType>Number"
                     "</FieldType></Field></Fields></Objects></CreateRequest>", "Create")
            rows = sim.all_rows("DataExtensionField", ["Name", "FieldType", "MaxLength", "Ordinal",
                                                       "IsPrimaryKey", "DataExtension.CustomerKey",
                                                       "ObjectID"])
            self.assertEqual([(r["Name"], r["FieldType"], r.get("MaxLength"), r["Ordinal"],
                               r.get("IsPrimaryKey"), r["DataExtension.CustomerKey"])
                              for r in rows],
                             [("K", "Text", "9", "0", "true", "de"),
                              ("N", "Number", None, "1", "false", "de")])
            self.assertEqual(len({r["ObjectID"] for r in rows}), 2)
            found = sim.all_rows("DataExtensionField", ["Name"], simple("IsPrimaryKey", "equals",
                                                                        "true"))
            self.assertEqual([r["Name"] for r in found], ["K"])


if __name__ == "__main__":
    unittest.main()
