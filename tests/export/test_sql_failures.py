"""test_sql_failures.py sqlite|postgres: killed, stopped, full, met by others: what was there
stands, and the next run makes it exact."""
import concurrent.futures
import os
import pathlib
import random
import re
import resource
import select
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
import unittest

from sql_harness import Case, Driver, clicks

DAY = 86400
NAME = sys.argv[1] if len(sys.argv) > 1 else "sqlite"
KILLS = int(os.environ.get("SQL_KILLS", 60))
SEED = int(os.environ.get("SQL_SEED", random.randrange(1 << 30)))


class Failing(Case):
    kind = NAME

    def exact(self, rows):
        self.assertEqual(clicks(self.database), [])
        self.assertEqual([tuple(map(int, row)) for row in self.database.rows(
            "SELECT account, window_from, count(*), min(URLID) FROM click"
            " GROUP BY account, window_from ORDER BY account, window_from")], rows)


class Failures(Failing):
    def test_killed_at_random_and_then_exact(self):
        print(f"SQL_SEED={SEED}")
        chance = random.Random(SEED)
        whole = {}
        for run in range(KILLS):
            with Driver(self.where) as driver:
                driver.do("prepare", "click")
                timer = threading.Timer(chance.uniform(0, 0.12), driver.process.kill)
                timer.start()
                try:
                    for window in range(100):
                        day = chance.randrange(3)
                        for word in (("begin", "click", 1, day * DAY, (day + 1) * DAY),
                                     ("rows", 700, run), ("mark",), ("rows", 5, 9999), ("back",),
                                     ("commit", 700, run)):
                            if driver.ask(*word)[1] != "OK":
                                raise BrokenPipeError
                        whole[day] = run
                except (BrokenPipeError, ConnectionError):
                    pass
                timer.join()
            self.assertEqual(clicks(self.database), [], f"after kill {run}")
        # What was committed is there, or what came later and was killed before it could say so.
        seen = {int(start) // DAY: int(seed) for start, seed in self.database.rows(
            "SELECT window_from, read_at FROM export_window")}
        self.assertGreaterEqual(len(whole), 1)
        self.assertTrue(all(seen[day] >= run for day, run in whole.items()))
        driver = self.open()
        for day in range(3):
            driver.clicks(1, day * DAY, (day + 1) * DAY, 300, 777)
        self.exact([(1, day * DAY, 300, 4000) for day in range(3)])

    def test_several_begin_at_once(self):
        # Of a database without any table.
        with concurrent.futures.ThreadPoolExecutor(6) as pool:
            drivers = list(pool.map(lambda _: self.open(check=False), range(6)))
        self.assertEqual([driver.opened for driver in drivers], ["OK"] * 6)
        for word in (("prepare", "open"), ("prepare", "newer")):
            for driver in drivers:
                driver.send(*word)
            self.assertEqual([driver.answer()[1] for driver in drivers], ["OK"] * 6)
        threads = [threading.Thread(target=driver.clicks, args=(account, day * DAY,
                                                                (day + 1) * DAY, 2000, account))
                   for account, driver in enumerate(drivers) for day in [account % 2]]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.exact([(account, account % 2 * DAY, 2000, 4000) for account in range(6)])

    def test_two_on_one_window(self):
        one, other = self.open(), self.open()
        one.do("begin", "click", 1, 0, DAY)
        one.do("rows", 100, 1)
        verdict = other.ask("begin", "click", 1, 0, DAY)[1]
        if NAME == "postgres":
            self.assertRegex(verdict, "^E_BUSY .*table click, account 1")
            other.clicks(1, DAY, 2 * DAY, 50, 2)  # another window goes on
            other.clicks(2, 0, DAY, 50, 2)
            one.do("commit", 100, 1)
        else:
            other.do("rows", 200, 2)
            one.do("commit", 100, 1)
            other.do("commit", 200, 2)
            other.clicks(1, DAY, 2 * DAY, 50, 2)
            other.clicks(2, 0, DAY, 50, 2)
            one.clicks(1, 0, DAY, 100, 1)
        self.exact([(1, 0, 100, 4000), (1, DAY, 50, 4000), (2, 0, 50, 4000)])
        other.clicks(1, 0, DAY, 60, 3)
        self.exact([(1, 0, 60, 4000), (1, DAY, 50, 4000), (2, 0, 50, 4000)])

    def test_two_lengths_of_windows_at_once(self):
        # Both are open when the first is committed; some are committed at the same moment.
        drivers = [self.open() for _ in range(4)]
        drivers[0].do("prepare", "click")
        for account in range(1, 9):
            spans = [(0, DAY), (0, DAY // 2), (DAY // 2, DAY), (3600, 7200)]
            for driver, span in zip(drivers, spans):
                verdict = driver.ask("begin", "click", account, *span)[1]
                if NAME == "postgres" and span == (0, DAY // 2):
                    self.assertRegex(verdict, "^E_BUSY ")
                else:
                    self.assertEqual(verdict, "OK")
                    driver.do("rows", 40, span[0] + 1)
            apart = [(driver, span) for driver, span in zip(drivers, spans)
                     if NAME == "sqlite" or span != (0, DAY // 2)]
            for driver, span in apart:
                driver.send("commit", 40, span[0] + 1)
            verdicts = [driver.answer()[1] for driver, _ in apart]
            for (driver, _), verdict in zip(apart, verdicts):
                self.assertRegex(verdict, "^OK$|^E_BUSY .*another length")
                driver.do("abandon")
            self.assertIn("OK", verdicts)
        spans = [tuple(map(int, row)) for row in self.database.rows(
            "SELECT account, window_from, window_until FROM export_window")]
        for one in spans:
            self.assertEqual([other for other in spans if other[0] == one[0] and
                              other[1] < one[2] and other[2] > one[1]], [one])
        self.assertEqual(clicks(self.database), [])

    def test_nothing_is_locked_while_rows_come(self):
        driver, other = self.open(), self.open()
        driver.clicks(1, 0, DAY, 10, 1)
        driver.do("begin", "click", 1, 0, DAY)
        driver.do("rows", 50000, 2)
        started = time.monotonic()
        other.clicks(2, 0, DAY, 10, 3)
        self.database.run("UPDATE export_meta SET value = value")
        if NAME == "sqlite":
            self.assertEqual(self.database.rows("PRAGMA wal_checkpoint(TRUNCATE)")[0][0], 0)
        self.assertLess(time.monotonic() - started, 60)
        self.exact([(1, 0, 10, 4000), (2, 0, 10, 4000)])
        driver.do("commit", 50000, 2)
        self.exact([(1, 0, 50000, 4000), (2, 0, 10, 4000)])

    # Sanitizers keep freed memory, so there is nothing to see under them.
    @unittest.skipIf(os.environ.get("SQL_SANITIZED"), "sanitizers keep freed memory")
    def test_memory_stays_flat(self):
        def peak(count):
            with Driver(self.where) as driver:
                driver.clicks(1, 0, DAY, count, 1)
                with open(f"/proc/{driver.process.pid}/status") as file:
                    status = file.read()
            return int(re.search(r"VmHWM:\s+(\d+)", status)[1])
        few, many = peak(20000), peak(200000)
        self.assertLess(many, few + 4000, "KiB")


class Cutting:
    """Between a client and the server: cuts the first connection that says COMMIT, before the
    server hears it or before the client hears what came of it."""

    def __init__(self, folder, target, heard):
        self.target, self.heard, self.cut = target, heard, False
        self.listener = socket.socket(socket.AF_UNIX)
        self.listener.bind(f"{folder}/.s.PGSQL.5432")
        self.listener.listen()
        threading.Thread(target=self.serve, daemon=True).start()

    def serve(self):
        while True:
            try:
                client = self.listener.accept()[0]
            except OSError:
                return
            threading.Thread(target=self.relay, args=(client,), daemon=True).start()

    def relay(self, client):
        server = socket.socket(socket.AF_UNIX)
        server.connect(self.target)
        with client, server:
            while True:
                for end in select.select([client, server], [], [])[0]:
                    part = end.recv(1 << 16)
                    if not part:
                        return
                    if end is client and not self.cut and b"COMMIT\0" in part:
                        self.cut = True
                        if self.heard:
                            server.sendall(part)
                            server.recv(1 << 16)
                        return
                    (server if end is client else client).sendall(part)


@unittest.skipUnless(NAME == "sqlite", "of a file")
class Files(Failing):
    def test_a_full_disk_leaves_the_old_window(self):
        def limit():
            resource.setrlimit(resource.RLIMIT_FSIZE, (3 << 20, 3 << 20))
        self.open().clicks(1, 0, DAY, 1000, 1)
        driver = self.open(preexec_fn=limit)
        verdicts = [driver.ask("begin", "click", 1, 0, DAY)[1],
                    driver.ask("rows", 24000, 2)[1], driver.ask("commit", 24000, 2)[1]]
        self.assertEqual(verdicts[:2], ["OK", "OK"])
        self.assertRegex(verdicts[2], re.escape(f"E_IO {self.database.file}: ") +
                         ".*(full|disk I/O error): make room")
        driver.do("abandon")
        self.exact([(1, 0, 1000, 4000)])
        driver.clicks(2, 0, DAY, 20, 3)  # what there is room for goes on
        driver.do("begin", "click", 1, 0, DAY)  # and where the rows wait may be full, too
        self.assertRegex(driver.ask("rows", 200000, 2)[1], "^E_IO .*rows cannot be kept")
        driver.do("abandon")
        driver.clicks(2, 0, DAY, 30, 4)
        self.exact([(1, 0, 1000, 4000), (2, 0, 30, 4000)])
        self.open().clicks(1, 0, DAY, 24000, 2)
        self.exact([(1, 0, 24000, 4000), (2, 0, 30, 4000)])

    def test_a_signal_ends_the_wait_for_a_locked_file(self):
        self.open().clicks(1, 0, DAY, 10, 1)
        driver = self.open(stderr=subprocess.PIPE)
        self.addCleanup(driver.process.stderr.close)
        driver.do("begin", "click", 1, 0, DAY)
        driver.do("rows", 20, 2)
        other = sqlite3.connect(self.database.file, isolation_level=None)
        self.addCleanup(other.close)
        other.execute("BEGIN IMMEDIATE")
        driver.send("commit", 20, 2)
        self.assertEqual(driver.process.stderr.readline().decode(), f"sql_driver: "
                         f"{self.database.file}: another program has it locked: waiting\n")
        driver.process.send_signal(signal.SIGTERM)
        verdict = driver.answer()[1]
        self.assertRegex(verdict, "^E_ABORTED .*: a signal ended the wait for it$")
        other.execute("ROLLBACK")
        self.exact([(1, 0, 10, 4000)])

    def test_who_may_only_read_looks_at_it(self):
        self.database.folder.cleanup()
        self.database.folder = tempfile.TemporaryDirectory(prefix="etsoap-sqlite-", dir="/tmp")
        self.database.new()
        folder = pathlib.Path(self.database.folder.name)
        file = folder / "a name?of#50%.db"
        self.database.file, self.where = str(file), f"sqlite:{file}"
        with Driver(self.where) as writer:
            writer.clicks(1, 0, DAY, 10, 1)
        user = {"user": 65534, "group": 65534, "extra_groups": []} if os.geteuid() == 0 else {}
        driver = folder / "sql_driver"  # where it was built may be closed to others
        shutil.copy(os.environ["SQL_DRIVER"], driver)
        self.addCleanup(folder.chmod, 0o755)
        for path, mode in ((file, 0o444), (driver, 0o755), (folder, 0o555)):
            path.chmod(mode)
        before = sorted(os.listdir(folder))

        def look():
            with Driver(self.where, "old", program=driver, check=False, **user) as other:
                self.assertEqual(other.opened, "OK")
                return [line.split()[:5] for line in other.do("survey")]
        self.assertEqual(before, [file.name, "sql_driver"])
        self.assertEqual(look(), [["click", "1", "0", str(DAY), "10"]])
        with sqlite3.connect(file, isolation_level=None) as plain:
            plain.execute("PRAGMA journal_mode = DELETE")
        plain.close()
        self.assertEqual(look(), [["click", "1", "0", str(DAY), "10"]])
        self.assertEqual(sorted(os.listdir(folder)), before)

    def test_a_file_that_is_none_of_ours(self):
        with open(self.database.file, "w") as file:
            file.write("no database, but some text that is longer than a page's header\n" * 20)
        self.assertRegex(self.open(check=False).opened, "^E_IO .*file is not a database")
        file = f"{self.database.folder.name}/missing/tracking.db"
        self.where = f"sqlite:{file}"
        self.assertEqual(self.open(check=False).opened,
                         f"E_IO {file}: cannot be opened: unable to open database file")
        self.where = "sqlite:"
        self.assertRegex(self.open(check=False).opened, "^E_USAGE --to 'sqlite:' names nothing")

    def test_what_is_no_file(self):
        folder = self.database.folder.name
        os.mkfifo(f"{folder}/pipe")
        os.mkdir(f"{folder}/folder")
        for name in ("/dev/null", f"{folder}/pipe", f"{folder}/folder"):
            self.where = f"sqlite:{name}"
            for words in ((), ("old",)):
                self.assertEqual(self.open(*words, check=False).opened,
                                 f"E_USAGE {name} is no file: write sqlite:FILE")

    def test_what_looks_like_a_database_is_no_folder(self):
        folder = self.database.folder.name
        before = os.listdir(folder)
        address = "write postgresql://USER@HOST/DATABASE"
        for self.where, says in (
                ("postgresql:bob:hunter2@h/db", f"--to postgresql:...: {address}"),
                ("postgresql:/bob:hunter2@h/db", f"--to postgresql:...: {address}"),
                ("Postgres:bob:hunter2@h/db", f"--to Postgres:...: {address}"),
                ("postgresql+psycopg2://bob:hunter2@h/db",
                 f"--to postgresql+psycopg2:...: {address}"),
                ("host=h password=hunter2", f"--to takes no key=value text .*{address}"),
                ("Host=h PassWord = 'hunter2'", f"--to takes no key=value text .*{address}"),
                ("user=hunter2 host=h dbname=db", f"--to takes no key=value text .*{address}"),
                ("POSTGRESQL://bob:hunter2@h/db", "PostgreSQL: a password does not belong into"),
                ("Postgres://bob:hunter2@h/db", "PostgreSQL: a password does not belong into"),
                ("sqlite://bob:hunter2@h/db", "--to sqlite://...: .*write sqlite:FILE"),
                ("SQLite://bob:hunter2@h/db", "--to sqlite://...: .*write sqlite:FILE"),
                ("mysql://bob:hunter2@h/db", "--to mysql:...: there is no such sink"),
                ("bob:hunter2@mysql://h/db", "--to bob:...: there is no such sink")):
            for words in ((), ("old",)):
                opened = self.open(*words, check=False, cwd=folder).opened
                self.assertRegex(opened, "^E_USAGE " + says.replace("+", "[+]"))
                self.assertNotIn("hunter2", opened)
        self.assertEqual(os.listdir(folder), before)
        self.where = "SQLITE:upper.db"
        self.open(cwd=folder).do("prepare", "open")
        self.assertTrue(os.path.exists(f"{folder}/upper.db"))

    def test_a_name_is_a_file(self):
        folder = os.path.dirname(self.database.file)
        for name in (":memory:", "file:x?mode=memory"):
            self.where = f"sqlite:{name}"
            self.open(cwd=folder).do("prepare", "open")
            self.assertTrue(os.path.exists(os.path.join(folder, name)))


@unittest.skipUnless(NAME == "postgres", "of a server")
class Servers(Failing):
    def test_stopped_in_the_middle_and_started_again(self):
        driver = self.open()
        driver.clicks(1, 0, DAY, 300, 1)
        for at, how in enumerate((signal.SIGINT, signal.SIGQUIT)):
            driver.do("begin", "click", 1, 0, DAY)
            driver.do("rows", 3000, 2)
            driver.do("mark")
            driver.do("rows", 10, 2)
            self.database.stop(how)
            verdict = driver.ask("rows", 30000, 2)[1]
            if verdict == "OK":
                verdict = driver.ask("commit", 33010, 2)[1]
            self.assertRegex(verdict, "^E_IO PostgreSQL: .*(terminat|connection|closed|pipe)")
            driver.do("abandon")
            self.database.start()
            self.exact([(1, 0, 300, 4000)] + [(2, 0, 20, 4000)] * at)
            driver.clicks(2, 0, DAY, 20, 3)  # it connects by itself
            self.exact([(1, 0, 300, 4000), (2, 0, 20, 4000)])
        # Between windows nobody notices that it was away.
        self.database.stop()
        self.database.start()
        driver.clicks(1, 0, DAY, 40, 4)
        # Who begins while it is away waits for it.
        self.database.stop()
        driver.send("begin", "click", 1, 0, DAY)
        time.sleep(1)
        self.database.start()
        self.assertEqual(driver.answer()[1], "OK")
        driver.do("rows", 50, 5)
        driver.do("commit", 50, 5)
        self.exact([(1, 0, 50, 4000), (2, 0, 20, 4000)])

    def test_a_connection_that_the_server_ends(self):
        driver = self.open()
        driver.clicks(1, 0, DAY, 300, 1)
        for word in ("rows", "mark", "back", "commit"):
            driver.do("begin", "click", 1, 0, DAY)
            driver.do("rows", 10, 2)
            self.database.rows("SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                               " WHERE application_name = 'ettrack'")
            verdict = driver.ask(word, 100000, 2)[1]
            self.assertRegex(verdict, "^E_IO PostgreSQL: ", word)
            driver.do("abandon")
        self.exact([(1, 0, 300, 4000)])
        driver.clicks(1, 0, DAY, 30, 3)
        self.exact([(1, 0, 30, 4000)])

    def test_a_commit_of_which_nobody_said_what_became(self):
        self.open().clicks(1, 0, DAY, 300, 1)
        for heard in (False, True):
            with tempfile.TemporaryDirectory(prefix="etsoap-pg-", dir="/tmp") as folder:
                cutting = Cutting(folder, f"{self.database.root}/.s.PGSQL.5432", heard)
                self.addCleanup(cutting.listener.close)
                self.where = self.database.where.replace(self.database.root.name,
                                                         pathlib.Path(folder).name)
                driver = self.open()
                driver.do("begin", "click", 1, 0, DAY)
                driver.do("rows", 40, 2)
                verdict = driver.ask("commit", 40, 2)[1]
                self.assertTrue(cutting.cut)
                if heard:
                    self.assertEqual(verdict, "OK")
                else:
                    self.assertRegex(verdict, "^E_IO .*a window cannot be committed")
                    driver.do("abandon")
                self.exact([(1, 0, 40 if heard else 300, 4000)] + [(2, 0, 50, 4000)] * heard)
                driver.clicks(2, 0, DAY, 50, 3)

    def test_limits_of_the_server_end_no_window(self):
        self.database.run("ALTER ROLE postgres SET statement_timeout = 300;"
                          "ALTER ROLE postgres SET idle_in_transaction_session_timeout = 300;"
                          "ALTER ROLE postgres SET lock_timeout = 300;"
                          "ALTER ROLE postgres SET synchronous_commit = off")
        self.addCleanup(self.database.run, "ALTER ROLE postgres RESET ALL")
        driver = self.open()
        driver.do("begin", "click", 1, 0, DAY)
        time.sleep(0.6)
        driver.do("rows", 3000, 1)
        time.sleep(0.6)
        driver.do("mark")
        time.sleep(0.6)
        driver.do("commit", 3000, 1)
        self.exact([(1, 0, 3000, 4000)])

    def test_a_signal_ends_the_wait_for_a_lock(self):
        self.open().clicks(1, 0, DAY, 10, 1)
        driver = self.open(stderr=subprocess.PIPE)
        self.addCleanup(driver.process.stderr.close)
        driver.do("prepare", "click")
        environment = {**os.environ, "PGOPTIONS": f"-csearch_path={self.database.schema}"}
        other = subprocess.Popen(self.database.psql("")[:-2] + ["-f", "-"], text=True,
                                 stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment)
        self.addCleanup(other.stdout.close)
        other.stdin.write("BEGIN; LOCK TABLE click IN SHARE MODE;\n\\echo locked\n")
        other.stdin.flush()
        self.assertEqual(other.stdout.readline(), "locked\n")
        driver.send("begin", "click", 1, 0, DAY)
        self.assertEqual(driver.process.stderr.readline().decode(), "sql_driver: PostgreSQL: "
                         "waiting for the server; another session may have a table locked\n")
        driver.process.send_signal(signal.SIGTERM)
        self.assertRegex(driver.answer()[1], "^E_ABORTED PostgreSQL: a window cannot be begun: a "
                         "signal ended the wait")
        # What needs no lock goes on, so that what was begun is ended in order.
        self.assertEqual(len(driver.do("records", "click", 1)), 1)
        other.stdin.close()
        other.wait(60)
        driver.clicks(1, DAY, 2 * DAY, 20, 2)
        self.exact([(1, 0, 10, 4000), (1, DAY, 20, 4000)])

    def test_a_password_has_no_place_in_the_address(self):
        for user, more in (("postgres:geheim@", ""), ("postgres@", "&password=geheim"),
                           ("postgres@", "&sslpassword=geheim")):
            verdict = self.refused(self.database.address(user, more))
            self.assertRegex(verdict, "^E_USAGE PostgreSQL: a password does not belong into .*"
                             "PGPASSFILE")
        for where in ("postgresql://u:geh%zz@host/db", "postgresql://u:geheim@[host/db",
                      "postgresql://host/db?password=geh%zz", "postgresql://host/db?nothing=1"):
            verdict = self.refused(where)
            self.assertRegex(verdict, "^E_USAGE PostgreSQL: the address cannot be read: ")

    def refused(self, where):
        driver = Driver(where, check=False)
        self.addCleanup(driver.__exit__)
        self.assertNotIn("geh", driver.opened)
        return driver.opened

    def test_credentials_come_from_where_libpq_takes_them(self):
        self.database.run("CREATE ROLE someone LOGIN PASSWORD 'geheim';"
                          f"GRANT ALL ON SCHEMA {self.database.schema} TO someone")
        rules = self.database.root / "data" / "pg_hba.conf"
        before = rules.read_text()
        rules.write_text("local all someone scram-sha-256\n" + before)
        self.addCleanup(rules.write_text, before)
        self.database.run("SELECT pg_reload_conf()")
        passwords = self.database.root / "pgpass"
        passwords.write_text("*:*:*:someone:geheim\n")
        passwords.chmod(0o600)
        where = self.database.address("someone@")
        with Driver(where, environment={"PGPASSFILE": str(passwords)}) as driver:
            driver.clicks(1, 0, DAY, 30, 3)
        with Driver(where, environment={"PGPASSWORD": "geheim"}) as driver:
            driver.clicks(1, 0, DAY, 40, 4)
        services = self.database.root / "services"
        services.write_text(f"[tracking]\nhost={self.database.root}\nuser=someone\n"
                            "dbname=postgres\n"
                            f"password=geheim\noptions=-csearch_path={self.database.schema}\n")
        with Driver("postgresql://?service=tracking",
                    environment={"PGSERVICEFILE": str(services)}) as driver:
            driver.clicks(1, 0, DAY, 50, 5)
        self.exact([(1, 0, 50, 4000)])
        with Driver(where, check=False, environment={"PGPASSWORD": "falsch"}) as driver:
            self.assertRegex(driver.opened, "^E_CONNECT PostgreSQL: .*password authentication "
                             "failed")
            self.assertNotIn("falsch", driver.opened)

    def test_libpq_is_loaded_when_it_is_needed(self):
        with tempfile.TemporaryDirectory(prefix="etsoap-libpq-") as folder:
            file = pathlib.Path(folder) / "libpq.so.5"
            environment = {"LD_LIBRARY_PATH": folder}
            file.write_text("no library\n")
            said = Driver(self.where, check=False, environment=environment)
            self.addCleanup(said.__exit__)
            self.assertRegex(said.opened, "^E_IO libpq cannot be loaded: .*; install it "
                             r"\(libpq5\)")
            with Driver(f"sqlite:{folder}/x.db", environment=environment) as driver:
                driver.do("prepare", "open")
            linked = subprocess.run(["ldd", os.environ["SQL_DRIVER"]], capture_output=True,
                                    text=True).stdout
            self.assertNotIn("libpq", linked)
            shutil.copyfile(re.search(r"libjansson\S* => (\S+)", linked)[1], file)
            said = Driver(self.where, check=False, environment=environment)
            self.addCleanup(said.__exit__)
            self.assertRegex(said.opened, r"libpq.so.5 has no PQ\w+; install libpq 10 or newer")

    def test_what_cannot_be_connected_or_hold_it(self):
        missing = f"%2F{self.database.root.name}"
        self.assertRegex(self.refused(f"postgresql://nobody@{missing}/db"),
                         f"^E_CONNECT PostgreSQL: .*/{self.database.root.name}")
        self.database.run("CREATE DATABASE latin ENCODING 'LATIN1' TEMPLATE template0")
        self.assertRegex(self.refused(self.database.address().replace("/postgres?", "/latin?")),
                         "^E_USAGE .*ENCODING 'UTF8'")
        self.database.schema = "nowhere"
        self.assertRegex(self.refused(self.database.address()), "^E_USAGE .*set search_path")


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1] + sys.argv[2:])
