"""The report of a send against what its events say, the worked example of its formulas, and the
page as people see it: on a phone, a tablet and a desk, dark, on paper, with nothing fetched."""
import base64
import collections
import math
import pathlib
import re
import sys
import tempfile
from datetime import datetime, timedelta

from support import JOB, Etsim, check, ettrack, on_terminal, rows

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent / "harness"))
from browser import Browser  # noqa: E402


def moment(text):
    return datetime.fromisoformat((text + "000000")[:26] if "." in text else text + ".000000")


def figures(settings, *arguments):
    """{section: {name: row}}"""
    found = collections.defaultdict(dict)
    for row in rows(settings, "report", *arguments):
        found[row["Section"]][row["Name"]] = row
    return found


def percent(part, whole):
    return f"{100 * part / whole:.2f}" if whole else ""


def tenth(times, share):
    return int(sorted(times)[math.ceil(len(times) * share / 10) - 1])


class Truth:
    """What a report has to say, from the send, its links, its events and its subscribers."""

    def __init__(self, settings, job):
        self.send = rows(settings, "send", job)[0]
        self.links = rows(settings, "links", job)
        self.events = {kind: rows(settings, "events", kind, "--send", job)
                       for kind in ("sent", "open", "click", "bounce")}
        self.address = {row["SubscriberKey"]: row["EmailAddress"] for row in rows(
            settings, "retrieve", "Subscriber", "--properties", "SubscriberKey,EmailAddress")}
        self.launch = moment(self.send["SentDate"])

    def number(self, name):
        return int(self.send[name])

    def seconds(self, kind):
        return [max(0, (moment(row["EventDate"]) - self.launch).total_seconds())
                for row in self.events[kind]]

    def domains(self, kind):
        """Messages that were sent or bounced, each; recipients who opened or clicked, once."""
        keys = [row["SubscriberKey"] for row in self.events[kind]]
        keys = set(keys) if kind in ("open", "click") else keys
        return collections.Counter(self.address[key].rsplit("@")[-1].lower() for key in keys)


def rates(found, truth):
    send = truth.number
    bounces = sum(send(name) for name in ("HardBounces", "SoftBounces", "OtherBounces"))
    clicks = sum(int(row["Link.TotalClicks"]) for row in truth.links)
    wanted = {"Delivered": (send("NumberDelivered"), send("NumberSent")),
              "Bounced": (bounces, send("NumberSent")),
              "Opened": (send("UniqueOpens"), send("NumberDelivered")),
              "Clicked": (send("UniqueClicks"), send("NumberDelivered")),
              "Unsubscribed": (send("Unsubscribes"), send("NumberDelivered")),
              "Reactivity": (send("UniqueClicks"), send("UniqueOpens")),
              "Distinct clicks": (send("UniqueClicks"), send("NumberDelivered")),
              "Cumulated clicks": (clicks, send("NumberDelivered"))}
    check(set(found["rates"]) == set(wanted), f"{found['rates'].keys()}")
    for name, (part, whole) in wanted.items():
        row = found["rates"][name]
        check((row["Count"], row["Percent"]) == (str(part), percent(part, whole)), f"{row}")
    return clicks


def links(found, truth, clicks):
    named = collections.Counter()
    for row in truth.links:
        named[row["Link.Alias"] or row["Link.URL"]] += int(row["Link.TotalClicks"])
    check({name: int(row["Count"]) for name, row in found["links"].items()} == dict(named),
          f"{found['links']}")
    order = [int(row["Count"]) for row in found["links"].values()]
    check(order == sorted(order, reverse=True) and sum(order) == clicks, f"{order}")
    names = {row["Link.ID"]: row["Link.Alias"] or row["Link.URL"] for row in truth.links}
    days = collections.Counter()
    for row, seconds in zip(truth.events["click"], truth.seconds("click")):
        days[f"clicks on day {min(int(seconds // 86400), 13) + 1}", names[row["URLID"]]] += 1
    shown = {(section, name): int(row["Count"]) for section, by_name in found.items()
             if section.startswith("clicks on day") for name, row in by_name.items()}
    check(shown == dict(days), f"{shown}\n{days}")


def times(found, truth):
    for kind in ("open", "click"):
        section = found[f"seconds to reach, {kind}s"]
        seconds = truth.seconds(kind)
        for share in range(1, 10):
            check(int(section[f"{share}0 %"]["Count"]) == tenth(seconds, share),
                  f"{kind} {share}: {section[f'{share}0 %']}, not {tenth(seconds, share)}")


def domain_rates(found):
    """Each from the counts that are shown, by the formulas of the key figures."""
    count = {section: {name: int(row["Count"])
                       for name, row in found[f"{section} by domain"].items()}
             for section in ("sent", "bounced", "delivered", "opened", "clicked")}
    for section, whole in (("bounced", "sent"), ("delivered", "sent"), ("opened", "delivered"),
                           ("clicked", "delivered")):
        for name, row in found[f"{section} by domain"].items():
            check(row["Percent"] == percent(count[section][name], count[whole][name]), f"{row}")
    for name in count["sent"]:
        check(count["delivered"][name] == count["sent"][name] - count["bounced"][name], name)
    for section, rate in (("bounced", "Bounced"), ("delivered", "Delivered"), ("opened", "Opened"),
                          ("clicked", "Clicked")):
        check(sum(count[section].values()) == int(found["rates"][rate]["Count"]),
              f"{section}: {count[section]}, {found['rates'][rate]}")


def curves(found, truth):
    """How many had come at each step, in one span for both, that 98 % of each are in."""
    steps = [list(map(int, found[f"{kind}s come after seconds"])) for kind in ("open", "click")]
    check(steps[0] == steps[1] and len(steps[0]) == 97 and steps[0][0] == 0, f"{steps}")
    for kind in ("open", "click"):
        seconds = [int(second) for second in truth.seconds(kind)]
        for name, row in found[f"{kind}s come after seconds"].items():
            come = sum(second <= int(name) for second in seconds)
            check((row["Count"], row["Percent"]) == (str(come), percent(come, len(seconds))),
                  f"{kind} {row}, not {come}")
        check(come >= 0.98 * len(seconds), f"{kind}: the span is too short")


def sums(found, section, top=None):
    """The rows of a section, with its others and its total."""
    listed = [int(row["Count"]) for row in found[section].values()]
    others = int(found[f"{section}, others"]["Others"]["Count"]) if top else 0
    total = int(found[f"{section}, total"]["Total"]["Count"])
    check(sum(listed) + others == total, f"{section}: {listed} {others} {total}")
    check(top is None or len(listed) == top, f"{section}: {len(listed)} rows")
    check(top or f"{section}, others" not in found, f"{section}: others of all")


SUMMED = ("links", *(f"{part} by domain" for part in ("sent", "bounced", "delivered", "opened",
                                                      "clicked", "reactivity")))


def top_of_all(settings, found):
    few = figures(settings, JOB, "--top", "2")
    for section in SUMMED:
        sums(found, section)
        sums(few, section, 2)
        check(list(few[section].items()) == list(found[section].items())[:2], section)
    sums(found, "bounces")
    for day in (1, 2, 3):
        section = f"clicks on day {day}"
        shown = sum(int(row["Count"]) for name in (section, f"{section}, others")
                    for row in few[name].values())
        check(shown == sum(int(row["Count"]) for row in found[section].values()), section)


def bounces_and_domains(found, truth):
    categories = collections.Counter(row["BounceCategory"] for row in truth.events["bounce"])
    check({name: int(row["Count"]) for name, row in found["bounces"].items()} == dict(categories),
          f"{found['bounces']}")
    for section, kind in (("sent", "sent"), ("opened", "open"), ("clicked", "click"),
                          ("bounced", "bounce")):
        shown = {name: int(row["Count"]) for name, row in found[f"{section} by domain"].items()
                 if row["Count"] != "0"}
        check(shown == dict(truth.domains(kind)), f"{section}: {shown}\n{truth.domains(kind)}")
    domain_rates(found)
    for name, row in found["bounces of sent"].items():
        check(row["Percent"] == percent(categories[name], truth.number("NumberSent")), f"{row}")
    for name, row in found["reactivity by domain"].items():
        clicked, opened = (int(found[f"{part} by domain"][name]["Count"])
                           for part in ("clicked", "opened"))
        check((row["Count"], row["Percent"]) == (str(clicked), percent(clicked, opened)), f"{row}")
    check(len(found["not available"]) > 3, "what is not available is not named")


def average(settings):
    compared = figures(settings, JOB, "--compare")
    found = compared["rates"]
    all_sends = rows(settings, "sends", "--since", "183d")
    sends = [row for row in all_sends if row["ID"] != JOB]
    check(len(sends) == len(all_sends) - 1 > 5, f"{len(all_sends)} sends")
    sums = collections.Counter()
    for row in sends:
        sums.update({name: int(row[name]) for name in (
            "NumberSent", "NumberDelivered", "UniqueOpens", "UniqueClicks", "Unsubscribes")})
        sums["bounces"] += sum(int(row[f"{kind}Bounces"]) for kind in ("Hard", "Soft", "Other"))
    sums["clicks"] = sum(int(row["Link.TotalClicks"])
                         for row in rows(settings, "links", *[row["ID"] for row in sends]))
    parts = {"Delivered": ("NumberDelivered", "NumberSent"), "Bounced": ("bounces", "NumberSent"),
             "Opened": ("UniqueOpens", "NumberDelivered"),
             "Clicked": ("UniqueClicks", "NumberDelivered"),
             "Unsubscribed": ("Unsubscribes", "NumberDelivered"),
             "Reactivity": ("UniqueClicks", "UniqueOpens"),
             "Distinct clicks": ("UniqueClicks", "NumberDelivered"),
             "Cumulated clicks": ("clicks", "NumberDelivered")}
    check(set(found) == set(parts), f"{found.keys()}")
    for name, (part, whole) in parts.items():
        check(found[name]["Average"] == percent(sums[part], sums[whole]), f"{found[name]}")
    check(compared["average"]["Sends"]["Count"] == str(len(sends)), f"{compared['average']}")
    text = " ".join(ettrack(settings, "report", JOB, "--compare").decode().split())
    check(f"that of {len(sends)} sends of the last six months, without this one and triggered ones"
          in text, text)


# --- the page ------------------------------------------------------------------------------------

OVERFLOW = """[...document.querySelectorAll('body *')].filter(e => !e.closest('.scroll *') &&
  !e.closest('svg') && e.getBoundingClientRect().right > innerWidth + 0.5)
  .map(e => e.tagName + '.' + e.className + ' ' + e.getBoundingClientRect().right)"""
LABELS = """[...document.querySelectorAll('svg')].map(s =>
  parseFloat(getComputedStyle(s.querySelector('text')).fontSize) * s.getScreenCTM().a)"""
CLASHES = """[...document.querySelectorAll('svg')].flatMap(s => {
  const b = s.getBoundingClientRect();
  const r = [...s.querySelectorAll('text')]
       .map(t => [t.textContent, t.getBoundingClientRect()])
       .filter(([, r]) => r.width);
  return r.filter(([, a], i) => a.left < b.left - 1 || a.right > b.right + 1 || r.some(([, c], j) =>
    j > i && a.left < c.right && c.left < a.right && a.top < c.bottom && c.top < a.bottom))
    .map(([text]) => text) })"""
BROKEN = """[...document.querySelectorAll('th,.legend span')].flatMap(th => {
  const words = [], walk = document.createTreeWalker(th, NodeFilter.SHOW_TEXT);
  for (let node; node = walk.nextNode();)
    for (const word of node.data.matchAll(/[^\\s\\/.?&=_@-]+/g)) {
      const range = document.createRange();
      range.setStart(node, word.index); range.setEnd(node, word.index + word[0].length);
      if (new Set([...range.getClientRects()].map(r => r.top)).size > 1) words.push(word[0]) }
  return words })"""
CONTRAST = """(() => { const rgb = c => c.match(/[\\d.]+/g).map(Number),
  l = c => { const [r, g, b] = rgb(c).map(v => (v /= 255) <= .03928
    ? v / 12.92 : ((v + .055) / 1.055) ** 2.4);
  return .2126 * r + .7152 * g + .0722 * b };
  return Math.min(...[...document.querySelectorAll('p,th,td,dd,dt,main span,h1,h2')]
  .filter(e => e.innerText).map(e => { let g = e; while (g && /, 0\\)|transparent/.test(
  getComputedStyle(g).backgroundColor)) g = g.parentElement;
  const a = l(getComputedStyle(e).color),
        b = l(getComputedStyle(g || document.body).backgroundColor);
  return (Math.max(a, b) + .05) / (Math.min(a, b) + .05) })) })()"""


def page_numbers(page, found):
    text = page.evaluate("document.body.innerText")
    for name in ("Opened", "Clicked", "Delivered"):
        check(f"{int(found['rates'][name]['Count']):,}" in text, f"no {name}: {text[:500]}")
    cells = page.evaluate("[...document.querySelectorAll('#links ~ .scroll tbody tr')].map(r => "
                          "[...r.cells].map(c => c.innerText.trim()))")
    shown = [(cells_of[1], cells_of[2].replace(",", "")) for cells_of in cells]
    wanted = [(name, row["Count"]) for name, row in found["links"].items()][:10]
    check([(re.sub(r"\s+", " ", a), b) for a, b in shown]
          == [(re.sub(r"\s+", " ", a).strip(), b) for a, b in wanted], f"{shown}\n{wanted}")
    stacked = page.evaluate("[...document.querySelectorAll('#per-day ~ svg rect title')]"
                            ".map(t => t.textContent)")
    hot = page.evaluate("[...document.querySelectorAll('#hot ~ .scroll tbody th')].map(t => "
                        "t.innerText.trim())")
    check([re.sub(r"\s+", " ", name) for name in hot]
          == [re.sub(r"\s+", " ", name).strip() for name in found["links"]], f"{hot}")
    check("does not tell where in the message" in text, "hot clicks in an order that is a guess")
    drawn = sum(int(title.rsplit(": ")[-1]) for title in stacked)
    check(drawn == sum(int(row["Count"]) for row in found["links"].values()), f"{stacked}")


def page_for_readers(page):
    check(page.evaluate("document.documentElement.lang") == "en", "no language")
    check(page.evaluate("document.querySelectorAll('h1').length") == 1, "not one h1")
    check(page.evaluate("[...document.querySelectorAll('svg')].every(s => s.getAttribute('role') =="
                        " 'img' && s.querySelector('title').textContent && s.querySelector('desc')"
                        ".textContent)"), "a chart says nothing")
    check(page.evaluate("[...document.querySelectorAll('section')].every(s => document."
                        "getElementById(s.getAttribute('aria-labelledby')))"), "no name")
    check(page.evaluate("[...document.querySelectorAll('th')].every(t => t.scope || t.ariaHidden)"),
          "a header of nothing")
    ids = page.evaluate("[...document.querySelectorAll('[id]')].map(e => e.id)")
    check(len(ids) == len(set(ids)), f"{ids}")


def page_domains(page, found):
    """Every column says what it counts, every rate follows from the columns."""
    head, *rows = page.evaluate("[...document.querySelectorAll('#domains ~ .scroll tr')].map(r => "
                                "[...r.cells].map(c => c.textContent.trim()))")
    check(head == ["Domain", "Sent", "Bounced", "Delivered", "Opened", "Clicked", "Reactivity"],
          f"{head}")
    note = page.evaluate("document.querySelector('#domains ~ .note').innerText")
    for word in ("Sent", "bounced", "delivered", "messages", "opened", "clicked", "recipients"):
        check(word in note, note)
    for cells in rows[:-1]:
        for name, cell in zip(head[1:-1], cells[1:]):
            row = found[f"{name.lower()} by domain"][cells[0]]
            share = float(row["Percent"])
            share = f"{share:.2f} %" if 0 < share < 10 else f"{share:.1f} %"
            check(cell in (f"{int(row['Count']):,}", f"{int(row['Count']):,}{share}"),
                  f"{cells}, not {row}")


def on_paper(page):
    """No half empty pages: a chart takes a part of one, and sections go on on the next."""
    pdf = base64.b64decode(page.call("Page.printToPDF", paperWidth=8.27, paperHeight=11.69)["data"])
    sheets = len(re.findall(rb"/Type\s*/Page\b", pdf))
    check(1 <= sheets <= 3, f"{sheets} sheets")


def look(path, found):
    text = path.read_text()
    check(not re.search(r"(src|href)=|url\(|@import|<script|<link", text), "it names something")
    with Browser() as browser:
        for width, dark, media in ((360, False, ""), (360, True, ""), (768, False, ""),
                                   (1280, False, ""), (1400, False, ""), (1400, True, ""),
                                   (700, True, "print")):
            page = browser.open(path, width, dark=dark, media=media)
            where = f"{width} {'dark' if dark else 'light'} {media}"
            check(page.requests == [f"file://{path}"], f"{where}: it fetched {page.requests}")
            check(page.evaluate("document.documentElement.scrollWidth") <= width,
                  f"{where}: wider than the window")
            check(page.evaluate(OVERFLOW) == [], f"{where}: {page.evaluate(OVERFLOW)}")
            check(min(page.evaluate(LABELS)) >= 11, f"{where}: labels {page.evaluate(LABELS)}")
            check(page.evaluate(CLASHES) == [], f"{where}: labels clash {page.evaluate(CLASHES)}")
            check(page.evaluate(BROKEN) == [], f"{where}: broken words {page.evaluate(BROKEN)}")
            check(page.evaluate("[...document.querySelectorAll('.scroll')].every(s => s.scrollWidth"
                                " <= s.clientWidth)"), f"{where}: a table has to be scrolled")
            check(page.evaluate(CONTRAST) >= 4.5, f"{where}: contrast {page.evaluate(CONTRAST)}")
            background = page.evaluate("getComputedStyle(document.body).backgroundColor")
            check((background == "rgb(255, 255, 255)") == (media == "print")
                  and (sum(map(int, re.findall(r"\d+", background))) < 200)
                  == (dark and media != "print"), f"{where}: {background}")
            page_numbers(page, found)
            page_domains(page, found)
            page_for_readers(page)
        on_paper(page)


# --- the worked example --------------------------------------------------------------------------

ENVELOPE = ('<Envelope xmlns="http://schemas.xmlsoap.org/soap/envelope/"><Body>'
            '<RetrieveResponseMsg xmlns="http://exacttarget.com/wsdl/partnerAPI" '
            'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
            "<OverallStatus>OK</OverallStatus>{}</RetrieveResponseMsg></Body></Envelope>")


def recorded(kind, *objects):
    def element(name, value):
        inside = ("".join(element(*item) for item in value.items()) if isinstance(value, dict)
                  else str(value))
        return f"<{name}>{inside}</{name}>"
    return ENVELOPE.format("".join(f'<Results xsi:type="{kind}">'
                                   + "".join(element(*item) for item in one.items())
                                   + "</Results>" for one in objects))


def report_of(job, data, *arguments):
    """The figures and the page of a send that is made of these objects."""
    with tempfile.TemporaryDirectory() as folder:
        files = []
        for kind, objects in data.items():
            files.append(pathlib.Path(folder, f"{kind}.xml"))
            files[-1].write_text(recorded(kind, *objects).replace("<b>", "&lt;b&gt;").replace(
                "</b>", "&lt;/b&gt;").replace("& ", "&amp; "))
        with Etsim("--data", "none", "--load", *files) as simulator:
            page = pathlib.Path(folder, "page.html")
            ettrack(simulator.settings, "report", str(job), "--html", str(page))
            return figures(simulator.settings, str(job), *arguments), page.read_text()


def messages_and_recipients():
    """Ann got two messages, of which one bounced, and opened the other three times: messages count
    each, recipients once. The send has no subject, and its only link no id."""
    event = {"SendID": 78, "EventDate": "2026-11-10T11:00:00", "SubscriberKey": "ann@example.com"}
    send = {"ID": 78, "Subject": "", "EmailName": "Welcome & hello",
            "SentDate": "2026-11-10T10:00:00", "NumberSent": 2, "NumberDelivered": 1,
            "UniqueOpens": 1, "UniqueClicks": 0, "Unsubscribes": 0, "HardBounces": 1,
            "SoftBounces": 0, "OtherBounces": 0}
    found, page = report_of(78, {
        "Send": [send],
        "LinkSend": [{"SendID": 78, "Link": {"TotalClicks": 0, "URL": "https://www.example.com/"}}],
        "SentEvent": [{**event, "EventType": "Sent"}] * 2,
        "BounceEvent": [{**event, "EventType": "HardBounce", "BounceCategory": "Hard"}],
        "OpenEvent": [{**event, "EventType": "Open"}] * 3})
    rows = {section: (row["example.com"]["Count"], row["example.com"]["Percent"])
            for section, row in found.items() if section.endswith(" by domain")}
    check(rows == {"sent by domain": ("2", "100.00"), "bounced by domain": ("1", "50.00"),
                   "delivered by domain": ("1", "50.00"), "opened by domain": ("1", "100.00"),
                   "clicked by domain": ("0", "0.00"), "reactivity by domain": ("0", "0.00")},
          f"{rows}")
    check("<h1>Welcome &amp; hello</h1>" in page, re.findall("<h1>.*</h1>", page))
    check("example" in page.split("Hot clicks")[1].split("</section>")[0], "a link is lost")
    del send["EmailName"]
    _, page = report_of(78, {"Send": [send]})
    check("<h1>Send 78</h1>" in page, re.findall("<h1>.*</h1>", page))


def average_of_like_sends():
    """The average is of sends like this one: neither itself, nor one-to-one and triggered ones,
    nor what is not sent yet. There are more triggered messages than a page has, and another send
    behind them."""
    yesterday = (datetime.now() - timedelta(days=1)).strftime("%Y-%m-%dT10:00:00")
    old = (datetime.now() - timedelta(days=190)).strftime("%Y-%m-%dT10:00:00")

    def send(number, sent, opened, date=yesterday):
        return {"ID": number, "SendDate": date, "SentDate": date, "NumberSent": sent,
                "NumberDelivered": sent, "UniqueOpens": opened, "UniqueClicks": 0,
                "Unsubscribes": 0, "HardBounces": 0, "SoftBounces": 0, "OtherBounces": 0}

    def event(number):
        return {"SendID": number, "EventDate": yesterday, "EventType": "Sent",
                "SubscriberKey": "ann@example.com"}
    found, page = report_of(1, {
        "Send": [send(1, 10, 10), send(2, 100, 50), send(3, 2600, 0), send(4, 1, 1), send(5, 60, 6),
                 send(6, 0, 0), send(7, 100, 100, old)],
        "LinkSend": [{"SendID": number, "Link": {"ID": number, "TotalClicks": 16,
                                                 "URL": "https://www.example.com/"}}
                     for number in range(1, 8)],
        "SentEvent": [*({**event(3), "TriggeredSendDefinitionObjectID": "t-3"}
                        for _ in range(2600)),
                      {**event(4), "TriggeredSendDefinitionObjectID": "t-4"}, event(2), event(5)]},
        "--compare")
    check(found["average"]["Sends"]["Count"] == "2", f"{found['average']}")
    check(found["rates"]["Opened"]["Average"] == percent(56, 160), f"{found['rates']}")
    check(found["rates"]["Cumulated clicks"]["Average"] == percent(32, 160), f"{found['rates']}")
    found, page = report_of(1, {"Send": [send(1, 10, 10)]}, "--compare")
    check("average" not in found and found["rates"]["Opened"]["Average"] == "", f"{found['rates']}")


def long_names():
    """Names without a place to break, a table's figures beside them: nothing leaves the page, and
    figures of a large send stay in their cards."""
    millions = {name: 12345678 for name in (
        "NumberSent", "NumberDelivered", "UniqueOpens", "UniqueClicks", "Unsubscribes",
        "HardBounces")}
    event = {"SendID": 80, "EventDate": "2026-11-10T11:00:00"}
    wide = "\u6f22e\u0301" * 90
    links = [{"SendID": 80, "Link": {"ID": number, "TotalClicks": 7, "URL": url, "Alias": alias}}
             for number, (url, alias) in enumerate((
                 ("https://www.example.com/" + "u" * 900, ""), ("https://a.example/", "x" * 300),
                 ("https://b.example/", wide)), 1)]
    found, text = report_of(80, {
        "Send": [{"ID": 80, "Subject": "s" * 400, "EmailName": "n" * 100, "FromName": "f" * 100,
                  "SentDate": "2026-11-10T10:00:00", **millions, "SoftBounces": 0,
                  "OtherBounces": 0}],
        "LinkSend": links,
        "SentEvent": [{**event, "EventType": "Sent", "SubscriberKey": f"a@{'d' * 60}.example"}],
        "BounceEvent": [{**event, "EventType": "HardBounce", "BounceCategory": category}
                        for category in ("b" * 250, wide, "", "")]})
    check({name: row["Count"] for name, row in found["bounces"].items()}
          == {"no category": "2", "b" * 250: "1", wide: "1"}, f"{found['bounces']}")
    with tempfile.TemporaryDirectory() as folder, Browser() as browser:
        path = pathlib.Path(folder, "page.html")
        path.write_text(text)
        for width in (360, 768, 1280):
            page = browser.open(path, width)
            wide = page.evaluate("[...document.querySelectorAll('.scroll, header p, h1, "
                                 ".cards li')].filter(s => s.scrollWidth > s.clientWidth).map("
                                 "s => s.className + s.innerText.slice(0, 40))")
            check(wide == [], f"{width}: {wide}")
            check(page.evaluate("[...document.querySelectorAll('#links ~ .scroll tbody th')].map("
                                "t => t.textContent)") == [one["Link"]["Alias"] or
                                                           one["Link"]["URL"] for one in links],
                  f"{width}: names")


def not_told():
    """A statistic that the service does not tell is none: neither are the rates made of it."""
    found, page = report_of(79, {"Send": [{"ID": 79, "NumberSent": 4, "UniqueOpens": 1}]})
    shown = {name: (row["Count"], row["Percent"]) for name, row in found["rates"].items()}
    check(shown["Opened"] == ("1", "") and shown["Delivered"] == ("", ""), f"{shown}")
    check("n/a" in page.split("Delivered")[1][:60], page.split("Delivered")[1][:60])


def worked_example():
    """Four recipients: John does nothing, Marie opens, Florian opens, clicks 9 times and forwards
    to one who clicks twice, Henry opens and clicks 4 times. People behind clicks and forwards are
    not to be had from the API; the clicks of the one it went to are Florian's there."""
    job, clicks = 77, {"florian": 11, "henry": 4}
    event = {"SendID": job, "EventDate": "2026-11-10T11:00:00"}
    data = {
        "Send": [{"ID": job, "Subject": "<b>Example & Co</b>", "SentDate": "2026-11-10T10:00:00",
                  "NumberTargeted": 4, "NumberSent": 4, "NumberDelivered": 4, "UniqueOpens": 3,
                  "UniqueClicks": 2, "Unsubscribes": 0, "HardBounces": 0, "SoftBounces": 0,
                  "OtherBounces": 0}],
        "LinkSend": [{"SendID": job, "Link": {"ID": 1, "TotalClicks": 15, "UniqueClicks": 2,
                                              "URL": "https://www.example.com/", "Alias": "Shop"}}],
        "SentEvent": [{**event, "SubscriberKey": f"{name}@example.com", "EventType": "Sent"}
                      for name in ("john", "marie", "florian", "henry")],
        "OpenEvent": [{**event, "SubscriberKey": f"{name}@example.com", "EventType": "Open"}
                      for name in ("marie", "florian", "henry")],
        "ClickEvent": [{**event, "SubscriberKey": f"{name}@example.com", "EventType": "Click",
                        "URLID": 1, "URL": "https://www.example.com/"}
                       for name, count in clicks.items() for _ in range(count)]}
    found, text = report_of(job, data)
    rates = {name: (row["Count"], row["Percent"]) for name, row in found["rates"].items()}
    check(rates["Reactivity"] == ("2", "66.67"), f"{rates}")
    check(rates["Distinct clicks"] == ("2", "50.00"), f"{rates}")
    check(rates["Cumulated clicks"] == ("15", "375.00"), f"{rates}")
    check(rates["Opened"] == ("3", "75.00"), f"{rates}")
    check(found["clicked by domain"]["example.com"]["Percent"] == "50.00", f"{found}")
    check(any("forward" in name for name in found["not available"]), f"{found['not available']}")
    check("&lt;b&gt;Example &amp; Co&lt;/b&gt;" in text and "<b>Example" not in text, "not escaped")


def numbers_of(line):
    return [number.replace(",", "") for number in re.findall(r"(?<= )[\d,]+(?= |$)", line)]


def in_the_terminal(settings, found):
    text = ettrack(settings, "report", JOB).decode()
    for part in ("URLs and click streams", "Tracking statistics", "Not available", "█"):
        check(part in text, text)
    for name, row in list(found["links"].items())[:10]:
        check(re.search(rf"{int(row['Count']):,} ", text), f"{name}\n{text}")
    for columns in (40, 60, 80, 120, 200):
        text = on_terminal(settings, columns, ["report", JOB]).replace("\r\n", "\n")
        wide = [line for line in text.splitlines() if len(line) > columns]
        check(not wide, f"wider than {columns}: {wide}")
        check("…" not in re.sub(r"http\S+", "", text), f"{columns}: a name is cut\n{text}")
        sections = dict(re.findall(r"\n([A-Z][^\n]+)\n-+\n(.*?)(?=\n\n[A-Z]|\Z)", text, re.S))
        hot = sections["Hot clicks"]
        check("does not tell" in " ".join(hot.split()), hot)
        check([line for line in hot.splitlines() if "Read the story" in line], hot)
        terminal_domains(sections["Domains"], found, columns)
        terminal_shares(sections, found, columns)
        if columns >= 60:
            links_by_day(sections["URLs and click streams"], found)


def terminal_domains(section, found, columns):
    """The counts that all rates of a domain follow from are there, whatever the width."""
    for name in found["sent by domain"]:
        wanted = [found[f"{part} by domain"][name]["Count"]
                  for part in ("sent", "bounced", "delivered", "opened", "clicked")]
        block = re.search(rf"^  {name}\b(.*(?:\n    .*)*)", section, re.M)[1]
        shown = [number for line in block.splitlines()
                 for number in numbers_of(re.sub(r"[\d.]+ %", "", line))]
        check(shown == wanted, f"{columns}, {name}: {shown}, not {wanted}\n{section}")


def rounded(percent):
    return f"{float(percent):.{2 if 0 < float(percent) < 10 else 1}f} %"


def terminal_shares(sections, found, columns):
    """Bounces of all messages sent, reactivity of each domain, and points of the curves."""
    for name, row in found["bounces of sent"].items():
        line = re.search(rf"^  {re.escape(name)}\s+(.*)$", sections["Bounces"], re.M)[1]
        wanted = [rounded(found["bounces"][name]["Percent"]), rounded(row["Percent"])]
        check(re.findall(r"[\d.]+ %", line) == wanted, f"{columns} {name}: {line}, not {wanted}")
    for name, row in found["reactivity by domain"].items():
        check(rounded(row["Percent"]) in sections["Domains"], f"{columns} {name}: no {row}")
    shown = [tuple(re.findall(r"[\d.]+ %", line)) for line in
             sections["Tracking statistics"].split("had come")[1].splitlines() if "%" in line]
    wanted = list(zip(*([rounded(row["Percent"]) for row in
                         list(found[f"{kind} come after seconds"].values())[8::8]]
                        for kind in ("opens", "clicks"))))
    check(shown == wanted, f"{columns}: {shown}, not {wanted}")


def links_by_day(section, found):
    table = section.split("Clicks per day, by link")[1].splitlines()
    check(numbers_of(table[0]) == ["1", "2", "3"], table[0])
    for line in table[1:]:
        name = re.match(r"  (.*?)  ", line)[1]
        if "…" in name:
            continue
        wanted = [found[f"clicks on day {day}"].get(name, {"Count": "0"})["Count"]
                  for day in (1, 2, 3)]
        check(numbers_of(line) == wanted, f"{line}, not {wanted}")


def accounts(settings):
    """A send of a business unit says whose it is, as soon as more than one may be."""
    job = next(row["ID"] for row in rows(settings, "sends", "--since", "2020-01-01", "--mid",
                                         "10002"))
    for which in (["--all-accounts"], ["--mid", "10002"], ["--mid", "10002", "--mid", "10003"]):
        text = ettrack(settings, "report", job, *which).decode()
        check("\n  Account  10002\n" in text, f"{which}: {text[:200]}")
        several = len(which) != 2
        shown = rows(settings, "report", job, *which)
        check({row.get("Client.ID") for row in shown} == {"10002" if several else None}, which)
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder, "report.html")
        ettrack(settings, "report", job, "--all-accounts", "--html", str(path))
        check("account 10002" in path.read_text().split("</header>")[0], "no account on the page")


with Etsim() as simulator:
    settings = simulator.settings
    found, truth = figures(settings, JOB), Truth(settings, JOB)
    links(found, truth, rates(found, truth))
    times(found, truth)
    curves(found, truth)
    top_of_all(settings, found)
    bounces_and_domains(found, truth)
    average(settings)
    in_the_terminal(settings, found)
    accounts(settings)
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder, "report.html")
        check(ettrack(settings, "report", JOB, "--compare", "--html", str(path)) == b"", "stdout")
        page = ettrack(settings, "report", JOB, "--compare", "--html", "/dev/stdout")  # a pipe
        check(page[:99] == path.read_bytes()[:99] and page.endswith(b"</html>\n"), f"{page[-99:]}")
        check(re.search(r"Averages are those of \d+ sends of the last six months, without this one "
                        r"and triggered ones\.", path.read_text()), "the page: an average of what?")
        look(path, found)
worked_example()
average_of_like_sends()
not_told()
messages_and_recipients()
long_names()
