"""Holds answers against the contract that etsim serves, by an independent validator (xmllint).

Every answer that a test provokes is kept; when its server stops they are validated together."""

import re
import shutil
import subprocess
import tempfile
from pathlib import Path

SOAP_11 = "http://schemas.xmlsoap.org/soap/envelope/"
SOAP_12 = "http://www.w3.org/2003/05/soap-envelope"
PARTNER = "http://exacttarget.com/wsdl/partnerAPI"
FAULT = "urn:fault.partner.exacttarget.com"

# The service has rows of this type, though no contract declares it.
UNDECLARED = f"""<x:complexType xmlns:x="http://www.w3.org/2001/XMLSchema" xmlns:p="{PARTNER}"
    name="AccountUserAccount"><x:complexContent><x:extension base="p:APIObject"><x:sequence>
  <x:element name="Account" minOccurs="0"><x:complexType><x:sequence>
    <x:element name="ID" type="x:int"/></x:sequence></x:complexType></x:element>
  <x:element name="AccountUser" minOccurs="0"><x:complexType><x:sequence>
    <x:element name="AccountUserID" type="x:int"/></x:sequence></x:complexType></x:element>
</x:sequence></x:extension></x:complexContent></x:complexType>
"""

# Large pages are of one kind within a test: some of them will do.
BIG, BIG_ONES = 100_000, 6

# What an envelope may hold; the schemas of the W3C are not on this machine.
ENVELOPE = """<xsd:schema xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns="{ns}"
    targetNamespace="{ns}" elementFormDefault="qualified">
  <xsd:element name="Envelope"><xsd:complexType><xsd:sequence>
    <xsd:element name="Header"><xsd:complexType><xsd:sequence>
      <xsd:any minOccurs="0" maxOccurs="unbounded" processContents="lax"/>
    </xsd:sequence></xsd:complexType></xsd:element>
    <xsd:element name="Body"><xsd:complexType><xsd:sequence>
      <xsd:any processContents="strict"/>
    </xsd:sequence></xsd:complexType></xsd:element>
  </xsd:sequence></xsd:complexType></xsd:element>
  <xsd:element name="Fault"><xsd:complexType><xsd:sequence>{fault}</xsd:sequence>
  </xsd:complexType></xsd:element>
  <xsd:complexType name="Detail"><xsd:sequence>
    <xsd:any namespace="##other" processContents="strict"/>
  </xsd:sequence></xsd:complexType>
</xsd:schema>
"""
FAULT_11 = """
    <xsd:element name="faultcode" type="xsd:QName" form="unqualified"/>
    <xsd:element name="faultstring" type="xsd:string" form="unqualified"/>
    <xsd:element name="detail" type="Detail" minOccurs="0" form="unqualified"/>"""
FAULT_12 = """
    <xsd:element name="Code"><xsd:complexType><xsd:sequence>
      <xsd:element name="Value" type="xsd:QName"/>
      <xsd:element name="Subcode" minOccurs="0"><xsd:complexType><xsd:sequence>
        <xsd:element name="Value" type="xsd:QName"/>
      </xsd:sequence></xsd:complexType></xsd:element>
    </xsd:sequence></xsd:complexType></xsd:element>
    <xsd:element name="Reason"><xsd:complexType><xsd:sequence>
      <xsd:element name="Text"><xsd:complexType><xsd:simpleContent>
        <xsd:extension base="xsd:string"><xsd:anyAttribute processContents="lax"/></xsd:extension>
      </xsd:simpleContent></xsd:complexType></xsd:element>
    </xsd:sequence></xsd:complexType></xsd:element>
    <xsd:element name="Detail" type="Detail" minOccurs="0"/>"""


def schema_of(wsdl):
    """The schema inside of a contract, with the prefixes that the contract declares around it."""
    schema = re.search(r"<((?:\w+:)?)schema\b.*?</\1schema>", wsdl, re.S).group()
    start = schema[: schema.index(">")]
    root = re.search(r"<(?:\w+:)?definitions\b[^>]*>", wsdl, re.S).group()
    around = [name for name in re.findall(r"""xmlns:\w+=(?:"[^"]*"|'[^']*')""", root)
              if f"{name.split('=')[0]}=" not in start]
    schema = re.sub(r"""schemaLocation=(?:"[^"]*"|'[^']*')""", 'schemaLocation="fault.xsd"', schema,
                    count=1)
    if 'name="AccountUserAccount"' not in schema:
        end = schema.rindex("</")
        schema = schema[:end] + UNDECLARED + schema[end:]
    return schema.replace("schema", "schema " + " ".join(around) + " ", 1)


def without_recorded(answer):
    """An answer of a server with --load, but for the rows: these are given back as they are."""
    return re.sub(rb"<Results\b.*(?=</RetrieveResponseMsg>)", b"", answer, flags=re.S)


class Validator:
    """A folder with the schemas and the answers so far."""

    def __init__(self, wsdl, fault_schema):
        self.folder = tempfile.TemporaryDirectory(prefix="etsim-answers-")
        self.path = Path(self.folder.name)
        self.count = 0
        self.big = 0
        self.write("partner.xsd", schema_of(wsdl))
        self.write("fault.xsd", fault_schema)
        self.write("soap11.xsd", ENVELOPE.format(ns=SOAP_11, fault=FAULT_11))
        self.write("soap12.xsd", ENVELOPE.format(ns=SOAP_12, fault=FAULT_12))
        imports = "".join(
            f'<xsd:import namespace="{ns}" schemaLocation="{file}.xsd"/>'
            for ns, file in ((SOAP_11, "soap11"), (SOAP_12, "soap12"), (PARTNER, "partner"),
                             (FAULT, "fault")))
        self.write("all.xsd", '<xsd:schema xmlns:xsd="http://www.w3.org/2001/XMLSchema">'
                   f"{imports}</xsd:schema>")

    def write(self, name, text):
        (self.path / name).write_text(text, encoding="utf-8")

    def add(self, data):
        if len(data) > BIG:
            self.big += 1
            if self.big > BIG_ONES:
                return
        self.count += 1
        (self.path / f"{self.count}.xml").write_bytes(data)

    def close(self):
        """What is wrong, as text; "" when all is well."""
        wrong = ""
        if self.count:
            files = [f"{number}.xml" for number in range(1, self.count + 1)]
            done = subprocess.run(["xmllint", "--noout", "--schema", "all.xsd", *files],
                                  cwd=self.path, capture_output=True, text=True)
            if done.returncode:
                bad = [line for line in done.stderr.splitlines()
                       if not line.endswith(" validates")]
                first = re.match(r"(\d+\.xml)", bad[0]) if bad else None
                shown = (self.path / first.group(1)).read_text()[:3000] if first else ""
                wrong = "\n".join(bad[:20]) + "\n" + shown
        self.folder.cleanup()
        return wrong


def is_available():
    return shutil.which("xmllint") is not None
