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
                     "```c exit=1\nx\n```\n", "```xml answer\n<a/>\n```\n",
                     "```c request\nx\n```\n",
                     "```c\nint main(void) {}\n```\n```xml answer\n<a/>\n```\n"):
            with self.assertRaises(ValueError, msg=page):
                blocks.blocks(page)

    def test_the_exchange_of_the_block_before(self):
        found = blocks.blocks("```c\nx;\n```\n```c\ny;\n```\n```xml request=2\n<a/>\n```\n")
        self.assertEqual([block.traced for block in found], [False, True, False])
        self.assertEqual(found[2].exchange, ("request", 2))


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

    def test_a_program_looks_at_what_may_fail(self):
        loop = "while ((status = ets_cursor_next(cursor, &row)) == ETS_OK) {}\n"
        ask = "ets_filter *one = ets_filter_equals(key, value);\nrequest.filter = one;\n"
        check, tell = "if (status != ETS_END)\n", "fprintf(stderr, message);\n"
        put = "ets_set(pool, ann, path, text);\n"
        look = "if (ets_pool_status(pool) != ETS_OK)\n"
        prints = "int main(void) {\nputs(text);\n"
        flush = "if (fflush(stdout))\n"
        for good in (put + look + tell, loop + check + tell, ask + "if (!one)\n" + tell,
                     ask + "s = one ? a : b;\n",
                     prints + flush + "return ferror(stdout) ? 1 : 0;\n}\n"):
            self.assertEqual(len(blocks.blocks(f"```c\n{good}```\n")), 1)
        for bad in (loop, loop + tell, loop + check, ask, "ets_fetch(&rows);\n", put,
                    prints + "}\n", prints + flush + "return 0;\n}\n"):
            with self.assertRaisesRegex(ValueError, "line 1: "):
                blocks.blocks(f"```c\n{bad}```\n")

    def exchange(self, shown, accept=False):
        """What becomes of a page that shows an answer thus."""
        with tempfile.TemporaryDirectory() as folder:
            page = blocks.Page(argparse.Namespace(accept=accept, page=pathlib.Path(folder, "p.md")),
                               pathlib.Path(folder), dict(os.environ))
            page.trace = pathlib.Path(folder)
            (page.trace / "0001-Echo-answer.txt").write_text(
                "HTTP/1.1 200 OK\n\n<s:Envelope><s:Header/><s:Body><R><ID>"
                "00000000-0000-4000-8000-000000000001</ID><At>2026-11-20T12:00:00.5</At><E/>"
                "<T>a&amp;b</T></R></s:Body></s:Envelope>")
            page.options.page.write_text(f"a\n```xml answer\n{shown}```\nb\n")
            block = blocks.Block(2, "xml answer", shown)
            page.run(block)
            if accept:
                page.write_accepted()
            return page.options.page.read_text()

    def test_what_is_shown_is_what_was_said(self):
        right = "<R>\n  <ID>…</ID>\n  <At>…</At>\n  <E/>\n  <T>a&amp;b</T>\n</R>\n"
        page = f"a\n```xml answer\n{right}```\nb\n"
        self.assertEqual(self.exchange(right), page)
        self.assertEqual(self.exchange("", accept=True), page)
        self.assertEqual(self.exchange("<R>\n</R>\n", accept=True), page)
        for wrong in (right.replace("a&amp;b", "a"), ""):
            with self.assertRaisesRegex(RuntimeError, "--accept"):
                self.exchange(wrong)


if __name__ == "__main__":
    unittest.main()
