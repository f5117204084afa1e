"""What the tests of etwsdl say of our contract they say of any valid one: each of them once more,
on the contract of the 2015 table where that is at hand."""
import argparse
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

HERE = pathlib.Path(__file__).parent
sys.path.insert(0, str(HERE.parent / "etwsdl"))
import rebuild  # noqa: E402

OPTIONS = argparse.Namespace()
SUITES = ("refusals", "fetch", "commands", "watch", "sources", "reference", "noise", "mutations")


class OtherContract(unittest.TestCase):
    def setUp(self):
        table = OPTIONS.tables / "history/2015-09.tsv"
        holder = tempfile.TemporaryDirectory(prefix="etsoap-2015-")
        self.addCleanup(holder.cleanup)
        tree = pathlib.Path(holder.name)
        for part in ("wsdl", "generated", "src/contract"):  # what sync looks for in a tree
            shutil.copytree(OPTIONS.source / part, tree / part)
        self.wsdl = tree / "wsdl/etframework.wsdl"
        # As fetch and sync leave it.
        self.wsdl.write_bytes(rebuild.contract(table).replace(b"https://127.0.0.1/elsewhere/", b""))

    def test_each(self):
        for name in SUITES:
            with self.subTest(name):
                command = [sys.executable, "-B", HERE.parent / "etwsdl" / f"test_{name}.py",
                           "--etwsdl", OPTIONS.etwsdl, "--wsdl", self.wsdl]
                if name == "noise":  # our table says nothing of this contract
                    command += ["--table", self.wsdl.parent / "none.tsv"]
                done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                                      text=True, errors="replace")
                self.assertEqual(done.returncode, 0, done.stdout[-3000:])


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--etwsdl", required=True, type=pathlib.Path)
    parser.add_argument("--source", required=True, type=pathlib.Path)
    parser.add_argument("--tables", required=True, type=pathlib.Path)
    parser.parse_args(namespace=OPTIONS)
    rebuild.need(OPTIONS.tables / "history/2015-09.tsv")
    unittest.main(argv=sys.argv[:1])
