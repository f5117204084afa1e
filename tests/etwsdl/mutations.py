"""Single changes of the contract and what `etwsdl diff` has to say about each.

`every(contract)` yields Mutation objects. A mutation changes one fact; where one declaration
cannot change without another (an operation and its binding), both lines are expected. `sender` and
`reader` say whom it breaks.
"""
import dataclasses
from typing import Callable, Optional

from contract import API, SOAP, SOAP12, WSDL, XSD, children, detail, spelled

REST = "document in=literal out=literal"


@dataclasses.dataclass
class Mutation:
    kind: str
    name: str
    apply: Callable
    expected: list  # [(change, text)]
    sender: Optional[bool] = None
    reader: Optional[bool] = None
    documentation: bool = False


def append(node, child):
    node.appendChild(child)


def replace(old, new):
    old.parentNode.replaceChild(new, old)


def spread(items, count):
    """`count` of them, evenly over the list: the same ones in every run."""
    items = list(items)
    step = max(1, len(items) // count)
    return items[::step][:count]


def set_attribute(type_name, field_name, **attributes):
    def apply(contract):
        field = contract.find(type_name, field_name)
        for name, value in attributes.items():
            if value is None:
                field.removeAttribute(name)
            else:
                field.setAttribute(name, value)
    return apply


def altered(type_name, field, **attributes):
    """The line for a field whose attributes become these."""
    before = detail(field)
    after = detail(field, **{name: value or "" for name, value in attributes.items()})
    return [("changed", f"field {type_name}.{field.getAttribute('name')}: {before} -> {after}")]


class Maker:
    def __init__(self, contract):
        self.contract = contract
        # Types that travel both ways, so that both judgements are known.
        self.objects = sorted(name for name in contract.complex if self.is_object(name))
        self.all_fields = [(name, field) for name in self.objects
                           for field in contract.fields(name)]

    def is_object(self, name):
        while name:
            if name == "APIObject":
                return True
            name = self.contract.base(name)
        return False

    def pick(self, count, wanted=lambda field: True):
        return spread(((name, field) for name, field in self.all_fields if wanted(field)), count)

    def fields_changed(self, kind, count, wanted, attributes, sender, reader):
        for name, field in self.pick(count, wanted):
            yield Mutation(kind, f"{name}.{field.getAttribute('name')}",
                           set_attribute(name, field.getAttribute("name"), **attributes),
                           altered(name, field, **attributes), sender, reader)

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
                           [("reordered", f"order of {name}: {second} before {first}")], True, True)
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
                             f"all({', '.join(sorted(names(name)))})")], False, True)

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
                and not field.getAttribute("maxOccurs")
                and field.getAttribute("type")), ("sequence", "choice") * 2):
            field_name = field.getAttribute("name")
            yield Mutation(f"{local} around a field optional", f"{name}.{field_name}",
                           wrapped(name, field_name, local, minOccurs="0"),
                           altered(name, field, minOccurs="0"), False, True)
        for name, field in self.pick(3, lambda field: field.getAttribute("minOccurs") == "0"
                                     and not field.getAttribute("maxOccurs")
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

    # --- types ---

    def types(self):
        contract = self.contract

        def new(c, base=None, **attributes):
            type_ = c.xsd("complexType", name="AddedType", **attributes)
            holder = type_
            if base:
                content = type_.appendChild(c.xsd("complexContent"))
                holder = content.appendChild(c.xsd("extension", base="tns:" + base))
            append(holder.appendChild(c.xsd("sequence")), c.field("One", minOccurs="0"))
            append(c.schema, type_)
        yield Mutation("type added", "plain", new, [("added", "type AddedType")], False, False)
        for base in ("APIObject", "TrackingEvent", "Result", "FilterPart", "Options"):
            yield Mutation("derived type added", base, lambda c, base=base: new(c, base),
                           [("added", f"type AddedType extends {base}")], False, False)
        yield Mutation("abstract type added", "AddedType", lambda c: new(c, abstract="true"),
                       [("added", "type AddedType abstract")], False, False)
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
                       if node.getElementsByTagNameNS(XSD, "enumeration"))

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

        def new(c):
            type_ = c.xsd("simpleType", name="AddedSimple")
            append(type_.appendChild(c.xsd("restriction", base="xsd:string")),
                   c.xsd("enumeration", value="A"))
            append(c.schema, type_)
        yield Mutation("simple type added", "AddedSimple", new,
                       [("added", "simple AddedSimple restricts xsd:string")], False, False)

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
        contract = self.contract
        yield Mutation("element added", "AddedElement", lambda c: append(
            c.schema, c.xsd("element", name="AddedElement", type="tns:Send")),
            [("added", "element AddedElement Send")], False, False)
        for head, comes in (("Send", False), ("RetrieveResponseMsg", True)):
            yield Mutation("substituting element added", head, lambda c, head=head: append(
                c.schema, c.xsd("element", name="AddedElement", type="tns:Send",
                                substitutionGroup="tns:" + head)),
                [("added", f"element AddedElement Send substitutes {head}")], False, comes)
        free = sorted(name for name, node in contract.elements.items()
                      if contract.references(name) == 0 or (
                          node.getAttribute("type") == "tns:" + name
                          and not any(n.getAttribute("element") == "tns:" + name
                                      or n.getAttribute("ref") == "tns:" + name
                                      for n in contract.doc.getElementsByTagName("*"))))
        for name in spread(free, 5):
            type_ = spelled(contract.elements[name].getAttribute("type"))
            yield Mutation("element removed", name, lambda c, name=name: c.schema.removeChild(
                c.elements[name]), [("removed", f"element {name} {type_}")])
            yield Mutation("element retyped", name, lambda c, name=name: c.elements[
                name].setAttribute("type", "xsd:string"),
                [("changed", f"element {name}: {type_} -> xsd:string")])
            yield Mutation("element nillable", name, lambda c, name=name: c.elements[
                name].setAttribute("nillable", "true"),
                [("changed", f"element {name}: {type_} -> {type_} nillable")])
            yield Mutation("element abstract", name, lambda c, name=name: c.elements[
                name].setAttribute("abstract", "true"),
                [("changed", f"element {name}: {type_} -> {type_} abstract")])

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
