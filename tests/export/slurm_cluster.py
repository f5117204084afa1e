"""A Slurm of the test's own: one node on loopback, four cores whatever the machine has.

    with Slurm(folder) as slurm:
        slurm.array("0-3", script, *arguments)
"""
import os
import pathlib
import shutil
import socket
import subprocess
import time

SECONDS = 240  # as long as a daemon may live when nobody ends it
PROGRAMS = ("munged", "slurmctld", "slurmd", "sbatch")
CONFIGURATION = """\
ClusterName=etsoap
SlurmctldHost={host}(127.0.0.1)
SlurmUser=root
SlurmdUser=root
AuthType=auth/munge
AuthInfo=socket={folder}/munge.sock
StateSaveLocation={folder}/state
SlurmdSpoolDir={folder}/spool
SlurmctldPidFile={folder}/slurmctld.pid
SlurmdPidFile={folder}/slurmd.pid
SlurmctldLogFile={folder}/slurmctld.log
SlurmdLogFile={folder}/slurmd.log
SlurmctldPort={ports[0]}
SlurmdPort={ports[1]}
SlurmdParameters=config_overrides
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
MpiDefault=none
ReturnToService=2
NodeName={host} NodeAddr=127.0.0.1 CPUs=4 RealMemory=1024 State=UNKNOWN
PartitionName=main Nodes={host} Default=YES MaxTime=INFINITE State=UP
"""


def missing():
    """Why there can be none; empty when there can."""
    if os.geteuid() != 0:
        return "a Slurm of the test's own needs root"
    without = [name for name in PROGRAMS if not shutil.which(name, path=search_path())]
    if without:
        return f"there is no {without[0]}: install slurmctld slurmd slurm-client munge"
    return ""


def search_path():
    return os.environ["PATH"] + ":/usr/sbin:/sbin"


def free_ports(count):
    sockets = [socket.socket() for _ in range(count)]
    for each in sockets:
        each.bind(("127.0.0.1", 0))
    ports = [each.getsockname()[1] for each in sockets]
    for each in sockets:
        each.close()
    return ports


class Slurm:
    def __init__(self, folder):
        """`folder` is empty and has a short path, as sockets are in it."""
        self.folder, self.daemons = pathlib.Path(folder), []
        self.environment = {**os.environ, "PATH": search_path(),
                            "SLURM_CONF": str(self.folder / "slurm.conf")}

    def __enter__(self):
        try:
            self.start()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(self, *_):
        self.stop()

    def start(self):
        host = socket.gethostname().split(".")[0]
        os.chmod(self.folder, 0o755)  # munged asks for nothing that others may write
        for name in ("state", "spool"):
            (self.folder / name).mkdir()
        key = self.folder / "munge.key"
        key.write_bytes(os.urandom(1024))
        key.chmod(0o400)
        (self.folder / "slurm.conf").write_text(CONFIGURATION.format(
            host=host, folder=self.folder, ports=free_ports(2)))
        self.daemon("munged", "--foreground", "--force", f"--key-file={key}", *(
            f"--{name}-file={self.folder}/munged.{name}" for name in ("pid", "log", "seed")),
            f"--socket={self.folder}/munge.sock")
        self.until((self.folder / "munge.sock").exists)
        self.daemon("slurmctld", "-D")
        self.daemon("slurmd", "-D")
        self.until(lambda: self.ask("sinfo", "-h", "-o", "%t").strip() == "idle")

    def daemon(self, name, *options):
        """Ends after SECONDS when this process cannot end it."""
        with open(self.folder / f"{name}.said", "wb") as said:
            self.daemons.append(subprocess.Popen(
                ["timeout", "--kill-after=10", str(SECONDS), name, *options], stdout=said,
                stderr=said, stdin=subprocess.DEVNULL, env=self.environment))

    def ask(self, *command):
        return subprocess.run(command, env=self.environment, capture_output=True, text=True,
                              stdin=subprocess.DEVNULL, timeout=60).stdout

    def until(self, true):
        deadline = time.monotonic() + 60
        while not true():
            ended = [each.args[3] for each in self.daemons if each.poll() is not None]
            if ended or time.monotonic() > deadline:
                raise RuntimeError(f"Slurm did not start, {ended} ended: {self.said()}")
            time.sleep(0.1)

    def said(self):
        return "\n".join(f"{path.name}: {path.read_text(errors='replace')[-1500:]}"
                         for pattern in ("*.said", "*.log")
                         for path in sorted(self.folder.glob(pattern)))

    def array(self, tasks, script, *arguments, environment, seconds=SECONDS // 2):
        """What each task said, once all have ended; the exit code is that of the worst."""
        output = self.folder / f"tasks-{tasks}"
        output.mkdir()
        done = subprocess.run(
            ["sbatch", "--wait", "--time=4", f"--array={tasks}", f"--output={output}/%a",
             f"--chdir={output}", script, *arguments],
            env={**environment, "PATH": search_path(),
                 "SLURM_CONF": self.environment["SLURM_CONF"]},
            capture_output=True, text=True, stdin=subprocess.DEVNULL, timeout=seconds)
        return done.returncode, {path.name: path.read_text() for path in output.iterdir()} or {
            "sbatch": done.stderr}

    def stop(self):
        if len(self.daemons) > 2:
            self.ask("scancel", "--full", "--user=root")
            deadline = time.monotonic() + 20
            while self.ask("squeue", "-h").strip() and time.monotonic() < deadline:
                time.sleep(0.1)
        for each in reversed(self.daemons):
            each.terminate()
            each.wait(30)
        self.daemons = []
