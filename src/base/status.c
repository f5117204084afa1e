#include <etsoap/status.h>

const char *ets_status_name(ets_status status) {
  switch (status) {
#define NAME(name, value, text) \
  case ETS_##name:              \
    return #name;
    ETS_STATUS_MAP(NAME)
#undef NAME
  }
  return "unknown status";
}

const char *ets_status_text(ets_status status) {
  switch (status) {
#define TEXT(name, value, text) \
  case ETS_##name:              \
    return text;
    ETS_STATUS_MAP(TEXT)
#undef TEXT
  }
  return "unknown status";
}
