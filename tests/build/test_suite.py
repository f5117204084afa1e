"""The suite is green from any valid contract: docs/wsdl-update.md's recipe with that of the 2015
table, in a copy of the tree, then what tests/run --quick runs of the areas that stand on the
bindings."""
import argparse
import pathlib
import shutil
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).parent
sys.path.insert(0, str(HERE.parent / "etwsdl"))
import rebuild  # noqa: E402

AREAS = "unit|wire|cli"


def run(*command, **options):
    done = subprocess.run(list(map(str, command)), stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, text=True, errors="replace", **options)
    if done.returncode != 0:
        print(done.stdout[-12000:])
        sys.exit(f"failed: {' '.join(map(str, command))}")
    return done.stdout


def skip(why):
    print(f"skipped: {why}")
    sys.exit(77)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--etwsdl", required=True, type=pathlib.Path)
    parser.add_argument("--source", required=True, type=pathlib.Path)
    parser.add_argument("--tables", required=True, type=pathlib.Path)
    parser.add_argument("--cc", required=True)
    options = parser.parse_args()
    table = options.tables / "history/2015-09.tsv"
    if not table.is_file():
        skip(f"{table} is not here")
    with tempfile.TemporaryDirectory(prefix="etsoap-elsewhere-") as holder:
        tree, build = pathlib.Path(holder) / "tree", pathlib.Path(holder) / "build"
        shutil.copytree(options.source, tree, ignore=shutil.ignore_patterns("build", ".git"))
        new = pathlib.Path(holder) / "etframework.wsdl"
        new.write_bytes(rebuild.contract(table))
        print(run(options.etwsdl, "sync", new, "--apply", "--tree", tree)[:600])
        launcher = ["-DCMAKE_C_COMPILER_LAUNCHER=ccache"] if shutil.which("ccache") else []
        run("cmake", "-G", "Ninja", "-S", tree, "-B", build, "-DCMAKE_BUILD_TYPE=Debug",
            f"-DCMAKE_C_COMPILER={options.cc}", *launcher)
        run("cmake", "--build", build)
        print(run("ctest", "--test-dir", build, "--output-on-failure", "--parallel", "2", "-L",
                  f"^({AREAS})$", "-LE", "^(slow|bench)$")[-2000:])
    return 0


if __name__ == "__main__":
    sys.exit(main())
