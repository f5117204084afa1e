"""Contracts that say the same in a way that our contract does not, and contracts with a shape more.
Each is (name, change): the change is made to a copy of the contract."""
import xml.dom.minidom

from contract import API, SOAP, WSDL, XSD, children
from noise import body_parts

OTHER = "urn:other"


def parsed(contract, text):
    doc = xml.dom.minidom.parseString(
        f'<x xmlns:xsd="{XSD}" xmlns:wsdl="{WSDL}" xmlns:soap="{SOAP}" xmlns:tns="{API}" '
        f'xmlns:o="{OTHER}">{text}</x>')
    return [contract.doc.importNode(node, True) for node in doc.documentElement.childNodes]


def declare(contract, text):
    for node in parsed(contract, text):
        contract.schema.appendChild(node)


def field(contract, text, owner="Send"):
    for node in parsed(contract, text):
        contract.sequence(owner).appendChild(node)


def local_elements(contract):
    return [node for node in contract.schema.getElementsByTagNameNS(XSD, "element")
            if node.parentNode is not contract.schema]


def around(contract, node, local, **attributes):
    holder = contract.xsd(local, **attributes)
    node.parentNode.replaceChild(holder, node)
    holder.appendChild(node)


# --- the same, otherwise --------------------------------------------------------------------------


def form_of_each_field(c):
    for node in local_elements(c):
        if not node.hasAttribute("ref"):
            node.setAttribute("form", "qualified")


def form_of_each_field_alone(c):
    form_of_each_field(c)
    c.schema.removeAttribute("elementFormDefault")


def group_as_the_whole_content(c):
    for name in ("Send", "ClientID"):
        sequence = c.sequence(name)
        group = c.xsd("group", ref="tns:InsideOf" + name)
        sequence.parentNode.replaceChild(group, sequence)
        c.schema.appendChild(c.xsd("group", name="InsideOf" + name)).appendChild(sequence)


def field_by_reference(c):
    """To an element that bodies have already."""
    for name in sorted(c.elements):
        type_ = c.elements[name].getAttribute("type")
        for node in local_elements(c):
            if (type_ and node.getAttribute("name") == name and node.getAttribute("type") == type_
                    and not node.hasAttribute("nillable") and not node.hasAttribute("default")):
                node.removeAttribute("name")
                node.removeAttribute("type")
                node.setAttribute("ref", "tns:" + name)


def properties_by_reference(c):
    node = c.find("APIObject", "PartnerProperties")
    declare(c, '<xsd:element name="PartnerProperties" type="tns:APIProperty"/>')
    node.removeAttribute("name")
    node.removeAttribute("type")
    node.setAttribute("ref", "tns:PartnerProperties")


def values_over_an_inline_type(c):
    for name in sorted(c.simple):
        restriction = children(c.simple[name], XSD, "restriction")[0]
        base = restriction.getAttribute("base")
        restriction.removeAttribute("base")
        inner = c.xsd("simpleType")
        inner.appendChild(c.xsd("restriction", base=base))
        restriction.insertBefore(inner, restriction.firstChild)


def choices_of_one(c):
    for name in sorted(c.complex):
        for node in c.fields(name)[::3]:
            around(c, node, "choice")


def never(c):
    field(c, '<xsd:element name="Never" type="xsd:string" minOccurs="0" maxOccurs="0"/>'
             '<xsd:sequence minOccurs="0" maxOccurs="0"><xsd:any/></xsd:sequence>')
    declare(c, '<xsd:complexType name="NoneOfIt"><xsd:sequence minOccurs="0" maxOccurs="0">'
               '<xsd:element name="Never" type="xsd:string"/></xsd:sequence></xsd:complexType>')
    c.schema.removeChild(c.schema.lastChild)


def padded_numbers(c):
    for node in local_elements(c):
        if node.getAttribute("minOccurs") == "0":
            node.setAttribute("minOccurs", " 00 ")


def restrictions_of_any_type(c):
    for name in sorted(c.complex):
        sequence = children(c.complex[name], XSD, "sequence")
        if sequence:
            around(c, sequence[0], "restriction", base="xsd:anyType")
            around(c, children(c.complex[name], XSD, "restriction")[0], "complexContent")


def part_in_front(c, listed=True):
    for message in children(c.definitions, WSDL, "message"):
        message.insertBefore(c.wsdl("part", name="front", element="tns:RetrieveRequestMsg"),
                             message.firstChild)
    if listed:
        body_parts(c)


def repeated_as_a_group(c):
    for name, owner in (("PartnerProperties", "APIObject"), ("PartnerProperties", "ClientID")):
        for node in c.fields(owner):
            if node.getAttribute("name") != name:
                continue
            occurs = {word: node.getAttribute(word) for word in ("minOccurs", "maxOccurs")}
            for word in occurs:
                node.removeAttribute(word)
            around(c, node, "sequence", **occurs)


SAME = [form_of_each_field, form_of_each_field_alone, group_as_the_whole_content,
        field_by_reference, values_over_an_inline_type, choices_of_one,
        never, padded_numbers, restrictions_of_any_type, part_in_front, repeated_as_a_group,
        properties_by_reference]

# --- shapes more: declarations, and what stands in Send ------------------------------------------

BUILTINS = ("normalizedString token float hexBinary unsignedInt unsignedByte positiveInteger gYear "
            "QName NMTOKENS anySimpleType ID Name duration decimal").split()


def simple(name, inside):
    return f'<xsd:simpleType name="{name}">{inside}</xsd:simpleType>'


def has(name, type_, more=""):
    return f'<xsd:element name="{name}" type="{type_}" minOccurs="0"{more}/>'


def has_inline(name, base, limits, more=""):
    return (f'<xsd:element name="{name}" minOccurs="0"{more}><xsd:simpleType><xsd:restriction '
            f'base="{base}">{limits}</xsd:restriction></xsd:simpleType></xsd:element>')


INLINE = [("xsd:string", '<xsd:maxLength value="50"/>'), ("xsd:decimal", ""),
          ("xsd:dateTime", ""), ("xsd:base64Binary", '<xsd:maxLength value="9"/>'),
          ("xsd:int", '<xsd:minInclusive value="1"/>'), ("xsd:boolean", ""), ("xsd:hexBinary", ""),
          ("xsd:string", '<xsd:enumeration value="Y"/>'), ("tns:EventType", ""),
          ("xsd:string", '<xsd:enumeration value="Yes"/>')]
SIGNS = ["s-", "s--b", "s-b", "s-.b", "s-_b", "s_-b", "s-é", "é-", "s.-", "s---b", "中--x"]
TWO = '<xsd:element name="{0}1" type="xsd:int"/><xsd:element name="{0}2" type="xsd:string"/>'
SHAPES = {
    "builtins": ("", "".join(has(f"One{i}", "xsd:" + name)
                             + has(f"Many{i}", "xsd:" + name, ' maxOccurs="unbounded"')
                             for i, name in enumerate(BUILTINS))),
    "inline": ("", "".join(has_inline(f"OneInline{i}", *one) + has_inline(
        f"ManyInline{i}", *one, ' maxOccurs="unbounded"') for i, one in enumerate(INLINE))),
    "choice": ("", f'<xsd:choice>{TWO.format("C")}</xsd:choice>'),
    "choice with a wildcard": ("", '<xsd:choice>' + has("ChosenIt", "xsd:int")
                               + '<xsd:any namespace="##other"/></xsd:choice>'),
    "values that are numbers": (simple("Numbers", '<xsd:restriction base="xsd:int"><xsd:enumeration'
                                       ' value="4"/><xsd:enumeration value="7"/>'
                                       '</xsd:restriction>'), has("InNumbers", "tns:Numbers")),
    "signs in names and values": (
        "".join(f'<xsd:complexType name="T{name}"/>' for name in SIGNS)
        + simple("Signs", '<xsd:restriction base="xsd:string">'
                 + "".join(f'<xsd:enumeration value="{value}"/>'
                           for value in SIGNS + ["-ab", "-a-b-", "--x", "a -b", "x-/", "a-😀"])
                 + '</xsd:restriction>'),
        has("InSigns", "tns:Signs") + "".join(has(name, f"tns:T{name}") for name in SIGNS)),
    "texts that C has not": (
        simple("Pattern", '<xsd:restriction base="xsd:string"><xsd:pattern value=".*\\\\"/>'
               '</xsd:restriction>') + simple("NoPattern", '<xsd:restriction base="xsd:string">'
                                              '<xsd:pattern value=""/></xsd:restriction>'),
        has("InPattern", "tns:Pattern") + has("InNoPattern", "tns:NoPattern")
        + has("Path", "xsd:string", ' default="C:\\"')
        + has("Comment", "xsd:string", ' fixed="*/ int"')
        + has("Endless", "xsd:double", ' default="INF"')),
    "values of one letter": (simple("Letters", '<xsd:restriction base="xsd:string"><xsd:enumeration'
                                    ' value="Y"/><xsd:enumeration value="No"/>'
                                    '</xsd:restriction>'), has("InLetters", "tns:Letters")),
    "inside a choice a choice": ("", "<xsd:choice><xsd:sequence>" + TWO.format("Sequence")
                                 + f'</xsd:sequence><xsd:choice>{TWO.format("Choice")}'
                                 "</xsd:choice></xsd:choice>"),
    "an element without a namespace": ("", has("Bare", "tns:Email", ' form="unqualified"')),
    "text between elements": ('<xsd:complexType name="Mixed" mixed="true"><xsd:sequence>'
                              + has("In", "xsd:int") + '</xsd:sequence></xsd:complexType>',
                              has("WithText", "tns:Mixed")),
    "choice of one that repeats": ("", '<xsd:choice minOccurs="0" maxOccurs="unbounded">'
                                   + has("ChoiceOfOne", "xsd:int") + "</xsd:choice>"),
    "choice with an array": ("", '<xsd:choice><xsd:element name="ChosenMany" type="xsd:int" '
                             'maxOccurs="unbounded"/>' + has("ChosenOne", "xsd:int")
                             + "</xsd:choice>"),
    "choice in a group": ('<xsd:group name="G"><xsd:choice>' + TWO.format("G")
                          + "</xsd:choice></xsd:group>", '<xsd:group ref="tns:G"/>'),
    "choice with a branch that never comes": (
        "", '<xsd:choice>' + has("ChosenEver", "xsd:int")
        + has("ChosenNever", "xsd:int", ' maxOccurs="0"') + "</xsd:choice>"),
    "reference to an inline type": (
        '<xsd:element name="RefA"><xsd:complexType><xsd:sequence>' + has("In", "xsd:int")
        + '</xsd:sequence></xsd:complexType></xsd:element>',
        '<xsd:element ref="tns:RefA" minOccurs="0" maxOccurs="unbounded"/>'),
    "reference to inline values": (
        '<xsd:element name="RefS"><xsd:simpleType><xsd:restriction base="xsd:string">'
        '<xsd:enumeration value="x"/></xsd:restriction></xsd:simpleType></xsd:element>',
        '<xsd:element ref="tns:RefS" minOccurs="0" maxOccurs="unbounded"/>'),
    "reference to what may be nil": (
        '<xsd:element name="RefN" type="xsd:int" nillable="true" default="4"/>',
        '<xsd:element ref="tns:RefN" minOccurs="0"/>'),
    "union": (simple("U", '<xsd:union memberTypes="tns:EventType xsd:int"><xsd:simpleType>'
                     '<xsd:restriction base="xsd:string"><xsd:pattern value="x+"/>'
                     '</xsd:restriction></xsd:simpleType></xsd:union>'), has("InUnion", "tns:U")),
    "list of inline": (simple("L", '<xsd:list><xsd:simpleType><xsd:restriction base="xsd:int"/>'
                              '</xsd:simpleType></xsd:list>'), has("InList", "tns:L")),
    "values of values": (simple("EE", '<xsd:restriction base="tns:EventType">'
                                '<xsd:enumeration value="Open"/></xsd:restriction>'),
                         has("InValues", "tns:EE")),
    "range": (simple("R", '<xsd:restriction base="xsd:float"><xsd:minInclusive value="1.5"/>'
                     '</xsd:restriction>'), has("InRange", "tns:R")),
    "attributes": ('<xsd:complexType name="At"><xsd:sequence/><xsd:attribute name="p" '
                   'use="prohibited"/><xsd:attribute name="q" type="xsd:float"/>'
                   '</xsd:complexType>', has("WithAttributes", "tns:At")),
}

# What is refused: declarations, what stands in Send, and what is said.
NO_PLACE = "the field table has no place for "
REFUSED = {
    "fields that repeat together": (
        "", f'<xsd:sequence maxOccurs="unbounded">{TWO.format("G")}</xsd:sequence>',
        "error: Send.G1 stands in a group that repeats: " + NO_PLACE + "it"),
    "choice that repeats": (
        "", f'<xsd:choice maxOccurs="unbounded">{TWO.format("G")}</xsd:choice>',
        "error: Send.G2 stands in a group that repeats: " + NO_PLACE + "it"),
    "substitutes": (
        '<xsd:element name="Head" type="xsd:int"/><xsd:element name="Other" type="xsd:int" '
        'substitutionGroup="tns:Head"/>', '<xsd:element ref="tns:Head" minOccurs="0"/>',
        "error: Send.Head: elements that substitute for it may come in its place: " + NO_PLACE
        + "them"),
    "abstract element": (
        '<xsd:element name="Head" type="xsd:int" abstract="true"/>',
        '<xsd:element ref="tns:Head" minOccurs="0"/>', "error: Send.Head: elements that subst"),
    "two wildcards": (
        "", '<xsd:any namespace="##other"/>' + has("Between", "xsd:int")
        + '<xsd:any namespace="##other"/>',
        "error: Send has a second wildcard: " + NO_PLACE + "it"),
    "name of the base": ("", has("Client", "xsd:int"), "error: Send.Client is there already and of "
                         "another type: XML Schema allows one for a name"),
    "name of a macro": ("", has("EOF", "xsd:int"),
                        "error: Send.EOF: EOF is a macro of the C library, no member can be called "
                        "so"),
    "anything": ("", '<xsd:element name="Any" minOccurs="0"/>',
                 "error: Send.Any is of type xsd:anyType: the field table has no kind for it"),
    "text with attributes": (
        '<xsd:complexType name="Text"><xsd:simpleContent><xsd:extension base="xsd:string">'
        '<xsd:attribute name="a"/></xsd:extension></xsd:simpleContent></xsd:complexType>',
        has("InText", "tns:Text"), "error: Send.InText is of type Text: the field table holds"),
}
