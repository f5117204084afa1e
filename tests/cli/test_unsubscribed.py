"""An unsubscribe whose answer or whose line gets lost: what is known of it is said, and it is no
failure that asks to be repeated."""
import os
import subprocess

from canned import Canned, response, retrieve_answer
from support import JOB, Etsim, check, environment, ettrack, rows

WHO = ["--subscriber", "00001930", "--send", JOB]


def unsub(settings, *arguments, exit_code, stdout=subprocess.PIPE):
    done = subprocess.run(["ettrack", "unsub", *arguments], env=environment(settings), timeout=60,
                          stdout=stdout, stderr=subprocess.PIPE)
    said = done.stderr.decode()
    check(done.returncode == exit_code, f"{arguments}: {done.returncode} {said}")
    check("try again" not in said, said)
    return said


def events(settings):
    return ettrack(settings, "events", "unsub", *WHO, "--format", "tsv").count(b"\n") - 1


ADDRESS = "maria.mueller.1930@example.net"
RETRIEVE = ("ettrack retrieve Subscriber --properties SubscriberKey,Status,UnsubscribedDate "
            "--where '")


def answer_lost():
    """The command that says what became of it is whole, and does so."""
    with Etsim() as simulator:
        number = rows(simulator.settings, "retrieve", "Subscriber", "--properties", "ID",
                      "--where", "SubscriberKey = '00001930'")[0]["ID"]
    for who, look in ((WHO, "ettrack subscriber 00001930"),
                      ([*WHO, "--mid", "10001"], "ettrack subscriber --mid 10001 00001930"),
                      (["--address", ADDRESS, "--subscriber-id", number, "--send", JOB], RETRIEVE),
                      (["--subscriber-id", number, "--send", JOB], RETRIEVE)):
        with Etsim("--fault", "Execute,call=1:truncate=300") as simulator:
            said = unsub(simulator.settings, *who, exit_code=3)
            command = said.partition("is not known: look with ")[2].splitlines()[0]
            check(command.startswith(look), said)
            done = subprocess.run(["sh", "-c", command], env=environment(simulator.settings),
                                  capture_output=True, timeout=60)
            check(done.returncode == 0 and b"00001930" in done.stdout, f"{command}: {done}")
    with Etsim("--fault", "Execute,call=1:truncate=300") as simulator:
        said = unsub(simulator.settings, "--subscriber", "-a; it's $(b)", "--send", JOB,
                     exit_code=3)
        check("look with ettrack subscriber -- '-a; it'\\''s $(b)'" in said, said)
    with Etsim("--fault", "Execute,call=1:login-failed") as simulator:
        unsub(simulator.settings, *WHO, exit_code=1)
        check(events(simulator.settings) == 0, "it was done")


def line_lost():
    for where in ("-", "/dev/full"):
        with Etsim() as simulator:
            reader, writer = os.pipe()
            os.close(reader)
            said = unsub(simulator.settings, *WHO, "-o", where, exit_code=3, stdout=writer)
            os.close(writer)
            check("the recipient was unsubscribed; only its line is missing" in said, said)
            check(events(simulator.settings) == 1, "it was not done")


def one_address_of_several():
    """Nobody is unsubscribed by a guess; of one subscriber, key and address go out."""
    account = retrieve_answer("DataFolder", [])
    posted = response("ExecuteResponseMsg",
                      "<OverallStatus>OK</OverallStatus><RequestID>r</RequestID>"
                      "<Results><StatusCode>OK</StatusCode><StatusMessage>Event posted"
                      "</StatusMessage></Results>")
    two = retrieve_answer("Subscriber", [{"SubscriberKey": key} for key in ("k-1", "k-2")])
    with Canned([account, two, posted]) as service:
        said = unsub(service.settings, "--address", "ann@example.com", "--send", JOB, exit_code=1)
        check("2 subscribers have the address ann@example.com: name one with --subscriber: k-1, k-2"
              in said and len(service.requests) == 2, said)
    with Canned([account, retrieve_answer("Subscriber", [{"SubscriberKey": ""}])]) as service:
        said = unsub(service.settings, "--address", "ann@example.com", "--send", JOB, exit_code=1)
        check("does not tell the key" in said and len(service.requests) == 2, said)
    one = retrieve_answer("Subscriber", [{"SubscriberKey": "k-1"}])
    with Canned([one, posted]) as service:
        unsub(service.settings, "--address", "ann@example.com", "--mid", "10002", "--send", JOB,
              exit_code=0)
        asked, done = (request.body.decode() for request in service.requests)
        check(">10002<" in asked and ">EmailAddress<" in asked, asked)
        check(">k-1<" in done and ">ann@example.com<" in done, done)


one_address_of_several()
answer_lost()
line_lost()
