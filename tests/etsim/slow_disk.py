"""etsim --state on a disk that is slow: nobody but the next save waits for it."""

import os
import tempfile
import unittest
from pathlib import Path

from etsim_client import Etsim, simple
from store_case import objects
from test_clock import until


def create(sim, name):
    return sim.call(objects(("List", f"<ListName>{name}</ListName>")), "Create")


class SlowDisk(unittest.TestCase):
    def test_nobody_waits_for_the_disk(self):
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            options = ("--data", "none", "--state", str(folder / "state.db"))
            slow = {**os.environ, "LD_PRELOAD": os.environ["SLOW_DISK_LIBRARY"], "SLOW_DISK": name}
            hold = folder / "hold"
            with Etsim(*options, environment=slow) as sim:
                try:
                    hold.touch()
                    self.assertEqual(create(sim, "one").overall, "OK")
                    until((folder / "reached").exists)
                    for number in range(3):
                        sim.connection.close()  # the next one is a new one
                        self.assertEqual(create(sim, f"more {number}").overall, "OK")
                        self.assertEqual(len(sim.retrieve("List", ["ID"]).rows), 2 + number)
                finally:
                    hold.unlink()
            with Etsim(*options) as sim:
                self.assertEqual(len(sim.retrieve("List", ["ID"], simple(
                    "ListName", "isNotNull")).rows), 4)


if __name__ == "__main__":
    unittest.main()
