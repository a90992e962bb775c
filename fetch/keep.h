/* A page or a feed that was fetched, as a file of the spool.
 *
 * Errors  GS_FORMAT for what ingest cannot read; as those of spool.h.
 */
#ifndef GS_FETCH_KEEP_H
#define GS_FETCH_KEEP_H

#include "fetch/spool.h"
#include "fetch/transfer.h"
#include "ingest/format.h"

enum { GS_FEED_PAGES_MAX = 500 }; /* addresses that are taken of one feed */

typedef struct gs_kept {
    const gs_format *format;
    gs_text name; /* of the file; the arena's */
    bool is_new;  /* its content is not that of last time */
    gs_value items; /* of a feed: the addresses of its items, else null; the arena's */
} gs_kept;

/* Keeps the body and remembers the validators. What only the transfer knows goes before a
 * page's own bytes, where browsers put it and readers look for it: its address, as the
 * comment `saved from url=`, and the character set of the Content-Type, as a `meta`. */
GS_CHECKED gs_code gs_keep(gs_kept *out, gs_spool *spool, const gs_url *url,
                           const gs_reply *reply, gs_text body, gs_value known,
                           gs_arena *arena, gs_error *err);

/* What is known of it stands (304, or nothing to keep): remembers when it was asked. */
GS_CHECKED gs_code gs_keep_unchanged(gs_spool *spool, const gs_url *url, gs_value known,
                                     gs_error *err);

/* Whether it was asked for within a day. */
bool gs_keep_is_recent(gs_value known);

#endif
