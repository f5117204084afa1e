"""Files that etsim writes when it is asked to: what it keeps, the truth, extracts."""

import contextlib
import csv
import io
import json
import os
import resource
import signal
import sqlite3
import stat
import subprocess
import tempfile
import time
import unittest
import zipfile
from pathlib import Path

from etsim_client import DEMO_SEND, ET_NS, Etsim, peak_memory, simple
from test_clock import perform, task_id, trigger, until

CASES = Path(__file__).parent / "cases"
SMALL = ("--subscribers", "300", "--sends", "3")
EXTRACT = "c7219016-a7f0-4c72-8657-1ec12c28a0db"


class Folder(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)


def objects(kind, inner, name="CreateRequest"):
    return (f'<{name} xmlns="{ET_NS}"><Options/><Objects xsi:type="{kind}">{inner}</Objects>'
            f"</{name}>")


class State(Folder):
    def etsim(self, *more):
        return Etsim(*SMALL, "--state", str(self.folder / "state.db"), *more)

    def tell(self, sim):
        """Something of each sort. @return the job that was started"""
        sim.call(objects("List", "<ListName>Größe &lt; 1</ListName>"), "Create")
        sim.call(objects("DataExtension", "<CustomerKey>de</CustomerKey><Fields><Field><Name>K"
                         "</Name><IsPrimaryKey>true</IsPrimaryKey></Field></Fields>"), "Create")
        sim.call(objects("DataExtensionObject", "<CustomerKey>de</CustomerKey><Properties>"
                         "<Property><Name>K</Name><Value>v</Value></Property></Properties>"),
                 "Create")
        sim.call(objects("Subscriber", "<SubscriberKey>1e1000</SubscriberKey><Status>Unsubscribed"
                         "</Status>", "UpdateRequest"), "Update")
        sim.call(objects("ContentArea", "<CustomerKey>header</CustomerKey>", "DeleteRequest"),
                 "Delete")
        trigger(sim, 2)
        return task_id(perform(sim, "start", "EmailSendDefinition", "2026-11-newsletter"))

    def seen(self, sim, job):
        rows = sim.all_rows
        return {
            "lists": rows("List", ["ID", "ListName", "CreatedDate", "CustomerKey"]),
            "row": sim.retrieve("DataExtensionObject[de]", ["K"]).rows,
            "subscriber": rows("Subscriber", ["Status", "EmailAddress"],
                               simple("SubscriberKey", "equals", "1e1000")),
            "subscribers": len(rows("Subscriber", ["ID"])),
            "areas": [row["CustomerKey"] for row in rows("ContentArea", ["CustomerKey"])],
            "send": rows("Send", ["ID", "EmailName", "Subject"], simple("ID", "equals", job)),
            "sent": rows("SentEvent", ["SendID", "EventDate"],
                         simple("SubscriberKey", "equals", "new-1")),
            "summary": rows("TriggeredSendSummary", ["CustomerKey", "Sent"])}

    def test_what_was_told_survives_a_restart(self):
        with self.etsim() as sim:
            job = self.tell(sim)
            before = self.seen(sim, job)
        with self.etsim() as sim:
            self.assertEqual(self.seen(sim, job), before)
            made = sim.call(objects("List", "<ListName>new</ListName>"), "Create").results[0]
            new = next(e.text for e in made if e.tag.endswith("}NewID"))
            self.assertNotIn(new, [row["ID"] for row in before["lists"]])
        self.assertEqual((len(before["send"]), len(before["sent"]), before["areas"]),
                         (1, 1, ["footer"]))

    def test_what_is_deleted_first_after_a_start_stays_away(self):
        mine = simple("CustomerKey", "equals", "mine")
        for name, inner, count in (("Create", "<ListName>Mine</ListName>", 1), ("Delete", "", 0)):
            with self.etsim() as sim:
                told = objects("List", f"<CustomerKey>mine</CustomerKey>{inner}", f"{name}Request")
                self.assertEqual(sim.call(told, name).overall, "OK")
            with self.etsim() as sim:
                self.assertEqual(len(sim.all_rows("List", ["ID"], mine)), count, name)

    def test_who_only_reads_changes_nothing(self):
        path = self.folder / "state.db"
        with self.etsim() as sim:
            self.tell(sim)
        before = path.read_bytes(), path.stat().st_mtime_ns
        with self.etsim() as sim:
            for kind in ("Subscriber", "List", "DataExtensionObject[de]", "Publication"):
                self.assertFalse(sim.retrieve(kind, ["K" if "[" in kind else "ID"])
                                 .overall.startswith("Error"), kind)
        self.assertEqual((path.read_bytes(), path.stat().st_mtime_ns), before)

    def test_it_survives_a_kill(self):
        sim = self.etsim()
        job = self.tell(sim)
        before = self.seen(sim, job)
        time.sleep(3)  # a tick, on a busy machine too
        with self.assertRaisesRegex(AssertionError, "etsim ended with -9"):
            sim.stop(signal.SIGKILL)
        with self.etsim() as sim:
            self.assertEqual(self.seen(sim, job), before)

    def test_what_is_to_happen_survives(self):
        clock = ("--clock", "2026-11-20T08:00:00")
        with self.etsim(*clock) as sim:
            trigger(sim, 40)
        with self.etsim("--clock", "2026-11-25T08:00:00") as sim:
            summary, = sim.all_rows("TriggeredSendSummary", ["Opens", "Clicks", "Bounces"],
                                    simple("CustomerKey", "equals", "sign-up"))
            self.assertTrue(all(int(summary[name]) for name in ("Opens", "Clicks", "Bounces")))

    def test_a_clock_that_runs_goes_on(self):
        one = simple("ID", "equals", DEMO_SEND)

        def is_over(sim):
            return sim.retrieve("Send", ["Status"], one).rows[0]["Status"] == "Complete"
        for clock in ("2026-11-10T09:00:00,x100000", "x100000"):
            (self.folder / "state.db").unlink(missing_ok=True)
            dates = []
            for number in range(3):
                with self.etsim("--clock", clock) as sim:
                    self.assertTrue(number == 0 or is_over(sim))
                    for name in (f"first {number}", f"last {number}"):
                        sim.call(objects("List", f"<ListName>{name}</ListName>"), "Create")
                        row, = sim.all_rows("List", ["CreatedDate"],
                                            simple("ListName", "equals", name))
                        dates.append(row["CreatedDate"])
                        until(lambda: is_over(sim))
            self.assertEqual(dates, sorted(dates))

    def test_other_data_are_refused(self):
        with self.etsim():
            pass
        for more, name in ((("--seed", "2"), "seed"), (("--sends", "4"), "sends")):
            done = subprocess.run([os.environ["ETSIM"], *SMALL, "--state",
                                   str(self.folder / "state.db"), *more], capture_output=True,
                                  text=True, check=False)
            self.assertEqual(done.returncode, 1)
            self.assertIn(f"it was made with --{name}", done.stderr)

    def test_what_is_no_database_is_refused(self):
        for text in ("not a database, but long enough to be taken for one" * 30, None):
            path = self.folder / "other"
            if text:
                path.write_text(text)
            else:
                path = self.folder / "nowhere" / "state"
            done = subprocess.run([os.environ["ETSIM"], "--state", str(path)], capture_output=True,
                                  text=True, check=False)
            self.assertEqual(done.returncode, 1)
            self.assertIn(f"--state {path}", done.stderr)
            if text:
                self.assertEqual(path.read_text(), text)

    def refusal(self, *statements):
        """What etsim says of its database after these statements; it leaves the file alone."""
        path = self.folder / "state.db"
        with contextlib.closing(sqlite3.connect(path)) as database:
            for statement in statements:
                database.execute(statement)
            database.commit()
        before = path.read_bytes()
        done = subprocess.run([os.environ["ETSIM"], *SMALL, "--state", str(path), "--max-time",
                               "9"], capture_output=True, text=True, check=False)
        self.assertEqual((done.returncode, done.stdout), (1, ""), done.stderr)
        self.assertEqual(path.read_bytes(), before)
        path.unlink()
        return done.stderr.removeprefix(f"etsim: --state {path}: ").strip()

    def test_a_database_of_others_is_left_alone(self):
        self.assertEqual(self.refusal("CREATE TABLE precious(what)",
                                      "INSERT INTO precious VALUES('mine')"),
                         "is a database of another program")

    def test_a_layout_of_another_version_is_refused(self):
        with self.etsim():
            pass
        self.assertEqual(self.refusal("PRAGMA user_version = 7"),
                         "was made by another version of etsim (layout 7, this one has 1)")

    def test_a_damaged_record_is_named(self):
        for change in ("number = -5", "number = 0", f"number = {1 << 62}", "tree = '[]'",
                       "tree = '[1]'", "tree = ''"):
            with self.etsim():
                pass
            said = self.refusal(f"UPDATE record SET {change} WHERE number = 3")
            self.assertRegex(said, r"^record -?\d+ is damaged$", change)

    def ended(self, *more):
        words = [os.environ["ETSIM"], *SMALL, "--state", str(self.folder / "state.db"), *more]
        done = subprocess.run(words, capture_output=True, text=True, check=False)
        return done.returncode, done.stderr

    def test_what_is_loaded_is_kept(self):
        """The same command line goes on; with other files it says that they come too late."""
        one, other = self.folder / "one.xml", self.folder / "other.xml"
        one.write_bytes((CASES / "recorded_rows.xml").read_bytes())
        other.write_bytes((CASES / "recorded_events.xml").read_bytes())
        for _ in range(2):
            with self.etsim("--load", str(one)) as sim:
                kept = sim.all_rows("DataExtension", ["CustomerKey"])
        with self.etsim() as sim:
            self.assertEqual(sim.all_rows("DataExtension", ["CustomerKey"]), kept)
        for files in ((other,), (one, other)):
            code, said = self.ended("--load", *map(str, files))
            self.assertEqual(code, 1)
            self.assertIn("it has an account already, without these files", said)
        code, said = self.ended("--load", str(self.folder / "nope"))
        self.assertEqual(code, 1)
        self.assertIn("nope: No such file or directory", said)

    def test_a_description_makes_no_state(self):
        state = self.folder / "state.db"
        self.assertEqual(self.ended("--describe-data"), (0, ""))
        self.assertFalse(state.exists())
        state.touch()
        self.assertEqual(self.ended("--describe-data"), (0, ""))
        self.assertEqual(state.read_bytes(), b"")
        with self.etsim():
            pass
        self.assertEqual(self.ended("--describe-data"), (0, ""))

    def test_what_is_left_of_a_state(self):
        """An empty file is a new one, as mktemp makes them."""
        state = self.folder / "state.db"
        state.touch()
        with self.etsim():
            pass
        whole = state.read_bytes()
        for size in (1, 100, 511):
            state.write_bytes(whole[:size])
            self.assertEqual(self.ended("--max-time", "9"),
                             (1, f"etsim: --state {state}: is no database of etsim\n"))
            self.assertEqual(state.read_bytes(), whole[:size])

    def test_a_count_is_read_as_it_is(self):
        """Not one by one, however high."""
        with self.etsim():
            pass
        with contextlib.closing(sqlite3.connect(self.folder / "state.db")) as database:
            database.execute(f"INSERT INTO unsubs VALUES({DEMO_SEND}, 77, 2000000000)")
            database.commit()
        with self.etsim() as sim:
            send, = sim.all_rows("Send", ["Unsubscribes"], simple("ID", "equals", DEMO_SEND))
        self.assertGreaterEqual(int(send["Unsubscribes"]), 2000000000)
        for count in (0, -1, 1 << 32):
            with self.etsim():
                pass
            said = self.refusal(f"INSERT OR REPLACE INTO unsubs VALUES({DEMO_SEND}, 77, {count})")
            self.assertEqual(said, f"unsubscribes of send {DEMO_SEND} are damaged")

    def test_what_cannot_be_written_is_said(self):
        path = Path("/dev/full")
        done = subprocess.run([os.environ["ETSIM"], *SMALL, "--state", path, "--max-time", "9"],
                              capture_output=True, text=True, check=False)
        self.assertEqual((done.returncode, done.stdout), (1, ""))
        self.assertIn(f"--state {path}: cannot be read and written: ", done.stderr)

    def test_it_is_for_one_at_a_time(self):
        path = self.folder / "state.db"
        with self.etsim():
            done = subprocess.run([os.environ["ETSIM"], *SMALL, "--state", path, "--max-time", "9"],
                                  capture_output=True, text=True, check=False)
            self.assertEqual((done.returncode, done.stdout), (1, ""))
            self.assertIn(f"--state {path}: is in use by another program", done.stderr)
        with self.etsim():
            pass

    def test_a_full_disk_is_said_and_got_over(self):
        """What could not be saved is saved once there is room, though nothing is told anew."""
        sim = self.etsim("--clock", "2026-11-20T08:00:00")
        limits = resource.prlimit(sim.process.pid, resource.RLIMIT_FSIZE)
        size = max(path.stat().st_size for path in self.folder.iterdir())
        resource.prlimit(sim.process.pid, resource.RLIMIT_FSIZE, (size + 4096, limits[1]))
        sim.call(objects("Email", f"<CustomerKey>big</CustomerKey><HTMLBody>{'x' * 500_000}"
                         "</HTMLBody>"), "Create")
        self.assertEqual(sim.call(objects("List", "<ListName>after it</ListName>"),
                                  "Create").overall, "OK")
        until(lambda: b"not saved" in sim.log.read_bytes())
        resource.prlimit(sim.process.pid, resource.RLIMIT_FSIZE, limits)
        until(lambda: any(path.stat().st_size > 500_000 for path in self.folder.iterdir()))
        time.sleep(3)  # to the end of the transaction, on a busy machine too
        text = sim.log.read_text(encoding="utf-8")
        self.assertEqual(text.count("not saved"), 1, text)
        with self.assertRaisesRegex(AssertionError, "etsim ended with -9"):
            sim.stop(signal.SIGKILL)
        with self.etsim() as again:
            self.assertEqual(len(again.all_rows("List", ["ID"], simple("ListName", "equals",
                                                                      "after it"))), 1)

    def test_without_it_nothing_is_written(self):
        before = os.getcwd()
        os.chdir(self.folder)
        self.addCleanup(os.chdir, before)
        with Etsim(*SMALL) as sim:
            self.tell(sim)
        self.assertEqual(list(self.folder.iterdir()), [])


class Truth(Folder):
    def events(self):
        lines = (self.folder / "truth").read_text(encoding="utf-8").splitlines()
        return [json.loads(line) for line in lines]

    def test_it_is_every_event(self):
        with Etsim(*SMALL, "--truth", str(self.folder / "truth")) as sim:
            told = self.events()
            for kind in ("SentEvent", "OpenEvent", "BounceEvent", "SurveyEvent"):
                rows = sim.all_rows(kind, ["Client.ID", "SendID", "SubscriberKey", "EventDate"],
                                    more="<QueryAllAccounts>true</QueryAllAccounts>")
                self.assertCountEqual(
                    [(str(e["account"]), str(e["send"]), e["subscriber"], e["date"])
                     for e in told if e["type"] == kind],
                    [(r["Client.ID"], r["SendID"], r["SubscriberKey"], r["EventDate"])
                     for r in rows], kind)
            trigger(sim, 1)
        self.assertEqual([e["type"] for e in self.events() if e["subscriber"] == "new-0"][0],
                         "SentEvent")

    def test_what_comes_of_a_triggered_send_is_in_it(self):
        """As long before it happens as one likes."""
        clock = "2026-11-20T08:00:00"
        with Etsim(*SMALL, "--truth", str(self.folder / "truth"), "--clock", clock) as sim:
            trigger(sim, 60)
            self.assertEqual(sim.all_rows("OpenEvent", ["SendID"],
                                          simple("SubscriberKey", "like", "new-")), [])
        told = [e for e in self.events() if e["subscriber"].startswith("new-")]
        self.assertGreaterEqual(len([e for e in told if e["date"] > clock]), 20)
        self.assertTrue(all(e["arrives"] == e["date"] for e in told))
        with Etsim(*SMALL, "--clock", clock + ",x1000000") as sim:
            trigger(sim, 60)
            time.sleep(0.1)  # a day
            for kind in ("SentEvent", "OpenEvent", "ClickEvent", "BounceEvent"):
                rows = sim.all_rows(kind, ["SendID", "SubscriberKey"],
                                    simple("SubscriberKey", "like", "new-"))
                self.assertCountEqual([(r["SendID"], r["SubscriberKey"]) for r in rows],
                                      [(str(e["send"]), e["subscriber"]) for e in told
                                       if e["type"] == kind], kind)
                self.assertTrue(rows)

    def test_nothing_comes_of_a_send_that_was_stopped(self):
        jobs = {}
        with Etsim(*SMALL, "--truth", str(self.folder / "truth"), "--clock",
                   "2026-11-20T08:00:00") as sim:
            for actions in ("", "pause", "pause cancel", "pause resume"):
                job = task_id(perform(sim, "start", "EmailSendDefinition", "2026-11-newsletter"))
                for action in actions.split():
                    self.assertEqual(perform(sim, action, "Send", job, "ID").overall, "OK")
                jobs[job] = actions
        told = {actions: sum(str(e["send"]) == job and e["type"] == "SentEvent"
                             for e in self.events()) for job, actions in jobs.items()}
        self.assertEqual(told, {"": 300, "pause": 0, "pause cancel": 0, "pause resume": 300})

    def test_it_says_what_arrives_late(self):
        clock = "2026-11-10T13:00:00"
        with Etsim(*SMALL, "--truth", str(self.folder / "truth"), "--clock", clock, "--late",
                   "40,24") as sim:
            rows = sim.all_rows("OpenEvent", ["SubscriberKey", "EventDate"],
                                simple("SendID", "equals", DEMO_SEND))
        told = [e for e in self.events()
                if e["type"] == "OpenEvent" and str(e["send"]) == DEMO_SEND]
        self.assertCountEqual([(r["SubscriberKey"], r["EventDate"]) for r in rows],
                              [(e["subscriber"], e["date"]) for e in told
                               if e["arrives"] <= clock])
        late = [e for e in told if e["arrives"] > e["date"]]
        self.assertAlmostEqual(len(late) / len(told), 0.4, delta=0.15)


class Places(Folder):
    """What is asked for and cannot be written is said, and nothing else is harmed."""

    def run_etsim(self, *more):
        done = subprocess.run([os.environ["ETSIM"], *SMALL, "--max-time", "1", *more],
                              capture_output=True, text=True, check=False, timeout=60)
        return done.returncode, done.stdout, done.stderr

    def test_a_full_device(self):
        full = self.folder / "full"
        try:
            os.mknod(full, stat.S_IFCHR | 0o666, os.makedev(1, 7))
            with open(full, "wb"):
                pass
        except PermissionError:
            full = Path("/dev/full")  # then nobody could replace that one either
        for option in ("--truth", "--ready-file"):
            code, said, complaint = self.run_etsim(option, full)
            self.assertEqual((code, said), (1, ""))
            self.assertEqual(complaint, f"etsim: {option} {full}: No space left on device\n")
            self.assertTrue(stat.S_ISCHR(full.stat().st_mode), option)

    def test_a_full_stdout(self):
        with open("/dev/full", "wb") as full:
            done = subprocess.run([os.environ["ETSIM"], *SMALL, "--max-time", "9"], stdout=full,
                                  stderr=subprocess.PIPE, text=True, check=False, timeout=60)
        self.assertEqual((done.returncode, done.stderr),
                         (1, "etsim: cannot write stdout: No space left on device\n"))

    def test_a_state_of_any_name_is_a_file(self):
        name = "file:state?mode=memory"
        done = subprocess.run([os.environ["ETSIM"], *SMALL, "--max-time", "1", "--state", name],
                              capture_output=True, check=False, timeout=60, cwd=self.folder)
        self.assertEqual(done.returncode, 0)
        self.assertEqual([path.name for path in self.folder.iterdir()], [name])

    def test_a_pipe_stays_one(self):
        code, said, complaint = self.run_etsim("--ready-file", "/dev/stdout")
        self.assertEqual((code, complaint), (0, ""))
        self.assertEqual(said.count("/Service.asmx\n"), 2)

    def test_a_log_that_is_not_whole(self):
        sim = Etsim(*SMALL, "--log", "/dev/full")
        self.addCleanup(sim.folder.cleanup)
        for name in "ab":
            sim.call(objects("List", f"<ListName>{name}</ListName>"), "Create")
        sim.connection.close()
        sim.process.send_signal(signal.SIGTERM)
        self.assertEqual(sim.process.wait(60), 1)
        self.assertEqual(sim.log.read_text(encoding="utf-8").count(
            "etsim: --log /dev/full: No space left on device: requests are missing in it\n"), 1)

    def test_two_names_of_one_file(self):
        one, other = self.folder / "one", self.folder / "other"
        one.write_text("kept", encoding="utf-8")
        other.symlink_to(one)
        for first, second in (("--ready-file", "--truth"), ("--state", "--truth"),
                              ("--state", "--log"), ("--truth", "--log")):
            code, said, complaint = self.run_etsim(first, one, second, other)
            self.assertEqual((code, said), (2, ""))
            self.assertEqual(complaint, f"etsim: {first} and {second} are the same file, {other}: "
                             "give each its own\n")
        self.assertEqual(one.read_text(encoding="utf-8"), "kept")

    def test_a_folder_that_is_none(self):
        (self.folder / "file").touch()
        for name, what in (("nowhere", "No such file or directory"), ("file", "Not a directory")):
            path = self.folder / name
            self.assertEqual(self.run_etsim("--files", path),
                             (1, "", f"etsim: --files {path}: {what}\n"))


class Answers(Folder):
    def kept(self, pattern="*.xml"):
        return sorted(path.name for path in self.folder.glob(f"kept/*/{pattern}"))

    def ask(self, *options, where="--answers", times=1):
        folder = str(self.folder / "kept")
        given = [where, folder] if where else []
        environment = {**os.environ, "ETSIM_ANSWERS": "" if where else folder}
        with Etsim(*SMALL, *given, *options, environment=environment) as sim:
            sends = [sim.retrieve("Send", ["ID", "NumberSent"]).data for _ in range(times)]
            sim.retrieve("Send", ["ID", "Status"], simple("ID", "equals", DEMO_SEND))
            sim.retrieve("Send", ["Nonsense"])
            sim.call(objects("List", "<ListName>new</ListName>"), "Create")
            return sends, sim.document("/etframework.wsdl")

    def test_some_of_each_shape_are_kept(self):
        sends, contract = self.ask(times=30)
        kept = self.kept("Retrieve-*.xml")
        shapes = {name.rsplit("-", 1)[0] for name in kept}
        self.assertEqual(len(shapes), 3)
        self.assertLessEqual(len(kept), 3 * 4)
        self.assertEqual(len(self.kept("Create-*.xml")), 1)
        found = {path.read_bytes() for path in self.folder.glob("kept/*/Retrieve-*.xml")}
        self.assertTrue(found & set(sends))
        folder, = self.folder.glob("kept/*")
        names = [line.split('"')[1] for line in contract.split("<xsd:complexType ")[1:]]
        text = (folder / "etframework.wsdl").read_text(encoding="utf-8")
        self.assertTrue(all(f'"{name}"' in text for name in names))
        self.assertIn("<", (folder / "ETFrameworkFault.xsd").read_text(encoding="utf-8"))

    def test_the_environment_says_where(self):
        self.ask(where=None)
        self.assertEqual(len(self.kept("Retrieve-*.xml")), 3)

    def test_what_a_fault_makes_of_them_is_not_kept(self):
        self.ask("--fault", "Retrieve,call=1:element", "--fault", "Create:fault=17")
        self.assertEqual(len(self.kept("Retrieve-*.xml")), 3)
        for path in self.folder.glob("kept/*/Retrieve-*.xml"):
            self.assertNotIn(b"SomethingNewer", path.read_bytes())
        create, = self.folder.glob("kept/*/Create-*.xml")
        self.assertIn(b"Rate Limited", create.read_bytes())

    def test_recordings_have_a_folder_of_their_own(self):
        self.ask("--load", str(CASES / "recorded_events.xml"))
        folder, = self.folder.glob("kept/*")
        self.assertTrue(folder.name.endswith("-loaded"))

    def test_a_folder_that_cannot_be_made(self):
        done = subprocess.run([os.environ["ETSIM"], "--answers", self.folder / "no" / "folder"],
                              capture_output=True, timeout=20, text=True)
        self.assertEqual(done.returncode, 1)
        self.assertIn("--answers", done.stderr)
        self.assertIn("no/folder: No such file or directory", done.stderr)


class Extracts(Folder):
    def extract(self, sim, **parameters):
        inner = "".join(f"<Parameter><Name>{name}</Name><Value>{value}</Value></Parameter>"
                        for name, value in parameters.items())
        return sim.call(f'<ExtractRequestMsg xmlns="{ET_NS}"><Requests><ID>{EXTRACT}</ID>'
                        f"<Parameters>{inner}</Parameters></Requests></ExtractRequestMsg>",
                        "Extract")

    def test_an_extract_writes_its_file(self):
        clock = ("--clock", "2026-11-20T08:00:00,x60")
        with Etsim(*SMALL, "--files", str(self.folder), *clock) as sim:
            answer = self.extract(sim, StartDate="11/10/2026 12:00:00 AM",
                                  EndDate="11/11/2026 12:00:00 AM", ExtractSent="true",
                                  ExtractOpens="true", ExtractClicks="false",
                                  OutputFileName="day.zip")
            self.assertEqual(answer.overall, "OK")
            path = self.folder / "day.zip"
            until(path.exists)
            for name, kind in (("Sent.csv", "SentEvent"), ("Opens.csv", "OpenEvent")):
                text = zipfile.ZipFile(path).read(name).decode()
                rows = list(csv.DictReader(io.StringIO(text, newline="")))
                asked = sim.all_rows(kind, ["SendID", "SubscriberKey", "EventDate"])
                day = [row for row in asked if row["EventDate"].startswith("2026-11-10")]
                self.assertTrue(day)
                self.assertCountEqual(
                    [(r["SendID"], r["SubscriberKey"], r["EventDate"]) for r in rows],
                    [(r["SendID"], r["SubscriberKey"], r["EventDate"]) for r in day])
            self.assertEqual(zipfile.ZipFile(path).namelist(), ["Sent.csv", "Opens.csv"])
            self.assertIsNone(zipfile.ZipFile(path).testzip())

    def test_its_size_costs_no_memory(self):
        with Etsim("--subscribers", "400000", "--sends", "1", "--files", str(self.folder),
                   "--clock", "2026-11-20T08:00:00,x600") as sim:
            sim.all_rows("Send", ["NumberSent"])
            before = peak_memory(sim.process.pid)
            self.assertEqual(self.extract(sim, ExtractSent="true", OutputFileName="a.zip").overall,
                             "OK")
            path = self.folder / "a.zip"
            until(path.exists)
            grown = peak_memory(sim.process.pid) - before
            self.assertIsNone(zipfile.ZipFile(path).testzip())
            self.assertLess(grown * 1024 * 4, path.stat().st_size)

    def test_a_disk_that_is_full_leaves_no_part(self):
        sim = Etsim(*SMALL, "--files", str(self.folder), "--clock", "2026-11-20T08:00:00,x600")
        sim.validates = False
        limits = resource.prlimit(sim.process.pid, resource.RLIMIT_FSIZE)
        resource.prlimit(sim.process.pid, resource.RLIMIT_FSIZE, (9000, limits[1]))
        self.extract(sim, ExtractSent="true", OutputFileName="a.zip")
        complaint = f"etsim: --files {self.folder}: a.zip: File too large\n"
        until(lambda: complaint in sim.log.read_text(encoding="utf-8"))
        self.assertEqual(list(self.folder.iterdir()), [])
        resource.prlimit(sim.process.pid, resource.RLIMIT_FSIZE, limits)
        self.addCleanup(sim.folder.cleanup)
        sim.connection.close()
        sim.process.send_signal(signal.SIGTERM)
        self.assertEqual(sim.process.wait(60), 0)

    def test_what_cannot_be_extracted(self):
        with Etsim(*SMALL, "--files", str(self.folder)) as sim:
            for wrong in ({"OutputFileName": "../x.zip"}, {"OutputFileName": "/tmp/x"}, {},
                          {"OutputFileName": "a.zip", "StartDate": "13/45/2026 1:00:00 XM"},
                          {"OutputFileName": "a.zip", "EndDate": "tomorrow"}):
                answer = self.extract(sim, **wrong)
                self.assertEqual(answer.overall, "Error", wrong)
        with Etsim(*SMALL) as sim:
            self.assertEqual(self.extract(sim, OutputFileName="a.zip").overall, "OK")
        self.assertEqual(list(self.folder.iterdir()), [])


if __name__ == "__main__":
    unittest.main()
