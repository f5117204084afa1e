"""test_full_disk.py SINK: a disk that fills up while an export runs. The old windows stand, what is
there are whole windows, the exit code is 3; with room again the next run makes it exact.

The disk is a small tmpfs where one can be mounted, else a limit on the size of files."""
import contextlib
import os
import pathlib
import resource
import shutil
import subprocess
import sys
import tempfile

from sinks import Folder, Postgres, Sqlite, difference, plain, truth
from sql_harness import engine, skip
from support import DATA, TABLES, UNTIL, Etsim, check, command, environment

CLOCK = "2026-11-20T00:00:00"
OLD, SINCE = "2026-11-10", "2026-10-20"
MORE = 160 * 1024  # bytes that are left when the disk fills up


class Disk:
    """A file system of its own."""

    def __init__(self, path):
        self.path = path
        path.mkdir()
        done = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=256m", "tmpfs", path],
                              capture_output=True)
        self.mounted = done.returncode == 0

    def room(self, more):
        """Leaves so many bytes; None: enough."""
        if self.mounted:
            used = shutil.disk_usage(self.path).used
            size = 256 << 20 if more is None else used + more
            subprocess.run(["mount", "-o", f"remount,size={size}", self.path], check=True)
        self.limit = None if more is None else more

    def before(self):
        """In a program that is about to run."""
        if not self.mounted and self.limit:
            largest = max((path.stat().st_size for path in self.path.rglob("*")), default=0)
            most = max(largest // 2, 1024)
            resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))

    def close(self):
        if self.mounted:
            subprocess.run(["umount", "-l", self.path], check=True)


@contextlib.contextmanager
def sink_on(name, disk, folder):
    if name == "postgres":
        if not disk.mounted:
            skip("no file system can be mounted, which PostgreSQL needs")
        with engine(name) as database:
            place = disk.path / "space"
            place.mkdir()
            os.chmod(folder, 0o755)
            if database.user:
                os.chown(place, database.user["user"], database.user["group"])
            database.rows(f"CREATE TABLESPACE small LOCATION '{place}'")
            yield Postgres(database.address(more="%20-cdefault_tablespace%3Dsmall"))
    elif name == "sqlite":
        yield Sqlite(disk.path / "base.db")
    else:
        yield Folder(disk.path / name)


def by_window(rows):
    found = {}
    for (event, account, _, _, date), count in rows.items():
        key = (event, account, date[:10])
        found[key] = found.get(key, 0) + count
    return found


def run(simulator, sink, disk, since, *more):
    done = subprocess.run(
        command(sink, "--tables", TABLES, "--mid", "10001", "--again", "4000d", *more, since=since),
        env=environment(simulator.settings, SQLITE_TMPDIR="/tmp"), stdin=subprocess.DEVNULL,
        capture_output=True, text=True, timeout=120, preexec_fn=disk.before)
    return done.returncode, done.stderr


def main(name, folder, disk):
    path = folder / "truth"
    with Etsim(*DATA, "--clock", CLOCK + "-06:00", "--truth", path) as simulator, \
            sink_on(name, disk, folder) as sink:
        wanted = truth(path, CLOCK, SINCE, UNTIL)
        for row in list(wanted):
            if row[1] != 10001:
                del wanted[row]
        whole = by_window(wanted)
        disk.room(None)
        code, said = run(simulator, sink, disk, OLD)
        check(code == 0, f"{code}: {said}")
        old = by_window(plain(sink.rows()))
        check(old and all(whole[window] == count for window, count in old.items()), f"{old}")
        disk.room(MORE)
        code, said = run(simulator, sink, disk, SINCE)
        check(code == 3 and "run it again" in said, f"{code}: {said}")
        disk.room(None)
        now = by_window(plain(sink.rows()))
        check(old.items() <= now.items(), f"{name}: old windows are not as they were: {said}")
        check(all(whole[window] == count for window, count in now.items()), f"{name}: {now}")
        check(now != whole, f"{name}: the disk was not full: {said}")
        code, said = run(simulator, sink, disk, SINCE)
        wrong = difference(plain(sink.rows()), wanted)
        check(code == 0 and not wrong, f"{code}: {wrong}: {said}")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="etsoap-export-") as scratch:
        small = Disk(pathlib.Path(scratch) / "disk")
        try:
            main(sys.argv[1], pathlib.Path(scratch), small)
        finally:
            small.close()
