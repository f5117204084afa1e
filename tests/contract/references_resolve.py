"""The contract stands on its own: well-formed, every reference resolves, nothing remote."""
import os
import re
import xml.etree.ElementTree as ET

import facts
from facts import SOAP, WSDL, XSD

BUILT_IN = {
    "string", "boolean", "byte", "short", "int", "long", "integer", "double", "dateTime", "time",
    "base64Binary",
}
REMOTE = re.compile(r"^([a-zA-Z][a-zA-Z0-9+.-]*:|//)")


class Checker:
    def __init__(self, path):
        self.path, self.lines, self.defined = path, [], {}
        self.bases = {}

    def say(self, text):
        self.lines.append(text)

    def load(self, path):
        """A document and the schemas it imports, all of them files beside it."""
        try:
            root = facts.parse(path)
        except (OSError, ET.ParseError) as error:
            self.say(f"{os.path.basename(path)}: {error}")
            return []
        roots = [root]
        for node in root.walk():
            if node.tag in (f"{{{XSD}}}import", f"{{{XSD}}}include", f"{{{WSDL}}}import"):
                roots += self.load_import(node, os.path.dirname(path))
        return roots

    def load_import(self, node, folder):
        location = node.get("schemaLocation") or node.get("location")
        if not location:
            self.say(f"import {node.get('namespace')}: no location")
        elif REMOTE.match(location):
            self.say(f"import {node.get('namespace')}: {location} is remote")
        else:
            roots = self.load(os.path.join(folder, location))
            if roots and roots[0].get("targetNamespace") != node.get("namespace"):
                self.say(f"import {node.get('namespace')}: {location} is another namespace")
            return roots
        return []

    def define(self, kind, namespace, name):
        if (kind, namespace, name) in self.defined:
            self.say(f"{kind} {name}: defined twice")
        self.defined[kind, namespace, name] = True

    def collect(self, root):
        for node in root.walk():
            if node.tag == f"{{{XSD}}}schema":
                for child in node.children:
                    kind = child.tag.split("}")[-1]
                    kind = "type" if kind.endswith("Type") else kind
                    if kind in ("type", "element"):
                        self.define(kind, node.get("targetNamespace"), child.get("name"))
        if root.tag == f"{{{WSDL}}}definitions":
            for child in root.children:
                kind = child.tag.split("}")[-1]
                if kind in ("message", "portType", "binding"):
                    self.define(kind, root.get("targetNamespace"), child.get("name"))

    def resolve(self, node, attribute, kind, where):
        value = node.get(attribute)
        if value is None:
            return
        name = node.qname(attribute)
        if name is None:
            self.say(f"{where}: {kind} {value}: unknown prefix")
        elif kind == "type" and name[0] == XSD:
            if name[1] not in BUILT_IN:
                self.say(f"{where}: type {value} is no type that the contract uses")
        elif (kind, *name) not in self.defined:
            self.say(f"{where}: {kind} {value} is not defined")

    def check(self, node, where):
        tag = node.tag
        if node.get("name"):
            where = f"{where}/{node.get('name')}" if where else node.get("name")
        if tag.startswith(f"{{{XSD}}}"):
            self.resolve(node, "type", "type", where)
            self.resolve(node, "base", "type", where)
            self.resolve(node, "ref", "element", where)
        elif tag == f"{{{WSDL}}}part":
            self.resolve(node, "element", "element", where)
        elif tag in (f"{{{WSDL}}}input", f"{{{WSDL}}}output", f"{{{WSDL}}}fault"):
            self.resolve(node, "message", "message", where)
        elif tag == f"{{{WSDL}}}binding":
            self.resolve(node, "type", "portType", where)
        elif tag == f"{{{WSDL}}}port":
            self.resolve(node, "binding", "binding", where)
        for child in node.children:
            self.check(child, where)

    def check_shape(self, root):
        """Untyped fields, bases in a circle, operations bound and offered alike."""
        for node in root.walk():
            if node.tag == f"{{{XSD}}}element" and not node.get("type") and not node.get("ref") \
                    and node.one(f"{{{XSD}}}complexType") is None:
                self.say(f"element {node.get('name')}: neither type nor content")
            if node.tag == f"{{{XSD}}}complexType" and node.get("name"):
                for child in node.walk():
                    if child.tag == f"{{{XSD}}}extension" and child.qname("base"):
                        self.bases[node.get("name")] = child.qname("base")[1]
        for name in self.bases:
            seen, base = {name}, self.bases[name]
            while base in self.bases and base not in seen:
                seen.add(base)
                base = self.bases[base]
            if base in seen:
                self.say(f"type {name}: its bases run in a circle")

    def check_binding(self, root):
        offered = {node.get("name") for port in root.all(f"{{{WSDL}}}portType")
                   for node in port.all(f"{{{WSDL}}}operation")}
        for binding in root.all(f"{{{WSDL}}}binding"):
            bound = {node.get("name") for node in binding.all(f"{{{WSDL}}}operation")}
            for name in sorted(offered ^ bound):
                self.say(f"operation {name}: not both in port type and binding")
            for node in binding.all(f"{{{WSDL}}}operation"):
                if node.one(f"{{{SOAP}}}operation") is None:
                    self.say(f"operation {node.get('name')}: no SOAPAction")


def problems(path):
    checker = Checker(path)
    roots = checker.load(path)
    for root in roots:
        checker.collect(root)
    for root in roots:
        checker.check(root, "")
        checker.check_shape(root)
    if roots and roots[0].tag == f"{{{WSDL}}}definitions":
        checker.check_binding(roots[0])
        if len(roots) < 2:
            checker.say("the fault schema is not imported")
    elif roots:
        checker.say("not a WSDL")
    return checker.lines


def main():
    lines = problems(facts.WSDL_PATH)
    for line in lines:
        print(line)
    print(f"{len(lines)} problems" if lines else "every reference resolves, nothing is remote")
    return 1 if lines else 0


if __name__ == "__main__":
    raise SystemExit(main())
