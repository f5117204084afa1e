"""The demo account is a whole one: every id that any object names can be retrieved, and what one
object counts the others show."""

import unittest
import xml.etree.ElementTree as ET
from collections import Counter

from etsim_client import DEMO_SEND, ET_NS, Etsim, flatten, simple

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
}
# Declared as one type, filled with another; and what is no object but a part of its owner.
MEANT = {("ImportDefinition", "DestinationObject"): "DataExtension",
         ("QueryDefinition", "DataExtensionTarget"): "DataExtension",
         ("BusinessUnit", "ParentAccount"): "BusinessUnit", ("Account", "ParentAccount"): "Account"}
PARTS = {("LinkSend", "Link")}
FULL = ["Account", "AccountUser", "Automation", "BusinessUnit", "ContentArea", "DataExtension",
        "DataExtensionField", "DataExtensionTemplate", "DataFolder", "DeliveryProfile", "Email",
        "EmailSendDefinition", "Group", "ImportDefinition", "LinkSend", "List", "ListSend",
        "ListSubscriber", "Publication", "QueryDefinition", "Role", "Send", "SendClassification",
        "SenderProfile", "Subscriber", "Template", "TriggeredSendDefinition",
        "TriggeredSendSummary", "SentEvent", "NotSentEvent", "OpenEvent", "ClickEvent",
        "BounceEvent", "UnsubEvent", "ForwardedEmailEvent", "ForwardedEmailOptInEvent",
        "SurveyEvent"]


class Account(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.sim = Etsim("--subscribers", "2500", "--sends", "9")
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
        return ([p["Name"] for p in properties if p["IsRetrievable"] == "true"]
                or ["ObjectID", "CustomerKey", "Name"])

    def memberships(self):
        return {(row["ListID"], row["SubscriberKey"]): row for row in self.rows["ListSubscriber"]}

    def member(self, kind, name):
        while kind:
            if name in self.members.get(kind, {}):
                return self.members[kind][name]
            kind = self.bases.get(kind)
        return None

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
                self.assertIn((row["ListID"], row["SubscriberKey"]), members)
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
            self.assertEqual((email["Name"], email["Subject"]),
                             (send["EmailName"], send["Subject"]))
            self.assertIn("<html>", email["HTMLBody"])
            if send.get("EmailSendDefinition.ObjectID"):
                definition = definitions[send["EmailSendDefinition.ObjectID"]]
                self.assertEqual((definition["CustomerKey"], definition["Email.ID"]),
                                 (send["EmailSendDefinition.CustomerKey"], send["Email.ID"]))

    def test_the_triggered_send_counts_its_events(self):
        counts = Counter(row.get("TriggeredSendDefinitionObjectID")
                         for row in self.rows["SentEvent"])
        for row in self.rows["TriggeredSendSummary"]:
            self.assertEqual(int(row["Sent"]), counts[row["TriggeredSendDefinition.ObjectID"]])

    def test_rows_of_data_extensions(self):
        for extension in self.rows["DataExtension"]:
            key = extension["CustomerKey"]
            fields = self.sim.all_rows("DataExtensionField", ["Name", "FieldType", "IsPrimaryKey"],
                                       simple("DataExtension.CustomerKey", "equals", key))
            columns = [field["Name"] for field in fields]
            self.assertTrue(columns)
            answer = self.sim.retrieve(f"DataExtensionObject[{key}]", columns)
            self.assertEqual((answer.overall, len(answer.results)), ("OK", 100))
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
