/* The Markdown of docs/: headings, paragraphs, lists, tables and blocks of code. */
#include "manual/pages.h"
#include "manual/text.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

/* --- lines ----------------------------------------------------------------------------------- */

struct lines {
  const char *at;
};

struct line {
  const char *text;
  size_t size;
};

static struct line peek(const struct lines *lines) {
  return (struct line){lines->at, strcspn(lines->at, "\n")};
}

static void advance(struct lines *lines) {
  lines->at += strcspn(lines->at, "\n");
  lines->at += *lines->at == '\n';
}

static bool begins(struct line line, const char *what) {
  return line.size >= strlen(what) && memcmp(line.text, what, strlen(what)) == 0;
}

static bool is_fence(struct line line) {
  return begins(line, "```");
}

static size_t heading_level(struct line line) {
  size_t level = 0;
  while (level < line.size && line.text[level] == '#')
    level++;
  return level > 0 && level < line.size && line.text[level] == ' ' ? level : 0;
}

/* How wide the mark of a list item is, "- " or "12. "; 0: none. */
static size_t item_mark(struct line line) {
  size_t n = 0;
  if (begins(line, "- "))
    return 2;
  while (n < line.size && isdigit((unsigned char)line.text[n]))
    n++;
  return n > 0 && n + 1 < line.size && line.text[n] == '.' && line.text[n + 1] == ' ' ? n + 2 : 0;
}

/* Within a paragraph a number at the beginning of a line is one of its words, but for 1. */
static bool ends_paragraph(struct line line) {
  size_t mark = item_mark(line);
  return line.size == 0 || is_fence(line) || heading_level(line) || begins(line, "|") ||
         (mark > 0 && (*line.text == '-' || (mark == 3 && *line.text == '1')));
}

/* --- parts ----------------------------------------------------------------------------------- */

static void add_words(struct mdoc *page, const char *text, size_t size) {
  struct buffer words = {0};
  text_inline(&words, text, size);
  mdoc_words(page, buffer_text(&words), words.size);
  buffer_free(&words);
}

/* A title is that of a section, in capitals, or of one below it. */
static void add_heading(struct mdoc *page, struct line line, size_t level, size_t top) {
  struct buffer title = {0};
  text_plain(&title, line.text + level + 1, line.size - level - 1);
  if (level > top) {
    mdoc_subsection(page, buffer_text(&title), title.size);
  } else {
    for (size_t i = 0; i < title.size; i++)
      title.data[i] = (char)toupper((unsigned char)title.data[i]);
    mdoc_section(page, buffer_text(&title));
  }
  buffer_free(&title);
}

/* What a block is stands above it. */
static void add_caption(struct mdoc *page, struct line fence) {
  struct buffer caption = {0};
  text_caption(&caption, fence.text + strlen("```"), fence.size - strlen("```"));
  if (caption.size > 0)
    mdoc_paragraph(page, buffer_text(&caption), caption.size);
  buffer_free(&caption);
}

static void add_code(struct mdoc *page, struct lines *lines) {
  add_caption(page, peek(lines));
  advance(lines);
  const char *from = lines->at;
  while (*lines->at && !is_fence(peek(lines)))
    advance(lines);
  mdoc_literal(page, from, (size_t)(lines->at - from), 0);
  advance(lines);
}

/* Up to an empty line or what begins something else. */
static void add_paragraph(struct mdoc *page, struct lines *lines) {
  const char *from = lines->at;
  do
    advance(lines);
  while (*lines->at && !ends_paragraph(peek(lines)));
  if (page->inside)
    buffer_add_text(&page->out, ".Pp\n");
  add_words(page, from, (size_t)(lines->at - from));
}

/* --- tables ---------------------------------------------------------------------------------- */

enum { MOST_COLUMNS = 8 };

struct row {
  struct line cells[MOST_COLUMNS];
  size_t count;
};

static struct row read_row(struct line line) {
  struct row row = {.count = 0};
  size_t at = 1;
  while (at < line.size && row.count < MOST_COLUMNS) {
    size_t from = at;
    while (at < line.size && (line.text[at] != '|' || line.text[at - 1] == '\\'))
      at++;
    size_t until = at++;
    while (from < until && line.text[from] == ' ')
      from++;
    while (until > from && line.text[until - 1] == ' ')
      until--;
    row.cells[row.count++] = (struct line){line.text + from, until - from};
  }
  return row;
}

/* What the first column names is explained by the last; those between say by their titles what they
 * are. */
static void add_row(struct mdoc *page, const struct row *row, const struct row *titles) {
  struct buffer term = {0}, rest = {0};
  size_t first = 0;
  while (first + 1 < row->count && row->cells[first].size == 0)
    first++;
  text_plain(&term, row->cells[first].text, row->cells[first].size);
  mdoc_item(page, buffer_text(&term), term.size);
  size_t last = row->count - 1;
  if (last > first)
    text_inline(&rest, row->cells[last].text, row->cells[last].size);
  for (size_t i = first + 1; i < last; i++) {
    if (row->cells[i].size == 0)
      continue;
    buffer_printf(&rest, "%s%.*s: ", rest.size > 0 ? "; " : "", (int)titles->cells[i].size,
                  titles->cells[i].text);
    text_inline(&rest, row->cells[i].text, row->cells[i].size);
  }
  mdoc_words(page, buffer_text(&rest), rest.size);
  buffer_free(&term);
  buffer_free(&rest);
}

static void add_table(struct mdoc *page, struct lines *lines) {
  struct row titles = read_row(peek(lines));
  advance(lines);
  advance(lines);
  mdoc_list(page, "tag");
  while (begins(peek(lines), "|")) {
    struct row row = read_row(peek(lines));
    add_row(page, &row, &titles);
    advance(lines);
  }
  mdoc_list_end(page);
}

/* --- lists ----------------------------------------------------------------------------------- */

static void add_blocks(struct mdoc *page, struct lines *lines, size_t own);

static size_t indent_of(struct line line) {
  size_t blanks = 0;
  while (blanks < line.size && line.text[blanks] == ' ')
    blanks++;
  return blanks;
}

/* An item goes on in lines that are indented as its text is, behind an empty one as well, and in
 * those that follow a line of its text at once. */
static bool goes_on(const struct lines *lines, size_t indent) {
  struct lines next = *lines;
  bool apart = false;
  for (; *next.at && peek(&next).size == 0; advance(&next))
    apart = true;
  struct line line = peek(&next);
  return *next.at && (indent_of(line) >= indent ||
                      (!apart && !item_mark(line) && !is_fence(line) && !heading_level(line)));
}

/* What stands in an item is a text of its own, without the indent. */
static void add_item(struct mdoc *page, struct lines *lines) {
  struct buffer text = {0};
  size_t indent = item_mark(peek(lines)), skip = indent;
  do {
    struct line line = peek(lines);
    buffer_add(&text, line.text + skip, line.size - skip);
    buffer_add_char(&text, '\n');
    advance(lines);
    skip = indent_of(peek(lines)) < indent ? indent_of(peek(lines)) : indent;
  } while (goes_on(lines, indent));
  mdoc_item(page, NULL, 0);
  add_blocks(page, &(struct lines){buffer_text(&text)}, 0);
  if (text.failed)
    page->out.failed = true;
  buffer_free(&text);
}

static void add_list(struct mdoc *page, struct lines *lines) {
  mdoc_list(page, isdigit((unsigned char)*lines->at) ? "enum" : "bullet");
  while (item_mark(peek(lines))) {
    add_item(page, lines);
    if (peek(lines).size == 0 &&
        item_mark((struct line){lines->at + 1, strcspn(lines->at + 1, "\n")}))
      advance(lines);
  }
  mdoc_list_end(page);
}

/* --- all of it ------------------------------------------------------------------------------- */

/* To what stands under a heading; its level. */
static size_t find_heading(struct lines *lines, const char *heading) {
  for (; *lines->at; advance(lines)) {
    struct line line = peek(lines);
    size_t level = heading_level(line);
    if (level && (!heading || (line.size == level + 1 + strlen(heading) &&
                               memcmp(line.text + level + 1, heading, strlen(heading)) == 0))) {
      advance(lines);
      return level;
    }
  }
  return 0;
}

/* Up to a heading of level `own` or above. */
static void add_blocks(struct mdoc *page, struct lines *lines, size_t own) {
  while (*lines->at) {
    struct line line = peek(lines);
    size_t level = heading_level(line);
    if (level && level <= own)
      break;
    if (level) {
      add_heading(page, line, level, own + 1);
      advance(lines);
    } else if (is_fence(line)) {
      add_code(page, lines);
    } else if (begins(line, "|")) {
      add_table(page, lines);
    } else if (item_mark(line)) {
      add_list(page, lines);
    } else if (line.size > 0 && !begins(line, "<!--")) {
      add_paragraph(page, lines);
    } else {
      advance(lines);
    }
  }
}

void page_from_markdown(struct mdoc *page, const struct page_source *source, const char *text) {
  struct lines lines = {text};
  struct buffer name = {0}, others = {0};
  size_t n = strcspn(source->page, "(");
  buffer_add(&name, source->page, n);
  mdoc_head(page, buffer_text(&name), source->page[n + 1] - '0');
  mdoc_name(page, buffer_text(&name), source->summary);
  size_t own = find_heading(&lines, source->heading);
  mdoc_section(page, "DESCRIPTION");
  add_blocks(page, &lines, own);
  buffer_add_text(&others, source->see_also);
  pages_that_name(&others, source->page);
  mdoc_see_also(page, buffer_text(&others), source->page);
  buffer_free(&others);
  buffer_free(&name);
}
