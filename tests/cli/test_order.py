"""Rows in another order than they come in: events by time, links by clicks, sends by date."""
import re
import subprocess

from support import JOB, Etsim, check, environment, rows


def events_by_time(settings):
    arguments = ["events", "sent,open,click,bounce", "--send", JOB]
    plain = rows(settings, *arguments)
    for more in ([], ["--jobs", "3"]):
        ordered = rows(settings, *arguments, "--by", "time", *more)
        dates = [row["EventDate"] for row in ordered]
        check(dates == sorted(dates), f"{more}: not in the order of time")
        check(sorted(map(str, ordered)) == sorted(map(str, plain)), f"{more}: other rows")
    check([row["EventDate"] for row in plain] != sorted(row["EventDate"] for row in plain),
          "the service's own order is that of time: this test shows nothing")
    some = rows(settings, *arguments, "--by", "time", "--limit", "40")
    check(some == rows(settings, *arguments, "--by", "time")[:40], "the limit cuts other rows")


def one_recipient(settings):
    found = rows(settings, "events", "sent,open,click", "--send", JOB, "--subscriber", "00001930",
                 "--by", "time")
    check(found and found[0]["EventType"] == "Sent", f"{found}")


def links_by_clicks(settings):
    plain = rows(settings, "links", JOB, "12043164")
    for by, column in (("clicks", "Link.TotalClicks"), ("unique-clicks", "Link.UniqueClicks")):
        ordered = rows(settings, "links", JOB, "12043164", "--by", by)
        clicks = [int(row[column]) for row in ordered]
        check(clicks == sorted(clicks, reverse=True), f"{by}: {clicks}")
        check(sorted(map(str, ordered)) == sorted(map(str, plain)), f"{by}: other rows")
        best = rows(settings, "links", JOB, "12043164", "--by", by, "--limit", "3")
        check(best == ordered[:3], f"{by}: {best}")


def order_by_what_is_not_shown(settings):
    """The column that the order needs is asked for, and not shown."""
    whole = rows(settings, "subscriber", "00001930")
    some = rows(settings, "subscriber", "00001930", "--properties", "EmailName,EventType")
    check(some == [{name: row[name] for name in ("EmailName", "EventType")} for row in whole],
          f"{some}")
    whole = rows(settings, "links", JOB, "--by", "clicks")
    some = rows(settings, "links", JOB, "--by", "clicks", "--properties", "Link.URL")
    check(some == [{"Link.URL": row["Link.URL"]} for row in whole], f"{some}")
    types = ["events", "open,click", "--send", JOB, "--by", "time"]
    whole = rows(settings, *types)
    for more in ([], ["--jobs", "2"]):
        some = rows(settings, *types, "--properties", "SubscriberKey,URL", *more)
        check(some == [{name: row[name] for name in ("SubscriberKey", "URL")} for row in whole],
              f"{more}: {some[:3]}")


def sends_newest_first(settings):
    """By the date that they are of, over accounts, whatever the service's order is."""
    arguments = ["sends", "--since", "2020-01-01", "--all-accounts"]
    plain = rows(settings, "retrieve", "Send", "--all-accounts", "--properties", "ID,SendDate")
    newest = rows(settings, *arguments)
    dates = [row["SendDate"] for row in newest]
    check(dates == sorted(dates, reverse=True) and len(set(dates)) > 20, f"{dates}")
    check(sorted(row["ID"] for row in newest) == sorted(row["ID"] for row in plain), "other sends")
    check([row["ID"] for row in newest] != [row["ID"] for row in plain],
          "the service's own order is that: this test shows nothing")
    some = rows(settings, *arguments, "--properties", "ID,Subject", "--limit", "4")
    check(some == [{name: row[name] for name in ("ID", "Subject")} for row in newest[:4]],
          f"{some}")


def pages_stay_large(settings):
    """All rows are read to find the first ones, in pages of the usual size."""
    for arguments in (["sends", "--since", "2020-01-01", "--limit", "2"],
                      ["events", "open,click", "--send", JOB, "--by", "time", "--limit", "2"]):
        done = subprocess.run(["ettrack", *arguments, "--traffic"], env=environment(settings),
                              capture_output=True, timeout=60, check=True)
        pages = re.search(r"pages (\d+)", done.stderr.decode())[1]
        check(int(pages) <= 4, f"{arguments}: {pages} pages")


with Etsim() as simulator:
    sends_newest_first(simulator.settings)
    pages_stay_large(simulator.settings)
    order_by_what_is_not_shown(simulator.settings)
    events_by_time(simulator.settings)
    one_recipient(simulator.settings)
    links_by_clicks(simulator.settings)
