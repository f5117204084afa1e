"""Copies of the contract with one thing changed."""
import contextlib
import os
import shutil
import tempfile
import sys
import xml.dom.minidom

import facts

sys.path.insert(0, os.path.join(facts.SOURCE, "tests", "etwsdl"))
from contract import canonical  # noqa: E402


@contextlib.contextmanager
def contract_copy():
    """A temporary folder with the WSDL and its fault schema; gives the WSDL's path."""
    source = os.path.dirname(facts.WSDL_PATH)
    with tempfile.TemporaryDirectory(prefix="etsoap-contract-") as folder:
        for name in ("etframework.wsdl", "ETFrameworkFault.xsd"):
            shutil.copy(os.path.join(source, name), folder)
        yield os.path.join(folder, "etframework.wsdl")


class Document:
    """One file of the copy, with the few look-ups that mutations need."""

    def __init__(self, path):
        self.path = path
        self.dom = canonical(xml.dom.minidom.parse(path))

    def save(self):
        with open(self.path, "w", encoding="utf-8") as out:
            self.dom.writexml(out, encoding="utf-8")

    def tag(self, name):
        return self.dom.getElementsByTagName(name)

    def named(self, tag, name):
        found = [node for node in self.tag(tag) if node.getAttribute("name") == name
                 and node.parentNode.tagName in ("xsd:schema", "wsdl:definitions",
                                                 "wsdl:portType", "wsdl:binding", "wsdl:service")]
        assert found, f"{tag} {name} is not in {self.path}"
        return found[0]

    def type(self, name):
        return self.named("xsd:complexType", name)

    def field(self, owner, name):
        return [node for node in owner.getElementsByTagName("xsd:element")
                if node.getAttribute("name") == name][0]

    def value(self, owner, name):
        return [node for node in self.named("xsd:simpleType", owner)
                .getElementsByTagName("xsd:enumeration") if node.getAttribute("value") == name][0]


def drop(node):
    node.parentNode.removeChild(node)


def swap(one, other):
    """Exchanges two nodes with the same parent."""
    mark = one.ownerDocument.createComment("mark")
    parent = one.parentNode
    parent.replaceChild(mark, one)
    parent.replaceChild(one, other)
    parent.replaceChild(other, mark)


def twin(node):
    """A copy of the node right before it."""
    copy = node.cloneNode(True)
    node.parentNode.insertBefore(copy, node)
    return copy


def attribute(node, name, value):
    if value is None:
        node.removeAttribute(name)
    else:
        node.setAttribute(name, value)


def child(node, tag, **attributes):
    made = node.ownerDocument.createElement(tag)
    for name, value in attributes.items():
        made.setAttribute(name, value)
    node.appendChild(made)
    return made


def run(name, file, change, check, wanted):
    """Applies one change to a fresh copy; True when check's lines name what was changed."""
    with contract_copy() as path:
        document = Document(os.path.join(os.path.dirname(path), file))
        change(document)
        document.save()
        lines = check(path)
    if any(wanted in line for line in lines):
        print(f"ok    {name}: {[line for line in lines if wanted in line][0]}")
        return True
    print(f"MISS  {name}: expected a line with '{wanted}', got {lines or 'none'}")
    return False
