#include "ettrack/export/shard.h"

#include "common/program.h"

#include <stdlib.h>
#include <string.h>

enum { SHARDS_MOST = 100000 };

/* A scheduler's variables. Slurm's arrays begin where the user says, Kubernetes at 0. */
static const struct scheduler {
  const char *name, *index, *count, *first;
} schedulers[] = {
    {"Slurm", "SLURM_ARRAY_TASK_ID", "SLURM_ARRAY_TASK_COUNT", "SLURM_ARRAY_TASK_MIN"},
    {"Kubernetes", "JOB_COMPLETION_INDEX", "ETSOAP_SHARDS", NULL},
};

static bool number_of(uint64_t *number, const char *variable, uint64_t least, uint64_t most) {
  const char *text = getenv(variable);
  if (text && option_number(number, text, least, most))
    return true;
  if (!text)
    complain("--shard auto: %s is not set, expected a number", variable);
  else
    complain("--shard auto: %s is '%s', expected a number from %llu to %llu", variable, text,
             (unsigned long long)least, (unsigned long long)most);
  return false;
}

static bool read_scheduler(struct shard *shard, const struct scheduler *scheduler) {
  uint64_t index, count, first = 0;
  if (!number_of(&index, scheduler->index, 0, UINT32_MAX) ||
      !number_of(&count, scheduler->count, 1, SHARDS_MOST) ||
      (scheduler->first && !number_of(&first, scheduler->first, 0, UINT32_MAX)))
    return false;
  if (index < first || index - first >= count) {
    complain("--shard auto: %s=%llu is none of %s=%llu tasks; they have to be numbered without "
             "gaps",
             scheduler->index, (unsigned long long)index, scheduler->count,
             (unsigned long long)count);
    return false;
  }
  *shard = (struct shard){(uint32_t)(index - first) + 1, (uint32_t)count};
  return true;
}

static bool read_auto(struct shard *shard) {
  for (size_t i = 0; i < sizeof schedulers / sizeof *schedulers; i++)
    if (getenv(schedulers[i].index))
      return read_scheduler(shard, &schedulers[i]);
  complain("--shard auto: neither SLURM_ARRAY_TASK_ID nor JOB_COMPLETION_INDEX is set; write K/N");
  return false;
}

bool shard_read(const struct option *option, void *member, const char *text) {
  struct shard *shard = member;
  char first[16] = "";
  uint64_t number, of;
  size_t n = strcspn(text, "/");
  if (strcmp(text, "auto") == 0)
    return read_auto(shard);
  if (n < sizeof first)
    memcpy(first, text, n);
  if (text[n] != '/' || !option_number(&of, text + n + 1, 1, SHARDS_MOST) ||
      !option_number(&number, first, 1, of)) {
    complain("--%s takes K/N, the K-th of N parts, or auto, not '%s'", option->name, text);
    return false;
  }
  *shard = (struct shard){(uint32_t)number, (uint32_t)of};
  return true;
}
