"""Tables made for the terminal: what does not fit is left out column by column, least important
first, with a line that says so; ids, dates, keys and names are never cut, URLs in their middle."""
import csv
import io
import re
import unicodedata

from support import JOB, Etsim, check, ettrack, on_terminal

CUT = "\u2026"
REMARK = "ettrack: left out to fit "

COMMANDS = {
    "sends": ["sends", "--since", "2020-01-01"],
    "links": ["links", JOB],
    "lists": ["lists", JOB],
    "sent": ["events", "sent", "--send", JOB, "--limit", "300"],
    "bounce": ["events", "bounce", "--send", JOB],
    "click": ["events", "click", "--send", JOB],
    "mixed": ["events", "open,click,bounce,unsub", "--send", JOB, "--by", "time"],
    "describe": ["describe", "Subscriber"],
    "compare": ["compare", JOB, "12043164"],
    "retrieve": ["retrieve", "Subscriber", "--limit", "20"],
    "accounts": ["sends", "--since", "2020-01-01", "--all-accounts"],
    "triggered": ["triggered"], "whoami": ["whoami"],
    "chosen": ["links", JOB, "--properties", "Link.URL,Link.Alias,SendID,Link.ID,Client.ID"]}

# What has to be there at 80 columns.
ESSENTIAL = {
    "sends": ["ID", "SentDate", "Subject", "OpenRate"], "links": ["Link.TotalClicks", "Link.URL"],
    "lists": ["List.ListName", "NumberSent", "UniqueOpens"], "sent": ["SubscriberKey", "EventDate"],
    "bounce": ["SubscriberKey", "EventDate", "BounceCategory"],
    "click": ["SubscriberKey", "EventDate", "URL"], "mixed": ["EventType", "EventDate"],
    "describe": ["Name", "DataType"], "compare": ["Statistic", JOB, "12043164"],
    "retrieve": ["ID", "SubscriberKey"], "accounts": ["Client.ID", "ID", "SentDate"],
    "triggered": ["CustomerKey", "Sent"], "whoami": ["What", "Value"],
    "chosen": ["Link.URL", "Link.Alias"]}


def columns_of(text):
    return sum(0 if unicodedata.combining(c) or unicodedata.category(c) in ("Mn", "Cf")
               else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def spread(line):
    """One entry for each column of the terminal, what stands in it."""
    if line.isascii():
        return line
    entries = []
    for character in line:
        width = columns_of(character)
        if width:
            entries += [character] + [""] * (width - 1)
        else:
            entries[-1] += character
    return entries


def table_of(shown):
    """Header names, rows of cells, and what was said; by the dashes under the header."""
    lines = shown.replace("\r\n", "\n").splitlines()
    said = [line for line in lines if line.startswith("ettrack: ")]
    lines = [line for line in lines if not line.startswith("ettrack: ")]
    ruler = lines[1]
    check(set(ruler) == {"-", " "}, f"no ruler: {lines[:3]}")
    starts, end, spans = [i for i in range(len(ruler)) if ruler[i] == "-"
                          and (i == 0 or ruler[i - 1] == " ")], len(ruler), []
    for number, start in enumerate(starts):
        spans.append((start, starts[number + 1] - 2 if number + 1 < len(starts) else end))
    cells = [["".join(line[start:stop]) for start, stop in spans] for line in map(spread, lines)]
    return [name.strip() for name in cells[0]], cells[2:], said, lines


def is_number(text):
    return text.replace(".", "", 1).isdigit()


def left_out(said):
    remarks = [line for line in said if line.startswith(REMARK)]
    check(len(remarks) <= 1, f"{remarks}")
    return remarks[0].split(": ", 2)[2].split(", ") if remarks else []


def check_cells(name, header, rows, full):
    """Against the whole values, from CSV."""
    for number, column in enumerate(header):
        whole = [row.get(column, "") for row in full] if full else None
        for at, row in enumerate(rows):
            cell = row[number].strip()
            if CUT not in cell:
                continue
            kind = column.rsplit(".")[-1]
            check(not kind.endswith(("ID", "Key", "Date", "Name", "Alias")),
                  f"{name}: {column} is cut: {cell}")
            check(not is_number(cell.replace(CUT, "")), f"{name}: a number is cut: {cell}")
            if kind.endswith("URL") and whole:
                head, tail = cell.split(CUT)
                check(len(head) > 5 and len(tail) > 5, f"{name}: not cut in its middle: {cell}")
                check(any(v.startswith(head) and v.endswith(tail) for v in whole),
                      f"{name}: {cell} is no URL of the send")


def look(settings, name, arguments):
    full = None
    if name != "compare":
        full = list(csv.DictReader(io.StringIO(
            ettrack(settings, *arguments, "--format", "csv").decode())))
    plain_header, plain_rows, said, _ = table_of(ettrack(settings, *arguments).decode())
    check(not said, f"{name}: {said}")
    check(all(CUT not in cell for row in plain_rows for cell in row), f"{name}: cut without need")
    shown_columns = {}
    for columns in (80, 120, 200, 500):
        header, rows, said, lines = table_of(on_terminal(settings, columns, arguments))
        shown_columns[columns] = header
        wide = [line for line in lines if columns_of(line) > columns]
        check(not wide, f"{name}: wider than {columns}: {wide[:2]}")
        check(len(rows) == len(plain_rows), f"{name}: {len(rows)} rows, not {len(plain_rows)}")
        missing = [column for column in plain_header if column not in header]
        named = left_out(said)
        if missing and not named[-1:] == [] and " and " in named[-1]:
            check(len(missing) > 10, f"{name}: {named}")
        else:
            check(missing == named, f"{name} at {columns}: missing {missing}, said {named}")
        check_cells(name, header, rows, full)
    for column in ESSENTIAL[name]:
        check(column in shown_columns[80], f"{name}: no {column} at 80: {shown_columns[80]}")
    check(len(shown_columns[200]) >= len(shown_columns[80]), f"{name}: less at 200 than at 80")
    check(set(shown_columns[500]) >= set(plain_header), f"{name}: not all at 500")


def numbers_align(settings):
    _, rows, _, _ = table_of(on_terminal(settings, 200, COMMANDS["sends"]))
    for number in (4, 5, 6, 7, 8):
        ends = {len(row[number]) - len(row[number].rstrip(" ")) for row in rows}
        check(ends == {0}, f"column {number} is not flush: {rows[:3]}")


def wide_ones_get_more(settings):
    plain, _, _, _ = table_of(ettrack(settings, *COMMANDS["sends"]).decode())
    wide, _, said, _ = table_of(on_terminal(settings, 300, COMMANDS["sends"]))
    check(set(wide) > set(plain) and "ClickToOpenRate" in wide, f"{wide}")
    check(not said, f"{said}")


def sends_go_on_below(settings):
    """compare leaves no send out: those that do not fit stand in a block of their own."""
    jobs = [row["ID"] for row in csv.DictReader(io.StringIO(ettrack(
        settings, "sends", "--since", "2020-01-01", "--format", "csv").decode()))][-5:]
    arguments = ["compare", *jobs]
    full = {row["Statistic"]: row for row in csv.DictReader(io.StringIO(
        ettrack(settings, *arguments, "--format", "csv").decode()))}
    for columns, most in ((80, 2), (120, 4), (300, 5)):
        found = []
        for block in on_terminal(settings, columns, arguments).replace("\r\n", "\n").split("\n\n"):
            header, rows, said, lines = table_of(block)
            check(not said and header[0] == "Statistic", f"{header} {said}")
            check(1 < len(header) <= 1 + most, f"{columns}: {header}")
            check(all(columns_of(line) <= columns for line in lines), f"{columns}: {lines}")
            for row in rows:
                for job, cell in zip(header[1:], row[1:]):
                    whole = full[row[0].strip()][job]
                    check(cell.strip() == whole.strip() or CUT in cell and whole.startswith(
                        cell.strip().rstrip(CUT)), f"{job} {row[0]}: {cell!r}, not {whole!r}")
            found += header[1:]
        check(found == jobs, f"{columns}: {found}, not {jobs}")


def importance_decides(settings):
    """No column stands where a more important one is missing."""
    order = ["EventDate", "EventType", "SubscriberKey", "URL", "BounceCategory", "BatchID"]
    for columns in range(40, 140, 5):
        header, _, _, _ = table_of(on_terminal(settings, columns, COMMANDS["mixed"]))
        shown = [name in header for name in order]
        check(shown[0] and (shown[3] or not shown[5]), f"{columns}: {header}")


def sheets_fit(settings):
    for arguments in (["send", JOB], ["send", JOB, "--no-counts"]):
        shown = on_terminal(settings, 80, arguments).replace("\r\n", "\n").splitlines()
        wide = [line for line in shown if columns_of(line) > 80]
        check(len(shown) > 30 and not wide, f"{wide}")
    text = "".join(line.strip() for line in on_terminal(settings, 80, ["send", JOB]).splitlines())
    url = re.search(r"PreviewURL +(\S+)", ettrack(settings, "send", JOB).decode())[1]
    check(url in text, f"{url} is not whole")


def help_fits():
    overview = ettrack({}, "--help").decode()
    commands = re.findall(r"^  ([a-z]+) +", overview, re.M)
    check("triggered" in commands and len(commands) > 12, f"{commands}")
    for text in [overview] + [ettrack({}, name, "--help").decode() for name in commands]:
        wide = [line for line in text.splitlines() if len(line) > 80]
        check(not wide, f"{wide}")


help_fits()
with Etsim() as simulator:
    sends_go_on_below(simulator.settings)
    importance_decides(simulator.settings)
    sheets_fit(simulator.settings)
    for name, arguments in COMMANDS.items():
        look(simulator.settings, name, arguments)
    numbers_align(simulator.settings)
    wide_ones_get_more(simulator.settings)
