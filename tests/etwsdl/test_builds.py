"""Whatever its dress, a contract that `diff` finds the same builds: gSOAP generates, and the C
compiler agrees with the field table. And what cannot be built `check` refuses with the reason."""
import argparse
import concurrent.futures
import pathlib
import shutil
import subprocess
import sys
import unittest

import noise
import shapes
from contract import Contract, Folder

OPTIONS = argparse.Namespace()


class Builds(unittest.TestCase):
    def setUp(self):
        self.contract = Contract(OPTIONS.source / "wsdl/etframework.wsdl")
        self.folder = Folder(OPTIONS.etwsdl, self.contract.path)
        self.addCleanup(self.folder.close)

    def changed(self, change, *more):
        copy = self.contract.copy()
        change(copy, *more)
        return copy.text()

    def write(self, name, data):
        """In a folder of its own: several are built at once."""
        folder = self.folder.path / name.replace(" ", "-")
        folder.mkdir()
        for schema in self.folder.original.parent.glob("*.xsd"):
            shutil.copy(schema, folder)
        path = folder / "etframework.wsdl"
        path.write_bytes(data)
        return path

    def generate(self, path):
        out = path.parent / "out"
        out.mkdir()
        tree = OPTIONS.source
        return subprocess.run(
            ["cmake", f"-DTREE={tree}", f"-DWSDL={path}", f"-DOUT={out}",
             f"-DETWSDL={OPTIONS.etwsdl}", "-P", tree / "tools/etwsdl/sync/try_generate.cmake"],
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, cwd=path.parent)

    def build_all(self, paths):
        with concurrent.futures.ThreadPoolExecutor(2) as pool:
            for path, done in zip(paths, pool.map(self.generate, paths)):
                with self.subTest(path.parent.name):
                    self.assertEqual(done.returncode, 0, done.stdout[-3000:])

    @staticmethod
    def other_names(c):
        for change in (noise.elements_of_inline_types, noise.named_element_types,
                       noise.simple_names, noise.reversed_values, noise.operation_names,
                       noise.wsdl_names, noise.part_names):
            change(c)

    def test_the_same_contract_builds(self):
        paths = [self.write(change.__name__, self.changed(change)) for change in shapes.SAME]
        paths.append(self.write("namespace_of_the_tool", noise.namespace_of_the_tool(
            self.contract.text().decode()).encode()))
        paths.append(self.write("names", self.changed(self.other_names)))
        for path in paths:
            with self.subTest(path.parent.name):
                self.assertNotEqual(path.read_bytes(), self.folder.original.read_bytes())
                done = self.folder.run("diff", self.folder.original, path)
                self.assertEqual(done.returncode, 0, done.stdout)
        self.build_all(paths)

    def test_shapes_that_ours_has_not(self):
        declarations = "".join(one for one, _ in shapes.SHAPES.values())
        fields = "".join(field for _, field in shapes.SHAPES.values())

        def all_of_them(c):
            shapes.declare(c, declarations)
            shapes.field(c, fields)
        path = self.write("all", self.changed(all_of_them))
        said = self.folder.run("check", path).stderr
        for name in ("default value of Send.Path", "fixed value of Send.Comment",
                     "default value of Send.Endless"):
            self.assertIn(f"note: the {name} is left out of the bindings: C has none such\n", said)
        self.build_all([path])

    def test_what_cannot_be_built_is_refused(self):
        for name, (declarations, fields, said) in shapes.REFUSED.items():
            with self.subTest(name):
                def add(c, declarations=declarations, fields=fields):
                    shapes.declare(c, declarations)
                    shapes.field(c, fields)
                path = self.write(name, self.changed(add))
                done = self.folder.run("check", path)
                self.assertEqual(done.returncode, 1, done.stderr)
                self.assertIn(said, done.stderr)
                self.assertNotIn("error: ", done.stderr.replace(said, "").replace(
                    said.replace("G2", "G1"), "").replace(said.replace("G1", "G2"), ""))

    def test_a_part_that_the_body_does_not_have(self):
        """What soap:body lists is in it, whatever else its message has."""
        def wrong(c):
            shapes.part_in_front(c)
            for node in c.binding().getElementsByTagNameNS(shapes.SOAP, "body"):
                node.setAttribute("parts", "front")
        done = self.folder.run("check", self.write("wrong", self.changed(wrong)))
        self.assertEqual(done.returncode, 1)
        self.assertIn("operation Retrieve is RetrieveRequestMsg -> RetrieveRequestMsg now, not "
                      "RetrieveRequestMsg -> RetrieveResponseMsg", done.stderr)
        both = self.write("both", self.changed(lambda c: shapes.part_in_front(c, False)))
        done = self.folder.run("check", both)
        self.assertEqual(done.returncode, 1)
        self.assertIn("operation Retrieve is several parts -> several parts now", done.stderr)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--etwsdl", required=True)
    parser.add_argument("--source", required=True, type=pathlib.Path)
    parser.parse_args(namespace=OPTIONS)
    unittest.main(argv=sys.argv[:1])
