"""An export in shards against the same by one machine, and against what etsim says there is."""
import json
import re
import subprocess

from sinks import Folder, difference, plain, truth
from support import SINCE, UNTIL, check, environment, export

CLOCK = "2026-11-20T00:00:00-06:00"  # by when all that is late is there
SHARDS = 4
WINDOWS = re.compile(r"^\S*\s*ettrack: (\d+) windows in ", re.M)


def status(sink):
    """What it is complete for: windows and rows of each table and account."""
    done = subprocess.run(["ettrack", "export", "status", "--to", sink.where, "--format", "json"],
                          env=environment({}), capture_output=True, text=True, timeout=60)
    check(done.returncode == 0, f"status of {sink.where}: {done.stderr}")
    rows = json.loads(done.stdout)
    for row in rows:
        del row["ReadAt"]
    return rows


def windows(said):
    """How many a run says that it read."""
    found = WINDOWS.findall(said)
    check(len(found) == 1, f"a run says {said[-500:]!r}")
    return int(found[0])


class Whole:
    """What one machine exported: `sink`, in so many `windows`."""

    def __init__(self, sink, said, wanted):
        self.sink, self.windows, self.wanted = sink, windows(said), wanted

    def hold(self, sink, shards):
        """`shards` is what each of them said."""
        parts = [windows(said) for said in shards]
        check(len(parts) == SHARDS and min(parts) > 0 and sum(parts) == self.windows,
              f"{sink.where}: {parts} windows, one machine has {self.windows}")
        check(status(sink) == status(self.sink), f"{sink.where}: status differs from one machine's")
        wrong = difference(plain(sink.rows()), self.wanted)
        check(not wrong, f"{sink.where}: {wrong}")
        if isinstance(sink, Folder):
            check(texts(sink) == texts(self.sink), f"{sink.where}: files differ")


def texts(sink):
    """Each file's lines, in whichever order pages came."""
    return {path.relative_to(sink.path): sorted(sink.lines(path)) for path in sink.files()}


def whole(simulator, folder):
    """By one machine, into a folder; `folder` has etsim's truth."""
    sink = Folder(folder / "one")
    said = export(simulator.settings, sink, "--jobs", "4")
    wanted = truth(folder / "truth", CLOCK, SINCE, UNTIL)
    check(sum(wanted.values()) > 5000, f"{len(wanted)} events")
    wrong = difference(plain(sink.rows()), wanted)
    check(not wrong, f"one machine: {wrong}")
    return Whole(sink, said, wanted)
