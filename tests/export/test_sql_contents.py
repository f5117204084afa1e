"""test_sql_contents.py sqlite|postgres: what stands in the database, and how it is called there."""
import json
import sys
import unittest

from sql_harness import Case

DAY = 86400
NAME = sys.argv[1] if len(sys.argv) > 1 else "sqlite"
ROW = ("i:12043295", "t:00123", "s:2026-11-20T10:02:01.987", "d:1.5", "b:1", "i:5")


class Contents(Case):
    kind = NAME

    def rows(self, sql):
        """As texts, whatever the database."""
        def text(cell):
            return cell if cell is None else {"t": "1", "f": "0"}.get(str(cell), str(cell))
        return [tuple(map(text, row)) for row in self.database.rows(sql)]

    def keys(self, table="open"):
        return [row[0] for row in
                self.rows(f"SELECT SubscriberKey FROM {table} ORDER BY SubscriberKey")]

    def row(self, key):
        return ("i:1", f"t:{key}", "s:2026-11-20T00:00:00", "n", "n", "n")

    # --- windows ---

    def test_a_window_is_replaced_as_a_whole_and_rows_that_are_alike_stay(self):
        driver = self.open()
        driver.window("open", 10001, 0, DAY, [self.row("a"), self.row("a"), self.row("b")])
        driver.window("open", 10001, DAY, 2 * DAY, [self.row("next")])
        driver.window("open", 10002, 0, DAY, [self.row("other")])
        for _ in range(3):
            driver.window("open", 10001, 0, DAY, [self.row("c"), self.row("c")])
        self.assertEqual(self.keys(), ["c", "c", "next", "other"])
        driver.window("open", 10001, 0, DAY, [])
        self.assertEqual(self.keys(), ["next", "other"])

    def refused(self, driver, start, until):
        driver.do("begin", "open", 1, start, until)
        driver.do("row", *self.row("refused"))
        self.assertRegex(driver.ask("commit", 1, 1)[1],
                         "^E_BUSY .*another export has windows of another length there .*table "
                         "open, account 1, .*: run it again")
        driver.do("abandon")

    def test_windows_of_another_length_that_overlap_are_refused(self):
        driver = self.open()
        for hour in (0, 5):
            driver.window("open", 1, hour * 3600, (hour + 1) * 3600, [self.row(f"h{hour}")])
        driver.window("open", 1, DAY, 2 * DAY, [self.row("next")])
        for start, until in ((0, DAY), (0, 1800), (3600, 6 * 3600), (5 * 3600 + 60, 6 * 3600),
                             (DAY - 3600, DAY + 1), (DAY, DAY + 3600), (2 * DAY - 1, 2 * DAY)):
            self.refused(driver, start, until)
        self.assertEqual(self.keys(), ["h0", "h5", "next"])
        self.assertEqual(len(driver.do("records", "open", 1)), 3)
        # What only touches is none of them, nor is what others have.
        driver.window("open", 1, 3600, 5 * 3600, [self.row("h1")])
        driver.window("open", 2, 0, DAY, [self.row("other")])
        driver.window("click", 1, 0, DAY, [])
        self.assertEqual(self.keys(), ["h0", "h1", "h5", "next", "other"])

    def test_a_view_is_no_table(self):
        driver = self.open()
        driver.window("open", 1, 0, DAY, [self.row("a")])
        self.database.run("ALTER TABLE open RENAME TO kept")
        self.database.run("CREATE VIEW open AS SELECT * FROM kept")
        self.assertRegex(self.open().ask("prepare", "open")[1],
                         "^E_USAGE .*: open is a view, and no table .*: rename it")
        self.database.run("DROP VIEW open")
        self.database.run("CREATE VIEW open AS SELECT 1 AS one")
        self.assertRegex(self.open().ask("begin", "open", 1, 0, DAY)[1], "^E_USAGE .*is a view")

    def test_rows_that_lost_their_record_go_with_the_window(self):
        driver = self.open()
        for hour in range(24):
            driver.window("open", 1, hour * 3600, (hour + 1) * 3600, [self.row(f"h{hour:02}")])
        driver.window("open", 1, DAY, 2 * DAY, [self.row("next")])
        self.database.run(f"DELETE FROM export_window WHERE window_from < {DAY}")
        driver.window("open", 1, 0, DAY, [self.row("day")])
        self.assertEqual(self.keys(), ["day", "next"])
        self.assertEqual(len(driver.do("records", "open", 1)), 2)

    def test_mark_keeps_and_back_forgets(self):
        driver = self.open()
        driver.do("begin", "open", 1, 0, DAY)
        driver.do("row", *self.row("gone at once"))
        driver.do("back")
        driver.do("row", *self.row("a"))
        driver.do("mark")
        driver.do("mark")
        driver.do("row", *self.row("b"))
        driver.do("back")
        driver.do("back")
        driver.do("row", *self.row("c"))
        driver.do("mark")
        driver.do("row", *self.row("d"))
        driver.do("back")
        driver.do("row", *self.row("e"))
        driver.do("commit", 3, 7)
        self.assertEqual(self.keys(), ["a", "c", "e"])

    def test_back_after_many_rows(self):
        driver = self.open()
        driver.do("begin", "click", 1, 0, DAY)
        for seed in range(3):
            driver.do("rows", 5000, seed)
            driver.do("back" if seed != 1 else "mark")
        driver.do("commit", 5000, 1)
        self.assertEqual(self.rows("SELECT count(*), count(DISTINCT SubscriberKey),"
                                   " min(substr(SubscriberKey, 1, 3)), max(substr(SubscriberKey,"
                                   " 1, 3)) FROM click"), [("5000", "5000", "s1-", "s1-")])

    def test_what_is_abandoned_leaves_the_old_window(self):
        driver = self.open()
        driver.window("open", 1, 0, DAY, [self.row("old")])
        before = driver.do("records", "open", 1)
        driver.do("begin", "open", 1, 0, DAY)
        driver.do("row", *self.row("new"))
        driver.do("mark")
        driver.do("row", *self.row("newer"))
        self.assertEqual(self.keys(), ["old"])  # nobody sees anything of it
        driver.do("abandon")
        self.assertEqual(self.keys(), ["old"])
        self.assertEqual(driver.do("records", "open", 1), before)
        driver.do("abandon")
        driver.window("open", 1, 0, DAY, [self.row("newest")])
        self.assertEqual(self.keys(), ["newest"])

    def test_a_whole_table_is_replaced_by_account(self):
        driver = self.open()
        driver.window("subscribers", 1, 0, 0, [("t:a", "t:Active"), ("t:b", "t:Held")])
        driver.window("subscribers", 2, 0, 0, [("t:a", "t:Active")])
        driver.window("subscribers", 1, 0, 0, [("t:c", "t:Active")])
        self.assertEqual(self.keys("subscribers"), ["a", "c"])

    # --- records ---

    def test_records_come_back_as_they_went_in(self):
        driver = self.open()
        driver.window("open", 10001, DAY, 2 * DAY, [self.row("a")], ["0:1", "12043295:4000000000"])
        driver.window("open", 10001, -DAY, 0, [])
        driver.window("click", 7, 0, DAY, [])
        driver.window("open", 2, 0, DAY, [])
        first = "'2026-11-01T00:00:00-06:00' '' 3 250 1"
        opens = [f"open 10001 {DAY} {2 * DAY} 1 1764000000 {first} 0:1 12043295:4000000000",
                 f"open 10001 {-DAY} 0 0 1764000000 {first}"]
        got = [line.replace("open 0 ", "open 10001 ", 1)
               for line in driver.do("records", "open", 10001)]
        self.assertEqual(sorted(got), sorted(opens))
        self.assertEqual(driver.do("records", "subscribers", 10001), [])
        self.assertEqual(driver.do("survey"), [
            f"click 7 0 {DAY} 0 1764000000 {first}", f"open 2 0 {DAY} 0 1764000000 {first}",
            opens[1], opens[0]])
        self.assertEqual(self.open("old").do("survey"), driver.do("survey"))
        shares = self.rows("SELECT shares FROM export_window WHERE account = 10001"
                           " AND window_from > 0")
        self.assertEqual(json.loads(shares[0][0]), {"0": 1, "12043295": 4000000000})

    def test_many_shares_of_a_record(self):
        driver = self.open()
        shares = [f"{send}:{send}" for send in range(1, 38)]
        driver.window("open", 1, 0, DAY, [], shares)
        self.assertTrue(driver.do("survey")[0].endswith(" ".join([" 1", *shares])))
        many = "{" + ",".join(f'"{i}":{i}' for i in range(5000)) + "}"
        self.database.run(f"UPDATE export_window SET shares = '{many}'")
        self.assertTrue(driver.do("survey")[0].endswith(" 4999:4999"))

    def test_a_record_that_nobody_wrote_is_named(self):
        driver = self.open()
        driver.window("open", 1, 0, DAY, [], ["1:1"])
        for text in ("", "{", '{"1":}', '{"1":1', '{"1":1}x', '{"1":1 "2":2}', '{"1":-4}', "[]",
                     '{"99999999999999999999":1}'):
            self.database.run(f"UPDATE export_window SET shares = '{text}'")
            self.assertIn("has a row that ettrack did not write (table open, account 1",
                          driver.ask("survey")[1], text)

    # --- values ---

    def test_values_are_intact(self):
        texts = ["00123", "1e5", " x ", "", "a\\b", "\\N", "\\.", "it's \"q\"",
                 "tab\\tline\\nend\\r",
                 "N", "Ünïcödé 漢字 🎉", "%s $1 ?1 :a @b", ";--", "{}", "\x01\x7f"]
        driver = self.open()
        driver.do("begin", "open", 1, 0, DAY)
        for at, text in enumerate(texts):
            value = "e" if not text else "t:" + (text if "\\t" in text else
                                                 text.replace("\\", "\\\\"))
            driver.do("row", f"i:{at}", value, "n", "n", "n", "a")
        driver.do("commit", len(texts), 1)
        got = [row[0] for row in self.rows("SELECT SubscriberKey FROM open ORDER BY SendID")]
        self.assertEqual(got, [text.replace("\\t", "\t").replace("\\n", "\n").replace("\\r", "\r")
                               if "tab" in text else text for text in texts])
        self.assertEqual(self.rows("SELECT count(*) FROM open WHERE unfit IS NOT NULL"), [("0",)])

    def test_no_value_is_null_and_empty_text_is_not(self):
        driver = self.open()
        driver.window("open", 1, 0, DAY, [("n", "n", "n", "n", "n", "n"), ("a",) * 6])
        driver.window("open", 2, 0, DAY, [("i:1", "e", "n", "n", "n", "n")])
        self.assertEqual(self.rows("SELECT SendID, SubscriberKey, EventDate, Price, IsUnique,"
                                   " List_ID, unfit FROM open WHERE account = 1"),
                         [(None,) * 7] * 2)
        self.assertEqual(self.rows("SELECT SubscriberKey FROM open WHERE account = 2"), [("",)])

    def test_types(self):
        driver = self.open()
        big = 9223372036854775807
        driver.window("open", 1, 0, DAY, [
            ROW, (f"i:{big}", "t:x", "s:2026-11-20", "d:-1e-300", "b:0", f"i:{-big - 1}")])
        rows = self.rows("SELECT SendID, SubscriberKey, Price, IsUnique, List_ID, account,"
                         " window_from, unfit FROM open ORDER BY SendID")
        self.assertEqual(rows, [("12043295", "00123", "1.5", "1", "5", "1", "0", None),
                                (f"{big}", "x", "-1e-300", "0", f"{-big - 1}", "1", "0", None)])
        self.assertEqual(self.rows("SELECT SubscriberKey FROM open WHERE IsUnique AND Price > 1"
                                   " AND SendID + List_ID = 12043300 AND EventDate >= "
                                   "'2026-11-20T10:02:01' AND EventDate < '2026-11-20T10:02:02'"),
                         [("00123",)])

    def test_dates_are_in_server_time(self):
        dates = {"2026-11-20T10:02:01.987": "2026-11-20T10:02:01.987",
                 "2026-11-20T10:02:01": "2026-11-20T10:02:01",
                 "2026-11-20T16:02:01Z": "2026-11-20T10:02:01",
                 "2026-11-20T16:02:01.5+00:00": "2026-11-20T10:02:01.5",
                 "2026-11-20T02:00:00+14:00": "2026-11-19T06:00:00",
                 "2026-11-20 10:02": "2026-11-20T10:02:00",
                 "2026-11-20": "2026-11-20T00:00:00",
                 " 2026-11-20T10:02:01 ": "2026-11-20T10:02:01",
                 "2026-11-20T24:00:00": "2026-11-21T00:00:00",
                 "11/20/2026 1:02:03 PM": "2026-11-20T13:02:03",
                 "2026-11-20T10:02:01.1234560": "2026-11-20T10:02:01.123456",
                 "0001-01-01T00:00:00": "0001-01-01T00:00:00"}
        driver = self.open()
        driver.window("open", 1, 0, DAY, [(f"i:{at}", f"t:{date}", f"s:{date}", "n", "n", "n")
                                          for at, date in enumerate(dates)])
        got = dict(self.rows("SELECT SubscriberKey, EventDate FROM open WHERE unfit IS NULL"))
        self.assertEqual({key: date.replace(" ", "T") for key, date in got.items()}, dates)

    def test_what_does_not_fit_is_kept(self):
        driver = self.open()
        rows = [("t:abc", "t:x", "n", "n", "n", "n", None, {"SendID": "abc"}),
                ("t:12", "t:x", "n", "n", "n", "n", "12", None),
                ("t:012", "t:x", "n", "n", "n", "n", None, {"SendID": "012"}),
                ("i:012", "t:x", "n", "n", "n", "n", "12", {"SendID": "012"}),
                ("t:99999999999999999999", "t:x", "n", "n", "n", "n", None,
                 {"SendID": "99999999999999999999"}),
                ("e", "i:5", "e", "e", "e", "n", None,
                 {"SendID": "", "EventDate": "", "Price": "", "IsUnique": ""}),
                ("d:1.5", "d:1.5", "t:2026-02-30", "t:1,5", "t:maybe", "b:1", None,
                 {"SendID": "1.5", "EventDate": "2026-02-30", "Price": "1,5", "IsUnique": "maybe",
                  "List_ID": "true"}),
                ("n", "b:1", "t:2026-02-28", "i:7", "i:1", "n", None, None),
                ("n", "n", "s:no \"date\"\\n", "d:inf", "n", "n", None,
                 {"EventDate": "no \"date\"\n", "Price": "inf"}),
                ("n", "n", "s:2026-11-20T10:02:01.1234567", "d:nan", "n", "n", None,
                 {"EventDate": "2026-11-20T10:02:01.1234567", "Price": "nan"})]
        for at, row in enumerate(rows):
            driver.window("open", at, 0, DAY, [row[:6]])
        got = self.rows("SELECT SendID, unfit FROM open ORDER BY account")
        self.assertEqual([(send, unfit and json.loads(unfit)) for send, unfit in got],
                         [row[6:] for row in rows])
        self.assertEqual(self.rows("SELECT SubscriberKey, Price, IsUnique FROM open WHERE"
                                   " account IN (5, 6, 7) ORDER BY account"),
                         [("5", None, None), ("1.5", None, None),
                          ("true", "7.0" if NAME == "sqlite" else "7", "1")])
        self.assertEqual(self.rows("SELECT EventDate FROM open WHERE account = 9")[0][0]
                         .replace(" ", "T"), "2026-11-20T10:02:01.123456")

    # --- tables ---

    def columns(self):
        sql = "SELECT name, lower(type) FROM pragma_table_info('open')" if NAME == "sqlite" else \
            "SELECT attname, format_type(atttypid, NULL) FROM pg_attribute WHERE attnum > 0 AND " \
            "attrelid = 'open'::regclass ORDER BY attnum"
        return [(name.lower(), "timestamp" if kind.startswith("timestamp") else kind)
                for name, kind in self.rows(sql)]

    def test_columns_have_types_and_comments(self):
        self.open().do("prepare", "open")
        self.assertEqual(self.columns(), [
            ("account", "bigint"), ("window_from", "bigint"), ("sendid", "bigint"),
            ("subscriberkey", "text"), ("eventdate", "timestamp"), ("price", "double precision"),
            ("isunique", "boolean"), ("list_id", "bigint"), ("unfit", "text")])
        sql = "SELECT sql FROM sqlite_master WHERE name = 'open'" if NAME == "sqlite" else \
            "SELECT description FROM pg_description WHERE objoid = 'open'::regclass"
        said = "\n".join(row[0] for row in self.rows(sql) +
                         self.rows(sql.replace("'open", "'export_window")))
        for text in ("what the test's open are", "EventDate of OpenEvent, server time",
                     "List.ID of OpenEvent", "a row for each window", "rows a page in the end",
                     "MID of the business unit", "a JSON object"):
            self.assertIn(text, said)

    def test_a_table_grows_with_the_contract(self):
        driver = self.open()
        driver.window("open", 1, 0, DAY, [ROW])
        for _ in range(2):
            driver.do("prepare", "newer")
        # Who has the older contract still writes, and with the newer one it goes on.
        driver.window("newer", 1, DAY, 2 * DAY, [(*ROW, "i:9", "t:acme", "t:long")])
        self.open().window("open", 1, 2 * DAY, 3 * DAY, [ROW])
        self.assertEqual(self.rows('SELECT "order", account_ FROM open ORDER BY window_from'),
                         [(None, None), ("9", "acme"), (None, None)])
        long = self.columns()[-1][0]
        self.assertRegex(long, r"^apropertyofwhichthenameismuchlonger\w+_[0-9a-f]{8}$")
        self.assertEqual(len(long), 63)
        self.assertEqual(self.rows(f"SELECT {long} FROM open WHERE window_from = {DAY}"),
                         [("long",)])

    def test_a_column_keeps_the_type_that_it_has(self):
        driver = self.open()
        driver.window("open", 1, 0, DAY, [ROW])
        self.open().window("retyped", 1, DAY, 2 * DAY, [("t:12", "i:7"), ("t:abc", "t:x")])
        self.assertEqual(self.rows(f"SELECT SendID, SubscriberKey, unfit FROM open WHERE"
                                   f" window_from = {DAY} ORDER BY SendID"),
                         [*sorted([("12", "7", None)]), (None, "x", '{"SendID":"abc"}')]
                         if NAME == "postgres" else
                         [(None, "x", '{"SendID":"abc"}'), ("12", "7", None)])

    def test_a_table_of_somebody_else_is_refused(self):
        driver = self.open()
        self.database.run("CREATE TABLE open (id integer)")
        verdict = driver.ask("prepare", "open")[1]
        self.assertRegex(verdict, "^E_USAGE .* has a table open that ettrack did not make")
        self.assertEqual(len(self.columns()), 1)
        driver.window("click", 1, 0, DAY, [])

    def test_what_a_newer_version_made_is_refused(self):
        self.open().do("prepare", "open")
        self.database.run("UPDATE export_meta SET value = '2' WHERE name = 'version'")
        for words in ((), ("old",)):
            verdict = self.open(*words, check=False).opened
            self.assertRegex(verdict, r"^E_USAGE .* was made by a newer ettrack \(its tables are "
                             r"version 2, this ettrack knows 1\): use that ettrack")
        for damage in ("UPDATE export_meta SET value = 'x'", "DELETE FROM export_meta"):
            self.database.run(damage)
            self.assertRegex(self.open(check=False).opened, "^E_IO .*does not say which version")

    def test_what_has_to_be_there_is_not_made(self):
        self.assertRegex(self.open("old", check=False).opened,
                         "unable to open" if NAME == "sqlite" else "^E_USAGE .*holds no export")
        if NAME == "postgres":
            self.assertEqual(self.rows("SELECT tablename FROM pg_tables WHERE schemaname ="
                                       f" '{self.database.schema}'"), [])


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1] + sys.argv[2:])
