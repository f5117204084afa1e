"""whoami, by a user and by a client; profiles of a settings file; what beats what."""
import json
import pathlib
import tempfile
import urllib.request

from support import Etsim, check, ettrack, rows


def whoami(settings, *arguments):
    return [(row["What"], row["Value"]) for row in rows(settings, "whoami", *arguments)]


def token_of(origin):
    request = urllib.request.Request(
        origin + "v2/token", json.dumps({"grant_type": "client_credentials", "client_id": "demo",
                                         "client_secret": "demo"}).encode(),
        {"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=30) as answer:
        return json.load(answer)["access_token"]


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

    # closed to others, whatever is in it
    config.write_text(f"endpoint = {endpoint}\n")
    config.chmod(0o640)
    ettrack(simulator.settings | own, "whoami", exit_code=2)
    config.chmod(0o600)
    ettrack(simulator.settings | own, "whoami")
