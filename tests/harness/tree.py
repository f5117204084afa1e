"""Scratch copies of the tree that can be built."""
import shutil

# All that `cmake --build` reads of a tree without its tests.
BUILT_OF = ("CMakeLists.txt", "CMakePresets.json", "README.md", "CHANGELOG.md", "wsdl", "generated",
            "src", "tools", "docs")


def copy_tree(source, tree):
    tree.mkdir()
    for part in BUILT_OF:
        if (source / part).is_dir():
            shutil.copytree(source / part, tree / part)
        else:
            shutil.copy2(source / part, tree / part)
