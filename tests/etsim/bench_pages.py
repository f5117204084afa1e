"""Rows a second of one core that pages of SentEvent are served with, out of a send of 10,000,000
recipients; and the memory that takes."""

import http.client
import re
import sys
import time

from etsim_client import (DEMO_SEND, Etsim, envelope, peak_memory, processor_seconds, retrieve_body,
                          simple)

LEAST = 400_000
SECONDS = 3
PROPERTIES = ["SendID", "SubscriberKey", "EventDate", "EventType", "BatchID", "Client.ID",
              "ListID", "SubscriberID"]


def main():
    first = retrieve_body("SentEvent", PROPERTIES, simple("SendID", "equals", DEMO_SEND))
    with Etsim("--subscribers", "10000000", "--sends", "1") as sim:
        connection = http.client.HTTPConnection(sim.parts.hostname, sim.parts.port, timeout=60)
        body, rows, size = first, 0, 0
        began, busy = time.monotonic(), processor_seconds(sim.process.pid)
        while time.monotonic() - began < SECONDS:
            connection.request("POST", "/Service.asmx", envelope(body).encode(),
                               {"Content-Type": "text/xml"})
            data = connection.getresponse().read()
            rows += data.count(b"<Results ")
            size += len(data)
            request = re.search(rb"<RequestID>([^<]+)", data).group(1).decode()
            body = retrieve_body("SentEvent", [], continued=request)
        elapsed = time.monotonic() - began
        busy = processor_seconds(sim.process.pid) - busy
        memory = peak_memory(sim.process.pid)
        connection.close()
    rate = rows / busy
    print(f"{rows} rows, {size / 1e6:.0f} MB in {elapsed:.1f} s; {rate:,.0f} rows a second of "
          f"processor time (at least {LEAST:,}); {memory / 1024:.0f} MB of memory")
    return rate < LEAST or memory > 100_000


if __name__ == "__main__":
    sys.exit(main())
