/* The folder that fetched files are put into, and what is remembered beside them, in its
 * hidden folder .fetch: of each address the validators of its last answer, of each origin
 * its robots.txt and until when it wants to be left alone.
 *
 * A file appears whole or not at all: it is written beside, put on disk and renamed. Its
 * name is made of its address and its content, so that the same content again is the same
 * file, and a changed page does not cover the one before.
 *
 * Ownership  gs_spool_open's result is closed with gs_spool_close (NULL is nothing to
 *            close); what is read is the arena's.
 * Errors     GS_LOCKED while another fetches into it; GS_FAILED for what the file system
 *            refuses.
 * Threads    one at a time.
 */
#ifndef GS_FETCH_SPOOL_H
#define GS_FETCH_SPOOL_H

#include "fetch/url.h"
#include "graph/base/value.h"

typedef struct gs_spool gs_spool;

/* Makes the folder where it is missing. */
GS_CHECKED gs_code gs_spool_open(gs_spool **out, const char *path, gs_error *err);
void gs_spool_close(gs_spool *spool);

/* What is remembered of an address or an origin: a map; null where there is nothing, or
 * nothing that can be read. */
GS_CHECKED gs_code gs_spool_recall(gs_value *out, const gs_spool *spool, gs_text of,
                                   gs_arena *arena, gs_error *err);
/* Of such a map: the missing text where it has no string of that name. */
gs_text gs_memory_text(gs_value memory, gs_text key);
GS_CHECKED gs_code gs_spool_remember(gs_spool *spool, gs_text of, gs_value memory,
                                     gs_error *err);

/* What a file of this address with this content is called. */
GS_CHECKED gs_code gs_spool_name(gs_text *out, const gs_url *url, gs_text body,
                                 const char *extension, gs_arena *arena, gs_error *err);
/* Puts a file there: `before`, then `body`. `name` ends in NUL. */
GS_CHECKED gs_code gs_spool_put(gs_spool *spool, gs_text name, gs_text before,
                                gs_text body, gs_error *err);

#endif
