"""A report and a log of what a service should not say: rows that come twice, clicks without a date,
numbers beyond what can be counted, sends without a number. Nothing of it is counted as something
that it is not."""
import csv
import io
import re
import subprocess

from canned import Server, answer, rows_answer
from support import JOB, check, environment

SEND = (f"<ID>{JOB}</ID><SentDate>2026-11-01T10:00:00</SentDate><NumberSent>2</NumberSent>"
        "<NumberDelivered>2</NumberDelivered>")
LINK = ("<Link><ID>{}</ID><Alias>story</Alias><URL>http://example.com/</URL>"
        "<TotalClicks>{}</TotalClicks></Link>")
CATEGORY = "Ü" * 120


def event(key, *more, date="2026-11-02T12:00:00"):
    return (f"<SendID>{JOB}</SendID><SubscriberKey>{key}</SubscriberKey>"
            f"<EventDate>{date}</EventDate>" + "".join(more))


def subscriber(key, address):
    return f"<SubscriberKey>{key}</SubscriberKey><EmailAddress>{address}</EmailAddress>"


def run(answers, *arguments, exit_code=0, kind="csv"):
    """Runs against a service with these rows by object type; its lines of CSV, and stderr. Of
    another kind, and of none: its output as it is."""
    def reply(request):
        name = re.search(rb"ObjectType>(\w+)<", request.body)[1].decode()
        return answer(rows_answer(name, *answers.get(name, ())))

    with Server([], otherwise=reply) as service:
        settings = {"ETSOAP_ENDPOINT": service.url, "ETSOAP_USERNAME": "user",
                    "ETSOAP_PASSWORD": "password"}
        done = subprocess.run(["ettrack", *arguments, *(("--format", kind) if kind else ())],
                              capture_output=True, env=environment(settings), timeout=60)
    check(done.returncode == exit_code, f"{arguments}: {done.returncode} {done.stderr}")
    if kind != "csv":
        return done.stdout.decode()
    return list(csv.DictReader(io.StringIO(done.stdout.decode()))), done.stderr.decode()


def report(**answers):
    found, _ = run({"Send": [SEND], **answers}, "report", JOB)
    return {(row["Section"], row["Name"]): int(row["Count"] or -1) for row in found}


def subscribers_that_come_twice():
    """Each message is of one domain, and those that nobody asked for are of none."""
    found = report(SentEvent=[event("k1"), event("k2"), event("k@example.net")],
                   OpenEvent=[event("k1")],
                   Subscriber=[subscriber("k1", "a@example.com")] * 2 + [
                       subscriber("k1", "a@example.org"), subscriber("k@example.net", "k@x.net")]
                   + [subscriber("another", "a@example.edu")] * 2)
    sent = {name: count for (section, name), count in found.items() if section == "sent by domain"}
    check(sent == {"example.com": 1, "example.net": 1}, f"{sent}")


def clicks_without_a_date():
    found = report(LinkSend=[LINK.format(7, 3)],
                   ClickEvent=[event("k1", "<URLID>7</URLID>"),
                               event("k2", "<URLID>7</URLID>", date="")])
    days = {key: count for key, count in found.items() if key[0].startswith("clicks on day")}
    check(days == {("clicks on day 2", "story"): 1}, f"{days}")


def long_categories():
    """Two that differ at their end are two, whole."""
    hard = "<EventType>HardBounce</EventType><BounceCategory>{}</BounceCategory>"
    found = report(BounceEvent=[event("k1", hard.format(CATEGORY + "1")),
                                event("k2", hard.format(CATEGORY + "2"))])
    names = {name[-1] for _, name in found if CATEGORY in name}
    check(names == {"1", "2"}, f"{found.keys()}")


def types_that_share_a_category():
    each = "<EventType>{}</EventType><BounceCategory>{}</BounceCategory>"
    bounces = [event(f"k{n}", each.format(*one)) for n, one in enumerate((
        ("HardBounce", "Unknown"), ("SoftBounce", "Unknown"), ("SoftBounce", "Full")))]
    found = report(BounceEvent=bounces)
    names = {name for section, name in found if section == "bounces"}
    check(names == {"Unknown (HardBounce)", "Unknown (SoftBounce)", "Full"}, f"{names}")


def nothing_with_a_date():
    """When opens and clicks came is not known, which is not that none came."""
    answers = {"Send": [SEND + "<UniqueOpens>1</UniqueOpens>"], "LinkSend": [LINK.format(7, 3)],
               "OpenEvent": [event("k1", date="")],
               "ClickEvent": [event("k1", "<URLID>7</URLID>", date="")]}
    lines = run(answers, "report", JOB, kind="table").splitlines()
    check([line.split() for line in lines if line.startswith("  all ")] == [["all", "n/a", "n/a"]],
          f"{lines}")
    page = run(answers, "report", JOB, "--html", "/dev/stdout", kind=None)
    check("Opens, n/a" in page and "Clicks, n/a" in page and "busiest day had n/a clicks" in page,
          page)


def more_than_can_be_counted():
    most = 2**63 - 1
    _, said = run({"Send": [SEND], "LinkSend": [LINK.format(7, most), LINK.format(8, most)]},
                  "report", JOB, exit_code=1)
    check("more clicks than can be" in said, said)


def events_of_somebody_else():
    """Keys are the same whatever their case; another is another, and so is another type."""
    own = {"Subscriber": [subscriber("K1", "a@example.com")], "SentEvent": [event("k1 ")]}
    found, _ = run(own, "subscriber", "k1")
    check(len(found) == 1, f"{found}")
    _, said = run({**own, "SentEvent": [event("k2")]}, "subscriber", "k1", exit_code=1)
    check("asked for a SentEvent of subscriber k1, the service answered with one of subscriber k2"
          in said, said)


def whose_account_nobody_says():
    """A unit without an ID is none, one that comes twice is one."""
    found, _ = run({}, "whoami")
    told = {row["What"]: row["Value"] for row in found}
    check(told["account"] == told["business units"] == "not available: the service names none",
          f"{told}")
    unit = "<ID>7</ID><Name>Seven</Name>"
    found, _ = run({"BusinessUnit": ["<Name>noid</Name>", unit, unit]}, "whoami")
    check([tuple(row.values()) for row in found][-2:]
          == [("business unit", "7, Seven"), ("account", "not available: the service names none")],
          f"{found}")


def sends_without_a_number():
    """They name no event, and least of all those that are of no send."""
    found, _ = run({"Subscriber": [subscriber("k1", "a@example.com")],
                    "SentEvent": [event("k1"), "<SubscriberKey>k1</SubscriberKey>"],
                    "Send": ["<EmailName>nobody's</EmailName>",
                             f"<ID>{JOB}</ID><EmailName>news</EmailName>"]}, "subscriber", "k1")
    check([row["EmailName"] for row in found] == ["news", ""], f"{found}")


subscribers_that_come_twice()
clicks_without_a_date()
long_categories()
types_that_share_a_category()
nothing_with_a_date()
events_of_somebody_else()
whose_account_nobody_says()
more_than_can_be_counted()
sends_without_a_number()
