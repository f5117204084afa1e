"""An account that is refused, a login that is wrong, a window that somebody else is at, and what
`status` says of what is not there: each stops what it has to, and no more."""
import csv
import fcntl
import io
import pathlib
import re
import struct
import subprocess
import sys
import tempfile

from sinks import Folder
from support import Etsim, check, environment, export, in_front

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent / "harness"))
from server import Server, answer  # noqa: E402

WSSE = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd"
LOGIN_FAILED = f"""<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><s:Fault>
<faultcode xmlns:w="{WSSE}">w:Security</faultcode>
<faultstring>Login Failed</faultstring></s:Fault></s:Body></s:Envelope>"""
SPAN = {"since": "2026-11-10", "until": "2026-11-13"}
TABLES = ("--tables", "sent,open,sends")
NOBODY = {"ETSOAP_ENDPOINT": "http://127.0.0.1:1/Service.asmx", "ETSOAP_USERNAME": "demo",
          "ETSOAP_PASSWORD": "demo"}
OFD_SETLK = 37  # which Python has no name for


def refused(simulator, folder, name, refuses, *more, **when):
    """(what an export says, its sink, the requests that were refused)"""
    asked, sink = [], Folder(folder / name)

    def instead(body):
        if not refuses(body):
            return None
        asked.append(body)
        return answer(LOGIN_FAILED, status=500)
    with Server([], otherwise=in_front(simulator.endpoint, instead=instead)) as server:
        settings = {**simulator.settings, "ETSOAP_ENDPOINT": server.url}
        said = export(settings, sink, *TABLES, "--mid", "10001", "--mid", "10002", "--mid", "10003",
                      *more, **SPAN, **when)
    return said, sink, asked


def one_account(simulator, folder):
    """10002 is not the user's any more: everything else is read."""
    for jobs in ("1", "4"):
        said, sink, asked = refused(
            simulator, folder, f"one{jobs}",
            lambda body: re.search(rb"<(\w+:)?ClientIDs>.*?10002.*?ClientIDs>", body, re.S),
            "--jobs", jobs, exit_code=3)
        check("account 10002 is refused" in said and "18 of 27 windows are in" in said, said)
        accounts = {path.parts[-3] for path in sink.path.rglob("_part*.json")}
        check(accounts == {"account=10001", "account=10003"}, f"{accounts}")
        check(len(asked) <= int(jobs), f"{len(asked)} requests for nothing")


def all_accounts(simulator, folder):
    """The service does not know the user: it is not asked again and again, which locks him out."""
    said, sink, asked = refused(simulator, folder, "all", lambda body: True, exit_code=1)
    check("Login Failed" in said and not sink.files(), said)
    late = []

    def after_ten(body):
        late.append(body)
        return len(late) > 10
    said, sink, asked = refused(simulator, folder, "late", after_ten, exit_code=3)
    check("Login Failed" in said and 0 < len(asked) <= 3, f"{len(asked)} requests: {said}")


def busy(simulator, folder):
    sink = Folder(folder / "busy")
    export(simulator.settings, sink, *TABLES, "--mid", "10001", **SPAN)
    day = next(sink.path.glob("event=Open/account=10001/date=2026-11-11"))
    with open(day / ".lock", "w+b") as lock:
        fcntl.fcntl(lock, OFD_SETLK, struct.pack("hhqqi", fcntl.F_WRLCK, 0, 0, 86400, 0))
        said = export(simulator.settings, sink, *TABLES, "--mid", "10001", "--again", "90d", **SPAN,
                      exit_code=3)
    check(said.count("open, account 10001, 2026-11-11: somebody else replaces ") == 1 and
          "1 window is being replaced by another export" in said, said)


def standing(simulator, folder):
    """What is asked for has a row, be there nothing of it."""
    sink = Folder(folder / "standing")
    export(simulator.settings, sink, *TABLES, "--mid", "10001", **SPAN)
    for options, exit_code, expected in (
            ((), 0, {("open", "10001"): "3", ("sent", "10001"): "3", ("sends", "10001"): "3"}),
            (("--tables", "open,click"), 3, {("open", "10001"): "3", ("click", "10001"): "0"}),
            (("--mid", "10002", "--types", "OpenEvent"), 3, {("open", "10002"): "0"}),
            (("--mid", "10002", "--mid", "10001"), 3, {
                (table, mid): "3" if mid == "10001" else "0"
                for table in ("open", "sent", "sends") for mid in ("10001", "10002")}),
            (("--tables", "open"), 0, {("open", "10001"): "3"})):
        done = subprocess.run(["ettrack", "export", "status", "--to", sink.where, "--format", "csv",
                               *options], env=environment({}), capture_output=True, text=True,
                              timeout=60)
        found = {(row["Table"], row["Account"]): row["Windows"]
                 for row in csv.DictReader(io.StringIO(done.stdout))}
        check(done.returncode == exit_code and found == expected,
              f"{options}: {done.returncode}: {done.stdout}{done.stderr}")
    done = subprocess.run(["ettrack", "export", "status", "--to", sink.where, "--windows",
                           "--tables", "click"], env=environment({}), capture_output=True,
                          text=True, timeout=60)
    check(done.returncode == 3 and "missing" in done.stdout, f"{done.stdout}{done.stderr}")
    done = subprocess.run(["ettrack", "export", "status", "--to", sink.where, "--tables", "opens"],
                          env=environment({}), capture_output=True, text=True, timeout=60)
    check(done.returncode == 2 and "there is no table opens" in done.stderr, done.stderr)


def misplaced(folder):
    """An option that would not be heeded is refused, and nothing is made of it."""
    for what, options, expected in (
            ("", ("--windows",), "--windows belongs to export status"),
            ("", ("--forget",), "--forget belongs to export verify"),
            ("", ("-o", str(folder / "no")), "--output belongs to export status and verify"),
            ("", ("--format", "json"), "--format belongs to export status and verify"),
            ("", ("--rfc3339",), "--rfc3339 belongs to export status and verify"),
            ("status", ("--since", "2026-11-01"), "--since belongs to export itself"),
            ("status", ("--until", "2026-11-01"), "--until belongs to export itself"),
            ("status", ("--all-accounts",), "--all-accounts belongs to export itself"),
            ("status", ("--shard", "1/2"), "--shard belongs to export itself"),
            ("status", ("--log",), "--log belongs to export itself"),
            ("verify", ("--window", "6h"), "--window belongs to export itself"),
            ("verify", ("--again", "5d"), "--again belongs to export itself and its status"),
            ("verify", ("--tables", "open"), "--tables belongs to export itself and its status")):
        words = [what] if what else []
        since = [] if what == "status" else ["--since", "2026-11-10"]
        refuses(folder, str(folder / "no"), expected, *words, *since, *options)
    for sink in (f"sqlite:{folder}/no", "postgresql://127.0.0.1:1/no", "postgres://127.0.0.1:1/no"):
        for option in ("--ndjson", "--plain"):
            refuses(folder, sink, f"{option} is for a folder", "--since", "2026-11-10", option)


def refuses(folder, sink, expected, *words):
    done = subprocess.run(["ettrack", "export", *words, "--to", sink], env=environment(NOBODY),
                          capture_output=True, text=True, timeout=60)
    check(done.returncode == 2 and expected in done.stderr, f"{words}: {done.stderr}")
    check(not (folder / "no").exists(), f"{words}: made something")


def main(folder):
    misplaced(folder)
    with Etsim("--sends", "6", "--subscribers", "300", "--clock",
               "2026-11-20T00:00:00-06:00") as simulator:
        for test in (one_account, all_accounts, busy, standing):
            test(simulator, folder)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="etsoap-export-") as scratch:
        sys.exit(main(pathlib.Path(scratch)))
