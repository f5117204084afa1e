#include "etwsdl/model/model.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "common/escape.h"

enum { FIRST_SYMBOLS = 2048, MOST_DIAGNOSTICS = 200 };

struct symbol {
  enum space space;
  struct qname name;
  void *what;
};

struct symbols {
  struct symbol *slots;
  size_t size; /* a power of two */
  size_t used;
};

struct contract *contract_new(void) {
  struct arena *arena = arena_new();
  struct contract *contract = arena_alloc(arena, sizeof *contract);
  contract->arena = arena;
  contract->symbols = need_alloc(sizeof *contract->symbols);
  contract->symbols->size = FIRST_SYMBOLS;
  contract->symbols->slots = need_alloc(FIRST_SYMBOLS * sizeof(struct symbol));
  return contract;
}

void contract_free(struct contract *contract) {
  if (!contract)
    return;
  free(contract->symbols->slots);
  free(contract->symbols);
  arena_free(contract->arena);
}

bool qname_equal(struct qname a, struct qname b) {
  return a.local == b.local && a.ns == b.ns;
}

static struct symbol *symbol_slot(const struct symbols *symbols, enum space space,
                                  struct qname name) {
  uintptr_t hash = (uintptr_t)name.local / 16 * 31 + (uintptr_t)name.ns / 16 + (uintptr_t)space * 7;
  size_t at = (hash ^ (hash >> 15)) & (symbols->size - 1);
  while (symbols->slots[at].what) {
    const struct symbol *symbol = &symbols->slots[at];
    if (symbol->space == space && qname_equal(symbol->name, name))
      break;
    at = (at + 1) & (symbols->size - 1);
  }
  return &symbols->slots[at];
}

static void grow_symbols(struct symbols *symbols) {
  struct symbols grown = {.size = symbols->size * 2, .used = symbols->used};
  grown.slots = need_alloc(grown.size * sizeof(struct symbol));
  for (size_t i = 0; i < symbols->size; i++) {
    const struct symbol *symbol = &symbols->slots[i];
    if (symbol->what)
      *symbol_slot(&grown, symbol->space, symbol->name) = *symbol;
  }
  free(symbols->slots);
  *symbols = grown;
}

bool contract_define(struct contract *contract, enum space space, struct qname name, void *what) {
  struct symbols *symbols = contract->symbols;
  if (symbols->used * 2 >= symbols->size)
    grow_symbols(symbols);
  struct symbol *slot = symbol_slot(symbols, space, name);
  if (slot->what)
    return false;
  *slot = (struct symbol){space, name, what};
  symbols->used++;
  return true;
}

void *contract_find(const struct contract *contract, enum space space, struct qname name) {
  return symbol_slot(contract->symbols, space, name)->what;
}

const char *contract_spell(const struct contract *contract, struct qname name) {
  if (!name.local || name.ns == contract->ns)
    return name.local;
  if (name.ns && strcmp(name.ns, NS_XSD) == 0)
    return intern_format(contract->arena, "xsd:%s", name.local);
  return intern_format(contract->arena, "{%s}%s", name.ns ? name.ns : "", name.local);
}

const char *contract_spell_in(const struct contract *contract, struct qname name, const char *ns) {
  return !name.ns || name.ns == ns ? name.local : contract_spell(contract, name);
}

const char *contract_spell_type(const struct contract *contract, const struct type *type) {
  return !type ? "xsd:anyType" : contract_spell(contract, type->name);
}

struct type *contract_type(const struct contract *contract, const char *local) {
  struct arena *arena = contract->arena;
  struct qname name = {contract->ns, NULL};
  const char *end = *local == '{' ? strchr(local, '}') : NULL;
  if (end) {
    name.ns = end == local + 1 ? NULL : intern_n(arena, local + 1, (size_t)(end - local - 1));
    local = end + 1;
  } else if (strncmp(local, "xsd:", 4) == 0) {
    name.ns = intern(arena, NS_XSD);
    local += 4;
  }
  name.local = intern(arena, local);
  return contract_find(contract, SPACE_TYPE, name);
}

const char *type_primitive(const struct type *type) {
  while (type && type->kind == TYPE_SIMPLE && type->derivation == DERIVED_BY_RESTRICTION)
    type = type->base.type;
  return type && type->kind == TYPE_BUILTIN ? type->name.local : NULL;
}

const struct type *type_meant(const struct type *type) {
  while (type && type->kind == TYPE_SIMPLE && type->derivation == DERIVED_BY_RESTRICTION &&
         type->base.type && type->values.count + type->facets.count == 0)
    type = type->base.type;
  return type;
}

static void diagnose(struct contract *contract, enum severity severity, struct place at,
                     const char *format, va_list arguments) {
  if (severity == SEVERITY_ERROR)
    contract->errors++;
  if (contract->diagnostics.count >= MOST_DIAGNOSTICS)
    return;
  struct buffer text = {0}, shown = {0};
  buffer_vprintf(&text, format, arguments);
  escape_terminal(&shown, buffer_text(&text), text.size);
  buffer_free(&text);
  struct diagnostic *diagnostic = arena_alloc(contract->arena, sizeof *diagnostic);
  diagnostic->severity = severity;
  diagnostic->at = at;
  diagnostic->text = intern_buffer(contract->arena, &shown);
  list_add(contract->arena, &contract->diagnostics, diagnostic);
}

void contract_error(struct contract *contract, struct place at, const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  diagnose(contract, SEVERITY_ERROR, at, format, arguments);
  va_end(arguments);
}

void contract_note(struct contract *contract, struct place at, const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  diagnose(contract, SEVERITY_NOTE, at, format, arguments);
  va_end(arguments);
}
