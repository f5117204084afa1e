"""`etwsdl check --sources`: what programs on the stubs lose with a new contract."""
import argparse
import re
import subprocess
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
        self.assertIn(": 1 source with ", lines[-1])
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

    def test_a_member_of_the_same_type_that_is_reached_otherwise(self):
        """One of several, one alone, one of a choice: the C type alone does not tell."""
        def occurs(type_, field, most):
            return lambda c: c.find(type_, field).setAttribute("maxOccurs", most)
        self.lost(occurs("LinkSend", "SendID", "unbounded"),
                  "8:33: SendID of struct et__LinkSend (LinkSend.SendID) is int *, counted by "
                  "__sizeSendID now, was int *")
        self.lost(occurs("LinkSend", "Link", "unbounded"),
                  "8:46: Link of struct et__LinkSend (LinkSend.Link) is struct et__Link *, counted "
                  "by __sizeLink now, was struct et__Link *",
                  "14:11: Link of struct et__LinkSend (LinkSend.Link) is struct et__Link *, "
                  "counted by __sizeLink now, was struct et__Link *")
        self.written("void f(struct et__Owner *o, struct et__ListSend *l) {\n"
                     "  o->FromName = 0;\n  l->List = 0;\n}\n")
        self.lost(occurs("ListSend", "List", "unbounded"),
                  "3:6: List of struct et__ListSend (ListSend.List) is struct et__List *, counted "
                  "by __sizeList now, was struct et__List *")

        def choice(c):
            sequence = c.sequence("Owner")
            made = c.xsd("choice")
            for field in c.fields("Owner"):
                field.setAttribute("minOccurs", "1")
                made.appendChild(field)
            sequence.parentNode.replaceChild(made, sequence)
        self.lost(choice, "2:6: FromName of struct et__Owner (Owner.FromName) is char * in "
                          "union_Owner now, was char *")

    def test_a_member_of_many_that_is_one(self):
        def one(c):
            c.find("UnsubEvent", "List").setAttribute("maxOccurs", "unbounded")
        many = self.folder.path / "many.wsdl"
        contract = self.contract.copy()
        one(contract)
        many.write_bytes(contract.text())
        for schema in self.folder.original.parent.glob("*.xsd"):
            (self.folder.path / schema.name).write_bytes(schema.read_bytes())
        self.written("void f(struct et__UnsubEvent *u) { u->List = 0; }\n")
        done = self.folder.run("check", "--sources", self.sources, "--against", many,
                               self.folder.original)
        self.assertIn("mailer.c:1:39: List of struct et__UnsubEvent (UnsubEvent.List) is "
                      "struct et__List * now, was struct et__List *, counted by __sizeList\n",
                      done.stdout)

    def test_a_member_of_a_fault(self):
        self.written("void f(struct fault__APIFault *a) {\n  a->Message = 0; a->LogID = 0;\n"
                     "  a->Params->Param = 0;\n  struct fault__APIFault b = {.Code = 1};\n}\n")
        schema = self.folder.path / "new" / "ETFrameworkFault.xsd"
        text = schema.read_text()
        self.addCleanup(schema.write_text, text)
        for name, change, said in (
                ("Message", None, "2:6: Message of struct fault__APIFault (APIFault.Message, "
                                  "xsd:string) is gone"),
                ("Code", "xsd:long", "4:32: Code of struct fault__APIFault (APIFault.Code) is "
                                     "xsd:long now, was xsd:int"),
                ("Param", None, "3:14: Param of struct _fault__APIFault_Params (APIFault.Params."
                                "Param, xsd:string) is gone")):
            with self.subTest(name):
                found = re.search(rf"""<[^<>]*\bname=["']{name}["'][^<>]*/>""", text)[0]
                schema.write_text(text.replace(
                    found, re.sub("xsd:int", change, found) if change else ""))
                self.lost(lambda c: None, said)

        schema.write_text(text.replace("LogID", "LogNumber"))
        self.written("void f(void) { whatever()->LogID = 0; }\n")
        self.assertIn("mailer.c:1:28: not understood what LogID is a member of",
                      self.check(lambda c: None).stdout)

    def test_a_pointer_to_a_derived_struct(self):
        self.written("void f(struct et__APIObject *o) { o->et__Send = 0; }\n")

        def other_base(c):
            c.extension("Send").setAttribute("base", "tns:Owner")
        self.lost(other_base, "1:38: et__Send of struct et__APIObject (Send, struct et__Send *) is "
                              "gone")

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

    def written(self, text):
        """Another source in place of the usual one; {} is where each line is expected."""
        path = self.sources / "deep" / "mailer.c"
        self.addCleanup(path.write_text, PROGRAM)
        path.write_text(text)

    FOUND = """\
struct mine { struct et__Send *sends[4]; int EmailName; };
typedef struct et__Send send_t;
struct et__Send *find(int id);
void use(struct et__Send *u, struct et__Send **v, void *p, struct et__Send w, send_t *t, int i) {
  (*u).EmailName = (u + i)->EmailName;
  (*v)->EmailName = (&w)->EmailName;
  ((struct et__Send *)p)->EmailName = ((const send_t *)p)->EmailName;
  find(i)->EmailName = u++->EmailName;
  (i ? u : t)->EmailName = ((u))[i].EmailName;
  t->EmailName = (*(v + 1))->EmailName;
  send_t x[] = {{.EmailName = "a"}, {.EmailName = "b"}};
  struct et__Send y[2] = {[1] = {.EmailName = "c"}};
  f((struct et__Send){.EmailName = "d"}, offsetof(struct et__Send, EmailName));
}
void other(struct mine *u, struct mine w) {
  u->EmailName = (*u).EmailName + (u + 1)->EmailName + ((struct mine *)p)->EmailName;
  struct mine z = {.EmailName = 1};
  u->sends[0]->EmailName = w.sends[1][0].EmailName;
}
"""
    UNCLEAR = """\
#define NAME(u) ((u)->EmailName)
#define LONG(u, v) do { (u)->v = \\
  (u)->EmailName; } while (0)
void use(int id) {
  unknown(id)->EmailName = 1;
  handler.find(id)->EmailName = 1;
  auto *p = whatever(); p->EmailName = 1;
}
"""
    HEADER = """\
#ifndef MAIL_H
#define MAIL_H
typedef struct et__Send send_t;
#define SEND struct et__Send
#define NAME(s) ((s)->EmailName)
#define OF(s, what) (s)->Email##what
#define THE_NAME EmailName
#define LIKE(x) et__SimpleOperators__##x
#define EITHER(s, a, b) ((s) ? NAME(s) : (a))
struct mine { SEND *sends[4]; };
SEND *find(int id);
extern send_t *current;
#endif
"""
    THROUGH = """\
#include "mail.h"
void use(send_t *t, SEND *s, struct mine *m) {
  t->EmailName = "a";
  s->EmailName = NAME(s);
  OF(t, Name) = s->THE_NAME;
  __auto_type a = s; a->EmailName = 0;
  __auto_type b = m->sends[1], c = &t[2]; b->EmailName = 0;
  c->EmailName = 0;
  typeof(*s) d; d.EmailName = 0;
  __typeof__(struct et__Send *) e = s; e->EmailName = 0;
  find(1)->EmailName = current->EmailName;
  EITHER(t, NAME(s), 0) = 0;
  NAME(m->sends[0]) = 0;
}
"""

    def found(self):
        done = self.check(self.without("Send", "EmailName"))
        return done, [line.split("mailer.c:")[1].split(":")[0]
                      for line in done.stdout.splitlines()[:-1]]

    def test_through_what_other_files_say(self):
        """Typedefs, macros, functions and structs of headers that the source includes."""
        header = self.sources / "mail.h"
        self.addCleanup(header.unlink)
        header.write_text(self.HEADER)
        self.written(self.THROUGH.replace("mail.h", "../mail.h"))
        expected = [str(n) for n in (3, 4, 4, 5, 5, 6, 7, 8, 9, 10, 11, 11, 12, 12, 13)]
        for include in ("../mail.h", "mail.h"):  # the second by a path of the compiler's
            with self.subTest(include):
                (self.sources / "deep" / "mailer.c").write_text(
                    self.THROUGH.replace("mail.h", include))
                done, lines = self.found()
                self.assertEqual(lines, expected, done.stdout)
                self.assertNotIn("not understood", done.stdout)
                self.assertEqual(done.returncode, 1)

    def test_a_header_outside(self):
        """That of a single file, and of a folder beside it."""
        header = self.folder.path / "mail.h"
        self.addCleanup(header.unlink)
        header.write_text(self.HEADER)
        self.written(self.THROUGH.replace("mail.h", "../../mail.h"))
        done, lines = self.found()
        self.assertEqual(len(lines), 15, done.stdout)
        self.assertIn(": 1 source with ", done.stdout)
        source = self.sources / "deep" / "mailer.c"
        contract = self.contract.copy()
        self.without("Send", "EmailName")(contract)
        done = self.folder.run("check", "--sources", source, "--against", self.folder.original,
                               self.folder.write(contract.text()))
        self.assertEqual(len(done.stdout.splitlines()), 16, done.stdout)

    OTHERWISE = """\
typedef struct et__Send *send_p;
typedef struct et__Send send_t;
struct mine { int EmailName; };
void a(void *p) {
  ((send_p)p)->EmailName = 0;
  size_t n = __builtin_offsetof(send_t, EmailName) + offsetof(struct et__Send, EmailName);
  struct et__Send s = {EmailName: 0};
  s.Email\\
Name = 0;
}
void b(struct et__Send *s, struct mine *p) {
  { struct mine *s = p; s->EmailName = 1; }
  s->EmailName = 0;
  void (*f)(struct mine *s);
  s->EmailName = 0;
  int g(struct mine *s);
  s->EmailName = 0;
  n = sizeof(((struct et__Send *)0)->EmailName) + sizeof ((send_p)0)->EmailName;
  if (n)
    do (s)->EmailName = 0; while (0);
  else (s)->EmailName = (((struct mine *)0)->EmailName);
}
"""

    def test_other_ways_to_write_it(self):
        self.written(self.OTHERWISE)
        done, lines = self.found()
        self.assertEqual(lines, [str(n) for n in (5, 6, 6, 7, 8, 13, 15, 17, 18, 18, 20, 21)],
                         done.stdout)
        self.assertNotIn("not understood", done.stdout)

    def test_what_may_be_either_is_not_understood(self):
        self.written("struct one { struct et__Send *it; };\n"
                     "struct two { struct one *it; int EmailName; };\n"
                     "void f(struct one *a) { a->it->EmailName = 0; }\n"
                     "#define IT EmailName\n#undef IT\n"
                     "void g(struct et__Send *s) { s->IT = 0; }\n")
        done, _ = self.found()
        self.assertIn("mailer.c:3:32: not understood what EmailName is a member of", done.stdout)
        self.assertIn("mailer.c:6:33: not understood: macro IT is", done.stdout)

    def test_what_is_not_followed_is_documented(self):
        """docs/wsdl-update.md says so; who teaches it this changes the page."""
        part = self.sources / "list.h"
        self.addCleanup(part.unlink)
        part.write_text("FIELD(EmailName)\n")
        self.written("#define FIELD(n) int has_##n(struct et__Send *s) { return !!s->n; }\n"
                     '#include "../list.h"\n')
        done = self.check(self.without("Send", "EmailName"))
        self.assertTrue(done.stdout.endswith(" 0 lost\n"), done.stdout)

    def test_a_macro_that_is_the_name_of_another(self):
        self.written("#define GET(s, m) ((s)->m)\n#define G GET\n#define H G\n#define I J\n"
                     "#define J I\n"
                     "void f(struct et__Send *s) {\n  G(s, EmailName) = 0;\n"
                     "  H(s, EmailName) = I(s);\n  GET(s, EmailName) = J; }\n")
        done, lines = self.found()
        self.assertEqual(lines, ["7", "8", "9"], done.stdout)
        self.assertEqual(done.returncode, 1)

    def test_a_directive_within_arguments(self):
        self.written("#define GET(s, m) ((s)->m)\nvoid f(struct et__Send *s) {\n  GET(s,\n#if 1\n"
                     "EmailName\n#else\nName\n#endif\n) = 0; }\n#define LATER EmailName\n"
                     "void g(struct et__Send *s) { s->LATER = 0; }\n")
        done, lines = self.found()
        self.assertEqual(lines, ["5", "11"], done.stdout)

    def test_values_without_names(self):
        """They stand for members by their order."""
        self.written("struct et__LinkSend a = {0}, b = {NULL}, c = {};\n"
                     "struct et__LinkSend d = {NULL, NULL};\n"
                     "struct et__LinkSend e = {0, 0, 0, 0, NULL, .SendID = NULL}, "
                     "**p = (struct et__LinkSend **){q(1, 2, 3, 4, 5)};\n"
                     "struct et__LinkSend f[] = {{0, f(1, 2), 0, {3, 4}, 0}, {.SendID = 0}};\n"
                     "struct mine { int a, b, c, d; } g = {1, 2, 3, 4};\n"
                     "void h(void) { f((struct et__LinkSend){0, 0, 0, 0, 0}); }\n")

        def without(name):
            return self.check(self.without("APIObject", name))
        done = without("CreatedDate")
        said = (": not understood: values of struct et__LinkSend without names: the 5. is "
                "ModifiedDate now, was CreatedDate")
        self.assertEqual([line.split("mailer.c:")[1] for line in done.stdout.splitlines()[:-1]],
                         ["3:25" + said, "4:28" + said, "6:39" + said], done.stdout)
        self.assertEqual(done.returncode, 3, done.stdout)
        self.assertEqual(without("CorrelationID").returncode, 0)

        def other(c):
            c.find("APIObject", "PartnerKey").setAttribute("type", "xsd:int")
        done = self.check(other)
        self.assertIn("mailer.c:2:25: PartnerKey of struct et__LinkSend (LinkSend.PartnerKey) is "
                      "int * now, was char *\n", done.stdout)
        self.assertEqual(done.returncode, 1)

    def test_without_the_header_each_is_not_understood(self):
        """Never silent: what stands for a type, or is of one, is not known."""
        self.written(self.THROUGH)
        done, lines = self.found()
        for line in (3, 4, 6, 7, 8, 9, 11):
            self.assertIn(str(line), lines, done.stdout)
        self.assertIn("mailer.c:1:2: not understood: mail.h is not here: what its macros and types "
                      "stand for\n", done.stdout)
        self.assertEqual(self.check(lambda contract: None).returncode, 0, "nothing is lost at all")

    def test_a_constant_out_of_a_macro(self):
        self.written(self.HEADER + "enum et__SimpleOperators o = LIKE(like);\n")

        def change(contract):
            for node in contract.simple["SimpleOperators"].getElementsByTagNameNS(
                    XSD, "enumeration"):
                if node.getAttribute("value") == "like":
                    node.parentNode.removeChild(node)
        self.lost(change, "14:30: et__SimpleOperators__like: SimpleOperators value like is gone")

    def test_a_list_of_macros_that_is_included(self):
        part = self.sources / "fields.def"
        self.addCleanup(part.unlink)
        part.write_text("FIELD(EmailName)\n")
        self.written('#define FIELD(name) int has_##name(struct et__Send *s) { return !!s->name; }'
                     '\n#include "../fields.def"\n')
        done = self.check(self.without("Send", "EmailName"))
        self.assertEqual([line.rsplit("/", 1)[1] for line in done.stdout.splitlines()[:-1]],
                         ["mailer.c:1:31: not understood: what macro FIELD names by its argument"])

    def test_a_macro_that_is_defined_in_two_ways(self):
        self.written("""#ifdef A
#define IT EmailName
#else
#define IT EmailID
#endif
void use(struct et__Send *s) { s->IT = 0; }
""")
        done = self.check(self.without("Send", "EmailName"))
        self.assertIn("mailer.c:6:35: not understood: macro IT is defined in several ways",
                      done.stdout)
        self.assertEqual(done.returncode, 3, done.stdout)
        self.assertEqual(self.check(lambda c: None).returncode, 0, "nothing is lost at all")

    def test_arguments_that_do_not_end(self):
        self.written("#define F(x) x\n" + "F(" * 300000)
        done = self.check(self.without("Send", "EmailName"))
        self.assertIn("not understood: its macros come to more", done.stdout)

    def test_macros_that_come_to_too_much(self):
        self.written("\n".join(f"#define M{i} M{i + 1} M{i + 1}" for i in range(60))
                     + "\nint x = M0;\n")
        done = self.check(self.without("Send", "EmailName"))
        self.assertIn("not understood: its macros come to more than a program can have",
                      done.stdout)
        self.assertEqual(done.returncode, 3)

    def test_a_long_expression(self):
        """As deep and as long as nobody writes it."""
        self.written("void use(struct et__Send *a, struct et__Send *b) {\n"
                     f" return ({'a,' * 300000}b)->EmailName;\n"
                     f" return {'(' * 3000}b{')' * 3000}->EmailName;\n}}\n")
        done, lines = self.found()
        self.assertEqual(lines, ["2", "3"], done.stderr)
        self.assertIn("mailer.c:3:", done.stdout)
        self.assertIn("not understood what EmailName is a member of", done.stdout)

    def test_macros_that_stand_for_themselves(self):
        self.written("#define A B\n#define B A(A)\n#define F(x) F(x F\nint A, F(F(1, G(2))"
                     "\n#define G(\n#define\n#define H(x\nG(H(1\n#define P ## x\nP #\n")
        done = self.check(self.without("Send", "EmailName"))
        self.assertTrue(done.stdout.endswith(" 0 lost\n"), done.stdout)

    def test_however_it_is_reached(self):
        self.written(self.FOUND)
        done = self.check(self.without("Send", "EmailName"))
        lines = [line.split("mailer.c:")[1].split(":")[0] for line in done.stdout.splitlines()[:-1]]
        self.assertEqual(lines, [str(n) for n in (5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12,
                                                  13, 13, 18, 18)], done.stdout)
        self.assertNotIn("not understood", done.stdout)
        self.assertEqual(done.returncode, 1)

    def test_what_is_not_understood_is_said(self):
        self.written(self.UNCLEAR)
        done = self.check(self.without("Send", "EmailName"))
        lines = done.stdout.splitlines()
        for line, place in zip(lines, ("1:23", "3:8", "5:16", "6:21", "7:28")):
            self.assertIn(f"mailer.c:{place}: not understood what EmailName is a member of: "
                          "EmailName of struct et__Send (Send.EmailName, char *) is gone", line)
        self.assertEqual(len(lines), 6, done.stdout)
        self.assertTrue(lines[-1].endswith(" 0 lost, 5 not understood"), lines[-1])
        self.assertEqual(done.returncode, 3)
        self.assertEqual(self.check(lambda c: None).returncode, 0, "nothing is lost at all")

    def test_nothing_to_compare_with(self):
        done = subprocess.run([self.folder.program, "check", "--sources", self.sources,
                               self.folder.original], capture_output=True, text=True,
                              cwd=self.folder.path, timeout=60)
        self.assertEqual((done.returncode, done.stdout), (1, ""))
        self.assertIn("check: no wsdl/etframework.wsdl here to compare with", done.stderr)
        self.assertIn("--against OLD", done.stderr)

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
