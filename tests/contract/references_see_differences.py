"""Each broken reference or remote import is reported by name; needs no table."""
import os

from mutate import attribute, child, contract_copy, drop, run, twin
from references_resolve import problems

WSDL, FAULT = "etframework.wsdl", "ETFrameworkFault.xsd"


def imported(d):
    return d.tag("xsd:import")[0]


MUTATIONS = [
    ("an import by URL", WSDL,
     lambda d: attribute(imported(d), "schemaLocation", "http://example.com/fault.xsd"),
     "http://example.com/fault.xsd is remote"),
    ("an import without scheme", WSDL,
     lambda d: attribute(imported(d), "schemaLocation", "//example.com/fault.xsd"),
     "//example.com/fault.xsd is remote"),
    ("a WSDL import by URL", WSDL,
     lambda d: child(d.dom.documentElement, "wsdl:import", namespace="urn:x",
                     location="https://example.com/more.wsdl"),
     "https://example.com/more.wsdl is remote"),
    ("a file that is not there", WSDL,
     lambda d: attribute(imported(d), "schemaLocation", "Other.xsd"), "Other.xsd"),
    ("an import without location", WSDL,
     lambda d: attribute(imported(d), "schemaLocation", None), "no location"),
    ("no import", WSDL, lambda d: drop(imported(d)), "the fault schema is not imported"),
    ("the fault under another namespace", FAULT,
     lambda d: attribute(d.tag("xsd:schema")[0], "targetNamespace", "urn:x"), "another namespace"),
    ("a field of an unknown type", WSDL,
     lambda d: attribute(d.field(d.type("LinkSend"), "Link"), "type", "tns:Lnk"),
     "LinkSend/Link: type tns:Lnk is not defined"),
    ("a misspelt built-in type", WSDL,
     lambda d: attribute(d.field(d.type("LinkSend"), "SendID"), "type", "xsd:interger"),
     "LinkSend/SendID: type xsd:interger"),
    ("an unknown prefix", WSDL,
     lambda d: attribute(d.field(d.type("LinkSend"), "Link"), "type", "et:Link"),
     "LinkSend/Link: type et:Link: unknown prefix"),
    ("a field without type", WSDL,
     lambda d: attribute(d.field(d.type("LinkSend"), "SendID"), "type", None),
     "element SendID: neither type nor content"),
    ("a base that is gone", WSDL, lambda d: drop(d.type("TrackingEvent")),
     "SentEvent: type tns:TrackingEvent is not defined"),
    ("bases in a circle", WSDL,
     lambda d: attribute(d.type("TrackingEvent").getElementsByTagName("xsd:extension")[0], "base",
                         "tns:SentEvent"),
     "type SentEvent: its bases run in a circle"),
    ("a type twice", WSDL, lambda d: twin(d.type("Send")), "type Send: defined twice"),
    ("a message of an unknown element", WSDL,
     lambda d: drop(d.named("xsd:element", "RetrieveRequestMsg")),
     "element tns:RetrieveRequestMsg is not defined"),
    ("an operation of an unknown message", WSDL,
     lambda d: drop(d.named("wsdl:message", "retrieveRequest")),
     "message tns:retrieveRequest is not defined"),
    ("a binding of an unknown port type", WSDL,
     lambda d: attribute(d.tag("wsdl:binding")[0], "type", "tns:Sope"),
     "portType tns:Sope is not defined"),
    ("a port of an unknown binding", WSDL,
     lambda d: attribute(d.tag("wsdl:port")[0], "binding", "tns:Other"),
     "binding tns:Other is not defined"),
    ("an operation that is not bound", WSDL,
     lambda d: drop([node for node in d.tag("wsdl:binding")[0].getElementsByTagName(
         "wsdl:operation") if node.getAttribute("name") == "Describe"][0]),
     "operation Describe: not both in port type and binding"),
    ("an unknown type in the fault", FAULT,
     lambda d: attribute(d.named("xsd:element", "apifault"), "type", "Fault"),
     "apifault: type Fault is not defined"),
]


def not_well_formed():
    with contract_copy() as path:
        fault = os.path.join(os.path.dirname(path), FAULT)
        with open(fault, "r+", encoding="utf-8") as file:
            file.truncate(len(file.read()) // 2)
        lines = problems(path)
    print("ok    half a file:" if lines else "MISS  half a file:", lines)
    return any(FAULT in line for line in lines)


def main():
    with contract_copy() as path:
        lines = problems(path)
    if lines:
        print("an unchanged copy must be whole first:", *lines, sep="\n")
        return 1
    results = [run(*mutation[:3], problems, mutation[3]) for mutation in MUTATIONS]
    results.append(not_well_formed())
    print(f"{results.count(True)} of {len(results)} changes seen")
    return 0 if all(results) else 1


if __name__ == "__main__":
    raise SystemExit(main())
