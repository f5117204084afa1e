"""export_cpu.py [--rows N] [--rounds N]: the CPU of `ettrack export` into a folder, gzip and plain,
against that of `ettrack events --format csv` for the same rows, in turns; the best of each counts.
Exit code 1 when the folder takes more than 1.3 times."""
import argparse
import pathlib
import resource
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "harness"))
from etsim import Etsim  # noqa: E402

MOST = 1.3
SPAN = ["--since", "2026-11-01", "--until", "2026-11-20"]


def cpu(command, environment):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    process = subprocess.run(command, env=environment, stderr=subprocess.PIPE, text=True)
    if process.returncode:
        raise SystemExit(f"{command}: exit {process.returncode}: {process.stderr}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, process.stderr


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=300_000)
    parser.add_argument("--rounds", type=int, default=4)
    options = parser.parse_args()
    best = {}
    with tempfile.TemporaryDirectory(prefix="etsoap-bench-") as folder, \
            Etsim("--sends", 1, "--subscribers", options.rows, seconds=3600) as simulator:
        environment = simulator.environment()
        for number in range(options.rounds):
            rows = f"{folder}/rows.csv"
            export = ["ettrack", "export", "--tables", "sent", *SPAN, "--to"]
            for name, command in (
                    ("events --format csv", ["ettrack", "events", "sent", *SPAN, "--quiet",
                                             "--format", "csv", "-o", rows]),
                    ("export, gzip", [*export, f"{folder}/gzip{number}"]),
                    ("export, plain", [*export, f"{folder}/plain{number}", "--plain"])):
                seconds, said = cpu(command, environment)
                if command[1] == "export" and f" {options.rows} rows" not in said:
                    raise SystemExit(f"{name}: {said}")
                best[name] = min(seconds, best.get(name, seconds))
        with open(rows, encoding="utf-8") as lines:
            if sum(1 for _ in lines) != options.rows + 1:
                raise SystemExit("events: not all rows")
    base = best["events --format csv"]
    for name, seconds in best.items():
        print(f"{name:20}{seconds * 1e6 / options.rows:6.2f} CPU s a million rows  "
              f"{seconds / base:5.2f}")
    return max(best.values()) > MOST * base


if __name__ == "__main__":
    sys.exit(main())
