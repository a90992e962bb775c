/* Where the items of a feed stand, found without parsing it, so that each can be parsed
 * alone: a feed takes no more memory than its largest item, and a broken item costs itself.
 *
 * An item is an element `item` or `entry`, whatever its prefix. None stands in another:
 * one that is not ended ends where the next begins.
 *
 * Threads  pure functions.
 */
#ifndef GS_INGEST_FEED_ITEMS_H
#define GS_INGEST_FEED_ITEMS_H

#include "graph/base/error.h"
#include "graph/base/text.h"

/* The next item from byte *at on, which moves behind it; false where there is none. */
bool gs_feed_next(gs_text *item, gs_text feed, size_t *at);

/* The feed without its items, in the arena. */
GS_CHECKED gs_code gs_feed_outline(gs_text *out, gs_text feed, gs_arena *arena,
                                   gs_error *err);

/* The start tag of the feed's root; empty where it is itself an item, or there is none. */
gs_text gs_feed_root(gs_text feed);

#endif
