"""Stands in for the token endpoint and for the SOAP endpoint, on loopback, and remembers what came.

service.token_answers: what the next token requests get, before the usual answer: (status, content
type, body) or a callable with the request that returns such. service.lifetime: expires_in.
service.valid: the tokens that the SOAP endpoint takes; what else comes is called expired.
"""
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import time
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent / "harness"))
from server import Server, answer  # noqa: E402

SECRET = "s3cret-of-the-client/+="
PASSWORD = "pass<word> & s3cret"
WSSE = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd"
WSU = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd"
ENVELOPE = """<?xml version="1.0" encoding="utf-8"?><soap:Envelope
 xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Body>%s</soap:Body></soap:Envelope>"""
STATUS = ENVELOPE % """<SystemStatusResponseMsg xmlns="http://exacttarget.com/wsdl/partnerAPI">
<Results><Result><StatusCode>OK</StatusCode><SystemStatus>OK</SystemStatus></Result></Results>
<OverallStatus>OK</OverallStatus><RequestID>r</RequestID></SystemStatusResponseMsg>"""
EXPIRED = ENVELOPE % f"""<soap:Fault><faultcode xmlns:w="{WSSE}">w:Security</faultcode>
<faultstring>Token Expired</faultstring></soap:Fault>"""


class Service(Server):
    def __init__(self, context=None):
        self.lifetime, self.delay, self.instance_url = 1079, 0, "/"
        self.token_requests, self.token_heads, self.soap_requests = [], [], []
        self.token_answers, self.valid = [], set()
        super().__init__(otherwise=self.reply, tls=context)
        # Certificates are for names.
        self.base = f"{'https://localhost' if context else 'http://127.0.0.1'}:{self.port}"

    def reply(self, request):
        status, kind, body = self.outcome(request)
        return answer(body, status, content_type=kind)

    def outcome(self, request):
        body = request.body.decode()
        if request.path.endswith("/v2/token"):
            with self.lock:
                self.token_requests.append(json.loads(body))
                self.token_heads.append((request.path, request.headers))
                number = len(self.token_requests)
                special = self.token_answers.pop(0) if self.token_answers else None
            time.sleep(self.delay)
            if special:
                return special(number) if callable(special) else special
            return self.token(f"token-{number}-of-{os.getpid()}")
        if request.path != "/Service.asmx":
            return 404, "text/html", "<html>no such page</html>"
        with self.lock:
            self.soap_requests.append(body)
        token = re.search(r"fueloauth[^>]*>([^<]*)<", body)
        if token and token.group(1) not in self.valid:
            return 500, "text/xml", EXPIRED
        return 200, "text/xml; charset=utf-8", STATUS

    def token(self, text, **changed):
        """The usual answer; a member given as None is left out."""
        members = {"access_token": text, "token_type": "Bearer", "expires_in": self.lifetime,
                  "scope": "email_read", "rest_instance_url": self.base + "/"}
        if self.instance_url:
            members["soap_instance_url"] = self.base + self.instance_url
        members.update(changed)
        self.valid.add(members.get("access_token"))
        return 200, "application/json", json.dumps(
            {name: value for name, value in members.items() if value is not None})


class Case(unittest.TestCase):
    """One service for each test, an empty home folder, and the program that makes calls."""
    program = None

    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.home = self.folder.name
        self.cache = os.path.join(self.home, ".cache", "etsoap")
        self.service = Service()
        self.addCleanup(self.folder.cleanup)
        self.addCleanup(lambda: self.service.stop())

    def environment(self, **changed):
        clean = {name: value for name, value in os.environ.items()
                 if not name.startswith(("ETSOAP_", "XDG_"))}
        clean.update({"HOME": self.home, "ETSOAP_AUTH_URL": self.service.base,
                      "ETSOAP_CLIENT_ID": "client", "ETSOAP_CLIENT_SECRET": SECRET})
        for name, value in changed.items():
            clean.pop(name, None)
            if value is not None:
                clean[name] = value
        return clean

    def start(self, *arguments, **environment):
        return subprocess.Popen([self.program, *arguments], text=True, stdout=subprocess.PIPE,
                                stderr=subprocess.PIPE, env=self.environment(**environment))

    def finish(self, process):
        out, err = process.communicate(timeout=60)
        self.assertEqual(err, "")
        for secret in (SECRET, PASSWORD, *self.service.valid):
            self.assertFalse(secret and secret in out, "a secret shows in the output")
        return out.splitlines()

    def call(self, *arguments, **environment):
        return self.finish(self.start(*arguments, **environment))

    def cache_file(self, extension=".json"):
        names = [name for name in os.listdir(self.cache) if name.endswith(extension)]
        self.assertEqual(len(names), 1, names)
        return os.path.join(self.cache, names[0])


def main():
    Case.program = sys.argv.pop(1)
    unittest.main(verbosity=1)
