"""Contracts that are refused, with file, line and name, and constructs that are reported: changes
of the real contract, and what is made of more than a few declarations; limits. What a few
declarations show is in cases/declarations.case."""
import argparse
import pathlib
import re
import sys
import unittest

from contract import API, SOAP, Contract, Folder, XSD

OPTIONS = argparse.Namespace()
HEAD = (f'<wsdl:definitions xmlns:wsdl="http://schemas.xmlsoap.org/wsdl/" xmlns:tns="{API}" '
        f'xmlns:xsd="{XSD}" targetNamespace="{API}"><wsdl:types><xsd:schema '
        f'targetNamespace="{API}" elementFormDefault="qualified">\n')
TAIL = "</xsd:schema></wsdl:types></wsdl:definitions>\n"


def schema(body):
    return (HEAD + body + TAIL).encode()


class Case(unittest.TestCase):
    def setUp(self):
        self.folder = Folder(OPTIONS.etwsdl, OPTIONS.wsdl)
        self.addCleanup(self.folder.close)

    def surface(self, data):
        return self.folder.run("surface", self.folder.write(data))

    def refused(self, data, *words, line=None):
        done = self.surface(data)
        self.assertEqual((done.returncode, done.stdout), (1, ""), done.stderr)
        found = re.match(r"(.+?):(\d+):(\d+): error: ", done.stderr)
        self.assertTrue(found, done.stderr)
        self.assertEqual(found[1], str(self.folder.changed))
        self.assertGreaterEqual(int(found[3]), 1)
        if line is not None:
            self.assertEqual(int(found[2]), line, done.stderr)
        for word in words:
            self.assertIn(word, done.stderr)
        self.assertLess(len(done.stderr), 60000)


class Invalid(Case):
    def mutated(self, change, *words):
        contract = Contract(OPTIONS.wsdl).copy()
        change(contract)
        self.refused(contract.text(), *words)

    def test_defined_twice(self):
        for name in ("complex", "simple", "elements"):
            def twice(c, name=name):
                node = next(iter(getattr(c, name).values()))
                c.schema.appendChild(node.cloneNode(True))
            self.mutated(twice, "is defined twice: first at ")
        self.mutated(lambda c: c.definitions.insertBefore(
            c.message("createRequest").cloneNode(True), c.port_type()),
            "message createRequest is defined twice")

    def test_references_to_nothing(self):
        self.mutated(lambda c: c.find("LinkSend", "Link").setAttribute("type", "tns:Gone"),
                     "LinkSend.Link refers to type Gone, which is not defined")
        self.mutated(lambda c: c.extension("LinkSend").setAttribute("base", "tns:Gone"),
                     "LinkSend refers to type Gone")
        self.mutated(lambda c: c.schema.removeChild(c.elements["RetrieveRequestMsg"]),
                     "retrieveRequest refers to element RetrieveRequestMsg")
        self.mutated(lambda c: c.definitions.removeChild(c.message("retrieveRequest")),
                     "Retrieve refers to message retrieveRequest")
        self.mutated(lambda c: c.port_type().removeChild(c.operation(c.port_type(), "Query")),
                     "port type Soap has no operation Query")
        self.mutated(lambda c: c.definitions.removeChild(c.binding()),
                     "Soap refers to binding SoapBinding")
        self.mutated(lambda c: c.find("LinkSend", "Link").setAttribute("type", "xsd:strin"),
                     "type xsd:strin, which is not defined")
        self.mutated(lambda c: c.find("LinkSend", "Link").setAttribute("type", "nope:Link"),
                     "the prefix of nope:Link is not declared")

    def test_imports_that_are_not_here(self):
        (self.folder.path / "new" / "other.xsd").write_text(
            f'<xsd:schema xmlns:xsd="{XSD}" targetNamespace="urn:y"/>')
        done = self.surface(schema('<xsd:import namespace="urn:x" schemaLocation="other.xsd"/>'))
        self.assertIn('has targetNamespace "urn:y", its import asks for "urn:x"', done.stderr)
        self.assertEqual(done.returncode, 1)

    def test_not_a_contract(self):
        for data, words in ((b"\0\1", "error"), (b"PK\3\4\0\0\0\0", "zero byte")):
            with self.subTest(data):
                self.refused(data, words)
        done = self.folder.run("surface", self.folder.path / "nowhere.wsdl")
        self.assertEqual(done.returncode, 1)
        self.assertIn("cannot open", done.stderr)


class Styles(Case):
    def test_rpc_and_encoded_contracts_are_refused(self):
        """They would fail at link; `diff` compares them all the same."""
        def of_operation(c):
            bound = c.operation(c.binding(), "Retrieve")
            bound.getElementsByTagNameNS(SOAP, "operation")[0].setAttribute("style", "rpc")

        def of_binding(c):
            c.binding().getElementsByTagNameNS(SOAP, "binding")[0].setAttribute("style", "rpc")
            for node in c.binding().getElementsByTagNameNS(SOAP, "operation"):
                if node.hasAttribute("style"):
                    node.removeAttribute("style")

        def encoded(c):
            for node in c.operation(c.binding(), "Retrieve").getElementsByTagNameNS(SOAP, "body"):
                node.setAttribute("use", "encoded")
        for change, word in ((of_operation, "of style rpc"), (of_binding, "of style rpc"),
                             (encoded, "encoded")):
            with self.subTest(change.__name__):
                contract = Contract(OPTIONS.wsdl).copy()
                change(contract)
                path = self.folder.write(contract.text())
                done = self.folder.run("check", path)
                self.assertEqual(done.returncode, 1)
                self.assertRegex(done.stderr, rf": operation Retrieve is {word} \(.*:\d+:\d+\); "
                                              "the bindings are for document/literal\n")
                self.assertEqual(self.folder.run("diff", path, path).returncode, 0)
                done = self.folder.run("sync", path, "--apply", "--tree",
                                       pathlib.Path(OPTIONS.wsdl).parents[1])
                self.assertEqual(done.returncode, 1)
                self.assertIn("Not applied", done.stdout)


class Reported(Case):
    def test_what_is_not_understood(self):
        def change(c):
            c.complex["LinkSend"].setAttribute("colour", "red")
            c.schema.appendChild(c.xsd("notation", name="n", public="p"))
            field = c.find("LinkSend", "Link")
            field.appendChild(c.xsd("unique", name="u"))
            policy = c.doc.createElementNS("urn:policy", "p:Policy")
            policy.setAttribute("xmlns:p", "urn:policy")
            c.definitions.insertBefore(policy, c.port_type())
        contract = Contract(OPTIONS.wsdl).copy()
        change(contract)
        done = self.surface(contract.text())
        self.assertEqual(done.returncode, 0)
        for words in ("attribute colour of <complexType>", "{http://www.w3.org/2001/XMLSchema}"
                      "notation", "}unique in <element>", "{urn:policy}Policy in <definitions>"):
            self.assertRegex(done.stderr, r":\d+:\d+: note: not understood: .*"
                             + re.escape(words.split(" of ")[0]))
        done = self.folder.run("diff", self.folder.original, self.folder.changed)
        self.assertEqual(done.returncode, 0)
        self.assertIn("4 constructs of the contracts were not understood", done.stdout)

    def test_a_schema_alone_is_no_contract(self):
        text = ('<xsd:schema xmlns:xsd="http://www.w3.org/2001/XMLSchema" targetNamespace="urn:x">'
                '<xsd:complexType name="A"/></xsd:schema>').encode()
        path = self.folder.write(text)
        for command in (["surface", path], ["diff", self.folder.original, path],
                        ["diff", path, path], ["check", path]):
            done = self.folder.run(*command)
            self.assertNotIn(done.returncode, (0, 2) if command[0] != "diff" else (0, 1, 2))
            self.assertIn("this is an XML Schema alone, not a WSDL 1.1 contract", done.stderr)

    def test_imports_stay_in_the_folder(self):
        outside = self.folder.path / "Outside.xsd"
        outside.write_text('<xsd:schema xmlns:xsd="http://www.w3.org/2001/XMLSchema" '
                           'targetNamespace="urn:x"/>')
        self.addCleanup(outside.unlink)
        for location in ("../Outside.xsd", "..\\Outside.xsd", "x/../../Outside.xsd",
                         str(outside)):
            text = schema(f'<xsd:import namespace="urn:x" schemaLocation="{location}"/>')
            with self.subTest(location):
                done = self.surface(text)
                self.assertEqual(done.returncode, 1)
                words = ("which is not here" if "\\" in location else
                         f"imports {location}, which leads out of the folder of the contract and "
                         "is not followed: copy the file beside the contract as Outside.xsd, or "
                         "name its folder with --imports")
                self.assertIn(words, done.stderr)
                done = self.folder.run("stage", self.folder.changed, "-o",
                                       self.folder.path / "staged")
                self.assertEqual(done.returncode, 1)
                self.assertIn(words, done.stderr)

    def test_imports_in_folders(self):
        """What a schema in a folder imports from another one, as tools write it."""
        for path, location in (("schemas/a.xsd", "../common/b.xsd"), ("common/b.xsd", None)):
            inside = f'<xsd:import namespace="urn:b" schemaLocation="{location}"/>'
            file = self.folder.path / "new" / path
            file.parent.mkdir(exist_ok=True)
            file.write_text(f'<xsd:schema xmlns:xsd="{XSD}" targetNamespace="urn:{file.stem}">'
                            + (inside if location else "") + '<xsd:element '
                            f'name="In{file.stem}" type="xsd:int"/></xsd:schema>')
        contract = schema('<xsd:import namespace="urn:a" schemaLocation="./schemas/a.xsd"/>')
        done = self.surface(contract)
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        self.assertIn("element {urn:b}Inb xsd:int", done.stdout)
        done = self.folder.run("stage", self.folder.changed, "-o", self.folder.path / "staged")
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        self.assertEqual(self.folder.run("diff", self.folder.changed, self.folder.path
                                         / "staged/etframework.wsdl").returncode, 0)

    def test_as_many_documents_as_any_contract_has(self):
        new = self.folder.path / "new"
        for count, code in ((63, 0), (64, 1)):
            names = [f"part{i}.xsd" for i in range(count)]
            for name in names:
                (new / name).write_text(f'<xsd:schema xmlns:xsd="{XSD}" '
                                        f'targetNamespace="{API}"/>')
            done = self.surface(schema("".join(f'<xsd:include schemaLocation="{name}"/>'
                                               for name in names)))
            staged = self.folder.run("stage", self.folder.changed, "-o", self.folder.path / "out")
            for one in (done, staged):
                self.assertEqual(one.returncode, code, one.stderr)
                self.assertIn("more than 64 documents, no contract is made of so many" if code
                              else "", one.stderr)

    def test_encodings(self):
        text = schema('<xsd:simpleType name="E"><xsd:restriction base="xsd:string">'
                      '<xsd:enumeration value="\u20ac \u0161 \xe9"/></xsd:restriction>'
                      '</xsd:simpleType>').decode()
        for declared, bytes_ in (("windows-1252", "cp1252"), ("CP1252", "cp1252"),
                                 ("utf8", "utf-8"), ("UTF8", "utf-8"),
                                 ("utf-16", "utf-8"), ("UTF-16LE", "utf-8")):
            with self.subTest(declared):
                done = self.surface(f'<?xml version="1.0" encoding="{declared}"?>'.encode()
                                    + text.encode(bytes_))
                self.assertEqual((done.returncode, done.stderr), (0, ""))
                self.assertIn("value E.\u20ac \u0161 \xe9\n", done.stdout)

    def test_lines_are_counted_as_an_editor_does(self):
        text = schema('<xsd:complexType name="A">\n<xsd:sequence>\n<xsd:element name="f" '
                      'type="tns:Gone"/></xsd:sequence></xsd:complexType>')
        for ends in (b"\n", b"\r\n", b"\r", b"\r\r\n"):
            with self.subTest(ends):
                done = self.surface(text.replace(b"\n", ends))
                self.assertIn(":4:1: error: A.f refers to type Gone", done.stderr)

    def test_limits_by_default(self):
        body = ('<xsd:complexType name="A"{0}{1}><xsd:sequence><xsd:element name="f" '
                'type="xsd:int"{0}/><xsd:element name="g" type="xsd:int" block=""/></xsd:sequence>'
                '</xsd:complexType><xsd:simpleType name="S"{1}><xsd:restriction base="xsd:int"/>'
                '</xsd:simpleType><xsd:element name="E" type="tns:A"{0}{1}/>')
        said = schema(body.format(' block="extension"', ' final="restriction"'))
        assumed = schema(body.format("", "")).replace(
            b"<xsd:schema ", b'<xsd:schema blockDefault="extension" finalDefault="restriction" ')
        surface = self.surface(said).stdout
        for line in ("field A.f xsd:int 1..1 block=extension", "field A.g xsd:int 1..1",
                     "element E A block=extension", "type A block=extension"):
            self.assertIn(line + "\n", surface)
        self.assertEqual(self.surface(assumed).stdout, surface)
        old = self.folder.path / "old" / "without.wsdl"
        old.write_bytes(schema(body.format("", "")))
        done = self.folder.run("diff", old, self.folder.changed)
        self.assertEqual(done.returncode, 2)
        self.assertIn("~ field A.f: xsd:int 1..1 -> xsd:int 1..1 block=extension\n    sender "
                      "BREAKING: fewer derived types are allowed in its place; reader compatible",
                      done.stdout)

    def test_place_of_each_fact(self):
        text = schema('<xsd:complexType name="A"><xsd:sequence>\r\n'
                      '  <!-- \xe4\xf6 --><xsd:element\n     name="f" type="tns:Gone"/>'
                      '</xsd:sequence></xsd:complexType>')
        self.refused(text, "A.f refers to type Gone", line=3)
        done = self.surface(text)
        self.assertIn(":3:14: error", done.stderr)


class Limits(Case):
    def test_entities(self):
        bomb = '<!DOCTYPE a [<!ENTITY a "aaaa">' + "".join(
            f'<!ENTITY {chr(98 + i)} "&{chr(97 + i)};&{chr(97 + i)};">' for i in range(20)) + "]>"
        self.refused(b'<?xml version="1.0"?>\n' + bomb.encode() + b"<a>&u;</a>",
                     "a DOCTYPE is refused", line=2)
        outside = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'
        self.refused(outside.encode("utf-16"), "a DOCTYPE is refused")

    def test_depth_and_size(self):
        self.refused(b"<a>" * 200 + b"</a>" * 200, "nested deeper than 100")
        self.refused(b"<a>" + b"<b/>" * 500001 + b"</a>", "more elements than 500000")
        self.refused(b"<a>" + b" " * (17 << 20) + b"</a>", "larger than 16 MiB")

    def test_attributes(self):
        """Reading them takes the square of their number: 100,000 are refused before the parser."""
        for name in ("a", "xmlns:n"):
            many = "".join(f' {name}{i}="urn:{i}"' for i in range(100000))
            self.refused(schema(f"<xsd:annotation{many}/>"),
                         "more attributes of a tag and those around it than 1000", line=2)
        some = "".join(f' xmlns:n{i}="urn:{i}"' for i in range(90))
        self.refused(f"<a{some}>".encode() * 50 + b"</a>" * 50, "those around it than 1000")
        done = self.surface(schema(f"<xsd:annotation{some}/>" * 50))
        self.assertEqual((done.returncode, done.stderr), (0, ""))

    def refused(self, data, *words, line=None):
        if len(data) > 16 << 20:
            done = self.surface(data)
            self.assertEqual(done.returncode, 1)
            self.assertIn(words[0], done.stderr)
            return
        super().refused(data, *words, line=line)

    def test_groups_that_multiply(self):
        body = "".join(
            f'<xsd:group name="G{i}"><xsd:sequence><xsd:group ref="tns:G{i + 1}"/>'
            f'<xsd:group ref="tns:G{i + 1}"/></xsd:sequence></xsd:group>\n' for i in range(40))
        body += ('<xsd:group name="G40"><xsd:sequence><xsd:element name="f" type="xsd:int"/>'
                 '</xsd:sequence></xsd:group><xsd:complexType name="A"><xsd:group ref="tns:G0"/>'
                 '</xsd:complexType>')
        self.refused(schema(body), "type A has more than 20000 fields")

    def test_long_chains(self):
        body = '<xsd:complexType name="T0"/>' + "".join(
            f'<xsd:complexType name="T{i}"><xsd:complexContent><xsd:extension base="tns:T{i - 1}"/>'
            f'</xsd:complexContent></xsd:complexType>\n' for i in range(1, 20000))
        done = self.surface(schema(body))
        self.assertIn(done.returncode, (0, 1))
        body = "".join(f'<xsd:complexType name="T{i}"><xsd:sequence><xsd:element name="f" '
                       f'type="tns:T{i + 1}"/></xsd:sequence></xsd:complexType>\n'
                       for i in range(5000)) + '<xsd:complexType name="T5000"/>'
        path = self.folder.write(schema(body))
        done = self.folder.run("diff", path, path)
        self.assertEqual(done.returncode, 0, done.stderr)

    def test_depth_does_not_depend_on_the_order(self):
        """A hundred types on top of each other are enough, from either end."""
        for depth, code in ((100, 0), (101, 1)):
            types = ['<xsd:complexType name="T0"/>'] + [
                f'<xsd:complexType name="T{i}"><xsd:complexContent><xsd:extension '
                f'base="tns:T{i - 1}"/></xsd:complexContent></xsd:complexType>'
                for i in range(1, depth)]
            for some in (types, types[::-1]):
                done = self.surface(schema("".join(some)))
                self.assertEqual(done.returncode, code, done.stderr)
                self.assertIn("through over 100 types" if code else "", done.stderr)

    def test_many_fields_in_any_order(self):
        """In proportion: etwsdl.bench_diff. The verdict is right for as many, too."""
        def fields(tag, numbers):
            return (f'<xsd:complexType name="A"><xsd:{tag}>' + "".join(
                f'<xsd:element name="f{i}" type="xsd:int" minOccurs="0"/>' for i in numbers)
                + f"</xsd:{tag}></xsd:complexType>")
        count = 8000
        other = [(i * 3001) % count for i in range(count)]
        for tag, code in (("choice", 0), ("all", 0), ("sequence", 2)):
            old = self.folder.path / "old" / "many.wsdl"
            old.write_bytes(schema(fields(tag, range(count))))
            done = self.folder.run("diff", old, self.folder.write(schema(fields(tag, other))))
            self.assertEqual(done.returncode, code, done.stderr or done.stdout[:500])
            self.assertEqual("# order of A: " in done.stdout, code == 2)

    def test_documents_that_include_each_other(self):
        new = self.folder.path / "new"
        for name, other in (("a", "b"), ("b", "a")):
            (new / f"{name}.xsd").write_text(
                f'<xsd:schema xmlns:xsd="{XSD}" targetNamespace="{API}">'
                f'<xsd:include schemaLocation="{other}.xsd"/>'
                f'<xsd:complexType name="{name}"/></xsd:schema>')
        done = self.surface(schema('<xsd:include schemaLocation="a.xsd"/>'))
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        self.assertIn("type a\ntype b\n", done.stdout)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--etwsdl", required=True)
    parser.add_argument("--wsdl", required=True)
    parser.parse_args(namespace=OPTIONS)
    unittest.main(argv=sys.argv[:1])
