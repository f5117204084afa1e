"""Each page of the service's tracking documentation as a command, every value against what etsim
says by itself that there was, is and will be: `--truth` knows nothing of requests. What the truth
has no column for (lists, URLs, categories) is held against the events themselves."""
import collections
import json
import pathlib
import tempfile

from support import JOB, Etsim, check, ettrack, rows

OTHER = "12043164"
TYPES = {"sent": "SentEvent", "notsent": "NotSentEvent", "open": "OpenEvent", "click": "ClickEvent",
         "bounce": "BounceEvent", "unsub": "UnsubEvent", "forward": "ForwardedEmailEvent",
         "forwardoptin": "ForwardedEmailOptInEvent", "survey": "SurveyEvent"}
BOUNCES = {"HardBounce": "HardBounces", "SoftBounce": "SoftBounces", "OtherBounce": "OtherBounces"}
RATES = {"DeliveryRate": (["NumberDelivered"], "NumberSent"),
         "OpenRate": (["UniqueOpens"], "NumberDelivered"),
         "ClickRate": (["UniqueClicks"], "NumberDelivered"),
         "ClickToOpenRate": (["UniqueClicks"], "UniqueOpens"),
         "UnsubscribeRate": (["Unsubscribes"], "NumberDelivered"),
         "BounceRate": ([*BOUNCES.values()], "NumberSent"),
         "HardBounceRate": (["HardBounces"], "NumberSent"),
         "SoftBounceRate": (["SoftBounces"], "NumberSent"),
         "OtherBounceRate": (["OtherBounces"], "NumberSent")}


def type_of(event_type):
    """The object type of an EventType."""
    name = {"Unsubscribe": "Unsub"}.get(event_type, event_type)
    return "BounceEvent" if event_type in BOUNCES else f"{name}Event"


class Truth:
    def __init__(self, path):
        self.events = collections.defaultdict(list)  # by type and send: (date, subscriber)
        self.lines = []
        for line in path.read_text().splitlines():
            event = json.loads(line)
            self.lines.append(event)
            self.events[event["type"], str(event["send"])].append(
                (event["date"], event["subscriber"]))

    def of(self, kind, job):
        return self.events[TYPES[kind], job]

    def statistics(self, job):
        """What the events of a send prove of its statistics."""
        people = {kind: len({who for _, who in self.of(kind, job)}) for kind in ("open", "click")}
        sent, bounced = len(self.of("sent", job)), len(self.of("bounce", job))
        return {"NumberSent": sent, "NumberDelivered": sent - bounced,
                "UniqueOpens": people["open"], "UniqueClicks": people["click"],
                "Unsubscribes": len(self.of("unsub", job)),
                "ForwardedEmails": len(self.of("forward", job))}


def objects(settings, kind, names, where, *more):
    """The objects themselves, by the plain Retrieve."""
    return rows(settings, "retrieve", kind, "--properties", names, "--where", where, *more)


def bounces(settings, where, *more):
    """By kind, as the events have it."""
    kinds = collections.Counter(row["EventType"] for row in objects(
        settings, "BounceEvent", "EventType", where, *more))
    return {name: kinds[kind] for kind, name in BOUNCES.items()}


def with_rates(counts):
    rates = {name: f"{100 * sum(counts[part] for part in parts) / counts[whole]:.2f}"
             if counts[whole] else "" for name, (parts, whole) in RATES.items()}
    return {**{name: str(number) for name, number in counts.items()}, **rates}


def same(row, wanted, what):
    found = {name: row[name] for name in wanted}
    check(found == wanted, f"{what}: {found}, not {wanted}")


# --- a send's tracking information ---------------------------------------------------------------

def the_summary(settings, truth):
    """Everything that the page lists, and the rates of it, in one command."""
    row = rows(settings, "send", JOB, "--counts")[0]
    counts = {**truth.statistics(JOB), **bounces(settings, f"SendID = {JOB}")}
    check(sum(counts[name] for name in BOUNCES.values()) == len(truth.of("bounce", JOB)),
          f"{counts}")
    same(row, with_rates(counts), "send")
    counted = {f"Events.{name}": len(truth.of(kind, JOB)) for kind, name in TYPES.items()}
    counted["Links"] = len(objects(settings, "LinkSend", "Link.ID", f"SendID = {JOB}"))
    counted["Links.TotalClicks"] = len(truth.of("click", JOB))
    same(row, {name: str(number) for name, number in counted.items()}, "what is counted")
    asked = [name for name in row if name not in RATES and name not in counted]
    plain = objects(settings, "Send", ",".join(asked), f"ID = {JOB}")[0]
    same(row, plain, "the rest of the send")


def every_send(settings, truth):
    """Of all accounts, every figure of every send; no send twice and none left out."""
    found = rows(settings, "sends", "--since", "2000-01-01", "--all-accounts")
    check(len({row["ID"] for row in found}) == len(found) > 20, f"{len(found)} sends")
    for row in found:
        counts = {**truth.statistics(row["ID"]), **{name: int(row[name])
                                                   for name in BOUNCES.values()}}
        check(sum(counts[name] for name in BOUNCES.values()) == len(truth.of("bounce", row["ID"])),
              f"{row['ID']}: {counts}")
        same(row, with_rates(counts), row["ID"])
    accounts = {str(line["send"]): str(line["account"]) for line in truth.lines}
    check(all(row["Client.ID"] == accounts[row["ID"]] for row in found), "another account")
    triggered = set(accounts) - {row["ID"] for row in found}
    jobs = {row["SendID"] for row in objects(
        settings, "SentEvent", "SendID", "TriggeredSendDefinitionObjectID IS NOT NULL",
        "--all-accounts")}
    check(triggered <= jobs, f"{triggered} are no triggered sends: {jobs}")


def side_by_side(settings, truth):
    table = {row["Statistic"]: row for row in rows(settings, "compare", JOB, OTHER)}
    for job in (JOB, OTHER):
        found = {name: row[job] for name, row in table.items()}
        wanted = with_rates({**truth.statistics(job), **bounces(settings, f"SendID = {job}")})
        same(found, wanted, f"compare {job}")
        asked = ",".join(name for name in found if name not in RATES)
        same(found, objects(settings, "Send", asked, f"ID = {job}")[0], f"compare {job}")


# --- events --------------------------------------------------------------------------------------

def every_event(settings, truth):
    """Each type alone, all of them in the order of time, and over several connections."""
    for kind in TYPES:
        for more in ([], ["--jobs", "3"]):
            found = rows(settings, "events", kind, "--send", JOB, *more)
            check(sorted((row["EventDate"], row["SubscriberKey"]) for row in found)
                  == sorted(truth.of(kind, JOB)), f"events {kind} {more}: {len(found)}")
            check({type_of(row["EventType"]) for row in found} == {TYPES[kind]}, kind)
    mixed = rows(settings, "events", ",".join(TYPES), "--send", JOB, "--by", "time")
    wanted = sorted((date, TYPES[kind], who) for kind in TYPES for date, who in truth.of(kind, JOB))
    found = [(row["EventDate"], type_of(row["EventType"]), row["SubscriberKey"]) for row in mixed]
    check(sorted(found) == wanted, f"{len(found)} events, not {len(wanted)}")
    check([date for date, _, _ in found] == [date for date, _, _ in wanted], "not in order")


def windows(settings, truth):
    """Seed 001: all that happened in a time, over all sends; cut at a second, none is lost."""
    edges = ["2026-11-10T10:02:00", "2026-11-10T10:02:31", "2026-11-10T10:04:00"]
    for since, until in (edges[:2], edges[1:], edges[::2]):
        found = rows(settings, "events", "sent", "--since", since, "--until", until, "--properties",
                     "EventDate,SendID,SubscriberKey")
        wanted = sorted((date, job, who) for (kind, job), events in truth.events.items()
                        if kind == "SentEvent" for date, who in events if since <= date < until)
        check(sorted((row["EventDate"], row["SendID"], row["SubscriberKey"]) for row in found)
              == wanted and len(wanted) > 100, f"{since} to {until}: {len(found)}")


# --- links and lists -----------------------------------------------------------------------------

def every_link(settings, truth):
    clicks = objects(settings, "ClickEvent", "URLID,URL,SubscriberKey,EventDate", f"SendID = {JOB}")
    check(sorted((row["EventDate"], row["SubscriberKey"]) for row in clicks)
          == sorted(truth.of("click", JOB)), "clicks that are not the truth")
    found = rows(settings, "links", JOB)
    for row in found:
        of_it = [click for click in clicks if click["URLID"] == row["Link.ID"]]
        same(row, {"SendID": JOB, "Link.TotalClicks": str(len(of_it)),
                   "Link.UniqueClicks": str(len({click["SubscriberKey"] for click in of_it}))},
             row["Link.URL"])
        check({click["URL"] for click in of_it} <= {row["Link.URL"]}, f"{row}")
    check(sum(int(row["Link.TotalClicks"]) for row in found) == len(clicks), f"{found}")


def every_list(settings, truth):
    """What the events of those who got it by a list prove of that list."""
    names = "SubscriberKey,ListID"
    sent = objects(settings, "SentEvent", names, f"SendID = {JOB}")
    check(sorted(row["SubscriberKey"] for row in sent)
          == sorted(who for _, who in truth.of("sent", JOB)), "sent events that are not the truth")
    members = collections.defaultdict(set)
    for row in sent:
        members[row["ListID"]].add(row["SubscriberKey"])
    kinds = {row["SubscriberKey"]: BOUNCES[row["EventType"]] for row in objects(
        settings, "BounceEvent", "SubscriberKey,EventType", f"SendID = {JOB}")}
    lists = {row["ID"]: row["ListName"] for row in rows(
        settings, "retrieve", "List", "--properties", "ID,ListName")}
    found = rows(settings, "lists", JOB)
    check({row["List.ID"] for row in found} == set(members), f"{found}")
    for row in found:
        who = members[row["List.ID"]]
        bounced = collections.Counter(kinds[key] for key in who if key in kinds)
        counts = {"NumberSent": len(who), "NumberDelivered": len(who) - sum(bounced.values()),
                  **{name: bounced[name] for name in BOUNCES.values()},
                  **{name: len({key for _, key in truth.of(kind, JOB)} & who) for name, kind in
                     (("UniqueOpens", "open"), ("UniqueClicks", "click"),
                      ("Unsubscribes", "unsub"), ("ForwardedEmails", "forward"))}}
        same(row, with_rates(counts), row["List.ID"])
        check((row["SendID"], row["List.ListName"]) == (JOB, lists[row["List.ID"]]), f"{row}")


# --- one recipient -------------------------------------------------------------------------------

def one_recipient(settings, truth, key):
    """The log, its totals, and the lists: over all sends of the account, newest first."""
    wanted = sorted(((line["date"], line["type"], str(line["send"])) for line in truth.lines
                     if line["subscriber"] == key and line["account"] == 10001), reverse=True)
    log = rows(settings, "subscriber", key)
    found = [(row["EventDate"], type_of(row["EventType"]), row["SendID"]) for row in log]
    check(sorted(found, reverse=True) == wanted and len(wanted) > 5, f"{key}: {found}, {wanted}")
    check([date for date, _, _ in found] == [date for date, _, _ in wanted], f"{key}: {found}")
    clicks = collections.Counter((row["EventDate"], row["URL"]) for row in objects(
        settings, "ClickEvent", "EventDate,URL", f"SubscriberKey = '{key}'"))
    check(collections.Counter((row["EventDate"], row["URL"]) for row in log if row["URL"])
          == clicks, f"{key}: {clicks}")
    sends = {row["ID"]: row for row in rows(settings, "sends", "--since", "2000-01-01")}
    for row in log:
        send = sends.get(row["SendID"])
        check(send and (row["EmailName"], row["Subject"]) == (send["EmailName"], send["Subject"])
              or not send and not row["EmailName"], f"{row}")
    head = ettrack(settings, "subscriber", key).decode().split("\n\n")[0]
    kinds = collections.Counter(kind for _, kind, _ in wanted)
    totals = ", ".join(f"{name} {kinds[kind]}" for name, kind in TYPES.items() if kinds[kind])
    check(f"Events             {totals}" in head, f"{key}: no {totals} in {head}")
    person = objects(settings, "Subscriber", "EmailAddress,Status", f"SubscriberKey = '{key}'")[0]
    for value in person.values():
        check(value in head, f"{key}: no {value} in {head}")
    for row in objects(settings, "ListSubscriber", "ListID,Status", f"SubscriberKey = '{key}'"):
        check(f"{row['ListID']}, {row['Status']}, " in head, f"{key}: no {row} in {head}")


# --- what is done by a command -------------------------------------------------------------------

def done(settings):
    """A triggered message, a one-to-one one and an unsubscribe: what the commands say of them."""
    ettrack(settings, "oneone", "setup", "sign-up")
    rows(settings, "oneone", "send", "sign-up", "--to", "ann@example.com", "--value", "v-1")
    rows(settings, "trigger", "sign-up", "--to", "bob@example.com", "--key", "bob")
    log = objects(settings, "DataExtensionObject[SendLog]", "JobID,BatchID,SubscriberID",
                  "UniqueID = 'v-1'")[0]
    ettrack(settings, "unsub", "--subscriber-id", log["SubscriberID"], "--send", log["JobID"])
    ettrack(settings, "unsub", "--subscriber", "00004350", "--send", JOB)
    tracked = rows(settings, "oneone", "track", "v-1")
    check({(row["SendID"], row["BatchID"]) for row in tracked} == {(log["JobID"], log["BatchID"])},
          f"{tracked} {log}")
    bob = rows(settings, "events", "sent", "--triggered-send", "sign-up", "--subscriber", "bob",
               "--since", "1d")
    left = rows(settings, "events", "unsub", "--send", JOB, "--subscriber", "00004350")
    check(len(tracked) == 2 and len(bob) == len(left) == 1, f"{tracked} {bob} {left}")
    return [(type_of(row["EventType"]), row["SendID"], row["SubscriberKey"], row["EventDate"])
            for row in [*tracked, *bob, *left]]


def main(folder):
    path = pathlib.Path(folder, "truth")
    with Etsim("--truth", path) as simulator:
        settings, truth = simulator.settings, Truth(path)
        the_summary(settings, truth)
        every_send(settings, truth)
        side_by_side(settings, truth)
        every_event(settings, truth)
        windows(settings, truth)
        every_link(settings, truth)
        every_list(settings, truth)
        for key in ("00001930", "00004957"):
            one_recipient(settings, truth, key)
        said = done(settings)
    before = {json.dumps(line) for line in truth.lines}
    new = [line for line in Truth(path).lines if json.dumps(line) not in before]
    check(sorted(said) == sorted((line["type"], str(line["send"]), line["subscriber"], line["date"])
                                 for line in new), f"{said}\n{new}")


with tempfile.TemporaryDirectory(prefix="etsoap-truth-") as scratch:
    main(scratch)
