#include "common/mdoc.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include <etsoap/version.h>

enum { LINE = 78, MOST_PAGES = 64 };

/* --- characters ------------------------------------------------------------------------------ */

/* What a formatter would make typographic has to come out as it would be typed. */
static void add_code(struct buffer *out, const char *text, size_t size) {
  for (size_t i = 0; i < size; i++)
    switch (text[i]) {
    case '\\':
      buffer_add_text(out, "\\e");
      break;
    case '-':
      buffer_add_text(out, "\\-");
      break;
    case '\'':
      buffer_add_text(out, "\\(aq");
      break;
    case '`':
      buffer_add_text(out, "\\(ga");
      break;
    case '^':
      buffer_add_text(out, "\\(ha");
      break;
    case '~':
      buffer_add_text(out, "\\(ti");
      break;
    default:
      buffer_add_char(out, text[i]);
    }
}

/* Whether a word is something to be typed: an option, a date, an address, a path. */
static bool is_typed(const char *word, size_t size) {
  if (size > 1 && word[0] == '-')
    return true;
  for (size_t i = 0; i < size; i++)
    if (isdigit((unsigned char)word[i]) || strchr("/_=", word[i]) ||
        (word[i] == '-' && i + 1 < size && word[i + 1] == '-'))
      return true;
  return false;
}

static void add_plain(struct buffer *out, const char *text, size_t size, bool typed) {
  for (size_t i = 0; i < size; i++)
    if (text[i] == '-' && !typed)
      buffer_add_char(out, '-');
    else if (text[i] == '\'' && !typed)
      buffer_add_char(out, '\'');
    else
      add_code(out, text + i, 1);
}

void mdoc_argument(struct mdoc *page, const char *text, size_t size) {
  buffer_add_text(&page->out, " \"");
  for (size_t i = 0; i < size; i++)
    if (text[i] == '"')
      buffer_add_text(&page->out, "\\(dq");
    else
      add_code(&page->out, text + i, 1);
  buffer_add_text(&page->out, "\"");
}

/* --- running text ---------------------------------------------------------------------------- */

struct filling {
  struct buffer *out;
  size_t column;
  bool ended; /* the last word ended a sentence */
  char span;  /* the mark that the text is inside of, 0: none */
};

static bool ends_sentence(const char *word, size_t size) {
  while (size > 1 && strchr(")\"'", word[size - 1]))
    size--;
  return size > 1 && strchr(".!?", word[size - 1]);
}

/* How long the mark is that begins or ends a span here; 0: none does. Asterisks that stand alone
 * are none, nor are three. */
static size_t mark_at(const char *word, size_t size, size_t at, char span) {
  if (word[at] == '`')
    return 1;
  bool two = word[at] == '*' && at + 1 < size && word[at + 1] == '*' &&
             (at == 0 || word[at - 1] != '*') && (at + 2 == size || word[at + 2] != '*');
  return two && (span ? at > 0 : at + 2 < size) ? 2 : 0;
}

/* The word in the language of the page; opens and closes spans. */
static void add_word(struct buffer *out, char *span, const char *word, size_t size) {
  bool typed = is_typed(word, size);
  for (size_t i = 0; i < size;) {
    size_t mark = mark_at(word, size, i, *span);
    if (mark && (!*span || *span == word[i])) {
      buffer_add_text(out, *span ? "\\fR" : "\\fB");
      *span = *span ? '\0' : word[i];
      i += mark;
    } else if (word[i] == '(' && i + 1 < size && word[i + 1] == ')') {
      buffer_add_text(out, "(\\&)"); /* no name() that a checker would want a macro for */
      i += 2;
    } else if (*span == '`') {
      add_code(out, word + i++, 1);
    } else {
      add_plain(out, word + i++, 1, typed);
    }
  }
}

/* A word such as `name()`, with what stands around it. */
struct call {
  size_t before, name, behind; /* brackets that open; the name; where the rest begins */
};

static bool is_call(struct call *call, const char *word, size_t size) {
  size_t at = 0;
  while (at < size && strchr("(`", word[at]))
    at++;
  size_t name = at;
  while (at < size && (isalnum((unsigned char)word[at]) || word[at] == '_'))
    at++;
  *call = (struct call){name, at - name, at + 2};
  if (at == name || at + 2 > size || word[at] != '(' || word[at + 1] != ')')
    return false;
  for (size_t i = at + 2; i < size; i++)
    if (!strchr("`).,:;'s", word[i])) /* part of an expression */
      return false;
  return true;
}

/* As a macro on a line of its own; punctuation is an argument each. */
static void fill_call(struct filling *filling, const struct call *call, const char *word,
                      size_t size) {
  struct buffer *out = filling->out;
  buffer_add_text(out, filling->column > 0 ? "\n.Fn" : ".Fn");
  for (size_t i = 0; i < call->before; i++)
    buffer_add_text(out, word[i] == '(' ? " (" : "");
  buffer_printf(out, " %.*s", (int)call->name, word + call->before);
  for (size_t i = call->behind; i < size; i++)
    if (word[i] == '\'' || word[i] == 's')
      buffer_printf(out, word[i] == 's' ? "s" : " Ns \\(aq");
    else if (word[i] != '`')
      buffer_printf(out, " %c", word[i]);
  buffer_add_char(out, '\n');
  filling->column = 0;
  filling->ended = false;
}

/* What a formatter counts, which reads a character that is no ASCII as \[u2026]. */
static size_t width_of(const struct buffer *word) {
  size_t width = 0;
  for (size_t i = 0; i < word->size; i++) {
    unsigned char byte = (unsigned char)word->data[i];
    width += byte < 0x80 ? 1 : byte >= 0xc0 ? strlen("\\[u2026]") : 0;
  }
  return width;
}

static void fill_word(struct filling *filling, const char *word, size_t size) {
  struct call call;
  if (!filling->span && is_call(&call, word, size)) {
    fill_call(filling, &call, word, size);
    return;
  }
  struct buffer made = {0};
  add_word(&made, &filling->span, word, size);
  size_t width = width_of(&made);
  if (filling->column > 0 && (filling->ended || filling->column + 1 + width > LINE)) {
    buffer_add_char(filling->out, '\n');
    filling->column = 0;
  }
  if (filling->column > 0)
    buffer_add_char(filling->out, ' ');
  else if (made.size > 0 && strchr(".'", made.data[0]))
    buffer_add_text(filling->out, "\\&");
  filling->column += width + (filling->column > 0);
  buffer_add(filling->out, buffer_text(&made), made.size);
  filling->ended = filling->span != '`' && ends_sentence(word, size);
  if (made.failed)
    filling->out->failed = true;
  buffer_free(&made);
}

void mdoc_words(struct mdoc *page, const char *text, size_t size) {
  struct filling filling = {.out = &page->out};
  for (size_t i = 0; i < size;) {
    size_t n = 0;
    while (i + n < size && text[i + n] != ' ' && text[i + n] != '\n')
      n++;
    if (n > 0)
      fill_word(&filling, text + i, n);
    i += n + 1;
  }
  if (filling.span)
    buffer_add_text(&page->out, "\\fR");
  if (filling.column > 0)
    buffer_add_char(&page->out, '\n');
  page->inside = true;
}

void mdoc_paragraph(struct mdoc *page, const char *text, size_t size) {
  if (page->inside)
    buffer_add_text(&page->out, ".Pp\n");
  mdoc_words(page, text, size);
}

void mdoc_literal(struct mdoc *page, const char *text, size_t size, size_t indent) {
  buffer_add_text(&page->out, ".Bd -literal -offset indent\n");
  for (size_t i = 0; i < size;) {
    const char *line = text + i;
    const char *end = memchr(line, '\n', size - i);
    size_t n = end ? (size_t)(end - line) : size - i, blanks = 0;
    while (blanks < indent && blanks < n && line[blanks] == ' ')
      blanks++;
    if (n > blanks && strchr(".'", line[blanks]))
      buffer_add_text(&page->out, "\\&");
    add_code(&page->out, line + blanks, n - blanks);
    buffer_add_char(&page->out, '\n');
    i += n + 1;
  }
  buffer_add_text(&page->out, ".Ed\n");
  page->inside = true;
}

void mdoc_text(struct mdoc *page, const char *text) {
  while (*text) {
    bool literal = *text == ' ';
    const char *end = text;
    while (*end && *end != '\n' && (*end == ' ') == literal) {
      end += strcspn(end, "\n");
      end += *end == '\n';
    }
    if (literal)
      mdoc_literal(page, text, (size_t)(end - text), 2);
    else if (end > text)
      mdoc_paragraph(page, text, (size_t)(end - text));
    text = end + (*end == '\n');
  }
}

/* --- the parts of a page --------------------------------------------------------------------- */

/* "2026-11-22" as mdoc wants it. */
static void add_date(struct buffer *out, const char *date) {
  static const char *const months[] = {"January",   "February", "March",    "April",
                                       "May",       "June",     "July",     "August",
                                       "September", "October",  "November", "December"};
  long month = strtol(date + 5, NULL, 10);
  buffer_printf(out, ".Dd %s %ld, %.4s\n", months[(month - 1) % 12], strtol(date + 8, NULL, 10),
                date);
}

/* The middle of the header line is redefined: up to its release 1.22.4 groff shortens what is
 * beside it without end where "BSD Miscellaneous Information Manual" has no room. */
void mdoc_head(struct mdoc *page, const char *name, int section) {
  add_date(&page->out, ETSOAP_VERSION_DATE);
  /* groff would divide names, paths and options: what is copied has no hyphen in it. */
  buffer_add_text(&page->out, ".nr doc-hyphen-flags 0\n");
  buffer_add_text(&page->out, ".Dt ");
  for (; *name; name++)
    buffer_add_char(&page->out, (char)toupper((unsigned char)*name));
  buffer_printf(&page->out, " %d\n.ds doc-volume etsoap\n.Os etsoap %s\n", section,
                ETSOAP_VERSION_TEXT);
}

void mdoc_section(struct mdoc *page, const char *title) {
  buffer_printf(&page->out, ".Sh %s\n", title);
  page->inside = false;
}

void mdoc_subsection(struct mdoc *page, const char *title, size_t size) {
  buffer_add_text(&page->out, ".Ss");
  mdoc_argument(page, title, size);
  buffer_add_char(&page->out, '\n');
  page->inside = false;
}

void mdoc_name(struct mdoc *page, const char *names, const char *summary) {
  mdoc_section(page, "NAME");
  while (*names) {
    size_t n = strcspn(names, " ");
    const char *next = names + n + strspn(names + n, " ");
    buffer_printf(&page->out, ".Nm %.*s%s\n", (int)n, names, *next ? " ," : "");
    names = next;
  }
  buffer_add_text(&page->out, ".Nd ");
  add_plain(&page->out, summary, strlen(summary), false);
  buffer_add_char(&page->out, '\n');
}

void mdoc_list(struct mdoc *page, const char *kind) {
  buffer_printf(&page->out, ".Bl -%s%s\n", kind, strcmp(kind, "tag") == 0 ? " -width Ds" : "");
}

void mdoc_item(struct mdoc *page, const char *term, size_t size) {
  buffer_add_text(&page->out, ".It");
  if (term) {
    buffer_add_text(&page->out, " Sy");
    mdoc_argument(page, term, size);
  }
  buffer_add_char(&page->out, '\n');
  page->inside = false;
}

void mdoc_list_end(struct mdoc *page) {
  buffer_add_text(&page->out, ".El\n");
  page->inside = true;
}

/* By section, then by name. */
static int compare_pages(const void *left, const void *right) {
  const char *a = *(const char *const *)left, *b = *(const char *const *)right;
  const char *of_a = strchr(a, '('), *of_b = strchr(b, '(');
  if (of_a[1] != of_b[1])
    return of_a[1] < of_b[1] ? -1 : 1;
  size_t size = (size_t)(of_a - a), other = (size_t)(of_b - b);
  int order = memcmp(a, b, size < other ? size : other);
  return order ? order : size < other ? -1 : size > other;
}

void mdoc_see_also(struct mdoc *page, const char *pages, const char *without) {
  const char *sorted[MOST_PAGES];
  size_t count = 0, own = strlen(without);
  for (; *pages && count < MOST_PAGES; pages += strspn(pages, " ")) {
    size_t n = strcspn(pages, " ");
    if (n != own || memcmp(pages, without, n) != 0)
      sorted[count++] = pages;
    pages += n;
  }
  qsort(sorted, count, sizeof *sorted, compare_pages);
  mdoc_section(page, "SEE ALSO");
  bool first = true;
  for (size_t i = 0; i < count; i++) {
    size_t n = strcspn(sorted[i], "(");
    if (i > 0 && compare_pages(&sorted[i - 1], &sorted[i]) == 0)
      continue;
    buffer_printf(&page->out, "%s.Xr %.*s %c", first ? "" : " ,\n", (int)n, sorted[i],
                  sorted[i][n + 1]);
    first = false;
  }
  if (!first)
    buffer_add_char(&page->out, '\n');
}
