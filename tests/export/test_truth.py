"""Whatever comes late, and though one call in fifty fails, a sink has what the service has: no row
more, none less."""
import pathlib
import sys
import tempfile

from sinks import difference, plain, sink_of, truth
from support import DATA, SINCE, UNTIL, Etsim, check, export

EARLY, LATE = "2026-11-11T03:00:00", "2026-11-20T00:00:00"
FAULTS = ("cut", "fault=17", "close", "http=503", "truncate")
OFTEN = [word for effect in FAULTS for word in ("--fault", f"*,probability=0.004:{effect}")]
JOBS = ("--jobs", "4", "--max-rps", "1000", "--batch-size", "500")


def hold(sink, path, arrived):
    wanted = truth(path, arrived, SINCE, UNTIL)
    check(sum(wanted.values()) > 5000 and len({row[1] for row in wanted}) > 1, f"{len(wanted)}")
    wrong = difference(plain(sink.rows()), wanted)
    check(not wrong, f"{sink.where} at {arrived}: {wrong}")


def main(sink, folder):
    path = folder / "truth"
    for number, clock in enumerate((EARLY, LATE)):
        with Etsim(*DATA, *OFTEN, "--clock", clock + "-06:00", "--truth", path) as simulator:
            again = ("--again", "60d") if number else ()
            said = export(simulator.settings, sink, *JOBS, *again)
            check("windows in" in said, said)
            hold(sink, path, clock)
            # Nothing is due any more, but what is read again for what may still come.
            said = export(simulator.settings, sink, *JOBS, "--again", "0")
            check(": 0 windows in" in said, said)
            hold(sink, path, clock)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="etsoap-export-") as scratch, \
            sink_of(sys.argv[1], pathlib.Path(scratch)) as tried:
        sys.exit(main(tried, pathlib.Path(scratch)))
