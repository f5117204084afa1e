"""What --since and --until send: points in time, in words too, in the zone that is asked for."""
import datetime
import re

from canned import Canned, retrieve_answer
from support import check, ettrack

SERVER = datetime.timezone(datetime.timedelta(hours=-6))


def sent(*arguments):
    """The dates of the request that this makes."""
    with Canned([retrieve_answer("SentEvent", [{"SendID": 7}])]) as service:
        ettrack(service.settings, "events", "sent", *arguments, "--format", "csv")
        found = re.findall(r"<(?:\w+:)?DateValue>([^<]*)<", service.requests[0].body.decode())
    return [datetime.datetime.fromisoformat(text.replace("Z", "+00:00")) for text in found]


def near(found, expected):
    return abs((found - expected).total_seconds()) < 20


def ago():
    for text, seconds in (("90m", 5400), ("36h", 36 * 3600), ("7d", 7 * 86400), ("2w", 14 * 86400),
                          ("now", 0)):
        before = datetime.datetime.now(SERVER)
        found = sent("--since", text)
        expected = before - datetime.timedelta(seconds=seconds)
        check(len(found) == 1 and near(found[0], expected), f"{text}: {found}, not {expected}")
        check(found[0].microsecond == 0, f"{text}: {found}")


def days(zone, *more):
    today = datetime.datetime.now(zone).replace(hour=0, minute=0, second=0, microsecond=0)
    since, until = sent("--since", "yesterday", "--until", "today", *more)
    check(since == today - datetime.timedelta(days=1) and until == today,
          f"{more}: {since} to {until}")


ago()
days(SERVER)
days(datetime.timezone.utc, "--utc-offset", "Z")
days(datetime.timezone(datetime.timedelta(hours=13)), "--utc-offset", "+13:00")
