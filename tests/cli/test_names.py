"""Names that are asked for: the columns of a data extension by its fields; filters by what nobody
knows."""
import re

from canned import Canned, retrieve_answer
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


by_key()
by_name()
unchecked()
