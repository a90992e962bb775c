#include "graph/pending.h"
#include "graph/txn_impl.h"

#include <stdlib.h>
#include <string.h>

enum { ROOM_FIRST = 1 << 10, ROOM_MAX = 1 << 20 };

static uint32_t *slot_of(const gs_pending_keys *pending, uint64_t hash)
{
    return &pending->slots[hash & (pending->room - 1)];
}

static void chain(gs_pending_keys *pending, size_t at)
{
    uint32_t *slot = slot_of(pending, pending->rows[at].hash);

    pending->next[at] = *slot;
    *slot = (uint32_t)at + 1;
}

/* Twice the room, and the chains anew. */
static gs_code grow(gs_pending_keys *pending, gs_error *err)
{
    size_t room = pending->room == 0 ? ROOM_FIRST : 2 * pending->room;
    gs_index_row *rows = reallocarray(pending->rows, room, sizeof *rows);
    uint32_t *next, *slots;

    if (rows == NULL)
        return gs_fail_memory(err);
    pending->rows = rows;
    next = reallocarray(pending->next, room, sizeof *next);
    if (next == NULL)
        return gs_fail_memory(err);
    pending->next = next;
    slots = calloc(room, sizeof *slots);
    if (slots == NULL)
        return gs_fail_memory(err);
    free(pending->slots);
    pending->slots = slots;
    pending->room = room;
    for (size_t i = 0; i < pending->count; i++)
        chain(pending, i);
    return GS_OK;
}

uint32_t gs_pending_keys_find(const gs_pending_keys *pending, uint64_t hash)
{
    uint32_t row = pending->room == 0 ? 0 : *slot_of(pending, hash);

    while (row != 0 && pending->rows[row - 1].hash != hash)
        row = pending->next[row - 1];
    return row;
}

uint32_t gs_pending_keys_next(const gs_pending_keys *pending, uint32_t row)
{
    uint64_t hash = pending->rows[row - 1].hash;

    do
        row = pending->next[row - 1];
    while (row != 0 && pending->rows[row - 1].hash != hash);
    return row;
}

/* Whether the number has the hash already. The rows of the newest number stand first in
 * each chain, so that a key that very many nodes have is not walked for each. */
static bool is_there(const gs_pending_keys *pending, gs_index_row row)
{
    uint32_t at = pending->room == 0 ? 0 : *slot_of(pending, row.hash);

    for (; at != 0 && pending->rows[at - 1].number == row.number;
         at = pending->next[at - 1])
        if (pending->rows[at - 1].hash == row.hash)
            return true;
    return false;
}

gs_code gs_pending_keys_add(gs_pending_keys *pending, const gs_snapshot *snapshot,
                            gs_index_row row, gs_error *err)
{
    gs_code rc = GS_OK;

    if (is_there(pending, row))
        return GS_OK;
    if (pending->count == ROOM_MAX)
        rc = gs_pending_keys_flush(pending, snapshot, err);
    else if (pending->count == pending->room)
        rc = grow(pending, err);
    if (rc != GS_OK)
        return rc;
    pending->rows[pending->count] = row;
    chain(pending, pending->count++);
    return GS_OK;
}

gs_code gs_pending_keys_flush(gs_pending_keys *pending, const gs_snapshot *snapshot,
                              gs_error *err)
{
    gs_code rc;
    gs_index_row *spare;

    if (pending->count == 0)
        return GS_OK;
    spare = calloc(pending->count, sizeof *spare);
    if (spare == NULL)
        return gs_fail_memory(err);
    gs_index_rows_sort(pending->rows, spare, pending->count);
    free(spare);
    rc = gs_index_runs_append(snapshot->runs, snapshot, pending->rows, pending->count,
                              err);
    pending->count = 0;
    memset(pending->slots, 0, pending->room * sizeof *pending->slots);
    return rc;
}

void gs_pending_keys_free(gs_pending_keys *pending)
{
    free(pending->rows);
    free(pending->next);
    free(pending->slots);
    *pending = (gs_pending_keys){0};
}
