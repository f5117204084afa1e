"""Programs that the interop tests start, and the places they are found in."""

import json
import os
import shutil
import ssl
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "harness"))
from etsim import Etsim, Served  # noqa: E402, F401

HERE = Path(__file__).parent
USER, PASSWORD = "demo", "demo"
CLIENT_ID, CLIENT_SECRET = "demo", "demo"
SKIPPED = 77
WAIT = 60


def skip(why):
    print(f"skipped: {why}")
    sys.exit(SKIPPED)


def need(program, package):
    if not shutil.which(program):
        skip(f"{program} is not installed (Debian package {package})")


def node_folder(package):
    """The folder with node_modules; CMake names it."""
    need("node", "nodejs")
    folder = Path(os.environ["INTEROP_NODE"])
    if not (folder / "node_modules" / package / "package.json").exists():
        skip(f"npm package {package} is not installed; the test interop_npm installs it")
    return folder


def run(command, timeout=WAIT, **options):
    """Output of a program; ends the test when it fails."""
    done = subprocess.run(command, capture_output=True, timeout=timeout, **options)
    if done.returncode != 0:
        sys.exit(f"{command[0]} ended with {done.returncode}:\n{done.stderr.decode()}"
                 f"{done.stdout.decode()[-2000:]}")
    return done.stdout.decode("utf-8")


def said(command, timeout=WAIT, **options):
    """All that a program prints, whatever it ends with."""
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                          timeout=timeout, **options)
    return done.stdout.decode("utf-8")


def clean_environment(**more):
    """Ours, without what would change how a client reaches the server or reads a date."""
    kept = {k: v for k, v in os.environ.items()
            if not k.startswith("ETSOAP_") and not k.lower().endswith("_proxy")
            and k != "NODE_EXTRA_CA_CERTS"}
    return {**kept, "TZ": "UTC", **more}


class Ours:
    """ettrack and wire_probe against a server."""

    def __init__(self, url, cache=None, **settings):
        """`settings` as ETSOAP_ variables, in lower case; none: the user with the password."""
        if not settings:
            settings = {"username": USER, "password": PASSWORD}
        named = {f"ETSOAP_{name.upper()}": str(value) for name, value in settings.items()}
        self.environment = clean_environment(ETSOAP_ENDPOINT=url, **named)
        if cache:  # of tokens; never the user's own
            self.environment["XDG_CACHE_HOME"] = str(cache)

    def ettrack(self, *arguments):
        """Rows, as ettrack prints them."""
        command = [os.environ["ETTRACK"], *arguments, "--quiet", "--format", "json"]
        return json.loads(run(command, env=self.environment))

    def retrieve(self, query):
        return self.ettrack("retrieve", query["type"], "--properties",
                            ",".join(query["properties"]), "--where", query["where"])

    def complaint(self, query):
        """What ettrack says when it is refused."""
        done = subprocess.run(
            [os.environ["ETTRACK"], "retrieve", query["type"], "--properties", "ID",
             "--where", query["where"]],
            env=self.environment, capture_output=True, text=True, timeout=WAIT)
        if done.returncode != 1:
            sys.exit(f"ettrack ended with {done.returncode} where it is refused: {done.stderr}")
        return done.stderr

    def probe(self, *arguments):
        """Exit code and output lines of wire_probe."""
        done = subprocess.run([os.environ["WIRE_PROBE"], *arguments], env=self.environment,
                              capture_output=True, text=True, timeout=WAIT)
        return done.returncode, done.stdout.splitlines()


def token(base, ca_file):
    """A token of the demo client, and when it is good no more on the monotonic clock."""
    request = urllib.request.Request(
        f"{base}/v2/token", headers={"Content-Type": "application/json"},
        data=json.dumps({"grant_type": "client_credentials", "client_id": CLIENT_ID,
                         "client_secret": CLIENT_SECRET}).encode())
    context = ssl.create_default_context(cafile=ca_file)
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}),
                                         urllib.request.HTTPSHandler(context=context))
    with opener.open(request, timeout=WAIT) as answer:
        body = json.load(answer)
    return body["access_token"], time.monotonic() + body["expires_in"] + 0.2
