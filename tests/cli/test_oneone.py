"""One-to-one triggered sends, all the way: what the account needs, a message, its events; and the
requests beside those of the service's documentation, where that is at hand."""
import csv
import io
import pathlib
import re
import tempfile
from xml.etree import ElementTree

from support import Etsim, check, ettrack

KEY, VALUE = "API Example for Send Logging", "111-111-2323123-21312321-213213"
SEED = pathlib.Path(__file__).parents[3] / "shared/seeds/002_c60ecc6c34a20e4d.txt"
SOAP_BODY = re.compile(r"\{[^}]*\}Body$")


def rows(settings, *arguments, **more):
    text = ettrack(settings, *arguments, "--format", "csv", **more).decode()
    return list(csv.DictReader(io.StringIO(text)))


def setup(settings, *more):
    return [row["Outcome"] for row in rows(settings, "oneone", "setup", KEY, *more)]


def prepare(settings):
    ettrack(settings, "oneone", "setup", KEY, exit_code=3)  # without an email to make it of
    check(setup(settings, "--email-id", "3099000") ==
          ["there already", "there already", "created", "started"], "the first time")
    check(setup(settings) == ["there already", "there already", "updated", "running already"],
          "the second time")
    columns = [row["Name"] for row in rows(
        settings, "retrieve", "DataExtensionField", "--properties", "Name", "--where",
        "DataExtension.CustomerKey = 'SendLog'")]
    check({"JobID", "BatchID", "SubscriberID", "UniqueID"} <= set(columns), f"{columns}")
    other = rows(settings, "oneone", "setup", KEY, "--attribute", "Order")
    check([row["Outcome"] for row in other][:2] == ["created", "updated"], f"{other}")


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
    ettrack(settings, "oneone", "send", KEY, "--to", "no address", exit_code=1)
    ettrack(settings, "oneone", "send", "no-such", "--to", "ann@example.com", exit_code=1)
    ettrack(settings, "oneone", "send", KEY, exit_code=2)
    ettrack(settings, "oneone", "track", "no-such", exit_code=1)
    ettrack(settings, "oneone", "track", VALUE, "--events", "opne", exit_code=2)
    ettrack(settings, "oneone", "sent", KEY, exit_code=2)
    ettrack(settings, "oneone", "send", KEY, "--to", "ann@example.com", "--value", VALUE)
    ettrack(settings, "oneone", "track", VALUE, exit_code=2)  # two messages of one value


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
    with tempfile.TemporaryDirectory() as folder, Etsim("--data", "none") as bare, \
            Etsim() as whole:
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


with Etsim() as simulator:
    prepare(simulator.settings)
    messages(simulator.settings)
    refused(simulator.settings)
if SEED.exists():
    as_documented()
