#include "etwsdl/source/locate.h"

#include <string.h>
#include <unistd.h>

bool is_address(const char *location) {
  size_t n = strspn(location, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ+.-");
  return n > 0 && strncmp(location + n, "://", 3) == 0;
}

const char *local_name(struct contract *contract, const char *location) {
  size_t n = strcspn(location, "?#");
  size_t start = n;
  while (start > 0 && location[start - 1] != '/')
    start--;
  struct buffer name = {0};
  for (size_t i = start; i < n; i++) {
    char c = location[i];
    bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                 (c == '.' && name.size > 0) || c == '-' || c == '_';
    buffer_add(&name, plain ? &c : "_", 1);
  }
  if (name.size == 0) {
    buffer_free(&name);
    return NULL;
  }
  const char *dot = strrchr(buffer_text(&name), '.');
  if (!dot || (strcmp(dot, ".xsd") != 0 && strcmp(dot, ".wsdl") != 0))
    buffer_printf(&name, ".xsd");
  return intern_buffer(contract->arena, &name);
}

static const char *folder_of(struct contract *contract, const char *path) {
  const char *slash = strrchr(path, '/');
  return slash ? intern_n(contract->arena, path, (size_t)(slash + 1 - path)) : "";
}

static const char *beside(struct contract *contract, const char *path, const char *name) {
  return intern_format(contract->arena, "%s%s", folder_of(contract, path), name);
}

/* "a/x/../b" is "a/b", whatever x is a link to. */
static const char *without_dots(struct contract *contract, const char *path) {
  struct list kept = {0};
  struct buffer out = {0};
  buffer_add_text(&out, *path == '/' ? "/" : "");
  while (*(path += strspn(path, "/"))) {
    size_t n = strcspn(path, "/");
    const char *part = intern_n(contract->arena, path, n);
    bool up = strcmp(part, "..") == 0;
    if (up && kept.count > 0 && strcmp(kept.items[kept.count - 1], "..") != 0)
      kept.count--;
    else if (strcmp(part, ".") != 0)
      list_add(contract->arena, &kept, part);
    path += n;
  }
  for (size_t i = 0; i < kept.count; i++)
    buffer_printf(&out, "%s%s", i > 0 ? "/" : "", (const char *)kept.items[i]);
  return intern_buffer(contract->arena, &out);
}

/* The file at a relative location; NULL when that leads out of the folder of the contract. */
static const char *inside(struct contract *contract, const char *from, const char *location) {
  if (is_address(location) || location[0] == '/' || strchr(location, '\\'))
    return NULL;
  const char *root = without_dots(contract, folder_of(contract, contract->path));
  const char *path = without_dots(contract, beside(contract, from, location));
  size_t n = strlen(root);
  bool within = n == 0 ? path[0] != '/' && strncmp(path, "..", 2) != 0
                       : strncmp(path, root, n) == 0 && (path[n] == '/' || root[n - 1] == '/');
  return within ? path : NULL;
}

void complain_of_import(struct contract *contract, const char *from, const char *location,
                        struct place at) {
  const char *name = local_name(contract, location);
  bool path = !is_address(location) && !strchr(location, '\\');
  if (path && !inside(contract, from, location))
    contract_error(contract, at,
                   "imports %s, which leads out of the folder of the contract and is not followed: "
                   "copy the file beside the contract as %s, or name its folder with --imports",
                   location, name ? name : "a .xsd file");
  else
    contract_error(contract, at,
                   "imports %s, which is not here: put it beside the contract as %s, name its "
                   "folder with --imports, or let `etwsdl fetch` bring it",
                   location, name ? name : "a .xsd file");
}

const char *locate_import(struct contract *contract, const struct import_folders *folders,
                          const char *from, const char *location) {
  const char *name = local_name(contract, location);
  const char *path;

  if (folders->none)
    return NULL;
  path = inside(contract, from, location);
  if (path && access(path, R_OK) == 0)
    return path;
  if (!name)
    return NULL;
  path = beside(contract, from, name);
  if (access(path, R_OK) == 0)
    return path;
  for (size_t i = 0; i < folders->count; i++) {
    path = intern_format(contract->arena, "%s/%s", folders->paths[i], name);
    if (access(path, R_OK) == 0)
      return path;
  }
  return NULL;
}
