"""Facts of a contract: a common form for the WSDL, its fault schema and the table.

A fact is (kind, name) with aspects: ("field", "Send.SendDate") has type, min, max, nillable,
default, choice. Orders are kept apart: ("fields of", "Send") is the list of names on the wire.
"""
import os
import xml.etree.ElementTree as ET

XSD = "http://www.w3.org/2001/XMLSchema"
WSDL = "http://schemas.xmlsoap.org/wsdl/"
SOAP = "http://schemas.xmlsoap.org/wsdl/soap/"

HERE = os.path.dirname(os.path.abspath(__file__))
SOURCE = os.path.dirname(os.path.dirname(HERE))
WSDL_PATH = os.path.join(SOURCE, "wsdl", "etframework.wsdl")
SKIP = 77


def table_path():
    shared = os.environ.get("ETSOAP_SHARED") or os.path.join(os.path.dirname(SOURCE), "shared")
    return os.path.join(shared, "contract", "partner-api.tsv")


class Facts:
    def __init__(self, said):
        self.said = said          # what the reader calls it: "the table", "the WSDL"
        self.facts = {}
        self.orders = {}
        self.problems = []

    def add(self, kind, name, **aspects):
        if (kind, name) in self.facts:
            self.problems.append(f"{kind} {name}: twice in {self.said}")
        self.facts[kind, name] = {key.replace("_", " "): value for key, value in aspects.items()}

    def put(self, kind, name, aspect, value):
        self.facts.setdefault((kind, name), {})[aspect] = value

    def order(self, what, owner, name):
        self.orders.setdefault((what, owner), []).append(name)

    def problem(self, text):
        self.problems.append(f"{text}, in {self.said}")


# --- the XML side ---------------------------------------------------------------------------------

class Node:
    """An element that knows its namespace declarations, so that QNames in values resolve."""

    def __init__(self, element, scope):
        self.element, self.scope = element, scope
        self.tag, self.children = element.tag, []

    def get(self, name, default=None):
        return self.element.get(name, default)

    def all(self, tag):
        return [child for child in self.children if child.tag == tag]

    def one(self, tag):
        found = self.all(tag)
        return found[0] if found else None

    def walk(self):
        yield self
        for child in self.children:
            yield from child.walk()

    def qname(self, name):
        """A QName in an attribute as (namespace, local name); None when its prefix is unknown."""
        value = self.get(name)
        prefix, colon, local = value.rpartition(":")
        if colon and prefix not in self.scope:
            return None
        return self.scope.get(prefix, ""), local


def parse(path):
    scopes, pending, stack, root = [{"xml": "http://www.w3.org/XML/1998/namespace"}], {}, [], None
    for event, item in ET.iterparse(path, ("start-ns", "start", "end")):
        if event == "start-ns":
            pending[item[0] or ""] = item[1]
        elif event == "start":
            scopes.append({**scopes[-1], **pending})
            pending = {}
            node = Node(item, scopes[-1])
            if stack:
                stack[-1].children.append(node)
            else:
                root = node
            stack.append(node)
        else:
            scopes.pop()
            stack.pop()
    return root


class SchemaReader:
    ALLOWED = {
        "element": {"name", "type", "minOccurs", "maxOccurs", "nillable", "default"},
        "complexType": {"name", "abstract"}, "simpleType": {"name"}, "sequence": set(),
        "choice": {"minOccurs"}, "any": {"minOccurs", "maxOccurs"}, "complexContent": set(),
        "extension": {"base"}, "restriction": {"base"}, "enumeration": {"value"},
        "pattern": {"value"}, "annotation": set(), "documentation": set(),
        "import": {"namespace", "schemaLocation"},
        "schema": {"targetNamespace", "elementFormDefault", "attributeFormDefault"},
    }

    def __init__(self, facts, schema, label):
        self.facts, self.schema, self.label = facts, schema, label
        self.target = schema.get("targetNamespace")

    def read(self):
        for node in self.schema.walk():
            self.check(node)
        self.facts.add("schema", self.label, target_namespace=self.target,
                       elementFormDefault=self.schema.get("elementFormDefault", "unqualified"),
                       attributeFormDefault=self.schema.get("attributeFormDefault", "unqualified"))
        for node in self.schema.children:
            kind = node.tag.split("}")[-1]
            if kind == "complexType":
                self.complex_type(node)
            elif kind == "simpleType":
                self.simple_type(node)
            elif kind == "element":
                self.global_element(node)
            elif kind == "import":
                self.facts.add("import", node.get("namespace"),
                               schemaLocation=node.get("schemaLocation"))

    def check(self, node):
        """What this reader does not understand is a difference, never passed over."""
        namespace, _, kind = node.tag[1:].partition("}")
        if namespace != XSD or kind not in self.ALLOWED:
            self.facts.problem(f"{node.tag}: not part of the contract's vocabulary")
            return
        for attribute in node.element.keys():
            if attribute not in self.ALLOWED[kind]:
                self.facts.problem(f"{kind} {node.get('name', '')}: attribute {attribute}")

    def name_of(self, node, attribute):
        name = node.qname(attribute)
        if name is None:
            return f"{node.get(attribute)} (unknown prefix)"
        namespace, local = name
        if namespace == XSD:
            return "xsd:" + local
        return "tns:" + local if namespace == self.target else f"{{{namespace}}}{local}"

    def complex_type(self, node):
        name, content = node.get("name"), node
        base = "none"
        if node.one(f"{{{XSD}}}complexContent"):
            content = node.one(f"{{{XSD}}}complexContent").one(f"{{{XSD}}}extension")
            if content is None:
                self.facts.problem(f"type {name}: complexContent without extension")
                return
            base = self.name_of(content, "base")
        abstract = "yes" if node.get("abstract") in ("true", "1") else "no"
        self.facts.add("type", name, base=base, abstract=abstract)
        self.content(content, name, "")

    def simple_type(self, node):
        name, restriction = node.get("name"), node.one(f"{{{XSD}}}restriction")
        if restriction is None:
            self.facts.problem(f"simple type {name}: without restriction")
            return
        patterns = [item.get("value") for item in restriction.all(f"{{{XSD}}}pattern")]
        self.facts.add("simple type", name, base=self.name_of(restriction, "base"),
                       pattern=" | ".join(patterns) or "none")
        for item in restriction.all(f"{{{XSD}}}enumeration"):
            self.facts.add("enum value", f"{name}={item.get('value')}")
            self.facts.order("values of", name, item.get("value"))

    def global_element(self, node):
        name, inline = node.get("name"), node.one(f"{{{XSD}}}complexType")
        if inline is None:
            self.facts.add("element", name, type=self.name_of(node, "type"), base="none")
            return
        content, base = inline, "none"
        if inline.one(f"{{{XSD}}}complexContent"):
            content = inline.one(f"{{{XSD}}}complexContent").one(f"{{{XSD}}}extension")
            base = self.name_of(content, "base")
        self.facts.add("element", name, type="(inline)", base=base)
        self.content(content, f"<{name}>", "")

    def content(self, node, owner, path):
        models = [child for child in node.children if child.tag != f"{{{XSD}}}annotation"]
        if any(child.tag != f"{{{XSD}}}sequence" for child in models) or len(models) > 1:
            self.facts.problem(f"type {owner}{path}: content other than one sequence")
        for model in models:
            self.particles(model, owner, path, "no")

    def particles(self, node, owner, path, choice):
        for child in node.children:
            kind = child.tag.split("}")[-1]
            if kind == "element":
                self.field(child, owner, path, choice)
            elif kind == "any":
                self.add_field(child, owner, path + "##any", "##any", choice)
            elif kind == "choice" and choice == "no":
                at_least = child.get("minOccurs", "1")
                self.particles(child, owner, path, "yes" if at_least == "1" else "0..1")
            elif kind != "annotation":
                self.facts.problem(f"type {owner}: {kind} inside {node.tag.split('}')[-1]}")

    def field(self, node, owner, path, choice):
        name, inline = path + node.get("name"), node.one(f"{{{XSD}}}complexType")
        kind = "(inline)" if inline is not None else self.name_of(node, "type")
        self.add_field(node, owner, name, kind, choice)
        if inline is not None:
            self.content(inline, owner, name + "/")

    def add_field(self, node, owner, name, kind, choice):
        self.facts.add("field", f"{owner}.{name}", type=kind, min=node.get("minOccurs", "1"),
                       max=node.get("maxOccurs", "1"),
                       nillable="yes" if node.get("nillable") in ("true", "1") else "no",
                       default=node.get("default", "none"), choice=choice)
        self.facts.order("fields of", owner, name)


def read_wsdl(path):
    facts, root = Facts("the WSDL"), parse(path)
    target = root.get("targetNamespace")
    facts.add("definitions", "contract", target_namespace=target)
    schemas = root.one(f"{{{WSDL}}}types").all(f"{{{XSD}}}schema")
    if len(schemas) != 1:
        facts.problem(f"{len(schemas)} schemas")
    for schema in schemas:
        SchemaReader(facts, schema, "contract").read()

    def tns(node, attribute):
        name = node.qname(attribute)
        return "tns:" + name[1] if name and name[0] == target else f"{name}"

    for message in root.all(f"{{{WSDL}}}message"):
        parts = message.all(f"{{{WSDL}}}part")
        facts.add("message", message.get("name"),
                  parts=" ".join(part.get("name") for part in parts),
                  element=" ".join(tns(part, "element") for part in parts))
    for port_type in root.all(f"{{{WSDL}}}portType"):
        facts.add("port type", port_type.get("name"), present="yes")
        for operation in port_type.all(f"{{{WSDL}}}operation"):
            read_operation(facts, operation, tns)
    for binding in root.all(f"{{{WSDL}}}binding"):
        read_binding(facts, binding, tns)
    for service in root.all(f"{{{WSDL}}}service"):
        facts.add("service", service.get("name"), present="yes")
        for port in service.all(f"{{{WSDL}}}port"):
            facts.add("port", f"{service.get('name')}.{port.get('name')}",
                      binding=tns(port, "binding"))
            if port.one(f"{{{SOAP}}}address") is None:
                facts.problem(f"port {port.get('name')}: no soap:address")
    return facts


def read_operation(facts, operation, tns):
    ways = {}
    for child in operation.children:
        way = child.tag.split("}")[-1]
        if way in ("input", "output"):
            ways[way] = tns(child, "message")
        elif way != "documentation":
            facts.problem(f"operation {operation.get('name')}: {way}")
    facts.add("operation", operation.get("name"), input=ways.get("input"),
              output=ways.get("output"), SOAPAction="none", bound="no")


def read_binding(facts, binding, tns):
    soap = binding.one(f"{{{SOAP}}}binding")
    style = soap.get("style", "document")
    facts.add("binding", binding.get("name"), port_type=tns(binding, "type"), style=style,
              transport=soap.get("transport"))
    for operation in binding.all(f"{{{WSDL}}}operation"):
        name, detail = operation.get("name"), operation.one(f"{{{SOAP}}}operation")
        if ("operation", name) not in facts.facts:
            facts.problem(f"operation {name}: bound, but not in the port type")
            continue
        uses = {body.get("use") for way in operation.children for body in way.children
                if body.tag == f"{{{SOAP}}}body"}
        bodies = [way.tag.split("}")[-1] for way in operation.children
                  for body in way.children if body.tag == f"{{{SOAP}}}body"]
        if uses != {"literal"} or bodies != ["input", "output"]:
            facts.problem(f"operation {name}: bodies other than literal in and out")
        if detail.get("style", style) != style:
            facts.problem(f"operation {name}: style {detail.get('style')}")
        facts.put("operation", name, "SOAPAction", detail.get("soapAction"))
        facts.put("operation", name, "bound", "yes")


def read_fault_schema(path):
    facts = Facts("the fault schema")
    SchemaReader(facts, parse(path), "fault").read()
    return facts


# --- the table side -------------------------------------------------------------------------------

def read_aspects(path, facts):
    """Rows of kind, name, aspect, value; a field's order is that of its rows."""
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            if line.startswith("#"):
                continue
            kind, name, aspect, value = line.rstrip("\n").split("\t")
            if kind == "field" and (kind, name) not in facts.facts:
                owner, _, field = name.partition(".")
                facts.order("fields of", owner, field)
            facts.put(kind, name, aspect, value)
    return facts


def read_table(path):
    facts = Facts("the table")
    with open(path, encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            if not line.startswith("#"):
                read_row(facts, line.rstrip("\n").split("\t"), number)
    return facts


def read_row(facts, row, number):
    kind, owner, name, type_, at_least, at_most, nillable, note = row
    if kind == "complexType":
        facts.add("type", name, base=type_.replace("extends ", "") or "none",
                  abstract="yes" if note == "abstract" else "no")
    elif kind == "field":
        choice = {"choice": "yes", "choice 0..1": "0..1"}.get(note, "no")
        default = note[len("default="):] if note.startswith("default=") else "none"
        if note and choice == "no" and default == "none":
            facts.problem(f"line {number}: note {note} not understood")
        facts.add("field", f"{owner}.{name}", type=type_, min=at_least, max=at_most,
                  nillable=nillable, default=default, choice=choice)
        facts.order("fields of", owner, name)
    elif kind == "simpleType":
        pattern = note[len("pattern="):] if note.startswith("pattern=") else "none"
        facts.add("simple type", name, base=type_.replace("restricts ", ""), pattern=pattern)
    elif kind == "enum":
        facts.add("enum value", f"{owner}={name}")
        facts.order("values of", owner, name)
    elif kind == "element":
        facts.add("element", name, type=type_, base="none")
    elif kind == "elementBase":
        facts.put("element", (owner or name).strip("<>"), "base", type_.replace("extends ", ""))
    elif kind == "message":
        facts.add("message", owner, parts=name, element=type_)
    elif kind == "operation":
        input_, output = type_.split(" -> ")
        facts.add("operation", name, input=input_, output=output, bound="yes",
                  SOAPAction=note.replace("soapAction=", ""))
    else:
        facts.problem(f"line {number}: kind {kind} not understood")


# --- comparing ------------------------------------------------------------------------------------

def count(facts):
    for kind in ("type", "simple type", "enum value", "element", "field", "message", "operation"):
        number = sum(1 for key in facts.facts if key[0] == kind)
        facts.add("count", kind, number=str(number))


def differences(expected, found):
    """Every difference in both directions, one line each, by name."""
    lines = expected.problems + found.problems
    for kind, name in expected.facts.keys() - found.facts.keys():
        lines.append(f"{kind} {name}: in {expected.said}, not in {found.said}")
    for kind, name in found.facts.keys() - expected.facts.keys():
        lines.append(f"{kind} {name}: in {found.said}, not in {expected.said}")
    for key in expected.facts.keys() & found.facts.keys():
        left, right = expected.facts[key], found.facts[key]
        for aspect in left.keys() | right.keys():
            if left.get(aspect) != right.get(aspect):
                lines.append(f"{key[0]} {key[1]}: {aspect} is {left.get(aspect)} in "
                             f"{expected.said}, {right.get(aspect)} in {found.said}")
    for key in expected.orders.keys() & found.orders.keys():
        both = set(expected.orders[key]) & set(found.orders[key])
        left = [name for name in expected.orders[key] if name in both]
        right = [name for name in found.orders[key] if name in both]
        for one, other in zip(left, right):
            if one != other:
                lines.append(f"{key[0]} {key[1]}: order: {one} in {expected.said} where "
                             f"{found.said} has {other}")
                break
    return sorted(lines)


def compare(wsdl_path, table):
    """The WSDL and its fault schema against the table and the facts around it."""
    expected = read_table(table)
    read_aspects(os.path.join(HERE, "frame.tsv"), expected)
    found = read_wsdl(wsdl_path)
    count(found)
    lines = differences(expected, found)

    fault = read_aspects(os.path.join(HERE, "fault.tsv"), Facts("the fault's facts"))
    fault_path = os.path.join(os.path.dirname(wsdl_path), "ETFrameworkFault.xsd")
    return lines + differences(fault, read_fault_schema(fault_path))


def is_ours():
    """Whether wsdl/ has the contract that was written from the table: it says so in front. One that
    `etwsdl sync --apply` put there is another, of which the table says nothing."""
    with open(WSDL_PATH, encoding="utf-8", errors="replace") as contract:
        return "written by\n  the etsoap project" in contract.read(1000)


def need_table():
    """The table's path; leaves the test as skipped when it is not there, or of no use."""
    path = table_path()
    if not is_ours():
        print("skipped: wsdl/etframework.wsdl is another contract than the one that was written "
              "from the table")
        raise SystemExit(SKIP)
    if not os.path.isfile(path):
        print(f"skipped: {path} is not there; ETSOAP_SHARED names the folder that holds "
              "contract/partner-api.tsv")
        raise SystemExit(SKIP)
    return path
