"""A service that answers what it was not asked, or refuses a part: nothing wrong gets into a sink,
nothing is called complete that is not, and what can be read is read."""
import pathlib
import re
import subprocess
import sys
import tempfile

from sinks import Folder
from support import ERROR, Etsim, check, environment, export, in_front

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent / "harness"))
from server import Server, answer  # noqa: E402

REFUSED = ERROR % "API Permission Failed."
MINE = ("--mid", "10001")


class Service:
    """etsim behind a server that changes something."""

    def __init__(self, simulator, **changes):
        self.server = Server([], otherwise=in_front(simulator.endpoint, **changes))
        self.settings = {**simulator.settings, "ETSOAP_ENDPOINT": self.server.url}

    def __enter__(self):
        self.server.__enter__()
        return self.settings

    def __exit__(self, *failure):
        return self.server.__exit__(*failure)


def refused_part(simulator, folder):
    """One table is refused for good: every night reads what is new of the others."""
    sink = Folder(folder / "part")
    with Service(simulator, instead=lambda body: answer(REFUSED) if b"SurveyEvent" in body
                 else None) as settings:
        for night in range(12, 16):
            said = export(settings, sink, "--tables", "sent,open,survey", *MINE, "--again", "0",
                          since="2026-10-28", until=f"2026-11-{night}", exit_code=3)
            check(said.count("API Permission Failed") == 1, said)
            check("survey of account 10001 is refused" in said, said)
            days = {path.parent.name for path in sink.path.rglob("event=Sent/*/*/_part*.json")}
            check(f"date=2026-11-{night - 1}" in days, f"{night}: {sorted(days)}")


def expired(simulator, folder):
    """A RequestID that expires within a window tells nothing of the table: the window is read in
    halves, by one session and by many, and the next ones are read too."""
    for jobs in ("1", "4"):
        sink, again = Folder(folder / f"expired{jobs}"), []

        def instead(body):
            if b"<et:ContinueRequest>" in body and b"SentEvent" in body and len(again) < 3:
                again.append(body)
                return answer(ERROR % "The request to continue was not found or has expired: x")
            return None

        with Service(simulator, instead=instead) as settings:
            said = export(settings, sink, *MINE, "--tables", "sent", "--batch-size", "40", "--jobs",
                          jobs, "--log", since="2026-11-09", until="2026-11-12")
        check(len(again) == 3 and re.search(r"in \d+ pieces", said) and "3 windows" in said, said)
        plain = Folder(folder / "whole")
        export(simulator.settings, plain, *MINE, "--tables", "sent", since="2026-11-09",
               until="2026-11-12")
        check(sink.rows() == plain.rows() and sum(plain.rows().values()) > 200, said)


def other_accounts(simulator, folder):
    sink = Folder(folder / "accounts")
    with Service(simulator, request=lambda body: re.sub(
            rb"<et:ClientIDs>.*?</et:ClientIDs>", b"", body)) as settings:
        said = export(settings, sink, "--mid", "10002", "--tables", "sent", since="2026-11-10",
                      until="2026-11-11", exit_code=1)
    check("asked for SentEvent of account 10002, the service answered with one of account 10001"
          in said and not sink.files(), said)


def no_dates(simulator, folder):
    for date in (b"<EventDate/>", b"<EventDate>soon</EventDate>"):
        sink = Folder(folder / "dates")
        with Service(simulator, reply=lambda _, text, date=date: re.sub(
                rb"<EventDate>[^<]*</EventDate>", date, text, count=1)) as settings:
            said = export(settings, sink, *MINE, "--tables", "sent", since="2026-11-10",
                          until="2026-11-11", exit_code=1)
        check("whose EventDate is" in said and not sink.files(), said)


def no_unit(simulator, folder):
    with Service(simulator, reply=lambda body, text: text.replace(b"<ID>10002</ID>", b"<ID>0</ID>")
                 if b">BusinessUnit<" in body else text) as settings:
        said = export(settings, Folder(folder / "units"), since="2026-11-10", until="2026-11-11",
                      exit_code=1)
    check("lists a BusinessUnit with ID 0" in said, said)


def down(simulator, folder):
    """A service that is down is not asked for the halves of what it did not give."""
    asked = []

    def instead(body):
        asked.append(body)
        return answer(b"down", status=503) if b"EventDate" in body else None

    with Service(simulator, instead=instead) as settings:
        said = export(settings, Folder(folder / "down"), *MINE, "--tables", "sent,open", "--tries",
                      "1", since="2026-11-10", until="2026-11-12", exit_code=1)
    check("503" in said and len(asked) <= 10, f"{len(asked)} requests: {said}")


def verify(simulator, sink, exit_code, *expected):
    done = subprocess.run(["ettrack", "export", "verify", "--to", sink.where, "--since",
                           "2026-11-01", *MINE], env=environment(simulator.settings),
                          capture_output=True, text=True, timeout=60)
    check(done.returncode == exit_code, f"{done.returncode}: {done.stdout}{done.stderr}")
    for part in expected:
        check(part in done.stdout + done.stderr, f"{part}: {done.stdout}{done.stderr}")


def status(sink, exit_code, *expected, more=()):
    done = subprocess.run(["ettrack", "export", "status", "--to", sink.where, "--format", "csv",
                           *more], env=environment({}), capture_output=True, text=True, timeout=60)
    check(done.returncode == exit_code, f"{done.returncode}: {done.stdout}{done.stderr}")
    for part in expected:
        check(part in done.stdout + done.stderr, f"{part}: {done.stdout}{done.stderr}")


def looks(simulator, folder):
    sink = Folder(folder / "looks")
    export(simulator.settings, sink, *MINE, "--tables", "links", since="2026-11-10",
           until="2026-11-11")
    verify(simulator, sink, 3, "nothing was compared")
    export(simulator.settings, sink, *MINE, "--tables", "sent", since="2026-11-01",
           until="2026-11-15")
    verify(simulator, sink, 0, "(sent)", "0 differ")
    status(sink, 0, "sent,10001,2026-11-01,2026-11-15,2026-11-15,14,")
    record = next(sink.path.rglob("event=Sent/*/date=2026-11-10/_part*.json"))
    record.unlink()
    status(sink, 3, "sent,10001,2026-11-01,2026-11-10,2026-11-15,13,")
    verify(simulator, sink, 3, "12043295", "sent")
    for record in sink.path.rglob("_part*.json"):
        record.unlink()
    status(sink, 0)
    for more in ("--tables", "sent"), MINE:
        status(sink, 3, "holds nothing of what was asked for", more=more)
    status(sink, 3, "sent,10001,", more=("--tables", "sent", *MINE))


def clock_ahead(simulator, folder):
    """What a clock that went ahead called complete is read again."""
    sink = Folder(folder / "clock")
    export(simulator.settings, sink, *MINE, "--tables", "sent", since="2026-11-10",
           until="2026-11-11")
    for record in sink.path.rglob("_part*.json"):
        text = re.sub(r'("read_at": *")[0-9]+', r"\g<1>2096", record.read_text())
        check('"2096-' in text, text)
        record.write_text(text)
    said = export(simulator.settings, sink, *MINE, "--tables", "sent", "--again", "0",
                  since="2026-11-10", until="2026-11-11")
    check("1 window in" in said, said)


def main(folder):
    with Etsim("--sends", "6", "--subscribers", "300", "--clock",
               "2026-11-20T00:00:00-06:00") as simulator:
        for test in (refused_part, expired, other_accounts, no_dates, no_unit, down, looks,
                     clock_ahead):
            test(simulator, folder)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="etsoap-export-") as scratch:
        sys.exit(main(pathlib.Path(scratch)))
