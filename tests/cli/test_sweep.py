"""One query over many connections: the same rows as by one, in the order of time, with no more
requests than the rows are worth; each piece by itself is tried again."""
import csv
import io
import os
import re
import subprocess
import urllib.request

from canned import Server, answer, rows_answer
from support import JOB, Etsim, check, environment, ettrack

PAGE = 250


def run(settings, *arguments):
    done = subprocess.run(["ettrack", *arguments, "--traffic"], env=environment(settings),
                          capture_output=True, timeout=240)
    check(done.returncode == 0, f"{arguments}: {done.stderr.decode()}")
    requests = int(re.search(r"requests (\d+)", done.stderr.decode())[1])
    return list(csv.reader(io.StringIO(done.stdout.decode()))), requests


def same_rows(settings, kind, *more):
    query = ["events", kind, "--send", JOB, "--batch-size", str(PAGE), "--format", "csv", *more]
    one, serial = run(settings, *query, "--by", "time")
    for jobs in ("2", "8"):
        many, requests = run(settings, *query, "--jobs", jobs)
        check(many == one, f"{kind} {more} --jobs {jobs}: {len(many)} rows, {len(one)} by one job")
        worth = (len(one) - 1) / PAGE
        check(requests <= 2.2 * worth + 12, f"{kind} --jobs {jobs}: {requests} requests for "
              f"{len(one)} rows, {serial} by one job")
    again, _ = run(settings, *query, "--jobs", "8", "--by", "time")
    check(again == one, f"{kind}: --by time")
    return one


def small_ones_cost_nothing(settings):
    query = ["events", "unsub", "--send", JOB, "--format", "csv"]
    one, serial = run(settings, *query, "--by", "time")
    many, requests = run(settings, *query, "--jobs", "8")
    check(many == one and requests <= serial + 1, f"{requests} requests, not {serial}")
    nothing, _ = run(settings, "events", "sent", "--send", JOB, "--until", "2020-01-01",
                     "--format", "csv", "--jobs", "4")
    check(len(nothing) == 1, f"{nothing}")
    ettrack(settings, "events", "sent", "--send", "999", "--jobs", "4", exit_code=1)


def windows(settings):
    """Beside a period of the user's own, and without a send."""
    same_rows(settings, "sent", "--since", "2026-11-10T10:04", "--until", "2026-11-10T10:07:30")
    query = ["events", "open", "--since", "2026-10-20", "--until", "2026-11-12", "--format", "csv",
             "--batch-size", str(PAGE)]
    one, _ = run(settings, *query, "--by", "time")
    many, _ = run(settings, *query, "--jobs", "6")
    check(sorted(map(str, many)) == sorted(map(str, one)) and len(one) > 1000, f"{len(many)} rows")
    dates = [row[one[0].index("EventDate")] for row in many[1:]]
    check(dates == sorted(dates), "not in the order of time")


def hidden_date(settings):
    query = ["events", "click", "--send", JOB, "--properties", "SubscriberKey,URL",
             "--batch-size", "100", "--format", "csv"]
    one, _ = run(settings, *query, "--by", "time")
    many, _ = run(settings, *query, "--jobs", "4")
    check(many == one, "without EventDate among the properties")


def pieces_are_tried_again():
    """An answer that breaks off among its rows: by one job the rows end there. Of six answers that
    break off, one is the single job's; so all others may meet one piece, which has six tries."""
    with Etsim("--fault", "Retrieve,every=9,times=6:cut=20000") as simulator:
        query = ["events", "sent", "--send", JOB, "--format", "csv"]
        ettrack(simulator.settings, *query, "--batch-size", str(PAGE), exit_code=3)
        many = ettrack(simulator.settings, *query, "--batch-size", str(PAGE), "--jobs", "4")
        check(many.count(b"\r\n") == 12001, "rows are missing")
    # Behind what can be asked before the first piece is there, before the last of 63 requests.
    with Etsim("--fault", "Retrieve,from=45:fault=2") as simulator:
        some = ettrack(simulator.settings, *query, "--batch-size", str(PAGE), "--jobs", "4",
                       exit_code=3)
        whole = [line for line in some.split(b"\r\n")[1:] if line]
        dates = [line.split(b",")[2] for line in whole]
        check(dates == sorted(dates) and len(set(whole)) == len(whole) < 12000, "a gap, or twice")


def altered(settings, alter):
    """A service in front of the other: each answer is `alter` of the request and the answer."""
    def ask(request):
        with urllib.request.urlopen(urllib.request.Request(
                settings["ETSOAP_ENDPOINT"], request.body,
                {"Content-Type": request.headers["content-type"],
                 "SOAPAction": request.headers["soapaction"]}), timeout=60) as got:
            return answer(alter(request.body, got.read()))
    return Server(otherwise=ask)


def absurd_date(request, body):
    """DateTime.MinValue in a row, wherever the time is open at its beginning."""
    if b"greaterThan" in request:
        return body
    return re.sub(rb"<EventDate>[^<]*</EventDate>", b"<EventDate>0001-01-01T00:00:00</EventDate>",
                  body, count=1)


def absurd_dates(settings):
    """Of one send, and of all, of which nothing is known before."""
    for query in (["events", "sent", "--send", JOB], ["events", "bounce", "--batch-size", "100"]):
        one, _ = run(settings, *query, "--format", "csv", "--by", "time")
        with altered(settings, absurd_date) as server:
            many, _ = run({**settings, "ETSOAP_ENDPOINT": server.url}, *query, "--format", "csv",
                          "--jobs", "2")
        date, key = map(one[0].index, ("EventDate", "SubscriberKey"))
        check(sorted(row[key] for row in many) == sorted(row[key] for row in one),
              f"{query}: {len(many)} rows, {len(one)} without")
        check(many[1][date].startswith("0001-01-01"), f"{many[1]}")


def all_times(request, body):
    """Rows of whatever time was asked for."""
    rows = [f"<SendID>{JOB}</SendID><EventDate>2026-11-10T10:{at // 60:02}:{at % 60:02}.5"
            "</EventDate>" for at in range(300)]
    return rows_answer("SentEvent", *rows).encode() if b">SentEvent<" in request else body


def without_dates(_, body):
    return re.sub(rb"<EventDate>[^<]*</EventDate>", b"", body)


def other_times(settings):
    """A row of another time than was asked for is none of the piece, and would come twice."""
    query = ["events", "sent", "--send", JOB, "--jobs", "4", "--format", "csv", "--batch-size"]
    with altered(settings, all_times) as server:
        done = subprocess.run(["ettrack", *query, "100"], capture_output=True, timeout=60,
                              env=environment(settings, ETSOAP_ENDPOINT=server.url))
    lines = done.stdout.splitlines()[1:]
    check(done.returncode in (1, 3) and len(lines) == len(set(lines)) and
          b"asked for SentEvent from " in done.stderr and
          b"the service answered with one of 2026-11-10T10:0" in done.stderr, f"{done}")
    with altered(settings, without_dates) as server:
        many, _ = run({**settings, "ETSOAP_ENDPOINT": server.url}, *query, "2500")
    check(len(many) == 12001, f"without dates {len(many)} rows")


with Etsim() as simulator:
    settings = simulator.settings
    absurd_dates(settings)
    other_times(settings)
    for kind in ("sent", "open", "click", "bounce"):
        same_rows(settings, kind)
    small_ones_cost_nothing(settings)
    windows(settings)
    hidden_date(settings)
if not os.environ.get("ETTRACK_SANITIZED"):
    pieces_are_tried_again()
