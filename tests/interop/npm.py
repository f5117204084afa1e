"""npm.py FOLDER: what package-lock.json in FOLDER names is in FOLDER/node_modules afterwards."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import programs


def main():
    folder = Path(sys.argv[1])
    lock = (folder / "package-lock.json").read_bytes()
    done = folder / "node_modules" / "installed-from.json"
    if done.exists() and done.read_bytes() == lock:
        print("already there")
        return
    programs.need("npm", "npm")
    if os.environ.get("ETSOAP_NO_INSTALL"):
        programs.skip("ETSOAP_NO_INSTALL is set and the npm packages are not installed")
    shutil.rmtree(folder / "node_modules", ignore_errors=True)
    subprocess.run(["npm", "ci", "--omit=dev", "--no-audit", "--no-fund", "--ignore-scripts"],
                   cwd=folder, check=True)
    done.write_bytes(lock)


main()
