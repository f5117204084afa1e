"""A service that gives up on what is too much at once: windows are read in halves, with smaller
pages, send by send at last, and the record says how; nothing is lost, nothing doubled."""
import datetime
import json
import pathlib
import re
import sys
import tempfile

from sinks import Folder, difference, plain, truth
from support import ERROR, Etsim, check, export, in_front

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent / "harness"))
from server import Server, answer  # noqa: E402

SINCE, UNTIL, CLOCK = "2026-11-10", "2026-11-12", "2026-11-20T00:00:00"
DATES = re.compile(rb"<et:Property>EventDate</et:Property>.*?<et:DateValue>([^<]+)<")
TIMEOUT = ERROR % ("Timeout expired. The timeout period elapsed prior to completion of the "
                   "operation.")


def seconds(body):
    """How long the window of EventDate is that is asked for; 0: there is none."""
    dates = [datetime.datetime.fromisoformat(date.decode()) for date in DATES.findall(body)]
    return (dates[1] - dates[0]).total_seconds() if len(dates) == 2 else 0


def before(endpoint, refuses, refused):
    """Hands requests on, but for those that are refused."""
    def instead(body):
        if not refuses(body):
            return None
        refused.append(body)
        return answer(TIMEOUT)
    return in_front(endpoint, instead)


def records(sink):
    return [json.loads(path.read_text()) for path in sink.path.rglob("event=*/**/_part*.json")]


def run(simulator, folder, name, refuses):
    refused = []
    sink = Folder(folder / name)
    with Server([], otherwise=before(simulator.endpoint, refuses, refused)) as server:
        settings = {**simulator.settings, "ETSOAP_ENDPOINT": server.url}
        export(settings, sink, "--tables", "sent,open", "--mid", "10001", since=SINCE, until=UNTIL,
               exit_code=3 if name == "sends" else 0)
    check(refused, f"{name}: nothing was refused")
    return sink, refused


def main(folder):
    path = folder / "truth"
    with Etsim("--sends", "6", "--subscribers", "1500", "--clock", CLOCK + "-06:00", "--truth",
               path) as simulator:
        wanted = truth(path, CLOCK, SINCE, UNTIL)
        for row in list(wanted):
            if row[1] != 10001 or row[0] not in ("SentEvent", "OpenEvent"):
                del wanted[row]

        def exact(sink):
            wrong = difference(plain(sink.rows()), wanted)
            check(not wrong and wanted, f"{sink.where}: {wrong}")
            found = records(sink)
            check(len(found) == 4, f"{len(found)} records")
            return found

        sink, _ = run(simulator, folder, "halves", lambda body: seconds(body) > 4 * 3600)
        check(all(one["pieces"] == 8 and not one["by_send"] for one in exact(sink)), "halves")

        sink, _ = run(simulator, folder, "pages",
                      lambda body: seconds(body) > 0 and b"<et:BatchSize>250<" not in body)
        check(all(one["batch_size"] == 250 for one in exact(sink)), "pages")

        sink, _ = run(simulator, folder, "sends",
                      lambda body: seconds(body) > 0 and b"<et:Property>SendID<" not in body)
        check(all(one["by_send"] for one in exact(sink)), "by send")
        # Events of sends that the service does not list would be missing: that stays open.
        said = export(simulator.settings, sink, "--tables", "sent,open", "--mid", "10001",
                      "--again", "0", since=SINCE, until=UNTIL)
        check("4 windows in" in said and not any(one["by_send"] for one in exact(sink)), said)

        # What is always refused ends in a failure, soon, and leaves the window as it was.
        refused = []
        with Server([], otherwise=before(simulator.endpoint, lambda body: seconds(body) > 0,
                                         refused)) as server:
            settings = {**simulator.settings, "ETSOAP_ENDPOINT": server.url}
            said = export(settings, sink, "--tables", "open", "--mid", "10001", "--again", "4000d",
                          since=SINCE, until=UNTIL, exit_code=1)
        check("Timeout expired" in said and "open, account 10001, 2026-11-10" in said, said)
        check(len(refused) < 200, f"{len(refused)} requests for nothing")
        exact(sink)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="etsoap-export-") as scratch:
        sys.exit(main(pathlib.Path(scratch)))
