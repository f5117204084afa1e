"""`etwsdl fetch` against servers on loopback."""
import argparse
import datetime
import hashlib
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

import pages
from contract import Contract

OPTIONS = argparse.Namespace()


class Fetch(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.holder = tempfile.TemporaryDirectory(prefix="etwsdl-fetch-")
        cls.path = pathlib.Path(cls.holder.name)
        cls.certificate = pages.certificate(cls.path) if shutil.which("openssl") else None
        wsdl = pathlib.Path(OPTIONS.wsdl)
        cls.schema = (wsdl.parent / "ETFrameworkFault.xsd").read_bytes()
        cls.text = Contract(wsdl).text().decode()  # in the dress that the tests know

    @classmethod
    def tearDownClass(cls):
        cls.holder.cleanup()

    def serve(self, table, **options):
        started = pages.Site(table, **options)
        self.addCleanup(started.stop)
        return started

    def contract(self, location, encoding="utf-8"):
        text, count = re.subn(r'schemaLocation="[^"]*"', f'schemaLocation="{location}"', self.text)
        self.assertEqual(count, 1)
        return text.encode(encoding)

    def fetch(self, address, *options, out="new", **environment):
        kept = {name: value for name, value in os.environ.items()
                if not name.lower().endswith("_proxy")}
        shutil.rmtree(self.path / "new", ignore_errors=True)
        return subprocess.run([OPTIONS.etwsdl, "fetch", address, "-o", str(self.path / out),
                               *options], capture_output=True, text=True, timeout=60,
                              env={**kept, **environment})

    def fetched(self, name):
        return (self.path / "new" / name).read_bytes()

    def same_as_ours(self, name="etframework.wsdl"):
        done = subprocess.run([OPTIONS.etwsdl, "diff", OPTIONS.wsdl, self.path / "new" / name],
                              capture_output=True, text=True, timeout=60)
        self.assertEqual((done.returncode, done.stderr), (0, ""), done.stdout)

    def fails(self, done, *words):
        self.assertEqual((done.returncode, done.stdout), (1, ""), done.stderr)
        self.assertFalse((self.path / "new").exists(), "nothing is written")
        self.assertEqual(done.stderr.count("\n"), 1, done.stderr)
        for word in words:
            self.assertIn(word, done.stderr)

    def test_imports_are_made_local_and_bytes_kept(self):
        started = self.serve({})
        for location in ("ETFrameworkFault.xsd", "../x/ETFrameworkFault.xsd",
                         f"{started.address}/x/ETFrameworkFault.xsd", "?part=1"):
            with self.subTest(location):
                original = self.contract(location)
                started.pages = {"/x/etframework.wsdl": original,
                                 "/x/ETFrameworkFault.xsd": self.schema,
                                 "/x/etframework.wsdl?part=1": self.schema}
                done = self.fetch(started.address + "/x/etframework.wsdl")
                self.assertEqual(done.returncode, 0, done.stderr)
                self.assertEqual(self.fetched("original/etframework.wsdl"), original)
                local = re.search(rb'schemaLocation="([^"]*)"', self.fetched("etframework.wsdl"))
                self.assertNotIn(b"/", local[1])
                self.assertEqual(self.fetched("original/" + local[1].decode()), self.schema)
                self.same_as_ours()

    def test_digest_and_date(self):
        original = self.contract("ETFrameworkFault.xsd")
        started = self.serve({"/etframework.wsdl": original, "/ETFrameworkFault.xsd": self.schema})
        self.fetch(started.address + "/etframework.wsdl")
        sums = dict(line.split("  ")[::-1]
                    for line in self.fetched("original/SHA256SUMS").decode().splitlines())
        self.assertEqual(sums, {"etframework.wsdl": hashlib.sha256(original).hexdigest(),
                                "ETFrameworkFault.xsd": hashlib.sha256(self.schema).hexdigest()})
        origin = self.fetched("original/ORIGIN").decode()
        date = datetime.datetime.strptime(origin.splitlines()[0], "fetched %Y-%m-%dT%H:%M:%SZ")
        age = datetime.datetime.utcnow() - date
        self.assertLess(abs(age.total_seconds()), 120)
        self.assertIn(f"etframework.wsdl {sums['etframework.wsdl']} {started.address}", origin)

    def test_utf16_is_kept_and_copied_as_utf8(self):
        text = self.contract("ETFrameworkFault.xsd").decode().replace("UTF-8", "UTF-16")
        original = text.encode("utf-16")
        started = self.serve({"/etframework.wsdl": original, "/ETFrameworkFault.xsd": self.schema})
        self.assertEqual(self.fetch(started.address + "/etframework.wsdl").returncode, 0)
        self.assertEqual(self.fetched("original/etframework.wsdl"), original)
        self.assertIn('encoding="UTF-8"', self.fetched("etframework.wsdl").decode("utf-8"))
        self.same_as_ours()

    def test_other_bytes_stay(self):
        original = self.contract("http://127.0.0.1/x/ETFrameworkFault.xsd")
        original = original.replace(b"\n", b"\r\n")
        started = self.serve({"/etframework.wsdl": original.replace(
            b"http://127.0.0.1/x/", b"sub/"), "/sub/ETFrameworkFault.xsd": self.schema})
        self.fetch(started.address + "/etframework.wsdl")
        self.assertEqual(self.fetched("etframework.wsdl"),
                         original.replace(b"http://127.0.0.1/x/", b"").replace(b"\r\n", b"\n"))

    def test_a_name_for_every_import(self):
        """Two documents of one name, a name that leaves the folder, an import of an import."""
        part = ('<xsd:schema xmlns:xsd="http://www.w3.org/2001/XMLSchema" '
                'targetNamespace="urn:{0}">{1}<xsd:complexType name="T"/></xsd:schema>')
        nested = ('<xsd:import namespace="urn:c" schemaLocation="../../c/..%2f..%2fx.xsd"/>')
        imports = ('<xsd:import namespace="urn:a" schemaLocation="a/part.xsd"/>'
                   '<xsd:import namespace="urn:b" schemaLocation="b/part.xsd"/>')
        contract = self.contract("ETFrameworkFault.xsd").decode().replace(
            "<xsd:import ", imports + "<xsd:import ", 1)
        started = self.serve({"/w/etframework.wsdl": contract.encode(),
                              "/w/ETFrameworkFault.xsd": self.schema,
                              "/w/a/part.xsd": part.format("a", nested).encode(),
                              "/w/b/part.xsd": part.format("b", "").encode(),
                              "/c/..%2f..%2fx.xsd": part.format("c", "").encode()})
        done = self.fetch(started.address + "/w/etframework.wsdl")
        self.assertEqual(done.returncode, 0, done.stderr)
        names = sorted(path.name for path in (self.path / "new").iterdir() if path.is_file())
        self.assertEqual(len(names), 5)
        self.assertIn("part-2.xsd", names)
        done = subprocess.run([OPTIONS.etwsdl, "surface", self.path / "new" / "etframework.wsdl"],
                              capture_output=True, text=True)
        for ns in "abc":
            self.assertIn("type {urn:%s}T\n" % ns, done.stdout)

    def test_redirects(self):
        good = {"/ETFrameworkFault.xsd": self.schema,
                "/new/etframework.wsdl": self.contract("../ETFrameworkFault.xsd")}
        started = self.serve({**good, "/5": ("redirect", "/new/etframework.wsdl")})
        for i in range(5):
            started.pages[f"/{i}"] = ("redirect", f"/{i + 1}")
        self.assertEqual(self.fetch(started.address + "/1").returncode, 0)
        self.same_as_ours()
        self.fails(self.fetch(started.address + "/0"), "more than 5 redirects")
        started.pages["/loop"] = ("redirect", "/loop")
        self.fails(self.fetch(started.address + "/loop"), "more than 5 redirects")
        started.pages["/file"] = ("redirect", "file:///etc/passwd")
        self.fails(self.fetch(started.address + "/file"), "cannot fetch")

    def test_https(self):
        if not self.certificate:
            self.skipTest("openssl is not installed")
        started = self.serve({"/etframework.wsdl": self.contract("ETFrameworkFault.xsd"),
                              "/ETFrameworkFault.xsd": self.schema}, certificate=self.certificate)
        address = started.address + "/etframework.wsdl"
        trust = ("--ca-file", str(self.path / "ca.pem"))
        self.fails(self.fetch(address), "certificate")
        self.assertEqual(started.asked, [], "nothing was asked of an unknown server")
        self.assertEqual(self.fetch(address, *trust).returncode, 0)
        self.same_as_ours()
        self.fails(self.fetch(address.replace("127.0.0.1", "localhost"), *trust), "cannot fetch")
        plain = self.serve({"/etframework.wsdl": self.contract("ETFrameworkFault.xsd")})
        started.pages["/down"] = ("redirect", plain.address + "/etframework.wsdl")
        self.fails(self.fetch(started.address + "/down", *trust), "not HTTPS")
        self.assertEqual(plain.asked, [])
        part = started.address.replace("https", "http") + "/ETFrameworkFault.xsd"
        started.pages["/etframework.wsdl"] = self.contract(part)
        self.assertEqual(self.fetch(address, *trust).returncode, 0, "asked for over HTTPS")

    def test_proxy(self):
        proxy = pages.Proxy()
        self.addCleanup(proxy.stop)
        started = self.serve({"/etframework.wsdl": self.contract("ETFrameworkFault.xsd"),
                              "/ETFrameworkFault.xsd": self.schema})
        address = started.address + "/etframework.wsdl"
        for way in ({"options": ("--proxy", proxy.address)}, {"http_proxy": proxy.address}):
            proxy.requests.clear()
            done = self.fetch(address, *way.pop("options", ()), **way)
            self.assertEqual(done.returncode, 0, done.stderr)
            self.assertEqual(len(proxy.asked), 2)
        proxy.requests.clear()
        self.fetch(address, http_proxy=proxy.address, no_proxy="127.0.0.1")
        self.assertEqual(proxy.asked, [])

    def test_failures(self):
        started = self.serve({"/403": 403, "/500": 500, "/206": 206,
                              "/html": b"<html><body></html>", "/large": b" " * (17 << 20),
                              "/no-import": self.contract("gone.xsd"),
                              "/ftp": self.contract("ftp://127.0.0.1/x.xsd"),
                              "/file": self.contract("file:///etc/passwd"),
                              "/bomb": b"<!DOCTYPE a [<!ENTITY b 'c'>]><a/>"})
        self.fails(self.fetch(started.address + "/404"), "/404: not found (404)")
        self.fails(self.fetch(started.address + "/403"), "refused (403)")
        self.fails(self.fetch(started.address + "/500"), "500")
        self.fails(self.fetch(started.address + "/206"), "without the document (206)")
        self.fails(self.fetch(started.address + "/html"), "this is a web page, not a contract")
        self.fails(self.fetch(started.address + "/large"), "larger than any contract")
        self.fails(self.fetch(started.address + "/no-import"), "gone.xsd: not found (404)")
        self.fails(self.fetch(started.address + "/ftp"), "ftp://127.0.0.1/x.xsd")
        self.fails(self.fetch(started.address + "/file"), "file:///etc/passwd")
        self.fails(self.fetch(started.address + "/bomb"), "DOCTYPE")
        self.fails(self.fetch(f"http://127.0.0.1:{pages.free_port()}/x.wsdl"), "cannot fetch")

    def test_usage(self):
        for address in ("ftp://127.0.0.1/x", "file:///etc/passwd", "x.wsdl",
                        "http://me:secret@127.0.0.1/x.wsdl"):
            done = self.fetch(address)
            self.assertEqual(done.returncode, 2)
            self.assertNotIn("secret", done.stderr)
        done = subprocess.run([OPTIONS.etwsdl, "fetch", "http://127.0.0.1/"], capture_output=True)
        self.assertEqual(done.returncode, 2)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--etwsdl", required=True)
    parser.add_argument("--wsdl", required=True)
    parser.parse_args(namespace=OPTIONS)
    unittest.main(argv=sys.argv[:1])
