"""Closed descriptors: what has no place to go is not sent down the service's socket or into the
output file, and is said where it can be."""
import pathlib
import subprocess
import tempfile

from canned import Canned, retrieve_answer
from support import check, environment

ROWS = [{"SendID": 7, "SubscriberKey": f"{number:05}"} for number in range(50)]


def run(service, shell, folder):
    command = f'exec ettrack events sent --send 7 --format csv {shell}'
    return subprocess.run(["sh", "-c", command], cwd=folder, capture_output=True, timeout=60,
                          env=environment(service.settings))


def with_service(shell, exit_code, answers=None):
    with tempfile.TemporaryDirectory() as folder, \
            Canned(answers or [retrieve_answer("SentEvent", ROWS)]) as service:
        done = run(service, shell, folder)
        check(done.returncode == exit_code,
              f"{shell}: exit code {done.returncode}, {done.stderr!r}")
        check(len(service.requests) == 1, f"{shell}: {service.requests}")
        files = {path.name: path.read_text() for path in pathlib.Path(folder).iterdir()}
        return done, files


done, _ = with_service(">&-", 1)
check(b"cannot write stdout: Bad file descriptor" in done.stderr, f"{done.stderr!r}")

done, files = with_service("-o out.csv >&-", 0)
check(files["out.csv"].count("\n") == 51, files["out.csv"])

done, files = with_service("--traffic -o out.csv 2>&-", 0)
check("ettrack" not in files["out.csv"] and files["out.csv"].count("\n") == 51, files["out.csv"])

done, files = with_service("--traffic -o out.csv <&- >&- 2>&-", 0)
check("ettrack" not in files["out.csv"], files["out.csv"])
