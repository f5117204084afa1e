"""The folder sink, ended or failing at each of its calls that change the file system: readers see a
window once, as it was or as it is to be, its record speaks of what they see, and one clean run
afterwards makes it exact."""
import os
import pathlib
import select
import shutil
import signal
import subprocess
import tempfile
import unittest

from folder import DAY, NOV20, PROBE, Probe, hidden, records, rows_of, visible

LIBRARY = os.environ["FAIL_AT_LIBRARY"]
MOST = 200  # calls of one window
KILLED = 137
BEGIN = f"begin\topen\t10001\t{NOV20}\t{NOV20 + DAY}\n"
OLD = BEGIN + f"rows\t40\told\ncommit\t{NOV20 + DAY}\n"
# More than a buffer of compressed bytes, with a piece that is taken back.
NEW = (BEGIN + "rows\t3000\tnew\nmark\nrows\t3000\tlost\nback\nrows\t2\tnew\n"
       f"commit\t{NOV20 + 2 * DAY}\n")
NONE = BEGIN + f"commit\t{NOV20 + 3 * DAY}\n"
OTHER = BEGIN + f"rows\t40\told\ncommit\t{NOV20 + 4 * DAY}\n"  # the same bytes at another time
WHEN = {OLD: 1, NEW: 2, NONE: 3, OTHER: 4}
COUNT = {OLD: 40, NEW: 3002, NONE: 0, OTHER: 40}


def run(folder, script, options=(), **environment):
    """Exit code, and the answer that was no `ok`."""
    done = subprocess.run([PROBE, folder, *options], input=script, capture_output=True, text=True,
                          env={**os.environ, **environment}, timeout=60)
    bad = [line for line in done.stdout.splitlines() if line != "ok"]
    return done.returncode, bad[0] if bad else None


class Ended(unittest.TestCase):
    def setUp(self):
        room = tempfile.TemporaryDirectory(prefix="etsoap-killed-")
        self.addCleanup(room.cleanup)
        self.room = pathlib.Path(room.name)
        self.log = self.room / "log"

    def state(self, folder, rows_then):
        """Which of the scripts the folder holds; None: no window."""
        if not (folder / "_etsoap.json").exists():
            return None
        said = records(folder)
        found = visible(folder)
        self.assertLessEqual(len(found), 1)
        self.assertLessEqual(len(said), 1)
        rows = rows_of(folder / found[0]) if found else [[]]
        names = set(row[3] if isinstance(row, list) else row["List_ID"] for row in rows[1:])
        self.assertNotIn("lost", names)
        self.assertLessEqual(len(names), 1)
        count = len(rows) - (not found or isinstance(rows[0], list))
        self.assertIn(count, rows_then)
        if not said:
            return None
        self.assertEqual(int(said[0][4]), count, "the record is of other rows")
        day = (int(said[0][5]) - NOV20) // DAY
        [script] = [script for script, when in WHEN.items() if when == day]
        self.assertEqual(COUNT[script], count)
        return script

    def ends(self, how, before, script, options=()):
        """Calls `each` for every call that the script comes to."""
        base, folder = self.room / "base", self.room / "folder"
        shutil.rmtree(base, ignore_errors=True)
        if before:
            self.assertEqual(run(base, before, options), (0, None))
        for number in range(1, MOST):
            shutil.rmtree(folder, ignore_errors=True)
            if before:
                shutil.copytree(base, folder, copy_function=shutil.copy2)
            self.log.unlink(missing_ok=True)
            code, said = run(folder, script, options, LD_PRELOAD=LIBRARY, FAIL_AT=str(number),
                             FAIL_HOW=how, FAIL_LOG=str(self.log))
            if not self.log.exists() and said is None and code == 0:
                self.assertGreater(number, 10)
                return
            call = self.log.read_text() if self.log.exists() else None
            yield number, folder, call, code, said
        self.fail(f"more than {MOST} calls")

    def exact_afterwards(self, folder, script, options):
        self.assertEqual(run(folder, script, options), (0, None))
        self.assertIs(self.state(folder, {COUNT[script]}), script)
        # Who was killed when it made the folder leaves the lock of that; nobody takes it again.
        self.assertEqual([name for name in hidden(folder) if name != f"{folder}/.lock"], [])

    def killed(self, how, before, script, options=()):
        seen = set()
        for number, folder, call, code, _ in self.ends(how, before, script, options):
            with self.subTest(how=how, number=number, call=call):
                self.assertEqual(code, KILLED)
                then = {COUNT[script], COUNT[before] if before else 0}
                state = self.state(folder, then)
                if before:
                    self.assertIn(state, (before, script))
                seen.add(state)
                self.exact_afterwards(folder, script, options)
        self.assertEqual(seen, {before, script})

    def test_a_first_window(self):
        self.killed("kill", None, OLD)

    def test_a_window_of_another(self):
        self.killed("kill", OLD, NEW)

    def test_torn_writes(self):
        base, folder = self.room / "base", self.room / "folder"
        self.assertEqual(run(base, OLD), (0, None))
        torn = 0
        for number in range(1, 60):
            shutil.rmtree(folder, ignore_errors=True)
            shutil.copytree(base, folder, copy_function=shutil.copy2)
            code, _ = run(folder, NEW, LD_PRELOAD=LIBRARY, FAIL_AT=str(number), FAIL_HOW="tear")
            torn += code == KILLED
            self.assertIs(self.state(folder, {40, 3002}), OLD if code == KILLED else NEW)
            self.exact_afterwards(folder, NEW, ())
        self.assertGreater(torn, 3)

    def test_rows_that_go(self):
        self.killed("kill", OLD, NONE)

    def test_rows_that_come(self):
        self.killed("kill", NONE, OLD)

    def test_the_same_rows_again(self):
        """Both records are of files of one size; only one of them is right."""
        self.killed("kill", OLD, OTHER)

    def test_plain_ndjson(self):
        self.killed("kill", OLD, NEW, ("--ndjson", "--plain"))

    def failing(self, how, said_why, before, script):
        """What fails says so and leaves what was; but for the last call, see folder.c."""
        after = 0
        for number, folder, call, code, said in self.ends(how, before, script):
            with self.subTest(how=how, number=number, call=call):
                state = self.state(folder, {COUNT[script], COUNT[before] if before else 0})
                if said is None:  # nothing that matters, such as a folder that is there
                    self.assertIn(call, ("mkdirat", "unlinkat", "fsync"))
                    self.assertIs(state, script)
                else:
                    self.assertTrue(said.startswith("E_IO\t"), said)
                    self.assertIn(said_why, said)
                    self.assertIn(str(folder), said)
                    after += state is script
                    self.assertIn(state, (before, script))
                    self.assertTrue(state is before or call == "fsync")
                    if call != "unlinkat":
                        self.assertEqual([name for name in hidden(folder) if ".tmp" in name], [])
                self.exact_afterwards(folder, script, ())
        self.assertLessEqual(after, 1)

    def test_a_lock_that_has_lost_its_name(self):
        """One that opened the file of a lock just before its holder was done with it."""
        folder = self.room / "folder"
        day = ("begin", "open", 10001, NOV20, NOV20 + DAY)
        self.assertEqual(run(folder, OLD), (0, None))
        with Probe(folder) as one, Probe(folder) as three:
            one.do(day)
            with Probe(folder, LD_PRELOAD=LIBRARY, FAIL_AT="1", FAIL_HOW="stop",
                       FAIL_PATH=".lock") as two:
                two.send(*day)
                _, status = os.waitpid(two.process.pid, os.WUNTRACED)
                self.assertTrue(os.WIFSTOPPED(status))
                one.do(("abandon",))
                three.do(day)
                os.kill(two.process.pid, signal.SIGCONT)
                self.assertEqual(two.answer()[0][0], "E_BUSY")
            three.do(("rows", 40, "old"), ("commit", NOV20 + DAY))
        self.assertEqual(hidden(folder), [])

    def test_who_is_about_to_go_is_waited_for(self):
        """A lock on the whole day is that of one who removes the file, not of a window."""
        folder = self.room / "folder"
        hours = [("begin", "open", 10001, NOV20 + hour * 3600, NOV20 + hour * 3600 + 3600)
                 for hour in range(2)]
        self.assertEqual(run(folder, ""), (0, None))
        with Probe(folder) as two, Probe(folder, LD_PRELOAD=LIBRARY, FAIL_AT="2", FAIL_HOW="stop",
                                         FAIL_PATH=".lock") as one:
            one.do(hours[0])
            one.send("abandon")
            _, status = os.waitpid(one.process.pid, os.WUNTRACED)
            self.assertTrue(os.WIFSTOPPED(status))
            two.send(*hours[1])
            self.assertEqual(select.select([two.process.stdout], [], [], 0.3)[0], [])
            os.kill(one.process.pid, signal.SIGCONT)
            self.assertEqual(two.answer(), [["ok"]])
            self.assertEqual(one.answer(), [["ok"]])

    def test_a_full_disk(self):
        self.failing("ENOSPC", "No space left", OLD, NEW)
        self.failing("ENOSPC", "No space left", None, NEW)

    def test_a_broken_disk(self):
        self.failing("EIO", "Input/output error", OLD, NONE)
        self.failing("EIO", "Input/output error", OLD, OTHER)


if __name__ == "__main__":
    unittest.main()
