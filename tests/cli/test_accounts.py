"""More than one account: each row says which it is of, in tables and in every other format."""

from support import JOB, Etsim, check, ettrack, rows

COMMANDS = {
    "sends": ["sends", "--since", "2020-01-01"],
    "events": ["events", "bounce", "--since", "2026-09-01"],
    "mixed": ["events", "open,unsub", "--since", "2026-10-20", "--by", "time"],
    "links": ["links", JOB],
    "lists": ["lists", JOB],
    "subscriber": ["subscriber", "00001930"],
    "triggered": ["triggered"],
    "folders": ["retrieve", "DataFolder"],
    "units": ["retrieve", "BusinessUnit"]}
SEVERAL = (["--all-accounts"], ["--mid", "10001", "--mid", "10002"])


with Etsim() as simulator:
    settings = simulator.settings
    for name, command in COMMANDS.items():
        for accounts in SEVERAL:
            found = rows(settings, *command, *accounts)
            check(found and "Client.ID" in found[0], f"{name} {accounts}: {found[:1]}")
            table = ettrack(settings, *command, *accounts).decode()
            header = next(line for line in table.splitlines() if "Client.ID" in line)
            check("Client.ID" in header.split(), f"{name} {accounts}: {header}")
        alone = ettrack(settings, *command).decode()
        check(name in ("folders", "units") or "Client.ID" not in alone, f"{name}: {alone[:300]}")
    units = {row["Client.ID"] for row in rows(
        settings, *COMMANDS["sends"], "--all-accounts")}
    check(units == {"10001", "10002", "10003"}, f"{units}")
    two = {row["Client.ID"] for row in rows(
        settings, *COMMANDS["sends"], *SEVERAL[1])}
    check(two == {"10001", "10002"}, f"{two}")
    both = rows(settings, "compare", JOB, "12042988", "--all-accounts")
    check({"Statistic": "Client.ID", JOB: "10001", "12042988": "10002"} in both, f"{both}")
