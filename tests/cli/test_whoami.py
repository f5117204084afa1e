"""whoami, by a user and by a client; which tenant or stack; profiles of a settings file; what beats
what."""
import json
import pathlib
import subprocess
import sys
import tempfile
import urllib.request

from support import Etsim, check, environment, ettrack, rows

import certificates
from proxy import Proxy


def whoami(settings, *arguments):
    return [(row["What"], row["Value"]) for row in rows(settings, "whoami", *arguments)]


def token_of(origin):
    request = urllib.request.Request(
        origin + "v2/token", json.dumps({"grant_type": "client_credentials", "client_id": "demo",
                                         "client_secret": "demo"}).encode(),
        {"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=30) as answer:
        return json.load(answer)["access_token"]


HOSTS = {"mc563885gzs27c5t9-63k636ttgm.soap.marketingcloudapis.com": {
             "tenant": "mc563885gzs27c5t9-63k636ttgm",
             "stack": "not available: the address of a tenant does not tell it"},
         "webservice.s7.exacttarget.com": {"stack": "S7"},
         "webservice.exacttarget.com": {
             "stack": "not available: webservice.exacttarget.com names none"},
         "x.s9.example.com": {"stack": "not available: x.s9.example.com names none"}}


def hosts(folder):
    """What the address says, and what it does not: by a proxy that leads every host to etsim."""
    authority = certificates.Authority(pathlib.Path(folder, "authority"))
    names = ",".join(f"DNS:{host}" for host in HOSTS)
    leaf = authority.sign("leaf", [f"subjectAltName={names}"])
    with Etsim("--tls", str(leaf), str(authority.key)) as simulator:
        with Proxy(int(simulator.endpoint.split(":")[2].split("/")[0])) as proxy:
            for host, told in HOSTS.items():
                found = dict(whoami({
                    **simulator.settings, "ETSOAP_ENDPOINT": f"https://{host}/Service.asmx",
                    "ETSOAP_CA_FILE": str(authority.root),
                    "ETSOAP_PROXY": f"http://127.0.0.1:{proxy.port}"}))
                check({name: found.get(name) for name in ("tenant", "stack")}
                      == {"tenant": None, **told}, f"{host}: {found}")


def profiles_only(own, config):
    """Who chose none is told which there are."""
    config.write_text("[test]\nusername = demo\npassword = demo\n[live]\nclient_id = demo\n")
    config.chmod(0o600)
    for more, what in (({}, "endpoint"), ({"ETSOAP_ENDPOINT": endpoint}, "credentials")):
        done = subprocess.run(["ettrack", "whoami"], env=environment({**own, **more}),
                              capture_output=True, timeout=60)
        check(done.returncode == 2 and done.stderr.decode() ==
              f"ettrack: no {what}: the config file has the profiles test, live; choose one with "
              "--profile or ETSOAP_PROFILE\n", f"{done}")


if not certificates.available():
    print("no openssl found: install openssl")
    sys.exit(77)
with Etsim() as simulator, tempfile.TemporaryDirectory() as folder:
    endpoint = simulator.endpoint
    origin = endpoint.removesuffix("Service.asmx")
    own = {"XDG_CONFIG_HOME": folder, "XDG_CACHE_HOME": str(pathlib.Path(folder, "cache"))}
    config = pathlib.Path(folder, "etsoap", "config")
    config.parent.mkdir()
    config.write_text(f"endpoint = {endpoint}\nauth_url = {origin}\n"
                      "[user]\nusername = demo\npassword = demo\n"
                      "[client]\nclient_id = demo\nclient_secret = demo\n"
                      "[unit]\nclient_id = demo\nclient_secret = demo\naccount_id = 10002\n")
    config.chmod(0o600)

    user = whoami(own, "--profile", "user")
    check(("endpoint", endpoint) in user and ("account", "10001, Example Company") in user
          and ("user", "demo, Demo User, demo@example.com") in user, f"{user}")
    check(("business unit", "10003, Example France") in user, f"{user}")
    check("token good until" not in dict(user), f"{user}")
    client = whoami({**own, "ETSOAP_PROFILE": "client"})
    check(dict(client)["client"] == "demo" and "token good until" in dict(client), f"{client}")
    check("SOAP does not tell the user of a token" in dict(client)["user"], f"{client}")
    unit = whoami(own, "--profile", "unit")
    check(dict(unit)["account"] == "10002, Example Österreich", f"{unit}")

    # a token that beats a name that is set as well
    both = dict(whoami({**simulator.settings, "ETSOAP_ACCESS_TOKEN": token_of(origin)}))
    check("does not tell" in both["user"] and "client" not in both, f"{both}")

    # a profile on the command line beats the environment, one in the environment does not
    wrong = {**own, "ETSOAP_USERNAME": "nobody", "ETSOAP_PASSWORD": "wrong"}
    check(whoami(wrong, "--profile", "user") == user, "the environment beats --profile")
    ettrack({**wrong, "ETSOAP_PROFILE": "user"}, "whoami", exit_code=1)
    ettrack(own, "whoami", "--profile", "usr", exit_code=2)
    ettrack(own, "whoami", exit_code=2)

    profiles_only(own, config)
    hosts(folder)

    # closed to others, whatever is in it
    config.write_text(f"endpoint = {endpoint}\n")
    config.chmod(0o640)
    ettrack(simulator.settings | own, "whoami", exit_code=2)
    config.chmod(0o600)
    ettrack(simulator.settings | own, "whoami")
