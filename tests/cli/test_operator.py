"""An hour of an operator's questions, each one command; the answers against what etsim holds."""
import collections

from support import JOB, Etsim, check, ettrack, rows


def objects(settings, kind, names, where):
    """The objects themselves, by the plain Retrieve."""
    return rows(settings, "retrieve", kind, "--properties", names, "--where", where)


def which_sends_and_how_did_they_do(settings):
    found = rows(settings, "sends", "--since", "2026-10-20", "--until", "2026-11-17",
                 "--properties", "ID,Subject,NumberSent,OpenRate,ClickRate,BounceRate")
    truth = objects(settings, "Send", "ID,Subject,NumberSent,NumberDelivered,UniqueOpens,"
                    "UniqueClicks,HardBounces,SoftBounces,OtherBounces",
                    "SendDate >= '2026-10-20' AND SendDate < '2026-11-17'")
    truth.reverse()
    check([row["ID"] for row in found] == [row["ID"] for row in truth] and len(found) > 1,
          f"{found}")
    for row, send in zip(found, truth):
        bounces = sum(int(send[name]) for name in ("HardBounces", "SoftBounces", "OtherBounces"))
        for name, part, whole in (("OpenRate", int(send["UniqueOpens"]), "NumberDelivered"),
                                  ("ClickRate", int(send["UniqueClicks"]), "NumberDelivered"),
                                  ("BounceRate", bounces, "NumberSent")):
            check(row[name] == f"{100 * part / int(send[whole]):.2f}", f"{name}: {row} {send}")


def who_bounced_hard_and_why(settings):
    found = rows(settings, "events", "bounce", "--send", JOB, "--where", "EventType = 'HardBounce'",
                 "--properties", "SubscriberKey,BounceCategory,SMTPReason")
    hard = objects(settings, "Send", "HardBounces", f"ID = {JOB}")[0]["HardBounces"]
    check(len(found) == int(hard) and all(row["BounceCategory"] for row in found), f"{len(found)}")
    every = objects(settings, "BounceEvent", "SubscriberKey,BounceCategory,SMTPReason,EventType",
                    f"SendID = {JOB}")
    check(found == [{name: row[name] for name in found[0]} for row in every
                    if row["EventType"] == "HardBounce"], f"{found[:3]}")


def top_links(settings):
    found = rows(settings, "links", JOB, "--by", "clicks", "--limit", "3", "--properties",
                 "Link.Alias,Link.URL,Link.TotalClicks")
    clicks = collections.Counter(row["URL"] for row in objects(
        settings, "ClickEvent", "URL", f"SendID = {JOB}"))
    check([(row["Link.URL"], int(row["Link.TotalClicks"])) for row in found]
          == [(row["Link.URL"], clicks[row["Link.URL"]]) for row in found], f"{found} {clicks}")
    check(int(found[0]["Link.TotalClicks"]) == max(clicks.values()), f"{found} {clicks}")


def who_unsubscribed(settings):
    found = rows(settings, "events", "unsub", "--send", JOB, "--by", "time", "--properties",
                 "EventDate,SubscriberKey")
    count = objects(settings, "Send", "Unsubscribes", f"ID = {JOB}")[0]["Unsubscribes"]
    check(len(found) == int(count), f"{len(found)}, not {count}")
    every = objects(settings, "UnsubEvent", "EventDate,SubscriberKey", f"SendID = {JOB}")
    check(found == sorted(every, key=lambda row: row["EventDate"]), f"{found[:3]}")
    return found[0]["SubscriberKey"]


def one_subscriber(settings, key):
    found = rows(settings, "subscriber", key)
    check(any(row["EventType"] == "Unsubscribe" and row["SendID"] == JOB for row in found),
          f"{found}")
    sent = objects(settings, "SentEvent", "SendID", f"SubscriberKey = '{key}'")
    check(sorted(row["SendID"] for row in found if row["EventType"] == "Sent")
          == sorted(row["SendID"] for row in sent), f"{found}")
    text = ettrack(settings, "subscriber", key).decode()
    check("Status             Unsubscribed" in text, text[:400])


def two_sends(settings):
    found = {row["Statistic"]: row for row in rows(settings, "compare", JOB, "12043164")}
    for job in (JOB, "12043164"):
        send = objects(settings, "Send", "Subject,NumberSent,NumberDelivered,UniqueOpens,"
                       "UniqueClicks,Unsubscribes", f"ID = {job}")[0]
        for name in send:
            check(found[name][job] == send[name], f"{name} of {job}: {found[name]}")
        for name, part, whole in (("OpenRate", "UniqueOpens", "NumberDelivered"),
                                  ("ClickRate", "UniqueClicks", "NumberDelivered"),
                                  ("ClickToOpenRate", "UniqueClicks", "UniqueOpens"),
                                  ("UnsubscribeRate", "Unsubscribes", "NumberDelivered")):
            rate = 100 * int(send[part]) / int(send[whole])
            check(found[name][job] == f"{rate:.2f}", f"{name} of {job}: {found[name]}")


def the_summary_page(settings):
    """Seed 000: everything that it lists, from one command."""
    found = rows(settings, "send", JOB, "--counts")[0]
    for name in ("Duplicates", "InvalidAddresses", "HardBounces", "SoftBounces", "OtherBounces",
                 "ForwardedEmails", "UniqueClicks", "UniqueOpens", "NumberSent", "NumberDelivered",
                 "Unsubscribes", "MissingAddresses", "Subject", "PreviewURL", "SentDate"):
        truth = objects(settings, "Send", name, f"ID = {JOB}")[0]
        check(found[name] == truth[name], f"{name}: {found[name]}, not {truth[name]}")
    for name, kind in (("Links", "LinkSend"), ("Events.OpenEvent", "OpenEvent")):
        truth = objects(settings, kind, "SendID", f"SendID = {JOB}")
        check(int(found[name]) == len(truth), f"{name}: {found}")


def the_period_page(settings):
    """Seed 001: sends from a day on; the events of a window, each in it and none twice."""
    day = rows(settings, "events", "sent", "--since", "2026-11-10T10:02:00", "--until",
               "2026-11-10T10:03:00", "--properties", "EventDate,SendID,SubscriberKey,BatchID")
    whole = rows(settings, "events", "sent", "--send", JOB, "--properties",
                 "EventDate,SendID,SubscriberKey,BatchID")
    inside = [row for row in whole
              if "2026-11-10T10:02:00" <= row["EventDate"] < "2026-11-10T10:03:00"]
    check([row for row in day if row["SendID"] == JOB] == inside and inside, f"{len(day)}")


with Etsim() as simulator:
    settings = simulator.settings
    which_sends_and_how_did_they_do(settings)
    who_bounced_hard_and_why(settings)
    top_links(settings)
    one_subscriber(settings, who_unsubscribed(settings))
    two_sends(settings)
    the_summary_page(settings)
    the_period_page(settings)
