"""The comparison sees what differs, and only that."""

import unittest

from compare import as_fuel_soap, as_gsoap, as_sfmc_sdk, as_text, differences

OURS = {"ID": 7, "Key": "0012", "Client.ID": 10001, "Date": "2026-11-10T10:02:01.9",
        "PartnerKey": None, "Multipart": True, "ListID": "5"}
THEIRS = {"ID": 7, "Key": "0012", "Client": {"ID": 10001, "UserID": None},
          "Date": "2026-11-10T10:02:01.900Z", "Multipart": True,
          "PartnerProperties": [{"Name": "ListID", "Value": "5"}], "attributes": {"x": "y"}}


class Compare(unittest.TestCase):
    def found(self, change, **options):
        return list(differences([OURS], [{**THEIRS, **change}], **options))

    def test_same(self):
        self.assertEqual(self.found({}), [])
        self.assertEqual(self.found({"PartnerKey": None, "PartnerProperties": THEIRS[
            "PartnerProperties"][0]}), [])

    def test_each_kind_of_difference(self):
        for change, name in (
            ({"ID": 8}, "ID"), ({"ID": "7"}, "ID"), ({"Key": "12"}, "Key"), ({"Key": 12}, "Key"),
            ({"Client": {"ID": 10002}}, "Client.ID"), ({"Client": None}, "Client.ID"),
            ({"Date": "2026-11-10T10:02:01.91Z"}, "Date"), ({"Multipart": 1}, "Multipart"),
            ({"Date": "2026-11-10T16:02:01.9Z"}, "Date"), ({"PartnerProperties": []}, "ListID"),
            ({"Unasked": "x"}, "Unasked"), ({"PartnerKey": ""}, "PartnerKey"),
        ):
            with self.subTest(change=change):
                found = self.found(change)
                self.assertEqual(len(found), 1, found)
                self.assertIn(f" {name}: ", found[0])

    def test_number_of_rows(self):
        self.assertEqual(len(list(differences([OURS, OURS], [THEIRS]))), 1)
        self.assertEqual(len(list(differences([OURS], []))), 1)

    def test_as_sfmc_sdk(self):
        loose = {"Key": 12, "PartnerKey": "", "PartnerProperties": {"Name": "ListID", "Value": 5}}
        self.assertEqual(self.found(loose, reading=as_sfmc_sdk), [])
        expected = [{"Key": "1e4996"}, {"Key": "1e5"}, {"Key": " x "}]
        self.assertEqual(list(differences(
            expected, [{"Key": None}, {"Key": 100000}, {"Key": "x"}], as_sfmc_sdk)), [])
        for change in ({"Key": 13}, {"ID": 8}, {"Multipart": 1}, {"Date": "2026-11-10"}):
            with self.subTest(change=change):
                self.assertEqual(len(self.found({**loose, **change}, reading=as_sfmc_sdk)), 1)

    def test_readings_of_text(self):
        texts = {"ID": "7", "Key": "0012", "Client": {"ID": "10001"}, "Multipart": "true"}
        whole = {**texts, "Date": "2026-11-10T10:02:01"}
        self.assertEqual(self.found(texts, reading=as_text), [])
        self.assertEqual(self.found(whole, reading=as_gsoap), [])
        for reading in (as_text, as_fuel_soap, as_gsoap):
            for change in ({"ID": "8"}, {"Key": "12"}, {"Multipart": "false"},
                           {"Date": "2026-11-10T10:02:02"}):
                with self.subTest(reading=reading.__name__, change=change):
                    rest = whole if reading is as_gsoap else texts
                    self.assertEqual(len(self.found({**rest, **change}, reading=reading)), 1)
        blanks = [{"Key": " a  b\n"}, {"Key": " "}]
        self.assertEqual(list(differences(blanks, [{"Key": "a b"}, {}], as_fuel_soap)), [])
        self.assertEqual(len(list(differences(blanks, [{"Key": "ab"}, {}], as_fuel_soap))), 1)


unittest.main()
