"""test_completion.py --prefix PREFIX [SUITE]: what may follow on a command line."""
import argparse
import os
import pathlib
import re
import shutil
import stat
import subprocess
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent / "harness"))
import shells  # noqa: E402
from ending import exit_code  # noqa: E402
from etsim import Etsim  # noqa: E402

parser = argparse.ArgumentParser()
parser.add_argument("--prefix", type=pathlib.Path, required=True)
parser.add_argument("rest", nargs="*")
ARGUMENTS = parser.parse_args()
SHARE = ARGUMENTS.prefix / "share"
SCRIPTS = {"bash": SHARE / "bash-completion/completions/ettrack",
           "zsh": SHARE / "zsh/site-functions/_ettrack",
           "fish": SHARE / "fish/vendor_completions.d/ettrack.fish"}
EVENTS = ["sent", "notsent", "open", "click", "bounce", "unsub", "forward", "forwardoptin",
          "survey"]
# A line, and all that its last word may become, for whoever completes it.
LISTS = {
    "ettrack who": ["whoami"],
    "ettrack ex": ["export"],
    "ettrack events ": EVENTS,
    "ettrack events open,b": ["open,bounce"],
    "ettrack events open --ba": ["--batch", "--batch-size"],
    "ettrack send 1 --format ": ["table", "csv", "tsv", "ndjson", "json", "xml"],
    "ettrack send 1 --format=c": ["--format=csv"],
    "ettrack retrieve ListS": ["ListSend", "ListSubscriber"],
    "ettrack retrieve Send --properties ID,Unique": ["ID,UniqueClicks", "ID,UniqueOpens"],
    "ettrack --quiet help wh": ["whoami"],
    "ettrack export --to t s": ["status"],
}
# Names of profiles that a shell would take for something else, each by its first two letters.
NAMES = ["tb`touch X1`", "ty$(touch X2)", "tf;touch X3", "ta&touch X4", "tg|touch X5", "R1&D",
         "tq'uote", 'tw"ord', "th$HOME", "tj\\back", "tk\\\\", "tl:m=n", "tm*?[a]", "tn{a,b}",
         "tp!p!", "tr #s", "tu~u", "tv'`touch X6`'", 'tx"$(touch X7)"', "to'"]

SEND_NAMED = """<?xml version="1.0" encoding="utf-8"?>
<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"
  xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><soap:Body>
<RetrieveResponseMsg xmlns="http://exacttarget.com/wsdl/partnerAPI">
<OverallStatus>OK</OverallStatus>
<RequestID>5e9d0007-0000-4000-8000-000000000001</RequestID>
<Results xsi:type="Send"><ID>7</ID><SendDate>2026-11-10T10:00:00</SendDate>
<Subject>{}</Subject></Results></RetrieveResponseMsg></soap:Body></soap:Envelope>
"""


def scratch(test):
    folder = pathlib.Path(tempfile.mkdtemp(prefix="etsoap-completion-"))
    test.addCleanup(shutil.rmtree, folder)
    return folder


def environment(folder, **more):
    kept = {name: os.environ[name] for name in ("PATH", "LD_LIBRARY_PATH", "ASAN_OPTIONS")
            if name in os.environ}
    return {**kept, "HOME": str(folder), "XDG_CACHE_HOME": str(folder / "cache"),
            "XDG_CONFIG_HOME": str(folder / "config"), "XDG_DATA_HOME": str(folder / "data"),
            "TERM": "vt100", "LC_ALL": "C.UTF-8", **more}


def complete(program, *words, env=None):
    done = subprocess.run([program, "complete", "--", *words], capture_output=True, text=True,
                          timeout=60, check=False, env=env)
    if done.returncode:
        raise AssertionError(f"{program} {words}: {done.stderr}")
    return [line.split("\t")[0] or line for line in done.stdout.splitlines()]


class Words(unittest.TestCase):
    def setUp(self):
        self.folder = scratch(self)
        self.env = environment(self.folder)

    def see(self, expected, *words, program="ettrack"):
        self.assertEqual(complete(program, *words, env=self.env), expected)

    def test_lists(self):
        for line, candidates in LISTS.items():
            self.see(candidates, *line.split(" ")[1:])

    def test_every_option_of_every_command(self):
        overview = subprocess.run(["ettrack", "--help"], capture_output=True, text=True,
                                  timeout=60, check=True).stdout
        commands = re.findall(r"(?m)^  ([a-z]+) ", overview)
        self.see(sorted(commands), "")
        for command in commands:
            shown = subprocess.run(["ettrack", command, "--help"], capture_output=True, text=True,
                                   timeout=60, check=True).stdout
            options = re.findall(r"(?m)^  (?:-\w, |    )(--[a-z0-9-]+)", shown)
            self.see(options, command, "--")

    def test_object_types_and_properties(self):
        types = complete("ettrack", "retrieve", "", env=self.env)
        for name in ("Send", "SentEvent", "Subscriber", "DataExtensionObject["):
            self.assertIn(name, types)
        self.assertEqual(complete("ettrack", "describe", "Send", "", env=self.env), types)
        properties = complete("ettrack", "retrieve", "Subscriber", "--properties", "", env=self.env)
        for name in ("ID", "EmailAddress", "SubscriberKey", "Client.ID"):
            self.assertIn(name, properties)
        self.see(["BounceCategory", "BounceType"], "events", "bounce", "--properties", "Bounce")
        self.see(["OpenRate"], "sends", "--properties", "OpenR")
        self.see([], "retrieve", "Nonsense", "--properties", "")

    def test_what_is_not_there(self):
        self.see([], "nonsense", "")
        self.see([], "send", "1", "--nonsense=")
        self.see([], "events", "open", "another")
        self.see([], "events", "--", "--")
        self.see([], "sends", "--endpoint", "")

    def test_files(self):
        self.see(["\tfiles"], "send", "1", "-o", "")
        self.see(["\tfolders"], "send", "1", "--trace", "")
        self.see(["\tfiles"], "send", "1", "--output=")
        self.see(["sqlite:", "postgresql://", "\tfolders"], "export", "--to", "")

    def test_profiles(self):
        config = self.folder / "config/etsoap/config"
        config.parent.mkdir(parents=True)
        config.write_text("endpoint = https://x.example/\n[test]\npassword = hunter2\n[live]\n")
        config.chmod(0o600)
        self.see(["test", "live"], "send", "1", "--profile", "")
        other = self.folder / "other"
        other.write_text("[elsewhere]\n")
        self.see(["elsewhere"], "--config", str(other), "send", "1", "--profile", "e")
        config.chmod(0o644)
        self.see([], "send", "1", "--profile", "")

    def test_nothing_is_waited_for(self):
        """A pipe that nobody writes to, in the place of each file that could be read."""
        pipe = self.folder / "config/etsoap/config"
        pipe.parent.mkdir(parents=True)
        os.mkfifo(pipe, 0o600)
        for words in (("links", ""), ("links", "--profile", "")):
            self.see([], *words)
            self.see([], "--config", str(pipe), *words)
        pipe.rename(self.folder / "pipe")
        for option in ("password", "token", "client-secret"):
            self.see([], f"--{option}-file", str(self.folder / "pipe"), "links", "")

    def test_etwsdl(self):
        self.see(["diff"], "d", program="etwsdl")
        self.see(["text", "markdown", "json"], "diff", "--format", "", program="etwsdl")
        self.see(["--apply"], "sync", "--a", program="etwsdl")
        self.see(["\tfiles"], "diff", "old.wsdl", "", program="etwsdl")
        self.see([], "diff", "old.wsdl", "new.wsdl", "", program="etwsdl")

    def test_etsim(self):
        self.see(["demo", "none"], "--data", "", program="etsim")
        self.see(["Retrieve:"], "--fault", "Ret", program="etsim")
        self.see(["Retrieve:garbage"], "--fault", "Retrieve:ga", program="etsim")
        self.see(["Retrieve,call=1,times="], "--fault", "Retrieve,call=1,t", program="etsim")
        self.see(["\tfiles"], "--tls", "certificate", "", program="etsim")
        self.see(["--sends", "--seed"], "--tls", "a", "b", "--se", program="etsim")


class Recent(unittest.TestCase):
    """JobIDs of the last `ettrack sends`."""

    def setUp(self):
        self.folder = scratch(self)
        self.etsim = Etsim()
        self.addCleanup(self.etsim.stop)
        self.env = environment(self.folder, **self.etsim.settings)

    def sends(self, *more, since="2026-10-01"):
        command = ["ettrack", "sends", "--since", since, "--format", "csv", *more]
        done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=True,
                              env=self.env)
        return [line.split(",")[0] for line in done.stdout.splitlines()[1:]]

    def ids(self, **other):
        return complete("ettrack", "links", "", env={**self.env, **other})

    def test_are_those_of_the_account(self):
        self.assertEqual(self.ids(), [])
        listed = self.sends()
        self.assertIn("12043295", listed)
        self.assertEqual(self.ids(), listed)
        self.assertEqual(complete("ettrack", "events", "open", "--send", "12043295", env=self.env),
                         ["12043295"])
        self.assertEqual(self.ids(ETSOAP_USERNAME="another"), [])
        fewer = self.sends(since="2026-11-01")
        self.assertLess(len(fewer), len(listed))
        self.assertEqual(self.ids(), fewer)

    def test_no_secret_is_read(self):
        listed = self.sends()
        pipe = self.folder / "pipe"
        os.mkfifo(pipe, 0o600)
        self.assertEqual(complete("ettrack", "--password-file", str(pipe), "links", "",
                                  env=self.env), listed)

    def test_the_file_is_private_and_holds_no_secret(self):
        self.sends()
        cache = self.folder / "cache/etsoap"
        self.assertEqual(stat.S_IMODE(cache.stat().st_mode), 0o700)
        files = list(cache.iterdir())
        self.assertEqual(len(files), 1)
        self.assertEqual(stat.S_IMODE(files[0].stat().st_mode), 0o600)
        for line in files[0].read_text().splitlines():
            self.assertRegex(line, r"^\d+\t\d{4}-\d\d-\d\d ")
        self.assertNotIn("demo", files[0].name + files[0].read_text())
        files[0].chmod(0o640)
        self.assertEqual(self.ids(), [])

    def test_a_folder_open_to_others_is_left_alone(self):
        cache = self.folder / "cache/etsoap"
        cache.mkdir(parents=True)
        cache.chmod(0o755)
        self.assertIn("12043295", self.sends())
        self.assertEqual(list(cache.iterdir()), [])

    def test_a_hostile_subject_stays_text(self):
        """Of a service: a letter cut in two is none, controls do not reach the terminal."""
        answer = self.folder / "answer.xml"
        for subject, about in (("a" + "\u00e9" * 300, "a" + "\u00e9" * 39),
                               ("\u00e9" * 300, "\u00e9" * 39),
                               ("$(x)&#9;a&#10;&#x9b;31m&#x202e;", r"$(x) a \x9b31m\u202e")):
            answer.write_text(SEND_NAMED.format(subject), encoding="utf-8")
            with Etsim("--data", "none", "--load", answer) as hostile:
                self.env.update(hostile.settings)
                self.assertEqual(self.sends()[0], "7")
                done = subprocess.run(["ettrack", "complete", "--", "links", ""], check=True,
                                      capture_output=True, timeout=60, env=self.env)
            self.assertEqual(done.stdout.decode(), f"7\t2026-11-10 {about}\n")

    def test_without_ids_nothing_changes(self):
        listed = self.sends()
        self.sends("--properties", "Subject")
        self.assertEqual(self.ids(), listed)


class OnATerminal(unittest.TestCase):
    """Lines with one way to go on, and the words that the shell has then."""
    SHELL = None
    LINES = {
        "ettrack whoa": ["ettrack", "whoami"],
        "ettrack events open,bou": ["ettrack", "events", "open,bounce"],
        "ettrack send 1 --form": ["ettrack", "send", "1", "--format"],
        "ettrack send 1 --format=nd": ["ettrack", "send", "1", "--format=ndjson"],
        "ettrack send 1 -o pla": ["ettrack", "send", "1", "-o", "plan.csv"],
        "ettrack send 1 --output=pla": ["ettrack", "send", "1", "--output=plan.csv"],
        "ettrack send 1 --trace fol": ["ettrack", "send", "1", "--trace", "folder/"],
        "ettrack retrieve TriggeredSendS": ["ettrack", "retrieve", "TriggeredSendSummary"],
        "ettrack links --profile li": ["ettrack", "links", "--profile", "live"],
        "ettrack export --to sql": ["ettrack", "export", "--to", "sqlite:"],
    }

    def setUp(self):
        if not self.SHELL:
            self.skipTest("for the shells below")
        if not shutil.which(self.SHELL):
            self.skipTest(f"no {self.SHELL} found")
        self.folder = scratch(self)
        self.place = self.folder / "place"
        (self.place / "folder").mkdir(parents=True)
        (self.place / "plan.csv").touch()
        config = self.folder / "config/etsoap/config"
        config.parent.mkdir(parents=True)
        config.write_text("[test]\n[live]\n")
        config.chmod(0o600)
        before = os.getcwd()
        os.chdir(self.place)
        self.addCleanup(os.chdir, before)
        self.env = environment(self.folder)

    def start(self, *more):
        shell = getattr(shells, self.SHELL)(SCRIPTS[self.SHELL], self.env, *more)
        self.addCleanup(shell.close)
        return shell

    def check_lines(self, shell):
        for line, words in self.LINES.items():
            self.assertEqual(shell.words(line), words, line)

    def check_names(self, shell):
        """Profiles are called as whoever wrote the file likes, and the line is the shell's."""
        with open(self.folder / "config/etsoap/config", "a", encoding="ascii") as config:
            config.writelines(f"[{name}]\n" for name in NAMES)
        for quote in ("", '"', "'"):
            for name in NAMES:
                line = f"ettrack links --profile {quote}{name[:2]}"
                self.assertEqual(shell.words(line), ["ettrack", "links", "--profile", name], line)
        self.assertEqual([path for path in self.place.iterdir() if path.name.startswith("X")], [])

    def check_paths(self, shell, *others):
        """The program by a path, which is not that of the shell's PATH."""
        for folder in ("bin", "a b"):
            (self.folder / folder).mkdir()
            (self.folder / folder / "ettrack").symlink_to(shutil.which("ettrack"))
        own, blank = self.folder / "bin/ettrack", self.folder / "a b/ettrack"
        for typed, read in (("~/bin/ettrack", own), ("$HOME/bin/ettrack", own),
                            ('"$HOME/bin/ettrack"', own), ("../bin/ettrack", "../bin/ettrack"),
                            (f'"{blank}"', blank), (f"'{blank}'", blank),
                            (str(blank).replace(" ", "\\ "), blank), *others):
            self.assertEqual(shell.words(f"{typed} whoa"), [*str(read).split("\n"), "whoami"],
                             typed)


class Bash(OnATerminal):
    SHELL = "bash"

    def setUp(self):
        if not shells.BASH_COMPLETION.exists():
            self.skipTest("no bash-completion found")
        super().setUp()

    def test_tabulator(self):
        self.check_lines(self.start())

    def test_names_are_quoted(self):
        self.check_names(self.start())

    def test_programs_by_path(self):
        self.check_paths(self.start())

    def test_lists(self):
        script = (f". {SCRIPTS['bash']}\n"
                  'COMP_LINE=$1 COMP_POINT=${#1}; shift; COMP_WORDS=("$@") COMP_CWORD=$(($# - 1))\n'
                  '_ettrack ettrack; printf "%s\\n" "${COMPREPLY[@]}"')
        for line, candidates in LISTS.items():
            words = re.findall(r"[^ =]+|=", line) + ([""] if line.endswith(" ") else [])
            shown = subprocess.run(["bash", "--norc", "-c", script, "bash", line, *words],
                                   capture_output=True, text=True, timeout=60, check=True,
                                   env=self.env)
            self.assertEqual(shown.stderr, "")
            if "=" not in line:
                self.assertEqual(shown.stdout.split(), candidates, line)


class Zsh(OnATerminal):
    SHELL = "zsh"

    def test_tabulator(self):
        self.check_lines(self.start(self.folder / "captured"))

    def test_names_are_quoted(self):
        self.check_names(self.start(self.folder / "captured"))

    def test_programs_by_path(self):
        self.check_paths(self.start(self.folder / "captured"))

    def test_lists(self):
        captured = self.folder / "captured"
        shell = self.start(captured)
        for line, candidates in LISTS.items():
            captured.write_text("")
            shell.words(line)
            self.assertEqual(captured.read_text().split(), candidates, line)


class Fish(OnATerminal):
    SHELL = "fish"

    def test_tabulator(self):
        self.check_lines(self.start())

    def test_names_are_quoted(self):
        self.check_names(self.start())

    def test_programs_by_path(self):
        shell = self.start()
        shell.words("source $__fish_data_dir/completions/sudo.fish", tab="")
        self.check_paths(shell, ("sudo ettrack", "sudo\nettrack"),
                         ("sudo ~/bin/ettrack", f"sudo\n{self.folder}/bin/ettrack"))

    def test_lists(self):
        for line, candidates in LISTS.items():
            shown = subprocess.run(["fish", "--no-config", "-c",
                                    f"source {SCRIPTS['fish']}; complete -C '{line}'"],
                                   capture_output=True, text=True, timeout=60, check=True,
                                   env=self.env)
            self.assertEqual(shown.stderr, "")
            self.assertEqual(sorted(text.split("\t")[0] for text in shown.stdout.splitlines()),
                             sorted(candidates), line)


class Installed(unittest.TestCase):
    def test_each_program_in_each_place(self):
        for program in ("ettrack", "etwsdl", "etsim"):
            for path in SCRIPTS.values():
                script = path.with_name(path.name.replace("ettrack", program)).read_text()
                self.assertIn(program, script)
                self.assertNotRegex(script, r"@\w+@")


if __name__ == "__main__":
    sys.exit(exit_code(unittest.main(argv=[sys.argv[0], *ARGUMENTS.rest], exit=False).result))
