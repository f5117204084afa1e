"""The examples of each command's --help, run as they are written on the demo data of etsim."""
import pathlib
import re
import subprocess
import tempfile

from support import Etsim, check

RECIPIENTS = "EmailAddress,SubscriberKey,City\nann@example.com,ann,Ulm\nbob@example.com,bob,Bonn\n"
PROFILES = ("[test]\n[live]\nclient_id = demo\nclient_secret = demo\n"
            "auth_url = http://127.0.0.1:9/\n")
# Else there is a day more to export with every day.
SHORTER = ("--since 2026-11-01 --all", "--since 2026-11-01 --until 2026-11-03 --all")
# A browser of the user's own is in it, and a manual reader of the system's.
NOT_RUN = ("ettrack login", "man -l")


def shown(*words):
    return subprocess.run(["ettrack", *words, "--help"], check=True, text=True, timeout=60,
                          stdout=subprocess.PIPE).stdout


def examples(command):
    text = re.search(r"(?ms)^Examples:\n(.*?)(?:^\S|\n\n|\Z)", shown(command))
    return [line.strip() for line in text[1].splitlines() if line.startswith("  ettrack")]


def main():
    commands = re.findall(r"(?m)^  ([a-z]+) ", shown().split("ettrack itself:")[0])
    commands += ["complete", "help", "logout", "version", "whoami"]
    count = 0
    with tempfile.TemporaryDirectory() as folder, Etsim() as simulator:
        home = pathlib.Path(folder)
        (home / "recipients.csv").write_text(RECIPIENTS)
        (home / ".config/etsoap").mkdir(parents=True)
        config = home / ".config/etsoap/config"
        config.write_text(PROFILES)
        config.chmod(0o600)
        environment = {**simulator.environment(), "HOME": folder}
        for name in ("XDG_CONFIG_HOME", "XDG_CACHE_HOME"):
            environment.pop(name, None)
        for command in commands:
            lines = examples(command)
            check(lines, f"{command} --help has no example")
            for line in lines:
                if any(words in line for words in NOT_RUN):
                    continue
                done = subprocess.run(["sh", "-c", line.replace(*SHORTER)], cwd=folder,
                                      env=environment, text=True, timeout=120,
                                      stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                      stderr=subprocess.PIPE)
                check(done.returncode == 0, f"{line}: exit code {done.returncode}\n{done.stderr}")
                count += 1
    check(count > 35, f"{count} examples were run")


if __name__ == "__main__":
    main()
