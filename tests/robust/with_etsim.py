"""with_etsim.py [ETSIM-OPTION...] -- COMMAND...: runs a command with an etsim of its own, whose
address and credentials are in the environment. Fails as well when etsim ends badly, as it does
when a sanitizer finds something in it."""
import os
import pathlib
import re
import signal
import subprocess
import sys
import tempfile
import time


def start(options, folder):
    ready = pathlib.Path(folder) / "ready"
    process = subprocess.Popen(["etsim", "--listen", "127.0.0.1:0", "--ready-file", ready,
                                *options], stdout=subprocess.DEVNULL)
    deadline = time.monotonic() + 60
    while not (ready.exists() and ready.read_text().endswith("\n")):
        if process.poll() is not None or time.monotonic() > deadline:
            process.kill()
            raise RuntimeError("etsim did not start")
        time.sleep(0.02)
    return process, re.search(r"http://\S+", ready.read_text()).group()


def run(options, command):
    """Exit code and output of the command."""
    with tempfile.TemporaryDirectory(prefix="etsoap-robust-") as folder:
        process, endpoint = start(options, folder)
        try:
            inherited = {name: value for name, value in os.environ.items()
                         if not name.startswith("ETSOAP_")}
            done = subprocess.run(command, stdout=subprocess.PIPE, text=True, env={
                **inherited, "ETSOAP_ENDPOINT": endpoint, "ETSOAP_USERNAME": "demo",
                "ETSOAP_PASSWORD": "demo"})
        finally:
            process.send_signal(signal.SIGTERM)
            code = process.wait(60)
    if code:
        print(f"etsim: exit code {code}", file=sys.stderr)
    return done.returncode or code, done.stdout


def main():
    split = sys.argv.index("--")
    code, output = run(sys.argv[1:split], sys.argv[split + 1:])
    print(output, end="")
    return 1 if code else 0


if __name__ == "__main__":
    sys.exit(main())
