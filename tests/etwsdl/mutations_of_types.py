"""Mutations of types, attributes and elements."""
from contract import XSD, children, detail, spelled
from mutation import Maker, Mutation, append, replace, spread


class TypeMaker(Maker):
    # --- types ---

    def types(self):
        contract = self.contract

        def new(c, base):
            type_ = c.xsd("complexType", name="AddedType")
            content = type_.appendChild(c.xsd("complexContent"))
            holder = content.appendChild(c.xsd("extension", base="tns:" + base))
            append(holder.appendChild(c.xsd("sequence")), c.field("One", minOccurs="0"))
            append(c.schema, type_)
        for base in ("APIObject", "TrackingEvent", "Result", "FilterPart", "Options"):
            yield Mutation("derived type added", base, lambda c, base=base: new(c, base),
                           [("added", f"type AddedType extends {base}")], False, False)
        free = [name for name in contract.complex if contract.references(name) == 0]
        for name in spread(sorted(free), 14):
            base = contract.base(name)

            def remove(c, name=name):
                c.schema.removeChild(c.complex[name])
            line = f"type {name}" + (f" extends {base}" if base else "")
            if contract.complex[name].getAttribute("abstract") == "true":
                line += " abstract"
            yield Mutation("type removed", name, remove, [("removed", line)])
        for name in spread(self.objects, 4):
            base = contract.base(name)
            was = f"extends {base}" if base else "plain"

            def abstract(c, name=name):
                c.complex[name].setAttribute("abstract", "true")
            yield Mutation("abstract", name, abstract,
                           [("changed", f"type {name}: {was} -> "
                             + (f"{was} abstract" if base else "abstract"))], True, False)

            def mixed(c, name=name):
                c.complex[name].setAttribute("mixed", "true")
            yield Mutation("mixed", name, mixed,
                           [("changed", f"type {name}: {was} -> "
                             + (f"{was} mixed" if base else "mixed"))], False, True)
        for name in ("Options", "Recurrence", "Request"):
            def concrete(c, name=name):
                c.complex[name].removeAttribute("abstract")
            yield Mutation("no longer abstract", name, concrete,
                           [("changed", f"type {name}: abstract -> plain")], None, None)
        for name in spread([n for n in contract.derived("APIObject") if contract.fields(n)], 5):
            def rebase(c, name=name):
                c.extension(name).setAttribute("base", "tns:ClientID")
            yield Mutation("base changed", name, rebase,
                           [("changed", f"type {name}: extends APIObject -> extends ClientID")],
                           True, True)

            def root(c, name=name):
                extension = c.extension(name)
                content = extension.parentNode
                for child in list(extension.childNodes):
                    c.complex[name].appendChild(child)
                c.complex[name].removeChild(content)
            yield Mutation("base removed", name, root,
                           [("changed", f"type {name}: extends APIObject -> plain")], True, True)

    def inline_and_named(self):
        def named(c):
            field = c.find("Account", "Roles")
            for child in children(field, XSD, "complexType"):
                field.removeChild(child)
            field.setAttribute("type", "tns:ClientID")
        yield Mutation("inline to named", "Account.Roles", named,
                       [("changed", "field Account.Roles: (inline) 0..1 -> ClientID 0..1")],
                       True, True)

        def inline(c):
            field = c.find("LinkSend", "Link")
            field.removeAttribute("type")
            sequence = field.appendChild(c.xsd("complexType")).appendChild(c.xsd("sequence"))
            append(sequence, c.field("Link", "tns:Link", minOccurs="0", maxOccurs="unbounded"))
        before = detail(self.contract.find("LinkSend", "Link"))
        yield Mutation("named to inline", "LinkSend.Link", inline,
                       [("changed", f"field LinkSend.Link: {before} -> (inline) 1..1"
                         if before.endswith("1..1") else
                         f"field LinkSend.Link: {before} -> (inline) 0..1")], True, True)

        def deep(c):
            field = next(f for f in c.find("Account", "Roles").getElementsByTagNameNS(
                XSD, "element"))
            field.setAttribute("type", "xsd:string")
        yield Mutation("field of an inline type", "Account.Roles.Role", deep,
                       [("changed", "field Account.Roles.Role: Role 0..unbounded -> "
                         "xsd:string 0..unbounded")], True, True)

    # --- simple types ---

    def simple(self):
        contract = self.contract
        enums = sorted(name for name, node in contract.simple.items()
                       if node.getElementsByTagNameNS(XSD, "enumeration")
                       and contract.references(name) > 0)

        def restriction(c, name):
            return children(c.simple[name], XSD, "restriction")[0]
        for name in spread(enums, 10):
            yield Mutation("enum value added", name, lambda c, name=name: append(
                restriction(c, name), c.xsd("enumeration", value="Added Value")),
                [("added", f"value {name}.Added Value")])
        for name in spread(enums, 10):
            values = contract.simple[name].getElementsByTagNameNS(XSD, "enumeration")
            value = values[-1].getAttribute("value")

            def remove(c, name=name):
                values = c.simple[name].getElementsByTagNameNS(XSD, "enumeration")
                values[-1].parentNode.removeChild(values[-1])
            yield Mutation("enum value removed", f"{name}.{value}", remove,
                           [("removed", f"value {name}.{value}")])
        yield Mutation("enum value renamed", "EventType.Open", lambda c: next(
            v for v in c.simple["EventType"].getElementsByTagNameNS(XSD, "enumeration")
            if v.getAttribute("value") == "Open").setAttribute("value", "Opened"),
            [("added", "value EventType.Opened"), ("removed", "value EventType.Open")])

        def facet(local, value):
            return lambda c: append(restriction(c, "instanceid"), c.xsd(local, value=value))
        for local, value in (("maxLength", "40"), ("minLength", "2"), ("whiteSpace", "collapse"),
                             ("length", "38")):
            yield Mutation("facet added", local, facet(local, value),
                           [("added", f"facet instanceid.{local} {value}")], True, False)
        pattern = contract.simple["instanceid"].getElementsByTagNameNS(XSD, "pattern")[0]
        was = pattern.getAttribute("value")
        yield Mutation("facet changed", "pattern", lambda c: c.simple[
            "instanceid"].getElementsByTagNameNS(XSD, "pattern")[0].setAttribute("value", "x+"),
            [("changed", f"facet instanceid.pattern: {was} -> x+")], True, True)
        yield Mutation("facet removed", "pattern", lambda c: restriction(
            c, "instanceid").removeChild(c.simple["instanceid"].getElementsByTagNameNS(
                XSD, "pattern")[0]), [("removed", f"facet instanceid.pattern {was}")],
            False, True)

        def rebase(c):
            restriction(c, "instanceid").setAttribute("base", "xsd:token")
        yield Mutation("restriction of another type", "instanceid", rebase,
                       [("changed", "simple instanceid: restricts xsd:string -> "
                         "restricts xsd:token")], True, False)

        def to_list(c):
            replace(restriction(c, "instanceid"), c.xsd("list", itemType="xsd:string"))
        yield Mutation("restriction to list", "instanceid", to_list,
                       [("changed", "simple instanceid: restricts xsd:string -> "
                         "list of xsd:string"),
                        ("removed", f"facet instanceid.pattern {was}")])

        def to_union(c):
            replace(restriction(c, "instanceid"),
                    c.xsd("union", memberTypes="xsd:string xsd:int"))
        yield Mutation("restriction to union", "instanceid", to_union,
                       [("changed", "simple instanceid: restricts xsd:string -> "
                         "union of xsd:string xsd:int"),
                        ("removed", f"facet instanceid.pattern {was}")])

    # --- attributes and elements ---

    def attributes(self):
        def add(c, name, node):
            holder = c.extension(name)
            append(c.complex[name] if holder is None else holder, node)
        for name in spread(self.objects, 3):
            yield Mutation("attribute added", name, lambda c, name=name: add(
                c, name, c.xsd("attribute", name="added", type="xsd:int")),
                [("added", f"attribute {name}.added xsd:int optional")], False, False)
            yield Mutation("required attribute added", name, lambda c, name=name: add(
                c, name, c.xsd("attribute", name="added", type="xsd:int", use="required")),
                [("added", f"attribute {name}.added xsd:int required")], True, False)
            yield Mutation("any attribute added", name, lambda c, name=name: add(
                c, name, c.xsd("anyAttribute", processContents="lax")),
                [("added", f"attribute {name}.##any any ##any lax")], False, False)

    def elements(self):
        """Of a body, or in its place: what nothing refers to is nowhere."""
        for head, comes in (("RetrieveRequestMsg", False), ("RetrieveResponseMsg", True)):
            yield Mutation("substituting element added", head, lambda c, head=head: append(
                c.schema, c.xsd("element", name="AddedElement", type="tns:Send",
                                substitutionGroup="tns:" + head)),
                [("added", f"element AddedElement Send substitutes {head}")], False, comes)
            for name in ("nillable", "abstract"):
                yield Mutation(f"element {name}", head, lambda c, head=head, name=name: c.elements[
                    head].setAttribute(name, "true"),
                    [("changed", f"element {head}: (inline) -> (inline) {name}")])

            def retyped(c, head=head):
                for child in children(c.elements[head], XSD, "complexType"):
                    c.elements[head].removeChild(child)
                c.elements[head].setAttribute("type", "xsd:string")
            yield Mutation("element retyped", head, retyped,
                           [("changed", f"element {head}: (inline) -> xsd:string"),
                            *(("removed", f"field {head}.{field.getAttribute('name')} "
                               + detail(field)) for field in self.contract.elements[
                                   head].getElementsByTagNameNS(XSD, "element"))],
                           not comes, comes)
