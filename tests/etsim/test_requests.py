"""What a request may look like: lenient where the service is, strict where XML is, and bounded."""

import os
import unittest

from etsim_client import (DEMO_SEND, ET_NS, SOAP, WSA, Etsim, envelope, processor_seconds,
                          retrieve_body, security, simple)
from store_case import objects

XSD = "http://www.w3.org/2001/XMLSchema"
BY_ID = simple("ID", "equals", DEMO_SEND)
SEND = retrieve_body("Send", ["ID"], BY_ID)
SENDS = 5  # three, and those of triggered sends
TYPED = f'xmlns:x="{XSD}" xsi:type="x:'


class Requests(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.sim = Etsim("--subscribers", "50", "--sends", "3")

    @classmethod
    def tearDownClass(cls):
        cls.sim.stop()

    def one_send(self, text, **options):
        answer = self.sim.post(text, "Retrieve", **options)
        self.assertEqual(answer.status, 200, answer.data)
        self.assertEqual([row["ID"] for row in answer.rows], [DEMO_SEND])

    def refused(self, text, *words, **options):
        answer = self.sim.post(text, "Retrieve", **options)
        self.assertEqual(answer.status, 500)
        namespace, code, message, _ = answer.fault()
        self.assertEqual((namespace, code),
                         (SOAP[answer.version], "Client" if answer.version == 1 else "Sender"))
        for word in words:
            self.assertIn(word, message)
        return answer

    def test_built_in_types_on_leaves(self):
        """SOAP::Lite says them of everything, unless it is told not to."""
        rest = (f'<QueryAllAccounts {TYPED}boolean">false</QueryAllAccounts>'
                f'<Options><BatchSize {TYPED}int">5</BatchSize></Options>')
        self.one_send(envelope(retrieve_body("Send", ["ID"], BY_ID, more=rest)))
        both = ('<Filter xsi:type="ComplexFilterPart">'
                + simple("ID", "equals", DEMO_SEND, tag="LeftOperand")
                + f'<LogicalOperator {TYPED}string">AND</LogicalOperator>'
                + simple("ID", "isNotNull", tag="RightOperand") + "</Filter>")
        self.one_send(envelope(retrieve_body("Send", ["ID"], both)))

    def test_built_in_types_in_a_create(self):
        inner = ("<EmailAddress>t@example.com</EmailAddress><SubscriberKey>t</SubscriberKey>"
                 f'<Status {TYPED}string">Held</Status>')
        answer = self.sim.call(f'<CreateRequest xmlns="{ET_NS}"><Options/>'
                               f'<Objects xsi:type="Subscriber">{inner}</Objects></CreateRequest>',
                               "Create")
        self.assertEqual(answer.overall, "OK", answer.data)
        found = self.sim.all_rows("Subscriber", ["Status"], simple("SubscriberKey", "equals", "t"))
        self.assertEqual([row["Status"] for row in found], ["Held"])

    def test_token_without_a_namespace(self):
        _, granted = self.sim.token({"grant_type": "client_credentials", "client_id": "demo",
                                     "client_secret": "demo"})
        token = granted["access_token"]
        for start in ('<fueloauth xmlns="http://exacttarget.com">', "<fueloauth>",
                      '<fueloauth xmlns="">', "<fueloauth >"):
            with self.subTest(start):
                self.one_send(envelope(SEND, header=f"{start}{token}</fueloauth>"))

    def test_header_behind_the_body(self):
        for version in (1, 2):
            text = envelope(SEND, version=version)
            start, rest = text.split("<s:Header>")
            header, rest = rest.split("</s:Header>")
            body, end = rest.split("</s:Envelope>")
            self.one_send(f"{start}{body}<s:Header>{header}</s:Header></s:Envelope>{end}",
                          version=version)

    def test_encodings(self):
        text = envelope(retrieve_body("Send", ["ID"], simple("Subject", "notEquals", "Größe 😀")))
        body = text.split("?>", 1)[1]
        for encoding, codec in (("utf-8", "utf-8"), ("utf-16", "utf-16"),
                                ("utf-16", "utf-16-le"), ("utf-16", "utf-16-be")):
            with self.subTest(codec):
                data = f'<?xml version="1.0" encoding="{encoding}"?>{body}'.encode(codec)
                answer = self.sim.post(data, "Retrieve", headers={
                    "Content-Type": f"text/xml; charset={encoding}"})
                self.assertEqual((answer.status, len(answer.rows)), (200, SENDS))
        latin = text.replace("😀", "").split("?>", 1)[1].encode("iso-8859-1")
        declared = b'<?xml version="1.0" encoding="iso-8859-1"?>'
        for data, kind in ((declared + latin, "text/xml"),
                           (latin, "text/xml; charset=ISO-8859-1"),
                           (latin, 'text/xml; charset="iso-8859-1"; action="x"')):
            with self.subTest(kind):
                answer = self.sim.post(data, "Retrieve", headers={"Content-Type": kind})
                self.assertEqual((answer.status, len(answer.rows)), (200, SENDS))
        self.refused(latin, "not UTF-8", "line 1, column",
                     headers={"Content-Type": "text/xml"})
        self.refused(latin, "not US-ASCII",
                     headers={"Content-Type": "text/xml; charset=us-ascii"})
        known = "none of UTF-8, UTF-16, ISO-8859-1 and US-ASCII"
        for name in ("utf-7", "iso-8859-7", "no-such-thing"):
            self.refused(f'<?xml version="1.0" encoding="{name}"?><a/>', known,
                         headers={"Content-Type": "text/xml"})
            self.refused("<a/>", known, headers={"Content-Type": f"text/xml; charset={name}"})
        self.refused("x".encode("utf-16") + b"\0")
        self.refused(envelope(SEND).replace("<s:Body>", "<s:Body>\0"), "a NUL")

    def test_the_content_type_says_the_encoding(self):
        """Whatever the declaration does, as for answers."""
        text = envelope(SEND, header=security() + "<a>ß</a>").split("?>", 1)[1]
        data = f'<?xml version="1.0" encoding="iso-8859-1"?>{text}'
        self.one_send(data, headers={"Content-Type": "text/xml; charset=utf-8"})
        self.refused(data.encode("iso-8859-1"), "not UTF-8",
                     headers={"Content-Type": "text/xml; charset=utf-8"})

    def test_what_is_no_xml(self):
        for text, word in (
            (envelope(SEND).encode().replace(DEMO_SEND.encode(), b"\xff\xfe"), "line 1"),
            (envelope(SEND)[:-20], "breaks off in line 1"),
            ("", "breaks off in line 1"),
        ):
            with self.subTest(word):
                self.refused(text, word)

    def test_dates_that_are_none(self):
        """What a client says comes back, in the answer and in every Retrieve."""
        for operation, inner in (
                ("Create", "<CreatedDate>yesterday</CreatedDate>"),
                ("Update", "<CreatedDate>2026-11-10</CreatedDate>"),
                ("Delete", "<Subscribers><CreatedDate>11/10/2026 10:00:00</CreatedDate>"
                           "</Subscribers>")):
            self.refused(envelope(objects(("List", f"<ListName>x</ListName>{inner}"),
                                          operation=operation)),
                         "invalid value in element 'CreatedDate'")
        self.refused(envelope(
            f'<ScheduleRequestMsg xmlns="{ET_NS}"><Action>start</Action><Schedule><StartDateTime>'
            'soon</StartDateTime></Schedule><Interactions><Interaction xsi:type="Automation">'
            "<CustomerKey>nightly</CustomerKey></Interaction></Interactions></ScheduleRequestMsg>"),
                     "invalid value in element 'StartDateTime'")
        for date in ("2026-11-10T10:00:00", "2026-11-10T10:00:00.98", "2026-11-10T10:00:00Z", ""):
            made = self.sim.call(objects(("List", f"<ListName>x</ListName><CreatedDate>{date}"
                                          "</CreatedDate>")), "Create")
            self.assertEqual(made.overall, "OK", date)

    def test_faults_follow_the_content_type(self):
        """When the envelope does not say which SOAP it is."""
        for text in ("", "<a", "<a/>"):
            answer = self.refused(text, version=2)
            self.assertEqual(answer.version, 2)
            self.assertEqual(answer.headers.get_content_type(), "application/soap+xml")
        self.assertEqual(self.refused("<a").version, 1)

    def test_action_of_a_fault(self):
        for answer in (self.sim.post("<a"), self.sim.call(SEND, header=security(password="x"))):
            action = answer.part("Header").find(f"{{{WSA}}}Action").text
            self.assertEqual(action, f"{WSA}/fault")

    def test_bounds(self):
        """Those that the library has for answers, and no option to raise them."""
        big = "x" * 70_000
        for header, word in (
            ("<a " + " ".join(f"b{i}='1'" for i in range(257)) + "/>",
             "has a tag with more than 256 attributes (line 1"),
            (f"<a b='{big}'/>", "has a tag of more than 65536 bytes (line 1"),
            (f"<a><!-- {big * 2} --></a>", "has a comment of more than 65536 bytes (line 1"),
            ("<a" + "".join(f" xmlns:n{i}='urn:{i}'" for i in range(100)) + "><b"
             + "".join(f" xmlns:m{i}='urn:{i}'" for i in range(100)) + "><c"
             + "".join(f" xmlns:o{i}='urn:{i}'" for i in range(100)) + "/></b></a>",
             "declares more than 256 namespaces around an element (line 1"),
            ("".join(f"<a{i}/>" for i in range(21_000)),
             "has more than 20000 different names (line 1"),
            ("<a>" * 600 + "</a>" * 600, "nests deeper than 512 elements (line 1"),
        ):
            with self.subTest(word):
                self.refused(envelope(SEND, header=security() + header), word)
        with Etsim("--subscribers", "10", "--max-request", "100000000") as sim:
            text = envelope(SEND, header=security() + "<a>" + "x" * (1 << 26) + "</a>")
            self.assertEqual(sim.post(text, "Retrieve").status, 200)
            answer = sim.post(text.replace("<a>", "<a>y"), "Retrieve")
            self.assertEqual(answer.status, 500)
            self.assertIn("a value of more than 67108864 bytes (line 1", answer.fault()[2])

    def test_how_many_of_one_member(self):
        asked = "<ObjectDefinitionRequest><ObjectType>Send</ObjectType></ObjectDefinitionRequest>"

        def describe(count):
            body = (f'<DefinitionRequestMsg xmlns="{ET_NS}"><DescribeRequests>{asked * count}'
                    "</DescribeRequests></DefinitionRequestMsg>")
            return self.sim.post(envelope(body), "Describe")

        self.assertEqual(describe(1000).status, 200)
        self.assertIn("1000 object types at most", describe(1001).fault()[2])
        many = retrieve_body("Send", ["ID"] * 40_001, BY_ID)
        self.refused(envelope(many), "occurrence constraint violation", "Properties")

    def test_a_filter_of_any_depth(self):
        """As deep as the elements may be, and on a small stack."""
        for depth, status in ((400, 200), (600, 500)):
            part = simple("ID", "equals", DEMO_SEND, tag="RightOperand")
            text = ('<Filter xsi:type="ComplexFilterPart">'
                    + '<LeftOperand xsi:type="ComplexFilterPart">' * depth
                    + simple("ID", "equals", DEMO_SEND, tag="LeftOperand")
                    + f"<LogicalOperator>OR</LogicalOperator>{part}"
                    + f"</LeftOperand><LogicalOperator>OR</LogicalOperator>{part}" * depth
                    + "</Filter>")
            answer = self.sim.post(envelope(retrieve_body("Send", ["ID"], text)), "Retrieve")
            with self.subTest(depth):
                self.assertEqual(answer.status, status, answer.data[:500])

        comment = ("<!-- " + "b='1' <a> " * 5_000 + "-->") * 4
        data = f"<Extra xmlns=''><![CDATA[{'<a ' + 'b= ' * 5_000}]]></Extra>"
        self.one_send(envelope(SEND, header=comment + security() + data))

    def cost(self, text, times=10):
        """Processor time of refusing or answering it."""
        began = processor_seconds(self.sim.process.pid)
        for _ in range(times):
            self.sim.post(text, "Retrieve")
        return processor_seconds(self.sim.process.pid) - began + 0.01

    def test_many_attributes_cost_nothing(self):
        """40,000 of them on the Header, before the login: the reader compares each with each."""
        for form in ("a{}='1'", "xmlns:a{}='urn:a{}'"):
            more = " ".join(form.format(i, i) for i in range(40_000))
            plain = envelope(SEND, header=security(password="wrong"))
            text = plain.replace("<s:Header>", f"<s:Header {more}>")
            self.refused(text, "has a tag of more than 65536 bytes")
            same_size = plain.replace("<s:Header>", f"<s:Header><!-- {more} -->")
            self.assertLess(self.cost(text), 5 * self.cost(same_size))

    def test_many_attributes_of_an_update(self):
        """40,000 of them at once cost no more than 5,000 eight times, new ones and those that are
        there: each is found by its name."""

        def update(who, names):
            pairs = "".join(f"<{tag}><Name>{name}</Name><Value>v</Value></{tag}>"
                            for tag in ("Attributes", "PartnerProperties") for name in names)
            return (f'<Objects xsi:type="Subscriber"><SubscriberKey>{who}</SubscriberKey>'
                    f"<EmailAddress>{who}@example.com</EmailAddress>{pairs}</Objects>")

        def cost(*updates):
            began = processor_seconds(self.sim.process.pid)
            for operation in ("Create", "Update", "Update"):
                for body in updates:
                    answer = self.sim.call(f'<{operation}Request xmlns="{ET_NS}"><Options/>{body}'
                                           f"</{operation}Request>", operation)
                    self.assertEqual(answer.overall, "OK")
            return processor_seconds(self.sim.process.pid) - began

        few = cost(*(update(f"few{i}", [f"f{i}-{j}" for j in range(2_500)]) for i in range(8)))
        many = cost(update("many", [f"m{j}" for j in range(20_000)]))
        self.assertLess(many, 3 * few + 0.1)

    def test_many_members_of_an_object(self):
        """Each of them may be the nil one."""
        members = "<Attributes><Name>a</Name></Attributes><Lists><ID>1001</ID></Lists>" * 8_000

        def create(*more):
            body = (f'<CreateRequest xmlns="{ET_NS}"><Options/><Objects xsi:type="Subscriber">'
                    f"<EmailAddress>m@example.com</EmailAddress>{members}{''.join(more)}"
                    "</Objects></CreateRequest>")
            return envelope(body)

        unknown = [f"<X{i} xsi:nil='true'/>" for i in range(8_000)]
        plain = self.cost(create("<PartnerKey/>"), 3)
        self.assertLess(self.cost(create("<PartnerKey xsi:nil='true'/>"), 3), 6 * plain)
        self.assertLess(self.cost(create(*unknown), 3), 6 * plain)

    def test_many_elements_under_many_namespaces(self):
        def under(count):
            declared = "".join(f" xmlns:n{i}='urn:{i}'" for i in range(count))
            return envelope(SEND, header=f"<a{declared}>" + "<n0:b/>" * 20_000 + "</a>")

        self.assertLess(self.cost(under(120)), 20 * self.cost(under(1)))


if __name__ == "__main__":
    unittest.main()
