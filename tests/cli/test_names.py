"""Names that are asked for: the columns of a data extension by its fields; filters by what nobody
knows."""
import re

from canned import ENVELOPE, NAMESPACE, Canned, retrieve_answer
from support import check, ettrack


def names_in(request):
    return re.findall(r"<(?:\w+:)?Properties>([^<]*)<", request.decode())


FIELDS = [{"Name": "SubscriberID", "Ordinal": 2}, {"Name": "JobID", "Ordinal": 0},
          {"Name": "Batch ID", "Ordinal": 1}]
EMPTY = retrieve_answer("DataExtensionField", [])


def by_key():
    answers = [retrieve_answer("DataExtensionField", FIELDS),
               retrieve_answer("DataExtensionObject", [])]
    with Canned(answers) as service:
        text = ettrack(service.settings, "retrieve", "DataExtensionObject[SendLog]", "--format",
                       "csv").decode()
        fields, rows = (request.body for request in service.requests)
    check(b">DataExtensionField<" in fields and b">DataExtension.CustomerKey<" in fields
          and b">SendLog<" in fields, f"{fields}")
    check(b">DataExtensionObject[SendLog]<" in rows, f"{rows}")
    check(names_in(rows) == ["JobID", "Batch ID", "SubscriberID"], f"{names_in(rows)}")
    check(text == "JobID,Batch ID,SubscriberID\r\n", f"{text!r}")


def like_a_rate():
    """A column that is called like a rate is that column; what has no rates is not asked for what
    they are made of."""
    row = ENVELOPE.format(
        f'<RetrieveResponseMsg xmlns="{NAMESPACE}"><OverallStatus>OK</OverallStatus><RequestID>r'
        '</RequestID><Results xsi:type="DataExtensionObject"><Properties><Property><Name>OpenRate'
        '</Name><Value>12.5</Value></Property></Properties></Results></RetrieveResponseMsg>')
    with Canned([row]) as service:
        text = ettrack(service.settings, "retrieve", "DataExtensionObject[Rates]", "--properties",
                       "OpenRate", "--format", "csv").decode()
    check(text == "OpenRate\r\n12.5\r\n", f"{text!r}")
    with Canned([retrieve_answer("LinkSend", [])]) as service:
        ettrack(service.settings, "links", "7", "--properties", "OpenRate", exit_code=1)
        check(names_in(service.requests[0].body) == ["OpenRate"], "what nobody asked for")


def by_name():
    answers = [EMPTY, retrieve_answer("DataExtension", [{"CustomerKey": "key-7"}]),
               retrieve_answer("DataExtensionField", FIELDS),
               retrieve_answer("DataExtensionObject", [])]
    with Canned(answers) as service:
        ettrack(service.settings, "retrieve", "DataExtensionObject[Send log]")
        _, extension, fields, rows = (request.body for request in service.requests)
    check(b">Name<" in extension and b">Send log<" in extension, f"{extension}")
    check(b">key-7<" in fields, f"{fields}")
    check(names_in(rows) == ["JobID", "Batch ID", "SubscriberID"], f"{names_in(rows)}")


def unchecked():
    with Canned([retrieve_answer("Automation", [])]) as service:
        ettrack(service.settings, "retrieve", "Automation", "--properties", "ObjectID", "--where",
                "ProgramID = 'x' AND LastRun > '2026-11-01'", "--unchecked")
        request = service.requests[0].body.decode()
    check("Property>ProgramID<" in request and "Value>x<" in request, request)
    check(re.search(r"DateValue>2026-11-01T00:00:00-06:00<", request), request)
    for where in ("LastRun > '2026-11-01T00:00:00.5'", "CreatedDate > '2026-11-01T00:00:00.5'"):
        with Canned([retrieve_answer("Automation", [])]) as service:
            ettrack(service.settings, "retrieve", "Automation", "--properties", "ObjectID",
                    "--where", where, "--unchecked", exit_code=2)
            check(not service.requests, "a fraction is cut without a word")


by_key()
by_name()
unchecked()
like_a_rate()
