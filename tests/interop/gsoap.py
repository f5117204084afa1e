"""gSOAP's own C++ client: made of the served contract with the tools that gSOAP has for it."""

import datetime
import json
import os
import re
import shutil
import xml.etree.ElementTree as ET
from pathlib import Path

import programs

CLIENT = programs.HERE / "clients" / "gsoap_client.cpp"
ZONE = "CST6"  # the service's; what comes without a zone gSOAP reads in the machine's own
MADE = re.compile(r" \d{4}-\d\d-\d\d \d\d:\d\d:\d\d GMT(?=\"\))")
UTC_DATE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")


def build(folder, wsdl):
    """The program, made in `folder`. gSOAP's manual has one import the header for WS-Security into
    what wsdl2h writes, and compile the code for times that it brings along."""
    for tool, package in (("wsdl2h", "gsoap"), ("soapcpp2", "gsoap"), ("c++", "g++")):
        programs.need(tool, package)
    share = os.environ["GSOAP_SHARE"]

    def tool(*command):
        programs.run(command, timeout=800, cwd=folder)

    tool("wsdl2h", "-o", "contract.h", wsdl)
    header = folder / "service.h"
    header.write_text('#import "wsse.h"\n' + (folder / "contract.h").read_text())
    tool("soapcpp2", "-C", "-L", "-x", "-j", f"-I{share}/import:{share}", header.name)
    shutil.copy(f"{share}/custom/struct_timeval.c", folder / "struct_timeval.cpp")
    # Half a minute of compiling, which a compiler cache knows again without the time in it.
    serializers = folder / "soapC.cpp"
    serializers.write_text(MADE.sub("", serializers.read_text()))
    cached = ["ccache"] if shutil.which("ccache") else []
    units = (CLIENT, serializers.name, "soapSoapBindingProxy.cpp", "struct_timeval.cpp")
    for unit in units:
        tool(*cached, "c++", "-O0", "-I.", "-c", unit)
    tool("c++", "-o", "client", *(Path(unit).with_suffix(".o").name for unit in units),
         "-lgsoap++", "-ljansson")
    return folder / "client"


def value(text):
    """A date as the service has it: gSOAP writes UTC."""
    if not text or not UTC_DATE.fullmatch(text):
        return text
    date = datetime.datetime.fromisoformat(text[:-1]) - datetime.timedelta(hours=6)
    return date.isoformat()


def members(element):
    """An element with others in it as a dict, any other as its text."""
    if len(element) == 0:
        return value(element.text)
    found = {}
    for child in element:
        name = child.tag.rpartition("}")[2]
        found.setdefault(name, []).append(members(child))
    return {name: values[0] if len(values) == 1 else values for name, values in found.items()}


def read(text):
    """What the program prints, its rows as dicts."""
    seen = json.loads(text)
    for answer in seen.values():
        if isinstance(answer, dict) and "pages" in answer:
            answer["pages"] = [[members(ET.fromstring(row)) for row in page]
                               for page in answer["pages"]]
    return seen
