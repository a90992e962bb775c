/* gs_fail for the command line, whose errors are the public header's. */
#ifndef GS_CLI_FAIL_H
#define GS_CLI_FAIL_H

#include "include/gainsay/gainsay.h"

/* Fills in `err` (never NULL), place cleared, and gives `code` back. */
__attribute__((format(printf, 3, 4))) gainsay_code
gs_cli_fail(gainsay_error *err, gainsay_code code, const char *format, ...);

/* For want of memory. */
gainsay_code gs_cli_memory(gainsay_error *err);

#endif
