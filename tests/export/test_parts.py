"""test_parts.py SINK: a window of many pages is read by all jobs at once: exact, whatever fails
meanwhile, with the record of one window."""
import pathlib
import re
import sys
import tempfile
import threading
import time

from sinks import difference, plain, sink_of, truth
from support import ERROR, TABLES, Etsim, check, export, in_front

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent / "harness"))
from server import Server, answer  # noqa: E402

SINCE, UNTIL, CLOCK = "2026-11-10", "2026-11-11", "2026-11-20T00:00:00"
MINE = ("--mid", "10001", "--jobs", "8", "--log", "--max-rps", "1000", "--again", "4000d")
GREAT = ("--tables", "sent,open")
SMALL = ("--batch-size", "40")
FAULTS = [word for effect in ("cut", "close", "http=503", "truncate")
          for word in ("--fault", f"*,probability=0.005:{effect}")]
DATE = re.compile(rb"<EventDate>[^<]*</EventDate>")
FROM = re.compile(rb"EventDate</(?:\w+:)?Property>.*?<(?:\w+:)?DateValue>([^<]+)<", re.S)
TIMEOUT = ERROR % "Timeout expired. The timeout period elapsed."


def pieces(said):
    """Of each table that was cut."""
    return [int(count) for count in re.findall(rf"{SINCE}: \d+ rows in .*, in (\d+) pieces", said)]


def exact(sink, wanted, said):
    wrong = difference(plain(sink.rows()), wanted)
    check(not wrong and sum(wanted.values()) > 1500, f"{sink.where}: {wrong}: {said}")


def shifted(asked):
    """A service that gives rows of the beginning of the day to whoever asks for another time."""
    def reply(body, text):
        dates = FROM.findall(body)
        if not dates or dates[0].startswith(b"2026-11-10T00:00:00"):
            return text
        asked.append(dates[0])
        return DATE.sub(b"<EventDate>2026-11-10T00:00:01</EventDate>", text)
    return reply


class Late:
    """A job that is free when most of a window has come to the other one."""

    def __init__(self, pages):
        self.pages, self.asked, self.most = pages, 0, threading.Event()

    def __call__(self, body):
        if b">SentEvent<" in body:
            self.asked += 1
            if self.asked == self.pages:
                self.most.set()
            time.sleep(0.2 if self.asked > self.pages else 0)  # there is a while to go over
        elif b">BounceEvent<" in body:
            self.most.wait(60)


def behind(simulator, sink, *more, exit_code=0, **changes):
    with Server([], otherwise=in_front(simulator.endpoint, **changes)) as server:
        settings = {**simulator.settings, "ETSOAP_ENDPOINT": server.url}
        return export(settings, sink, *MINE, *SMALL, *more, since=SINCE, until=UNTIL,
                      exit_code=exit_code)


def main(sink, folder):
    path = folder / "truth"
    # A little latency, so that those who help are there before it is done.
    data = ("--latency", "20", "--sends", "12", "--subscribers", "1500", "--clock",
            CLOCK + "-06:00", "--truth", path)
    with Etsim(*data, *FAULTS) as simulator:
        wanted = truth(path, CLOCK, SINCE, UNTIL)
        for row in list(wanted):
            if row[1] != 10001:
                del wanted[row]
        for tables in (("--tables", TABLES), GREAT, GREAT):
            # What chance cuts off twice is read send by send, and the window stays open.
            said = export(simulator.settings, sink, *MINE, *SMALL, *tables, since=SINCE,
                          until=UNTIL, exit_code=(0, 3))
            check("run it again" not in said, said)
            exact(sink, wanted, said)
            check(tables != GREAT or max(pieces(said), default=1) > 5, said)
    with Etsim(*data) as simulator:
        # What the service gives up on is left to the window's own session, which asks for less.
        refused = set()

        def instead(body):
            dates = tuple(FROM.findall(body))
            if b"SentEvent" not in body or not dates or dates in refused or len(refused) >= 5 or \
                    dates[0].startswith(b"2026-11-10T00:00:00"):
                return None
            refused.add(dates)
            return answer(TIMEOUT)
        said = behind(simulator, sink, *GREAT, instead=instead)
        check(len(refused) == 5, f"{len(refused)}: {said}")
        exact(sink, wanted, said)
        # A window that is nearly there is not begun again.
        late = Late(30)
        said = behind(simulator, sink, "--tables", "sent,bounce", "--jobs", "2", instead=late)
        check(late.most.is_set() and late.asked == 38, f"{late.asked} requests: {said}")
        exact(sink, wanted, said)
        # Rows of another part would be there twice: the window fails, and stays as it was.
        asked = []
        said = behind(simulator, sink, "--tables", "sent", reply=shifted(asked), exit_code=1)
        check(asked and "the service answered with one of 2026-11-10T00:00:01" in said, said)
        exact(sink, wanted, said)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="etsoap-export-") as scratch, \
            sink_of(sys.argv[1], pathlib.Path(scratch)) as tried:
        sys.exit(main(tried, pathlib.Path(scratch)))
