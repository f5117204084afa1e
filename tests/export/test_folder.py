"""The folder sink: names and contents of files, records and what they vouch for, marks, locks,
and which folders are refused."""
import gzip
import hashlib
import json
import os
import pathlib
import shutil
import subprocess
import tempfile
import threading
import unittest

from folder import DAY, NOV20, Probe, record_of, records, rows_in, rows_of, visible, hidden

OPEN = "event=Open/account=10001/date=2026-11-20"
WINDOW = ("begin", "open", 10001, NOV20, NOV20 + DAY)
HEADER = ["SendID", "SubscriberKey", "EventDate", "List_ID"]


class Case(unittest.TestCase):
    def setUp(self):
        room = tempfile.TemporaryDirectory(prefix="etsoap-folder-")
        self.addCleanup(room.cleanup)
        self.room = pathlib.Path(room.name)
        self.folder = self.room / "export"

    def probe(self, *options, **environment):
        made = Probe(self.folder, *options, **environment)
        self.addCleanup(made.close)
        return made

    def write(self, *rows, window=WINDOW, read_at=NOV20 + 2 * DAY, options=()):
        with Probe(self.folder, *options) as probe:
            probe.do(window, *(("row", *row) for row in rows), ("commit", read_at))


class Files(Case):
    def test_names(self):
        with self.probe() as probe:
            for table, begin, end in (("open", 0, DAY), ("forwardedoptin", 0, DAY),
                                      ("sends", 0, DAY), ("links", 0, DAY), ("open", DAY, 2 * DAY),
                                      ("open", -3600, 0), ("open", -3660, -3600),
                                      ("open", -3720, -3690)):
                probe.do(("prepare", table), ("begin", table, 10001, NOV20 + begin, NOV20 + end),
                         ("rows", 1, "x"), ("commit", NOV20))
            probe.do(("prepare", "subscribers"), ("begin", "subscribers", 10002, 0, 0),
                     ("rows", 1, "x"), ("commit", NOV20))
        day, before = "account=10001/date=2026-11-20", "account=10001/date=2026-11-19"
        self.assertEqual(visible(self.folder), sorted([
            f"event=Open/{before}/part-2259-2300.csv.gz",
            f"event=Open/{before}/part-225800-225830.csv.gz",
            f"event=Open/{before}/part-2300-2400.csv.gz",
            f"event=ForwardedEmailOptIn/{day}/part-0000-2400.csv.gz",
            f"event=Open/{day}/part-0000-2400.csv.gz",
            "event=Open/account=10001/date=2026-11-21/part-0000-2400.csv.gz",
            f"links/{day}/part-0000-2400.csv.gz", f"sends/{day}/part-0000-2400.csv.gz",
            "subscribers/account=10002/part.csv.gz"]))
        self.assertEqual(hidden(self.folder), [])
        self.assertEqual(json.loads((self.folder / "_etsoap.json").read_text()),
                         {"version": 1, "format": "csv", "compression": "gzip"})

    def test_values_come_through(self):
        rows = [("0012", "00123", "2026-11-20T10:02:01.987", 'J\u00fcrgen "J", a\tb\nc\r\nd'),
                ("1", "", None, "\U0001F600"), ("2", " x ", "", None)]
        self.write(*rows)
        raw = gzip.decompress((self.folder / OPEN / "part-0000-2400.csv.gz").read_bytes())
        self.assertEqual(raw.decode(), "SendID,SubscriberKey,EventDate,List_ID\r\n"
                         '0012,00123,2026-11-20T10:02:01.987,"J\u00fcrgen ""J"", a\tb\nc\r\nd"\r\n'
                         '1,"",,\U0001F600\r\n2, x ,"",\r\n')
        self.assertEqual(raw, subprocess.run(
            ["zcat", self.folder / OPEN / "part-0000-2400.csv.gz"], check=True,
            capture_output=True).stdout)

    def test_ndjson_and_plain(self):
        self.write(("0012", "00123", None, ""), options=("--ndjson",))
        self.assertEqual(rows_of(self.folder / OPEN / "part-0000-2400.ndjson.gz"),
                         [{"SendID": "0012", "SubscriberKey": "00123", "List_ID": ""}])
        self.folder = self.room / "plain"
        self.write(("7", "a", None, ""), options=("--plain",))
        self.assertEqual((self.folder / OPEN / "part-0000-2400.csv").read_bytes(),
                         b'SendID,SubscriberKey,EventDate,List_ID\r\n7,a,,""\r\n')

    def test_a_table_that_grew(self):
        self.write(("1", "a", None, None))
        later = ("begin", "open", 10001, NOV20 + DAY, NOV20 + 2 * DAY)
        self.write(("2", "b", None, None, "new"), window=later, options=("--grown",))
        self.assertEqual(rows_of(self.folder / OPEN / "part-0000-2400.csv.gz")[0], HEADER)
        self.assertEqual(rows_of(self.folder / "event=Open/account=10001/date=2026-11-21"
                                 "/part-0000-2400.csv.gz"),
                         [[*HEADER, "Note"], ["2", "b", "", "", "new"]])


class Records(Case):
    def test_what_is_said_of_a_window_is_given_back(self):
        with self.probe() as probe:
            probe.do(WINDOW, ("rows", 3, "x"),
                     ("commit", NOV20 + DAY + 7, "2026-11-20T00:00:01-06:00",
                      "2026-11-20T23:59:59.9-06:00", 4, 1250, 1, "0:1,12043295:2"))
            said = ["open", "10001", str(NOV20), str(NOV20 + DAY), "3", str(NOV20 + DAY + 7),
                    "2026-11-20T00:00:01-06:00", "2026-11-20T23:59:59.9-06:00", "4", "1250", "1",
                    "0:1,12043295:2"]
            self.assertEqual(probe.call("records", "open", 10001), [said])
            self.assertEqual(probe.call("records", "open", 10002), [])
            self.assertEqual(probe.call("records", "links", 10001), [])
            self.assertEqual(probe.call("survey"), [said])
        record = record_of(self.folder, f"{OPEN}/part-0000-2400")
        data = (self.folder / OPEN / record["file"]).read_bytes()
        self.assertEqual(record["sha256"], hashlib.sha256(data).hexdigest())
        self.assertEqual(record["bytes"], len(data))
        self.assertEqual(record["from"], "2026-11-20T00:00:00-06:00")
        self.assertEqual(record["columns"], HEADER)
        self.assertEqual(record["sends"], [[0, 1], [12043295, 2]])

    def test_all_of_them_in_order(self):
        windows = [(table, account, NOV20 + day * DAY + hour * 3600)
                   for table in ("links", "open") for account in (999, 10001) for day in (0, 1)
                   for hour in (0, 12)]
        with self.probe() as probe:
            for table, account, begin in reversed(windows):
                probe.do(("begin", table, account, begin, begin + 43200), ("commit", NOV20))
            probe.do(("begin", "subscribers", 999, 0, 0), ("rows", 2, "x"), ("commit", NOV20))
            found = [(one[0], int(one[1]), int(one[2])) for one in probe.call("survey")]
            of_table = [int(one[2]) for one in probe.call("records", "open", 999)]
        self.assertEqual(sorted(found[:8]), sorted(windows[8:]))
        self.assertEqual(found, windows[8:] + windows[:8] + [("subscribers", 999, 0)])
        self.assertEqual(of_table, [begin for table, account, begin in windows[8:12]])

    def test_a_copy_of_the_folder_keeps_its_records(self):
        self.write(("1", "a", None, None))
        for copy, how in (("same", shutil.copy2), ("later", shutil.copyfile)):
            shutil.copytree(self.folder, self.room / copy, copy_function=how)
            if how is shutil.copyfile:
                os.utime(self.room / copy / OPEN / "part-0000-2400.csv.gz", None)
            self.assertEqual(len(records(self.room / copy)), 1, copy)

    def test_no_record_vouches_for_other_data(self):
        self.write(("1", "a", None, None), ("2", "b", None, None))
        window, data = f"{OPEN}/part-0000-2400", self.folder / OPEN / "part-0000-2400.csv.gz"
        record = self.folder / OPEN / "_part-0000-2400.json"
        good, text = data.read_bytes(), record.read_text()
        self.assertEqual(len(records(self.folder)), 1)
        for bad in (good[:-1], good + b"x", good[:-4] + b"abcd", b""):
            data.write_bytes(bad)
            self.assertEqual(records(self.folder), [], bad)
        data.unlink()
        self.assertEqual(records(self.folder), [])
        data.write_bytes(good)
        self.assertEqual(len(records(self.folder)), 1)
        changes = [(window, window.replace("0000", "0100")), ('"rows":2', '"rows":-2'),
                   ('"sends":[', '"sends":[[1],'), ('"rows":2', '"rows":0'),
                   ('"first":""', '"first":7')]
        for bad in ("", text[:-2], "[]", "null", *(text.replace(*change) for change in changes)):
            self.assertTrue(bad != text)
            record.write_text(bad)
            self.assertEqual(records(self.folder), [], bad)
        self.write(("3", "c", None, None))
        self.assertEqual(rows_in(self.folder), [["3", "c", "", ""]])
        self.assertEqual(len(records(self.folder)), 1)

    def test_two_files_of_one_size_and_time(self):
        """On a disk that knows no parts of a second, say: then the sum tells them apart."""
        data = self.folder / OPEN / "part-0000-2400.csv"
        for key, read_at in (("a", 1), ("b", 2)):
            self.write(("1", key, None, None), read_at=NOV20 + read_at, options=("--plain",))
        record = self.folder / OPEN / "_part-0000-2400.json"
        said, now = json.loads(record.read_text()), NOV20 * 10**9
        said["mtime_ns"] = said["before"]["mtime_ns"] = now
        record.write_text(json.dumps(said))
        for key, read_at in (("b", 2), ("a", 1)):
            data.write_bytes(data.read_bytes()[:-5] + key.encode() + b",,\r\n")
            os.utime(data, ns=(now, now))
            self.assertEqual([one[5] for one in records(self.folder)], [str(NOV20 + read_at)])

    def test_a_record_moved_to_another_account_is_none(self):
        self.write(("1", "a", None, None))
        shutil.copytree(self.folder / "event=Open/account=10001",
                        self.folder / "event=Open/account=10002", copy_function=shutil.copy2)
        self.assertEqual([one[1] for one in records(self.folder)], ["10001"])

    def test_a_record_of_another_place_is_none(self):
        self.write(("1", "a", None, None))
        record = self.folder / OPEN / "_part-0000-2400.json"
        said = json.loads(record.read_text())
        first, last = said["from"], said["until"]
        self.assertEqual(len(records(self.folder)), 1)
        for change in ({"account": 10002}, {"account": 2 ** 32 + 10001}, {"table": "click"},
                       {"object_type": "ClickEvent"}, {"from": last, "until": first},
                       {"from": None, "until": None}, {"until": first}, {"utc_offset": 0},
                       {"from": first.replace("T00", "T01")}, {"until": "9999-01-01T00:00:00Z"}):
            record.write_text(json.dumps({**said, **change}))
            self.assertEqual(records(self.folder), [], change)

    def test_a_newer_record_is_refused(self):
        self.write(("1", "a", None, None))
        record = self.folder / OPEN / "_part-0000-2400.json"
        record.write_text(record.read_text().replace('"version":1', '"version":2'))
        status, message = records(self.folder)
        self.assertEqual(status, "E_USAGE")
        self.assertIn("newer version", message)


class Replacing(Case):
    def test_a_window_is_replaced_as_a_whole(self):
        self.write(("1", "a", None, None), ("2", "b", None, None))
        self.write(("3", "c", None, None), read_at=NOV20 + 3 * DAY)
        self.assertEqual(rows_in(self.folder), [["3", "c", "", ""]])
        self.assertEqual([(one[4], one[5]) for one in records(self.folder)],
                         [("1", str(NOV20 + 3 * DAY))])

    def test_windows_without_rows(self):
        self.write()
        self.assertEqual(visible(self.folder), [])
        self.assertEqual([one[4] for one in records(self.folder)], ["0"])
        self.write(("1", "a", None, None))
        self.assertEqual([one[4] for one in records(self.folder)], ["1"])
        self.write()
        self.assertEqual(visible(self.folder), [])
        self.assertEqual([one[4] for one in records(self.folder)], ["0"])
        self.assertEqual(hidden(self.folder), [])

    def test_marks(self):
        for options in (), ("--plain",), ("--ndjson",):
            self.folder = self.room / "-".join(("marks", *options))
            with self.probe(*options) as probe:
                probe.do(WINDOW, ("rows", 10, "lost"), ("back",), ("mark",), ("rows", 1, "a"),
                         ("mark",), ("mark",), ("rows", 9000, "lost"), ("back",), ("back",),
                         ("rows", 5000, "b"), ("mark",), ("rows", 1, "lost"), ("back",),
                         ("rows", 1, "c"), ("commit", NOV20))
                record = probe.call("records", "open", 10001)[0]
            self.assertEqual(record[4], "5002")
            [name] = visible(self.folder)
            rows = rows_of(self.folder / name)
            if "--ndjson" in options:
                rows = [[row[name] for name in HEADER] for row in rows]
            else:
                self.assertEqual(rows.pop(0), HEADER)
            self.assertTrue([row[3] for row in rows] == ["a"] + ["b"] * 5000 + ["c"])
            self.assertTrue([int(row[0]) for row in rows] == [0, *range(5000), 0])
            data = (self.folder / name).read_bytes()
            self.assertEqual(hashlib.sha256(data).hexdigest(),
                             record_of(self.folder, f"{OPEN}/part-0000-2400")["sha256"])

    def test_all_rows_gone_back_is_a_window_without_rows(self):
        with self.probe() as probe:
            probe.do(WINDOW, ("rows", 9000, "lost"), ("back",), ("commit", NOV20))
        self.assertEqual(visible(self.folder), [])
        self.assertEqual([one[4] for one in records(self.folder)], ["0"])

    def test_abandoned(self):
        self.write(("1", "a", None, None))
        with self.probe() as probe:
            probe.do(WINDOW, ("rows", 9000, "x"), ("mark",), ("rows", 2, "y"), ("abandon",),
                     ("abandon",))
            self.assertEqual(rows_in(self.folder), [["1", "a", "", ""]])
            self.assertEqual(hidden(self.folder), [])
            probe.do(WINDOW, ("rows", 1, "z"), ("commit", NOV20))
        self.assertEqual(rows_in(self.folder)[0][3], "z")

    def test_nobody_sees_rows_before_the_end(self):
        self.write(("1", "a", None, None))
        with self.probe() as probe:
            probe.do(WINDOW, ("rows", 9000, "x"), ("mark",))
            self.assertEqual(rows_in(self.folder), [["1", "a", "", ""]])
            self.assertEqual([one[4] for one in records(self.folder)], ["1"])
            probe.do(("commit", NOV20))
        self.assertEqual(len(rows_in(self.folder)), 9000)

    def test_windows_of_another_length_are_refused(self):
        self.write(("1", "a", None, None))
        with self.probe() as probe:
            status, message = probe.call("begin", "open", 10001, NOV20 + 3600, NOV20 + 7200)
            self.assertEqual(status, "E_USAGE")
            self.assertIn("part-0000-2400, which overlaps part-0100-0200", message)
            (self.folder / OPEN / "part-0000-2400.csv.gz").unlink()
            probe.do(("begin", "open", 10001, NOV20 + 3600, NOV20 + 7200), ("commit", NOV20))
            self.assertEqual([one[2] for one in probe.call("survey")], [str(NOV20 + 3600)])
            for begin, end in ((0, 2 * DAY), (60, DAY + 60), (60, 60), (60, 0)):
                self.assertEqual(probe.call("begin", "open", 10001, NOV20 + begin, NOV20 + end)[0],
                                 "E_USAGE")

    def test_what_the_killed_left_is_removed(self):
        self.write(("1", "a", None, None))
        left = [".part-0000-2400.csv.gz.tmp1-2", "._part-0000-2400.json.tmp1-2",
                ".part-0100-0200.csv.gz.tmp1-2"]
        kept = [".part-0000-2400.notes", "part-0100-0200.parquet", ".DS_Store", "part.txt"]
        for name in left + kept:
            (self.folder / OPEN / name).write_text("x")
        self.write(("2", "b", None, None))
        there = set(os.listdir(self.folder / OPEN))
        self.assertEqual(there, {*kept, "part-0000-2400.csv.gz", "_part-0000-2400.json"})


class Locks(Case):
    def test_who_comes_second_is_told(self):
        with self.probe() as one, self.probe() as two:
            one.do(("begin", "open", 10001, NOV20, NOV20 + 7200), ("rows", 1, "one"))
            for begin, end in ((0, 7200), (3600, 7200), (0, DAY)):
                status, message = two.call("begin", "open", 10001, NOV20 + begin, NOV20 + end)
                self.assertEqual(status, "E_BUSY")
                self.assertIn(OPEN, message)
                two.do(("abandon",))
            for other in (("begin", "open", 10001, NOV20 + 7200, NOV20 + DAY),
                          ("begin", "open", 10002, NOV20, NOV20 + 7200),
                          ("begin", "sends", 10001, NOV20, NOV20 + 7200)):
                two.do(other, ("rows", 1, "two"), ("commit", NOV20))
            one.do(("commit", NOV20))
            two.do(("begin", "open", 10001, NOV20, NOV20 + 7200), ("abandon",))
        self.assertEqual(len(rows_in(self.folder)), 4)
        self.assertEqual(hidden(self.folder), [])

    def test_a_killed_one_holds_nothing(self):
        one = self.probe()
        one.do(WINDOW, ("rows", 9000, "lost"), ("mark",))
        one.process.kill()
        one.process.wait()
        self.assertNotEqual(hidden(self.folder), [])
        self.write(("1", "a", None, None))
        self.assertEqual(rows_in(self.folder), [["1", "a", "", ""]])
        self.assertEqual(hidden(self.folder), [])

    def test_many_at_one_folder(self):
        """Each begins windows of one day until all are there; somebody is always at another."""
        hours = list(range(24))
        answers = []

        def work(number):
            with Probe(self.folder) as probe:
                answers.append(probe.opened[0][0])
                for hour in hours[number * 4:] + hours[:number * 4]:
                    begin = NOV20 + hour * 3600
                    answer = probe.call("begin", "open", 10001, begin, begin + 3600)
                    answers.append(answer[0])
                    if answer == ["ok"]:
                        probe.do(("rows", 20, number), ("mark",), ("rows", 20, number),
                                 ("commit", NOV20))

        threads = [threading.Thread(target=work, args=(number,)) for number in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(len(answers), 6 * 25)
        self.assertEqual(set(answers) - {"E_BUSY"}, {"ok"})
        self.assertEqual([one[4] for one in records(self.folder)], ["40"] * 24)
        self.assertEqual(hidden(self.folder), [])
        for name in visible(self.folder):
            self.assertEqual(len({row[3] for row in rows_of(self.folder / name)[1:]}), 1, name)


class Refused(Case):
    def refused(self, *options):
        with self.probe(*options) as probe:
            [[status, message]] = probe.opened
            return status, message

    def test_a_folder_of_something_else(self):
        self.folder.mkdir()
        (self.folder / "thesis.txt").write_text("x")
        status, message = self.refused()
        self.assertEqual(status, "E_USAGE")
        self.assertIn("thesis.txt", message)
        self.assertIn("empty folder", message)
        self.assertEqual(os.listdir(self.folder), ["thesis.txt"])

    def test_a_fresh_disk_is_not(self):
        self.folder.mkdir()
        (self.folder / "lost+found").mkdir()
        (self.folder / "._etsoap.json.tmp1-2").write_text("{")
        self.write(("1", "a", None, None))
        self.assertEqual(len(records(self.folder)), 1)
        self.assertEqual(hidden(self.folder), [])

    def test_another_format(self):
        self.write(("1", "a", None, None))
        for option in "--ndjson", "--plain":
            status, message = self.refused(option)
            self.assertEqual(status, "E_USAGE")
            self.assertIn(".csv.gz files", message)
        self.folder = self.room / "other"
        self.write(("1", "a", None, None), options=("--ndjson", "--plain"))
        self.write(("1", "a", None, None))
        self.write(("1", "a", None, None), options=("--plain",))
        self.assertEqual(visible(self.folder), [f"{OPEN}/part-0000-2400.ndjson"])

    def test_a_newer_version(self):
        self.write(("1", "a", None, None))
        mark = self.folder / "_etsoap.json"
        for text, said in (('{"version":2,"format":"parquet"}', "newer version"),
                           ('{"version":1,"format":"parquet","compression":"gzip"}', "put it back"),
                           ("", "put it back")):
            mark.write_text(text)
            status, message = self.refused()
            self.assertEqual(status, "E_USAGE")
            self.assertIn(said, message)

    def test_what_is_not_there_when_it_has_to_be(self):
        status, message = self.refused("--old")
        self.assertEqual(status, "E_IO")
        self.assertFalse(self.folder.exists())
        self.folder.mkdir()
        status, message = self.refused("--old")
        self.assertEqual((status, os.listdir(self.folder)), ("E_NOT_FOUND", []))
        self.folder.rmdir()
        self.folder.write_text("a file")
        status, message = self.refused()
        self.assertEqual(status, "E_IO")
        self.assertIn(str(self.folder), message)

    def test_calls_out_of_place(self):
        with self.probe() as probe:
            self.assertEqual(probe.call("commit", NOV20)[0], "E_USAGE")
            probe.do(WINDOW)
            self.assertEqual(probe.call(*WINDOW)[0], "E_USAGE")


if __name__ == "__main__":
    unittest.main()
