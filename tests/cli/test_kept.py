"""Nothing lost, nothing invented: what answers hold besides what the contract foresees comes out as
it was sent, and what is no XML is an error that comes at once."""
import json
import subprocess
import time

from canned import Canned, answer, response, rows_answer
from support import JOB, Etsim, check, environment, ettrack


def found(kind, rows, properties, **how):
    """What `retrieve` prints of such rows, as JSON."""
    with Canned([rows_answer(kind, *rows, **how)]) as service:
        return json.loads(ettrack(service.settings, "retrieve", kind,
                                  "--properties", properties, "--format", "json"))


def is_found(kind, rows, properties, expected, **how):
    got = found(kind, rows, properties, **how)
    check(got == expected, f"{kind} {properties}: {got}, expected {expected}")


def undeclared_elements():
    is_found("Automation", ["<Name>a</Name><Program><Name>p</Name></Program>", "<Name>b</Name>"],
             "Name,Program.Name", [{"Name": "a", "Program.Name": "p"}, {"Name": "b"}])
    is_found("DataExtension", ["<Name>x</Name><IsPlatformObject>false</IsPlatformObject>"],
             "Name,IsPlatformObject", [{"Name": "x", "IsPlatformObject": "false"}])


def rows_of_undeclared_types():
    row = ("<AccountUserID>0012</AccountUserID><Account><ID>7</ID></Account>"
           "<IsDefault>true</IsDefault>")
    for sent in ("AccountUserAccount", "NoSuchType"):
        with Canned([rows_answer(sent, row)]) as service:
            got = json.loads(ettrack(service.settings, "retrieve", "AccountUser", "--properties",
                                     "AccountUserID,Account.ID,IsDefault", "--format", "json"))
        check(len(got) == 1 and {name: str(value).lower() for name, value in got[0].items()} ==
              {"AccountUserID": "0012", "Account.ID": "7", "IsDefault": "true"}, f"{sent}: {got}")


def without_a_type():
    answered = rows_answer("X", "<Name>n</Name><New>1</New>").replace(' xsi:type="X"', "")
    with Canned([answered]) as service:
        got = json.loads(ettrack(service.settings, "retrieve", "Send", "--properties", "Name,New",
                                 "--format", "json"))
    check(got == [{"Name": "n", "New": "1"}], f"{got}")


def columns_win():
    column = "<Property><Name>{}</Name><Value>{}</Value></Property>"
    row = ("<PartnerKey>own</PartnerKey><ObjectID>own</ObjectID><Type>DataExtensionObject</Type>"
           "<Properties>" + "".join(column.format(name, f"column {name}") for name in
                                    ("Type", "ObjectID", "PartnerKey")) + "</Properties>")
    is_found("DataExtensionObject", [row], "Type,ObjectID,PartnerKey",
             [{name: f"column {name}" for name in ("Type", "ObjectID", "PartnerKey")}])


def arrays():
    roles = "<UserPermissions><ID>1</ID></UserPermissions><UserPermissions><ID>2</ID>" \
            "</UserPermissions>"
    is_found("AccountUser", [roles], "UserPermissions", [{"UserPermissions": [{"ID": 1},
                                                                             {"ID": 2}]}])
    role = "<Role><Name>{}</Name></Role>"
    is_found("AccountUser", [f"<Roles>{role.format('a')}{role.format('b')}</Roles>"], "Roles",
             [{"Roles": {"Role": [{"Name": "a"}, {"Name": "b"}]}}])


def values_as_they_were_sent():
    is_found("Account", ["<ID>0012</ID><AccountType>PRO_ACCOUNT</AccountType>",
                         "<ID>+12</ID><AccountType></AccountType>", "<ID/>"], "ID,AccountType",
             [{"ID": "0012", "AccountType": "PRO_ACCOUNT"}, {"ID": "+12", "AccountType": ""},
              {"ID": ""}])
    is_found("AccountUser", ["<ID>1</ID>", "<ID>2</ID><Delete>0</Delete>"], "ID,Delete",
             [{"ID": 1}, {"ID": 2, "Delete": 0}])
    is_found("Email", ["<Name>A&#x1F600;B &#0000065; &#x000041;</Name>"], "Name",
             [{"Name": "A\U0001F600B A A"}])
    is_found("Send", ["<ID>1</ID>"], "ID", [{"ID": 1}], status=" OK ")


def a_status_that_is_not_ok():
    """Nothing but OK is: not what is unknown, nil or missing, and not with blanks in it either."""
    result = ("<Results><Result><StatusCode>OK</StatusCode><StatusMessage/>{}</Result></Results>"
              "<OverallStatus>OK</OverallStatus><RequestID>r</RequestID>")
    for said in ("<SystemStatus>Degraded</SystemStatus>", '<SystemStatus xsi:nil="true"/>', "",
                 "<SystemStatus> InMaintenance </SystemStatus>", "<SystemStatus/>"):
        with Canned([response("SystemStatusResponseMsg", result.format(said))]) as service:
            got = ettrack(service.settings, "status", "--format", "ndjson", exit_code=1).decode()
        check('"SystemStatus":"OK"' not in got, f"{said}: {got}")
        if "Degraded" in said:
            check('"SystemStatus":"Degraded"' in got, got)


def other_encodings():
    plain = rows_answer("Email", "<Name>gr\u00fc\u00df</Name>").partition("?>")[2]
    for name, declared in (("utf-16", "UTF-16"), ("utf-16-le", "UTF-16"), ("utf-16-be", "UTF-16"),
                           ("iso-8859-1", "ISO-8859-1")):
        body = f'<?xml version="1.0" encoding="{declared}"?>{plain}'.encode(name)
        with Canned([[answer(body, content_type="text/xml")]]) as service:
            got = json.loads(ettrack(service.settings, "retrieve", "Email", "--properties", "Name",
                                     "--format", "json"))
        check(got == [{"Name": "gr\u00fc\u00df"}], f"{name}: {got}")


def broken_xml():
    """Complete as HTTP, so that nobody has to wait for what does not come."""
    good = rows_answer("Send", "<Name>a&amp;b</Name>")
    for broken in (good.replace("&amp;", "\0"), good.replace("&amp;", "&#0;"),
                   good.replace("&amp;", "&undefined;"), good.replace("</Name>", "</Nome>"),
                   good.replace("&amp;", "&#xD800;"), good.replace("&amp;", "&")):
        with Canned([broken]) as service:
            began = time.monotonic()
            done = subprocess.run(["ettrack", "retrieve", "Send", "--properties", "Name",
                                   "--format", "csv", "--tries", "1"], timeout=60,
                                  env=environment(service.settings), capture_output=True)
        check(done.returncode == 1 and b"a" not in done.stdout.replace(b"Name", b""),
              f"{broken[-120:]}: {done.returncode} {done.stdout}")
        check(b"line " in done.stderr and time.monotonic() - began < 20, f"{done.stderr}")
    with Etsim("--fault", "Retrieve:truncate=900") as simulator:
        began = time.monotonic()
        ettrack(simulator.settings, "send", JOB, "--tries", "1", exit_code=1)
        check(time.monotonic() - began < 20, "waits for what does not come")


def addresses_without_a_host():
    for address in ("https://:443/", "https://?x", "https:///x", "https://"):
        done = subprocess.run(["ettrack", "status", "--endpoint", address], capture_output=True,
                              timeout=60, env=environment({"ETSOAP_USERNAME": "u",
                                                           "ETSOAP_PASSWORD": "s3cr3t"}))
        check(done.returncode == 2 and not done.stdout and b"is no address" in done.stderr and
              b"s3cr3t" not in done.stderr, f"{address}: {done}")


undeclared_elements()
rows_of_undeclared_types()
without_a_type()
columns_win()
arrays()
values_as_they_were_sent()
a_status_that_is_not_ok()
other_encodings()
broken_xml()
addresses_without_a_host()
