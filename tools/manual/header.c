/* The page of a public header, from the form that its comments have. */
#include "manual/declaration.h"
#include "manual/pages.h"
#include "manual/text.h"

#include <ctype.h>
#include <string.h>

/* --- comments -------------------------------------------------------------------------------- */

/* The comment without the star and the blank that begin its lines. */
static void unwrap(struct buffer *out, struct span comment) {
  for (size_t i = 0; i < comment.size;) {
    size_t n = 0;
    while (i + n < comment.size && comment.text[i + n] != '\n')
      n++;
    const char *line = comment.text + i;
    size_t skip = 0;
    while (skip < n && line[skip] == ' ')
      skip++;
    skip = skip < n && line[skip] == '*' ? skip + 1 : i == 0 ? skip : 0;
    skip += skip > 0 && skip < n && line[skip] == ' ';
    buffer_add(out, line + skip, n - skip);
    buffer_add_char(out, '\n');
    i += n + 1;
  }
}

/* Where the next @param or @return stands, or the end. */
static const char *find_tag(const char *at) {
  while ((at = strchr(at, '@'))) {
    if (strncmp(at, "@param", 6) == 0 || strncmp(at, "@return", 7) == 0)
      return at;
    at++;
  }
  return NULL;
}

static void add_words(struct mdoc *page, const char *text, size_t size) {
  struct buffer words = {0};
  text_inline(&words, text, size);
  mdoc_words(page, buffer_text(&words), words.size);
  buffer_free(&words);
}

static void add_param(struct mdoc *page, const char *text, size_t size) {
  const char *end = text + size;
  text += strlen("@param");
  if (*text == '[')
    text = strchr(text, ']') + 1;
  text += strspn(text, " ");
  size_t name = strcspn(text, " \n");
  mdoc_item(page, text, name);
  add_words(page, text + name, (size_t)(end - text) - name);
}

static void add_tags(struct mdoc *page, const char *tag) {
  bool listed = false;
  while (tag) {
    const char *next = find_tag(tag + 1);
    size_t size = next ? (size_t)(next - tag) : strlen(tag);
    bool is_param = strncmp(tag, "@param", 6) == 0;
    if (is_param && !listed)
      mdoc_list(page, "tag");
    if (!is_param && listed)
      mdoc_list_end(page);
    listed = is_param;
    if (is_param) {
      add_param(page, tag, size);
    } else {
      struct buffer words = {0};
      buffer_printf(&words, "Returns %.*s", (int)(size - strcspn(tag, " \n")),
                    tag + strcspn(tag, " \n"));
      if (page->inside)
        buffer_add_text(&page->out, ".Pp\n");
      add_words(page, buffer_text(&words), words.size);
      buffer_free(&words);
    }
    tag = next;
  }
  if (listed)
    mdoc_list_end(page);
}

static void add_comment(struct mdoc *page, struct span comment) {
  struct buffer text = {0}, marked = {0};
  unwrap(&text, comment);
  const char *tag = find_tag(buffer_text(&text));
  size_t size = tag ? (size_t)(tag - text.data) : text.size;
  text_inline(&marked, buffer_text(&text), size);
  mdoc_text(page, buffer_text(&marked));
  add_tags(page, tag);
  buffer_free(&marked);
  buffer_free(&text);
}

/* --- declarations ---------------------------------------------------------------------------- */

static bool is_function(const struct declaration *declaration) {
  return declaration->kind == DECLARES_FUNCTION;
}

/* On one line. */
static void add_code(struct mdoc *page, struct span code) {
  struct buffer line = {0};
  for (size_t i = 0; i < code.size; i++)
    if (code.text[i] != '\n' && (code.text[i] != ' ' || (i > 0 && line.data[line.size - 1] != ' ')))
      buffer_add_char(&line, code.text[i]);
    else if (code.text[i] == '\n' && line.size > 0 && line.data[line.size - 1] != ' ')
      buffer_add_char(&line, ' ');
  mdoc_argument(page, buffer_text(&line), line.size);
  buffer_free(&line);
}

static void add_prototype(struct mdoc *page, const struct declaration *function) {
  struct span inside = function->inside, argument;
  buffer_add_text(&page->out, ".Ft");
  add_code(page, function->before);
  buffer_printf(&page->out, "\n.Fo %.*s\n", (int)function->name.size, function->name.text);
  while (argument_next(&inside, &argument)) {
    buffer_add_text(&page->out, ".Fa");
    add_code(page, argument);
    buffer_add_text(&page->out, "\n");
  }
  buffer_add_text(&page->out, ".Fc\n");
}

static void add_members(struct mdoc *page, struct span inside) {
  struct member member;
  if (!member_next(&(struct span){inside.text, inside.size}, &member))
    return;
  mdoc_list(page, "tag");
  while (member_next(&inside, &member)) {
    buffer_add_text(&page->out, ".It Sy");
    add_code(page, member.text);
    buffer_add_char(&page->out, '\n');
    page->inside = false;
    if (member.comment.size > 0) {
      struct buffer text = {0};
      unwrap(&text, member.comment);
      add_words(page, buffer_text(&text), text.size);
      buffer_free(&text);
    }
  }
  mdoc_list_end(page);
}

static void add_macro(struct mdoc *page, const struct declaration *macro) {
  if (!macro->takes)
    return;
  struct buffer text = {0};
  buffer_printf(&text, "%.*s", (int)macro->name.size, macro->name.text);
  buffer_add(&text, macro->inside.text, macro->inside.size);
  mdoc_literal(page, buffer_text(&text), text.size, 0);
  buffer_free(&text);
}

static void add_declaration(struct mdoc *page, const struct declaration *declaration) {
  struct buffer title = {0};
  buffer_printf(&title, "%.*s%s", (int)declaration->name.size, declaration->name.text,
                is_function(declaration) ? "()" : "");
  mdoc_subsection(page, buffer_text(&title), title.size);
  add_comment(page, declaration->comment);
  if (declaration->kind == DECLARES_TYPE)
    add_members(page, declaration->inside);
  else if (declaration->kind == DECLARES_MACRO)
    add_macro(page, declaration);
  buffer_free(&title);
}

/* --- the page -------------------------------------------------------------------------------- */

/* The first sentence of what is said of the file, without its full stop. */
static void summarize(struct buffer *out, struct span comment) {
  struct buffer text = {0};
  unwrap(&text, comment);
  const char *from = buffer_text(&text);
  size_t n = 0;
  while (from[n] && strncmp(from + n, ". ", 2) != 0 && strncmp(from + n, ".\n", 2) != 0)
    n++;
  text_plain(out, from, n);
  if (out->size > 1 && islower((unsigned char)out->data[1]))
    out->data[0] = (char)tolower((unsigned char)out->data[0]);
  buffer_free(&text);
}

/* The headers that this one includes, not those of the programs that it shows. */
static void refer_to_headers(struct buffer *pages, const char *text) {
  static const char include[] = "\n#include <etsoap/";
  for (const char *at = text; (at = strstr(at, include));) {
    at += sizeof include - 1;
    size_t n = strcspn(at, ".>\n");
    if (strncmp(at + n, ".h>", 3) == 0 && strncmp(at, "visibility", n) != 0) {
      buffer_add_text(pages, " etsoap-");
      for (size_t i = 0; i < n; i++)
        buffer_add_char(pages, at[i] == '_' ? '-' : at[i]);
      buffer_add_text(pages, "(3)");
    }
  }
}

/* The commands that it names in backquotes: `ettrack report`. */
static void refer_to_commands(struct buffer *pages, const char *text) {
  static const char *const programs[] = {"`ettrack ", "`etwsdl "};
  for (size_t i = 0; i < sizeof programs / sizeof *programs; i++)
    for (const char *at = text; (at = strstr(at, programs[i]));) {
      size_t program = strlen(programs[i]) - 2;
      const char *command = at + program + 2;
      size_t n = strspn(command, "abcdefghijklmnopqrstuvwxyz");
      if (n > 0)
        buffer_printf(pages, " %.*s-%.*s(1)", (int)program, at + 1, (int)n, command);
      at = command;
    }
}

/* The pages of docs/ that it names, and those that name it. */
static void refer_to_docs(struct buffer *pages, const char *text, const char *own) {
  for (const char *at = text; (at = strstr(at, "docs/"));) {
    size_t n = strcspn(at, " \n,;:)`");
    const char *page = page_of_file(at, at[n - 1] == '.' ? n - 1 : n);
    if (page)
      buffer_printf(pages, " %s", page);
    at += n;
  }
  pages_that_name(pages, own);
}

static void add_see_also(struct mdoc *page, const char *title, const char *text) {
  struct buffer pages = {0}, own = {0};
  buffer_printf(&own, "%s(3)", title);
  buffer_add_text(&pages, "etsoap(3)");
  refer_to_headers(&pages, text);
  refer_to_commands(&pages, text);
  refer_to_docs(&pages, text, buffer_text(&own));
  mdoc_see_also(page, buffer_text(&pages), buffer_text(&own));
  buffer_free(&pages);
  buffer_free(&own);
}

static void add_synopsis(struct mdoc *page, const char *name, const char *text) {
  struct declaration declaration;
  mdoc_section(page, "SYNOPSIS");
  buffer_printf(&page->out, ".In etsoap/%s.h\n", name);
  while (declaration_next(&text, &declaration))
    if (is_function(&declaration))
      add_prototype(page, &declaration);
}

void page_from_header(struct mdoc *page, struct buffer *links, const char *name, const char *title,
                      const char *text) {
  struct declaration declaration = {.kind = DECLARES_FILE};
  struct buffer names = {0}, summary = {0};
  buffer_add_text(&names, title);
  for (const char *at = text; declaration_next(&at, &declaration);)
    if (declaration.kind == DECLARES_FILE) {
      summarize(&summary, declaration.comment);
    } else if (is_function(&declaration)) {
      buffer_printf(&names, " %.*s", (int)declaration.name.size, declaration.name.text);
      buffer_printf(links, "%.*s\n", (int)declaration.name.size, declaration.name.text);
    }
  mdoc_head(page, title, 3);
  mdoc_name(page, buffer_text(&names), buffer_text(&summary));
  add_synopsis(page, name, text);
  mdoc_section(page, "DESCRIPTION");
  for (const char *at = text; declaration_next(&at, &declaration);)
    if (declaration.kind == DECLARES_FILE)
      add_comment(page, declaration.comment);
    else
      add_declaration(page, &declaration);
  add_see_also(page, title, text);
  buffer_free(&names);
  buffer_free(&summary);
}
