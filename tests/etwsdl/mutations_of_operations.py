"""Mutations of operations, messages and bindings."""
from contract import SOAP, SOAP12, WSDL, children, spelled
from mutation import Maker, Mutation, append, replace

REST = "document in=literal out=literal"


class OperationMaker(Maker):
    # --- WSDL ---

    def ends(self, name):
        """The elements of an operation, as etwsdl writes them."""
        operation = self.contract.operation(self.contract.port_type(), name)
        sides = {child.localName: spelled(child.getAttribute("message"))
                 for child in children(operation, WSDL)}
        parts = [children(self.contract.message(sides[side]), WSDL, "part")[0]
                 for side in ("input", "output")]
        return " -> ".join(spelled(part.getAttribute("element")) for part in parts)

    def operations(self):
        contract = self.contract
        for operation in children(contract.port_type(), WSDL, "operation"):
            name = operation.getAttribute("name")
            ends = self.ends(name)

            def remove(c, name=name):
                for holder in (c.port_type(), c.binding()):
                    holder.removeChild(c.operation(holder, name))
            yield Mutation("operation removed", name, remove,
                           [("removed", f'operation {name}.SOAP 1.1 {ends} "{name}" {REST}')],
                           True, True)

            def action(c, name=name):
                bound = c.operation(c.binding(), name)
                bound.getElementsByTagNameNS(SOAP, "operation")[0].setAttribute(
                    "soapAction", "urn:other")
            yield Mutation("action changed", name, action,
                           [("changed", f'operation {name}.SOAP 1.1: {ends} "{name}" {REST} -> '
                             f'{ends} "urn:other" {REST}')], True, False)

        def add(c):
            operation = c.port_type().appendChild(c.wsdl("operation", name="Added"))
            append(operation, c.wsdl("input", message="tns:retrieveRequest"))
            append(operation, c.wsdl("output", message="tns:retrieveResponse"))
            bound = c.binding().appendChild(c.wsdl("operation", name="Added"))
            append(bound, c.soap("operation", soapAction="Added"))
            for side in ("input", "output"):
                append(bound.appendChild(c.wsdl(side)), c.soap("body", use="literal"))
        retrieve = self.ends("Retrieve")
        yield Mutation("operation added", "Added", add,
                       [("added", f'operation Added.SOAP 1.1 {retrieve} "Added" {REST}')],
                       False, False)

        def one_way(c):
            operation = c.operation(c.port_type(), "Retrieve")
            for child in children(operation, WSDL, "output"):
                operation.removeChild(child)
        yield Mutation("operation without answer", "Retrieve", one_way,
                       [("changed", f'operation Retrieve.SOAP 1.1: {retrieve} "Retrieve" {REST} '
                         '-> RetrieveRequestMsg -> nothing "Retrieve" document in=literal')],
                       False, True)

        def fault(c):
            append(c.operation(c.port_type(), "Retrieve"),
                   c.wsdl("fault", name="Oops", message="tns:retrieveResponse"))
        yield Mutation("fault added", "Retrieve", fault,
                       [("added", "fault Retrieve.RetrieveResponseMsg")], False, True)

    def messages(self):
        retrieve = self.ends("Retrieve")

        def said(request="RetrieveRequestMsg", response="RetrieveResponseMsg"):
            return [("changed", f'operation Retrieve.SOAP 1.1: {retrieve} "Retrieve" {REST} -> '
                     f'{request} -> {response} "Retrieve" {REST}')]

        def part(c):
            children(c.message("retrieveRequest"), WSDL, "part")[0].setAttribute(
                "element", "tns:Send")
        yield Mutation("part of a request", "retrieveRequest", part, said(request="Send"),
                       True, False)

        def answer(c):
            children(c.message("retrieveResponse"), WSDL, "part")[0].setAttribute(
                "element", "tns:Send")
        yield Mutation("part of an answer", "retrieveResponse", answer, said(response="Send"),
                       False, True)

        def swap(c):
            operation = c.operation(c.port_type(), "Retrieve")
            children(operation, WSDL, "input")[0].setAttribute("message", "tns:createRequest")
        yield Mutation("operation takes another message", "Retrieve", swap,
                       said(request="CreateRequest"), True, False)

    def bindings(self):
        retrieve = self.ends("Retrieve")

        def soap12(c):
            old = c.binding().getElementsByTagNameNS(SOAP, "binding")[0]
            new = c.doc.createElementNS(SOAP12, "s12:binding")
            new.setAttribute("xmlns:s12", SOAP12)
            for name in ("style", "transport"):
                if old.getAttribute(name):
                    new.setAttribute(name, old.getAttribute(name))
            replace(old, new)
        http = "http://schemas.xmlsoap.org/soap/http"
        yield Mutation("SOAP 1.2", "SoapBinding", soap12,
                       [("removed", f"binding SOAP 1.1 over {http}"),
                        ("added", f"binding SOAP 1.2 over {http}")], True, True)

        def transport(c):
            c.binding().getElementsByTagNameNS(SOAP, "binding")[0].setAttribute(
                "transport", "urn:mail")
        yield Mutation("transport", "SoapBinding", transport,
                       [("changed", f"binding SOAP 1.1: over {http} -> over urn:mail")], True, True)

        def rpc(c):
            bound = c.operation(c.binding(), "Retrieve")
            bound.getElementsByTagNameNS(SOAP, "operation")[0].setAttribute("style", "rpc")
        yield Mutation("style", "Retrieve", rpc,
                       [("changed", f'operation Retrieve.SOAP 1.1: {retrieve} "Retrieve" {REST} '
                         '-> parameters: RetrieveRequestMsg -> parameters: RetrieveResponseMsg '
                         '"Retrieve" rpc in=literal out=literal')], True, True)

        def encoded(c):
            bound = c.operation(c.binding(), "Retrieve")
            body = children(bound, WSDL, "input")[0].getElementsByTagNameNS(SOAP, "body")[0]
            body.setAttribute("use", "encoded")
        yield Mutation("use", "Retrieve", encoded,
                       [("changed", f'operation Retrieve.SOAP 1.1: {retrieve} "Retrieve" {REST} '
                         f'-> {retrieve} "Retrieve" document in=encoded out=literal')],
                       True, False)

        def header(c, side):
            bound = c.operation(c.binding(), "Retrieve")
            append(children(bound, WSDL, side)[0],
                   c.soap("header", message="tns:createRequest", part="parameters",
                          use="literal"))
        yield Mutation("header of a request", "Retrieve", lambda c: header(c, "input"),
                       [("added", "header Retrieve.in.CreateRequest literal")], True, False)
        yield Mutation("header of an answer", "Retrieve", lambda c: header(c, "output"),
                       [("added", "header Retrieve.out.CreateRequest literal")], False, False)

    def documentation(self):
        def document(c):
            annotation = c.xsd("annotation")
            append(annotation.appendChild(c.xsd("documentation")),
                   c.doc.createTextNode("said anew"))
            c.complex["LinkSend"].insertBefore(annotation, c.complex["LinkSend"].firstChild)
        yield Mutation("documentation", "LinkSend", document,
                       [("changed", "type LinkSend: documentation")], False, False,
                       documentation=True)
