"""What the tests of ettrack export share."""
import os
import pathlib
import subprocess
import sys
import urllib.request

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent / "harness"))
from etsim import Etsim  # noqa: E402, F401
from server import answer  # noqa: E402

TOOLS = pathlib.Path(__file__).resolve().parents[2] / "tools" / "export"
SINCE, UNTIL = "2026-10-14", "2026-11-13"
# Three accounts, of which each has events in these days; some arrive up to two days late.
DATA = ("--sends", "30", "--subscribers", "1500", "--late", "20,48")
TABLES = "sent,notsent,open,click,bounce,unsub,forward,forwardoptin,survey"


def check(condition, message):
    if not condition:
        print(message)
        sys.exit(1)


def environment(settings, **more):
    clean = {name: value for name, value in os.environ.items() if not name.startswith("ETSOAP_")}
    return {**clean, "LC_ALL": "C", "XDG_CONFIG_HOME": "/nowhere", **settings, **more}


def command(sink, *more, since=SINCE, until=UNTIL):
    return ["ettrack", "export", "--to", sink.where, *sink.options, "--since", since, "--until",
            until, *([] if "--mid" in more else ["--all-accounts"]), *more]


def export(settings, sink, *more, exit_code=0, **when):
    """Returns what it says. `exit_code`: the one that is right, or a tuple of them."""
    right = exit_code if isinstance(exit_code, tuple) else (exit_code,)
    done = subprocess.run(command(sink, *more, **when), env=environment(settings),
                          stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=280)
    check(done.returncode in right, f"{sink.where}: exit code {done.returncode}, expected "
          f"{exit_code}: {done.stderr}")
    check(done.stdout == "", f"{sink.where}: stdout has {done.stdout[:100]}")
    return done.stderr


ERROR = """<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body>
<RetrieveResponseMsg xmlns="http://exacttarget.com/wsdl/partnerAPI"><OverallStatus>Error: %s
</OverallStatus><RequestID>x</RequestID></RetrieveResponseMsg></s:Body></s:Envelope>"""


def in_front(endpoint, instead=lambda body: None, request=lambda body: body,
             reply=lambda body, text: text):
    """What a Server answers that stands in front of another service: `instead` gives an answer
    that is not asked for; the other two change what goes there and what comes back."""
    def answered(came):
        made = instead(came.body)
        if made is not None:
            return made
        headers = {"Content-Type": "text/xml", "SOAPAction": came.headers["soapaction"]}
        asked = urllib.request.Request(endpoint, request(came.body), headers)
        with urllib.request.urlopen(asked, timeout=30) as said:
            return answer(reply(came.body, said.read()))
    return answered
