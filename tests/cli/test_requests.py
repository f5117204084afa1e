"""--traffic says what went over the wire, and --max-rps holds the requests of all sessions back."""
import math
import re
import subprocess
import time

from support import JOB, Etsim, check, environment

LINE = re.compile(r"ettrack: requests (\d+), retries (\d+), pages (\d+), rows (\d+), "
                  r"bytes (\d+)\n")


def run(settings, *arguments, exit_code=0):
    """Requests, retries, pages, rows and bytes, and the seconds that it took."""
    start = time.monotonic()
    done = subprocess.run(["ettrack", *arguments, "--traffic"], env=environment(settings),
                          stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=120)
    took = time.monotonic() - start
    found = LINE.search(done.stderr)
    check(done.returncode == exit_code and found, f"{arguments}: {done.returncode} {done.stderr}")
    return [int(number) for number in found.groups()], took


def counted(settings):
    (requests, retries, pages, rows, received), _ = run(settings, "links", JOB, "--batch-size", "4")
    check((requests, retries, pages, rows) == (3, 0, 3, 10), "three pages of ten links")
    check(received > 1000, f"{received} bytes are too few for ten links")
    (requests, retries, pages, rows, _), _ = run(settings, "retrieve", "LinkSend", "--limit", "5")
    check((requests, retries, pages, rows) == (2, 0, 1, 5), "a Describe, and five rows of a page")
    (requests, retries, *_), _ = run(settings, "status")
    check((requests, retries) == (1, 0), "one request for the status")
    types = "sent,open,click"
    one, _ = run(settings, "events", types, "--send", JOB)
    many, _ = run(settings, "events", types, "--send", JOB, "--jobs", "3")
    check(one[1:4] == many[1:4], f"{one} in turn, {many} side by side")


def held_back(settings):
    for rate, more in ((10, []), (10, ["--jobs", "2"])):
        numbers, took = run(settings, "links", JOB, JOB, "--batch-size", "2", "--max-rps",
                            str(rate), *more)
        sessions = 2 if more else 1
        least = (math.ceil(numbers[0] / sessions) - 1) * sessions / rate
        check(took >= least - 0.05, f"{numbers[0]} requests in {took:.2f} s, not {least:.2f}")


def retried(settings):
    numbers, _ = run(settings, "status", "--tries", "2")
    check(numbers[:2] == [2, 1], f"a repetition is not counted: {numbers}")


with Etsim() as simulator:
    counted(simulator.settings)
    held_back(simulator.settings)
with Etsim("--fault", "GetSystemStatus,times=1:fault=17") as simulator:
    retried(simulator.settings)
