/* The files that a command is to read: those named on the command line, then those of
 * --files-from.
 *
 * Ownership  gs_paths_free ends a list; items borrow from it and from argv.
 * Errors     GAINSAY_FAILED, with the path, for what cannot be read.
 */
#ifndef GS_CLI_PATHS_H
#define GS_CLI_PATHS_H

#include "cli/options.h"

typedef struct gs_paths {
    const char **items;
    size_t count;
    gs_buffer list; /* what --files-from held, each path ended with NUL */
} gs_paths;

/* A list of files has one path a line, or (as `find -print0` writes) ends each with NUL;
 * "-" is standard input. Every path is looked at before any is read. */
GAINSAY_CHECKED gainsay_code gs_paths_read(gs_paths *out, const gs_options *options,
                                           gainsay_error *err);
/* The same of anything that is named, with a list in `from`; nothing is looked at. */
GAINSAY_CHECKED gainsay_code gs_paths_list(gs_paths *out, const gs_options *options,
                                           gs_option from, gainsay_error *err);
void gs_paths_free(gs_paths *paths);

#endif
