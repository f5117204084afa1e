"""The source tarball: the same bytes from the same commit, and a tree that builds without network
and without git. See --help."""
import argparse
import ctypes
import fcntl
import hashlib
import os
import pathlib
import socket
import struct
import subprocess
import tarfile
import tempfile
import unittest

OPTIONS = argparse.Namespace()
NEW_NETWORK, SET_FLAGS, UP = 0x40000000, 0x8914, 1


def without_network():
    """In the child: a network of its own, in which there is loopback alone."""
    if ctypes.CDLL(None, use_errno=True).unshare(NEW_NETWORK) != 0:
        raise OSError(ctypes.get_errno(), "unshare")
    with socket.socket() as any_socket:
        fcntl.ioctl(any_socket, SET_FLAGS, struct.pack("16sh14x", b"lo", UP))


class Source(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="etsoap source \u00e9-")
        self.addCleanup(folder.cleanup)
        self.root = pathlib.Path(folder.name)
        self.environment = {**os.environ, "CCACHE_BASEDIR": str(self.root), "CCACHE_NOHASHDIR": "1"}

    def command(self, *words, cwd=None, **more):
        done = subprocess.run([str(word) for word in words], cwd=cwd or self.root, text=True,
                              stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, env=self.environment, **more)
        self.assertEqual(done.returncode, 0, f"{words}\n{done.stdout[-4000:]}")
        return done.stdout

    def tarball(self, name, build, mask=0o022):
        folder = self.root / name
        self.command("cpack", "--config", build / "CPackSourceConfig.cmake", "-B", folder,
                     umask=mask)
        found = list(folder.glob("*.tar.gz"))
        self.assertEqual(len(found), 1)
        sum_file = folder / f"{found[0].name}.sha256"
        digest = hashlib.sha256(found[0].read_bytes()).hexdigest()
        self.assertEqual(sum_file.read_text().split()[0], digest)
        return found[0], digest

    def test_it_is_reproducible_and_builds_offline(self):
        first, digest = self.tarball("first", OPTIONS.build)
        _, again = self.tarball("again", OPTIONS.build, 0o077)
        self.assertEqual(digest, again)
        with tarfile.open(first) as archive:
            members = archive.getmembers()
            archive.extractall(self.root)
        self.assertEqual({(member.uid, member.gid, member.uname) for member in members},
                         {(0, 0, "")})
        self.assertEqual(len({member.mtime for member in members}), 1)
        tree = self.root / first.name[:-len(".tar.gz")]
        self.assertFalse((tree / ".git").exists())

        offline = {"preexec_fn": without_network} if os.geteuid() == 0 else {}
        # Flags as those of tests/run, whose objects a compiler cache has.
        self.command("cmake", "--preset", "dev", "-DETSOAP_WERROR=ON", cwd=tree, **offline)
        self.command("cmake", "--build", "--preset", "dev", "--target", "ettrack", "etsim",
                     "unit.base.text", cwd=tree, **offline)
        self.command("ctest", "--preset", "dev", "-R", "^(unit.base.text|cli.send)$", cwd=tree,
                     **offline)

        # Who packs what was unpacked gets the same, within another's repository, too.
        self.command("git", "init", "-q")
        self.command("git", "-c", "user.name=another", "-c", "user.email=another@example.org",
                     "commit", "-q", "--allow-empty", "-m", "another")
        _, repacked = self.tarball("repacked", tree / "build" / "dev")
        self.assertEqual(digest, repacked)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--build", type=pathlib.Path, required=True, help="a build folder")
    OPTIONS, rest = parser.parse_known_args()
    unittest.main(argv=[__file__, *rest])
