/* Renames the imports of a document; besides, only the encoding's name and line ends change. */
#include "etwsdl/source/bundle_local.h"

#include <string.h>

struct editor {
  const struct source *source;
  struct buffer *out;
  size_t copied; /* up to here the text is in `out` */
};

static bool is_blank(char c) {
  return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/* The value of an attribute in the tag at `offset`, without its quotes. False when it is not
 * there; the text is well-formed. */
static bool find_value(const struct source *source, size_t offset, const char *name, size_t *start,
                       size_t *end) {
  const char *text = source->text;
  size_t n = strlen(name), at = offset;
  while (at < source->length && !is_blank(text[at]) && text[at] != '>')
    at++;
  while (at < source->length && text[at] != '>') {
    while (at < source->length && (is_blank(text[at]) || text[at] == '/'))
      at++;
    size_t word = at;
    while (at < source->length && text[at] != '=' && !is_blank(text[at]) && text[at] != '>')
      at++;
    size_t length = at - word;
    while (at < source->length && text[at] != '"' && text[at] != '\'' && text[at] != '>')
      at++;
    if (at >= source->length || text[at] == '>')
      return false;
    char quote = text[at++];
    *start = at;
    while (at < source->length && text[at] != quote)
      at++;
    *end = at++;
    if (length == n && strncmp(text + word, name, n) == 0)
      return true;
  }
  return false;
}

/* Line ends become LF: version control turns them into that anyway, and the same contract would
 * look changed. */
static void copy_up_to(struct editor *editor, size_t end) {
  const char *at = editor->source->text + editor->copied, *stop = editor->source->text + end;
  while (at < stop) {
    const char *cr = memchr(at, '\r', (size_t)(stop - at));
    buffer_add(editor->out, at, (size_t)((cr ? cr : stop) - at));
    if (!cr)
      break;
    at = cr;
    size_t left = (size_t)(stop - at);
    if (left >= 3 && memcmp(at, "\r\r\n", 3) == 0)
      at += 3;
    else
      at += left >= 2 && at[1] == '\n' ? 2 : 1;
    buffer_add_char(editor->out, '\n');
  }
  editor->copied = end;
}

static void replace(struct editor *editor, size_t start, size_t end, const char *by) {
  copy_up_to(editor, start);
  buffer_printf(editor->out, "%s", by);
  editor->copied = end;
}

/* The copy is UTF-8, whatever the original says it is. */
static void rename_encoding(struct editor *editor) {
  const struct source *source = editor->source;
  size_t start, end;
  if (source->length > 6 && strncmp(source->text, "<?xml", 5) == 0 &&
      find_value(source, 0, "encoding", &start, &end) &&
      strncmp(source->text + start, "utf-8", 5) != 0)
    replace(editor, start, end, "UTF-8");
}

static bool is_import(const xmlNode *node, const char **attribute) {
  if (xml_is(node, NS_WSDL, "import"))
    *attribute = "location";
  else if (xml_is(node, NS_XSD, "import") || xml_is(node, NS_XSD, "include") ||
           xml_is(node, NS_XSD, "redefine"))
    *attribute = "schemaLocation";
  else
    return false;
  return true;
}

struct visit {
  const struct reader *reader;
  struct editor *editor;
  import_name *rename;
  void *context;
};

static bool edit_import(const struct visit *visit, const xmlNode *node, const char *attribute) {
  const struct spot *spot = node->_private;
  const char *location = xml_attribute(visit->reader, node, attribute);
  size_t start, end;
  if (!location)
    return true;
  const char *name = visit->rename(visit->context, visit->reader, node, location);
  if (!name || !spot || !find_value(visit->reader->source, spot->offset, attribute, &start, &end))
    return false;
  replace(visit->editor, start, end, name);
  return true;
}

static bool edit_below(const struct visit *visit, xmlNode *node) {
  const char *attribute;
  for (xmlNode *c = xml_element(node); c; c = xml_element(c->next)) {
    if (is_import(c, &attribute) && !edit_import(visit, c, attribute))
      return false;
    if (!edit_below(visit, c->children))
      return false;
  }
  return true;
}

bool bundle_localise(struct contract *holder, const struct source *source, import_name *rename,
                     void *context, struct buffer *out) {
  struct editor editor = {source, out, 0};
  xmlDoc *doc = xml_parse(holder, source);
  if (!doc)
    return false;
  rename_encoding(&editor);
  struct reader reader = {.contract = holder, .source = source};
  struct visit visit = {&reader, &editor, rename, context};
  bool good = edit_below(&visit, xmlDocGetRootElement(doc));
  copy_up_to(&editor, source->length);
  xmlFreeDoc(doc);
  return good;
}
