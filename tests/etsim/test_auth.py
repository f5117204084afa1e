"""Who is let in: passwords in text and digest, tokens, their lifetime; and how a refusal looks."""

import base64
import datetime
import hashlib
import os
import tempfile
import time
import unittest
from pathlib import Path

from etsim_client import WSSE, WSU, DEMO_SEND, Etsim, escape, security, simple, token_header

DIGEST = ("http://docs.oasis-open.org/wss/2004/01/"
          "oasis-200401-wss-username-token-profile-1.0#PasswordDigest")
BY_ID = simple("ID", "equals", DEMO_SEND)
TOKEN = {"grant_type": "client_credentials", "client_id": "app", "client_secret": "s3cr&t"}


def stamp(seconds=0):
    now = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(seconds=seconds)
    return now.strftime("%Y-%m-%dT%H:%M:%SZ")


def digest_header(password, nonce=None, created=None):
    nonce = nonce or os.urandom(16)
    created = created or stamp()
    digest = hashlib.sha1(nonce + created.encode() + password.encode()).digest()
    return (
        f'<wsse:Security xmlns:wsse="{WSSE}" xmlns:wsu="{WSU}"><wsse:UsernameToken>'
        "<wsse:Username>api</wsse:Username>"
        f'<wsse:Password Type="{DIGEST}">{base64.b64encode(digest).decode()}</wsse:Password>'
        f"<wsse:Nonce>{base64.b64encode(nonce).decode()}</wsse:Nonce>"
        f"<wsu:Created>{created}</wsu:Created></wsse:UsernameToken></wsse:Security>"
    )


class Authentication(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.password = "pä<ss> wörd"
        folder = tempfile.TemporaryDirectory(prefix="etsim-auth-")
        cls.addClassCleanup(folder.cleanup)
        files = [Path(folder.name) / name for name in ("password", "secret")]
        files[0].write_text(cls.password + "\nnot this\n", encoding="utf-8")
        files[1].write_text("s3cr&t\n", encoding="utf-8")
        cls.sim = Etsim("--user", "api", "--password-file", str(files[0]), "--client-id", "app",
                        "--client-secret-file", str(files[1]), "--token-lifetime", "2",
                        "--subscribers", "100", "--sends", "6")

    @classmethod
    def tearDownClass(cls):
        cls.sim.stop()

    def passes(self, header):
        answer = self.sim.retrieve("Send", ["ID"], BY_ID, header=header)
        self.assertEqual((answer.status, answer.overall), (200, "OK"))
        return answer

    def refused(self, header, text="Login Failed"):
        answer = self.sim.retrieve("Send", ["ID"], BY_ID, header=header)
        self.assertEqual(answer.status, 500)
        self.assertEqual(answer.fault(), (WSSE, "Security", text, None))

    def token(self, **change):
        return self.sim.token({**TOKEN, **change})

    def test_password(self):
        self.passes(security("api", escape(self.password)))
        for header in ("", security("api", "wrong"), security("api", ""), security("demo", "demo"),
                       security("API", escape(self.password)),
                       f'<wsse:Security xmlns:wsse="{WSSE}"/>'):
            self.refused(header)

    def test_prefix_of_the_faultcode_is_declared_on_it(self):
        answer = self.sim.retrieve("Send", ["ID"], header="")
        start = answer.data.index(b"<faultcode")
        self.assertIn(f'="{WSSE}"'.encode(), answer.data[start : answer.data.index(b">", start)])

    def test_refusal_in_soap_12(self):
        answer = self.sim.case("one_to_one", version=2, KIND="SentEvent", BATCH=1, SUBSCRIBER=1)
        self.assertEqual((answer.status, answer.version), (500, 2))
        self.assertEqual(answer.headers.get_content_type(), "application/soap+xml")
        self.assertEqual(answer.fault(), (WSSE, "Security", "Login Failed", None))

    def test_digest(self):
        self.passes(digest_header(self.password))
        self.refused(digest_header("wrong"))

    def test_digest_cannot_be_replayed(self):
        header = digest_header(self.password)
        self.passes(header)
        self.refused(header)

    def test_a_wrong_digest_does_not_use_up_the_nonce(self):
        nonce, created = os.urandom(16), stamp()
        self.refused(digest_header("wrong", nonce, created))
        self.passes(digest_header(self.password, nonce, created))

    def test_digest_of_another_time(self):
        self.refused(digest_header(self.password, created=stamp(-3600)))
        self.refused(digest_header(self.password, created=stamp(3600)))
        self.refused(digest_header(self.password, created="yesterday"))

    def test_timestamp(self):
        def header(created, expires):
            return security("api", escape(self.password)).replace(
                "<wsse:UsernameToken>",
                f"<wsu:Timestamp><wsu:Created>{created}</wsu:Created><wsu:Expires>{expires}"
                "</wsu:Expires></wsu:Timestamp><wsse:UsernameToken>")

        self.passes(header(stamp(), stamp(300)))
        self.refused(header(stamp(-7200), stamp(-3600)))
        self.refused(header(stamp(3600), stamp(7200)))

    def test_token(self):
        status, answer = self.token()
        self.assertEqual(status, 200)
        self.assertEqual((answer["token_type"], answer["expires_in"]), ("Bearer", 2))
        self.assertEqual(answer["soap_instance_url"] + "Service.asmx", self.sim.url)
        self.assertTrue(answer["rest_instance_url"].endswith("/"))
        self.assertTrue(answer["scope"])
        self.passes(token_header(answer["access_token"]))
        self.passes(f"<fueloauth>{answer['access_token']}</fueloauth>")
        self.refused(token_header(answer["access_token"][:-1]))
        self.refused(token_header(""))

    def test_token_expires(self):
        _, answer = self.token()
        time.sleep(2.1)
        self.refused(token_header(answer["access_token"]), "Token Expired")

    def test_token_of_a_business_unit(self):
        _, answer = self.token(account_id=10002)
        header = token_header(answer["access_token"])
        rows = self.sim.all_rows("Send", ["ID", "Client.ID"], header=header)
        self.assertEqual({row["Client.ID"] for row in rows}, {"10002"})
        other = self.sim.call(
            '<RetrieveRequestMsg xmlns="http://exacttarget.com/wsdl/partnerAPI"><RetrieveRequest>'
            "<ClientIDs><ID>10001</ID></ClientIDs><ObjectType>Send</ObjectType>"
            "<Properties>ID</Properties></RetrieveRequest></RetrieveRequestMsg>", header=header)
        self.assertTrue(other.overall.startswith("Error: API Permission Failed"), other.overall)
        everything = self.sim.retrieve("Send", ["ID"], more="<QueryAllAccounts>true"
                                       "</QueryAllAccounts>", header=header)
        self.assertEqual(len(everything.rows), len(rows))
        for account, code in (("10001", "4"), ("10003", "4"), ("10002", None)):
            body = "<ListName>theirs</ListName></Objects></CreateRequest>"
            begin = '<CreateRequest xmlns="http://exacttarget.com/wsdl/partnerAPI">'
            client = f"<Client><ID>{account}</ID></Client>"
            for options, inner in (("<Options/>", client), (f"<Options>{client}</Options>", "")):
                made = self.sim.call(f'{begin}{options}<Objects xsi:type="List">{inner}{body}',
                                     "Create", header=header)
                self.assertEqual(made.rows[0].get("ErrorCode"), code, (account, options))

    def test_token_refusals(self):
        for change, status, error in (
            ({"client_secret": "wrong"}, 401, "invalid_client"),
            ({"client_id": "nobody"}, 401, "invalid_client"),
            ({"grant_type": "password"}, 400, "unsupported_grant_type"),
            ({"client_secret": None}, 400, "invalid_request"),
            ({"account_id": 4711}, 400, "invalid_request"),
        ):
            with self.subTest(change):
                got, answer = self.token(**change)
                self.assertEqual((got, answer["error"]), (status, error))
                self.assertTrue(answer["error_description"])
        self.assertEqual(self.sim.token("{not json", raw=True)[0], 400)
        self.assertEqual(self.sim.token("", raw=True)[0], 400)

    def test_secrets_are_nowhere_to_be_seen(self):
        with open(f"/proc/{self.sim.process.pid}/cmdline", "rb") as line:
            words = line.read()
        self.assertNotIn(self.password.encode(), words)
        self.assertNotIn(b"s3cr&t", words)


if __name__ == "__main__":
    unittest.main()
