"""Many connections at once: 1,000 that are idle, 300 with half a request, and 50 that ask all the
time, for LOAD_SECONDS. No error, and memory that does not grow. Then what a request costs that is
full of attributes, before it is refused. How soon the first answer comes is printed, and depends on
who else is there."""

import os
import resource
import select
import socket
import sys
import threading
import time

from etsim_client import (DEMO_SEND, Etsim, envelope, processor_seconds, retrieve_body, security,
                          simple)

SECONDS = int(os.environ.get("LOAD_SECONDS", "10"))
IDLE, HALF, BUSY, ATTRIBUTES = 1000, 300, 50, 40000
MILLISECONDS = 50  # of processor time, for the attributes
BODY = envelope(retrieve_body("SentEvent", ["SendID", "SubscriberKey", "EventDate"],
                              simple("SendID", "equals", DEMO_SEND), batch=100)).encode()
HEADERS = {"Content-Type": "text/xml; charset=utf-8", "SOAPAction": '"Retrieve"'}


def ask(connection):
    connection.request("POST", "/Service.asmx", BODY, HEADERS)
    answer = connection.getresponse()
    data = answer.read()
    return answer.status == 200 and data.count(b"<Results ") == 100


def resident(pid):
    with open(f"/proc/{pid}/statm", encoding="ascii") as statm:
        return int(statm.read().split()[1]) * resource.getpagesize() >> 10


def readable(connections):
    poll = select.poll()
    for one in connections:
        poll.register(one, select.POLLIN)
    ready = {fd for fd, _ in poll.poll(200)}
    return [one for one in connections if one.fileno() in ready]


class Load:
    def __init__(self, sim):
        self.sim = sim
        self.lock = threading.Lock()
        self.until = 0
        self.asked = 0
        self.failed = []

    def busy(self):
        connection = self.sim.connect()
        asked = 0
        try:
            while time.monotonic() < self.until:
                if not ask(connection):
                    raise ValueError("not what was asked for")
                asked += 1
        except Exception as error:  # whatever it is, it is an error of the service here
            with self.lock:
                self.failed.append(repr(error))
        with self.lock:
            self.asked += asked

    def half(self):
        """Requests of which no more comes; who is sent away comes again."""
        connections = []
        while time.monotonic() < self.until:
            while len(connections) < HALF:
                one = socket.create_connection((self.sim.parts.hostname, self.sim.parts.port), 60)
                one.sendall(b"POST /Service.asmx HTTP/1.1\r\nHost: x\r\n"
                            b"Content-Length: 9000\r\n\r\n<E")
                connections.append(one)
            gone = readable(connections)
            for one in gone:
                one.close()
            connections = [one for one in connections if one not in gone]
        for one in connections:
            one.close()

    def run(self):
        idle = [self.sim.connect() for _ in range(IDLE)]
        for connection in idle:
            connection.connect()
        self.until = time.monotonic() + SECONDS
        workers = [threading.Thread(target=self.busy) for _ in range(BUSY)]
        workers.append(threading.Thread(target=self.half))
        for worker in workers:
            worker.start()
        time.sleep(SECONDS / 3)
        gone = sum(not ask(connection) for connection in idle)
        before = resident(self.sim.process.pid)
        for worker in workers:
            worker.join()
        after = resident(self.sim.process.pid)
        for connection in idle:
            connection.close()
        return gone, before, after


def attributes(sim):
    """Processor milliseconds of a request that is refused for its attributes or its password."""
    many = "".join(f' a{i}="b"' for i in range(ATTRIBUTES))
    text = envelope(retrieve_body("Send", ["ID"]), header=security(password="wrong"))
    text = text.replace("<s:Header>", f"<s:Header{many}>")
    assert len(text) > 8 * ATTRIBUTES
    begin, count = processor_seconds(sim.process.pid), 20
    for _ in range(count):
        answer = sim.post(text, "Retrieve")
        assert answer.status == 500, answer.status
    return (processor_seconds(sim.process.pid) - begin) / count * 1000


def start():
    """Milliseconds from the start of the program to its first answer, at best."""
    times = []
    for _ in range(5):
        begin = time.monotonic()
        with Etsim() as sim:
            sim.validates = False
            assert ask(sim.connect())
            times.append((time.monotonic() - begin) * 1000)
    return min(times)


def main():
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    with Etsim("--max-connections", str(IDLE + HALF + BUSY + 10)) as sim:
        sim.validates = False  # it would take most of the time
        load = Load(sim)
        gone, before, after = load.run()
        cost = attributes(sim)
    begun = start()
    print(f"{IDLE} idle, {HALF} half and {BUSY} busy connections for {SECONDS} s: "
          f"{load.asked} requests, {len(load.failed)} failed, {gone} idle ones gone, "
          f"{before} kB, at the end {after} kB; "
          f"{ATTRIBUTES} attributes: {cost:.1f} ms (at most {MILLISECONDS}); "
          f"start to first answer {begun:.0f} ms")
    print("\n".join(load.failed[:10]), end="")
    sys.exit(bool(load.failed or gone or not load.asked or after > before * 1.1 + 2048
                  or cost > MILLISECONDS))


main()
