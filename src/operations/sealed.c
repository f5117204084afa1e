#include "operations/form.h"

_Thread_local char ets_stubs_and_sealed_etsoap_in_one_program;
