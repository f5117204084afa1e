"""The token endpoint by TLS: its certificate has to be trusted and to name the host."""
import os
import shutil
import ssl
import subprocess
import sys
import unittest

import service
import proxy  # which service.py finds


class Tls(service.Case):
    def setUp(self):
        super().setUp()
        self.service.stop()
        self.use("localhost")

    def use(self, name):
        path = os.path.join(self.home, name)
        subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2",
                        "-subj", f"/CN={name}", "-addext", f"subjectAltName=DNS:{name}",
                        "-keyout", path + ".key", "-out", path + ".pem"],
                       check=True, capture_output=True)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(path + ".pem", path + ".key")
        self.service = service.Service(context)
        self.authority = path + ".pem"

    def test_trusted(self):
        out = self.call("oauth", ETSOAP_CA_FILE=self.authority)
        self.assertEqual(out, ["ok", f"endpoint {self.service.base}/Service.asmx"])
        self.assertTrue(self.service.base.startswith("https://"))

    def test_not_trusted(self):
        self.assertRegex(self.call("oauth")[0], "^E_TLS 0 no trusted connection to .*/v2/token")
        self.assertEqual(self.service.token_requests, [])

    def test_for_another_host(self):
        self.service.stop()
        self.use("other.example")
        self.assertRegex(self.call("oauth", ETSOAP_CA_FILE=self.authority)[0], "^E_TLS 0 ")
        self.assertEqual(self.service.token_requests, [])

    def test_by_proxy(self):
        self.service.stop()
        self.use("auth.example")
        port = self.service.port
        self.service.base = f"https://auth.example:{port}"
        with proxy.Proxy(port, "me", "pr0xy-secret") as way:
            known = {"ETSOAP_CA_FILE": self.authority, "ETSOAP_AUTH_URL": self.service.base}
            to = f"http://me:pr0xy-secret@127.0.0.1:{way.port}"
            self.assertEqual(self.call("oauth", ETSOAP_PROXY=to, **known)[0], "ok")
            self.assertIn(f"auth.example:{port}", str(way.asked))
            wrong = f"http://me:wr0ng-secret@127.0.0.1:{way.port}"
            out = self.call("oauth", "no-cache", ETSOAP_PROXY=wrong, **known)[0]
            self.assertRegex(out, "^E_HTTP 407 the proxy .* wants credentials")
            self.assertNotIn("wr0ng-secret", out)
        self.assertEqual(len(self.service.token_requests), 1)

    def test_loopback_goes_direct(self):
        out = self.call("oauth", ETSOAP_CA_FILE=self.authority,
                        ETSOAP_PROXY="http://127.0.0.1:1")
        self.assertEqual(out[0], "ok")


if __name__ == "__main__":
    if not shutil.which("openssl"):
        print("skipped: no openssl to make certificates with")
        sys.exit(77)
    service.main()
