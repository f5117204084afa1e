"""`etwsdl check --sources`: what programs on the stubs lose with a new contract."""
import argparse
import pathlib
import sys
import unittest

from contract import XSD, Contract, Folder

OPTIONS = argparse.Namespace()

PROGRAM = """\
#include <etsoap/stubs.h>
/* send->EmailName, et__SimpleOperators__like: a comment */
static const char *text = "send->EmailName et__SimpleOperators__like";

struct mine { struct et__Send *sends[4]; int EmailName; };

int use(struct soap *soap, struct et__Send *send, struct mine *mine) {
  struct et__LinkSend first = {.SendID = 1, .Link = NULL}, *second = &first;
  struct _et__CreateRequest request = {0};
  request.Objects = NULL;
  send->EmailName = "x";
  mine->sends[2]->EmailName = mine->EmailName ? "y" : NULL;
  send->Email->ID = NULL;
  second->Link->Alias = "z";
  enum et__SimpleOperators operator = et__SimpleOperators__like;
  return soap_call___et__Query(soap, NULL, NULL, NULL, NULL) + (int)operator;
}
"""


class Sources(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = Folder(OPTIONS.etwsdl, OPTIONS.wsdl)
        cls.contract = Contract(OPTIONS.wsdl)
        cls.sources = cls.folder.path / "sources"
        (cls.sources / "deep").mkdir(parents=True)
        (cls.sources / "deep" / "mailer.c").write_text(PROGRAM)
        (cls.sources / "notes.txt").write_text("send->EmailName")
        (cls.sources / ".hidden.c").write_text(PROGRAM)

    @classmethod
    def tearDownClass(cls):
        cls.folder.close()

    def check(self, change, *options):
        contract = self.contract.copy()
        change(contract)
        return self.folder.run("check", "--sources", self.sources, "--against",
                               self.folder.original, self.folder.write(contract.text()), *options)

    def lost(self, change, *expected):
        """Exactly these lines, each with its place."""
        done = self.check(change)
        lines = done.stdout.splitlines()
        where = f"{self.sources}/deep/mailer.c:"
        self.assertEqual([line.removeprefix(where) for line in lines[:-1]], list(expected))
        self.assertTrue(lines[-1].endswith(f"{len(expected)} lost"), lines[-1])
        self.assertIn(": 1 sources with ", lines[-1])
        self.assertEqual(done.returncode, 1 if expected else 0, done.stderr)

    @staticmethod
    def without(type_name, field_name):
        def change(contract):
            field = contract.find(type_name, field_name)
            field.parentNode.removeChild(field)
        return change

    def test_nothing(self):
        self.lost(lambda c: c.sequence("Send").appendChild(c.field("Added", minOccurs="0")))

    def test_a_member_wherever_it_is_reached(self):
        text = "EmailName of struct et__Send (Send.EmailName, char *) is gone"
        self.lost(self.without("Send", "EmailName"), f"11:9: {text}", f"12:19: {text}")
        self.lost(self.without("Link", "Alias"),
                  "14:17: Alias of struct et__Link (Link.Alias, char *) is gone")
        self.lost(self.without("APIObject", "ID"),
                  "13:16: ID of struct et__Email (Email.ID, int *) is gone")

    def test_a_member_of_another_type(self):
        def change(contract):
            contract.find("LinkSend", "SendID").setAttribute("type", "xsd:string")
        self.lost(change, "8:33: SendID of struct et__LinkSend (LinkSend.SendID) is char * now, "
                          "was int *")

        def required(contract):
            contract.find("LinkSend", "SendID").setAttribute("minOccurs", "1")
        self.lost(required, "8:33: SendID of struct et__LinkSend (LinkSend.SendID) is int now, "
                            "was int *")

    def test_a_type_a_constant_a_stub(self):
        def no_value(contract):
            for node in contract.simple["SimpleOperators"].getElementsByTagNameNS(
                    XSD, "enumeration"):
                if node.getAttribute("value") == "like":
                    node.parentNode.removeChild(node)
        self.lost(no_value, "15:39: et__SimpleOperators__like: SimpleOperators value like is gone")

        def no_type(contract):
            contract.schema.removeChild(contract.complex["LinkSend"])
            for name, node in contract.elements.items():
                if node.getAttribute("type") == "tns:LinkSend":
                    contract.schema.removeChild(node)
        done = self.check(no_type)
        self.assertIn("mailer.c:8:10: et__LinkSend: type LinkSend is gone", done.stdout)

        def no_operation(contract):
            for holder in (contract.port_type(), contract.binding()):
                holder.removeChild(contract.operation(holder, "Query"))
        self.lost(no_operation, "16:10: soap_call___et__Query: operation Query is gone")

    def test_what_cannot_be_read(self):
        done = self.folder.run("check", "--sources", self.folder.path / "none", "--against",
                               self.folder.original, self.folder.original)
        self.assertEqual(done.returncode, 1)
        self.assertIn("cannot read", done.stderr)
        done = self.folder.run("check", "--sources", self.sources, self.folder.original)
        self.assertEqual(done.returncode, 1, "no wsdl/ here and no --against")


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--etwsdl", required=True)
    parser.add_argument("--wsdl", required=True)
    parser.parse_args(namespace=OPTIONS)
    unittest.main(argv=sys.argv[:1])
