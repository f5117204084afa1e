"""test_html.py --source TREE --docs FOLDER [SUITE]: the pages as HTML, as they are installed: each
is there, links lead to files and places, nothing is asked of a network, a browser shows them."""
import argparse
import html.parser
import pathlib
import re
import shutil
import sys
import unittest
import urllib.parse

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "harness"))
from browser import Browser  # noqa: E402
from ending import exit_code  # noqa: E402

OPTIONS = argparse.Namespace()


class Page(html.parser.HTMLParser):
    def __init__(self, path):
        super().__init__()
        self.links, self.ids, self.tags, self.text = [], [], [], []
        self.feed(path.read_text())

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        self.tags.append(tag)
        self.links += [attrs[name] for name in ("href", "src") if name in attrs]
        self.ids += [attrs["id"]] if "id" in attrs else []
        self.text += [attrs["alt"]] if "alt" in attrs else []

    def handle_data(self, data):
        self.text.append(data)


def sources():
    """Each page in Markdown, with what it becomes."""
    for path in (OPTIONS.source / "README.md", OPTIONS.source / "CHANGELOG.md",
                 *sorted((OPTIONS.source / "docs").glob("*.md"))):
        name = path.relative_to(OPTIONS.source).with_suffix(".html")
        yield path, OPTIONS.docs / (name.with_name("index.html") if name.stem == "README" else name)


class Html(unittest.TestCase):
    def test_every_link_leads_somewhere_on_this_machine(self):
        pages = {}
        for _, path in sources():
            for link in Page(path).links:
                split = urllib.parse.urlsplit(link)
                if split.scheme:
                    self.assertIn(split.scheme, ("http", "https"), path.name)
                    continue
                self.assertNotRegex(split.path, r"\.md$", path.name)
                target = path.parent / split.path if split.path else path
                self.assertTrue(target.is_file(), f"{path.name}: {link}")
                if split.fragment:
                    page = pages.setdefault(target.resolve(), Page(target))
                    self.assertIn(split.fragment, page.ids, f"{path.name}: {link}")

    def test_nothing_is_lost(self):
        for source, path in sources():
            page = Page(path)
            shown = set(re.findall(r"\w+", " ".join(page.text)))
            text = re.sub(r"\]\([^)]*\)|<!--.*?-->|^```.*$", "", source.read_text(), flags=re.M)
            self.assertEqual(set(re.findall(r"\w+", text)) - shown, set(), path.name)
            self.assertEqual(page.tags.count("table"),
                             len(re.findall(r"(?m)^\s*\|(?: *-+ *\|)+$", text)), path.name)
            self.assertEqual(page.tags.count("pre"),
                             len(re.findall(r"(?m)^ *```\w", source.read_text())), path.name)

    def test_blocks_say_what_they_are(self):
        text = "".join(Page(OPTIONS.docs / "index.html").text)
        self.assertRegex(text, r"The file bounces.c:\n#include <stdio.h>")
        text = "".join(Page(OPTIONS.docs / "docs/cookbook.html").text)
        self.assertIn("What is sent:\n<SOAP-ENV:Envelope", text)
        self.assertIn("What comes back:\n<UpdateResponse", text)

    def test_a_browser_shows_them(self):
        if not shutil.which("chromium"):
            self.skipTest("no chromium found")
        with Browser() as browser:
            page = browser.open(OPTIONS.docs / "index.html", width=1200)
            self.assertEqual(page.evaluate("document.title"), "etsoap")
            there = page.evaluate("[...document.links].find(link => link.text == 'all pages').href")
            page = browser.open(urllib.parse.urlsplit(there).path, width=1200)
            listed = page.evaluate("[...document.querySelector('table').querySelectorAll('a')]"
                                   ".map(link => link.href)")
            self.assertEqual(len(listed), len(list((OPTIONS.source / "docs").glob("*.md"))) - 1)
            for address in listed:
                page = browser.open(urllib.parse.urlsplit(address).path, width=1200)
                self.assertEqual([url for url in page.requests if not url.startswith("file:")], [])
                for what in ("[...document.images].every(image => image.naturalWidth > 0)",
                             "[...document.styleSheets].length == 1",
                             "[...document.querySelectorAll('td')].every(cell => "
                             "getComputedStyle(cell).display == 'table-cell')",
                             "document.body.scrollWidth <= innerWidth"):
                    self.assertTrue(page.evaluate(what), f"{address}: {what}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--source", type=pathlib.Path, required=True)
    parser.add_argument("--docs", type=pathlib.Path, required=True)
    rest = parser.parse_known_args(namespace=OPTIONS)[1]
    sys.exit(exit_code(unittest.main(argv=[sys.argv[0], *rest], exit=False).result))
