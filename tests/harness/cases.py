"""cases.py FILE: runs the cases of one file against an etsim with the demo data.

A case file is made of lines; what is indented belongs to the line above it:

  # text                   what the case protects; required before each `run`
  etsim ARGUMENT...        starts the etsim of the file with these; before the first `run`
  file NAME MODE           a file in the scratch folder, with the indented lines as content
  env NAME=VALUE           for the next run; `env NAME` alone takes a variable away
  run ARGUMENT...          runs ettrack with these, as a shell would split them
  exit N                   its exit code; required after each `run`
  stdout TEST, stderr TEST what it wrote, where TEST is one of
      empty                nothing
      lines N              that many lines
      has TEXT             contains the text
      lacks TEXT           does not contain it
      matches REGEX        a line that matches from its start to its end
      is                   exactly the indented lines
  made NAME TEST           the same for a file in the scratch folder
  missing NAME             there is no such file

`@ENDPOINT@`, `@ORIGIN@` and `@FOLDER@` stand for the address of etsim, the same without its path,
and the scratch folder.
"""
import pathlib
import re
import shlex
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent / "cli"))
from support import Etsim, environment, fail  # noqa: E402


def parse(text):
    """Statements: (line number, word, rest, indented lines)."""
    statements = []
    for number, line in enumerate(text.splitlines(), 1):
        if line.startswith("  ") and statements:
            statements[-1][3].append(line[2:])
        elif line.strip():
            word, _, rest = line.partition(" ")
            statements.append((number, word, rest, []))
    return statements


class Runner:
    def __init__(self, name, simulator, folder):
        self.name, self.simulator, self.folder = name, simulator, folder
        self.settings = dict(simulator.settings)
        self.described = False
        self.done = None
        self.exit_checked = True

    def fill(self, text):
        endpoint = self.simulator.endpoint
        return (text.replace("@ENDPOINT@", endpoint).replace("@FOLDER@", str(self.folder))
                .replace("@ORIGIN@", endpoint.removesuffix("/Service.asmx")))

    def fail(self, number, message):
        said = ""
        if self.done:
            said = (f"\n--- ran: {' '.join(self.done.args)}"
                    f"\n--- exit code {self.done.returncode}"
                    f"\n--- stdout:\n{self.done.stdout.decode(errors='replace')}"
                    f"--- stderr:\n{self.done.stderr.decode(errors='replace')}")
        fail(f"{self.name}:{number}: {message}{said}")

    def run(self, number, rest):
        if not self.described or not self.exit_checked:
            self.fail(number, "a run needs a comment before it, and an exit code behind it")
        self.done = subprocess.run(
            ["ettrack", *shlex.split(self.fill(rest))], cwd=self.folder, timeout=120,
            env=environment(self.settings), stdin=subprocess.DEVNULL, capture_output=True)
        self.settings = dict(self.simulator.settings)
        self.described = self.exit_checked = False

    def compare(self, number, what, text, test, expected):
        word, _, value = test.partition(" ")
        value = self.fill(value)
        good = {"empty": lambda: text == "",
                "lines": lambda: text.count("\n") == int(value),
                "has": lambda: value in text,
                "lacks": lambda: value not in text,
                "matches": lambda: any(re.fullmatch(value, line) for line in text.splitlines()),
                "is": lambda: text == "".join(self.fill(line) + "\n" for line in expected)}
        if word not in good:
            self.fail(number, f"unknown test '{word}'")
        if not good[word]():
            self.fail(number, f"{what}: expected {test}" + "".join(f"\n  {x}" for x in expected))

    def statement(self, number, word, rest, lines):
        if word == "#":
            self.described = True
        elif word == "file":
            name, mode = rest.split()
            path = self.folder / name
            path.write_text(self.fill("".join(line + "\n" for line in lines)))
            path.chmod(int(mode, 8))
        elif word == "env":
            name, equals, value = self.fill(rest).partition("=")
            if equals:
                self.settings[name] = value
            else:
                self.settings.pop(name, None)
        elif word == "run":
            self.run(number, rest)
        elif word == "exit":
            self.exit_checked = True
            if self.done.returncode != int(rest):
                self.fail(number, f"expected exit code {rest}")
        elif word in ("stdout", "stderr"):
            text = getattr(self.done, word).decode()
            self.compare(number, word, text, rest, lines)
        elif word == "made":
            name, _, test = rest.partition(" ")
            path = self.folder / name
            if not path.exists():
                self.fail(number, f"there is no file {name}")
            self.compare(number, name, path.read_bytes().decode(), test, lines)
        elif word == "missing":
            if (self.folder / rest).exists():
                self.fail(number, f"there is a file {rest}")
        else:
            self.fail(number, f"unknown word '{word}'")


def main(path):
    statements = parse(path.read_text())
    arguments = [shlex.split(rest) for _, word, rest, _ in statements if word == "etsim"]
    runs = sum(word == "run" for _, word, _, _ in statements)
    if runs == 0:
        fail(f"{path.name}: no run in it")
    with tempfile.TemporaryDirectory(prefix="etsoap-case-") as folder, \
            Etsim(*(arguments[0] if arguments else [])) as simulator:
        runner = Runner(path.name, simulator, pathlib.Path(folder))
        for number, word, rest, lines in statements:
            if word != "etsim":
                runner.statement(number, word, rest, lines)
        if not runner.exit_checked:
            fail(f"{path.name}: the last run has no exit code")
    print(f"{path.name}: {runs} runs")


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]))
