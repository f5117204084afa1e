#include "manual/text.h"

#include "manual/pages.h"

#include <string.h>

struct link {
  const char *label, *target;
  size_t label_size, target_size; /* the target without #heading */
  size_t size;                    /* of all of it, 0: no link */
};

static struct link read_link(const char *text, size_t size) {
  struct link link = {0};
  const char *close = memchr(text, ']', size);
  if (*text != '[' || !close || (size_t)(close - text) + 2 > size || close[1] != '(')
    return link;
  const char *end = memchr(close, ')', size - (size_t)(close - text));
  if (!end)
    return link;
  link.label = text + 1;
  link.label_size = (size_t)(close - text) - 1;
  link.target = close + 2;
  link.target_size = (size_t)(end - link.target);
  const char *hash = memchr(link.target, '#', link.target_size);
  if (hash)
    link.target_size = (size_t)(hash - link.target);
  link.size = (size_t)(end - text) + 1;
  return link;
}

static void add_link(struct buffer *out, const struct link *link) {
  const char *page = page_of_file(link->target, link->target_size);
  bool is_file = link->label_size > 3 && memcmp(link->label + link->label_size - 3, ".md", 3) == 0;
  if (!page)
    buffer_printf(out, "%s%.*s", is_file ? "docs/" : "", (int)link->label_size, link->label);
  else if (is_file)
    buffer_add_text(out, page);
  else
    buffer_printf(out, "%.*s (%s)", (int)link->label_size, link->label, page);
}

/* How long a path of the docs is that stands here, 0: none does. */
static size_t path_here(const char *text, size_t size) {
  static const char docs[] = "docs/";
  size_t n = 0;
  if (size < sizeof docs || memcmp(text, docs, sizeof docs - 1) != 0)
    return 0;
  while (n < size && !strchr(" \n,;:)`", text[n]))
    n++;
  if (n > 0 && text[n - 1] == '.')
    n--;
  return n;
}

void text_inline(struct buffer *out, const char *text, size_t size) {
  bool code = false;
  for (size_t i = 0; i < size;) {
    struct link link = code ? (struct link){0} : read_link(text + i, size - i);
    size_t path = path_here(text + i, size - i);
    const char *page = path ? page_of_file(text + i, path) : NULL;
    if (link.size) {
      add_link(out, &link);
      i += link.size;
    } else if (page) {
      buffer_add_text(out, page);
      i += path;
    } else if (text[i] == '\\' && i + 1 < size && strchr("|*_`[]<>", text[i + 1])) {
      buffer_add_char(out, text[i + 1]);
      i += 2;
    } else {
      code = code != (text[i] == '`');
      buffer_add_char(out, text[i++]);
    }
  }
}

void text_plain(struct buffer *out, const char *text, size_t size) {
  struct buffer made = {0};
  text_inline(&made, text, size);
  for (size_t i = 0; i < made.size; i++)
    if (made.data[i] == '*' && made.data[i + 1] == '*')
      i++;
    else if (made.data[i] != '`')
      buffer_add_char(out, made.data[i] == '\n' ? ' ' : made.data[i]);
  buffer_free(&made);
}

/* What stands behind the `name` that a word begins with; false: no word does. */
static bool find_word(const char **value, size_t *value_size, const char *name, const char *words,
                      size_t size) {
  size_t length = strlen(name);
  for (size_t at = 0, n; at < size; at += n + 1) {
    for (n = 0; at + n < size && words[at + n] != ' ';)
      n++;
    if (n >= length && memcmp(words + at, name, length) == 0) {
      *value = words + at + length;
      *value_size = n - length;
      return true;
    }
  }
  return false;
}

void text_caption(struct buffer *out, const char *words, size_t size) {
  const char *value;
  size_t n;
  if (find_word(&value, &n, "file=", words, size))
    buffer_printf(out, "The file `%.*s`:", (int)n, value);
  else if (find_word(&value, &n, "exit=", words, size))
    buffer_printf(out, "This ends with exit code %.*s:", (int)n, value);
  else if (find_word(&value, &n, "answer", words, size))
    buffer_add_text(out, "What comes back:");
  else if (find_word(&value, &n, "request", words, size) ||
           find_word(&value, &n, "envelope", words, size))
    buffer_add_text(out, "What is sent:");
}
