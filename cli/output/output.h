/* Where rows go, and in which form.
 *
 * A writer is a form: begin once, row for each row, end once after the last one (also
 * when an error cut the rows short, so that what came before it is whole).
 *
 * Ownership  an output is closed with gs_output_close; rows are the library's.
 * Errors     GAINSAY_STORAGE where the stream fails, GAINSAY_INTERRUPTED, GAINSAY_MEMORY.
 */
#ifndef GS_CLI_OUTPUT_OUTPUT_H
#define GS_CLI_OUTPUT_OUTPUT_H

#include "cli/options.h"
#include "graph/base/arena.h"
#include "graph/base/buffer.h"
#include "graph/base/value.h"
#include <stdio.h>

typedef struct gs_output gs_output;

typedef struct gs_writer {
    const char *name;
    bool for_people; /* it makes what it writes safe for a terminal itself */
    gainsay_code (*begin)(gs_output *out, const gainsay_rows *rows, gainsay_error *err);
    gainsay_code (*row)(gs_output *out, const gainsay_rows *rows, gainsay_error *err);
    gainsay_code (*end)(gs_output *out, const gainsay_rows *rows, gainsay_error *err);
} gs_writer;

struct gs_output {
    const gs_writer *writer;
    FILE *stream;
    const char *path; /* NULL: standard output */
    gs_buffer line;   /* what is being written */
    gs_arena arena;   /* the writer's; freed at close */
    void *state;      /* the writer's, from begin to end; freed by its end */
    uint64_t rows;    /* so far */
    size_t width;     /* cells of a line */
    bool terminal, color, verbose;
};

/* `readable` is the form for people: on a terminal, and for -f table. Options are judged
 * here; the stream is opened by gs_output_begin. */
GAINSAY_CHECKED gainsay_code gs_output_choose(gs_output *out, const gs_options *options,
                                              const gs_writer *readable,
                                              gainsay_error *err);
GAINSAY_CHECKED gainsay_code gs_output_begin(gs_output *out, const gainsay_rows *rows,
                                             gainsay_error *err);
GAINSAY_CHECKED gainsay_code gs_output_row(gs_output *out, const gainsay_rows *rows,
                                           gainsay_error *err);
GAINSAY_CHECKED gainsay_code gs_output_end(gs_output *out, const gainsay_rows *rows,
                                           gainsay_error *err);
void gs_output_close(gs_output *out); /* `{0}` is nothing to close */

/* For writers whose form has no beginning or no end. */
gainsay_code gs_output_nothing(gs_output *out, const gainsay_rows *rows,
                               gainsay_error *err);
/* For writers: sends `line` off and clears it. */
GAINSAY_CHECKED gainsay_code gs_output_send(gs_output *out, gainsay_error *err);

#endif
