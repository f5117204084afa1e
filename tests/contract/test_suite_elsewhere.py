"""The suite is green from any valid contract: the recipe of docs/wsdl-update.md from that of the
2015 table, in a copy of the tree, and then the quick tests of the areas that stand on the contract:
as many as this tree has. What contract.other runs on that contract is not run once more."""
import argparse
import json
import os
import pathlib
import shutil
import subprocess
import sys
import unittest
import xml.etree.ElementTree

HERE = pathlib.Path(__file__).parent
sys.path.insert(0, str(HERE.parent / "etwsdl"))
import rebuild  # noqa: E402
from test_other_contract import SUITES  # noqa: E402

OPTIONS = argparse.Namespace()
AREAS = ("unit", "wire", "cli", "robust", "etsim", "etwsdl", "contract")
NOT_QUICK = {"slow", "bench"}  # as tests/run --quick has it
# Tests that may have nothing to say of another contract, and what they say then.
MAY_SKIP = {"contract.table": "is another contract than the one that was written from the table",
            "contract.table-sees-differences":
                "is another contract than the one that was written from the table"}


def selected(build):
    """Names of the tests to run, as CTest has them."""
    done = subprocess.run(["ctest", "--test-dir", build, "--show-only=json-v1"],
                          capture_output=True, text=True, check=True)
    names = set()
    for test in json.loads(done.stdout)["tests"]:
        labels = {label for entry in test["properties"] if entry["name"] == "LABELS"
                  for label in entry["value"]}
        elsewhere = test["name"].removeprefix("etwsdl.") in SUITES
        if labels & set(AREAS) and not labels & NOT_QUICK and not elsewhere:
            names.add(test["name"])
    return names


class SuiteElsewhere(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.table = OPTIONS.tables / "history/2015-09.tsv"
        cls.tree = OPTIONS.work / "tree"
        shutil.rmtree(OPTIONS.work, ignore_errors=True)
        cls.tree.mkdir(parents=True)
        cls.copy()
        (OPTIONS.work / "shared").symlink_to(OPTIONS.tables.resolve().parent)
        cls.environment = {**os.environ, "CCACHE_BASEDIR": str(OPTIONS.work),
                           "CCACHE_NOHASHDIR": "true"}
        if shutil.which("ccache"):
            cls.environment["CMAKE_C_COMPILER_LAUNCHER"] = "ccache"

    @classmethod
    def copy(cls):
        """What belongs to the tree: nobody's build folders and other things beside it."""
        listed = subprocess.run(["git", "-C", OPTIONS.source, "ls-files", "-z", "--cached",
                                 "--others", "--exclude-standard"], capture_output=True, text=True)
        if listed.returncode != 0:
            shutil.copytree(OPTIONS.source, cls.tree, dirs_exist_ok=True,
                            ignore=shutil.ignore_patterns("build", ".git"))
            return
        for name in listed.stdout.rstrip("\0").split("\0"):
            if (OPTIONS.source / name).is_file():
                (cls.tree / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(OPTIONS.source / name, cls.tree / name)

    def run_it(self, *command, expected=0):
        done = subprocess.run(list(map(str, command)), stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, text=True, errors="replace",
                              cwd=self.tree, env=self.environment)
        self.assertEqual(done.returncode, expected, done.stdout[-6000:])
        return done.stdout

    def test_from_2015(self):
        new = OPTIONS.work / "etframework.wsdl"
        new.write_bytes(rebuild.contract(self.table))
        said = self.run_it(OPTIONS.etwsdl, "sync", new, "--apply")
        self.assertIn("Applied: wsdl/ and generated/surface.txt", said)
        # As tests/run builds preset dev: what the contract does not change is in the cache.
        self.run_it("cmake", "--preset", "dev", f"-DCMAKE_C_COMPILER={OPTIONS.cc}",
                    "-DETSOAP_WERROR=ON")
        self.run_it("cmake", "--build", "--preset", "dev")
        build = self.tree / "build/dev"
        names = selected(build)
        self.assertEqual(names, selected(OPTIONS.build), "as many as this tree has")
        self.assertGreater(len(names), 300)
        self.suite(build, names)
        shutil.rmtree(OPTIONS.work)

    def suite(self, build, names):
        results = OPTIONS.work / "results.xml"
        numbers = self.numbers(build, names)
        done = subprocess.run(["ctest", "--test-dir", build, "--parallel", OPTIONS.jobs,
                               "--no-tests=error", "--output-junit", results, "-I", numbers],
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                              errors="replace", env=self.environment)
        ran = set()
        for case in xml.etree.ElementTree.parse(results).getroot().iter("testcase"):
            name, status = case.get("name"), case.get("status")
            output = case.findtext("system-out") or ""
            ran.add(name)
            with self.subTest(name):
                if case.find("skipped") is not None:
                    self.assertIn(name, MAY_SKIP, output[-3000:])
                    self.assertIn(MAY_SKIP[name], output)
                else:
                    self.assertEqual(status, "run", output[-3000:])
        self.assertEqual(ran, names)
        self.assertEqual(done.returncode, 0, done.stdout[-2000:])
        print(f"{len(ran)} tests on the contract of 2015")

    @staticmethod
    def numbers(build, names):
        """The tests of these names, as `ctest -I` takes them: 0,0,0,NUMBER,..."""
        done = subprocess.run(["ctest", "--test-dir", build, "--show-only=json-v1"],
                              capture_output=True, text=True, check=True)
        listed = json.loads(done.stdout)["tests"]
        return "0,0,0," + ",".join(str(number) for number, test in enumerate(listed, 1)
                                   if test["name"] in names)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--etwsdl", required=True, type=pathlib.Path)
    parser.add_argument("--source", required=True, type=pathlib.Path)
    parser.add_argument("--build", required=True, type=pathlib.Path)
    parser.add_argument("--tables", required=True, type=pathlib.Path)
    parser.add_argument("--work", required=True, type=pathlib.Path)
    parser.add_argument("--jobs", default=str(os.cpu_count() + 2))  # as tests/run
    parser.add_argument("--cc", required=True)
    parser.parse_args(namespace=OPTIONS)
    rebuild.need(OPTIONS.tables / "history/2015-09.tsv")
    unittest.main(argv=sys.argv[:1])
