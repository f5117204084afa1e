"""Shells on a terminal of their own: type a line, press the tabulator, see what became of it."""
import os
import pathlib
import pty
import re
import select
import signal
import time

BASH_COMPLETION = pathlib.Path("/usr/share/bash-completion/bash_completion")
PROMPT = "ready: "
PATIENCE = 120  # seconds; for what hangs, not for what is slow


class Shell:
    """`words()` are those of the command line after the tabulator, as the shell reads them."""

    def __init__(self, command, environment, setup=()):
        self.count, self.seen = 0, ""
        self.child, self.terminal = pty.fork()
        if self.child == 0:
            os.execvpe(command[0], command, environment)
        self.wait(re.escape(PROMPT))
        for line in setup:
            self.words(line, tab="")

    def wait(self, pattern):
        until = time.monotonic() + PATIENCE
        while not (found := re.search(pattern, self.seen)):
            ready, _, _ = select.select([self.terminal], [], [], max(0, until - time.monotonic()))
            if not ready:
                raise TimeoutError(f"no {pattern!r} in {self.seen[-2000:]!r}")
            try:
                self.seen += os.read(self.terminal, 65536).decode(errors="replace")
            except OSError as gone:
                raise EOFError(f"the shell ended: {self.seen[-2000:]!r}") from gone
        self.seen = self.seen[found.end():]
        return found

    def type(self, text):
        os.write(self.terminal, text.encode())

    def words(self, line, tab="\t"):
        """What the shell makes of a line; without `tab` it is run. What is printed first cannot be
        in what is typed."""
        self.count += 1
        if tab:
            self.type(f"{line}{tab}\x01printf '<%s>' DONE {self.count} \x05\r")
        else:
            self.type(f"{line}; printf '<%s>' DONE {self.count}\r")
        found = self.wait(rf"<DONE><{self.count}>((?:<[^>]*>)*)(?=[^<])")
        self.wait(re.escape(PROMPT))
        return re.findall(r"<([^>]*)>", found[1])

    def close(self):
        os.kill(self.child, signal.SIGKILL)
        os.waitpid(self.child, 0)
        os.close(self.terminal)


def bash(script, environment, inside=()):
    """Without a script what is installed is found by name; `inside` is what the shell is started
    with, such as chroot."""
    return Shell([*inside, "bash", "--norc", "--noprofile", "-i"], {**environment, "PS1": PROMPT},
                 [f". {BASH_COMPLETION}", *([f". {script}"] if script else [])])


def zsh(script, environment, captured, inside=()):
    """Every candidate is written to the file `captured`, too."""
    capture = ("compadd() { if [[ ${@[1,(i)(-|--)]} == *-(O|A|D)\\ * ]]; then "
               'builtin compadd "$@"; return; fi; local -a found; builtin compadd -O found "$@"; '
               f'print -rl -- $found >> {captured}; builtin compadd "$@" }}')
    path = [f"fpath=({script.parent} $fpath)"] if script else []
    return Shell([*inside, "zsh", "-f", "-i"], {**environment, "PS1": PROMPT},
                 ["setopt no_prompt_sp no_bracketed_paste 2> /dev/null",
                  "unsetopt beep auto_remove_slash", *path, "autoload -Uz compinit",
                  f"compinit -u -d {captured}.dump", capture])


def fish(script, environment, inside=()):
    prompt = f"function fish_prompt; echo -n '{PROMPT}'; end; set -g fish_greeting"
    # what is installed is found by what fish reads as its own configuration
    return Shell([*inside, "fish", *(["--no-config"] if script else []), "-i", "-C", prompt],
                 environment, [f"source {script}"] if script else [])
