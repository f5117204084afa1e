"""src/contract/needs.def is complete: whatever src/ touches of the contract is in it, and taking
any of it out of the contract is said by `etwsdl check`, and by the build before it compiles.

What src/ touches is found in two ways that know nothing of the table: the tracking layer prints
its own property lists (touched.c), and every string in src/ that is a path of contract names,
and every member access that is one in a file that uses generated structs, counts as touched.
"""
import argparse
import collections
import pathlib
import re
import subprocess
import sys
import unittest

import noise
from contract import XSD, Contract, Folder

OPTIONS = argparse.Namespace()
Need = collections.namedtuple("Need", "what file owner name kind helper")

# Properties that the service returns though the contract does not declare them; they arrive as
# PartnerProperties. Send.BCCEmail: the contract has Send.BccEmail, but what a retrieve asks for is
# the column, and the service's Describe spells that one BCCEmail, so BccEmail would be refused.
UNDECLARED = {("SentEvent", "ListID"), ("SentEvent", "SubscriberID"),
              ("NotSentEvent", "ListID"), ("NotSentEvent", "SubscriberID"), ("Send", "BCCEmail")}

# Strings that are names of the contract by chance: words of the wire around it, of the filter
# language, of settings. The ring http/ knows no contract at all.
BY_CHANCE = {
    "contract/retrievable.c": None,  # a table of its own: what the service takes, not the contract
    "contract/names.c": None,
    "filter/property.c": None,  # what the service takes though the contract lacks it
    "filter/lex.c": {"AND", "OR", "IN"},
    "filter/parse.c": {"AND", "OR", "IN"},
    "wire/stream.c": {"Body"},  # of the envelope
    "wire/member.c": {"StatusCode"},  # of any result, where it has one
    "wire/plain.c": {"Body", "OverallStatusMessage"},  # of any answer, where it has one
    "wire/soap_names.c": None,  # a fault is read as it comes, whatever the contract says of it
    "tracking/one_to_one.c": {"ErrorCode"},  # a column of the send log
    "call/fault.c": {"Security", "Error", "OK", "MoreDataAvailable", "Has"},
}
STATUS = {"OK", "Error"}  # of an answer, which is a string; an enumeration has it by chance
# Comments, strings and characters in one: a quote in a character starts no string, nor does "//"
# in a string start a comment.
TOKEN = re.compile(r"""/\*.*?\*/|//[^\n]*|"((?:[^"\\\n]|\\.)*)"|'(?:[^'\\\n]|\\.)+'""", re.S)
PATH = re.compile(r"[A-Z]\w*(?:\[(?:\d+|%\w+)\])?(?:\.[A-Z]\w*(?:\[(?:\d+|%\w+)\])?)*")


class Model:
    """Fields by type, from the surface: the only part of etwsdl this test takes as given."""

    def __init__(self, surface):
        self.fields, self.base, self.values = collections.defaultdict(dict), {}, set()
        self.operations = set()
        for line in surface.splitlines():
            words = line.split(" ")
            if words[0] == "field":
                owner, name = words[1].rsplit(".", 1)
                self.fields[owner][name] = words[2]
            elif words[0] == "type" and words[2:3] == ["extends"]:
                self.base[words[1]] = words[3]
            elif words[0] == "value":
                self.values.add(line.split(".", 1)[1])
            elif words[0] == "operation":
                self.operations.add(words[1].split(".")[0])
        self.names = {name for fields in self.fields.values() for name in fields}

    def declaring(self, type_, field):
        root, _, rest = type_.partition(".")
        while root:
            name = f"{root}.{rest}" if rest else root
            if field in self.fields.get(name, {}):
                return name
            root = self.base.get(root)
        return None


class Needs(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = Folder(OPTIONS.etwsdl, OPTIONS.source / "wsdl/etframework.wsdl")
        cls.model = Model(cls.folder.run("surface", cls.folder.original).stdout)
        cls.needs = [Need(*line.split("\t"))
                     for line in cls.folder.run("check", "--list").stdout.splitlines()]
        cls.contract = Contract(cls.folder.original)

    @classmethod
    def tearDownClass(cls):
        cls.folder.close()

    def check(self, change):
        contract = self.contract.copy()
        change(contract)
        return self.folder.run("check", self.folder.write(contract.text()))

    # --- complete ---

    def test_what_tracking_asks_for_is_in_the_table(self):
        done = subprocess.run([OPTIONS.touched], capture_output=True, text=True, check=True)
        has = {(need.owner, need.name) for need in self.needs if need.what == "property"}
        pairs = [tuple(line.split(" ")) for line in done.stdout.splitlines()]
        self.assertGreater(len(pairs), 100)
        for object_type, path in pairs:
            with self.subTest(f"{object_type} {path}"):
                if (object_type, path) in UNDECLARED:
                    self.assertIsNone(self.model.declaring(object_type, path))
                else:
                    self.assertIn((object_type, path), has)

    def sources(self):
        src = OPTIONS.source / "src"
        for path in sorted(src.glob("*/*.c")):
            name = str(path.relative_to(src))
            if BY_CHANCE.get(name, set()) is not None and not name.startswith("http/"):
                text = re.sub(r"^\s*#\s*include.*$", "", path.read_text(), flags=re.M)
                literals = [found[1] for found in TOKEN.finditer(text) if found[1] is not None]
                yield name, literals, TOKEN.sub(" ", text)

    def covered(self, file):
        """What the ring of the file has in the table, and what nothing can do without."""
        ring = file.split("/")[0] + "/"
        words = set()
        for need in self.needs:
            tracked = need.what == "property" and ring in ("tracking/", "report/")
            if need.what == "operation" or not need.helper or tracked or need.file.startswith(ring):
                words |= {need.name, need.kind, need.owner, *need.name.split("."),
                          need.owner.split(".")[-1]}
        return words | {name for _, name in UNDECLARED if ring == "tracking/"}

    def known(self, word):
        return (word in self.model.names or word in self.model.fields
                or word in self.model.values or word in self.model.operations)

    def test_names_in_strings_are_in_the_table(self):
        found = 0
        for file, literals, _ in self.sources():
            covered = self.covered(file) | (BY_CHANCE.get(file) or set()) | STATUS
            for literal in literals:
                literal = literal.replace("%s[%zu].", "")
                if not PATH.fullmatch(literal):
                    continue
                words = re.sub(r"\[[^]]*\]", "", literal).split(".")
                if not all(self.known(word) for word in words):
                    continue
                for word in words:
                    found += 1
                    with self.subTest(f"{file}: {literal}"):
                        self.assertTrue(word in covered, f'src/contract/needs.def lacks {word}')
        self.assertGreater(found, 150)

    def test_members_of_generated_structs_are_in_the_table(self):
        found = 0
        for file, _, text in self.sources():
            if not re.search(r"(?:\b|_)(?:et|fault)__\w+", text):
                continue
            for member in re.findall(r"(?:->|\.)(?:__size)?([A-Z]\w*)", text):
                if member in self.model.names:
                    found += 1
                    with self.subTest(f"{file}: {member}"):
                        hard = {need.name for need in self.needs if not need.helper}
                        self.assertTrue(member in hard,
                                        f'src/contract/needs.def lacks {member}, without which '
                                        'nothing compiles')
        self.assertGreater(found, 10)

    def test_files_are_there(self):
        for file in sorted({need.file for need in self.needs}):
            self.assertTrue((OPTIONS.source / "src" / file).is_file(), file)

    # --- and each part is missed ---

    def declaration(self, contract, owner, name):
        """The element node of a field, inline types included."""
        declared = self.model.declaring(owner, name)
        path = declared.split(".")
        node = contract.complex.get(path[0]) or contract.elements[path[0]]
        for segment in [*path[1:], name]:
            node = next(found for found in node.getElementsByTagNameNS(XSD, "element")
                        if found.getAttribute("name") == segment)
        return node

    def said(self, done, need, what):
        """That it is missed, and by whom: the build, or one helper."""
        if need.helper:
            self.assertIn(done.returncode, (1, 3))
            self.assertIn(f": missing: {need.helper} cannot work: {what}\n", done.stderr)
        else:
            self.assertEqual(done.returncode, 1)
            self.assertIn(f": {what}; src/{need.file} needs it\n", done.stderr)

    def test_each_field_that_goes_is_named(self):
        fields = [need for need in self.needs if need.what == "field"]
        self.assertGreater(len(fields), 150)
        done = {}
        for need in fields:
            key = (self.model.declaring(need.owner, need.name), need.name)
            if not key[0]:  # of the newer shape of that answer
                self.assertTrue(need.owner.startswith("ExtractResponseMsg.Results"), need)
                continue
            if key not in done:
                def remove(contract, need=need):
                    node = self.declaration(contract, need.owner, need.name)
                    node.parentNode.removeChild(node)
                done[key] = self.check(remove)
            with self.subTest(f"{need.owner}.{need.name}"):
                self.said(done[key], need, f"{need.owner}.{need.name} ({need.kind}) is gone")

    def test_each_property_that_goes_is_named(self):
        properties = [need for need in self.needs if need.what == "property"
                      and (need.owner, need.name) not in UNDECLARED]
        self.assertGreater(len(properties), 100)
        for need in properties[::3]:
            type_, path = need.owner, need.name.split(".")
            for step in path[:-1]:
                kind = self.model.fields[self.model.declaring(type_, step)][step]
                type_ = kind

            def remove(contract, type_=type_, name=path[-1]):
                node = self.declaration(contract, type_, name)
                node.parentNode.removeChild(node)
            with self.subTest(f"{need.owner}.{need.name}"):
                done = self.check(remove)
                self.assertIn(done.returncode, (1, 3))
                self.assertIn(f": without: {need.owner}.{need.name} is not retrieved\n",
                              done.stderr)

    def test_retyped_fields_are_named(self):
        plain = [need for need in self.needs if need.what == "field"
                 and need.kind in ("xsd:int", "xsd:string")][::5]
        for need in plain:
            other = "xsd:long" if need.kind == "xsd:int" else "xsd:int"
            with self.subTest(f"{need.owner}.{need.name}"):
                done = self.check(lambda contract, need=need, other=other: self.declaration(
                    contract, need.owner, need.name).setAttribute("type", other))
                self.said(done, need, f"{need.owner}.{need.name} is {other} now, not {need.kind}")

    def test_values_bases_types_and_operations_are_named(self):
        for need in self.needs:
            with self.subTest(need):
                if need.what == "value":
                    def change(contract, need=need):
                        for node in contract.simple[need.owner].getElementsByTagNameNS(
                                XSD, "enumeration"):
                            if node.getAttribute("value") == need.name:
                                node.parentNode.removeChild(node)
                    words = f"{need.owner} value {need.name} is gone"
                elif need.what == "base" and need.name == self.model.base[need.owner]:
                    def change(contract, need=need):
                        contract.extension(need.owner).setAttribute("base", "tns:ClientID")
                    words = f"{need.owner} no longer derives from {need.name}"
                elif need.what == "operation":
                    def change(contract, need=need):
                        for holder in (contract.port_type(), contract.binding()):
                            holder.removeChild(contract.operation(holder, need.owner))
                    words = f"operation {need.owner} is gone"
                else:
                    continue
                self.said(self.check(change), need, words)

    def test_both_shapes_of_the_extract_answer_will_do(self):
        def older(contract):
            field = self.declaration(contract, "ExtractResponseMsg", "Results")
            for child in list(field.childNodes):
                field.removeChild(child)
            field.setAttribute("type", "tns:ExtractResult")
            field.setAttribute("minOccurs", "0")
            field.setAttribute("maxOccurs", "unbounded")
        done = self.check(older)
        self.assertEqual((done.returncode, done.stderr), (0, ""))

    def test_inline_types_may_have_names(self):
        def named(contract):
            noise.named_inline_types(contract)
        done = self.check(named)
        self.assertEqual((done.returncode, done.stderr), (0, ""))

    def test_one_line_for_each_part(self):
        """Not that it has another type and, by the path below it, that it is gone."""
        def other(contract):
            field = self.declaration(contract, "ExtractResponseMsg", "Results")
            for child in list(field.childNodes):
                field.removeChild(child)
            field.setAttribute("type", "xsd:string")
        lines = self.check(other).stderr.splitlines()
        self.assertEqual(len(lines), 1, lines)
        self.assertRegex(lines[0], r"missing: ets_extract cannot work: ExtractResponseMsg\.Results "
                         r"is xsd:string(\[\])? now, not \(inline\) or ExtractResult\[\]$")

    def test_the_contract_has_everything(self):
        done = self.folder.run("check", self.folder.original)
        self.assertEqual((done.returncode, done.stderr), (0, ""))


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--etwsdl", required=True)
    parser.add_argument("--touched", required=True)
    parser.add_argument("--source", required=True, type=pathlib.Path)
    parser.parse_args(namespace=OPTIONS)
    unittest.main(argv=sys.argv[:1])
