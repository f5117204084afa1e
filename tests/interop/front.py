"""What lets sfmc-sdk, unchanged, reach a server on this machine.

It takes no auth_url but https://<28 characters>.auth.marketingcloudapis.com/, without a port. So
that name stays: etsim serves TLS with a certificate for it, which NODE_EXTRA_CA_CERTS makes
trusted, and the HTTPS proxy that the SDK's environment names leads every tunnel to etsim. Nothing
is looked up and nothing leaves the machine.
"""

import socket
import subprocess
import threading

DOMAIN = ".marketingcloudapis.com"
AUTH_URL = f"https://{'mc0etsim'.ljust(28, '0')}.auth{DOMAIN}/"


def certificate(folder):
    """(certificate, key), for the service's names and 127.0.0.1."""
    cert, key = folder / "certificate.pem", folder / "key.pem"
    names = f"IP:127.0.0.1,DNS:*.auth{DOMAIN},DNS:*.soap{DOMAIN}"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256",
         "-nodes", "-keyout", key, "-out", cert, "-days", "2", "-subj", "/CN=etsim",
         "-addext", f"subjectAltName={names}"],
        check=True, capture_output=True)
    return cert, key


class Proxy:
    """Answers CONNECT for names of DOMAIN with a tunnel to one address; refuses all else."""

    def __init__(self, address):
        self.address = address
        self.tunnels = 0
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.url = "http://127.0.0.1:%d" % self.listener.getsockname()[1]
        threading.Thread(target=self.accept, daemon=True).start()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.listener.close()

    def accept(self):
        while True:
            try:
                connection, _ = self.listener.accept()
            except OSError:
                return
            threading.Thread(target=self.serve, args=(connection,), daemon=True).start()

    def serve(self, connection):
        with connection:
            head = b""
            while b"\r\n\r\n" not in head:
                got = connection.recv(4096)
                if not got or len(head) > 65536:
                    return
                head += got
            method, target, _ = head.split(b"\r\n", 1)[0].decode("ascii").split(" ")
            host, _, port = target.partition(":")
            if method != "CONNECT" or not host.endswith(DOMAIN) or port != "443":
                connection.sendall(b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n")
                return
            self.tunnels += 1
            with socket.create_connection(self.address) as server:
                connection.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
                back = threading.Thread(target=pump, args=(server, connection), daemon=True)
                back.start()
                pump(connection, server)
                back.join()


def pump(source, target):
    try:
        while data := source.recv(65536):
            target.sendall(data)
        target.shutdown(socket.SHUT_WR)
    except OSError:
        pass
