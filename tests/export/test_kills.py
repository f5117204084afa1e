"""Killed at any moment, again and again: what stands in the sink is whole windows at every moment,
and one clean run makes it exact."""
import os
import pathlib
import random
import subprocess
import sys
import tempfile
import time

from sinks import difference, plain, sink_of, truth
from support import DATA, SINCE, UNTIL, Etsim, check, command, environment, export

KILLS = int(os.environ.get("ETSOAP_KILLS", "25"))
CLOCK = "2026-11-20T00:00:00"
# Every window is due each time, so that each kill meets one that is being replaced; with small
# pages it is one that several jobs read.
AGAIN = ("--again", "4000d", "--jobs", "3", "--batch-size")


def by_window(rows):
    found = {}
    for (event, account, _, _, date), count in rows.items():
        key = (event, account, date[:10])
        found[key] = found.get(key, 0) + count
    return found


def killed(settings, sink, chance):
    run = subprocess.Popen(command(sink, *AGAIN, chance.choice(("25", "2500"))),
                           env=environment(settings),
                           stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    time.sleep(chance.uniform(0.005, 0.4))
    run.kill()
    run.wait()


def main(sink, folder):
    chance = random.Random(7)
    path = folder / "truth"
    with Etsim(*DATA, "--clock", CLOCK + "-06:00", "--truth", path) as simulator:
        wanted = truth(path, CLOCK, SINCE, UNTIL)
        whole = by_window(wanted)
        export(simulator.settings, sink, until="2026-10-20")
        for number in range(KILLS):
            killed(simulator.settings, sink, chance)
            if number % 5 == 0:
                for window, count in by_window(plain(sink.rows())).items():
                    check(whole.get(window) == count, f"{sink.where}: {window} has {count} rows, "
                          f"not {whole.get(window)}")
        export(simulator.settings, sink, "--jobs", "4")
        wrong = difference(plain(sink.rows()), wanted)
        check(not wrong and wanted, f"{sink.where}: {wrong}")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="etsoap-export-") as scratch, \
            sink_of(sys.argv[1], pathlib.Path(scratch)) as tried:
        sys.exit(main(tried, pathlib.Path(scratch)))
