"""How long `etwsdl diff` takes on two contracts of our size, start of the program included. Prints
the median and the slowest of 21 runs; fails when the median is above the 0.2 s that it may take.
Then ten times as much of something, which may take 40 times as long, not 100: work in
proportion."""
import argparse
import statistics
import sys
import time

from contract import Contract, Folder

LIMIT, RATIO = 0.2, 40


def contract(body):
    return ('<definitions xmlns="http://schemas.xmlsoap.org/wsdl/" xmlns:t="urn:t" '
            'xmlns:x="http://www.w3.org/2001/XMLSchema" targetNamespace="urn:t"><types>'
            f'<x:schema targetNamespace="urn:t">{body}</x:schema></types></definitions>').encode()


def types(count):
    return contract("".join(f'<x:complexType name="T{i}"/>' for i in range(count)))


def fields(count):
    return contract("".join(
        f'<x:complexType name="T{i}"><x:sequence><x:element name="f{i}" type="x:int" '
        'minOccurs="0"/></x:sequence></x:complexType>' for i in range(count)))


def values(count):
    return contract('<x:simpleType name="E"><x:restriction base="x:string">' + "".join(
        f'<x:enumeration value="v{i}"/>' for i in range(count)) + "</x:restriction></x:simpleType>")


def derived(count):
    return contract('<x:complexType name="B"/>' + "".join(
        f'<x:complexType name="T{i}"><x:complexContent><x:extension base="t:B"><x:sequence>'
        f'<x:element name="f{i}" type="x:int" minOccurs="0"/></x:sequence></x:extension>'
        '</x:complexContent></x:complexType>' for i in range(count)))


def one_type(numbers):
    return contract('<x:complexType name="T"><x:sequence>' + "".join(
        f'<x:element name="f{i}" type="x:int" minOccurs="0"/>' for i in numbers)
        + "</x:sequence></x:complexType>")


def shuffled(folder, count):
    """Two orders of the fields of one type."""
    paths = [folder.path / name for name in ("order.wsdl", "shuffled.wsdl")]
    for path, numbers in zip(paths, (range(count), ((i * 3001) % count for i in range(count)))):
        path.write_bytes(one_type(numbers))
    return paths


def seconds(folder, *arguments):
    start = time.perf_counter()
    done = folder.run(*arguments)
    assert done.returncode in (0, 1, 2), done.stderr[:2000]
    return time.perf_counter() - start


def proportion(folder):
    """Of each command, with ten times as many types or values."""
    worst = 0
    for make, many in ((types, 100000), (fields, 100000), (values, 100000), (derived, 50000)):
        none = folder.path / "none.wsdl"
        none.write_bytes(types(0))
        paths = []
        for count in (many // 10, many):
            paths.append(folder.path / f"{make.__name__}-{count}.wsdl")
            paths[-1].write_bytes(make(count))
        for command in (("diff", none), ("check",), ("meta", "-o", folder.path / "out")):
            few, all_ = (min(seconds(folder, *command, path) for _ in range(3)) for path in paths)
            print(f"{command[0]}, {many} {make.__name__}: {all_:.2f} s, {all_ / few:.1f} times "
                  "as long as for a tenth")
            worst = max(worst, all_ / few)
    few, all_ = (min(seconds(folder, "diff", *shuffled(folder, count)) for _ in range(3))
                 for count in (1600, 16000))
    print(f"diff, 16000 fields shuffled: {all_:.2f} s, {all_ / few:.1f} times as long as for a "
          "tenth")
    return max(worst, all_ / few)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--etwsdl", required=True)
    parser.add_argument("--wsdl", required=True)
    options = parser.parse_args()
    folder = Folder(options.etwsdl, options.wsdl)
    ours = Contract(options.wsdl).copy()
    free = [name for name in sorted(ours.complex) if ours.references(name) == 0]
    for name in free[:12]:
        ours.schema.removeChild(ours.complex[name])
    for name in sorted(set(ours.complex) - set(free[:12]))[::3]:
        ours.sequence(name).appendChild(ours.field("Added", minOccurs="0"))
    folder.write(ours.text())
    slowest = 0
    for new, what in ((folder.original, "the same"), (folder.changed, "12 types fewer, a field "
                                                      "more in every third")):
        times = []
        for _ in range(21):
            start = time.perf_counter()
            done = folder.run("diff", folder.original, new)
            times.append(time.perf_counter() - start)
            assert done.returncode in (0, 2), done.stderr
        median = statistics.median(times)
        print(f"{what}: median {median * 1000:.0f} ms, slowest {max(times) * 1000:.0f} ms")
        slowest = max(slowest, median)
    ratio = proportion(folder)
    folder.close()
    return 0 if slowest <= LIMIT and ratio <= RATIO else 1


if __name__ == "__main__":
    sys.exit(main())
