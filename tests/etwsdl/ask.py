#!/usr/bin/env python3
"""What `etwsdl surface` says of a contract, in a line for each argument; cases/*.case are tables of
that.

    ask.py schema DECLARATIONS...   a contract with these in its schema; they begin on line 2
    ask.py document TEXT...         a file that is this text

A contract that is refused is `1 LINE:COLUMN: error: MESSAGE`, with ` | ` between several, and has
nothing on stdout; one that is read is `0` and what is said about it, or `and nothing`."""
import pathlib
import subprocess
import sys

NAME = "asked.wsdl"
HEAD = ('<wsdl:definitions xmlns:wsdl="http://schemas.xmlsoap.org/wsdl/" '
        'xmlns:tns="http://exacttarget.com/wsdl/partnerAPI" '
        'xmlns:xsd="http://www.w3.org/2001/XMLSchema" '
        'targetNamespace="http://exacttarget.com/wsdl/partnerAPI"><wsdl:types>'
        '<xsd:schema targetNamespace="http://exacttarget.com/wsdl/partnerAPI" '
        'elementFormDefault="qualified">\n')
TAIL = "</xsd:schema></wsdl:types></wsdl:definitions>\n"


def ask(text):
    pathlib.Path(NAME).write_text(text, encoding="utf-8")
    done = subprocess.run(["etwsdl", "surface", NAME], capture_output=True, text=True, timeout=60,
                          check=False)
    assert done.returncode in (0, 1), done
    lines = done.stderr.splitlines()
    assert done.returncode == 0 or done.stdout == "" and lines, done
    assert all(line.startswith(f"{NAME}:") for line in lines), done
    said = " | ".join(line.removeprefix(f"{NAME}:") for line in lines)
    print(done.returncode, said if said else "and nothing")


for argument in sys.argv[2:]:
    ask({"schema": HEAD + argument + TAIL, "document": argument}[sys.argv[1]])
