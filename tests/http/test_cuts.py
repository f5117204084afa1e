"""An answer that is cut is never taken for whole, wherever that happens."""
import random

import support
import certificates
from server import CLOSE, RESET, Server, answer, chunks, context

BODY = b"<Envelope>" + bytes(random.Random(1).choices(b"abcdefgh<>/", k=300)) + b"</Envelope>"
KINDS = {
    "plain": answer(BODY),
    "chunked": answer(BODY, chunked=True),
    "gzip": answer(BODY, compressed=True),
    "gzip in chunks": answer(BODY, chunked=True, compressed=True),
    "trailer": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" +
               chunks(BODY, 50, b";a=b", b"X-End: yes\r\n"),
}


class Cuts(support.Case):
    def cut(self, whole, end, **how):
        """One request for each length, and a last one that is answered whole."""
        options = {"ca_file": how.pop("ca_file")} if "ca_file" in how else {}
        script = [[whole[:size], end] for size in range(len(whole))] + [whole]
        with Server(script, **how) as server:
            outcomes = self.run_probe("--body", "<x/>", "--times", len(script), server.url,
                                      **options)
        self.assertEqual(len(outcomes), len(script))
        for size, outcome in enumerate(outcomes[:-1]):
            self.assertNotEqual(outcome.name, "OK", f"{size} of {len(whole)} bytes pass for whole")
            self.fails(outcome, "E_CUT", "try again")
        self.assertTrue(outcomes[-1].name == "OK" and outcomes[-1].holds(BODY), outcomes[-1])

    def test_at_every_byte(self):
        for name, whole in KINDS.items():
            with self.subTest(name):
                self.cut(whole, CLOSE)

    def test_reset_at_every_byte(self):
        self.cut(KINDS["gzip in chunks"], RESET)

    def test_at_every_byte_of_tls(self):
        if not certificates.available():
            self.skipTest("no openssl found: install openssl")
        authority = certificates.Authority(self.folder / "authority")
        tls = context(authority.leaf("x", ["IP:127.0.0.1"]), authority.key)
        for end in (CLOSE, RESET):
            for name in ("plain", "gzip in chunks"):
                with self.subTest(f"{name} {end}"):
                    self.cut(KINDS[name], end, tls=tls, ca_file=authority.root)

    def test_tls_without_its_end(self):
        """Where only the end of the connection ends the body, TLS has to say that it is the end."""
        if not certificates.available():
            self.skipTest("no openssl found: install openssl")
        authority = certificates.Authority(self.folder / "authority")
        tls = context(authority.leaf("x", ["IP:127.0.0.1"]), authority.key)
        whole = answer(BODY, length=False)
        with Server([[whole, RESET], [whole, CLOSE]], tls=tls) as server:
            outcomes = self.run_probe("--times", 2, server.url, ca_file=authority.root)
        self.fails(outcomes[0], "E_CUT")
        self.assertEqual(outcomes[1].name, "OK", outcomes[1])

    def test_what_was_read_stays_readable(self):
        """Bytes in front of the cut are handed out before the error."""
        with Server([[answer(BODY)[:-20], CLOSE]]) as server:
            outcome = self.one(server.url)
        self.fails(outcome, "E_CUT", "broke off after")
        self.assertEqual(outcome.size, len(BODY) - 20)

    def test_damaged_compression(self):
        whole = answer(BODY, compressed=True)
        head = len(whole) - whole[::-1].index(b"\n\r\n\r")
        for at in (head + 1, head + 30, len(whole) - 6, len(whole) - 1):
            broken = bytearray(whole)
            broken[at] ^= 0x55
            with self.subTest(at - head), Server([bytes(broken)]) as server:
                outcome = self.one(server.url)
                self.assertIn(outcome.name, ("E_PROTOCOL", "E_CUT"), outcome)
        grown = answer(BODY, compressed=True).replace(b"Content-Length: ", b"X: ")
        with Server([[grown + b"tail", CLOSE]]) as server:
            self.fails(self.one(server.url), "E_PROTOCOL", "the compressed answer of", "damaged")


support.main()
