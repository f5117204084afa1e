"""Holds the answers that etsim gave in all tests against the contract that it served, by xmllint.

    all_answers.py FOLDER ETSIM

FOLDER has one for each folder of tests, which etsim wrote, told by ETSIM_ANSWERS: some answers of
each shape, with the contract that they are to follow. What is older than ETSIM is of an earlier
build, and goes."""

import sys
from pathlib import Path

import answers


def hold(folder):
    """What is wrong with the answers of one contract, and how many there are."""
    validator = answers.Validator((folder / "etframework.wsdl").read_text(encoding="utf-8"),
                                  (folder / "ETFrameworkFault.xsd").read_text(encoding="utf-8"))
    validator.big = -10 ** 9  # etsim has chosen
    loaded = folder.name.endswith("-loaded")
    for file in sorted(folder.glob("*.xml")):
        answer = file.read_bytes()
        validator.add(answers.without_recorded(answer) if loaded else answer)
    count = validator.count
    return validator.close(), count


def remove_older(folder, than):
    for file in folder.rglob("*.xml"):
        if file.stat().st_mtime < than:
            file.unlink()


def main():
    folder, etsim = map(Path, sys.argv[1:])
    if not answers.is_available():
        print("there is no xmllint")
        return 77
    remove_older(folder, etsim.stat().st_mtime)
    counts, bad = {}, 0
    for contract in sorted(folder.glob("*/*/etframework.wsdl")):
        area = contract.parts[-3]
        wrong, count = hold(contract.parent)
        counts[area] = counts.get(area, 0) + count
        if wrong:
            bad += 1
            print(f"{area}: answers outside of the contract:\n{wrong}")
    for area, count in counts.items():
        print(f"{area}: {count} answers")
    total = sum(counts.values())
    print(f"{total} answers of {len(counts)} folders of tests")
    if not total:
        print("There are none: run tests that talk to etsim before this one.")
    return 1 if bad or not total else 0


if __name__ == "__main__":
    sys.exit(main())
