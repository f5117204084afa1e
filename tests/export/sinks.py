"""The sinks of ettrack export, read by what others read them with: gzip and csv, SQLite, psql."""
import collections
import contextlib
import csv
import gzip
import io
import json
import pathlib
import re
import sqlite3
import subprocess

from sql_harness import engine

COLUMNS = ("SendID", "SubscriberKey", "EventDate")


class Folder:
    def __init__(self, folder, *options):
        self.options, self.where, self.path = options, str(folder), pathlib.Path(folder)

    def files(self):
        return [path for path in sorted(self.path.rglob("part*")) if path.is_file()]

    def lines(self, path):
        """The text of a file of it."""
        with (gzip.open if path.suffix == ".gz" else open)(
                path, "rt", newline="", encoding="utf-8") as text:
            yield from text

    def rows(self):
        """(event, account, SendID, SubscriberKey, EventDate) and how often."""
        found = collections.Counter()
        for path in self.files():
            place = dict(part.split("=") for part in path.parts if "=" in part)
            if "event" not in place:
                continue
            text = self.lines(path)
            rows = map(json.loads, text) if ".ndjson" in path.name else csv.DictReader(text)
            for row in rows:
                found[(place["event"] + "Event", int(place["account"]),
                       *(str(row[name]) for name in COLUMNS))] += 1
                assert row["EventDate"].startswith(place["date"]), (path, row)
        return found

    def records(self, table):
        """The rows of a table: name and text of each column, "" for none."""
        place = f"event={EVENTS[table].removesuffix('Event')}" if table in EVENTS else table
        for path in self.files():
            if place not in path.parts:
                continue
            text = self.lines(path)
            for row in map(json.loads, text) if ".ndjson" in path.name else csv.DictReader(text):
                yield {name: "" if value is None else str(value).lower()
                       if isinstance(value, bool) else str(value) for name, value in row.items()}


class Sqlite:
    options = ()

    def __init__(self, path):
        self.where, self.path = f"sqlite:{path}", path

    def rows(self):
        found = collections.Counter()
        with sqlite3.connect(self.path) as base:
            for table, event in EVENTS.items():
                query = f"SELECT account, {', '.join(COLUMNS)} FROM {table}"
                for account, *values in base.execute(query):
                    found[(event, account, *map(str, values))] += 1
        base.close()
        return found

    def records(self, table):
        with sqlite3.connect(self.path) as base:
            rows = base.execute(f"SELECT * FROM {table}")
            names = [column[0] for column in rows.description]
            for row in rows:
                yield {name: "" if value is None else str(value)
                       for name, value in zip(names, row)}
        base.close()


class Postgres:
    options = ()

    def __init__(self, where):
        self.where = where

    def rows(self):
        found = collections.Counter()
        for table, event in EVENTS.items():
            query = f"""COPY (SELECT account, SendID, SubscriberKey, to_char(EventDate,
                        'YYYY-MM-DD"T"HH24:MI:SS.US') FROM {table}) TO STDOUT (FORMAT csv)"""
            said = subprocess.run(["psql", "-qX", "-v", "ON_ERROR_STOP=1", "-c", query, self.where],
                                  check=True, capture_output=True, text=True).stdout
            for account, *values in csv.reader(io.StringIO(said)):
                found[(event, int(account), *values)] += 1
        return found

    def records(self, table):
        query = f"COPY (SELECT * FROM {table}) TO STDOUT (FORMAT csv, HEADER)"
        said = subprocess.run(["psql", "-qX", "-v", "ON_ERROR_STOP=1", "-c", query, self.where],
                              check=True, capture_output=True, text=True).stdout
        yield from csv.DictReader(io.StringIO(said))


@contextlib.contextmanager
def sink_of(name, folder):
    """One by its name, in a scratch folder."""
    if name == "postgres":
        with engine(name) as database:
            yield Postgres(database.where)
    elif name == "sqlite":
        yield Sqlite(folder / "base.db")
    else:
        yield Folder(folder / name, *(["--ndjson", "--plain"] if name == "ndjson" else []))


EVENTS = {"sent": "SentEvent", "notsent": "NotSentEvent", "open": "OpenEvent",
          "click": "ClickEvent", "bounce": "BounceEvent", "unsub": "UnsubEvent",
          "forward": "ForwardedEmailEvent", "forwardoptin": "ForwardedEmailOptInEvent",
          "survey": "SurveyEvent"}


def plain(rows):
    """Dates without the zeros that end a fraction, as each sink has its own way with them."""
    found = collections.Counter()
    for (*who, date), count in rows.items():
        found[(*who, re.sub(r"(\.\d*?)0+$", r"\1", date).rstrip("."))] += count
    return found


def truth(path, arrived, since, until):
    """What etsim says that there is in a period, of what had arrived by a time."""
    found = collections.Counter()
    with open(path) as lines:
        for event in map(json.loads, lines):
            if since <= event["date"] < until and event["arrives"] <= arrived:
                found[(event["type"], event["account"], str(event["send"]), event["subscriber"],
                       event["date"])] += 1
    return plain(found)


def difference(rows, wanted):
    """One line; empty when they are alike."""
    missing, surplus = wanted - rows, rows - wanted
    if not missing and not surplus:
        return ""
    return (f"{sum(missing.values())} missing such as {next(iter(missing), None)}, "
            f"{sum(surplus.values())} too many such as {next(iter(surplus), None)}")
