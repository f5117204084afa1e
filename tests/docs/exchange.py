"""What pages show of an exchange: the body of a request or an answer out of a trace, an element a
line, without what is different each time."""
import re

TOKEN = re.compile(r"<[^>]+>|[^<]+")
UUID = re.compile(r"\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b", re.I)
TIME = re.compile(r"\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[.\d]*Z?")
KINDS = ("envelope", "request", "answer")


def indented(xml):
    lines, depth, open_line = [], 0, False
    for token in TOKEN.findall(xml):
        if not token.startswith("<"):
            if token.strip():
                lines[-1] += token
        elif token.startswith("</"):
            depth -= 1
            if open_line:
                lines[-1] += token
            else:
                lines.append("  " * depth + token)
            open_line = False
        else:
            lines.append("  " * depth + token)
            open_line = not token.endswith("/>")
            depth += open_line
    return "\n".join(lines) + "\n"


def shown(trace, number, kind):
    """The text of exchange NUMBER in folder TRACE; a request as it is, an answer without its ids
    and times."""
    suffix = "answer" if kind == "answer" else "request"
    files = sorted(trace.glob(f"{number:04}-*-{suffix}.txt"))
    if not files:
        raise RuntimeError(f"there was no exchange {number}")
    text = files[0].read_text()
    if kind == "envelope":
        found = re.search(r"<SOAP-ENV:Envelope.*", text, re.S)
    else:
        found = re.search(r"(?<=Body>).*(?=</[\w-]+:Body>)", text, re.S)
    if kind == "answer":
        return TIME.sub("…", UUID.sub("…", indented(found[0])))
    return indented(found[0])
