"""An etsim on loopback, for a test or for one command:

    with Etsim("--sends", "3") as simulator:
        run(..., env=simulator.environment())

    etsim.py [ETSIM-OPTION...] -- COMMAND...

The command finds address and credentials in its environment; its exit code is the outcome, and so
is etsim's, which ends badly when a sanitizer finds something in it.
"""
import os
import pathlib
import re
import signal
import subprocess
import sys
import tempfile
import time


class Etsim:
    """`endpoint`, and `settings`: what clients find in the environment."""

    def __init__(self, *options, program="etsim", seconds=300):
        self.folder = tempfile.TemporaryDirectory(prefix="etsoap-etsim-")
        ready, self.log = pathlib.Path(self.folder.name, "ready"), pathlib.Path(self.folder.name,
                                                                                "log")
        with open(self.log, "wb") as log:
            self.process = subprocess.Popen(
                [program, "--listen", "127.0.0.1:0", "--ready-file", ready, "--max-time",
                 str(seconds), *map(str, options)], stdout=log, stderr=subprocess.STDOUT)
        deadline = time.monotonic() + 60
        while not (ready.exists() and ready.read_text().endswith("\n")):
            if self.process.poll() is not None or time.monotonic() > deadline:
                said = self.log.read_text(errors="replace")
                self.stop()
                raise RuntimeError(f"etsim did not start: {said}")
            time.sleep(0.02)
        self.endpoint = re.search(r"https?://\S+", ready.read_text()).group()
        self.settings = {"ETSOAP_ENDPOINT": self.endpoint, "ETSOAP_USERNAME": "demo",
                         "ETSOAP_PASSWORD": "demo"}

    def __enter__(self):
        return self

    def __exit__(self, failure, *_):
        if self.stop() and not failure:
            raise RuntimeError("etsim ended badly")

    def environment(self, **more):
        """The test's own, without settings of etsoap's, and with these."""
        clean = {name: value for name, value in os.environ.items()
                 if not name.startswith("ETSOAP_")}
        return {**clean, **self.settings, **more}

    def stop(self):
        """Its exit code; what it said when that is not 0 goes to stderr."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        try:
            code = self.process.wait(60)
        except subprocess.TimeoutExpired:
            self.process.kill()
            code = self.process.wait()
        if code and self.log.exists():
            print(f"etsim: exit code {code}\n{self.log.read_text(errors='replace')}",
                  file=sys.stderr)
        self.folder.cleanup()
        return code


def run(options, command, **more):
    """Exit code and output of a command that has an etsim of its own."""
    simulator = Etsim(*options)
    try:
        done = subprocess.run(list(map(str, command)), stdout=subprocess.PIPE, text=True,
                              env=simulator.environment(**more))
    finally:
        code = simulator.stop()
    return done.returncode or code, done.stdout


def main():
    split = sys.argv.index("--")
    code, output = run(sys.argv[1:split], sys.argv[split + 1:])
    print(output, end="")
    return 77 if code == 77 else 1 if code else 0


if __name__ == "__main__":
    sys.exit(main())
