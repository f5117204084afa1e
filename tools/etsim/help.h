/* What --help says. */
#ifndef ETSIM_HELP_H
#define ETSIM_HELP_H

extern const char help_text[];

#endif
