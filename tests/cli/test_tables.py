"""Tables made for the terminal: what does not fit is left out column by column, least important
first, with a line that says so; ids, dates, keys and names are never cut, URLs in their middle.
What an event is about stands in a line below its row where it does not fit."""
import re
import unicodedata

import support
from canned import Canned, rows_answer
from support import JOB, Etsim, check, ettrack, on_terminal

CUT = "\u2026"
REMARK = "ettrack: left out to fit "
BELOW = re.compile("  ([A-Z][A-Za-z]+): (.*)$")

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
    "few clicks": ["events", "click", "--send", JOB, "--limit", "4"],
    "mixed bounces": ["events", "sent,bounce,survey", "--send", JOB],
    "subscriber": ["subscriber", "00004957"],  # whose ForwardedEmailOptIn is a long type
    "triggered": ["triggered"], "whoami": ["whoami"],
    "chosen": ["links", JOB, "--properties", "Link.URL,Link.Alias,SendID,Link.ID,Client.ID"]}

# What has to be there at 80 columns.
ESSENTIAL = {
    "sends": ["ID", "SendDate", "Subject", "OpenRate"], "links": ["Link.TotalClicks", "Link.URL"],
    "lists": ["List.ListName", "NumberSent", "UniqueOpens"], "sent": ["SubscriberKey", "EventDate"],
    "bounce": ["SubscriberKey", "EventDate", "BounceCategory", "SMTPReason"],
    "click": ["SubscriberKey", "EventDate", "URL"],
    "few clicks": ["SubscriberKey", "EventDate", "URL"],
    "mixed": ["EventType", "EventDate", "SubscriberKey", "URL", "BounceCategory", "SMTPReason"],
    "mixed bounces": ["EventType", "EventDate", "SubscriberKey", "SMTPReason", "Answer"],
    "subscriber": ["EventDate", "EventType", "EmailName", "URL"],
    "describe": ["Name", "DataType"], "compare": ["Statistic", JOB, "12043164"],
    "retrieve": ["ID", "SubscriberKey"], "accounts": ["Client.ID", "ID", "SendDate"],
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
    lines = [line for line in lines
             if not line.startswith("ettrack: ") and not BELOW.match(line)]
    lines = lines[lines.index("") + 1 if "" in lines else 0:]  # the head of a subscriber
    ruler = lines[1]
    check(set(ruler) == {"-", " "}, f"no ruler: {lines[:3]}")
    starts, end, spans = [i for i in range(len(ruler)) if ruler[i] == "-"
                          and (i == 0 or ruler[i - 1] == " ")], len(ruler), []
    for number, start in enumerate(starts):
        spans.append((start, starts[number + 1] - 2 if number + 1 < len(starts) else end))
    cells = [["".join(line[start:stop]) for start, stop in spans] for line in map(spread, lines)]
    return [name.strip() for name in cells[0]], cells[2:], said, lines


def below_rows(shown):
    """What stands below each row of a table, by its name."""
    lines = shown.replace("\r\n", "\n").splitlines()
    ruler = next(number for number, line in enumerate(lines) if set(line) == {"-", " "})
    below = []
    for line in lines[ruler + 1:]:
        found = BELOW.match(line)
        if found:
            below[-1][found[1]] = found[2]
        else:
            below.append({})
    return below


def is_number(text):
    return text.replace(".", "", 1).isdigit()


def left_out(said):
    """In one remark, which may take several lines."""
    remarks = [line for line in said if line.startswith(REMARK)]
    check(len(remarks) <= 1, f"{remarks}")
    remark = " ".join(line[len("ettrack: "):] for line in said)
    return remark.split(": ", 1)[1].split(", ") if remarks else []


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


def check_below(name, header, below, full):
    """All that is there of such a column, URLs and long text cut, and of no other row."""
    names = {column for row in below for column in row}
    check(not names & set(header), f"{name}: {names} twice")
    for row, whole in zip(below, full or []):
        check({column: bool(whole.get(column)) for column in names}
              == {column: column in row for column in names}, f"{name}: {row}, not {whole}")
        for column, text in row.items():
            text = text.replace("\\n", "\n")
            head, _, tail = text.partition(CUT)
            check(text == whole[column] or CUT in text and whole[column].startswith(head)
                  and whole[column].endswith(tail), f"{name}: {text}, not {whole[column]}")
    return names


def look(settings, name, arguments):
    full = None
    below_when_needed = name in ("bounce", "mixed", "mixed bounces", "subscriber")
    if name != "compare":
        full = support.rows(settings, *arguments)
    plain_header, plain_rows, said, _ = table_of(ettrack(settings, *arguments).decode())
    check(not said, f"{name}: {said}")
    check(not re.search(r"^(?!.*webinars $).* $", ettrack(settings, *arguments).decode(), re.M),
          f"{name}: blanks at the end of a line")
    check(all(CUT not in cell for row in plain_rows for cell in row), f"{name}: cut without need")
    shown_columns = {}
    for columns in (80, 120, 200, 500):
        shown = on_terminal(settings, columns, arguments)
        header, rows, said, lines = table_of(shown)
        below = check_below(name, header, below_rows(shown), full)
        if below_when_needed:  # nothing is missing of one without values
            below |= {column for column in full[0] if not any(row[column] for row in full)}
        shown_columns[columns] = [*header, *below]
        lines += [line for line in shown.splitlines() if BELOW.match(line)]
        wide = [line for line in lines + said if columns_of(line) > columns]
        check(not wide, f"{name}: wider than {columns}: {wide[:2]}")
        check(len(rows) == len(plain_rows), f"{name}: {len(rows)} rows, not {len(plain_rows)}")
        missing = [column for column in plain_header
                   if column not in header and column not in below]
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
    jobs = [row["ID"] for row in support.rows(settings, "sends", "--since", "2020-01-01")][-5:]
    arguments = ["compare", *jobs]
    full = {row["Statistic"]: row for row in support.rows(settings, *arguments)}
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
    for columns in range(45, 140, 5):
        shown = on_terminal(settings, columns, COMMANDS["mixed"])
        header, _, _, _ = table_of(shown)
        found = [*header, *(name for row in below_rows(shown) for name in row)]
        found = [name in found for name in order]
        check(found[0] and found[3] and found[4], f"{columns}: {header}")
        check(found[1] and found[2] or not found[5], f"{columns}: {header}")


def records_of(shown):
    """What stands one below the other: a name, its value behind it or in lines below."""
    records = []
    for block in shown.replace("\r\n", "\n").strip("\n").split("\n\n"):
        records.append({})
        for line in block.splitlines():
            name = re.match(r"\S+", line)
            if name:
                last = name[0]
                records[-1][last] = line[name.end():].strip()
            else:
                records[-1][last] = (records[-1][last] + " " + line.strip()).strip()
    return records


def unwrapped(text):
    return re.sub(r"\s+", "", text)


def narrow_ones_have_records(settings):
    """Below 45 columns nothing is left out and nothing cut: what does not fit as a table stands
    one below the other."""
    for name in ("sends", "links", "lists", "bounce", "triggered"):
        full = support.rows(settings, *COMMANDS[name])
        plain, _, _, _ = table_of(ettrack(settings, *COMMANDS[name]).decode())
        for columns in (40, 44):
            shown = on_terminal(settings, columns, COMMANDS[name])
            wide = [line for line in shown.splitlines() if columns_of(line) > columns]
            check(not wide and "ettrack:" not in shown and CUT not in shown, f"{name}: {shown}")
            check(not re.search(r"^\S+ +$", shown.replace("\r", ""), re.M), f"{name}: {shown}")
            records = records_of(shown)
            check(len(records) == len(full), f"{name}: {len(records)}, not {len(full)}")
            for record, row in zip(records, full):
                check(set(record) <= set(plain), f"{name}: {record}")
                for column in plain:
                    if row.get(column):
                        check(unwrapped(record.get(column, "")) == unwrapped(row[column]),
                              f"{name}, {column}: {record.get(column)}, not {row[column]}")


def what_was_asked_for_stays(settings):
    asked = "ID,SubscriberKey,EmailAddress,CreatedDate,Status,UnsubscribedDate,Client.ID"
    arguments = ["retrieve", "Subscriber", "--limit", "5", "--properties", asked]
    full = support.rows(settings, *arguments)
    for columns in (40, 60, 80, 100):
        shown = on_terminal(settings, columns, arguments)
        check("left out" not in shown and CUT not in shown, f"{columns}: {shown}")
        records = records_of(shown)
        check([list(record) for record in records] == [asked.split(",")] * len(full), f"{records}")
        check([[unwrapped(v) for v in one.values()] for one in records]
              == [[unwrapped(v) for v in one.values()] for one in full], f"{records}\n{full}")
    header, rows, said, _ = table_of(on_terminal(settings, 140, arguments))
    check(header == asked.split(",") and len(rows) == len(full) and not said, f"{header} {said}")


def useless_ones_go_first(settings):
    """Columns in which all rows are the same are left out before those that tell them apart."""
    header, _, said, _ = table_of(on_terminal(settings, 100, COMMANDS["sends"]))
    check("Status" in left_out(said) and "ClickRate" in header, f"{header} {said}")
    header, _, said, _ = table_of(on_terminal(settings, 80, COMMANDS["triggered"]))
    check("OptOuts" in left_out(said) and "Opens" in header, f"{header} {said}")
    header, _, said, _ = table_of(on_terminal(settings, 80, ["retrieve", "Email", "--limit", "9"]))
    check({"ID", "Name", "Subject"} <= set(header), f"{header}")
    shown = on_terminal(settings, 80, COMMANDS["few clicks"])
    header, rows, said, _ = table_of(shown)
    check("EventType" in left_out(said) and len(rows[0][-1]) > 25, f"{shown}")
    header, rows, said, _ = table_of(on_terminal(
        settings, 200, ["sends", "--since", "2026-10-01", "--all-accounts"]))
    check("Status" in left_out(said) and not any(CUT in row[3] for row in rows), f"{header}")
    header, _, said, _ = table_of(on_terminal(settings, 80, ["retrieve", "Email", "--limit", "9"]))
    check({"CategoryID", "Client.ID"} <= set(left_out(said)), f"{header} {said}")


ROWS = [{"Note": "An order that was long in coming, and came at last",
         "When": "11/10/2026 10:02:01 AM", "Total": "1234567.25",
         "Reference": f"5e9d0006-0000-4000-8000-00000000000{i}",
         "Mail": "somebody.with.a.long.name@example.com"} for i in range(3)]


def rows_of_data_extensions():
    """Their values are all text: dates, numbers, ids and addresses are whole all the same, and text
    gives way."""
    one = "<Property><Name>{}</Name><Value>{}</Value></Property>"
    with Canned([rows_answer("DataExtensionObject", *(
            f"<Properties>{''.join(one.format(*item) for item in row.items())}</Properties>"
            for row in ROWS))]) as service:
        for asked in (list(ROWS[0]), ["Note", "When", "Total"], ["Note", "Reference"],
                      ["Mail", "Note"]):
            for columns in (40, 60, 80, 120, 150):
                shown = on_terminal(service.settings, columns, [
                    "retrieve", "DataExtensionObject[orders]", "--properties", ",".join(asked)])
                for row in ROWS:
                    for name in set(asked) - {"Note"}:
                        check(row[name] in shown, f"{columns}: no {name} {row[name]}\n{shown}")
                check("left out" not in shown, shown)
                wide = [line for line in shown.splitlines() if columns_of(line) > columns]
                check(not wide, f"{columns}: {wide}")


def addresses_in_any_column():
    """An address keeps both of its ends, whatever its column is called."""
    pages = [f"https://www.example.com/a/page/far/down/in/the/tree?number={i}" for i in "12"]
    with Canned([rows_answer("DataExtensionObject", *(
            f"<Properties><Property><Name>Page</Name><Value>{page}</Value></Property><Property>"
            f"<Name>Note</Name><Value>{ROWS[0]['Note']}</Value></Property></Properties>"
            for page in pages))]) as service:
        shown = on_terminal(service.settings, 60, [
            "retrieve", "DataExtensionObject[pages]", "--properties", "Page,Note"])
        for page in pages:
            check(re.search(rf"^https://www\.e\S*{CUT}\S*number={page[-1]} ", shown, re.M), shown)


def sheets_fit(settings):
    plain = unwrapped(re.sub(r"of Number\w+", "", ettrack(settings, "send", JOB).decode()))
    for arguments in (["send", JOB], ["send", JOB, "--no-counts"]):
        for columns in (40, 50, 60, 66, 72, 80):
            shown = on_terminal(settings, columns, arguments).replace("\r\n", "\n")
            wide = [line for line in shown.splitlines() if columns_of(line) > columns]
            check(len(shown.splitlines()) > 30 and not wide, f"{columns}: {wide}")
            check(re.search(r"^  EmailSendDefinition\.CustomerKey\s", shown, re.M), shown)
            if "--no-counts" not in arguments:
                check(unwrapped(re.sub(r"of Number\w+", "", shown)) == plain, f"{columns}: {shown}")
    text = "".join(line.strip() for line in on_terminal(settings, 80, ["send", JOB]).splitlines())
    url = re.search(r"PreviewURL +(\S+)", ettrack(settings, "send", JOB).decode())[1]
    check(url in text, f"{url} is not whole")


def heads_fit(settings):
    arguments = ["subscriber", "00001930", "--limit", "2"]
    plain = ettrack(settings, *arguments).decode().split("\n\n")[0]
    for columns in (40, 80):
        shown = on_terminal(settings, columns, arguments).replace("\r\n", "\n")
        wide = [line for line in shown.splitlines() if columns_of(line) > columns]
        check(not wide, f"{columns}: {wide}")
        check(unwrapped(shown.split("\n\n")[0]) == unwrapped(plain), f"{columns}: {shown}")


def one_long_value_leaves_the_rest():
    """What is wider than the terminal is left out, named, and pushes nothing else out."""
    rows = [f"<SendID>{JOB}</SendID><SubscriberKey>{key}</SubscriberKey><EventDate>2026-11-10T10:0"
            f"{number}:00</EventDate><EventType>HardBounce</EventType><BounceCategory>Category "
            f"{number}</BounceCategory>" for number, key in enumerate(("ann", "k" * 500))]
    for columns in (80, 120):
        with Canned([rows_answer("BounceEvent", *rows)]) as service:
            shown = on_terminal(service.settings, columns, ["events", "bounce", "--send", JOB])
        header, found, said, _ = table_of(shown)
        check({"EventDate", "BounceCategory"} <= set(header) and len(found) == 2, shown)
        check("SubscriberKey" in left_out(said) and "SubscriberKey" not in header, shown)


def help_fits():
    overview = ettrack({}, "--help").decode()
    commands = re.findall(r"^  ([a-z]+) +", overview, re.M)
    check("triggered" in commands and len(commands) > 12, f"{commands}")
    for text in [overview] + [ettrack({}, name, "--help").decode() for name in commands]:
        wide = [line for line in text.splitlines() if len(line) > 80]
        check(not wide, f"{wide}")


help_fits()
one_long_value_leaves_the_rest()
rows_of_data_extensions()
addresses_in_any_column()
with Etsim() as simulator:
    sends_go_on_below(simulator.settings)
    importance_decides(simulator.settings)
    narrow_ones_have_records(simulator.settings)
    what_was_asked_for_stays(simulator.settings)
    useless_ones_go_first(simulator.settings)
    sheets_fit(simulator.settings)
    heads_fit(simulator.settings)
    for name, arguments in COMMANDS.items():
        look(simulator.settings, name, arguments)
    numbers_align(simulator.settings)
    wide_ones_get_more(simulator.settings)
