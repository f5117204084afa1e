"""One-to-one triggered sends, all the way: what the account needs, a message, its events; and the
requests beside those of the service's documentation, where that is at hand."""
import os
import pathlib
import re
import subprocess
import tempfile
from xml.etree import ElementTree

from canned import retrieve_answer
from support import Etsim, check, environment, ettrack, rows

KEY, VALUE = "API Example for Send Logging", "111-111-2323123-21312321-213213"
SEED = pathlib.Path(__file__).parents[3] / "shared/seeds/002_c60ecc6c34a20e4d.txt"
SOAP_BODY = re.compile(r"\{[^}]*\}Body$")


def setup(settings, *more):
    return [row["Outcome"] for row in rows(settings, "oneone", "setup", KEY, *more)]


def said(settings, *arguments, exit_code, stdout=subprocess.PIPE):
    done = subprocess.run(["ettrack", "oneone", *arguments], env=environment(settings),
                          stdin=subprocess.DEVNULL, stdout=stdout, stderr=subprocess.PIPE,
                          timeout=60)
    check(done.returncode == exit_code, f"{arguments}: {done.returncode} {done.stderr.decode()}")
    check("try again" not in done.stderr.decode(), done.stderr.decode())
    return done.stderr.decode()


def account(settings):
    """What a setup may change."""
    return [rows(settings, "retrieve", kind, "--properties", names) for kind, names in (
        ("DataExtension", "CustomerKey"), ("DataExtensionField", "Name,DataExtension.CustomerKey"),
        ("TriggeredSendDefinition", "CustomerKey,TriggeredSendStatus"))]


def nothing_begun(settings):
    """What could not be ended is not begun."""
    before = account(settings)
    logs = ["--attribute", "Order", "--send-log", "New log"]
    for arguments, code, word in (
            ([KEY, *logs], 1, "--email-id ID"),
            ([KEY, *logs, "--email-id", "999"], 1, "no email with the ID 999"),
            ([KEY, "--attribute", "Order", "--send-log", before[0][0]["CustomerKey"], "--email-id",
              "3099000"], 2, "is no send log: it has no column JobID BatchID SubscriberID"),
            *(([KEY, "--attribute", name, "--email-id", "3099000"], 2,
               f"the attribute {name} is the service's own: expected a name such as UniqueID")
              for name in ("JobID", "batchid", "SubscriberID", "ListID", "TriggeredSendID",
                           "ErrorCode", "EmailAddress", "email address", "SUBSCRIBERKEY"))):
        with tempfile.TemporaryDirectory() as folder:
            message = said(settings, "setup", *arguments, "--trace", folder, exit_code=code)
            check(word in message, message)
            written = [file.name for file in pathlib.Path(folder).rglob("*")
                       if re.search("Configure|Create|Update", file.name)]
        check(written == [] and account(settings) == before, f"{arguments}: {written}")


def prepare(settings):
    nothing_begun(settings)
    check(setup(settings, "--email-id", "3099000") ==
          ["created", "column added", "created", "started"], "the first time")
    check(setup(settings) == ["there already", "there already", "logging set", "running already"],
          "the second time")
    columns = [row["Name"] for row in rows(
        settings, "retrieve", "DataExtensionField", "--properties", "Name", "--where",
        "DataExtension.CustomerKey = 'SendLog'")]
    check({"JobID", "BatchID", "SubscriberID", "UniqueID"} <= set(columns), f"{columns}")
    other = rows(settings, "oneone", "setup", KEY, "--attribute", "Order")
    check([row["Outcome"] for row in other][:2] == ["created", "column added"], f"{other}")


def messages(settings):
    first = rows(settings, "oneone", "send", KEY, "--to", "ann@example.com", "--key", "ann")[0]
    check(re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", first["Value"]), f"{first}")
    rows(settings, "oneone", "send", KEY, "--to", "help@example.com", "--value", VALUE)
    log = rows(settings, "retrieve", "DataExtensionObject[SendLog]", "--where",
               f"UniqueID = '{VALUE}'")[0]
    ettrack(settings, "unsub", "--subscriber-id", log["SubscriberID"], "--send", log["JobID"])
    for flat in ([], ["--additional-operands"]):
        found = rows(settings, "oneone", "track", VALUE, *flat)
        check([row["EventType"] for row in found] == ["Sent", "Unsubscribe"], f"{found}")
        check({(row["SendID"], row["BatchID"], row["SubscriberKey"]) for row in found}
              == {(log["JobID"], log["BatchID"], "help@example.com")}, f"{found} {log}")
    every = rows(settings, "events", "sent,unsub", "--send", log["JobID"], "--by", "time",
                 "--where", f"SubscriberID = {log['SubscriberID']}")
    check([row["EventDate"] for row in found] == [row["EventDate"] for row in every], f"{every}")
    one = rows(settings, "oneone", "track", first["Value"], "--events", "sent,open")
    check([row["SubscriberKey"] for row in one] == ["ann"], f"{one}")


def refused(settings):
    ettrack(settings, "oneone", "send", KEY, "--to", "no address", exit_code=2)
    ettrack(settings, "oneone", "send", "no-such", "--to", "ann@example.com", exit_code=1)
    ettrack(settings, "oneone", "send", KEY, exit_code=2)
    ettrack(settings, "oneone", "track", "no-such", exit_code=1)
    ettrack(settings, "oneone", "track", VALUE, "--events", "opne", exit_code=2)
    ettrack(settings, "oneone", "sent", KEY, exit_code=2)
    ettrack(settings, "oneone", "track", "", exit_code=2)
    ettrack(settings, "oneone", "send", KEY, "--to", "ann@example.com", "--value", "", exit_code=2)


def of_another_step(settings):
    """What a step does not take, and what cannot be sent."""
    to = ["--to", "a@example.com"]
    for arguments, word in (
            (["setup", KEY, "--value", "x", *to], "--to belongs to ettrack oneone send, not to "),
            (["setup", KEY, "--again"], "--again belongs to ettrack oneone send, not to setup"),
            (["setup", KEY, "--wait", "5"], "--wait belongs to ettrack oneone track"),
            (["send", KEY, *to, "--email-id", "3"], "--email-id belongs to ettrack oneone setup"),
            (["send", KEY, *to, "--events", "open"], "--events belongs to ettrack oneone track"),
            (["track", VALUE, "--name", "x"], "--name belongs to ettrack oneone setup"),
            (["track", VALUE, "--key", "x"], "--key belongs to ettrack oneone send, not to track"),
            (["sent", KEY, *to], "takes setup, send or track, not 'sent'"),
            (["send", KEY, "--to", "nobody"], "--to takes an address such as ann@example.com, not "
             "'nobody'"),
            (["send", KEY, *to, "--key", "\x02"], "--key '\\x02' cannot be sent"),
            (["send", KEY, *to, "--value", "\x02"], "--value '\\x02' cannot be sent")):
        message = said(settings, *arguments, exit_code=2)
        check(word in message, message)


def sent_twice(settings):
    """The log is looked into before a value goes out again; both of its messages can be found."""
    again = ["send", KEY, "--to", "ann@example.com", "--value", VALUE]
    log = rows(settings, "retrieve", "DataExtensionObject[SendLog]", "--where",
               f"UniqueID = '{VALUE}'")
    message = said(settings, *again, exit_code=1)
    check(f"not sent: the send log has 1 message of UniqueID '{VALUE}' (JobID {log[0]['JobID']}"
          in message and "--again" in message, message)
    check(len(rows(settings, "oneone", "track", VALUE, "--events", "sent")) == 1, "it was sent")
    rows(settings, "oneone", *again, "--again")
    found = rows(settings, "oneone", "track", VALUE, "--events", "sent")
    check([row["SubscriberKey"] for row in found] == ["help@example.com", "ann@example.com"],
          f"{found}")
    for value, shown in (("x" * 60, "x" * 60), ("x" * 61, "x" * 60 + "..."),
                         ("x" * 59 + "é", "x" * 59 + "...")):
        message = said(settings, "track", value, exit_code=1)
        check(f"no message with UniqueID '{shown}' in" in message, message)
    ettrack(settings, "oneone", "send", KEY, "--to", "ann@example.com", "--value", "y" * 61)
    message = said(settings, "send", KEY, "--to", "ann@example.com", "--value", "y" * 61,
                   exit_code=1)
    check(f"1 message of UniqueID '{'y' * 60}...' (JobID" in message, message)
    check("2 messages have UniqueID" in said(settings, "track", VALUE, exit_code=0), "nothing said")


def sent_and_not_told():
    """A message that went out, or may have, is no failure that asks to be repeated."""
    send = ["send", "sign-up", "--to", "ann@example.com", "--value", "order-1"]
    with Etsim("--fault", "Create,call=1:truncate=300") as simulator:
        for more in ([], ["--again"]):
            message = said(simulator.settings, *send, *more, exit_code=1)
            check("nothing was sent: the send log SendLog is not ready for UniqueID, which ettrack "
                  "oneone setup sign-up sees to" in message, message)
        ettrack(simulator.settings, "oneone", "setup", "sign-up")
        message = said(simulator.settings, *send, exit_code=3)
        check("whether the message went out is not known" in message
              and "ettrack oneone track order-1" in message, message)
    with Etsim() as simulator:
        ettrack(simulator.settings, "oneone", "setup", "sign-up")
        reader, writer = os.pipe()
        os.close(reader)
        for value, where, more in (("order-1", writer, []), ("order-2", None, ["-o", "/dev/full"])):
            message = said(simulator.settings, *send[:-1], value, *more, exit_code=3,
                           stdout=where or subprocess.PIPE)
            check(f"the message was sent, with UniqueID '{value}'" in message, message)
            found = rows(simulator.settings, "oneone", "track", value, "--events", "sent")
            check(len(found) == 1, f"{found}")
        os.close(writer)
    with Etsim("--fault", "Create,call=1:truncate=300") as simulator:
        logs = ["--attribute", "Order no", "--send-log", "SendLog"]
        ettrack(simulator.settings, "oneone", "setup", "sign-up", *logs)
        message = said(simulator.settings, *send[:-1], "a b", *logs, exit_code=3)
        command = "ettrack oneone track --attribute 'Order no' --send-log SendLog 'a b'"
        check(f"look, a while later, with {command}\n" in message, message)
        check(subprocess.run(["sh", "-c", command], env=environment(simulator.settings),
                             capture_output=True, timeout=60).returncode == 0, command)
    with Etsim("--fault", "Create,call=1:login-failed") as simulator:
        ettrack(simulator.settings, "oneone", "setup", "sign-up")
        said(simulator.settings, *send, exit_code=1)
    with Etsim("--fault", "Configure,call=1:truncate=300") as simulator:
        message = said(simulator.settings, "setup", "sign-up", exit_code=3)
        check("run the same command again, what is there already stays" in message, message)
        ettrack(simulator.settings, "oneone", "setup", "sign-up")


# --- the documentation's envelopes ---------------------------------------------------------------

def content(element):
    """What an element says: names, types and text. Empty Options and nil ObjectIDs say nothing; the
    sample that puts text into DateValue is wrong."""
    name = element.tag.rsplit("}")[-1]
    inside = [content(child) for child in element]
    kind = next((value.rsplit(":")[-1] for key, value in element.attrib.items()
                 if key.endswith("}type")), None)
    inside = [one for one in inside if one[0] not in ("Options", "ObjectID") or one[2] or one[3]]
    return ("Value" if name == "DateValue" else name, kind, (element.text or "").strip(), inside)


def bodies(text):
    for envelope in re.findall(r"<[\w-]+:Envelope.*?</[\w-]+:Envelope>", text, re.S):
        root = ElementTree.fromstring(re.sub(r"<!--.*?-->", "", envelope, flags=re.S))
        yield content(next(e for e in root.iter() if SOAP_BODY.search(e.tag))[0])


def traced(settings, folder):
    """The envelopes of all steps, and the row of the send log."""
    trace = ["--trace", str(folder)]
    ettrack(settings, "oneone", "setup", KEY, "--email-id", "3099626", "--classification", "2239",
            "--name", "API Example for Send Logging", *trace)
    ettrack(settings, "oneone", "send", KEY, "--to", "help@example.com", "--value", VALUE, *trace)
    ettrack(settings, "oneone", "track", VALUE, "--additional-operands", *trace)
    log = rows(settings, "retrieve", "DataExtensionObject[SendLog]", "--where",
               f"UniqueID = '{VALUE}'")[0]
    return [body for file in folder.rglob("*") if file.is_file()
            for body in bodies(file.read_text())], log


def as_documented():
    """Every envelope of the documentation goes out, with its names and values: with a send log that
    lacks the column, and without one."""
    with tempfile.TemporaryDirectory() as folder:
        email = pathlib.Path(folder, "email.xml")
        email.write_text(retrieve_answer("Email", [{"ID": 3099626, "Name": "Orders"}]))
        with Etsim("--data", "none", "--load", email) as bare, Etsim("--load", email) as whole:
            sent, log = traced(bare.settings, pathlib.Path(folder, "bare"))
            sent += traced(whole.settings, pathlib.Path(folder, "whole"))[0]
    for name, wanted in zip(("Configure", "Update", "Create", "Create", "Create", "Retrieve",
                             "Retrieve"), bodies(SEED.read_text())):
        text = repr(wanted)
        for old, new in (("10980375", log["JobID"]), ("'5'", repr(log["BatchID"])),
                         ("199672583", log["SubscriberID"])):
            text = text.replace(old, new)
        check(name in text, text)
        if "SentEvent" in text:  # any event, whatever else is asked of it
            text = re.search(r"\('Filter'.*", text)[0].rstrip(")]")
            check(any(text in repr(one) and "SentEvent" in repr(one) for one in sent), text)
        else:
            check(any(without_names(text) == without_names(repr(one)) for one in sent),
                  f"{text}\nis not among\n" + "\n".join(map(repr, sent)))


def without_names(text):
    """The sample's name of the definition differs from its key by a letter; order is the
    contract's."""
    return sorted(re.findall(r"[\w.-]+", text.replace("SendLogging", "Send Logging")))


def another_send_log():
    """The service writes to one of several, and does not say to which."""
    with Etsim() as simulator:
        settings, new = simulator.settings, [KEY, "--email-id", "3099000"]
        check(said(settings, "setup", *new, exit_code=0) == "", "there is but one")
        message = said(settings, "setup", KEY, "--send-log", "Other", exit_code=0)
        check("ettrack: the account has SendLog as a send log beside Other, and the service writes "
              "to one of them" in message, message)
        check(said(settings, "setup", KEY, "--send-log", "Other", "--quiet", exit_code=0) == "",
              "--quiet")


another_send_log()
with Etsim() as simulator:
    prepare(simulator.settings)
    messages(simulator.settings)
    refused(simulator.settings)
    of_another_step(simulator.settings)
    sent_twice(simulator.settings)
sent_and_not_told()
if SEED.exists():
    as_documented()
