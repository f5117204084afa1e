"""Dresses that tools and people put on a contract besides those of noise.py: in the text, on the
tree, and over several files. `every(contract)` is as there."""
import random
import re
import xml.dom.minidom

from contract import API, SOAP, SOAP12, WSDL, XSD, children
from noise import change_dom, change_text

HTTP = "http://schemas.xmlsoap.org/wsdl/http/"
JAXWS = "http://java.sun.com/xml/ns/jaxws"
WORDS = "name|type|base|value|element|message|ref|minOccurs|maxOccurs|soapAction|use|style"


# --- the text -------------------------------------------------------------------------------------


def attributes_in_another_order(text):
    order = random.Random(7)

    def shuffled(match):
        found = re.findall(r'\s+[\w:.-]+="[^"]*"', match[2])
        order.shuffle(found)
        return match[1] + "".join(found) + match[3]
    return re.sub(r'(<[\w:]+)((?:\s+[\w:.-]+="[^"]*")+)(\s*/?>)', shuffled, text)


def letters_as_references(text):
    def every_third(match):
        return match[1] + "".join(f"&#x{ord(letter):X};" if place % 3 == 1 else letter
                                  for place, letter in enumerate(match[2])) + '"'
    return re.sub(rf'((?<!\w|:)(?:{WORDS})=")([^"&]*)"', every_third, text)


def instructions_and_comments(text):
    tags = "xsd:(?:element|sequence|enumeration|complexType|restriction)|wsdl:(?:part|input)"
    return re.sub(rf"(<(?:{tags})\b[^>]*[^/]>)", r"\1<?tool <a> ?><!-- <a> & -->", text)


def documentation_in_cdata(text):
    return re.sub(r"(<(?:xsd|wsdl):documentation[^>]*>)([^<]*)<", r"\1<![CDATA[\2 <b> & ]]><", text)


def blanks_around_values(text):
    names = "type|base|ref|element|message|minOccurs|maxOccurs|nillable|abstract|use"
    return re.sub(rf'(?<!\w|:)({names})="([^"]*)"', r'\1=" \2&#10;"', text)


def single_quotes(text):
    return re.sub(r'''(\s[\w:]+)="([^"']*)"''', r"\1='\2'", text)


# --- the tree -------------------------------------------------------------------------------------


def documentation_everywhere(c):
    for node in list(c.doc.getElementsByTagNameNS(XSD, "*")):
        if (node.localName in ("schema", "annotation", "documentation", "appinfo")
                or any(child.localName == "annotation" for child in children(node))):
            continue
        annotation = node.insertBefore(c.xsd("annotation"), node.firstChild)
        said = annotation.appendChild(c.xsd("documentation"))
        said.setAttribute("xml:lang", "de")
        said.appendChild(c.doc.createTextNode("Für Leser"))
        inside = c.doc.createElementNS("urn:tool", "t:tool")
        inside.setAttribute("xmlns:t", "urn:tool")
        annotation.appendChild(c.xsd("appinfo")).appendChild(inside)
    for node in list(c.doc.getElementsByTagNameNS(WSDL, "*")):
        if node.localName != "documentation" and not children(node, WSDL, "documentation"):
            said = node.insertBefore(c.wsdl("documentation"), node.firstChild)
            said.appendChild(c.doc.createTextNode("Said."))


def jaxws_bindings(c):
    """What wsimport is told about names and styles in Java."""
    for holder in (c.port_type(), c.definitions):
        bindings = c.doc.createElementNS(JAXWS, "jaxws:bindings")
        bindings.setAttribute("xmlns:jaxws", JAXWS)
        bindings.appendChild(c.doc.createElementNS(JAXWS, "jaxws:enableWrapperStyle"))
        holder.insertBefore(bindings, holder.firstChild)


def ids(c):
    for number, node in enumerate(c.doc.getElementsByTagNameNS(XSD, "*")):
        node.setAttribute("id", f"i{number}")


def named_inputs(c):
    for holder in (c.port_type(), c.binding()):
        for operation in children(holder, WSDL, "operation"):
            for side in children(operation, WSDL):
                if side.localName in ("input", "output"):
                    side.setAttribute("name", operation.getAttribute("name") + side.localName)


def http_binding(c):
    """Of what no port offers."""
    binding = c.wsdl("binding", name="Http", type="tns:" + c.port_type().getAttribute("name"))
    inside = binding.appendChild(c.doc.createElementNS(HTTP, "http:binding"))
    inside.setAttribute("xmlns:http", HTTP)
    inside.setAttribute("verb", "POST")
    c.definitions.insertBefore(binding, c.service())


def three_schemas(c):
    """Of one namespace, referring to each other."""
    second, third = c.schema.cloneNode(False), c.schema.cloneNode(False)
    for name in sorted(c.complex)[::3]:
        second.appendChild(c.complex[name])
    for name in sorted(c.elements)[::2]:
        third.appendChild(c.elements[name])
    c.schema.parentNode.appendChild(second)
    c.schema.parentNode.insertBefore(third, c.schema)


# --- files ----------------------------------------------------------------------------------------


def schema_text(nodes, inside="", target=True):
    name = f' targetNamespace="{API}"' if target else ""
    body = "".join(node.toxml().replace("xsd:", "s:") for node in nodes)
    return (f'<s:schema xmlns:s="{XSD}" xmlns:tns="{API}" elementFormDefault="qualified"{name}>'
            f"{inside}{body}</s:schema>")


def includes(contract, chameleon):
    """Three schemas, one inside the other; the innermost includes the first again."""
    def write(folder):
        c, new = contract.copy(), folder.path / "new"
        (new / "deep").mkdir(exist_ok=True)
        names, parts = sorted(c.complex), []
        for start in range(3):
            parts.append([c.schema.removeChild(c.complex[name]) for name in names[start::4]])
        inside = ('<s:include schemaLocation="deep/second.xsd"/>',
                  '<s:include schemaLocation="third.xsd"/>',
                  "" if chameleon else '<s:include schemaLocation="../first.xsd"/>')
        for name, nodes, text in zip(("first.xsd", "deep/second.xsd", "deep/third.xsd"), parts,
                                     inside):
            text = schema_text(nodes, text, not chameleon)
            if chameleon:  # without a namespace names have no prefix
                text = re.sub(r'\b(type|base|ref)="tns:', r'\1="', text)
            (new / name).write_text(text)
        c.schema.insertBefore(c.xsd("include", schemaLocation="./first.xsd"), c.schema.firstChild)
        return folder.write(c.text())
    return write


def import_without_location(contract):
    """The schema of the fault stands in the contract itself."""
    def write(folder):
        c = contract.copy()
        fault = xml.dom.minidom.parse(str(folder.path / "new" / "ETFrameworkFault.xsd"))
        for node in children(c.schema, XSD, "import"):
            node.removeAttribute("schemaLocation")
        c.schema.parentNode.appendChild(c.doc.importNode(fault.documentElement, True))
        return folder.write(c.text())
    return write


def schema_around_an_import(contract):
    """What WCF writes: a schema that only imports the one that counts."""
    def write(folder):
        c = contract.copy()
        text = c.schema.toxml().replace(
            "<xsd:schema ", f'<xsd:schema xmlns:xsd="{XSD}" xmlns:tns="{API}" ', 1)
        (folder.path / "new" / "xsd0.xsd").write_text(text)
        around = c.xsd("schema", targetNamespace=API + "/Imports")
        around.appendChild(c.xsd("import", namespace=API, schemaLocation="xsd0.xsd"))
        c.schema.parentNode.replaceChild(around, c.schema)
        return folder.write(c.text())
    return write


def bindings_apart(contract):
    """Binding and service in a file that imports the rest."""
    def write(folder):
        abstract, concrete = contract.copy(), contract.copy()
        for c, local in ((abstract, ("binding", "service")),
                         (concrete, ("types", "message", "portType"))):
            for node in children(c.definitions, WSDL):
                if node.localName in local:
                    c.definitions.removeChild(node)
        (folder.path / "new" / "abstract.wsdl").write_bytes(abstract.text())
        imports = concrete.wsdl("import", namespace=API, location="abstract.wsdl")
        concrete.definitions.insertBefore(imports, concrete.definitions.firstChild)
        return folder.write(concrete.text())
    return write


def schema_of_wcf(c):
    """svcutil and WCF put it into each contract that they write."""
    space = "http://schemas.microsoft.com/2003/10/Serialization/"
    schema = c.xsd("schema", targetNamespace=space, elementFormDefault="qualified",
                   attributeFormDefault="qualified")
    schema.setAttribute("xmlns:ser", space)
    for name in ("anyType", "anyURI", "base64Binary", "boolean", "byte", "dateTime", "decimal",
                 "double", "float", "int", "long", "QName", "short", "string", "unsignedByte",
                 "unsignedInt", "unsignedLong", "unsignedShort", "char", "duration", "guid"):
        prefix = "ser" if name in ("char", "duration", "guid") else "xsd"
        schema.appendChild(c.xsd("element", name=name, nillable="true", type=f"{prefix}:{name}"))
    for name, base, facets in (
            ("char", "int", {}),
            ("duration", "duration", {"pattern": r"\-?P(\d*D)?(T(\d*H)?(\d*M)?(\d*(\.\d*)?S)?)?",
                                      "minInclusive": "-P10675199DT2H48M5.4775808S",
                                      "maxInclusive": "P10675199DT2H48M5.4775807S"}),
            ("guid", "string", {"pattern": r"[\da-fA-F]{8}-[\da-fA-F]{4}-[\da-fA-F]{4}-"
                                           r"[\da-fA-F]{4}-[\da-fA-F]{12}"})):
        type_ = schema.appendChild(c.xsd("simpleType", name=name))
        restriction = type_.appendChild(c.xsd("restriction", base="xsd:" + base))
        for facet, value in facets.items():
            restriction.appendChild(c.xsd(facet, value=value))
    schema.appendChild(c.xsd("attribute", name="FactoryType", type="xsd:QName"))
    schema.appendChild(c.xsd("attribute", name="Id", type="xsd:ID"))
    schema.appendChild(c.xsd("attribute", name="Ref", type="xsd:IDREF"))
    c.schema.parentNode.insertBefore(schema, c.schema)


def soap12_beside(c):
    """No dress: the service speaks another protocol besides. See test_noise.py."""
    binding = c.binding().cloneNode(True)
    binding.setAttribute("name", "Twelve")
    for node in list(binding.getElementsByTagNameNS(SOAP, "*")):
        other = c.doc.createElementNS(SOAP12, "soap12:" + node.localName)
        for name, value in node.attributes.items():
            other.setAttribute(name, value)
        node.parentNode.replaceChild(other, node)
    c.definitions.insertBefore(binding, c.service())
    port = c.service().appendChild(c.wsdl("port", name="Twelve", binding="tns:Twelve"))
    address = port.appendChild(c.doc.createElementNS(SOAP12, "soap12:address"))
    address.setAttribute("location", "https://127.0.0.1/")


def every(contract):
    for change in (attributes_in_another_order, letters_as_references, instructions_and_comments,
                   documentation_in_cdata, blanks_around_values, single_quotes):
        yield change.__name__, change_text(contract, lambda text, change=change: change(
            text).encode())
    for change in (documentation_everywhere, jaxws_bindings, ids, named_inputs, http_binding,
                   three_schemas, schema_of_wcf):
        yield change.__name__, change_dom(contract, change)
    yield "nested includes", includes(contract, chameleon=False)
    yield "nested includes without a namespace", includes(contract, chameleon=True)
    yield "import without a location", import_without_location(contract)
    yield "a schema around an import", schema_around_an_import(contract)
    yield "bindings apart", bindings_apart(contract)
