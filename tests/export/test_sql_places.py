"""test_sql_places.py sqlite|postgres: a database that does not answer, that leads to more than one
schema, or that has tables of these names from somebody else."""
import os
import signal
import socket
import subprocess
import sys
import time
import unittest

from sql_harness import Case, Driver

DAY = 86400
NAME = sys.argv[1] if len(sys.argv) > 1 else "sqlite"


class Shapes(Case):
    kind = NAME

    def refused(self, *words):
        driver = Driver(self.where, *words, check=False)
        self.addCleanup(driver.__exit__)
        return driver.opened

    def test_tables_of_other_shape_are_named(self):
        for made in ("CREATE TABLE export_window (id integer, note text)",
                     "CREATE VIEW export_window AS SELECT 1 AS account",
                     "CREATE TABLE export_meta (name text PRIMARY KEY, value text);"
                     "CREATE VIEW export_window AS SELECT 'open' AS table_name, 1 AS account",
                     "CREATE TABLE export_meta (name text PRIMARY KEY, what text)"):
            self.database.new()
            self.where = self.database.where
            for statement in made.split(";"):
                self.database.run(statement)
            self.assertRegex(self.refused(), "^E_USAGE .* has an export_window or export_meta that "
                             "is no table of ettrack's making .*rename it")


class Places(Case):
    kind = "postgres"

    def address(self, path):
        return self.database.where.replace(f"search_path%3D{self.database.schema}",
                                           f"search_path%3D{path}")

    def test_all_is_in_one_schema(self):
        """Where an export is already, or else in the first."""
        first = self.database.schema
        self.database.new()
        second = self.database.schema
        with Driver(self.database.where) as driver:
            driver.clicks(1, 0, DAY, 10, 1)
        with Driver(self.address(f"{first}%2C{second}")) as driver:
            driver.clicks(1, DAY, 2 * DAY, 20, 2)
            driver.do("prepare", "open")
            self.assertEqual(len(driver.do("survey")), 2)
            # Both exclude each other.
            with Driver(self.database.where) as other:
                driver.do("begin", "click", 1, 0, DAY)
                self.assertRegex(other.ask("begin", "click", 1, 0, DAY)[1], "^E_BUSY")
        self.assertEqual(self.database.rows(
            "SELECT table_schema, count(*) FROM information_schema.tables WHERE table_schema IN "
            f"('{first}', '{second}') GROUP BY 1"), [(second, "4")])
        self.database.new()
        third = self.database.schema
        with Driver(self.address(f"nowhere%2C{third}%2C{first}")) as driver:
            driver.clicks(1, 0, DAY, 10, 1)
        self.assertEqual(self.database.rows(f"SELECT count(*) FROM {third}.click"), [("10",)])


class Hanging(Case):
    kind = "postgres"

    def backends(self):
        return [int(row[0]) for row in self.database.rows(
            "SELECT pid FROM pg_stat_activity WHERE application_name = 'ettrack'")]

    def stop(self):
        """The server hangs: it is there, and does not say a word."""
        pids = [*self.backends(), self.database.process.pid]
        for pid in pids:
            os.kill(pid, signal.SIGSTOP)
        self.addCleanup(lambda: [os.kill(pid, signal.SIGCONT) for pid in pids])

    def test_a_signal_ends_the_wait_for_a_server_that_hangs(self):
        driver = self.open()
        driver.clicks(1, 0, DAY, 100, 1)
        driver.do("begin", "click", 1, 0, DAY)
        driver.do("rows", 50000, 2)
        self.stop()
        driver.process.send_signal(signal.SIGTERM)
        verdict = driver.ask("commit", 50000, 2)[1]
        self.assertRegex(verdict, "^E_ABORTED PostgreSQL: .*a signal ended the wait")
        driver.do("abandon")

    def test_rows_that_nobody_takes(self):
        driver = self.open()
        driver.do("begin", "click", 1, 0, DAY)
        driver.do("rows", 10, 2)
        driver.do("mark")
        self.stop()
        driver.send("rows", 2000000, 2)  # far more than a socket holds
        time.sleep(0.2)
        driver.process.send_signal(signal.SIGTERM)
        self.assertRegex(driver.answer()[1], "^E_ABORTED PostgreSQL: .*a signal ended the wait")
        self.assertLess(self.memory(driver), 60000)
        driver.do("abandon")

    def memory(self, driver):
        with open(f"/proc/{driver.process.pid}/status") as status:
            return int(next(line for line in status if line.startswith("VmHWM")).split()[1])

    def silent(self):
        """The address of a server that accepts and never answers."""
        listener = socket.create_server(("127.0.0.1", 0))
        self.addCleanup(listener.close)
        return f"postgresql://nobody@127.0.0.1:{listener.getsockname()[1]}/db?sslmode=disable"

    def test_a_signal_ends_connecting(self):
        process = subprocess.Popen([os.environ["SQL_DRIVER"], self.silent()],
                                   stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        time.sleep(0.5)
        process.send_signal(signal.SIGTERM)
        self.assertRegex(process.communicate(timeout=60)[0].decode(),
                         "^= E_ABORTED PostgreSQL: a signal ended the wait")

    def test_connecting_takes_no_longer_than_libpq_was_told(self):
        driver = Driver(f"{self.silent()}&connect_timeout=2", check=False)
        self.addCleanup(driver.__exit__)
        self.assertRegex(driver.opened, "^E_CONNECT PostgreSQL: .*timeout expired")


if __name__ == "__main__":
    if NAME == "sqlite":
        del Places, Hanging
    unittest.main(argv=sys.argv[:1] + sys.argv[2:])
