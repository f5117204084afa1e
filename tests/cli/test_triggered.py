"""Triggered sends: their totals, their events by the definition's key, and what is new since the
last call."""
import os
import subprocess

from support import JOB, Etsim, check, environment, ettrack, rows

KEY = "sign-up"


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


BATCH = ["events", "sent", "--send", JOB, "--format", "csv"]
REPEAT = "same command with --repeat-last-batch in place of --since-last-batch"


def lost(settings, arguments, exit_code, stdout=subprocess.PIPE):
    """What is said of rows that got lost."""
    done = subprocess.run(["ettrack", *arguments, "--since-last-batch"], stdout=stdout,
                          env=environment(settings), stderr=subprocess.PIPE, timeout=60)
    said = done.stderr.decode()
    check(done.returncode == exit_code, f"{arguments}: {done.returncode} {said}")
    check("try again" not in said, said)
    return said


def found_again(settings, arguments=BATCH):
    """Another --since-last-batch would have nothing; what is advised has all of it."""
    every = ettrack(settings, *BATCH)
    check(ettrack(settings, *arguments, "--repeat-last-batch") == every, "rows are lost")


def a_batch_gets_lost():
    """Whatever it got lost by, the advice is the one that brings its rows."""
    for cut in ("1", "900", "90000"):
        with Etsim("--fault", f"Retrieve,call=1:truncate={cut}") as simulator:
            said = lost(simulator.settings, [*BATCH, "--quiet"], 3)
            check(REPEAT in said, said)
            found_again(simulator.settings)
    for where in ("/dev/full", "-"):
        with Etsim() as simulator:
            reader, writer = os.pipe()
            os.close(reader)
            said = lost(simulator.settings, [*BATCH, "-q", "-o", where], 3, stdout=writer)
            os.close(writer)
            check(REPEAT in said and "cannot write" in said, said)
            found_again(simulator.settings)
    with Etsim("--fault", "Retrieve,call=1:truncate=900") as simulator:
        said = lost(simulator.settings, ["events", "sent,open", "--send", JOB], 3)
        check("run the same command with the types sent and --repeat-last-batch" in said, said)
    with Etsim("--fault", "Retrieve,call=1:login-failed") as simulator:
        check(REPEAT not in lost(simulator.settings, [*BATCH, "-q"], 1), "nothing was told")
        check(ettrack(simulator.settings, *BATCH, "-q", "--since-last-batch")
              == ettrack(simulator.settings, *BATCH), "rows are lost")


with Etsim() as simulator:
    settings = simulator.settings
    totals(settings, 0)
    send(settings, 3)
    totals(settings, 3)
    events(settings, 3)
    since_last_batch(settings)
    told(settings)
a_batch_gets_lost()
