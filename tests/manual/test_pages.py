"""test_pages.py --source TREE --prefix PREFIX --mandir DIR [SUITE]: the installed manual pages are
clean, say what --help says, know every public function, and are found."""
import argparse
import pathlib
import re
import shutil
import subprocess
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent / "harness"))
from ending import exit_code  # noqa: E402

parser = argparse.ArgumentParser()
parser.add_argument("--source", type=pathlib.Path, required=True)
parser.add_argument("--prefix", type=pathlib.Path, required=True)
parser.add_argument("--mandir", type=pathlib.Path, required=True)
parser.add_argument("rest", nargs="*")
ARGUMENTS = parser.parse_args()
MAN = ARGUMENTS.prefix / ARGUMENTS.mandir
PAGES = {path.name: path for path in sorted(MAN.glob("man*/*.*"))}


def needs(program):
    return unittest.skipUnless(shutil.which(program), f"no {program} found")


def run(*command, **more):
    return subprocess.run([str(word) for word in command], capture_output=True, text=True,
                          timeout=60, check=False, **more)


def pages():
    """Those with a text of their own."""
    return [path for path in PAGES.values() if not path.is_symlink()]


def page_of(function):
    """The text that its name leads to."""
    path = PAGES[f"{function}.3"]
    assert path.is_symlink(), path
    return path.read_text()


@needs("mandoc")
class Lint(unittest.TestCase):
    # Pages that only this tree has are no part of the system that mandoc looks into.
    # Pages of NetBSD itself do not say whose they are.
    ELSEWHERE = re.compile(r"STYLE: (referenced manual not found: |.*\(NetBSD\)$)")

    def test_every_page(self):
        self.assertGreater(len(pages()), 50)
        for path in PAGES.values():
            said = run("mandoc", "-Tlint", path).stdout.splitlines()
            self.assertEqual([line for line in said if not self.ELSEWHERE.search(line)], [])

    def test_it_would_complain(self):
        broken = run("mandoc", "-Tlint", input=".Dd x\n.Sh NAME\n.Nosuch\n")
        self.assertNotEqual(broken.stdout, "")


class Options(unittest.TestCase):
    def commands(self, program):
        overview = run(program, "--help").stdout
        return re.findall(r"(?m)^  ([a-z]+) ", overview)

    def in_help(self, *command):
        done = run(*command, "--help")
        self.assertEqual(done.returncode, 0, command)
        return set(re.findall(r"(?m)^  (?:-\w, |    )--([a-z0-9-]+)", done.stdout))

    def in_page(self, name):
        return set(re.findall(r'(?m)^\.It (?:Fl \w , )?Fl "\\-([a-z0-9\\-]+)"',
                              PAGES[f"{name}.1"].read_text()))

    def compare(self, name, *command):
        there = {option.replace("\\", "") for option in self.in_page(name)}
        self.assertEqual(there, self.in_help(*command), name)
        self.assertIn("help", there)

    def test_programs(self):
        for program in ("ettrack", "etwsdl", "etsim"):
            self.assertIn(f"{program}.1", PAGES)
        self.compare("etsim", "etsim")
        self.compare("etwsdl", "etwsdl")
        self.compare("ettrack", "ettrack")

    def test_each_says_what_it_does(self):
        """In words, and the same ones in --help and on the page."""
        seen = 0
        for program in ("ettrack", "etwsdl", "etsim"):
            commands = self.commands(program) if program != "etsim" else []
            for command in ([], *([name] for name in commands)):
                said = run(program, *command, "--help").stdout
                page = run("mandoc", "-Tutf8", "-Owidth=500",
                           PAGES["-".join([program, *command]) + ".1"]).stdout
                page = " ".join(re.sub(".\b", "", page).split())
                for option, text in re.findall(r"(?m)^  (?:-\w, |    )(--[a-z0-9-]+)(?: [^ \n]+)*"
                                               r"(?:  +|\n {9,})(.*(?:\n {9,}\S.*)*)", said):
                    text = " ".join(text.split())
                    self.assertRegex(text, r"[a-z]{2}", f"{program} {command} {option}")
                    self.assertIn(text, page, f"{program} {command} {option}")
                    seen += 1
                seen -= len(re.findall(r"(?m)^  (?:-\w, |    )--", said))
                self.assertEqual(seen, 0, f"{program} {command}: an option without a text")

    def test_exit_codes_are_those_of_the_command(self):
        others = {"check": "0123", "diff": "0123", "watch": "0123"}
        for command in self.commands("etwsdl"):
            page = PAGES[f"etwsdl-{command}.1"].read_text().split(".Sh EXIT STATUS")[1]
            codes = re.findall(r'(?m)^\.It Sy "(\d)"$', page.split("\n.Sh ")[0])
            self.assertEqual("".join(codes), others.get(command, "012"), command)

    def test_commands(self):
        for program, least in (("ettrack", 20), ("etwsdl", 10)):
            commands = self.commands(program)
            self.assertGreaterEqual(len(commands), least)
            for command in commands:
                self.compare(f"{program}-{command}", program, command)
            overview = PAGES[f"{program}.1"].read_text()
            listed = re.findall(rf"(?m)^\.It Xr {program}-(\w+) 1", overview)
            self.assertEqual(sorted(listed), sorted(commands))
            paged = [name[len(program) + 1:-2] for name in PAGES
                     if name.startswith(f"{program}-") and name.endswith(".1")]
            self.assertEqual(sorted(paged), sorted(commands))

    def test_sections(self):
        page = PAGES["ettrack-events.1"].read_text()
        self.assertEqual(re.findall(r"(?m)^\.Sh (.*)", page),
                         ["NAME", "SYNOPSIS", "DESCRIPTION", "OPTIONS", "ENVIRONMENT", "FILES",
                          "EXIT STATUS", "EXAMPLES", "SEE ALSO"])


class Functions(unittest.TestCase):
    def test_each_leads_to_a_page_that_says_what_it_does(self):
        names = set((ARGUMENTS.source / "src/abi.txt").read_text().split())
        names.discard("ets_stubs_and_sealed_etsoap_in_one_program")  # stops a link, nothing else
        self.assertGreater(len(names), 100)
        for name in names | {"ets_stub_begin", "ets_stub_end"}:
            page = page_of(name)
            self.assertRegex(page, rf"(?m)^\.Nm {name}\b", name)
            self.assertRegex(page, rf"(?m)^\.Fo {name}$", name)
            told = re.search(rf'(?ms)^\.Ss "{name}\(\)"\n(.*?)^\.S[sh] ', page)
            self.assertTrue(told and re.search(r"[a-z]{3}", told[1]), f"{name}: nothing is said")

    def test_members_and_values(self):
        seen = 0
        for path in (ARGUMENTS.source / "src/include/etsoap").glob("*.h"):
            names = re.findall(r"(?m)^ +[\w *]*?(\w+)(?: = [\w-]+)?[;,]? */\*\*<", path.read_text())
            page = PAGES.get(f"etsoap-{path.stem.replace('_', '-')}.3")
            for name in names:
                self.assertRegex(page.read_text(), rf'(?m)^\.It Sy ".*\b{name}\b', path.name)
            seen += len(names)
        self.assertGreater(seen, 150)

    def test_prototypes_are_those_of_the_headers(self):
        """Word by word, without blanks."""
        def bare(text):
            return re.sub(r"\s+", "", text)
        headers = ARGUMENTS.source / "src/include/etsoap"
        for path in headers.glob("*.h"):
            for before, name, inside in re.findall(
                    r"^ETS_API ([^;(]*?)(ets_\w+)\((.*?)\)[^();]*(?:\([^()]*\))?;",
                    path.read_text(), flags=re.M | re.S):
                shown = re.search(rf'\.Ft "([^"]*)"\n\.Fo {name}\n((?:\.Fa .*\n)*)\.Fc',
                                  page_of(name))
                self.assertEqual(bare(shown[1]), bare(before), name)
                self.assertEqual(bare(",".join(re.findall(r'\.Fa "(.*)"', shown[2]))),
                                 bare(inside), name)


class References(unittest.TestCase):
    def test_they_lead_somewhere(self):
        for path in pages():
            for name, section in re.findall(r"(?m)^\.(?:It )?Xr (\S+) (\d)", path.read_text()):
                self.assertIn(f"{name}.{section}", PAGES, path.name)

    def test_links(self):
        links = [path for path in PAGES.values() if path.is_symlink()]
        self.assertGreater(len(links), 100)
        for path in links:
            self.assertEqual(path.resolve().parent, path.parent.resolve(), path.name)
            self.assertTrue(path.is_file(), path.name)

    def see_also(self, path):
        listed = path.read_text().split("\n.Sh SEE ALSO\n")[1]
        return re.findall(r"(?m)^\.Xr (\S+) (\d)(?: ,)?$", listed)

    def test_each_once_and_not_itself(self):
        for path in pages():
            listed = self.see_also(path)
            self.assertEqual(listed, sorted(set(listed), key=lambda page: page[::-1]), path.name)
            self.assertNotIn(tuple(path.name.rsplit(".", 1)), listed)

    def test_functions_lead_to_guides_and_commands_and_back(self):
        for path in pages():
            own = tuple(path.name.rsplit(".", 1))
            listed = self.see_also(path)
            if own[1] == "3":
                self.assertTrue({section for _, section in listed} & set("157"), path.name)
            if own[1] in "57":
                for name, section in listed:
                    if section != "1":
                        self.assertIn(own, self.see_also(PAGES[f"{name}.{section}"]), name)
        for page, other in (("etsoap-filter.3", "etsoap-filters.7"),
                            ("etsoap-time.3", "etsoap-time.7"),
                            ("etsoap-settings.3", "etsoap-config.5"),
                            ("etsoap-report.3", "ettrack-report.1")):
            self.assertIn(tuple(other.rsplit(".", 1)), self.see_also(PAGES[page]))

    def test_what_is_named_is_listed(self):
        for path in pages():
            if path.name.endswith(".3"):
                text, listed = path.read_text(), self.see_also(path)
                for name in re.findall(r"\b(etsoap\\?-[a-z-]+)\(7\)", text):
                    self.assertIn((name.replace("\\", ""), "7"), listed, path.name)
                for command in re.findall(r"\\fB(et[a-z]+ [a-z]+)\\fR", text):
                    self.assertIn((command.replace(" ", "-"), "1"), listed, path.name)

    def test_words_about_pages(self):
        """`etsoap-filters(7)` in running text."""
        for path in pages():
            for name, section in re.findall(r"\b(et[a-z]+(?:\\?-[a-z-]+)?)\((\d)\)",
                                            path.read_text()):
                self.assertIn(f"{name}.{section}".replace("\\", ""), PAGES, path.name)


@needs("man")
class Found(unittest.TestCase):
    def man(self, *arguments, width=80):
        return run("man", *arguments, env={"MANPATH": str(MAN), "PATH": "/usr/bin:/bin",
                                           "LC_ALL": "C.UTF-8", "MANWIDTH": str(width)})

    def test_where(self):
        for name, page in (("ettrack-events", "man1/ettrack-events.1"), ("etsim", "man1/etsim.1"),
                           ("etsoap-config", "man5/etsoap-config.5"),
                           ("ets_session_new", "man3/etsoap-session.3"),
                           ("etsoap-filters", "man7/etsoap-filters.7")):
            done = self.man("-w", name)
            self.assertEqual(done.returncode, 0, done.stderr)
            found = pathlib.Path(done.stdout.strip())
            self.assertIn(found.name, (pathlib.Path(page).name, f"{name}.3"))

    def test_reads(self):
        """With groff, without a warning; the last line names the release."""
        header = (ARGUMENTS.source / "src/include/etsoap/version.h").read_text()
        numbers = re.findall(r"(?m)^#define ETSOAP_VERSION_[MP]\w+ (\d+)", header)
        release = "etsoap " + ".".join(numbers)
        for path in pages():
            done = self.man("--warnings", "-l", path)
            self.assertEqual((done.returncode, done.stderr), (0, ""), path.name)
            self.assertRegex(done.stdout, rf"\n{re.escape(release)} .* {re.escape(release)}\n$")
        self.assertIn("--since-last-batch", self.man("ettrack-events").stdout)
        self.assertIn("ets_session_new", self.man("3", "ets_session_new").stdout)

    def test_ends_on_a_narrow_terminal(self):
        """Where a header line has no room, groff 1.22.4 did not; run() gives up after a minute."""
        for path in pages():
            done = self.man("-l", path, width=30)
            self.assertEqual(done.returncode, 0, path.name)
            self.assertEqual([line for line in done.stderr.splitlines()
                              if "can't break line" not in line], [], path.name)  # a long word
            self.assertIn("NAME", done.stdout, path.name)


    def test_no_word_is_divided(self):
        """What is shown is copied: names, paths and options above all."""
        for path in pages():
            shown = self.man("-l", path).stdout
            self.assertGreater(len(shown), 300, path.name)
            self.assertEqual(re.findall(r"\S+\u2010\n", shown), [], path.name)


@needs("mandoc")
class Languages(unittest.TestCase):
    """What is converted comes through: of each page of docs/ every word of its code and text."""

    def test_nothing_is_lost(self):
        table = (ARGUMENTS.source / "tools/manual/pages.c").read_text()
        whole = re.findall(r'{"([a-z-]+)\.md", NULL, "([a-z-]+)\((\d)\)"', table)
        self.assertGreater(len(whole), 6)
        for name, page, section in whole:
            shown = self.words(self.shown(f"{page}.{section}"))
            source = (ARGUMENTS.source / "docs" / f"{name}.md").read_text()
            source = re.sub(r"(?m)^# .*|^<!--.*|^\|.*\n\|[ |-]*$|^```.*|\[[^]]*\]\([^)]*\)", "",
                            source)
            for line in source.splitlines():
                for word in self.words(line):
                    self.assertIn(word, shown, f"{name}.md: {line}")

    def shown(self, page):
        shown = run("mandoc", "-Tutf8", "-Owidth=500", PAGES[page]).stdout
        return re.sub(".\b", "", shown)

    def test_a_number_that_begins_a_line_is_no_list(self):
        self.assertRegex(self.shown("etsoap-errors.7"), r"the faults 9, 10, 13 and 17\. +A request")

    def test_a_table_in_an_item_is_one(self):
        shown = self.shown("etsoap-errors.7")
        self.assertRegex(shown, r"(?m)^ +9, 10, 13\n? +E_UNAVAILABLE: maintenance")
        self.assertRegex(shown, r"(?m)^ +17 +E_LIMITED$")
        self.assertNotIn("| ---", shown)

    def test_asterisks_that_stand_for_a_secret_stay(self):
        self.assertIn("secrets replaced by ***", self.shown("etsim.1"))

    def test_a_block_says_which_file_it_is_and_how_it_ends(self):
        shown = self.shown("etsoap-config.5")
        self.assertRegex(shown, r"This ends with exit code 2:\n\s+unset .*\n\s+chmod 644")
        self.assertRegex(shown, r"The file etsoap.conf:\n\s+# https:")
        for name, page in (("walk.c", "etsoap-objects.7"), ("stop.c", "etsoap-ownership.7")):
            self.assertIn(f"The file {name}:", self.shown(page))

    @staticmethod
    def words(text):
        return set(re.findall(r"\w+", text.casefold()))


if __name__ == "__main__":
    sys.exit(exit_code(unittest.main(argv=[sys.argv[0], *ARGUMENTS.rest], exit=False).result))
