"""What a case says of the exchanges on the wire: `request` blocks, the envelopes that have to
arrive, and `reply` blocks, what the fake server says to them. See cases.py."""
import re
import time
from xml.etree import ElementTree

from server import CLOSE, Server, Wait, answer

XSI_TYPE = "{http://www.w3.org/2001/XMLSchema-instance}type"


def canonical(text):
    return ElementTree.canonicalize(text, strip_text=True, rewrite_prefixes=True,
                                    qname_aware_attrs=[XSI_TYPE])


def steps(first, lines):
    """What the server does for a reply: its first line, and headers, an empty line, the body."""
    status, *words = first.split()
    headers, _, body = "\n".join(["", *lines]).partition("\n\n")
    flags, content_type = {}, "text/xml; charset=utf-8"
    for word in words:
        if "/" in word:
            content_type = word
        else:
            key, _, value = word.partition("=")
            flags[key] = value
    if unknown := flags.keys() - {"chunked", "gzip", "close", "cut", "stall", "silent"}:
        raise ValueError(f"unknown words of a reply: {' '.join(sorted(unknown))}")
    whole = answer(body, status, content_type=content_type, chunked="chunked" in flags,
                   compressed="gzip" in flags, headers=headers.split("\n")[1:] +
                   (["Connection: close"] if "close" in flags else []))
    if "silent" in flags:
        return [CLOSE]
    if "stall" in flags:
        return [whole[:len(whole) // 2], Wait(float(flags["stall"] or 3)), CLOSE]
    if "cut" in flags:
        return [whole[:whole.index(b"\r\n\r\n") + 4 + int(flags["cut"])], CLOSE]
    return [whole, CLOSE] if "close" in flags else [whole]


def differences(number, request, waited, expected):
    """How a request is not the one that had to come."""
    while wanted := re.match(r"(action|header|after) (.*)(?:\n|$)", expected):
        expected = expected[wanted.end():]
        kind, value = wanted.groups()
        name, text = "SOAPAction", f'"{value}"'
        if kind == "header":
            name, _, text = value.partition(": ")
        if kind == "after":
            if waited < float(value) - 0.05:  # the server looks at its clock late
                yield f"request {number} came {waited:.2f} s after the one before"
        elif request.headers.get(name.lower()) != text:
            yield f"{name} is {request.headers.get(name.lower())!r}, expected {text!r}"
    if expected.strip() == "any":
        return
    text = request.body.decode()
    if canonical(text) != canonical(expected.strip()):
        yield f"request {number} differs\n got: {text}\nwant: {expected}"


class Exchanges:
    """A fake server for one run. `requests` are the blocks of that name, `replies` first line and
    lines of each; `fill` puts in what is known once the server has its address."""

    def __init__(self, requests, replies, fill):
        if len(requests) != len(replies):
            raise ValueError("as many replies as requests are needed")
        for reply in replies:
            steps(*reply)  # wrong words show before anything is run
        self.requests, self.fill, self.times = requests, fill, [0]
        self.server = Server([self.reply(*reply) for reply in replies])
        self.settings = {"ETSOAP_ENDPOINT": self.server.url, "ETSOAP_USERNAME": "user",
                         "ETSOAP_PASSWORD": "secret"}

    def reply(self, first, lines):
        def answered(_):
            self.times.append(time.monotonic())
            return steps(first, [self.fill(line) for line in lines])
        return answered

    def problems(self):
        """Once the program is through."""
        self.server.stop()
        came = self.server.requests
        if len(came) != len(self.requests):
            yield f"{len(came)} requests arrived, expected {len(self.requests)}"
        waits = [now - before for before, now in zip(self.times, self.times[1:])]
        for number, (request, waited, expected) in enumerate(
                zip(came, waits, self.requests), 1):
            yield from differences(number, request, waited, self.fill(expected))
