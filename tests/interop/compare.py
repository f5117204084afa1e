"""Rows of two clients, field by field."""

import math
import re

DATE = re.compile(r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d+))?Z?")
NUMBER = re.compile(r"[-+]?\d+(\.\d+)?([eE][-+]?\d+)?")


def flatten(row, prefix="", into=None):
    """An object as a client decoded it: leaves with a value, by dotted path."""
    into = {} if into is None else into
    for name, value in row.items():
        if name == "attributes":  # node-soap keeps xsi:type there
            continue
        if name == "PartnerProperties":
            pairs = value if isinstance(value, list) else [value]
            into.update({prefix + pair["Name"]: pair["Value"] for pair in pairs if pair})
        elif isinstance(value, dict):
            flatten(value, f"{prefix}{name}.", into)
        elif isinstance(value, list):
            for item in value:
                raise ValueError(f"{prefix}{name}: no list is expected in a row: {item!r}")
        elif value is not None:
            into[prefix + name] = value
    return into


def same_instant(value):
    """Clients print a date's fraction with 0 to 6 digits, and node-soap a zone it made up."""
    match = DATE.fullmatch(value) if isinstance(value, str) else None
    if not match:
        return value
    fraction = (match[2] or "").rstrip("0")
    return match[1] + ("." + fraction if fraction else "")


def strict(value):
    return same_instant(value)


def as_text(value):
    """What a client without types makes of a value: the text of the answer, blanks and all."""
    if isinstance(value, bool):
        return str(value).lower()
    return str(same_instant(value)) if value not in (None, "") else None


def as_fuel_soap(value):
    """Text as well, and what xml2js leaves of it: no blanks at the ends, one between words."""
    text = as_text(value)
    return " ".join(text.split()) or None if text else None


def as_gsoap(value):
    """As gSOAP's C++ writes what it read: a dateTime has no fraction of a second."""
    text = as_text(value)
    date = DATE.fullmatch(text) if text else None
    return date[1] if date else text


def as_sfmc_sdk(value):
    """What fast-xml-parser makes of a value with the options that sfmc-sdk gives it: text that
    looks like a number is one, so the zeros of 00123 are gone, and the key 1e4996 is infinite,
    which JSON writes as null; blanks at the ends go too; nil is an empty string."""
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, str):
        value = value.strip()
        if not NUMBER.fullmatch(value):
            return same_instant(value) or None
    number = float(value)
    return None if math.isinf(number) else number


def row_differences(expected, row, reading=strict):
    """Texts, one per field that is not the same. Null and absent are the same here, since most
    clients do not tell them apart."""
    ours = {name: reading(value) for name, value in expected.items()}
    theirs = {name: reading(value) for name, value in flatten(row).items()}
    for name in sorted(ours.keys() | theirs.keys()):
        mine, other = ours.get(name), theirs.get(name)
        if (mine, type(mine)) != (other, type(other)):
            yield f"{name}: ettrack {mine!r}, the client {other!r}"


def differences(expected, rows, reading=strict):
    if len(expected) != len(rows):
        yield f"ettrack has {len(expected)} rows, the client {len(rows)}"
    for number, (mine, other) in enumerate(zip(expected, rows)):
        for text in row_differences(mine, other, reading):
            yield f"row {number}, {text}"
