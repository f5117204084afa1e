"""blocks.py reads pages as it says, and a block that fails makes it fail."""
import argparse
import os
import pathlib
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).parent))
import blocks  # noqa: E402


class Reading(unittest.TestCase):
    def test_languages_and_words(self):
        found = blocks.blocks("a\n```sh exit=3 slow\nfalse\n```\n\n```c file=a.c\nint a;\n```\n")
        self.assertEqual(
            [(block.line, block.language, block.exit, block.slow, block.file) for block in found],
            [(2, "sh", 3, True, None), (6, "c", 0, False, "a.c")])
        self.assertEqual(found[0].text, "false\n")

    def test_indented_blocks(self):
        found = blocks.blocks("- a\n\n  ```sh\n  true\n    x\n  ```\n")
        self.assertEqual(found[0].text, "true\n  x\n")

    def test_what_is_refused(self):
        for page in ("```\nx\n```\n", "```sh norun\nx\n```\n", "```bash\nx\n```\n", "```sh\nx\n",
                     "```c exit=1\nx\n```\n"):
            with self.assertRaises(ValueError, msg=page):
                blocks.blocks(page)


class Running(unittest.TestCase):
    def page(self, text):
        with tempfile.TemporaryDirectory() as folder:
            options = argparse.Namespace(cc="cc", page=pathlib.Path("page.md"))
            page = blocks.Page(options, pathlib.Path(folder), dict(os.environ))
            ran = sum(page.run(block) for block in blocks.blocks(text))
            return ran, sorted(page.pending)

    def test_exit_codes(self):
        self.assertEqual(self.page("```sh\ntrue\n```\n```sh exit=3\nexit 3\n```\n"), (2, []))
        for text in ("```sh\nfalse\ntrue\n```\n", "```sh exit=3\ntrue\n```\n"):
            with self.assertRaises(RuntimeError):
                self.page(text)

    def test_files_are_there_for_the_commands(self):
        self.assertEqual(self.page("```ini file=a.ini\nx = 1\n```\n```sh\ngrep -q x a.ini\n```\n"),
                         (1, []))

    def test_a_program_with_a_file_name_has_to_be_used(self):
        program = "```c file=a.c\nint main(void) { return 0; }\n```\n"
        self.assertEqual(self.page(program), (0, ["a.c"]))
        self.assertEqual(self.page(program + "```sh\ncc a.c && ./a.out\n```\n"), (1, []))


if __name__ == "__main__":
    unittest.main()
