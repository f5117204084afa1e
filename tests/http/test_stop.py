"""A call ends when its callback says so, at once after a signal; SIGPIPE comes to nobody."""
import signal
import socket
import subprocess
import threading
import time

import support
from server import CLOSE, RESET, Deaf, Drip, SILENCE, Server, answer


class Stop(support.Case):
    def test_while_nothing_comes(self):
        for script in (SILENCE, [b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\nabc", SILENCE],
                       [b"HTTP/1.1 200 OK\r\n\r\n", Drip(b"x" * 1000, 0.05)]):
            with Server([script]) as server:
                began = time.monotonic()
                outcome = self.one("--abort-after", 300, server.url)
                self.fails(outcome, "E_ABORTED", f"ended before the answer of {server.url} was")
                self.assertLess(time.monotonic() - began, 20)

    def test_while_connecting(self):
        with socket.socket() as listener:
            listener.bind(("127.0.0.1", 0))
            listener.listen(0)
            port = listener.getsockname()[1]
            waiting = [socket.socket() for _ in range(8)]
            for one in waiting:
                one.setblocking(False)
                one.connect_ex(("127.0.0.1", port))
            outcome = self.one("--abort-after", 300, f"http://127.0.0.1:{port}/")
            for one in waiting:
                one.close()
        self.fails(outcome, "E_ABORTED")

    def test_signals_wake_it_at_once(self):
        with Server([SILENCE]) as server:
            process = subprocess.Popen(self.command(server.url), stdout=subprocess.PIPE,
                                       env=self.environment())
            while not server.requests:
                time.sleep(0.01)
            time.sleep(0.05)
            process.send_signal(signal.SIGINT)
            said, _ = process.communicate(timeout=10)
        self.assertEqual(process.returncode, 0)
        self.assertTrue(said.startswith(b"E_ABORTED"), said)

    def test_after_it_was_ended_others_go_on(self):
        """One connection is lost, the client is not."""
        with Server([answer(b"<a/>" * 100000), answer(b"<b/>")]) as server:
            outcomes = self.run_probe("--times", 2, "--stop-after", 10, server.url)
        self.assertEqual([one.name for one in outcomes], ["OK", "OK"])

    def test_no_sigpipe(self):
        """The probe has the default for SIGPIPE, which ends a program."""
        path = self.folder / "body"
        path.write_bytes(b"x" * (8 << 20))
        for end in (CLOSE, RESET):
            with self.subTest(end), Server(greeting=[Deaf(0.1), end]) as server:
                outcome = self.one("--body-file", path, server.url)
                self.assertIn(outcome.name, ("E_CUT", "E_CONNECT"), outcome)
                self.assertFalse(outcome.sent)

    def test_no_sigpipe_from_tls(self):
        import certificates
        from server import context
        if not certificates.available():
            self.skipTest("no openssl found: install openssl")
        authority = certificates.Authority(self.folder / "authority")
        tls = context(authority.leaf("x", ["IP:127.0.0.1"]), authority.key)
        path = self.folder / "body"
        path.write_bytes(b"x" * (8 << 20))
        with Server([[answer(b"<a/>"), RESET]] * 4, tls=tls) as server:
            outcomes = self.run_probe("--times", 4, "--read-slowly", 50, "--body-file", path,
                                      server.url, ca_file=authority.root)
        self.assertEqual(len(outcomes), 4)
        with Server(tls=tls) as server:
            threading.Timer(0.2, server.stop).start()
            server.next_answer = lambda _: [RESET]
            outcome = self.one("--body-file", path, server.url, ca_file=authority.root)
            self.fails(outcome, "E_CUT")


support.main()
