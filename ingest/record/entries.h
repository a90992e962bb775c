/* A map that grows in an arena.
 *
 * Ownership  items are the arena's; keys and values borrow.
 * Errors     want of memory is remembered (`failed`), what follows is ignored: ask once,
 * at the end.
 */
#ifndef GS_RECORD_ENTRIES_H
#define GS_RECORD_ENTRIES_H

#include "graph/base/value.h"

typedef struct gs_entries {
    gs_arena *arena;
    gs_entry *items;
    size_t count, room;
    bool failed;
} gs_entries;

void gs_entries_put(gs_entries *to, gs_text key, gs_value value); /* null is left out */
void gs_entries_put_all(gs_entries *to, gs_value map);            /* of null: nothing */
/* Room for a list; NULL for want of memory, which is remembered. */
gs_value *gs_entries_list(gs_entries *to, size_t count);
/* A list of strings; null when it is empty. */
gs_value gs_entries_texts(gs_entries *to, const gs_text *texts, size_t count);

static inline gs_value gs_entries_map(const gs_entries *from)
{
    return gs_map(from->items, from->count);
}

#endif
