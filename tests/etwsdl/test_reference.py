"""`etwsdl reference`: a page for each type, links that lead somewhere, and a search that works from
the file system, tried in a browser where there is one."""
import argparse
import html.parser
import json
import shutil
import subprocess
import sys
import unittest
import urllib.parse

from contract import Contract, Folder

OPTIONS = argparse.Namespace()


class Page(html.parser.HTMLParser):
    def __init__(self, path):
        super().__init__()
        self.links, self.ids, self.rows, self.text, self.cell = [], set(), [], "", None
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag, attributes):
        found = dict(attributes)
        if tag == "a":
            self.links.append(found["href"])
        if "id" in found:
            self.ids.add(found["id"])
        if tag == "tr":
            self.rows.append([])
        if tag in ("td", "th"):
            self.rows[-1].append("")
            self.cell = True

    def handle_endtag(self, tag):
        if tag in ("td", "th"):
            self.cell = None

    def handle_data(self, data):
        self.text += data
        if self.cell:
            self.rows[-1][-1] += data


class Reference(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = Folder(OPTIONS.etwsdl, OPTIONS.wsdl)
        cls.out = cls.folder.path / "reference"
        cls.done = cls.folder.run("reference", cls.folder.original, "-o", cls.out)
        cls.contract = Contract(OPTIONS.wsdl)
        cls.pages = {path.stem: Page(path) for path in cls.out.glob("*.html")}

    @classmethod
    def tearDownClass(cls):
        cls.folder.close()

    def test_a_page_for_each_type(self):
        self.assertEqual((self.done.returncode, self.done.stdout), (0, ""))
        self.assertIn(f"index.html: {len(self.pages)} pages", self.done.stderr)
        enums = {name for name, node in self.contract.simple.items()
                 if node.getElementsByTagName("xsd:enumeration")
                 or node.getElementsByTagNameNS("http://www.w3.org/2001/XMLSchema", "enumeration")}
        for name in (set(self.contract.complex) | enums):
            self.assertIn(name, self.pages)
            self.assertIn(f"{name}.html", self.pages["index"].links)

    def test_each_link_leads_somewhere(self):
        for name, page in self.pages.items():
            for link in page.links:
                path, _, anchor = urllib.parse.unquote(link).partition("#")
                self.assertTrue((self.out / path).is_file(), f"{name}: {link}")
                if anchor:
                    self.assertIn(anchor, self.pages[path.removesuffix(".html")].ids)

    def row(self, type_name, field):
        return next(row for row in self.pages[type_name].rows if row and row[0].startswith(field))

    def test_what_a_page_says(self):
        send = self.pages["Send"]
        self.assertIn("in C struct et__Send", send.text)
        self.assertIn("APIObject.html", send.links)
        self.assertEqual(self.row("Send", "EmailName")[:7],
                         ["EmailName", "xsd:string", "0..1", "no", "yes", "yes", "EmailName"])
        self.assertEqual(self.row("Send", "Email")[1:6], ["Email", "0..1", "no", "yes", "no"])
        self.assertEqual(self.row("Send", "PartnerKey")[3], "yes")
        self.assertEqual(self.row("RetrieveRequest", "Properties")[2], "0..*")
        self.assertIn("RetrieveRequest.Filter", self.pages["FilterPart"].text)
        self.assertIn("request of Retrieve", self.pages["RetrieveRequestMsg"].text)
        self.assertIn("et__SimpleOperators__like", self.pages["SimpleOperators"].text)
        documented = [node for node in self.contract.doc.getElementsByTagNameNS("*",
                                                                                "documentation")]
        said = sum(" ".join(node.firstChild.data.split()) in page.text
                   for node in documented[:40] if node.firstChild
                   for page in self.pages.values())
        self.assertGreater(said, 20 if documented else -1)

    def entries(self):
        text = (self.out / "entries.js").read_text()
        return json.loads(text[text.index("["):].rstrip().rstrip(";").replace(",\n]", "\n]"))

    def test_what_can_be_searched(self):
        entries = {entry[0]: entry for entry in self.entries()}
        self.assertEqual(entries["Send.EmailName"][1:3], ["xsd:string", "Send.html#EmailName"])
        self.assertEqual(entries["SimpleOperators.like"][2], "SimpleOperators.html")
        for entry in entries.values():
            self.assertTrue((self.out / urllib.parse.unquote(entry[2]).split("#")[0]).is_file())

    def browse(self, address, *options):
        browser = shutil.which("chromium") or shutil.which("google-chrome")
        if not browser:
            self.skipTest("no Chromium here (tests/run installs it)")
        return subprocess.run(
            [browser, "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
             f"--user-data-dir={self.folder.path / 'profile'}", "--virtual-time-budget=5000",
             *options, "--dump-dom", address], capture_output=True, text=True, timeout=120).stdout

    def test_searched_in_a_browser(self):
        index = (self.out / "index.html").as_uri()
        for query, wanted in (("emailname", "Send.html#EmailName"),
                              ("simpleoperators like", "SimpleOperators.html"),
                              ("linksend", "LinkSend.html")):
            with self.subTest(query):
                dom = self.browse(f"{index}?q={urllib.parse.quote(query)}")
                found = dom[dom.index('id="found"'):]
                found = found[:found.index("</ul>")]
                self.assertIn(f'href="{wanted}"', found)
        dom = self.browse(f"{index}?q=nothing-has-this-name")
        self.assertIn("Nothing found.", dom)

    FRAMES = """<body></body><script>
for (const page of ["index", "Send"])
  for (const width of [1400, 985, 600, 360]) {
    const frame = document.body.appendChild(document.createElement("iframe"));
    frame.src = `reference/${page}.html`;
    frame.style.width = `${width}px`;
    frame.onload = () => {
      const shown = frame.contentDocument.documentElement;
      document.title += shown.scrollWidth > shown.clientWidth ? ` ${page}:${width}` : " fits";
    };
  }
</script>"""

    def test_names_stay_on_the_page(self):
        path = self.folder.path / "frames.html"
        path.write_text(self.FRAMES)
        dom = self.browse(path.as_uri(), "--allow-file-access-from-files")
        self.assertEqual(dom.partition("<title>")[2].partition("</title>")[0].split(),
                         ["fits"] * 8)


class Names(unittest.TestCase):
    def test_that_make_no_good_files(self):
        """Long, alike but for case, called like the index: each has a page of its own."""
        folder = Folder(OPTIONS.etwsdl, OPTIONS.wsdl)
        self.addCleanup(folder.close)
        contract = Contract(OPTIONS.wsdl).copy()
        names = ["N" * 300, "N" * 299 + "M", "Casing", "CASING", "casing", "index", "Index"]
        for name in names:
            type_ = contract.schema.appendChild(contract.xsd("complexType", name=name))
            sequence = type_.appendChild(contract.xsd("sequence"))
            sequence.appendChild(contract.field("Of" + name[-8:]))
        out = folder.path / "out"
        done = folder.run("reference", folder.write(contract.text()), "-o", out)
        self.assertEqual(done.returncode, 0, done.stderr)
        files = [path.name for path in out.glob("*.html")]
        self.assertEqual(len({name.lower() for name in files}), len(files))
        self.assertLess(max(map(len, files)), 100)
        links = set(Page(out / "index.html").links)
        text = "".join((out / path).read_text() for path in sorted(links))
        for name in names:
            self.assertEqual(text.count(f"<h1>{name}</h1>"), 1, name)
            self.assertIn(f"<code>Of{name[-8:]}</code>", text)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--etwsdl", required=True)
    parser.add_argument("--wsdl", required=True)
    parser.parse_args(namespace=OPTIONS)
    unittest.main(argv=sys.argv[:1])
