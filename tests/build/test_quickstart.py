"""tools/quickstart, in a scratch copy and from another folder: what it prints, what it leaves."""
import os
import pathlib
import shlex
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import unittest

SOURCE = pathlib.Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(SOURCE / "tests/harness"))

from tree import copy_tree

ITEMS = ("Duplicates InvalidAddresses HardBounces SoftBounces OtherBounces ForwardedEmails "
         "UniqueClicks UniqueOpens NumberSent NumberDelivered Unsubscribes MissingAddresses "
         "Subject PreviewURL Links Events SentDate").split()


class Quickstart(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="etsoap-quickstart-test-")
        self.addCleanup(folder.cleanup)
        self.root = pathlib.Path(folder.name)
        self.tree, self.scratch = self.root / "tree", self.root / "tmp"
        self.scratch.mkdir()
        (self.root / "decoy/tree/tools").mkdir(parents=True)
        copy_tree(SOURCE, self.tree)
        self.environment = {
            **{name: value for name, value in os.environ.items()
               if not name.startswith("ETSOAP_") or name == "ETSOAP_NO_INSTALL"},
            "CDPATH": str(self.root / "decoy"),
            "TMPDIR": str(self.scratch), "CCACHE_BASEDIR": str(self.root), "CCACHE_NOHASHDIR": "1"}

    def running(self):
        """Processes of this scratch tree."""
        listed = subprocess.run(["ps", "-eo", "args"], capture_output=True, text=True, check=True)
        return [line for line in listed.stdout.splitlines()
                if line.startswith("build/release/bin/etsim") and str(self.scratch) in line]

    def start(self, *words, **environment):
        return subprocess.Popen(["tree/tools/quickstart", *words], cwd=self.root, text=True,
                                env={**self.environment, **environment}, stdin=subprocess.DEVNULL,
                                stdout=subprocess.PIPE, stderr=subprocess.STDOUT)

    def test_a_folder_that_cannot_be_made_is_said_before_the_build(self):
        (self.root / "plain").touch()
        process = self.start("--program", "plain/more/mine")
        self.assertRegex(process.communicate()[0], r"^quickstart: cannot make the folder "
                         r"/.*/plain/more/mine: Not a directory \(see --help\)\n$")
        self.assertEqual(process.returncode, 2)
        self.assertEqual(list(self.scratch.iterdir()), [])
        self.assertFalse((self.tree / "build").exists())

    def test_it_prints_the_send_and_leaves_nothing(self):
        process = self.start()
        said = process.communicate()[0]
        self.assertEqual(process.returncode, 0, said)
        summary = said.split("==> ettrack send")[1].split("==>")[0]
        named = {line.split()[0] for line in summary.splitlines() if line.strip()}
        self.assertEqual([item for item in ITEMS if item not in named], [], summary)
        links = said.split("==> ettrack links")[1].split("==>")[0]
        self.assertGreaterEqual(links.count("https://"), 5, links)
        lists = said.split("==> ettrack lists")[1].split("==>")[0]
        self.assertGreaterEqual(lists.count("\n12043295"), 2, lists)
        events = said.split("==> ettrack events")[1].split("==>")[0]
        self.assertEqual(events.count('"SendID":12043295'), 5, events)
        self.assertEqual(list(self.scratch.iterdir()), [])
        self.assertEqual(self.running(), [])

        self.check_program()

        # Built already, so that the simulator is there soon: an interrupt stops it too.
        process = self.start()
        deadline = time.monotonic() + 60
        while not self.running() and process.poll() is None and time.monotonic() < deadline:
            time.sleep(0.01)
        process.send_signal(signal.SIGTERM)
        process.communicate()
        self.assertNotEqual(process.returncode, 0)
        self.assertEqual(self.running(), [])
        self.assertEqual(list(self.scratch.iterdir()), [])

    def check_program(self):
        """The library user's: a project of a program, that is there, built and run."""
        process = self.start("--program", "my own", CC=str(self.root / "nowhere"))
        said = process.communicate()[0]
        self.assertEqual(process.returncode, 1, said)
        self.assertIn("quickstart: failed: cmake -S", said)
        self.assertFalse((self.root / "my own").exists())
        process = self.start("--program", "my own")
        said = process.communicate()[0]
        self.assertEqual(process.returncode, 0, said)
        ran = said.split("/my own/build/links 12043295\n")[1].split("==>")[0]
        self.assertGreaterEqual(len(ran.splitlines()), 5, ran)
        self.assertRegex(ran, r"^ +[1-9]\d*  https://")
        self.assertRegex(said, r"==> it asks ETSOAP_ENDPOINT: .* build/release/bin/etsim prints")
        made = self.root / "my own"
        again = shlex.split(said.rsplit("then: ", 1)[1])
        self.assertEqual(again, ["cmake", "--build", str(made / "build")])
        lines = [line for name in ("CMakeLists.txt", "main.c")
                 for line in (made / name).read_text().splitlines() if line.strip()]
        self.assertLessEqual(len(lines), 32)
        self.assertEqual(list(self.scratch.iterdir()), [])
        self.assertEqual(self.running(), [])
        for words, said in ((["--program", "my own"], "is there already"),
                            (["--program", "--help"], "takes a folder"),
                            (["--program", "a", "b"], "unknown argument 'b'")):
            process = self.start(*words)
            self.assertIn(said, process.communicate()[0])
            self.assertEqual(process.returncode, 2)


if __name__ == "__main__":
    if not shutil.which("ps"):
        print("no ps found: install procps")
        sys.exit(77)
    unittest.main()
