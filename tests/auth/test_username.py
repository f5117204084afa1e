"""User name and password, as text and as digest; the timestamp beside them."""
import base64
import datetime
import hashlib
import unittest
from xml.etree import ElementTree

import service
from service import PASSWORD, WSSE, WSU

TYPES = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-username-token-profile-1.0#"
BASE64 = ("http://docs.oasis-open.org/wss/2004/01/"
          "oasis-200401-wss-soap-message-security-1.0#Base64Binary")
ENVELOPE = "{http://schemas.xmlsoap.org/soap/envelope/}"


class Username(service.Case):
    def ask(self, *arguments, **environment):
        out = self.call(*arguments, **{"ETSOAP_ENDPOINT": self.service.base + "/Service.asmx",
                                       "ETSOAP_USERNAME": "some & user",
                                       "ETSOAP_PASSWORD": PASSWORD, "ETSOAP_CLIENT_ID": None,
                                       **environment})
        self.assertEqual(out[0], "ok", out)
        return [ElementTree.fromstring(text) for text in self.service.soap_requests]

    def security(self, envelope):
        return envelope.find(f"{ENVELOPE}Header/{{{WSSE}}}Security")

    def test_password_as_text(self):
        token = self.security(self.ask()[0]).find(f"{{{WSSE}}}UsernameToken")
        password = token.find(f"{{{WSSE}}}Password")
        self.assertEqual(token.findtext(f"{{{WSSE}}}Username"), "some & user")
        self.assertEqual((password.text, password.get("Type")), (PASSWORD, TYPES + "PasswordText"))
        self.assertIsNone(token.find(f"{{{WSSE}}}Nonce"))
        self.assertNotIn("wssecurity-utility", self.service.soap_requests[0])

    def check_digest(self, token):
        password = token.find(f"{{{WSSE}}}Password")
        nonce = token.find(f"{{{WSSE}}}Nonce")
        created = token.findtext(f"{{{WSU}}}Created")
        self.assertEqual(token.findtext(f"{{{WSSE}}}Username"), "some & user")
        self.assertEqual(password.get("Type"), TYPES + "PasswordDigest")
        self.assertEqual(nonce.get("EncodingType"), BASE64)
        raw = base64.b64decode(nonce.text, validate=True)
        self.assertGreaterEqual(len(raw), 16)
        want = hashlib.sha1(raw + created.encode() + PASSWORD.encode()).digest()
        self.assertEqual(base64.b64decode(password.text, validate=True), want)
        when = datetime.datetime.strptime(created, "%Y-%m-%dT%H:%M:%SZ")
        now = datetime.datetime.now(datetime.timezone.utc).replace(tzinfo=None)
        self.assertLess(abs((now - when).total_seconds()), 30)
        return raw

    def test_password_as_digest(self):
        for arguments in ((), ("stub",)):
            self.ask("digest", "calls", "2", *arguments)
        self.ask("digest")
        envelopes = [ElementTree.fromstring(text) for text in self.service.soap_requests]
        self.assertEqual(len(envelopes), 5)
        nonces = {self.check_digest(self.security(one).find(f"{{{WSSE}}}UsernameToken"))
                  for one in envelopes}
        self.assertEqual(len(nonces), 5, "a nonce came twice")
        for text in self.service.soap_requests:
            self.assertNotIn("s3cret", text)

    def check_timestamp(self, envelope, lifetime):
        stamp = self.security(envelope).find(f"{{{WSU}}}Timestamp")
        times = [datetime.datetime.strptime(stamp.findtext(f"{{{WSU}}}{name}"),
                                            "%Y-%m-%dT%H:%M:%SZ")
                 for name in ("Created", "Expires")]
        self.assertEqual((times[1] - times[0]).total_seconds(), lifetime)

    def test_timestamp_beside_any_credentials(self):
        self.ask("timestamp", "300")
        self.ask("digest", "timestamp", "60")
        self.service.valid.add("given")
        self.ask("timestamp", "5", ETSOAP_ACCESS_TOKEN="given", ETSOAP_USERNAME=None)
        envelopes = [ElementTree.fromstring(text) for text in self.service.soap_requests]
        for envelope, lifetime in zip(envelopes, (300, 60, 5), strict=True):
            self.check_timestamp(envelope, lifetime)
        self.check_digest(self.security(envelopes[1]).find(f"{{{WSSE}}}UsernameToken"))
        self.assertIsNone(self.security(envelopes[2]).find(f"{{{WSSE}}}UsernameToken"))
        self.assertEqual(envelopes[2].findtext(f"{ENVELOPE}Header/"
                                               "{http://exacttarget.com}fueloauth"), "given")

    def test_no_timestamp_unless_asked_for(self):
        self.assertIsNone(self.security(self.ask("digest")[0]).find(f"{{{WSU}}}Timestamp"))

    def test_what_xml_cannot_carry_is_refused(self):
        usual = {"ETSOAP_ENDPOINT": self.service.base + "/Service.asmx", "ETSOAP_USERNAME": "user",
                 "ETSOAP_PASSWORD": PASSWORD, "ETSOAP_CLIENT_ID": None}
        for name, what in (("USERNAME", "user name"), ("PASSWORD", "password"),
                           ("ACCESS_TOKEN", "access token")):
            for wrong in ("wr\x01ng", "wr\udcffng", "wr\uffffng"):
                changed = {**usual, "ETSOAP_" + name: wrong}
                if name == "ACCESS_TOKEN":
                    changed.update(ETSOAP_USERNAME=None, ETSOAP_PASSWORD=None)
                out = self.call(*([] if name == "ACCESS_TOKEN" else ["digest"]), **changed)
                self.assertEqual(out[0], f"E_USAGE 0 the {what} holds a control character or is "
                                 "not UTF-8: XML cannot carry it")
        self.assertEqual(self.service.soap_requests, [])

    def test_a_session_without_endpoint_says_so(self):
        out = self.call("digest", ETSOAP_USERNAME="u", ETSOAP_PASSWORD=PASSWORD)
        self.assertRegex(out[0], "^E_USAGE 0 no endpoint: ")
        self.assertEqual(out[1], "endpoint none")


if __name__ == "__main__":
    service.main()
