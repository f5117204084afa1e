"""One change, one line: `etwsdl diff` of our contract and of each single mutation of it."""
import argparse
import json
import sys
import unittest

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

    def test_there_are_enough(self):
        names = {(mutation.kind, mutation.name) for mutation in self.mutations}
        self.assertEqual(len(names), len(self.mutations), "each mutation is another one")
        kinds = {mutation.kind for mutation in self.mutations}
        print(f"{len(self.mutations)} mutations of {len(kinds)} kinds")
        self.assertGreaterEqual(len(self.mutations), 200)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--etwsdl", required=True)
    parser.add_argument("--wsdl", required=True)
    arguments = parser.parse_args(namespace=OPTIONS)
    unittest.main(argv=sys.argv[:1])
