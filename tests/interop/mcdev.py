"""mcdev, the command-line tool that users keep an account in git with, against etsim: it lists the
business units and retrieves what it asks for by SOAP into files. Every value of every file is held
against what ettrack reads; mcdev.json says which property each comes from. What it asks for by REST
etsim does not serve, and it says so by 404: the paths are listed here."""

import json
import sys
import tempfile
import urllib.parse
from pathlib import Path

import front
import programs
from compare import as_sfmc_sdk, flatten
from programs import CLIENT_ID, CLIENT_SECRET, HERE, Etsim, Ours, clean_environment, run

ACCOUNT, UNIT = 10001, "_ParentBU_"
REST = {"/asset/v1/content/assets/query", "/legacy/v1/beta/messaging/deliverypolicy/",
        "/messaging/v1/domainverification/", "/platform/v1/setup/quickflow/data"}
TYPES = json.loads((HERE / "mcdev.json").read_text(encoding="utf-8"))
LEAST = {"folder": 37, "list": 8, "email": 8, "emailSend": 8, "triggeredSend": 3,
         "dataExtension": 2, "contentArea": 2, "role": 2}


class Checks:
    def __init__(self):
        self.made = self.failed = 0

    def same(self, ours, theirs, what):
        self.made += 1
        if ours != theirs:
            self.failed += 1
            print(f"  {what}: ours {ours!r}, mcdev {theirs!r}")


def reading(value):
    """As sfmc-sdk reads it: it leaves the references of control characters as they are."""
    if isinstance(value, str):
        value = value.replace("\r", "&#13;")
    value = as_sfmc_sdk(value)
    return None if value == "" else value


def set_up(folder, certificate, port):
    """A project as `mcdev init` makes it, and the environment for it."""
    package = Path("node_modules/mcdev")
    home = programs.node_folder("mcdev") / package
    config = json.loads((home / "boilerplate/config.json").read_text(encoding="utf-8"))
    config["credentials"] = {"etsim": {"eid": ACCOUNT, "businessUnits": {UNIT: ACCOUNT}}}
    config["version"] = json.loads((home / "package.json").read_text(encoding="utf-8"))["version"]
    (folder / ".mcdevrc.json").write_text(json.dumps(config), encoding="utf-8")
    (folder / ".mcdev-auth.json").write_text(json.dumps({"etsim": {
        "client_id": CLIENT_ID, "client_secret": CLIENT_SECRET, "auth_url": front.AUTH_URL,
        "account_id": ACCOUNT}}), encoding="utf-8")
    environment = clean_environment(
        HTTPS_PROXY=f"http://127.0.0.1:{port}", NODE_EXTRA_CA_CERTS=str(certificate),
        HOME=str(folder), XDG_CONFIG_HOME=str(folder / "config"), NO_UPDATE_NOTIFIER="1")
    return ["node", str(home / "lib/cli.js")], environment


class Account:
    """What ettrack reads of it, and how mcdev names one object in another."""

    def __init__(self, ours):
        self.ours = ours
        folders = self.rows("DataFolder", ["ID", "Name", "ContentType", "ParentFolder.ID"])
        self.folders = {str(row["ID"]): row for row in folders}
        self.emails = {str(row["ID"]): row["Name"] for row in self.rows("Email", ["ID", "Name"])}
        self.lists = {str(row["ID"]): row for row in
                      self.rows("List", ["ID", "ListName", "Category"])}

    def rows(self, kind, properties, *more):
        return self.ours.ettrack("retrieve", kind, "--properties", ",".join(properties), *more)

    def path(self, folder):
        row = self.folders[str(folder)]
        parent = str(row.get("ParentFolder.ID"))
        return (f"{self.path(parent)}/" if parent in self.folders else "") + row["Name"]

    def list_path(self, number):
        row = self.lists[str(number)]
        return f"{self.path(row['Category'])}/{row['ListName']}"

    def made(self, how, value):
        """What mcdev makes of a property's value."""
        if value in (None, ""):
            return None
        return {"same": str, "folder": self.path, "list": self.list_path, "template": str,
                "content type": lambda folder: self.folders[str(folder)]["ContentType"],
                "email": lambda number: self.emails[str(number)],
                "sendable": lambda name: name.lstrip("_").replace("SubscriberKey",
                                                                  "Subscriber Key"),
                "classification": {"Marketing": "Commercial"}.get,
                "nothing": lambda _: None}[how](value)


def check_parts(checks, account, name, key, parts):
    """What an object holds several of."""
    if name == "dataExtension":
        names = ["Name", "MaxLength", "IsRequired", "IsPrimaryKey", "FieldType"]
        rows = account.rows("DataExtensionField", [*names, "Ordinal"], "--where",
                            f"DataExtension.CustomerKey = '{key}'")
        rows.sort(key=lambda row: int(row["Ordinal"]))
        ours = [{k: reading(row[k]) for k in names if row.get(k) not in (None, "")} for row in rows]
        checks.same(ours, [{k: reading(v) for k, v in part.items()} for part in parts],
                    f"{name} {key}, Fields")
    elif name == "emailSend":
        row, = account.rows("EmailSendDefinition", ["SendDefinitionList"], "--where",
                            f"CustomerKey = '{key}'")
        lists = row["SendDefinitionList"]
        lists = lists if isinstance(lists, list) else [lists]
        ours = [{"SendDefinitionListType": one["SendDefinitionListType"],
                 "Name": reading(one["Name"]),
                 "r__list_PathName": reading(account.list_path(one["List"]["ID"]))}
                for one in lists]
        checks.same(ours, parts, f"{name} {key}, SendDefinitionList")
    else:  # mcdev keeps none of what is in an email's areas
        checks.same(2, len(parts), f"{name} {key}, ContentAreas")


def check_type(checks, account, name, folder):
    what = TYPES[name]
    made = what.get("made", {})
    asked = dict.fromkeys([*what["properties"], *(source for source, _ in made.values())])
    html = what.get("html")
    rows = account.rows(what["type"], [*asked, *([html] if html else [])])
    files = {}
    for path in folder.rglob("*-meta.json"):
        values = json.loads(path.read_text(encoding="utf-8"))
        files[str(values["CustomerKey"])] = (path, values)
    checks.same(sorted(row["CustomerKey"] for row in rows), sorted(files), f"{name}, keys")
    checks.same(True, len(rows) >= LEAST.get(name, 1), f"{name}, at least {LEAST.get(name, 1)}")
    values_before = checks.made
    for row in rows:
        path, values = files.get(row["CustomerKey"], (None, {}))
        place = f"{name} {row['CustomerKey']}"
        for part in what.get("parts", []):
            if part in values:
                check_parts(checks, account, name, row["CustomerKey"], values.pop(part))
        theirs = {k: reading(v) for k, v in flatten(values).items()}
        for prop in what["properties"]:
            checks.same(reading(row.get(prop)), theirs.pop(prop, None), f"{place}, {prop}")
        for prop, (source, how) in made.items():
            checks.same(reading(account.made(how, row.get(source))), theirs.pop(prop, None),
                        f"{place}, {prop}")
        checks.same({}, theirs, f"{place}, what else is in the file")
        if html and path:
            text = path.with_name(path.name.replace(".json", ".html")).read_text(encoding="utf-8")
            checks.same(row.get(html), text, f"{place}, {html}")
    print(f"  {name}: {len(rows)} objects, {checks.made - values_before} values")


def check_units(checks, account, folder):
    rows = account.rows("BusinessUnit", ["ID", "Name", "ParentID", "ParentName", "IsActive"],
                        "--all-accounts")
    found = json.loads((folder / "businessUnits/etsim.businessUnits.json").read_text("utf-8"))
    found = {unit["ID"]: unit for unit in found}
    checks.same(sorted(int(row["ID"]) for row in rows), sorted(found), "business units")
    for row in rows:
        for name in ("Name", "ParentID", "ParentName", "IsActive"):
            checks.same(reading(row.get(name)), reading(found[int(row["ID"])].get(name)),
                        f"business unit {row['ID']}, {name}")


def check_requests(checks, log):
    """SOAP calls are answered, also those for users, whom it saves with what REST tells only;
    what is not found is what is known to be not served."""
    lines = [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()]
    missing = {line["path"] for line in lines if line["status"] == 404}
    checks.same(sorted(REST), sorted(missing), "what is not served")
    checks.same({200}, {line["status"] for line in lines if line["path"] not in REST}, "statuses")
    asked = "".join(line.get("request", "") for line in lines)
    for name in ("AccountUser", "AccountUserAccount"):
        checks.same(True, f"<ObjectType>{name}</ObjectType>" in asked, f"{name}, asked for")


def main():
    programs.node_folder("mcdev")
    programs.need("openssl", "openssl")
    checks = Checks()
    with tempfile.TemporaryDirectory(prefix="interop-") as temporary:
        folder = Path(temporary)
        certificate, key = front.certificate(folder)
        log = folder / "requests"
        with Etsim("--tls", certificate, key, "--log", log) as server:
            ours = Ours(server.endpoint, cache=folder / "tokens", ca_file=certificate,
                        auth_url=f"{server.base}/", client_id=CLIENT_ID,
                        client_secret=CLIENT_SECRET)
            with front.proxy(urllib.parse.urlsplit(server.endpoint).port) as proxy:
                mcdev, environment = set_up(folder, certificate, proxy.port)
                run([*mcdev, "reloadBUs", "etsim", "--skipInteraction"], env=environment,
                    cwd=folder)
                types = [word for name in [*TYPES, "user"] for word in ("-m", name)]
                said = programs.said([*mcdev, "retrieve", f"etsim/{UNIT}", *types, "--no-format",
                                      "--skipInteraction"], env=environment, cwd=folder)
            checks.same(True, "found 2 users" in said, "users, found")
            check_requests(checks, log)
            account = Account(ours)
            check_units(checks, account, folder)
            for name in TYPES:
                check_type(checks, account, name, folder / "retrieve/etsim" / UNIT / name)
            if checks.failed:
                print(said)
    print(f"{checks.made} checks, {checks.failed} failed")
    sys.exit(1 if checks.failed else 0)


main()
