"""An unsubscribe whose answer or whose line gets lost: what is known of it is said, and it is no
failure that asks to be repeated."""
import os
import subprocess

from support import JOB, Etsim, check, environment, ettrack

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


def answer_lost():
    for who, look in ((WHO, "ettrack subscriber 00001930"),
                      (["--address", "maria.mueller.1930@example.net", "--subscriber-id", "1930",
                        "--send", JOB], "ettrack retrieve Subscriber")):
        with Etsim("--fault", "Execute,call=1:truncate=300") as simulator:
            said = unsub(simulator.settings, *who, exit_code=3)
            check("whether the recipient was unsubscribed is not known: look with " + look in said,
                  said)
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


answer_lost()
line_lost()
