"""`etwsdl watch` against a server on loopback that knows ETag and If-Modified-Since."""
import argparse
import gzip
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest
import zlib

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent / "harness"))
from server import CLOSE, Server, answer  # noqa: E402

OPTIONS = argparse.Namespace()
DATE = "Mon, 02 Nov 2026 08:00:00 GMT"


class Site(Server):
    """Pages with an entity tag, or with a date where there is none."""

    def __init__(self):
        self.pages, self.tags, self.answers = {}, True, []
        super().__init__(otherwise=self.page)
        self.address = self.url.replace("/Service.asmx", "/etframework.wsdl")

    def page(self, request):
        body = self.pages.get(request.path)
        tag = f'"{hash(body):x}"'
        known = (request.headers.get("if-none-match") == tag if self.tags
                 else request.headers.get("if-modified-since") == DATE)
        self.answers.append(404 if body is None else 304 if known else 200)
        if body is None:
            return answer(status=404, content_type=None)
        mark = f"ETag: {tag}" if self.tags else f"Last-Modified: {DATE}"
        return answer(b"" if known else body, self.answers[-1], [mark], length=not known,
                      content_type=None)


class Watch(unittest.TestCase):
    def setUp(self):
        holder = tempfile.TemporaryDirectory(prefix="etwsdl-watch-")
        self.addCleanup(holder.cleanup)
        self.path = pathlib.Path(holder.name)
        self.tree = self.path / "tree"
        shutil.copytree(pathlib.Path(OPTIONS.wsdl).parent, self.tree / "wsdl")
        self.server = Site()
        self.addCleanup(self.server.stop)
        self.text = (self.tree / "wsdl/etframework.wsdl").read_bytes()
        self.server.pages["/etframework.wsdl"] = self.text
        self.server.pages["/ETFrameworkFault.xsd"] = (
            self.tree / "wsdl/ETFrameworkFault.xsd").read_bytes()

    def watch(self, *options, state=True, **environment):
        kept = {name: value for name, value in os.environ.items()
                if not name.lower().endswith("_proxy") and not name.startswith("XDG_")}
        where = ["--state", self.path / "state"] if state else []
        return subprocess.run([OPTIONS.etwsdl, "watch", self.server.address, "--tree", self.tree,
                               *where, *options], capture_output=True, text=True, timeout=60,
                              env={**kept, **environment})

    def change(self, added="PreHeader", renamed=False):
        """A field in front of each PreviewURL, or another name for it, in whatever dress."""
        def changed(tag):
            if renamed:
                return tag[0].replace(b"PreviewURL", added.encode())
            prefix, name = tag[1] or b"", added.encode()
            return (b'<%selement name="%s" type="%sstring" minOccurs="0"/>' % (prefix, name, prefix)
                    + tag[0])
        text, count = re.subn(rb"""<(\w+:)?element\b[^>]*\bname=["']PreviewURL["']""", changed,
                              self.text)
        self.assertGreater(count, 0)
        self.server.pages["/etframework.wsdl"] = text

    def test_one_line_when_nothing_has_changed(self):
        done = self.watch()
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        self.assertEqual(done.stdout.count("\n"), 1)
        self.assertIn(f"{self.server.address}: nothing has changed", done.stdout)

    def test_only_what_has_changed_is_transferred(self):
        for tags in (True, False):
            with self.subTest(tags=tags):
                self.server.tags, self.server.answers = tags, []
                shutil.rmtree(self.path / "state", ignore_errors=True)
                first = self.watch()
                self.assertEqual(self.server.answers, [200, 200])
                again = self.watch()
                self.assertEqual(self.server.answers, [200, 200, 304, 304])
                self.assertEqual((again.returncode, again.stdout), (0, first.stdout))

    def test_the_report_and_its_exit_code(self):
        self.watch()
        self.change()
        for _ in range(2):  # the second time from what was kept
            done = self.watch()
            self.assertEqual((done.returncode, done.stderr), (1, ""))
            words = [self.server.address, "Compatible: 2 changes", "Effect on src/: none",
                     "+ field ListSend.PreHeader"]
            places = [done.stdout.find(word) for word in words]
            self.assertNotIn(-1, places, done.stdout)
            self.assertEqual(places, sorted(places))
        self.assertEqual(self.server.answers[-2:], [304, 304])
        self.change(renamed=True)
        self.assertEqual(self.watch().returncode, 2)

    def test_the_effect_of_what_the_bindings_refuse(self):
        self.change("EOF", renamed=True)
        said = self.watch().stdout
        self.assertNotIn("Effect on src/: none", said)
        effect = said.partition("Effect on src/:")[2].partition("\n\n")[0]
        self.assertIn("  Send.EOF: EOF is a macro of the C library, no member can be called so (",
                      effect)
        self.assertIn("  without: Send.PreviewURL is not retrieved", effect)

    def test_notify_gets_it_once_for_each_contract(self):
        out = self.path / "mail"
        command = f"cat >> {out}"
        self.assertEqual(self.watch("--notify", command).returncode, 0)
        self.assertFalse(out.exists())
        self.change()
        reports = [self.watch("--notify", command).stdout for _ in range(3)]
        self.assertEqual(out.read_text(), reports[0])
        self.change("Other")
        reports.append(self.watch("--notify", command).stdout)
        self.assertEqual(out.read_text(), reports[0] + reports[3])

    def test_notify_hears_of_an_import(self):
        out = self.path / "mail"
        command = f"cat >> {out}"
        self.change()
        self.watch("--notify", command)
        before = out.read_text()
        schema = self.server.pages["/ETFrameworkFault.xsd"]
        changed = re.sub(rb"""(<[^<>]*\bname=["']LogID["'][^<>]*/>)""", rb"", schema)
        self.assertNotEqual(changed, schema)
        self.server.pages["/ETFrameworkFault.xsd"] = changed
        said = self.watch("--notify", command).stdout
        self.assertIn("APIFault.LogID", said)
        self.assertEqual(out.read_text(), before + said)

    def test_notify_hears_of_a_change_back(self):
        out = self.path / "mail"
        command = f"cat >> {out}"
        self.change()
        first = self.watch("--notify", command).stdout
        changed, self.server.pages["/etframework.wsdl"] = (
            self.server.pages["/etframework.wsdl"], self.text)
        for _ in range(2):
            back = self.watch("--notify", command)
            self.assertEqual((back.returncode, back.stdout.count("\n")), (0, 1))
        self.assertEqual(out.read_text(), first + back.stdout)
        self.server.pages["/etframework.wsdl"] = changed
        self.assertEqual(self.watch("--notify", command).returncode, 1)
        self.assertEqual(out.read_text(), first + back.stdout + first)

    def test_an_answer_that_nobody_asked_for(self):
        self.server.page = lambda request: answer(status=304, content_type=None)
        self.server.otherwise = self.server.page
        done = self.watch()
        self.assertEqual((done.returncode, done.stdout), (3, ""))
        self.assertIn("the server says that it has not changed, which it was not asked (304)",
                      done.stderr)

    def served(self, body=lambda body: body, status=200, *headers):
        self.server.otherwise = lambda request: answer(
            body(self.server.pages[request.path]), status, headers, content_type=None)

    def test_an_answer_that_is_not_the_document(self):
        """The whole contract, with a status that says it is something else."""
        for status in (201, 202, 206, 300, 301, 305):
            with self.subTest(status):
                self.served(status=status)
                done = self.watch()
                self.assertEqual((done.returncode, done.stdout), (3, ""))
                self.assertIn(f"the server answers without the document ({status})", done.stderr)
        self.served(lambda body: b"", 204)
        self.assertIn("without the document (204)", self.watch().stderr)
        self.assertEqual([path for path in self.path.glob("state/**/*") if path.is_file()], [])
        self.served(status=203)
        self.assertEqual(self.watch().returncode, 0, "what a proxy changed")

    def test_what_was_compressed_unasked(self):
        for pack, name in ((gzip.compress, "gzip"), (zlib.compress, "deflate")):
            with self.subTest(name):
                self.served(pack, 200, f"Content-Encoding: {name}")
                done = self.watch()
                self.assertEqual((done.returncode, done.stderr), (0, ""))
                self.assertIn("nothing has changed", done.stdout)
        self.assertEqual(self.server.requests[-1].headers["accept-encoding"], "identity")
        self.served(lambda body: gzip.compress(b" " * (17 << 20)), 200, "Content-Encoding: gzip")
        done = self.watch()
        self.assertEqual(done.returncode, 3)
        self.assertIn("larger than any contract", done.stderr)
        self.served(lambda body: body, 200, "Content-Encoding: shrunk")
        self.assertEqual(self.watch().returncode, 3)

    def test_notify_that_fails_is_tried_again(self):
        self.change()
        done = self.watch("--notify", "exit 4")
        self.assertEqual(done.returncode, 3)
        self.assertIn("the command failed: exit 4", done.stderr)
        self.assertIn("+ field ListSend.PreHeader", done.stdout)
        out = self.path / "mail"
        self.assertEqual(self.watch("--notify", f"cat > {out}").returncode, 1)
        self.assertTrue(out.read_text())
        self.change("A")
        done = self.watch("--notify", "true")
        self.assertEqual((done.returncode, done.stderr), (1, ""), "it need not read")

    def test_errors(self):
        del self.server.pages["/ETFrameworkFault.xsd"]
        done = self.watch()
        self.assertEqual((done.returncode, done.stdout), (3, ""))
        self.assertIn("not found (404)", done.stderr)
        self.server.pages["/etframework.wsdl"] = b"<!DOCTYPE html><html><body>Log in"
        done = self.watch()
        self.assertEqual(done.returncode, 3)
        self.assertIn("this is a web page, not a contract", done.stderr)
        done = self.watch("--tree", self.path)
        self.assertEqual(done.returncode, 3)
        self.assertEqual(self.watch(state=False, HOME="").returncode, 3)

    def test_a_bad_download_is_not_kept(self):
        """Cut off, or a page to log in: with the tag of the contract, which is asked for again."""
        good = self.server.page

        def bad(request):
            if request.headers.get("if-none-match") == '"a"':
                return answer(b"", 304, ['ETag: "a"'], length=False, content_type=None)
            return [answer(self.said, 200, ['ETag: "a"'], length=False, content_type=None), CLOSE]

        self.assertEqual(self.watch().returncode, 0)
        for self.said in (self.text[:len(self.text) // 2],
                          b"<html><head><title>Log in</title></head><body/></html>"):
            self.server.otherwise = bad
            self.assertEqual(self.watch().returncode, 3)

            def whole(request):
                tag = request.headers.get("if-none-match")
                return (answer(b"", 304, ['ETag: "a"'], length=False, content_type=None)
                        if tag == '"a"' else good(request))
            self.server.otherwise = whole
            done = self.watch()
            self.assertEqual((done.returncode, done.stderr), (0, ""))

    def test_a_kept_copy_that_cannot_be_read_is_asked_for_again(self):
        self.assertEqual(self.watch().returncode, 0)
        for path in (self.path / "state").glob("*/" + "[0-9a-f]" * 64):
            path.write_bytes(path.read_bytes()[:-100])
        self.server.answers = []
        done = self.watch()
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        self.assertIn("nothing has changed", done.stdout)
        self.assertEqual(self.server.answers, [304, 200, 200])

    def test_where_state_is_kept(self):
        for name, folder in (("XDG_STATE_HOME", "etsoap/watch"),
                             ("HOME", ".local/state/etsoap/watch")):
            with self.subTest(name):
                home = self.path / name
                home.mkdir()
                self.assertEqual(self.watch(state=False, **{name: str(home)}).returncode, 0)
                kept = list((home / folder).iterdir())
                self.assertEqual(len(kept), 1)
                self.assertTrue((kept[0] / "contract/etframework.wsdl").is_file())


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--etwsdl", required=True)
    parser.add_argument("--wsdl", required=True)
    parser.parse_args(namespace=OPTIONS)
    unittest.main(argv=sys.argv[:1])
