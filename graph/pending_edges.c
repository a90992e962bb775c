#include "graph/lists.h"
#include "graph/pending.h"
#include "graph/txn_impl.h"

#include <stdlib.h>
#include <string.h>

enum { ROOM = 1 << 18 };

/* What sorts an entry, mostly without a look at it: node, type as far as it goes,
 * direction and length class. */
struct gs_pending_entry {
    uint64_t list;
    const gs_pending_row *row;
};

static uint64_t list_of(gs_list_key key)
{
    uint64_t type = key.type < 0xff ? key.type : 0xff;

    return key.node << 16 | type << 8 | (uint64_t)(key.direction << 4) | key.length_class;
}

static bool is_same_list(gs_list_key a, gs_list_key b)
{
    return a.node == b.node && a.type == b.type && a.direction == b.direction &&
           a.length_class == b.length_class;
}

static int compare(const void *a, const void *b)
{
    const struct gs_pending_entry *x = a, *y = b;

    if (x->list != y->list)
        return x->list < y->list ? -1 : 1;
    if (x->row->key.type != y->row->key.type)
        return x->row->key.type < y->row->key.type ? -1 : 1;
    if (x->row->key.direction != y->row->key.direction)
        return x->row->key.direction < y->row->key.direction ? -1 : 1;
    if (x->row->key.length_class != y->row->key.length_class)
        return x->row->key.length_class < y->row->key.length_class ? -1 : 1;
    return gs_adjacent_order(&x->row->entry, &y->row->entry);
}

gs_code gs_pending_edges_add(gs_pending_edges *pending, const gs_snapshot *snapshot,
                             gs_list_key key, const gs_adjacent *entry, gs_error *err)
{
    if (pending->rows == NULL) {
        pending->rows = calloc(ROOM, sizeof *pending->rows);
        pending->order = calloc(ROOM, sizeof *pending->order);
    }
    if (pending->rows == NULL || pending->order == NULL) {
        gs_pending_edges_free(pending);
        return gs_fail_memory(err);
    }
    pending->rows[pending->count] = (gs_pending_row){key, *entry};
    pending->order[pending->count] =
        (struct gs_pending_entry){list_of(key), &pending->rows[pending->count]};
    pending->count++;
    return pending->count == ROOM ? gs_pending_edges_flush(pending, snapshot, err)
                                  : GS_OK;
}

gs_code gs_pending_edges_flush(gs_pending_edges *pending, const gs_snapshot *snapshot,
                               gs_error *err)
{
    gs_code rc;
    MDB_cursor *cursor = NULL;
    gs_adjacent *entries = NULL;
    gs_page_count changed = {0};
    size_t count;

    if (pending->count == 0)
        return GS_OK;
    entries = malloc(pending->count * sizeof *entries);
    if (entries == NULL)
        return gs_fail_memory(err);
    qsort(pending->order, pending->count, sizeof *pending->order, compare);
    GS_TRY(gs_txn_cursor(&cursor, snapshot, GS_TABLE_ADJACENCY, err));
    for (size_t i = 0; i < pending->count; i += count) {
        gs_list_key key = pending->order[i].row->key;

        for (count = 0; i + count < pending->count &&
                        is_same_list(pending->order[i + count].row->key, key);
             count++)
            entries[count] = pending->order[i + count].row->entry;
        GS_TRY(gs_list_add(cursor, key, entries, count, err));
        gs_page_count_add(&changed, cursor);
    }
    pending->pages += changed.pages;
    pending->count = 0;
out:
    free(entries);
    if (cursor != NULL)
        mdb_cursor_close(cursor);
    return rc;
}

void gs_pending_edges_free(gs_pending_edges *pending)
{
    free(pending->rows);
    free(pending->order);
    *pending = (gs_pending_edges){0};
}
