#include "etwsdl/source/scan.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

struct scanner {
  const char *at;
  const char *end;
  struct spot spot;
  unsigned depth;
  size_t attributes; /* of the tags that are open */
  size_t of_tag[SOURCE_MOST_DEPTH];
  size_t capacity;
};

static void step(struct scanner *scanner) {
  unsigned char c = (unsigned char)*scanner->at++;
  bool ends = c == '\n' || (c == '\r' && (scanner->at == scanner->end || *scanner->at != '\n'));
  if (c == '\r' && scanner->end - scanner->at > 1 && memcmp(scanner->at, "\r\n", 2) == 0)
    ends = false; /* CR CR LF, which some tool made of CR LF, is one */
  if (ends) {
    scanner->spot.line++;
    scanner->spot.column = 1;
  } else if (c != '\r' && (c & 0xc0) != 0x80) {
    scanner->spot.column++;
  }
}

static bool looking_at(const struct scanner *scanner, const char *token) {
  size_t n = strlen(token);
  return (size_t)(scanner->end - scanner->at) >= n && memcmp(scanner->at, token, n) == 0;
}

static void skip_past(struct scanner *scanner, const char *token) {
  while (scanner->at < scanner->end && !looking_at(scanner, token))
    step(scanner);
  for (size_t n = strlen(token); n > 0 && scanner->at < scanner->end; n--)
    step(scanner);
}

/* From '<' past '>'; quoted values may hold a '>'. True when the tag closes itself. */
static bool skip_tag(struct scanner *scanner, size_t *attributes) {
  char quote = '\0', before = '\0';
  *attributes = 0;
  while (scanner->at < scanner->end) {
    char c = *scanner->at;
    step(scanner);
    if (quote != '\0') {
      if (c == quote)
        quote = '\0';
    } else if (c == '"' || c == '\'') {
      quote = c;
      ++*attributes;
    } else if (c == '>') {
      return before == '/';
    }
    before = c;
  }
  return false;
}

static void add_tag(struct source *source, struct scanner *scanner) {
  if (source->tag_count == scanner->capacity) {
    scanner->capacity = scanner->capacity ? scanner->capacity * 2 : 1024;
    source->tags = need_realloc(source->tags, scanner->capacity * sizeof *source->tags);
  }
  scanner->spot.offset = (uint32_t)(scanner->at - source->text);
  source->tags[source->tag_count++] = scanner->spot;
}

static bool refuse(struct contract *contract, struct place place, const char *what, int most) {
  contract_error(contract, place, "%s %d, no contract has that", what, most);
  return false;
}

static bool start_tag(struct source *source, struct contract *contract, struct scanner *scanner) {
  struct place place = {source->path, scanner->spot.line, scanner->spot.column};
  size_t attributes;
  if (source->tag_count == SOURCE_MOST_TAGS)
    return refuse(contract, place, "more elements than", SOURCE_MOST_TAGS);
  add_tag(source, scanner);
  bool closed = skip_tag(scanner, &attributes);
  if (scanner->attributes + attributes > SOURCE_MOST_ATTRIBUTES)
    return refuse(contract, place, "more attributes of a tag and those around it than",
                  SOURCE_MOST_ATTRIBUTES);
  if (closed)
    return true;
  if (scanner->depth == SOURCE_MOST_DEPTH)
    return refuse(contract, place, "elements nested deeper than", SOURCE_MOST_DEPTH);
  scanner->of_tag[scanner->depth++] = attributes;
  scanner->attributes += attributes;
  return true;
}

static void end_tag(struct scanner *scanner) {
  size_t attributes;
  skip_tag(scanner, &attributes);
  if (scanner->depth > 0)
    scanner->attributes -= scanner->of_tag[--scanner->depth];
}

/* The likeliest wrong download: a page to log in. */
static bool is_web_page(const struct source *source) {
  static const char *const starts[] = {"<!doctype html", "<html"};
  const char *text = source->text;
  size_t left = source->length;
  while (left > 0 && strchr(" \t\r\n", *text) && *text)
    text++, left--;
  for (size_t i = 0; i < sizeof starts / sizeof *starts; i++)
    if (left >= strlen(starts[i]) && strncasecmp(text, starts[i], strlen(starts[i])) == 0)
      return true;
  return false;
}

bool scan_tags(struct source *source, struct contract *contract) {
  if (is_web_page(source)) {
    contract_error(contract, (struct place){source->path, 1, 1},
                   "this is a web page, not a contract: was it a page to log in?");
    return false;
  }
  struct scanner scanner = {
      .at = source->text, .end = source->text + source->length, .spot = {1, 1, 0}};
  while (scanner.at < scanner.end) {
    if (*scanner.at != '<') {
      step(&scanner);
    } else if (looking_at(&scanner, "<!--")) {
      skip_past(&scanner, "-->");
    } else if (looking_at(&scanner, "<![CDATA[")) {
      skip_past(&scanner, "]]>");
    } else if (looking_at(&scanner, "<?")) {
      skip_past(&scanner, "?>");
    } else if (looking_at(&scanner, "<!")) {
      struct place place = {source->path, scanner.spot.line, scanner.spot.column};
      contract_error(contract, place, "a DOCTYPE is refused: contracts need no entities");
      return false;
    } else if (looking_at(&scanner, "</")) {
      end_tag(&scanner);
    } else if (!start_tag(source, contract, &scanner)) {
      return false;
    }
  }
  return true;
}
