"""DuckDB reads the folder as a partitioned table: values intact, several gzip members in a file,
tables that grew, and nothing of what is hidden; the records are a table too."""
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "interop"))
import programs  # noqa: E402
from folder import DAY, NOV20, Probe  # noqa: E402

NODE = programs.node_folder("@duckdb/node-api")
VALUES = [["0012", "00123", "2026-11-20T10:02:01.987", 'J\u00fcrgen "J", a\tb'],
          ["1e5", "", None, "\U0001F600"], ["2", " x ", "", None],
          ["3", "two\nlines", "NULL", 'cr\r\nlf'], ["4", "'--", "\\N", '""']]


def ask(*statements):
    """The rows of each statement; all of it without time zone and locale of the machine."""
    out = programs.run(["node", HERE / "duckdb.mjs", *statements], cwd=NODE,
                       env={**os.environ, "TZ": "UTC"})
    return [json.loads(line) for line in out.splitlines()]


class Read(unittest.TestCase):
    def setUp(self):
        room = tempfile.TemporaryDirectory(prefix="etsoap-duckdb-")
        self.addCleanup(room.cleanup)
        self.folder = f"{room.name}/export"

    def table(self, below, **options):
        more = "".join(f", {name}={value}" for name, value in options.items())
        return (f"read_csv('{self.folder}/{below}', hive_partitioning=true, union_by_name=true, "
                f"allow_quoted_nulls=false, quote='\"', escape='\"', delim=',', header=true, "
                f"hive_types_autocast=false{more})")

    def fill(self):
        with Probe(self.folder) as probe:
            probe.do(("begin", "open", 10001, NOV20, NOV20 + DAY))
            for row in VALUES:
                probe.do(("row", *row), ("mark",))
            probe.do(("rows", 5000, "lost"), ("back",), ("commit", NOV20 + DAY))
            for hour in range(3):
                begin = NOV20 + DAY + hour * 3600
                probe.do(("begin", "open", 10002, begin, begin + 3600), ("rows", 4000, "n"),
                         ("mark",), ("rows", 4000, "n"), ("commit", NOV20))
            probe.do(("begin", "forwardedoptin", 10001, NOV20, NOV20 + DAY), ("rows", 3, "f"),
                     ("commit", NOV20))
        with Probe(self.folder, "--grown") as probe:
            probe.do(("begin", "open", 10003, NOV20, NOV20 + DAY),
                     ("row", 1, "a", None, None, "more"), ("commit", NOV20))

    def test_values_are_intact(self):
        self.fill()
        opens = self.table("event=Open/*/*/*.csv.gz", all_varchar="true")
        [rows, partitions] = ask(
            f"SELECT SendID, SubscriberKey, EventDate, List_ID FROM {opens} "
            "WHERE account = '10001' ORDER BY SendID",
            f"SELECT event, account, date, count(*) FROM {opens} GROUP BY ALL ORDER BY ALL")
        self.assertEqual(rows, sorted(VALUES))
        self.assertEqual(partitions, [["Open", "10001", "2026-11-20", "5"],
                                      ["Open", "10002", "2026-11-21", "24000"],
                                      ["Open", "10003", "2026-11-20", "1"]])

    def test_all_types_in_one_table(self):
        self.fill()
        with Probe(self.folder) as probe:  # one that is at work
            probe.do(("begin", "open", 10004, NOV20, NOV20 + DAY), ("rows", 9000, "no"), ("mark",))
            events = self.table("event=*/*/*/*.csv.gz", all_varchar="true")
            [rows, grown] = ask(
                f"SELECT event, count(*) FROM {events} GROUP BY ALL ORDER BY ALL",
                f"SELECT account, Note FROM {events} WHERE Note IS NOT NULL")
        self.assertEqual(rows, [["ForwardedEmailOptIn", "3"], ["Open", "24006"]])
        self.assertEqual(grown, [["10003", "more"]])

    def test_records_are_a_table(self):
        self.fill()
        [[counted], [said]] = ask(
            f"SELECT count(*) FROM {self.table('event=*/*/*/*.csv.gz', all_varchar='true')}",
            f"SELECT sum(rows) FROM read_json('{self.folder}/event=*/*/*/_part-*.json', "
            "union_by_name=true)")
        self.assertEqual(counted, said)

    def test_parquet_and_types(self):
        self.fill()
        target = f"{self.folder}.parquet"
        opens = self.table("event=Open/*/*/*.csv.gz", all_varchar="true")
        [_, [row]] = ask(
            f"COPY (SELECT * FROM {opens}) TO '{target}' (FORMAT parquet)",
            "SELECT count(*), count(DISTINCT SubscriberKey), "
            "min(EventDate) FILTER (account = '10002')::TIMESTAMP::VARCHAR "
            f"FROM '{target}'")
        self.assertEqual(row, ["24006", "4006", "2026-11-20 10:02:01.987"])


if __name__ == "__main__":
    unittest.main()
