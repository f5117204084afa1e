"""The Debian packages in a clean Debian: installed by apt with what they depend on and nothing
else, used, purged. See --help."""
import argparse
import pathlib
import re
import shutil
import sys
import textwrap
import unittest

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))
sys.path.insert(0, str(HERE.parent / "harness"))
import etsim  # noqa: E402
import root as debian  # noqa: E402
import shells  # noqa: E402

OPTIONS = argparse.Namespace()
JOB = "12043295"
CMAKE = """cmake_minimum_required(VERSION 3.25)
project(clicks LANGUAGES C)
find_package(etsoap REQUIRED {components})
add_executable(clicks helper_program.c)
target_link_libraries(clicks PRIVATE etsoap::etsoap)
"""
# Commands of an operator with a stand-in for the service, in the shell of the root.
WITH_ETSIM = """set -eu
etsim --listen 127.0.0.1:0 --ready-file /tmp/ready --max-time 120 >/tmp/etsim.log 2>&1 &
etsim=$!
trap 'kill $etsim; wait $etsim || true; rm -f /tmp/ready' EXIT
while ! [ -s /tmp/ready ]; do kill -0 $etsim; sleep 0.1; done
ETSOAP_ENDPOINT=$(sed -n 's/.*\\(http:[^ ]*\\).*/\\1/p' /tmp/ready)
export ETSOAP_ENDPOINT ETSOAP_USERNAME=demo ETSOAP_PASSWORD=demo
"""
# Lines that somebody types, up to the tabulator, and the words that the shell has then.
LINES = {
    "ettrack whoa": ["ettrack", "whoami"],
    "ettrack events open,bou": ["ettrack", "events", "open,bounce"],
    "ettrack send 1 --format=nd": ["ettrack", "send", "1", "--format=ndjson"],
    "ettrack send 1 -o /usr/share/doc/libetsoap0/copyr":
        ["ettrack", "send", "1", "-o", "/usr/share/doc/libetsoap0/copyright"],
    "ettrack retrieve TriggeredSendS": ["ettrack", "retrieve", "TriggeredSendSummary"],
    f"ettrack links {JOB[:-1]}": ["ettrack", "links", JOB],
    "etwsdl sync --ap": ["etwsdl", "sync", "--apply"],
    "etsim --max-t": ["etsim", "--max-time"],
}


class Installed(debian.Case):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        (cls.root / "debs").mkdir()
        for package in OPTIONS.packages.glob("*.deb"):
            shutil.copy(package, cls.root / "debs")

    def run_inside(self, *command, **more):
        return debian.run(self.root, *command, **more)

    def script(self, text):
        return self.run_inside("sh", "-c", text)

    def install(self, *names):
        files = []
        for name in names:
            files += [f"/debs/{path.name}" for path in (self.root / "debs").glob(f"{name}_*.deb")]
        self.assertEqual(len(files), len(names), list((self.root / "debs").iterdir()))
        debian.install(self.root, *files)

    def test_1_the_programs_alone_do_the_main_job(self):
        self.install("libetsoap0", "etsoap-tools")
        self.assertIn("usage: ettrack COMMAND", self.run_inside("ettrack", "--help"))
        said = self.script(WITH_ETSIM + f"""
            ettrack send {JOB}
            ettrack events open --send {JOB} --format csv --limit 3
            ettrack export --to sqlite:/tmp/e.db --since 2026-11-01 --until 2026-11-02 --quiet
            test -s /tmp/e.db""")
        self.assertRegex(said, r"NumberSent +12,?000")
        self.assertEqual(said.count(f"{JOB},"), 3, said)
        self.assertRegex(self.run_inside("etwsdl", "--version"), r"^etwsdl \d")

    def test_2_lines_are_completed(self):
        """By what the shells find themselves, on a terminal; nothing of the root is mounted."""
        debian.install(self.root, "bash-completion", "zsh", "fish")
        said = self.script(WITH_ETSIM + """
            ettrack sends --since 2026-10-01 --format csv --properties ID
            echo "at $ETSOAP_ENDPOINT" """)
        self.assertEqual(list(pathlib.Path(self.root, "proc").iterdir()), [])
        last = re.findall(rf"(?m)^{JOB[:-1]}\d", said)
        self.assertEqual(last, [JOB])
        environment = {**debian.ENVIRONMENT, "TERM": "vt100", "ETSOAP_USERNAME": "demo",
                       "ETSOAP_ENDPOINT": re.search(r"(?m)^at (\S+)", said)[1]}
        inside = ("chroot", str(self.root))
        for shell in (shells.bash(None, environment, inside),
                      shells.zsh(None, environment, "/tmp/captured", inside),
                      shells.fish(None, environment, inside)):
            self.addCleanup(shell.close)
            for line, words in LINES.items():
                self.assertEqual(shell.words(line), words, line)

    def test_3_nothing_looks_into_the_folders_that_it_was_built_in(self):
        made = [*self.root.glob("usr/bin/et*"), *self.root.glob("usr/lib/*/libetsoap.so.0.*")]
        self.assertEqual(len(made), 4)
        for path in made:
            self.assertNotIn(str(OPTIONS.source).encode(), path.read_bytes())

    def test_4_a_program_is_compiled(self):
        debian.install(self.root, *debian.TOOLS)
        self.install("libetsoap-dev", "etsoap-doc")
        project = self.root / "project"
        project.mkdir()
        shutil.copy(OPTIONS.source / "tests" / "build" / "helper_program.c", project)
        shutil.copy(OPTIONS.source / "tests" / "build" / "stub_program.c", project)
        said = self.script(WITH_ETSIM + """cd /project
            gcc -Wall -Werror -o clicks helper_program.c $(pkg-config --cflags --libs etsoap)
            ./clicks
            gcc -o stubs stub_program.c $(pkg-config --cflags --libs etsoap-stubs)
            ./stubs""")
        self.assertIn("sent 12000", said)
        for components in ("", "COMPONENTS shared"):
            (project / "CMakeLists.txt").write_text(CMAKE.format(components=components))
            said = self.script(WITH_ETSIM + """cd /project
                rm -rf build
                cmake -S . -B build >/dev/null
                cmake --build build >/dev/null
                build/clicks""")
            self.assertIn("sent 12000", said)

    def test_5_the_documents_are_there(self):
        documents = self.root / "usr/share/doc/etsoap-doc"
        for name in ("README.md", "docs/filters.md", "index.html", "docs/filters.html",
                     "examples/send_summary.c", "contract/index.html"):
            self.assertTrue((documents / name).exists(), name)
        for package in ("libetsoap0", "libetsoap-dev", "etsoap-tools", "etsoap-doc"):
            folder = self.root / "usr/share/doc" / package
            self.assertTrue((folder / "copyright").exists(), package)
        for page, section in (("ettrack", 1), ("ettrack-events", 1), ("etsim", 1),
                              ("etwsdl", 1), ("etwsdl-diff", 1), ("ets_session_new", 3),
                              ("etsoap-config", 5), ("etsoap-filters", 7)):
            said = self.run_inside("man", "-w", page)
            self.assertRegex(said, rf"/usr/share/man/man{section}/[\w-]+[.]{section}[.]gz")
        self.assertIn("ettrack", self.run_inside("man", "ettrack-events"))
        for name in ("bash-completion/completions/ettrack", "zsh/vendor-completions/_ettrack",
                     "fish/vendor_completions.d/ettrack.fish"):
            self.assertTrue((self.root / "usr/share" / name).exists(), name)
        self.assertIn("open,click\t", self.run_inside("ettrack", "complete", "--", "events",
                                                      "open,cl"))

    def blocks(self, page):
        """What a page of the manual shows as code, as a reader copies it."""
        said = self.run_inside("man", *page.split(), MANWIDTH="200")
        found = re.findall(r"(?m)^(?: {11}.*\n|\n(?= {11}))+", said)
        return [textwrap.dedent(block.strip("\n")) for block in found]

    def test_6_programs_are_written_from_the_manual(self):
        """By somebody who has libetsoap-dev and etsoap-doc alone: the program that etsoap(3) begins
        with, then one of all that the cookbook does with each kind of object."""
        self.run_inside("apt-get", "remove", "-y", "etsoap-tools")
        first = next(block for block in self.blocks("3 etsoap") if "int main" in block)
        self.assertIn("cc -o summary summary.c", "\n".join(self.blocks("3 etsoap")))
        calls = [block for block in self.blocks("7 etsoap-cookbook")
                 if "ets_" in block and not block.startswith("<")]
        self.assertGreaterEqual(len(calls), 12)
        functions = "".join(f"static void step_{i}(ets_session *session) {{\n{block}\n}}\n"
                            for i, block in enumerate(calls))
        steps = " ".join(f"step_{i}(session);" for i in range(len(calls)))
        (self.root / "project/summary.c").write_text(first)
        (self.root / "project/book.c").write_text(
            f"#include <stdio.h>\n#include <string.h>\n#include <etsoap/etsoap.h>\n{functions}"
            "int main(void) { ets_session *session; ets_error error;\n"
            f"if (ets_session_from_environment(&session, &error) != ETS_OK) return 1;\n{steps}\n"
            "ets_session_free(session); return 0; }\n")
        with etsim.Etsim("--clock", "2026-11-20T12:00:00") as simulator:
            said = self.run_inside("sh", "-euc", """cd /project
                for program in summary book; do
                  cc -Wall -Werror -o $program $program.c $(pkg-config --cflags --libs etsoap)
                  ./$program 2>errors && ! grep . errors
                done""", **simulator.settings)
        self.assertRegex(said, r"(?m)^.+: 12000 sent$")
        self.assertRegex(said, r"(?m)^ann is Active$")

    def test_7_purged_nothing_is_left(self):
        self.run_inside("apt-get", "purge", "-y", "libetsoap0", "libetsoap-dev", "etsoap-tools",
                        "etsoap-doc")
        left = [str(path.relative_to(self.root))
                for top in ("etc", "usr", "var/lib", "opt", "srv", "root")
                for path in (self.root / top).rglob("*") if "etsoap" in path.name.lower()
                or path.name.startswith(("ettrack", "etwsdl", "etsim"))]
        self.assertEqual(left, [])
        self.assertNotIn("etsoap", self.run_inside("dpkg-query", "-W", "-f", "${Package}\n"))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--source", type=pathlib.Path, required=True, help="the tree")
    parser.add_argument("--packages", type=pathlib.Path, required=True, help="folder of the .deb")
    OPTIONS, rest = parser.parse_known_args()
    OPTIONS.source = OPTIONS.source.resolve()
    why = debian.unavailable()
    if why:
        print(why)
        sys.exit(77)
    unittest.main(argv=[__file__, *rest], verbosity=2)
