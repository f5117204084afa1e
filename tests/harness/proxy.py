"""A proxy on loopback: CONNECT over HTTP, with TLS as well, and SOCKS 4, 4a and 5. It leads to one
port of this machine, whatever was asked for, and remembers that in `asked`. Without a protocol of
its own it stands in front of that port; what clients sent is in `sent`, an entry a connection."""
import base64
import socket
import ssl
import struct
import threading


class Refused(Exception):
    pass


def read_exactly(stream, size):
    data = stream.read(size)
    if len(data) < size:
        raise Refused
    return data


class Proxy:
    def __init__(self, port, user=None, secret=None, tls=None, refuse=None, flood=None,
                 silent=False, allow=None, front=False, seconds=60):
        """refuse: the answer to CONNECT, as bytes, or the code of SOCKS; flood: what comes behind
        it over and over; silent: no answer; allow: whether CONNECT may lead to "HOST:PORT"; front:
        each connection is handed on as it is."""
        self.port_behind, self.user, self.secret = port, user, secret
        self.tls, self.refuse, self.flood, self.silent = tls, refuse, flood, silent
        self.allow, self.front = allow, front
        self.asked, self.heads, self.plain, self.sent = [], [], [], []
        self.socket = socket.create_server(("127.0.0.1", 0), backlog=64)
        self.socket.settimeout(seconds)
        self.port = self.socket.getsockname()[1]
        threading.Thread(target=self.accept, daemon=True).start()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        try:
            self.socket.shutdown(socket.SHUT_RDWR)  # wakes who waits in accept()
        except OSError:
            pass
        self.socket.close()

    def accept(self):
        while True:
            try:
                raw, _ = self.socket.accept()
            except OSError:
                return
            threading.Thread(target=self.serve, args=(raw,), daemon=True).start()

    def serve(self, raw):
        raw.settimeout(30)
        try:
            if self.tls:
                raw = self.tls.wrap_socket(raw, server_side=True)
            stream = raw.makefile("rb", buffering=0)
            first = stream.read(1)
            if not first:
                return
            if self.silent:
                while stream.read(4096):
                    pass
                return
            if self.front:
                self.sent.append(bytearray())
                self.carry(raw, first, self.sent[-1])
                return
            kind = {b"\x04": self.socks4, b"\x05": self.socks5}.get(first)
            if kind:
                kind(raw, stream)
            else:
                self.connect(raw, stream, first)
            self.carry(raw)
        except (Refused, OSError):
            pass
        finally:
            raw.close()

    def connect(self, raw, stream, head):
        while not head.endswith(b"\r\n\r\n"):
            head += read_exactly(stream, 1)
        self.heads.append(head)
        words = head.split(b" ")
        if words[0] != b"CONNECT":
            self.plain.append(head)
            raise Refused
        self.asked.append(words[1].decode())
        if self.user is not None:
            wanted = base64.b64encode(f"{self.user}:{self.secret}".encode())
            if b"Proxy-Authorization: Basic " + wanted not in head:
                raw.sendall(b"HTTP/1.1 407 Credentials\r\nProxy-Authenticate: Basic realm=\"x\"\r\n"
                            b"Content-Length: 0\r\n\r\n")
                raise Refused
        if self.allow and not self.allow(self.asked[-1]):
            raw.sendall(b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n")
            raise Refused
        if self.refuse:
            raw.sendall(self.refuse)
            while self.flood:
                raw.sendall(self.flood)
            raise Refused
        raw.sendall(b"HTTP/1.1 200 Connected\r\nX-Proxy: yes\r\n\r\n")

    def socks4(self, raw, stream):
        _, port, a, b, c, d = struct.unpack(">BHBBBB", read_exactly(stream, 7))
        self.read_text(stream)
        host = f"{a}.{b}.{c}.{d}"
        if (a, b, c) == (0, 0, 0) and d:
            host = self.read_text(stream)
        self.asked.append(f"{host}:{port}")
        raw.sendall(struct.pack(">BBHI", 0, self.refuse or 90, 0, 0))
        if self.refuse:
            raise Refused

    @staticmethod
    def read_text(stream):
        text = b""
        while (byte := read_exactly(stream, 1)) != b"\0":
            text += byte
        return text.decode()

    def socks5(self, raw, stream):
        methods = read_exactly(stream, read_exactly(stream, 1)[0])
        wanted = 2 if self.user is not None else 0
        if wanted not in methods:
            raw.sendall(b"\x05\xff")
            raise Refused
        raw.sendall(bytes([5, wanted]))
        if wanted:
            read_exactly(stream, 1)
            user = read_exactly(stream, read_exactly(stream, 1)[0])
            secret = read_exactly(stream, read_exactly(stream, 1)[0])
            good = (user.decode(), secret.decode()) == (self.user, self.secret)
            raw.sendall(bytes([1, 0 if good else 1]))
            if not good:
                raise Refused
        kind = read_exactly(stream, 4)[3]
        if kind == 3:
            host = read_exactly(stream, read_exactly(stream, 1)[0]).decode()
        else:
            size = 4 if kind == 1 else 16
            family = socket.AF_INET if kind == 1 else socket.AF_INET6
            host = socket.inet_ntop(family, read_exactly(stream, size))
        port = struct.unpack(">H", read_exactly(stream, 2))[0]
        self.asked.append(f"{host}:{port}")
        raw.sendall(struct.pack(">BBBBIH", 5, self.refuse or 0, 0, 1, 0, 0))
        if self.refuse:
            raise Refused

    def carry(self, raw, first=b"", sent=None):
        behind = socket.create_connection(("127.0.0.1", self.port_behind))
        back = threading.Thread(target=self.copy, args=(behind, raw), daemon=True)
        back.start()
        self.copy(raw, behind, first, sent)
        back.join(30)
        behind.close()

    @staticmethod
    def copy(source, target, data=b"", seen=None):
        """`data` came before; what goes over is added to `seen`."""
        try:
            while data := data or source.recv(65536):
                if seen is not None:
                    seen += data
                target.sendall(data)
                data = b""
        except OSError:
            pass
        try:
            if isinstance(target, ssl.SSLSocket):
                target.unwrap()
            target.shutdown(socket.SHUT_WR)
        except OSError:
            pass
