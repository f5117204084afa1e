"""The validator itself: every answer passes it when a server stops, so it has to find errors."""

import unittest

import answers
from etsim_client import CASES, DEMO_SEND, ET_NS, Etsim, retrieve_body, simple

BODY = retrieve_body("Send", ["ID", "NumberSent"], simple("ID", "equals", DEMO_SEND))


class Answers(unittest.TestCase):
    def wrong_with(self, change):
        """What the validator says of an answer that was changed."""
        with Etsim("--subscribers", "10", "--sends", "1") as sim:
            answer = sim.call(BODY)
            changed = change(answer.data)
            self.assertNotEqual(changed, answer.data)
            sim.validator.add(changed)
            wrong = sim.validator.close()
            sim.validator = None
            return wrong

    def test_what_is_wrong_is_found(self):
        for old, new, word in (
            (b"<RequestID>", b"<RequestId>", "mismatch"),
            (b"<NumberSent>10<", b"<NumberSent>ten<", "not a valid value"),
            (b"<ID>", b"<Nonsense/><ID>", "not expected"),
            (b'xsi:type="Send"', b'xsi:type="Sent"', "type"),
            (f'xmlns="{ET_NS}"'.encode(), b"", "No matching global element"),
        ):
            with self.subTest(new):
                self.assertIn(word, self.wrong_with(lambda data: data.replace(old, new, 1)))

    def test_rows_that_no_contract_declares_are_held_too(self):
        with Etsim() as sim:
            answer = sim.retrieve("AccountUserAccount", ["Account.ID", "AccountUser.AccountUserID"])
            self.assertEqual(len(answer.rows), 4)
            validator, sim.validator = sim.validator, None
            validator.add(answer.data.replace(b"<ID>10001</ID>", b"<ID>x</ID>"))
            wrong = validator.close()
            self.assertIn("'x' is not a valid value", wrong)
            self.assertNotIn("1.xml", wrong)

    def test_recordings_are_held_but_for_their_rows(self):
        with Etsim("--data", "none", "--load", CASES / "recorded_events.xml") as sim:
            sim.validates = True
            answer = sim.retrieve("SentEvent", ["SendID", "NewerProperty"])
            self.assertTrue(answer.rows)
            whole, sim.validator = sim.validator, None
            self.assertIn("NewerProperty", whole.close())

            def wrong_with(data):
                validator = sim.new_validator()
                validator.add(answers.without_recorded(data))
                return validator.close()
            self.assertEqual(wrong_with(answer.data), "")
            self.assertIn("not expected", wrong_with(answer.data.replace(b"RequestID", b"Other")))

    def test_faults_are_held_against_their_schema(self):
        with Etsim("--fault", "Retrieve:fault=17") as sim:
            for version in (1, 2):
                sim.call(BODY, version=version)
            data = sim.call(BODY).data
            sim.validator.add(data.replace(b"<Code>17<", b"<Code>x<"))
            self.assertIn("Code", sim.validator.close())
            sim.validator = None


if __name__ == "__main__":
    unittest.main()
