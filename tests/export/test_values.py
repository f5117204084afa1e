"""Every column of every table holds what the service answers to who asks for it by himself."""
import collections
import csv
import io
import pathlib
import re
import subprocess
import sys
import tempfile

from sinks import EVENTS, sink_of
from support import SINCE, UNTIL, Etsim, check, environment, export

CLOCK = "2026-11-20T00:00:00-06:00"
SPAN = ("--since", SINCE, "--until", UNTIL)
# What a sink keeps beside what the service says, and what ettrack reckons of it.
OF_THE_SINK, RECKONED = {"account", "window_from", "unfit"}, re.compile("Rate$")


def alike(text):
    """A value as each sink may write it: truth, and dates without the zeros that end a fraction."""
    if text in ("true", "t", "false", "f"):
        return str(int(text[0] == "t"))
    if re.match(r"\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d", text):
        return re.sub(r"(\.\d*?)0+$", r"\1", text.replace(" ", "T")).rstrip(".")
    return text


def counted(records):
    """Columns by their lower-case names, as PostgreSQL has them; what is absent is left out."""
    return collections.Counter(
        frozenset((name.replace(".", "_").lower(), alike(value)) for name, value in record.items()
                  if value and name not in OF_THE_SINK and not RECKONED.search(name))
        for record in records)


def asked(settings, *words):
    done = subprocess.run(["ettrack", *words, "--format", "csv"], env=environment(settings),
                          capture_output=True, text=True, timeout=120)
    check(done.returncode == 0, f"{words}: {done.stderr}")
    return list(csv.DictReader(io.StringIO(done.stdout)))


def of_sends(settings, command, sends):
    """The links or lists of the sends of each account."""
    found, jobs = [], collections.defaultdict(list)
    for send in sends:
        jobs[send["Client.ID"]].append(send["ID"])
    for account, numbers in jobs.items():
        found += asked(settings, command, *numbers, "--mid", account)
    return found


def main(sink):
    with Etsim("--sends", "30", "--subscribers", "1500", "--clock", CLOCK) as simulator:
        settings = simulator.settings
        export(settings, sink, "--jobs", "2")
        sends = asked(settings, "sends", "--all-accounts", *SPAN)
        wanted = {event: asked(settings, "events", event, "--all-accounts", *SPAN)
                  for event in EVENTS}
        wanted.update(sends=sends, links=of_sends(settings, "links", sends),
                      lists=of_sends(settings, "lists", sends))
    for table, records in wanted.items():
        found, right = counted(sink.records(table)), counted(records)
        check(records or table == "forwardoptin", f"{table}: the service has none")
        check(found == right, f"{sink.where}, {table}: {sum((found - right).values())} rows that "
              f"the service has not, such as {sorted(next(iter(found - right), ()))}; it has "
              f"{sorted(next(iter(right - found), ()))}")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="etsoap-export-") as scratch, \
            sink_of(sys.argv[1], pathlib.Path(scratch)) as tried:
        main(tried)
