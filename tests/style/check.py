"""check.py TREE RULE [GENERATED-HEADER...]: one rule of the source tree. Prints what breaks it, one
line each; exit code 1 if there is anything.

The files are those that git tracks or would track; hand-written C is all of them that end in .c
or .h, since generated C is never committed (rule generated_code).
"""
import pathlib
import re
import shutil
import subprocess
import sys

TOP_LEVEL = {"wsdl", "generated", "src", "tools", "tests", "docs", "README.md", "LICENSE",
             "CHANGELOG.md", "CMakeLists.txt", "CMakePresets.json"}
BANNED = ("strcpy strcat sprintf vsprintf gets strtok atoi atol sscanf alloca system").split()
C_NAME = re.compile(r"^(__attribute__|__asm__|__typeof__|__cplusplus|__GNUC__|__GNUC_MINOR__"
                    r"|__clang__|__func__|__FILE__|__LINE__|__VA_ARGS__|__has_\w+"
                    r"|__SANITIZE_\w+__|__linux__|__APPLE__|__lsan_\w+|__asan_\w+|__real_\w+"
                    r"|__wrap_\w+)$")
ALLOWED_BINARY = {".png", ".gz", ".bin", ".der"}
WIDTH = re.compile(r"\.(c|h|cmake|in|py)$|CMakeLists\.txt$|^tools/[^/]+$|^tests/run$")
DATA = re.compile(r"(^|/)(data|cases|fixtures|corpus)/|^tests/fuzz/[^/]+/")


class Tree:
    def __init__(self, root):
        self.root = pathlib.Path(root)

    def files(self):
        listed = subprocess.run(
            ["git", "-C", self.root, "ls-files", "-z", "--cached", "--others",
             "--exclude-standard"], capture_output=True)
        if listed.returncode == 0:
            names = [name for name in listed.stdout.decode().split("\0") if name]
        else:  # an unpacked archive
            names = [str(path.relative_to(self.root)) for path in self.root.rglob("*")
                     if path.is_file() and path.relative_to(self.root).parts[0] != "build"]
        return sorted({name for name in names if (self.root / name).is_file()})

    def read(self, name):
        return (self.root / name).read_text(encoding="utf-8", errors="replace")

    def sources(self):
        return [name for name in self.files() if name.endswith((".c", ".h"))]

    def texts(self):
        return [name for name in self.files()
                if pathlib.Path(name).suffix not in ALLOWED_BINARY and not DATA.search(name)]


def code_only(text):
    """The same text with comments and literals blanked, line by line."""
    def blank(match):
        token = match.group()
        if token.startswith(("/*", "//")):
            return re.sub(r"[^\n]", " ", token)
        return token[0] + re.sub(r"[^\n]", " ", token[1:-1]) + token[-1]
    return re.sub(r'/\*.*?\*/|//[^\n]*|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'', blank, text,
                  flags=re.S)


def matches(tree, names, pattern, message, filtered=lambda text: text):
    for name in names:
        for number, line in enumerate(filtered(tree.read(name)).splitlines(), 1):
            for match in pattern.finditer(line):
                yield f"{name}:{number}: {message(match)}"


def layout(tree):
    for top in sorted({name.split("/")[0] for name in tree.files()}):
        if top not in TOP_LEVEL and not top.startswith("."):
            yield f"{top}: not one of the fixed top-level names (docs/README.md, layout)"
    for name in sorted(TOP_LEVEL):
        if not (tree.root / name).exists():
            yield f"{name}: missing at the top level"


def banned_functions(tree):
    pattern = re.compile(r"\b(" + "|".join(BANNED) + r")\s*\(")
    yield from matches(tree, tree.sources(), pattern,
                       lambda match: f"{match[1]} is banned", code_only)


def one_way(tree):
    """`!x` and `sizeof *x`. What is assigned in a condition is compared there. What snprintf()
    returns is used, or nobody's: without a cast. `&&x` is clang-format taking `new` for C++."""
    written = re.compile(r"&&\w|sizeof\s*\(\s*\*\s*\w|sizeof [\w.>-]+\[0\]|\(void\)\s*snprintf|"
                         r"\b(?:if|while) \((?!.* = ).*[=!]= NULL(?!\) [=!]=)")
    yield from matches(tree, tree.sources(), written,
                       lambda match: f"{match[0]}: written `!x`, `x`, `sizeof *x`, `snprintf`, "
                       "`&& x` here", code_only)


def one_harness(tree):
    """Who needs a server for a test takes that of tests/harness."""
    pattern = re.compile(r"\b(?:http\.server|socketserver|asyncio\.start_server)\b")
    names = [name for name in tree.texts() if name.startswith("tests/") and name.endswith(".py")
             and not name.startswith(("tests/harness/", "tests/style/"))]
    yield from matches(tree, names, pattern,
                       lambda match: f"{match[0]}: tests/harness/server.py is the fake server")


def dead_headers(tree):
    """Private headers and tables that nothing includes. Those of tests/build are soapcpp2's
    input."""
    texts = [name for name in tree.texts()
             if name.endswith((".c", ".h", ".def", ".in", ".cmake", "CMakeLists.txt"))]
    included = {match[1].lstrip("./") for name in texts
                for match in re.finditer(r'#[ \t]*include[ \t]+["<]([^">]+)[">]', tree.read(name))}
    for name in tree.texts():
        if name.endswith((".h", ".def")) and not name.startswith(("tests/build/", "wsdl/")) \
                and name != "src/include/etsoap/etsoap.h" \
                and not any(f"/{name}".endswith(f"/{path}") for path in included):
            yield f"{name}: nothing includes it"


def reserved_names(tree, headers=()):
    """A name with `__` has to be one that the generated headers or gSOAP's declare."""
    word = re.compile(r"\b\w*__\w*\b")
    generated = set()
    for header in headers:
        generated.update(word.findall(pathlib.Path(header).read_text(errors="replace")))
    for name in tree.sources():
        # Inputs of soapcpp2, and a program on what it makes of one: their names are generated ones.
        if name == "wsdl/soap_headers.h" or name.startswith("tests/build/second/"):
            continue
        for number, line in enumerate(code_only(tree.read(name)).splitlines(), 1):
            for found in word.findall(line):
                pasted = found.endswith("__") and "##" in line
                if found not in generated and not C_NAME.match(found) and not pasted:
                    yield f"{name}:{number}: {found}: `__` is for generated names"


def tags(tree):
    """One tag is one struct, enum or union, in all of the library."""
    pattern = re.compile(r"\b(?:struct|enum|union)\s+(ets_\w+)\s*\{")
    first = {}
    for name in (name for name in tree.sources() if name.startswith("src/")):
        text = code_only(tree.read(name))
        for match in pattern.finditer(text):
            line = text.count("\n", 0, match.start()) + 1
            known = first.setdefault(match[1], f"{name}:{line}")
            if known != f"{name}:{line}":
                yield f"{name}:{line}: {match[1]} is something else in {known}"


def machine_paths(tree):
    pattern = re.compile(r"(?<![\w.])/(home/(?!you\b)\w+|work|root|Users/\w+)(/|\b)")
    yield from matches(tree, tree.texts(), pattern,
                       lambda match: f"a path of one machine: {match[0]}")


def generated_code(tree):
    mark = re.compile(r"Generated by gSOAP|The soapcpp2 tool and its generated software")
    for name in tree.sources():
        if mark.search(tree.read(name)[:4000]):
            yield f"{name}: generated code is born in the build tree, never committed"


def whitespace(tree):
    for name in tree.texts():
        data = (tree.root / name).read_bytes()
        if b"\0" in data:
            yield f"{name}: binary"
            continue
        if data and not data.endswith(b"\n"):
            yield f"{name}: no line end at the end of the file"
        if data.endswith(b"\n\n"):
            yield f"{name}: blank lines at the end of the file"
        for number, line in enumerate(data.split(b"\n"), 1):
            if line.endswith((b" ", b"\t", b"\r")):
                yield f"{name}:{number}: blanks or CR at the end of the line"
            if b"\t" in line and not name.endswith(".tsv"):
                yield f"{name}:{number}: a tab"
            if len(line.decode(errors="replace")) > 100 and WIDTH.search(name):
                yield f"{name}:{number}: longer than 100 columns"


def unfinished(tree):
    # In halves, so that the rule does not find itself.
    words = ("TO" "DO", "FIX" "ME", "XX" "X", "HA" "CK", "TB" "D")
    pattern = re.compile(rf"\b({'|'.join(words)})\b")
    yield from matches(tree, tree.texts(), pattern, lambda match: f"unfinished: {match[1]}")


def citations(tree):
    """A number of a list that is not in the tree tells a reader nothing."""
    names = [name for name in tree.texts() if name.endswith((".c", ".h", ".py"))
             and pathlib.Path(name).name not in ("check.py", "test_check.py")]
    pattern = re.compile(r"\(facts: [^)]*\)?|\bfacts \d+|"
                         r"(?:/\*\*? |\"\"\"|\()[WCLTSH]\d{1,2}\b(?=[:.)\"])")
    yield from matches(tree, names, pattern, lambda match: f"cites nothing in the tree: {match[0]}")


def file_modes(tree):
    for name in tree.files():
        path = tree.root / name
        script = path.read_bytes()[:2] == b"#!"
        executable = bool(path.stat().st_mode & 0o111)
        if script != executable:
            yield f"{name}: " + ("starts with #! but is not executable" if script
                                 else "is executable but has no #! line")


def format_(tree, fix=False):
    program = shutil.which("clang-format")
    if not program:
        skip("no clang-format found: install clang-format")
    # soap_headers.h is in soapcpp2's dialect, not C.
    names = [name for name in tree.sources()
             if name not in ("wsdl/soap_headers.h", "tests/build/second/quote.h")]
    done = subprocess.run([program, "-i" if fix else "--dry-run", *names], cwd=tree.root,
                          check=True, capture_output=True, text=True)
    lines = re.findall(r"^(\S+?:\d+):\d+: warning: code should be clang-formatted", done.stderr,
                       flags=re.M)
    for line in dict.fromkeys(lines):
        yield f"{line}: clang-format would change this (target `format` does it)"


def shell(tree):
    names = [name for name in tree.files() if (tree.root / name).read_bytes()[:9] == b"#!/bin/sh"]
    for name in names:
        done = subprocess.run(["sh", "-n", name], cwd=tree.root, capture_output=True, text=True)
        if done.returncode:
            yield f"{name}: {done.stderr.strip()}"
    program = shutil.which("shellcheck")
    if program:
        done = subprocess.run([program, "-f", "gcc", *names], cwd=tree.root, capture_output=True,
                              text=True)
        yield from done.stdout.splitlines()


RULES = {rule.__name__.rstrip("_"): rule for rule in (
    layout, banned_functions, one_way, one_harness, dead_headers, reserved_names, tags,
    machine_paths, generated_code, whitespace, unfinished, citations, file_modes, format_,
    shell)}


def skip(why):
    print(why)
    sys.exit(77)


def main(arguments):
    if len(arguments) < 2 or arguments[1] not in RULES:
        print(f"usage: check.py TREE RULE, RULE one of {' '.join(RULES)}", file=sys.stderr)
        return 2
    tree, rule = Tree(arguments[0]), RULES[arguments[1]]
    if rule is reserved_names:
        found = list(rule(tree, arguments[2:]))
    elif rule is format_:
        found = list(rule(tree, fix="--fix" in arguments))
    else:
        found = list(rule(tree))
    for line in found:
        print(line)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
