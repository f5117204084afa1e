#include "http/trace.h"

#include "http/redact.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { NAME_MAX_OF_FILE = 128 };

struct ets_trace_folder {
  char *path;
  int fd;
  bool subscribers;
  unsigned number; /* of the last pair */
};

/* One file. */
struct record {
  char name[NAME_MAX_OF_FILE];
  FILE *file;
  struct ets_redactor redactor;
};

struct ets_trace {
  struct ets_http_tap tap;
  char *folder; /* for messages */
  struct record request;
  struct record answer;
};

/* --- the folder ------------------------------------------------------------------------------ */

static ets_status check_owner(int fd, const char *path, ets_error *error) {
  struct stat status;
  if (fstat(fd, &status) != 0)
    return ets_error_set(error, ETS_E_IO, "cannot write into the trace folder %s: %s", path,
                         strerror(errno));
  if (status.st_uid != geteuid())
    return ets_error_set(error, ETS_E_IO,
                         "the trace folder %s belongs to another user: name one of your own", path);
  if (status.st_mode & (S_IWGRP | S_IWOTH))
    return ets_error_set(error, ETS_E_IO,
                         "others may write into the trace folder %s: chmod 700 it, or name another",
                         path);
  if (faccessat(fd, ".", W_OK | X_OK, 0) != 0)
    return ets_error_set(error, ETS_E_IO, "cannot write into the trace folder %s: %s", path,
                         strerror(errno));
  return ETS_OK;
}

static ets_status open_folder(struct ets_trace_folder *folder, ets_error *error) {
  const char *path = folder->path;
  if (mkdir(path, 0700) != 0 && errno != EEXIST)
    return ets_error_set(error, ETS_E_IO, "cannot make the trace folder %s: %s", path,
                         strerror(errno));
  folder->fd = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
  if (folder->fd >= 0)
    return check_owner(folder->fd, path, error);
  struct stat status;
  if (lstat(path, &status) == 0 && S_ISLNK(status.st_mode))
    return ets_error_set(error, ETS_E_IO, "the trace folder %s is a link: name the folder itself",
                         path);
  return ets_error_set(error, ETS_E_IO, "cannot write into the trace folder %s: %s", path,
                       strerror(errno));
}

/* `link/` and `link/.` are what the link leads to. */
static void strip(char *path) {
  size_t size = strlen(path);
  while (size > 1 && (path[size - 1] == '/' || (path[size - 1] == '.' && path[size - 2] == '/')))
    path[--size] = '\0';
}

ets_status ets_trace_folder_new(struct ets_trace_folder **folder, const char *path,
                                bool subscribers, ets_error *error) {
  struct ets_trace_folder *made = calloc(1, sizeof *made);
  *folder = NULL;
  if (!made)
    return ets_error_set(error, ETS_E_NOMEM, "out of memory");
  made->fd = -1;
  made->subscribers = subscribers;
  made->path = strdup(path);
  if (made->path)
    strip(made->path);
  ets_status status =
      made->path ? open_folder(made, error) : ets_error_set(error, ETS_E_NOMEM, "out of memory");
  if (status != ETS_OK)
    ets_trace_folder_free(made);
  else
    *folder = made;
  return status;
}

void ets_trace_folder_free(struct ets_trace_folder *folder) {
  if (!folder)
    return;
  if (folder->fd >= 0)
    close(folder->fd);
  free(folder->path);
  free(folder);
}

/* --- a pair ---------------------------------------------------------------------------------- */

/* What has the name is removed, a link as well, and not what it leads to. */
static int create(int folder, const char *name) {
  if (unlinkat(folder, name, 0) != 0 && errno != ENOENT)
    return -1;
  return openat(folder, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
}

static ets_status open_record(struct record *record, const struct ets_trace_folder *folder,
                              const char *operation, const char *part, const char *const *secrets,
                              ets_error *error) {
  char *name = record->name;
  snprintf(name, sizeof record->name, "%04u-%.60s-%s.txt", folder->number,
           operation && *operation ? operation : "call", part);
  int fd = strchr(name, '/') ? -1 : create(folder->fd, name);
  record->file = fd >= 0 ? fdopen(fd, "w") : NULL;
  if (!record->file) {
    ets_error_set(error, ETS_E_IO, "cannot write the trace %s/%s: %s", folder->path, name,
                  strerror(errno));
    if (fd >= 0)
      close(fd);
    return ETS_E_IO;
  }
  if (!ets_redact_begin(&record->redactor, record->file, folder->subscribers, secrets))
    return ets_error_set(error, ETS_E_NOMEM, "out of memory");
  return ETS_OK;
}

static ets_status close_record(struct record *record, const char *folder, ets_error *error) {
  if (!record->file)
    return ETS_OK;
  ets_redact_end(&record->redactor);
  bool written = fflush(record->file) == 0 && !ferror(record->file);
  int why = errno;
  if (fclose(record->file) == 0 && written)
    return ETS_OK;
  return ets_error_set(error, ETS_E_IO, "the trace %s/%s is not complete: %s", folder, record->name,
                       written ? strerror(errno) : strerror(why));
}

static void take(void *context, enum ets_http_part part, const char *bytes, size_t size) {
  struct ets_trace *trace = context;
  switch (part) {
  case ETS_HTTP_SENT_HEADER:
    ets_redact_header(&trace->request.redactor, bytes, size);
    break;
  case ETS_HTTP_SENT_BODY:
    ets_redact_body(&trace->request.redactor, bytes, size);
    break;
  case ETS_HTTP_RECEIVED_HEADER:
    ets_redact_header(&trace->answer.redactor, bytes, size);
    break;
  case ETS_HTTP_RECEIVED_BODY:
    ets_redact_body(&trace->answer.redactor, bytes, size);
    break;
  }
}

ets_status ets_trace_open(struct ets_trace **trace, struct ets_trace_folder *folder,
                          const char *operation, const char *const *secrets, ets_error *error) {
  struct ets_trace *made = calloc(1, sizeof *made);
  *trace = NULL;
  if (!made)
    return ets_error_set(error, ETS_E_NOMEM, "out of memory");
  made->tap = (struct ets_http_tap){made, take};
  made->folder = strdup(folder->path);
  folder->number++;
  ets_status status = made->folder ? ETS_OK : ets_error_set(error, ETS_E_NOMEM, "out of memory");
  if (status == ETS_OK)
    status = open_record(&made->request, folder, operation, "request", secrets, error);
  if (status == ETS_OK)
    status = open_record(&made->answer, folder, operation, "answer", secrets, error);
  if (status != ETS_OK)
    ets_trace_close(made, NULL);
  else
    *trace = made;
  return status;
}

struct ets_http_tap *ets_trace_tap(struct ets_trace *trace) {
  return &trace->tap;
}

ets_status ets_trace_close(struct ets_trace *trace, ets_error *error) {
  if (!trace)
    return ETS_OK;
  ets_status answer = close_record(&trace->answer, trace->folder, error);
  ets_status request = close_record(&trace->request, trace->folder, error);
  free(trace->folder);
  free(trace);
  return request != ETS_OK ? request : answer;
}
