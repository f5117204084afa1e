"""The HTTP side: paths, versions, encodings, limits, several connections, starting and stopping."""

import concurrent.futures
import gzip
import os
import select
import signal
import socket
import subprocess
import threading
import time
import unittest
import xml.etree.ElementTree as ET

from etsim_client import (DEMO_SEND, ET_NS, SOAP, WSA, WSSE, WSU, Etsim, envelope, retrieve_body,
                          security, simple)

BY_ID = simple("ID", "equals", DEMO_SEND)
SEND = retrieve_body("Send", ["ID", "NumberSent"], BY_ID)
PROGRAM = os.environ.get("ETSIM", "etsim")


class Http(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.sim = Etsim("--subscribers", "3000", "--max-request", "100000")

    @classmethod
    def tearDownClass(cls):
        cls.sim.stop()

    def raw(self, data, pieces=1, wait=5):
        """What comes back on a connection of its own."""
        with socket.create_connection((self.sim.parts.hostname, self.sim.parts.port), wait) as s:
            size = max(1, len(data) // pieces)
            for at in range(0, len(data), size):
                s.sendall(data[at : at + size])
            s.shutdown(socket.SHUT_WR)
            got = b""
            while piece := s.recv(65536):
                got += piece
        return got

    def post_bytes(self, body, *headers, version="1.1"):
        head = [f"POST /Service.asmx HTTP/{version}", "Host: x", "Content-Type: text/xml", *headers]
        return "\r\n".join(head).encode() + b"\r\n\r\n" + body

    def test_answer_header(self):
        message = "urn:uuid:11111111-2222-4333-8444-555555555555"
        header = (security() + f'<a:MessageID xmlns:a="{WSA}">{message}</a:MessageID>'
                  f'<a:Action xmlns:a="{WSA}">Retrieve</a:Action>')
        for version in (1, 2):
            answer = self.sim.call(SEND, header=header, version=version)
            self.assertEqual(answer.version, version)
            head = answer.part("Header")
            self.assertEqual(head.find(f"{{{WSA}}}RelatesTo").text, message)
            self.assertTrue(head.find(f"{{{WSA}}}MessageID").text.startswith("urn:uuid:"))
            self.assertEqual(head.find(f"{{{WSA}}}Action").text, "RetrieveResponse")
            stamp = head.find(f"{{{WSSE}}}Security/{{{WSU}}}Timestamp")
            created, expires = (stamp.find(f"{{{WSU}}}{name}").text
                                for name in ("Created", "Expires"))
            self.assertLess(created, expires)
            self.assertEqual([child.tag for child in answer.message][:2],
                             [f"{{{ET_NS}}}OverallStatus", f"{{{ET_NS}}}RequestID"])

    def test_content_types(self):
        kinds = {1: "text/xml", 2: "application/soap+xml"}
        for version, kind in kinds.items():
            self.assertEqual(self.sim.call(SEND, version=version).headers.get_content_type(), kind)
        answer = self.sim.post(envelope(SEND), headers={"Content-Type": "image/png"})
        self.assertEqual(answer.status, 415)

    def test_soap_action(self):
        self.assertEqual(self.sim.call(SEND, action="").overall, "OK")
        answer = self.sim.call(SEND, action="Retrive")
        self.assertEqual(answer.status, 500)
        namespace, code, text, _ = answer.fault()
        self.assertEqual((namespace, code), (SOAP[1], "Client"))
        self.assertIn("SOAPAction: Retrive.", text)

    def client_fault(self, text):
        answer = self.sim.post(text)
        self.assertEqual(answer.status, 500)
        return answer.fault()[:2]

    def test_unreadable_envelopes(self):
        for text in ("", "hello", "<a>", envelope(SEND)[:-60], envelope("<Foo/>"), envelope(""),
                     envelope(SEND.replace("equals", "isLikely")), "\0" * 50, "<" * 1000,
                     "<!DOCTYPE a [<!ENTITY b 'c'>]>" + envelope(SEND).split("?>", 1)[1]):
            with self.subTest(text[:40]):
                answer = self.sim.post(text)
                self.assertEqual(answer.status, 500)
                self.assertEqual(answer.fault()[:2], (SOAP[1], "Client"))
        self.assertEqual(self.sim.call(SEND).overall, "OK")

    def test_deep_xml_is_refused(self):
        deep = "<a>" * 50000 + "</a>" * 50000
        text = envelope(f'<RetrieveRequestMsg xmlns="{ET_NS}">{deep}</RetrieveRequestMsg>')
        self.assertEqual(self.sim.post(text[:99000]).status, 500)
        self.assertEqual(self.client_fault(envelope("<x>" * 300 + "</x>" * 300)),
                         (SOAP[1], "Client"))

    def test_must_understand(self):
        answer = self.sim.case("unknown_must_understand", action="VersionInfo")
        self.assertEqual(answer.status, 500)
        self.assertEqual(answer.fault()[:2], (SOAP[1], "MustUnderstand"))

    def test_paths(self):
        for method, path, status in (("GET", "/", 404), ("POST", "/nothing", 404),
                                     ("GET", "/Service.asmx", 405), ("PUT", "/Service.asmx", 405),
                                     ("GET", "/v2/token", 405), ("GET", "/x" + "y" * 600, 414)):
            with self.subTest(path[:20]):
                answer = self.sim.request(method, path)
                self.assertEqual(answer.status, status)
                if status == 405:
                    self.assertEqual(answer.headers["Allow"], "POST")

    def test_contract(self):
        base = f"http://{self.sim.parts.netloc}"
        wsdl = self.sim.request("GET", "/etframework.wsdl")
        self.assertEqual((wsdl.status, wsdl.headers.get_content_type()), (200, "text/xml"))
        tree = wsdl.root
        address = tree.find(".//{http://schemas.xmlsoap.org/wsdl/soap/}address")
        self.assertEqual(address.get("location"), base + "/Service.asmx")
        schema = "{http://www.w3.org/2001/XMLSchema}"
        places = [e.get("schemaLocation") for e in tree.iter(schema + "import")]
        self.assertEqual([p for p in places if p], [base + "/ETFrameworkFault.xsd"])
        self.assertEqual(self.sim.request("GET", "/Service.asmx?wsdl").data, wsdl.data)
        self.assertEqual(len(tree.findall(".//{http://schemas.xmlsoap.org/wsdl/}portType/"
                                          "{http://schemas.xmlsoap.org/wsdl/}operation")), 13)
        fault = self.sim.request("GET", "/ETFrameworkFault.xsd").root
        self.assertEqual(fault.get("targetNamespace"), "urn:fault.partner.exacttarget.com")

    def test_address_follows_the_host_header(self):
        answer = self.sim.request("GET", "/etframework.wsdl", headers={"Host": "sim.example:99"})
        address = answer.root.find(".//{http://schemas.xmlsoap.org/wsdl/soap/}address")
        self.assertEqual(address.get("location"), "http://sim.example:99/Service.asmx")

    def test_head(self):
        data = self.raw(b"HEAD /etframework.wsdl HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        head, _, body = data.partition(b"\r\n\r\n")
        self.assertTrue(head.startswith(b"HTTP/1.1 200 OK"))
        self.assertEqual(body, b"")

    def test_compressed_and_chunked_requests(self):
        text = envelope(SEND).encode()
        answer = self.sim.post(gzip.compress(text), headers={"Content-Encoding": "gzip"})
        self.assertEqual(answer.overall, "OK")
        chunks = b"".join(b"%x;ext=1\r\n%s\r\n" % (len(text[i : i + 100]), text[i : i + 100])
                          for i in range(0, len(text), 100)) + b"0\r\nTrailer: 1\r\n\r\n"
        data = self.raw(self.post_bytes(chunks, "Transfer-Encoding: chunked"), pieces=7)
        self.assertIn(b"<OverallStatus>OK<", data)
        self.assertEqual(self.sim.post(b"\x1f\x8bnot gzip",
                                       headers={"Content-Encoding": "gzip"}).status, 400)

    def test_expect_continue(self):
        text = envelope(SEND).encode()
        data = self.raw(self.post_bytes(text, f"Content-Length: {len(text)}",
                                        "Expect: 100-continue"))
        self.assertTrue(data.startswith(b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK"))

    def test_other_expectations_are_refused(self):
        text = envelope(SEND).encode()
        for expected in ("200-ok", "100-continued", "100-continue, 200-ok", ""):
            answer = self.raw(self.post_bytes(text, f"Content-Length: {len(text)}",
                                              f"Expect: {expected}"))
            self.assertTrue(answer.startswith(b"HTTP/1.1 417 "), (expected, answer[:80]))

    def test_pipelined_and_in_pieces(self):
        text = envelope(SEND).encode()
        one = self.post_bytes(text, f"Content-Length: {len(text)}")
        self.assertEqual(self.raw(one * 3, pieces=40).count(b"<OverallStatus>OK<"), 3)

    def test_http_10_closes(self):
        text = envelope(SEND).encode()
        data = self.raw(self.post_bytes(text, f"Content-Length: {len(text)}", version="1.0"))
        self.assertIn(b"Connection: close", data)

    def test_limits(self):
        for data, status in (
            (self.post_bytes(b"", "Content-Length: 100001"), 413),
            (self.post_bytes(b"fffffff\r\n", "Transfer-Encoding: chunked"), 413),
            (self.post_bytes(b"zz\r\n", "Transfer-Encoding: chunked"), 400),
            (self.post_bytes(b"", "Content-Length: -1"), 400),
            (self.post_bytes(b""), 411),
            (self.post_bytes(b"ab", "Content-Length: 2", "Content-Length: 2"), 400),
            (self.post_bytes(b"ab", "Content-Length: 2", "Content-Length: 1"), 400),
            (self.post_bytes(b"0\r\n\r\n", "Content-Length: 5", "Transfer-Encoding: chunked"),
             400),
            (self.post_bytes(b"0\r\n\r\n", "Transfer-Encoding: chunked", "Content-Length: 5"),
             400),
            (self.post_bytes(b"ab", "Content-Length: 2, 2"), 400),
            (self.post_bytes(b"ab", "Content-Length: +2"), 400),
            (b"GARBAGE\r\n\r\n", 400),
            (b"GET / HTTP/1.1\r\nno colon\r\n\r\n", 400),
            (b"GET / HTTP/1.1\r\nX: " + b"y" * 200000 + b"\r\n\r\n", 431),
            (b"\0\1\2\3" * 100 + b"\r\n\r\n", 400),
        ):
            with self.subTest(data[:60]):
                self.assertTrue(self.raw(data).startswith(b"HTTP/1.1 %d " % status))
        bomb = gzip.compress(b" " * 1_000_000)
        self.assertEqual(self.sim.post(bomb, headers={"Content-Encoding": "gzip"}).status, 400)
        self.assertEqual(self.sim.call(SEND).overall, "OK")

    def test_connections_at_once(self):
        def pages(_):
            connection = self.sim.connect()
            body = retrieve_body("SentEvent", ["SubscriberKey"],
                                 simple("SendID", "equals", DEMO_SEND)).encode()
            got = []
            for _ in range(5):
                connection.request("POST", "/Service.asmx", envelope(body.decode()).encode(),
                                   {"Content-Type": "text/xml"})
                tree = ET.fromstring(connection.getresponse().read())
                got.append(len(tree.findall(f".//{{{ET_NS}}}Results")))
            connection.close()
            return got

        with concurrent.futures.ThreadPoolExecutor(24) as pool:
            self.assertEqual(list(pool.map(pages, range(24))), [[2500] * 5] * 24)

    def test_an_idle_connection_gives_way(self):
        """Idle ones hold nobody up; one of them goes, the others stay."""
        with Etsim("--max-connections", "3", "--subscribers", "10") as sim:
            idle = [sim.connect(5) for _ in range(3)]
            for connection in idle:
                connection.request("GET", "/ETFrameworkFault.xsd")
                self.assertEqual(connection.getresponse().read()[:1], b"<")
            late = sim.connect(5)
            late.request("GET", "/ETFrameworkFault.xsd")
            self.assertEqual(late.getresponse().read()[:1], b"<")
            closed, _, _ = select.select([connection.sock for connection in idle], [], [], 5)
            self.assertEqual([sock.recv(1) for sock in closed], [b""])
            for connection in idle:
                if connection.sock not in closed:
                    connection.request("GET", "/ETFrameworkFault.xsd")
                    self.assertEqual(connection.getresponse().status, 200)
            for connection in (*idle, late):
                connection.close()

    def test_what_is_no_http_is_refused(self):
        """Where a server that takes it and one that does not would read different requests."""
        text = envelope(SEND).encode()
        length = f"Content-Length: {len(text)}"
        good = self.post_bytes(text, length, "Connection: close")
        self.assertTrue(self.raw(good).startswith(b"HTTP/1.1 200 "))
        for old, new in ((b" HTTP/1.1", b" HTTP/1."), (b" HTTP/1.1", b" HTTP/1.1x"),
                         (b" /Service", b" http:///Service"), (b"Host: x\r\n", b""),
                         (b"Host: x", b"Host: x\r\nHost: y"), (b"Host: x", b"Host : x"),
                         (b"Host: x", b"Host: x\r\n folded: y"), (b"Host: x", b"H(st: x")):
            self.assertIn(old, good)
            answer = self.raw(good.replace(old, new, 1))
            self.assertTrue(answer.startswith(b"HTTP/1.1 400 "), (new, answer[:80]))
        size = b"%x" % len(text)
        for before, after, status in (
                (size, b"", 200), (size + b";name=value", b"", 200), (b"0x" + size, b"", 400),
                (b"+" + size, b"", 400), (b" " + size, b"", 400), (size + b"zz", b"", 400),
                (size[:1] + b"\r" + size[1:], b"", 400), (size, b"xx", 400)):
            chunk = before + b"\r\n" + text + after + b"\r\n0\r\n\r\n"
            answer = self.raw(self.post_bytes(chunk, "Transfer-Encoding: chunked",
                                              "Connection: close"))
            self.assertTrue(answer.startswith(b"HTTP/1.1 %d " % status), (before, after))
        packed = gzip.compress(text)
        for more, status in ((b"", 200), (b"more", 400)):
            answer = self.raw(self.post_bytes(packed + more, "Content-Encoding: gzip",
                                              f"Content-Length: {len(packed + more)}",
                                              "Connection: close"))
            self.assertTrue(answer.startswith(b"HTTP/1.1 %d " % status), more)

    def connections(self, sim, count):
        return [socket.create_connection((sim.parts.hostname, sim.parts.port), 20)
                for _ in range(count)]

    def test_half_requests_give_way(self):
        """However many there are, and wherever they end; the one that goes is told. They would
        have half a minute otherwise, which the others do not wait."""
        whole = self.post_bytes(b"x" * 900, "Content-Length: 900")
        chunked = self.post_bytes(b"384\r\nxxx", "Transfer-Encoding: chunked")
        with Etsim("--max-connections", "6", "--subscribers", "10") as sim:
            half = self.connections(sim, 24)
            for number, one in enumerate(half):
                one.sendall((whole[:20], whole[:-40], chunked, b"P")[number % 4])
            for _ in range(3):
                self.assertEqual(sim.call(SEND).overall, "OK")
            told, _, _ = select.select(half, [], [], 5)
            self.assertTrue(told[0].recv(100).startswith(b"HTTP/1.1 408 "))
            for one in half:
                one.close()

    def test_dripping_requests_give_way(self):
        """A byte now and then keeps nobody else up, however many there are of them and though who
        is sent away comes again."""
        text = self.post_bytes(b"x" * 900, "Content-Length: 900")
        with Etsim("--max-connections", "4", "--subscribers", "10") as sim:
            slow = self.connections(sim, 24)
            done, rounds, gone = threading.Event(), [0], [0]

            def drip():
                for byte in text:
                    for i, one in enumerate(slow):
                        try:
                            one.sendall(bytes([byte]))
                        except OSError:
                            one.close()
                            slow[i], = self.connections(sim, 1)
                            gone[0] += 1
                    rounds[0] += 1
                    if done.wait(0.2):
                        return

            thread = threading.Thread(target=drip)
            thread.start()
            try:
                while rounds[0] < 3:
                    time.sleep(0.02)
                for _ in range(4):
                    before = rounds[0]
                    connection = sim.connect()
                    connection.request("GET", "/ETFrameworkFault.xsd")
                    self.assertEqual(connection.getresponse().status, 200)
                    connection.close()
                    self.assertLess(rounds[0] - before, 12)
            finally:
                done.set()
                thread.join()
            self.assertGreater(gone[0], 0)
            for one in slow:
                one.close()

    def test_answers_that_nobody_takes_give_way(self):
        everything = envelope(retrieve_body("SentEvent", ["SubscriberKey", "EventDate", "SendID"],
                                            simple("SendID", "equals", DEMO_SEND))).encode()
        ask = self.post_bytes(everything, f"Content-Length: {len(everything)}")
        with Etsim("--max-connections", "3", "--subscribers", "3000") as sim:
            deaf = self.connections(sim, 3)
            for one in deaf:
                one.sendall(ask * 30)
            began = time.monotonic()
            self.assertEqual(sim.call(SEND).overall, "OK")
            self.assertLess(time.monotonic() - began, 60)
            for one in deaf:
                one.close()

    def test_slow_requests_stay_when_there_is_room(self):
        text = envelope(SEND).encode()
        whole = self.post_bytes(text, f"Content-Length: {len(text)}", "Connection: close")
        one, = self.connections(self.sim, 1)
        with one:
            one.sendall(whole[:-30])
            time.sleep(1.5)
            one.sendall(whole[-30:])
            self.assertTrue(one.recv(100).startswith(b"HTTP/1.1 200 "))

    def test_connections_that_never_say_anything_give_way(self):
        with Etsim("--max-connections", "4", "--subscribers", "10") as sim:
            silent = [socket.create_connection((sim.parts.hostname, sim.parts.port))
                      for _ in range(12)]
            self.assertEqual(sim.call(SEND).overall, "OK")
            for one in silent:
                one.close()

    def test_busy_connections_do_not_give_way(self):
        with Etsim("--max-connections", "2", "--subscribers", "10", "--latency", "700") as sim:
            with concurrent.futures.ThreadPoolExecutor(6) as pool:
                def ask(_):
                    connection = sim.connect(20)
                    connection.request("GET", "/ETFrameworkFault.xsd")
                    status = connection.getresponse().status
                    connection.close()
                    return status
                self.assertEqual(list(pool.map(ask, range(6))), [200] * 6)


class Process(unittest.TestCase):
    def test_signals_end_it(self):
        for number in (signal.SIGTERM, signal.SIGINT):
            sim = Etsim("--subscribers", "10")
            self.assertEqual(sim.call(SEND).status, 200)
            began = time.monotonic()
            sim.stop(number)
            self.assertLess(time.monotonic() - began, 5)

    def test_ready_file(self):
        with Etsim("--subscribers", "10") as sim:
            self.assertEqual(sim.ready.read_text(encoding="ascii"), sim.url + "\n")
            self.assertEqual({path.name for path in sim.ready.parent.iterdir()}, {"ready", "log"})

    def test_max_time(self):
        run = subprocess.run([PROGRAM, "--max-time", "1"], capture_output=True, timeout=20,
                             check=False)
        self.assertEqual((run.returncode, run.stderr), (0, b""))
        self.assertRegex(run.stdout, rb"\Alistening on http://127\.0\.0\.1:\d+/Service\.asmx\n\Z")

    def test_no_data(self):
        with Etsim("--data", "none") as sim:
            answer = sim.call(SEND)
            self.assertEqual((answer.overall, answer.results), ("OK", []))

    def test_an_address_that_is_taken(self):
        with Etsim("--subscribers", "10") as sim:
            taken = ["--listen", f"127.0.0.1:{sim.parts.port}"]
            run = subprocess.run([PROGRAM, *taken], capture_output=True, timeout=20, check=False)
            self.assertEqual((run.returncode, run.stdout), (1, b""))

    def test_help_names_every_option(self):
        text = subprocess.run([PROGRAM, "--help"], capture_output=True, text=True, timeout=20,
                              check=True).stdout
        for option in ("--listen", "--ready-file", "--max-time", "--user", "--password-file",
                       "--client-id", "--client-secret-file", "--token-lifetime", "--data",
                       "--sends", "--subscribers", "--seed", "--page-size", "--request-lifetime",
                       "--max-connections", "--max-request", "--help", "--version"):
            self.assertIn(option, text)
        self.assertLess(max(map(len, text.splitlines())), 101)


if __name__ == "__main__":
    unittest.main()
