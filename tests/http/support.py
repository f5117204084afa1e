"""The probe and what it says."""
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest
import zlib

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent / "harness"))
LINE = re.compile(r"(\w+) (\d+) (?:type=(\S*) charset=(\S*) retry=(\S+) )?sent=(\d) size=(\d+) "
                  r"(?:sum=(\w+) )?(.*)")


class Outcome:
    """One line of the probe."""

    def __init__(self, line):
        found = LINE.fullmatch(line)
        if not found:
            raise AssertionError(f"the probe says: {line}")
        self.name, self.status = found[1], int(found[2])
        self.type, self.charset, self.retry = found[3], found[4], found[5]
        self.sent, self.size, self.sum = found[6] == "1", int(found[7]), found[8]
        self.body, _, self.message = found[9].partition(": ") if self.name != "OK" else (
            found[9], "", "")

    def holds(self, body):
        return self.size == len(body) and self.sum == f"{zlib.adler32(body):08x}"

    def __repr__(self):
        return f"{self.name} {self.status} sent={self.sent} size={self.size} {self.message}"


class Case(unittest.TestCase):
    probe = None

    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="etsoap-http-")
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def command(self, *arguments, **options):
        return [self.probe, *(f"{name}={value}" for name, value in options.items()),
                *map(str, arguments)]

    def environment(self, **more):
        plain = {name: value for name, value in os.environ.items()
                 if not name.lower().endswith("_proxy") and not name.startswith("SSL_CERT_")}
        return {**plain, **more}

    def run_probe(self, *arguments, environment=None, **options):
        """The outcomes, one for each request. The probe has to end by itself and in good order."""
        done = subprocess.run(self.command(*arguments, **options), capture_output=True, timeout=60,
                              env=self.environment(**(environment or {})))
        self.assertEqual((done.returncode, done.stderr), (0, b""), done.stdout)
        return [Outcome(line) for line in done.stdout.decode().splitlines()]

    def one(self, *arguments, **options):
        outcomes = self.run_probe(*arguments, **options)
        self.assertEqual(len(outcomes), 1, outcomes)
        return outcomes[0]

    def fails(self, outcome, name, *texts):
        self.assertEqual(outcome.name, name, outcome)
        for text in texts:
            self.assertIn(text, outcome.message)


def main():
    Case.probe = sys.argv.pop(1)
    result = unittest.main(exit=False).result
    if result.skipped:
        print(result.skipped[0][1].strip())
    nothing_ran = len(result.skipped) >= result.testsRun
    sys.exit(1 if not result.wasSuccessful() else 77 if nothing_ran else 0)
