/* What goes to standard error, and what status a program ends with. */
#ifndef GS_CLI_REPORT_H
#define GS_CLI_REPORT_H

#include "cli/options.h"
#include "graph/base/text.h"

typedef enum gs_status {
    GS_STATUS_DONE = 0,
    GS_STATUS_FAILED = 1,
    GS_STATUS_USAGE = 2,
    GS_STATUS_PART = 3, /* done, but part was set aside */
    GS_STATUS_EMPTY = 4,
    GS_STATUS_LIMIT = 5,
    GS_STATUS_DAMAGED = 6,
    GS_STATUS_NO_STORE = 10,
    GS_STATUS_LOCKED = 11,
    GS_STATUS_FORMAT = 12,
    GS_STATUS_SIGNALLED = 128 /* and the signal's number */
} gs_status;

int gs_exit_status(gainsay_code code);

/* The text that lines and columns of an error count in: a query, a file. */
typedef struct gs_origin {
    const char *name;
    gs_text text; /* missing where there is nothing to show */
} gs_origin;

/* On standard error, as --error-format says. `origin` may be NULL. Where the error has a
 * place in a text that is at hand, its line follows, with a caret under the word. */
void gs_report_error(const gs_options *options, const gs_origin *origin,
                     const gainsay_error *err);
/* Tells the error; returns the status that goes with it. */
int gs_report_refusal(const gs_options *options, const gainsay_error *err);
/* The end of a command that printed with printf: what is still held goes out, an error is
 * told. Returns the status. */
int gs_report_end(const gs_options *options, gainsay_code rc, gainsay_error *err);
/* The same for what is no failure; silent with --quiet. */
void gs_report_warning(const gs_options *options, const gs_origin *origin,
                       const gainsay_error *err);

#endif
