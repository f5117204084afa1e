"""Each single change to the contract is reported by name: the comparison has teeth."""
import os
import tempfile

import facts
from mutate import attribute, child, contract_copy, drop, run, swap, twin

WSDL, FAULT = "etframework.wsdl", "ETFrameworkFault.xsd"


def field(owner, name):
    return lambda d: d.field(d.type(owner), name)


def message_field(owner, name):
    return lambda d: d.field(d.named("xsd:element", owner), name)


def bound(d, name):
    return [node for node in d.tag("wsdl:binding")[0].getElementsByTagName("wsdl:operation")
            if node.getAttribute("name") == name][0]


def on(find, action, *arguments):
    return lambda d: action(find(d), *arguments)


def set_on(find, name, value):
    return lambda d: attribute(find(d), name, value)


def swap_fields(owner, one, other):
    return lambda d: swap(field(owner, one)(d), field(owner, other)(d))


def rename(find, name):
    return lambda d: attribute(find(d), "name", name)


MUTATIONS = [
    # name, file, change, what a line must say
    ("drop a field", WSDL, on(field("Send", "UniqueOpens"), drop),
     "field Send.UniqueOpens: in the table, not in the WSDL"),
    ("drop a child of an inline type", WSDL, on(field("ComplexFilterPart", "Operand"), drop),
     "field ComplexFilterPart.AdditionalOperands/Operand: in the table"),
    ("drop a field of a message", WSDL,
     on(message_field("RetrieveResponseMsg", "RequestID"), drop),
     "field <RetrieveResponseMsg>.RequestID: in the table"),
    ("add a field", WSDL, lambda d: attribute(twin(field("ClickEvent", "URL")(d)), "name", "Url"),
     "field ClickEvent.Url: in the WSDL, not in the table"),
    ("a field twice", WSDL, on(field("ClickEvent", "URL"), twin),
     "field ClickEvent.URL: twice in the WSDL"),
    ("rename a field", WSDL, rename(field("BounceEvent", "SMTPCode"), "SmtpCode"),
     "field BounceEvent.SMTPCode: in the table, not in the WSDL"),
    ("swap two fields", WSDL, swap_fields("TrackingEvent", "SendID", "SubscriberKey"),
     "fields of TrackingEvent: order"),
    ("swap two fields of a message", WSDL,
     lambda d: swap(message_field("CreateResponse", "Results")(d),
                    message_field("CreateResponse", "OverallStatus")(d)),
     "fields of <CreateResponse>: order"),
    ("retype a field", WSDL, set_on(field("ClickEvent", "URLID"), "type", "xsd:long"),
     "field ClickEvent.URLID: type is xsd:int in the table, xsd:long in the WSDL"),
    ("a type of another namespace", WSDL, set_on(field("LinkSend", "Link"), "type", "xsd:Link"),
     "field LinkSend.Link: type is tns:Link in the table, xsd:Link in the WSDL"),
    ("make a field required", WSDL, set_on(field("Send", "Subject"), "minOccurs", "1"),
     "field Send.Subject: min is 0"),
    ("make a field optional", WSDL,
     set_on(field("RetrieveRequest", "ObjectType"), "minOccurs", "0"),
     "field RetrieveRequest.ObjectType: min is 1"),
    ("make an array single", WSDL, set_on(field("SimpleFilterPart", "Value"), "maxOccurs", None),
     "field SimpleFilterPart.Value: max is unbounded"),
    ("make a field an array", WSDL, set_on(field("LinkSend", "SendID"), "maxOccurs", "unbounded"),
     "field LinkSend.SendID: max is 1"),
    ("make a field nillable", WSDL, set_on(field("ListSend", "SendID"), "nillable", "true"),
     "field ListSend.SendID: nillable is no"),
    ("strip nillable", WSDL, set_on(field("Send", "NumberSent"), "nillable", None),
     "field Send.NumberSent: nillable is yes"),
    ("change a default", WSDL, set_on(field("AccountUser", "Delete"), "default", "1"),
     "field AccountUser.Delete: default is 0"),
    ("add a default", WSDL, set_on(field("Send", "Status"), "default", "Complete"),
     "field Send.Status: default is none"),
    ("an attribute of another kind", WSDL, set_on(field("Send", "Status"), "form", "unqualified"),
     "element Status: attribute form"),
    ("turn an optional choice into a choice", WSDL,
     lambda d: attribute(d.type("ExtractRequest").getElementsByTagName("xsd:choice")[0],
                         "minOccurs", None),
     "field ExtractRequest.Description: choice is 0..1"),
    ("turn a choice into a sequence", WSDL,
     lambda d: setattr(d.type("FieldMap").getElementsByTagName("xsd:choice")[0], "tagName",
                       "xsd:sequence"),
     "type FieldMap: sequence inside sequence"),
    ("drop the any", WSDL, lambda d: drop(d.tag("xsd:any")[0]),
     "field AssetAnyProperty.##any: in the table"),
    ("let the any pass unchecked", WSDL,
     lambda d: attribute(d.tag("xsd:any")[0], "processContents", "lax"),
     "any : attribute processContents"),
    ("drop a type", WSDL, lambda d: drop(d.type("DeliveredEvent")),
     "type DeliveredEvent: in the table, not in the WSDL"),
    ("a type twice", WSDL, lambda d: twin(d.type("SentEvent")), "type SentEvent: twice"),
    ("add a type", WSDL, lambda d: attribute(twin(d.type("SentEvent")), "name", "ReadEvent"),
     "type ReadEvent: in the WSDL, not in the table"),
    ("change a base", WSDL,
     lambda d: attribute(d.type("OpenEvent").getElementsByTagName("xsd:extension")[0], "base",
                         "tns:APIObject"),
     "type OpenEvent: base is tns:TrackingEvent"),
    ("make a type abstract", WSDL, lambda d: attribute(d.type("TrackingEvent"), "abstract", "true"),
     "type TrackingEvent: abstract is no"),
    ("make a type concrete", WSDL, lambda d: attribute(d.type("Options"), "abstract", None),
     "type Options: abstract is yes"),
    ("drop an enumeration value", WSDL, lambda d: drop(d.value("SimpleOperators", "IN")),
     "enum value SimpleOperators=IN: in the table, not in the WSDL"),
    ("respell an enumeration value", WSDL,
     lambda d: attribute(d.value("SimpleOperators", "IN"), "value", "in"),
     "enum value SimpleOperators=in: in the WSDL, not in the table"),
    ("swap two enumeration values", WSDL,
     lambda d: swap(d.value("EventType", "Open"), d.value("EventType", "Click")),
     "values of EventType: order"),
    ("drop a simple type", WSDL, lambda d: drop(d.named("xsd:simpleType", "EventType")),
     "simple type EventType: in the table, not in the WSDL"),
    ("change the base of a simple type", WSDL,
     lambda d: attribute(d.named("xsd:simpleType", "EventType").getElementsByTagName(
         "xsd:restriction")[0], "base", "xsd:token"),
     "simple type EventType: base is xsd:string"),
    ("change a pattern", WSDL, lambda d: attribute(d.tag("xsd:pattern")[0], "value", ".*"),
     "simple type instanceid: pattern is"),
    ("drop an element", WSDL, lambda d: drop(d.named("xsd:element", "TriggeredSend")),
     "element TriggeredSend: in the table, not in the WSDL"),
    ("retype an element", WSDL,
     lambda d: attribute(d.named("xsd:element", "TriggeredSend"), "type", "tns:Send"),
     "element TriggeredSend: type is tns:TriggeredSend"),
    ("drop a message", WSDL, lambda d: drop(d.named("wsdl:message", "queryRequest")),
     "message queryRequest: in the table, not in the WSDL"),
    ("rename a message's part", WSDL,
     lambda d: attribute(d.named("wsdl:message", "queryRequest").getElementsByTagName(
         "wsdl:part")[0], "name", "body"),
     "message queryRequest: parts is parameters"),
    ("another element in a message", WSDL,
     lambda d: attribute(d.named("wsdl:message", "createResponse").getElementsByTagName(
         "wsdl:part")[0], "element", "tns:UpdateResponse"),
     "message createResponse: element is tns:CreateResponse"),
    ("drop an operation", WSDL,
     lambda d: (drop(bound(d, "Query")), drop(d.named("wsdl:operation", "Query"))),
     "operation Query: in the table, not in the WSDL"),
    ("unbind an operation", WSDL, lambda d: drop(bound(d, "Query")),
     "operation Query: bound is yes"),
    ("another answer to an operation", WSDL,
     lambda d: attribute(d.named("wsdl:operation", "Retrieve").getElementsByTagName(
         "wsdl:output")[0], "message", "tns:queryResponse"),
     "operation Retrieve: output is tns:retrieveResponse"),
    ("change a SOAPAction", WSDL,
     lambda d: attribute(bound(d, "GetSystemStatus").getElementsByTagName("soap:operation")[0],
                         "soapAction", "SystemStatus"),
     "operation GetSystemStatus: SOAPAction is GetSystemStatus"),
    ("encode a body", WSDL,
     lambda d: attribute(bound(d, "Retrieve").getElementsByTagName("soap:body")[0], "use",
                         "encoded"),
     "operation Retrieve: bodies other than literal"),
    ("an operation in RPC style", WSDL,
     lambda d: attribute(bound(d, "Retrieve").getElementsByTagName("soap:operation")[0], "style",
                         "rpc"),
     "operation Retrieve: style rpc"),
    ("a binding in RPC style", WSDL,
     lambda d: attribute(d.tag("soap:binding")[0], "style", "rpc"),
     "binding SoapBinding: style is document"),
    ("another transport", WSDL,
     lambda d: attribute(d.tag("soap:binding")[0], "transport", "urn:smtp"),
     "binding SoapBinding: transport is"),
    ("another target namespace", WSDL,
     lambda d: attribute(d.tag("xsd:schema")[0], "targetNamespace", "urn:other"),
     "schema contract: target namespace is"),
    ("elements without namespace", WSDL,
     lambda d: attribute(d.tag("xsd:schema")[0], "elementFormDefault", None),
     "schema contract: elementFormDefault is qualified"),
    ("rename the service", WSDL, rename(lambda d: d.tag("wsdl:service")[0], "Service"),
     "service PartnerAPI: in the table, not in the WSDL"),
    ("rename the port", WSDL, rename(lambda d: d.tag("wsdl:port")[0], "Soap12"),
     "port PartnerAPI.Soap: in the table, not in the WSDL"),
    ("an import by URL", WSDL,
     lambda d: attribute(d.tag("xsd:import")[0], "schemaLocation", "https://example.com/f.xsd"),
     "import urn:fault.partner.exacttarget.com: schemaLocation is"),
    ("an attribute on a type", WSDL,
     lambda d: child(d.type("ClientID"), "xsd:attribute", name="id", type="xsd:string"),
     "attribute: not part of the contract's vocabulary"),
    ("drop a field of the fault", FAULT, on(field("APIFault", "LogID"), drop),
     "field APIFault.LogID: in the fault's facts, not in the fault schema"),
    ("swap two fields of the fault", FAULT, swap_fields("APIFault", "Code", "Message"),
     "fields of APIFault: order"),
    ("retype the fault's code", FAULT, set_on(field("APIFault", "Code"), "type", "xsd:string"),
     "field APIFault.Code: type is xsd:int"),
    ("rename the fault", FAULT, rename(lambda d: d.named("xsd:element", "apifault"), "ApiFault"),
     "element apifault: in the fault's facts"),
    ("another namespace of the fault", FAULT,
     lambda d: attribute(d.tag("xsd:schema")[0], "targetNamespace", "urn:fault"),
     "schema fault: target namespace is"),
]

TABLE_ROWS = [
    # what is taken out of the table, what a line must say
    ("field\tBounceEvent\tSMTPCode\t", "field BounceEvent.SMTPCode: in the WSDL, not in the table"),
    ("enum\tSimpleOperators\tbetween\t", "enum value SimpleOperators=between: in the WSDL"),
    ("complexType\t\tSentEvent\t", "type SentEvent: in the WSDL, not in the table"),
    ("simpleType\t\tEventType\t", "simple type EventType: in the WSDL, not in the table"),
    ("element\t\tSend\t", "element Send: in the WSDL, not in the table"),
    ("message\tquery", "message queryRequest: in the WSDL, not in the table"),
    ("operation\tSoap\tExecute\t", "operation Execute: "),
]


def without_rows(table, start, wanted):
    with open(table, encoding="utf-8") as lines:
        kept = [line for line in lines if not line.startswith(start)]
    with tempfile.TemporaryDirectory(prefix="etsoap-contract-") as folder:
        path = os.path.join(folder, "table.tsv")
        with open(path, "w", encoding="utf-8") as out:
            out.writelines(kept)
        lines = facts.compare(facts.WSDL_PATH, path)
    seen = any(wanted in line for line in lines)
    print(f"{'ok   ' if seen else 'MISS '} table without '{start.strip()}': {lines[:1]}")
    return seen


def main():
    table = facts.need_table()

    def check(path):
        return facts.compare(path, table)

    with contract_copy() as path:
        lines = check(path)
    if lines:
        print("an unchanged copy must agree with the table first:", *lines, sep="\n")
        return 1
    results = [run(name, file, change, check, wanted)
               for name, file, change, wanted in MUTATIONS]
    results += [without_rows(table, start, wanted) for start, wanted in TABLE_ROWS]
    print(f"{results.count(True)} of {len(results)} changes seen")
    return 0 if all(results) else 1


if __name__ == "__main__":
    raise SystemExit(main())
