"""A user signs in: the address, the code, the state; tokens that renew themselves, once at a time
across processes; and the end of it. The browser is played by the test."""
import concurrent.futures
import json
import os
import pathlib
import re
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request

from support import Etsim, check, environment, ettrack


class NoWay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_):
        return None


def get(address):
    """Status, text and Location."""
    try:
        answer = urllib.request.build_opener(NoWay).open(address, timeout=30)
    except urllib.error.HTTPError as refusal:
        answer = refusal
    return answer.status, answer.read().decode(), answer.headers.get("Location")


def free_port():
    with socket.socket() as some:
        some.bind(("127.0.0.1", 0))
        return some.getsockname()[1]


class Login:
    """`ettrack login` under way; `address` is what a browser is to open."""

    def __init__(self, settings, *arguments):
        self.process = subprocess.Popen(
            ["ettrack", "login", "--no-browser", "--wait", "60", *arguments],
            env=environment(settings), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.PIPE, text=True)
        lines = [self.process.stderr.readline() for _ in range(3)]
        self.address = lines[2].strip()
        check(self.address.startswith("http"), f"{lines} {self.process.poll()}")

    def end(self, exit_code):
        said, problem = self.process.communicate(timeout=60)
        check(self.process.returncode == exit_code, f"{self.process.returncode}: {problem}")
        return said, problem


def files(folder):
    return list(pathlib.Path(folder).glob("*.json"))


def sign_in(settings, redirect):
    login = Login(settings)
    parts = urllib.parse.urlsplit(login.address)
    query = dict(urllib.parse.parse_qsl(parts.query))
    check(parts.path == "/v2/authorize" and query["response_type"] == "code"
          and query["client_id"] == "demo" and query["redirect_uri"] == redirect
          and len(query["state"]) == 64 and query["scope"] == "offline email_read", f"{query}")
    status, _, location = get(login.address)
    check(status == 302 and location.startswith(redirect) and query["state"] in location,
          f"{status} {location}")
    check(get(redirect + "favicon.ico")[0] == 404, "anything ends the wait")
    status, text, _ = get(location)
    check(status == 200 and "Signed in" in text, f"{status} {text}")
    said, problem = login.end(0)
    check("signed in" in said, f"{said} {problem}")
    return location


def by_a_browser(settings, folder):
    """It is opened with the address, and may run for as long as it likes."""
    opener, opened = pathlib.Path(folder, "xdg-open"), pathlib.Path(folder, "opened")
    opener.write_text(f'#!/bin/sh\necho "$1" > {opened}\nexec sleep 20\n')
    opener.chmod(0o700)
    process = subprocess.Popen(
        ["ettrack", "login"], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=environment(settings, PATH=f"{folder}:{os.environ['PATH']}"))
    deadline = time.monotonic() + 30
    while not (opened.exists() and opened.read_text().endswith("\n")):
        check(time.monotonic() < deadline, "no browser was opened")
        time.sleep(0.05)
    begin = time.monotonic()
    check(get(get(opened.read_text().strip())[2])[0] == 200, "not signed in")
    check(process.wait(15) == 0 and time.monotonic() - begin < 15, "it waits for the browser")


def refused(settings, redirect, used):
    """Another sign-in's answer, a used code, a refusal of the user's."""
    login = Login(settings)
    for query in (urllib.parse.urlsplit(used).query, "code=abc&state=" + 64 * "0", "code=abc",
                  "error=access_denied"):
        status, text, _ = get(f"{redirect}?{query}")
        check(status == 403 and "another sign-in" in text, f"{status} {text}")
    check(get(get(login.address)[2])[0] == 200, "a foreign answer ends the sign-in")
    login.end(0)
    for query, word in (("error=access_denied&error_description=No%20way", "access_denied, No way"),
                        ("code=code-of-nobody", "sign in again"), ("x=1", "brought no code")):
        login = Login(settings)
        state = dict(urllib.parse.parse_qsl(login.address))["state"]
        status = get(f"{redirect}?{query}&state={state}")[0]
        check(status == 403, "the browser is told that it went well")
        problem = login.end(1)[1]
        check(word in problem and "code-of-nobody" not in problem, f"{problem}")
        check("client id and secret" not in problem, problem)


def token_requests(log):
    return sum('"token"' in line for line in log.read_text().splitlines())


def expire(cache):
    """What is kept, as it is some time after the tokens were good; the refresh tokens."""
    refresh = []
    for file in files(cache):
        kept = json.loads(file.read_text())
        kept["issued"], kept["expires"] = int(time.time()) - 2000, int(time.time()) - 800
        file.write_text(json.dumps(kept))
        refresh.append(kept["refresh_token"])
    return refresh


def renewed(settings, cache, log):
    """Of many processes that find the token expired one asks for the next, though the answer takes
    its time, and the others wait for what it gets: a refresh token is good once."""
    def one(_):
        return subprocess.run(["ettrack", "send", "12043295", "--properties", "ID"],
                              env=environment(settings), capture_output=True, timeout=120)
    for again in range(2):
        before, old = token_requests(log), expire(cache)
        with concurrent.futures.ThreadPoolExecutor(8) as pool:
            done = list(pool.map(one, range(8)))
        check(all(one.returncode == 0 for one in done), f"{[one.stderr for one in done]}")
        asked, found = token_requests(log) - before, json.loads(files(cache)[0].read_text())
        check(asked == 1, f"{asked} requests for tokens, round {again}")
        check([found["refresh_token"]] != old, "the refresh token is the old one")
    check(files(cache)[0].stat().st_mode & 0o777 == 0o600, "the cache is open to others")
    for secret in (found["refresh_token"], found["access_token"]):
        check(secret not in log.read_text(), "a token in the log")


with tempfile.TemporaryDirectory() as folder:
    log = pathlib.Path(folder, "log")
    slow = [word for call in (2, 3) for word in ("--fault", f"token,call={call}:delay=2000")]
    with Etsim(*slow, "--log", str(log)) as simulator:
        redirect = f"http://127.0.0.1:{free_port()}/"
        cache = pathlib.Path(folder, "etsoap")
        public = {"ETSOAP_CLIENT_ID": "demo", "ETSOAP_REDIRECT_URI": redirect,
                  "ETSOAP_AUTH_URL": simulator.endpoint.removesuffix("Service.asmx"),
                  "ETSOAP_SCOPE": "offline email_read", "XDG_CACHE_HOME": folder}
        ettrack(public, "whoami", exit_code=1)  # nobody is signed in
        used = sign_in(public, redirect)
        check(len(files(cache)) == 1, "nothing is kept")
        ettrack(public, "whoami")
        renewed(public, cache, log)
        refused(public, redirect, used)
        ettrack(public, "whoami")  # a sign-in that failed ends none
        said = ettrack(public, "logout")
        check(said.startswith(b"signed out"), f"{said}")
        check(files(cache) == [], "the tokens are still there")
        ettrack(public, "whoami", exit_code=1)
        ettrack(public, "logout")

        by_a_browser(public, folder)
        ettrack(public, "whoami")

        web = {**public, "ETSOAP_CLIENT_SECRET": "demo"}
        sign_in(web, redirect)
        ettrack(web, "whoami")
        expire(cache)  # so the client has to prove itself
        run = subprocess.run(["ettrack", "whoami"], timeout=60, capture_output=True, text=True,
                             env=environment({**web, "ETSOAP_CLIENT_SECRET": "wrong"}))
        check(run.returncode == 1 and "client id and secret, or sign in again" in run.stderr,
              f"{run}")
        ettrack({**web, "ETSOAP_CLIENT_SECRET": "wrong"}, "logout")

        ettrack({**public, "ETSOAP_REDIRECT_URI": "https://example.com/"}, "login", exit_code=2)
        for command in ("login", "logout"):
            done = subprocess.run(["ettrack", command], timeout=60, capture_output=True, text=True,
                                  env=environment({**simulator.settings, "XDG_CACHE_HOME": folder}))
            check(done.returncode == 2 and "client_id, auth_url and redirect_uri" in done.stderr
                  and "ets_" not in done.stderr, f"{done}")
