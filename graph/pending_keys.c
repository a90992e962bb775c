#include "graph/base/large.h"
#include "graph/pending.h"
#include "graph/txn_impl.h"

#include <stdlib.h>
#include <string.h>

enum { ROOM_FIRST = 1 << 10, ROOM_MAX = 1 << 20 };

/* A slot has a hash, and below it the newest row of that hash, from 1: so an absent key
 * costs one look. */
enum { ROW_BITS = 24 };

static uint64_t *slot_of(const gs_pending_keys *pending, uint64_t hash)
{
    size_t mask = 2 * pending->room - 1, at = hash & mask;

    while (pending->slots[at] != 0 && pending->slots[at] >> ROW_BITS != hash)
        at = (at + 1) & mask;
    return &pending->slots[at];
}

static uint32_t row_in(uint64_t slot)
{
    return (uint32_t)(slot & ((UINT64_C(1) << ROW_BITS) - 1));
}

/* Puts a row before those of the same hash. */
static void chain(gs_pending_keys *pending, uint64_t *slot, size_t at)
{
    pending->next[at] = row_in(*slot);
    *slot = pending->rows[at].hash << ROW_BITS | (at + 1);
}

static void free_arrays(const gs_pending_keys *pending)
{
    free(pending->rows);
    free(pending->next);
    free(pending->slots);
}

/* More room, and the chains anew. */
static gs_code grow(gs_pending_keys *pending, gs_error *err)
{
    size_t room = pending->room == 0 ? ROOM_FIRST : 4 * pending->room;
    gs_pending_keys grown = {.rows = gs_large_array(room, sizeof *grown.rows),
                             .next = gs_large_array(room, sizeof *grown.next),
                             .slots = gs_large_array(2 * room, sizeof *grown.slots),
                             .count = pending->count,
                             .room = room};

    if (grown.rows == NULL || grown.next == NULL || grown.slots == NULL) {
        free_arrays(&grown);
        return gs_fail_memory(err);
    }
    if (pending->count > 0)
        memcpy(grown.rows, pending->rows, pending->count * sizeof *grown.rows);
    for (size_t i = 0; i < grown.count; i++)
        chain(&grown, slot_of(&grown, grown.rows[i].hash), i);
    free_arrays(pending);
    *pending = grown;
    return GS_OK;
}

uint32_t gs_pending_keys_find(const gs_pending_keys *pending, uint64_t hash)
{
    return pending->room == 0 ? 0 : row_in(*slot_of(pending, hash));
}

uint32_t gs_pending_keys_next(const gs_pending_keys *pending, uint32_t row)
{
    return pending->next[row - 1];
}

gs_code gs_pending_keys_add(gs_pending_keys *pending, const gs_snapshot *snapshot,
                            gs_index_row row, gs_error *err)
{
    gs_code rc = GS_OK;
    uint64_t *slot;
    uint32_t newest;

    if (pending->count == ROOM_MAX)
        rc = gs_pending_keys_flush(pending, snapshot, err);
    else if (pending->count == pending->room)
        rc = grow(pending, err);
    if (rc != GS_OK)
        return rc;
    slot = slot_of(pending, row.hash);
    newest = row_in(*slot);
    if (newest != 0 && pending->rows[newest - 1].number == row.number)
        return GS_OK; /* the number has it already: its keys come together */
    pending->rows[pending->count] = row;
    chain(pending, slot, pending->count++);
    return GS_OK;
}

gs_code gs_pending_keys_flush(gs_pending_keys *pending, const gs_snapshot *snapshot,
                              gs_error *err)
{
    gs_code rc;
    gs_index_row *spare;

    if (pending->count == 0)
        return GS_OK;
    spare = gs_large_array(pending->count, sizeof *spare);
    if (spare == NULL)
        return gs_fail_memory(err);
    gs_index_rows_sort(pending->rows, spare, pending->count);
    free(spare);
    rc = gs_index_runs_append(snapshot->runs, snapshot, pending->rows, pending->count,
                              err);
    pending->count = 0;
    memset(pending->slots, 0, 2 * pending->room * sizeof *pending->slots);
    return rc;
}

void gs_pending_keys_free(gs_pending_keys *pending)
{
    free_arrays(pending);
    *pending = (gs_pending_keys){0};
}
