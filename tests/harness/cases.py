"""cases.py FILE: runs the cases of one file, which say what is run and what has to come of it.

A case file is made of lines; what is indented belongs to the line above it:

  # text                   what the case protects; required before each `run` where a file has
                           several, else the name of the file says it
  etsim ARGUMENT...        the runs of the file find an etsim with these arguments, and otherwise a
                           server that replies as the case says; the first line of the file
  let NAME                 @NAME@ stands for the indented lines, from here on
  file NAME MODE           a file in the scratch folder, with the indented lines as content
  env NAME=VALUE           for the next run; `env NAME` alone takes a variable away
  request                  the next request that has to arrive, compared as canonical XML; `any`
                           accepts whatever comes. In front of it may stand lines `action NAME`, the
                           SOAPAction, `header NAME: VALUE`, and `after SECONDS`: no earlier than
                           that behind the request before
  reply STATUS WORD...     what it is answered with: header lines, an empty line, the body. Words:
                           CONTENT-TYPE chunked gzip close cut=BYTES stall=SECONDS silent
  run PROGRAM ARGUMENT...  runs the program, the words as a shell would split them
  exit N                   its exit code; required after each `run`
  stdout TEST, stderr TEST what it wrote, where TEST is one of
      empty                nothing
      lines N              that many lines
      has TEXT             contains the text
      lacks TEXT           does not contain it
      matches REGEX        a line that matches from its start to its end
      is                   exactly the indented lines; a line `...` stands for any lines
  made NAME TEST           the same for a file in the scratch folder
  missing NAME             there is no such file
  each PROGRAM ARGUMENT... a table: the indented lines are `INPUT => OUTPUT`; the program is run
                           once, with all inputs as further arguments, and prints a line for each.
                           A line that begins with `# ` says what the rows below it are.
                           \\n, \\t, \\r, \\\\ and \\xNN stand for a byte, `...` in an OUTPUT for
                           any text

What a run writes on stderr has to be empty where no line looks at it. @ENDPOINT@ is the address of
the service, @ORIGIN@ the same without its path, @PORT@ its port; @FOLDER@ is the scratch folder,
which is the working directory, and @SOURCE@ the source tree. The environment has the address and
credentials of the service: of the demo account, or user `user` with the password `secret`, which
must not show in what a run writes where it is set. ETSOAP_TEST_WRAPPER in the environment goes
before each command, `valgrind -q` for instance.
"""
import contextlib
import os
import pathlib
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from urllib.parse import urlsplit

from etsim import Etsim
from exchanges import Exchanges

TREE = pathlib.Path(__file__).resolve().parents[2]


def parse(text):
    """Statements: (line number, word, rest, indented lines)."""
    statements, blank = [], 0
    for number, line in enumerate(text.split("\n"), 1):
        if line.startswith("  ") and statements:
            statements[-1][3].extend([""] * blank + [line[2:]])
            blank = 0
        elif line.strip():
            word, _, rest = line.partition(" ")
            statements.append((number, word, rest, []))
            blank = 0
        else:
            blank += 1
    return statements


def unescape(text):
    """As bytes: what `each` hands over may be no UTF-8."""
    known = {"n": b"\n", "t": b"\t", "r": b"\r", "\\": b"\\"}
    parts = re.split(r"\\(x[0-9A-Fa-f]{2}|[ntr\\])", text)
    return b"".join(part.encode() if at % 2 == 0 else known.get(part) or bytes([int(part[1:], 16)])
                    for at, part in enumerate(parts))


def matches(wanted, text):
    pattern = "".join("(?:.*\n)*?" if line == "..." else re.escape(line + "\n") for line in wanted)
    return re.fullmatch(pattern, text) is not None


class Prepared:
    """What a case says before its run."""

    def __init__(self):
        self.described, self.files, self.environment = False, [], {}
        self.requests, self.replies = [], []

    def statement(self, word, rest, lines):
        """False: not one of these."""
        if word == "#":
            self.described = True
        elif word == "file":
            name, mode = rest.split()
            self.files.append((name, int(mode, 8), "".join(line + "\n" for line in lines)))
        elif word == "env":
            name, equals, value = rest.partition("=")
            self.environment[name] = value if equals else None
        elif word == "request":
            self.requests.append("\n".join(lines) or rest)
        elif word == "reply":
            self.replies.append((rest, lines))
        else:
            return False
        return True


class Runner:
    def __init__(self, name, simulator, folder):
        self.name, self.simulator, self.folder = name, simulator, pathlib.Path(folder)
        self.words = {"FOLDER": str(folder), "SOURCE": str(TREE)}
        self.runs, self.failures, self.number = 0, 0, 0
        self.prepared, self.done, self.unseen, self.problems = Prepared(), None, set(), []

    def fill(self, text):
        for name, value in self.words.items():
            text = text.replace(f"@{name}@", value)
        return text

    def check(self, good, message):
        if not good:
            self.problems.append(f"{self.name}:{self.number}: {message}")

    def environment(self, service):
        made = {name: value for name, value in os.environ.items()
                if not name.startswith("ETSOAP_")}
        made.update({"LC_ALL": "C", "XDG_CONFIG_HOME": "/nowhere", **service.settings})
        for name, value in self.prepared.environment.items():
            made.pop(name, None)
            if value is not None:
                made[name] = self.fill(value)
        return made

    def run(self, rest, rows=()):
        """Runs it; what has to be so of every run is looked at here."""
        self.finish()
        service = self.simulator or Exchanges(self.prepared.requests, self.prepared.replies,
                                              self.fill)
        endpoint = service.settings["ETSOAP_ENDPOINT"]
        self.words.update(ENDPOINT=endpoint, ORIGIN=endpoint.removesuffix("/Service.asmx"),
                          PORT=str(urlsplit(endpoint).port))
        for name, mode, text in self.prepared.files:
            path = self.folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(self.fill(text))
            path.chmod(mode)
        words = shlex.split(os.environ.get("ETSOAP_TEST_WRAPPER", "")) + shlex.split(
            self.fill(rest)) + [unescape(self.fill(row)) for row in rows]
        environment = self.environment(service)
        if not shutil.which(words[0]):
            raise ValueError(f"there is no program '{words[0]}'")
        self.done = subprocess.run(words, cwd=self.folder, timeout=120, stdin=subprocess.DEVNULL,
                                   env=environment, capture_output=True)
        self.prepared, self.unseen = Prepared(), {"exit", "stderr"}
        self.runs += 1
        if service is not self.simulator:
            for problem in service.problems():
                self.check(False, problem)
            self.check(environment.get("ETSOAP_PASSWORD") != "secret" or
                       b"secret" not in self.done.stdout + self.done.stderr, "the password shows")

    def finish(self):
        """Before the next run, and at the end of the file."""
        if not self.done:
            return
        self.check("exit" not in self.unseen, "the run before has no exit code")
        self.check("stderr" not in self.unseen or not self.done.stderr,
                   "the run before wrote on stderr, and nothing looks at that")
        if self.problems:
            self.failures += 1
            print(*self.problems, f"--- ran: {self.done.args}",
                  f"--- exit code {self.done.returncode}",
                  f"--- stdout:\n{self.done.stdout.decode(errors='replace')}"
                  f"--- stderr:\n{self.done.stderr.decode(errors='replace')}", sep="\n")
        self.problems, self.done = [], None

    def each(self, rest, lines):
        rows = [[part.strip() for part in line.partition(" => ")] for line in lines
                if line and not line.startswith("# ")]
        if not rows or not all(sign for _, sign, _ in rows):
            raise ValueError("a table has lines INPUT => OUTPUT")
        self.run(rest, [source for source, _, _ in rows])
        self.statement("exit", "0", [])
        left = self.done.stdout
        for source, _, target in rows:
            wanted = [unescape(part) for part in self.fill(target).split("...")]
            found = re.match(b".*".join(map(re.escape, wanted)) + b"\n", left)
            got = found.group() if found else left[:left.find(b"\n") + 1]
            self.check(found, f"{source}\n   is: {got.decode(errors='replace')} want: {target}")
            left = left[len(got):]
        self.check(not left, f"more than the table has is printed: {left!r}")

    def compare(self, what, text, test, lines):
        word, _, value = self.fill(test).partition(" ")
        lines = [self.fill(line) for line in lines]
        good = {"empty": lambda: text == "",
                "lines": lambda: text.count("\n") == int(value),
                "has": lambda: value in text,
                "lacks": lambda: value not in text,
                "matches": lambda: any(re.fullmatch(value, line) for line in text.splitlines()),
                "is": lambda: matches(lines, text)}
        if word not in good or (value == "") == (word in ("lines", "has", "lacks", "matches")):
            raise ValueError(f"'{test}' is no test")
        self.check(good[word](), f"{what}: expected {test}" + "".join(f"\n  {x}" for x in lines))

    def look(self, word, rest, lines):
        """At what the run has done."""
        if word == "exit":
            self.check(self.done.returncode == int(rest), f"expected exit code {rest}")
        elif word in ("stdout", "stderr"):
            self.compare(word, getattr(self.done, word).decode(), rest, lines)
        elif word == "made":
            name, _, test = rest.partition(" ")
            path = self.folder / name
            self.check(path.exists(), f"there is no file {name}")
            if path.exists():
                self.compare(name, path.read_bytes().decode(), test, lines)
        elif word == "missing":
            self.check(not (self.folder / rest).exists(), f"there is a file {rest}")
        else:
            raise ValueError(f"there is no word '{word}'")
        self.unseen.discard(word)

    def statement(self, word, rest, lines, alone=False):
        if word in ("run", "each") and not (self.prepared.described or alone):
            raise ValueError("a run needs a comment before it: what it protects")
        if word == "run":
            self.run(rest)
        elif word == "each":
            self.each(rest, lines)
        elif word == "let":
            self.words[rest] = self.fill("\n".join(lines))
        elif not self.prepared.statement(word, rest, lines):
            if not self.done:
                raise ValueError(f"nothing was run before '{word}'")
            self.look(word, rest, lines)


def play(path, simulator, statements):
    alone = sum(word in ("run", "each") for _, word, _, _ in statements) == 1
    with tempfile.TemporaryDirectory(prefix="etsoap-case-") as folder:
        runner = Runner(path.name, simulator, folder)
        for runner.number, word, rest, lines in statements:
            try:
                runner.statement(word, rest, lines, alone)
            except ValueError as problem:
                sys.exit(f"{path.name}:{runner.number}: {problem}")
        runner.finish()
    if runner.runs == 0:
        sys.exit(f"{path.name}: no run in it")
    print(f"{path.name}: {runner.runs} runs, {runner.failures} of them failed")
    return 1 if runner.failures else 0


def main(path):
    statements = parse(path.read_text(encoding="utf-8"))
    with contextlib.ExitStack() as stack:
        simulator = None
        if statements and statements[0][1] == "etsim":
            simulator = stack.enter_context(Etsim(*shlex.split(statements.pop(0)[2])))
        return play(path, simulator, statements)


if __name__ == "__main__":
    sys.exit(main(pathlib.Path(sys.argv[1])))
