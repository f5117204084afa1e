"""Each format, read by a parser that is not ours, holds the same rows; and what the service sends
keeps its bytes: nil, empty and absent apart, blanks at the ends, markup, line breaks."""
import csv
import io
import json
import xml.etree.ElementTree as tree

from canned import Canned, retrieve_answer
from support import JOB, Etsim, check, ettrack

COLUMNS = ["SubscriberKey", "SMTPReason", "BounceCategory", "URL"]
XSI = "{http://www.w3.org/2001/XMLSchema-instance}"
HARD_VALUES = ["00123", "1e5", " both ends ", "comma, quote \" and 'more'", "line\nbreak",
               "tab\tand \\ backslash", "<b>&amp;</b>", "Größe 日本語 \U0001F4E7", "-", '""', "\\N",
               "nil", "=1+1"]


def read_csv(data):
    return list(csv.reader(io.StringIO(data.decode(), newline="")))


def read_tsv(data):
    letters = {"\\t": "\t", "\\n": "\n", "\\r": "\r", "\\\\": "\\"}

    def field(text):
        parts, at = [], 0
        while at < len(text):
            step = 2 if text[at] == "\\" else 1
            parts.append(letters.get(text[at:at + step], text[at:at + step]))
            at += step
        return None if text == "\\N" else "".join(parts)
    return [[field(text) for text in line.split("\t")] for line in data.decode().split("\n")[:-1]]


def read_xml(data):
    rows = []
    for row in tree.fromstring(data):
        rows.append({item.get("name"): None if item.get(XSI + "nil") else item.text or ""
                     for item in row})
    return rows


def same_rows_in_every_format(settings):
    arguments = ["events", "bounce,click", "--send", JOB, "--properties", ",".join(COLUMNS)]
    expected = [json.loads(line)
                for line in ettrack(settings, *arguments, "--format", "ndjson").splitlines()]
    check(len(expected) > 500, f"{len(expected)} rows are too few to say anything")
    flat = [[row.get(name, "") for name in COLUMNS] for row in expected]
    for name, read in (("csv", read_csv), ("tsv", read_tsv)):
        rows = read(ettrack(settings, *arguments, "--format", name))
        check(rows[0] == COLUMNS, f"{name}: header {rows[0]}")
        check(rows[1:] == flat, f"{name}: other rows than ndjson")
    rows = json.loads(ettrack(settings, *arguments, "--format", "json"))
    check(rows == expected, "json: other rows than ndjson")
    rows = read_xml(ettrack(settings, *arguments, "--format", "xml"))
    check(rows == expected, "xml: other rows than ndjson")
    table = ettrack(settings, *arguments, "--format", "table").decode().splitlines()
    check(len(table) == len(expected) + 2, "table: other number of rows than ndjson")
    check(all(row["SubscriberKey"] == line.split()[0] for row, line in zip(expected, table[2:])),
          "table: other subscribers than ndjson")


def empty_results_are_documents(settings):
    arguments = ["events", "click", "--send", JOB, "--where", "EventDate > '2040-01-01'",
                 "--properties", "URL", "--format"]
    for name, expected in (("csv", b"URL\r\n"), ("tsv", b"URL\n"), ("ndjson", b""),
                           ("json", b"[]\n")):
        found = ettrack(settings, *arguments, name)
        check(found == expected, f"{name} without rows: {found!r}")
    check(len(tree.fromstring(ettrack(settings, *arguments, "xml"))) == 0, "xml without rows")


def values_keep_their_bytes():
    rows = [{"SubscriberKey": value, "SendID": 7} for value in HARD_VALUES]
    rows += [{"SubscriberKey": None, "SendID": 7}, {"SubscriberKey": "", "SendID": 7},
             {"SendID": 7}]
    with Canned([retrieve_answer("SentEvent", rows)]) as service:
        arguments = ["events", "sent", "--properties", "SubscriberKey,SendID", "--format"]

        def output(name):
            return ettrack(service.settings, *arguments, name)

        check([json.loads(line) for line in output("ndjson").splitlines()] == rows, "ndjson")
        check(json.loads(output("json")) == rows, "json")
        as_text = [{name: value if value is None else str(value) for name, value in row.items()}
                   for row in rows]
        check(read_xml(output("xml")) == as_text, "xml")
        plain = output("csv")
        check(read_csv(plain)[1:] == [[row.get("SubscriberKey") or "", "7"] for row in rows], "csv")
        check(plain.endswith(b"\r\n,7\r\n\"\",7\r\n,7\r\n"),
              "csv: nil and absent are nothing, empty is a pair of quotes")
        found = output("tsv")
        check([row[0] for row in read_tsv(found)[1:]][:len(HARD_VALUES)]
              == HARD_VALUES, "tsv")
        check(found.endswith(b"\n\\N\t7\n\t7\n\t7\n"), "tsv: nil is \\N, empty and absent nothing")
        lines = output("table").decode().splitlines()[2:]
        check(lines[4].startswith("line\\nbreak "), "table: one line a row")
        check([line.split()[0] for line in lines[-3:]] == ["-", '""', "7"],
              "table: nil is -, empty is a pair of quotes, absent is nothing")


def terminals_are_not_driven():
    rows = [{"SubscriberKey": "a\u009b31mb\u202ec", "SendID": 7}]
    with Canned([retrieve_answer("SentEvent", rows)]) as service:
        found = ettrack(service.settings, "events", "sent", "--properties", "SubscriberKey")
        check(b"a\\x9b31mb\\u202ec" in found, f"control characters reach the terminal: {found!r}")


def arrays_are_whole():
    areas = "".join(f"<ContentAreas><Name>area {n}</Name></ContentAreas>" for n in range(4))
    answer = retrieve_answer("Email", [{"Name": "News"}]).replace("</Name>", "</Name>" + areas, 1)
    whole = [{"Name": f"area {n}"} for n in range(4)]
    for columns in ("ContentAreas", "Name,ContentAreas"):
        arguments = ["retrieve", "Email", "--properties", columns, "--format"]
        with Canned([answer] * 4) as service:
            for name, read in (("ndjson", json.loads),
                               ("csv", lambda data: json.loads(read_csv(data)[1][-1])),
                               ("tsv", lambda data: json.loads(read_tsv(data)[1][-1])),
                               ("xml", lambda data: json.loads(read_xml(data)[0]["ContentAreas"]))):
                found = read(ettrack(service.settings, *arguments, name))
                found = found["ContentAreas"] if name == "ndjson" else found
                check(found == whole, f"{name}: {found}")


with Etsim() as simulator:
    same_rows_in_every_format(simulator.settings)
    empty_results_are_documents(simulator.settings)
values_keep_their_bytes()
terminals_are_not_driven()
arrays_are_whole()
