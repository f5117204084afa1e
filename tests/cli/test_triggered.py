"""Triggered sends: their totals, their events by the definition's key, and what is new since the
last call."""
import csv
import io
import subprocess

from support import Etsim, check, environment, ettrack

KEY = "sign-up"


def rows(settings, *arguments):
    text = ettrack(settings, *arguments, "--format", "csv", "--quiet").decode()
    return list(csv.DictReader(io.StringIO(text)))


def send(settings, count):
    for number in range(count):
        ettrack(settings, "trigger", KEY, "--to", f"new.{number}@example.com")


def totals(settings, sent):
    found = rows(settings, "triggered", KEY)
    check([(row["CustomerKey"], row["Sent"]) for row in found] == [(KEY, str(sent))], f"{found}")
    every = rows(settings, "triggered")
    check(found[0] in every, f"{every}")
    some = rows(settings, "triggered", KEY, "--properties", "Sent,Opens")
    check(some == [{"Sent": str(sent), "Opens": "0"}], f"{some}")


def events(settings, sent):
    definition = rows(settings, "retrieve", "TriggeredSendDefinition", "--properties", "ObjectID",
                      "--where", f"CustomerKey = '{KEY}'")[0]["ObjectID"]
    found = rows(settings, "events", "sent", "--triggered-send", KEY, "--since", "1d")
    check(len(found) == sent, f"{found}")
    check({row["TriggeredSendDefinitionObjectID"] for row in found} == {definition}, f"{found}")
    whole = rows(settings, "retrieve", "SentEvent", "--properties", "SubscriberKey", "--where",
                 f"TriggeredSendDefinitionObjectID = '{definition}'")
    check([row["SubscriberKey"] for row in found] == [row["SubscriberKey"] for row in whole],
          f"{found}")


def told(settings):
    """Without a period, and when a mark moves, the user is told; not with --quiet."""
    for option, word in ((["--triggered-send", KEY], "--since"),
                         (["--triggered-send", KEY, "--since-last-batch"], "moves a mark")):
        command = ["ettrack", "events", "open", *option]
        for quiet in ([], ["--quiet"]):
            said = subprocess.run([*command, *quiet], env=environment(settings), timeout=60,
                                  capture_output=True, check=True).stderr.decode()
            check((word in said) == (not quiet), f"{option}: {said}")


def since_last_batch(settings):
    query = ["events", "sent", "--triggered-send", KEY, "--since", "2020-01-01"]
    first = rows(settings, *query, "--since-last-batch")
    check(len(first) == 3, f"{first}")
    check(rows(settings, *query, "--since-last-batch") == [], "the same rows again")
    send(settings, 1)
    new = rows(settings, *query, "--since-last-batch")
    check(len(new) == 1 and new[0] not in first, f"{new}")
    check(rows(settings, *query, "--repeat-last-batch") == new, "not what that call returned")


with Etsim() as simulator:
    settings = simulator.settings
    totals(settings, 0)
    send(settings, 3)
    totals(settings, 3)
    events(settings, 3)
    since_last_batch(settings)
    told(settings)
