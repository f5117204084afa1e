#include "etwsdl/meta/cname.h"

#include <stdlib.h>
#include <string.h>

/* C, C++ and gSOAP's own words, sorted. */
static const char *const keywords[] = {"LONG64",    "NULL",     "ULONG64",
                                       "XML",       "_QName",   "_XML",
                                       "and",       "and_eq",   "asm",
                                       "auto",      "bitand",   "bitor",
                                       "bool",      "break",    "case",
                                       "catch",     "char",     "class",
                                       "compl",     "const",    "const_cast",
                                       "continue",  "default",  "delete",
                                       "do",        "double",   "dynamic_cast",
                                       "else",      "enum",     "errno",
                                       "explicit",  "export",   "extern",
                                       "false",     "float",    "for",
                                       "friend",    "goto",     "if",
                                       "inline",    "int",      "long",
                                       "max",       "min",      "mutable",
                                       "namespace", "new",      "not",
                                       "not_eq",    "operator", "or",
                                       "or_eq",     "private",  "protected",
                                       "public",    "register", "reinterpret_cast",
                                       "restrict",  "return",   "short",
                                       "signed",    "size_t",   "sizeof",
                                       "soap",      "static",   "static_cast",
                                       "struct",    "switch",   "template",
                                       "this",      "throw",    "time_t",
                                       "true",      "try",      "typedef",
                                       "typeid",    "typename", "union",
                                       "unsigned",  "using",    "virtual",
                                       "void",      "volatile", "wchar_t",
                                       "while",     "xor",      "xor_eq"};

static int compare(const void *key, const void *item) {
  return strcmp(key, *(const char *const *)item);
}

static unsigned next_code_point(const char **at) {
  const unsigned char *c = (const unsigned char *)*at;
  unsigned extra = c[0] < 0xc0 ? 0 : c[0] < 0xe0 ? 1 : c[0] < 0xf0 ? 2 : 3;
  unsigned value = extra == 0 ? c[0] : c[0] & (0x3fu >> extra);
  unsigned i = 1;
  for (; i <= extra && (c[i] & 0xc0) == 0x80; i++)
    value = value << 6 | (c[i] & 0x3f);
  *at += i;
  return value;
}

const char *cname_part(struct arena *arena, const char *wire) {
  struct buffer text = {0};
  while (*wire != '\0') {
    unsigned c = next_code_point(&wire);
    if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'))
      buffer_printf(&text, "%c", (char)c);
    else if (c == '_')
      buffer_printf(&text, "_USCORE");
    else if (c == '-')
      buffer_printf(&text, "_");
    else
      buffer_printf(&text, "_x%04x", c);
  }
  return intern_buffer(arena, &text);
}

static const char *without_keyword(struct arena *arena, const char *name) {
  size_t count = sizeof keywords / sizeof *keywords;
  if (!bsearch(name, keywords, count, sizeof *keywords, compare))
    return name;
  return intern_format(arena, "%s_", name);
}

const char *cname_member(struct arena *arena, const char *wire) {
  return without_keyword(arena, cname_part(arena, wire));
}

const char *cname_constant(struct arena *arena, const char *value) {
  return *value == '\0' ? intern(arena, "_x0000") : cname_member(arena, value);
}
