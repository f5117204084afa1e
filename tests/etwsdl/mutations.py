"""Single changes of the contract and what `etwsdl diff` has to say about each.

`every(contract)` yields Mutation objects. A mutation changes one fact; where one declaration
cannot change without another (an operation and its binding), both lines are expected. `sender` and
`reader` say whom it breaks.
"""
from contract import API, XSD, children, detail, spelled
from mutation import Mutation, altered, append, replace, set_attribute, spread
from mutations_of_operations import OperationMaker
from mutations_of_types import TypeMaker


class Maker(TypeMaker, OperationMaker):
    # --- fields ---

    def added_fields(self):
        plain = [name for name in self.objects if self.contract.fields(name)
                 and len(children(self.contract.sequence(name))) == len(
                     self.contract.fields(name))]
        for name in spread(plain, 16):
            yield Mutation("field added at the end", name, lambda c, name=name: append(
                c.sequence(name), c.field("AddedHere", minOccurs="0")),
                [("added", f"field {name}.AddedHere xsd:string 0..1")], False, False)
            first = self.contract.fields(name)[0].getAttribute("name")
            yield Mutation("field added in front", name, lambda c, name=name: c.sequence(
                name).insertBefore(c.field("AddedHere", "xsd:int", minOccurs="0"),
                                   c.sequence(name).firstChild),
                [("added", f"field {name}.AddedHere xsd:int 0..1, before {first}")], False, False)
        for name in spread(plain, 6):
            yield Mutation("required field added", name, lambda c, name=name: append(
                c.sequence(name), c.field("AddedHere")),
                [("added", f"field {name}.AddedHere xsd:string 1..1")], True, False)

        def inline(c, name):
            field = c.xsd("element", name="AddedHere", minOccurs="0")
            sequence = field.appendChild(c.xsd("complexType")).appendChild(c.xsd("sequence"))
            append(sequence, c.field("Inner", "xsd:int"))
            append(c.sequence(name), field)
        for name in spread(plain, 3):
            yield Mutation("inline field added", name, lambda c, name=name: inline(c, name),
                           [("added", f"field {name}.AddedHere (inline) 0..1")], False, False)

        def by_reference(c, name):
            append(c.sequence(name), c.xsd("element", ref="tns:Send", minOccurs="0"))
        for name in spread(plain, 2):
            yield Mutation("field by reference added", name,
                           lambda c, name=name: by_reference(c, name),
                           [("added", f"field {name}.Send Send 0..1")], False, False)

        def wildcard(c, name):
            append(c.sequence(name), c.xsd("any", minOccurs="0", processContents="lax"))
        for name in spread(plain, 2):
            yield Mutation("any added", name, lambda c, name=name: wildcard(c, name),
                           [("added", f"field {name}.##any any ##any lax 0..1")], False, False)

    def removed_fields(self):
        for name, field in self.pick(30, lambda field: field.getAttribute("type")):
            def apply(c, name=name, field_name=field.getAttribute("name")):
                found = c.find(name, field_name)
                found.parentNode.removeChild(found)
            yield Mutation("field removed", f"{name}.{field.getAttribute('name')}", apply,
                           [("removed", f"field {name}.{field.getAttribute('name')} "
                                        f"{detail(field)}")], True,
                           field.getAttribute("minOccurs") != "0")

    def retyped_fields(self):
        def of(type_):
            return lambda field: field.getAttribute("type") == type_
        yield from self.fields_changed("int to long", 6, of("xsd:int"), {"type": "xsd:long"},
                                       False, True)
        yield from self.fields_changed("long to int", 3, of("xsd:long"), {"type": "xsd:int"},
                                       True, False)
        yield from self.fields_changed("int to string", 4, of("xsd:int"), {"type": "xsd:string"},
                                       False, True)
        yield from self.fields_changed("string to int", 4, of("xsd:string"), {"type": "xsd:int"},
                                       True, False)
        yield from self.fields_changed("boolean to dateTime", 3, of("xsd:boolean"),
                                       {"type": "xsd:dateTime"}, True, True)
        yield from self.fields_changed("string to enumeration", 3, of("xsd:string"),
                                       {"type": "tns:EventType"}, True, False)
        yield from self.fields_changed("string to complex", 2, of("xsd:string"),
                                       {"type": "tns:ClientID"}, True, True)
        yield from self.fields_changed("enumeration to string", 3,
                                       lambda field: spelled(field.getAttribute("type"))
                                       in self.contract.simple and spelled(
                                           field.getAttribute("type")) != "instanceid",
                                       {"type": "xsd:string"}, False, True)
        yield Mutation("derived to base", "LinkSend.Link",
                       set_attribute("LinkSend", "Link", type="tns:APIObject"),
                       altered("LinkSend", self.contract.find("LinkSend", "Link"),
                               type="tns:APIObject"), False, True)

    def occurrence(self):
        optional = {"minOccurs": "0"}
        yield from self.fields_changed("optional to required", 5,
                                       lambda field: field.getAttribute("minOccurs") == "0"
                                       and field.getAttribute("type"),
                                       {"minOccurs": "1"}, True, False)
        yield from self.fields_changed("required to optional", 5,
                                       lambda field: field.getAttribute("minOccurs") in ("", "1")
                                       and field.getAttribute("type"), optional, False, True)
        yield from self.fields_changed("single to many", 5,
                                       lambda field: field.getAttribute("maxOccurs") in ("", "1")
                                       and field.getAttribute("type"),
                                       {"maxOccurs": "unbounded"}, False, True)
        yield from self.fields_changed("many to single", 4,
                                       lambda field: field.getAttribute("maxOccurs")
                                       == "unbounded", {"maxOccurs": "1"}, True, False)

    def nillable(self):
        yield from self.fields_changed("nillable added, optional field", 4,
                                       lambda field: field.getAttribute("nillable") != "true"
                                       and field.getAttribute("minOccurs") == "0",
                                       {"nillable": "true"}, False, False)
        yield from self.fields_changed("nillable added, required field", 3,
                                       lambda field: field.getAttribute("nillable") != "true"
                                       and field.getAttribute("minOccurs") in ("", "1"),
                                       {"nillable": "true"}, False, True)
        yield from self.fields_changed("nillable removed", 4,
                                       lambda field: field.getAttribute("nillable") == "true",
                                       {"nillable": "false"}, True, False)

    def values_and_form(self):
        def text(field):
            return (field.getAttribute("type") == "xsd:string"
                    and not field.getAttribute("default"))
        yield from self.fields_changed("default added", 3, text, {"default": "x"}, False, False)
        yield from self.fields_changed("fixed added", 3, text, {"fixed": "x"}, True, False)
        yield from self.fields_changed("unqualified", 3, text, {"form": "unqualified"}, True, True)
        yield from self.fields_changed("default changed", 2,
                                       lambda field: field.getAttribute("default"),
                                       {"default": "1"}, True, True)

        def undefault(c):
            c.find("AccountUser", "Delete").removeAttribute("default")
        field = self.contract.find("AccountUser", "Delete")
        yield Mutation("default removed", "AccountUser.Delete", undefault,
                       [("changed", f"field AccountUser.Delete: {detail(field)} -> "
                         f"{detail(field).split(' default')[0]}")], True, True)

    # --- order and content ---

    def order(self):
        def names(name):
            return [field.getAttribute("name") for field in self.contract.fields(name)]
        plain = [name for name in self.objects if 2 <= len(names(name)) <= 12
                 and len(children(self.contract.sequence(name))) == len(names(name))]
        for name in spread(plain, 10):
            def swap(c, name=name):
                first, second = c.fields(name)[:2]
                first.parentNode.insertBefore(second, first)
            first, second = names(name)[:2]
            yield Mutation("order", name, swap,
                           [("reordered", f"order of {name}: {second} before {first}")],
                           True, False)
        for name in spread([name for name in plain if len(names(name)) <= 6], 4):
            line = ", ".join(names(name))
            required = any(field.getAttribute("minOccurs") != "0"
                           for field in self.contract.fields(name))

            def rename(c, local, name=name):
                sequence = c.sequence(name)
                other = c.xsd(local)
                for child in list(sequence.childNodes):
                    other.appendChild(child)
                replace(sequence, other)
            yield Mutation("sequence to choice", name, lambda c, f=rename: f(c, "choice"),
                           [("changed", f"content {name}: {line} -> "
                             f"({line.replace(', ', ' | ')})")], True, required)
            yield Mutation("sequence to all", name, lambda c, f=rename: f(c, "all"),
                           [("changed", f"content {name}: {line} -> "
                             f"all({', '.join(sorted(names(name)))})")], False, False)

            def repeat(c, name=name):
                c.sequence(name).setAttribute("maxOccurs", "unbounded")
            yield Mutation("sequence repeats", name, repeat,
                           [("changed", f"content {name}: {line} -> ({line}){{1,}}")], False, True)

        def required(c):
            choice = c.complex["ExtractRequest"].getElementsByTagNameNS(XSD, "choice")[0]
            choice.setAttribute("minOccurs", "1")
        line = "Client, ID, Options, Parameters, (Description | Definition)"
        yield Mutation("choice required", "ExtractRequest", required,
                       [("changed", f"content ExtractRequest: {line}? -> {line}")], True, None)

        # One that stands in answers; the struct of a stub has room for one of a choice.
        def both(c):
            choice = c.complex["ImportDefinitionFieldMap"].getElementsByTagNameNS(XSD, "choice")[0]
            fields = children(choice, XSD, "element")
            for field in fields:
                field.setAttribute("minOccurs", "0")
                choice.parentNode.insertBefore(field, choice)
            choice.parentNode.removeChild(choice)
        yield Mutation("choice to sequence", "ImportDefinitionFieldMap", both, None, False, True)

        def none(c):
            choice = c.complex["ImportDefinitionFieldMap"].getElementsByTagNameNS(XSD, "choice")[0]
            choice.setAttribute("minOccurs", "0")
        yield Mutation("choice optional", "ImportDefinitionFieldMap", none, None, False, True)

    # --- what accepts more, or less ---

    @staticmethod
    def wildcards():
        lax = "any ##any lax 0..unbounded"
        strict = "any ##any strict 0..unbounded"

        def process(c, value):
            node = c.sequence("AssetAnyProperty").getElementsByTagNameNS(XSD, "any")[0]
            node.setAttribute("processContents", value)
        yield Mutation("strict to lax any", "AssetAnyProperty", lambda c: process(c, "lax"),
                       [("changed", f"field AssetAnyProperty.##any: {strict} -> {lax}")],
                       False, True)

        def namespace_of_any(c):
            node = c.sequence("AssetAnyProperty").getElementsByTagNameNS(XSD, "any")[0]
            node.setAttribute("namespace", "##other")
        yield Mutation("any of other namespaces", "AssetAnyProperty", namespace_of_any,
                       [("changed", f"field AssetAnyProperty.##any: {strict} -> "
                         "any ##other strict 0..unbounded")], True, False)

    def wider_and_narrower(self):
        contract = self.contract
        if "AssetAnyProperty" in contract.complex:
            yield from self.wildcards()

        def plain(name, wanted):
            fields = contract.fields(name)
            names = [field.getAttribute("name") for field in fields]
            return (2 <= len(fields) <= 8 and wanted(fields)
                    and len(children(contract.sequence(name))) == len(names))

        def some_required(fields):
            return any(field.getAttribute("minOccurs") != "0" for field in fields)
        for name in spread([n for n in self.objects if plain(n, some_required)], 4):
            line = ", ".join(field.getAttribute("name") for field in contract.fields(name))

            def optional(c, name=name):
                c.sequence(name).setAttribute("minOccurs", "0")
            yield Mutation("sequence optional", name, optional,
                           [("changed", f"content {name}: {line} -> ({line})?")], False, True)
        for name in spread([n for n in self.objects
                            if plain(n, lambda fields: not some_required(fields))], 3):
            line = ", ".join(field.getAttribute("name") for field in contract.fields(name))

            def choice(c, name=name):
                sequence = c.sequence(name)
                other = c.xsd("choice", minOccurs="0", maxOccurs="unbounded")
                for child in list(sequence.childNodes):
                    other.appendChild(child)
                replace(sequence, other)
            yield Mutation("sequence to any choice", name, choice,
                           [("changed", f"content {name}: {line} -> "
                             f"({line.replace(', ', ' | ')}){{0,}}")], False, True)
        for name, field in self.pick(3, lambda field: field.getAttribute("minOccurs") == "0"
                                     and field.getAttribute("type") == "tns:ClientID"):
            yield from self.fields_changed("block", 1, lambda f, field=field: f is field,
                                           {"block": "extension"}, True, False)

        def block(c):
            c.complex["Link"].setAttribute("block", "extension")
        yield Mutation("block of a type", "Link", block,
                       [("changed", "type Link: extends APIObject -> extends APIObject "
                         "block=extension")], True, False)

        def text(c):
            type_ = c.complex["ClientID"]
            for child in children(type_):
                type_.removeChild(child)
            content = type_.appendChild(c.xsd("simpleContent"))
            append(content, c.xsd("extension", base="xsd:string"))
        yield Mutation("simple content", "ClientID", text, None, True, True)

        def attribute(c, **attributes):
            append(c.complex["ClientID"], c.xsd("attribute", name="kind", type="xsd:string",
                                                **attributes))
        yield Mutation("qualified attribute added", "ClientID",
                       lambda c: attribute(c, form="qualified"),
                       [("added", "attribute ClientID.kind xsd:string optional qualified")],
                       False, False)

    # --- what only seems to be the same ---

    def around_one(self):
        """Said of what is around a field, or of the field: the same line."""
        def wrapped(name, field_name, local, **attributes):
            def apply(c):
                field = c.find(name, field_name)
                around = c.xsd(local, **attributes)
                replace(field, around)
                append(around, field)
            return apply
        for (name, field), local in zip(self.pick(
                4, lambda field: field.getAttribute("minOccurs") in ("", "1")
                and field.getAttribute("maxOccurs") in ("", "1")
                and field.getAttribute("type")), ("sequence", "choice") * 2):
            field_name = field.getAttribute("name")
            yield Mutation(f"{local} around a field optional", f"{name}.{field_name}",
                           wrapped(name, field_name, local, minOccurs="0"),
                           altered(name, field, minOccurs="0"), False, True)
        for name, field in self.pick(3, lambda field: field.getAttribute("minOccurs") == "0"
                                     and field.getAttribute("maxOccurs") in ("", "1")
                                     and field.getAttribute("type")):
            field_name = field.getAttribute("name")
            yield Mutation("sequence around a field repeats", f"{name}.{field_name}",
                           wrapped(name, field_name, "sequence", maxOccurs="unbounded"),
                           altered(name, field, maxOccurs="unbounded"), False, True)

    def one_of_a_choice(self):
        """What is required in a choice could be missing; now all may be."""
        def choice(c):
            return c.complex["ExtractRequest"].getElementsByTagNameNS(XSD, "choice")[0]
        first = children(choice(self.contract), XSD, "element")[0].getAttribute("name")

        def required(c):
            choice(c).setAttribute("minOccurs", "1")
            children(choice(c), XSD, "element")[0].setAttribute("minOccurs", "1")
        # As it is, the choice may be left out as a whole.
        yield Mutation("choice and its fields required", f"ExtractRequest.{first}", required, None,
                       True, None)

    def bases(self):
        def between(c, name, **attributes):
            extension = c.extension(name)
            base = c.xsd("complexType", name="AddedBase", **attributes)
            content = base.appendChild(c.xsd("complexContent"))
            added = content.appendChild(c.xsd("extension", base=extension.getAttribute("base")))
            extension.setAttribute("base", "tns:AddedBase")
            append(c.schema, base)
            return added
        names = [name for name in self.contract.derived("APIObject") if self.contract.fields(name)]
        for name in spread(names, 4):
            yield Mutation("empty base put between", name, lambda c, name=name: between(c, name),
                           [("added", "type AddedBase extends APIObject")], False, False)
            for required in (False, True):
                def with_field(c, name=name, required=required):
                    sequence = between(c, name).appendChild(c.xsd("sequence"))
                    append(sequence, c.field("AddedHere", minOccurs="1" if required else "0"))
                yield Mutation(f"base with a{' required' * required} field put between", name,
                               with_field,
                               [("added", "type AddedBase extends APIObject"),
                                ("changed", f"type {name}: extends APIObject -> extends "
                                 "AddedBase")], required, False)

    def aliases(self):
        def limited(c, field_name, type_name):
            alias = c.schema.appendChild(c.xsd("simpleType", name="AddedAlias"))
            restriction = alias.appendChild(c.xsd("restriction", base="xsd:string"))
            append(restriction, c.xsd("maxLength", value="40"))
            c.find(type_name, field_name).setAttribute("type", "tns:AddedAlias")
        for name, field in self.pick(3, lambda field: field.getAttribute("type") == "xsd:string"):
            field_name = field.getAttribute("name")
            yield Mutation("string to one with a limit", f"{name}.{field_name}",
                           lambda c, f=field_name, n=name: limited(c, f, n),
                           [("added", "simple AddedAlias restricts xsd:string"),
                            *altered(name, field, type="tns:AddedAlias")], True, False)

        def another(c):
            values = c.simple["EventType"].cloneNode(True)
            values.setAttribute("name", "AddedEnum")
            append(children(values, XSD, "restriction")[0], c.xsd("enumeration", value="New"))
            append(c.schema, values)
            for field in c.schema.getElementsByTagNameNS(XSD, "element"):
                if field.getAttribute("type") == "tns:EventType":
                    field.setAttribute("type", "tns:AddedEnum")
        yield Mutation("enumeration called otherwise with a value more", "EventType", another, None,
                       None, True)

    # --- moves ---

    def moves(self):
        contract = self.contract
        for base in ("TrackingEvent", "SendDefinition", "Result", "MessagingAction"):
            if base not in contract.complex or not contract.derived(base):
                continue
            field = contract.fields(base)[-1]
            name = field.getAttribute("name")
            every = contract.derived(base)
            subtypes = [name for name in every if contract.fields(name)]

            def down(c, base=base, name=name, every=every):
                found = c.find(base, name)
                found.parentNode.removeChild(found)
                for type_name in every:
                    sequence = c.sequence(type_name)
                    sequence.insertBefore(found.cloneNode(True), sequence.firstChild)
            yield Mutation("field moved down to every derived type", f"{base}.{name}", down,
                           [("moved", f"field {name} {detail(field)}: {base} -> "
                             f"{', '.join(every)}")])
            two = subtypes[:2]

            def to_two(c, base=base, name=name, two=two):
                found = c.find(base, name)
                found.parentNode.removeChild(found)
                for type_name in two:
                    sequence = c.sequence(type_name)
                    sequence.insertBefore(found.cloneNode(True), sequence.firstChild)
            yield Mutation("field moved down to two derived types", f"{base}.{name}", to_two,
                           [("moved", f"field {name} {detail(field)}: {base} -> "
                             f"{', '.join(two)}")])
        for name in ("ClickEvent", "BounceEvent", "Email"):
            base = contract.base(name)
            field = contract.fields(name)[0]
            field_name = field.getAttribute("name")
            if any(f.getAttribute("name") == field_name for f in contract.fields(base)):
                continue

            def up(c, name=name, base=base, field_name=field_name):
                append(c.sequence(base), c.find(name, field_name))
            yield Mutation("field moved up", f"{name}.{field_name}", up,
                           [("moved", f"field {field_name} {detail(field)}: {name} -> {base}")])


def namespace(contract):
    def apply(c):
        for node in (c.definitions, c.schema):
            node.setAttribute("targetNamespace", API + "/2")
        c.definitions.setAttribute("xmlns:tns", API + "/2")
    return [Mutation("namespace", "all", apply,
                     [("added", f"namespace {API}/2"), ("removed", f"namespace {API}")],
                     True, True)]


def every(contract):
    maker = Maker(contract)
    for group in (maker.added_fields, maker.removed_fields, maker.retyped_fields,
                  maker.occurrence, maker.nillable, maker.values_and_form, maker.order,
                  maker.wider_and_narrower, maker.around_one, maker.one_of_a_choice,
                  maker.bases, maker.aliases,
                  maker.moves, maker.types, maker.inline_and_named, maker.simple,
                  maker.attributes, maker.elements, maker.operations, maker.messages,
                  maker.bindings, maker.documentation):
        yield from group()
    yield from namespace(contract)
