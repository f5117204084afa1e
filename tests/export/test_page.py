"""The statements of docs/export.md, from the page: DuckDB reads the folder and writes Parquet, and
what is said to work in SQLite, PostgreSQL and DuckDB gives the same in all three."""
import csv
import io
import json
import os
import pathlib
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent / "interop"), str(HERE.parent / "docs")]
import programs  # noqa: E402
from blocks import blocks  # noqa: E402
from sinks import EVENTS, Folder, Sqlite, plain, sink_of  # noqa: E402
from support import Etsim, check, export  # noqa: E402

NODE = programs.node_folder("@duckdb/node-api")
PAGE = HERE.parents[1] / "docs" / "export.md"
SPAN = {"since": "2026-11-01", "until": "2026-11-15"}  # as on the page


def of_page(name):
    found = [block.text for block in blocks(PAGE.read_text()) if block.file == name]
    check(len(found) == 1, f"{len(found)} blocks of {PAGE.name} are {name}")
    return found[0]


def statements(text):
    return [one.strip() for one in text.split(";") if one.strip()]


def duckdb(folder, *sql):
    said = programs.run(["node", HERE / "duckdb.mjs", *sql], cwd=folder, env={
        **os.environ, "TZ": "UTC", "INTEROP_NODE": str(NODE)})
    return [json.loads(line) for line in said.splitlines()]


def in_sqlite(sink, sql):
    said = programs.run(["sqlite3", "-csv", sink.path, sql])
    return list(csv.reader(io.StringIO(said)))


def in_postgres(sink, sql):
    said = programs.run(["psql", "-qX", "--csv", "-t", "-c", sql, sink.where])
    return list(csv.reader(io.StringIO(said)))


def main(folder):
    with Etsim("--clock", "2026-11-20T00:00:00-06:00") as simulator, \
            sink_of("postgres", folder) as postgres:
        files, file = Folder(folder / "tracking"), Sqlite(folder / "tracking.db")
        for sink in (files, file, postgres):
            export(simulator.settings, sink, "--mid", "10001", **SPAN)
        shown, [rates] = statements(of_page("duckdb.sql")), statements(of_page("rates.sql"))
        *_, by_event, _, opens, parquet = duckdb(folder, *shown, "FROM open ORDER BY ALL",
                                                 "FROM 'open.parquet' ORDER BY ALL")
        rows = plain(files.rows())
        wanted = {}
        for (event, *_), count in rows.items():
            wanted[event.removesuffix("Event")] = wanted.get(event.removesuffix("Event"), 0) + count
        check(wanted == {event: int(count) for event, count in by_event}, f"{by_event}: {wanted}")
        check(opens == parquet and len(opens) == wanted["Open"] > 100, f"{len(opens)} opens")
        # Keys are as they are in the other sinks.
        keys = sorted(row[3] for row in rows.elements() if row[0] == EVENTS["open"])
        [[found]] = duckdb(folder, *shown[:2], "SELECT string_agg(SubscriberKey, ' ' ORDER BY "
                           "SubscriberKey COLLATE C) FROM open")[-1]
        check(sorted(found.split(" ")) == keys, "keys differ")
        here = in_sqlite(file, rates)
        check(len(here) > 1 and any(int(row[3]) > 10 for row in here), f"{here}")
        check(here == in_postgres(postgres, rates), "PostgreSQL has other rates")
        check(here == duckdb(folder, *shown[:3], rates)[-1], "DuckDB has other rates")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="etsoap-export-") as scratch:
        sys.exit(main(pathlib.Path(scratch)))
