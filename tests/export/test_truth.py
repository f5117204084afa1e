"""Whatever comes late, and though one call in fifty fails, a sink has what the service has: no row
more, none less."""
import pathlib
import sys
import tempfile

from sinks import Folder, Sqlite, difference, plain, truth
from support import DATA, SINCE, UNTIL, Etsim, check, export

EARLY, LATE = "2026-11-11T03:00:00", "2026-11-20T00:00:00"
FAULTS = ("cut", "fault=17", "close", "http=503", "truncate")
OFTEN = [word for effect in FAULTS for word in ("--fault", f"*,probability=0.004:{effect}")]
JOBS = ("--jobs", "4", "--max-rps", "1000", "--batch-size", "500")


def hold(sink, path, arrived):
    wrong = difference(plain(sink.rows()), truth(path, arrived, SINCE, UNTIL))
    check(not wrong, f"{sink.where} at {arrived}: {wrong}")


def main(folder):
    sinks = [Folder(folder / "csv"), Folder(folder / "ndjson", "--ndjson", "--plain"),
             Sqlite(folder / "base.db")]
    path = folder / "truth"
    for number, clock in enumerate((EARLY, LATE)):
        with Etsim(*DATA, *OFTEN, "--clock", clock + "-06:00", "--truth", path) as simulator:
            for sink in sinks:
                again = ("--again", "60d") if number else ()
                said = export(simulator.settings, sink, *JOBS, *again)
                check("windows in" in said, said)
                hold(sink, path, clock)
                # Nothing is due any more, but what is read again for what may still come.
                said = export(simulator.settings, sink, *JOBS, "--again", "0")
                check(": 0 windows in" in said, said)
                hold(sink, path, clock)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="etsoap-export-") as scratch:
        sys.exit(main(pathlib.Path(scratch)))
