"""export_jobs.py [--great ROWS]: how much faster `ettrack export --jobs 8` is than one job, with
every answer 200 ms late: windows of eight event types and 30 days, rows alike; with --great one
window, a day with one send of so many rows. The ratio is of one run, in turns; the best of each
counts. On a machine with nothing to spare jobs wait for it and not for the service, so this prints
and does not judge."""
import argparse
import pathlib
import re
import resource
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "harness"))
from etsim import Etsim  # noqa: E402

GREAT = ("--since", "2026-11-10", "--until", "2026-11-11", "--tables", "sent")
TABLES = "sent,notsent,open,click,bounce,unsub,forward,survey"
SPAN = ("--since", "2026-10-14", "--until", "2026-11-13", "--tables", TABLES)


def export(simulator, span, jobs):
    """(seconds, CPU seconds, what it says of windows and rows)"""
    with tempfile.TemporaryDirectory(prefix="etsoap-bench-") as folder:
        before, begin = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
        done = subprocess.run(["ettrack", "export", "--to", f"{folder}/sink", *span, "--jobs",
                               str(jobs)], env=simulator.environment(), stderr=subprocess.PIPE,
                              text=True, check=True, timeout=600)
        seconds, after = time.monotonic() - begin, resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return seconds, cpu, re.search(r"(\d+ windows?) in .*?, (\d+ rows)", done.stderr).groups()


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--turns", type=int, default=2)
    parser.add_argument("--great", type=int, metavar="ROWS")
    options = parser.parse_args()
    best, said, turns = {}, set(), options.turns
    data, span = (("--sends", 1, "--subscribers", options.great), GREAT) if options.great else (
        ("--sends", 30), SPAN)
    with Etsim(*data, "--latency", 200, "--clock", "2026-11-20T00:00:00-06:00",
               seconds=3600) as simulator:
        for jobs in (1, 8) * turns:
            seconds, cpu, contents = export(simulator, span, jobs)
            said.add(contents)
            best[jobs] = min((seconds, cpu), best.get(jobs, (seconds, cpu)))
    if len(said) != 1:
        raise SystemExit(f"not the same by 1 job and by 8: {said}")
    for jobs, (seconds, cpu) in best.items():
        print(f"{jobs} jobs: {seconds:6.2f} s, {cpu:5.2f} CPU s")
    print(f"{', '.join(said.pop())}, 200 ms an answer: 8 jobs are "
          f"{best[1][0] / best[8][0]:.2f} times as fast as one")


if __name__ == "__main__":
    sys.exit(main())
