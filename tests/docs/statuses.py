"""statuses.py TREE: the table in docs/errors.md has every status of etsoap/status.h, in its order,
with its name, value and text, and no other."""
import pathlib
import re
import sys


def main():
    tree = pathlib.Path(sys.argv[1])
    header = (tree / "src/include/etsoap/status.h").read_text()
    page = (tree / "docs/errors.md").read_text()
    declared = re.findall(r'X\((\w+), (-?\d+), "([^"]+)"\)', header)
    table = re.findall(r"^\| `(\w+)` \| (-?\d+) \| ([^|]+?) \|", page, flags=re.M)
    if len(declared) < 2:
        print("status.h: no list of statuses found")
        return 1
    for wrong in [row for row in declared if row not in table]:
        print("docs/errors.md lacks", *wrong)
    for wrong in [row for row in table if row not in declared]:
        print("docs/errors.md has", *wrong, "which status.h has not")
    if declared != table:
        print("docs/errors.md and status.h differ")
        return 1
    print(f"{len(table)} statuses")
    return 0


if __name__ == "__main__":
    sys.exit(main())
