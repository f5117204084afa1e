"""links.py TREE: every relative link of a Markdown file leads to a file in TREE and to a heading in
it; every page of docs/ is in its index and names source files that are there. TREE is the source,
or where its pages are installed."""
import pathlib
import re
import sys

SOURCE = re.compile(r"`((?:src|tools|tests)/[\w./-]+\.(?:c|h|def|py))`")
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")


def prose(text):
    """The text without code blocks and inline code."""
    text = re.sub(r"^( *)```.*?^\1```$", "", text, flags=re.S | re.M)
    return re.sub(r"`[^`\n]*`", "`code`", text)


def anchors(path):
    text = re.sub(r"^```.*?^```$", "", path.read_text(), flags=re.S | re.M)
    headings = re.findall(r"^#+ +(.*)$", text, flags=re.M)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-")
            for heading in headings}


def broken(root, page):
    for target in LINK.findall(prose(page.read_text())):
        if re.match(r"[a-z]+:", target):
            continue
        name, _, anchor = target.partition("#")
        path = page.parent / name if name else page
        if not path.exists():
            yield f"{page.relative_to(root)}: {target}: no such file"
        elif anchor and path.suffix == ".md" and anchor not in anchors(path):
            yield f"{page.relative_to(root)}: {target}: no such heading"


def misnamed(root, page):
    """Source files that a page names, which no link of an installed page can lead to."""
    for name in SOURCE.findall(page.read_text()):
        if not (root / name).exists():
            yield f"{page.relative_to(root)}: {name}: no such file"


def main(root):
    root = pathlib.Path(root)
    pages = [path for path in root.rglob("*.md") if path.relative_to(root).parts[0] != "build"]
    found = [line for page in sorted(pages) for line in broken(root, page)]
    if (root / "src").is_dir():
        found += [line for page in sorted((root / "docs").glob("*.md"))
                  for line in misnamed(root, page)]
    index = LINK.findall(prose((root / "docs" / "README.md").read_text()))
    found += [f"docs/README.md: no link to {page.name}" for page in sorted(pages)
              if page.parent == root / "docs" and page.name not in ("README.md", *index)]
    for line in found:
        print(line)
    print(f"{len(pages)} pages")
    return 1 if found or not pages else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
