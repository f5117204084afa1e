"""What an object is known by, when an Update says otherwise."""

import tempfile
import unittest
from pathlib import Path

from etsim_client import Etsim, simple, token_header
from store_case import StoreCase, fields, objects, row


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

    def test_a_business_unit_changes_nothing_of_others(self):
        """As it reads nothing of theirs."""
        _, granted = self.sim.token({"grant_type": "client_credentials", "client_id": "demo",
                                     "client_secret": "demo", "account_id": 10002})
        header = token_header(granted["access_token"])
        self.make("de")
        self.create(row("de", K="1"), ("List", "<CustomerKey>l</CustomerKey><ListName>mine"
                                       "</ListName>"))
        by_key = simple("CustomerKey", "equals", "l")
        self.assertEqual(self.sim.all_rows("List", ["ID"], by_key, header=header), [])

        def codes(operation, *items):
            return [code for _, code in self.codes(self.sim.call(
                objects(*items, operation=operation), operation, header))]

        theirs = ("List", "<CustomerKey>l</CustomerKey><ListName>theirs</ListName>")
        definition = ("DataExtension", "<CustomerKey>de</CustomerKey>")
        self.assertEqual(codes("Update", theirs, definition, row("de", K="1")),
                         ["2", "310004", "310004"])
        self.assertEqual(codes("Create", theirs, definition, row("de", K="2")),
                         ["1", "310003", "310004"])
        codes("Delete", theirs, definition, row("de", K="1"))
        self.assertEqual([li["ListName"] for li in self.sim.all_rows("List", ["ListName"],
                                                                     by_key)], ["mine"])
        self.assertEqual(self.column_rows("de", ["K"]), [{"K": "1"}])
        own = ("List", "<CustomerKey>own</CustomerKey><ListName>own</ListName>")
        for operation in ("Create", "Update", "Delete"):
            self.assertEqual(codes(operation, own), [None])

    def test_a_business_unit_fires_nothing_of_others(self):
        """Nor does it find the definition by its other name."""
        _, granted = self.sim.token({"grant_type": "client_credentials", "client_id": "demo",
                                     "client_secret": "demo", "account_id": 10002})
        header = token_header(granted["access_token"])
        made = self.create(("TriggeredSendDefinition", "<CustomerKey>t</CustomerKey><Name>t</Name>"
                            "<TriggeredSendStatus>Active</TriggeredSendStatus>")).rows[0]
        for name, value in (("CustomerKey", "t"), ("ObjectID", made["NewObjectID"])):
            item = ("TriggeredSend", f"<TriggeredSendDefinition><{name}>{value}</{name}>"
                    "</TriggeredSendDefinition><Subscribers><EmailAddress>t@example.com"
                    "</EmailAddress><SubscriberKey>t</SubscriberKey></Subscribers>")
            answer = self.sim.call(objects(item), "Create", header)
            self.assertEqual(self.codes(answer), [("Error", "18002")])
            self.assertEqual(self.codes(self.create(item)), [("OK", None)])

    def test_a_folder_with_folders_in_it_stays(self):
        def folder(name, parent):
            made = self.create(("DataFolder", f"<CustomerKey>{name}</CustomerKey>"
                                f"<Name>{name}</Name><Description/><ContentType>email</ContentType>"
                                f"<ParentFolder><ID>{parent}</ID></ParentFolder>"))
            self.assertEqual(made.overall, "OK")
            return made.rows[0]["NewID"]

        outer = folder("outer", 0)
        inner = folder("inner", outer)
        refused = self.send("Delete", ("DataFolder", "<CustomerKey>outer</CustomerKey>"))
        self.assertEqual(self.codes(refused), [("Error", "5")])
        self.assertIn(f"DataFolder {outer}", refused.rows[0]["StatusMessage"])
        for number in (inner, outer):
            done = self.send("Delete", ("DataFolder", f"<ID>{number}</ID>"))
            self.assertEqual(self.codes(done), [("OK", None)])
            self.assertEqual(self.sim.all_rows("DataFolder", ["ID"],
                                               simple("ID", "equals", number)), [])

    def test_a_user_takes_its_accounts_along(self):
        users = self.sim.all_rows("AccountUser", ["CustomerKey", "AccountUserID"])
        gone, other = users[:2]

        def accounts(user):
            return len(self.sim.all_rows("AccountUserAccount", ["Account.ID"], simple(
                "AccountUser.AccountUserID", "equals", user["AccountUserID"])))

        before = accounts(other)
        self.assertTrue(before and accounts(gone))
        self.send("Delete", ("AccountUser", f"<CustomerKey>{gone['CustomerKey']}</CustomerKey>"))
        self.assertEqual((accounts(gone), accounts(other)), (0, before))

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
