"""The recipe of docs/wsdl-update.md, block by block, in scratch copies of the tree: from an older
contract (twelve types fewer) to ours, ending in a green build; and to one without
RetrieveRequest.ObjectType, ending before the compiler with the effect named."""
import argparse
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent / "harness"))

from contract import Contract
from tree import copy_tree

OPTIONS = argparse.Namespace()
BLOCK = re.compile(r"^```sh[^\n]*\n(.*?)^```$", re.M | re.S)


class Update(unittest.TestCase):
    def setUp(self):
        holder = tempfile.TemporaryDirectory(prefix="etwsdl-update-")
        self.addCleanup(holder.cleanup)
        self.path = pathlib.Path(holder.name)
        self.tree = self.path / "etsoap"
        copy_tree(OPTIONS.source, self.tree)
        # A compiler cache shall not see that the folder has another name each time.
        self.environment = {**os.environ, "CCACHE_BASEDIR": str(self.path), "CCACHE_NOHASHDIR": "1"}
        if shutil.which("ccache"):
            self.environment["CMAKE_C_COMPILER_LAUNCHER"] = "ccache"
        self.new = self.tree / "new"
        shutil.copytree(OPTIONS.source / "wsdl", self.new)

    def write(self, folder, change):
        contract = Contract(OPTIONS.source / "wsdl/etframework.wsdl").copy()
        change(contract)
        (folder / "etframework.wsdl").write_bytes(contract.text())

    def recipe(self):
        """Each command block of the section, until one fails; the block and what was said."""
        page = (OPTIONS.source / "docs/wsdl-update.md").read_text()
        section = re.search(r"^## The recipe$(.*?)^## ", page, re.M | re.S)[1]
        blocks = BLOCK.findall(section)
        self.assertGreaterEqual(len(blocks), 4)
        environment = {**self.environment, "CC": OPTIONS.cc,
                       "PATH": f"{OPTIONS.etwsdl.parent}:{os.environ['PATH']}"}
        said = []
        for block in blocks:
            done = subprocess.run(["sh", "-eu", "-c", block], cwd=self.tree, env=environment,
                                  stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
            said.append(done.stdout)
            if done.returncode != 0:
                return block, said
        return None, said

    def older(self, contract):
        # Derived ones: another that nothing refers to is in no message, so that it is no change.
        free = [name for name in sorted(contract.complex) if contract.references(name) == 0
                and "extension" in contract.complex[name].toxml()
                and name not in (OPTIONS.source / "src/contract/needs.def").read_text()]
        self.assertGreaterEqual(len(free), 12)
        for name in free[:12]:
            contract.schema.removeChild(contract.complex[name])

    def test_from_twelve_types_fewer_to_ours(self):
        self.write(self.tree / "wsdl", self.older)
        surface = subprocess.run([OPTIONS.etwsdl, "surface", self.tree / "wsdl/etframework.wsdl"],
                                 check=True, capture_output=True).stdout
        (self.tree / "generated/surface.txt").write_bytes(surface)
        failed, said = self.recipe()
        self.assertIsNone(failed, "".join(said)[-5000:])
        said = "".join(said)
        self.assertIn("Compatible: 12 changes", said)
        self.assertEqual((self.tree / "generated/surface.txt").read_bytes(),
                         (OPTIONS.source / "generated/surface.txt").read_bytes())
        self.assertTrue((self.tree / "build/release/bin/etwsdl").is_file())

    def without_object_type(self, contract):
        field = contract.find("RetrieveRequest", "ObjectType")
        field.parentNode.removeChild(field)

    def test_a_field_that_src_needs_is_gone(self):
        self.write(self.new, self.without_object_type)
        failed, said = self.recipe()
        self.assertIsNotNone(failed)
        self.assertIn("etwsdl sync", failed)
        self.assertIn("RetrieveRequest.ObjectType (xsd:string) is gone; "
                      "src/operations/retrieve.c needs it",
                      said[-1])
        for name in ("wsdl/etframework.wsdl", "generated/surface.txt"):
            self.assertEqual((self.tree / name).read_bytes(),
                             (OPTIONS.source / name).read_bytes(), "nothing was applied")
        self.assertFalse((self.tree / "build").exists(), "it ends before the compiler")

    def test_the_build_says_so_before_it_compiles(self):
        self.write(self.tree / "wsdl", self.without_object_type)
        build = self.tree / "build/release"
        configure = ["cmake", "--preset", "release", "-S", self.tree,
                     f"-DCMAKE_C_COMPILER={OPTIONS.cc}"]
        done = subprocess.run(configure, capture_output=True, text=True, env=self.environment)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        done = subprocess.run(["ninja", "-v", "-C", build, "etsoap_static"], stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, text=True, env=self.environment)
        self.assertNotEqual(done.returncode, 0)
        self.assertIn("RetrieveRequest.ObjectType (xsd:string) is gone; "
                      "src/operations/retrieve.c needs it",
                      done.stdout)
        compiled = re.findall(r"-c \S*?([\w.]+\.c)$", done.stdout, re.M)
        self.assertFalse([name for name in compiled if name.startswith(("et", "ets_"))], compiled)
        self.assertNotIn("retrieve.c", compiled)
        useful, failed = done.stdout.index(" is gone; src/"), done.stdout.index("FAILED:")
        self.assertLess(useful, failed, "no command stands above the useful line")
        self.assertLess(len(done.stdout[failed:]), 1000, "and what follows does not bury it")
        again = subprocess.run(["ninja", "-C", build, "etsoap_static"], stdout=subprocess.PIPE,
                               stderr=subprocess.STDOUT, text=True)
        self.assertIn(" is gone; src/", again.stdout, "it is said each time")


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--etwsdl", required=True, type=pathlib.Path)
    parser.add_argument("--source", required=True, type=pathlib.Path)
    parser.add_argument("--cc", required=True)
    parser.parse_args(namespace=OPTIONS)
    unittest.main(argv=sys.argv[:1])
