"""`events sent` returns as many rows as NumberSent says, the same rows in the same order, whatever
the size of a page, the number of sessions or the way to the file; and memory does not grow."""
import json
import os
import pathlib
import subprocess
import sys
import tempfile

from support import JOB, Etsim, check, environment, ettrack

MEMORY_GROWTH = 2048  # KB, between 1 and 25 times as many rows


def number_sent(settings):
    rows = json.loads(ettrack(settings, "send", JOB, "--properties", "NumberSent", "--format",
                              "json"))
    return rows[0]["NumberSent"]


def pages(settings):
    arguments = ["events", "sent", "--send", JOB, "--format", "csv"]
    full = ettrack(settings, *arguments)
    lines = full.split(b"\r\n")[1:-1]
    check(len(lines) == number_sent(settings), f"{len(lines)} rows, not NumberSent")
    check(len(set(lines)) == len(lines), "a row comes twice")
    for more in (["--batch-size", "7"], ["--batch-size", "2499"], ["--quiet"]):
        check(ettrack(settings, *arguments, *more) == full, f"other rows with {more}")
    limited = ettrack(settings, *arguments, "--limit", "2501")
    check(limited == full[:len(limited)] and limited.count(b"\r\n") == 2502, "--limit 2501")


def sessions(settings):
    arguments = ["events", "sent,notsent,open,click,bounce,unsub,forward,forwardoptin,survey",
                 "--send", JOB, "--format", "ndjson"]
    one = ettrack(settings, *arguments)
    for jobs in ("2", "9", "64"):
        found = ettrack(settings, *arguments, "--jobs", jobs)
        check(found == one, f"other rows with --jobs {jobs}")
    for limit in ("1", "15000"):
        check(ettrack(settings, *arguments, "--limit", limit, "--jobs", "3")
              == ettrack(settings, *arguments, "--limit", limit), f"--limit {limit} with --jobs")
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder, "events.ndjson")
        ettrack(settings, *arguments, "-o", str(path))
        check(path.read_bytes() == one, "other rows in a file")


def peak_memory(settings, *arguments):
    """KB that ettrack needed at most, by a process that has only this one child."""
    code = ("import resource, subprocess, sys\n"
            "done = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL)\n"
            "print(done.returncode, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)")
    done = subprocess.run([sys.executable, "-c", code, "ettrack", *arguments], check=True,
                          env=environment(settings), capture_output=True, text=True)
    returncode, peak = done.stdout.split()
    check(returncode == "0", f"ettrack failed: {done.stderr}")
    return int(peak)


def flat_memory(settings):
    for name in ("csv", "table", "json"):
        arguments = ["events", "sent", "--send", JOB, "--format", name]
        few = peak_memory(settings, *arguments, "--limit", "4000")
        many = peak_memory(settings, *arguments)
        check(many < few + MEMORY_GROWTH, f"{name}: {few} KB for 4,000 rows, {many} KB for 100,000")


with Etsim() as simulator:
    pages(simulator.settings)
    sessions(simulator.settings)
if os.environ.get("ETTRACK_SANITIZED"):
    sys.exit(0)  # sanitizers keep what is freed
with Etsim("--subscribers", "100000") as simulator:
    flat_memory(simulator.settings)
