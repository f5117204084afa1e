"""Certificates: one that nobody vouches for is refused in one line, `--ca-file` names who does, and
a name that is not the server's is refused all the same. Each line says which of these it was."""
import pathlib
import subprocess
import sys
import tempfile

from support import JOB, Etsim, check, environment, ettrack


def certificate(folder, name, *names):
    key, path = folder / f"{name}.key", folder / f"{name}.pem"
    done = subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", key, "-out", path,
         "-days", "2", "-subj", f"/CN={name}", "-addext", f"subjectAltName={','.join(names)}"],
        capture_output=True)
    check(done.returncode == 0, done.stderr.decode())
    return path, key


def refused(settings, text, *arguments):
    done = subprocess.run(["ettrack", "send", JOB, "--tries", "1", *arguments],
                          env=environment(settings), capture_output=True, timeout=60)
    said = done.stderr.decode()
    check(done.returncode == 1 and done.stdout == b"", f"exit code {done.returncode}: {said}")
    check(said.startswith("ettrack: no trusted connection to https://") and said.count("\n") == 1,
          said)
    check(text in said, f"'{text}' is not in: {said}")


def main(folder):
    good, key = certificate(folder, "loopback", "IP:127.0.0.1", "DNS:localhost")
    other, _ = certificate(folder, "other", "IP:127.0.0.1", "DNS:localhost")
    named, named_key = certificate(folder, "named", "DNS:service.example.com")
    with Etsim("--tls", good, key) as simulator:
        refused(simulator.settings, "self-signed certificate; if its")
        refused(simulator.settings, "name that with ca_file")
        refused(simulator.settings, "ca_file", "--ca-file", str(other))
        ettrack(simulator.settings, "send", JOB, "--ca-file", str(good))
        ettrack({**simulator.settings, "ETSOAP_CA_FILE": str(good)}, "links", JOB, "--jobs", "2")
        unreadable = ettrack(simulator.settings, "send", JOB, "--ca-file", str(folder / "none.pem"),
                             exit_code=1)
        check(unreadable == b"", "output in spite of an unreadable file")
    with Etsim("--tls", named, named_key) as simulator:
        refused(simulator.settings, "its certificate is for another host name; check the endpoint",
                "--ca-file", str(named))
    with Etsim() as simulator:
        plain = simulator.settings["ETSOAP_ENDPOINT"]
        refused(simulator.settings, "check that this port takes https",
                "--endpoint", plain.replace("http:", "https:"))


if subprocess.run(["sh", "-c", "command -v openssl"], capture_output=True).returncode:
    print("no openssl found: install openssl")
    sys.exit(77)
with tempfile.TemporaryDirectory(prefix="etsoap-tls-") as scratch:
    main(pathlib.Path(scratch))
