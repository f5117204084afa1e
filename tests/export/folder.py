"""A folder that sink_probe writes, and what a reader finds in it."""
import csv
import gzip
import io
import json
import os
import pathlib
import subprocess

PROBE = os.environ["SINK_PROBE"]
DAY = 86400
NOV20 = 1795154400  # 2026-11-20 in server time, UTC-06:00


class Probe:
    """A sink_probe that answers call by call."""

    def __init__(self, folder, *options, **environment):
        self.process = subprocess.Popen(
            [PROBE, folder, *options], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
            encoding="utf-8", env={**os.environ, **environment})
        self.opened = self.answer()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def close(self):
        """Its exit code, once stdin is at its end."""
        self.process.stdin.close()
        self.process.stdout.close()
        return self.process.wait(60)

    def answer(self):
        lines = []
        for line in self.process.stdout:
            lines.append(line.rstrip("\n").split("\t"))
            if lines[-1][0] != "record":
                break
        return lines

    def send(self, *words):
        self.process.stdin.write("\t".join(map(escaped, words)) + "\n")
        self.process.stdin.flush()

    def call(self, *words):
        """The answer's words; of records, those of each, without `record`."""
        try:
            self.send(*words)
        except BrokenPipeError:
            return None
        lines = self.answer()
        if not lines:
            return None
        if words[0] in ("records", "survey") and lines[-1] == ["ok"]:
            return [line[1:] for line in lines[:-1]]
        return lines[-1]

    def do(self, *calls):
        """Calls that all have to be done."""
        for words in calls:
            answer = self.call(*words)
            if answer != ["ok"]:
                raise AssertionError(f"{words}: {answer}")


def escaped(word):
    if word is None:
        return "\\N"
    return (str(word).replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n")
            .replace("\r", "\\r"))


def visible(folder):
    """Paths of the data files, as readers of partitioned folders see them, below `folder`."""
    found = []
    for path in sorted(pathlib.Path(folder).rglob("*")):
        parts = path.relative_to(folder).parts
        if path.is_file() and not any(part[0] in "._" for part in parts):
            found.append("/".join(parts))
    return found


def hidden(folder):
    """Those that only a writer has."""
    return [name for name in map(str, pathlib.Path(folder).rglob("*"))
            if os.path.basename(name).startswith(".")]


def rows_of(path):
    """The rows of a data file: lists of CSV, objects of NDJSON."""
    data = pathlib.Path(path).read_bytes()
    if str(path).endswith(".gz"):
        data = gzip.decompress(data)
    text = data.decode()
    if ".ndjson" in str(path):
        return [json.loads(line) for line in text.splitlines()]
    return list(csv.reader(io.StringIO(text, newline="")))


def rows_in(folder):
    """All rows that a reader finds, without headers."""
    return [row for name in visible(folder) for row in rows_of(f"{folder}/{name}")[1:]]


def record_of(folder, window):
    head, _, part = window.rpartition("/")
    return json.loads(pathlib.Path(folder, head, f"_{part}.json").read_text())


def records(folder, *options):
    """What a survey gives, without writing anything."""
    with Probe(folder, "--old", *options) as probe:
        return probe.call("survey")
