/* etwsdl: keeps the bindings in step with the contract. */
#include <libxml/parser.h>
#include <string.h>

#include "commands/command.h"

static const struct command commands[] = {
    {"check", "WSDL [--list] [--imports DIR]...",
     "Says which parts of the contract that the helper layer needs are gone or changed.",
     "The table is src/contract/needs.def. The build runs this before it compiles anything.\n"
     "\n"
     "      --list          print the table, tab-separated: what, file, owner, name, kind\n"
     "      --imports DIR   where imports may be that are not beside the contract\n"
     "\n"
     "exit code: 0 everything is there, 1 something is not\n"
     "\n"
     "example:\n"
     "  etwsdl check wsdl/etframework.wsdl\n",
     run_check, EXIT_USAGE},
    {"diff",
     "OLD NEW [--format text|markdown|json] [--documentation] [-o FILE] "
     "[--imports DIR]...",
     "Says what a new contract changes on the wire, and whom each change breaks.",
     "One line per fact, grouped by type. A change is judged for a sender (a program made from\n"
     "OLD that sends to a service of NEW) and for a reader of what such a service answers.\n"
     "Prefixes, the order of declarations, formatting, addresses and import locations are no\n"
     "changes. + added, - removed, ~ changed, > moved between base and derived, # reordered.\n"
     "\n"
     "      --format FORMAT   text, markdown (for a pull request), json (docs/wsdl-update.md)\n"
     "      --documentation   changed documentation counts, too\n"
     "  -o, --output FILE     write to FILE instead of the standard output\n"
     "      --imports DIR     where imports may be that are not beside the contracts\n"
     "\n"
     "exit code: 0 same, 1 compatible, 2 breaking, 3 error or wrong usage\n"
     "\n"
     "example:\n"
     "  etwsdl diff wsdl/etframework.wsdl ~/Downloads/etframework.wsdl --format markdown\n",
     run_diff, 3},
    {"fetch", "URL -o DIR [--ca-file FILE] [--proxy URL]",
     "Downloads a contract and what it imports.",
     "The server is verified; up to 5 redirects, never from HTTPS to HTTP. Nothing is written\n"
     "when anything fails. DIR gets copies in UTF-8 whose imports name the files beside them, in\n"
     "DIR/original the bytes as they came, with SHA256SUMS and ORIGIN (addresses and date).\n"
     "\n"
     "  -o, --output DIR     where to write; made when it is not there\n"
     "      --ca-file FILE   authorities to trust, PEM, instead of the system's\n"
     "      --proxy URL      instead of https_proxy, http_proxy, no_proxy of the environment\n"
     "\n"
     "example:\n"
     "  etwsdl fetch https://SUBDOMAIN.soap.marketingcloudapis.com/etframework.wsdl -o new\n",
     run_fetch, EXIT_USAGE},
    {"surface", "WSDL [-o FILE] [--imports DIR]...",
     "Prints what the contract puts on the wire, one fact per line, sorted.",
     "The lines do not depend on prefixes, on the order of declarations or on formatting.\n"
     "\n"
     "  -o, --output FILE   write to FILE instead of the standard output\n"
     "      --imports DIR   where imports may be that are not beside the contract\n"
     "\n"
     "example:\n"
     "  etwsdl surface wsdl/etframework.wsdl -o generated/surface.txt\n",
     run_surface, EXIT_USAGE},
    {"meta", "WSDL -o DIR [--imports DIR]...",
     "Writes the type and field table for the structs that gSOAP makes of the contract.",
     "Writes DIR/ets_meta.c, which needs etStub.h (soapcpp2 -p et) and src/contract/types.h. The\n"
     "build runs it; the compiler checks everything it assumes about the generated structs.\n"
     "\n"
     "  -o, --output DIR    where to write; made when it is not there\n"
     "      --imports DIR   where imports may be that are not beside the contract\n"
     "\n"
     "example:\n"
     "  etwsdl meta wsdl/etframework.wsdl -o build/generated\n",
     run_meta, EXIT_USAGE},
    {"stage", "WSDL -o DIR [--imports DIR]... [--depfile FILE --target NAME]",
     "Copies a contract with what it imports into one folder, as the generator wants them.",
     "DIR gets etframework.wsdl and its imports in UTF-8; every import names the file beside it.\n"
     "An import that is an address is the file of the same name beside the contract or in an\n"
     "import folder. Nothing is fetched, or written when one is missing. The build runs it.\n"
     "\n"
     "  -o, --output DIR    where to write; made when it is not there\n"
     "      --imports DIR   where imports may be that are not beside the contract\n"
     "      --depfile FILE  write what was read as a rule for make, for the target\n"
     "      --target NAME   of the name given\n"
     "\n"
     "example:\n"
     "  etwsdl stage ~/Downloads/etframework.wsdl -o stage --imports wsdl\n",
     run_stage, EXIT_USAGE},
    {"sync",
     "NEW|URL [--apply] [--force] [--tree DIR] [--imports DIR]... [--ca-file FILE] "
     "[--proxy URL]",
     "Brings a source tree in step with a new contract.",
     "Fetches or reads it with its imports, refuses it when it is invalid, says what changes on\n"
     "the wire and what that does to src/, tries to generate the bindings in a scratch folder.\n"
     "With --apply it then replaces wsdl/ and generated/surface.txt, both or none of them.\n"
     "\n"
     "      --apply         replace them\n"
     "      --force         apply although src/ needs what is gone, to change src/ afterwards\n"
     "      --tree DIR      the top of the source tree; otherwise the current folder\n"
     "      --imports DIR   where imports may be that are not beside the contract\n"
     "      --ca-file FILE, --proxy URL   as for fetch\n"
     "\n"
     "examples:\n"
     "  etwsdl sync ~/Downloads/etframework.wsdl\n"
     "  etwsdl sync https://SUBDOMAIN.soap.marketingcloudapis.com/etframework.wsdl --apply\n",
     run_sync, EXIT_USAGE},
};
enum { COMMANDS = sizeof commands / sizeof commands[0] };

static void usage(FILE *out) {
  fprintf(out, "usage: etwsdl COMMAND ARGUMENT...\n\n"
               "Keeps the bindings in step with the contract (WSDL 1.1 with XML Schema).\n\n");
  for (size_t i = 0; i < COMMANDS; i++)
    fprintf(out, "  %-8s %s\n", commands[i].name, commands[i].summary);
  fprintf(out, "\n`etwsdl COMMAND --help` says more, with examples.\n"
               "Exit codes: 0 done, 1 failed, 2 wrong usage, 3 incomplete.\n");
}

int main(int argc, char **argv) {
  if (argc < 2) {
    usage(stderr);
    return EXIT_USAGE;
  }
  if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0 ||
      strcmp(argv[1], "help") == 0) {
    usage(stdout);
    return EXIT_DONE;
  }
  for (size_t i = 0; i < COMMANDS; i++) {
    if (strcmp(argv[1], commands[i].name) != 0)
      continue;
    for (int k = 2; k < argc && strcmp(argv[k], "--") != 0; k++) {
      if (strcmp(argv[k], "--help") == 0 || strcmp(argv[k], "-h") == 0) {
        command_help(&commands[i], stdout);
        return EXIT_DONE;
      }
    }
    xmlInitParser();
    int result = commands[i].run(&commands[i], argc - 2, argv + 2);
    xmlCleanupParser();
    return result;
  }
  fprintf(stderr, "etwsdl: there is no command %s; `etwsdl --help` lists them\n", argv[1]);
  return EXIT_USAGE;
}
