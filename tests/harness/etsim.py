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


class Served:
    """A program that takes --ready-file and --max-time, writes its address there and stops on
    SIGTERM: `endpoint`. Once it has stopped, `said` is what it wrote."""

    def __init__(self, *command, seconds=300, **options):
        self.folder = tempfile.TemporaryDirectory(prefix="etsoap-served-")
        self.said = ""
        self.ready, self.log = (pathlib.Path(self.folder.name, name) for name in ("ready", "log"))
        with open(self.log, "wb") as log:
            self.process = subprocess.Popen(
                [*map(str, command), "--ready-file", self.ready, "--max-time", str(seconds)],
                stdout=log, stderr=subprocess.STDOUT, **options)
        deadline = time.monotonic() + 60
        while not (self.ready.exists() and self.ready.read_text().endswith("\n")):
            if self.process.poll() is not None or time.monotonic() > deadline:
                Served.stop(self)
                raise RuntimeError(f"{command[0]} did not start: {self.said}")
            time.sleep(0.02)
        self.endpoint = re.search(r"https?://\S+", self.ready.read_text()).group()
        self.base = self.endpoint.rsplit("/", 1)[0]

    def __enter__(self):
        return self

    def __exit__(self, failure, *_):
        if self.stop() and not failure:
            raise RuntimeError(f"{self.process.args[0]} ended badly")

    def stop(self, number=signal.SIGTERM):
        """Its exit code; what it said when that is not 0 goes to stderr."""
        if self.process.poll() is None:
            self.process.send_signal(number)
        try:
            code = self.process.wait(60)
        except subprocess.TimeoutExpired:
            self.process.kill()
            code = self.process.wait()
        if self.log.exists():
            self.said = self.log.read_text(errors="replace")
        if code:
            print(f"{self.process.args[0]}: exit code {code}\n{self.said}", file=sys.stderr)
        self.folder.cleanup()
        return code


class Etsim(Served):
    """`settings` is what clients find in the environment."""

    def __init__(self, *options, program=None, **more):
        super().__init__(program or os.environ.get("ETSIM", "etsim"), "--listen", "127.0.0.1:0",
                         *options, **more)
        self.settings = {"ETSOAP_ENDPOINT": self.endpoint, "ETSOAP_USERNAME": "demo",
                         "ETSOAP_PASSWORD": "demo"}

    def environment(self, **more):
        """The test's own, without settings of etsoap's, and with these."""
        clean = {name: value for name, value in os.environ.items()
                 if not name.startswith("ETSOAP_")}
        return {**clean, **self.settings, **more}


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
