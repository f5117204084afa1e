"""A single change of the contract, and what makers of them share."""
import dataclasses
from typing import Callable, Optional

from contract import detail


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
    """What the makers of mutations share."""

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
