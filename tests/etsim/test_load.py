"""Recorded answers come back as they are; and what RetrieveAllSinceLastBatch returns."""

import os
import subprocess
import tempfile
import unittest
import xml.etree.ElementTree as ET
from pathlib import Path

from etsim_client import CASES, DEMO_SEND, ET_NS, XSI, Etsim, flatten, simple

EVENTS = CASES / "recorded_events.xml"
ROWS = CASES / "recorded_rows.xml"
DEEP = CASES / "recorded_deep.xml"
PROGRAM = os.environ.get("ETSIM", "etsim")


class Load(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.sim = Etsim("--data", "none", "--load", str(EVENTS), str(ROWS), "--page-size", "2")
        tree = ET.parse(EVENTS)
        cls.recorded = [flatten(r) for r in tree.iter(f"{{{ET_NS}}}Results")]
        cls.properties = sorted({name for row in cls.recorded for name in row})

    @classmethod
    def tearDownClass(cls):
        cls.sim.stop()

    def test_every_value_as_recorded(self):
        rows = self.sim.all_rows("SentEvent", self.properties)
        self.assertEqual(rows, self.recorded)

    def test_filters_read_the_values(self):
        for where, sends in (
            (simple("SendID", "greaterThan", 77), ["78", "79"]),
            (simple("SubscriberKey", "equals", "1e5"), ["78"]),
            (simple("EventDate", "equals", dates=["2019-11-07T11:26:19.142"]), ["78"]),
            (simple("EventDate", "lessThan", dates=["2019-11-07T17:26:19Z"]), ["77"]),
            (simple("BatchID", "isNull"), ["78", "79"]),
            (simple("ListID", "equals", 42), ["77"]),
            (simple("IsPrivate", "equals", "true"), ["77"]),
            (simple("NewerProperty", "like", "contract"), ["77"]),
        ):
            rows = self.sim.all_rows("SentEvent", ["SendID"], where)
            self.assertEqual([row["SendID"] for row in rows], sends)

    def test_an_undeclared_element_stays_an_element(self):
        """Described or not: IsPlatformObject is, the contract does not have it."""
        recorded = (
            '<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Body>'
            f'<RetrieveResponseMsg xmlns="{ET_NS}" xmlns:xsi="{XSI}">'
            '<OverallStatus>OK</OverallStatus><Results xsi:type="DataExtension">'
            "<CustomerKey>k</CustomerKey><IsPlatformObject>false</IsPlatformObject></Results>"
            '<Results xsi:type="DataExtension"><PartnerProperties><Name>IsPlatformObject</Name>'
            "<Value>True</Value></PartnerProperties><CustomerKey>l</CustomerKey></Results>"
            "</RetrieveResponseMsg></e:Body></e:Envelope>")
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "one.xml"
            file.write_text(recorded, encoding="utf-8")
            with Etsim("--data", "none", "--load", str(file)) as sim:
                answer = sim.retrieve("DataExtension", ["CustomerKey", "IsPlatformObject"])
        element, partner = answer.results
        self.assertEqual(element.find(f"{{{ET_NS}}}IsPlatformObject").text, "false")
        self.assertIsNone(element.find(f"{{{ET_NS}}}PartnerProperties"))
        self.assertIsNone(partner.find(f"{{{ET_NS}}}IsPlatformObject"))
        self.assertEqual([row["IsPlatformObject"] for row in answer.rows], ["false", "True"])

    def test_rows_of_a_data_extension(self):
        names = ["First Name", "When.Seen", "Age"]
        got = []
        for answer in self.sim.pages("DataExtensionObject[recorded_rows]", names):
            for result in answer.results:
                got.append({p[0].text: p[1].text for p in result.find(f"{{{ET_NS}}}Properties")})
        self.assertEqual(got, [
            {"First Name": "Ana", "When.Seen": "8/9/2026 1:02:03 PM", "Age": None},
            {"First Name": None, "When.Seen": None, "Age": "007"},
            {"First Name": "two\r\nlines\r", "When.Seen": None, "Age": None}])
        self.assertEqual(answer.data.count(b'<Name>Age</Name><Value xsi:nil="true" />'), 1)

    def test_beside_the_demo_data(self):
        with Etsim("--subscribers", "30", "--sends", "1", "--load", str(EVENTS)) as sim:
            rows = sim.all_rows("SentEvent", ["SendID", "SubscriberKey", "NewerProperty", "ListID"],
                                simple("TriggeredSendDefinitionObjectID", "isNull"))
            self.assertEqual(len(rows), 33)
            self.assertEqual([row["SendID"] for row in rows[29:]], [DEMO_SEND, "77", "78", "79"])
            one = simple("SendID", "equals", DEMO_SEND)
            self.assertEqual(len(sim.all_rows("SentEvent", ["SendID"], one)), 30)
            other = simple("SendID", "equals", 78)
            self.assertEqual(len(sim.all_rows("SentEvent", ["SendID"], other)), 1)


class Deep(unittest.TestCase):
    """Sub-objects of sub-objects, and elements that come more than once."""

    @classmethod
    def setUpClass(cls):
        cls.sim = Etsim("--data", "none", "--load", str(DEEP))
        results = list(ET.parse(DEEP).iter(f"{{{ET_NS}}}Results"))
        cls.recorded = [flatten(r) for r in results[:2]]
        cls.properties = sorted({name for row in cls.recorded for name in row})

    @classmethod
    def tearDownClass(cls):
        cls.sim.stop()

    def test_every_value_as_recorded(self):
        self.assertIn("Email.Folder.Owner.Team.Lead", self.properties)
        rows = self.sim.all_rows("TriggeredSendDefinition", self.properties)
        asked = [{n: v for n, v in row.items() if n in self.properties} for row in rows]
        self.assertEqual(asked, self.recorded)

    def test_each_value_alone(self):
        for name in self.properties:
            rows = self.sim.all_rows("TriggeredSendDefinition", [name])
            for row, recorded in zip(rows, self.recorded):
                self.assertEqual(name in row, name in recorded, name)
                self.assertEqual(row.get(name), recorded.get(name), name)

    def test_bytes(self):
        answer = self.sim.retrieve("TriggeredSendDefinition", ["Email.Folder.Owner.Team.Lead",
                                                               "Email.Folder.Size"])
        self.assertIn("<Folder><Owner><Team><Lead>ü &lt;b&gt;&amp;\ntwo&lt;/b&gt;</Lead></Team>"
                      "</Owner><Size>007</Size></Folder></Email>".encode(), answer.data)

    def test_filter(self):
        where = simple("Email.Client.ID", "equals", 90554)
        rows = self.sim.all_rows("TriggeredSendDefinition", ["CustomerKey"], where)
        self.assertEqual([row["CustomerKey"] for row in rows], ["00123"])

    def test_a_whole_element(self):
        answer = self.sim.retrieve("TriggeredSendDefinition", ["Email", "Email.CustomerKey"])
        recorded = {n: v for n, v in self.recorded[0].items() if n.startswith("Email.")}
        got = {n: v for n, v in answer.rows[0].items() if n.startswith("Email.")}
        self.assertEqual(got, recorded)
        self.assertEqual(answer.data.count(b"<Email>"), 1)

    def test_elements_that_come_more_than_once(self):
        answer = self.sim.retrieve("Subscriber", ["SubscriberKey", "Attributes"])
        pairs = [tuple(leaf.text for leaf in pair)
                 for pair in answer.results[0].iter(f"{{{ET_NS}}}Attributes")]
        self.assertEqual(pairs, [("City", "Köln "), ("Age", None), ("Plan", None)])
        self.assertEqual(answer.data.count(b'<Value xsi:nil="true" />'), 1)

    def test_too_deep(self):
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "deep.xml"
            inner = "<A>" * 65 + "</A>" * 65
            file.write_text(f'<RetrieveResponseMsg xmlns="{ET_NS}" xmlns:xsi="http://www.w3.org/'
                            f'2001/XMLSchema-instance"><Results xsi:type="Email">{inner}</Results>'
                            "</RetrieveResponseMsg>", encoding="ascii")
            run = subprocess.run([PROGRAM, "--load", str(file)], capture_output=True, timeout=20,
                                 check=False)
            self.assertEqual(run.returncode, 1)
            self.assertIn(b"more than 64 levels", run.stderr)
            file.write_text(file.read_text().replace("<A>", "", 1).replace("</A>", "", 1))
            with Etsim("--data", "none", "--load", str(file)) as sim:
                path = ".".join(["A"] * 64)
                self.assertEqual(sim.all_rows("Email", [path])[0][path], "")


class SinceLastBatch(unittest.TestCase):
    def setUp(self):
        self.sim = Etsim("--subscribers", "40", "--sends", "1", "--page-size", "25")

    def tearDown(self):
        self.sim.stop()

    def new(self, flag="RetrieveAllSinceLastBatch", properties=("SubscriberKey",), where=""):
        rows = self.sim.all_rows("Subscriber", list(properties), where,
                                 more=f"<{flag}>true</{flag}>")
        return [row["SubscriberKey"] for row in rows]

    def create(self, key):
        self.sim.call(f'<CreateRequest xmlns="{ET_NS}"><Options/><Objects xsi:type="Subscriber">'
                      f"<EmailAddress>{key}@example.com</EmailAddress><SubscriberKey>{key}"
                      "</SubscriberKey></Objects></CreateRequest>", "Create")

    def test_only_what_is_new(self):
        self.assertEqual(len(self.new()), 41)
        self.assertEqual(self.new(), [])
        self.create("a")
        self.create("b")
        self.assertEqual(self.new(), ["a", "b"])
        self.assertEqual(self.new("RepeatLastResult"), ["a", "b"])
        self.assertEqual(self.new(), [])

    def test_another_request_has_a_state_of_its_own(self):
        self.new()
        self.assertEqual(len(self.new(properties=("SubscriberKey", "Status"))), 41)
        where = simple("SubscriberKey", "isNotNull")
        self.assertEqual(len(self.new(where=where)), 41)
        self.assertEqual(self.new(where=where), [])

    def test_an_ordinary_request_changes_nothing(self):
        self.new()
        self.create("c")
        self.assertEqual(len(self.sim.all_rows("Subscriber", ["SubscriberKey"])), 42)
        self.assertEqual(self.new(), ["c"])


if __name__ == "__main__":
    unittest.main()
