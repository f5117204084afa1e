"""The one fake server of the tests: says what a script tells it, byte by byte, and remembers what
came.

    with Server([answer(b"<a/>"), Cut(b"HTTP/1.1 200 OK\\r\\n")]) as server:
        run(server.url)
        server.requests[0].body

Each request gets the next answer of the script; an answer is bytes, or a list of steps. A step is
bytes, or one of
    Wait(seconds)       nothing is sent for so long, or until the client goes
    Deaf(seconds)       nothing is read either
    Drip(bytes, s)      one byte every s seconds
    Flood(bytes, most)  the bytes again and again, until the client goes or `most` bytes went
    CLOSE               the connection is closed in good order
    RESET               it is closed so that the client sees "connection reset"
    SILENCE             nothing more is sent until the client goes
A callable is called with the request and returns such an answer. When the script is through,
`otherwise` is the answer, or the connection is closed.
A connection that is accepted begins with `greeting`, a list of steps, before anything is read; with
TLS, `hello=False` leaves the handshake undone. `idle` steps follow an answer, before the next
request is waited for.

It listens on 127.0.0.1, or on what `host` says, and stops by itself after `seconds`.
"""
import gzip
import socket
import ssl
import struct
import threading
import time


class Wait:
    def __init__(self, seconds):
        self.seconds = seconds


class Deaf(Wait):
    """Nothing is read either."""


class Drip:
    def __init__(self, data, seconds):
        self.data, self.seconds = data, seconds


class Flood:
    def __init__(self, data, most=1 << 40):
        self.data, self.most, self.sent = data, most, 0


class Step:
    pass


CLOSE, RESET, SILENCE = Step(), Step(), Step()


def chunks(body, size=100, extra=b"", trailer=b""):
    """A body in chunks; `extra` is a chunk extension."""
    parts = [body[at:at + size] for at in range(0, len(body), size)]
    return b"".join(b"%x%s\r\n%s\r\n" % (len(part), extra, part) for part in parts) + \
        b"0\r\n" + trailer + b"\r\n"


def answer(body=b"", status=200, headers=(), chunked=False, compressed=False, length=True,
           content_type="text/xml; charset=utf-8"):
    """A whole answer as bytes. `length=False`: the end of the connection ends the body."""
    if isinstance(body, str):
        body = body.encode()
    lines = [f"HTTP/1.1 {status} Canned"]
    if content_type:
        lines.append(f"Content-Type: {content_type}")
    lines += headers
    if compressed:
        body = gzip.compress(body, mtime=0)
        lines.append("Content-Encoding: gzip")
    if chunked:
        lines.append("Transfer-Encoding: chunked")
        body = chunks(body)
    elif length:
        lines.append(f"Content-Length: {len(body)}")
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


class Request:
    def __init__(self, head, body, connection):
        self.head, self.body, self.connection = head, body, connection
        lines = head.decode("latin-1").split("\r\n")
        self.line = lines[0]
        self.path = (self.line.split(" ") + ["", ""])[1]
        self.headers = {}
        for line in lines[1:]:
            name, _, value = line.partition(":")
            self.headers[name.strip().lower()] = value.strip()


class Gone(Exception):
    pass


class Reset(Gone):
    pass


class Connection:
    """What a script is played on."""

    def __init__(self, raw, number):
        self.raw, self.number, self.buffer = raw, number, b""

    def more(self):
        data = self.raw.recv(65536)
        if not data:
            raise Gone
        self.buffer += data

    def read_request(self):
        while b"\r\n\r\n" not in self.buffer:
            self.more()
        head, _, self.buffer = self.buffer.partition(b"\r\n\r\n")
        request = Request(head, b"", self.number)
        size = int(request.headers.get("content-length", 0))
        while len(self.buffer) < size:
            self.more()
        request.body, self.buffer = self.buffer[:size], self.buffer[size:]
        return request

    def until_it_goes(self, seconds):
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            self.raw.settimeout(left)
            try:
                self.more()
            except TimeoutError:
                return
            except ssl.SSLError as problem:
                if "timed out" in str(problem):
                    return
                raise

    def take(self, step):
        if isinstance(step, bytes):
            self.raw.sendall(step)
        elif isinstance(step, Deaf):
            time.sleep(step.seconds)
        elif isinstance(step, Wait):
            self.until_it_goes(step.seconds)
        elif isinstance(step, Drip):
            for at in range(len(step.data)):
                self.raw.sendall(step.data[at:at + 1])
                time.sleep(step.seconds)
        elif isinstance(step, Flood):
            while step.sent < step.most:
                self.raw.sendall(step.data)
                step.sent += len(step.data)
        elif step is SILENCE:
            self.until_it_goes(60)
        elif step is RESET:
            self.raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            raise Reset
        elif step is CLOSE:
            raise Gone

    def play(self, steps):
        for step in steps if isinstance(steps, (list, tuple)) else [steps]:
            self.take(step)
        self.raw.settimeout(30)


class Server:
    def __init__(self, script=(), otherwise=None, tls=None, hello=True, greeting=(), idle=(),
                 host="127.0.0.1", seconds=120):
        """tls: an ssl.SSLContext, see context()."""
        self.script, self.otherwise, self.tls, self.hello = list(script), otherwise, tls, hello
        self.greeting, self.idle, self.host = greeting, idle, host
        self.requests, self.connections, self.lock = [], 0, threading.Lock()
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        self.socket = socket.create_server((host, 0), family=family, backlog=64)
        self.socket.settimeout(seconds)
        self.port = self.socket.getsockname()[1]
        named = f"[{host}]" if ":" in host else host
        self.url = f"{'https' if tls else 'http'}://{named}:{self.port}/Service.asmx"
        threading.Thread(target=self.accept, daemon=True).start()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()

    def stop(self):
        try:
            self.socket.shutdown(socket.SHUT_RDWR)  # a thread waits in accept()
        except OSError:
            pass
        self.socket.close()

    def accept(self):
        while True:
            try:
                raw, _ = self.socket.accept()
            except OSError:
                return
            with self.lock:
                self.connections += 1
                number = self.connections
            threading.Thread(target=self.serve, args=(raw, number), daemon=True).start()

    def next_answer(self, request):
        with self.lock:
            self.requests.append(request)
            steps = self.script.pop(0) if self.script else self.otherwise
        return steps(request) if callable(steps) else steps

    def serve(self, raw, number):
        raw.settimeout(30)
        raw.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        try:
            connection = Connection(raw, number)
            connection.play(self.greeting)
            if self.tls and not self.hello:
                connection.take(SILENCE)
            if self.tls:
                connection.raw = raw = self.tls.wrap_socket(raw, server_side=True)
            while True:
                steps = self.next_answer(connection.read_request())
                if steps is None:
                    break
                connection.play(steps)
                connection.play(self.idle)
        except Reset:
            raw.close()
        except (Gone, OSError):
            pass
        finally:
            self.close(raw)

    @staticmethod
    def close(raw):
        try:
            if isinstance(raw, ssl.SSLSocket):
                raw.settimeout(1)
                raw = raw.unwrap()
        except OSError:
            pass
        raw.close()


def context(certificate, key, version=None):
    """What `tls` of a server takes."""
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    if version:
        made.set_ciphers("DEFAULT:@SECLEVEL=0")
        made.minimum_version = made.maximum_version = version
    made.load_cert_chain(certificate, key)
    return made
