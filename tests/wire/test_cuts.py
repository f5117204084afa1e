"""A cursor over two pages, cut at every byte of either: the rows before the cut come, and never
passes what is left for all of it.

  test_cuts.py CURSORS
"""
import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "harness"))
import certificates  # noqa: E402
from server import CLOSE, Server, answer, context  # noqa: E402

CURSORS = sys.argv.pop(1)
ROWS = 3  # of each page


def page(status, number):
    rows = "".join(f'<Results xsi:type="SentEvent"><SubscriberKey>{number}-{row}</SubscriberKey>'
                   "</Results>" for row in range(ROWS))
    return ('<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/" '
            'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><s:Body><RetrieveResponseMsg '
            'xmlns="http://exacttarget.com/wsdl/partnerAPI">'
            f"<OverallStatus>{status}</OverallStatus><RequestID>r{number}</RequestID>{rows}"
            "</RetrieveResponseMsg></s:Body></s:Envelope>\n")


class Cuts(unittest.TestCase):
    def read(self, script, times, tls=None, ca_file=None):
        plain = {name: value for name, value in os.environ.items()
                 if not name.startswith("ETSOAP_")}
        with Server(script, tls=tls) as server:
            settings = {"ETSOAP_ENDPOINT": server.url, "ETSOAP_USERNAME": "u",
                        "ETSOAP_PASSWORD": "secret"}
            if ca_file:
                settings["ETSOAP_CA_FILE"] = str(ca_file)
            done = subprocess.run([CURSORS, str(times)], env={**plain, **settings},
                                  capture_output=True, text=True, timeout=500)
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        lines = done.stdout.splitlines()
        self.assertEqual(len(lines), times)
        return lines

    def cut(self, how, **trust):
        """Each page ends its connection, so that none is opened again for the next."""
        pages = [answer(page(status, number), headers=["Connection: close"], **how)
                 for number, status in enumerate(("MoreDataAvailable", "OK"))]
        script, rows_at_most = [], []
        for size in range(len(pages[0])):
            script.append([pages[0][:size], CLOSE])
            rows_at_most.append(ROWS)
        for size in range(len(pages[1])):
            script += [pages[0], [pages[1][:size], CLOSE]]
            rows_at_most.append(2 * ROWS)
        script += pages
        lines = self.read(script, len(rows_at_most) + 1, **trust)
        for at, (line, most) in enumerate(zip(lines, rows_at_most)):
            name, rows = line.split()
            self.assertEqual(name, "E_CUT", f"cut {at} of {len(rows_at_most)}: {line}")
            self.assertTrue(most - ROWS <= int(rows) <= most, line)
        self.assertEqual(lines[-1], f"OK {2 * ROWS}")

    def test_plain(self):
        self.cut({})

    def test_chunked(self):
        self.cut({"chunked": True})

    def test_gzip(self):
        self.cut({"compressed": True})

    def test_gzip_in_chunks(self):
        self.cut({"chunked": True, "compressed": True})

    def test_tls(self):
        if not certificates.available():
            self.skipTest("no openssl found: install openssl")
        with tempfile.TemporaryDirectory(prefix="etsoap-cuts-") as folder:
            authority = certificates.Authority(pathlib.Path(folder, "authority"))
            tls = context(authority.leaf("x", ["IP:127.0.0.1"]), authority.key)
            self.cut({}, tls=tls, ca_file=authority.root)


if __name__ == "__main__":
    unittest.main()
