"""The packages as files: what lintian and rpmlint find, what they depend on, whether DEB and RPM
have the same in them. See --help; SUITE is one of the classes here."""
import argparse
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent / "harness"))
from ending import exit_code  # noqa: E402

OPTIONS = argparse.Namespace()
# Libraries that ours need, by the names under which Fedora's packages have them.
FEDORA = {"glibc": "libc.so.6 libm.so.6 ld-linux-x86-64.so.2 ld-linux-aarch64.so.1 rtld",
          "openssl-libs": "libssl.so.3 libcrypto.so.3", "libcurl": "libcurl.so.4",
          "libxml2": "libxml2.so.2", "jansson": "libjansson.so.4", "zlib-ng-compat": "libz.so.1",
          "sqlite-libs": "libsqlite3.so.0", "libetsoap0": "libetsoap.so.0"}
PACKAGES = ("libetsoap0", "libetsoap-dev", "etsoap-tools", "etsoap-doc")


def said_by(*command, check=True):
    done = subprocess.run([str(word) for word in command], text=True, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT)
    if check and done.returncode:
        raise RuntimeError(f"{command}: exit code {done.returncode}\n{done.stdout[-4000:]}")
    return done.stdout


def need(*programs):
    for program in programs:
        if not shutil.which(program):
            raise unittest.SkipTest(f"no {program} found: install {program}")


def one(pattern):
    found = list(OPTIONS.packages.glob(pattern))
    assert len(found) == 1, f"{pattern}: {found}"
    return found[0]


def deb(package):
    return one(f"{package}_*.deb")


def rpm(package):
    return one(f"{package}-[0-9]*.rpm")


def gsoap_releases():
    """The one here, and the first that its stubs do not go with."""
    release = re.search(r"\d+(\.\d+)+", said_by("soapcpp2", "-V", check=False))[0]
    *front, last = release.split(".")
    return release, ".".join([*front, str(int(last) + 1)])


class Deb(unittest.TestCase):
    def field(self, package, name):
        return said_by("dpkg-deb", "-f", deb(package), name).strip()

    def names(self, package, field):
        return {re.match(r"[^ ]+", part.strip())[0]
                for part in re.split(r"[,|]", self.field(package, field)) if part.strip()}

    def test_lintian_finds_no_error(self):
        need("lintian")
        with tempfile.TemporaryDirectory(prefix="etsoap-lintian-") as folder:  # it leaves files
            said = said_by("env", f"TMPDIR={folder}", "lintian", "--allow-root", "--fail-on",
                           "none", *map(deb, PACKAGES))
        self.assertEqual([line for line in said.splitlines() if line.startswith("E:")], [], said)

    def test_everybody_may_read_and_nobody_but_root_write(self):
        for package in PACKAGES:
            lines = said_by("dpkg-deb", "-c", deb(package)).splitlines()
            self.assertGreater(len(lines), 5)
            for line in lines:
                mode, owner, *_, path = line.split(None, 5)
                wanted = {"d": "drwxr-xr-x", "l": "lrwxrwxrwx"}.get(line[0], "-rw-r--r--")
                if path.startswith("./usr/bin/") and line[0] == "-":
                    wanted = "-rwxr-xr-x"
                self.assertEqual((mode, owner), (wanted, "root/root"), line)

    def test_what_is_linked_and_what_is_loaded_is_a_dependency(self):
        library = self.names("libetsoap0", "Depends")
        self.assertLessEqual({"libc6", "libssl3", "libxml2", "libjansson4", "libcurl4"}, library)
        tools = self.names("etsoap-tools", "Depends")
        self.assertLessEqual({"libetsoap0", "libsqlite3-0", "libcurl4"}, tools)
        self.assertIn("libpq5", self.names("etsoap-tools", "Recommends"))
        self.assertLessEqual({"libetsoap0", "libssl-dev", "libxml2-dev", "libjansson-dev",
                              "libgsoap-dev", "zlib1g-dev"},
                             self.names("libetsoap-dev", "Depends"))
        self.assertIn("bash-completion", self.names("etsoap-tools", "Recommends"))
        self.assertEqual(self.field("etsoap-doc", "Architecture"), "all")
        for package in PACKAGES:
            self.assertNotIn("gsoap", self.names(package, "Depends") - {"gsoap", "libgsoap-dev"})

    def test_the_stubs_get_the_gsoap_that_made_them(self):
        needs = {part.strip() for part in self.field("libetsoap-dev", "Depends").split(",")}
        release, after = gsoap_releases()
        for package in ("gsoap", "libgsoap-dev"):
            self.assertLessEqual({f"{package} (>= {release})", f"{package} (<< {after}~)"}, needs)

    def test_the_loader_hears_of_the_library(self):
        version = self.field("libetsoap0", "Version").split("-")[0]
        major, minor = map(int, version.split(".")[:2])
        self.assertEqual(said_by("dpkg-deb", "-I", deb("libetsoap0"), "shlibs"),
                         f"libetsoap 0 libetsoap0 (>= {version}), "
                         f"libetsoap0 (<< {major}.{minor + 1}~)\n")
        self.assertIn("ldconfig", said_by("dpkg-deb", "-I", deb("libetsoap0"), "triggers"))


class Rpm(unittest.TestCase):
    def setUp(self):
        need("rpm", "rpmbuild")

    def test_the_same_files_as_in_debian(self):
        for package in PACKAGES:
            listed = said_by("rpm", "-qlp", "--nosignature", rpm(package)).splitlines()
            flags = said_by("rpm", "-qp", "--nosignature", "--qf", "[%{FILEMODES:perms} "
                            "%{FILENAMES}\n]", rpm(package)).splitlines()
            folders = {line.split(" ", 1)[1] for line in flags if line.startswith("d")}
            ours = sorted(set(listed) - folders)
            theirs = sorted(line.split(None, 5)[5].split(" -> ")[0].lstrip(".")
                            for line in said_by("dpkg-deb", "-c", deb(package)).splitlines()
                            if not line.startswith("d"))
            theirs = [name for name in theirs if not name.startswith("/usr/share/doc-base/")
                      and not name.endswith("/changelog.Debian.gz")]
            self.assertEqual(ours, theirs, package)
            self.assertGreater(len(ours), 2)

    def test_fedora_has_what_they_need(self):
        """gSOAP's own library is in ours; a file or a package by name is Fedora's or ours, too."""
        libraries = set(" ".join(FEDORA.values()).split())
        others = {"gsoap-devel", "jansson-devel", "libcurl-devel", "libxml2-devel",
                  "openssl-devel", "zlib-devel", "/bin/sh", "libetsoap0"}
        seen = set()
        for package in PACKAGES:
            said = said_by("rpm", "-qp", "--nosignature", "--requires", rpm(package))
            for need_ in said.splitlines():
                name = re.match(r"[^ (]+", need_)[0]
                if name != "rpmlib":
                    self.assertIn(name, libraries if "(" in need_ else others, package)
                    seen.add(name)
        self.assertLessEqual({"libcurl.so.4", "libxml2.so.2", "libssl.so.3", "libjansson.so.4",
                              "libsqlite3.so.0", "libz.so.1"} | others, seen)

    def test_what_they_need(self):
        said = said_by("rpm", "-qp", "--nosignature", "--requires", rpm("etsoap-tools"))
        self.assertRegex(said, r"libetsoap\.so\.0")
        self.assertRegex(said, r"libetsoap0 = ")
        self.assertRegex(said_by("rpm", "-qp", "--nosignature", "--requires", rpm("libetsoap0")),
                         r"libcurl\.so\.4")

    def test_what_is_recommended_is_as_in_debian(self):
        """libpq by the name of its library, since Fedora has no package libpq5."""
        for package in PACKAGES:
            for field in ("Recommends", "Suggests"):
                said = said_by("rpm", "-qp", "--nosignature", f"--{field.lower()}", rpm(package))
                theirs = said_by("dpkg-deb", "-f", deb(package), field).strip()
                wanted = {re.sub("^libpq5$", "libpq.so.5", name)
                          for name in re.split(", *", theirs) if name}
                self.assertEqual({re.match(r"[^ (]+", line)[0] for line in said.splitlines()},
                                 wanted, f"{package} {field}")

    def test_what_a_compiler_needs_of_them(self):
        said = said_by("rpm", "-qp", "--nosignature", "--requires", rpm("libetsoap-dev"))
        release, after = gsoap_releases()
        self.assertLessEqual({f"gsoap-devel >= {release}", f"gsoap-devel < {after}",
                              "openssl-devel", "libxml2-devel", "jansson-devel", "zlib-devel",
                              "libcurl-devel"}, set(said.splitlines()))

    def test_rpmlint_finds_no_error(self):
        need("rpmlint")
        said = said_by("rpmlint", "--config", OPTIONS.source / "tests/packages/rpmlint.toml",
                       *map(rpm, PACKAGES), check=False)
        self.assertRegex(said, r"\d+ packages and \d+ specfiles checked")
        self.assertEqual([line for line in said.splitlines() if re.search(r": E: ", line)], [],
                         said)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--source", type=pathlib.Path, required=True, help="the tree")
    parser.add_argument("--packages", type=pathlib.Path, required=True, help="folder of packages")
    parser.add_argument("suite")
    parser.parse_args(namespace=OPTIONS)
    suite = unittest.defaultTestLoader.loadTestsFromName(OPTIONS.suite, sys.modules[__name__])
    return exit_code(unittest.TextTestRunner(verbosity=2).run(suite))


if __name__ == "__main__":
    sys.exit(main())
