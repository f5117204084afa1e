"""npm.py FOLDER: what package-lock.json in FOLDER names is in FOLDER/node_modules afterwards, by
way of a folder in $ETSOAP_CACHE or ~/.cache/etsoap-tests, so that one machine fetches it once."""

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import programs


def fetch(folder, final):
    """Whole or not at all."""
    programs.need("npm", "npm")
    if os.environ.get("ETSOAP_NO_INSTALL"):
        programs.skip("ETSOAP_NO_INSTALL is set and the npm packages are not installed")
    final.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="npm-", dir=final.parent) as scratch:
        made = Path(scratch, "made")
        made.mkdir()
        for name in ("package.json", "package-lock.json"):
            shutil.copy(folder / name, made)
        subprocess.run(["npm", "ci", "--omit=dev", "--no-audit", "--no-fund", "--ignore-scripts"],
                       cwd=made, check=True)
        try:
            made.rename(final)
        except OSError:  # another was faster
            pass


def main():
    folder = Path(sys.argv[1])
    lock = hashlib.sha256((folder / "package-lock.json").read_bytes()).hexdigest()
    cache = os.environ.get("ETSOAP_CACHE") or os.path.expanduser("~/.cache/etsoap-tests")
    final = Path(cache, f"npm-{lock[:16]}").resolve()
    if not final.exists():
        fetch(folder, final)
    modules = folder / "node_modules"
    if modules.is_dir() and not modules.is_symlink():  # of an earlier version
        shutil.rmtree(modules)
    modules.unlink(missing_ok=True)
    modules.symlink_to(final / "node_modules")


main()
