/* Records read ahead: a thread of its own reads and checks them while the one that asks
 * for them writes. They come in order, each with what reading it gave.
 *
 * Ownership  a gs_ahead is closed before what it reads from; a record lives until the
 *            next is asked for, and so does what reading it put into the arena.
 * Errors     what `read` gives ends the reading, and is given when all before it has been
 *            handed on.
 * Threads    `read` is called by the other thread, from gs_ahead_open until gs_ahead_next
 *            has given an error or gs_ahead_close returned; nothing that it uses may be
 *            touched meanwhile. Signals go to the thread that opened.
 * Units      at most GS_AHEAD_BLOCKS blocks of records wait, of GS_AHEAD_BYTES each and
 *            one record more.
 */
#ifndef GS_INGEST_AHEAD_H
#define GS_INGEST_AHEAD_H

#include "ingest/format.h"
#include "ingest/stream.h"

enum { GS_AHEAD_BLOCKS = 4, GS_AHEAD_RECORDS = 256, GS_AHEAD_BYTES = 512 << 10 };

/* A record as its format gave it, and the place behind it. */
typedef struct gs_read {
    gs_code rc;          /* GS_OK, or GS_INPUT for one that is to be set aside */
    const gs_error *why; /* GS_INPUT: in the arena */
    gs_found found;
    gs_place behind;
} gs_read;

typedef gs_code gs_read_one(gs_read *out, void *context, gs_arena *arena, gs_error *err);

typedef struct gs_ahead gs_ahead;

GS_CHECKED gs_code gs_ahead_open(gs_ahead **out, gs_read_one *read, void *context,
                                 gs_error *err);
GS_CHECKED gs_code gs_ahead_next(gs_read **out, gs_ahead *ahead, gs_error *err);
void gs_ahead_close(gs_ahead *ahead); /* NULL is nothing to close */

#endif
