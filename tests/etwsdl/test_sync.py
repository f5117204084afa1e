"""`etwsdl sync` on a scratch tree: report, effect, and all or nothing."""
import argparse
import os
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import unittest

from contract import Contract
import pages

OPTIONS = argparse.Namespace()


class Sync(unittest.TestCase):
    def setUp(self):
        holder = tempfile.TemporaryDirectory(prefix="etwsdl-test-")
        self.addCleanup(holder.cleanup)
        self.path = pathlib.Path(holder.name)
        self.tree = self.path / "tree"
        source = pathlib.Path(OPTIONS.source)
        for part in ("wsdl", "generated", "src", "tools/etwsdl"):
            shutil.copytree(source / part, self.tree / part)
        (self.path / "tmp").mkdir()

    def sync(self, new, *options):
        environment = {**os.environ, "TMPDIR": str(self.path / "tmp")}
        done = subprocess.run([OPTIONS.etwsdl, "sync", str(new), "--tree", self.tree, *options],
                              capture_output=True, text=True, timeout=120, env=environment)
        self.assertEqual(list((self.path / "tmp").iterdir()), [], "the scratch folder is gone")
        self.assertEqual(sorted(path.name for path in self.tree.iterdir()),
                         ["generated", "src", "tools", "wsdl"])
        return done

    def state(self):
        return {str(path.relative_to(self.tree)): path.read_bytes()
                for part in ("wsdl", "generated")
                for path in (self.tree / part).rglob("*") if path.is_file()}

    def changed(self, change, folder="new"):
        contract = Contract(self.tree / "wsdl" / "etframework.wsdl").copy()
        change(contract)
        (self.path / folder).mkdir(exist_ok=True)
        path = self.path / folder / "etframework.wsdl"
        path.write_bytes(contract.text())
        return path

    @staticmethod
    def add_field(c):
        c.sequence("Send").appendChild(c.field("AddedHere", minOccurs="0"))

    @staticmethod
    def remove_field(c):
        field = c.find("RetrieveRequest", "ObjectType")
        field.parentNode.removeChild(field)

    def surface(self):
        return subprocess.run([OPTIONS.etwsdl, "surface", self.tree / "wsdl/etframework.wsdl"],
                              capture_output=True, text=True, check=True).stdout

    def test_a_report_that_nobody_can_read(self):
        """A closed pipe, a full disk: nothing is applied, and that is said."""
        new = self.changed(self.add_field)
        before = self.state()
        command = [OPTIONS.etwsdl, "sync", str(new), "--tree", self.tree, "--apply"]
        read, write = os.pipe()
        os.close(read)
        with open("/dev/full", "wb") as full:
            for out, why in ((write, "Broken pipe"), (full, "No space left on device")):
                with self.subTest(why):
                    done = subprocess.run(command, stdout=out, stderr=subprocess.PIPE, text=True,
                                          timeout=120)
                    self.assertEqual((done.returncode, done.stderr), (
                        1, f"etwsdl: cannot write stdout: {why}\netwsdl: nothing was changed\n"))
                    self.assertEqual(self.state(), before)
        os.close(write)

    def test_report_and_apply(self):
        new = self.changed(self.add_field)
        before = self.state()
        done = self.sync(new)
        self.assertEqual(done.returncode, 0, done.stderr)
        for words in ("+ field Send.AddedHere xsd:string 0..1", "Effect on src/: none",
                      "scratch folder: done", "with --apply", f"{new}:"):
            self.assertIn(words, done.stdout)
        self.assertNotIn("etwsdl-sync-", done.stdout)
        self.assertEqual(self.state(), before, "a report changes nothing")

        done = self.sync(new, "--apply")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("cmake --build", done.stdout)
        self.assertEqual((self.tree / "wsdl/etframework.wsdl").read_bytes(), new.read_bytes())
        self.assertIn("AddedHere", (self.tree / "generated/surface.txt").read_text())
        self.assertEqual((self.tree / "generated/surface.txt").read_text(), self.surface())
        after = self.state()
        differ = {name for name in {*before, *after} if before.get(name) != after.get(name)}
        self.assertEqual(differ, {"wsdl/etframework.wsdl", "generated/surface.txt"})
        self.assertIn("Nothing to apply", self.sync(new, "--apply").stdout)

    def test_effect_stops_it(self):
        new = self.changed(self.remove_field)
        before = self.state()
        done = self.sync(new, "--apply")
        self.assertEqual(done.returncode, 1)
        self.assertIn("RetrieveRequest.ObjectType (xsd:string) is gone; "
                      "src/operations/retrieve.c needs it", done.stdout)
        self.assertIn("Not applied", done.stdout)
        self.assertEqual(self.state(), before)
        self.assertEqual(self.sync(new, "--apply", "--force").returncode, 0)
        self.assertNotIn("field RetrieveRequest.ObjectType",
                         (self.tree / "generated/surface.txt").read_text())

    def test_what_can_be_left_out_is_said_and_applied(self):
        def remove(c):
            field = c.find("UnsubEvent", "IsMasterUnsubscribed")
            field.parentNode.removeChild(field)
        done = self.sync(self.changed(remove), "--apply")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("  without: UnsubEvent.IsMasterUnsubscribed is not retrieved\n", done.stdout)
        self.assertIn("Applied", done.stdout)

    def test_verdict_and_effect_stand_before_the_changes(self):
        sources = self.path / "sources"
        sources.mkdir()
        (sources / "mailer.c").write_text("int f(struct et__Send *send) {\n"
                                          "  return send->BouncedEmails != 0;\n}\n")
        field = self.changed(lambda c: c.sequence("Send").appendChild(
            c.field("BouncedEmails", "xsd:int", minOccurs="0")), "with")
        shutil.copy(self.tree / "wsdl/ETFrameworkFault.xsd", field.parent)
        shutil.copy(field, self.tree / "wsdl/etframework.wsdl")
        old = self.path / "old.wsdl"
        shutil.copy(pathlib.Path(OPTIONS.source) / "wsdl/etframework.wsdl", old)
        done = self.sync(old, "--sources", sources)
        words = ["Breaking: 1 change", "Effect on src/: none",
                 f"{sources}/mailer.c:2:16: BouncedEmails of struct et__Send",
                 "\n- field Send.BouncedEmails", "scratch folder: done"]
        places = [done.stdout.find(word) for word in words]
        self.assertNotIn(-1, places, done.stdout)
        self.assertEqual(places, sorted(places))

    def test_line_ends_of_a_download_apply_once(self):
        """Version control turns CR LF into LF: the same download is the same contract then."""
        new = self.changed(self.add_field)
        text = new.read_bytes().replace(b"\r", b"")
        for ends in (b"\r\n", b"\r\r\n"):
            new.write_bytes(text.replace(b"\n", ends))
            done = self.sync(new, "--apply")
            self.assertEqual(done.returncode, 0, done.stderr)
            self.assertEqual((self.tree / "wsdl/etframework.wsdl").read_bytes(), text)
            self.assertIn("Nothing to apply", self.sync(new, "--apply").stdout)

    def test_invalid_and_ungeneratable(self):
        before = self.state()
        new = self.changed(lambda c: c.schema.appendChild(c.complex["Send"].cloneNode(True)))
        done = self.sync(new, "--apply")
        self.assertEqual(done.returncode, 1)
        self.assertRegex(done.stderr, re.escape(str(new))
                         + r":\d+:\d+: error: type Send is defined twice")
        new = self.changed(lambda c: c.sequence("Send").appendChild(
            c.field("AddedHere", "xsd:anyType", minOccurs="0")))
        done = self.sync(new, "--apply")
        self.assertEqual(done.returncode, 1)
        self.assertIn("Send.AddedHere is of type xsd:anyType", done.stderr)
        self.assertEqual(self.state(), before)

    def test_nothing_half_done(self):
        new = self.changed(self.add_field)
        surface = self.tree / "generated" / "surface.txt"
        surface.unlink()
        surface.mkdir()
        (surface / "in-the-way").touch()
        before = self.state()
        done = self.sync(new, "--apply")
        self.assertEqual(done.returncode, 1)
        self.assertIn("nothing was changed", done.stderr)
        self.assertEqual(self.state(), before)
        (self.tree / "wsdl" / "folder").mkdir()
        done = self.sync(new, "--apply")
        self.assertEqual(done.returncode, 1)
        self.assertIn("nothing was changed", done.stderr)
        self.assertEqual(self.state(), before)

    def test_what_a_killed_run_left_is_made_whole(self):
        """wsdl/ is the new one, and generated/surface.txt is not yet."""
        new = self.changed(self.add_field)
        surface = self.tree / "generated/surface.txt"
        before = surface.read_bytes()
        self.assertEqual(self.sync(new, "--apply").returncode, 0)
        after = self.state()
        surface.write_bytes(before)
        (self.tree / "generated/surface.txt.new").write_text("half of")
        shutil.copytree(self.tree / "wsdl", self.tree / "wsdl.new-a1B2c3")
        done = self.sync(new, "--apply")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("Applied", done.stdout)
        self.assertEqual(self.state(), after)
        self.assertIn("Nothing to apply", self.sync(new, "--apply").stdout)

    def test_a_signal_waits_for_what_is_under_way(self):
        """It comes while files are copied, of which one is large."""
        new = self.changed(self.add_field)
        with open(self.tree / "wsdl/large", "wb") as large:
            large.truncate(100 * 1024 * 1024)
        command = [OPTIONS.etwsdl, "sync", str(new), "--tree", self.tree, "--apply"]
        environment = {**os.environ, "TMPDIR": str(self.path / "tmp")}
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as run:
            while not any(self.tree.glob("wsdl.new-*")) and run.poll() is None:
                time.sleep(0.001)
            run.send_signal(signal.SIGINT)
            said = run.communicate(timeout=120)[0]
        self.assertIn("Applied", said)
        self.assertEqual(sorted(path.name for path in self.tree.iterdir()),
                         ["generated", "src", "tools", "wsdl"])
        self.assertEqual(list((self.path / "tmp").iterdir()), [])
        self.assertEqual(self.surface(), (self.tree / "generated/surface.txt").read_text())

    def test_imports_come_along_and_old_ones_go(self):
        def other_import(c):
            node = next(n for n in c.schema.childNodes if n.localName == "import")
            node.setAttribute("schemaLocation", "parts/Fault.xsd")
        new = self.changed(other_import)
        (new.parent / "parts").mkdir()
        shutil.copy(self.tree / "wsdl/ETFrameworkFault.xsd", new.parent / "parts/Fault.xsd")
        done = self.sync(new, "--apply")
        self.assertEqual(done.returncode, 0, done.stderr + done.stdout)
        self.assertIn("Same: nothing on the wire", done.stdout)
        self.assertTrue((self.tree / "wsdl/Fault.xsd").is_file())
        self.assertFalse((self.tree / "wsdl/ETFrameworkFault.xsd").exists())
        self.assertTrue((self.tree / "wsdl/typemap.dat").is_file())
        self.assertIn('"Fault.xsd"', (self.tree / "wsdl/etframework.wsdl").read_text())

    def test_from_an_address(self):
        new = self.changed(self.add_field)
        started = pages.Site({"/etframework.wsdl": new.read_bytes(), "/ETFrameworkFault.xsd":
                                 (self.tree / "wsdl/ETFrameworkFault.xsd").read_bytes()})
        self.addCleanup(started.stop)
        done = self.sync(started.address + "/etframework.wsdl", "--apply")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn(f"etframework.wsdl: {started.address}/etframework.wsdl, SHA-256", done.stdout)
        self.assertEqual((self.tree / "wsdl/etframework.wsdl").read_bytes(), new.read_bytes())
        before = self.state()
        self.assertEqual(self.sync(started.address + "/gone.wsdl", "--apply").returncode, 1)
        self.assertEqual(self.state(), before)

    def test_outside_of_a_tree(self):
        done = subprocess.run([OPTIONS.etwsdl, "sync", "x.wsdl"], cwd=self.path,
                              capture_output=True, text=True)
        self.assertEqual(done.returncode, 1)
        self.assertIn("run it at the top of the source tree", done.stderr)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--etwsdl", required=True)
    parser.add_argument("--source", required=True)
    parser.parse_args(namespace=OPTIONS)
    unittest.main(argv=sys.argv[:1])
