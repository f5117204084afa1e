"""Written otherwise, the same contract: `etwsdl diff` says nothing and ends with 0."""
import argparse
import json
import pathlib
import sys
import unittest

import dress
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
        checks = [self.folder.run("check", one) for one in (self.folder.original, path)]
        self.assertEqual(*(check.returncode for check in checks), checks[1].stderr)
        if not surface:
            return
        surfaces = [self.folder.run("surface", one).stdout
                    for one in (self.folder.original, path)]
        self.assertEqual(*surfaces)
        self.assertGreater(surfaces[0].count("\n"), 2000)

    def test_nothing_is_said(self):
        contract = Contract(OPTIONS.wsdl)
        count = 0
        for name, write in [*noise.every(contract), *dress.every(contract)]:
            with self.subTest(name):
                path = write(self.folder)
                self.assertNotEqual(path.read_bytes(), self.folder.original.read_bytes())
                self.same(path, name not in {
                    change.__name__ for change in (*noise.NAMES, dress.schema_of_wcf)})
                count += 1
        self.assertGreaterEqual(count, 66)

    def test_no_type_said_is_any_type(self):
        """One that programs cannot be made of, so it stands for itself."""
        paths = []
        for type_ in (None, "xsd:anyType"):
            contract = Contract(OPTIONS.wsdl).copy()
            field = contract.find("Send", "EmailName")
            field.removeAttribute("type")
            if type_:
                field.setAttribute("type", type_)
            paths.append(self.folder.path / "new" / f"{type_}.wsdl")
            paths[-1].write_bytes(contract.text())
        for one, other in (paths, paths[::-1]):
            done = self.folder.run("diff", one, other)
            self.assertEqual((done.returncode, done.stdout),
                             (0, "Same: nothing on the wire has changed.\n"), done.stderr)
        for path in paths:
            done = self.folder.run("diff", self.folder.original, path)
            self.assertIn("field Send.EmailName: xsd:string 0..1 -> xsd:anyType 0..1", done.stdout)

    def test_another_protocol_is_no_dress(self):
        contract = Contract(OPTIONS.wsdl).copy()
        dress.soap12_beside(contract)
        path = self.folder.write(contract.text())
        done = self.folder.run("diff", self.folder.original, path)
        self.assertEqual(done.returncode, 1, done.stderr)
        self.assertIn("+ binding SOAP 1.2 over ", done.stdout)
        self.assertEqual(self.folder.run("diff", path, self.folder.original).returncode, 2)
        self.assertEqual(self.folder.run("check", path).returncode,
                         self.folder.run("check", self.folder.original).returncode)

    def test_stubs_are_called_as_before(self):
        """However a copy calls an operation, its body says which it is."""
        contract = Contract(OPTIONS.wsdl).copy()
        noise.operation_names(contract)
        program = self.folder.path / "stubs.c"
        program.write_text("int all = soap_call___et__Retrieve() + soap_call___et__Create();\n")
        path = self.folder.write(contract.text())
        done = self.folder.run("check", path, "--sources", program, "--against",
                               self.folder.original)
        self.assertIn("2 names of the bindings, 0 lost", done.stdout)

    def test_rebuilt_from_the_table_of_facts(self):
        table = pathlib.Path(OPTIONS.table)
        if not table.is_file():
            self.skipTest("the table of facts (shared/contract) is not here")
        if b"the etsoap project" not in pathlib.Path(OPTIONS.wsdl).read_bytes()[:1000]:
            self.skipTest("this contract is another than the one written from the table")
        self.same(self.folder.write(rebuild.contract(table)))


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--etwsdl", required=True)
    parser.add_argument("--wsdl", required=True)
    parser.add_argument("--table", required=True)
    parser.parse_args(namespace=OPTIONS)
    unittest.main(argv=sys.argv[:1])
