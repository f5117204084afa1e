"""Pages: sizes, RequestIDs, who may continue them and for how long."""

import tempfile
import time
import unittest
from pathlib import Path

from etsim_client import DEMO_SEND, Etsim, peak_memory, security, simple, token_header

SEND = simple("SendID", "equals", DEMO_SEND)
PROPERTIES = ["SubscriberKey", "EventDate"]


class Paging(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.sim = Etsim("--subscribers", "6001", "--request-lifetime", "2")

    @classmethod
    def tearDownClass(cls):
        cls.sim.stop()

    def sizes(self, batch=None):
        return [len(a.rows) for a in self.sim.pages("SentEvent", PROPERTIES, SEND, batch=batch)]

    def test_sizes(self):
        self.assertEqual(self.sizes(), [2500, 2500, 1001])
        self.assertEqual(self.sizes(9999), [2500, 2500, 1001])
        self.assertEqual(self.sizes(3000)[0], 2500)
        self.assertEqual(self.sizes(2000), [2000, 2000, 2000, 1])
        self.assertEqual(self.sizes(6001 // 3), [2000] * 3 + [1])

    def test_same_rows_whatever_the_size(self):
        rows = self.sim.all_rows("SentEvent", PROPERTIES, SEND)
        self.assertEqual(self.sim.all_rows("SentEvent", PROPERTIES, SEND, batch=17), rows)
        self.assertEqual(len({row["SubscriberKey"] for row in rows}), 6001)

    def test_no_empty_last_page(self):
        clicks = len(self.sim.all_rows("ClickEvent", PROPERTIES, SEND))
        sizes = [len(a.rows) for a in self.sim.pages("ClickEvent", PROPERTIES, SEND, batch=clicks)]
        self.assertEqual(sizes, [clicks])

    def test_sparse_matches_over_pages(self):
        where = simple("SubscriberKey", "like", "77")
        expected = [r for r in self.sim.all_rows("SentEvent", PROPERTIES)
                    if "77" in r["SubscriberKey"]]
        self.assertGreater(len(expected), 50)
        self.assertEqual(self.sim.all_rows("SentEvent", PROPERTIES, where, batch=7), expected)

    def test_each_page_has_its_own_request(self):
        ids = [a.text("RequestID") for a in self.sim.pages("SentEvent", PROPERTIES, SEND)]
        self.assertEqual(len(set(ids)), 3)

    def test_without_batch_size_the_rest_comes_in_full_pages(self):
        first = self.sim.retrieve("SentEvent", PROPERTIES, SEND, batch=10)
        second = self.sim.retrieve("SentEvent", PROPERTIES, continued=first.text("RequestID"))
        self.assertEqual((len(first.rows), len(second.rows)), (10, 2500))

    def test_asked_again_a_page_is_the_same(self):
        first = self.sim.retrieve("SentEvent", PROPERTIES, SEND, batch=10)
        pages = [self.sim.retrieve("SentEvent", PROPERTIES, batch=10,
                                   continued=first.text("RequestID")).rows for _ in (1, 2)]
        self.assertEqual(pages[0], pages[1])

    def test_it_goes_forward_only(self):
        """A page can be asked for again until the one behind it was: then it is gone."""
        ids = [self.sim.retrieve("SentEvent", PROPERTIES, SEND, batch=10).text("RequestID")]
        for _ in range(3):
            answer = self.sim.retrieve("SentEvent", PROPERTIES, batch=10, continued=ids[-1])
            ids.append(answer.text("RequestID"))
        for old in ids[:2]:
            answer = self.sim.retrieve("SentEvent", PROPERTIES, batch=10, continued=old)
            self.assertIn("was not found or has expired", answer.overall)
        again = self.sim.retrieve("SentEvent", PROPERTIES, batch=10, continued=ids[2])
        self.assertEqual((again.overall, len(again.rows)), ("MoreDataAvailable", 10))

    def test_two_at_once(self):
        sent = self.sim.pages("SentEvent", PROPERTIES, SEND, batch=100)
        opened = self.sim.pages("OpenEvent", PROPERTIES, SEND, batch=100)
        pairs = [(a.rows[0], b.rows[0]) for a, b in zip(sent, opened)]
        self.assertGreater(len(pairs), 5)
        self.assertTrue(all(a != b for a, b in pairs))

    def refused(self, request, header=None):
        answer = self.sim.retrieve("SentEvent", PROPERTIES, continued=request, header=header)
        self.assertEqual((answer.status, answer.results), (200, []))
        self.assertEqual(answer.overall, "Error: The request to continue was not found or has "
                         f"expired: {request}")

    def test_unknown_request(self):
        for request in ("nonsense", "0" * 8 + "-0000-4000-8000-" + "0" * 12):
            self.refused(request)

    def test_another_caller_cannot_continue(self):
        first = self.sim.retrieve("SentEvent", PROPERTIES, SEND, batch=10)
        _, token = self.sim.token({"grant_type": "client_credentials", "client_id": "demo",
                                   "client_secret": "demo", "account_id": "10002"})
        self.refused(first.text("RequestID"), token_header(token["access_token"]))

    def test_a_request_belongs_to_its_caller(self):
        folder = tempfile.TemporaryDirectory(prefix="etsim-paging-")
        self.addCleanup(folder.cleanup)
        secret = Path(folder.name) / "secret"
        secret.write_text("secret\n", encoding="ascii")
        options = []
        for name in ("one", "two"):
            options += ["--user", name, "--password-file", str(secret),
                        "--client-id", name, "--client-secret-file", str(secret)]
        with Etsim("--subscribers", "50", *options) as sim:
            def token(name):
                _, answer = sim.token({"grant_type": "client_credentials", "client_id": name,
                                       "client_secret": "secret"})
                return token_header(answer["access_token"])

            def status(request, header):
                return sim.retrieve("SentEvent", PROPERTIES, continued=request,
                                    header=header).overall

            callers = {"user one": security("one", "secret"), "user two": security("two", "secret"),
                       "client one": token("one"), "client two": token("two")}
            for owner, header in callers.items():
                first = sim.retrieve("SentEvent", PROPERTIES, SEND, batch=10, header=header)
                request = first.text("RequestID")
                for name, other in callers.items():
                    if name != owner:
                        self.assertRegex(status(request, other), "^Error: .* expired: ", name)
                self.assertEqual(status(request, header), "OK")
            first = sim.retrieve("SentEvent", PROPERTIES, SEND, batch=10,
                                 header=callers["client one"])
            self.assertEqual(status(first.text("RequestID"), token("one")), "OK")

    def test_requests_expire(self):
        first = self.sim.retrieve("SentEvent", PROPERTIES, SEND, batch=10)
        time.sleep(2.2)
        self.refused(first.text("RequestID"))

    def test_page_size_option(self):
        with Etsim("--page-size", "7", "--subscribers", "20") as sim:
            sizes = [len(a.rows) for a in sim.pages("SentEvent", PROPERTIES, SEND, batch=50)]
            self.assertEqual(sizes, [7, 7, 6])

    def test_ten_million_recipients(self):
        with Etsim("--subscribers", "10000000", "--sends", "1") as sim:
            rows = sim.retrieve("SentEvent", PROPERTIES, SEND).rows
            self.assertEqual(len(rows), 2500)
            one = simple("SubscriberKey", "equals", rows[1234]["SubscriberKey"])
            self.assertEqual(sim.all_rows("SentEvent", PROPERTIES, one), [rows[1234]])
            send = sim.retrieve("Send", ["NumberSent", "UniqueOpens"],
                                simple("ID", "equals", DEMO_SEND)).rows[0]
            self.assertEqual(send["NumberSent"], "10000000")
            # Sanitizers keep freed memory: the bound only tells a page from ten million rows.
            self.assertLess(peak_memory(sim.process.pid), 400_000, "kB")


if __name__ == "__main__":
    unittest.main()
