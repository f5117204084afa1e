"""What goes over the wire below HTTP: one connection for all pages of a job, answers asked for
compressed, and TLS of 1.2 or newer offered, whatever the machine's OpenSSL would still take."""
import os
import pathlib
import socket
import struct
import subprocess
import tempfile
from urllib.parse import urlsplit

from support import JOB, Etsim, check, environment, ettrack

from proxy import Proxy  # on the path by support

LENIENT = """openssl_conf = settings
[settings]
ssl_conf = ssl
[ssl]
system_default = lenient
[lenient]
MinProtocol = TLSv1
CipherString = DEFAULT@SECLEVEL=0
"""


def one_connection():
    with Etsim() as simulator, Proxy(urlsplit(simulator.endpoint).port, front=True) as front:
        settings = {**simulator.settings,
                    "ETSOAP_ENDPOINT": f"http://127.0.0.1:{front.port}/Service.asmx"}
        rows = ettrack(settings, "events", "click", "--send", JOB, "--batch-size", "100",
                       "--format", "csv").splitlines()
        requests = [sent.count(b"POST /Service.asmx ") for sent in front.sent]
        pages = -(-(len(rows) - 1) // 100)
        check(pages > 3 and requests == [pages], f"{pages} pages: requests {requests}")
        check(front.sent[0].lower().count(b"\naccept-encoding: gzip") == pages,
              f"not asked for compressed:\n{front.sent[0][:600]}")


def client_hello():
    with socket.create_server(("127.0.0.1", 0)) as listener, \
            tempfile.TemporaryDirectory(prefix="etsoap-connection-") as folder:
        lenient = pathlib.Path(folder, "openssl.cnf")
        lenient.write_text(LENIENT)
        port = listener.getsockname()[1]
        settings = {"ETSOAP_ENDPOINT": f"https://127.0.0.1:{port}/Service.asmx",
                    "ETSOAP_USERNAME": "demo", "ETSOAP_PASSWORD": "demo",
                    "OPENSSL_CONF": os.fspath(lenient)}
        listener.settimeout(30)
        with subprocess.Popen(["ettrack", "send", JOB, "--tries", "1"], stderr=subprocess.DEVNULL,
                              env=environment(settings)) as client:
            connection, _ = listener.accept()
            with connection, connection.makefile("rb") as stream:
                header = stream.read(5)
                hello = stream.read(struct.unpack(">H", header[3:])[0])
            client.wait(30)
    return hello


def offered_versions(hello):
    """RFC 8446, 4.1.2: fixed part, session id, cipher suites, compression, extensions."""
    at = 4 + 2 + 32
    at += 1 + hello[at]
    at += 2 + int.from_bytes(hello[at:at + 2], "big")
    at += 1 + hello[at]
    at += 2
    while at < len(hello):
        kind, size = struct.unpack(">HH", hello[at:at + 4])
        if kind == 43:
            body = hello[at + 5:at + 4 + size]
            return sorted(struct.unpack(f">{len(body) // 2}H", body))
        at += 4 + size
    return []


one_connection()
versions = offered_versions(client_hello())
check(versions == [0x0303, 0x0304], "offers TLS versions " + ", ".join(map(hex, versions)))
