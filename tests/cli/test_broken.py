"""Answers that break off, stand still, or are refused in mid-paging: rows that came are handed on,
the exit code says incomplete, and nothing passes for whole."""
import json
import pathlib
import subprocess
import tempfile
import xml.etree.ElementTree as tree

from canned import ENVELOPE, Canned, retrieve_answer
from support import JOB, Etsim, check, environment, ettrack, fail

ROWS = [{"SendID": 7, "SubscriberKey": f"{number:05}"} for number in range(3000)]
PAGES = [retrieve_answer("SentEvent", ROWS, "MoreDataAvailable"),
         retrieve_answer("SentEvent", ROWS)]
ARGUMENTS = ["events", "sent", "--properties", "SendID,SubscriberKey", "--tries", "1"]


def run(settings, *arguments):
    return subprocess.run(["ettrack", *arguments], env=environment(settings), timeout=60,
                          stdin=subprocess.DEVNULL, capture_output=True)


def said(done):
    lines = done.stderr.decode().splitlines()
    check(all(line.startswith("ettrack: ") for line in lines), f"stderr: {done.stderr!r}")
    return "\n".join(lines)


def cut_in_the_second_page():
    for name in ("csv", "ndjson", "json", "xml"):
        with Canned(PAGES, cut=60000) as service:
            done = run(service.settings, *ARGUMENTS, "--format", name)
        check(done.returncode == 3, f"{name}: exit code {done.returncode}, expected 3")
        check("broke off" in said(done) and "rows are missing" in said(done), said(done))
        lines = [line for line in done.stdout.splitlines() if line]
        check(len(lines) > 3000, f"{name}: only {len(lines)} lines came")
        if name == "ndjson":
            check([json.loads(line) for line in lines] == (ROWS + ROWS)[:len(lines)], "ndjson")
        try:
            if name == "json":
                json.loads(done.stdout)
                fail("json: half of it passes for whole")
            if name == "xml":
                tree.fromstring(done.stdout)
                fail("xml: half of it passes for whole")
        except (ValueError, tree.ParseError):
            pass


def no_row_comes_twice():
    """However often a request is tried."""
    with Canned(PAGES, cut=60000) as service:
        done = run(service.settings, "events", "sent", "--properties", "SubscriberKey", "--format",
                   "tsv", "--tries", "5")
    found = done.stdout.decode().splitlines()[1:]
    expected = [row["SubscriberKey"] for row in ROWS + ROWS]
    check(done.returncode == 3 and len(found) > 3000, f"exit code {done.returncode}")
    check(found == expected[:len(found)], "rows are repeated or left out")


def nothing_but(path):
    found = sorted(item.name for item in path.parent.iterdir())
    check(found == [path.name], f"left over: {found}")


def files_appear_when_whole():
    with tempfile.TemporaryDirectory() as folder:
        path, partial = pathlib.Path(folder, "out.csv"), pathlib.Path(folder, "out.csv.partial")
        path.write_text("from last week\n")
        arguments = [*ARGUMENTS, "--format", "csv", "-o", str(path)]
        with Canned(PAGES, cut=60000) as service:
            done = run(service.settings, *arguments)
        check(done.returncode == 3, f"exit code {done.returncode}, expected 3")
        check(path.read_text() == "from last week\n", "the old file is gone")
        check(str(partial) in said(done), said(done))
        check(partial.read_text().count("\n") > 3000, "rows that came are not in the partial file")
        partial.unlink()
        with Canned([retrieve_answer("SentEvent", [], "Error: no")]) as service:
            done = run(service.settings, *arguments)
        check(done.returncode == 1, f"exit code {done.returncode}, expected 1")
        nothing_but(path)
        with Canned(PAGES) as service:
            done = run(service.settings, *arguments)
        check(done.returncode == 0 and path.read_text().count("\n") == 6001, "the whole file")
        nothing_but(path)
        check(path.stat().st_mode & 0o777 == 0o644, "the file's mode changed")
        link = pathlib.Path(folder, "link.csv")
        link.symlink_to("out.csv")
        with Canned([retrieve_answer("SentEvent", ROWS[:1])]) as service:
            ettrack(service.settings, *ARGUMENTS, "--format", "csv", "-o", str(link))
        check(link.is_symlink() and path.read_text().count("\n") == 2, "a link is followed")


def refused_in_mid_paging():
    gone = retrieve_answer("SentEvent", [], "Error: the request is gone")
    with Canned([PAGES[0], gone]) as service:
        done = run(service.settings, *ARGUMENTS, "--format", "csv")
    check(done.returncode == 3 and done.stdout.count(b"\r\n") == 3001, "rows of the first page")
    check("the request is gone" in said(done), said(done))


def a_service_that_stands_still():
    with Canned(PAGES, cut=60000, stall=True) as service:
        done = run(service.settings, *ARGUMENTS, "--format", "csv", "--timeout", "1")
    check(done.returncode == 3, f"exit code {done.returncode}, expected 3")
    check("sent nothing for 1 s" in said(done), said(done))


def not_the_service():
    with Canned(["<html><body>Bad gateway</body></html>"]) as service:
        done = run(service.settings, *ARGUMENTS)
    check(done.returncode == 1 and done.stdout == b"", "HTML is no answer")
    check(len(said(done).splitlines()) == 1, said(done))
    fault = ENVELOPE.format("<soap:Fault><faultcode>soap:Server</faultcode><faultstring>it\x41 is "
                            "&#10;down</faultstring></soap:Fault>")
    with Canned([fault]) as service:
        done = run(service.settings, *ARGUMENTS)
    check(done.returncode == 1 and len(said(done).splitlines()) == 1, said(done))


def the_server_goes():
    with Etsim("--subscribers", "3000000") as simulator:
        process = subprocess.Popen(
            ["ettrack", "events", "sent", "--send", JOB, "--format", "csv", "--tries", "1"],
            env=environment(simulator.settings), stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        process.stdout.read(100000)
        simulator.stop()
        rest, errors = process.communicate(timeout=60)
    check(process.returncode == 3, f"exit code {process.returncode}, expected 3: {errors!r}")
    check(rest.endswith(b"\r\n"), "half a row")
    check(b"rows are missing" in errors and errors.count(b"\n") == 2, repr(errors))


cut_in_the_second_page()
no_row_comes_twice()
files_appear_when_whole()
refused_in_mid_paging()
a_service_that_stands_still()
not_the_service()
the_server_goes()
