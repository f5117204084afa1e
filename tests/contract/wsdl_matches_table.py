"""wsdl/ states the facts of the table, all of them and nothing else."""
import facts


def main():
    table = facts.need_table()
    lines = facts.compare(facts.WSDL_PATH, table)
    for line in lines:
        print(line)
    print(f"{len(lines)} differences" if lines else "the WSDL and the table agree")
    return 1 if lines else 0


if __name__ == "__main__":
    raise SystemExit(main())
