/* What the programs have in common: main. */
#ifndef GS_CLI_PROGRAM_H
#define GS_CLI_PROGRAM_H

#include "cli/options.h"

/* Reads the command line, runs what it asks for, and returns the status to end with. */
int gs_program(int argc, char **argv, int (*run)(const gs_options *options, char **argv));

#endif
