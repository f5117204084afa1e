"""Answers to a Retrieve, written as a service might and as none should."""

CONTRACT = "http://exacttarget.com/wsdl/partnerAPI"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
SOAP = ("http://schemas.xmlsoap.org/soap/envelope/", "http://www.w3.org/2003/05/soap-envelope")

TEXTS = ["", " ", "Ulm", "00123", " tail ", "a\nb", "a\r\nb", "a\rb", "x < y & z > \"q\" 'r'",
         "grüß", "日本語", "😀 astral", "tab\there", "]] >", "1e5", "A" * 300, "é" * 700,
         "https://example.com/?a=1&b=2"]
NUMBERS = ["0", "1", "-5", "12043295", "99999999999", "0012", "+12", " 7 ", "", "x", "1.5", "1e3"]
BOOLEANS = ["true", "false", "0", "1", "True", "", "maybe", " true "]
DATES = ["2026-10-31T08:45:00.71", "2019-11-07T11:26:19.142-06:00", "", "yesterday"]
BINARY = ["QUJD", "QUI=", "QQ==", "Q U J D", "!!", ""]
ENUMS = ["Active", "Sent", "Click", " Active ", "NewValue", "", "None"]

# A row's members: name, and the values it may have or its members.
EVENT = [("Client", [("ID", NUMBERS)]), ("PartnerKey", TEXTS),
         ("PartnerProperties", [("Name", ["ListID", "SubscriberID"]), ("Value", TEXTS)]),
         ("PartnerProperties", [("Name", TEXTS), ("Value", TEXTS)]), ("CreatedDate", DATES),
         ("ObjectID", TEXTS), ("SendID", NUMBERS), ("SubscriberKey", TEXTS), ("EventDate", DATES),
         ("EventType", ENUMS), ("BatchID", NUMBERS)]
ROWS = {
    "SentEvent": EVENT,
    "ClickEvent": EVENT + [("URLID", NUMBERS), ("URL", TEXTS)],
    "BounceEvent": EVENT + [("SMTPCode", NUMBERS), ("BounceCategory", TEXTS)],
    "DataExtensionObject": [
        ("Type", TEXTS),
        ("Properties", [("Property", [("Name", TEXTS), ("Value", TEXTS)]),
                        ("Property", [("Name", TEXTS), ("Value", TEXTS)])])],
    "Subscriber": [("EmailAddress", TEXTS), ("Attributes", [("Name", TEXTS), ("Value", TEXTS)]),
                   ("Attributes", [("Name", TEXTS), ("Value", TEXTS)]), ("SubscriberKey", TEXTS),
                   ("Status", ENUMS), ("Lists", [("ID", NUMBERS), ("Status", ENUMS)])],
    "Account": [("AccountType", ENUMS), ("ParentID", NUMBERS), ("Name", TEXTS),
                ("IsActive", BOOLEANS), ("InheritAddress", BOOLEANS)],
    "AccountUser": [("AccountUserID", NUMBERS), ("UserID", TEXTS), ("Delete", NUMBERS),
                    ("MustChangePassword", BOOLEANS), ("LastSuccessfulLogin", DATES)],
    "Email": [("ID", NUMBERS), ("Name", TEXTS), ("HTMLBody", TEXTS),
              ("ContentAreas", [("ID", NUMBERS), ("Content", TEXTS)]),
              ("ContentAreas", [("Key", TEXTS), ("IsDynamicContent", BOOLEANS)]),
              ("IsHTMLPaste", BOOLEANS)],
    "PublicKeyManagement": [("Name", TEXTS), ("Key", BINARY)],
    "EventOfANewerService": [("ObjectID", TEXTS), ("Newer", [("Deep", TEXTS), ("Deep", NUMBERS)]),
                             ("Plain", TEXTS)],
    None: [("Name", TEXTS), ("ID", NUMBERS), ("IsPlatformObject", BOOLEANS)],
}
# Of those, what the contract has once, in rows that it declares.
ARRAYS = ("PartnerProperties", "Attributes", "Lists", "ContentAreas")
SINGLE = {kind: [name for name, _ in members if name not in ARRAYS]
          for kind, members in ROWS.items() if kind and "Newer" not in kind}


class Writer:
    """Writes elements in the many ways that mean the same."""

    def __init__(self, dice):
        self.dice = dice
        self.prefix = dice.choice(["", "", "par:", "ns1:"])
        self.space_often = dice.random() < 0.3
        self.odd = dice.random() < 0.3

    def chance(self, probability):
        return self.dice.random() < probability

    def reference(self, character):
        code = ord(character)
        zeros = "0" * self.dice.choice([0, 0, 1, 5])
        return self.dice.choice([f"&#{zeros}{code};", f"&#x{zeros}{code:x};", f"&#x{code:X};"])

    def text(self, value):
        if value and "]]>" not in value and self.chance(0.15):
            cut = self.dice.randrange(len(value) + 1)
            return f"<![CDATA[{value[:cut]}]]>" + self.escaped(value[cut:])
        return self.escaped(value)

    def escaped(self, value):
        named = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&apos;"}
        made = []
        for character in value:
            if character in "&<" or (character in ">\"'" and self.chance(0.5)):
                made.append(named[character])
            elif self.chance(0.02):
                made.append(self.reference(character))
            else:
                made.append(character)
            if self.odd and self.chance(0.01):
                made.append("<!-- c -->")
        return "".join(made)

    def between(self):
        if self.odd and self.chance(0.1):
            return self.dice.choice(["<!-- a > b -->", "<?pi x?>", "\n\t "])
        return self.dice.choice(["\n", "  ", "\r\n"]) if self.space_often else ""

    def attribute(self, name, value):
        quote = self.dice.choice("\"'")
        blank = self.dice.choice([" ", "  ", "\n"]) if self.odd else " "
        return f"{blank}{name}={quote}{value}{quote}"

    def element(self, name, content, attributes=""):
        tag = self.prefix + name
        blank = self.dice.choice(["", " "])
        if not content and self.chance(0.6):
            return f"<{tag}{attributes}{blank}/>"
        return f"<{tag}{attributes}>{content}</{tag}{blank if self.odd else ''}>"

    def member(self, name, values):
        if self.chance(0.08):
            says = self.dice.choice(["true", "1", " true ", "false", "no"])
            nil = self.attribute("xsi:nil", says)
            return self.element(name, self.text("v") if self.chance(0.03) else "", nil)
        if isinstance(values[0], tuple):
            return self.element(name, self.members(values))
        extra = self.attribute("xsi:type", "xsd:string") if self.chance(0.02) else ""
        if self.chance(0.01):
            return f'<o:{name} xmlns:o="urn:other">{self.text("o")}</o:{name}>'
        return self.element(name, self.text(self.dice.choice(values)), extra)

    def members(self, values):
        chosen = [pair for pair in values if self.chance(0.75)]
        if self.chance(0.1):
            self.dice.shuffle(chosen)
        if chosen and self.chance(0.01):
            chosen.append(self.dice.choice(chosen))
        made = [self.member(*pair) for pair in chosen]
        return "".join(self.between() + one for one in made) + self.between()

    def row(self):
        kind = self.dice.choice(list(ROWS))
        prefix = self.prefix if self.chance(0.9) else "nobody:"
        typed = self.attribute("xsi:type", prefix + kind) if kind else ""
        return self.element("Results", self.members(ROWS[kind]), typed)


def envelope(dice):
    writer = Writer(dice)
    soap = dice.choice(SOAP)
    outer = dice.choice(["soap", "S", "env"])
    parts = [writer.element("OverallStatus", dice.choice(["OK", "MoreDataAvailable", " OK "])),
             writer.element("RequestID", "5d1c1b22-0001")]
    parts += [writer.row() for _ in range(dice.randrange(4))]
    if writer.chance(0.2):
        dice.shuffle(parts)
    body = "".join(writer.between() + part for part in parts)
    name = writer.prefix[:-1]
    declared = writer.attribute(f"xmlns:{name}" if name else "xmlns", CONTRACT)
    answer = writer.element("RetrieveResponseMsg", body, declared)
    if writer.chance(0.03):
        answer = (f"<{outer}:Fault><faultcode>{outer}:Server</faultcode><faultstring>no"
                  f"</faultstring></{outer}:Fault>")
    header = ""
    if writer.chance(0.4):
        header = (f'<{outer}:Header><a:To xmlns:a="urn:a" a:b="c">text <i/> more</a:To>'
                  f"</{outer}:Header>")
    content = [header, f"<{outer}:Body>{answer}{writer.between()}</{outer}:Body>"]
    if writer.chance(0.1):
        content.reverse()
    text = (f'<{outer}:Envelope xmlns:{outer}="{soap}"{writer.attribute("xmlns:xsi", XSI)} '
            f'xmlns:xsd="http://www.w3.org/2001/XMLSchema">{writer.between().join(content)}'
            f"</{outer}:Envelope>")
    return text + writer.between()


def encode(dice, text):
    """Bytes of a document, in one of the encodings."""
    choice = dice.randrange(12)
    if choice == 0:
        return b"\xef\xbb\xbf" * dice.choice([1, 1, 1, 2]) + text.encode()
    if choice in (1, 2):
        name = dice.choice(["utf-16-le", "utf-16-be"])
        mark = (b"\xff\xfe" if name == "utf-16-le" else b"\xfe\xff") * dice.choice([1] * 9 + [2])
        declared = dice.choice(["", '<?xml version="1.0" encoding="UTF-16"?>'])
        return mark + (declared + text).encode(name)
    if choice == 3:
        declared = '<?xml version="1.0" encoding="ISO-8859-1"?>'
        return (declared + text).encode("latin-1", "xmlcharrefreplace")
    if choice == 4:
        declared = "<?xml version='1.0' encoding='us-ascii'?>"
        return (declared + text).encode("ascii", "xmlcharrefreplace")
    declared = dice.choice(["", "", '<?xml version="1.0" encoding="utf-8"?>',
                            '<?xml version="1.0"?>\n'])
    return (declared + text).encode()


def mutate(dice, text):
    """Text of a document that is likely to be wrong now."""
    at = dice.randrange(len(text))
    end = min(len(text), at + dice.randrange(1, 30))
    choice = dice.randrange(12)
    if choice == 0:
        return text[:at] + text[end:]
    if choice == 1:
        odd = dice.choice(["<", ">", "&", "x", "\"", "/", " ", "]]>", "\x01", "\0"])
        return text[:at] + odd + text[at:]
    if choice == 2:
        return text[:at] + text[at:end] + text[at:]
    if choice == 3:
        return text[:at]
    if choice == 4:
        return text + dice.choice(["x", "<a/>", "&amp;", "<!-- fine -->", "<?fine?>", "\n"])
    if choice == 5:
        before = ["<!DOCTYPE a>", "<!DOCTYPE a [<!ENTITY b 'c'>]>", "<!-- fine -->"]
        return dice.choice(before) + text
    tags = [place for place, character in enumerate(text) if character == "<"]
    at = dice.choice(tags)
    if choice == 6:
        stray = ["x", "&#x;", "&undefined;", "&#0;", "&#32;", "&#xD800;", "<q:a/>", "</a>",
                 "<![CDATA[ ]]>", "<![CDATA[x]]>"]
        return text[:at] + dice.choice(stray) + text[at:]
    if choice == 7:
        return text[:at + 1] + dice.choice(["z", "q:", "/", " "]) + text[at + 1:]
    if choice == 8:
        close = text.find(">", at)
        odd = [' a="1" a="2"', " b", ' c="<"', ' d="&#x41;"', ' e="x>y"', ' xmlns:f=""', ' g:h="1"']
        return text[:close] + dice.choice(odd) + text[close:]
    if choice == 9:
        return text.replace("Results", dice.choice(["Result", "results", "Results "]), 1)
    if choice == 10:
        return text[:at] + "<New><Deep>1</Deep><Deep>  </Deep></New>" + text[at:]
    return text.replace("Body", "Boy", dice.choice([1, 2]))


def generate(dice):
    """The bytes of an answer and the size of the pieces that it comes in, 0 for one piece."""
    text = envelope(dice)
    if dice.random() < 0.4:
        text = mutate(dice, text)
    data = encode(dice, text)
    # Not in UTF-16, where another byte is another letter, and the editions of XML 1.0 differ in
    # which of them may be in a name.
    if dice.random() < 0.05 and data[:2] not in (b"\xff\xfe", b"\xfe\xff"):
        at = dice.randrange(len(data))
        data = data[:at] + bytes([dice.randrange(256)]) + data[at + dice.randrange(2):]
    return data, dice.choice([0, 0, 1, 2, 7, 64, 1000])
