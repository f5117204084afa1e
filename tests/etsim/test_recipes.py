"""The container file that docs/etsim.md shows: what it names is what the program needs."""

import json
import os
import re
import shutil
import subprocess
import unittest
from pathlib import Path

ROOT = Path(__file__).parents[2]
FOUND = re.search(r"```text file=Containerfile\n(.*?)```",
                  (ROOT / "docs/etsim.md").read_text(encoding="utf-8"), re.S)


def output(*command):
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


class Container(unittest.TestCase):
    def test_what_it_builds_is_there(self):
        presets = json.loads((ROOT / "CMakePresets.json").read_text(encoding="utf-8"))
        build, _ = FOUND[1].split("FROM debian:12-slim\n")
        self.assertIn(re.search(r"cmake --build --preset (\w+) --target etsim", build)[1],
                      [preset["name"] for preset in presets["buildPresets"]])
        self.assertIn("tools/install-packages build", build)
        self.assertTrue(os.access(ROOT / "tools/install-packages", os.X_OK))

    @unittest.skipUnless(shutil.which("dpkg") and shutil.which("readelf"), "no dpkg or readelf")
    def test_its_libraries_are_those_of_the_program(self):
        program = os.environ["ETSIM"]
        needed = re.findall(r"\(NEEDED\).*\[(.*)\]", output("readelf", "-d", program))
        packages = set()
        for line in output("ldd", program).splitlines():
            name, _, path = line.strip().partition(" => ")
            if name not in needed or not path:
                continue
            path = os.path.realpath(path.split()[0])
            found = subprocess.run(["dpkg", "-S", path, path.removeprefix("/usr")],
                                   capture_output=True, text=True, check=False).stdout
            packages |= {line.split(":")[0] for line in found.splitlines()}
        packages -= {"libc6", "libgcc-s1"}  # in the image
        if any("asan" in name for name in needed):
            packages -= {"libasan8", "libubsan1", "libstdc++6"}
        named = re.search(r"--no-install-recommends \\\n *(.*?) &&", FOUND[1], re.S)[1].split()
        self.assertEqual(set(named), packages)


if __name__ == "__main__":
    unittest.main()
