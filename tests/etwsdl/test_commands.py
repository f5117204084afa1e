"""etwsdl's command line: help, exit codes, formats. Wrong usage is in cases/usage.case."""
import argparse
import json
import os
import pathlib
import re
import subprocess
import sys
import threading
import unittest

from contract import Contract, Folder

OPTIONS = argparse.Namespace()
COMMANDS = ("check", "diff", "fetch", "meta", "stage", "surface", "sync")


class Commands(unittest.TestCase):
    def setUp(self):
        self.folder = Folder(OPTIONS.etwsdl, OPTIONS.wsdl)
        self.addCleanup(self.folder.close)
        self.old = self.folder.original

    def change(self, change):
        contract = Contract(OPTIONS.wsdl).copy()
        change(contract)
        return self.folder.write(contract.text())

    def add(self):
        return self.change(lambda c: c.sequence("Send").appendChild(
            c.field("Added", minOccurs="0")))

    def remove(self):
        return self.change(lambda c: c.schema.removeChild(c.complex["SurveyEvent"]))

    def test_help(self):
        done = self.folder.run("--help")
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        for command in COMMANDS:
            self.assertRegex(done.stdout, rf"(?m)^  {command} ")
            helped = self.folder.run(command, "--help")
            self.assertEqual((helped.returncode, helped.stderr), (0, ""))
            self.assertTrue(helped.stdout.startswith(f"usage: etwsdl {command} "))
            self.assertRegex(helped.stdout, rf"Examples:\n  etwsdl {command} ")
            options = set(re.findall(r"--[a-z-]+", helped.stdout.split("\n")[0]))
            described = helped.stdout.split("\n", 1)[1]
            for option in options:
                self.assertIn(option, described, f"{command} says what {option} does")

    def test_exit_codes_of_diff(self):
        for make, code in ((lambda: self.old, 0), (self.add, 1), (self.remove, 2)):
            path = make()
            for form in ("text", "markdown", "json"):
                done = self.folder.run("diff", self.old, path, "--format", form)
                self.assertEqual((done.returncode, done.stderr), (code, ""))

    def test_text(self):
        said = self.folder.run("diff", self.old, self.add()).stdout.splitlines()
        self.assertTrue(said[0].startswith("Compatible: 1 change, "))
        self.assertEqual(said[2:4], ["Send", "+ field Send.Added xsd:string 0..1"])
        self.assertIn("sender compatible: it may be left out", said[4])
        self.assertRegex(said[5], rf"^    {re.escape(str(self.folder.changed))}:\d+:\d+$")
        self.assertEqual(self.folder.run("diff", self.old, self.old).stdout,
                         "Same: nothing on the wire has changed.\n")

    def test_markdown(self):
        said = self.folder.run("diff", self.old, self.remove(), "--format", "markdown").stdout
        self.assertTrue(said.startswith("## Contract changes\n\nBreaking: 1 change, "))
        self.assertIn("### SurveyEvent\n\n| change | sender | reader |\n| --- | --- | --- |\n"
                      "| `- type SurveyEvent extends TrackingEvent` (with ", said)
        rows = [line for line in said.splitlines() if line.startswith("|")]
        for row in rows:
            self.assertEqual(len(re.findall(r"(?<!\\)\|", row)), 4, row)

    def test_json(self):
        done = self.folder.run("diff", self.old, self.remove(), "--format", "json")
        said = json.loads(done.stdout)
        self.assertEqual((said["format"], said["version"]), ("etwsdl diff", 1))
        self.assertEqual(set(said), {"format", "version", "old", "new", "verdict", "summary",
                                     "breaking", "changes", "notes"})
        change = said["changes"][0]
        self.assertEqual(set(change), {"change", "fact", "group", "text", "before", "after",
                                       "sender", "reader", "details", "movedFrom", "movedTo"})
        self.assertEqual(change["before"]["owner"], "SurveyEvent")
        self.assertIsNone(change["after"])
        self.assertIn("field SurveyEvent.Question xsd:string 0..1", change["details"])

    def test_output_file(self):
        path = self.folder.path / "out.txt"
        done = self.folder.run("surface", self.old, "-o", path)
        self.assertEqual((done.returncode, done.stdout), (0, ""))
        self.assertEqual(path.read_text(), self.folder.run("surface", self.old).stdout)
        done = self.folder.run("surface", self.old, "-o", self.folder.path / "no" / "out.txt")
        self.assertEqual(done.returncode, 1)
        self.assertIn("cannot write", done.stderr)
        if os.path.exists("/dev/full"):
            with open("/dev/full", "w") as full:
                code = subprocess.run([OPTIONS.etwsdl, "surface", self.old], stdout=full,
                                      stderr=subprocess.PIPE).returncode
            self.assertEqual(code, 1)

    def test_output_that_cannot_be_written(self):
        """Help, too."""
        with open("/dev/full", "w") as full:
            for command in (["--help"], ["--version"], ["check", "--list"],
                            *([name, "--help"] for name in COMMANDS)):
                done = subprocess.run([OPTIONS.etwsdl, *command], stdout=full,
                                      stderr=subprocess.PIPE, text=True)
                self.assertEqual(done.returncode, 1, command)
                self.assertIn("etwsdl: cannot write stdout: No space left", done.stderr)

    def test_output_that_is_no_file(self):
        wanted = self.folder.run("surface", self.old).stdout
        pipe, kept = self.folder.path / "pipe", []
        os.mkfifo(pipe)
        reader = threading.Thread(target=lambda: kept.append(pipe.read_text()))
        reader.start()
        done = self.folder.run("surface", self.old, "-o", pipe)
        reader.join(60)
        self.assertEqual((done.returncode, kept), (0, [wanted]), done.stderr)
        self.assertTrue(pipe.is_fifo())
        self.assertEqual(self.folder.run("surface", self.old, "-o", "/dev/null").returncode, 0)
        self.assertTrue(pathlib.Path("/dev/null").is_char_device())

    def test_output_follows_no_link_of_others(self):
        victim, out, link = (self.folder.path / name for name in ("victim", "out", "link"))
        victim.write_text("mine")
        for name in ("out.new", "out.tmp"):
            (self.folder.path / name).symlink_to(victim)
        out.write_text("old")
        out.chmod(0o640)
        self.assertEqual(self.folder.run("surface", self.old, "-o", out).returncode, 0)
        self.assertEqual(victim.read_text(), "mine")
        self.assertEqual(out.stat().st_mode & 0o777, 0o640)
        link.symlink_to(victim)
        self.assertEqual(self.folder.run("surface", self.old, "-o", link).returncode, 0)
        self.assertTrue(link.is_symlink(), "what it leads to is replaced")
        self.assertEqual(victim.read_text(), out.read_text())
        left = [path.name for path in self.folder.path.iterdir() if path.name.startswith("out")]
        self.assertEqual(sorted(left), ["out", "out.new", "out.tmp"])

    def test_input_that_is_no_file(self):
        """A pipe is read, one that nobody writes into is empty, and what has no end is bounded."""
        pipe = self.folder.path / "pipe"
        os.mkfifo(pipe)
        done = self.folder.run("surface", pipe)
        self.assertEqual(done.returncode, 1)
        self.assertIn("not well-formed", done.stderr)
        done = self.folder.run("surface", "/dev/zero")
        self.assertIn("is larger than 16 MiB", done.stderr)
        done = subprocess.run(f"cat {self.old} | {OPTIONS.etwsdl} surface /dev/stdin "
                              f"--imports {self.old.parent}", shell=True, capture_output=True,
                              text=True)
        self.assertEqual(done.stdout, self.folder.run("surface", self.old).stdout)
        source = self.folder.path / "source.c"
        os.mkfifo(source)
        done = self.folder.run("check", self.old, "--sources", source, "--against", self.old)
        self.assertEqual(done.returncode, 1)
        self.assertIn("source.c is neither a file nor a folder", done.stderr)

    def test_surface_is_sorted_lines(self):
        lines = self.folder.run("surface", self.old).stdout.splitlines()
        self.assertEqual(lines, sorted(lines, key=lambda line: line.encode()))
        self.assertEqual(len(lines), len(set(lines)))

    def test_stage(self):
        text = self.old.read_text()
        out = self.folder.path / "stage"
        new = self.folder.path / "new"
        fault = (new / "ETFrameworkFault.xsd").read_bytes()
        for location in ("http://127.0.0.1:1/x/ETFrameworkFault.xsd?v=1", "ETFrameworkFault.xsd",
                         "../new/ETFrameworkFault.xsd", "parts/../ETFrameworkFault.xsd"):
            with self.subTest(location):
                (new / "parts").mkdir(exist_ok=True)
                other = re.sub(r"""schemaLocation=(?:"[^"]*"|'[^']*')""",
                               f"schemaLocation = '{location}'", text)
                path = self.folder.write(other.replace("UTF-8", "UTF-16").encode("utf-16"))
                done = self.folder.run("stage", path, "-o", out)
                self.assertEqual((done.returncode, done.stdout, done.stderr), (0, "", ""))
                staged = (out / "etframework.wsdl").read_text()
                self.assertIn("schemaLocation = 'ETFrameworkFault.xsd'", staged)
                self.assertEqual((out / "ETFrameworkFault.xsd").read_bytes(), fault)
                self.assertEqual(self.folder.run("diff", self.old, out / "etframework.wsdl")
                                 .returncode, 0)
        path = self.folder.write(text.replace("ETFrameworkFault.xsd", "Gone.xsd").encode())
        done = self.folder.run("stage", path, "-o", self.folder.path / "none")
        self.assertEqual(done.returncode, 1)
        self.assertRegex(done.stderr, r":\d+:\d+: error: imports Gone.xsd, which is not here")
        self.assertFalse((self.folder.path / "none").exists())

    def test_imports_option(self):
        (self.folder.path / "parts").mkdir()
        schema = self.folder.path / "new" / "ETFrameworkFault.xsd"
        schema.rename(self.folder.path / "parts" / schema.name)
        path = self.folder.write(self.old.read_bytes())
        self.assertEqual(self.folder.run("surface", path).returncode, 1)
        done = self.folder.run("surface", path, "--imports", self.folder.path / "parts")
        self.assertEqual((done.returncode, done.stderr), (0, ""))

    def test_downloads_find_what_they_import(self):
        """Beside the contract they are compared with, and in wsdl/ of the current folder."""
        (self.folder.path / "new" / "ETFrameworkFault.xsd").rename(
            self.folder.path / "ETFrameworkFault.xsd")
        text = self.old.read_text()
        self.assertIn("schemaLocation=", text)
        remote = re.sub(r"""schemaLocation=(?:"[^"]*"|'[^']*')""",
                        'schemaLocation="https://127.0.0.1/etf/ETFrameworkFault.xsd"', text)
        path = self.folder.write(remote.encode())
        for pair in ((self.old, path), (path, self.old)):
            done = self.folder.run("diff", *pair)
            self.assertEqual((done.returncode, done.stderr), (0, ""))
        self.assertEqual(self.folder.run("surface", path).returncode, 1)
        (self.folder.path / "wsdl").mkdir()
        (self.folder.path / "ETFrameworkFault.xsd").rename(
            self.folder.path / "wsdl" / "ETFrameworkFault.xsd")
        for command in (["surface"], ["check"], ["meta", "-o", "out"], ["stage", "-o", "out"]):
            done = self.folder.run(command[0], path, *command[1:])
            self.assertEqual((done.returncode, done.stderr), (0, ""), command)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--etwsdl", required=True)
    parser.add_argument("--wsdl", required=True)
    parser.parse_args(namespace=OPTIONS)
    unittest.main(argv=sys.argv[:1])
