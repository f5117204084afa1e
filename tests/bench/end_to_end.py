#!/usr/bin/env python3
"""What a client costs: all SentEvents of a send over loopback to CSV, by ettrack, PHP's SoapClient,
zeep and node-soap, in turns against one etsim.

  end_to_end.py --build BUILD [--rows N] [--rounds N] [--node FOLDER] [--json]

Prints the CPU seconds of each client, the least of its rounds, and its peak memory. FOLDER has the
node_modules that tests/interop installs; a client that is not there is left out, and said so."""
import argparse
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "harness"))
from etsim import Etsim  # noqa: E402

JOB = "12043295"
PROPERTIES = ["SendID", "SubscriberKey", "EventDate", "EventType", "BatchID"]
PYTHON = "/usr/bin/python3"  # the one that Debian's python3-zeep is for


def clients(build, node, endpoint):
    """Name, command and folder of each."""
    wsdl = endpoint.replace("/Service.asmx", "/etframework.wsdl")
    arguments = [wsdl, JOB, *PROPERTIES]
    ours = [str(build / "bin/ettrack"), "events", "sent", "--send", JOB, "--format", "csv",
            "--quiet", "--properties", ",".join(PROPERTIES)]
    yield "ettrack", ours, None
    yield "PHP SoapClient", ["php", str(HERE / "clients/csv.php"), *arguments], None
    yield "zeep", [PYTHON, str(HERE / "clients/csv_zeep.py"), *arguments], None
    if node:
        yield "node-soap", ["node", str(HERE / "clients/csv_node_soap.mjs"), *arguments], node


def available(name, command):
    if shutil.which(command[0]) is None:
        return False
    return name != "zeep" or subprocess.run([PYTHON, "-c", "import zeep"],
                                            stderr=subprocess.DEVNULL).returncode == 0


def run(command, folder, environment):
    """CPU seconds, peak memory in MB and rows of one run."""
    with tempfile.TemporaryFile() as out:
        process = subprocess.Popen(command, stdout=out, cwd=folder, env=environment)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            raise SystemExit(f"{command[0]}: exit {process.returncode}")
        out.seek(0)
        rows = sum(1 for _ in out) - 1
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, rows


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--build", type=pathlib.Path, required=True)
    parser.add_argument("--rows", type=int, default=200_000, help="recipients of the send")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--node", type=pathlib.Path, help="folder with node_modules")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    build = options.build.resolve()
    os.environ["PATH"] = f"{build / 'bin'}:{os.environ['PATH']}"
    best = {}
    with Etsim("--subscribers", options.rows, "--sends", 1, seconds=3600) as sim:
        for _ in range(options.rounds):
            for name, command, folder in clients(build, options.node, sim.endpoint):
                if not available(name, command):
                    print(f"{name}: not installed, left out", file=sys.stderr)
                    continue
                seconds, memory, rows = run(command, folder, sim.environment())
                before = best.get(name, (seconds, memory, rows))
                if rows != before[2]:
                    raise SystemExit(f"{name}: {rows} rows, {before[2]} the time before")
                best[name] = min(seconds, before[0]), max(memory, before[1]), rows
    if len({rows for _, _, rows in best.values()}) != 1:
        raise SystemExit(f"not the same rows: {best}")
    ours = best["ettrack"][0]
    for name, (seconds, memory, rows) in best.items():
        if options.json:
            print(json.dumps({"client": name, "rows": rows, "cpu_s": round(seconds, 3),
                              "peak_mb": round(memory, 1), "of_ettrack": round(seconds / ours, 2)}))
        else:
            print(f"{name:16}{rows:9,} rows  {seconds:7.2f} CPU s  {memory:7.1f} MB  "
                  f"{seconds / ours:6.1f} x ettrack")


if __name__ == "__main__":
    main()
