#include "ettrack/sinks/folder_survey.h"

#include "ettrack/sinks/folder_place.h"
#include "ettrack/sinks/folder_record.h"
#include "ettrack/sinks/one_table.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct survey {
  const struct folder_dir *top;
  const char *ending;
  store_visitor *visit;
  folder_survey_visitor *look; /* instead of `visit` */
  void *context;
  ets_error *error;
};

/* What stops a walk without a failure of the folder's: the visitor's own. */
static ets_status give(struct survey *survey, const json_t *root) {
  ets_export_record record;
  ets_export_share *shares;
  const char *table = folder_record_table(root);
  ets_status status = ETS_OK;
  if (folder_record_parse(&record, &shares, root) && table)
    status = survey->visit(survey->context, table, folder_record_account(root), &record);
  free(shares);
  return status;
}

/* `name` is "_part-0000-2400.json", or else nothing is given. */
static ets_status visit_record(struct survey *survey, const struct folder_dir *dir,
                               const char *path, const char *name) {
  struct folder_files files;
  char part[FOLDER_PART_MAX];
  int64_t start, end;
  json_t *root;
  size_t n = name[0] == '_' ? folder_place_part(name + 1, &start, &end) : 0;
  if (n == 0 || strcmp(name + 1 + n, ".json") != 0)
    return ETS_OK;
  snprintf(part, sizeof part, "%.*s", (int)n, name + 1);
  folder_record_files(&files, path, part, survey->ending);
  ets_status status = folder_record_read(&root, dir, &files, false, survey->error);
  if (status == ETS_OK && root)
    status = give(survey, root);
  json_decref(root);
  return status;
}

/* The way down: tables, accounts, days. A whole table has its record where others have days. */
static const char *const levels[] = {"", "account=", "date="};

enum { LEVELS = sizeof levels / sizeof *levels };

static ets_status walk(struct survey *survey, const char *path, size_t level);

static ets_status visit_name(struct survey *survey, const struct folder_dir *dir, const char *path,
                             size_t level, const char *name) {
  char below[FOLDER_PATH_MAX];
  bool hidden = name[0] == '.' || name[0] == '_' || strcmp(name, "lost+found") == 0;
  if (level >= 2 && survey->look && strncmp(name + (name[0] == '_'), "part", 4) == 0)
    return survey->look(survey->context, dir, path, name, survey->error);
  if (level >= 2 && hidden)
    return visit_record(survey, dir, path, name);
  if (hidden || level >= LEVELS || strncmp(name, levels[level], strlen(levels[level])) != 0 ||
      snprintf(below, sizeof below, "%s%s%s", path, *path ? "/" : "", name) >= (int)sizeof below)
    return ETS_OK;
  return walk(survey, below, level + 1);
}

/* What is no folder is nothing of ours. */
static ets_status walk(struct survey *survey, const char *path, size_t level) {
  struct folder_dir dir;
  char **names;
  size_t count;
  ets_status status;
  if (*path && !folder_io_is_folder(survey->top, path))
    return ETS_OK;
  status = folder_io_open(&dir, survey->top, *path ? path : ".", survey->error);
  if (status != ETS_OK)
    return status;
  status = folder_io_names(&names, &count, &dir, survey->error);
  for (size_t i = 0; status == ETS_OK && i < count; i++)
    status = visit_name(survey, &dir, path, level, names[i]);
  folder_io_free_names(names, count);
  folder_io_close(&dir);
  return status;
}

ets_status folder_survey_all(const struct folder_dir *top, const struct folder_format *format,
                             store_visitor *visit, void *context, ets_error *error) {
  struct survey survey = {top, format->ending, visit, NULL, context, error};
  return walk(&survey, "", 0);
}

ets_status folder_survey_names(const struct folder_dir *top, folder_survey_visitor *look,
                               void *context, ets_error *error) {
  struct survey survey = {top, "", NULL, look, context, error};
  return walk(&survey, "", 0);
}

ets_status folder_survey_table(const struct folder_dir *top, const struct folder_format *format,
                               const ets_export_table *table, int32_t account,
                               ets_export_visitor *visit, void *context, ets_error *error) {
  struct one_table one = {visit, context};
  struct survey survey = {top, format->ending, one_table_visit, NULL, &one, error};
  char path[FOLDER_PATH_MAX];
  folder_place_table(path, table, account);
  return walk(&survey, path, 2);
}
