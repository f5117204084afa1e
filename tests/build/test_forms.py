"""The forms of the library from outside: what they export, and programs of other people that use
the installed tree. See --help; SUITE is one of the classes here."""
import argparse
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "harness"))
import etsim  # noqa: E402
from ending import exit_code  # noqa: E402
from server import Server, answer  # noqa: E402

OPTIONS = argparse.Namespace()
STRICT = ("-Wall", "-Wextra", "-Wpedantic", "-Werror")
BOTH_FORMS = "each holds a gSOAP"
MARK = "ets_stubs_and_sealed_etsoap_in_one_program"


class Installed(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="etsoap-forms-")
        self.addCleanup(folder.cleanup)
        self.root = pathlib.Path(folder.name)
        self.lib = next(OPTIONS.prefix.glob("lib*/**/libetsoap.a")).parent
        self.environment = {**os.environ, "LC_ALL": "C.UTF-8", "LD_LIBRARY_PATH": str(self.lib),
                            "PKG_CONFIG_PATH": str(self.lib / "pkgconfig"),
                            "CMAKE_PREFIX_PATH": str(OPTIONS.prefix)}

    def command(self, *words, fails=False, **environment):
        done = subprocess.run([str(word) for word in words], cwd=self.root, text=True,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                              env={**self.environment, **environment})
        self.assertEqual(done.returncode != 0, fails, f"{words}\n{done.stdout[-4000:]}")
        return done.stdout

    def flags(self, *packages):
        return self.command("pkg-config", *packages).split()

    def static(self):
        """What links the sealed form as a file of the program."""
        return [self.lib / "libetsoap.a", "-Wl,--as-needed",
                *self.flags("--static", "--libs", "etsoap")]

    def run_with_etsim(self, *words):
        code, said = etsim.run([], words, LD_LIBRARY_PATH=str(self.lib))
        self.assertEqual(code, 0, said)
        return said


class Exports(Installed):
    def names(self, *command):
        return sorted(line.split()[-1] for line in self.command(*command).splitlines()
                      if re.search(r" [A-TV-Z] ", line))

    def test_what_is_marked_and_nothing_else(self):
        listed = (OPTIONS.source / "src" / "abi.txt").read_text().split()
        self.assertGreater(len(listed), 90)
        hint = "when the change is meant: cmake --build <build> --target abi-accept, and commit it"
        self.assertEqual(self.names("nm", "-D", "--defined-only", self.lib / "libetsoap.so.0"),
                         listed, hint)
        self.assertEqual(self.names("nm", "-g", "--defined-only", self.lib / "libetsoap.a"),
                         listed, hint)
        marked = set()
        for header in (OPTIONS.source / "src" / "include" / "etsoap").glob("*.h"):
            marked.update(re.findall(r"^ETS_API\b[^;(]*?\b(ets_\w+)\(", header.read_text(), re.M))
        self.assertEqual(sorted({*marked, MARK}), listed)

    def test_gsoap_is_neither_exported_nor_asked_for(self):
        for name in ("libetsoap.so.0", "libetsoap.a"):
            dynamic = ["-D"] if name.endswith(".0") else []
            wanted = self.command("nm", *dynamic, "-u", self.lib / name)
            self.assertNotRegex(wanted, r"\b(soap_|namespaces)")
            self.assertIn("SSL_", wanted)

    def test_position_independent_and_named(self):
        said = self.command("readelf", "-dW", self.lib / "libetsoap.so.0")
        self.assertIn("Library soname: [libetsoap.so.0]", said)
        self.assertNotIn("TEXTREL", said)
        self.assertNotIn("gsoap", said)
        self.assertTrue((self.lib / "libetsoap.so").is_symlink())

    def test_the_open_form_shows_the_bindings(self):
        said = self.command("nm", "-g", "--defined-only", self.lib / "libetsoap-stubs.a")
        self.assertIn(" soap_call___et__Retrieve\n", said)


class CMakeProject(Installed):
    TEXT = """cmake_minimum_required(VERSION 3.25)
project(mine LANGUAGES C)
find_package(etsoap REQUIRED {components})
add_library(middle INTERFACE)
target_link_libraries(middle INTERFACE {middle})
add_executable(mine {source})
set_target_properties(mine PROPERTIES C_STANDARD 11 C_EXTENSIONS OFF)
target_compile_definitions(mine PRIVATE {definitions})
target_link_libraries(mine PRIVATE middle {targets})
"""

    def cmake(self, components, targets, middle="", source="helper_program.c", definitions="",
              fails=False, options=()):
        (self.root / "CMakeLists.txt").write_text(self.TEXT.format(
            components=components, targets=targets, middle=middle, source=HERE / source,
            definitions=definitions))
        shutil.rmtree(self.root / "build", ignore_errors=True)
        return self.command("cmake", "-G", "Ninja", "-S", ".", "-B", "build",
                            f"-DCMAKE_C_COMPILER={OPTIONS.cc}", *options,
                            "-DCMAKE_EXPORT_COMPILE_COMMANDS=ON", fails=fails)

    def built(self):
        self.command("cmake", "--build", "build")
        return self.root / "build" / "mine"


class Consumers(CMakeProject):
    def test_pkg_config_sealed(self):
        cflags = self.flags("--cflags", "etsoap")
        self.assertEqual([flag for flag in cflags if not flag.startswith(f"-I{self.lib}")],
                         ["-DETSOAP_SEALED"])
        libs = self.flags("--libs", "etsoap")
        self.assertEqual(libs[1:], ["-letsoap"])
        source = HERE / "helper_program.c"
        for name, link in (("shared", libs), ("static", self.static())):
            program = self.root / name
            self.command(OPTIONS.cc, "-std=c11", *STRICT, source, "-o", program, *cflags, *link)
            needed = self.command("readelf", "-d", program)
            self.assertEqual("libetsoap.so.0" in needed, name == "shared")
            self.assertRegex(self.run_with_etsim(program), r"^\d+\.\d+\.\d+ 1767225600\nsent 12000")
        if OPTIONS.cxx:
            self.command(OPTIONS.cxx, "-std=c++17", "-x", "c++", *STRICT,
                         "-Wno-missing-field-initializers", source, "-o", program, *cflags,
                         "-x", "none", *libs)
            self.assertIn("sent 12000", self.run_with_etsim(program))

    def test_pkg_config_stubs(self):
        flags = self.flags("--cflags", "--libs", "etsoap-stubs")
        self.assertNotRegex(" ".join(flags), "POSIX_C_SOURCE|libxml2")
        for definition in ("-D_POSIX_C_SOURCE=200809L", "-D_GNU_SOURCE"):
            self.command(OPTIONS.cc, "-std=c11", definition, *STRICT, HERE / "stub_program.c",
                         "-o", "stubs", *flags)
            self.assertIn("E_CONNECT", self.command("./stubs"))

    def test_cmake(self):
        for components, options, kind in (("", (), "static"), ("COMPONENTS shared", (), "shared"),
                                          ("", ("-DBUILD_SHARED_LIBS=ON",), "shared")):
            self.cmake(components, "etsoap::etsoap", options=options)
            program = self.built()
            compiled = (self.root / "build" / "compile_commands.json").read_text()
            self.assertNotRegex(compiled, "POSIX_C_SOURCE|libxml2|gsoap|WITH_")
            self.assertEqual("libetsoap.so.0" in self.command("readelf", "-d", program),
                             kind == "shared")
            self.assertIn("sent 12000", self.run_with_etsim(program))

    def test_cmake_stubs(self):
        self.cmake("COMPONENTS stubs", "etsoap::stubs", source="stub_program.c",
                   definitions="_GNU_SOURCE")
        self.assertIn("E_CONNECT", self.command(self.built()))
        self.assertNotIn("POSIX_C_SOURCE",
                         (self.root / "build" / "compile_commands.json").read_text())

    def test_cmake_says_which_component_there_is_not(self):
        said = self.cmake("COMPONENTS sealed", "etsoap::etsoap", fails=True)
        self.assertIn("no component sealed: static, shared, stubs", " ".join(said.split()))


class BothForms(CMakeProject):
    """Sealed and open in one program."""

    def test_cmake_refuses_when_it_generates(self):
        for middle, targets in (("etsoap::etsoap", "etsoap::stubs"),
                                ("etsoap::stubs", "etsoap::shared"), ("", "etsoap::etsoap;"
                                                                      "etsoap::stubs")):
            said = self.cmake("COMPONENTS stubs shared", targets, middle, fails=True)
            self.assertIn("CMakeLists.txt:9 (target_link_libraries)", said)
            self.assertIn(BOTH_FORMS, " ".join(said.split()))

    def test_headers_refuse_the_flags_of_both(self):
        flags = self.flags("--cflags", "etsoap", "etsoap-stubs")
        said = self.command(OPTIONS.cc, "-c", HERE / "stub_program.c", "-o", "both.o", *flags,
                            fails=True)
        self.assertIn(BOTH_FORMS, said)

    def test_the_stubs_header_refuses_the_flags_of_the_sealed_form(self):
        said = self.command(OPTIONS.cc, "-c", HERE / "stub_program.c", "-o", "sealed.o",
                            *self.flags("--cflags", "etsoap"), fails=True)
        self.assertIn("instead of etsoap", said)

    def test_the_linker_says_why(self):
        self.command(OPTIONS.cc, "-c", HERE / "stub_program.c", "-o", "stubs.o",
                     *self.flags("--cflags", "etsoap-stubs"))
        stubs = self.flags("--libs", "etsoap-stubs")
        for link in (self.flags("--libs", "etsoap"), self.static()):
            said = self.command(OPTIONS.cc, "stubs.o", "-o", "sealed", *link, fails=True)
            self.assertIn(BOTH_FORMS, said)

    def test_the_linker_refuses_both_in_any_order(self):
        self.command(OPTIONS.cc, "-c", HERE / "stub_program.c", "-o", "stubs.o",
                     *self.flags("--cflags", "etsoap-stubs"))
        stubs = self.flags("--libs", "etsoap-stubs")
        shared = self.flags("--libs", "etsoap")
        static = [word for word in self.static() if word != "-letsoap"]
        linkers = [name for name in ("bfd", "gold") if shutil.which(f"ld.{name}")]
        self.assertIn("bfd", linkers)
        for linker in linkers:
            for link in ([*shared, *stubs], [*stubs, *shared], [*static, *stubs]):
                with self.subTest(linker=linker, link=link):
                    said = self.command(OPTIONS.cc, f"-fuse-ld={linker}", "stubs.o", "-o", "both",
                                        *link, fails=True)
                    self.assertIn(MARK, said)
                    if linker == "bfd":
                        self.assertLess(len(said.splitlines()), 8)
        # What comes second is not taken: there is one gSOAP in this program.
        self.command(OPTIONS.cc, "stubs.o", "-o", "open", *stubs, *static)

    def test_the_stub_call_refuses_what_a_linker_let_in(self):
        if not shutil.which("ld.lld"):
            self.skipTest("no ld.lld found: install lld")
        self.command(OPTIONS.cc, "-fuse-ld=lld", HERE / "stub_program.c", "-o", "both",
                     *self.flags("--cflags", "etsoap-stubs"), *self.flags("--libs", "etsoap"),
                     *self.flags("--libs", "etsoap-stubs"))
        said = self.command("./both", fails=True)
        self.assertIn("link etsoap-stubs alone", said)

    def test_a_library_of_the_users_hides_the_other_form_from_cmake_alone(self):
        (self.root / "mine.c").write_text("#include <etsoap/version.h>\n"
                                          "const char *mine(void);\n"
                                          "const char *mine(void) { return ets_version(); }\n")
        (self.root / "CMakeLists.txt").write_text(f"""cmake_minimum_required(VERSION 3.20)
project(two_forms C)
find_package(etsoap REQUIRED COMPONENTS stubs shared)
add_library(mine STATIC mine.c)
target_link_libraries(mine PRIVATE etsoap::shared)
add_executable(both {HERE / "stub_program.c"})
target_link_libraries(both PRIVATE mine etsoap::stubs)
""")
        self.command("cmake", "-S", ".", "-B", "build", "-G", "Ninja")
        self.assertIn(MARK, self.command("cmake", "--build", "build", fails=True))


QUOTE = b"""<?xml version="1.0" encoding="UTF-8"?>
<SOAP-ENV:Envelope xmlns:SOAP-ENV="http://schemas.xmlsoap.org/soap/envelope/" xmlns:q="urn:quote">
<SOAP-ENV:Body><q:priceResponse><price>12.25</price></q:priceResponse></SOAP-ENV:Body>
</SOAP-ENV:Envelope>"""


def quote(request):
    return answer(QUOTE, 200 if b"<symbol>ET</symbol>" in request.body else 500)


class SecondClient(Installed):
    """A program with a gSOAP client of its own beside etsoap: both talk to their servers."""

    def setUp(self):
        super().setUp()
        self.server = Server(otherwise=quote)
        self.addCleanup(self.server.stop)
        self.command(OPTIONS.soapcpp2, "-c", "-C", "-L", "-x", HERE / "second" / "quote.h")

    def build(self, name, *link):
        self.command(OPTIONS.cc, "-g", "-I.", HERE / "second" / "program.c", "soapC.c",
                     "soapClient.c", "-o", name, *self.flags("--cflags", "etsoap"), *link)
        return self.root / name

    def check(self, program):
        endpoint = f"http://127.0.0.1:{self.server.port}/"
        self.assertEqual(self.run_with_etsim(program, endpoint), "12.25 12000\n" * 2)
        if not shutil.which("valgrind"):
            self.skipTest("no valgrind found: install valgrind")
        self.assertEqual(self.run_with_etsim(
            "valgrind", "-q", "--leak-check=full", "--error-exitcode=99",
            "--show-leak-kinds=definite,indirect,possible",
            "--errors-for-leak-kinds=definite,indirect,possible", program, endpoint),
            "12.25 12000\n" * 2)

    def test_sealed_static(self):
        self.check(self.build("static", *self.static(), "-lgsoap"))

    def test_sealed_shared(self):
        self.check(self.build("shared", *self.flags("--libs", "etsoap"), "-lgsoap"))

    def test_the_other_way_round(self):
        self.check(self.build("gsoap_first", "-lgsoap", *self.static()))


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--source", type=pathlib.Path, required=True)
    parser.add_argument("--prefix", type=pathlib.Path, required=True)
    parser.add_argument("--cc", required=True)
    parser.add_argument("--cxx", default="")
    parser.add_argument("--soapcpp2", default="soapcpp2")
    parser.add_argument("suite")
    parser.parse_args(namespace=OPTIONS)
    OPTIONS.prefix = OPTIONS.prefix.resolve()
    suite = unittest.defaultTestLoader.loadTestsFromName(OPTIONS.suite, sys.modules[__name__])
    return exit_code(unittest.TextTestRunner(verbosity=2).run(suite))


if __name__ == "__main__":
    sys.exit(main())
