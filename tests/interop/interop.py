"""A client nobody here wrote against etsim: interop.py CLIENT, one of

    php  zeep-text  zeep-digest  node-soap-text  node-soap-digest  sfmc-sdk  soap-lite  suds
    fuel-soap  gsoap-cpp  axis  kdsoap

The client's program in clients/ goes through scenario.json and prints what it saw as JSON; ettrack
and wire_probe go through the same, and every value has to agree. ETSIM, ETTRACK, WIRE_PROBE and
INTEROP_NODE, the folder with node_modules, come from the environment.
"""

import json
import re
import subprocess
import sys
import tempfile
import time
import urllib.parse
from pathlib import Path

import axis
import front
import gsoap
import kdsoap
import programs
from compare import as_fuel_soap, as_gsoap, as_sfmc_sdk, as_text, differences, strict
from programs import CLIENT_ID, CLIENT_SECRET, HERE, Etsim, Ours, clean_environment, run

SCENARIO = HERE / "scenario.json"
PYTHON = "/usr/bin/python3"  # the one that Debian's python3-zeep is for
ITEM = re.compile(r"(\d+) (\w+) sent code (-?\d+) id (\d+): (.*)")


class Checks:
    def __init__(self):
        self.made = 0
        self.failed = 0

    def that(self, good, text):
        self.made += 1
        if not good:
            self.failed += 1
            if self.failed <= 40:
                print(f"  {text}")

    def same(self, mine, other, what):
        self.that(mine == other, f"{what}: ours {mine!r}, the client {other!r}")

    def rows(self, what, query, answer, expected, reading):
        """Every row and field; pages as asked for."""
        if "fault" in answer:
            self.that(False, f"{what}: {answer['fault']}")
            return
        pages = answer["pages"]
        rows = [row for page in pages for row in page]
        found = list(differences(expected, rows, reading))
        self.made += sum(len(row) for row in expected)
        for text in found:
            self.that(False, f"{what}: {text}")
        self.same("OK", answer["status"], f"{what}, last status")
        if "batch" in query:
            self.same({query["batch"]}, {len(page) for page in pages[:-1]}, f"{what}, page sizes")
        self.that(len(pages) >= query.get("least_pages", 1), f"{what}: {len(pages)} pages only")
        self.that(len(rows) >= query.get("least_rows", 1), f"{what}: {len(rows)} rows only")
        print(f"  {what}: {len(rows)} rows, {len(pages)} pages, "
              f"{sum(len(row) for row in expected)} values, {len(found)} different")

    def created(self, what, answer, expected):
        """Results of a Create, item by item, against those of wire_probe."""
        if "fault" in answer:
            self.that(False, f"create: {answer['fault']}")
            return
        results = answer["Results"]
        self.same(what["statuses"], [item["StatusCode"] for item in results], "create, statuses")
        self.same(len(expected), len(results), "create, number of results")
        self.same("Has Errors", answer["OverallStatus"], "create, OverallStatus")
        for number, (line, item) in enumerate(zip(expected, results)):
            index, status, code, new_id, message = ITEM.fullmatch(line).groups()
            place = f"create, item {number}"
            self.same(int(index), item["OrdinalID"], f"{place}, OrdinalID")
            self.same(status == "OK", item["StatusCode"] == "OK", f"{place}, StatusCode")
            self.same(int(code), item.get("ErrorCode") or 0, f"{place}, ErrorCode")
            self.same(int(new_id), item.get("NewID") or 0, f"{place}, NewID")
            self.same(message, item["StatusMessage"], f"{place}, StatusMessage")
        print(f"  create: {[(i['StatusCode'], i['StatusMessage']) for i in results]}")

    def stored(self, what, ours):
        """The good item arrived as it was meant; the bad one did not."""
        query = {"type": what["type"], "properties": list(what["objects"][0])}
        for given, status in zip(what["objects"], what["statuses"]):
            where = f"SubscriberKey = '{given['SubscriberKey']}'"
            rows = ours.retrieve({**query, "where": where})
            values = [{name: row[name] for name in given} for row in rows]
            self.same([given] if status == "OK" else [], values, "create, what is stored")

    def fault(self, name, answer, code, complaint):
        """A fault of that code; its text is what ettrack complains about."""
        fault = answer.get("fault")
        if not fault:
            self.that(False, f"{name}: not refused: {str(answer)[:200]}")
            return
        self.same(code, str(fault["code"]).rsplit(":", 1)[-1], f"{name}, code")
        text = str(fault["text"] or "nothing").rstrip(".")  # ours goes on behind it
        self.that(text in complaint,
                  f"{name}: the client {fault['text']!r}, ettrack {complaint!r}")
        print(f"  {name}: {fault['code']} {fault['text']!r}")


def create_arguments(what):
    for number, members in enumerate(what["objects"]):
        yield from ["/"] if number else []
        yield what["type"]
        yield from (f"{name}={value}" for name, value in members.items())


def probe_create(scenario):
    """What our client is answered to the same Create, by an etsim of its own."""
    with Etsim() as server:
        code, lines = Ours(server.endpoint).probe("create", *create_arguments(scenario["create"]))
    if code != 1:
        sys.exit(f"wire_probe ended with {code} where one item is refused: {lines}")
    return [line for line in lines if ITEM.fullmatch(line)]


def check_common(checks, scenario, seen, ours, reading=strict):
    print(f"{seen['client']}:")
    for name in ("send", "window", "nested"):
        checks.rows(name, scenario[name], seen[name], ours.retrieve(scenario[name]), reading)
    checks.created(scenario["create"], seen["create"], probe_create(scenario))
    checks.stored(scenario["create"], ours)


def over_username_token(scenario, command, cwd=None, reading=strict, read=json.loads,
                        **variables):
    """Through a program with user and password; `command` is its words, or makes them."""
    checks = Checks()
    with Etsim(seconds=900) as server:  # of which some clients are made first
        environment = clean_environment(INTEROP_USER=programs.USER,
                                        INTEROP_PASSWORD=programs.PASSWORD, **variables)
        wsdl = f"{server.base}/etframework.wsdl"
        words = command(wsdl) if callable(command) else command
        words = [part.format(scenario=SCENARIO, wsdl=wsdl, endpoint=server.endpoint)
                 for part in words]
        seen = read(run(words, env=environment, cwd=cwd))
        check_common(checks, scenario, seen, Ours(server.endpoint), reading)
        stranger = Ours(server.endpoint, username=programs.USER,
                        password=scenario["wrong_password"])
        checks.fault("refused", seen["refused"], "Security", stranger.complaint(scenario["send"]))
    return checks


def php(scenario):
    programs.need("php", "php-cli")
    if "soap" not in run(["php", "-m"]).split():
        programs.skip("PHP's soap extension is not installed (Debian package php-soap)")
    return over_username_token(scenario, ["php", HERE.as_posix() + "/clients/php_soap.php",
                                          "{scenario}", "{wsdl}"])


def zeep(scenario, kind):
    if subprocess.run([PYTHON, "-c", "import zeep"], capture_output=True).returncode != 0:
        programs.skip("zeep is not installed (Debian package python3-zeep)")
    return over_username_token(scenario, [PYTHON, "-B", f"{HERE}/clients/zeep_client.py",
                                          "{scenario}", "{wsdl}", kind])


def node_soap(scenario, kind):
    folder = programs.node_folder("soap")
    return over_username_token(scenario, ["node", f"{HERE}/clients/node_soap.mjs", "{scenario}",
                                          "{wsdl}", kind], folder)


def soap_lite(scenario):
    programs.need("perl", "perl")
    if subprocess.run(["perl", "-MSOAP::Lite", "-e1"], capture_output=True).returncode != 0:
        programs.skip("SOAP::Lite is not installed (Debian package libsoap-lite-perl)")
    return over_username_token(scenario, ["perl", f"{HERE}/clients/soap_lite.pl", "{scenario}",
                                          "{endpoint}"], reading=as_text)


def suds(scenario):
    if subprocess.run([PYTHON, "-c", "import suds"], capture_output=True).returncode != 0:
        programs.skip("suds is not installed (Debian package python3-suds)")
    return over_username_token(scenario, [PYTHON, "-B", f"{HERE}/clients/suds_client.py",
                                          "{scenario}", "{wsdl}"])


def sfmc_sdk_through_proxy(checks, server, certificate, folder):
    with front.proxy(urllib.parse.urlsplit(server.endpoint).port) as proxy:
        environment = clean_environment(
            HTTPS_PROXY=f"http://127.0.0.1:{proxy.port}", NODE_EXTRA_CA_CERTS=str(certificate),
            INTEROP_CLIENT_ID=CLIENT_ID, INTEROP_CLIENT_SECRET=CLIENT_SECRET)
        command = ["node", f"{HERE}/clients/sfmc_sdk.mjs", SCENARIO, front.AUTH_URL]
        seen = json.loads(run(command, env=environment, cwd=folder))
        checks.that(bool(proxy.asked), "nothing came through the proxy")
    return seen


def sfmc_sdk(scenario):
    folder = programs.node_folder("sfmc-sdk")
    programs.need("openssl", "openssl")
    checks = Checks()
    with tempfile.TemporaryDirectory(prefix="interop-") as temporary:
        certificate, key = front.certificate(Path(temporary))
        with Etsim("--tls", certificate, key, "--token-lifetime", "3") as server:
            token, expires = programs.token(server.base, certificate)
            seen = sfmc_sdk_through_proxy(checks, server, certificate, folder)

            def ours(cache, **settings):
                return Ours(server.endpoint, cache=Path(temporary) / cache, ca_file=certificate,
                            **settings)

            client = {"auth_url": f"{server.base}/", "client_id": CLIENT_ID}
            main_client = ours("tokens", **client, client_secret=CLIENT_SECRET)
            check_common(checks, scenario, seen, main_client, as_sfmc_sdk)
            checks.rows("renewed", scenario["send"], seen["renewed"],
                        main_client.retrieve(scenario["send"]), as_sfmc_sdk)
            time.sleep(max(0, expires - time.monotonic()))
            checks.fault("expired", seen["expired"], "Security",
                         ours("none", access_token=token).complaint(scenario["send"]))
            stranger = ours("stranger", **client, client_secret=scenario["wrong_password"])
            checks.fault("refused", seen["refused"], "invalid_client",
                         stranger.complaint(scenario["send"]))
    return checks


def fuel_soap(scenario):
    """It says no BatchSize, so etsim's pages are that long; a token that is refused as expired is
    asked for again, once."""
    folder = programs.node_folder("fuel-soap")
    checks = Checks()
    with tempfile.TemporaryDirectory(prefix="interop-") as temporary, \
            Etsim("--page-size", scenario["window"]["batch"],
                  "--fault", "Retrieve,times=1:token-expired") as server:
        token_url = f"{server.base}/v2/token"
        environment = clean_environment(INTEROP_CLIENT_ID=CLIENT_ID,
                                        INTEROP_CLIENT_SECRET=CLIENT_SECRET)
        command = ["node", f"{HERE}/clients/fuel_soap.mjs", SCENARIO, token_url, server.endpoint]
        seen = json.loads(run(command, env=environment, cwd=folder))

        def ours(cache, secret):
            return Ours(server.endpoint, cache=Path(temporary) / cache, auth_url=f"{server.base}/",
                        client_id=CLIENT_ID, client_secret=secret)

        client = ours("tokens", CLIENT_SECRET)
        check_common(checks, scenario, seen, client, as_fuel_soap)
        checks.rows("renewed", scenario["send"], seen["renewed"],
                    client.retrieve(scenario["send"]), as_fuel_soap)
        stranger = ours("stranger", scenario["wrong_password"])
        checks.fault("refused", seen["refused"], "invalid_client",
                     stranger.complaint(scenario["send"]))
    return checks


def gsoap_cpp(scenario):
    with tempfile.TemporaryDirectory(prefix="interop-") as folder:
        def command(wsdl):
            return [str(gsoap.build(Path(folder), wsdl)), "{scenario}", "{endpoint}"]

        return over_username_token(scenario, command, reading=as_gsoap, read=gsoap.read,
                                   TZ=gsoap.ZONE)


def axis_client(scenario):
    with tempfile.TemporaryDirectory(prefix="interop-") as folder:
        def command(wsdl):
            return [*axis.build(Path(folder), wsdl), "{scenario}", "{endpoint}"]

        return over_username_token(scenario, command)


def kdsoap_client(scenario):
    with tempfile.TemporaryDirectory(prefix="interop-") as folder:
        def command(_):
            return [str(kdsoap.build(Path(folder))), "{scenario}", "{endpoint}"]

        return over_username_token(scenario, command, reading=as_text)


CLIENTS = {
    "php": php,
    "zeep-text": lambda scenario: zeep(scenario, "text"),
    "zeep-digest": lambda scenario: zeep(scenario, "digest"),
    "node-soap-text": lambda scenario: node_soap(scenario, "text"),
    "node-soap-digest": lambda scenario: node_soap(scenario, "digest"),
    "sfmc-sdk": sfmc_sdk,
    "soap-lite": soap_lite,
    "suds": suds,
    "fuel-soap": fuel_soap,
    "gsoap-cpp": gsoap_cpp,
    "axis": axis_client,
    "kdsoap": kdsoap_client,
}


def main():
    if len(sys.argv) != 2 or sys.argv[1] not in CLIENTS:
        sys.exit(f"usage: interop.py {'|'.join(CLIENTS)}")
    scenario = json.loads(SCENARIO.read_text(encoding="utf-8"))
    checks = CLIENTS[sys.argv[1]](scenario)
    print(f"{checks.made} checks, {checks.failed} failed")
    sys.exit(1 if checks.failed else 0)


main()
