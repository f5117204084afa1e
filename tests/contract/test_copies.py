"""Copies of the contract that users hold: each builds without a change of src/, and its etsim and
ettrack give what those of our contract give. From the tables of 2012 and 2015 where they are at
hand, and from ours in other dress."""
import argparse
import csv
import io
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

sys.path[:0] = [str(pathlib.Path(__file__).parents[1] / name) for name in ("etwsdl", "harness")]
import noise  # noqa: E402
import rebuild  # noqa: E402
from contract import WSDL, Contract, children  # noqa: E402
from etsim import Etsim  # noqa: E402

OPTIONS = argparse.Namespace()
SEND = "12043295"
REMOTE = "https://127.0.0.1:1/etf/ETFrameworkFault.xsd"


def remote(text):
    return re.sub(r'schemaLocation="[^"]*"', f'schemaLocation="{REMOTE}"', text)


def svcutil(contract):
    """What code generators leave behind, on one line, the body's part named."""
    copy = contract.copy()
    noise.foreign_attributes(copy)
    noise.body_parts(copy)
    noise.wsdl_names(copy)
    noise.operation_names(copy)
    return noise.collapsed(remote(copy.text().decode())).encode()


def utf16(contract):
    text = noise.default_namespace(remote(contract.text().decode()))
    return text.replace("UTF-8", "UTF-16").encode("utf-16")


def crlf(contract):
    copy = contract.copy()
    noise.reversed_types(copy)
    noise.named_inline_types(copy)
    text = remote(copy.text().decode()).replace("\n", "\r\n")
    return b"\xef\xbb\xbf" + text.encode()


def renamed(contract):
    """Types of bodies and enumerations that are called otherwise."""
    copy = contract.copy()
    noise.named_element_types(copy)
    noise.simple_names(copy)
    noise.reversed_values(copy)
    return copy.text().replace(b"TypeOf", b"")  # that of an element like the element


class Programs:
    """etsim and ettrack of one build."""

    def __init__(self, binaries, etsim=None):
        self.ettrack = binaries / "ettrack"
        self.etsim = Etsim(program=etsim or binaries / "etsim")
        self.environment = {name: value for name, value in self.etsim.environment().items()
                            if not name.lower().endswith("_proxy")}

    def run(self, *arguments):
        return subprocess.run([self.ettrack, *arguments], capture_output=True, text=True,
                              env=self.environment, timeout=120)

    def rows(self, *arguments):
        done = self.run(*arguments, "--format", "csv")
        assert done.returncode == 0, done.stderr
        return list(csv.DictReader(io.StringIO(done.stdout)))

    def close(self):
        assert self.etsim.stop() == 0


class Copies(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.holder = tempfile.TemporaryDirectory(prefix="etsoap-copies-")
        cls.path = pathlib.Path(cls.holder.name)
        cls.contract = Contract(OPTIONS.source / "wsdl/etframework.wsdl")
        programs = Programs(OPTIONS.binaries)
        cls.expected = cls.data(programs)
        programs.close()

    @classmethod
    def tearDownClass(cls):
        cls.holder.cleanup()

    @staticmethod
    def data(programs):
        """The main job."""
        return {command: programs.rows(*command.split()) for command in (
            f"send {SEND}", f"links {SEND}", f"lists {SEND}",
            f"events sent,open,click,bounce --send {SEND}", f"events unsub --send {SEND}")}

    def build(self, data, *targets):
        """The contract's folder has nothing but the contract: its fault schema is in wsdl/."""
        folder = self.path / "copy"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        (folder / "etframework.wsdl").write_bytes(data)
        build = self.path / "build"
        shutil.rmtree(build, ignore_errors=True)
        launcher = ["-DCMAKE_C_COMPILER_LAUNCHER=ccache"] if shutil.which("ccache") else []
        # No other build has these bindings, so they are compiled the quickest way.
        for command in (["cmake", "-G", "Ninja", "-S", OPTIONS.source, "-B", build,
                         "-DCMAKE_BUILD_TYPE=Debug", "-DCMAKE_C_FLAGS_DEBUG=-O0",
                         f"-DCMAKE_C_COMPILER={OPTIONS.cc}",
                         f"-DETSOAP_WSDL={folder / 'etframework.wsdl'}", *launcher],
                        ["cmake", "--build", build, "--target",
                         *(targets or ("etsim", "ettrack"))]):
            done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                                  text=True)
            self.assertEqual(done.returncode, 0, done.stdout[-4000:])
        return done.stdout, build / "bin"

    def same(self, binaries, lacking=()):
        programs = Programs(binaries)
        self.addCleanup(programs.close)
        for command, rows in self.data(programs).items():
            without = lacking if command.startswith("events unsub") else ()
            with self.subTest(command):
                kept, found = ([{name: value for name, value in row.items()
                                 if name not in without} for row in some]
                               for some in (self.expected[command], rows))
                self.assertGreater(len(kept), 0)
                self.assertEqual(found, kept)
                for row, known in zip(rows, self.expected[command]):
                    for name in without:  # a service may know it though the copy does not
                        self.assertIn(row.get(name, ""), ("", known[name]))
        return programs

    def table(self, name):
        path = OPTIONS.tables / name
        if not path.is_file():
            self.skipTest(f"{path} is not here")
        return rebuild.contract(path)

    def test_2012(self):
        said, binaries = self.build(self.table("history/2012-11.tsv"))
        for lacking in ("IsMasterUnsubscribed", "List.ID"):
            self.assertIn(f"without: UnsubEvent.{lacking} is not retrieved", said)
        programs = self.same(binaries, ("IsMasterUnsubscribed", "List.ID"))
        done = programs.run("events", "unsub", "--send", SEND, "--properties", "SendID,List.ID")
        self.assertNotEqual(done.returncode, 0)
        self.assertIn("this contract has no UnsubEvent.List.ID", done.stderr)

    def test_2015(self):
        data = self.table("history/2015-09.tsv").replace(b"\r\n", b" ")
        self.same(self.build(data)[1])

    def test_ours_as_svcutil_leaves_it(self):
        self.same(self.build(svcutil(self.contract))[1])

    def test_ours_in_utf_16(self):
        self.same(self.build(utf16(self.contract))[1])

    def test_ours_with_other_names_of_types(self):
        self.same(self.build(renamed(self.contract))[1])

    def test_ours_with_cr_lf_and_named_types(self):
        self.same(self.build(crlf(self.contract))[1])

    def test_what_is_missing_is_said_when_it_is_asked_for(self):
        copy = self.contract.copy()
        for name in ("SurveyEvent", "SystemStatusRequestMsg", "SystemStatusResponseMsg"):
            for nodes in (copy.complex, copy.elements):
                if name in nodes:
                    copy.schema.removeChild(nodes[name])
        for holder in (copy.port_type(), copy.binding()):
            holder.removeChild(copy.operation(holder, "GetSystemStatus"))
        for message in children(copy.definitions, WSDL, "message"):
            if message.toxml().count("SystemStatus"):
                copy.definitions.removeChild(message)
        field = copy.find("Send", "PreviewURL")
        field.parentNode.removeChild(field)
        # etsim answers every operation, so it is that of our contract.
        said, binaries = self.build(copy.text(), "ettrack")
        self.assertIn("missing: ets_events_open of SurveyEvent cannot work: SurveyEvent is gone",
                      said)
        self.assertIn("without: Send.PreviewURL is not retrieved", said)
        programs = Programs(binaries, OPTIONS.binaries / "etsim")
        self.addCleanup(programs.close)
        done = programs.run("events", "survey", "--send", SEND)
        self.assertNotEqual(done.returncode, 0)
        self.assertIn("this contract has no SurveyEvent", done.stderr)
        self.assertIn("missing: ets_system_status cannot work: ", said)
        done = programs.run("status")
        self.assertNotEqual(done.returncode, 0)
        self.assertIn("this contract has no operation GetSystemStatus", done.stderr)
        for command in (f"send {SEND}", "sends --since 2020-01-01"):
            done = programs.run(*command.split(), "--properties", "ID,PreviewURL")
            self.assertNotEqual(done.returncode, 0, command)
            self.assertIn("this contract has no Send.PreviewURL", done.stderr)
            for rows in (programs.rows(*command.split()),):
                self.assertGreater(len(rows), 0, "by default it is left out")
        rows = programs.rows("retrieve", "Send", "--properties", "ID,PreviewURL", "--where",
                             f"ID = {SEND}")
        self.assertEqual(rows[0]["ID"], SEND, "a plain retrieve asks for it all the same")
        row, = programs.rows("send", SEND)
        self.assertEqual(row["EmailName"], self.expected[f"send {SEND}"][0]["EmailName"])
        self.assertEqual(row.get("PreviewURL", ""), "")


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--source", required=True, type=pathlib.Path)
    parser.add_argument("--binaries", required=True, type=pathlib.Path)
    parser.add_argument("--tables", required=True, type=pathlib.Path)
    parser.add_argument("--cc", required=True)
    parser.parse_args(namespace=OPTIONS)
    unittest.main(argv=sys.argv[:1])
