#include "cli/help.h"

#include <stdio.h>
#include <string.h>

#include "cli/options.h"
#include "common/buffer.h"
#include "common/manual.h"
#include "faults/effects.h"

enum { EFFECT_COLUMN = 34 };

static const char text[] =
    "Prints `listening on URL` when it is ready, then serves POST /Service.asmx, POST /v2/token, "
    "GET /v2/authorize, GET /etframework.wsdl and GET /ETFrameworkFault.xsd until SIGTERM or "
    "SIGINT. `etsim complete -- WORD...` prints what may follow on a command line, for shells.\n";

static const char rule[] =
    "RULE is OPERATION[,CONDITION...]:EFFECT\n"
    "\n"
    "  OPERATION    Retrieve, Create, ... , token (the token endpoint), * (any of these)\n"
    "  CONDITION    call=N             the N-th call of the operation only\n"
    "               from=N             from the N-th call on\n"
    "               every=N            each N-th call\n"
    "               times=N            at most N times\n"
    "               probability=P      by chance, 0 to 1; the seed decides\n";

static const char examples[] =
    "  etsim --listen 127.0.0.1:8080\n"
    "  etsim --subscribers 10000000 --page-size 500 --ready-file url.txt --max-time 600\n"
    "  etsim --clock 2026-11-10T10:00:00,x60 --late 5,48\n"
    "  etsim --fault Retrieve,call=2,times=1:token-expired --fault 'Retrieve,every=10:http=503'\n"
    "  etsim --fault '*,probability=0.05:close' --seed 3 --latency 80,40\n"
    "  etsim --fault 'Retrieve:fault=17 Rate Limited' --log requests.ndjson\n"
    "  etsim --data none --load recordings/*.xml\n"
    "  etsim --user api --password-file secret.txt --seed 7\n";

static const struct manual_term exits[] = {
    {"0", "stopped as asked"}, {"1", "failed"}, {"2", "wrong usage"}, {NULL, NULL}};

/* The rules with all effects that there are. */
static void add_rules(struct buffer *rules) {
  buffer_add_text(rules, rule);
  for (const struct effect *effect = effects; effect->name; effect++) {
    size_t from = rules->size;
    buffer_printf(rules, "%s%s%s", effect == effects ? "  EFFECT       " : "               ",
                  effect->name, effect->argument);
    size_t size = rules->size - from;
    buffer_printf(rules, "%*s%s\n", size < EFFECT_COLUMN ? (int)(EFFECT_COLUMN - size) : 1, "",
                  effect->help);
  }
}

/* `rules` is to be freed. */
static struct manual make(struct buffer *rules) {
  add_rules(rules);
  struct manual manual = {.program = "etsim",
                          .operands = "",
                          .summary =
                              "stands in for the Marketing Cloud SOAP service on this machine",
                          .text = text,
                          .notes = {{"Trouble on demand", buffer_text(rules)}},
                          .exits = exits,
                          .examples = examples,
                          .see_also = "ettrack(1) etwsdl(1) etsoap(3) etsim-rules(7)"};
  for (size_t i = 0; i < OPTION_GROUPS; i++)
    manual_add_options(&manual, option_groups[i].heading, option_groups[i].options);
  return manual;
}

void help_print(void) {
  struct buffer rules = {0};
  const struct manual manual = make(&rules);
  printf("usage: etsim [OPTION...]\n\n");
  help_summary(manual.summary);
  putchar('\n');
  help_text(manual.text);
  help_options(&manual);
  putchar('\n');
  help_text(manual.notes[0].text);
  putchar('\n');
  help_exits(manual.exits);
  printf("\nExamples:\n%s", manual.examples);
  buffer_free(&rules);
}

void help_print_page(void) {
  struct buffer rules = {0};
  const struct manual manual = make(&rules);
  manual_print(&manual);
  buffer_free(&rules);
}
