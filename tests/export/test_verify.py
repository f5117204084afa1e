"""test_verify.py SINK: what was changed in a sink behind its records is named by `export verify`,
and read again once `--forget` dropped the record; a record whose rows are not the sum of its sends
is none."""
import json
import os
import pathlib
import re
import sqlite3
import subprocess
import sys
import tempfile

from sinks import Folder, Postgres, difference, plain, sink_of, truth
from support import TABLES, Etsim, check, environment, export

SINCE, UNTIL, CLOCK = "2026-11-10", "2026-11-13", "2026-11-20T00:00:00"
ALL = ("--tables", TABLES, "--mid", "10001")
DAY = 86400
NOV11 = 1794376800  # in server time, UTC-06:00


def verify(settings, sink, *more):
    """(exit code, what is said about the sink)"""
    done = subprocess.run(
        ["ettrack", "export", "verify", "--to", sink.where, "--since", SINCE, "--until", UNTIL,
         "--mid", "10001", *more], env=environment(settings), stdin=subprocess.DEVNULL,
        capture_output=True, text=True, timeout=60)
    return done.returncode, done.stderr


class Files:
    """Changes in a folder; each returns what is said of it."""

    def __init__(self, sink):
        self.sink = sink

    def path(self, event, day):
        return next(self.sink.path.glob(f"event={event}/account=10001/date={day}/part*"))

    def record(self, event, day):
        return next(self.sink.path.glob(f"event={event}/account=10001/date={day}/_part*"))

    def changed(self):
        """As long as it was, and as old."""
        path = self.path("Open", "2026-11-11")
        about, data = path.stat(), bytearray(path.read_bytes())
        data[len(data) // 2] ^= 1
        path.write_bytes(data)
        os.utime(path, ns=(about.st_atime_ns, about.st_mtime_ns))
        return r"event=Open/.*date=2026-11-11/part-0000-2400: .*SHA-256"

    def gone(self):
        self.path("Sent", "2026-11-10").unlink()
        return r"event=Sent/.*date=2026-11-10/part-0000-2400: .*differs"

    def record_lies(self):
        """Of a file with one row less, and its sum."""
        path, record = self.path("Open", "2026-11-12"), self.record("Open", "2026-11-12")
        said = json.loads(record.read_text())
        said["rows"] += 1
        said["sends"][0][1] += 1
        record.write_text(json.dumps(said))
        rows = len(list(self.sink.lines(path))) - (".csv" in path.name)
        return (r"event=Open/.*date=2026-11-12/part-0000-2400: "
                f"{rows} rows are there, the record says {rows + 1}")

    def unsound(self):
        record = self.record("Open", "2026-11-10")
        said = json.loads(record.read_text())
        said["sends"][0][1] += 1
        record.write_text(json.dumps(said))
        return r"open, account 10001, window from 2026-11-10T.*not the sum of its sends"

    def orphan(self):
        path = self.path("Open", "2026-11-12")
        copy = path.with_name(path.name.replace("0000-2400", "0000-1200"))
        copy.write_bytes(path.read_bytes())
        return r"event=Open/.*/part-0000-1200.*: the file has no record"

    def clean(self):
        for path in self.sink.path.rglob("part-0000-1200*"):
            path.unlink()


class Rows:
    """The same in a database."""

    def __init__(self, sink):
        self.sink = sink

    def run(self, statement):
        if isinstance(self.sink, Postgres):
            subprocess.run(["psql", "-qX", "-v", "ON_ERROR_STOP=1", "-c", statement,
                            self.sink.where], check=True, capture_output=True)
            return
        with sqlite3.connect(self.sink.path) as base:
            base.execute(statement)
        base.close()

    def changed(self):
        self.run(f"DELETE FROM open WHERE window_from = {NOV11} AND SubscriberKey = (SELECT "
                 f"min(SubscriberKey) FROM open WHERE window_from = {NOV11})")
        return (r"open, account 10001, window from 2026-11-11T00:00: \d+ rows are there, the "
                r"record says \d+")

    def gone(self):
        self.run(f"DELETE FROM sent WHERE window_from = {NOV11 - DAY}")
        return r"sent, account 10001, window from 2026-11-10T00:00: 0 rows are there"

    def record_lies(self):
        self.run(f"INSERT INTO open SELECT * FROM open WHERE window_from = {NOV11 + DAY}")
        return r"open, account 10001, window from 2026-11-12T00:00: \d+ rows are there"

    def unsound(self):
        self.run("UPDATE export_window SET shares = '{\"1\":1}' WHERE table_name = 'open' AND "
                 f"window_from = {NOV11 - DAY}")
        return r"open, account 10001, window from 2026-11-10T.*not the sum of its sends"

    def orphan(self):
        self.run(f"UPDATE open SET window_from = window_from + 7 WHERE window_from = {NOV11 + DAY}")
        return (r"open, account 10001, window from 2026-11-12T00:00: \d+ rows are there without a "
                r"record")

    def clean(self):
        self.run(f"DELETE FROM open WHERE window_from = {NOV11 + DAY + 7}")


def overlap(settings, sink):
    """Records that no export gets past: verify names them, as the export does."""
    moved = ("UPDATE export_window SET window_until = window_until %s 3600 WHERE window_from = "
             f"{NOV11}")
    Rows(sink).run(moved % "+")
    code, said = verify(settings, sink)
    check(code == 3 and said.count(": it overlaps the one before") == 9, f"{code}: {said}")
    said = export(settings, sink, *ALL, since=SINCE, until=UNTIL, exit_code=1)
    check(f"overlap, from {NOV11} and from {NOV11 + DAY} " in said, said)
    Rows(sink).run(moved % "-")
    check(verify(settings, sink)[0] == 0, "overlap")


def main(sink, folder):
    path = folder / "truth"
    with Etsim("--sends", "12", "--subscribers", "1500", "--clock", CLOCK + "-06:00", "--truth",
               path) as simulator:
        wanted = truth(path, CLOCK, SINCE, UNTIL)
        for row in list(wanted):
            if row[1] != 10001:
                del wanted[row]
        export(simulator.settings, sink, *ALL, since=SINCE, until=UNTIL)
        code, said = verify(simulator.settings, sink)
        check("27 windows looked at: what is there is as their records say" in said, said)
        change = (Files if isinstance(sink, Folder) else Rows)(sink)
        for number, act in enumerate((change.changed, change.gone, change.record_lies,
                                      change.unsound, change.orphan)):
            expected = act()
            code, said = verify(simulator.settings, sink)
            check(code == 3 and re.search(expected, said), f"{act.__name__}: {code}: {said}")
            # Without --forget nothing is changed by looking.
            check("--forget" in said and verify(simulator.settings, sink)[1] == said, said)
            if act == change.orphan:
                change.clean()
            code, said = verify(simulator.settings, sink, "--forget")
            export(simulator.settings, sink, *ALL, "--again", "0", since=SINCE, until=UNTIL)
            wrong = difference(plain(sink.rows()), wanted)
            check(not wrong and wanted, f"{act.__name__}: {wrong}")
            code, said = verify(simulator.settings, sink)
            check("27 windows looked at: what is there is" in said, f"{act.__name__}: {said}")
        check(number == 4, f"{number}")
        if not isinstance(sink, Folder):
            overlap(simulator.settings, sink)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="etsoap-export-") as scratch, \
            sink_of(sys.argv[1], pathlib.Path(scratch)) as tried:
        sys.exit(main(tried, pathlib.Path(scratch)))
