"""ettrack and wire_probe against a server nobody here wrote: node-soap on our contract.

What it reads in our requests has to be what was asked, and what we read in its answers has to be
what server/rows.json holds.
"""

import json
import sys
import tempfile
from pathlib import Path

import programs
from compare import differences
from programs import HERE, Ours, Served

PROPERTIES = ["SendID", "SubscriberKey", "EventDate", "EventType", "BatchID", "PartnerKey",
              "ObjectID", "Client.ID", "TriggeredSendDefinitionObjectID", "ListID", "SubscriberID"]
WHERE = ("(SendID = 12043295 OR SubscriberKey IN ('a & b', '<ü>', '00123')) AND "
         "EventDate BETWEEN '2026-11-10T10:03:00' AND '2026-11-10T10:05:30' AND "
         "BatchID IS NOT NULL")


def bare(value):
    """What node-soap read, without the attributes of elements, which it keeps as members."""
    if isinstance(value, list):
        return [bare(item) for item in value]
    if isinstance(value, dict):
        return {k: bare(v) for k, v in value.items() if k != "attributes"}
    return value


class OurClient:
    def __init__(self, server, log):
        self.url = server.endpoint
        self.ours = Ours(server.endpoint)
        self.log = log
        self.read = 0

    def calls(self):
        """What the server has read since the last time."""
        lines = self.log.read_text(encoding="utf-8").splitlines()
        new, self.read = lines[self.read:], len(lines)
        return [json.loads(line) for line in new]

    def retrieve(self):
        rows = json.loads((HERE / "server" / "rows.json").read_text(encoding="utf-8"))
        ours = self.ours.ettrack("retrieve", "SentEvent", "--properties", ",".join(PROPERTIES),
                                 "--where", WHERE, "--batch-size", "2")
        found = list(differences(ours, rows))
        assert not found, found
        assert ours[0]["PartnerKey"] is None and ours[0]["ObjectID"] is None, ours[0]
        assert ours[1]["ObjectID"] == "", ours[1]
        first, *others = [call["Retrieve"] for call in self.calls()]
        requests = [first, *others]
        assert [r.get("ContinueRequest") for r in requests] == [None, "request-0", "request-1"]
        for request in requests:
            assert request["ObjectType"] == "SentEvent", request
            assert request["Options"]["BatchSize"] == 2, request
        assert first["Properties"] == PROPERTIES, first
        self.filter(first["Filter"])
        print(f"  retrieve: {len(ours)} rows, {len(requests)} pages")

    def filter(self, part):
        """Leaves of the filter as node-soap read them, in order, with their types."""
        leaves, junctions = [], []

        def walk(part):
            kind = part["attributes"]["xsi:type"].rsplit(":", 1)[-1]
            if kind == "ComplexFilterPart":
                junctions.append(part["LogicalOperator"])
                walk(part["LeftOperand"])
                walk(part["RightOperand"])
                return
            assert kind == "SimpleFilterPart", part
            values = [str(value) for value in part.get("Value", [])]
            dates = part.get("DateValue", [])
            leaves.append((part["Property"], part["SimpleOperator"], values, dates))

        walk(part)
        assert sorted(junctions) == ["AND", "AND", "OR"], junctions
        assert leaves == [
            ("SendID", "equals", ["12043295"], []),
            ("SubscriberKey", "IN", ["a & b", "<ü>", "00123"], []),
            # Instants, which 10:03 in the service's UTC-06:00 are.
            ("EventDate", "between", [],
             ["2026-11-10T16:03:00.000Z", "2026-11-10T16:05:30.000Z"]),
            ("BatchID", "isNotNull", [], []),
        ], leaves

    def create(self):
        good = {"EmailAddress": "jörg.o'neil@example.com", "SubscriberKey": "<00123> & 'more' "}
        bad = {"EmailAddress": "no address"}
        code, lines = self.ours.probe(
            "create", "Subscriber", *(f"{k}={v}" for k, v in good.items()), "/",
            "Subscriber", *(f"{k}={v}" for k, v in bad.items()))
        [call] = self.calls()
        for item in call["Create"]:
            assert item["attributes"]["xsi:type"].endswith("Subscriber"), item
        assert bare(call["Create"]) == [good, bad], call
        assert code == 1, (code, lines)
        assert lines[:3] == [
            "0 OK sent code 0 id 1000: Created <Subscriber> & kept it",
            "1 E_REFUSED sent code 12002 id 0: Ungültige Adresse",
            "1 of 2 failed"], lines
        print(f"  create: {lines[:2]}")

    def faults(self):
        query = {"type": "SentEvent", "where": "SendID = 1"}
        stranger = Ours(self.url, username=programs.USER, password="wrong")
        said = stranger.complaint(query)
        assert "Login Failed" in said, said
        code, lines = stranger.probe("retrieve", "SentEvent", "SendID")
        assert code == 1 and lines[0].startswith("failed E_LOGIN http 500 "), lines
        print(f"  wrong password: {said.strip()}")
        code, lines = self.ours.probe("retrieve", "faultEvent", "ID")
        assert code == 1 and "http 500 code 9 after 0 rows" in lines[0], lines
        assert "Back at eight" in lines[1], lines
        print(f"  apifault: {lines}")


def main():
    folder = programs.node_folder("soap")
    with tempfile.TemporaryDirectory(prefix="interop-") as temporary:
        log = Path(temporary) / "calls.ndjson"
        with Served("node", f"{HERE}/server/node_soap_server.mjs", sys.argv[1], log, cwd=folder,
                    env=programs.clean_environment()) as server:
            client = OurClient(server, log)
            print("against node-soap's server:")
            client.retrieve()
            client.create()
            client.faults()


main()
