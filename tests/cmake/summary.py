"""summary.py SUITE RESULTS.xml: one line of counts, then what failed and what was skipped, and why.

Exit code 1 when a test failed or when no test ran at all.
"""
import sys
import xml.etree.ElementTree as ElementTree


def reason(case):
    """The last line that a skipped test wrote: tests say why before they exit with 77."""
    lines = [line.strip() for line in (case.findtext("system-out") or "").splitlines()]
    lines = [line for line in lines if line]
    return lines[-1] if lines else "it gave no reason"


def main(suite, path):
    cases = ElementTree.parse(path).getroot().findall("testcase")
    skipped = [case for case in cases if case.find("skipped") is not None]
    failures = [case for case in cases if case.get("status") == "fail"]
    not_run = [case for case in cases
               if case.get("status") != "run" and case not in skipped and case not in failures]
    passed = len(cases) - len(skipped) - len(failures) - len(not_run)
    print(f"{suite}: {passed} passed, {len(failures)} failed, {len(skipped)} skipped"
          + (f", {len(not_run)} could not run" if not_run else ""))
    for case in failures:
        print(f"  failed: {case.get('name')}")
    for case in not_run:
        print(f"  could not run: {case.get('name')} ({case.get('status')})")
    for case in skipped:
        print(f"  skipped: {case.get('name')}: {reason(case)}")
    return 1 if failures or not_run or passed == 0 else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
