"""Rules: chance, and what effects do to the bytes of an answer; latency, TLS and the request log.
When rules hold, and what they answer, is in cases/faults.case."""

import gzip
import http.client
import io
import json
import socket
import ssl
import subprocess
import tempfile
import time
import unittest
import os
import xml.etree.ElementTree as ET
from pathlib import Path

from etsim_client import (DEMO_SEND, ET_NS, SOAP, XSI, Etsim, envelope, retrieve_body,
                          security, simple, token_header)

PROGRAM = os.environ.get("ETSIM", "etsim")
FEW = ("--subscribers", "400", "--sends", "2")
WHERE = simple("SendID", "equals", DEMO_SEND)
BODY = retrieve_body("SentEvent", ["SubscriberKey", "EventDate"], WHERE)


class Rules(unittest.TestCase):
    def test_probability(self):
        def outcomes():
            with Etsim(*FEW, "--fault", "Retrieve,probability=0.5:http=503") as sim:
                return [sim.call(BODY).status for _ in range(60)]

        first = outcomes()
        self.assertEqual(first, outcomes())
        self.assertEqual(set(first), {200, 503})
        self.assertTrue(15 < first.count(503) < 45, first.count(503))

    def test_rule_by_body_when_there_is_no_action(self):
        with Etsim(*FEW, "--fault", "Retrieve:http=502") as sim:
            self.assertEqual(sim.call(BODY, "").status, 502)

    def test_token_endpoint(self):
        with Etsim(*FEW, "--fault", "token,times=1:http=503") as sim:
            answer = sim.request("POST", "/v2/token", "{}", {"Content-Type": "application/json"})
            self.assertEqual((answer.status, answer.headers.get_content_type()), (503, "text/html"))
            self.assertEqual(sim.token({})[0], 400)


class Effects(unittest.TestCase):
    def under(self, effect, version=1):
        with Etsim(*FEW, "--fault", f"Retrieve,times=1:{effect}") as sim:
            answer = sim.call(BODY, version=version)
            after = sim.call(BODY)
            self.assertEqual((after.overall, len(after.rows)), ("OK", 400))
        return answer

    def test_faults_in_soap_12(self):
        answer = self.under("fault=13", version=2)
        self.assertEqual(answer.fault()[:2], (SOAP[2], "Receiver"))
        self.assertEqual(answer.fault()[3], 13)

    def test_delay(self):
        with Etsim(*FEW, "--fault", "Retrieve,times=1:delay=400") as sim:
            began = time.monotonic()
            self.assertEqual(sim.call(BODY).overall, "OK")
            self.assertGreaterEqual(time.monotonic() - began, 0.4)
            began = time.monotonic()
            self.assertEqual(sim.call(BODY).overall, "OK")
            self.assertLess(time.monotonic() - began, 0.4)

    def raw(self, effect):
        """All bytes of the first answer until the connection ends, and whether it did."""
        text = envelope(BODY).encode()
        with Etsim(*FEW, "--fault", f"Retrieve,times=1:{effect}") as sim:
            with socket.create_connection((sim.parts.hostname, sim.parts.port), 10) as s:
                s.sendall(b"POST /Service.asmx HTTP/1.1\r\nHost: x\r\nContent-Type: text/xml\r\n"
                          b"Content-Length: %d\r\n\r\n" % len(text) + text)
                got = b""
                while piece := s.recv(65536):
                    got += piece
            self.assertEqual(sim.call(BODY).overall, "OK")
        return got

    def test_close(self):
        self.assertEqual(self.raw("close"), b"")

    def test_stall(self):
        began = time.monotonic()
        self.assertEqual(self.raw("stall=500"), b"")
        self.assertGreaterEqual(time.monotonic() - began, 0.5)

    def test_stall_ends_with_the_server(self):
        with Etsim(*FEW, "--fault", "Retrieve:stall") as sim:
            connection = sim.connect()
            connection.request("POST", "/Service.asmx", envelope(BODY).encode(),
                               {"Content-Type": "text/xml"})
            time.sleep(0.2)
            began = time.monotonic()
            sim.stop()
            self.assertLess(time.monotonic() - began, 4)
            connection.close()

    def test_cut(self):
        head, _, body = self.raw("cut=1000").partition(b"\r\n\r\n")
        promised = int(http.client.parse_headers(
            io.BytesIO(head.partition(b"\r\n")[2] + b"\r\n\r\n"))["Content-Length"])
        self.assertEqual(len(body), 1000)
        self.assertGreater(promised, 10000)

    def test_truncate(self):
        with Etsim(*FEW, "--fault", "Retrieve:truncate=2000") as sim:
            connection = sim.connect()
            connection.request("POST", "/Service.asmx", envelope(BODY).encode(),
                               {"Content-Type": "text/xml"})
            response = connection.getresponse()
            data = response.read()
            connection.close()
        self.assertEqual((response.status, len(data)), (200, 2000))
        with self.assertRaises(ET.ParseError):
            ET.fromstring(data)

    def test_garbage(self):
        with Etsim(*FEW, "--fault", "Retrieve:garbage") as sim:
            connection = sim.connect()
            connection.request("POST", "/Service.asmx", envelope(BODY).encode(),
                               {"Content-Type": "text/xml"})
            data = connection.getresponse().read()
            connection.close()
        with self.assertRaises(ET.ParseError):
            ET.fromstring(data)

    def test_unknown_elements(self):
        answer = self.under("element")
        self.assertEqual(len(answer.rows), 400)
        newer = answer.message.findall(f"{{{ET_NS}}}Results/{{{ET_NS}}}SomethingNewer")
        self.assertEqual(len(newer), 400)
        self.assertEqual(answer.text("NewerStatus"), "fine")

    def test_unknown_type(self):
        for effect, name in (("type", "SomethingNewerEvent"), ("type=Foo", "Foo")):
            types = {row.get(f"{{{XSI}}}type") for row in self.under(effect).results}
            self.assertEqual(types, {name})

    def test_gzip(self):
        with Etsim(*FEW, "--fault", "Retrieve:gzip") as sim:
            connection = sim.connect()
            connection.request("POST", "/Service.asmx", envelope(BODY).encode(),
                               {"Content-Type": "text/xml"})
            response = connection.getresponse()
            data = response.read()
            connection.close()
        self.assertEqual(response.headers["Content-Encoding"], "gzip")
        tree = ET.fromstring(gzip.decompress(data))
        self.assertEqual(len(tree.findall(f".//{{{ET_NS}}}Results")), 400)

    def test_chunked(self):
        for effect in ("chunked", "chunked=7"):
            answer = self.under(effect)
            self.assertEqual(answer.headers["Transfer-Encoding"], "chunked")
            self.assertEqual(len(answer.rows), 400)

    def test_drip(self):
        with Etsim(*FEW, "--fault", "Retrieve:drip=50000") as sim:
            began = time.monotonic()
            answer = sim.call(BODY)
            self.assertEqual(len(answer.rows), 400)
            self.assertGreater(time.monotonic() - began, len(answer.data) / 50000 * 0.5)


class Surroundings(unittest.TestCase):
    def test_latency(self):
        with Etsim(*FEW, "--latency", "100,50") as sim:
            began = time.monotonic()
            for _ in range(4):
                sim.call(BODY)
            self.assertTrue(0.4 <= time.monotonic() - began < 2)

    def test_tls(self):
        with tempfile.TemporaryDirectory() as folder:
            made = subprocess.run(
                ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2",
                 "-subj", "/CN=localhost", "-addext", "subjectAltName=IP:127.0.0.1",
                 "-keyout", f"{folder}/key", "-out", f"{folder}/cert"],
                capture_output=True, check=False)
            if made.returncode:
                self.skipTest("openssl cannot make a certificate")
            with Etsim(*FEW, "--tls", f"{folder}/cert", f"{folder}/key") as sim:
                self.assertTrue(sim.url.startswith("https://127.0.0.1:"))
                context = ssl.create_default_context(cafile=f"{folder}/cert")
                connection = http.client.HTTPSConnection(
                    sim.parts.hostname, sim.parts.port, context=context, timeout=20)
                for _ in range(3):
                    connection.request("POST", "/Service.asmx", envelope(BODY).encode(),
                                       {"Content-Type": "text/xml"})
                    tree = ET.fromstring(connection.getresponse().read())
                    self.assertEqual(len(tree.findall(f".//{{{ET_NS}}}Results")), 400)
                connection.close()
                with self.assertRaises(ssl.SSLCertVerificationError):
                    untrusting = ssl.create_default_context()
                    with socket.create_connection((sim.parts.hostname, sim.parts.port)) as raw:
                        untrusting.wrap_socket(raw, server_hostname="127.0.0.1")
                with socket.create_connection((sim.parts.hostname, sim.parts.port)) as raw:
                    raw.sendall(b"GET / HTTP/1.1\r\n\r\n")
                    self.assertNotIn(b"HTTP/1.1 200", raw.recv(100))
            run = subprocess.run([PROGRAM, "--tls", f"{folder}/key", f"{folder}/key"],
                                 capture_output=True, timeout=20, check=False)
            self.assertEqual((run.returncode, run.stdout), (1, b""))

    def test_log_without_secrets(self):
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "log"
            with Etsim(*FEW, "--log", str(file), "--fault", "Retrieve,call=2:http=503") as sim:
                sim.call(BODY)
                sim.call(BODY)
                _, token = sim.token({"grant_type": "client_credentials", "client_id": "demo",
                                      "client_secret": "demo"})
                sim.call(BODY, header=token_header(token["access_token"]))
                sim.call(BODY, header=security("demo", "hunter2",
                                               "<wsse:Nonce>c2VjcmV0</wsse:Nonce>"))
                sim.call(BODY, header=security("demo", "<![CDATA[hunter3]]>"))
                sim.call(BODY, header=security("demo", "<!-- -->hunter4"))
                sim.call(BODY, header=security("demo", "<![CDATA[</wsse:Password>]]>hunter5"))
                sim.call(BODY, header="<internalOauthToken>hunter6</internalOauthToken>")
            lines = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
            lines = [line for line in lines if line["method"] == "POST"]
            text = file.read_text(encoding="utf-8")
        self.assertEqual([(line["operation"], line["status"]) for line in lines],
                         [("Retrieve", 200), ("Retrieve", 503), ("token", 200), ("Retrieve", 200),
                          ("Retrieve", 500)] + [("Retrieve", 500)] * 4)
        self.assertEqual(lines[1]["rule"], "Retrieve,call=2:http=503")
        for secret in ("hunter", "c2VjcmV0", token["access_token"], '"client_secret": "demo"',
                       "Password>demo"):
            self.assertNotIn(secret, text.replace("\\", ""))
        self.assertIn("***", lines[0]["request"])
        self.assertIn("<ObjectType>SentEvent</ObjectType>", lines[0]["request"])


if __name__ == "__main__":
    unittest.main()
