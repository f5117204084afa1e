"""What a release would warn of: gcc sees some things only when it optimises. Every hand-written
file of the library and the programs is compiled as preset release does. See --help."""
import argparse
import concurrent.futures
import json
import os
import pathlib
import shlex
import subprocess
import unittest

OPTIONS = argparse.Namespace()


def warnings_of(entry):
    words = shlex.split(entry["command"])
    words[words.index("-o") + 1] = "/dev/null"
    # What warns is done before debug information and assembling.
    done = subprocess.run([*words, "-O3", "-DNDEBUG", "-g0", "-S"], cwd=entry["directory"],
                          capture_output=True, text=True)
    return done.stderr if done.returncode else ""


class Release(unittest.TestCase):
    def test_no_warnings(self):
        folders = tuple(f"{OPTIONS.source}/{folder}/" for folder in ("src", "tools"))
        entries = json.loads((OPTIONS.build / "compile_commands.json").read_text())
        by_file = {entry["file"]: entry for entry in entries if entry["file"].startswith(folders)}
        self.assertGreater(len(by_file), 300)
        with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
            found = "".join(pool.map(warnings_of, by_file.values()))
        self.assertEqual(found, "")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--source", type=pathlib.Path, required=True, help="the tree")
    parser.add_argument("--build", type=pathlib.Path, required=True, help="its build folder")
    OPTIONS, rest = parser.parse_known_args()
    unittest.main(argv=[__file__, *rest])
