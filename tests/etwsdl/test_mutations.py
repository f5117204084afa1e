"""One change, one line: `etwsdl diff` of our contract and of each single mutation of it."""
import argparse
import json
import pathlib
import re
import sys
import unittest

import noise

from contract import Contract, Folder
from mutations import every

OPTIONS = argparse.Namespace()


class Mutations(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = Folder(OPTIONS.etwsdl, OPTIONS.wsdl)
        cls.contract = Contract(OPTIONS.wsdl)
        cls.mutations = list(every(cls.contract))

    @classmethod
    def tearDownClass(cls):
        cls.folder.close()

    def diff(self, mutation):
        changed = self.contract.copy()
        mutation.apply(changed)
        self.folder.write(changed.text())
        options = ["--documentation"] if mutation.documentation else []
        done = self.folder.run("diff", self.folder.original, self.folder.changed,
                               "--format", "json", *options)
        self.assertIn(done.returncode, (0, 1, 2), done.stderr)
        return done.returncode, json.loads(done.stdout)

    def check(self, mutation):
        code, said = self.diff(mutation)
        lines = sorted((change["change"], change["text"]) for change in said["changes"])
        if mutation.expected is not None:
            self.assertEqual(lines, sorted(mutation.expected))
        sender = any(change["sender"]["breaking"] for change in said["changes"])
        reader = any(change["reader"]["breaking"] for change in said["changes"])
        if mutation.sender is not None:
            self.assertEqual(sender, mutation.sender, said["changes"])
        if mutation.reader is not None:
            self.assertEqual(reader, mutation.reader, said["changes"])
        self.assertEqual(code, 2 if sender or reader else 1)
        self.assertEqual(said["verdict"], "breaking" if sender or reader else "compatible")
        for change in said["changes"]:
            self.assertTrue(change["sender"]["reason"] and change["reader"]["reason"])
            side = change["after"] or change["before"]
            self.assertGreater(side["at"]["line"], 0)
            self.assertGreater(side["at"]["column"], 0)

    def test_each_is_said_exactly(self):
        for mutation in self.mutations:
            with self.subTest(f"{mutation.kind}: {mutation.name}"):
                self.check(mutation)

    def test_a_value_that_the_helpers_keep(self):
        mutation = next(m for m in self.mutations if m.kind == "enum value added")
        _, said = self.diff(mutation)
        reader = said["changes"][0]["reader"]
        self.assertEqual(reader, {"breaking": True, "helpers": "the helpers keep it as text",
                                  "reason": "a stub fails the page in which a value comes that it "
                                            "does not know"})
        text = self.folder.run("diff", self.folder.original, self.folder.changed).stdout
        self.assertIn("; reader with the helpers compatible: the helpers keep it as text", text)

    def test_what_a_fault_carries_breaks_no_sender(self):
        schema = self.folder.path / "new" / "ETFrameworkFault.xsd"
        text = schema.read_text()
        self.addCleanup(schema.write_text, text)
        self.folder.changed.write_bytes(self.folder.original.read_bytes())
        for name, reader in (("Code", True), ("LogID", False)):
            with self.subTest(name):
                schema.write_text(re.sub(rf'<xsd:element name="{name}"[^>]*/>', "", text))
                self.assertNotEqual(schema.read_text(), text)
                done = self.folder.run("diff", self.folder.original, self.folder.changed,
                                       "--format", "json")
                change, = json.loads(done.stdout)["changes"]
                self.assertTrue(change["text"].startswith(
                    f"field {{urn:fault.partner.exacttarget.com}}APIFault.{name} "))
                self.assertEqual([change[side]["breaking"] for side in ("sender", "reader")],
                                 [False, reader])
                self.assertEqual(done.returncode, 2 if reader else 1)

    def test_the_list_of_what_is_compared_is_true(self):
        """Each row of docs/wsdl-update.md has a change that is said, and one that is none."""
        source = pathlib.Path(__file__).parents[2]
        page = (source / "docs/wsdl-update.md").read_text()
        section = page[page.index("\n## What counts as a change\n"):]
        section = section[:section.index("\n## ", 5)]
        rows = [[cell.strip() for cell in line.strip("|").split("|")]
                for line in section.splitlines() if line.startswith("| `")]
        kinds = {mutation.kind for mutation in self.mutations} | {"a field of the fault"}
        if "AssetAnyProperty" not in self.contract.complex:
            kinds |= {"strict to lax any", "any of other namespaces"}  # older ones have no any
        quiet = {name for name, _ in noise.every(self.contract)}
        said = set()
        for facts, what, why, changes, same in rows:
            with self.subTest(what):
                said |= set(re.findall(r"`(\w+)`", facts))
                self.assertTrue(why)
                for name in re.findall(r"`([^`]+)`", changes):
                    self.assertIn(name, kinds)
                for name in re.findall(r"`([^`]+)`", same):
                    self.assertIn(name, quiet)
                self.assertTrue("`" in changes and "`" in same)
        facts = (source / "tools/etwsdl/facts/fact.c").read_text()
        words = re.search(r"words\[FACT_KINDS\] = \{(.*?)\}", facts, re.S)[1]
        self.assertEqual(said, set(re.findall(r'"(\w+)"', words)))

    def test_there_are_enough(self):
        names = {(mutation.kind, mutation.name) for mutation in self.mutations}
        self.assertEqual(len(names), len(self.mutations), "each mutation is another one")
        kinds = {mutation.kind for mutation in self.mutations}
        print(f"{len(self.mutations)} mutations of {len(kinds)} kinds")
        self.assertGreaterEqual(len(self.mutations), 320)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--etwsdl", required=True)
    parser.add_argument("--wsdl", required=True)
    arguments = parser.parse_args(namespace=OPTIONS)
    unittest.main(argv=sys.argv[:1])
