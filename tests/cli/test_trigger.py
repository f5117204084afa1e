"""A triggered send to one recipient or many: a line for each, with what became of it."""
import csv
import io
import os
import pathlib
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request

from canned import CLOSE, ENVELOPE, SILENCE, Canned, answer, response
from support import Etsim, check, environment, ettrack, on_terminal

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


TO = ["--to", "ann@example.com"]


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


def several(settings):
    """Each --to is a recipient, with all attributes."""
    code, out, err = run(settings, "welcome", *TO, "--to", "bob@example.com", "--format", "csv")
    check((code, rows_of(out)) == (0, [("ann@example.com", "OK"), ("bob@example.com", "OK")]),
          f"{code} {out} {err}")
    with Canned([created(2)]) as service:
        run(service.settings, "welcome", *TO, "--to", "bob@example.com", "--attribute", "City=Ulm")
        sent = service.requests[0].body.decode()
    check(sent.count(">Ulm<") == 2 and ">bob@example.com<" in sent, sent)


REASON = ("The subscriber cannot be sent to since the address has bounced hard before, which the "
          "list detective has noted; ask your representative for the reasons of that.")


def whole_reasons():
    """However narrow the terminal, a reason is never cut; nor is a word that nobody knows taken
    for a refusal."""
    result = ('<Results xsi:type="TriggeredSendCreateResult"><StatusCode>{}</StatusCode>'
              f"<StatusMessage>{REASON}</StatusMessage><OrdinalID>0</OrdinalID></Results>"
              "<RequestID>r</RequestID><OverallStatus>{}</OverallStatus>")
    with Canned([response("CreateResponse", result.format("Error", "Error"))]) as service:
        shown = on_terminal(service.settings, 80, ["trigger", "welcome", *TO], exit_code=1)
        check(f"ann@example.com: {REASON}" in shown and "Refused" in shown, shown)
        _, out, _ = run(service.settings, "welcome", *TO, "--format", "csv")
        check(next(csv.DictReader(io.StringIO(out)))["Message"] == REASON, out)
    with Canned([response("CreateResponse", result.format("Parked", "Error"))]) as service:
        code, out, err = run(service.settings, "welcome", *TO, "--format", "csv")
        row = next(csv.DictReader(io.StringIO(out)))
        check((code, row["Status"], row["Message"])
              == (3, "Unknown", f"StatusCode Parked: {REASON}"), f"{code} {out}")
        check("1 of 1 recipients are not confirmed" in err and "were refused" not in err, err)


def nobody_reads():
    """A reader that has gone does not make what was sent a mere failure."""
    with Canned([created(1)]) as service:
        reader, writer = os.pipe()
        os.close(reader)
        done = subprocess.run(["ettrack", "trigger", "welcome", *TO], stdout=writer, timeout=60,
                              env=environment(service.settings), stderr=subprocess.PIPE)
        os.close(writer)
    said = done.stderr.decode()
    check(done.returncode == 3 and "1 of 1 recipients, 1 of them accepted" in said,
          f"{done.returncode} {said}")


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


def created(count, overall="OK", results=None):
    """The answer to a request for so many recipients, with so many results."""
    result = ('<Results xsi:type="TriggeredSendCreateResult"><StatusCode>OK</StatusCode>'
              "<StatusMessage>x</StatusMessage><OrdinalID>{}</OrdinalID></Results>")
    return response("CreateResponse",
                    "".join(map(result.format, range(count if results is None else results)))
                    + "<RequestID>r</RequestID>"
                    + (f"<OverallStatus>{overall}</OverallStatus>" if overall else ""))


def more_results_than_recipients():
    """Beside one that was refused, they are named; without an OrdinalID none is guessed."""
    one = ('<Results xsi:type="TriggeredSendCreateResult"><StatusCode>{}</StatusCode>'
           "<StatusMessage>x</StatusMessage>{}</Results>")
    end = "<RequestID>r</RequestID><OverallStatus>Has Errors</OverallStatus>"
    ordinals = [one.format(code, f"<OrdinalID>{at}</OrdinalID>")
                for at, code in enumerate(("Error", "OK", "OK", "OK"))]
    for results, sent, status, word in (
            (ordinals, ["--to", "bob@example.com"], ["Refused", "OK"], "has 2 results more"),
            ([ordinals[0], ordinals[3]], [], ["Refused"], "has 1 results more"),
            ([one.format("OK", "")] * 3, ["--to", "bob@example.com"], ["Unknown", "Unknown"],
             "has 1 results more")):
        with Canned([response("CreateResponse", "".join(results) + end)]) as service:
            code, out, err = run(service.settings, "welcome", *TO, *sent, "--format", "csv")
            check(code == 3 and [row[1] for row in rows_of(out)] == status and word in err,
                  f"{code} {out} {err}")


def recipients(folder, count):
    path = pathlib.Path(folder, "many.csv")
    path.write_text("EmailAddress\n" + "".join(f"r{n}@example.com\n" for n in range(count)))
    return path


def attributes_go_out(folder):
    path = pathlib.Path(folder, "one.csv")
    path.write_text("EmailAddress,City,Empty\nann@example.com,Ulm,\n")
    with Canned([created(1)]) as service:
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
             "EmailAddress,\na@example.com,x\n": ":1: column 2 has no name",
             "EmailAddress,SubscriberKey,EmailAddress,City,City\na@b.c,k,d@e.f,x,y\n":
                 ":1: the column City is there twice",
             "EmailAddress,SubscriberKey,EmailAddress\na@b.c,k,d@e.f\n":
                 ":1: the column EmailAddress is there twice",
             "EmailAddress,City\na@b.c,x\na@b.c,U\x01lm\n": ":3: City 'U\\x01lm' cannot be sent",
             b"EmailAddress,City\na@b.c,U\xfclm\n": ":2: City 'U\\xfclm' cannot be sent",
             b"EmailAddress,SubscriberKey\na@b.c,\xc0\x80\n": ":2: SubscriberKey ",
             "EmailAddress,\x02\na@b.c,x\n": ":1: column 2 has a name that cannot be sent"}
    for text, expected in cases.items():
        path = pathlib.Path(folder, "wrong.csv")
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        code, out, err = run(settings, "welcome", "--from", path.name, folder=folder)
        check((code, out) == (2, "") and f"wrong.csv{expected}" in err, f"{text!r}: {code} {err}")
    for arguments, expected in ((["--to", "ann"], "--to takes an address"),
                                ([], "either --to ADDRESS or --from FILE"),
                                (["--to", "a@b.c", "--attribute", "x"],
                                 "takes NAME=VALUE, not 'x'"),
                                (["--from", "x", "--key", "k"], "--key belongs to --to"),
                                ([*TO, "--attribute", "City=1", "--attribute", "Town=1",
                                  "--attribute", "City=2"], "--attribute gives City twice"),
                                ([*TO, "--attribute", "City=U\x01lm"], "'City=U\\x01lm' cannot be"),
                                ([*TO, "--attribute", b"City=U\xfclm"], "U\\xfclm' cannot be"),
                                ([*TO, "--to", "bob@example.com", "--key", "b"],
                                 "--key is of one recipient, and --to names 2"),
                                ([*TO, *TO], "--to names ann@example.com twice"),
                                ([*TO, "--key", "\x02"], "--key '\\x02' cannot be sent"),
                                (["--from", recipients(folder, 1), "--attribute",
                                  "EmailAddress=x"], "a column EmailAddress, and --attribute")):
        code, out, err = run(settings, "welcome", *arguments)
        check((code, out) == (2, "") and expected in err, f"{arguments}: {code} {err}")


def not_over_itself(settings, folder):
    """The record does not replace the recipients."""
    path = recipients(folder, 2)
    pathlib.Path(folder, "link.csv").symlink_to(path)
    for record in (path, pathlib.Path(folder, "link.csv")):
        for source in (str(path), "-"):
            with open(path, "rb") as stdin:
                done = subprocess.run(["ettrack", "trigger", "welcome", "--from", source, "-o",
                                       record], env=environment(settings), stdin=stdin,
                                      capture_output=True, timeout=60)
            check(done.returncode == 2 and b"is the file of --from" in done.stderr, f"{done}")
    check(path.read_text().startswith("EmailAddress\n"), "it was replaced")


def twice(settings, folder):
    """A recipient may come again with another key or attribute alone."""
    path = pathlib.Path(folder, "twice.csv")
    start = "EmailAddress,SubscriberKey,City\na@b.c,a,Ulm\na@b.c,b,Ulm\na@b.c,a,Bonn\na@b.c,a,\n"
    path.write_text(start)
    code, out, err = run(settings, "welcome", "--from", path, "--format", "csv")
    check((code, len(rows_of(out))) == (0, 4), f"{code} {out} {err}")
    path.write_text(start + "d@b.c,,x\na@b.c,a,Ulm\nd@b.c,,x\n")
    code, out, err = run(settings, "welcome", "--from", path.name, folder=folder)
    check((code, out) == (2, "") and "twice.csv:7: a@b.c is the recipient of line 2 again" in err,
          f"{code} {out} {err}")


def lost_answer(folder):
    """What may have been carried out is said to be of unknown fate, and not sent again."""
    path = recipients(folder, 60)
    with Etsim("--fault", "Create,from=3:close") as simulator:
        define(simulator, "welcome")
        code, out, err = run(simulator.settings, "welcome", "--from", path, "--format", "csv")
    found = [status for _, status in rows_of(out)]
    check(code == 3 and found == ["OK"] * 50 + ["Unknown"] * 10, f"{code} {found} {err}")
    check("10 of 60 recipients are not confirmed" in err, err)
    check("look with ettrack events sent,notsent --triggered-send welcome" in err, err)
    check("try again" not in err, err)


def look_with_all_of_it():
    """The command that is told has what decides where it looks, and a shell takes it as it is."""
    with Canned([[CLOSE]]) as service:
        err = run(service.settings, "it's a & b", *TO, "--mid", "10002", "--endpoint",
                  service.settings["ETSOAP_ENDPOINT"], "--format", "csv")[2]
    check("look with ettrack events sent,notsent --triggered-send 'it'\\''s a & b' --since 1d "
          f"--mid 10002 --endpoint {service.settings['ETSOAP_ENDPOINT']}\n" in err, err)


def unconfirmed(folder):
    """What the answer does not confirm is no success, and neither is what it calls an error."""
    for overall, results, expected, said in (
            ("OK", 2, ["OK"] * 2 + ["Unknown"],
             "1 of 3 recipients are not confirmed: whether they were sent to is not known; the "
             "service says OK of all"),
            ("Has Errors", 2, ["OK"] * 2 + ["Unknown"], "the service says Has Errors of all"),
            ("Error", 3, ["OK"] * 3, "the service says Error of all"),
            ("Has Errors", 3, ["OK"] * 3, "the service says Has Errors of all"),
            (None, 3, ["OK"] * 3, "whether it was carried out is not known")):
        with Canned([created(3, overall, results)]) as service:
            code, out, err = run(service.settings, "welcome", "--from", recipients(folder, 3),
                                 "--format", "csv")
        found = [status for _, status in rows_of(out)]
        check(code == 3 and found == expected and said in err, f"{overall}: {code} {found} {err}")


def faults():
    """The service's own failure leaves open what it did; a request that it finds wrong does not."""
    for code, status, expected in (("Server", "Unknown", 3), ("Client", "NotSent", 1)):
        fault = ENVELOPE.format(f"<soap:Fault><faultcode>soap:{code}</faultcode>"
                                "<faultstring>Execution Timeout Expired</faultstring></soap:Fault>")
        with Canned([[answer(fault, status=500)]]) as service:
            done, out, err = run(service.settings, "welcome", *TO, "--format", "csv")
        check((done, rows_of(out)) == (expected, [("ann@example.com", status)]),
              f"{code}: {done} {out} {err}")


def a_line_for_each(folder):
    """The second of three requests fails: those of the third have a line as well."""
    path, record = recipients(folder, 120), pathlib.Path(folder, "record.csv")
    with Canned([created(50), [CLOSE]]) as service:
        code, out, err = run(service.settings, "welcome", "--from", path, "--format", "csv")
        check(len(service.requests) == 2, f"{len(service.requests)} requests")
    found = [status for _, status in rows_of(out)]
    check(code == 3 and found == ["OK"] * 50 + ["Unknown"] * 50 + ["NotSent"] * 20,
          f"{code} {found} {err}")
    check("20 of 120 recipients were not sent to" in err, err)
    with Etsim("--fault", "Create,from=3:login-failed") as simulator:
        define(simulator, "welcome")
        code, out, err = run(simulator.settings, "welcome", "--from", path, "--format", "csv",
                             "-o", record)
    found = [status for _, status in rows_of(record.read_text())]
    check(code == 3 and found == ["OK"] * 50 + ["NotSent"] * 70, f"{code} {found} {err}")


def stopped(folder):
    """Ctrl-C while the second answer is awaited: its recipients may have been sent to."""
    with Canned([created(50), [SILENCE]]) as service:
        process = subprocess.Popen(
            ["ettrack", "trigger", "welcome", "--from", recipients(folder, 120), "--format", "csv"],
            env=environment(service.settings), stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        deadline = time.monotonic() + 30
        while len(service.requests) < 2:
            check(time.monotonic() < deadline and process.poll() is None, "nothing is sent")
            time.sleep(0.05)
        process.send_signal(signal.SIGTERM)
        out, err = process.communicate(timeout=30)
    found = [status for _, status in rows_of(out.decode())]
    check(process.returncode == 3, f"{process.returncode} {err!r}")
    check(found == ["OK"] * 50 + ["Unknown"] * 50 + ["NotSent"] * 20, f"{found} {err!r}")


def no_record(folder):
    """Nothing more is sent when the lines do not get through."""
    path = recipients(folder, 120)
    for form in ("csv", "xml", "table", "json"):
        with Canned([created(50)]) as service:
            code, _, err = run(service.settings, "welcome", "--from", path, "--format", form,
                               "-o", "/dev/full")
            check(len(service.requests) == 1, f"{form}: {len(service.requests)} requests")
        check(code == 3 and "/dev/full: No space left" in err, f"{form}: {code} {err}")
        check("sending stopped after 50 of 120 recipients, 50 of them accepted: /dev/full" in err,
              f"{form}: {err}")


with Etsim() as simulator, tempfile.TemporaryDirectory() as folder:
    define(simulator, "welcome")
    one(simulator.settings)
    several(simulator.settings)
    whole_reasons()
    more_results_than_recipients()
    nobody_reads()
    many(simulator.settings, folder)
    checked_first(simulator.settings, folder)
    not_over_itself(simulator.settings, folder)
    twice(simulator.settings, folder)
    attributes_go_out(folder)
    lost_answer(folder)
    look_with_all_of_it()
    unconfirmed(folder)
    faults()
    a_line_for_each(folder)
    stopped(folder)
    no_record(folder)
