"""Axis 1.4's client: stubs by its WSDL2Java of the served contract, compiled with the program."""

from pathlib import Path

import programs

JARS = Path("/usr/share/java")
NEEDED = {"axis": "libaxis-java", "axis-jaxrpc": "libaxis-java", "axis-saaj": "libaxis-java",
          "commons-discovery": "libaxis-java", "commons-logging": "libaxis-java",
          "wsdl4j": "libaxis-java", "javax.mail": "libaxis-java",
          "javax.activation": "libaxis-java", "gson": "libgoogle-gson-java"}
CLIENT = programs.HERE / "clients" / "AxisClient.java"


def build(folder, wsdl):
    """The words that run the program, made in `folder`."""
    for tool in ("java", "javac"):
        programs.need(tool, "default-jdk-headless")
    for jar, package in NEEDED.items():
        if not (JARS / f"{jar}.jar").exists():
            programs.skip(f"{jar}.jar is not installed (Debian package {package})")
    path = ":".join([str(folder), *(str(JARS / f"{jar}.jar") for jar in NEEDED)])

    def tool(*command):
        programs.run(command, timeout=300, cwd=folder)

    tool("java", "-cp", path, "org.apache.axis.wsdl.WSDL2Java", "-o", "stubs", "-p", "et", wsdl)
    tool("javac", "-nowarn", "-cp", path, "-d", ".", CLIENT,
         *sorted((folder / "stubs").rglob("*.java")))
    return ["java", "-cp", path, "AxisClient"]
