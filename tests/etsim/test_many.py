"""What an element, a column, a row or an event costs does not depend on how many there are: the
processor time of four times as many is about four times that of some, where a search for each of
them through the others would make it sixteen times."""

import time
import unittest

from etsim_client import ET_NS, Etsim, processor_seconds, simple

TIMES, MOST = 4, 9
CLOCK = "2026-11-10T10:00:00"


def request(operation, objects, options="<Options/>"):
    return f'<{operation}Request xmlns="{ET_NS}">{options}{objects}</{operation}Request>'


def people(tag, count):
    return "".join(
        f"<{tag}><EmailAddress>qx{i}@example.com</EmailAddress><SubscriberKey>qx{i}</SubscriberKey>"
        f"</{tag.split()[0]}>" for i in range(count))


class Cost:
    """A server of its own; what goes on in `with` counts."""

    def __init__(self, *options):
        self.sim = Etsim("--subscribers", "20", "--sends", "1", *options)
        self.sim.validates = False  # it would be asked for the contract, and that cost counted
        self.seconds = 0.0

    def __enter__(self):
        self.begun = processor_seconds(self.sim.process.pid)
        return self.sim

    def __exit__(self, *_):
        self.seconds += processor_seconds(self.sim.process.pid) - self.begun

    def stop(self):
        self.sim.stop()
        return self.seconds


class Many(unittest.TestCase):
    def linear(self, cost_of, count):
        """cost_of(n) is what n take."""
        some, many = cost_of(count), cost_of(count * TIMES)
        print(f"{self.id().split('.')[-1]}: {count}: {some:.2f} s, {count * TIMES}: {many:.2f} s")
        self.assertGreater(many, 0.05, "too little to be measured")
        # a clock tick more or less is no finding
        self.assertLess(many, MOST * max(some, 0.02))

    def good(self, answer):
        self.assertEqual(answer.status, 200, answer.data[:2000])
        self.assertEqual(answer.overall, "OK", answer.data[:2000])
        return answer

    def test_recipients_of_a_triggered_send(self):
        """New ones, then the same ones again."""
        def cost(count):
            spent = Cost()
            body = request("Create", '<Objects xsi:type="TriggeredSend"><TriggeredSendDefinition>'
                           "<CustomerKey>order-confirmation</CustomerKey></TriggeredSendDefinition>"
                           + people("Subscribers", count) + "</Objects>")
            with spent as sim:
                self.good(sim.call(body, "Create"))
                self.good(sim.call(body, "Create"))
            where = simple("SubscriberKey", "like", "qx")
            last = list(spent.sim.pages("Subscriber", ["SubscriberKey"], where))[-1].rows[-1]
            self.assertEqual(last["SubscriberKey"], f"qx{count - 1}")
            return spent.stop()
        self.linear(cost, 6000)

    def test_what_follows_of_it(self):
        """Bounces, opens and clicks, each at a date of its own, all of them over at last."""
        def cost(count):
            spent = Cost("--clock", CLOCK + ",x100000")
            body = request("Create", '<Objects xsi:type="TriggeredSend"><TriggeredSendDefinition>'
                           "<CustomerKey>sign-up</CustomerKey></TriggeredSendDefinition>"
                           + people("Subscribers", count) + "</Objects>")
            where = simple("TriggeredSendDefinitionObjectID", "isNotNull")
            with spent as sim:
                self.good(sim.call(body, "Create"))
                time.sleep(0.3)  # eight hours
                events = [sum(len(page.rows) for page in sim.pages(kind, ["SubscriberKey"], where))
                          for kind in ("SentEvent", "OpenEvent", "BounceEvent")]
            past = 40  # of the other definitions
            self.assertEqual(events[0], count + past)
            self.assertGreater(events[1], count * 0.55)
            self.assertGreater(events[2], count * 0.03)
            return spent.stop()
        self.linear(cost, 4000)

    def test_objects_of_an_asynchronous_request(self):
        def cost(count):
            spent = Cost("--clock", CLOCK + ",x1000")
            options = "<Options><RequestType>Asynchronous</RequestType></Options>"
            body = request("Create", people('Objects xsi:type="Subscriber"', count), options)
            with spent as sim:
                self.good(sim.call(body, "Create"))
                while not sim.all_rows("ResultMessage", ["OverallStatusCode"]):
                    pass
            return spent.stop()
        self.linear(cost, 4000)

    def test_values_of_an_in(self):
        """Looked for in as many rows, as texts and as numbers; the last row is one of them."""
        def cost(count):
            spent = Cost("--subscribers", str(count))
            sim = spent.sim
            last = sim.all_rows("Subscriber", ["ID", "EmailAddress"])[-1]
            for name, other in (("EmailAddress", "nobody{}@example.com"), ("ID", "9{}")):
                where = simple(name, "IN", *map(other.format, range(count)), last[name].upper())
                for _ in range(5):
                    with spent:
                        rows = sim.all_rows("Subscriber", ["ID"], where)
                    self.assertEqual([row["ID"] for row in rows], [last["ID"]])
            return spent.stop()
        self.linear(cost, 4000)

    def test_columns_of_data_extensions(self):
        """Made, changed and read, at the most columns that there can be."""
        def cost(count):
            spent = Cost()
            fields = "".join(f"<Field><Name>Column {i}</Name></Field>" for i in range(count))
            objects = "".join(f'<Objects xsi:type="DataExtension"><CustomerKey>wide {i}'
                              f"</CustomerKey><Fields>{fields}</Fields></Objects>"
                              for i in range(20))
            where = simple("DataExtension.CustomerKey", "like", "wide")
            with spent as sim:
                self.good(sim.call(request("Create", objects), "Create"))
                self.good(sim.call(request("Update", objects), "Update"))
                pages = sim.pages("DataExtensionField", ["Name"], where)
                self.assertEqual(sum(len(page.rows) for page in pages), 20 * count)
            return spent.stop()
        self.linear(cost, 1000)

    def test_columns_of_rows(self):
        """Added, changed, read and deleted, all columns but one in ten with a value."""
        def cost(count):
            spent = Cost()
            sim = spent.sim
            names = [f"Column {i}" for i in range(count - 1)]  # and the key
            fields = "".join(f"<Field><Name>{name}</Name></Field>" for name in names)
            key = ("<Field><Name>Key</Name><IsPrimaryKey>true</IsPrimaryKey>"
                   "<IsRequired>true</IsRequired></Field>")
            self.good(sim.call(request(
                "Create", '<Objects xsi:type="DataExtension"><CustomerKey>wide</CustomerKey>'
                f"<Fields>{fields}{key}</Fields></Objects>"), "Create"))

            def rows(operation):
                values = "".join(f"<Property><Name>{name}</Name><Value>{operation}</Value>"
                                 "</Property>" for i, name in enumerate(names) if i % 10)
                return request(operation, "".join(
                    '<Objects xsi:type="DataExtensionObject"><CustomerKey>wide</CustomerKey>'
                    f"<Properties><Property><Name>Key</Name><Value>{i}</Value></Property>{values}"
                    "</Properties></Objects>" for i in range(10)))
            with spent:
                for operation in ("Create", "Update"):
                    self.good(sim.call(rows(operation), operation))
                    answer = self.good(sim.retrieve("DataExtensionObject[wide]", names))
                    self.assertEqual(answer.data.count(f"<Value>{operation}</Value>".encode()),
                                     10 * sum(i % 10 > 0 for i in range(count - 1)))
                    self.assertEqual(len(answer.results), 10)
                self.good(sim.call(rows("Delete"), "Delete"))
            self.assertEqual(len(sim.retrieve("DataExtensionObject[wide]", ["Key"]).results), 0)
            return spent.stop()
        self.linear(cost, 1000)

    def test_rows_of_a_data_extension(self):
        """By a key of two columns, of which the first alone says little."""
        def cost(count):
            spent = Cost()
            sim = spent.sim
            self.good(sim.call(request(
                "Create", '<Objects xsi:type="DataExtension"><CustomerKey>long</CustomerKey>'
                "<Fields>" +
                "".join(f"<Field><Name>{name}</Name><IsPrimaryKey>true</IsPrimaryKey></Field>"
                          for name in ("Send", "Who")) + "<Field><Name>Value</Name></Field>"
                "</Fields></Objects>"), "Create"))

            def rows(value, begin, end):
                return request("Update", "".join(
                    '<Objects xsi:type="DataExtensionObject"><CustomerKey>long</CustomerKey>'
                    "<Properties><Property><Name>Send</Name><Value>1</Value></Property><Property>"
                    f"<Name>Who</Name><Value>{i}</Value></Property><Property><Name>Value</Name>"
                    f"<Value>{value}</Value></Property></Properties></Objects>"
                    for i in range(begin, end)),
                    "<Options><SaveOptions><SaveOption><PropertyName>*</PropertyName><SaveAction>"
                    "UpdateAdd</SaveAction></SaveOption></SaveOptions></Options>")
            with spent:
                for value in ("a", "b"):
                    for begin in range(0, count, 50):
                        self.good(sim.call(rows(value, begin, begin + 50), "Update"))
            pages = list(sim.pages("DataExtensionObject[long]", ["Value"]))
            self.assertEqual(sum(len(page.results) for page in pages), count)
            self.assertEqual(sum(page.data.count(b"<Value>b</Value>") for page in pages), count)
            return spent.stop()
        self.linear(cost, 2000)

    def test_deletes(self):
        """With the lists that they are on."""
        def cost(count):
            spent = Cost()
            sim = spent.sim
            on = "<Lists><ID>1723001</ID></Lists>"
            for begin in range(0, count, 50):
                objects = "".join(
                    f'<Objects xsi:type="Subscriber"><EmailAddress>qx{i}@example.com</EmailAddress>'
                    f"<SubscriberKey>qx{i}</SubscriberKey>{on}</Objects>"
                    for i in range(begin, begin + 50))
                with spent:
                    self.good(sim.call(request("Create", objects), "Create"))
            for begin in range(0, count, 50):
                objects = "".join(f'<Objects xsi:type="Subscriber"><SubscriberKey>qx{i}'
                                  "</SubscriberKey></Objects>" for i in range(begin, begin + 50))
                with spent:
                    self.good(sim.call(request("Delete", objects), "Delete"))
            where = simple("SubscriberKey", "like", "qx")
            self.assertEqual(sim.all_rows("Subscriber", ["SubscriberKey"], where), [])
            self.assertEqual(sim.all_rows("ListSubscriber", ["SubscriberKey"], where), [])
            return spent.stop()
        self.linear(cost, 2000)


if __name__ == "__main__":
    unittest.main()
