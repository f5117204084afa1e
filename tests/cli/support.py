"""What the tests of ettrack share: a stand-in for the service on loopback, and running ettrack."""
import contextlib
import fcntl
import os
import pathlib
import pty
import re
import signal
import struct
import subprocess
import sys
import tempfile
import termios
import time

JOB = "12043295"


def fail(message):
    print(message)
    sys.exit(1)


def check(condition, message):
    if not condition:
        fail(message)


def wait_for(process, ready, log):
    deadline = time.monotonic() + 30
    while not (ready.exists() and ready.read_text().endswith("\n")):
        if process.poll() is not None or time.monotonic() > deadline:
            stop(process)
            fail("etsim did not start: " + log.read_text(errors="replace"))
        time.sleep(0.02)
    return re.search(r"https?://\S+", ready.read_text()).group()


def stop(process):
    if process.poll() is None:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


class Etsim:
    def __init__(self, process, endpoint):
        self.process, self.endpoint = process, endpoint
        self.settings = {"ETSOAP_ENDPOINT": endpoint, "ETSOAP_USERNAME": "demo",
                         "ETSOAP_PASSWORD": "demo"}


@contextlib.contextmanager
def etsim(*arguments):
    with tempfile.TemporaryDirectory(prefix="etsoap-cli-") as folder:
        ready, log = pathlib.Path(folder, "ready"), pathlib.Path(folder, "log")
        with open(log, "wb") as output:
            process = subprocess.Popen(
                ["etsim", "--listen", "127.0.0.1:0", "--ready-file", ready, "--max-time", "300",
                 *arguments], stdout=output, stderr=subprocess.STDOUT)
        try:
            yield Etsim(process, wait_for(process, ready, log))
        finally:
            stop(process)


def environment(settings, **more):
    clean = {name: value for name, value in os.environ.items() if not name.startswith("ETSOAP_")}
    return {**clean, "LC_ALL": "C", **settings, **more}


def ettrack(settings, *arguments, exit_code=0, cwd=None):
    """Runs ettrack; returns its stdout as bytes."""
    done = subprocess.run(["ettrack", *arguments], env=environment(settings), cwd=cwd,
                          stdin=subprocess.DEVNULL, capture_output=True, timeout=120)
    if done.returncode != exit_code:
        fail(f"ettrack {' '.join(arguments)}: exit code {done.returncode}, expected {exit_code}\n"
             f"{done.stderr.decode(errors='replace')}")
    return done.stdout


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
