"""What the service says of itself: describe, status, and objects of any type."""
import csv
import io
import json
import subprocess

from canned import Canned, response, retrieve_answer, rows_answer
from support import check, environment, ettrack

PROPERTY = ("<Properties><PartnerKey xsi:nil=\"true\"/><Name>{}</Name><DataType>{}</DataType>"
            "<IsRetrievable>{}</IsRetrievable></Properties>")
STATUS = ("<Results><Result><StatusCode>OK</StatusCode><StatusMessage>fine</StatusMessage>"
          "<SystemStatus>{}</SystemStatus></Result></Results><OverallStatus>OK</OverallStatus>"
          "<RequestID>r</RequestID>")


def description(object_type, *properties):
    return response("DefinitionResponseMsg",
                    f"<ObjectDefinition><ObjectType>{object_type}</ObjectType>"
                    + "".join(PROPERTY.format(*values) for values in properties)
                    + "</ObjectDefinition><RequestID>r</RequestID>")


def describe():
    answers = [description("Send", ("ID", "Int32", "true"), ("List", "List", "false")),
               description("Link", ("URL", "String", "true")),
               response("DefinitionResponseMsg", "<RequestID>r</RequestID>")]
    with Canned(answers) as service:
        done = subprocess.run(
            ["ettrack", "describe", "Send", "Link", "Lnik", "--format", "csv", "--properties",
             "ObjectType,Name,DataType,IsRetrievable"], env=environment(service.settings),
            capture_output=True, timeout=60)
    rows = list(csv.reader(io.StringIO(done.stdout.decode(), newline="")))
    check(rows[1:] == [["Send", "ID", "Int32", "true"], ["Send", "List", "List", "false"],
                       ["Link", "URL", "String", "true"]], f"rows {rows}")
    check(done.returncode == 3, f"exit code {done.returncode}, expected 3")
    check(b"no object type Lnik" in done.stderr, repr(done.stderr))
    first, second = (request.body for request in service.requests[:2])
    check(b"Send" in first and b"Link" in second, "what was asked")


def status():
    for text, code in (("OK", 0), ("InMaintenance", 1), ("UnplannedOutage", 1)):
        with Canned([response("SystemStatusResponseMsg", STATUS.format(text))]) as service:
            found = ettrack(service.settings, "status", "--format", "ndjson", exit_code=code)
        row = json.loads(found)
        check(row == {"SystemStatus": text, "StatusCode": "OK", "StatusMessage": "fine"}, f"{row}")


def several_statuses():
    """All results count, and the worst is said."""
    result = ("<Result><StatusCode>OK</StatusCode><StatusMessage>{}</StatusMessage>{}</Result>")
    up = result.format("fine", "<SystemStatus>OK</SystemStatus>")
    for others, code, said in (
            ((up,), 0, b""),
            ((result.format("until noon", "<SystemStatus>InMaintenance</SystemStatus>"),), 1,
             b"the service is not up: InMaintenance\n"),
            ((result.format("slow", "<SystemStatus>Degraded</SystemStatus>"),
              result.format("gone", "<SystemStatus>UnplannedOutage</SystemStatus>"),
              result.format("until noon", "<SystemStatus>InMaintenance</SystemStatus>"), up), 1,
             b"the service is not up: UnplannedOutage\n"),
            ((result.format("slow", "<SystemStatus>Degraded</SystemStatus>"),), 1,
             b"the service is not up: Degraded\n"),
            ((result.format("", '<SystemStatus xsi:nil="true"/>'),), 1,
             b"the service does not say whether it is up")):
        answer = response("SystemStatusResponseMsg",
                          f"<Results>{up}{''.join(others)}</Results><OverallStatus>OK"
                          "</OverallStatus><RequestID>r</RequestID>")
        with Canned([answer]) as service:
            done = subprocess.run(["ettrack", "status", "--format", "ndjson"], timeout=60,
                                  env=environment(service.settings), capture_output=True)
        check(done.returncode == code, f"{others}: exit code {done.returncode}, expected {code}")
        check(done.stdout.count(b"\n") == 1 + len(others), repr(done.stdout))
        check(done.stderr.count(b"the service") == bool(code) and said in done.stderr,
              repr(done.stderr))


def data_extension_rows():
    column = "<Property><Name>{}</Name><Value>{}</Value></Property>"
    row = column.format("Job ID", "0012") + column.format("When", "8/9/2026 1:02:03 PM")
    with Canned([rows_answer("DataExtensionObject", f"<Properties>{row}</Properties>")]) as service:
        arguments = ["retrieve", "DataExtensionObject[SendLog]", "--properties", "When,Job ID,No"]
        found = ettrack(service.settings, *arguments, "--format", "json")
        check(json.loads(found) == [{"When": "8/9/2026 1:02:03 PM", "Job ID": "0012"}], f"{found}")
        check(b"DataExtensionObject[SendLog]" in service.requests[0].body, "the object type")
        found = ettrack(service.settings, *arguments, "--format", "xml").decode()
        check('<property name="Job ID">0012</property>' in found, found)


def everything_that_can_be_retrieved():
    answers = [description("Send", ("ID", "Int32", "true"), ("List", "List", "false"),
                           ("Email.ID", "Int32", "true")),
               retrieve_answer("Send", [{"ID": 7}])]
    with Canned(answers) as service:
        found = ettrack(service.settings, "retrieve", "Send", "--format", "tsv")
        check(found == b"ID\tEmail.ID\n7\t\n", f"{found}")
        request = service.requests[1].body
        check(request.count(b"<et:Properties>") == 2, f"{request}")
    nothing = [description("Send", ("List", "List", "false"))]
    with Canned(nothing) as service:
        ettrack(service.settings, "retrieve", "Send", exit_code=1)


def nothing_is_lost():
    email = ("<ID>0012</ID><ContentAreas><ID>1</ID></ContentAreas><ContentAreas><ID>2</ID>"
             "</ContentAreas><New><Deep>x</Deep></New>")
    with Canned([rows_answer("Email", email)]) as service:
        arguments = ["retrieve", "Email", "--properties", "ID,ContentAreas,New.Deep,New"]
        found = json.loads(ettrack(service.settings, *arguments, "--format", "json"))
        check(found == [{"ID": "0012", "ContentAreas": [{"ID": 1}, {"ID": 2}], "New.Deep": "x",
                         "New": {"Deep": "x"}}], f"{found}")
        found = ettrack(service.settings, *arguments[:3], "ContentAreas", "--format", "csv")
        check(found.split()[1] == b'"[{""ID"":1},{""ID"":2}]"', f"{found}")


def broken_answers_are_said():
    good = rows_answer("SentEvent", "<SendID>1</SendID>", "<SendID>2</SendID>")
    for broken, rows in ((good.replace("</Results><", "</Results>x<", 1), 1), (good + "x", 2),
                         (good.replace("</RetrieveResponseMsg>", "</Retrieve>"), 2)):
        with Canned([broken]) as service:
            found = ettrack(service.settings, "retrieve", "SentEvent", "--properties", "SendID",
                            "--format", "csv", exit_code=3)
            check(len(found.split()) == 1 + rows, f"{found}")


describe()
nothing_is_lost()
broken_answers_are_said()
everything_that_can_be_retrieved()
status()
several_statuses()
data_extension_rows()
