"""The account's clock: what happens by itself, and what is there when."""

import os
import subprocess
import time
import unittest

from etsim_client import DEMO_SEND, ET_NS, Etsim, simple

COUNTS = ["NumberSent", "NumberDelivered", "UniqueOpens", "UniqueClicks", "HardBounces",
          "SoftBounces", "OtherBounces", "Unsubscribes", "ForwardedEmails"]


def perform(sim, action, kind, key, name="CustomerKey"):
    return sim.call(f'<PerformRequestMsg xmlns="{ET_NS}"><Action>{action}</Action><Definitions>'
                    f'<Definition xsi:type="{kind}"><{name}>{key}</{name}></Definition>'
                    "</Definitions></PerformRequestMsg>", "Perform")


def trigger(sim, count, key="sign-up"):
    people = "".join(f"<Subscribers><EmailAddress>new{i}@example.com</EmailAddress><SubscriberKey>"
                     f"new-{i}</SubscriberKey></Subscribers>" for i in range(count))
    return sim.call(f'<CreateRequest xmlns="{ET_NS}"><Options/><Objects xsi:type="TriggeredSend">'
                    f"<TriggeredSendDefinition><CustomerKey>{key}</CustomerKey>"
                    f"</TriggeredSendDefinition>{people}</Objects></CreateRequest>", "Create")


def task_id(answer):
    return next(e.text for e in answer.message.iter(f"{{{ET_NS}}}Task") for e in e
                if e.tag.endswith("}ID"))


def until(what, seconds=60):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        found = what()
        if found:
            return found
        time.sleep(0.05)
    raise AssertionError("it does not happen")


class Fixed(unittest.TestCase):
    """At a time in the past, each answer is of that time."""

    def figures(self, clock, *more):
        with Etsim("--subscribers", "2000", "--sends", "3", "--clock", clock, *more) as sim:
            one = simple("SendID", "equals", DEMO_SEND)
            send = sim.all_rows("Send", ["Status", *COUNTS], simple("ID", "equals", DEMO_SEND))
            lists = sim.all_rows("ListSend", COUNTS, one)
            clicks = sim.all_rows("LinkSend", ["Link.TotalClicks"], one)
            events = {kind: sim.all_rows(kind, ["SubscriberKey", "EventDate"], one)
                      for kind in ("SentEvent", "OpenEvent", "ClickEvent", "BounceEvent",
                                   "UnsubEvent", "NotSentEvent")}
        return send, lists, clicks, events

    def test_a_send_goes_through_its_states(self):
        for clock, status in (("2026-11-10T07:00:00", None), ("2026-11-10T10:00:00", "Scheduled"),
                              ("2026-11-10T10:05:00", "Sending"),
                              ("2026-11-10T12:00:00", "Complete")):
            send, _, _, _ = self.figures(clock)
            self.assertEqual([row["Status"] for row in send], [status] if status else [])

    def test_counts_agree_at_every_moment(self):
        before = {}
        for clock in ("2026-11-10T10:00:00", "2026-11-10T10:05:00", "2026-11-10T10:40:00",
                      "2026-11-10T13:00:00", "2026-12-30T00:00:00"):
            (send,), lists, clicks, events = self.figures(clock)
            people = {kind: len({row["SubscriberKey"] for row in rows})
                      for kind, rows in events.items()}
            self.assertEqual(int(send["NumberSent"]), len(events["SentEvent"]))
            self.assertEqual(int(send["UniqueOpens"]), people["OpenEvent"])
            self.assertEqual(int(send["UniqueClicks"]), people["ClickEvent"])
            self.assertEqual(int(send["Unsubscribes"]), len(events["UnsubEvent"]))
            self.assertEqual(int(send["NumberDelivered"]),
                             len(events["SentEvent"]) - len(events["BounceEvent"]))
            for count in COUNTS:
                self.assertEqual(int(send[count]), sum(int(row[count]) for row in lists), count)
            self.assertEqual(sum(int(row["Link.TotalClicks"]) for row in clicks),
                             len(events["ClickEvent"]))
            for kind, rows in events.items():
                self.assertTrue(all(row["EventDate"] <= clock for row in rows), kind)
                now = {(row["SubscriberKey"], row["EventDate"]) for row in rows}
                self.assertLessEqual(before.get(kind, set()), now)
                before[kind] = now
        with Etsim("--subscribers", "2000", "--sends", "3") as sim:
            for kind, rows in before.items():
                every = sim.all_rows(kind, ["SubscriberKey", "EventDate"],
                                     simple("SendID", "equals", DEMO_SEND))
                self.assertEqual({(r["SubscriberKey"], r["EventDate"]) for r in every}, rows)

    def test_nothing_is_later_than_the_clock(self):
        """Nor what the account has beside its sends: messages one by one, runs of automations."""
        dated = {"SentEvent": "EventDate", "OpenEvent": "EventDate", "ClickEvent": "EventDate",
                 "BounceEvent": "EventDate", "NotSentEvent": "EventDate",
                 "AutomationInstance": "CompletedTime", "ImportResultsSummary": "EndDate",
                 "Automation": "LastRunTime", "FileTrigger": "LastPullDate",
                 "Send": "ModifiedDate", "Subscriber": "CreatedDate"}
        summary = ["CustomerKey", "Sent", "Opens", "UniqueOpens", "Clicks", "Bounces"]
        for clock, confirmations, birthdays, runs in (("2026-01-04T00:00:00", 0, 0, 0),
                                                      ("2026-03-03T12:00:00", 19, 24, 0),
                                                      ("2026-11-09T12:00:00", 60, 24, 2)):
            with Etsim("--subscribers", "200", "--sends", "2", "--clock", clock) as sim:
                for kind, name in dated.items():
                    for row in sim.all_rows(kind, [name]):
                        self.assertLessEqual(row.get(name) or "", clock, kind)
                triggered = simple("TriggeredSendDefinitionObjectID", "isNotNull")
                counts = {row["CustomerKey"]: row for row in
                          sim.all_rows("TriggeredSendSummary", summary)}
                self.assertEqual((counts["order-confirmation"]["Sent"], counts["birthday"]["Sent"]),
                                 (str(confirmations), str(birthdays)))
                for kind, name in (("SentEvent", "Sent"), ("OpenEvent", "Opens"),
                                   ("ClickEvent", "Clicks"), ("BounceEvent", "Bounces")):
                    self.assertEqual(len(sim.all_rows(kind, ["SendID"], triggered)),
                                     sum(int(row[name]) for row in counts.values()), kind)
                there = [row["CustomerKey"] for row in
                         sim.all_rows("AutomationInstance", ["CustomerKey", "ObjectID"])]
                self.assertEqual(len(there), runs)
                last = sim.all_rows("Automation", ["LastRunInstanceID"])[0].get("LastRunInstanceID")
                self.assertEqual(last is not None, runs > 0)

    def test_late_events(self):
        """Some are there later than their date; in the end all are."""
        late, whole = (self.figures("2026-11-10T13:00:00", *more)[3]["OpenEvent"]
                       for more in (("--late", "30,48"), ()))
        keys = {(row["SubscriberKey"], row["EventDate"]) for row in whole}
        some = {(row["SubscriberKey"], row["EventDate"]) for row in late}
        self.assertLess(some, keys)
        self.assertAlmostEqual(len(some) / len(keys), 0.7, delta=0.1)
        end = self.figures("2026-12-30T00:00:00", "--late", "30,48")[3]["OpenEvent"]
        self.assertLessEqual(keys, {(row["SubscriberKey"], row["EventDate"]) for row in end})
        # what came between two readings was partly dated before the first
        later = self.figures("2026-11-10T16:00:00", "--late", "30,48")[3]["OpenEvent"]
        new = [row for row in later if (row["SubscriberKey"], row["EventDate"]) not in some]
        self.assertTrue([row for row in new if row["EventDate"] < "2026-11-10T13:00:00"])

    def test_a_clock_that_stands_still_stamps_what_is_made(self):
        with Etsim("--subscribers", "50", "--sends", "2", "--clock", "2026-11-12T00:00:00") as sim:
            trigger(sim, 1)
            one = simple("SubscriberKey", "equals", "new-0")
            rows = sim.all_rows("SentEvent", ["EventDate"], one)
            self.assertEqual([row["EventDate"] for row in rows], ["2026-11-12T00:00:00"])
            sim.call(f'<CreateRequest xmlns="{ET_NS}"><Options/><Objects xsi:type="List"><ListName>'
                     "a</ListName></Objects></CreateRequest>", "Create")
            made = sim.all_rows("List", ["CreatedDate"], simple("ListName", "equals", "a"))
            self.assertEqual(made[0]["CreatedDate"], "2026-11-12T00:00:00")

    def test_wrong_clocks(self):
        for option, value in (("--clock", "noon"), ("--clock", "x"), ("--clock", "x-1"),
                              ("--clock", "2026-11-10,3"), ("--late", "5"), ("--late", "101,1"),
                              ("--late", ",")):
            done = subprocess.run([os.environ["ETSIM"], option, value], capture_output=True,
                                  text=True, check=False)
            self.assertEqual(done.returncode, 2, value)
            self.assertIn(value, done.stderr)


class Faster(unittest.TestCase):
    """What a client starts happens, here in seconds."""

    def setUp(self):
        self.sim = Etsim("--subscribers", "300", "--sends", "3", "--clock",
                         "2026-11-20T08:00:00,x900")
        self.addCleanup(self.sim.stop)

    def send(self, job):
        return self.sim.all_rows("Send", ["Status", "EmailName", "EmailSendDefinition.CustomerKey",
                                          *COUNTS], simple("ID", "equals", job))[0]

    def test_a_started_send_is_sent_and_read(self):
        answer = perform(self.sim, "start", "EmailSendDefinition", "2026-11-newsletter")
        self.assertEqual(answer.overall, "OK")
        job = task_id(answer)
        self.assertEqual((self.send(job)["EmailName"],
                          self.send(job)["EmailSendDefinition.CustomerKey"]),
                         ("November newsletter", "2026-11-newsletter"))
        until(lambda: self.send(job)["Status"] == "Complete")
        until(lambda: int(self.send(job)["UniqueClicks"]) > 1)
        one = simple("SendID", "equals", job)
        self.assertEqual(len(self.sim.all_rows("SentEvent", ["SendID"], one)), 300)
        opens = self.sim.all_rows("OpenEvent", ["SubscriberKey"], one)
        self.assertGreaterEqual(int(self.send(job)["UniqueOpens"]),
                                len({row["SubscriberKey"] for row in opens}))
        found = self.sim.all_rows("ListSend", ["List.ID", "NumberSent"], one)
        self.assertEqual([row["NumberSent"] for row in found], ["300"])
        self.assertEqual(len(self.sim.all_rows("List", ["ID"], simple("ID", "equals",
                                                                     found[0]["List.ID"]))), 1)

    def test_a_send_is_paused_and_cancelled(self):
        self.sim = Etsim("--subscribers", "300", "--sends", "3", "--clock",
                         "2026-11-20T08:00:00,x5")
        self.addCleanup(self.sim.stop)
        job = task_id(perform(self.sim, "start", "EmailSendDefinition", "2026-11-newsletter"))
        self.assertIn(self.send(job)["Status"], ("Scheduled", "Sending"))
        self.assertEqual(perform(self.sim, "pause", "Send", job, "ID").overall, "OK")
        self.assertEqual(self.send(job)["Status"], "Paused")
        opens = self.send(job)["UniqueOpens"]
        time.sleep(0.5)
        self.assertEqual(self.send(job)["UniqueOpens"], opens)
        self.assertEqual(perform(self.sim, "cancel", "Send", job, "ID").overall, "OK")
        self.assertEqual(self.send(job)["Status"], "Canceled")
        self.assertEqual(perform(self.sim, "resume", "Send", job, "ID").overall, "Error")

    def test_a_triggered_send_is_read(self):
        self.assertEqual(trigger(self.sim, 40).overall, "OK")
        summary = simple("CustomerKey", "equals", "sign-up")
        properties = ["Sent", "Opens", "UniqueOpens", "Clicks", "Bounces",
                      "TriggeredSendDefinition.ObjectID"]

        def counts():
            return self.sim.all_rows("TriggeredSendSummary", properties, summary)[0]
        self.assertEqual(counts()["Sent"], "40")
        until(lambda: int(counts()["Clicks"]) and int(counts()["Bounces"]))
        now = counts()
        one = simple("TriggeredSendDefinitionObjectID", "equals",
                     now["TriggeredSendDefinition.ObjectID"])
        opens = self.sim.all_rows("OpenEvent", ["SubscriberKey", "EventDate"], one)
        self.assertGreaterEqual(len(opens), int(now["Opens"]))
        sent = {row["SubscriberKey"]: row["EventDate"] for row in self.sim.all_rows(
            "SentEvent", ["SubscriberKey", "EventDate"], one)}
        for row in opens:
            self.assertGreater(row["EventDate"], sent[row["SubscriberKey"]])

    def test_an_automation_runs_and_ends(self):
        properties = ["Status", "LastRunInstanceID"]
        key = simple("CustomerKey", "equals", "nightly")
        answer = perform(self.sim, "start", "Automation", "nightly")
        run = task_id(answer)
        one = simple("ObjectID", "equals", run)

        def state():
            return self.sim.all_rows("AutomationInstance",
                                     ["StatusMessage", "StartTime", "CompletedTime"], one)[0]
        self.assertEqual(self.sim.all_rows("Automation", properties, key)[0]["LastRunInstanceID"],
                         run)
        until(lambda: state()["StatusMessage"] == "Completed")
        self.assertGreater(state()["CompletedTime"], state()["StartTime"])
        self.assertEqual(self.sim.all_rows("Automation", properties, key)[0]["Status"], "2")
        imports = self.sim.all_rows("ImportResultsSummary", ["ImportStatus", "StartDate"])
        self.assertEqual((len(imports), imports[-1]["StartDate"], imports[-1]["ImportStatus"]),
                         (4, state()["StartTime"], "Completed"))

    def test_an_import_has_a_result(self):
        """That the task leads to: at once, and complete later; of the demo's, and of one's own."""
        self.assertEqual(self.sim.call(
            f'<CreateRequest xmlns="{ET_NS}"><Options/><Objects xsi:type="ImportDefinition">'
            "<CustomerKey>mine</CustomerKey><Name>Mine</Name><DestinationObject "
            'xsi:type="DataExtension"><CustomerKey>SendLog</CustomerKey></DestinationObject>'
            "<UpdateType>AddAndUpdate</UpdateType></Objects></CreateRequest>",
            "Create").overall, "OK")
        columns = {"import-customers": ("customers", "SubscriberKey"), "mine": ("SendLog", "JobID")}
        for key, (extension, column) in columns.items():
            answer = perform(self.sim, "start", "ImportDefinition", key)
            self.assertEqual(answer.overall, "OK")
            one = simple("TaskResultID", "equals", task_id(answer))

            def result():
                return self.sim.all_rows("ImportResultsSummary", [
                    "ImportDefinitionCustomerKey", "ImportStatus", "StartDate", "EndDate",
                    "DestinationID", "NumberSuccessful", "TotalRows"], one)[0]
            begun = result()
            self.assertEqual(begun["ImportDefinitionCustomerKey"], key)
            if begun["ImportStatus"] != "Completed":
                self.assertEqual((begun["ImportStatus"], begun["TotalRows"]), ("Processing", "0"))
            ended = until(lambda: result() if result()["ImportStatus"] == "Completed" else None)
            self.assertGreater(ended["EndDate"], ended["StartDate"])
            rows = sum(len(page.results) for page in self.sim.pages(
                f"DataExtensionObject[{extension}]", [column]))
            self.assertGreater(rows, 20)
            self.assertEqual((ended["NumberSuccessful"], ended["TotalRows"]), (str(rows),) * 2)
            self.assertEqual([row["CustomerKey"] for row in self.sim.all_rows(
                "DataExtension", ["CustomerKey"],
                simple("ObjectID", "equals", ended["DestinationID"]))], [extension])

    def asynchronous(self, *addresses, name="Create", count=None):
        people = "".join(f'<Objects xsi:type="Subscriber"><EmailAddress>{address}</EmailAddress>'
                         f"<SubscriberKey>{address}</SubscriberKey></Objects>"
                         for address in addresses)
        return self.sim.call(f'<{name}Request xmlns="{ET_NS}"><Options><ConversationID>talk'
                             "</ConversationID><RequestType>Asynchronous</RequestType></Options>"
                             f"{people}</{name}Request>", name)

    def test_an_asynchronous_request_is_answered_later(self):
        answer = self.asynchronous("a@example.com", "no address", "b@example.com")
        self.assertEqual(answer.overall, "OK")
        self.assertEqual([row["StatusMessage"] for row in answer.rows], ["Queued."] * 3)
        request = simple("RequestID", "equals", answer.text("RequestID"))
        message, = until(lambda: self.sim.all_rows(
            "ResultMessage", ["OverallStatusCode", "ConversationID"], request))
        self.assertEqual((message["OverallStatusCode"], message["ConversationID"]),
                         ("Has Errors", "talk"))
        items = self.sim.all_rows("ResultItem", ["OrdinalID", "StatusCode", "ErrorCode",
                                                 "RequestObjectType"], request)
        self.assertEqual([(r["OrdinalID"], r["StatusCode"], r.get("ErrorCode"),
                           r["RequestObjectType"]) for r in items],
                         [("0", "OK", None, "Subscriber"), ("1", "Error", "12000", "Subscriber"),
                          ("2", "OK", None, "Subscriber")])
        state, = self.sim.all_rows("AsyncRequestResult", ["Status", "CallStatus", "CompleteDate"],
                                   simple("ObjectID", "equals", answer.text("RequestID")))
        self.assertEqual((state["Status"], state["CallStatus"]), ("Complete", "Has Errors"))
        where = simple("SubscriberKey", "IN", "a@example.com", "b@example.com")
        self.assertEqual(len(self.sim.all_rows("Subscriber", ["ID"], where)), 2)
        answer = self.asynchronous("a@example.com", name="Delete")
        request = simple("RequestID", "equals", answer.text("RequestID"))
        until(lambda: self.sim.all_rows("ResultMessage", ["StatusCode"], request))
        self.assertEqual(len(self.sim.all_rows("Subscriber", ["ID"], where)), 1)

    def test_an_asynchronous_request_is_not_answered_at_once(self):
        with Etsim("--subscribers", "20", "--sends", "1", "--clock",
                   "2026-11-20T08:00:00") as self.sim:
            answer = self.asynchronous("now@example.com")
            where = simple("SubscriberKey", "equals", "now@example.com")
            self.assertEqual(self.sim.all_rows("Subscriber", ["ID"], where), [])
            state, = self.sim.all_rows("AsyncRequestResult", ["Status"], simple(
                "ObjectID", "equals", answer.text("RequestID")))
            self.assertEqual(state["Status"], "Queued")


if __name__ == "__main__":
    unittest.main()
