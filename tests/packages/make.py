"""Builds preset `package` and makes all packages of it: DEB, RPM where there is rpmbuild, and the
archive of the programs. See --help."""
import argparse
import os
import pathlib
import shutil
import subprocess
import sys


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--source", type=pathlib.Path, required=True, help="the tree")
    parser.add_argument("--tree", type=pathlib.Path, required=True, help="the build folder")
    parser.add_argument("--made", type=pathlib.Path, required=True, help="where packages go")
    parser.add_argument("--cc", required=True)
    options = parser.parse_args()
    if not shutil.which("dpkg-shlibdeps"):
        print("no dpkg-shlibdeps found: install dpkg-dev")
        return 77
    # A compiler cache, where one is used, knows the sources of other build folders again.
    environment = {**os.environ, "CCACHE_BASEDIR": str(options.source), "CCACHE_NOHASHDIR": "1"}

    def run(*words, **more):
        subprocess.run([str(word) for word in words], cwd=options.source, env=environment,
                       check=True, stdin=subprocess.DEVNULL, **more)

    run("cmake", "--preset", "package", "-B", options.tree, f"-DCMAKE_C_COMPILER={options.cc}")
    run("cmake", "--build", options.tree, "--target", "all", "launchers")
    shutil.rmtree(options.made, ignore_errors=True)
    for kind in ("DEB", "RPM", "TGZ"):
        if kind == "RPM" and not shutil.which("rpmbuild"):
            print("no rpmbuild found, so no RPM packages: install rpm")
            continue
        run("cpack", "--config", options.tree / "CPackConfig.cmake", "-G", kind, "-B", options.made,
            umask=0o077)  # which nobody may see in what is made
    shutil.rmtree(options.made / "_CPack_Packages", ignore_errors=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
