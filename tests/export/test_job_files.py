"""test_job_files.py kubernetes|schema|parallel|auto: the files of tools/export that need no
scheduler here. What Kubernetes would run runs with its variables set by hand, and the file is held
against the schema of its makers; GNU parallel runs on this machine; `--shard auto` says what is
wrong with a scheduler's variables."""
import copy
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

from shards import CLOCK, SHARDS, whole
from sinks import sink_of
from sql_harness import skip
from support import DATA, SINCE, TOOLS, UNTIL, Etsim, check, environment

# The members of a Job of batch/v1 that the file uses, and of which kind each is; a tuple is a
# choice, a list of one kind any number of it. Any other member is an error, as with
# `kubectl create --validate=strict`.
ENV = {"name": str, "value": str}
CONTAINER = {"name": str, "image": str, "command": [str], "env": [ENV],
             "resources": {"requests": {"cpu": str, "memory": str}, "limits": {"memory": str}},
             "volumeMounts": [{"name": str, "mountPath": str, "readOnly": bool}]}
VOLUME = {"name": str, "secret": {"secretName": str, "defaultMode": int}}
JOB = {"apiVersion": ("batch/v1",), "kind": ("Job",), "metadata": {"generateName": str},
       "spec": {"completionMode": ("Indexed",), "completions": int, "parallelism": int,
                "backoffLimitPerIndex": int, "ttlSecondsAfterFinished": int,
                "template": {"spec": {"restartPolicy": ("Never",), "containers": [CONTAINER],
                                      "volumes": [VOLUME]}}}}


def differs(value, kind, where="Job"):
    """What is wrong with a value, each with its place."""
    if isinstance(kind, dict):
        if not isinstance(value, dict):
            return [f"{where} is no mapping"]
        return [f"{where}.{name} is unknown" for name in value.keys() - kind.keys()] + [
            f"{where}.{name} is missing" for name in kind.keys() - value.keys()] + [
            wrong for name in value.keys() & kind.keys()
            for wrong in differs(value[name], kind[name], f"{where}.{name}")]
    if isinstance(kind, list):
        if not isinstance(value, list) or not value:
            return [f"{where} is no list"]
        return [wrong for i, each in enumerate(value)
                for wrong in differs(each, kind[0], f"{where}[{i}]")]
    right = value in kind if isinstance(kind, tuple) else type(value) is kind
    return [] if right else [f"{where} is {value!r}, expected {kind}"]


def read_job():
    try:
        import yaml
    except ImportError:
        skip("there is no YAML: install python3-yaml")
    return yaml.safe_load((TOOLS / "kubernetes.yaml").read_text())


def job():
    found = read_job()
    check(not differs(found, JOB), differs(found, JOB))
    return found["spec"]


def schema():
    """The published schema has no word on members that it does not know; JOB has."""
    sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "interop"))
    import programs
    node = programs.node_folder("kubernetes-models")

    def said(found):
        return programs.run(["node", pathlib.Path(__file__).parent / "kubernetes.mjs"], cwd=node,
                            input=json.dumps(found).encode()).strip()
    right = read_job()
    check(said(right) == "valid", said(right))
    for place, value in (("completions", "4"), ("completionMode", "indexed"),
                         ("backoffLimitPerIndex", 1.5)):
        wrong = copy.deepcopy(right)
        wrong["spec"][place] = value
        check(place in said(wrong), f"{place} {value!r} is {said(wrong)}")


def mounted(pod, container):
    """Each path of the container by what its volume has to be."""
    volumes = {each["name"]: each["secret"] for each in pod["volumes"]}
    mounts = {each["name"]: each["mountPath"] for each in container["volumeMounts"]}
    check(volumes.keys() == mounts.keys(), f"{volumes} are mounted as {mounts}")
    check(all(secret["defaultMode"] == 0o400 for secret in volumes.values()), f"{volumes}")
    return set(mounts.values())


def instead(command, name, value):
    """The command with another value of one option that it has."""
    places = [i for i, word in enumerate(command) if word.startswith(f"--{name}=")]
    check(len(places) == 1, f"--{name} is not once in {command}")
    command[places[0]] = f"--{name}={value}"


def settings_file(path, settings):
    lines = (f"{name.removeprefix('ETSOAP_').lower()} = {value}\n"
             for name, value in settings.items())
    path.touch(0o600)
    path.write_text("".join(lines))
    return path


def indexed(simulator, sink, folder):
    """What each pod of the job says."""
    spec = job()
    container, = spec["template"]["spec"]["containers"]
    command = container["command"]
    variables = {each["name"]: each["value"] for each in container["env"]}
    paths = mounted(spec["template"]["spec"], container)
    check(spec["completions"] == SHARDS == int(variables["ETSOAP_SHARDS"]), f"{variables}")
    check(os.path.dirname(variables.pop("PGPASSFILE")) in paths, f"{paths}")
    check(any(f"--config={path}/config" in command for path in paths), f"{command}")
    instead(command, "config", settings_file(folder / "config", simulator.settings))
    instead(command, "to", sink.where)
    instead(command, "since", SINCE)
    pods = [subprocess.Popen(
        [*command, f"--until={UNTIL}"], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE, text=True,
        env=environment(variables, JOB_COMPLETION_INDEX=str(index)))
        for index in range(spec["completions"])]
    try:
        said = [pod.communicate(timeout=180)[1] for pod in pods]
    finally:
        for pod in pods:
            pod.kill()
    check(not any(pod.returncode for pod in pods), f"{said}")
    return said


def parallel(simulator, sink, folder):
    """What each shard says; GNU parallel puts its number and a tab before each line."""
    if not shutil.which("parallel"):
        skip("there is no GNU parallel: install parallel")
    done = subprocess.run(
        [TOOLS / "parallel.sh", str(SHARDS), ":", sink.where, SINCE, "--until", UNTIL,
         "--all-accounts"], stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=200,
        env=environment(simulator.settings, HOME=str(folder), PARALLEL_HOME=str(folder)))
    check(done.returncode == 0, f"exit code {done.returncode}: {done.stderr}")
    said = {str(number): [] for number in range(1, SHARDS + 1)}
    for line in done.stderr.splitlines():
        number, _, rest = line.partition("\t")
        if number in said:
            said[number].append(rest + "\n")
    return ["".join(lines) for lines in said.values()]


def union(name, shards, sink_name):
    with tempfile.TemporaryDirectory(prefix="etsoap-export-") as scratch:
        folder = pathlib.Path(scratch)
        with Etsim(*DATA, "--clock", CLOCK, "--truth", folder / "truth") as simulator, \
                sink_of(sink_name, folder) as sink:
            said = shards(simulator, sink, folder)
            whole(simulator, folder).hold(sink, said)


SLURM = {"SLURM_ARRAY_TASK_ID": "3", "SLURM_ARRAY_TASK_COUNT": "4", "SLURM_ARRAY_TASK_MIN": "0"}
INDEXED = {"JOB_COMPLETION_INDEX": "3", "ETSOAP_SHARDS": "4"}
WRONG = (
    ({}, "neither SLURM_ARRAY_TASK_ID nor JOB_COMPLETION_INDEX is set; write K/N"),
    ({**SLURM, "SLURM_ARRAY_TASK_COUNT": None}, "SLURM_ARRAY_TASK_COUNT is not set"),
    ({**SLURM, "SLURM_ARRAY_TASK_MIN": None}, "SLURM_ARRAY_TASK_MIN is not set"),
    ({**SLURM, "SLURM_ARRAY_TASK_ID": "4"}, "SLURM_ARRAY_TASK_ID=4 is none of "
     "SLURM_ARRAY_TASK_COUNT=4 tasks"),
    ({**SLURM, "SLURM_ARRAY_TASK_MIN": "5"}, "SLURM_ARRAY_TASK_ID=3 is none of"),
    ({**SLURM, "SLURM_ARRAY_TASK_ID": "-1"}, "SLURM_ARRAY_TASK_ID is '-1', expected"),
    ({**SLURM, "SLURM_ARRAY_TASK_COUNT": "4x"}, "SLURM_ARRAY_TASK_COUNT is '4x', expected"),
    ({**SLURM, "SLURM_ARRAY_TASK_ID": ""}, "SLURM_ARRAY_TASK_ID is '', expected"),
    ({**SLURM, "SLURM_ARRAY_TASK_COUNT": "100001"}, "SLURM_ARRAY_TASK_COUNT is '100001', "
     "expected a number from 1 to 100000"),
    ({**INDEXED, "ETSOAP_SHARDS": None}, "ETSOAP_SHARDS is not set"),
    ({**INDEXED, "ETSOAP_SHARDS": "3"}, "JOB_COMPLETION_INDEX=3 is none of ETSOAP_SHARDS=3 tasks"),
    ({**INDEXED, "ETSOAP_SHARDS": "0"}, "ETSOAP_SHARDS is '0', expected"),
    ({**INDEXED, "JOB_COMPLETION_INDEX": "three"}, "JOB_COMPLETION_INDEX is 'three', expected"),
)


def auto():
    """Refused before anything is asked or written."""
    with tempfile.TemporaryDirectory(prefix="etsoap-export-") as scratch:
        for variables, message in WRONG:
            clean = {name: value for name, value in environment({}).items()
                     if not name.startswith(("SLURM_", "JOB_COMPLETION"))}
            given = {name: value for name, value in variables.items() if value is not None}
            done = subprocess.run(
                ["ettrack", "export", "--to", f"{scratch}/sink", "--since", SINCE, "--shard",
                 "auto"], env={**clean, **given}, stdin=subprocess.DEVNULL, capture_output=True,
                text=True, timeout=60)
            check(done.returncode == 2 and f"--shard auto: {message}" in done.stderr,
                  f"{variables}: exit code {done.returncode}: {done.stderr}")
            check(not os.path.exists(f"{scratch}/sink"), f"{variables}: a sink was made")


if __name__ == "__main__":
    sys.exit({"auto": auto, "schema": schema,
              "kubernetes": lambda: union("kubernetes", indexed, "postgres"),
              "parallel": lambda: union("parallel", parallel, "csv")}[sys.argv[1]]())
