"""`check --sources` against the compiler: every member, struct, constant and stub of the bindings
is used in a line of its own; the lines that a changed contract's bindings do not compile are the
lines that `check --sources` names. The contracts are changed at random, the same in each run."""
import argparse
import pathlib
import random
import re
import shutil
import subprocess
import sys
import unittest

from contract import WSDL, XSD, Contract, Folder, children

OPTIONS = argparse.Namespace()
ROUNDS, CHANGES = 4, 25
TYPES = ("xsd:string xsd:int xsd:long xsd:boolean xsd:double xsd:dateTime xsd:decimal xsd:short "
         "xsd:base64Binary tns:Owner tns:Email tns:Priority tns:EventType").split()


# --- changes: each says whether it was made -------------------------------------------------------


def some_field(chance, c):
    while True:
        name = chance.choice(sorted(c.complex))
        if c.fields(name):
            return name, chance.choice(c.fields(name))


def without_field(chance, c):
    _, field = some_field(chance, c)
    field.parentNode.removeChild(field)
    return True


def other_type(chance, c):
    _, field = some_field(chance, c)
    if not field.hasAttribute("type") or field.hasAttribute("default"):
        return False
    field.setAttribute("type", chance.choice(TYPES))
    return True


def inline_type(chance, c):
    _, field = some_field(chance, c)
    if not field.hasAttribute("type") or field.hasAttribute("default"):
        return False
    field.removeAttribute("type")
    if chance.random() < .5:
        type_ = c.xsd("complexType")
        type_.appendChild(c.xsd("sequence")).appendChild(c.field("Inside", minOccurs="0"))
    else:
        type_ = c.xsd("simpleType")
        limits = type_.appendChild(c.xsd("restriction", base="xsd:string"))
        for value in chance.choice(([], ["One", "Two-"])):
            limits.appendChild(c.xsd("enumeration", value=value))
    field.appendChild(type_)
    return True


def other_occurrence(chance, c):
    _, field = some_field(chance, c)
    name, values = chance.choice((("minOccurs", "01"), ("maxOccurs", ("1", "unbounded")),
                                  ("nillable", ("true", "false"))))
    field.setAttribute(name, values[field.getAttribute(name) == values[0]])
    return True


def required_struct(chance, c):
    """Or optional: a pointer to it stands in either's place."""
    fields = [field for name in sorted(c.complex) for field in c.fields(name)
              if field.getAttribute("type").removeprefix("tns:") in c.complex
              and field.getAttribute("maxOccurs") in ("", "1")]
    field = chance.choice(fields)
    field.setAttribute("minOccurs", "01"[field.getAttribute("minOccurs") == "0"])
    return True


def other_name(chance, c):
    owner, field = some_field(chance, c)
    name = chance.choice(("A-", "a--b", "class", "Other_"))
    if any(other.getAttribute("name") == name for other in c.fields(owner)):
        return False
    field.setAttribute("name", name)
    return True


def choice_of_fields(chance, c):
    name, _ = some_field(chance, c)
    fields = c.fields(name)[:chance.randint(2, 4)]
    if len(fields) < 2 or any(field.getAttribute("maxOccurs") not in ("", "1") for field in fields):
        return False
    made = fields[0].parentNode.insertBefore(c.xsd("choice"), fields[0])
    for field in fields:
        made.appendChild(field)
    return True


def wildcard(chance, c):
    owner, field = some_field(chance, c)
    if (field.parentNode.localName == "choice" or c.derived(owner)
            or c.complex[owner].getElementsByTagNameNS(XSD, "any")):
        return False
    field.parentNode.replaceChild(
        c.xsd("any", processContents="lax", minOccurs="0",
              maxOccurs=chance.choice(("1", "unbounded"))), field)
    return True


def other_base(chance, c):
    name = chance.choice(sorted(c.complex))
    if c.base(name) != "APIObject" or c.derived(name):
        return False
    c.extension(name).setAttribute("base", "tns:Owner")
    return True


def renamed_type(chance, c):
    kind = chance.choice((c.complex, c.simple))
    name = chance.choice(sorted(kind))
    kind[name].setAttribute("name", name + "2")
    for node in c.doc.getElementsByTagName("*"):
        for attribute in ("type", "base"):
            if node.getAttribute(attribute) == "tns:" + name:
                node.setAttribute(attribute, f"tns:{name}2")
    c.index()
    return True


def without_value(chance, c):
    values = c.simple[chance.choice(sorted(c.simple))].getElementsByTagNameNS(XSD, "enumeration")
    if len(values) < 2:
        return False
    value = chance.choice(values)
    value.parentNode.removeChild(value)
    return True


def without_operation(chance, c):
    name = chance.choice(children(c.port_type(), WSDL, "operation")).getAttribute("name")
    if name == "Retrieve":
        return False
    for holder in (c.port_type(), c.binding()):
        holder.removeChild(c.operation(holder, name))
    return True


KINDS = [without_field, other_type, inline_type, other_occurrence, required_struct, other_name,
         choice_of_fields, wildcard, other_base, renamed_type, without_value, without_operation]


# --- a use of every name --------------------------------------------------------------------------


def members_of(body):
    """(how it is reached, its type) of each, those of the union of a choice behind its name."""
    inside = None
    for line in body.splitlines():
        line = line.strip()
        closed = re.fullmatch(r"\} *(\w+);", line)
        declared = re.fullmatch(r"(.*?)(\w+);", line)
        if line.startswith("union ") and line.endswith("{"):
            inside = []
        elif closed:
            yield closed[1], "void"
            yield from ((f"{closed[1]}.{name}", type_) for name, type_ in inside)
            inside = None
        elif declared and declared[2] != "dummy":
            found = declared[2], declared[1].strip()
            yield from [found] if inside is None else []
            if inside is not None:
                inside.append(found)


def uses(stub):
    text = re.sub(r"/\*.*?\*/", "", stub, flags=re.S)
    for found in re.finditer(r"^struct (_?(?:et|fault)__\w+) \{\n(.*?)^\};", text, re.S | re.M):
        yield f"sizeof(struct {found[1]})"
        for member, type_ in members_of(found[2]):
            yield f"f(({type_} *){{&((struct {found[1]} *)p)->{member}}})"
    yield from sorted(set(re.findall(r"^\s*(_?et__\w+__\w+)\b", text, re.M)))
    for name in sorted(set(re.findall(r"\b(soap_call___et__\w+)\(", text))):
        yield f"f((void *){name})"


class Compiler(unittest.TestCase):
    def setUp(self):
        self.contract = Contract(OPTIONS.source / "wsdl/etframework.wsdl")
        self.folder = Folder(OPTIONS.etwsdl, self.contract.path)
        self.addCleanup(self.folder.close)
        self.program = self.folder.path / "uses.c"

    def generate(self, contract):
        out = self.folder.path / "out"
        shutil.rmtree(out, ignore_errors=True)
        out.mkdir()
        done = subprocess.run(
            ["cmake", f"-DTREE={OPTIONS.source}", f"-DWSDL={contract}", f"-DOUT={out}",
             f"-DETWSDL={OPTIONS.etwsdl}", "-P",
             OPTIONS.source / "tools/etwsdl/sync/try_generate.cmake"],
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        self.assertEqual(done.returncode, 0, done.stdout[-3000:])
        return out

    def write_program(self, out):
        lines = list(uses((out / "etStub.h").read_text()))
        self.assertGreater(len(lines), 1000)
        self.program.write_text('#include "etH.h"\nint f(void *p) {\n' + "".join(
            f"  (void){line};\n" for line in lines) + "  return 0;\n}\n")

    def refused(self, out):
        done = subprocess.run(
            [OPTIONS.cc, "-std=gnu11", "-fsyntax-only", "-D_GNU_SOURCE", "-DWITH_OPENSSL",
             "-DWITH_GZIP", "-DWITH_DOM", "-DWITH_IPV6", "-Werror=incompatible-pointer-types",
             *OPTIONS.all_errors, f"-I{out}", self.program],
            stderr=subprocess.PIPE, text=True, env={"LC_ALL": "C", "PATH": "/usr/bin:/bin"})
        return {int(line) for line in re.findall(r"^\S*uses\.c:(\d+):\d+: error:", done.stderr,
                                                 re.M)}

    def said(self, contract):
        """The lines; but not those whose type stays and which are one of several now, or again."""
        done = self.folder.run("check", "--sources", self.program, "--against",
                               self.folder.original, contract)
        found = re.findall(r"uses\.c:(\d+):\d+: (.*)", done.stdout)
        self.assertNotIn("not understood", done.stdout)
        self.assertEqual(done.returncode, 1, done.stdout)
        return ({int(line) for line, _ in found},
                {int(line) for line, text in found if ", counted by __size" in text})

    def test_every_name(self):
        self.write_program(self.generate(self.folder.original))
        self.assertEqual(self.refused(self.folder.path / "out"), set())
        text = [""] + self.program.read_text().splitlines()
        for number in range(ROUNDS):
            chance, c, made = random.Random(number), self.contract.copy(), []
            while len(made) < CHANGES:
                change = chance.choice(KINDS)
                if change(chance, c):
                    made.append(change.__name__)
            contract = self.folder.write(c.text())
            refused = self.refused(self.generate(contract))
            said, same_type = self.said(contract)
            with self.subTest(number):
                self.assertGreater(len(refused), 10, made)
                self.assertEqual([text[line] for line in sorted(refused - said)], [], "not said")
                self.assertEqual([text[line] for line in sorted(said - refused - same_type)], [],
                                 "compiles")


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--etwsdl", required=True)
    parser.add_argument("--source", required=True, type=pathlib.Path)
    parser.add_argument("--cc", required=True)
    parser.parse_args(namespace=OPTIONS)
    version = subprocess.run([OPTIONS.cc, "--version"], stdout=subprocess.PIPE, text=True).stdout
    OPTIONS.all_errors = ["-ferror-limit=0"] if "clang" in version else ["-fmax-errors=0"]
    unittest.main(argv=sys.argv[:1])
