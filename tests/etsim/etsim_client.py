"""Starts etsim, posts envelopes, reads answers: what the tests of etsim share. Standard library
only; answers are parsed as XML, never searched as text."""

import http.client
import json
import os
import re
import signal
import sys
import urllib.parse
import xml.etree.ElementTree as ET
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "harness"))
import etsim  # noqa: E402

import answers  # noqa: E402

CASES = Path(__file__).parent / "cases"
ET_NS = "http://exacttarget.com/wsdl/partnerAPI"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
SOAP = {
    1: "http://schemas.xmlsoap.org/soap/envelope/",
    2: "http://www.w3.org/2003/05/soap-envelope",
}
WSSE = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd"
WSU = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd"
WSA = "http://schemas.xmlsoap.org/ws/2004/08/addressing"
DEMO_SEND = "12043295"

# Options that make answers differ from the contract on purpose.
OFF_CONTRACT = r"^--(load|tls)$|:(element|type|status|garbage|truncate)\b"


def local(tag):
    return tag.rsplit("}", 1)[-1]


def flatten(element, prefix="", into=None):
    """Leaves of an element by dotted path; nil leaves are None; PartnerProperties by their name."""
    into = {} if into is None else into
    for child in element:
        name = local(child.tag)
        if name == "PartnerProperties":
            pair = {local(leaf.tag): leaf.text or "" for leaf in child}
            into[prefix + pair["Name"]] = pair["Value"]
        elif len(child):
            flatten(child, prefix + name + ".", into)
        else:
            nil = child.get(f"{{{XSI}}}nil") == "true"
            into[prefix + name] = None if nil else child.text or ""
    return into


class Answer:
    """An HTTP answer; as SOAP when it is XML."""

    def __init__(self, response, data):
        self.status = response.status
        self.headers = response.headers
        self.data = data
        self.root = None
        if data and "xml" in (self.headers.get("Content-Type") or ""):
            self.root = ET.fromstring(data)

    @property
    def version(self):
        return next(v for v, ns in SOAP.items() if self.root.tag == f"{{{ns}}}Envelope")

    def part(self, name):
        return self.root.find(f"{{{SOAP[self.version]}}}{name}")

    @property
    def message(self):
        return self.part("Body")[0]

    def text(self, name):
        found = self.message.find(f"{{{ET_NS}}}{name}")
        return None if found is None else found.text or ""

    @property
    def overall(self):
        return self.text("OverallStatus")

    @property
    def results(self):
        return self.message.findall(f"{{{ET_NS}}}Results")

    @property
    def rows(self):
        return [flatten(row) for row in self.results]

    def fault(self):
        """(namespace of the code, its local name, text, apifault code or None)"""
        fault = self.message
        assert local(fault.tag) == "Fault", fault.tag
        if self.version == 2:
            ns = SOAP[2]
            value = fault.find(f"{{{ns}}}Code/{{{ns}}}Subcode/{{{ns}}}Value")
            if value is None:
                value = fault.find(f"{{{ns}}}Code/{{{ns}}}Value")
            text = fault.find(f"{{{ns}}}Reason/{{{ns}}}Text").text
        else:
            value, text = fault.find("faultcode"), fault.find("faultstring").text
        prefix, name = value.text.split(":")
        api = fault.find(".//{urn:fault.partner.exacttarget.com}Code")
        return self.namespace(value, prefix), name, text, api if api is None else int(api.text)

    def namespace(self, element, prefix):
        """What a prefix inside text stands for: the parser drops that, so ask it again."""
        stack, seen = [], None
        parser = ET.XMLPullParser(["start-ns", "end-ns", "start"])
        parser.feed(self.data)
        for event, what in parser.read_events():
            if event == "start-ns":
                stack.append(what)
            elif event == "end-ns":
                stack.pop()
            elif what.tag == element.tag:
                seen = dict(stack).get(prefix)
        return seen


def security(user="demo", password="demo", extra=""):
    return (
        f'<wsse:Security xmlns:wsse="{WSSE}" xmlns:wsu="{WSU}"><wsse:UsernameToken>'
        f"<wsse:Username>{user}</wsse:Username><wsse:Password>{password}</wsse:Password>"
        f"{extra}</wsse:UsernameToken></wsse:Security>"
    )


def token_header(token):
    return f'<fueloauth xmlns="http://exacttarget.com">{token}</fueloauth>'


def envelope(body, header=None, version=1):
    header = security() if header is None else header
    ns = SOAP[version]
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><s:Envelope xmlns:s="{ns}" xmlns:xsi="{XSI}">'
        f"<s:Header>{header}</s:Header><s:Body>{body}</s:Body></s:Envelope>"
    )


def escape(text):
    return str(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def simple(prop, operator, *values, dates=(), tag="Filter"):
    return (
        f'<{tag} xsi:type="SimpleFilterPart"><Property>{prop}</Property>'
        f"<SimpleOperator>{operator}</SimpleOperator>"
        + "".join(f"<Value>{escape(v)}</Value>" for v in values)
        + "".join(f"<DateValue>{v}</DateValue>" for v in dates)
        + f"</{tag}>"
    )


def complex_part(operator, left, right, *more, tag="Filter"):
    """Operands are functions from a tag name to XML, such as `lambda tag: simple(..., tag=tag)`."""
    extra = "".join(part("Operand") for part in more)
    extra = f"<AdditionalOperands>{extra}</AdditionalOperands>" if more else ""
    return (
        f'<{tag} xsi:type="ComplexFilterPart">{left("LeftOperand")}'
        f"<LogicalOperator>{operator}</LogicalOperator>{right('RightOperand')}{extra}</{tag}>"
    )


def retrieve_body(kind, properties, where="", batch=None, more="", continued=None):
    options = f"<Options><BatchSize>{batch}</BatchSize></Options>" if batch else ""
    go_on = f"<ContinueRequest>{continued}</ContinueRequest>" if continued else ""
    return (
        f'<RetrieveRequestMsg xmlns="{ET_NS}"><RetrieveRequest>'
        + f"<ObjectType>{escape(kind)}</ObjectType>"
        + "".join(f"<Properties>{escape(p)}</Properties>" for p in properties)
        + f"{where}{go_on}{more}{options}</RetrieveRequest></RetrieveRequestMsg>"
    )


def processor_seconds(pid):
    with open(f"/proc/{pid}/stat", encoding="ascii") as stat:
        fields = stat.read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def peak_memory(pid):
    """kB that it has had at most."""
    with open(f"/proc/{pid}/status", encoding="ascii") as status:
        return next(int(line.split()[1]) for line in status if line.startswith("VmHWM"))


class Etsim(etsim.Etsim):
    """A server of its own for a test; `with Etsim("--seed", "3") as sim:`"""

    def __init__(self, *options, environment=None):
        super().__init__(*options, seconds=120, env=environment)
        self.url = self.endpoint
        self.parts = urllib.parse.urlsplit(self.url)
        self.connection = None
        self.stopped = False
        self.validator = None
        self.validates = not any(re.search(OFF_CONTRACT, option) for option in options)

    def stop(self, number=signal.SIGTERM):
        if self.stopped:
            return
        self.stopped = True
        if self.connection:
            self.connection.close()
        code = super().stop(number)
        wrong = self.validator.close() if self.validator else ""
        assert code == 0, f"etsim ended with {code}"
        assert self.said == f"listening on {self.url}\n", self.said
        assert not wrong, f"answers outside of the contract:\n{wrong}"

    def connect(self, timeout=60):
        return http.client.HTTPConnection(self.parts.hostname, self.parts.port, timeout=timeout)

    def request(self, method, path, body=None, headers=None):
        """One request on the kept connection."""
        for attempt in (1, 2):
            if self.connection is None:
                self.connection = self.connect()
            try:
                self.connection.request(method, path, body, headers or {})
                response = self.connection.getresponse()
                answer = Answer(response, response.read())
                self.keep(path, answer)
                return answer
            except (http.client.HTTPException, ConnectionError):
                self.connection.close()
                self.connection = None
                if attempt == 2:
                    raise
        return None

    def document(self, path):
        connection = self.connect()
        connection.request("GET", path)
        text = connection.getresponse().read().decode()
        connection.close()
        return text

    def keep(self, path, answer):
        """Answers of the service are validated when it stops."""
        if not self.validates or path != "/Service.asmx" or answer.root is None:
            return
        if self.validator is None:
            self.validator = self.new_validator()
        self.validator.add(answer.data)

    def new_validator(self):
        return answers.Validator(self.document("/etframework.wsdl"),
                                 self.document("/ETFrameworkFault.xsd"))

    def post(self, text, action="", version=1, headers=None):
        kind = "text/xml" if version == 1 else "application/soap+xml"
        all_headers = {"Content-Type": f"{kind}; charset=utf-8", "SOAPAction": f'"{action}"'}
        all_headers.update(headers or {})
        data = text if isinstance(text, bytes) else text.encode()
        return self.request("POST", "/Service.asmx", data, all_headers)

    def call(self, body, action="Retrieve", header=None, version=1):
        return self.post(envelope(body, header, version), action, version)

    def retrieve(self, kind, properties, where="", **options):
        header = options.pop("header", None)
        return self.call(retrieve_body(kind, properties, where, **options), header=header)

    def pages(self, kind, properties, where="", batch=None, more="", header=None):
        """Answers until OK, continuing as a client does."""
        answer = self.retrieve(kind, properties, where, batch=batch, more=more, header=header)
        yield answer
        while answer.overall == "MoreDataAvailable":
            answer = self.retrieve(
                kind, properties, batch=batch, continued=answer.text("RequestID"), header=header
            )
            yield answer
        assert answer.overall == "OK", answer.overall

    def all_rows(self, *arguments, **options):
        return [row for answer in self.pages(*arguments, **options) for row in answer.rows]

    def case(self, name, action="Retrieve", version=1, **values):
        """Posts tests/etsim/cases/NAME.xml with @KEY@ replaced."""
        text = (CASES / f"{name}.xml").read_text(encoding="utf-8")
        for key, value in values.items():
            text = text.replace(f"@{key}@", str(value))
        return self.post(text, action, version)

    def token(self, body, raw=False):
        answer = self.request(
            "POST",
            "/v2/token",
            body if raw else json.dumps(body),
            {"Content-Type": "application/json"},
        )
        return answer.status, json.loads(answer.data)
