"""Whatever is sent, the server lives on and answers the next request."""

import concurrent.futures
import random
import socket
import unittest

from etsim_client import CASES, DEMO_SEND, ET_NS, Etsim, envelope, retrieve_body, simple

GOOD = retrieve_body("Send", ["ID"], simple("ID", "equals", DEMO_SEND))


class Robust(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.sim = Etsim("--subscribers", "50", "--sends", "3")
        cls.random = random.Random(20261110)

    @classmethod
    def tearDownClass(cls):
        cls.sim.stop()

    def tearDown(self):
        self.assertEqual(self.sim.call(GOOD).rows[0]["ID"], DEMO_SEND)

    def mutate(self, data):
        data = bytearray(data)
        for _ in range(self.random.randint(1, 6)):
            data = data or bytearray(b" ")
            at = self.random.randrange(len(data))
            what = self.random.randrange(5)
            if what == 0:
                data[at] = self.random.randrange(256)
            elif what == 1:
                del data[at : at + self.random.randint(1, 40)]
            elif what == 2:
                data[at:at] = data[self.random.randrange(len(data)) :][:60]
            elif what == 3:
                data[at:at] = self.random.choice([b"<", b"&", b"]]>", b"<!--", b"\0", b"&#0;",
                                                  b"xsi:type=\"Foo\"", b"9" * 30, b"-1"])
            else:
                del data[at:]
        return bytes(data)

    def envelopes(self):
        yield from (case.read_bytes() for case in sorted(CASES.glob("*.xml")))
        yield envelope(GOOD).encode()
        for operation, inner in (
            ("CreateRequest", '<Options/><Objects xsi:type="Subscriber"><EmailAddress>a@b.example'
             "</EmailAddress><Lists><ID>1</ID></Lists></Objects>"),
            ("UpdateRequest", '<Options/><Objects xsi:type="DataExtensionObject"><CustomerKey>x'
             "</CustomerKey><Properties><Property><Name>a</Name><Value>b</Value></Property>"
             "</Properties></Objects>"),
            ("ExecuteRequestMsg", "<Requests><Name>LogUnsubEvent</Name><Parameters><Name>ListID"
             "</Name><Value>1</Value></Parameters></Requests>"),
            ("DefinitionRequestMsg", "<DescribeRequests><ObjectDefinitionRequest><ObjectType>List"
             "</ObjectType></ObjectDefinitionRequest></DescribeRequests>"),
        ):
            yield envelope(f'<{operation} xmlns="{ET_NS}">{inner}</{operation}>').encode()

    def test_damaged_envelopes(self):
        for text in self.envelopes():
            for _ in range(40):
                answer = self.sim.post(self.mutate(text))
                self.assertIn(answer.status, (200, 500))
                self.assertIsNotNone(answer.root)

    def test_damaged_http(self):
        body = envelope(GOOD).encode()
        whole = (b"POST /Service.asmx HTTP/1.1\r\nHost: x\r\nContent-Type: text/xml\r\n"
                 b"SOAPAction: \"Retrieve\"\r\nContent-Length: %d\r\n\r\n" % len(body)) + body
        for _ in range(150):
            with socket.create_connection((self.sim.parts.hostname, self.sim.parts.port), 10) as s:
                s.sendall(self.mutate(whole[:300]) + whole[300:])
                s.shutdown(socket.SHUT_WR)
                try:
                    while s.recv(65536):
                        pass
                except ConnectionError:
                    pass

    def test_empty_members(self):
        for body in ("RetrieveRequestMsg", "CreateRequest", "UpdateRequest", "DeleteRequest",
                     "ExecuteRequestMsg", "PerformRequestMsg", "ConfigureRequestMsg",
                     "ScheduleRequestMsg", "DefinitionRequestMsg", "ExtractRequestMsg",
                     "QueryRequestMsg", "SystemStatusRequestMsg", "VersionInfoRequestMsg"):
            for inner in ("", "<Options/>", "<Requests/>", "<Objects/>", "<RetrieveRequest/>",
                          "<Definitions><Definition/></Definitions>",
                          '<Objects xsi:type="Subscriber"/>', '<Objects xsi:type="DataExtension"/>',
                          '<Objects xsi:type="TriggeredSend"/>',
                          '<Objects xsi:type="DataExtensionObject"/>'):
                answer = self.sim.call(f'<{body} xmlns="{ET_NS}">{inner}</{body}>', action="")
                self.assertIn(answer.status, (200, 500))

    def test_reading_and_writing_at_once(self):
        """Eight clients, each on its own connection: none loses what it was told."""

        def work(number):
            connection, seen = self.sim.connect(), []
            for i in range(12):
                key = f"client-{number}-{i}"
                for body in (
                    f'<CreateRequest xmlns="{ET_NS}"><Options/><Objects xsi:type="Subscriber">'
                    f"<EmailAddress>{key}@example.com</EmailAddress><SubscriberKey>{key}"
                    "</SubscriberKey></Objects></CreateRequest>",
                    retrieve_body("Subscriber", ["SubscriberKey"],
                                  simple("SubscriberKey", "like", f"client-{number}-")),
                    retrieve_body("LinkSend", ["Link.TotalClicks"]),
                    retrieve_body("Email", ["Name"]),
                ):
                    connection.request("POST", "/Service.asmx", envelope(body).encode(),
                                       {"Content-Type": "text/xml"})
                    data = connection.getresponse().read()
                    if b"client-" in data and b"<RetrieveResponseMsg" in data:
                        seen.append(data.count(b"<Results "))
            connection.close()
            return seen

        with concurrent.futures.ThreadPoolExecutor(8) as pool:
            self.assertEqual(list(pool.map(work, range(8))), [list(range(1, 13))] * 8)

    def test_abandoned_connections(self):
        for size in (1, 30, 200, 2000):
            for _ in range(10):
                s = socket.create_connection((self.sim.parts.hostname, self.sim.parts.port), 10)
                s.sendall((b"POST /Service.asmx HTTP/1.1\r\nContent-Length: 100000\r\n\r\n"
                           + b" " * 5000)[:size])
                s.close()


if __name__ == "__main__":
    unittest.main()
