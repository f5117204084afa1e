"""Writes a WSDL from the table of facts: types in reverse alphabetical order, other prefixes, no
indentation but tabs, CRLF line ends. Shares nothing with the WSDL in wsdl/."""
import collections
import re
from xml.sax.saxutils import quoteattr

FAULT = "ETFrameworkFault.xsd"


def need(table):
    """Leaves the test as skipped when the table is not there."""
    if not table.is_file():
        print(f"skipped: {table} is not here")
        raise SystemExit(77)


def rows(table):
    for line in table.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            cells = line.split("\t")
            yield cells + [""] * (8 - len(cells))


def other(type_):
    return type_.replace("tns:", "api:").replace("xsd:", "s:")


def attributes(**pairs):
    return "".join(f" {name}={quoteattr(value)}" for name, value in pairs.items() if value)


class Builder:
    def __init__(self, table):
        self.types, self.simple, self.elements = {}, {}, {}
        self.fields, self.values = (collections.defaultdict(list) for _ in range(2))
        self.messages, self.operations, self.bases = [], [], {}
        for kind, owner, name, type_, low, high, nillable, note in rows(table):
            if kind == "complexType":
                self.types[name] = (type_.replace("extends ", ""), note)
            elif kind == "field":
                self.fields[owner].append((name, type_, low, high, nillable, note))
            elif kind == "simpleType":
                self.simple[name] = (type_.replace("restricts ", ""), note)
            elif kind == "enum":
                self.values[owner].append(name)
            elif kind == "element":
                self.elements[name] = type_
            elif kind == "elementBase":
                self.bases[owner.strip("<>") or name] = type_.replace("extends ", "")
            elif kind == "message":
                self.messages.append((owner, name, type_))
            elif kind == "operation":
                self.operations.append((name, type_, note))

    def element(self, field, inside):
        name, type_, low, high, nillable, note = field
        if name == "##any":
            return f"<s:any minOccurs='{low}' maxOccurs='{high}'/>"
        default = re.search(r"default=(\S+)", note)
        head = attributes(maxOccurs=high, minOccurs=low, default=default and default[1],
                          nillable="true" if nillable == "yes" else "", name=name,
                          type="" if type_ == "(inline)" else other(type_))
        if type_ != "(inline)":
            return f"<s:element{head}/>"
        return (f"<s:element{head}><s:complexType>{self.sequence(inside)}</s:complexType>"
                "</s:element>")

    def sequence(self, fields):
        out, choice = [], False
        for field in (field for field in fields if "/" not in field[0]):
            is_choice = "choice" in field[5]
            if is_choice and not choice:
                out.append("<s:choice minOccurs='0'>" if "0..1" in field[5] else "<s:choice>")
            if choice and not is_choice:
                out.append("</s:choice>")
            choice = is_choice
            prefix = field[0] + "/"
            inside = [(name[len(prefix):], *rest) for name, *rest in fields
                      if name.startswith(prefix)]
            out.append(self.element(field, inside))
        if choice:
            out.append("</s:choice>")
        return "\n\t<s:sequence>" + "\n\t\t".join(out) + "</s:sequence>"

    def body(self, owner, base):
        inside = self.sequence(self.fields.get(owner, []))
        if not base:
            return inside
        return (f"<s:complexContent><s:extension base='{other(base)}'>{inside}</s:extension>"
                "</s:complexContent>")

    def schema(self):
        for name in sorted(self.types, reverse=True):
            base, note = self.types[name]
            yield (f"<s:complexType name='{name}'"
                   + (" abstract='1'" if "abstract" in note else "")
                   + f">{self.body(name, base)}</s:complexType>")
        for name, type_ in sorted(self.elements.items(), reverse=True):
            if type_ != "(inline)":
                yield f"<s:element type='{other(type_)}' name='{name}'/>"
                continue
            inside = self.body(f"<{name}>", self.bases.get(name))
            yield f"<s:element name='{name}'><s:complexType>{inside}</s:complexType></s:element>"
        for name, (base, note) in sorted(self.simple.items(), reverse=True):
            facets = "".join(f"<s:enumeration value={quoteattr(value)}/>"
                             for value in reversed(self.values[name]))
            if note.startswith("pattern="):
                pattern = note[len("pattern="):]
                facets += f"<s:pattern value={quoteattr(pattern)}/>"
            yield (f"<s:simpleType name='{name}'><s:restriction base='{other(base)}'>{facets}"
                   "</s:restriction></s:simpleType>")

    def wsdl(self):
        for message, part, element in reversed(self.messages):
            yield (f"<message name='{message}'><part element='{other(element)}' name='{part}'/>"
                   "</message>")
        yield "<portType name='Soap'>"
        for name, ends, _ in self.operations:
            request, response = other(ends).split(" -> ")
            yield (f"<operation name='{name}'><input message='{request}'/>"
                   f"<output message='{response}'/></operation>")
        yield ("</portType><binding name='SoapBinding' type='api:Soap'>"
               "<b:binding transport='http://schemas.xmlsoap.org/soap/http'/>")
        for name, _, note in reversed(self.operations):
            action = note.replace("soapAction=", "")
            yield (f"<operation name='{name}'><b:operation soapAction='{action}' "
                   "style='document'/><input><b:body use='literal'/></input>"
                   "<output><b:body use='literal'/></output></operation>")
        yield ("</binding><service name='PartnerAPI'><port binding='api:SoapBinding' name='Soap'>"
               "<b:address location='http://127.0.0.1/'/></port></service>")


def contract(table):
    builder = Builder(table)
    api = "http://exacttarget.com/wsdl/partnerAPI"
    text = "\n".join([
        "<?xml version='1.0' encoding='utf-8'?>",
        f"<definitions xmlns='http://schemas.xmlsoap.org/wsdl/' xmlns:api='{api}' "
        "xmlns:s='http://www.w3.org/2001/XMLSchema' "
        f"xmlns:b='http://schemas.xmlsoap.org/wsdl/soap/' targetNamespace='{api}'><types>",
        f"<s:schema targetNamespace='{api}' elementFormDefault='qualified'>"
        "<s:import namespace='urn:fault.partner.exacttarget.com' "
        f"schemaLocation='https://127.0.0.1/elsewhere/{FAULT}'/>",
        *builder.schema(), "</s:schema></types>", *builder.wsdl(), "</definitions>"])
    return text.replace("\n", "\r\n").encode()
