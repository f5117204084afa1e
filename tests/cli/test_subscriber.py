"""One recipient's log: every event over all sends, newest first, with the names of the sends."""
import re

from support import Etsim, check, ettrack, rows

KEY = "00001930"
TYPES = "sent,notsent,open,click,bounce,unsub,forward,forwardoptin,survey"


def busiest(settings):
    """A subscriber with events of many types, clicks among them."""
    kinds = {}
    for row in rows(settings, "events", TYPES, "--send", "12043295"):
        kinds.setdefault(row["SubscriberKey"], set()).add(row["EventType"])
    clicked = {key: found for key, found in kinds.items() if "Click" in found}
    return max(sorted(clicked), key=lambda key: len(clicked[key]))


def every_event(settings, key):
    events = rows(settings, "events", TYPES, "--subscriber", key)
    sends = {row["ID"]: row for row in rows(settings, "sends", "--since", "2000-01-01")}
    log = rows(settings, "subscriber", key)
    check(len(log) == len(events) > 5, f"{len(log)} of {len(events)} events")
    dates = [row["EventDate"] for row in log]
    check(dates == sorted(dates, reverse=True), "not the newest first")
    for row in log:
        send = sends[row["SendID"]]
        check((row["EmailName"], row["Subject"]) == (send["EmailName"], send["Subject"]), f"{row}")
    shared = list(events[0])
    check(set(shared) <= set(log[0]), f"no {set(shared) - set(log[0])}")
    check(sorted([row[name] for name in shared] for row in log)
          == sorted([row.get(name, "") for name in shared] for row in events), "other values")
    return log


def shown(settings, key, log):
    text = ettrack(settings, "subscriber", key).decode()
    head, _, table = text.partition("\n\n")
    found = rows(settings, "retrieve", "Subscriber", "--where", f"SubscriberKey = '{key}'")[0]
    check(head.startswith(f"Subscriber {key}\n"), head)
    check(re.search(rf"EmailAddress +{re.escape(found['EmailAddress'])}$", head, re.M), head)
    check(re.search(rf"Status +{found['Status']}$", head, re.M), head)
    check(re.search(r"^  Lists  +\d+, (Active|Bounced|Held|Unsubscribed), \S", head, re.M), head)
    totals = dict(pair.split() for pair in
                  re.search(r"^  Events +(.*)$", head, re.M)[1].split(", "))
    sent = sum(row["EventType"] == "Sent" for row in log)
    check(int(totals["sent"]) == sent and sum(map(int, totals.values())) == len(log),
          f"{totals}")
    check(len(table.splitlines()) == len(log) + 2, table)


def some(settings, key, log):
    check(rows(settings, "subscriber", key, "--limit", "3") == log[:3], "--limit")
    middle = log[len(log) // 2]["EventDate"][:19]
    later = rows(settings, "subscriber", key, "--since", middle)
    earlier = rows(settings, "subscriber", key, "--until", middle)
    check(later + earlier == log and later and earlier, "a window loses events")


def more_than_usual(settings, key):
    """What no list of ours has is asked for, so that it comes, or the service says no."""
    found = rows(settings, "subscriber", key, "--properties", "EventDate,PartnerKey")
    check(found and list(found[0]) == ["EventDate", "PartnerKey"], f"{found[:1]}")
    ettrack(settings, "subscriber", key, "--properties", "EventDate,Nope", exit_code=1)


def the_key_as_the_service_has_it(settings):
    """The service compares keys without regard to case: whose log it is, is what it says."""
    head = ettrack(settings, "subscriber", "1E2927").decode()
    check(head.startswith("Subscriber 1e2927\n"), head[:80])


with Etsim() as simulator:
    settings = simulator.settings
    key = busiest(settings)
    log = every_event(settings, key)
    check(any(row["URL"].startswith("https://") for row in log), "no URL among them")
    shown(settings, key, log)
    some(settings, key, log)
    more_than_usual(settings, key)
    every_event(settings, KEY)
    the_key_as_the_service_has_it(settings)
