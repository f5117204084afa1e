"""A service that gives prepared answers: for what a well-behaved stand-in does not do."""
import pathlib
import sys
from xml.sax.saxutils import escape

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent / "harness"))
from server import CLOSE, SILENCE, Server, Wait, answer, context  # noqa: E402, F401

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


def rows_answer(kind, *rows, status="OK"):
    """A Retrieve's answer with rows of these members, written as XML."""
    results = "".join(f'<Results xsi:type="{kind}">{row}</Results>' for row in rows)
    return retrieve_answer(kind, [], status).replace("</RetrieveResponseMsg>",
                                                     results + "</RetrieveResponseMsg>")


def response(name, content):
    return ENVELOPE.format(f'<{name} xmlns="{NAMESPACE}">{content}</{name}>')


class Canned(Server):
    """Serves the answers in turn, the last one for ever; a list is steps of harness/server.py.
    With `cut`, the last breaks off after that many bytes; with `stall`, it stops for ever there
    instead of breaking off."""

    def __init__(self, answers, cut=None, stall=False, certificate=None):
        *script, last = (one if isinstance(one, list) else answer(one) for one in answers)
        if cut is not None:
            last = [last[:last.index(b"\r\n\r\n") + 4 + cut], SILENCE if stall else CLOSE]
        super().__init__(script, otherwise=last, tls=certificate and context(*certificate))
        self.settings = {"ETSOAP_ENDPOINT": self.url, "ETSOAP_USERNAME": "user",
                         "ETSOAP_PASSWORD": "secret-in-the-environment"}
