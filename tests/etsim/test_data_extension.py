"""Data extensions: fields, rows by their keys, values by their type, and what is refused."""

import unittest

from etsim_client import ET_NS, XSI, flatten, simple
from store_case import StoreCase, fields, row, save_option


class DataExtension(StoreCase):
    def test_data_extension(self):
        made = self.create(("DataExtension", "<CustomerKey>de</CustomerKey><Name>My data</Name>"
                            + fields("Id", "When", "Text", "Flag", "Mail", Id="Number IsPrimaryKey",
                                     When="Date", Flag="Boolean", Mail="EmailAddress")))
        self.assertEqual(made.overall, "OK")
        good = self.create(row("de", Id=1, When="2026-08-09T13:02:03", Text="ä & <b>", Flag="1"),
                           row("de", Id=2, Text=" 00123 "), row("My data", Id=10, Text="1e5"))
        self.assertEqual(good.overall, "OK", good.data)
        self.assertEqual([r.get(f"{{{XSI}}}type") for r in good.results],
                         ["DataExtensionCreateResult"] * 3)
        columns = ["Id", "When", "Text", "Flag", "Mail"]
        rows = self.column_rows("de", columns)
        self.assertEqual(rows, self.column_rows("My data", columns, batch=1))
        self.assertEqual(rows[0], {"Id": "1", "When": "8/9/2026 1:02:03 PM", "Text": "ä & <b>",
                                   "Flag": "True", "Mail": ""})
        self.assertEqual(rows[1]["Text"], " 00123 ")
        for where, expected in (
            (simple("Id", "greaterThan", 9), ["10"]),
            (simple("Text", "equals", "1E5"), ["10"]),
            (simple("When", "lessThan", dates=["2026-08-10T00:00:00"]), ["1"]),
            (simple("When", "isNull"), ["2", "10"]),
            (simple("Id", "IN", 1, 10), ["1", "10"]),
        ):
            self.assertEqual([r["Id"] for r in self.column_rows("de", ["Id"], where)], expected)
        like = self.sim.retrieve("DataExtensionObject[de]", ["Id"], simple("Text", "like", "x"))
        self.assertTrue(like.overall.startswith("Error: "), like.overall)

    def test_definitions_that_are_wrong(self):
        def definition(key, *columns):
            inner = "".join(f"<Field>{column}</Field>" for column in columns)
            return ("DataExtension", f"<CustomerKey>{key}</CustomerKey><Fields>{inner}</Fields>")

        named = "<Name>a</Name><FieldType>Text</FieldType>"
        twice = named.replace("<Name>a", "<Name>A")
        wrong = (("<FieldType>Text</FieldType>",), ("<Name/>",), (named, twice),
                 (named.replace("<FieldType>", "<MaxLength>-1</MaxLength><FieldType>"),),
                 tuple(f"<Name>c{i}</Name>" for i in range(4001)))
        for columns in wrong:
            self.assertEqual(self.codes(self.create(definition("no", *columns))),
                             [("Error", "310007")], columns[:2])
        self.assertEqual(self.codes(self.create(definition("k" * 201, named))),
                         [("Error", "310007")])
        self.assertEqual(self.create(definition("k" * 200, named), row("k" * 200, a="1")).overall,
                         "OK")
        self.assertEqual(self.column_rows("k" * 200, ["a"]), [{"a": "1"}])
        self.create(definition("de", named))
        for columns in wrong[:4]:
            self.assertEqual(self.codes(self.send("Update", definition("de", *columns))),
                             [("Error", "310007")])
        found = self.sim.all_rows("DataExtensionField", ["Name"],
                                  simple("DataExtension.CustomerKey", "equals", "de"))
        self.assertEqual([one["Name"] for one in found], ["a"])

    def test_lengths_are_of_characters(self):
        self.create(("DataExtension", "<CustomerKey>de</CustomerKey><Fields><Field><Name>q</Name>"
                     "<MaxLength>3</MaxLength><FieldType>Text</FieldType></Field><Field><Name>long"
                     "</Name><FieldType>Text</FieldType></Field></Fields>"))
        answer = self.create(row("de", q="äöü"), row("de", q="äöüß"), row("de", q="€€€"),
                             row("de", long="ü" * 4000), row("de", long="u" * 4001))
        self.assertEqual([code for _, code in self.codes(answer)],
                         [None, "310006", None, None, "310006"])

    def test_rows_that_are_wrong(self):
        self.create(("DataExtension", "<CustomerKey>de</CustomerKey>"
                     + fields("Id", "Name", "Mail", Id="Number IsPrimaryKey",
                              Name="Text IsRequired", Mail="EmailAddress")))
        answer = self.create(row("de", Id="x", Name="n"), row("de", Id=1),
                             row("de", Id=1, Name="n"), row("de", Id=1, Name="again"),
                             row("de", Id=2, Name="n", Mail="no"),
                             row("de", Id=3, Name="n", Other="?"), row("none", Id=1))
        self.assertEqual(self.codes(answer), [
            ("Error", "310006"), ("Error", "310006"), ("OK", None), ("Error", "310003"),
            ("Error", "310006"), ("Error", "310006"), ("Error", "310004")])
        error = answer.results[0].find(f".//{{{ET_NS}}}ValueError")
        self.assertEqual(flatten(error)["Name"], "Id")
        self.assertEqual(self.column_rows("de", ["Id", "Name"]), [{"Id": "1", "Name": "n"}])
        changed = self.send("Update", row("de", Id=1, Name="changed"), row("de", Id=9, Name="new"))
        self.assertEqual(self.codes(changed), [("OK", None), ("Error", "310004")])
        self.send("Update", row("de", Id=9, Name="new"), options=save_option("UpdateAdd"))
        self.assertEqual(self.column_rows("de", ["Id", "Name"]),
                         [{"Id": "1", "Name": "changed"}, {"Id": "9", "Name": "new"}])
        keys = "<Keys><Key><Name>Id</Name><Value>9</Value></Key></Keys>"
        self.send("Delete", ("DataExtensionObject", "<CustomerKey>de</CustomerKey>" + keys))
        self.assertEqual([r["Id"] for r in self.column_rows("de", ["Id"])], ["1"])
        self.assertIn("Unable to find a handler",
                      self.sim.retrieve("DataExtensionObject[none]", ["Id"]).overall)

    def test_a_row_loses_a_value(self):
        self.create(("DataExtension", "<CustomerKey>de</CustomerKey>"
                     + fields("K", "V", K="Text IsPrimaryKey")))
        self.create(row("de", K="1", V="x"))
        self.send("Update", ("DataExtensionObject", "<CustomerKey>de</CustomerKey><Properties>"
                             "<Property><Name>K</Name><Value>1</Value></Property><Property>"
                             "<Name>V</Name><Value xsi:nil='true'/></Property></Properties>"))
        self.assertEqual(self.column_rows("de", ["K", "V"]), [{"K": "1", "V": ""}])


if __name__ == "__main__":
    unittest.main()
