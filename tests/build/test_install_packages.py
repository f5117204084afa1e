"""tools/install-packages, on a PATH where apt-get, dpkg-query, id and sudo are stand-ins."""
import os
import pathlib
import shutil
import subprocess
import tempfile
import unittest

TOOLS = pathlib.Path(__file__).resolve().parent.parent.parent / "tools"
NEEDED = ("sh", "sed", "grep", "dirname", "mktemp", "rm", "tail", "head", "env", "cat")


class InstallPackages(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = pathlib.Path(folder.name)
        self.bin = self.root / "bin"
        self.bin.mkdir()
        for name in NEEDED:
            (self.bin / name).symlink_to(shutil.which(name))
        self.log = self.root / "calls"
        self.stand_in("apt-get", f'echo "apt-get $*" >> {self.log}')
        self.stand_in("id", "echo 0")
        self.stand_in("sleep", f'echo "sleep $*" >> {self.log}')
        self.installed()

    def stand_in(self, name, script):
        path = self.bin / name
        path.write_text(f"#!/bin/sh\n{script}\n")
        path.chmod(0o755)

    def installed(self, *packages):
        """dpkg-query answers that these are installed; others are known, but not installed."""
        names = "|".join(packages) or "-"
        self.stand_in("dpkg-query", 'for last; do :; done\n'
                      f'case $last in {names}) echo installed ;; *) echo not-installed ;; esac')

    def run_it(self, *arguments, **environment):
        return subprocess.run([TOOLS / "install-packages", *arguments], text=True,
                              stdin=subprocess.DEVNULL, capture_output=True,
                              env={"PATH": str(self.bin), "TMPDIR": str(self.root), **environment})

    def calls(self):
        return self.log.read_text().splitlines() if self.log.exists() else []

    def build_packages(self):
        return self.run_it("--list", "build").stdout.split()

    def test_the_list_has_what_the_build_finds(self):
        listed = self.build_packages()
        for package in ("gsoap", "libgsoap-dev", "libssl-dev", "libjansson-dev", "libxml2-dev"):
            self.assertIn(package, listed)
        for line in (TOOLS / "packages").read_text().splitlines():
            if line and not line.startswith("#"):
                self.assertGreaterEqual(len(line.split(maxsplit=2)), 3, f"no reason: {line}")

    def test_nothing_is_missing(self):
        self.installed(*self.build_packages())
        done = self.run_it("build")
        self.assertEqual((done.returncode, done.stdout, done.stderr), (0, "", ""))
        self.assertEqual(self.calls(), [])

    def test_only_what_is_missing_is_installed_after_an_update(self):
        self.installed(*[name for name in self.build_packages() if name != "gsoap"])
        done = self.run_it("build")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(done.stdout, "installing Debian packages: gsoap\n")
        update, install = self.calls()
        self.assertIn(" update ", update)
        self.assertTrue(install.endswith(" install --no-install-recommends gsoap"), install)
        self.assertEqual([path.name for path in self.root.glob("etsoap-apt*")], [])

    def test_a_command_on_the_path_counts_as_its_package(self):
        self.assertIn("cmake", self.run_it("--dry-run", "build").stdout.split())
        self.stand_in("cmake", "exit 1")
        self.assertNotIn("cmake", self.run_it("--dry-run", "build").stdout.split())

    def test_a_failing_apt_get_is_quoted(self):
        self.stand_in("apt-get",
                      'case "$*" in *install*) echo "E: no such package"; exit 100 ;; esac')
        done = self.run_it("build")
        self.assertEqual(done.returncode, 1)
        self.assertIn("E: no such package", done.stderr)
        self.assertIn("could not install: gcc", done.stderr)

    def failing(self, times, words, *said, code=100):
        """apt-get fails so often with these words among its arguments, and says why."""
        fails = self.root / "fails"
        fails.write_text("x\n" * times)
        why = "; ".join(f'echo "{line}"' for line in said)
        self.stand_in("apt-get", f'echo "apt-get $*" >> {self.log}\n'
                      f'case "$*" in *\"{words}\"*) ;; *) exit 0 ;; esac\n'
                      f'[ -s {fails} ] || exit 0\n'
                      f'sed -i 1d {fails}; {why}; exit {code}')

    def pauses(self):
        return [line.split()[1] for line in self.calls() if line.startswith("sleep")]

    def test_a_lock_or_a_mirror_is_waited_for(self):
        for words, said in (
                (" update ", "E: Could not get lock /var/lib/apt/lists/lock. It is held by 12"),
                (" install ", "E: Failed to fetch http://x/gcc.deb  404  Not Found"),
                (" update ", "E: Failed to fetch http://x/InRelease  Temporary failure resolving")):
            with self.subTest(said):
                self.log.unlink(missing_ok=True)
                self.failing(2, words, said)
                done = self.run_it("build")
                self.assertEqual(done.returncode, 0, done.stderr)
                self.assertEqual(done.stderr.splitlines(),
                                 [f"install-packages: {said}; trying again in {pause} s"
                                  for pause in (5, 20)])
                self.assertEqual(self.pauses(), ["5", "20"])
                self.assertIn(" install ", self.calls()[-1])
                self.assertEqual(sum(" update " in call for call in self.calls()), 3)

    def test_a_mirror_that_stays_away_is_told(self):
        self.failing(9, " install ", "E: Failed to fetch http://x/gcc.deb  Could not connect")
        done = self.run_it("build")
        self.assertEqual(done.returncode, 1)
        self.assertEqual(self.pauses(), ["5", "20", "60"])
        self.assertRegex(done.stderr, r"Could not connect\n.*after four tries: gcc ")

    def test_a_source_out_of_order_does_not_keep_others_from_being_used(self):
        for said, pauses in (("W: GPG error: http://y: the key is not known", []),
                             ("E: Failed to fetch http://y/InRelease", ["5", "20", "60"])):
            with self.subTest(said):
                self.log.unlink(missing_ok=True)
                self.failing(9, " update ", said)
                done = self.run_it("build")
                self.assertEqual(done.returncode, 0, done.stderr)
                self.assertEqual(self.pauses(), pauses)

    def test_what_will_not_pass_is_not_tried_again(self):
        self.failing(9, " install ", "E: Unable to locate package gsoap")
        done = self.run_it("build")
        self.assertEqual(done.returncode, 1)
        self.assertEqual(self.pauses(), [])
        self.assertIn("Unable to locate package gsoap\n"
                      "install-packages: apt-get could not install: gcc ", done.stderr)

    def test_without_root_and_without_sudo(self):
        self.stand_in("id", "echo 1000")
        done = self.run_it("build")
        self.assertEqual(done.returncode, 1)
        self.assertIn("as root, run: apt-get install gcc", done.stderr)
        self.assertEqual(self.calls(), [])

    def test_without_root_sudo_is_asked(self):
        self.stand_in("id", "echo 1000")
        self.stand_in("sudo", f'echo sudo >> {self.log}\nexec "$@"')
        self.assertEqual(self.run_it("build").returncode, 0)
        self.assertEqual([line.split()[0] for line in self.calls()],
                         ["sudo", "apt-get", "sudo", "apt-get"])

    def test_no_apt_get(self):
        os.unlink(self.bin / "apt-get")
        done = self.run_it("build")
        self.assertEqual(done.returncode, 1)
        self.assertIn("no apt-get here", done.stderr)
        self.assertIn("gsoap", done.stderr)
        self.assertEqual(self.run_it("build", ETSOAP_NO_INSTALL="1").returncode, 0)

    def test_wrong_usage(self):
        for arguments in ((), ("nosuch",), ("--nosuch", "build")):
            self.assertEqual(self.run_it(*arguments).returncode, 2, arguments)


if __name__ == "__main__":
    unittest.main()
