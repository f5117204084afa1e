"""Whole answers: however they are framed, on connections that are kept, and what is ignored."""
import email.utils
import gzip
import time
import zlib

import support
from server import CLOSE, RESET, Server, Wait, answer, chunks

BODY = b"<a>" + bytes(range(32, 127)) * 700 + b"</a>"
POST = ("--body", "<request/>")


class Answers(support.Case):
    def test_framing(self):
        deflated = zlib.compress(BODY)
        parts = [gzip.compress(BODY[:1000]), gzip.compress(BODY[1000:])]  # members one on another
        header = b"HTTP/1.1 200 OK\r\n"
        whole = [answer(BODY), answer(BODY, chunked=True), answer(BODY, compressed=True),
                 answer(BODY, chunked=True, compressed=True),
                 header + b"Content-Encoding: deflate\r\nContent-Length: %d\r\n\r\n%s" %
                 (len(deflated), deflated),
                 header + b"Content-Encoding: x-gzip\r\nTransfer-Encoding: chunked\r\n\r\n" +
                 chunks(b"".join(parts), 7),
                 header + b"Content-Encoding: identity\r\nTransfer-Encoding: chunked\r\n\r\n" +
                 chunks(BODY, 999, b";name=value", b"X-Trailer: yes\r\n"),
                 b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Hints\r\nContent-Length: 7\r\n\r\n" +
                 answer(BODY),
                 [answer(BODY)[:-5], Wait(0.1), BODY[-5:]]]
        with Server(whole + [[answer(BODY, length=False), CLOSE]]) as server:
            outcomes = self.run_probe(*POST, "--times", len(whole) + 1, server.url)
            self.assertEqual(server.connections, 1)
        for outcome in outcomes:
            self.assertTrue(outcome.name == "OK" and outcome.holds(BODY), outcome)

    def test_answers_without_a_body(self):
        script = [b"HTTP/1.1 204 None\r\n\r\n", answer(b""), answer(b"", chunked=True),
                  b"HTTP/1.1 500 E\r\nContent-Encoding: gzip\r\nContent-Length: 0\r\n\r\n",
                  b"HTTP/1.1 304 Same\r\nContent-Length: 100\r\n\r\n", answer(b"<last/>")]
        with Server(script) as server:
            outcomes = self.run_probe(*POST, "--times", 6, server.url)
        self.assertEqual([(one.name, one.size) for one in outcomes], [("OK", 0)] * 5 + [("OK", 7)])

    def test_what_goes_out(self):
        with Server([answer(b"<a/>")] * 3) as server:
            self.one(*POST, "--header", "SOAPAction=\"Retrieve\"", "--header",
                     "Content-Type=text/xml", "--header", "X-Empty=", server.url)
            self.one(server.url, compression=0, keep_alive=0)
        first, second = server.requests
        self.assertEqual((first.line, first.body), ("POST /Service.asmx HTTP/1.1", b"<request/>"))
        self.assertEqual(first.headers, {
            "host": f"127.0.0.1:{server.port}", "accept": "*/*", "accept-encoding": "gzip",
            "user-agent": first.headers["user-agent"], "content-length": "10",
            "soapaction": "\"Retrieve\"", "content-type": "text/xml", "x-empty": ""})
        self.assertRegex(first.headers["user-agent"], r"^etsoap/\d+\.\d+\.\d+$")
        self.assertEqual(second.line, "GET /Service.asmx HTTP/1.1")
        self.assertNotIn("accept-encoding", second.headers)
        self.assertEqual((second.headers["connection"], second.headers["user-agent"]),
                         ("close", first.headers["user-agent"]))

    def test_what_the_header_says(self):
        now = time.time()
        date = email.utils.formatdate
        script = [answer(b"", headers=["Retry-After: 7"], status=503),
                  answer(b"", headers=[f"Date: {date(now + 9000, usegmt=True)}",
                                       f"Retry-After: {date(now + 9060, usegmt=True)}"],
                         status=429),
                  answer(b"", headers=["Retry-After: soon"]),
                  answer(b"", content_type="Text/XML ; x=y; Charset=\"UTF-16\""),
                  answer(b"", content_type=None),
                  answer(b"", content_type="x/" + "y" * 100 + "; charset='latin1'"),
                  b"HTTP/1.1 100 Go on\r\nRetry-After: 5\r\nContent-Type: a/b\r\n\r\n" +
                  answer(b"", content_type=None)]
        with Server(script) as server:
            outcomes = self.run_probe(*POST, "--times", len(script), server.url)
        self.assertEqual([(one.status, one.type, one.charset, one.retry) for one in outcomes],
                         [(503, "text/xml", "utf-8", "7000"), (429, "text/xml", "utf-8", "60000"),
                          (200, "text/xml", "utf-8", "-1"), (200, "text/xml", "utf-16", "-1"),
                          (200, "", "", "-1"), (200, "", "latin1", "-1"), (200, "", "", "-1")])

    def test_nothing_is_followed_or_kept(self):
        """Redirects are answers, cookies are dropped."""
        with Server([answer(b"moved", status=302, headers=["Location: /other"]),
                     answer(b"moved", status=307, headers=["Location: http://192.0.2.1/"]),
                     answer(b"<a/>", headers=["Set-Cookie: a=b", "Refresh: 0; url=/other"]),
                     answer(b"<b/>")]) as server:
            outcomes = self.run_probe(*POST, "--times", 4, server.url)
        self.assertEqual([one.status for one in outcomes], [302, 307, 200, 200])
        self.assertEqual([request.path for request in server.requests], ["/Service.asmx"] * 4)
        self.assertNotIn("cookie", server.requests[3].headers)

    def test_bytes_behind_an_answer_are_no_answer(self):
        """Neither the ones that come with it, nor those that come while nobody asks."""
        forged = answer(b"<forged/>")
        for idle in (0, 0.2):
            script = [[answer(b"<a/>"), Wait(idle), forged] if idle else answer(b"<a/>") + forged,
                      answer(b"<b/>")]
            with self.subTest(idle), Server(script) as server:
                outcomes = self.run_probe(*POST, "--times", 2, "--read-slowly", 300, server.url)
                self.assertEqual([one.sum for one in outcomes],
                                 [f"{zlib.adler32(body):08x}" for body in (b"<a/>", b"<b/>")])

    def test_a_408_on_an_idle_connection(self):
        late = b"HTTP/1.1 408 Request Timeout\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
        with Server([[answer(b"<a/>"), late, CLOSE], answer(b"<b/>")]) as server:
            outcomes = self.run_probe(*POST, "--times", 2, "--read-slowly", 200, server.url)
        self.assertEqual([(one.name, one.status, one.size) for one in outcomes],
                         [("OK", 200, 4), ("OK", 200, 4)])
        self.assertEqual(server.connections, 2)

    def test_closed_while_idle(self):
        for end in (CLOSE, RESET):
            with self.subTest(end), Server([[answer(b"<a/>"), end], answer(b"<b/>")]) as server:
                outcomes = self.run_probe(*POST, "--times", 2, "--read-slowly", 200, server.url)
                self.assertEqual([one.name for one in outcomes], ["OK", "OK"])
                self.assertEqual(server.connections, 2)

    def test_closed_when_the_next_request_came(self):
        """Sent again only when that does no harm: nobody knows whether it was carried out."""
        for end in (CLOSE, RESET):
            with self.subTest(end), Server([answer(b"<a/>"), end, answer(b"<b/>")]) as server:
                outcomes = self.run_probe(*POST, "--times", 2, server.url)
                self.assertEqual(outcomes[0].name, "OK")
                self.fails(outcomes[1], "E_CUT", "closed the connection without an answer")
                self.assertTrue(outcomes[1].sent)
                self.assertEqual(len(server.requests), 2)
            with self.subTest(end), Server([answer(b"<a/>"), end, answer(b"<b/>")]) as server:
                outcomes = self.run_probe(*POST, "--times", 2, "--repeatable", server.url)
                self.assertEqual([one.name for one in outcomes], ["OK", "OK"])
                self.assertEqual([request.body for request in server.requests], [b"<request/>"] * 3)

    def test_connections_that_are_kept(self):
        with Server(otherwise=answer(BODY)) as server:
            self.run_probe(*POST, "--times", 5, server.url)
            self.assertEqual(server.connections, 1)
            self.run_probe(*POST, "--times", 3, server.url, keep_alive=0)
            self.assertEqual(server.connections, 4)
        with Server(otherwise=answer(BODY * 20)) as server:  # one that is not read to its end
            outcomes = self.run_probe(*POST, "--times", 3, "--stop-after", 10, server.url)
            self.assertEqual([one.name for one in outcomes], ["OK"] * 3)
            self.assertEqual(server.connections, 3)

    def test_several_at_once(self):
        """Each with a connection of its own, read in turns; slow reading piles nothing up."""
        large = BODY * 30
        with Server(otherwise=answer(large, chunked=True)) as server:
            outcomes = self.run_probe(*POST, "--open-all", *[server.url] * 6)
            self.assertTrue(all(one.name == "OK" and one.holds(large) for one in outcomes),
                            outcomes)
            self.assertEqual(server.connections, 6)

    def test_ipv6(self):
        try:
            server = Server(otherwise=answer(BODY), host="::1")
        except OSError:
            self.skipTest("no IPv6 on this machine")
        with server:
            self.assertTrue(self.one(*POST, server.url).holds(BODY))


support.main()
