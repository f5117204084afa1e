"""The RPM packages, installed by rpm into a clean root that has the libraries which they need, used
there, verified and erased. The root is a Debian, as is what they were built on. See --help."""
import argparse
import pathlib
import re
import shutil
import subprocess
import sys
import unittest

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))
import root as debian  # noqa: E402
import test_installed  # noqa: E402

OPTIONS = argparse.Namespace()
PACKAGES = ("libetsoap0", "libetsoap-dev", "etsoap-tools", "etsoap-doc")


def depends(package):
    """Names of what a Debian package depends on, but for ours."""
    deb, = OPTIONS.packages.glob(f"{package}_*.deb")
    said = subprocess.run(["dpkg-deb", "-f", deb, "Depends"], check=True, text=True,
                          capture_output=True).stdout
    names = {re.match(r"[^ ]+", part.strip())[0] for part in said.split(",")}
    return names - set(PACKAGES)


class Installed(debian.Case):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        debian.install(cls.root, *sorted(depends("libetsoap0") | depends("etsoap-tools")))

    def rpm(self, *words, check=True):
        done = subprocess.run(["rpm", "--root", self.root, "--dbpath", "/var/lib/rpm", *words],
                              text=True, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT)
        if check:
            self.assertEqual(done.returncode, 0, f"{words}\n{done.stdout[-4000:]}")
        return done.stdout

    def loader_knows(self):
        """What scripts of the packages tell it."""
        return "libetsoap.so.0 " in debian.run(self.root, "ldconfig", "-p")

    def files(self):
        said = self.rpm("-q", "--qf", "[%{FILEMODES:perms} %{FILENAMES}\n]", *PACKAGES)
        return [self.root / line.split(" /", 1)[1] for line in said.splitlines()
                if not line.startswith("d")]

    def test_1_they_are_installed(self):
        self.assertFalse(self.loader_knows())
        found = [next(OPTIONS.packages.glob(f"{name}-[0-9]*.rpm")) for name in PACKAGES]
        self.rpm("-i", "--nodeps", "--nosignature", *map(str, found))
        self.assertEqual(sorted(re.sub(r"-\d.*", "", name) for name in self.rpm("-qa").split()),
                         sorted(PACKAGES))
        self.assertGreater(len(self.files()), 500)
        for path in self.files():
            self.assertTrue(path.is_symlink() or path.is_file(), path)
        self.assertTrue(self.loader_knows())

    def test_2_they_do_the_main_job(self):
        job = test_installed.JOB
        said = debian.run(self.root, "sh", "-c", test_installed.WITH_ETSIM + f"""
            ettrack send {job}
            ettrack export --to sqlite:/tmp/e.db --since 2026-11-01 --until 2026-11-02 --quiet
            test -s /tmp/e.db
            etwsdl --version""")
        self.assertRegex(said, r"NumberSent +12,?000")
        self.assertRegex(said, r"(?m)^etwsdl \d")

    def test_3_they_are_as_they_were_packed(self):
        self.assertEqual(self.rpm("-V", "--nodeps", *PACKAGES), "")
        page = self.root / "usr/share/doc/etsoap-doc/README.md"
        whole = page.read_bytes()
        page.write_bytes(whole + b"more")
        self.assertRegex(self.rpm("-V", "--nodeps", "etsoap-doc", check=False),
                         r"^S\.5\S* .*/README\.md\n$")
        page.write_bytes(whole)

    def test_4_erased_nothing_is_left(self):
        files = self.files()
        self.rpm("-e", *PACKAGES)
        self.assertEqual(self.rpm("-qa"), "")
        self.assertEqual([path for path in files if path.is_symlink() or path.exists()], [])
        left = [path for path in (self.root / "usr").rglob("*") if "etsoap" in path.name]
        self.assertEqual(left, [])
        self.assertFalse(self.loader_knows())


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--packages", type=pathlib.Path, required=True, help="folder of packages")
    OPTIONS, rest = parser.parse_known_args()
    why = debian.unavailable() if shutil.which("rpmbuild") else "no rpmbuild found: install rpm"
    if why:
        print(why)
        sys.exit(77)
    unittest.main(argv=[__file__, *rest], verbosity=2)
