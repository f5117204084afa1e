"""flat_memory.py PROGRAM FEW MANY: the program (threads.c) needs no more memory to read MANY rows
through one cursor than to read FEW, but for 2 MB, a hundredth of what the rows would take."""
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent / "harness"))
import etsim  # noqa: E402

ROOM = 2048


def peak(program, rows, subscribers):
    code, output = etsim.run(["--subscribers", subscribers], [program, 1, rows])
    words = output.split()
    if code or len(words) != 4 or words[0] != str(rows):
        sys.exit(f"{rows} rows: exit code {code}, {output}")
    return int(words[2])


def main():
    program, few, many = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    before, after = peak(program, few, many), peak(program, many, many)
    print(f"{few} rows: {before} kB, {many} rows: {after} kB")
    return 0 if after <= before + ROOM else 1


if __name__ == "__main__":
    sys.exit(main())
