"""A triggered send to one recipient or many: a line for each, with what became of it."""
import csv
import io
import pathlib
import subprocess
import sys
import tempfile
import urllib.request

from canned import Canned, response
from support import Etsim, check, environment, ettrack

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent / "etsim"))
from etsim_client import ET_NS, envelope  # noqa: E402


def post(simulator, action, body):
    request = urllib.request.Request(
        simulator.endpoint, envelope(body).encode(),
        {"Content-Type": "text/xml; charset=utf-8", "SOAPAction": f'"{action}"'})
    with urllib.request.urlopen(request, timeout=30) as answer:
        text = answer.read().decode()
    check("<OverallStatus>OK<" in text, text)


def define(simulator, key):
    definition = (f'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
                  f'xsi:type="TriggeredSendDefinition"><CustomerKey>{key}</CustomerKey>')
    post(simulator, "Create",
         f'<CreateRequest xmlns="{ET_NS}"><Options/><Objects {definition}<Name>x</Name>'
         "<Email><ID>3099023</ID></Email></Objects></CreateRequest>")
    post(simulator, "Perform",
         f'<PerformRequestMsg xmlns="{ET_NS}"><Options/><Action>start</Action><Definitions>'
         f"<Definition {definition}</Definition></Definitions></PerformRequestMsg>")


def run(settings, *arguments, folder=None, stdin=None):
    done = subprocess.run(["ettrack", "trigger", *arguments], env=environment(settings),
                          input=stdin, cwd=folder, capture_output=True, timeout=60)
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def rows_of(text):
    return [(row["EmailAddress"], row["Status"]) for row in csv.DictReader(io.StringIO(text))]


def one(settings):
    code, out, err = run(settings, "welcome", "--to", "ann@example.com", "--key", "ann",
                         "--format", "csv")
    check((code, rows_of(out), err) == (0, [("ann@example.com", "OK")], ""), f"{code} {out} {err}")
    events = ettrack(settings, "events", "sent", "--subscriber", "ann", "--format", "csv")
    check(events.count(b"\n") == 2, f"no event: {events}")
    code, out, err = run(settings, "nothing", "--to", "ann@example.com", "--format", "csv")
    check(code == 1 and rows_of(out) == [("ann@example.com", "Refused")], f"{code} {out}")
    check("1 of 1 recipients were refused" in err, err)


def many(settings, folder):
    path = pathlib.Path(folder, "recipients.csv")
    lines = ["\ufeffEmailAddress,City,SubscriberKey"]
    lines += [f'r{n}@example.com,"Ulm, ""am"" See",key-{n}' for n in range(120)]
    lines[60] = "r59@bad,x,"  # the service refuses this one
    path.write_text("\r\n".join(lines) + "\r\n", encoding="utf-8", newline="")
    code, out, err = run(settings, "welcome", "--from", path, "--format", "csv")
    found = rows_of(out)
    check(len(found) == 120 and [address for address, _ in found[:2]] ==
          ["r0@example.com", "r1@example.com"], f"{len(found)} rows")
    refused = [address for address, status in found if status != "OK"]
    check(code == (3 if refused else 0), f"{code}: {refused} {err}")
    check(refused == ["r59@bad"], f"{refused}")
    code, out, _ = run(settings, "welcome", "--from", "-", "--format", "csv",
                       stdin=b"EmailAddress\nz@example.com\n")
    check((code, rows_of(out)) == (0, [("z@example.com", "OK")]), f"{code} {out}")


def attributes_go_out(folder):
    path = pathlib.Path(folder, "one.csv")
    path.write_text("EmailAddress,City,Empty\nann@example.com,Ulm,\n")
    answer = response("CreateResponse", '<Results xsi:type="TriggeredSendCreateResult"><StatusCode>'
                      "OK</StatusCode><StatusMessage>x</StatusMessage><OrdinalID>0</OrdinalID>"
                      "</Results><RequestID>r</RequestID><OverallStatus>OK</OverallStatus>")
    with Canned([answer]) as service:
        run(service.settings, "welcome", "--from", path, "--attribute", "Plan=a=b", "--mid",
            "10002")
        sent = service.requests[0].body.decode()
    for part in (">City<", ">Ulm<", ">Plan<", ">a=b<", ">welcome<", ">10002<"):
        check(part in sent, f"no {part} in {sent}")
    check("Empty" not in sent, sent)


def checked_first(settings, folder):
    """Nothing is sent when anything in the file is wrong."""
    cases = {"EmailAddress,City\na@example.com\n": ":2: 1 fields, and the header has 2",
             "EmailAddress\na@example.com\nnobody\n": ":3: 'nobody' is no address",
             'EmailAddress,City\na@example.com,"Ulm\n': ":2: a quoted field has no end",
             'EmailAddress,City\na@example.com,"Ulm"x\n': ":2: text follows a quoted field",
             "Address\na@example.com\n": ":1: there is no column EmailAddress",
             "EmailAddress\n": " has a header and no recipients", "": ":1: nothing is in it",
             "EmailAddress,\na@example.com,x\n": ":1: column 2 has no name"}
    for text, expected in cases.items():
        path = pathlib.Path(folder, "wrong.csv")
        path.write_text(text)
        code, out, err = run(settings, "welcome", "--from", path.name, folder=folder)
        check((code, out) == (2, "") and f"wrong.csv{expected}" in err, f"{text!r}: {code} {err}")
    for arguments, expected in ((["--to", "ann"], "--to takes an address"),
                                ([], "either --to ADDRESS or --from FILE"),
                                (["--to", "a@b.c", "--attribute", "x"],
                                 "takes NAME=VALUE, not 'x'"),
                                (["--from", "x", "--key", "k"], "--key belongs to --to")):
        code, out, err = run(settings, "welcome", *arguments)
        check((code, out) == (2, "") and expected in err, f"{arguments}: {code} {err}")


def lost_answer(folder):
    """What may have been carried out is said to be of unknown fate, and not sent again."""
    path = pathlib.Path(folder, "lost.csv")
    path.write_text("EmailAddress\n" + "".join(f"r{n}@example.com\n" for n in range(60)))
    with Etsim("--fault", "Create,from=3:close") as simulator:
        define(simulator, "welcome")
        code, out, err = run(simulator.settings, "welcome", "--from", path, "--format", "csv")
    found = [status for _, status in rows_of(out)]
    check(code == 3 and found == ["OK"] * 50 + ["Unknown"] * 10, f"{code} {found} {err}")


with Etsim() as simulator, tempfile.TemporaryDirectory() as folder:
    define(simulator, "welcome")
    one(simulator.settings)
    many(simulator.settings, folder)
    checked_first(simulator.settings, folder)
    attributes_go_out(folder)
    lost_answer(folder)
