"""Generating and rebuilding, from outside: each test configures a scratch copy of the tree."""
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

from tree import copy_tree

OPTIONS = argparse.Namespace()
COMPILE = re.compile(r"^\[\d+/\d+\].* -c \S+\.c$", re.M)


class Scratch(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory(prefix="etsoap-build-")
        self.addCleanup(self.folder.cleanup)
        self.root = pathlib.Path(self.folder.name)
        self.tree = self.root / "tree"
        self.build = self.tree / "build" / "dev"
        copy_tree(OPTIONS.source, self.tree)

    def run_command(self, *command, fails=False):
        # The locale decides how tools spell their messages; a compiler cache, where one is used,
        # shall not see that the scratch folder has another name each time.
        done = subprocess.run(command, cwd=self.root, stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, text=True,
                              env={**os.environ, "LC_ALL": "C.UTF-8",
                                   "CCACHE_BASEDIR": str(self.root), "CCACHE_NOHASHDIR": "1"})
        self.assertEqual(done.returncode != 0, fails, f"{command}\n{done.stdout[-6000:]}")
        return done.stdout

    def configure(self, *options, fails=False):
        # With the flags of tests/run, whose objects the cache has.
        return self.run_command("cmake", "--preset", "dev", "-S", self.tree,
                                f"-DCMAKE_C_COMPILER={OPTIONS.cc}", "-DETSOAP_TESTS=OFF",
                                "-DETSOAP_WERROR=ON", *options, fails=fails)

    def ninja(self, *arguments, fails=False):
        return self.run_command("ninja", "-v", "-C", self.build, *arguments, fails=fails)


class Rebuild(Scratch):
    # All that is compiled from what the WSDL gives: the bindings, and the copy that etsim serves.
    TARGETS = ("etsoap_static", "etsoap_shared", "etsoap_stubs",
               "tools/etsim/CMakeFiles/etsim.dir/embedded.c.o")

    def test_touching_the_wsdl_compiles_nothing_and_changing_it_does(self):
        self.configure()
        self.assertGreater(len(COMPILE.findall(self.ninja(*self.TARGETS))), 40)
        wsdl = self.tree / "wsdl" / "etframework.wsdl"

        wsdl.touch()
        said = self.ninja(*self.TARGETS)
        self.assertIn("embed.cmake", said)
        self.assertIn("generate.cmake", said, "a touched WSDL is generated from again")
        self.assertEqual(COMPILE.findall(said), [])

        text = wsdl.read_text()
        changed, count = re.subn(r'(<(\w+:)?element name="UniqueClicks")',
                                 r'<\2element name="AddedHere" type="\2int" minOccurs="0"/>\n\1',
                                 text, count=1)
        self.assertEqual(count, 1)
        wsdl.write_text(changed)
        said = self.ninja("generated/CMakeFiles/etsoap_bindings.dir/etClient.c.o")
        self.assertIn("AddedHere", (self.build / "generated" / "etStub.h").read_text())
        self.assertEqual(len(COMPILE.findall(said)), 1)


class OwnWsdl(Scratch):
    GENERATED = ("etStub.h", "etH.h", "etClient.c", "ets_meta.c")

    def generated(self):
        return {name: (self.build / "generated" / name).read_bytes() for name in self.GENERATED}

    def test_a_copy_with_a_remote_import_gives_the_same_bindings_without_network(self):
        self.configure()
        self.ninja("generate")
        expected = self.generated()

        mine = self.root / "mine.wsdl"
        text, count = re.subn(r'schemaLocation="[^"]*ETFrameworkFault.xsd"',
                              'schemaLocation="http://127.0.0.1:1/x/ETFrameworkFault.xsd"',
                              (self.tree / "wsdl" / "etframework.wsdl").read_text())
        self.assertEqual(count, 1)
        mine.write_text(text)
        shutil.rmtree(self.build / "generated")
        self.configure(f"-DETSOAP_WSDL={mine}")
        self.assertIn("contract.cmake", self.ninja("generate"))
        self.assertIn(str(mine), (self.build / "generated/settings.cmake").read_text())
        self.assertEqual(self.generated(), expected)

        # The same in UTF-16, with the import in a folder of its own and written otherwise.
        parts = self.root / "parts"
        parts.mkdir()
        shutil.copy(self.tree / "wsdl" / "ETFrameworkFault.xsd", parts / "fault types.xml")
        other, count = re.subn(r'schemaLocation="[^"]*"',
                               "schemaLocation\n  =\r\n'parts/fault types.xml'", text)
        self.assertEqual(count, 1)
        mine.write_bytes(other.replace("UTF-8", "UTF-16").encode("utf-16"))
        self.ninja("generate")
        self.assertEqual(self.generated(), expected)

        # What is imported counts as an input, wherever it is.
        self.assertNotIn("generate.cmake", self.ninja("generate"))
        (parts / "fault types.xml").touch()
        self.assertIn("generate.cmake", self.ninja("generate"))

        mine.write_text(text.replace("x/ETFrameworkFault.xsd", "x/Elsewhere.xsd"))
        said = self.ninja("generate", fails=True)
        self.assertIn("Elsewhere.xsd", said)
        self.assertIn("no network", said)


class Refusals(Scratch):
    def test_a_wsdl_that_is_not_there(self):
        said = self.configure("-DETSOAP_WSDL=/nowhere/a.wsdl", fails=True)
        self.assertIn("/nowhere/a.wsdl", said)

    def test_a_runtime_that_cannot_be_sealed(self):
        self.assertIn("static one is needed",
                      self.configure("-DgSOAP_SSL_LIBRARY=/usr/lib/libgsoapssl.so", fails=True))

    def test_no_gsoap_names_the_packages(self):
        said = self.configure("-DCMAKE_IGNORE_PATH=/usr/share/gsoap;/usr/local/share/gsoap",
                              fails=True)
        self.assertIn("apt-get install gsoap libgsoap-dev", said)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--source", type=pathlib.Path, required=True)
    parser.add_argument("--cc", required=True)
    parser.add_argument("suite")
    parser.parse_args(namespace=OPTIONS)
    if not shutil.which("ninja"):
        print("no ninja found: install ninja-build")
        return 77
    suite = unittest.defaultTestLoader.loadTestsFromName(OPTIONS.suite, sys.modules[__name__])
    return 0 if unittest.TextTestRunner(verbosity=2).run(suite).wasSuccessful() else 1


if __name__ == "__main__":
    sys.exit(main())
