"""Tokens by client id and secret: what is asked, what becomes of the answer, when it is renewed."""
import json
import time
import unittest

import service
from service import SECRET

JSON = "application/json"


class OAuth(service.Case):
    def test_asks_with_json_and_calls_with_the_token(self):
        out = self.call("oauth", "scope", "email_read list_read", ETSOAP_ACCOUNT_ID="510001")
        self.assertEqual(out, ["ok", f"endpoint {self.service.base}/Service.asmx"])
        self.assertEqual(self.service.token_requests, [{
            "grant_type": "client_credentials", "client_id": "client", "client_secret": SECRET,
            "account_id": "510001", "scope": "email_read list_read"}])
        path, head = self.service.token_heads[0]
        self.assertEqual((path, head["content-type"]), ("/v2/token", JSON))
        self.assertEqual(len(self.service.soap_requests), 1)
        self.assertNotIn(SECRET, self.service.soap_requests[0])

    def test_leaves_out_what_is_not_set(self):
        self.call("oauth")
        self.assertEqual(set(self.service.token_requests[0]),
                         {"grant_type", "client_id", "client_secret"})

    def test_settings_know_the_client(self):
        self.assertEqual(self.call("calls", "2")[:2], ["ok", "ok"])
        self.assertEqual(len(self.service.token_requests), 1)
        for missing in ("ETSOAP_AUTH_URL", "ETSOAP_CLIENT_SECRET"):
            self.assertRegex(self.call(**{missing: None})[0], f"^E_USAGE .*: set {missing}")

    def test_address_may_be_base_or_whole(self):
        for ending in ("", "/", "/v2/token", "/v2/token/"):
            out = self.call("oauth", "no-cache", ETSOAP_AUTH_URL=self.service.base + ending)
            self.assertEqual(out[0], "ok")
        self.assertEqual({path for path, _ in self.service.token_heads}, {"/v2/token"})

    def test_endpoint_that_was_given_is_kept(self):
        self.service.token_answers = [lambda n: self.service.token(
            "abc", soap_instance_url="https://elsewhere.invalid/")]
        given = self.service.base + "/Service.asmx"
        self.assertEqual(self.call("oauth", ETSOAP_ENDPOINT=given), ["ok", "endpoint " + given])

    def test_endpoint_of_the_answer(self):
        for url in ("/", "", "/Service.asmx"):
            self.service.token_answers = [lambda n, url=url: self.service.token(
                "abc", soap_instance_url=self.service.base + url)]
            self.assertEqual(self.call("oauth", "no-cache")[0], "ok")
        self.service.token_answers = [lambda n: self.service.token("abc", soap_instance_url=None)]
        self.assertRegex(self.call("oauth", "no-cache")[0], "^E_USAGE .*no endpoint.*instance_url")
        for url in ("http://soap.example/", "ftp://x", "https://", "http://127.0.0.1:1@x.example/",
                    "https://a.example/b\nc"):
            self.service.token_answers = [lambda n, url=url: self.service.token(
                "abc", soap_instance_url=url)]
            out = self.call("oauth", "no-cache")
            self.assertRegex(out[0], "^E_PROTOCOL .*soap_instance_url")
            self.assertEqual(out[1], "endpoint none")

    def test_token_goes_to_https_or_loopback_only(self):
        for url, problem in (("http://auth.example.com", "readable: use https"),
                             ("http://127.0.0.1.example.com/", "readable: use https"),
                             ("http://127.0.0.1@example.com/", "no address"),
                             ("auth.example.com", "no address"),
                             ("https://", "no address")):
            self.assertRegex(self.call("oauth", ETSOAP_AUTH_URL=url)[0], f"^E_USAGE 0 .*{problem}")

    def test_options_are_checked(self):
        for environment, problem in (({"ETSOAP_CLIENT_ID": None}, "client_id is missing"),
                                     ({"ETSOAP_CLIENT_SECRET": "a b"}, "client_secret holds"),
                                     ({"ETSOAP_CLIENT_SECRET": "a\n"}, "client_secret holds"),
                                     ({"ETSOAP_ACCOUNT_ID": "x1"}, "account_id x1 is no MID")):
            self.assertRegex(self.call("oauth", **environment)[0], "^E_USAGE 0 .*" + problem)
        self.assertRegex(self.call("oauth", "margin", "-1")[0], "^E_USAGE 0 margin -1")
        self.assertEqual(self.service.token_requests, [])

    def refused(self, status, kind, body, wanted):
        self.service.token_answers = [(status, kind, body)]
        out = self.call("oauth", "no-cache")
        self.assertRegex(out[0], wanted)
        self.assertEqual(self.service.soap_requests, [])
        return out[0]

    def test_refusals(self):
        text = {"error": "invalid_client", "error_description": f"Secret {SECRET} is wrong."}
        line = self.refused(401, JSON, json.dumps(text), "^E_LOGIN 401 the authentication service "
                            "refuses: invalid_client, Secret .* is wrong; check client id")
        self.assertIn("Secret *** is wrong", line)
        self.refused(400, JSON, '{"error":"invalid_client"}', "^E_LOGIN 400 .*invalid_client; ")
        self.refused(400, JSON, '{"error":"invalid_scope","error_description":"No."}',
                     "^E_REFUSED 400 .*invalid_scope, No; check account id and scope")
        self.refused(429, JSON, '{"error":"slow_down"}', "^E_LIMITED 429 ")
        self.refused(503, JSON, '{"error":"server_error"}', "^E_UNAVAILABLE 503 ")

    def test_answers_that_are_none(self):
        self.refused(401, "text/html", "<html>", "^E_HTTP 401 .*/v2/token answered HTTP 401 with "
                     "text/html, not JSON")
        self.refused(200, "text/html", "<html>", "^E_HTTP 200 .*not JSON")
        self.refused(404, "text/html", "<html>", "^E_HTTP 404 .*check the path, it ends in "
                     "/v2/token")
        self.refused(302, "text/html", "", "^E_HTTP 302 ")
        self.refused(502, "text/html", "<html>", "^E_HTTP 502 .*try again later")
        self.refused(401, JSON, '{"message":"no"}', "^E_HTTP 401 .*not JSON.*: {.message.:.no.}; ")
        self.refused(200, JSON, '{"token_type":"Bearer"}', "^E_PROTOCOL .*holds no access_token")
        self.refused(200, JSON, '{"access_token":7}', "^E_PROTOCOL .*holds no access_token")
        self.refused(200, JSON, '{"access_token":""}', "^E_PROTOCOL .*holds no access_token")
        self.refused(200, JSON, '{"access_token":"a<b\\n"}', "^E_PROTOCOL .*no access_token")
        self.refused(200, JSON, '{"access_token":"abc","expires_in":0}', "^E_PROTOCOL .*expires_in")
        self.refused(200, JSON, '{"access_token":"abc"', "^E_HTTP 200 ")
        self.refused(200, JSON, "[" * 60000, "^E_HTTP 200 ")
        self.refused(200, JSON, " " * 70000, "^E_(PROTOCOL|CUT|HTTP) ")

    def test_an_answer_that_may_hold_a_token_is_not_quoted(self):
        token = "tok3n-0f-the-answer"
        self.service.valid.add(token)  # which the output must not show, see finish()
        for body in (f'{{"access_token":"{token}', f'[{{"access_token":"{token}"}}]',
                     f"{{'access_token':'{token}'}}", f"access_token={token}&expires_in=1079",
                     f'{{"access_token":"x"}} {token}', f'{{"access_token":"{token}"}} ]',
                     f'{{"data":{{"access_token":"{token}"}}', token):
            for kind in (JSON, "text/plain"):
                self.refused(200, kind, body, "^E_HTTP 200 .*/v2/token answered HTTP 200 with "
                             f"{kind}, not JSON; check the endpoint$")
        for url in (f"ftp://{token}/", f"http://x.example/{token}/", f"http://{token.upper()}/"):
            self.service.token_answers = [lambda n, url=url: self.service.token(
                token, soap_instance_url=url)]
            out = self.call("oauth", "no-cache")[0]
            self.assertRegex(out, r"^E_PROTOCOL 0 soap_instance_url .*\*\*\*/")
            self.assertNotIn(token.upper(), out)

    def test_json_may_escape_what_it_need_not(self):
        url = self.service.base.replace("/", "\\/")
        self.service.valid = {"a/bA"}
        self.service.token_answers = [(200, JSON, '{"access_token":"a\\/b\\u0041",'
                                       f'"soap_instance_url":"{url}\\/"}}')]
        self.assertEqual(self.call("oauth", "no-cache")[0], "ok")
        self.assertIn(">a/bA<", self.service.soap_requests[-1])

    def test_lifetime_may_be_missing_or_text_or_huge(self):
        for lifetime in (None, "1079", 1079.5, 1e300):
            self.service.token_answers = [lambda n, lifetime=lifetime: self.service.token(
                "abc", expires_in=lifetime)]
            self.assertEqual(self.call("oauth", "no-cache", "calls", "2")[:2], ["ok", "ok"])
        self.assertEqual(len(self.service.token_requests), 4)

    def test_nobody_there(self):
        self.service.stop()
        self.assertRegex(self.call("oauth")[0], "^E_CONNECT 0 cannot reach .*/v2/token: ")

    def test_no_answer_in_time(self):
        self.service.delay = 4
        started = time.monotonic()
        self.assertRegex(self.call("oauth", "timeout", "1")[0],
                         "^E_TIMEOUT 0 .*/v2/token sent nothing for 1 s; try again")
        self.assertLess(time.monotonic() - started, 3.5)

    def test_gateway_trouble_is_tried_again(self):
        self.service.token_answers = [(503, "text/html", "busy"), (502, "text/html", "")]
        self.assertEqual(self.call("oauth", "tries", "3")[0], "ok")
        self.assertEqual(len(self.service.token_requests), 3)

    def test_renewed_before_it_expires(self):
        self.service.lifetime = 4
        self.assertEqual(self.call("oauth", "margin", "3", "calls", "2", "pause", "500")[:2],
                         ["ok", "ok"])
        self.assertEqual(len(self.service.token_requests), 1)
        self.assertEqual(self.call("oauth", "no-cache", "calls", "2", "pause", "2500")[:2],
                         ["ok", "ok"])
        self.assertEqual(len(self.service.token_requests), 3)
        self.assertIn("token-3-", self.service.soap_requests[-1])

    def test_a_failed_renewal_ahead_of_time_does_not_stop_calls(self):
        self.service.token_answers = [lambda n: self.service.token("short", expires_in=8),
                                      (503, "text/html", "busy")]
        self.assertEqual(self.call("oauth", "no-cache", "calls", "4", "pause", "1500")[:4],
                         ["ok"] * 4)
        self.assertEqual(len(self.service.token_requests), 2)
        self.assertIn(">short<", self.service.soap_requests[-1])

    def test_expired_token_is_renewed_and_the_call_sent_again(self):
        for arguments in ((), ("no-cache",)):
            self.service.token_requests.clear()
            self.service.soap_requests.clear()
            process = self.start("oauth", "calls", "2", "pause", "1500", *arguments)
            while not self.service.soap_requests:
                time.sleep(0.02)
            time.sleep(0.3)
            self.service.valid.clear()
            self.assertEqual(self.finish(process)[:2], ["ok", "ok"])
            self.assertEqual(len(self.service.token_requests), 2)
            self.assertEqual(len(self.service.soap_requests), 3)

    def test_expired_again_is_told(self):
        self.service.valid = frozenset()
        self.service.token_answers = [(200, JSON, json.dumps(
            {"access_token": f"abc{n}", "expires_in": 100,
             "soap_instance_url": self.service.base})) for n in range(2)]
        self.assertRegex(self.call("oauth")[0], "^E_EXPIRED 500 ")
        self.assertEqual(len(self.service.soap_requests), 2)

    def test_stubs_get_tokens_too(self):
        self.assertEqual(self.call("oauth", "stub", "calls", "2")[:2], ["ok", "ok"])
        self.assertEqual(len(self.service.token_requests), 1)

    def test_secrets_are_not_on_the_command_line(self):
        self.service.delay = 0.5
        process = self.start("oauth")
        while not self.service.token_requests:
            time.sleep(0.02)
        with open(f"/proc/{process.pid}/cmdline", encoding="utf-8") as file:
            line = file.read()
        self.assertIn("oauth", line)
        self.assertNotIn(SECRET, line)
        self.assertEqual(self.finish(process)[0], "ok")


if __name__ == "__main__":
    service.main()
