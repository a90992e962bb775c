/* A stream of bytes, its first ones at hand before they are taken: a file or standard
 * input, read once, in order, expanded and in UTF-8 as supply.h says. A byte order mark at
 * its start is passed over.
 *
 * Ownership  gs_input_open's result is closed with gs_input_close, after its reader. What
 *            peek, line and rest give lives until the next call.
 * Units      bytes; `byte` counts from 0, the mark included.
 * Errors     as those of supply.h, each of which ends the file; GS_INPUT for what costs
 *            itself alone.
 * Threads    one at a time.
 */
#ifndef GS_INGEST_INPUT_H
#define GS_INGEST_INPUT_H

#include "ingest/formats/supply.h"

enum {
    GS_INPUT_HEAD = 4096,    /* as much as a peek shows */
    GS_LINE_MAX = 16 << 20,  /* of a record on a line */
    GS_PROSE_MAX = 64 << 20, /* of a document */
    GS_INPUT_BLOCK = GS_SUPPLY_BLOCK,
};

typedef struct gs_input gs_input;

/* "-" is standard input. `interrupt` (may be NULL), when not 0, ends a read. */
GS_CHECKED gs_code gs_input_open(gs_input **out, const char *path,
                                 const volatile int *interrupt, gs_error *err);
/* Of bytes that are at hand, borrowed until it is closed. */
GS_CHECKED gs_code gs_input_of(gs_input **out, gs_text bytes, gs_error *err);
void gs_input_close(gs_input *input); /* NULL is nothing to close */

/* The next bytes, up to GS_INPUT_HEAD of them; they are not taken. Empty at the end. */
GS_CHECKED gs_code gs_input_peek(gs_text *out, gs_input *input, gs_error *err);

/* The next line without its line feed, and where it begins. GS_END when there is none.
 * GS_INPUT for one of more than `limit` bytes: `out` is its beginning, and the next call
 * goes on behind it. */
GS_CHECKED gs_code gs_input_line(gs_text *out, uint64_t *byte, gs_input *input,
                                 size_t limit, gs_error *err);

/* All that is left. GS_INPUT when it is more than `limit` bytes: `out` is its beginning.
 */
GS_CHECKED gs_code gs_input_rest(gs_text *out, gs_input *input, size_t limit,
                                 gs_error *err);

/* What is held, at least `wanted` bytes of it unless there are no more; not taken. */
GS_CHECKED gs_code gs_input_ahead(gs_text *out, gs_input *input, size_t wanted,
                                  gs_error *err);
/* Takes `size` bytes of what is held. */
gs_text gs_input_take(gs_input *input, size_t size);
/* Where the next byte stands. */
uint64_t gs_input_place(const gs_input *input);

/* How it ended: GS_INPUT where it is compressed, and cut off or damaged. */
GS_CHECKED gs_code gs_input_flaw(const gs_input *input, gs_error *err);

/* Of the file's bytes read so far. */
uint64_t gs_input_size(const gs_input *input);
GS_CHECKED gs_code gs_input_sha256(char out[GS_HEX_SIZE], const gs_input *input,
                                   gs_error *err);

#endif
