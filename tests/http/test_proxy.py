"""Proxies of each kind: what they are told, whom they are not asked for, and what they refuse."""

import time

import support
import certificates
from proxy import Proxy
from server import Server, answer, context

HOST = "acct.soap.example.test"
NAMES = [f"DNS:{HOST}", "IP:192.0.2.7", "IP:127.0.0.1"]
SECRET = "s3cret/of:the@proxy"


class ByProxy(support.Case):
    @classmethod
    def setUpClass(cls):
        import tempfile
        cls.scratch = tempfile.TemporaryDirectory(prefix="etsoap-proxy-")
        cls.authority = certificates.Authority(cls.scratch.name + "/authority")
        leaf = cls.authority.leaf("x", NAMES)
        cls.tls = context(leaf, cls.authority.key)

    @classmethod
    def tearDownClass(cls):
        cls.scratch.cleanup()

    def setUp(self):
        super().setUp()
        self.server = Server(otherwise=answer(b"<a/>"), tls=self.tls)
        self.addCleanup(self.server.stop)

    def ask(self, proxy, url=f"https://{HOST}/Service.asmx", scheme="http", more=(), login="",
            **options):
        return self.one("--body", "password", *more, url, ca_file=self.authority.root,
                        proxy=f"{scheme}://{login}127.0.0.1:{proxy.port}", **options)

    def test_http(self):
        with Proxy(self.server.port) as proxy:
            self.assertEqual(self.ask(proxy).name, "OK")
            self.assertEqual(self.ask(proxy, f"https://{HOST}:8443/x").name, "OK")
        self.assertEqual(proxy.asked, [f"{HOST}:443", f"{HOST}:8443"])
        self.assertNotIn(b"password", b"".join(proxy.heads))
        self.assertEqual(self.server.requests[1].headers["host"], f"{HOST}:8443")

    def test_http_without_a_scheme(self):
        with Proxy(self.server.port) as proxy:
            self.assertEqual(self.one(f"https://{HOST}/", ca_file=self.authority.root,
                                      proxy=f"127.0.0.1:{proxy.port}").name, "OK")

    def test_https(self):
        with Proxy(self.server.port, tls=self.tls) as proxy:
            self.assertEqual(self.ask(proxy, scheme="https").name, "OK")
            self.assertEqual(proxy.asked, [f"{HOST}:443"])
        other = certificates.Authority(self.folder / "other")
        bad = context(other.leaf("x", NAMES), other.key)
        with Proxy(self.server.port, tls=bad) as proxy:
            outcome = self.ask(proxy, scheme="https")
            self.fails(outcome, "E_TLS", f"no trusted connection to https://127.0.0.1:{proxy.port}")
            self.assertEqual(proxy.asked, [])

    def test_socks(self):
        for scheme, url in (("socks4a", f"https://{HOST}/"), ("socks5h", f"https://{HOST}/"),
                            ("socks4", "https://192.0.2.7/"), ("socks5", "https://192.0.2.7/")):
            with self.subTest(scheme), Proxy(self.server.port) as proxy:
                outcome = self.ask(proxy, url, scheme)
                self.assertEqual(outcome.name, "OK", outcome)
                self.assertEqual(proxy.asked, [url[8:-1] + ":443"])

    def test_credentials(self):
        for scheme in ("http", "socks5h"):
            with self.subTest(scheme), Proxy(self.server.port, "user", SECRET) as proxy:
                quoted = SECRET.replace("/", "%2F").replace(":", "%3A").replace("@", "%40")
                outcome = self.ask(proxy, scheme=scheme, login=f"user:{quoted}@")
                self.assertEqual(outcome.name, "OK", outcome)

    def test_wrong_credentials(self):
        with Proxy(self.server.port, "user", SECRET) as proxy:
            for login in ("", "user:wrong-secret@"):
                outcome = self.ask(proxy, login=login)
                self.fails(outcome, "E_HTTP", f"the proxy http://127.0.0.1:{proxy.port} makes no "
                           f"connection to https://{HOST}", "HTTP 407; the proxy wants credentials")
                self.assertEqual(outcome.status, 407)
                self.assertNotIn("wrong-secret", outcome.message)
            outcome = self.ask(proxy, scheme="socks5h", login="user:wrong@")
            self.fails(outcome, "E_CONNECT", "the proxy socks5h://")
        self.assertEqual(self.server.requests, [])

    def test_refusals(self):
        for status, name in ((403, "E_HTTP"), (502, "E_CONNECT"), (503, "E_CONNECT")):
            refuse = b"HTTP/1.1 %d No\r\nContent-Length: 0\r\n\r\n" % status
            with Proxy(self.server.port, refuse=refuse) as proxy:
                outcome = self.ask(proxy)
                self.fails(outcome, name, "the proxy http://", f"HTTP {status}")
                self.assertFalse(outcome.sent)
        with Proxy(self.server.port, refuse=5) as proxy:
            self.fails(self.ask(proxy, scheme="socks5h"), "E_CONNECT", "the proxy socks5h://")
        with Proxy(self.server.port, refuse=91) as proxy:
            self.fails(self.ask(proxy, scheme="socks4a"), "E_CONNECT", "the proxy socks4a://")

    def test_a_refusal_without_an_end(self):
        for head, flood in ((b"Content-Length: 99999999999999\r\n\r\n", b"x" * 65536),
                            (b"Transfer-Encoding: chunked\r\n\r\n", b"5\r\nabcde\r\n" * 9999)):
            refuse = b"HTTP/1.1 407 No\r\nProxy-Authenticate: Basic realm=\"x\"\r\n" + head
            with Proxy(self.server.port, refuse=refuse, flood=flood) as proxy:
                began = time.monotonic()
                self.fails(self.ask(proxy, connect_timeout=700), "E_CONNECT", "through the proxy",
                           "the proxy made no connection within 0.7 s")
                self.fails(self.ask(proxy, more=("--abort-after", 300)), "E_ABORTED")
                self.assertLess(time.monotonic() - began, 8)

    def test_no_proxy_there(self):
        with Proxy(self.server.port, silent=True) as proxy:
            self.fails(self.ask(proxy, connect_timeout=500), "E_CONNECT", "through the proxy",
                       "the proxy made no connection within 0.5 s")
        with Proxy(self.server.port) as proxy:
            pass
        self.fails(self.ask(proxy), "E_CONNECT", "through the proxy http://", "refused")
        self.fails(self.one(f"https://{HOST}/", proxy="http://no-such-host.invalid:1"),
                   "E_CONNECT", "the proxy's host name is not known")

    def test_loopback_goes_direct(self):
        """Credentials of a test endpoint do not go to a proxy."""
        with Proxy(1) as proxy, Server(otherwise=answer(b"<a/>")) as plain:
            urls = [plain.url, plain.url.replace("127.0.0.1", "localhost"), self.server.url]
            for url in urls:
                self.assertEqual(self.ask(proxy, url).name, "OK")
            self.assertEqual((proxy.asked, proxy.plain), ([], []))

    def test_http_never_goes_through_a_proxy(self):
        with Proxy(self.server.port) as proxy:
            outcome = self.ask(proxy, f"http://{HOST}/")
            self.fails(outcome, "E_USAGE", "would send the credentials readable")
            self.assertEqual((proxy.asked, proxy.plain), ([], []))

    def test_no_proxy(self):
        names = {"list": f"other.test,{HOST}", "domain": ".example.test", "all": "*"}
        with Proxy(self.server.port) as proxy:
            for what, text in names.items():
                for options in ({"no_proxy": text}, {"environment": {"NO_PROXY": text}}):
                    with self.subTest(what):
                        self.fails(self.ask(proxy, **options), "E_CONNECT", "the host name is not")
            self.assertEqual(proxy.asked, [])
            outcome = self.ask(proxy, environment={"NO_PROXY": "other.test,soap.test"})
            self.assertEqual(outcome.name, "OK")

    def test_the_environment_names_no_proxy(self):
        """A proxy is one that was set."""
        with Proxy(self.server.port) as proxy:
            url = f"http://127.0.0.1:{proxy.port}"
            outcome = self.one(f"https://{HOST}/", environment={"https_proxy": url,
                                                                "ALL_PROXY": url})
            self.fails(outcome, "E_CONNECT", "the host name is not known")
            self.assertEqual(proxy.asked, [])

    def test_addresses_that_are_none(self):
        import subprocess
        for proxy in ("http://", "http://host", "ftp://host:1", "http://:3128", "host:port",
                      "http://user:pass-word@:1", "socks6://host:1"):
            done = subprocess.run(self.command("http://127.0.0.1:1/", proxy=proxy), text=True,
                                  capture_output=True, timeout=30)
            self.assertTrue(done.returncode == 1 and
                            done.stdout.startswith("E_USAGE: the proxy is no address: expected"),
                            f"{proxy}: {done.stdout}")
            self.assertNotIn("pass-word", done.stdout)

    def test_a_tunnel_is_kept(self):
        with Proxy(self.server.port) as proxy:
            outcomes = self.run_probe("--times", 4, f"https://{HOST}/",
                                      ca_file=self.authority.root,
                                      proxy=f"http://127.0.0.1:{proxy.port}")
            self.assertEqual([one.name for one in outcomes], ["OK"] * 4)
            self.assertEqual(len(proxy.asked), 1)


if not certificates.available():
    print("no openssl found: install openssl")
    raise SystemExit(77)
support.main()
