"""tables.py TREE TABLE: what a page lists is what there is, in its order, and no other. TABLE is
one of

    statuses      docs/errors.md: the statuses of etsoap/status.h, with name, value and text
    event_types   docs/ettrack.md: the short names of etsoap/events.def
    setting_names docs/settings.md: the settings, with the environment of those that are text
    picture       docs/lifetimes.svg: the calls of the program in docs/lifetimes.md, in its order
    test_folders  docs/testing.md: the folders of tests/
    commands      README.md: the commands of ettrack
    formats       README.md: the formats of ettrack
    requests      docs/etsim.md: what etsim serves, as its --help has it
    rules         docs/etsim.md, and so etsim-rules(7): conditions and effects of --fault"""
import pathlib
import re
import sys
from xml.etree import ElementTree


def statuses(tree):
    header = (tree / "src/include/etsoap/status.h").read_text()
    page = (tree / "docs/errors.md").read_text()
    return (re.findall(r'X\((\w+), (-?\d+), "([^"]+)"\)', header),
            re.findall(r"^\| `(\w+)` \| (-?\d+) \| ([^|]+?) \|", page, flags=re.M))


def event_types(tree):
    table = (tree / "src/include/etsoap/events.def").read_text()
    page = (tree / "docs/ettrack.md").read_text()
    sentence = re.search(r"^TYPE is (.*?)\s+or the object type", page, flags=re.M | re.S)
    return (re.findall(r"^ETS_EVENT\(\w+, (\w+), \w+\)", table, flags=re.M),
            re.findall(r"`(\w+)`", sentence[1]) if sentence else [])


def setting_names(tree):
    texts = (tree / "src/settings/settings_private.h").read_text()
    numbers = (tree / "src/call/options.def").read_text()
    page = (tree / "docs/settings.md").read_text()
    row = re.compile(r"^\| `(\w+)` \|(?: [^|]*\| `(ETSOAP_\w+)`)?", flags=re.M)
    return (re.findall(r'^  X\((\w+), "(\w+)"', texts, flags=re.M) +
            [(name, "") for name in
             re.findall(r"^ETS_SESSION_NUMBER\((\w+),", numbers, flags=re.M)],
            row.findall(page))


def picture(tree):
    page = (tree / "docs/lifetimes.md").read_text()
    program = re.search(r"^```c file=.*?^int main(.*?)^```", page, flags=re.M | re.S)[1]
    told = {"ets_get_text_or", "ets_session_error", "ets_pool_new"}
    calls = [name for name in re.findall(r"\b(ets_\w+)\(", program) if name not in told]
    drawn = ElementTree.parse(tree / "docs/lifetimes.svg").iter("{http://www.w3.org/2000/svg}text")
    return calls, [text.text for text in drawn if text.text.startswith("ets_")]


def test_folders(tree):
    page = (tree / "docs/testing.md").read_text()
    rows = re.findall(r"^\| (`tests/.*?`) \|", page, flags=re.M)
    return (sorted({path.parent.name for path in (tree / "tests").glob("*/*")
                    if path.suffix in (".txt", ".cmake")}),
            sorted(re.findall(r"`tests/(\w+)/`", " ".join(rows))))


def commands(tree):
    sources = (path.read_text() for path in (tree / "tools/ettrack/commands").glob("*.c"))
    row = re.search(r"^\| `ettrack` \| (.*) \|$", (tree / "README.md").read_text(), flags=re.M)[1]
    name = re.compile(r'^(?:const struct command.*\{|    )\.name = "(\w+)"', flags=re.M)
    return (sorted(found for text in sources for found in name.findall(text)),
            sorted(re.findall(r"`(\w+)`", row)))


def formats(tree):
    table = (tree / "tools/ettrack/output/formats.def").read_text()
    sentence = re.search(r"`ettrack` prints (tables.*?):$", (tree / "README.md").read_text(),
                         flags=re.M)[1]
    return (sorted(re.findall(r"^\w+\((\w+)", table, flags=re.M)),
            sorted(word.lower().removesuffix("s") if word == "tables" else word.lower()
                   for word in re.split(r", | and ", sentence)))


def requests(tree):
    request = re.compile(r"(?:GET|POST) /[\w./]+\w")
    text = (tree / "tools/etsim/cli/help.c").read_text()
    page = (tree / "docs/etsim.md").read_text()
    rows = re.findall(r"^\| `((?:GET|POST) /[^`]*)`", page, flags=re.M)
    return (sorted(request.findall(text)),
            sorted(found for row in rows for found in request.findall(row)))


def rules(tree):
    conditions = (tree / "tools/etsim/cli/help.c").read_text()
    effects = (tree / "tools/etsim/faults/effects.c").read_text()
    section = (tree / "docs/etsim.md").read_text().split("\n## Trouble on demand\n")[1]
    rows = re.findall(r"^\| (`[^|]*) \|", section.split("\n## ")[0], flags=re.M)
    return (re.findall(r'"(?:  CONDITION)? +(\w+=[A-Z])  ', conditions) +
            [name + takes for name, takes in
             re.findall(r'^    \{"([a-z-]+)", [^"{]*, run_\w+, "([^"]*)",', effects, flags=re.M)],
            [word for row in rows for word in re.findall(r"`([^`]+)`", row)])


def main():
    tree, table = pathlib.Path(sys.argv[1]), sys.argv[2]
    tables = (statuses, event_types, setting_names, picture, test_folders, commands, formats,
              requests, rules)
    there, listed = {f.__name__: f for f in tables}[table](tree)
    if len(there) < 2:
        print(f"{table}: what there is was not found")
        return 1
    for wrong in [row for row in there if row not in listed]:
        print("the page lacks", wrong)
    for wrong in [row for row in listed if row not in there]:
        print("the page has", wrong, "which is not there")
    if there != listed:
        print(f"{table}: the page and the tree differ")
        return 1
    print(f"{len(listed)} {table}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
