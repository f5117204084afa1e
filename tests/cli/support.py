"""What the tests of ettrack share: a stand-in for the service on loopback, and running ettrack."""
import csv
import fcntl
import io
import os
import pathlib
import pty
import struct
import subprocess
import sys
import termios

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent / "harness"))
from etsim import Etsim  # noqa: E402, F401

JOB = "12043295"


def fail(message):
    print(message)
    sys.exit(1)


def check(condition, message):
    if not condition:
        fail(message)


def environment(settings, **more):
    clean = {name: value for name, value in os.environ.items() if not name.startswith("ETSOAP_")}
    return {**clean, "LC_ALL": "C", "XDG_CONFIG_HOME": "/nowhere", **settings, **more}


def ettrack(settings, *arguments, exit_code=0, cwd=None):
    """Runs ettrack; returns its stdout as bytes."""
    done = subprocess.run(["ettrack", *arguments], env=environment(settings), cwd=cwd,
                          stdin=subprocess.DEVNULL, capture_output=True, timeout=120)
    if done.returncode != exit_code:
        fail(f"ettrack {' '.join(arguments)}: exit code {done.returncode}, expected {exit_code}\n"
             f"{done.stderr.decode(errors='replace')}")
    return done.stdout


def rows(settings, *arguments):
    """What ettrack prints, a dictionary for each row."""
    text = ettrack(settings, *arguments, "--format", "csv").decode()
    return list(csv.DictReader(io.StringIO(text)))


def on_terminal(settings, columns, arguments, stdout=None, exit_code=0):
    """Runs with stderr (and stdout, unless it is given) on a terminal; what that shows."""
    master, slave = pty.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    process = subprocess.Popen(["ettrack", *arguments], env=environment(settings),
                               stdin=subprocess.DEVNULL, stdout=stdout or slave, stderr=slave)
    os.close(slave)
    shown = b""
    while True:
        try:
            part = os.read(master, 65536)
        except OSError:  # the other end is closed
            break
        if not part:
            break
        shown += part
    os.close(master)
    check(process.wait(60) == exit_code,
          f"exit code {process.returncode}, expected {exit_code}: {shown[-500:]!r}")
    return shown.decode()
