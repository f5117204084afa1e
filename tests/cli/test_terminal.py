"""On a terminal: progress on stderr. And how it ends: a closed pipe, a full disk, a signal."""
import os
import pathlib
import re
import resource
import signal
import subprocess
import tempfile
import time

from canned import Canned, Wait, answer, retrieve_answer
from support import JOB, Etsim, check, environment, on_terminal


def progress(settings):
    arguments = ["events", "sent", "--send", JOB, "--format", "csv"]
    shown = on_terminal(settings, 80, arguments, subprocess.DEVNULL)
    check(" rows, " in shown and " rows/s" in shown, f"no progress: {shown!r}")
    check(shown.endswith("\r\033[K"), f"progress stays on the terminal: {shown[-40:]!r}")
    check(on_terminal(settings, 80, [*arguments, "--quiet"], subprocess.DEVNULL) == "",
          "progress in spite of --quiet")
    shown = on_terminal(settings, 80, [*arguments, "--limit", "60000"])
    check("rows/s" not in shown, "progress between the rows")


def export_progress(settings):
    """Windows done of all of them, and what came meanwhile; slow enough that there is time for it.
    In a pipe there is nothing but the end."""
    with tempfile.TemporaryDirectory() as folder:
        slow = ["export", "--to", f"{folder}/tracking", "--since", "2026-11-01", "--until",
                "2026-11-05", "--mid", "10001", "--max-rps", "20"]
        shown = on_terminal(settings, 80, slow, subprocess.DEVNULL)
        check(re.search(r"\b[1-9]\d* of 48 windows, \d+ rows, \d+ rows/s, [1-9]\d* requests, "
                        r"\d+:\d\d left", shown), f"no progress: {shown!r}")
        done = subprocess.run([*["ettrack", *slow], "--again", "4000d"], env=environment(settings),
                              capture_output=True, text=True, timeout=60)
        check(re.fullmatch(r"ettrack: 48 windows in \S+, \d+ rows\n", done.stderr), done.stderr)


def closed_pipe(settings):
    with tempfile.TemporaryDirectory() as folder:
        errors = pathlib.Path(folder, "errors")
        with open(errors, "wb") as stderr:
            process = subprocess.Popen(
                ["ettrack", "events", "sent", "--send", JOB, "--format", "csv"],
                env=environment(settings), stdout=subprocess.PIPE, stderr=stderr)
            process.stdout.readline()
            process.stdout.close()
            process.wait(60)
        check(process.returncode == -signal.SIGPIPE, f"exit code {process.returncode}")
        check(errors.read_bytes() == b"", errors.read_text())


def full_disk(settings):
    """A limit on the size of files fails as a full disk does, in the middle of a row."""
    def limit():
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (300000, 300000))

    for form, taken in (("csv", False), ("xml", False), ("csv", True)):
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder, "out")
            path.write_text("before")
            if taken:  # the name for the rows: they stay where they are
                path.with_name("out.partial").mkdir()
            done = subprocess.run(
                ["ettrack", "events", "sent", "--send", JOB, "--limit", "50000", "--format", form,
                 "-o", path], env=environment(settings), capture_output=True, timeout=60,
                preexec_fn=limit, restore_signals=False)
            check(done.returncode == 3, f"{form}: exit code {done.returncode}: {done.stderr!r}")
            said = done.stderr.decode()
            kept = re.search(r"what could be written is in (\S+)", said)
            check("cannot write" in said and kept, said)
            check(taken or kept[1].endswith("/out.partial"), said)
            check(path.read_text() == "before", "the old file is gone")
            check(pathlib.Path(kept[1]).stat().st_size > 200000, "rows are gone")


def stopped(settings, *more):
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder, "out.csv")
        process = subprocess.Popen(
            ["ettrack", "events", "sent,open", "--send", JOB, "--format", "csv", "-o", path, *more],
            env=environment(settings), stderr=subprocess.PIPE)
        deadline = time.monotonic() + 30
        while not any(p.stat().st_size for p in path.parent.iterdir()):
            check(time.monotonic() < deadline and process.poll() is None, "nothing is written")
            time.sleep(0.01)
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=60)
        check(process.returncode == 3, f"exit code {process.returncode}: {errors!r}")
        check(b"stopped by a signal after " in errors, f"{errors!r}")
        check(b"out.csv.partial" in errors, f"{errors!r}")
        check([p.name for p in path.parent.iterdir()] == ["out.csv.partial"], "what is left over")


def stopped_while_waiting():
    """The answer stalls, with rows or before any: one signal ends the wait, what came is kept."""
    rows = [{"SendID": 7, "SubscriberKey": f"{number:05}"} for number in range(3000)]
    for cut, expected in ((60000, 3), (40, 1)):
        with tempfile.TemporaryDirectory() as folder, \
                Canned([retrieve_answer("SentEvent", rows)], cut=cut, stall=True) as service:
            process = subprocess.Popen(
                ["ettrack", "events", "sent", "--format", "csv", "-o", f"{folder}/out.csv"],
                env=environment(service.settings), stderr=subprocess.PIPE)
            deadline = time.monotonic() + 30
            while not (service.requests and os.listdir(folder)):
                check(time.monotonic() < deadline and process.poll() is None, "nothing is sent")
                time.sleep(0.05)
            time.sleep(0.3)
            started = time.monotonic()
            process.send_signal(signal.SIGINT)
            _, errors = process.communicate(timeout=30)
            check(time.monotonic() - started < 10, "the end took too long")
            check(process.returncode == expected, f"exit code {process.returncode}: {errors!r}")
            check(b"stopped by a signal after " in errors, f"{errors!r}")
            left = {path.name: path.read_text() for path in pathlib.Path(folder).iterdir()}
            check(list(left) == (["out.csv.partial"] if expected == 3 else []), f"{left}")
            kept = left.get("out.csv.partial", "").splitlines()[1:]
            check(expected != 3 or len(kept) > 300, f"only {len(kept)} rows are kept")


def ignored():
    """What is ignored from the start, as under nohup, stays so."""
    def ignore():
        signal.signal(signal.SIGHUP, signal.SIG_IGN)

    rows = [{"SendID": 7, "SubscriberKey": "k"}]
    with Canned([[Wait(1), answer(retrieve_answer("SentEvent", rows))]]) as service:
        process = subprocess.Popen(
            ["ettrack", "events", "sent", "--format", "csv"], env=environment(service.settings),
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, preexec_fn=ignore)
        deadline = time.monotonic() + 30
        while not service.requests:
            check(time.monotonic() < deadline and process.poll() is None, "nothing is sent")
            time.sleep(0.02)
        process.send_signal(signal.SIGHUP)
        out, errors = process.communicate(timeout=30)
    check(process.returncode == 0 and out.count(b"\n") == 2, f"{process.returncode}: {errors!r}")


# whatever ignores it for the tests themselves
signal.signal(signal.SIGINT, signal.default_int_handler)
with Etsim("--subscribers", "300000") as simulator:
    progress(simulator.settings)
    export_progress(simulator.settings)
    closed_pipe(simulator.settings)
    full_disk(simulator.settings)
    stopped(simulator.settings)
    stopped(simulator.settings, "--jobs", "2")
stopped_while_waiting()
ignored()
