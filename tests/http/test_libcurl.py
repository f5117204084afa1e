"""libcurl is loaded when an address is looked at, not before, and who misses it is told.

  test_libcurl.py ETTRACK FILE    FILE as the loader knows libcurl
"""
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

ETTRACK, FILE = sys.argv.pop(1), sys.argv.pop(1)
ASKS = ("status", "--endpoint", "http://127.0.0.1:1/Service.asmx")


class Loading(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="etsoap-libcurl-")
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def run_ettrack(self, *arguments, **environment):
        plain = {name: value for name, value in os.environ.items()
                 if not name.startswith("ETSOAP_")}
        return subprocess.run([ETTRACK, *arguments], capture_output=True, text=True, timeout=60,
                              env={**plain, "ETSOAP_USERNAME": "u", "ETSOAP_PASSWORD": "p",
                                   **environment})

    def with_library(self):
        return self.run_ettrack(*ASKS, LD_LIBRARY_PATH=str(self.folder))

    def test_only_when_it_is_needed(self):
        for arguments, loads in ((("version",), False), (("--help",), False),
                                 (("events", "--help"), False), (ASKS, True)):
            said = self.run_ettrack(*arguments, LD_DEBUG="files").stderr
            self.assertIn("libssl", said)
            self.assertEqual(FILE in said, loads, arguments)

    def test_not_there(self):
        (self.folder / FILE).write_text("no library\n")
        done = self.with_library()
        self.assertRegex(done.stderr, r"libcurl cannot be loaded: .*; install it \(libcurl4\)")
        self.assertEqual(done.returncode, 1)

    def test_another_library_of_that_name(self):
        linked = subprocess.run(["ldd", ETTRACK], capture_output=True, text=True).stdout
        shutil.copyfile(re.search(r"libjansson\S* => (\S+)", linked)[1], self.folder / FILE)
        done = self.with_library()
        self.assertRegex(done.stderr, f"{FILE} has no curl_\\w+; install libcurl 7.85 or newer")
        self.assertEqual(done.returncode, 1)


if __name__ == "__main__":
    unittest.main()
