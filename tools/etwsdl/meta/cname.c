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

/* Macros of what the bindings include that a member could be called; with a `_` none can. */
static const char macros[] =
    " BUFSIZ E2BIG EACCES EADDRINUSE EADDRNOTAVAIL EADV EAFNOSUPPORT EAGAIN EALREADY EBADE EBADF "
    "EBADFD EBADMSG EBADR EBADRQC EBADSLT EBFONT EBUSY ECANCELED ECHILD ECHRNG ECOMM ECONNABORTED "
    "ECONNREFUSED ECONNRESET EDEADLK EDEADLOCK EDESTADDRREQ EDOM EDOTDOT EDQUOT EEXIST EFAULT "
    "EFBIG EHOSTDOWN EHOSTUNREACH EHWPOISON EIDRM EILSEQ EINPROGRESS EINTR EINVAL EIO EISCONN "
    "EISDIR EISNAM EKEYEXPIRED EKEYREJECTED EKEYREVOKED EL2HLT EL2NSYNC EL3HLT EL3RST ELIBACC "
    "ELIBBAD ELIBEXEC ELIBMAX ELIBSCN ELNRNG ELOOP EMEDIUMTYPE EMFILE EMLINK EMSGSIZE EMULTIHOP "
    "ENAMETOOLONG ENAVAIL ENETDOWN ENETRESET ENETUNREACH ENFILE ENOANO ENOBUFS ENOCSI ENODATA "
    "ENODEV ENOENT ENOEXEC ENOKEY ENOLCK ENOLINK ENOMEDIUM ENOMEM ENOMSG ENONET ENOPKG "
    "ENOPROTOOPT ENOSPC ENOSR ENOSTR ENOSYS ENOTBLK ENOTCONN ENOTDIR ENOTEMPTY ENOTNAM "
    "ENOTRECOVERABLE ENOTSOCK ENOTSUP ENOTTY ENOTUNIQ ENXIO EOF EOPNOTSUPP EOVERFLOW EOWNERDEAD "
    "EPERM EPFNOSUPPORT EPIPE EPROTO EPROTONOSUPPORT EPROTOTYPE ERANGE EREMCHG EREMOTE EREMOTEIO "
    "ERESTART ERFKILL EROFS ESHUTDOWN ESOCKTNOSUPPORT ESPIPE ESRCH ESRMNT ESTALE ESTRPIPE ETIME "
    "ETIMEDOUT ETOOMANYREFS ETXTBSY EUCLEAN EUNATCH EUSERS EWOULDBLOCK EXDEV EXFULL FAPPEND FAR "
    "FASYNC FFSYNC FIOGETOWN FIOSETOWN FNDELAY FNONBLOCK INFINITY MAXFLOAT NAN NFDBITS NZERO "
    "POLLERR POLLHUP POLLIN POLLMSG POLLNVAL POLLOUT POLLPRI POLLRDBAND POLLRDHUP POLLRDNORM "
    "POLLREMOVE POLLWRBAND POLLWRNORM SIOCATMARK SIOCGPGRP SIOCSPGRP SOMAXCONN STDC WCONTINUED "
    "WEXITED WNOHANG WNOWAIT WSTOPPED WUNTRACED ZEXPORT ZEXPORTVA ";

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

/* A hyphen between two letters is the one sign that is no code point. */
const char *cname_part(struct arena *arena, const char *wire) {
  struct buffer text = {0};
  const char *start = wire;
  while (*wire != '\0') {
    bool first = wire == start;
    unsigned c = next_code_point(&wire);
    if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'))
      buffer_printf(&text, "%c", (char)c);
    else if (c == '_')
      buffer_printf(&text, "_USCORE");
    else if (c == '-' && !first && *wire != '\0' && *wire != '-')
      buffer_printf(&text, "_");
    else /* wsdl2h has no more than four digits for one */
      buffer_printf(&text, "_x%04x", c <= 0xffff ? c : 0xffff);
  }
  return intern_buffer(arena, &text);
}

bool cname_is_macro(const char *member) {
  size_t n = strlen(member);
  for (const char *at = macros; (at = strstr(at, member)); at++)
    if (at > macros && at[-1] == ' ' && at[n] == ' ')
      return true;
  return false;
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
