"""What an object is known by, when an Update says otherwise."""

import tempfile
import unittest
from pathlib import Path

from etsim_client import Etsim, simple
from store_case import StoreCase, fields, row


class Identity(StoreCase):
    def rename(self, key, new_key):
        found, = self.sim.all_rows("DataExtension", ["ObjectID"],
                                   simple("CustomerKey", "equals", key))
        return self.send("Update", ("DataExtension", f"<CustomerKey>{new_key}</CustomerKey>"
                                    f"<ObjectID>{found['ObjectID']}</ObjectID>"))

    def make(self, key):
        self.create(("DataExtension", f"<CustomerKey>{key}</CustomerKey><Name>Name of {key}</Name>"
                     + fields("K", K="Text IsPrimaryKey")))

    def test_rows_follow_the_key_of_their_data_extension(self):
        self.make("old")
        self.create(row("old", K="1"))
        self.assertEqual(self.column_rows("old", ["K"]), [{"K": "1"}])
        self.assertEqual(self.rename("old", "new").overall, "OK")
        self.assertEqual(self.codes(self.create(row("new", K="1"), row("new", K="2"))),
                         [("Error", "310003"), ("OK", None)])
        self.assertEqual(self.column_rows("new", ["K"]), [{"K": "1"}, {"K": "2"}])
        self.assertIn("Unable to find a handler",
                      self.sim.retrieve("DataExtensionObject[old]", ["K"]).overall)
        self.make("old")
        self.assertEqual(self.column_rows("old", ["K"]), [])
        self.assertEqual(self.rename("new", "New").overall, "OK")
        self.assertEqual(self.column_rows("New", ["K"]), [{"K": "1"}, {"K": "2"}])

    def test_they_do_so_over_a_restart(self):
        with tempfile.TemporaryDirectory() as folder:
            state = ("--subscribers", "10", "--sends", "1", "--state", str(Path(folder) / "state"))
            self.sim.stop()
            self.sim = Etsim(*state)
            self.make("old")
            self.create(row("old", K="1"))
            self.sim.stop()
            self.sim = Etsim(*state)
            self.assertEqual(self.rename("old", "new").overall, "OK")
            self.sim.stop()
            self.sim = Etsim(*state)
            self.assertEqual(self.column_rows("new", ["K"]), [{"K": "1"}])
            self.sim.stop()

    def test_a_key_is_of_one_object(self):
        self.make("one")
        self.make("other")
        self.create(row("one", K="1"), row("other", K="2"))
        self.assertEqual(self.codes(self.rename("one", "OTHER")), [("Error", "310003")])
        self.assertEqual(self.column_rows("one", ["K"]), [{"K": "1"}])
        self.assertEqual(self.column_rows("other", ["K"]), [{"K": "2"}])

    def test_an_id_stays(self):
        one, other = self.sim.all_rows("List", ["ID", "CustomerKey"])[:2]
        self.assertNotEqual(one["ID"], other["ID"])
        self.send("Update", ("List", f"<CustomerKey>{one['CustomerKey']}</CustomerKey>"
                             f"<ID>{other['ID']}</ID><ListName>changed</ListName>"))
        lists = self.sim.all_rows("List", ["ID", "ListName"])
        self.assertIn((one["ID"], "changed"), [(li["ID"], li["ListName"]) for li in lists])
        self.assertEqual(len({li["ID"] for li in lists}), len(lists))


if __name__ == "__main__":
    unittest.main()
