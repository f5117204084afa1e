"""Runs the code blocks of one page of the documentation, in order, in one scratch folder.

The word after the backquotes says what becomes of a block:

  sh       run with `sh -eu`; has to end with exit code 0
  c        with `main`: compiled with warnings as errors, linked with the installed library, run.
           Without: the same as the body of a function that has an `ets_session *session`;
           its includes go to the top.
  other    (text, ini, cmake, ...) not run; sh and c cannot opt out, so what looks like a command
           and is not run has to say `text`. A python block has to have a file name, and the
           page's commands to run it.

A c block has to look at what may fail: careless() says what it is held to.

Words that may follow:

  file=NAME   (c, python, cmake, ini, text) written to NAME in the scratch folder; a c program
              with a file name is left to the page's own commands, which then have to use it
  exit=N      (sh) ends with exit code N
  quiet       (c, without `main`) writes nothing to stderr: no call of it fails
  slow        the page is left out by tests/run --quick
  envelope, request, answer
              (xml) what the c block before it, one without `main`, sent or was answered, as
              exchange.py shows it: in its first exchange, or in the Nth with request=N.
              --accept writes it into the page

A comment `<!-- etsim OPTION... -->` in the page gives its etsim these options.

The scratch folder is a copy of the files that git tracks, so that a page may say `tools/quickstart`
or change a file. ETSOAP_ENDPOINT, ETSOAP_USERNAME and ETSOAP_PASSWORD name an etsim on loopback
that is started for the page; the programs are on the PATH, pkg-config, CMake and the loader find
the library.
"""
import argparse
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent / "harness"))
from etsim import Etsim  # noqa: E402
from exchange import KINDS, shown  # noqa: E402

FENCE = re.compile(r"^(?P<indent> *)(?P<ticks>```+)(?P<info>.*)$")
KNOWN = {"sh", "c", "text", "cmake", "ini", "json", "csv", "xml", "diff", "make",
         "python", ""}
WARNINGS = ["-std=c11", "-D_POSIX_C_SOURCE=200809L", "-Wall", "-Wextra", "-Wpedantic", "-Werror"]
FRAGMENT = """#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <etsoap/etsoap.h>
{includes}
static void fragment(ets_session *session) {{
  (void)session;
#line {line} "{page}"
{text}
}}

int main(void) {{
  ets_error error;
  ets_session *session;
  if (ets_session_from_environment(&session, &error) != ETS_OK) {{
    fprintf(stderr, "%s\\n", error.message);
    return 1;
  }}
  {trace}
  fragment(session);
  ets_session_free(session);
  return 0;
}}
"""
INCLUDE = re.compile(r"^#include .*$", re.M)


class Block:
    def __init__(self, line, info, text):
        words = info.split()
        self.line, self.text = line, text
        self.language = words[0] if words else ""
        self.file, self.exit, self.slow = None, 0, False
        self.exchange, self.traced, self.quiet = None, False, False
        for word in words[1:]:
            if word.startswith("file="):
                self.file = word[5:]
            elif word.startswith("exit=") and self.language == "sh":
                self.exit = int(word[5:])
            elif word == "slow":
                self.slow = True
            elif word == "quiet" and self.language == "c":
                self.quiet = True
            elif word.partition("=")[0] in KINDS and self.language == "xml":
                kind, _, number = word.partition("=")
                self.exchange = kind, int(number or 1)
            else:
                raise ValueError(f"line {line}: unknown word '{word}' after ```{self.language}")
        if self.language not in KNOWN:
            raise ValueError(f"line {line}: unknown language '{self.language}'; "
                             f"what is not to be run says text")
        if self.language == "python" and not self.file:
            raise ValueError(f"line {line}: a python block needs file=NAME, for a command to run")
        if not self.language:
            raise ValueError(f"line {line}: a block without a language; what is not to be run "
                             f"says text")


FILTER = re.compile(r"\bets_filter \*(\w+) = ets_filter_(?:equals|between|in|simple)")


def careless(program):
    """What an example leaves out that who copies it would miss; None: nothing."""
    if "ets_cursor_next(" in program and "ETS_END" not in program:
        return "a loop over a cursor that does not tell ETS_END from a failure"
    if re.search(r"\bets_(cursor_next|fetch|send_summary)\(", program) and "stderr" not in program:
        return "a call that failed is not told to stderr"
    if re.search(r"\bets_set(_\w+)?\(", program) and "ets_pool_status(" not in program:
        return "what ets_set() refuses is left out of what is sent: look at ets_pool_status()"
    if (re.search(r"\bmain\s*\(", program) and re.search(r"\b(printf|puts)\(", program)
            and not ("fflush(stdout)" in program and "ferror(stdout)" in program)):
        return "what was not printed counts as printed: look at fflush(stdout) and ferror(stdout)"
    for name in FILTER.findall(program):
        if (re.search(rf"\.filter = {name}\b|_VERSION,[^;]*\b{name}\b", program)
                and not re.search(rf"!{name}\b|\b{name} \?", program)):
            return f"{name} may be NULL, out of memory, which a request takes for no filter"
    return None


def blocks(text):
    found, start, info, lines, ticks, indent = [], None, "", [], "", 0
    for number, line in enumerate(text.splitlines(), 1):
        fence = FENCE.match(line)
        if start is None and fence:
            start, info, lines = number, fence["info"].strip(), []
            ticks, indent = fence["ticks"], len(fence["indent"])
        elif start is not None and fence and fence["ticks"] == ticks and not fence["info"].strip():
            found.append(Block(start, info, "\n".join(lines) + "\n"))
            wrong = careless(found[-1].text) if found[-1].language == "c" else None
            if wrong:
                raise ValueError(f"line {start}: {wrong}")
            if found[-1].exchange:
                traced = [block for block in found if block.language == "c" and not block.file]
                if not traced or re.search(r"\bmain\s*\(", traced[-1].text):
                    raise ValueError(f"line {start}: no c block before it made an exchange")
                traced[-1].traced = True
            start = None
        elif start is not None:
            lines.append(line[indent:] if line[:indent].isspace() else line)
    if start is not None:
        raise ValueError(f"line {start}: the block does not end")
    return found


def copy_tree(source, target):
    listed = subprocess.run(["git", "-C", source, "ls-files", "-z", "--cached", "--others",
                             "--exclude-standard"], check=True, capture_output=True)
    for name in listed.stdout.decode().split("\0"):
        if name and (source / name).is_file():
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(source / name, target / name)


class Page:
    def __init__(self, options, scratch, environment):
        self.options, self.scratch, self.environment = options, scratch, environment
        self.pending = {}
        self.trace, self.accepted = None, {}

    def execute(self, block, command, expected=0, **more):
        done = subprocess.run(command, cwd=self.scratch, env=self.environment,
                              stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, timeout=500, **more)
        output = done.stdout.decode(errors="replace")
        if done.returncode != expected:
            raise RuntimeError(f"line {block.line}: exit code {done.returncode}, expected "
                               f"{expected}\n{block.text}\n--- said:\n{output}")
        return output

    def compile(self, block, path, *flags):
        package = "etsoap-stubs" if "<etsoap/stubs.h>" in path.read_text() else "etsoap"
        library = subprocess.run(["pkg-config", "--cflags", "--libs", package], check=True,
                                 env=self.environment, capture_output=True, text=True)
        self.execute(block, [self.options.cc, *WARNINGS, *flags, path, *library.stdout.split()])

    def program(self, block):
        path = self.scratch / f"block_{block.line}.c"
        flags = []
        if re.search(r"\bmain\s*\(", block.text):
            path.write_text(f'#line {block.line + 1} "{self.options.page.name}"\n{block.text}')
        else:
            path.write_text(FRAGMENT.format(
                includes="\n".join(INCLUDE.findall(block.text)), line=block.line + 1,
                page=self.options.page.name, text=INCLUDE.sub("", block.text),
                trace=self.start_trace(block) if block.traced else ""))
            flags = ["-Wno-unused-variable", "-Wno-unused-but-set-variable"]
        self.compile(block, path, *flags, "-o", path.with_suffix(""))
        log = self.scratch / "stderr"
        self.execute(block, ["sh", "-c", '"$0" 2>"$1" || { code=$?; cat "$1"; exit $code; }',
                             path.with_suffix(""), log])
        complaint = log.read_text(errors="replace")
        if block.quiet and complaint:
            raise RuntimeError(f"line {block.line}: a call failed: {complaint}\n{block.text}")

    def start_trace(self, block):
        self.trace = self.scratch / f"block_{block.line}.trace"
        return ('if (ets_session_trace(session, "%s", 0) != ETS_OK)\n    return 1;'
                % self.trace.name)

    def check_exchange(self, block):
        kind, number = block.exchange
        text = shown(self.trace, number, kind)
        if self.options.accept:
            self.accepted[block.line] = text
        elif text != block.text:
            raise RuntimeError(f"line {block.line}: the {kind} of exchange {number} is another "
                               f"(blocks.py --accept writes it):\n{text}")

    def write_accepted(self):
        lines, out, number = self.options.page.read_text().splitlines(keepends=True), [], 0
        while number < len(lines):
            out.append(lines[number])
            number += 1
            if number in self.accepted:
                out.append(self.accepted[number])
                while not lines[number].startswith("```"):
                    number += 1
        self.options.page.write_text("".join(out))

    def run(self, block):
        if block.exchange:
            self.check_exchange(block)
            return True
        if block.file:
            path = self.scratch / block.file
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(block.text)
            if block.language == "c":
                self.pending[pathlib.Path(block.file).name] = block
        elif block.language == "c":
            self.program(block)
        elif block.language == "sh":
            self.execute(block, ["sh", "-eu", "-c", block.text], block.exit)
            self.pending = {name: pending for name, pending in self.pending.items()
                            if name not in block.text}
            return True
        return block.language == "c" and not block.file


def main():
    parser = argparse.ArgumentParser(description="runs the code blocks of a page")
    parser.add_argument("--source", type=pathlib.Path, required=True)
    parser.add_argument("--build", type=pathlib.Path, required=True)
    parser.add_argument("--prefix", type=pathlib.Path, required=True)
    parser.add_argument("--cc", default="cc")
    parser.add_argument("--accept", action="store_true", help="write what was exchanged")
    parser.add_argument("--etsim", default="", help="options for it besides those of the page")
    parser.add_argument("page", type=pathlib.Path)
    options = parser.parse_args()

    found = blocks(options.page.read_text())
    if not any(block.language in ("sh", "c") for block in found):
        print(f"{options.page.name}: no code to run")
        return 0
    with tempfile.TemporaryDirectory(prefix="etsoap-docs-") as folder:
        folder = pathlib.Path(folder)
        scratch = folder / "etsoap"
        scratch.mkdir()
        copy_tree(options.source, scratch)
        programs = options.build.resolve() / "bin"
        more = re.search(r"^<!-- etsim (.*) -->$", options.page.read_text(), re.M)
        more = (more[1].split() if more else []) + options.etsim.split()
        simulator = Etsim(*more, program=programs / "etsim", seconds=600)
        environment = {name: value for name, value in os.environ.items()
                       if not name.startswith("ETSOAP_") or name == "ETSOAP_NO_INSTALL"}
        pkgconfig = [str(path) for path in options.prefix.resolve().glob("lib*/**/pkgconfig")]
        libraries = [str(path) for path in options.prefix.resolve().glob("lib*/**/libetsoap.a")]
        environment.update(
            simulator.settings,
            LD_LIBRARY_PATH=":".join(os.path.dirname(path) for path in libraries),
            PATH=f"{programs}:{os.environ['PATH']}", PKG_CONFIG_PATH=":".join(pkgconfig),
            CMAKE_PREFIX_PATH=str(options.prefix.resolve()), HOME=str(folder))
        # A compiler cache, where one is used, stays the user's, and shall not see that the scratch
        # folder has another name each time.
        environment.update(CCACHE_BASEDIR=str(folder), CCACHE_NOHASHDIR="1")
        if "CCACHE_DIR" not in environment and "HOME" in os.environ:
            environment["CCACHE_DIR"] = os.path.join(os.environ["HOME"], ".cache", "ccache")
        page = Page(options, scratch, environment)
        try:
            ran = sum(page.run(block) for block in found)
            for name, block in page.pending.items():
                raise RuntimeError(f"line {block.line}: no command of the page uses {name}")
            if page.accepted:
                page.write_accepted()
        finally:
            simulator.stop()
    print(f"{options.page.name}: {ran} blocks run, {len(found) - ran} shown only")
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except (ValueError, RuntimeError, subprocess.TimeoutExpired) as error:
        print(error)
        sys.exit(1)
