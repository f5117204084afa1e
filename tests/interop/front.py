"""What lets sfmc-sdk, unchanged, reach a server on this machine.

It takes no auth_url but https://<28 characters>.auth.marketingcloudapis.com/, without a port. So
that name stays: etsim serves TLS with a certificate for it, which NODE_EXTRA_CA_CERTS makes
trusted, and the HTTPS proxy that the SDK's environment names leads every tunnel to etsim. Nothing
is looked up and nothing leaves the machine.
"""

import pathlib
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent / "harness"))
from proxy import Proxy  # noqa: E402

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


def proxy(port):
    """Leads tunnels for names of DOMAIN to a port of this machine; refuses all else."""
    def allow(asked):
        host, _, port_asked = asked.rpartition(":")
        return host.endswith(DOMAIN) and port_asked == "443"

    return Proxy(port, allow=allow)
