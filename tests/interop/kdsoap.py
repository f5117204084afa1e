"""KDSoap's client: Qt, compiled with the program."""

from pathlib import Path

import programs

CLIENT = programs.HERE / "clients" / "kdsoap_client.cpp"
HEADER = Path("/usr/include/KDSoapClient/KDSoapClientInterface.h")


def build(folder):
    """The program, made in `folder`."""
    for tool, package in (("c++", "g++"), ("pkg-config", "pkg-config")):
        programs.need(tool, package)
    if not HEADER.exists():
        programs.skip("KDSoap is not installed (Debian package libkdsoap-dev)")
    qt = programs.run(["pkg-config", "--cflags", "--libs", "Qt5Core", "Qt5Network"]).split()
    programs.run(["c++", "-std=c++17", "-O0", "-fPIC", "-o", "client", CLIENT, "-lkdsoap", *qt],
                 timeout=300, cwd=folder)
    return folder / "client"
