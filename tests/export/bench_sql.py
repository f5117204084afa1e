"""bench_sql.py: the CPU that an export of events into PostgreSQL takes in ettrack, as a multiple of
what the same rows cost as CSV. Both in turns; the best of each counts."""
import os
import subprocess
import sys

sys.path.append(os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "harness"))

from etsim import Etsim  # noqa: E402
from sql_harness import engine  # noqa: E402

ROWS, TURNS, MOST = 200000, 3, 2.0
EVENTS = ("--since", "2026-11-10", "--until", "2026-11-11")


def cpu(environment, *arguments):
    process = subprocess.Popen(["ettrack", *arguments], env=environment,
                               stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    if status:
        sys.exit(f"ettrack {arguments[0]} failed")
    return used.ru_utime + used.ru_stime


def main():
    csv, exported = [], []
    with engine("postgres") as database, \
            Etsim("--subscribers", str(ROWS), "--sends", "1") as simulator:
        environment = {**os.environ, **simulator.environment()}
        for _ in range(TURNS):
            database.new()
            csv.append(cpu(environment, "events", "sent", *EVENTS, "--format", "csv"))
            exported.append(cpu(environment, "export", "--to", database.where, "--tables", "sent",
                                *EVENTS, "-q"))
            rows = int(database.rows("SELECT count(DISTINCT SubscriberKey) FROM sent")[0][0])
            if rows != ROWS:
                sys.exit(f"{rows} rows of {ROWS} came")
    ratio = min(exported) / min(csv)
    print(f"{ROWS} events: CSV {min(csv):.2f} s, PostgreSQL {min(exported):.2f} s of CPU: "
          f"{ratio:.2f} times as much, {MOST} at most")
    return ratio > MOST


if __name__ == "__main__":
    sys.exit(main())
