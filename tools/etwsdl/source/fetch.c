#include "etwsdl/source/fetch.h"

#include <curl/curl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "etwsdl/base/file.h"
#include "etwsdl/source/digest.h"
#include "etwsdl/source/document.h"

enum { MOST_REDIRECTS = 5, CONNECT_SECONDS = 20, ALL_SECONDS = 120 };

struct download {
  CURL *curl;
  struct buffer body, head; /* head: what a cache needs, a line each */
  struct curl_slist *asked;
  bool too_large;
};

/* --- what was fetched before -----------------------------------------------------------------
 * A file for each address: lines of the answer's header, an empty line, the body. */

static char *cache_path(const struct http_options *options, const char *address) {
  char digest[65];
  digest_sha256(digest, address, strlen(address));
  return need_format("%s/%s", options->cache, digest);
}

static bool read_cache(struct buffer *kept, const char *path) {
  char block[16384];
  size_t n;
  FILE *file = fopen(path, "rb");
  if (!file)
    return false;
  while (kept->size <= 2 * SOURCE_MOST_BYTES && (n = fread(block, 1, sizeof block, file)) > 0)
    buffer_add(kept, block, n);
  fclose(file);
  return strstr(buffer_text(kept), "\n\n");
}

/* The value of a line "name: value" of the header, on the heap; NULL when it is not there. */
static char *header_value(const struct buffer *head, const char *name) {
  size_t n = strlen(name);
  for (const char *line = buffer_text(head); *line && *line != '\n';) {
    size_t length = strcspn(line, "\n");
    if (strncasecmp(line, name, n) == 0 && line[n] == ':') {
      const char *value = line + n + 1 + strspn(line + n + 1, " ");
      return need_format("%.*s", (int)(line + length - value), value);
    }
    line += length + (line[length] == '\n');
  }
  return NULL;
}

static void ask_when_changed(struct download *download, const struct buffer *kept) {
  static const char *const pairs[][2] = {{"ETag", "If-None-Match"},
                                         {"Last-Modified", "If-Modified-Since"}};
  for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
    char *value = header_value(kept, pairs[i][0]);
    if (!value)
      continue;
    char *line = need_format("%s: %s", pairs[i][1], value);
    download->asked = curl_slist_append(download->asked, line);
    free(line);
    free(value);
  }
  curl_easy_setopt(download->curl, CURLOPT_HTTPHEADER, download->asked);
}

/* Only the last answer of a redirected request counts. */
static size_t receive_head(char *data, size_t size, size_t count, void *context) {
  struct download *download = context;
  size_t n = size * count, length = n;
  while (length > 0 && (data[length - 1] == '\r' || data[length - 1] == '\n'))
    length--;
  if (length >= 5 && strncasecmp(data, "HTTP/", 5) == 0)
    buffer_reset(&download->head);
  bool wanted = strncasecmp(data, "ETag:", n < 5 ? n : 5) == 0 ||
                strncasecmp(data, "Last-Modified:", n < 14 ? n : 14) == 0;
  if (wanted && length > 5 && length < 1000) {
    buffer_add(&download->head, data, length);
    buffer_add_char(&download->head, '\n');
  }
  return n;
}

bool fetch_keep(const struct bundle *bundle, const struct http_options *options) {
  bool good = true;
  for (size_t i = 0; good && i < bundle->files.count; i++) {
    const struct bundle_file *file = bundle->files.items[i];
    struct buffer out = {0};
    if (file->was_kept || !file->asked)
      continue;
    char *path = cache_path(options, file->asked);
    buffer_printf(&out, "%sLocation: %s\n\n", file->head, file->origin);
    buffer_add(&out, file->bytes, file->size);
    good = !out.failed && file_write(path, buffer_text(&out), out.size);
    buffer_free(&out);
    free(path);
  }
  return good;
}

/* --- one request ------------------------------------------------------------------------------ */

static size_t receive(char *data, size_t size, size_t count, void *context) {
  struct download *download = context;
  if (download->body.size + size * count > SOURCE_MOST_BYTES) {
    download->too_large = true;
    return 0;
  }
  buffer_add(&download->body, data, size * count);
  return size * count;
}

static bool is_https(const char *address) {
  return strncasecmp(address, "https://", 8) == 0;
}

static bool set_options(struct download *download, const struct http_options *options,
                        const char *address) {
  CURL *curl = download->curl;
  const char *schemes = is_https(address) ? "https" : "http,https";
  bool good =
      curl_easy_setopt(curl, CURLOPT_URL, address) == CURLE_OK &&
      curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, schemes) == CURLE_OK &&
      curl_easy_setopt(curl, CURLOPT_REDIR_PROTOCOLS_STR, schemes) == CURLE_OK &&
      curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 1L) == CURLE_OK &&
      curl_easy_setopt(curl, CURLOPT_MAXREDIRS, (long)MOST_REDIRECTS) == CURLE_OK &&
      curl_easy_setopt(curl, CURLOPT_FAILONERROR, 1L) == CURLE_OK &&
      curl_easy_setopt(curl, CURLOPT_ACCEPT_ENCODING, "identity") == CURLE_OK && /* undoes others */
      curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, (long)CONNECT_SECONDS) == CURLE_OK &&
      curl_easy_setopt(curl, CURLOPT_TIMEOUT, (long)ALL_SECONDS) == CURLE_OK &&
      curl_easy_setopt(curl, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2) == CURLE_OK &&
      curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L) == CURLE_OK &&
      curl_easy_setopt(curl, CURLOPT_USERAGENT, "etwsdl (etsoap)") == CURLE_OK &&
      curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, receive) == CURLE_OK &&
      curl_easy_setopt(curl, CURLOPT_WRITEDATA, download) == CURLE_OK &&
      curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, receive_head) == CURLE_OK &&
      curl_easy_setopt(curl, CURLOPT_HEADERDATA, download) == CURLE_OK;
  if (good && options->ca_file)
    good = curl_easy_setopt(curl, CURLOPT_CAINFO, options->ca_file) == CURLE_OK &&
           curl_easy_setopt(curl, CURLOPT_CAPATH, NULL) == CURLE_OK;
  if (good && options->proxy)
    good = curl_easy_setopt(curl, CURLOPT_PROXY, options->proxy) == CURLE_OK;
  return good;
}

static const char *reason(const struct download *download, CURLcode code, const char *said) {
  long status = 0;
  if (download->too_large)
    return "larger than any contract";
  switch (code) {
  case CURLE_HTTP_RETURNED_ERROR:
    curl_easy_getinfo(download->curl, CURLINFO_RESPONSE_CODE, &status);
    return status == 404   ? "not found (404): check the address"
           : status == 403 ? "refused (403): the address may need another network"
                           : said;
  case CURLE_UNSUPPORTED_PROTOCOL:
    return "it leads to an address that is not HTTPS";
  case CURLE_TOO_MANY_REDIRECTS:
    return "more than 5 redirects";
  default:
    return *said != '\0' ? said : curl_easy_strerror(code);
  }
}

static bool take_kept(struct contract *holder, struct bundle_file *file, struct buffer *kept) {
  char *moved = header_value(kept, "Location");
  const char *body = strstr(buffer_text(kept), "\n\n");
  if (moved)
    file->origin = intern(holder->arena, moved);
  if (body) {
    file->size = kept->size - (size_t)(body + 2 - kept->data);
    file->bytes = arena_copy(holder->arena, body + 2, file->size);
  }
  free(moved);
  return body;
}

static bool perform(struct download *download, struct contract *holder, const char *address) {
  char said[CURL_ERROR_SIZE] = "";
  curl_easy_setopt(download->curl, CURLOPT_ERRORBUFFER, said);
  CURLcode code = curl_easy_perform(download->curl);
  if (code == CURLE_OK)
    return true;
  contract_error(holder, (struct place){0}, "cannot fetch %s: %s", address,
                 reason(download, code, said));
  return false;
}

/* What was answered, once there was an answer. */
static bool take_answer(struct download *download, struct contract *holder,
                        struct bundle_file *file, struct buffer *kept) {
  char *moved = NULL;
  long status = 0;
  curl_easy_getinfo(download->curl, CURLINFO_RESPONSE_CODE, &status);
  if (status == 304 && download->asked && take_kept(holder, file, kept)) {
    file->was_kept = true;
    return true;
  }
  if (status != 200 && status != 203) { /* 203: by a proxy that changed something of it */
    contract_error(holder, (struct place){0}, "cannot fetch %s: %s (%ld)", file->origin,
                   status == 304 ? "the server says that it has not changed, which it was not asked"
                                 : "the server answers without the document",
                   status);
    return false;
  }
  if (curl_easy_getinfo(download->curl, CURLINFO_EFFECTIVE_URL, &moved) == CURLE_OK && moved)
    file->origin = intern(holder->arena, moved);
  file->bytes = arena_keep(holder->arena, &download->body, &file->size);
  file->head = intern(holder->arena, buffer_text(&download->head));
  return true;
}

static bool get_http(void *context, struct contract *holder, struct bundle_file *file) {
  const struct http_options *options = context;
  struct download download = {.curl = curl_easy_init()};
  struct buffer kept = {0};
  char *path = options->cache ? cache_path(options, file->origin) : NULL;
  bool good = false;
  file->asked = path ? file->origin : NULL;
  if (!download.curl || !set_options(&download, options, file->origin)) {
    contract_error(holder, (struct place){0}, "%s: libcurl cannot be set up", file->origin);
    goto cleanup;
  }
  if (path && !options->afresh && read_cache(&kept, path))
    ask_when_changed(&download, &kept);
  good = perform(&download, holder, file->origin) && take_answer(&download, holder, file, &kept);

cleanup:
  free(path);
  buffer_free(&kept);
  buffer_free(&download.head);
  buffer_free(&download.body);
  curl_easy_cleanup(download.curl);
  curl_slist_free_all(download.asked);
  return good;
}

/* What is named relative to an address, or by an address of its own. A contract that came over
 * HTTPS does not get its parts over plain HTTP: those are asked for over HTTPS. */
static const char *resolve_http(void *context, struct contract *holder, const char *base,
                                const char *location, struct place at) {
  CURLU *url = curl_url();
  char *made = NULL, *scheme = NULL;
  const char *origin = NULL;
  (void)context;
  bool good = url && curl_url_set(url, CURLUPART_URL, base, 0) == CURLUE_OK &&
              curl_url_set(url, CURLUPART_URL, location, 0) == CURLUE_OK &&
              curl_url_set(url, CURLUPART_FRAGMENT, NULL, 0) == CURLUE_OK &&
              curl_url_get(url, CURLUPART_SCHEME, &scheme, 0) == CURLUE_OK;
  if (good && is_https(base) && strcmp(scheme, "http") == 0)
    good = curl_url_set(url, CURLUPART_SCHEME, "https", 0) == CURLUE_OK;
  else if (good)
    good = strcmp(scheme, "http") == 0 || strcmp(scheme, "https") == 0;
  if (good && curl_url_get(url, CURLUPART_URL, &made, 0) == CURLUE_OK)
    origin = intern(holder->arena, made);
  else
    contract_error(holder, at, "imports %s, which is no address to fetch", location);
  curl_free(made);
  curl_free(scheme);
  curl_url_cleanup(url);
  return origin;
}

const struct bundle_reader bundle_from_http = {NULL, resolve_http, get_http};

bool fetch_bundle(struct bundle *bundle, const char *address, const char *name,
                  const struct http_options *options) {
  struct bundle_reader reader = bundle_from_http;
  reader.context = (void *)(uintptr_t)options;
  return bundle_collect(bundle, &reader, address, name);
}

bool http_is_fetchable(const char *address, const char *what) {
  CURLU *url = curl_url();
  char *scheme = NULL, *user = NULL, *password = NULL;
  bool good = url && curl_url_set(url, CURLUPART_URL, address, 0) == CURLUE_OK &&
              curl_url_get(url, CURLUPART_SCHEME, &scheme, 0) == CURLUE_OK &&
              (strcmp(scheme, "http") == 0 || strcmp(scheme, "https") == 0);
  if (!good)
    fprintf(stderr, "etwsdl: %s %s: say http://... or https://...\n", what, address);
  else if (curl_url_get(url, CURLUPART_USER, &user, 0) == CURLUE_OK ||
           curl_url_get(url, CURLUPART_PASSWORD, &password, 0) == CURLUE_OK) {
    fprintf(stderr, "etwsdl: %s: a user name or password does not belong on the command line\n",
            what);
    good = false;
  }
  curl_free(scheme);
  curl_free(user);
  curl_free(password);
  curl_url_cleanup(url);
  return good;
}
