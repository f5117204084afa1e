"""rings.py finds what it is there to find: each test is a small tree, compiled like the build."""
import json
import pathlib
import subprocess
import sys
import tempfile
import unittest

HERE = pathlib.Path(__file__).resolve().parent
CC = sys.argv.pop(1) if len(sys.argv) > 1 else "cc"


class Rings(unittest.TestCase):
    def check(self, files):
        with tempfile.TemporaryDirectory(prefix="etsoap-rings-") as folder:
            root = pathlib.Path(folder)
            units = []
            for name, text in files.items():
                path = root / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text + "\n")
            for name in (name for name in files if name.endswith(".c")):
                built = name.replace("/", "_") + ".o"
                command = (f"{CC} -I{root}/src -I{root}/src/include -I{root}/tools "
                           f"-Wno-implicit-function-declaration -o {built} -c {root}/{name}")
                subprocess.run(command.split(), cwd=root, check=True)
                units.append({"directory": folder, "command": command, "file": f"{root}/{name}"})
            (root / "compile_commands.json").write_text(json.dumps(units))
            done = subprocess.run([sys.executable, HERE / "rings.py", root, root],
                                  stdout=subprocess.PIPE, text=True)
        self.assertEqual(done.returncode, 1 if done.stdout.strip() else 0)
        return done.stdout

    def test_what_is_in_order(self):
        self.assertEqual(self.check({
            "src/base/text.h": "int text(void);",
            "src/base/text.c": '#include "base/text.h"\nint text(void) { return 1; }',
            "src/include/etsoap/session.h": "int ets_session_new(void);",
            "src/include/etsoap/etsoap.h": "#include <etsoap/session.h>",
            "src/call/session.c": '#include <etsoap/session.h>\n#include "base/text.h"\n'
                                  "int ets_session_new(void) { return text(); }",
            "tools/a/main.c": "#include <etsoap/etsoap.h>\n"
                              "int main(void) { return ets_session_new(); }",
        }).strip(), "")

    def test_an_include_that_reaches_upward(self):
        self.assertIn("upward: src/base/text (base) includes call/call.h of src/call/call (call)",
                      self.check({"src/call/call.h": "struct call;",
                                  "src/base/text.h": '#include "call/call.h"'}))

    def test_a_public_header_that_reaches_upward(self):
        said = self.check({
            "src/include/etsoap/time.h": "#include <etsoap/session.h>\nint ets_time(void);",
            "src/include/etsoap/session.h": "int ets_session(void); /* see ets_time() */",
            "src/base/time.c": "int ets_time(void) { return 1; }",
            "src/call/session.c": "int ets_session(void) { return 1; }"})
        self.assertIn("etsoap/time.h (base) includes etsoap/session.h", said)
        self.assertEqual(said.count("upward"), 1)

    def test_a_call_that_reaches_upward_without_an_include(self):
        said = self.check({"src/base/text.c": "int call(void);\nint text(void) { return call(); }",
                           "src/call/call.c": "int call(void) { return 1; }"})
        self.assertIn("upward: src/base/text (base) calls call of src/call/call (call)", said)

    def test_who_may_know_gsoap(self):
        said = self.check({"src/object/copy.h": '#include "etStub.h"',
                           "src/object/pool.h": '#include "etH.h"',
                           "src/operations/page.h": '#include "etStub.h"',
                           "src/operations/stubs.h": "#include <etsoap/stubs.h>",
                           "src/wire/leaf.h": '#include "etH.h"',
                           "tools/etsim/call.h": '#include "etH.h"'})
        self.assertEqual(said, "gSOAP: src/object/pool.h includes etH.h, which is for src/wire/, "
                               "src/include/etsoap/stubs.h\n"
                               "gSOAP: src/operations/page.h includes etStub.h, which is for "
                               "src/object/\n"
                               "gSOAP: src/operations/stubs.h includes etsoap/stubs.h, which is "
                               "for src/operations/stubs.c\n")

    def test_a_folder_that_is_no_ring(self):
        self.assertIn("src/misc: not a ring", self.check({"src/misc/a.h": "struct a;"}))

    def test_a_circle_of_an_include_and_a_call(self):
        said = self.check({
            "tools/a/one.h": "int one(void);",
            "tools/a/one.c": "int two(void);\nint one(void) { return two(); }",
            "tools/a/two.c": '#include "one.h"\nint two(void) { return 1; }'})
        self.assertIn("circle of 2: tools/a/one tools/a/two\n"
                      "  tools/a/one calls two of tools/a/two\n"
                      "  tools/a/two includes one.h of tools/a/one", said)

    def test_a_circle_of_three_through_variables(self):
        said = self.check({
            "tools/a/one.c": "extern int two;\nint *one(void) { return &two; }",
            "tools/a/two.c": "int three(void);\nint two;\nint at(void) { return three(); }",
            "tools/a/three.c": "int *one(void);\nint three(void) { return *one(); }"})
        self.assertIn("circle of 3: ", said)

    def test_two_programs_with_a_function_of_one_name(self):
        self.assertEqual(self.check({
            "tools/a/main.c": "int help(void);\nint main(void) { return help(); }",
            "tools/a/help.c": "int help(void) { return 1; }",
            "tools/b/main.c": "int help(void);\nint main(void) { return help(); }",
            "tools/b/help.c": "int help(void) { return 2; }"}).strip(), "")

    def test_an_include_without_a_header(self):
        said = self.check({"tools/a/old.h": '#include "gone.h"', "tools/a/one.h": "int one;",
                           "tools/a/one.c": '#include "one.h"\n#include "../a/one.h"'})
        self.assertEqual(said, "tools/a/old.h includes gone.h: there is no such file\n")

    def test_a_program_on_what_is_private(self):
        tree = {"src/call/call.h": "struct call;", "src/contract/types.h": "struct type;"}
        said = self.check({**tree, "tools/ettrack/a.h": '#include "call/call.h"',
                           "tools/ettrack/b.h": '#include "ettrack/a.h"',
                           "tools/etwsdl/c.h": '#include "contract/types.h"'})
        self.assertEqual(said.count("private"), 1)
        self.assertIn("tools/ettrack/a.h includes call/call.h, which is private", said)

    def test_a_source_that_is_not_built(self):
        with tempfile.TemporaryDirectory(prefix="etsoap-rings-") as folder:
            root = pathlib.Path(folder)
            (root / "src" / "base").mkdir(parents=True)
            (root / "src" / "base" / "text.c").write_text("int text;\n")
            (root / "compile_commands.json").write_text("[]")
            done = subprocess.run([sys.executable, HERE / "rings.py", root, root],
                                  stdout=subprocess.PIPE, text=True)
        self.assertEqual(done.stdout, "src/base/text.c: no object was built of it\n")


if __name__ == "__main__":
    unittest.main()
