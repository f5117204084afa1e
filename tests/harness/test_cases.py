"""The runner of cases sees what is wrong: each of these files fails, and says where and why."""
import contextlib
import io
import pathlib
import tempfile
import unittest

import cases

POST = ("run python3 -c \"import http.client as h, os; c = h.HTTPConnection('127.0.0.1', @PORT@); "
        "c.request('POST', '/', '<a><b/></a>', {'SOAPAction': 'x'}); "
        "print(c.getresponse().read().decode(), end='')\"\n")


class Cases(unittest.TestCase):
    def play(self, text):
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder, "a.case")
            path.write_text(text)
            try:
                with contextlib.redirect_stdout(io.StringIO()) as output:
                    code, why = cases.main(path), ""
            except SystemExit as end:
                code, why = 1, end.code
        return code, output.getvalue() + why

    def good(self, text):
        code, output = self.play(text)
        self.assertEqual(code, 0, output)

    def wrong(self, text, *said):
        code, output = self.play(text)
        self.assertEqual(code, 1, output)
        for words in said:
            self.assertIn(words, output)

    def test_codes_and_texts(self):
        run = "run sh -c 'echo one; echo two; echo bad >&2; exit 3'\n"
        rest = "exit 3\nstderr has bad\n"
        self.good(run + rest + "stdout is\n  one\n  ...\n")
        for line, words in (("stdout empty", "expected empty"), ("stdout lines 3", "lines 3"),
                            ("stdout has three", "has three"), ("stdout lacks two", "lacks two"),
                            ("stdout matches on", "matches on"), ("stdout is\n  two", "\n  two"),
                            ("stdout is\n  ...\n  one", "\n  one"),
                            ("made x has y", "there is no file x")):
            with self.subTest(line):
                self.wrong(run + rest + line, "a.case:4: ", words)
        self.wrong(run + "stderr has bad\nexit 0\n", "a.case:3: expected exit code 0")
        self.wrong(run + "exit 3\n", "wrote on stderr")
        self.wrong(run + "stderr has bad\n", "no exit code")

    def test_files(self):
        text = "file a/b 600\n  one\n\n    two\nrun sh -c 'cat a/b; cp a/b c'\nexit 0\n"
        self.good(text + "stdout is\n  one\n\n    two\nmade c has two\nmissing d\n")
        self.wrong(text + "missing c\n", "there is a file c")

    def test_settings_of_one_run(self):
        run = "run sh -c 'echo ${ONE-none} $ETSOAP_USERNAME'\nexit 0\nstdout is\n  "
        self.good(f"# it is there\nenv ONE=1\n{run}1 user\n"
                  f"# and not the next time\n{run}none user\n"
                  f"# it can be taken away\nenv ETSOAP_USERNAME\n{run}none\n")

    def test_what_a_file_has_to_say(self):
        for text, words in (("", "no run in it"), ("exit 0\n", "nothing was run before 'exit'"),
                            ("run true\nexit 0\nstdot empty\n", "there is no word 'stdot'"),
                            ("run true\nexit 0\nstdout has\n", "'has' is no test"),
                            ("run true\nexit 0\nstdout empty 1\n", "'empty 1' is no test"),
                            ("run true\nexit 0\nrun true\nexit 0\n", "needs a comment"),
                            ("run no-such-program\nexit 0\n", "no program 'no-such-program'"),
                            ("request any\nrun true\nexit 0\n", "as many replies as requests"),
                            ("request any\nreply 200 slow\nrun true\nexit 0\n", "words of a reply"),
                            ("each echo\n  one\n", "INPUT => OUTPUT")):
            with self.subTest(text):
                self.wrong(text, words)

    def test_exchanges(self):
        for request in ("any", "\n  <a><b></b></a>", "\n  header SOAPAction: x\n  any"):
            self.good(f"request {request}\nreply 200\n\n  <c/>\n{POST}exit 0\nstdout has <c/>\n")
        for request, words in (("\n  <a/>", "request 1 differs"),
                               ("\n  action y\n  any", "SOAPAction is 'x', expected '\"y\"'"),
                               ("\n  header Host: y\n  any", "expected 'y'")):
            self.wrong(f"request {request}\nreply 200\n\n  <c/>\n{POST}exit 0\n", words)
        self.wrong("request any\nreply 200\nrun true\nexit 0\n", "0 requests arrived, expected 1")
        self.wrong("run echo secret\nexit 0\n", "the password shows")

    def test_waiting(self):
        twice = POST.replace("print", "c.close(); c.request('POST', '/', '', {}); print")
        self.wrong("request any\nreply 200 close\nrequest\n  after 5\n  any\nreply 200\n"
                   f"{twice}exit 0\n", "s after the one before")

    def test_tables(self):
        table = "each printf '%s.\\n'\n"
        self.good(table + "  # letters\n  a => a.\n  b\\x41\\n => bA\\n.\n"
                  "  # more\n  some more => so...re.\n")
        self.wrong(table + "  a => a.\n  b => c.\n  d => d.\n", "b\n   is: b.\n want: c.\n")
        self.wrong(table + "  a => a.\n  b => ...c.\n", " want: ...c.")
        self.wrong("each printf '%s\\n\\n'\n  a => a\n", "more than the table has")
        self.wrong("each false\n  a => a\n", "expected exit code 0")

    def test_words(self):
        self.good("let A\n  one\nlet B\n  @A@ two\nrun echo @B@\nexit 0\nstdout is\n  one two\n")


if __name__ == "__main__":
    unittest.main()
