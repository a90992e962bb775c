/* What may stand at the end of a query that is being written: for completion in a shell.
 *
 * Ownership  words live until `add` returns.
 * Errors     as of the store.
 */
#ifndef GS_QUERY_COMPLETE_H
#define GS_QUERY_COMPLETE_H

#include "graph/snapshot.h"

typedef void gs_add_word(void *context, gs_text word);

/* Calls `add` for each word that the unfinished one at the end of `text` may become: behind
 * a colon labels, within square brackets types, behind a point properties, within quotes
 * names of actors, elsewhere keywords and functions. *size is how much of `text` it
 * replaces, in bytes. */
GS_CHECKED gs_code gs_complete(size_t *size, const gs_snapshot *snapshot, gs_text text,
                               gs_add_word *add, void *context, gs_error *err);

#endif
