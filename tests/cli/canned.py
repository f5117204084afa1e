"""A service that gives prepared answers: for what a well-behaved stand-in does not do."""
import http.server
import ssl
import threading
from xml.sax.saxutils import escape

ENVELOPE = ('<?xml version="1.0" encoding="utf-8"?>'
            '<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/" '
            'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
            '<soap:Body>{}</soap:Body></soap:Envelope>')
NAMESPACE = "http://exacttarget.com/wsdl/partnerAPI"


def element(name, value):
    if value is None:
        return f'<{name} xsi:nil="true"/>'
    return f"<{name}>{escape(str(value))}</{name}>" if value != "" else f"<{name}/>"


def retrieve_answer(kind, rows, status="OK"):
    results = "".join(f'<Results xsi:type="{kind}">'
                      + "".join(element(name, value) for name, value in row.items())
                      + "</Results>" for row in rows)
    return ENVELOPE.format(f'<RetrieveResponseMsg xmlns="{NAMESPACE}"><OverallStatus>{status}'
                           f'</OverallStatus><RequestID>r-1</RequestID>{results}'
                           '</RetrieveResponseMsg>')


def response(name, content):
    return ENVELOPE.format(f'<{name} xmlns="{NAMESPACE}">{content}</{name}>')


class Canned:
    """Serves the answers in turn, the last one for ever. With `cut`, an answer breaks off after
    that many bytes; with `stall`, it stops for ever there instead of breaking off."""

    def __init__(self, answers, cut=None, stall=False, certificate=None):
        self.answers, self.cut, self.stall = list(answers), cut, stall
        self.requests, self.finished = [], threading.Event()
        canned = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self):
                canned.requests.append(self.rfile.read(int(self.headers["Content-Length"])))
                canned.answer(self)

            def log_message(self, *arguments):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        scheme = "http"
        if certificate:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(*certificate)
            self.server.socket = context.wrap_socket(self.server.socket, server_side=True)
            scheme = "https"
        self.endpoint = f"{scheme}://127.0.0.1:{self.server.server_address[1]}/Service.asmx"
        self.settings = {"ETSOAP_ENDPOINT": self.endpoint, "ETSOAP_USERNAME": "user",
                         "ETSOAP_PASSWORD": "secret-in-the-environment"}

    def answer(self, handler):
        answers = self.answers
        last = len(answers) == 1
        body = (answers[0] if last else answers.pop(0)).encode()
        handler.send_response(200)
        handler.send_header("Content-Type", "text/xml; charset=utf-8")
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        if self.cut is None or not last:
            handler.wfile.write(body)
            return
        handler.wfile.write(body[:self.cut])
        handler.wfile.flush()
        if self.stall:
            self.finished.wait(60)
        handler.close_connection = True

    def __enter__(self):
        threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.02},
                         daemon=True).start()
        return self

    def __exit__(self, *error):
        self.finished.set()
        self.server.shutdown()
        self.server.server_close()
