"""A site on loopback whose pages are a table, and a proxy that counts."""
import pathlib
import socket
import subprocess
import sys
import urllib.request

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent / "harness"))
from server import Server, answer, context  # noqa: E402


class Site(Server):
    """`pages` maps a path to bytes, to a status number, or to ("redirect", location)."""

    def __init__(self, pages, certificate=None):
        self.pages = pages
        super().__init__(otherwise=self.page, tls=certificate and context(certificate, certificate))
        self.address = self.url.removesuffix("/Service.asmx")

    @property
    def asked(self):
        return [request.path for request in self.requests]

    def page(self, request):
        page = self.pages.get(request.path, 404)
        if isinstance(page, tuple):
            return answer(status=302, headers=[f"Location: {page[1]}"], content_type=None)
        if isinstance(page, int):
            return answer(b"no", page, content_type=None)
        return answer(page, content_type=None)


class Proxy(Site):
    """Takes `GET http://...` and fetches it itself."""

    def __init__(self):
        super().__init__({})

    def page(self, request):
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        with opener.open(request.path, timeout=10) as fetched:
            return answer(fetched.read(), content_type=None)


def certificate(folder):
    """A key with its certificate for 127.0.0.1 in one file, its own authority."""
    path = folder / "server.pem"
    subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt",
                    "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2", "-subj",
                    "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", path,
                    "-out", folder / "ca.pem"], check=True, capture_output=True)
    path.write_text(path.read_text() + (folder / "ca.pem").read_text())
    return path


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
