"""The steps of scenario.json, for the clients in Python."""

import json
import os
import sys


def main(name, path, attempt, caller):
    """Goes through the scenario at `path` and prints JSON. `caller(user, password)` makes who
    calls, attempt(call, argument) is what the call answers, or its fault."""
    with open(path, encoding="utf-8") as file:
        scenario = json.load(file)
    user = os.environ["INTEROP_USER"]
    known = caller(user, os.environ["INTEROP_PASSWORD"])
    stranger = caller(user, scenario["wrong_password"])
    seen = {"client": name}
    for step in ("send", "window", "nested"):
        seen[step] = attempt(known.retrieve, scenario[step])
    seen["create"] = attempt(known.create, scenario["create"])
    seen["refused"] = attempt(stranger.retrieve, scenario["send"])
    json.dump(seen, sys.stdout, default=lambda date: date.isoformat())
