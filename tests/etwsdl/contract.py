"""A WSDL as a DOM that tests change: finding, making and moving declarations.

Nothing here shares code or rules with etwsdl: the tests say what they changed, etwsdl has to find
out.
"""
import copy
import pathlib
import shutil
import subprocess
import tempfile
import xml.dom.minidom

XSD = "http://www.w3.org/2001/XMLSchema"
WSDL = "http://schemas.xmlsoap.org/wsdl/"
SOAP = "http://schemas.xmlsoap.org/wsdl/soap/"
SOAP12 = "http://schemas.xmlsoap.org/wsdl/soap12/"
API = "http://exacttarget.com/wsdl/partnerAPI"


def children(node, ns=None, local=None):
    return [child for child in node.childNodes if child.nodeType == child.ELEMENT_NODE
            and (ns is None or child.namespaceURI == ns)
            and (local is None or child.localName == local)]


PREFIXES = {XSD: "xsd", WSDL: "wsdl", SOAP: "soap", SOAP12: "soap12", API: "tns"}
QNAMES = ("type", "base", "element", "ref", "message", "binding", "itemType", "substitutionGroup")


def canonical(doc):
    """Whatever prefixes a contract has, the tests find the ones that they write."""
    def scope_of(node):
        scope = {}
        while node is not None and node.nodeType == node.ELEMENT_NODE:
            for name, value in node.attributes.items():
                if name == "xmlns" or name.startswith("xmlns:"):
                    scope.setdefault(name[6:], value)
            node = node.parentNode
        return scope

    nodes = list(doc.getElementsByTagName("*"))
    values = []
    for node in nodes:
        scope = None
        for name in QNAMES:
            if node.hasAttribute(name) and node.namespaceURI in PREFIXES:
                scope = scope_of(node) if scope is None else scope
                prefix, _, local = node.getAttribute(name).rpartition(":")
                ns = PREFIXES.get(scope.get(prefix))
                values.append((node, name, f"{ns}:{local}" if ns else node.getAttribute(name)))
    for node, name, value in values:
        node.setAttribute(name, value)
    for node in nodes:
        if node.namespaceURI in PREFIXES:
            prefix = PREFIXES[node.namespaceURI]
            node.prefix, node.tagName = prefix, f"{prefix}:{node.localName}"
            node.nodeName = node.tagName
        for name, value in list(node.attributes.items()):
            if (name == "xmlns" or name.startswith("xmlns:")) and value in PREFIXES:
                node.removeAttribute(name)
    for ns, prefix in PREFIXES.items():
        doc.documentElement.setAttribute("xmlns:" + prefix, ns)
    return doc


class Contract:
    """The document with shortcuts; `copy()` is what a mutation changes."""

    def __init__(self, path):
        self.path = pathlib.Path(path)
        self.doc = canonical(xml.dom.minidom.parse(str(path)))
        self.index()

    def index(self):
        self.definitions = self.doc.documentElement
        self.schema = next(schema for schema in
                           self.definitions.getElementsByTagNameNS(XSD, "schema")
                           if schema.getAttribute("targetNamespace") == API)
        self.complex = self.named("complexType")
        self.simple = self.named("simpleType")
        self.elements = self.named("element")

    def named(self, local):
        return {node.getAttribute("name"): node for node in children(self.schema, XSD, local)}

    def copy(self):
        other = copy.copy(self)
        other.doc = self.doc.cloneNode(True)
        other.index()
        return other

    def text(self):
        return self.doc.toxml(encoding="UTF-8")

    # --- making ---

    def xsd(self, local, **attributes):
        node = self.doc.createElementNS(XSD, "xsd:" + local)
        for name, value in attributes.items():
            node.setAttribute(name.rstrip("_"), value)
        return node

    def wsdl(self, local, **attributes):
        node = self.doc.createElementNS(WSDL, "wsdl:" + local)
        for name, value in attributes.items():
            node.setAttribute(name, value)
        return node

    def soap(self, local, **attributes):
        node = self.doc.createElementNS(SOAP, "soap:" + local)
        for name, value in attributes.items():
            node.setAttribute(name, value)
        return node

    def field(self, name, type_="xsd:string", **attributes):
        return self.xsd("element", name=name, type=type_, **attributes)

    # --- finding ---

    def extension(self, name):
        """The xsd:extension of a type, or None."""
        found = self.complex[name].getElementsByTagNameNS(XSD, "extension")
        return found[0] if found else None

    def base(self, name):
        extension = self.extension(name)
        return extension.getAttribute("base").split(":")[-1] if extension is not None else None

    def sequence(self, name):
        """Of a named complex type; made when it is not there."""
        holder = self.extension(name)
        holder = self.complex[name] if holder is None else holder
        found = children(holder, XSD, "sequence")
        if found:
            return found[0]
        return holder.appendChild(self.xsd("sequence"))

    def fields(self, name):
        """The elements directly in the sequence of a type."""
        holder = self.extension(name)
        holder = self.complex[name] if holder is None else holder
        return [field for sequence in children(holder, XSD, "sequence")
                for field in children(sequence, XSD, "element")]

    def find(self, type_name, field_name):
        return next(field for field in self.fields(type_name)
                    if field.getAttribute("name") == field_name)

    def derived(self, name):
        return sorted(other for other in self.complex if self.base(other) == name)

    def message(self, name):
        return next(node for node in children(self.definitions, WSDL, "message")
                    if node.getAttribute("name") == name)

    def port_type(self):
        return children(self.definitions, WSDL, "portType")[0]

    def binding(self):
        return children(self.definitions, WSDL, "binding")[0]

    def service(self):
        return children(self.definitions, WSDL, "service")[0]

    @staticmethod
    def operation(holder, name):
        return next(node for node in children(holder, WSDL, "operation")
                    if node.getAttribute("name") == name)

    def references(self, name):
        """How often a type or element is named in the contract."""
        wanted = "tns:" + name
        return sum(1 for node in self.doc.getElementsByTagName("*")
                   for attribute in ("type", "base", "element", "ref", "substitutionGroup")
                   if node.getAttribute(attribute) == wanted)


def spelled(type_):
    return type_[4:] if type_.startswith("tns:") else type_


def detail(field, **instead):
    """A field's fact as etwsdl writes it: `xsd:int 0..1 nillable`."""
    def get(name, default=""):
        value = instead.get(name)
        return value if value is not None else field.getAttribute(name) or default
    type_ = get("type")
    words = [spelled(type_) if type_ else "(inline)",
             f"{get('minOccurs', '1')}..{get('maxOccurs', '1')}"]
    if get("nillable") == "true":
        words.append("nillable")
    if get("form") == "unqualified":
        words.append("unqualified")
    for name in ("default", "fixed"):
        if get(name):
            words.append(f'{name}="{get(name)}"')
    if get("block"):
        words.append(f"block={get('block')}")
    return " ".join(words)


class Folder:
    """A scratch folder with the fault schema in it, where contracts are written and compared."""

    def __init__(self, program, original):
        self.program = pathlib.Path(program).resolve()
        self.holder = tempfile.TemporaryDirectory(prefix="etwsdl-test-")
        self.path = pathlib.Path(self.holder.name)
        self.original = self.path / "old" / "etframework.wsdl"
        for name in ("old", "new"):
            (self.path / name).mkdir()
            for schema in pathlib.Path(original).parent.glob("*.xsd"):
                shutil.copy(schema, self.path / name)
        shutil.copy(original, self.original)
        self.changed = self.path / "new" / "etframework.wsdl"

    def write(self, data):
        self.changed.write_bytes(data)
        return self.changed

    def run(self, *arguments):
        return subprocess.run([self.program, *map(str, arguments)], capture_output=True,
                              encoding="utf-8", timeout=60, cwd=self.path)

    def close(self):
        self.holder.cleanup()
