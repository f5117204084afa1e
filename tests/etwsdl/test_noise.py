"""Written otherwise, the same contract: `etwsdl diff` says nothing and ends with 0."""
import argparse
import json
import pathlib
import sys
import unittest

import noise
import rebuild
from contract import Contract, Folder

OPTIONS = argparse.Namespace()


class Noise(unittest.TestCase):
    def setUp(self):
        self.folder = Folder(OPTIONS.etwsdl, OPTIONS.wsdl)
        self.addCleanup(self.folder.close)

    def same(self, path, surface=True):
        done = self.folder.run("diff", self.folder.original, path, "--format", "json")
        self.assertEqual(done.stderr, "")
        said = json.loads(done.stdout)
        self.assertEqual([change["text"] for change in said["changes"]], [])
        self.assertEqual((said["verdict"], done.returncode), ("same", 0))
        if not surface:
            return
        surfaces = [self.folder.run("surface", one).stdout
                    for one in (self.folder.original, path)]
        self.assertEqual(*surfaces)
        self.assertGreater(surfaces[0].count("\n"), 2000)

    def test_nothing_is_said(self):
        contract = Contract(OPTIONS.wsdl)
        count = 0
        for name, write in noise.every(contract):
            with self.subTest(name):
                path = write(self.folder)
                self.assertNotEqual(path.read_bytes(), self.folder.original.read_bytes())
                self.same(path, name not in {change.__name__ for change in noise.NAMES})
                count += 1
        self.assertGreaterEqual(count, 39)

    def test_rebuilt_from_the_table_of_facts(self):
        table = pathlib.Path(OPTIONS.table)
        if not table.is_file():
            self.skipTest("the table of facts (shared/contract) is not here")
        self.same(self.folder.write(rebuild.contract(table)))


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--etwsdl", required=True)
    parser.add_argument("--wsdl", required=True)
    parser.add_argument("--table", required=True)
    parser.parse_args(namespace=OPTIONS)
    unittest.main(argv=sys.argv[:1])
