/* --help and --man. */
#ifndef ETSIM_CLI_HELP_H
#define ETSIM_CLI_HELP_H

void help_print(void);

/* The same as a manual page, on stdout. */
void help_print_page(void);

#endif
