"""Answers without end, without measure and without haste: each bound says which it is."""
import gzip
import os
import subprocess
import time
import zlib

import support
from server import CLOSE, Deaf, Drip, Flood, SILENCE, Server, Wait, answer

HEAD = b"HTTP/1.1 200 OK\r\n"
MANY = HEAD + b"Transfer-Encoding: chunked\r\n\r\n"


def bomb(size):
    packer = zlib.compressobj(9, wbits=31)
    packed = b"".join(packer.compress(b"\0" * (1 << 20)) for _ in range(size >> 20)) + \
        packer.flush()
    return HEAD + b"Content-Encoding: gzip\r\nContent-Length: %d\r\n\r\n%s" % (len(packed), packed)


class Bounds(support.Case):
    def refused(self, script, *texts, seconds=20, name="E_PROTOCOL", **options):
        began = time.monotonic()
        with Server([script]) as server:
            outcome = self.one("--body", "<x/>", server.url, **options)
        self.fails(outcome, name, *texts)
        self.assertLess(time.monotonic() - began, seconds)
        return outcome

    def test_header(self):
        raise_it = "is above 65536 bytes; raise max_header_bytes"
        self.refused([HEAD, Flood(b"X-Header: value\r\n")], raise_it)
        self.refused([Flood(b"HTTP/1.1 100 Continue\r\n\r\n")], raise_it)
        self.refused([HEAD + b"X: ", Flood(b"x" * 4096)], "header")
        self.refused([MANY + b"1\r\na\r\n0\r\n", Flood(b"X-Trailer: value\r\n")], raise_it)
        self.refused(answer(b"<a/>", headers=["X: " + "y" * 900]), "above 500 bytes", header=500)
        with Server([answer(b"<a/>", headers=["X: " + "y" * 70000])]) as server:
            self.assertEqual(self.one(server.url, header=0).name, "OK")

    def test_header_lines_that_cannot_be_read(self):
        self.refused([HEAD + b"X: ", Flood(b"x" * 4096)], "a header line above 102400 bytes, more",
                     "whatever max_header_bytes is", header=0)

    def test_chunk_extensions(self):
        raise_it = "that are no part of the answer; raise max_header_bytes"
        self.refused([MANY + b"5;", Flood(b"x" * 4096, 300 << 20), CLOSE], raise_it)
        self.refused([MANY, Flood(b"1;" + b"x" * 4096 + b"\r\na\r\n", 300 << 20), CLOSE], raise_it)
        tiny = b"".join(b"00001;a=b\r\n<\r\n" for _ in range(20000))
        with Server([[MANY + tiny + b"0\r\n\r\n", CLOSE]]) as server:
            self.assertEqual(self.one(server.url, header=500).size, 20000)

    def test_body(self):
        flood = [HEAD + b"\r\n", Flood(b"x" * 65536)]
        outcome = self.refused(flood, "above 3000000 bytes; raise max_answer_bytes", body=3000000)
        self.assertLessEqual(outcome.size, 3000000)
        self.refused([MANY, Flood(b"5\r\nabcde\r\n" * 99)], "max_answer_bytes", body=3000000)
        exact = answer(b"x" * 5000, compressed=True)
        self.refused(exact, "max_answer_bytes", body=4999)
        with Server([exact]) as server:
            self.assertEqual(self.one(server.url, body=5000).size, 5000)

    def test_decompression(self):
        """What grows a thousand times ends early, by either bound."""
        packed = bomb(160 << 20)
        outcome = self.refused(packed, "more than 400 times", "raise max_decompression_ratio")
        self.assertLess(outcome.size, 2 << 20)
        self.refused(packed, "max_answer_bytes", ratio=0, body=100 << 20)
        with Server([bomb(8 << 20)]) as server:
            self.assertEqual(self.one(server.url, ratio=1100).size, 8 << 20)

    def test_compressed_streams_with_nothing_in_them(self):
        nothing, something = gzip.compress(b""), gzip.compress(b"<a/>")
        head = HEAD + b"Content-Encoding: gzip\r\n"
        with Server([[head, b"\r\n", Flood(nothing * 1000)]]) as server:
            self.fails(self.one(server.url), "E_PROTOCOL", "the compressed answer of", "is damaged")
        body = nothing * 8 + something + nothing
        with Server([head + b"Content-Length: %d\r\n\r\n" % len(body) + body]) as server:
            outcome = self.one(server.url)
            self.assertEqual((outcome.name, outcome.size), ("OK", 4), outcome)

    def peak(self, size):
        """Kilobytes of memory that the probe takes for an answer of so many bytes."""
        flood = [HEAD + b"\r\n", Flood(b"x" * (1 << 20), size), CLOSE]
        with Server([flood]) as server:
            process = subprocess.Popen(
                self.command(server.url), stdout=subprocess.PIPE,
                env=self.environment(ASAN_OPTIONS="quarantine_size_mb=1"))
            said = process.stdout.read()
            _, status, used = os.wait4(process.pid, 0)
            process.returncode = status
            process.stdout.close()
        self.assertIn(b"size=%d " % size, said)
        return used.ru_maxrss

    def test_memory_stays_flat(self):
        """Hundreds of megabytes that nobody keeps."""
        self.assertLess(self.peak(300 << 20) - self.peak(3 << 20), 4096)

    def test_a_reader_who_waits_holds_the_sender(self):
        flood = Flood(b"x" * 65536, 64 << 20)
        with Server([[HEAD + b"\r\n", flood]]) as server:
            outcome = self.one("--read-slowly", 100, "--abort-after", 1500, server.url)
        self.fails(outcome, "E_ABORTED")
        self.assertLess(outcome.size, 4 << 20)
        self.assertLess(flood.sent, 16 << 20)  # what the machine keeps in its buffers

    def test_silence(self):
        began = time.monotonic()
        self.refused(SILENCE, "sent nothing for 0.5 s", name="E_TIMEOUT", receive_timeout=500)
        self.refused([answer(b"x" * 100)[:-50], SILENCE], "sent nothing for 0.5 s",
                     name="E_TIMEOUT", receive_timeout=500)
        self.assertLess(time.monotonic() - began, 10)
        with Server([[HEAD, Wait(0.4), b"Content-Length: 4\r\n\r\n", Wait(0.4), b"<", Wait(0.4),
                      b"a/>"]]) as server:
            self.assertEqual(self.one(server.url, receive_timeout=700).name, "OK")

    def test_the_readers_own_time_does_not_count(self):
        with Server([[answer(b"x" * 300000)]]) as server:
            outcome = self.one("--read-slowly", 300, server.url, receive_timeout=200,
                               total_timeout=250, least_speed=100000, least_speed_time=250)
        self.assertEqual((outcome.name, outcome.size), ("OK", 300000), outcome)

    def test_nothing_is_taken(self):
        """The request is larger than what the machine keeps for a peer that does not read."""
        began = time.monotonic()
        with Server([], greeting=[Deaf(4)]) as server:
            outcome = self.sends_much(server.url, send_timeout=600)
        self.fails(outcome, "E_TIMEOUT", "took nothing of the request for 0.6 s")
        self.assertFalse(outcome.sent)
        self.assertLess(time.monotonic() - began, 15)

    def sends_much(self, url, **options):
        path = self.folder / "body"
        path.write_bytes(b"x" * (32 << 20))
        return self.one("--body-file", path, url, **options)

    def test_total_time(self):
        for script in ([HEAD, b"\r\n", Drip(b"x" * 1000, 0.02)], SILENCE,
                       [HEAD, Drip(b"X: y\r\n" * 200, 0.02)]):
            self.refused(script, "took longer than 0.7 s (total_timeout)", name="E_TIMEOUT",
                         total_timeout=700, seconds=10)

    def test_least_speed(self):
        text = "less than 500 bytes a second (least_speed) for 0.6 s"
        self.refused([HEAD, b"\r\n", Drip(b"x" * 1000, 0.02)], text, name="E_TIMEOUT",
                     least_speed=500, least_speed_time=600)
        self.refused([Drip(HEAD + b"X: y\r\n" * 200, 0.02)], text, name="E_TIMEOUT",
                     least_speed=500, least_speed_time=600)
        with Server([[Wait(1.5), answer(b"<a/>")]]) as server:  # before it begins it may think
            self.assertEqual(self.one(server.url, least_speed=500, least_speed_time=600).name, "OK")


support.main()
