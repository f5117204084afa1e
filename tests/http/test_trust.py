"""Whom TLS connections are made to: names and chains, good and bad, decided as curl decides."""
import shutil
import subprocess
import sys

import support
import certificates
from proxy import Proxy
from server import Server, answer, context

H = "acct.soap.example.test"  # who is asked, unless the row says otherwise
DNS, IP = "DNS:{}".format, "IP:{}".format
# what, host that is asked for, common name, names, whether it is good
NAMES = [
    ("exact", H, "x", [DNS(H)], True),
    ("exact, other case", H, "x", [DNS(H.upper())], True),
    ("one of several", H, "x", [DNS("a.test"), DNS(H), IP("192.0.2.1")], True),
    ("another host", H, "x", [DNS("acct.soap.example.org")], False),
    ("a host below", H, "x", [DNS("x." + H)], False),
    ("the host above", H, "x", [DNS("soap.example.test")], False),
    ("- for .", H, "x", [DNS("acct-soap.example.test")], False),
    ("- for every .", H, "x", [DNS("acct-soap-example-test")], False),
    ("* for the first label", H, "x", [DNS("*.soap.example.test")], True),
    ("* for two labels", H, "x", [DNS("*.example.test")], False),
    ("* alone", H, "x", [DNS("*")], False),
    ("* of a top level", "example.test", "x", [DNS("*.test")], False),
    ("* in the middle", H, "x", [DNS("acct.*.example.test")], False),
    ("* for the last label", H, "x", [DNS("acct.soap.example.*")], False),
    ("* as part of a label", H, "x", [DNS("ac*t.soap.example.test")], False),
    ("l*t", "localtest", "x", [DNS("l*t")], False),
    ("* of the host itself", "soap.example.test", "x", [DNS("*.soap.example.test")], False),
    ("NUL-like end", H, "x", [DNS(H + ".evil.test")], False),
    ("trailing dot in the certificate", H, "x", [DNS(H + ".")], None),
    ("common name without names", H, H, [], None),
    ("common name * without names", H, "*.soap.example.test", [], None),
    ("common name beside other names", H, H, [DNS("other.test")], False),
    ("common name beside an address", H, H, [IP("192.0.2.1")], None),
    ("address", "192.0.2.7", "x", [IP("192.0.2.7")], True),
    ("another address", "192.0.2.7", "x", [IP("192.0.2.8")], False),
    ("address written as a name", "192.0.2.7", "x", [DNS("192.0.2.7")], None),
    ("address with - for .", "192.0.2.7", "x", [DNS("192-0-2-7")], False),
    ("address under *", "192.0.2.7", "x", [DNS("*.0.2.7")], False),
    ("address of IPv6", "[2001:db8::7]", "x", [IP("2001:db8::7")], True),
    ("another address of IPv6", "[2001:db8::7]", "x", [IP("2001:db8::8")], False),
    ("IDN under *", "xn--hst-sna.example.test", "x", [DNS("*.example.test")], None),
]


class Trust(support.Case):
    @classmethod
    def setUpClass(cls):
        import tempfile
        cls.scratch = tempfile.TemporaryDirectory(prefix="etsoap-trust-")
        cls.ours = certificates.Authority(cls.scratch.name + "/ours")
        cls.others = certificates.Authority(cls.scratch.name + "/others", "Another authority")

    @classmethod
    def tearDownClass(cls):
        cls.scratch.cleanup()

    def verdicts(self, certificate, key, host, ca_file, version=None):
        """What curl and what the probe make of it."""
        served = context(certificate, key, version)
        with Server(otherwise=answer(b"<a/>"), tls=served) as server, Proxy(server.port) as proxy:
            url = f"https://{host}/"
            by_curl = subprocess.run(
                ["curl", "-q", "-sS", "--cacert", ca_file, "--tlsv1.2", "-x",
                 f"http://127.0.0.1:{proxy.port}", "-o", "/dev/null", "-d", "x", url],
                capture_output=True, timeout=60, env=self.environment())
            ours = self.one("--body", "password", url, ca_file=ca_file,
                            proxy=f"http://127.0.0.1:{proxy.port}")
            bodies = [request.body for request in server.requests]
        if ours.name != "OK":
            self.assertNotIn(b"password", bodies, "the request went out all the same")
        return by_curl.returncode, by_curl.stderr.decode(), ours

    def decides(self, certificate, key, host, good, ca_file=None):
        """good None: as curl decides."""
        code, said, ours = self.verdicts(certificate, key, host, ca_file or self.ours.root)
        self.assertEqual(ours.name == "OK", code == 0, f"curl: {said}; the client: {ours}")
        if good is not None:
            self.assertEqual(ours.name == "OK", good, ours)
        if ours.name != "OK":
            self.fails(ours, "E_TLS", f"no trusted connection to https://{host}/: ")
        return ours

    def test_names(self):
        self.assertGreaterEqual(len(NAMES), 25)
        for what, host, common_name, names, good in NAMES:
            with self.subTest(what):
                leaf = self.ours.leaf(common_name, names)
                ours = self.decides(leaf, self.ours.key, host, good)
                if ours.name != "OK":
                    self.fails(ours, "E_TLS", "its certificate is for another host name; check")

    def chain_is(self, certificate, good, *texts, ca_file=None, key=None):
        ours = self.decides(certificate, key or self.ours.key, H, good, ca_file)
        for text in texts:
            self.assertIn(text, ours.message)

    def test_dates(self):
        names = [DNS(H)]
        self.chain_is(self.ours.leaf("x", names, end="20210101000000Z"), False, "has expired",
                      "if the date of this machine is right")
        self.chain_is(self.ours.leaf("x", names, start="20480101000000Z"), False,
                      "not yet valid", "date of this machine")

    def test_who_signed(self):
        names = [DNS(H)]
        leaf = self.ours.leaf("x", names)
        self.chain_is(leaf, True)
        self.chain_is(self.others.leaf("x", names), False, "name that with ca_file",
                      key=self.others.key)
        own = self.ours.self_signed("x", names)
        self.chain_is(own, False, "self-signed certificate; if its")
        self.chain_is(own, True, ca_file=own)
        self.chain_is(self.ours.leaf("x", names, usage="clientAuth"), False, "purpose")
        forged = certificates.Authority(self.folder / "forged")  # the same name, another key
        self.chain_is(forged.leaf("x", names), False, key=forged.key)

    def test_chains(self):
        names = [DNS(H)]
        below = self.ours.below()
        leaf = self.ours.leaf("x", names, issuer=below)
        self.chain_is(leaf, False, "name that with ca_file")  # the intermediate is missing
        self.chain_is(self.ours.chain(leaf, below[0]), True)
        self.chain_is(leaf, None, ca_file=below[0])
        self.chain_is(self.ours.chain(leaf, below[0]), False, ca_file=self.others.root)
        plain = self.ours.leaf("No authority", []), self.ours.key
        signed = self.ours.leaf("x", names, issuer=plain)
        self.chain_is(self.ours.chain(signed, plain[0]), False)  # signed by who may not
        limited = self.ours.below("Limited", ("basicConstraints=critical,CA:true",
                                              "nameConstraints=critical,permitted;DNS:other.test"))
        signed = self.ours.leaf("x", names, issuer=limited)
        self.chain_is(self.ours.chain(signed, limited[0]), False)

    def test_old_versions(self):
        import ssl
        leaf = self.ours.leaf("x", [DNS(H)])
        with self.assertWarns(DeprecationWarning):
            code, said, ours = self.verdicts(leaf, self.ours.key, H, self.ours.root,
                                             ssl.TLSVersion.TLSv1_1)
        self.assertNotEqual(code, 0, said)
        self.fails(ours, "E_TLS", "it speaks no TLS of version 1.2 or newer")
        for version in (ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3):
            code, said, ours = self.verdicts(leaf, self.ours.key, H, self.ours.root, version)
            self.assertEqual((code, ours.name), (0, "OK"), said)

    def test_ca_file_replaces_the_systems(self):
        leaf = self.ours.leaf("x", ["IP:127.0.0.1"])
        with Server(otherwise=answer(b"<a/>"), tls=context(leaf, self.ours.key)) as server:
            trusted = {"SSL_CERT_FILE": str(self.ours.root)}
            self.assertEqual(self.one(server.url, environment=trusted).name, "OK")
            self.fails(self.one(server.url), "E_TLS", "name that with ca_file")
            outcome = self.one(server.url, environment=trusted, ca_file=self.others.root)
            self.fails(outcome, "E_TLS", "name that with ca_file")

    def test_ca_file_that_is_none(self):
        def says(path):
            done = subprocess.run(self.command("http://127.0.0.1:1/", ca_file=path),
                                  capture_output=True, text=True, timeout=30)
            self.assertEqual(done.returncode, 1)
            return done.stdout
        none, empty = self.folder / "none.pem", self.folder / "empty.pem"
        empty.write_text("no certificate\n")
        self.assertEqual(says(none), f"E_IO: cannot read the authorities' file {none}\n")
        self.assertEqual(says(empty),
                         f"E_TLS: no certificate can be read from {empty}: expected PEM\n")


for program in ("curl", "openssl"):
    if not shutil.which(program):
        print(f"no {program} found: install {program}")
        sys.exit(77)
support.main()
