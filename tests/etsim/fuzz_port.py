"""Sends mutated requests to the HTTP port of etsim for some seconds.

Whatever comes, etsim answers in HTTP or closes the connection, in time; what it answers as XML is
well-formed; it goes on answering good requests as before; it ends as it should when it is asked
to; its memory stays bounded. The same seed sends the same inputs. An input that breaks one of
these is written to the folder of findings.
"""

import argparse
import gzip
import os
import random
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import xml.etree.ElementTree as ET
from pathlib import Path

from etsim_client import CASES, DEMO_SEND, ET_NS, envelope, retrieve_body, simple

PATIENCE = 20  # seconds for one answer
MEMORY = 500 << 10  # kB resident, sanitizers included,
KEPT = 0.3          # and kB an answer: what was created and started stays for who asks
GOOD = envelope(retrieve_body("Send", ["ID"], simple("ID", "equals", DEMO_SEND))).encode()
TOKENS = [b"<![CDATA[", b"]]>", b"<!--", b"-->", b"&#0;", b"&#x1F600;", b"&lt;", b"&undefined;",
          b"<!DOCTYPE a [<!ENTITY b 'c'>]>", b"<?pi?>", b' xmlns:q="urn:q"', b"<q:a/>", b"</a>",
          b' xsi:type="xsd:string"', b' xsi:nil="true"', b"\xff\xfe", b"\xef\xbb\xbf", b"\0",
          b"\xc3(", b"99999999999999999999", b"-1", b"1e400", b"NaN", b"DataExtensionObject[",
          b"MoreDataAvailable", b"2026-02-30T25:61:61", b"<Filter/>", b"<Properties/>" * 50,
          b"<a>" * 300, b' a="b"' * 300, b"A" * 5000]
HEADS = [b"Content-Length: -1", b"Content-Length: 99999999999999999999", b"Content-Length: 5",
         b"Transfer-Encoding: chunked", b"Transfer-Encoding: gzip", b"Expect: 100-continue",
         b"Content-Encoding: gzip", b"Content-Encoding: br", b"Connection: close",
         b"SOAPAction: \"Retrieve\"", b"SOAPAction: \"\"", b"Content-Type: application/soap+xml",
         b"Content-Type: text/xml; charset=utf-16", b"X: " + b"y" * 9000, b": empty", b"\x80: x",
         b"Accept-Encoding: gzip", b"Host: a\rb"]
PATHS = [b"/Service.asmx"] * 12 + [b"/v2/token", b"/etframework.wsdl", b"/", b"*", b"//../x",
                                  b"http://x/Service.asmx"]
METHODS = [b"POST"] * 14 + [b"GET", b"HEAD", b"PUT", b"P\0ST", b""]


def message(name, inside, objects=""):
    return envelope(f'<{name} xmlns="{ET_NS}">{inside}{objects}</{name}>').encode()


def seeds():
    row = ("<Objects xsi:type=\"DataExtensionObject\"><CustomerKey>customers</CustomerKey>"
           "<Properties><Property><Name>SubscriberKey</Name><Value>k</Value></Property>"
           "<Property><Name>Points</Name><Value>7</Value></Property></Properties></Objects>")
    person = ("<Objects xsi:type=\"Subscriber\"><EmailAddress>a@example.com</EmailAddress>"
              "<SubscriberKey>a</SubscriberKey></Objects>")
    trigger = ("<Objects xsi:type=\"TriggeredSend\"><TriggeredSendDefinition><CustomerKey>sign-up"
               "</CustomerKey></TriggeredSendDefinition><Subscribers><EmailAddress>b@example.com"
               "</EmailAddress><SubscriberKey>b</SubscriberKey></Subscribers></Objects>")
    unsub = ("<Requests><Name>LogUnsubEvent</Name><Parameters><Name>SubscriberKey</Name>"
             "<Value>a</Value></Parameters></Requests>")
    start = ("<Action>start</Action><Definitions><Definition xsi:type=\"Automation\"><CustomerKey>"
             "nightly</CustomerKey></Definition></Definitions>")
    describe = ("<DescribeRequests><ObjectDefinitionRequest><ObjectType>Send</ObjectType>"
                "</ObjectDefinitionRequest></DescribeRequests>")
    found = [path.read_bytes() for path in sorted(CASES.glob("*.xml"))]
    return found + [
        GOOD, envelope(retrieve_body("SentEvent", ["SendID", "SubscriberKey", "EventDate"],
                                     simple("SendID", "equals", DEMO_SEND), batch=7)).encode(),
        envelope(retrieve_body("Send", ["ID"]), version=2).encode(),
        message("CreateRequest", "<Options/>", row), message("UpdateRequest", "<Options/>", person),
        message("DeleteRequest", "<Options/>", person),
        message("CreateRequest", "<Options/>", trigger), message("ExecuteRequestMsg", unsub),
        message("PerformRequestMsg", start), message("DefinitionRequestMsg", describe),
        b'{"grant_type":"client_credentials","client_id":"demo","client_secret":"demo"}']


def mutate(chance, data, others):
    data = bytearray(data)
    for _ in range(chance.choice((0, 1, 1, 2, 3, 8))):
        at = chance.randrange(len(data) + 1)
        size = min(chance.choice((1, 1, 2, 8, 40, 400)), len(data) - at)
        kind = chance.randrange(7)
        if kind == 0 and size:
            data[at] ^= 1 << chance.randrange(8)
        elif kind == 1:
            del data[at:at + size]
        elif kind == 2:
            data[at:at] = data[at:at + size] * chance.choice((1, 2, 30))
        elif kind == 3:
            data[at:at + size] = chance.choice(TOKENS)
        elif kind == 4:
            data[at:at] = chance.choice(TOKENS)
        elif kind == 5:
            other = chance.choice(others)
            begin = chance.randrange(len(other))
            data[at:at + size] = other[begin:begin + chance.randrange(1, 400)]
        elif data:
            del data[chance.randrange(len(data)):]
    return bytes(data)


def chunked(chance, body):
    out = b""
    while body:
        size = chance.randrange(1, 4000)
        piece, body = body[:size], body[size:]
        out += b"%x\r\n%s\r\n" % (len(piece) + (chance.random() < 0.05), piece)
    return out + chance.choice((b"0\r\n\r\n",) * 9 + (b"0\r\nX: y\r\n\r\n", b""))


def request(chance, others):
    body = mutate(chance, chance.choice(others), others)
    heads = [b"Host: x"]
    if chance.random() < 0.1:
        body = gzip.compress(body)
        heads.append(b"Content-Encoding: gzip")
        if chance.random() < 0.3:
            body = mutate(chance, body, others)
    heads += [chance.choice(HEADS) for _ in range(chance.choice((0, 0, 0, 0, 1, 2)))]
    if chance.random() < 0.1:
        body = chunked(chance, body)
        heads.append(b"Transfer-Encoding: chunked")
    else:
        heads.append(b"Content-Length: %d" % len(body))
    if chance.random() < 0.8:
        heads.append(b"Content-Type: text/xml; charset=utf-8")
    line = b"%s %s HTTP/1.%s" % (chance.choice(METHODS), chance.choice(PATHS),
                                 chance.choice((b"1",) * 9 + (b"0", b"9")))
    data = b"\r\n".join([line, *heads]) + b"\r\n\r\n" + body
    return mutate(chance, data, others) if chance.random() < 0.15 else data


class Wrong(Exception):
    pass


def exchange(port, pieces):
    """Everything that comes back until the peer closes."""
    got = b""
    with socket.create_connection(("127.0.0.1", port), PATIENCE) as s:
        try:
            for piece in pieces:
                s.sendall(piece)
            s.shutdown(socket.SHUT_WR)
            while piece := s.recv(1 << 16):
                got += piece
        except socket.timeout as error:
            raise Wrong(f"no end within {PATIENCE} s after {len(got)} bytes") from error
        except OSError:  # it was reset: the peer had read enough
            pass
    return got


def check_answers(got):
    """Each is HTTP with a length; XML in it is well-formed."""
    count = 0
    while got:
        head, end, rest = got.partition(b"\r\n\r\n")
        if not head.startswith(b"HTTP/1.1 ") or not end:
            raise Wrong(f"no HTTP: {got[:80]!r}")
        fields = dict(line.lower().split(b": ", 1) for line in head.split(b"\r\n")[1:])
        if head.startswith(b"HTTP/1.1 100"):
            got = rest
            continue
        size = int(fields.get(b"content-length", b"0"))
        if len(rest) < size:
            return count  # cut since we closed
        body, got = rest[:size], rest[size:]
        if fields.get(b"content-encoding") == b"gzip":
            body = gzip.decompress(body)
        if b"xml" in fields.get(b"content-type", b"") and body:
            try:
                ET.fromstring(body)
            except ET.ParseError as error:
                raise Wrong(f"answer is no XML: {error}") from error
        count += 1
    return count


def check_good(port):
    data = (b"POST /Service.asmx HTTP/1.1\r\nHost: x\r\nContent-Type: text/xml\r\nSOAPAction: "
            b'"Retrieve"\r\nContent-Length: %d\r\n\r\n%s' % (len(GOOD), GOOD))
    if f"<ID>{DEMO_SEND}</ID>".encode() not in exchange(port, [data]):
        raise Wrong("a good request is not answered any more")


class Fuzz:
    def __init__(self, port, options):
        self.port, self.options = port, options
        self.until = time.monotonic() + options.seconds
        self.lock = threading.Lock()
        self.sent = self.answered = 0
        self.findings = []

    def worker(self, number):
        chance = random.Random(self.options.seed * 1000 + number)
        others = seeds()
        rounds = 0
        while time.monotonic() < self.until and not self.findings:
            data = b"".join(request(chance, others) for _ in range(chance.choice((1, 1, 1, 2, 3))))
            size = chance.choice((len(data), 100, 1000)) or 1
            pieces = [data[i:i + size] for i in range(0, len(data), size)][:200]
            try:
                got = exchange(self.port, pieces)
                # answers to HEAD have a length and no body: what is behind them cannot be told
                count = check_answers(got) if b"HEAD" not in data else got[:4] == b"HTTP"
                rounds += 1
                if rounds % 200 == 0:
                    check_good(self.port)
            except (Wrong, OSError, ValueError) as error:
                self.keep(data, error)
                return
            with self.lock:
                self.sent += 1
                self.answered += count

    def keep(self, data, error):
        self.options.findings.mkdir(parents=True, exist_ok=True)
        with self.lock:
            path = self.options.findings / f"port-{len(self.findings)}"
            path.write_bytes(data)
            self.findings.append(f"{path}: {error!r}")

    def run(self):
        workers = [threading.Thread(target=self.worker, args=(i,)) for i in range(4)]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()


def resident(pid):
    with open(f"/proc/{pid}/status", encoding="ascii") as status:
        return next((int(line.split()[1]) for line in status if line.startswith("VmHWM")), 0)


def start(program, seconds, ready, errors):
    process = subprocess.Popen(
        [program, "--ready-file", ready, "--max-time", str(seconds + 300), "--subscribers", "300",
         "--sends", "3", "--page-size", "50", "--max-request", "262144", "--clock", "x60"],
        stdout=subprocess.DEVNULL, stderr=errors)
    until = time.monotonic() + 60
    while not ready.exists():
        if process.poll() is not None or time.monotonic() > until:
            raise SystemExit(f"{program} does not start")
        time.sleep(0.01)
    return process, int(ready.read_text().split(":")[2].split("/")[0])


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--findings", type=Path, default=Path("port.findings"))
    parser.add_argument("--program", default=os.environ.get("ETSIM", "etsim"))
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, open(f"{folder}/errors", "w+b") as errors:
        process, port = start(options.program, options.seconds, Path(folder) / "ready", errors)
        fuzz = Fuzz(port, options)
        fuzz.run()
        try:
            check_good(port)
        except (Wrong, OSError) as error:
            fuzz.findings.append(f"at the end: {error!r}")
        memory = resident(process.pid) if process.poll() is None else 0
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
        code = process.wait(60)
        errors.seek(0)
        said = errors.read().decode(errors="replace")
    most = MEMORY + int(KEPT * fuzz.answered)
    if memory > most:
        fuzz.findings.append(f"{memory} kB resident, {most} at most")
    if code or said:
        fuzz.findings.append(f"exit {code}: {said[-3000:]}")
    print(f"{fuzz.sent} inputs, {fuzz.answered} answers, {memory} kB at most, "
          f"{len(fuzz.findings)} findings (seed {options.seed})")
    print("\n".join(fuzz.findings), end="")
    return 1 if fuzz.findings or not fuzz.answered else 0


if __name__ == "__main__":
    sys.exit(main())
