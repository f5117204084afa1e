"""A secret in a request and in its answer is in memory while it is read, and no longer."""
import subprocess

import support
import certificates
from server import Server, answer, context

SECRET = b"s3cret-that-goes-there-and-back"


class Leftovers(support.Case):
    def look(self, script, tls=None, ca_file=()):
        masked = bytes(byte ^ 0x55 for byte in SECRET).hex() + "\n"
        with Server([script], tls=tls) as server:
            done = subprocess.run([self.probe, server.url, *ca_file], input=masked, text=True,
                                  capture_output=True, timeout=60, env=self.environment())
            if done.returncode == 77:
                self.skipTest(done.stdout)
            self.assertEqual((done.returncode, done.stderr), (0, ""), done.stdout)
            self.assertIn(SECRET, server.requests[0].body)
        found = {}
        for line in done.stdout.splitlines():
            when, _, number = line.rpartition(" ")
            found[when] = max(int(number), found.get(when, 0))
        self.assertGreaterEqual(found["while it is read"], 1, "the search finds nothing at all")
        self.assertEqual((found["once it was read"], found["at the end"]), (0, 0), found)

    def test_plain(self):
        for how in ({}, {"chunked": True}, {"compressed": True}):
            with self.subTest(how):
                self.look(answer(b"<token>" + SECRET + b"</token>", **how))

    def test_tls(self):
        if not certificates.available():
            self.skipTest("no openssl found: install openssl")
        authority = certificates.Authority(self.folder / "authority")
        tls = context(authority.leaf("x", ["IP:127.0.0.1"]), authority.key)
        self.look(answer(SECRET), tls, [authority.root])


support.main()
