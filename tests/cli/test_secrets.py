"""Credentials show nowhere: not in the arguments of the process, not in errors, not in traces."""
import os
import pathlib
import resource
import signal
import subprocess
import tempfile
import time

from canned import Canned, retrieve_answer
from support import JOB, Etsim, check, environment, ettrack

SECRET = "s3cr3t-0f-the-test"
SUBSCRIBER = "subscriber-of-the-test"
ROW = {"SendID": 7, "SubscriberKey": SUBSCRIBER}


def lacks(what, data, secret=SECRET):
    check(secret.encode() not in data, f"a secret shows in {what}")


def arguments_of_the_process(folder):
    path = folder / "password"
    path.write_text(SECRET + "\n")
    path.chmod(0o600)
    answer = retrieve_answer("SentEvent", [ROW])
    with Canned([answer], cut=100, stall=True) as service:
        settings = {**service.settings}
        settings.pop("ETSOAP_PASSWORD")
        process = subprocess.Popen(
            ["ettrack", "events", "sent", "--password-file", str(path), "--timeout", "2",
             "--tries", "1"], env=environment(settings), stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE)
        deadline = time.monotonic() + 20
        while not service.requests and time.monotonic() < deadline:
            time.sleep(0.02)
        check(SECRET.encode() in service.requests[0].body, "the password did not go out")
        lacks("the arguments", pathlib.Path(f"/proc/{process.pid}/cmdline").read_bytes())
        _, errors = process.communicate(timeout=30)
        lacks("an error", errors)


def errors_of_every_kind():
    with Etsim() as simulator:
        for name in ("ETSOAP_PASSWORD", "ETSOAP_ACCESS_TOKEN", "ETSOAP_CLIENT_SECRET"):
            settings = {**simulator.settings, "ETSOAP_AUTH_URL": simulator.endpoint + "/../",
                        "XDG_CACHE_HOME": "/nowhere/at/all", name: SECRET}
            if name == "ETSOAP_CLIENT_SECRET":
                settings["ETSOAP_CLIENT_ID"] = "demo"
            done = subprocess.run(["ettrack", "send", JOB, "--tries", "1"], timeout=60,
                                  env=environment(settings), capture_output=True)
            check(done.returncode in (1, 2), f"{name}: exit code {done.returncode}")
            lacks(f"the error about {name}", done.stderr + done.stdout)


def traces(folder):
    answer = retrieve_answer("SentEvent", [ROW])
    arguments = ["events", "sent", "--subscriber", SUBSCRIBER, "--trace"]
    with Canned([answer]) as service:
        settings = {**service.settings, "ETSOAP_PASSWORD": SECRET}
        ettrack(settings, *arguments, str(folder / "plain"))
        ettrack(settings, *arguments, str(folder / "redacted"), "--redact-subscribers")
    for name in ("plain", "redacted"):
        files = sorted((folder / name).iterdir())
        check([path.name for path in files] == ["0001-Retrieve-answer.txt",
                                                "0001-Retrieve-request.txt"], f"files: {files}")
        for path in files:
            data = path.read_bytes()
            lacks(path.name, data)
            check(b"Retrieve" in data, f"{path.name} is no exchange")
            check((SUBSCRIBER.encode() in data) == (name == "plain"), f"{name}/{path.name}")
            check(path.stat().st_mode & 0o077 == 0, f"others may read {path.name}")


def traces_without_room(folder):
    """A disk that is full, or here a limit of what a file may hold, cuts no trace silently."""
    def limit():
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (2000, 2000))

    answer = retrieve_answer("SentEvent", [ROW] * 99)
    with Canned([answer]) as service:
        done = subprocess.run(["ettrack", "events", "sent", "--subscriber", SUBSCRIBER, "--trace",
                               str(folder), "--format", "csv"], capture_output=True, timeout=60,
                              env=environment(service.settings), preexec_fn=limit,
                              restore_signals=False)
    check(done.returncode == 3, f"exit code {done.returncode}")
    check(done.stdout.count(b"\n") == 100, "rows are missing")
    check(b"0001-Retrieve-answer.txt is not complete: File too large" in done.stderr,
          f"{done.stderr!r}")


def traces_of_several_sessions(folder):
    with Etsim() as simulator:
        ettrack(simulator.settings, "links", JOB, "12043164", "--jobs", "2", "--trace",
                str(folder))
    files = sorted(str(path.relative_to(folder)) for path in folder.rglob("*.txt"))
    check(len(files) == 4 and all(os.path.dirname(name).startswith("session-") for name in files),
          f"files: {files}")


with tempfile.TemporaryDirectory(prefix="etsoap-secrets-") as scratch:
    arguments_of_the_process(pathlib.Path(scratch))
    errors_of_every_kind()
    traces(pathlib.Path(scratch))
    traces_without_room(pathlib.Path(scratch, "full"))
    traces_of_several_sessions(pathlib.Path(scratch, "several"))
