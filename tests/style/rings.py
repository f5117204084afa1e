"""rings.py SOURCE BUILD: who knows whom in src/ and tools/, read from the includes and from the
calls in the objects that were built (BUILD/compile_commands.json says which those are).

A file is a .c with the .h of its name beside it, or one of them alone. It knows another when it
includes its header or uses a function or a variable of it. Prints, and ends with exit code 1 on:

  a ring of src/ that reaches upward, to one that comes after it;
  a program that includes what is private to the library, but for what SHARED allows;
  a circle of files, anywhere in src/ or in one of tools/;
  an include in src/ of what gSOAP declares or generates, where that is not the room for it;
  an include of a file that is neither here nor made by gSOAP.

A public header belongs to the ring that has its functions, or else to the base.
"""
import collections
import json
import os
import pathlib
import re
import subprocess
import sys

RINGS = ("base contract object rows http auth wire call filter operations tracking report "
         "export settings").split()
INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]+(?:"([^"]+)"|<(etsoap/[^>]+)>)', re.M)
OUTPUT = re.compile(r" -o (\S+)")
PUBLIC = "src/include/"
# Who may know gSOAP: its functions are for the ring that writes XML and for the stubs; objects are
# made of the generated types.
GSOAP = {"etH.h": ("src/wire/", "src/include/etsoap/stubs.h"), "etStub.h": ("src/object/",),
         "etsoap/stubs.h": ("src/operations/stubs.c",), "wsseapi.h": ("src/wire/",),
         "stdsoap2.h": ("src/wire/",)}
# What of src/ beside the public headers a program may include.
SHARED = {"tools/common": {"base"}, "tools/etwsdl": {"contract"},
          "tools/etsim": {"contract", "object", "http", "wire"}}


class Tree:
    def __init__(self, root, build):
        self.root = root.resolve()
        self.sources = {str(path.relative_to(self.root)) for top in ("src", "tools")
                        for pattern in ("*.c", "*.h", "*.def")
                        for path in (self.root / top).rglob(pattern)}
        self.objects = {}  # source by object
        for unit in json.loads((build / "compile_commands.json").read_text()):
            source = pathlib.Path(unit["file"]).resolve()
            if source.is_relative_to(self.root):
                name = str(source.relative_to(self.root))
                built = pathlib.Path(unit["directory"]) / OUTPUT.search(unit["command"])[1]
                if name in self.sources and built.exists():
                    self.objects[str(built)] = name
        self.defines, self.uses = self.symbols()

    def symbols(self):
        defines, uses = collections.defaultdict(set), collections.defaultdict(set)
        command = ["nm", "-A", "-g", "--", *self.objects]
        said = subprocess.run(command if self.objects else ["true"], check=True,
                              capture_output=True, text=True).stdout
        for line in said.splitlines():
            built, symbol = line.rsplit(":", 1)
            kind, name = symbol.split()[-2:]
            (uses if kind in "Uwv" else defines)[self.objects[built]].add(name)
        return defines, uses

    def included(self, source):
        """The files of ours that a source includes: beside it, or below src/, tools/ or the
        folder of its program."""
        text = (self.root / source).read_text()
        for quoted, public in INCLUDE.findall(text):
            here = pathlib.PurePosixPath(source)
            places = [f"{PUBLIC}{public}"] if public else [
                os.path.normpath(folder / quoted) for folder in (here.parent, *here.parents)] + [
                f"src/{quoted}", f"tools/{quoted}"]
            yield next((place for place in places if place in self.sources), None), quoted or public


def unit(source):
    """.c and .h of one name are one file; a public header stands alone."""
    return source if source.startswith(PUBLIC) else re.sub(r"\.[ch]$", "", source)


def program(source):
    """src, or the tool that the source belongs to."""
    parts = source.split("/")
    return parts[0] if parts[0] == "src" else "/".join(parts[:2])


def edges(tree):
    """(from, to) to the first reason."""
    found = {}

    def add(one, other, why):
        if unit(one) != unit(other):
            found.setdefault((unit(one), unit(other)), why)

    for source in sorted(tree.sources):
        for other, written in tree.included(source):
            if other:
                add(source, other, f"includes {written}")
    for source, names in sorted(tree.uses.items()):
        owners = collections.defaultdict(list)
        for other, defined in tree.defines.items():
            # A program's names are its own; all programs may use the library and what they share.
            if program(other) in (program(source), "src", "tools/common"):
                for name in names & defined:
                    owners[other].append(name)
        for other, called in sorted(owners.items()):
            add(source, other, f"calls {', '.join(sorted(called)[:3])}")
    return found


def wrong_includes(tree):
    for source in sorted(tree.sources):
        of_library = program(source) == "src"
        for other, written in tree.included(source):
            parts = (other or "").split("/")
            rooms = GSOAP.get(written, ("src/",))
            if not other and written not in GSOAP:
                yield f"{source} includes {written}: there is no such file"
            elif of_library and not source.startswith(rooms):
                yield f"gSOAP: {source} includes {written}, which is for {', '.join(rooms)}"
            elif not of_library and parts[0] == "src" and parts[1] != "include" \
                    and parts[1] not in SHARED.get(program(source), ()):
                yield f"{source} includes {written}, which is private to the library"


def circles(graph):
    """Strongly connected components of more than one node (Tarjan, without recursion)."""
    index, low, stack, on, found = {}, {}, [], set(), []
    for root in sorted(graph):
        if root in index:
            continue
        work = [(root, iter(sorted(graph[root])))]
        index[root] = low[root] = len(index)
        stack.append(root)
        on.add(root)
        while work:
            node, rest = work[-1]
            for other in rest:
                if other not in index:
                    index[other] = low[other] = len(index)
                    stack.append(other)
                    on.add(other)
                    work.append((other, iter(sorted(graph.get(other, ())))))
                    break
                if other in on:
                    low[node] = min(low[node], index[other])
            else:
                work.pop()
                if work:
                    low[work[-1][0]] = min(low[work[-1][0]], low[node])
                if low[node] == index[node]:
                    part = []
                    while not part or part[-1] != node:
                        part.append(stack.pop())
                        on.discard(part[-1])
                    if len(part) > 1:
                        found.append(sorted(part))
    return found


def rings_of_public_headers(tree):
    """A header belongs where its functions are."""
    rings = {}
    for header in (name for name in tree.sources if name.startswith(PUBLIC)):
        text = re.sub(r"/\*.*?\*/", "", (tree.root / header).read_text(), flags=re.S)
        declared = set(re.findall(r"\b(ets_\w+)\(", text))
        owners = {source.split("/")[1] for source, names in tree.defines.items()
                  if source.startswith("src/") and names & declared}
        rings[header] = min((ring for ring in owners if ring in RINGS), key=RINGS.index,
                            default="base")
    return rings


def ring_of(source, public):
    if source in public:
        return public[source]
    parts = source.split("/")
    return parts[1] if parts[0] == "src" and len(parts) > 2 else None


def violations(tree):
    found, public = edges(tree), rings_of_public_headers(tree)
    for name in sorted({ring_of(unit(source), public) for source in tree.sources} - {None}):
        if name not in RINGS:
            yield f"src/{name}: not a ring: {' '.join(RINGS)}"
    for (one, other), why in sorted(found.items()):
        below, above = ring_of(one, public), ring_of(other, public)
        # etsoap.h is all headers, for programs.
        if below in RINGS and above in RINGS and one != f"{PUBLIC}etsoap/etsoap.h" \
                and RINGS.index(above) > RINGS.index(below):
            yield f"upward: {one} ({below}) {why} of {other} ({above})"
    graph = collections.defaultdict(set)
    for one, other in found:
        graph[one].add(other)
        graph.setdefault(other, set())
    for circle in circles(graph):
        yield f"circle of {len(circle)}: {' '.join(circle)}"
        for (one, other), why in sorted(found.items()):
            if one in circle and other in circle:
                yield f"  {one} {why} of {other}"


def main(arguments):
    root = pathlib.Path(arguments[0])
    tree = Tree(root, pathlib.Path(arguments[1]))
    missing = {name for name in tree.sources if name.endswith(".c")} - set(tree.objects.values())
    lines = [f"{name}: no object was built of it" for name in sorted(missing)]
    lines += wrong_includes(tree)
    lines += violations(tree)
    print("\n".join(lines))
    return 1 if lines else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
