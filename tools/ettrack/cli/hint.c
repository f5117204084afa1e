#include "ettrack/cli/hint.h"

#include <string.h>

/* Quoted only where a shell would take it for something else. */
static void add_word(struct buffer *out, const char *word) {
  static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
                              "@%+=:,./_-";
  buffer_add_char(out, ' ');
  if (*word && word[strspn(word, plain)] == '\0') {
    buffer_add_text(out, word);
    return;
  }
  buffer_add_char(out, '\'');
  for (; *word; word++)
    if (*word == '\'')
      buffer_add_text(out, "'\\''");
    else
      buffer_add_char(out, *word);
  buffer_add_char(out, '\'');
}

static void add_option(struct buffer *out, const char *name, const char *value) {
  buffer_printf(out, " --%s", name);
  add_word(out, value);
}

void hint_add(struct buffer *out, const struct options *options, const char *const *words,
              const char *operand) {
  buffer_add_text(out, "ettrack");
  for (; *words; words++)
    add_word(out, *words);
  if (options->config)
    add_option(out, "config", options->config);
  for (size_t i = 0; i < options->settings.count; i++)
    add_option(out, options->settings.items[i].option, options->settings.items[i].value);
  if (operand && *operand == '-')
    buffer_add_text(out, " --");
  if (operand)
    add_word(out, operand);
}
