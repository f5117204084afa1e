#!/usr/bin/env python3
"""Runs one wire case: a call, the requests it has to send, the canned replies, the outcome.

A case is a text file of sections, each introduced by a line `=== name`:

  call      arguments of the probe, as a shell would split them
  env       NAME=VALUE lines for the probe; default: user `user`, password `secret`
  request   the envelope that has to arrive (compared as canonical XML); one per exchange;
            `any` accepts whatever comes
  reply     first line: STATUS [CONTENT-TYPE] [chunked] [gzip] [cut=N] [stall] [silent], an empty
            line, the body
  output    what the probe prints, with its exit code in a last line `exit N`; a line of
            `...` matches any lines, {port} stands for the port
"""
import gzip
import os
import re
import shlex
import socket
import subprocess
import sys
import threading
import time
from xml.etree import ElementTree

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


def reply_bytes(text):
    head, _, body = text.partition("\n\n")
    words = head.split()
    status, flags = words[0], {}
    content_type = "text/xml; charset=utf-8"
    for word in words[1:]:
        if "/" in word:
            content_type = word
        else:
            key, _, value = word.partition("=")
            flags[key] = value
    body = body.rstrip("\n").encode() if "keep-end" not in flags else body.encode()
    if "gzip" in flags:
        body = gzip.compress(body)
    headers = [f"HTTP/1.1 {status} Canned", f"Content-Type: {content_type}"]
    if "gzip" in flags:
        headers.append("Content-Encoding: gzip")
    if "chunked" in flags:
        headers.append("Transfer-Encoding: chunked")
        body = b"".join(b"%x\r\n%s\r\n" % (len(body[i:i + 100]), body[i:i + 100])
                        for i in range(0, len(body), 100)) + b"0\r\n\r\n"
    else:
        headers.append(f"Content-Length: {len(body)}")
    if "close" in flags:
        headers.append("Connection: close")
    whole = "\r\n".join(headers).encode() + b"\r\n\r\n" + body
    if "cut" in flags:
        whole = whole[:len(whole) - len(body) + int(flags["cut"])]
    return whole, flags


def read_request(connection):
    data = b""
    while b"\r\n\r\n" not in data:
        part = connection.recv(65536)
        if not part:
            return None, data
        data += part
    head, _, body = data.partition(b"\r\n\r\n")
    length = re.search(rb"(?i)content-length: *(\d+)", head)
    while length and len(body) < int(length.group(1)):
        part = connection.recv(65536)
        if not part:
            break
        body += part
    return head.decode(), body


class Server(threading.Thread):
    """Answers each request with the next canned reply, then stops."""

    def __init__(self, exchanges):
        super().__init__(daemon=True)
        self.exchanges, self.problems, self.served = exchanges, [], 0
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.socket.settimeout(30)
        self.port = self.socket.getsockname()[1]

    def check(self, head, body, expected):
        if expected.strip() == "any":
            return
        action = re.search(r'(?i)soapaction: *"?([^"\r\n]*)', head)
        want_action = re.match(r"\s*action (\S+)\n", expected)
        if want_action:
            expected = expected[want_action.end():]
            if not action or action.group(1) != want_action.group(1):
                self.problems.append(f"SOAPAction is {action and action.group(1)!r}, "
                                     f"expected {want_action.group(1)!r}")
        got, want = canonical(body.decode()), canonical(expected.strip())
        if got != want:
            self.problems.append(f"request {self.served + 1} differs\n got: {body.decode()}\n"
                                 f"want: {expected}")

    def run(self):
        while self.served < len(self.exchanges):
            try:
                connection, _ = self.socket.accept()
            except OSError:
                return
            connection.settimeout(30)
            with connection:
                while self.served < len(self.exchanges):
                    head, body = read_request(connection)
                    if head is None:
                        break
                    expected, reply = self.exchanges[self.served]
                    self.check(head, body, expected)
                    self.served += 1
                    whole, flags = reply_bytes(reply)
                    if "stall" in flags:
                        connection.sendall(whole[:len(whole) // 2])
                        time.sleep(float(flags["stall"] or 3))
                        break
                    if "silent" in flags:
                        break
                    connection.sendall(whole)
                    if "cut" in flags or "close" in flags:
                        break


def matches(want, got):
    pattern = "".join("(?:.*\n)*?" if line.strip() == "..." else re.escape(line)
                      for line in want.splitlines(keepends=True))
    return re.fullmatch(pattern, got) is not None


def main():
    probe, path = sys.argv[1:3]
    sections = read_case(path)
    one = dict(sections)
    requests = [text for name, text in sections if name == "request"]
    replies = [text for name, text in sections if name == "reply"]
    if len(requests) != len(replies) or "output" not in one or "call" not in one:
        sys.exit(f"{path}: needs call, output, and as many requests as replies")
    server = Server(list(zip(requests, replies)))
    server.start()
    environment = dict(os.environ, ETSOAP_USERNAME="user", ETSOAP_PASSWORD="secret",
                       ETSOAP_ENDPOINT=f"http://127.0.0.1:{server.port}/Service.asmx")
    for line in one.get("env", "").splitlines():
        name, _, value = line.partition("=")
        environment.pop(name, None)
        if value:
            environment[name] = value.replace("{port}", str(server.port))
    ran = subprocess.run(shlex.split(os.environ.get("ETSOAP_TEST_WRAPPER", "")) + [probe] +
                         shlex.split(one["call"]), env=environment,
                         stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=60, check=False)
    server.socket.close()
    got = ran.stdout.decode() + f"exit {ran.returncode}\n"
    want = one["output"].replace("{port}", str(server.port)).rstrip("\n") + "\n"
    problems = list(server.problems)
    if server.served != len(requests):
        problems.append(f"{server.served} requests arrived, expected {len(requests)}")
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
