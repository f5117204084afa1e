"""Every event type of events.def, and every property that it lists, has values in the demo data."""

import re
import unittest
from pathlib import Path

from etsim_client import Etsim

TABLE = Path(__file__).resolve().parents[2] / "src/include/etsoap/events.def"
# The demo's sends are started by nobody's trigger.
WITHOUT_VALUE = {"TriggeredSendDefinitionObjectID"}


def listed():
    """(object type, its properties) for each type."""
    text = re.sub(r"/\*.*?\*/", "", TABLE.read_text(encoding="utf-8"), flags=re.S)
    common = re.findall(r'\bX\("([^"]+)"', text)
    for block in re.findall(r"^ETS_EVENT\(.*?^ETS_EVENT_END", text, re.S | re.M):
        name = re.match(r"ETS_EVENT\(\w+, \w+, (\w+)\)", block).group(1)
        yield name, common + re.findall(r'ETS_EVENT_PROPERTY\("([^"]+)"', block)


class Events(unittest.TestCase):
    def test_what_is_listed_is_computed(self):
        types = dict(listed())
        self.assertIn("BounceEvent", types)
        self.assertIn("SMTPCode", types["BounceEvent"])
        self.assertIn("SendID", types["BounceEvent"])
        with Etsim("--subscribers", "4000", "--sends", "2") as sim:
            for name, properties in types.items():
                with self.subTest(type=name):
                    rows = sim.all_rows(name, properties)
                    self.assertTrue(rows, f"etsim computes no {name}: demo/events.c")
                    having = {path for row in rows for path, value in row.items() if value}
                    missing = set(properties) - having - WITHOUT_VALUE
                    self.assertFalse(missing, "etsim computes no such values: kinds/event.c")


if __name__ == "__main__":
    unittest.main()
