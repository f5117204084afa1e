"""A Slurm runs tools/export/slurm.sh in four tasks, into a folder and into PostgreSQL: all that
etsim has, once, and the same as by one machine."""
import pathlib
import sys
import tempfile

from shards import CLOCK, Whole, whole
from sinks import sink_of
from slurm_cluster import Slurm, missing
from sql_harness import skip
from support import DATA, SINCE, TOOLS, UNTIL, Etsim, check, environment


def run(slurm, simulator, sink, tasks, one: Whole):
    code, said = slurm.array(tasks, TOOLS / "slurm.sh", sink.where, SINCE, "--until", UNTIL,
                             "--all-accounts", environment=environment(simulator.settings))
    check(code == 0 and len(said) == 4, f"{sink.where}: exit code {code}: {said}")
    one.hold(sink, list(said.values()))


def main():
    with tempfile.TemporaryDirectory(prefix="ets-", dir="/tmp") as scratch:
        folder = pathlib.Path(scratch)
        (folder / "slurm").mkdir()
        with Etsim(*DATA, "--clock", CLOCK, "--truth", folder / "truth") as simulator, \
                sink_of("csv", folder) as files, sink_of("postgres", folder) as database, \
                Slurm(folder / "slurm") as slurm:
            one = whole(simulator, folder)
            run(slurm, simulator, files, "0-3", one)
            run(slurm, simulator, database, "5-8", one)


if __name__ == "__main__":
    if missing():
        skip(missing())
    sys.exit(main())
