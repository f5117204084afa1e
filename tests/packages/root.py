"""A clean Debian to install packages into: a folder that debootstrap made, kept with what apt has
fetched in $ETSOAP_CACHE or ~/.cache/etsoap-tests, so that one machine makes it once."""
import os
import pathlib
import platform
import shutil
import subprocess
import sys
import tempfile
import unittest

TOOLS = ("gcc", "libc6-dev", "cmake", "make", "pkg-config", "man-db")
ENVIRONMENT = {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "HOME": "/tmp", "LC_ALL": "C.UTF-8",
               "DEBIAN_FRONTEND": "noninteractive", "PAGER": "cat"}


def missing():
    """Why there can be no such root here, or an empty text."""
    if not pathlib.Path("/etc/debian_version").exists():
        return "this is no Debian: no clean root can be made of its packages"
    if os.geteuid() != 0:
        return "only root can install into a clean Debian root (chroot)"
    if not cached().exists():
        if os.environ.get("ETSOAP_NO_INSTALL"):
            return "there is no Debian root in the cache, and ETSOAP_NO_INSTALL is set"
        if not shutil.which("debootstrap"):
            return "no debootstrap found: install debootstrap"
    return ""


def release():
    lines = pathlib.Path("/etc/os-release").read_text().splitlines()
    return dict(line.split("=", 1) for line in lines if "=" in line)["VERSION_CODENAME"].strip('"')


def cached():
    folder = os.environ.get("ETSOAP_CACHE") or os.path.expanduser("~/.cache/etsoap-tests")
    return pathlib.Path(folder, f"debian-{release()}-{platform.machine()}")


def mirror():
    """Where apt of this machine has the release from."""
    said = subprocess.run(["apt-get", "indextargets", "--format", "$(RELEASE) $(REPO_URI)",
                           "Identifier: Packages", "Component: main"], check=True, text=True,
                          capture_output=True).stdout
    return next(line.split()[1] for line in said.splitlines() if line.split()[0] == release())


def run(root, *command, check=True, **environment):
    done = subprocess.run(["chroot", root, *map(str, command)], text=True, errors="replace",
                          stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, env={**ENVIRONMENT, **environment})
    if check and done.returncode:
        raise RuntimeError(f"in the clean root: {command}: exit code {done.returncode}\n"
                           f"{done.stdout[-4000:]}")
    return done.stdout


def make():
    """The root of the cache, made when it is not there: a minimal Debian, and the compilers beside
    it as packages that are not installed."""
    final = cached()
    if final.exists():
        return final
    final.parent.mkdir(parents=True, exist_ok=True)
    scratch = final.with_name(f"{final.name}.{os.getpid()}")
    try:
        done = subprocess.run(["debootstrap", "--variant=minbase", release(), scratch, mirror()],
                              stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, text=True)
        if done.returncode:
            raise RuntimeError(f"debootstrap failed:\n{done.stdout[-2000:]}")
        run(scratch, "apt-get", "update")
        run(scratch, "apt-get", "install", "-y", "--no-install-recommends", "--download-only",
            *TOOLS)
        try:
            scratch.rename(final)
        except OSError:  # another was faster
            pass
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    return final


def unavailable():
    """Why there is no such root here, after it was tried; an empty text: there is."""
    why = missing()
    if not why:
        try:
            make()
        except RuntimeError as failure:  # the mirror's affair, not that of the packages
            why = f"no clean Debian root could be made: {failure}"
    return why


def copy(target):
    subprocess.run(["cp", "-a", "--reflink=auto", make(), target], check=True)


def keep_fetched(root):
    """What apt had to fetch stays for the next time."""
    for package in pathlib.Path(root, "var/cache/apt/archives").glob("*.deb"):
        kept = cached() / "var/cache/apt/archives" / package.name
        if not kept.exists():
            fresh = kept.parent / "partial" / f"{kept.name}.{os.getpid()}"
            shutil.copy2(package, fresh)
            fresh.replace(kept)


def install(root, *packages):
    """Without what is only recommended. What the cache has is not fetched; where the mirror has
    moved on, the lists are read anew."""
    words = ("apt-get", "install", "-y", "--no-install-recommends", *packages)
    try:
        said = run(root, *words)
    except RuntimeError as failure:
        print(failure, "\nreading the lists anew", file=sys.stderr)
        run(root, "apt-get", "update")
        said = run(root, *words)
    keep_fetched(root)
    return said


class Case(unittest.TestCase):
    """One root and one order, since each step stands on the one before."""

    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory(prefix="etsoap-root-")
        cls.addClassCleanup(cls.folder.cleanup)
        cls.root = pathlib.Path(cls.folder.name, "root")
        copy(cls.root)
