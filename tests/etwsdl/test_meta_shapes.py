"""Shapes that our contract does not have but another copy may: gSOAP generates, `etwsdl meta`
writes the table, and the C compiler agrees with both. And a table that does not fit is refused by
the compiler with a message that names the field."""
import argparse
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest

OPTIONS = argparse.Namespace()
HERE = pathlib.Path(__file__).parent


class Shapes(unittest.TestCase):
    def setUp(self):
        holder = tempfile.TemporaryDirectory(prefix="etwsdl-shapes-")
        self.addCleanup(holder.cleanup)
        self.path = pathlib.Path(holder.name)

    def run_tool(self, *command, code=0):
        done = subprocess.run(list(map(str, command)), cwd=self.path, capture_output=True,
                              text=True)
        self.assertEqual(done.returncode, code, done.stderr[-3000:] + done.stdout[-3000:])
        return done.stderr

    def generate(self):
        typemap = OPTIONS.source / "wsdl" / "typemap.dat"
        wsdl = HERE / "data" / "shapes.wsdl"
        self.run_tool(OPTIONS.etwsdl, "meta", wsdl, "-o", ".")
        self.run_tool(OPTIONS.wsdl2h, "-c", "-F", "-g", "-j", "-t", typemap, "-o", "et.h",
                      "plain.wsdl")
        self.run_tool(OPTIONS.soapcpp2, "-c", "-L", "-x", "-n", "-p", "et", "-d", ".", "et.h")

    def compile(self, code=0):
        return self.run_tool(OPTIONS.cc, "-std=c11", "-fsyntax-only", "-Wall", "-I.",
                             "-I", OPTIONS.source / "src", "ets_meta.c", code=code)

    def test_all_shapes_compile(self):
        self.generate()
        self.compile()
        table = (self.path / "ets_meta.c").read_text()
        for words in ('.name = "default"', "SOAP_UNION__et__union_F_i", '"a b"', "_x0020",
                      '.name = "A.inl_x.deep"', "class_"):
            self.assertIn(words, table)

    def test_what_does_not_fit_is_named(self):
        self.generate()
        stub = self.path / "etStub.h"
        text = stub.read_text()
        for was, now, words in (
                (r"\bint Fix;", "char *Fix;", "A.Fix: the generated member is neither int"),
                (r"\bint Fix;", "int Fix; char filler[5000];",
                 "A: the generated struct is larger than ETS_NIL_SIZE"),
                (r"\benum et__E ReqE;", "char *ReqE;", "A.ReqE: the generated member is neither"),
                (r"\bint __sizeNilArr;", "short __sizeNilArr;", "A.NilArr: the generated member"),
                (r"et__E__1x = 1", "et__E__1x = 9", "E.1: the enum constant is not its place"),
                (r"struct et__D2 \*et__D2;", "void *et__D2;", "D2 in D: the generated member")):
            changed, count = re.subn(was, now, text, count=1)
            self.assertEqual(count, 1, was)
            stub.write_text(changed)
            self.assertIn(words, self.compile(code=1))


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    for name in ("etwsdl", "cc", "wsdl2h", "soapcpp2"):
        parser.add_argument("--" + name, required=True)
    parser.add_argument("--source", required=True, type=pathlib.Path)
    parser.parse_args(namespace=OPTIONS)
    unittest.main(argv=sys.argv[:1])
