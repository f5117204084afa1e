"""The archive of the programs: unpacked into a root that has nothing else, not even a C library,
and under a name of its own, it talks to etsim over HTTP and HTTPS, and exports. See --help."""
import argparse
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
import time
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "harness"))
import certificates  # noqa: E402

OPTIONS = argparse.Namespace()
JOB = "12043295"


class Archive(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="etsoap-archive-")
        self.addCleanup(folder.cleanup)
        self.root = pathlib.Path(folder.name, "root")
        found = list(OPTIONS.packages.glob("etsoap-*-linux-*.tar.gz"))
        self.assertEqual(len(found), 1)
        (self.root / "opt").mkdir(parents=True)
        with tarfile.open(found[0]) as archive:
            self.modes = {member.mode & 0o777 for member in archive if not member.issym()}
            archive.extractall(self.root / "opt")
        next((self.root / "opt").iterdir()).rename(self.root / "opt" / "moved")
        (self.root / "tmp").mkdir()
        # Who is not root has all of the machine's files, and the same programs.
        self.inside = os.geteuid() == 0
        self.top = "/opt/moved" if self.inside else str(self.root / "opt" / "moved")
        self.tmp = "/tmp" if self.inside else str(self.root / "tmp")

    def start(self, program, *words, environment=None):
        enter = {"preexec_fn": lambda: (os.chroot(self.root), os.chdir("/"))} if self.inside else {}
        return subprocess.Popen([f"{self.top}/bin/{program}", *words], env=environment or {},
                                stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True,
                                stderr=subprocess.STDOUT, **enter)

    def run_program(self, program, *words, environment=None):
        process = self.start(program, *words, environment=environment)
        said = process.communicate(timeout=120)[0]
        self.assertEqual(process.returncode, 0, f"{program} {words}\n{said}")
        return said

    def served(self, *options):
        ready = self.root / "tmp" / "ready"
        ready.unlink(missing_ok=True)
        process = self.start("etsim", "--listen", "127.0.0.1:0", "--ready-file",
                             f"{self.tmp}/ready", "--max-time", "120", *options)
        self.addCleanup(process.communicate)
        self.addCleanup(process.terminate)
        while not (ready.exists() and ready.read_text().endswith("\n")):
            self.assertIsNone(process.poll(), "etsim ended")
            time.sleep(0.02)
        return {"ETSOAP_ENDPOINT": re.search(r"https?://\S+", ready.read_text())[0],
                "ETSOAP_USERNAME": "demo", "ETSOAP_PASSWORD": "demo"}

    def test_everybody_may_read_and_run_it(self):
        self.assertEqual(self.modes, {0o755, 0o644})

    def test_over_http(self):
        service = self.served()
        said = self.run_program("ettrack", "send", JOB, environment=service)
        self.assertRegex(said, r"NumberSent +12,?000")
        self.run_program("ettrack", "export", "--to", f"sqlite:{self.tmp}/e.db", "--since",
                         "2026-11-01", "--until", "2026-11-02", "--quiet", environment=service)
        self.assertEqual((self.root / "tmp" / "e.db").read_bytes()[:15], b"SQLite format 3")

    def test_over_https_with_an_authority_of_ones_own(self):
        if not certificates.available():
            self.skipTest("no openssl found: install openssl")
        authority = certificates.Authority(self.root / "tmp" / "authority")
        leaf = authority.sign("127.0.0.1", ["subjectAltName = IP:127.0.0.1"])

        def inside(path):
            return f"{self.tmp}/{path.relative_to(self.root / 'tmp')}"

        service = self.served("--tls", inside(leaf), inside(authority.key))
        self.assertTrue(service["ETSOAP_ENDPOINT"].startswith("https:"))
        said = self.run_program("ettrack", "send", JOB, "--ca-file", inside(authority.root),
                                environment=service)
        self.assertRegex(said, r"NumberSent +12,?000")
        process = self.start("ettrack", "send", JOB, environment=service)
        self.assertIn("certificate", process.communicate()[0])
        self.assertEqual(process.returncode, 1)

    def test_etwsdl_and_names(self):
        self.assertIn("usage: etwsdl", self.run_program("etwsdl", "--help"))
        (self.root / "usr" / "bin").mkdir(parents=True)
        (self.root / "usr" / "bin" / "ettrack").symlink_to(f"{self.top}/bin/ettrack")
        top, self.top = self.top, "/usr" if self.inside else str(self.root / "usr")
        self.assertRegex(self.run_program("ettrack", "version"), r"^ettrack \d")
        self.top = top

    def test_etwsdl_runs_itself(self):
        tree, new = self.root / "tree", self.root / "new"
        for part in ("wsdl", "generated", "src", "tools/etwsdl"):
            shutil.copytree(OPTIONS.source / part, tree / part)
        shutil.copytree(tree / "wsdl", new)
        contract = new / "etframework.wsdl"
        contract.write_text(contract.read_text().replace('"UniqueClicks"', '"UniqueLinkClicks"'))
        program = self.root / "opt" / "moved" / "bin" / "etwsdl"
        done = subprocess.run([program, "sync", contract, "--tree", tree, "--apply", "--force"],
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        self.assertEqual(done.returncode, 0, done.stdout)
        self.assertIn("Send.UniqueLinkClicks", (tree / "generated" / "surface.txt").read_text())

    def test_the_terms_of_what_is_brought_along(self):
        shared = self.root / "opt" / "moved" / "share" / "doc"
        for package in ("libc6", "libssl3", "libxml2", "libcurl4", "etsoap-tools"):
            self.assertTrue((shared / package / "copyright").exists(), package)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--source", type=pathlib.Path, required=True, help="the tree")
    parser.add_argument("--packages", type=pathlib.Path, required=True, help="its folder")
    OPTIONS, rest = parser.parse_known_args()
    unittest.main(argv=[__file__, *rest], verbosity=2)
