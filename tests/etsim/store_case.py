"""What the tests of things that stay share: requests that write, and rows of data extensions."""

import unittest

from etsim_client import ET_NS, XSI, Etsim, escape, local


def objects(*items, options="<Options/>", operation="Create"):
    """Items are (type, inner XML)."""
    body = "".join(f'<Objects xsi:type="{kind}">{inner}</Objects>' for kind, inner in items)
    return f'<{operation}Request xmlns="{ET_NS}">{options}{body}</{operation}Request>'


def save_option(action):
    return ("<Options><SaveOptions><SaveOption><PropertyName>*</PropertyName>"
            f"<SaveAction>{action}</SaveAction></SaveOption></SaveOptions></Options>")


def fields(*names, **more):
    def one(name):
        kind, *flags = more.get(name, "Text").split()
        key = "<IsPrimaryKey>true</IsPrimaryKey>" if "IsPrimaryKey" in flags else ""
        required = "<IsRequired>true</IsRequired>" if "IsRequired" in flags else ""
        return f"<Field><Name>{name}</Name>{required}{key}<FieldType>{kind}</FieldType></Field>"

    return f"<Fields>{''.join(map(one, names))}</Fields>"


def row(key, **values):
    pairs = "".join(f"<Property><Name>{n}</Name><Value>{escape(v)}</Value></Property>"
                    for n, v in values.items())
    return ("DataExtensionObject", f"<CustomerKey>{key}</CustomerKey>"
            f"<Properties>{pairs}</Properties>")


class StoreCase(unittest.TestCase):
    def setUp(self):
        self.sim = Etsim("--subscribers", "500", "--sends", "4")

    def tearDown(self):
        self.sim.stop()

    def send(self, operation, *items, options="<Options/>"):
        answer = self.sim.call(objects(*items, options=options, operation=operation), operation)
        self.assertEqual(answer.status, 200)
        order = [local(child.tag) for child in answer.message]
        self.assertEqual(order, ["Results"] * len(answer.results) + ["RequestID", "OverallStatus"])
        return answer

    def create(self, *items, **more):
        return self.send("Create", *items, **more)

    def codes(self, answer):
        return [(r["StatusCode"], r.get("ErrorCode")) for r in answer.rows]

    def column_rows(self, key, columns, where="", **more):
        rows = []
        for answer in self.sim.pages(f"DataExtensionObject[{key}]", columns, where, **more):
            for result in answer.results:
                self.assertEqual(result.get(f"{{{XSI}}}type"), "DataExtensionObject")
                rows.append({p[0].text: p[1].text or "" for p in
                             result.find(f"{{{ET_NS}}}Properties")})
        return rows

    def log_unsub(self, **parameters):
        pairs = "".join(f"<Parameters><Name>{n}</Name><Value>{escape(v)}</Value></Parameters>"
                        for n, v in parameters.items())
        answer = self.sim.call(
            f'<ExecuteRequestMsg xmlns="{ET_NS}"><Requests><Name>LogUnsubEvent</Name>{pairs}'
            "</Requests></ExecuteRequestMsg>", "Execute")
        self.assertEqual([local(child.tag) for child in answer.message],
                         ["OverallStatus", "RequestID", "Results"])
        return answer.rows[0].get("ErrorCode") or answer.rows[0]["StatusMessage"]

    def execute(self, name, **parameters):
        pairs = "".join(f"<Parameters><Name>{n}</Name><Value>{escape(v)}</Value></Parameters>"
                        for n, v in parameters.items())
        answer = self.sim.call(f'<ExecuteRequestMsg xmlns="{ET_NS}"><Requests><Name>{name}</Name>'
                               f"{pairs}</Requests></ExecuteRequestMsg>", "Execute")
        return answer.results[0]
