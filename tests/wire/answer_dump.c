/* Reads answers as the library does and prints all that is in them, for comparison with another
 * reader:
 *
 *   answer_dump < INPUT
 *
 * An input is one line `SIZE PIECE CHARSET MODE`, then as many bytes: PIECE is how many of them
 * come at a time (0: all at once), CHARSET that of the Content-Type or `-`, MODE `rows` for a
 * RetrieveResponseMsg with its rows streamed, the name of a response to read whole, or `plain` for
 * what gSOAP's reader would get, which is one line `plain BYTES` in percent encoding. For each, one
 * line a value, `DEPTH NAME STATE KIND TEXT` with tabs between, `other:` in front of names outside
 * the contract's namespace, TEXT in percent encoding, and a
 * last line `end`, `fault CODE` or `refused STATUS MESSAGE`. */
#include "object/notes.h"
#include "object/object_private.h"
#include "wire/answer.h"
#include "harness/bytes.h"
#include "wire/plain.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void print_bytes(const char *bytes, size_t n) {
  for (size_t i = 0; i < n; i++)
    if ((unsigned char)bytes[i] <= ' ' || bytes[i] == '%' || (unsigned char)bytes[i] >= 0x7F)
      printf("%%%02X", (unsigned char)bytes[i]);
    else
      putchar(bytes[i]);
}

static void dump_object(int depth, ets_object object);

static void dump_value(int depth, const char *space, const char *name, const char *kind,
                       const ets_value *value) {
  static const char *const states[] = {"absent", "nil", "empty", "present"};
  static const char *const kinds[] = {"text",    "text",   "integer", "double",
                                      "boolean", "object", "binary"};
  char number[512];
  printf("%d\t%s%s\t%s\t%s\t", depth, space, name, states[value->presence],
         kind ? kind : kinds[value->kind]);
  if (value->presence == ETS_PRESENT && value->kind == ETS_VALUE_BINARY)
    for (size_t i = 0; i < value->size; i++)
      printf("%%%02X", ((const unsigned char *)value->bytes)[i]);
  else if (value->presence == ETS_PRESENT && value->text)
    print_bytes(value->text, strlen(value->text));
  else if (value->presence == ETS_PRESENT && value->kind != ETS_VALUE_OBJECT &&
           ets_value_format(value, number, sizeof number) < sizeof number)
    print_bytes(number, strlen(number));
  putchar('\n');
  if (value->presence == ETS_PRESENT && value->kind == ETS_VALUE_OBJECT)
    dump_object(depth + 1, value->object);
}

static void dump_object(int depth, ets_object object) {
  for (uint32_t i = 0; i < object.type->field_count; i++) {
    const struct ets_field *field = &object.type->fields[i];
    for (size_t n = 0; n < ets_field_count(field, object.data); n++) {
      ets_value value = ets_object_read(object, field, n);
      if (value.presence != ETS_ABSENT)
        dump_value(depth, "", field->name, field->kind == ETS_KIND_ENUM ? "enum" : NULL, &value);
    }
  }
  for (const struct ets_element *at = ets_object_elements(object); at; at = at->next) {
    ets_value value = ets_element_value(at);
    bool ours = !*at->space || strcmp(at->space, ETS_CONTRACT_NAMESPACE) == 0;
    dump_value(depth, ours ? "" : "other:", at->name, NULL, &value);
  }
}

static ets_status dump_rows(struct ets_answer *answer, ets_error *error) {
  ets_object row;
  ets_status status;
  while ((status = ets_answer_next(answer, &row, error)) == ETS_OK) {
    printf("1\tResults\tpresent\tobject\t\n");
    dump_object(2, row);
  }
  return status;
}

static void dump_plain(const struct ets_answer_source *source,
                       const struct ets_answer_request *request, size_t piece) {
  struct ets_plain *plain;
  char buffer[64];
  size_t n, size = piece && piece < sizeof buffer ? piece : sizeof buffer;
  ets_error error;
  if (ets_plain_open(&plain, source, request, &error) != ETS_OK)
    exit(2);
  printf("plain ");
  while ((n = ets_plain_read(plain, buffer, size)) > 0)
    print_bytes(buffer, n);
  ets_status status = ets_plain_finish(plain, &error);
  if (status == ETS_OK)
    puts("\nend");
  else
    printf("\nrefused %s %s\n", ets_status_name(status), error.message);
  ets_plain_close(plain);
}

static int dump(struct bytes *from, const char *charset, const char *mode) {
  bool rows = strcmp(mode, "rows") == 0;
  const char *name = rows ? "RetrieveResponseMsg" : mode;
  struct ets_arena arena = {0};
  struct ets_answer *answer;
  struct ets_answer_source source = {from, read_bytes};
  struct ets_answer_request request = {.response = ets_type_find(name, strlen(name)),
                                       .items = rows ? "Results" : NULL,
                                       .peer = "the file",
                                       .charset = strcmp(charset, "-") == 0 ? "" : charset,
                                       .arena = &arena};
  ets_error error = {0};
  if (strcmp(mode, "plain") == 0) {
    dump_plain(&source, &request, from->piece);
    return 0;
  }
  if (!request.response)
    return -1;
  ets_status status = ets_answer_open(&answer, &source, &request, &error);
  const struct ets_soap_fault *fault = answer ? ets_answer_fault(answer) : NULL;
  if (status == ETS_OK && !fault && rows)
    status = dump_rows(answer, &error);
  if (status == ETS_OK && !fault && !rows)
    status = ETS_END;
  if (status == ETS_END)
    dump_object(1, ets_answer_response(answer));
  if (fault)
    printf("fault %s\n", fault->code.name ? fault->code.name : "");
  else if (status == ETS_END)
    puts("end");
  else
    printf("refused %s %s\n", ets_status_name(status), error.message);
  ets_answer_close(answer);
  ets_arena_free(&arena);
  return 0;
}

static int read_word(char *word, size_t room) {
  size_t n = 0;
  int c = getchar();
  for (; c != EOF && c != ' ' && c != '\n' && n + 1 < room; c = getchar())
    word[n++] = (char)c;
  word[n] = '\0';
  return n > 0;
}

int main(void) {
  char size[24], piece[24], charset[40], mode[80];
  while (read_word(size, sizeof size) && read_word(piece, sizeof piece) &&
         read_word(charset, sizeof charset) && read_word(mode, sizeof mode)) {
    struct bytes from = {NULL, strtoul(size, NULL, 10), strtoul(piece, NULL, 10)};
    char *bytes = malloc(from.left + 1);
    if (!bytes || fread(bytes, 1, from.left, stdin) != from.left)
      return 2;
    from.at = bytes;
    int code = dump(&from, charset, mode);
    free(bytes);
    if (code)
      return 2;
    fflush(stdout);
  }
  return 0;
}
