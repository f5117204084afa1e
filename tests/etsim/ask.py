#!/usr/bin/env python3
"""What etsim answers, in a line for each argument; cases/*.case are tables of that.

    ask.py outcomes COUNT RULE...   COUNT Retrieves of an etsim with --fault RULE, several rules
                                    with ` & ` between them: the statuses, ` | ` between them
    ask.py effect RULE...           the first Retrieve under a rule; the next one has to be good
    ask.py retrieve REQUEST...      a REQUEST is TYPE PROPERTY,... [PROPERTY OPERATOR VALUE...], its
                                    words as a shell would split them
    ask.py changed CHANGE...        a Retrieve of the demo send in which OLD -> NEW was replaced

A good answer is `200 STATUS, N rows`, a fault `500 SOAP-VERSION CODE API-CODE TEXT`. Every answer
is validated against the contract."""
import http.client
import shlex
import sys

from etsim_client import (DEMO_SEND, SOAP, WSSE, Etsim, envelope, retrieve_body, simple)

FEW = ("--subscribers", "400", "--sends", "2")
EVENTS = retrieve_body("SentEvent", ["SubscriberKey", "EventDate"],
                       simple("SendID", "equals", DEMO_SEND))
SEND = envelope(retrieve_body("Send", ["ID"], simple("ID", "equals", DEMO_SEND)))
NAMES = {SOAP[1]: "soap11", SOAP[2]: "soap12", WSSE: "wsse"}


def line(answer):
    if answer.status == 200:
        assert answer.text("RequestID")
        return f"200 {answer.overall}, {len(answer.rows)} rows"
    if answer.root is None:
        assert b"<html>" in answer.data
        return f"{answer.status} {answer.headers.get_content_type()}"
    namespace, code, text, number = answer.fault()
    return f"{answer.status} {NAMES[namespace]}:{code} {number or '-'} {text}"


def outcome(sim):
    try:
        answer = sim.call(EVENTS)
    except (http.client.HTTPException, ConnectionError) as error:
        return type(error).__name__
    return answer.overall if answer.status == 200 else str(answer.status)


def outcomes(count, *rules):
    for rule in rules:
        options = [word for one in rule.split(" & ") for word in ("--fault", one)]
        with Etsim(*FEW, *options) as sim:
            print(" | ".join(outcome(sim) for _ in range(int(count))))


def effect(*rules):
    for rule in rules:
        with Etsim(*FEW, "--fault", f"Retrieve,times=1:{rule}") as sim:
            print(line(sim.call(EVENTS)))
            after = line(sim.call(EVENTS))
            assert after == "200 OK, 400 rows", after


def retrieve(*requests):
    with Etsim(*FEW) as sim:
        for request in requests:
            kind, properties, *where = shlex.split(request)
            print(line(sim.retrieve(kind, properties.split(","), simple(*where) if where else "")))


def changed(*changes):
    with Etsim(*FEW) as sim:
        for change in changes:
            old, arrow, new = change.partition(" ->")
            assert arrow and old in SEND, change
            answer = sim.post(SEND.replace(old, new.lstrip()), "Retrieve")
            print(line(answer))
            assert answer.status != 200 or [row["ID"] for row in answer.rows] == [DEMO_SEND]


COMMANDS = {command.__name__: command for command in (outcomes, effect, retrieve, changed)}

if __name__ == "__main__":
    COMMANDS[sys.argv[1]](*sys.argv[2:])
