"""The same contract written otherwise: `every(contract)` yields (name, function) where the
function writes files into a folder and returns the path of the contract."""
import re

from contract import API, SOAP, WSDL, XSD, children


def renamed_prefixes(text, names):
    """Prefixes of tags, of QName attribute values and of their declarations."""
    def tag(match):
        return match[1] + names.get(match[2], match[2]) + ":"
    text = re.sub(r"(</?)(\w+):", tag, text)
    text = re.sub(r'xmlns:(\w+)=', lambda m: f"xmlns:{names.get(m[1], m[1])}=", text)
    attributes = "type|base|element|ref|message|binding|itemType|substitutionGroup"
    return re.sub(rf'\b({attributes})="(\w+):',
                  lambda m: f'{m[1]}="{names.get(m[2], m[2])}:', text)


def shuffled(nodes, parent):
    """Reverses the order of these children of the parent."""
    nodes = list(nodes)
    for node in nodes:
        parent.removeChild(node)
    for node in reversed(nodes):
        parent.appendChild(node)


def reversed_types(c):
    shuffled([node for node in children(c.schema, XSD)
              if node.localName in ("complexType", "simpleType", "element")], c.schema)


def reversed_wsdl(c):
    for local in ("message", "portType", "binding", "service", "types"):
        shuffled(children(c.definitions, WSDL, local), c.definitions)
    shuffled(children(c.port_type(), WSDL, "operation"), c.port_type())
    shuffled(children(c.binding(), WSDL, "operation"), c.binding())


def reversed_values(c):
    for node in c.simple.values():
        restriction = children(node, XSD, "restriction")[0]
        shuffled(children(restriction, XSD, "enumeration"), restriction)


def address(c):
    for node in c.doc.getElementsByTagNameNS(SOAP, "address"):
        node.setAttribute("location", "https://mc1.soap.marketingcloudapis.com/Service.asmx")


def import_location(c):
    for node in c.doc.getElementsByTagNameNS(XSD, "import"):
        node.setAttribute("schemaLocation", "https://webservice.exacttarget.com/etf/v1/"
                                            "ETFrameworkFault.xsd?v=3")


def comments(c):
    for node in [*c.complex.values(), *c.simple.values()]:
        node.insertBefore(c.doc.createComment(" <xsd:element name='x'/> "), node.firstChild)
    c.doc.insertBefore(c.doc.createProcessingInstruction("made", "by='hand'"), c.definitions)


def documentation(c):
    for node in [*c.complex.values(), *c.simple.values(), *c.elements.values()]:
        for old in children(node, XSD, "annotation"):
            node.removeChild(old)
        annotation = c.xsd("annotation")
        text = c.doc.createTextNode("Said anew.")
        annotation.appendChild(c.xsd("documentation")).appendChild(text)
        node.insertBefore(annotation, node.firstChild)


def said_defaults(c):
    """What an attribute means when it is not there, said."""
    for node in c.schema.getElementsByTagNameNS(XSD, "element"):
        local = node.parentNode is not c.schema
        for name, value in (("minOccurs", "1"), ("maxOccurs", "1"), ("nillable", "false"),
                            ("form", "qualified")):
            if not node.hasAttribute(name) and (local or name == "nillable"):
                node.setAttribute(name, value)
    for node in c.complex.values():
        if not node.hasAttribute("abstract"):
            node.setAttribute("abstract", "false")


def ones_and_zeros(c):
    for node in c.schema.getElementsByTagName("*"):
        for name in ("nillable", "abstract"):
            if node.hasAttribute(name):
                value = node.getAttribute(name)
                node.setAttribute(name, {"true": "1", "false": "0"}.get(value, value))


def nested_sequences(c):
    """A sequence of one sequence says no more than the inner one."""
    for name in sorted(c.complex)[::5]:
        sequence = c.sequence(name)
        inner = c.xsd("sequence")
        for child in list(sequence.childNodes):
            inner.appendChild(child)
        sequence.appendChild(inner)


def groups(c):
    """Fields said in a named group, attributes would be the same."""
    for name in sorted(c.complex)[::7]:
        sequence = c.sequence(name)
        if not children(sequence):
            continue
        group = c.xsd("group", name="fieldsOf" + name)
        inner = group.appendChild(c.xsd("sequence"))
        for child in list(sequence.childNodes):
            inner.appendChild(child)
        c.schema.appendChild(group)
        sequence.appendChild(c.xsd("group", ref="tns:fieldsOf" + name))


def schema_documentation(c):
    c.schema.insertBefore(c.xsd("annotation"), c.schema.firstChild)
    c.schema.setAttribute("version", "7")
    c.schema.setAttribute("id", "x")
    documentation_node = c.wsdl("documentation")
    documentation_node.appendChild(c.doc.createTextNode("Anything."))
    c.definitions.insertBefore(documentation_node, c.definitions.firstChild)


def wsdl_names(c):
    """Of port type, binding, service, port and messages: no message shows them."""
    for node in (c.port_type(), c.binding(), c.service(), *children(c.service(), WSDL, "port"),
                 *children(c.definitions, WSDL, "message")):
        node.setAttribute("name", "Other" + node.getAttribute("name"))
    for node in c.definitions.getElementsByTagNameNS(WSDL, "*"):
        for name in ("message", "binding") + (("type",) if node.localName == "binding" else ()):
            if node.hasAttribute(name):
                prefix, local = node.getAttribute(name).split(":")
                node.setAttribute(name, f"{prefix}:Other{local}")


def part_names(c):
    for node in c.definitions.getElementsByTagNameNS(WSDL, "part"):
        node.setAttribute("name", "payload")


def body_parts(c):
    """What is in the body anyway."""
    for node in c.binding().getElementsByTagNameNS(SOAP, "body"):
        node.setAttribute("parts", "parameters")


def operation_names(c):
    """The element of the body and the SOAPAction stand for an operation."""
    for holder in (c.port_type(), c.binding()):
        for node in children(holder, WSDL, "operation"):
            node.setAttribute("name", "Do" + node.getAttribute("name"))


def second_port(c):
    """The same once more, with a binding of its own."""
    binding = c.binding().cloneNode(True)
    binding.setAttribute("name", "Again")
    c.definitions.insertBefore(binding, c.service())
    port = c.service().appendChild(c.wsdl("port", name="Again", binding="tns:Again"))
    port.appendChild(c.soap("address", location="https://127.0.0.1/"))


def unused_message(c):
    message = c.wsdl("message", name="unused")
    message.appendChild(c.wsdl("part", name="parameters", element="tns:Send"))
    c.definitions.insertBefore(message, c.port_type())


def unbound_operation(c):
    """Nobody can call it."""
    operation = c.port_type().appendChild(c.wsdl("operation", name="Unbound"))
    operation.appendChild(c.wsdl("input", message="tns:retrieveRequest"))


def foreign_attributes(c):
    """What svcutil and wsimport leave behind."""
    for node, ns, name in ((c.schema, "http://schemas.microsoft.com/2003/10/Serialization/",
                            "FactoryType"),
                           (c.port_type(), "http://schemas.microsoft.com/ws/2005/12/wsdl/contract",
                            "usingSession"),
                           *((side, "http://www.w3.org/2006/05/addressing/wsdl", "Action")
                             for operation in children(c.port_type(), WSDL, "operation")
                             for side in children(operation, WSDL)
                             if side.localName in ("input", "output"))):
        node.setAttributeNS(ns, "f:" + name, "false")
        node.setAttribute("xmlns:f", ns)


def final(c):
    """Forbids other schemas to derive; a message shows nothing of it."""
    for name in sorted(c.complex)[::9]:
        c.complex[name].setAttribute("final", "extension")
    for name in sorted(c.elements)[::9]:
        c.elements[name].setAttribute("final", "#all")


def named_inline_types(c):
    """Every inline type of a field gets a name."""
    for field in list(c.schema.getElementsByTagNameNS(XSD, "element")):
        inner = children(field, XSD, "complexType")
        if not inner or field.parentNode is c.schema:
            continue
        name = f"Named{len(children(c.schema))}"
        field.removeChild(inner[0])
        inner[0].setAttribute("name", name)
        c.schema.appendChild(inner[0])
        field.setAttribute("type", "tns:" + name)


def named_element_types(c):
    """The types of request and answer elements get names."""
    for name in sorted(c.elements):
        inner = children(c.elements[name], XSD, "complexType")
        if not inner:
            continue
        c.elements[name].removeChild(inner[0])
        inner[0].setAttribute("name", "TypeOf" + name)
        c.schema.appendChild(inner[0])
        c.elements[name].setAttribute("type", "tns:TypeOf" + name)


def optional_sequences(c):
    """Where every field may be missing, the sequence may be."""
    for name in sorted(c.complex):
        fields = c.fields(name)
        if fields and all(field.getAttribute("minOccurs") == "0" for field in fields):
            c.sequence(name).setAttribute("minOccurs", "0")


def wrapped_fields(c):
    """How often a field comes, said of a sequence or choice that holds nothing else."""
    fields = [field for name in sorted(c.complex) for field in c.fields(name)]
    for index, field in enumerate(fields[::3]):
        around = c.xsd("choice" if index % 2 else "sequence")
        for name in ("minOccurs", "maxOccurs"):
            if field.hasAttribute(name):
                around.setAttribute(name, field.getAttribute(name))
                field.removeAttribute(name)
        field.parentNode.replaceChild(around, field)
        around.appendChild(field)


def optional_choices(c):
    """(A | B)? and (A? | B?) are the same."""
    for choice in c.schema.getElementsByTagNameNS(XSD, "choice"):
        if choice.getAttribute("minOccurs") == "0":
            choice.removeAttribute("minOccurs")
            for field in children(choice, XSD, "element"):
                field.setAttribute("minOccurs", "0")


def simple_aliases(c):
    """A type that is another one without a word more."""
    aliases = {}
    for field in list(c.schema.getElementsByTagNameNS(XSD, "element"))[::3]:
        type_ = field.getAttribute("type")
        if not type_.startswith("xsd:") and type_.removeprefix("tns:") not in c.simple:
            continue
        if type_ not in aliases:
            aliases[type_] = f"Alias{len(aliases)}"
            alias = c.schema.appendChild(c.xsd("simpleType", name=aliases[type_]))
            alias.appendChild(c.xsd("restriction", base=type_))
        field.setAttribute("type", "tns:" + aliases[type_])


def simple_names(c):
    """xsi:type says nothing of a text, so nothing says what its type is called."""
    for node in c.schema.getElementsByTagNameNS(XSD, "*"):
        for name in ("type", "base", "itemType"):
            prefix, _, local = node.getAttribute(name).rpartition(":")
            if prefix == "tns" and local in c.simple:
                node.setAttribute(name, f"tns:Other{local}")
    for name, node in c.simple.items():
        node.setAttribute("name", "Other" + name)


def empty_bases(c):
    """Between a type and its base: without content, and nothing is of it."""
    for name in sorted(c.complex)[::4]:
        extension = c.extension(name)
        if extension is None or extension.parentNode.localName != "complexContent":
            continue
        base = c.schema.appendChild(c.xsd("complexType", name="BaseOf" + name, abstract="true"))
        content = base.appendChild(c.xsd("complexContent"))
        content.appendChild(c.xsd("extension", base=extension.getAttribute("base")))
        extension.setAttribute("base", "tns:BaseOf" + name)


def unused_declarations(c):
    """Came and went: no message leads to them."""
    for name, node in sorted(c.elements.items()):
        if (c.references(name) == (node.getAttribute("type") == "tns:" + name)
                and name not in c.complex):
            c.schema.removeChild(node)
    for node in (c.xsd("complexType", name="Unused"), c.xsd("complexType", name="Unused2",
                                                            abstract="true"),
                 c.xsd("element", name="Unused", type="tns:Send", nillable="true"),
                 c.xsd("attribute", name="Unused", type="xsd:int")):
        c.schema.appendChild(node)
    c.schema.appendChild(c.xsd("simpleType", name="Unused3")).appendChild(
        c.xsd("restriction", base="xsd:int"))


def elements_of_references(c):
    """A field said as a reference to an element that nothing else refers to."""
    for owner, name in (("APIObject", "PartnerProperties"), ("Send", "Email")):
        node = c.find(owner, name)
        if name not in c.elements:
            c.schema.appendChild(c.xsd("element", name=name, type=node.getAttribute("type")))
        elif c.elements[name].getAttribute("type") != node.getAttribute("type"):
            continue
        node.removeAttribute("name")
        node.removeAttribute("type")
        node.setAttribute("ref", "tns:" + name)


def elements_of_inline_types(c):
    """A field with an inline type said as a reference to an element that has it."""
    taken = {*c.elements, *c.complex}
    for field in [field for name in sorted(c.complex) for field in c.fields(name)]:
        name = field.getAttribute("name")
        inline = children(field, XSD, "complexType") + children(field, XSD, "simpleType")
        if inline and name not in taken and not field.hasAttribute("nillable"):
            taken.add(name)
            c.schema.appendChild(c.xsd("element", name=name)).appendChild(inline[0])
            field.removeAttribute("name")
            field.setAttribute("ref", "tns:" + name)


def prohibited_attributes(c):
    """There is none to prohibit."""
    for name in sorted(c.complex)[::3]:
        holder = c.extension(name)
        (c.complex[name] if holder is None else holder).appendChild(
            c.xsd("attribute", name="forbidden", type="xsd:int", use="prohibited"))


def facets_that_say_nothing(c):
    """Of a string, every text has them."""
    for node in c.simple.values():
        restriction = children(node, XSD, "restriction")[0]
        if restriction.getAttribute("base") == "xsd:string":
            restriction.appendChild(c.xsd("minLength", value="0"))
            restriction.appendChild(c.xsd("whiteSpace", value="preserve"))


def values_in_steps(c):
    """From a base that allows more, over an inline type, as a union: the same values."""
    for index, name in enumerate(sorted(c.simple)):
        restriction = children(c.simple[name], XSD, "restriction")[0]
        values = children(restriction, XSD, "enumeration")
        if not values:
            continue
        if index % 3 == 0:  # a base with a value more
            base = c.schema.appendChild(c.xsd("simpleType", name="MoreThan" + name))
            wide = base.appendChild(restriction.cloneNode(True))
            wide.appendChild(c.xsd("enumeration", value="One more"))
            restriction.setAttribute("base", "tns:MoreThan" + name)
        elif index % 3 == 1:  # over an inline type
            base = restriction.getAttribute("base")
            restriction.removeAttribute("base")
            inner = restriction.insertBefore(c.xsd("simpleType"), restriction.firstChild)
            inner.appendChild(c.xsd("restriction", base=base))
        else:  # as a union of two
            union = c.xsd("union")
            for part in (values[:1], values[1:]):
                if part:
                    inner = union.appendChild(c.xsd("simpleType")).appendChild(
                        c.xsd("restriction", base=restriction.getAttribute("base")))
                    for value in part:
                        inner.appendChild(value)
            restriction.parentNode.replaceChild(union, restriction)


def other_numbers(c):
    """007 is 7, and an int is a long of its size."""
    for field in c.schema.getElementsByTagNameNS(XSD, "element"):
        if field.getAttribute("default").isdigit():
            field.setAttribute("default", "00" + field.getAttribute("default"))
    small = c.schema.appendChild(c.xsd("simpleType", name="SmallLong")).appendChild(
        c.xsd("restriction", base="xsd:long"))
    small.appendChild(c.xsd("minInclusive", value="-2147483648"))
    small.appendChild(c.xsd("maxExclusive", value="2147483648"))
    for name in ("Send", "Email", "List"):
        for field in c.fields(name):
            if field.getAttribute("type") == "xsd:int":
                field.setAttribute("type", "tns:SmallLong")


# No message shows them, but the surface, which bindings are made from, does.
NAMES = [operation_names, named_inline_types, named_element_types, optional_sequences,
         optional_choices, simple_aliases, simple_names, empty_bases,
         unused_declarations, elements_of_references, elements_of_inline_types,
         facets_that_say_nothing, values_in_steps, other_numbers]

DOM = [reversed_types, reversed_wsdl, reversed_values, address, import_location, comments,
       documentation, said_defaults, ones_and_zeros, nested_sequences, groups,
       schema_documentation, wsdl_names, part_names, body_parts, second_port, unused_message,
       unbound_operation, foreign_attributes, final, wrapped_fields,
       prohibited_attributes]


def change_text(contract, change):
    text = contract.text().decode()
    return lambda folder: folder.write(change(text))


def change_dom(contract, change):
    def write(folder):
        changed = contract.copy()
        change(changed)
        return folder.write(changed.text())
    return write


def collapsed(text):
    return re.sub(r">\s+<", "><", text)


def spread_out(text):
    """An attribute per line, with tabs."""
    return re.sub(r'" (?=[\w:]+=")', '"\n\t\t\t', text)


def default_namespace(text):
    """XML Schema without prefix inside the schemas, its types with another."""
    text = re.sub(r"(</?)xsd:", r"\1", text)
    text = text.replace("<schema ", f'<schema xmlns="{XSD}" ')
    return re.sub(r'\b(type|base)="xsd:', r'\1="x:', text).replace("xmlns:xsd=", "xmlns:x=")


def namespace_of_the_tool(text):
    """What svcutil and CXF write: messages and bindings in a namespace of their own."""
    text = re.sub(r'(<wsdl:definitions [^>]*targetNamespace=")[^"]*',
                  rf'\1http://tempuri.org/" xmlns:d="http://tempuri.org/', text)
    text = re.sub(r'\b(message|binding)="tns:', r'\1="d:', text)
    return re.sub(r'(<wsdl:binding [^>]*type=")tns:', r"\1d:", text)


def split(contract):
    """Half of the types in a file of their own, without a namespace: an include takes it over."""
    def write(folder):
        changed = contract.copy()
        moved = [changed.complex[name] for name in sorted(changed.complex)[::2]]
        part = f'<s:schema xmlns:s="{XSD}" xmlns:tns="{API}" elementFormDefault="qualified">'
        for node in moved:
            changed.schema.removeChild(node)
            part += node.toxml().replace("xsd:", "s:")
        (folder.path / "new" / "part.xsd").write_text(part + "</s:schema>")
        changed.schema.insertBefore(changed.xsd("include", schemaLocation="part.xsd"),
                                    changed.schema.firstChild)
        return folder.write(changed.text())
    return write


def imported(contract):
    """The schema in a WSDL of its own."""
    def write(folder):
        types, rest = contract.copy(), contract.copy()
        for node in children(types.definitions, WSDL):
            if node.localName != "types":
                types.definitions.removeChild(node)
        for node in children(rest.definitions, WSDL, "types"):
            rest.definitions.replaceChild(
                rest.wsdl("import", namespace=API, location="types.wsdl"), node)
        (folder.path / "new" / "types.wsdl").write_bytes(types.text())
        return folder.write(rest.text())
    return write


def every(contract):
    names = {"xsd": "s", "tns": "par", "wsdl": "w", "soap": "soapbind"}
    declared = re.compile(r"^<\?xml[^>]*\?>")
    for change in DOM:
        yield change.__name__, change_dom(contract, change)
    for change in NAMES:
        yield change.__name__, change_dom(contract, change)
    for name, change in (
            ("prefixes", lambda text: renamed_prefixes(text, names).encode()),
            ("no indentation", lambda text: collapsed(text).encode()),
            ("attributes wrapped", lambda text: spread_out(text).encode()),
            ("default namespace", lambda text: default_namespace(text).encode()),
            ("namespace of the tool", lambda text: namespace_of_the_tool(text).encode()),
            ("CRLF", lambda text: text.replace("\n", "\r\n").encode()),
            ("CR", lambda text: text.replace("\n", "\r").encode()),
            ("byte order mark", lambda text: b"\xef\xbb\xbf" + text.encode()),
            ("no declaration", lambda text: declared.sub("", text).encode()),
            ("UTF-16", lambda text: text.replace("UTF-8", "UTF-16").encode("utf-16")),
            ("UTF-16LE with mark", lambda text: b"\xff\xfe" + text.encode("utf-16-le")),
            ("UTF-16BE with mark", lambda text: b"\xfe\xff" + text.encode("utf-16-be")),
            ("UTF-16BE without mark", lambda text: text.encode("utf-16-be")),
            ("Latin-1", lambda text: text.replace("UTF-8", "ISO-8859-1").encode("latin-1"))):
        yield name, change_text(contract, change)
    yield "split by include", split(contract)
    yield "split by import", imported(contract)
