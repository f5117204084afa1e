#!/usr/bin/env python3
"""Runs each example against etsim: what it prints on success, and that it fails with a line of
advice when it cannot."""

import os
import re
import subprocess
import sys
import unittest
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parent.parent / folder) for folder in ("etsim", "docs")]
from blocks import careless
from etsim_client import DEMO_SEND, Etsim

FOLDER = Path(os.environ["EXAMPLES"])
SOURCES = Path(__file__).parent.parent.parent / "tools" / "examples"


class Examples(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.sim = Etsim("--subscribers", "3000")

    @classmethod
    def tearDownClass(cls):
        cls.sim.stop()

    def run_example(self, name, *arguments, password="demo", stdout=subprocess.PIPE):
        environment = {
            "ETSOAP_ENDPOINT": self.sim.url,
            "ETSOAP_USERNAME": "demo",
            "ETSOAP_PASSWORD": password,
            "PATH": os.environ["PATH"],
        }
        return subprocess.run([FOLDER / name, *arguments], env=environment, timeout=60,
                              stdout=stdout, stderr=subprocess.PIPE, text=True, check=False)

    def good(self, name, *arguments):
        ran = self.run_example(name, *arguments)
        self.assertEqual((ran.returncode, ran.stderr), (0, ""), name)
        return ran.stdout.splitlines()

    def test_every_example_is_run_here(self):
        tested = Path(__file__).read_text(encoding="utf-8")
        for source in SOURCES.glob("*.c"):
            self.assertIn(f'"{source.stem}"', tested)

    def test_send_summary_prints_the_statistics(self):
        lines = self.good("send_summary", DEMO_SEND)
        self.assertIn("NumberSent 3000", lines)
        self.assertEqual(len(lines), 6)

    def test_send_by_id_prints_the_same_send(self):
        lines = self.good("send_by_id", DEMO_SEND)
        self.assertIn(f"ID: {DEMO_SEND}", lines)
        self.assertIn("NumberSent: 3000", lines)

    def test_stub_retrieve_prints_a_page_of_rows(self):
        lines = self.good("stub_retrieve", DEMO_SEND)
        self.assertEqual(lines[0], "MoreDataAvailable")
        self.assertEqual(len(lines), 1 + 2500)
        self.assertTrue(lines[1].startswith(DEMO_SEND + " "))

    def test_events_by_date_prints_all_pages_in_the_window(self):
        day = next(line.split()[1][:10] for line in self.good("send_summary", DEMO_SEND)
                   if line.startswith("SentDate"))
        lines = self.good("events_by_date", day, day + "T23:59:59")
        self.assertGreaterEqual(len(lines), 3000)
        self.assertTrue(all(line.startswith(day) for line in lines))

    def test_describe_all_marks_what_can_be_retrieved(self):
        lines = self.good("describe_all", "SentEvent")
        self.assertIn("SentEvent.SendID Int32 retrievable", lines)

    def create_extension(self, name):
        fields = ("Fields.Field[0].Name=UniqueID", "Fields.Field[0].FieldType=Text",
                  "Fields.Field[0].IsPrimaryKey=true", "Fields.Field[1].Name=JobID",
                  "Fields.Field[1].FieldType=Number")
        environment = {"ETSOAP_ENDPOINT": self.sim.url, "ETSOAP_USERNAME": "demo",
                       "ETSOAP_PASSWORD": "demo"}
        subprocess.run([os.environ["PROBE"], "create", "DataExtension", f"Name={name}",
                        f"CustomerKey={name}", *fields], env=environment, timeout=60,
                       stdout=subprocess.DEVNULL, check=True)

    def test_upsert_rows_says_what_became_of_the_row(self):
        self.create_extension("Orders")
        ran = self.run_example("upsert_rows", "Orders", "UniqueID=a-1", "JobID=5")
        self.assertEqual(ran.returncode, 0, ran.stderr)
        again = self.run_example("upsert_rows", "Orders", "UniqueID=a-1", "JobID=6")
        self.assertEqual(again.returncode, 0, again.stderr)
        missing = self.run_example("upsert_rows", "NoSuchExtension", "a=b")
        self.assertEqual(missing.returncode, 1)
        self.assertRegex(missing.stderr, r"^upsert_rows: 1 of 1 objects refused")

    def probe(self, *arguments):
        environment = {"ETSOAP_ENDPOINT": self.sim.url, "ETSOAP_USERNAME": "demo",
                       "ETSOAP_PASSWORD": "demo"}
        ran = subprocess.run([os.environ["PROBE"], *arguments], env=environment, timeout=60,
                             capture_output=True, text=True, check=True)
        return ran.stdout

    def refused(self, name, *arguments):
        ran = self.run_example(name, *arguments)
        self.assertEqual((ran.returncode, ran.stdout), (1, ""), name)
        self.assertRegex(ran.stderr, rf"^{name}: .*\n$")
        return ran.stderr

    def test_log_unsub_books_an_unsub_event(self):
        sent = self.probe("retrieve", "SentEvent", "SubscriberKey", "where",
                          f"SendID = {DEMO_SEND}", "first", "1")
        key = re.search(r"SubscriberKey = (\S+)", sent).group(1)
        self.assertEqual(self.good("log_unsub", key, DEMO_SEND), ["unsubscribed"])
        booked = self.probe("retrieve", "UnsubEvent", "SubscriberKey", "where",
                            f"SendID = {DEMO_SEND} AND SubscriberKey = '{key}'")
        self.assertIn(f"SubscriberKey = {key}", booked)
        self.refused("log_unsub", "nobody", DEMO_SEND)

    def code_lines(self, name):
        text = re.sub(r"/\*.*?\*/", "", (SOURCES / f"{name}.c").read_text(), flags=re.S)
        return sum(1 for line in text.splitlines() if line.strip())

    def test_utilities_are_short(self):
        for name, most in {"events_to_tsv": 40, "upsert_subscribers": 40, "trigger_send": 40,
                           "data_extension": 40, "log_unsub": 40, "bounces_by_domain": 42}.items():
            self.assertLessEqual(self.code_lines(name), most, name)

    def test_none_ignores_an_error(self):
        for path in SOURCES.glob("*.c"):
            self.assertIsNone(careless(path.read_text()), path.name)

    def test_events_to_tsv_takes_the_window_of_the_accounts(self):
        day = next(line.split()[1][:10] for line in self.good("send_summary", DEMO_SEND)
                   if line.startswith("SentDate"))
        lines = self.good("events_to_tsv", day, day + "T23:59:59", "10001", "10002", "10003")
        self.assertEqual(lines[0], "Client.ID\tEventDate\tSubscriberKey\tURL")
        self.assertGreater(len(lines), 20)
        self.assertTrue(all(line.split("\t")[1].startswith(day) for line in lines[1:]))
        only = self.good("events_to_tsv", day, day + "T23:59:59", "10002", "10002", "10002")
        self.assertLess(len(only), len(lines))
        self.assertIn("whole seconds",
                      self.refused("events_to_tsv", day, day + "T12:00:00.5", "1", "2", "3"))

    def test_upsert_subscribers_reports_each(self):
        for word in ("Created", "Updated"):
            lines = self.good("upsert_subscribers", "example.org")
            self.assertEqual(len(lines), 120)
            self.assertTrue(all(line == f"reader-{n + 1:03}\tOK\t{word} Subscriber."
                                for n, line in enumerate(lines)), lines[:2])
        ran = self.run_example("upsert_subscribers", "no domain")
        self.assertEqual(ran.returncode, 1)
        self.assertEqual(len(ran.stdout.splitlines()), 120)
        self.assertIn("120 of 120 objects refused", ran.stderr)
        self.assertIn("XML", self.refused("upsert_subscribers", "example\x01.com"))

    def test_trigger_send_sends_with_attributes(self):
        self.assertIn("not started", self.refused("trigger_send", "hello", "ann@example.com"))
        self.probe("create", "TriggeredSendDefinition", "Name=Hello", "CustomerKey=hello",
                   "Email.ID=1")
        self.good("start_definition", "TriggeredSendDefinition", "hello")
        self.assertEqual(self.good("trigger_send", "hello", "ann@example.com", "City=Ulm"),
                         ["Created TriggeredSend."])
        self.refused("trigger_send", "hello", "no address")
        self.assertIn("XML", self.refused("trigger_send", "hello", "ann@example.com", "City=\x01"))

    def test_data_extension_prints_its_rows(self):
        self.probe("create", "DataExtension", "Name=People of ours", "CustomerKey=people",
                   "Fields.Field[0].Name=Person", "Fields.Field[0].FieldType=Text",
                   "Fields.Field[0].IsPrimaryKey=true", "Fields.Field[1].Name=Name",
                   "Fields.Field[1].FieldType=Text")
        for name in ("ann", "bob"):
            self.good("upsert_rows", "people", f"Person={name}")
        lines = self.good("data_extension", "People of ours")
        self.assertEqual(sorted(lines[0].split(",")), ["Name", "Person"])
        self.assertEqual(len(lines), 3)
        self.assertTrue(any("ann" in line for line in lines))
        self.assertIn("no Nobody", self.refused("data_extension", "Nobody"))

    def test_bounces_by_domain_has_every_bounce(self):
        lines = self.good("bounces_by_domain", DEMO_SEND)
        bounced = self.probe("retrieve", "BounceEvent", "SubscriberKey", "where",
                             f"SendID = {DEMO_SEND}")
        self.assertEqual(len(lines), bounced.count("SubscriberKey ="))
        self.assertEqual({line[0] for line in lines}, {"@"})

    def test_start_definition_starts_a_triggered_send(self):
        self.probe("create", "TriggeredSendDefinition", "Name=Welcome", "CustomerKey=welcome",
                   "Email.ID=1")
        self.assertEqual(self.good("start_definition", "TriggeredSendDefinition", "welcome"),
                         ["started"])
        state = self.probe("retrieve", "TriggeredSendDefinition", "TriggeredSendStatus", "where",
                           "CustomerKey = 'welcome'")
        self.assertIn("TriggeredSendStatus = Active", state)
        self.assertIn("no TriggeredSendDefinition",
                      self.refused("start_definition", "TriggeredSendDefinition", "none"))
        self.assertIn("Triggered", self.refused("start_definition", "TriggeredSendDefinitio", "a"))

    def test_new_attribute_adds_it_once(self):
        self.assertEqual(self.good("new_attribute", "UniqueID"), ["added"])
        self.assertIn("There is a property UniqueID", self.refused("new_attribute", "UniqueID"))

    def test_schedule_send_and_tracking_extract_are_accepted(self):
        self.refused("schedule_send", "news", "2026-12-01T08:00:00")
        self.probe("create", "EmailSendDefinition", "Name=News", "CustomerKey=news", "Email.ID=1")
        self.assertEqual(self.good("schedule_send", "news", "2026-12-01T08:00:00"), ["scheduled"])
        self.assertEqual(self.good("tracking_extract", "11/1/2026 12:00:00 AM",
                                   "11/2/2026 12:00:00 AM", "sent.zip"), ["accepted"])

    def test_refused_credentials_give_one_line_with_advice(self):
        for name, *arguments in (("send_summary", "1"), ("send_by_id", "1"), ("stub_retrieve", "1"),
                                 ("events_by_date", "2026-11-01", "2026-11-02"),
                                 ("describe_all", "Send"), ("upsert_rows", "SendLog", "a=b"),
                                 ("log_unsub", "a", "1"), ("new_attribute", "a"),
                                 ("start_definition", "QueryDefinition", "a"),
                                 ("schedule_send", "a", "2026-12-01"),
                                 ("events_to_tsv", "2026-11-01", "2026-11-02", "1", "2", "3"),
                                 ("upsert_subscribers", "example.org"),
                                 ("trigger_send", "a", "b@example.org"),
                                 ("data_extension", "a"), ("bounces_by_domain", "1"),
                                 ("tracking_extract", "a", "b", "c.zip")):
            ran = self.run_example(name, *arguments, password="wrong")
            self.assertEqual(ran.returncode, 1, name)
            self.assertTrue(re.fullmatch(rf"{name}: .*Login Failed; check .*\n", ran.stderr),
                            ran.stderr)
            self.assertNotIn("wrong", ran.stdout + ran.stderr)

    def test_what_is_no_number_of_a_send_or_an_account_is_wrong_usage(self):
        beyond = str(int(DEMO_SEND) + 2 ** 32)
        window = ("2026-11-01", "2026-11-02")
        for bad in ("abc", "", "0", "-1", DEMO_SEND + "x", beyond, "9" * 30):
            for name, *arguments in (("send_summary", bad), ("log_unsub", "a", bad),
                                     (os.environ["PROJECT"], bad),
                                     ("events_to_tsv", *window, bad, "2", "3"),
                                     ("events_to_tsv", *window, "1", "2", bad)):
                ran = self.run_example(name, *arguments)
                self.assertEqual((ran.returncode, ran.stdout), (2, ""), (name, bad))
                self.assertIn("1 to 2147483647", ran.stderr, name)

    def test_what_stdout_does_not_take_is_said(self):
        """Exit code 1 after a question; 3 after a change, which is done."""
        self.create_extension("Full")
        self.probe("create", "EmailSendDefinition", "Name=Full", "CustomerKey=full", "Email.ID=1")
        self.probe("create", "TriggeredSendDefinition", "Name=Full", "CustomerKey=full",
                   "Email.ID=1")
        day = next(line.split()[1][:10] for line in self.good("send_summary", DEMO_SEND)
                   if line.startswith("SentDate"))
        window = (day, day + "T23:59:59")
        sent = self.probe("retrieve", "SentEvent", "SubscriberKey", "where",
                          f"SendID = {DEMO_SEND}", "first", "2")
        key = re.findall(r"SubscriberKey = (\S+)", sent)[1]
        runs = ((3, "start_definition", "TriggeredSendDefinition", "full"),
                (3, "trigger_send", "full", "ann@example.com"),
                (3, "upsert_rows", "Full", "UniqueID=a-1"), (1, "data_extension", "Full"),
                (3, "upsert_subscribers", "example.org"), (3, "log_unsub", key, DEMO_SEND),
                (3, "new_attribute", "Full"), (3, "schedule_send", "full", "2026-12-01T08:00:00"),
                (3, "tracking_extract", "11/1/2026 12:00:00 AM", "11/2/2026 12:00:00 AM", "a.zip"),
                (1, "send_summary", DEMO_SEND), (1, "send_by_id", DEMO_SEND),
                (1, "stub_retrieve", DEMO_SEND), (1, "events_by_date", *window),
                (1, "describe_all", "SentEvent"), (1, "bounces_by_domain", DEMO_SEND),
                (1, "events_to_tsv", *window, "10001", "10002", "10003"),
                (1, os.environ["PROJECT"], DEMO_SEND))
        self.assertEqual({name for _, name, *_ in runs[:-1]},
                         {source.stem for source in SOURCES.glob("*.c")})
        for code, name, *arguments in runs:
            with open("/dev/full", "w", encoding="utf-8") as full:
                ran = self.run_example(name, *arguments, stdout=full)
            self.assertEqual(ran.returncode, code, (name, ran.stderr))
            self.assertRegex(ran.stderr, r"^\w+: .*(cannot write to stdout|No space left).*\n$")

    def test_the_project_prints_the_links_of_a_send(self):
        self.assertGreater(len(self.good(os.environ["PROJECT"], DEMO_SEND)), 3)

    def test_missing_arguments_are_wrong_usage(self):
        for source in SOURCES.glob("*.c"):
            ran = self.run_example(source.stem)
            self.assertEqual(ran.returncode, 2, source.stem)
            self.assertTrue(ran.stderr.strip(), source.stem)


if __name__ == "__main__":
    unittest.main()
