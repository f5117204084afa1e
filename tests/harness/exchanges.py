#!/usr/bin/env python3
"""Runs one wire case: a call, the requests it has to send, the canned replies, the outcome.

A case is a text file of sections, each introduced by a line `=== name`:

  call      arguments of the probe, as a shell would split them
  env       NAME=VALUE lines for the probe; default: user `user`, password `secret`
  request   the envelope that has to arrive (compared as canonical XML); one per exchange;
            `any` accepts whatever comes. In front of it may stand lines
            `action NAME`, the SOAPAction, `header NAME: VALUE`, and `after SECONDS`: no earlier
            than that behind the request before
  reply     first line: STATUS [CONTENT-TYPE] [chunked] [gzip] [cut=N] [stall] [silent], further
            header lines, an empty line, the body
  output    what the probe prints, with its exit code in a last line `exit N`; a line of
            `...` matches any lines, {port} stands for the port
"""
import os
import pathlib
import re
import shlex
import subprocess
import sys
import time
from xml.etree import ElementTree

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent / "harness"))
from server import CLOSE, Server, Wait, answer  # noqa: E402

XSI_TYPE = "{http://www.w3.org/2001/XMLSchema-instance}type"


def read_case(path):
    sections, name = [], None
    with open(path, encoding="utf-8", newline="\n") as file:
        for line in file:
            if line.startswith("=== "):
                name = line[4:].strip()
                sections.append((name, []))
            elif name:
                sections[-1][1].append(line)
    return [(name, "".join(lines)) for name, lines in sections]


def canonical(text):
    return ElementTree.canonicalize(text, strip_text=True, rewrite_prefixes=True,
                                    qname_aware_attrs=[XSI_TYPE])


def steps(text):
    """What the server does for a reply section."""
    head, _, body = text.partition("\n\n")
    first, *headers = head.split("\n")
    words = first.split()
    flags, content_type = {}, "text/xml; charset=utf-8"
    for word in words[1:]:
        if "/" in word:
            content_type = word
        else:
            key, _, value = word.partition("=")
            flags[key] = value
    if "keep-end" not in flags:
        body = body.rstrip("\n")
    whole = answer(body, words[0], content_type=content_type, chunked="chunked" in flags,
                   compressed="gzip" in flags,
                   headers=headers + (["Connection: close"] if "close" in flags else []))
    if "silent" in flags:
        return [CLOSE]
    if "stall" in flags:
        return [whole[:len(whole) // 2], Wait(float(flags["stall"] or 3)), CLOSE]
    if "cut" in flags:
        return [whole[:whole.index(b"\r\n\r\n") + 4 + int(flags["cut"])], CLOSE]
    return [whole, CLOSE] if "close" in flags else [whole]


def differences(number, request, waited, expected):
    """How a request is not the one that had to come."""
    while wanted := re.match(r"\s*(action|header|after) (.*)\n", expected):
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


def matches(want, got):
    pattern = "".join("(?:.*\n)*?" if line.strip() == "..." else re.escape(line)
                      for line in want.splitlines(keepends=True))
    return re.fullmatch(pattern, got) is not None


def run(probe, case, server):
    environment = dict(os.environ, ETSOAP_USERNAME="user", ETSOAP_PASSWORD="secret",
                       ETSOAP_ENDPOINT=server.url)
    for line in case.get("env", "").splitlines():
        name, _, value = line.partition("=")
        environment.pop(name, None)
        if value:
            environment[name] = value.replace("{port}", str(server.port))
    return subprocess.run(shlex.split(os.environ.get("ETSOAP_TEST_WRAPPER", "")) + [probe] +
                          shlex.split(case["call"]), env=environment, stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, timeout=60, check=False)


def main():
    probe, path = sys.argv[1:3]
    sections = read_case(path)
    one = dict(sections)
    requests = [text for name, text in sections if name == "request"]
    replies = [text for name, text in sections if name == "reply"]
    if len(requests) != len(replies) or "output" not in one or "call" not in one:
        sys.exit(f"{path}: needs call, output, and as many requests as replies")
    times = []

    def timed(reply):
        return lambda _: times.append(time.monotonic()) or steps(reply)

    with Server([timed(reply) for reply in replies]) as server:
        ran = run(probe, one, server)
    waits = [now - before for before, now in zip([0] + times, times)]
    got = ran.stdout.decode() + f"exit {ran.returncode}\n"
    want = one["output"].replace("{port}", str(server.port)).rstrip("\n") + "\n"
    problems = [problem for number, (request, waited, expected) in enumerate(
        zip(server.requests, waits, requests), 1)
        for problem in differences(number, request, waited, expected)]
    if len(server.requests) != len(requests):
        problems.append(f"{len(server.requests)} requests arrived, expected {len(requests)}")
    if not matches(want, got):
        problems.append(f"output differs\n got:\n{got}\nwant:\n{want}")
    if ran.stderr:
        problems.append(f"stderr: {ran.stderr.decode()}")
    if "secret" in got or b"secret" in ran.stderr:
        problems.append("the password shows")
    for problem in problems:
        print(f"{path}: {problem}")
    sys.exit(1 if problems else 0)


if __name__ == "__main__":
    main()
