"""A PostgreSQL that is stopped and started again in the middle of exports, by the whole program:
the last run makes it exact."""
import pathlib
import signal
import subprocess
import sys
import tempfile
import time

from sinks import Postgres, difference, plain, truth
from sql_harness import engine
from support import DATA, SINCE, UNTIL, Etsim, check, command, environment, export

CLOCK = "2026-11-20T00:00:00"
AGAIN = ("--again", "4000d", "--jobs", "3", "--batch-size", "25")


def main(folder):
    path = folder / "truth"
    with Etsim(*DATA, "--latency", "5", "--clock", CLOCK + "-06:00", "--truth",
               path) as simulator, engine("postgres") as database:
        sink = Postgres(database.where)
        wanted = truth(path, CLOCK, SINCE, UNTIL)
        for how in (signal.SIGINT, signal.SIGQUIT, signal.SIGINT):
            run = subprocess.Popen(command(sink, *AGAIN), env=environment(simulator.settings),
                                   stdin=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
            time.sleep(1)
            database.stop(how)
            time.sleep(0.3)
            database.start()
            said = run.communicate(timeout=200)[1]
            # On a machine under load it has not begun to write by then.
            early = run.returncode == 1 and "the records cannot be read" in said
            check(run.returncode in (0, 3) or early, f"{run.returncode}: {said}")
        export(simulator.settings, sink, "--jobs", "4")
        wrong = difference(plain(sink.rows()), wanted)
        check(not wrong and wanted, f"{sink.where}: {wrong}")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="etsoap-export-") as scratch:
        sys.exit(main(pathlib.Path(scratch)))
