#!/usr/bin/env python3
"""Reads generated answers with the library's reader and with one made of Python's expat:

  differential.py ANSWER_DUMP COUNT [SEED]

The same values, or both refuse. The answers are mutated from valid ones: structure, references,
encodings, namespaces, white space. What differs is printed with the number that makes it again
(COUNT 1, that SEED). What the parser hands on to generated stubs is compared as well: it has to be
the same document."""
import base64
import binascii
import random
import re
import subprocess
import sys
import urllib.parse
from xml.parsers import expat

import answers

CONTRACT = "http://exacttarget.com/wsdl/partnerAPI"
SOAP = ("http://schemas.xmlsoap.org/soap/envelope/", "http://www.w3.org/2003/05/soap-envelope")
XSI = "http://www.w3.org/2001/XMLSchema-instance"
BLANK = " \t\r\n"


class Refused(Exception):
    pass


class Node:
    def __init__(self, name, attributes):
        self.space, _, self.name = name.rpartition("\x01")
        self.attributes = attributes
        self.says_nil = attributes.get(f"{XSI}\x01nil", "").strip(BLANK) in ("true", "1")
        self.children, self.pieces = [], []

    @property
    def text(self):
        return "".join(self.pieces)

    @property
    def blank(self):
        return not self.children and not self.text.strip(BLANK)

    @property
    def nil(self):
        return self.says_nil and self.blank

    @property
    def label(self):
        return ("" if self.space in ("", CONTRACT) else "other:") + self.name


def read_tree(data):
    """The root of a document, by expat."""
    stack = [Node("", {})]
    parser = expat.ParserCreate(None, "\x01")
    parser.buffer_text = True

    def start(name, attributes):
        node = Node(name, attributes)
        stack[-1].children.append(node)
        stack.append(node)

    def declaration(version, encoding, _):
        # The fifth edition of XML 1.0; expat goes by the fourth. Python knows many encodings.
        if not re.fullmatch(r"1\.[0-9]+", version):
            raise Refused("version")
        if (encoding or "utf-8").lower() not in ("utf-8", "utf-16", "iso-8859-1", "us-ascii"):
            raise Refused("encoding")

    def doctype(*_):
        raise Refused("DOCTYPE")

    parser.XmlDeclHandler = declaration
    parser.StartElementHandler = start
    parser.EndElementHandler = lambda name: stack.pop()
    parser.CharacterDataHandler = lambda text: stack[-1].pieces.append(text)
    parser.StartDoctypeDeclHandler = doctype
    try:
        parser.Parse(data, True)
    except (expat.ExpatError, UnicodeDecodeError, ValueError, LookupError) as error:
        raise Refused(str(error)) from None
    return stack[0].children[0]


def only_elements(node):
    if node.text.strip(BLANK):
        raise Refused(f"text in {node.name}")


def check_mixed(node):
    if node.children:
        only_elements(node)
    if node.says_nil and not node.blank:
        raise Refused(f"nil {node.name} with a value")
    for child in node.children:
        check_mixed(child)


def read_answer(data):
    """The response element, or `fault`."""
    envelope = read_tree(data)
    if envelope.name != "Envelope" or envelope.space not in SOAP:
        raise Refused("no envelope")
    only_elements(envelope)
    bodies = [part for part in envelope.children if part.name == "Body" and part.space in SOAP]
    for part in envelope.children:
        if part.space in SOAP and part.name not in ("Body", "Header"):
            raise Refused("envelope")
    if len(bodies) != 1 or len(bodies[0].children) != 1:
        raise Refused("body")
    only_elements(bodies[0])
    answer = bodies[0].children[0]
    if answer.space in SOAP and answer.name == "Fault":
        return "fault"
    if answer.name != "RetrieveResponseMsg" or answer.space not in ("", CONTRACT):
        raise Refused("no response")
    only_elements(answer)
    check_mixed(answer)
    for row in answer.children:
        if row.label == "Results" and not row.children:
            only_elements(row)
    answer.children = [row for row in answer.children if not (row.label == "Results" and row.nil)]
    return answer


class Dumped:
    def __init__(self, label, state, kind, text):
        self.label, self.state, self.kind = label, state, kind
        self.bytes = urllib.parse.unquote_to_bytes(text)
        self.children = []


def read_dump(output):
    """The next answer's values, or `fault`, as the library read it."""
    root = Dumped("", "present", "object", "")
    stack = [root]
    for line in output:
        line = line.decode().rstrip("\n")
        if line.startswith("refused "):
            raise Refused(line)
        if line == "end":
            return root
        if line.startswith("fault "):
            return "fault"
        depth, *values = line.split("\t")
        node = Dumped(*values)
        del stack[int(depth):]
        stack[-1].children.append(node)
        stack.append(node)
    raise SystemExit("answer_dump ended early")


def is_there_twice(node, name):
    same = [child for child in node.children if child.label == name]
    return len(same) > 1 or any(is_there_twice(child, name) for child in node.children)


def check_twice(answer):
    """A member of which there is one is not there twice, in rows of types that are known."""
    for row in answer.children:
        kind = row.attributes.get(f"{XSI}\x01type", "").rpartition(":")[2]
        for name in answers.SINGLE.get(kind, ()):
            if sum(child.label == name for child in row.children) > 1:
                raise Refused(f"{name} twice")


def same_value(node, dumped):
    text = node.text
    if dumped.state != "present":
        return node.blank and (dumped.state == "nil") == node.nil
    if node.children or node.nil:
        return False
    if dumped.kind == "binary":
        try:
            return base64.b64decode(text.encode(), validate=False) == dumped.bytes
        except (binascii.Error, ValueError):
            return False
    read = dumped.bytes.decode()
    if dumped.kind == "boolean":
        return {"1": "true", "0": "false"}.get(text.strip(BLANK), text.strip(BLANK).lower()) == read
    if dumped.kind in ("integer", "double", "enum"):
        return read in (text, text.strip(BLANK))
    return text == read


def difference(node, dumped, path):
    """Where two trees differ; None when they do not. Order counts among elements of one name."""
    if dumped.kind != "object" or dumped.state != "present":
        return None if same_value(node, dumped) else f"{path}: {node.text!r}, {dumped.bytes!r}"
    if not node.children:
        return None if node.blank and not dumped.children and not node.nil else path
    ours, theirs = {}, {}
    for child in dumped.children:
        ours.setdefault(child.label, []).append(child)
    for child in node.children:
        theirs.setdefault(child.label, []).append(child)
    for label in sorted(set(ours) | set(theirs)):
        pair = theirs.get(label, []), ours.get(label, [])
        if len(pair[0]) != len(pair[1]):
            return f"{path}/{label}: {len(pair[0])} and {len(pair[1])}"
        for one, other in zip(*pair):
            found = difference(one, other, f"{path}/{label}")
            if found:
                return found
    return None


def outcome(read, *arguments):
    try:
        return read(*arguments), None
    except Refused as refusal:
        return None, str(refusal)


def compare(data, output):
    theirs, why_theirs = outcome(read_answer, data)
    ours, why_ours = outcome(read_dump, output)
    if isinstance(theirs, Node):
        twice = re.search(r" has (\S+) twice \(line", why_ours or "")
        if twice and is_there_twice(theirs, twice[1]):
            return "refused", None
        _, why_theirs = outcome(check_twice, theirs)
        theirs = None if why_theirs else theirs
    if theirs is None or ours is None:
        if theirs is None and ours is None:
            return "refused", None
        return "", f"expat: {why_theirs or 'read'}; library: {why_ours or 'read'}"
    if "fault" in (theirs, ours):
        return "fault", None if theirs == ours else "one of them saw a fault"
    return "read", difference(theirs, ours, "")


def same_tree(node, other):
    return (node.name, node.space, node.attributes, node.text) == (
        other.name, other.space, other.attributes, other.text) and len(node.children) == len(
            other.children) and all(map(same_tree, node.children, other.children))


def brought_home(envelope):
    """What has no namespace is the contract's, a fault apart, since gSOAP wants one."""
    for body in envelope.children:
        answers_in_it = [one for one in body.children if body.name == "Body" and
                         body.space in SOAP and not (one.name == "Fault" and one.space in SOAP)]
        while answers_in_it:
            node = answers_in_it.pop()
            node.space = node.space or CONTRACT
            answers_in_it += node.children
    return envelope


def compare_plain(data, output):
    """What gSOAP's reader would get is the same document, or refused like the answer itself."""
    theirs, why_theirs = outcome(read_tree, data)
    written = urllib.parse.unquote_to_bytes(output.readline().rstrip(b"\n")[len("plain "):])
    end = output.readline().decode()
    if not end.startswith("end"):
        # Stricter than expat, which knows nothing of SOAP.
        return None if outcome(read_answer, data)[0] is None else f"plain: {end}"
    if theirs is None:
        return f"plain: read; expat: {why_theirs}"
    if b"<!" in written or b"<?" in written:
        return "plain: has more than elements"
    same = same_tree(brought_home(theirs), read_tree(written))
    return None if same else "plain: another document"


def main(dump, count, seed=1):
    counts = {"read": 0, "refused": 0, "fault": 0}
    wrong = 0
    with subprocess.Popen([dump], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        for number in range(int(seed), int(seed) + int(count)):
            data, piece = answers.generate(random.Random(number))
            for mode in ("rows", "plain"):
                process.stdin.write(f"{len(data)} {piece} - {mode}\n".encode() + data)
            process.stdin.flush()
            what, why = compare(data, process.stdout)
            why = compare_plain(data, process.stdout) or why
            if why:
                wrong += 1
                print(f"seed {number}, pieces of {piece}: {why}\n  {data!r}")
            else:
                counts[what] += 1
        process.stdin.close()
        if process.wait() != 0:
            raise SystemExit(f"answer_dump: exit {process.returncode}")
    print(f"{counts['read']} the same, {counts['refused']} refused by both, "
          f"{counts['fault']} faults, {wrong} differ")
    # An answer generator that makes only one kind compares nothing.
    lopsided = min(counts["read"], counts["refused"]) < int(count) // 10
    return 1 if wrong or (int(count) >= 100 and lopsided) else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
