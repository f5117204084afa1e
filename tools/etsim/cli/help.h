/* What --help says. */
#ifndef ETSIM_CLI_HELP_H
#define ETSIM_CLI_HELP_H

extern const char help_text[];

#endif
