"""What the tests of the sinks that are databases share: a PostgreSQL of their own, the driver, and
questions to either database.

    with engine("postgres") as database:
        with Driver(database.where) as driver:
            driver.do("begin", "open", 10001, 0, 86400)
        database.rows("SELECT * FROM open")
"""
import glob
import os
import pathlib
import pwd
import select
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
import unittest

DRIVER = os.environ.get("SQL_DRIVER", "sql_driver")


def skip(why):
    print(why)
    sys.exit(77)


class Driver:
    """sql_driver, line by line."""

    def __init__(self, where, *words, environment=None, check=True, program=DRIVER,
                 **options):
        self.process = subprocess.Popen(
            [program, where, *words], stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0,
            env={**os.environ, **(environment or {})}, **options)
        self.left = b""
        self.opened = self.answer()[1]
        if check and self.opened != "OK":
            raise RuntimeError(self.opened)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.stdin.close()
        if self.process.poll() is None:
            try:
                self.process.wait(60)
            except subprocess.TimeoutExpired:
                self.kill()
        self.process.stdout.close()

    def kill(self):
        self.process.kill()
        self.process.wait()

    def answer(self, seconds=120):
        """(lines, verdict); a driver that is gone: ([], None)."""
        lines, deadline = [], time.monotonic() + seconds
        while True:
            while b"\n" in self.left:
                line, self.left = self.left.split(b"\n", 1)
                if line.startswith(b"= "):
                    return lines, line[2:].decode()
                lines.append(line.decode())
            ready = select.select([self.process.stdout], [], [], deadline - time.monotonic())[0]
            part = os.read(self.process.stdout.fileno(), 1 << 16) if ready else b""
            if not part:
                if not ready:
                    raise RuntimeError("the driver does not answer")
                return [], None
            self.left += part

    def send(self, *fields):
        self.process.stdin.write("\t".join(map(str, fields)).encode() + b"\n")

    def ask(self, *fields):
        self.send(*fields)
        return self.answer()

    def do(self, *fields):
        lines, verdict = self.ask(*fields)
        if verdict != "OK":
            raise RuntimeError(f"{fields}: {verdict}")
        return lines

    def window(self, table, account, start, until, rows, shares=()):
        """A window of given rows, from beginning to commit."""
        self.do("begin", table, account, start, until)
        for row in rows:
            self.do("row", *row)
        self.do("commit", len(rows), 1764000000, *shares)

    def clicks(self, account, start, until, count, seed):
        self.do("begin", "click", account, start, until)
        self.do("rows", count, seed)
        self.do("commit", count, seed)


class Sqlite:
    name = "sqlite"

    def __init__(self):
        self.folder = tempfile.TemporaryDirectory(prefix="etsoap-sqlite-")
        self.new()

    def new(self):
        """Another, empty database."""
        self.file = tempfile.mktemp(".db", dir=self.folder.name)
        self.where = f"sqlite:{self.file}"

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.folder.cleanup()

    def rows(self, sql):
        connection = sqlite3.connect(self.file, isolation_level=None)
        try:
            return connection.execute(sql).fetchall()
        finally:
            connection.close()

    run = rows


class Postgres:
    """A cluster in a scratch folder that only a socket in it leads to. `where` is the address of a
    schema."""
    name = "postgres"

    def __init__(self):
        self.programs = next(iter(sorted(glob.glob("/usr/lib/postgresql/*/bin"))[::-1]), None)
        if not self.programs and shutil.which("initdb"):
            self.programs = os.path.dirname(shutil.which("initdb"))
        if not self.programs or not shutil.which("psql"):
            skip("there is no PostgreSQL: install postgresql")
        self.folder = tempfile.TemporaryDirectory(prefix="etsoap-pg-", dir="/tmp")
        self.root = pathlib.Path(self.folder.name)
        self.user = {}
        if os.geteuid() == 0:  # which PostgreSQL refuses
            user = pwd.getpwnam("postgres")
            self.user = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
            os.chown(self.root, user.pw_uid, user.pw_gid)
        made = subprocess.run(
            [f"{self.programs}/initdb", "-D", self.root / "data", "-U", "postgres", "-E", "UTF8",
             "--locale=C", "-A", "trust", "--no-sync"], capture_output=True, text=True,
            cwd=self.root, **self.user)
        if made.returncode:
            raise RuntimeError(made.stderr)
        self.number, self.process = 0, None
        self.start()
        self.new()

    def start(self):
        with open(self.root / "log", "ab") as log:
            self.process = subprocess.Popen(
                [f"{self.programs}/postgres", "-D", self.root / "data", "-k", self.root,
                 "-c", "listen_addresses=", "-c", "max_connections=40",
                 "-c", "shared_buffers=32MB", "-c", "fsync=off"],
                stdout=log, stderr=log, stdin=subprocess.DEVNULL,
                cwd=self.root, **self.user)
        deadline = time.monotonic() + 60
        while subprocess.run(self.psql("SELECT 1"), capture_output=True).returncode:
            if self.process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError((self.root / "log").read_text())
            time.sleep(0.05)

    def stop(self, how=signal.SIGINT):
        """SIGINT: at once, connections are cut; SIGQUIT: without writing anything more."""
        self.process.send_signal(how)
        self.process.wait(60)

    def new(self):
        self.number += 1
        self.schema = f"test{self.number}"
        self.rows(f"CREATE SCHEMA {self.schema}")
        self.where = self.address()

    def address(self, user="postgres@", more=""):
        path = str(self.root).replace("/", "%2F")
        return f"postgresql://{user}{path}/postgres?options=-csearch_path%3D{self.schema}{more}"

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.stop()
        self.folder.cleanup()

    def psql(self, sql):
        return ["psql", "-XqAt", "-v", "ON_ERROR_STOP=1", "-F", "\x1f", "-R", "\x1e",
                "-P", "null=\x02", "-h", str(self.root), "-U", "postgres", "-d", "postgres",
                "-c", sql]

    def rows(self, sql):
        """Of texts."""
        done = subprocess.run(self.psql(sql), capture_output=True, env={
            **os.environ, "PGCLIENTENCODING": "UTF8", "PGOPTIONS": f"-csearch_path={self.schema}"})
        if done.returncode:
            raise RuntimeError(done.stderr.decode())
        text = done.stdout.decode().removesuffix("\n")
        return [tuple(None if cell == "\x02" else cell for cell in line.split("\x1f"))
                for line in text.split("\x1e")] if done.stdout else []

    run = rows


def engine(name):
    return {"sqlite": Sqlite, "postgres": Postgres}[name]()


class Case(unittest.TestCase):
    """With a database of the kind that `kind` names, another and empty one for each test."""
    kind = None

    @classmethod
    def setUpClass(cls):
        cls.database = engine(cls.kind)
        cls.addClassCleanup(cls.database.__exit__)

    def setUp(self):
        self.database.new()
        self.where = self.database.where

    def open(self, *words, **options):
        driver = Driver(self.where, *words, **options)
        self.addCleanup(driver.__exit__)
        return driver


def clicks(database):
    """What is wrong with the clicks and their records; windows have rows 0 to n-1 of one seed,
    which the record has as its time."""
    problems = []
    counted = {tuple(map(int, row[:3])): row[3:] for row in database.rows(
        "SELECT account, window_from, count(*), min(SubscriberKey), max(SubscriberKey),"
        " count(DISTINCT SubscriberKey), min(BatchID), max(URLID)"
        " FROM click GROUP BY account, window_from")}
    recorded = {tuple(map(int, row)) for row in database.rows(
        'SELECT account, window_from, "rows" FROM export_window WHERE table_name = \'click\'')}
    seeds = {tuple(map(int, row[:2])): int(row[2]) for row in database.rows(
        "SELECT account, window_from, read_at FROM export_window")}
    if set(counted) != {key for key in recorded if key[2] > 0}:
        problems.append(f"rows {sorted(counted)} are not those of records {sorted(recorded)}")
    for (account, start, count), (low, high, distinct, *_) in counted.items():
        seed = seeds.get((account, start))
        if int(distinct) != count or not low.startswith(f"s{seed}-") or \
                not high.startswith(f"s{seed}-"):
            problems.append(f"{account} {start}: {count} rows, {distinct} of them distinct, from "
                            f"{low} to {high}, the record says {seed}")
    return problems
