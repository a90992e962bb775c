#include "graph/base/large.h"
#include "graph/lists.h"
#include "graph/pending.h"
#include "graph/txn_impl.h"

#include <stdlib.h>
#include <string.h>

enum { ROOM_FIRST = 1 << 10, ROOM = 1 << 18, TYPE_LONG = 0xff };

/* As short as it can be: a load fills some hundred thousand of them. */
struct gs_pending_row {
    int64_t earliest, latest;
    uint64_t node, edge, neighbour;
    uint32_t type;
    uint8_t place; /* direction, length class */
    bool inferred : 1, touched : 1, dated : 1;
    uint8_t sort;
};

/* What sorts an entry, mostly without a look at it: node, type as far as it goes,
 * direction and length class. */
static uint64_t list_of(const struct gs_pending_row *row)
{
    uint64_t type = row->type < TYPE_LONG ? row->type : TYPE_LONG;

    return row->node << 16 | type << 8 | row->place;
}

static const struct gs_pending_row *row_of(const gs_index_row *order)
{
    return (const struct gs_pending_row *)(uintptr_t)order->number;
}

static gs_list_key key_of(const struct gs_pending_row *row)
{
    return (gs_list_key){row->node, row->type, row->place >> 4, row->place & 0x0f};
}

static gs_adjacent entry_of(const struct gs_pending_row *row)
{
    return (gs_adjacent){
        .order = row->earliest == INT64_MIN ? row->latest : row->earliest,
        .earliest = row->earliest,
        .latest = row->latest,
        .edge = row->edge,
        .neighbour = row->neighbour,
        .inferred = row->inferred,
        .touched = row->touched,
        .dated = row->dated,
        .sort = row->sort,
    };
}

static int compare_types(const void *a, const void *b)
{
    const struct gs_pending_row *x = row_of(a), *y = row_of(b);

    if (x->type != y->type)
        return x->type < y->type ? -1 : 1;
    return (x->place > y->place) - (x->place < y->place);
}

static int compare_entries(const void *a, const void *b)
{
    return gs_adjacent_order(a, b);
}

gs_code gs_pending_edges_add(gs_pending_edges *pending, const gs_snapshot *snapshot,
                             gs_list_key key, const gs_adjacent *entry, gs_error *err)
{
    struct gs_pending_row *rows = gs_large_grow(
        pending->rows, pending->count, &pending->room, ROOM_FIRST, sizeof *pending->rows);

    if (rows == NULL)
        return gs_fail_memory(err);
    pending->rows = rows;
    pending->rows[pending->count++] = (struct gs_pending_row){
        .earliest = entry->earliest,
        .latest = entry->latest,
        .node = key.node,
        .edge = entry->edge,
        .neighbour = entry->neighbour,
        .type = key.type,
        .place = (uint8_t)(key.direction << 4 | key.length_class),
        .inferred = entry->inferred,
        .touched = entry->touched,
        .dated = entry->dated,
        .sort = entry->sort,
    };
    return pending->count == ROOM ? gs_pending_edges_flush(pending, snapshot, err)
                                  : GS_OK;
}

/* The rows by list; lists of types that do not go into the key, one by one. */
static void sort_lists(gs_index_row *order, const gs_pending_edges *pending)
{
    size_t many;

    for (size_t i = 0; i < pending->count; i++)
        order[i] = (gs_index_row){list_of(&pending->rows[i]),
                                  (uint64_t)(uintptr_t)&pending->rows[i]};
    gs_index_rows_sort(order, order + pending->count, pending->count);
    for (size_t i = 0; i < pending->count; i += many) {
        uint64_t list = order[i].hash >> 8;

        for (many = 1; i + many < pending->count && order[i + many].hash >> 8 == list;)
            many++;
        if ((list & TYPE_LONG) == TYPE_LONG)
            qsort(order + i, many, sizeof *order, compare_types);
    }
}

/* The entries of the list that begins at `order`, in theirs; gives how many. They mostly
 * came by date. */
static size_t take_list(gs_adjacent *entries, const gs_index_row *order, size_t left)
{
    bool sorted = true;
    size_t count = 0;

    do {
        entries[count] = entry_of(row_of(&order[count]));
        sorted = sorted && (count == 0 ||
                            gs_adjacent_order(&entries[count - 1], &entries[count]) < 0);
        count++;
    } while (count < left && compare_types(&order[0], &order[count]) == 0 &&
             row_of(&order[0])->node == row_of(&order[count])->node);
    if (!sorted)
        qsort(entries, count, sizeof *entries, compare_entries);
    return count;
}

gs_code gs_pending_edges_flush(gs_pending_edges *pending, const gs_snapshot *snapshot,
                               gs_error *err)
{
    gs_code rc;
    MDB_cursor *cursor = NULL;
    gs_adjacent *entries = NULL;
    gs_index_row *order = NULL;
    gs_page_count changed = {0};
    size_t count;

    if (pending->count == 0)
        return GS_OK;
    entries = gs_large_array(pending->count, sizeof *entries);
    order = gs_large_array(2 * pending->count, sizeof *order);
    if (entries == NULL || order == NULL) {
        rc = gs_fail_memory(err);
        goto out;
    }
    sort_lists(order, pending);
    GS_TRY(gs_txn_cursor(&cursor, snapshot, GS_TABLE_ADJACENCY, err));
    for (size_t i = 0; i < pending->count; i += count) {
        count = take_list(entries, order + i, pending->count - i);
        GS_TRY(gs_list_add(cursor, key_of(row_of(&order[i])), entries, count, err));
        gs_page_count_add(&changed, cursor);
    }
    pending->pages += changed.pages;
    pending->count = 0;
out:
    free(entries);
    free(order);
    if (cursor != NULL)
        mdb_cursor_close(cursor);
    return rc;
}

void gs_pending_edges_free(gs_pending_edges *pending)
{
    free(pending->rows);
    *pending = (gs_pending_edges){0};
}
