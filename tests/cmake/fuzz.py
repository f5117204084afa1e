"""Runs every fuzz target of a build folder for some seconds, several at a time, and with --etsim
mutated requests to its port.

A target is an executable <build>/fuzz/NAME; its corpus, when there is one, is tests/fuzz/NAME/.
New inputs and findings go to <build>/fuzz/NAME.corpus and <build>/fuzz/NAME.findings, so the
source tree stays as it is.
"""
import argparse
import concurrent.futures
import os
import pathlib
import subprocess
import sys


TESTS = pathlib.Path(__file__).resolve().parent.parent


def run_port(etsim, seconds, findings):
    done = subprocess.run([sys.executable, "-B", TESTS / "etsim" / "fuzz_port.py", "--seconds",
                           str(seconds), "--program", etsim, "--findings", findings],
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=seconds + 300)
    lines = done.stdout.decode(errors="replace").splitlines()
    return "port of etsim", done.returncode, lines, lines[0] if lines else "it said nothing"


def run(target, seconds):
    work = target.with_name(target.name + ".corpus")
    findings = target.with_name(target.name + ".findings")
    work.mkdir(exist_ok=True)
    findings.mkdir(exist_ok=True)
    corpus = TESTS / "fuzz" / target.name
    dictionary = corpus.with_suffix(".dict")
    command = [target, f"-max_total_time={seconds}", "-timeout=10", "-rss_limit_mb=2048",
               "-print_final_stats=1", f"-artifact_prefix={findings}/", work]
    if dictionary.exists():
        command.append(f"-dict={dictionary}")
    if corpus.is_dir():
        command.append(corpus)
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                          timeout=seconds + 120)
    lines = done.stdout.decode(errors="replace").splitlines()
    units = next((line.split()[-1] for line in lines
                  if line.startswith("stat::number_of_executed_units")), "?")
    return target.name, done.returncode, lines, f"{units} inputs"


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=int, required=True)
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--etsim", type=pathlib.Path, help="the program, for its port")
    parser.add_argument("build", type=pathlib.Path)
    options = parser.parse_args()

    folder = (options.build / "fuzz").resolve()
    targets = sorted(path for path in folder.glob("*")
                     if path.is_file() and os.access(path, os.X_OK))
    if not targets:
        print(f"no fuzz target in {folder}", file=sys.stderr)
        return 1
    failed = 0
    with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        jobs = []
        if options.etsim:
            jobs.append(pool.submit(run_port, options.etsim.resolve(), options.seconds,
                                    options.build.resolve() / "port.findings"))
        jobs += [pool.submit(run, target, options.seconds) for target in targets]
        for job in jobs:
            name, code, lines, did = job.result()
            print(f"  {name}: {'ok' if code == 0 else f'FINDING (exit {code})'}, {did}", flush=True)
            if code:
                failed += 1
                print("\n".join(lines[-60:]))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
