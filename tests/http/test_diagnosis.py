"""Each thing that goes wrong has a text of its own that says what would be right."""
import gzip
import socket
import time

import support
import certificates
from server import CLOSE, RESET, Deaf, SILENCE, Server, answer, context

URL = "http://127.0.0.1:{}/Service.asmx"


class Diagnosis(support.Case):
    def test_names(self):
        self.fails(self.one("https://no-such-host.invalid/x"), "E_CONNECT",
                   "cannot reach https://no-such-host.invalid/x: the host name is not known; check")

    def test_refused(self):
        with socket.create_server(("127.0.0.1", 0)) as listener:
            port = listener.getsockname()[1]
        outcome = self.one("--body", "x", URL.format(port))
        self.fails(outcome, "E_CONNECT", f"cannot reach {URL.format(port)}: Connection refused; "
                   "check the endpoint and the network")
        self.assertFalse(outcome.sent)

    def test_connecting_takes_too_long(self):
        with socket.socket() as listener:  # a full queue lets nobody in
            listener.bind(("127.0.0.1", 0))
            listener.listen(0)
            port = listener.getsockname()[1]
            waiting = []
            for _ in range(8):
                one = socket.socket()
                one.setblocking(False)
                one.connect_ex(("127.0.0.1", port))
                waiting.append(one)
            time.sleep(0.1)
            outcome = self.one(URL.format(port), connect_timeout=700)
            for one in waiting:
                one.close()
        self.fails(outcome, "E_CONNECT", "no answer within 0.7 s; check the endpoint")

    def test_tls(self):
        if not certificates.available():
            self.skipTest("no openssl found: install openssl")
        authority = certificates.Authority(self.folder / "authority")
        tls = context(authority.leaf("x", ["IP:127.0.0.1"]), authority.key)
        with Server(tls=tls, hello=False) as server:
            outcome = self.one(server.url, connect_timeout=600, ca_file=authority.root)
            self.fails(outcome, "E_CONNECT", "the TLS handshake did not end within 0.6 s")
        for end in (CLOSE, RESET):
            with self.subTest(end), Server(tls=tls, greeting=[Deaf(0.2), end]) as server:
                outcome = self.one(server.url, ca_file=authority.root)
                self.fails(outcome, "E_CONNECT", "closed during the TLS handshake")
        refusal = [b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n", SILENCE]
        with Server(greeting=refusal) as plain:
            outcome = self.one(plain.url.replace("http:", "https:"))
            self.fails(outcome, "E_TLS", "wrong version number; check that this port takes https")
        with Server(greeting=[b"220 mail.example.test ESMTP\r\n", SILENCE]) as mail:
            outcome = self.one(mail.url.replace("http:", "https:"))
            self.fails(outcome, "E_TLS", "check that this port takes https")

    def test_not_http(self):
        for greeting in (b"SSH-2.0-OpenSSH_9.2\r\n", b"<html>0.9</html>",
                         b"HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n", b"\x00\x01\x02\r\n\r\n",
                         b"HTTP/2.0 200 OK\r\nContent-Length: 0\r\n\r\n",
                         b"HTTP/2 200\r\nContent-Length: 0\r\n\r\n",
                         b"HTTP/1.1 100 Continue\r\n\r\nHTTP/2 200\r\n\r\n"):
            with self.subTest(greeting), Server([[greeting, CLOSE]]) as server:
                self.fails(self.one(server.url), "E_PROTOCOL", server.url)

    def test_header_that_contradicts(self):
        for line in (b"Content-Length: 5\r\nContent-Length: 6", b"Content-Length: 5, 6",
                     b"Content-Length: five", b"Content-Encoding: br", b"X: a\x00b",
                     b"Content-Encoding: gzip\r\nContent-Encoding: gzip"):
            with self.subTest(line), \
                    Server([[b"HTTP/1.1 200 OK\r\n" + line + b"\r\n\r\nabcdef", CLOSE]]) as server:
                self.fails(self.one(server.url), "E_PROTOCOL", server.url)

    def test_transfer_encodings(self):
        """libcurl would undo them, out of reach of the bound on decompression."""
        packed = gzip.compress(b"<a/>")
        body = b"%x\r\n%s\r\n0\r\n\r\n" % (len(packed), packed)
        for value in (b"gzip, chunked", b"gzip,chunked", b"GZIP", b"deflate, chunked", b"br",
                      b"chunked\r\nTransfer-Encoding: gzip", b"identity, x-gzip, chunked",
                      b"gzip\r\nTransfer-Encoding: chunked", b"xchunked",
                      b"gzip," + b" " * 300 + b"chunked"):
            head = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: " + value + b"\r\n\r\n"
            with self.subTest(value), Server([[head + body, CLOSE]]) as server:
                self.fails(self.one(server.url), "E_PROTOCOL", server.url,
                           "which was not asked for")
        for value in (b"Chunked", b"identity, chunked", b", chunked ,"):
            head = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: " + value + b"\r\n\r\n"
            with self.subTest(value), \
                    Server([[head + b"4\r\n<a/>\r\n0\r\n\r\n", CLOSE]]) as server:
                outcome = self.one(server.url)
                self.assertEqual((outcome.name, outcome.size), ("OK", 4), outcome)

    def test_chunks_that_do_not_fit(self):
        head = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
        for body in (b"xyz\r\n", b"-5\r\nabc\r\n", b"3\r\nabcdef\r\n0\r\n\r\n",
                     b"FFFFFFFFFFFFFFFFF\r\nabc\r\n", b"3\r\nabc0\r\n\r\n"):
            with self.subTest(body), Server([[head + body, CLOSE]]) as server:
                self.assertIn(self.one(server.url).name, ("E_PROTOCOL", "E_CUT"))

    def test_closed_without_an_answer(self):
        for end in (CLOSE, RESET):
            with self.subTest(end), Server([end]) as server:
                outcome = self.one("--body", "x", server.url)
                self.fails(outcome, "E_CUT", "closed the connection without an answer; try again")
                self.assertTrue(outcome.sent)

    def test_an_answer_before_the_request_was_read(self):
        """A refusal is read all the same; success needs a request that went out whole."""
        path = self.folder / "body"
        path.write_bytes(b"x" * (16 << 20))
        early = [answer(b"too large", status=413), Deaf(1), CLOSE]
        with Server(greeting=early) as server:
            outcome = self.one("--body-file", path, server.url)
        self.assertEqual((outcome.status, outcome.sent), (413, False), outcome)
        with Server(greeting=[answer(b"<a/>"), Deaf(1), CLOSE]) as server:
            outcome = self.one("--body-file", path, server.url)
        self.assertEqual((outcome.name, outcome.sent), ("E_CUT", False), outcome)
        with Server(greeting=[answer(b"<a/>"), Deaf(0.3)]) as server:  # and reads it then
            outcome = self.one("--body-file", path, server.url)
        self.assertEqual((outcome.name, outcome.sent), ("OK", True), outcome)

    def test_headers_that_cannot_be_sent(self):
        for field in ("X\r\nY=z", "X=y\r\nZ: 1", "X Y=z", "=z", "X:=y"):
            outcome = self.one("--header", field, "http://127.0.0.1:1/")
            self.fails(outcome, "E_USAGE", "cannot be sent")

    def test_time_outs_below_zero(self):
        import subprocess
        done = subprocess.run(self.command("http://127.0.0.1:1/", receive_timeout=-1), text=True,
                              capture_output=True, timeout=30)
        self.assertEqual((done.returncode, done.stdout),
                         (1, "E_USAGE: time-outs: expected 0 or more\n"))


support.main()
