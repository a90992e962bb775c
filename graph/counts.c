/* How many nodes a label has and edges a type: kept while a batch writes, added at its
 * end. */
#include "graph/batch_impl.h"

#include <stdlib.h>
#include <string.h>

static gs_code make_room(gs_batch *batch, uint32_t name, gs_error *err)
{
    size_t room = batch->count_room == 0 ? GS_NAME_FIRST_FREE : batch->count_room;
    struct gs_count *grown;

    if (name < batch->count_room)
        return GS_OK;
    while (room <= name)
        room *= 2;
    grown = reallocarray(batch->counts, room, sizeof *grown);
    if (grown == NULL)
        return gs_fail_memory(err);
    memset(grown + batch->count_room, 0, (room - batch->count_room) * sizeof *grown);
    batch->counts = grown;
    batch->count_room = room;
    return GS_OK;
}

gs_code gs_batch_count_label(gs_batch *batch, uint32_t label, int change, gs_error *err)
{
    gs_code rc = make_room(batch, label, err);

    if (rc == GS_OK)
        batch->counts[label].labels += change;
    return rc;
}

gs_code gs_batch_count_type(gs_batch *batch, uint32_t type, int change, gs_error *err)
{
    gs_code rc = make_room(batch, type, err);

    if (rc == GS_OK)
        batch->counts[type].types += change;
    return rc;
}

static gs_code add(const gs_snapshot *snapshot, uint64_t key, uint64_t before,
                   int64_t change, gs_error *err)
{
    uint64_t count = before + (uint64_t)change;

    if (change == 0)
        return GS_OK;
    return gs_txn_put(snapshot, GS_TABLE_COUNTS, gs_val(&key, sizeof key),
                      gs_val(&count, sizeof count), 0, err);
}

gs_code gs_batch_counts_write(gs_batch *batch, gs_error *err)
{
    gs_code rc = GS_OK;
    const gs_snapshot *snapshot = &batch->snapshot;

    for (uint32_t i = 0; i < batch->count_room; i++) {
        GS_TRY(add(snapshot, 2 * (uint64_t)i, gs_count_nodes(snapshot, i),
                   batch->counts[i].labels, err));
        GS_TRY(add(snapshot, 2 * (uint64_t)i + 1, gs_count_edges(snapshot, i),
                   batch->counts[i].types, err));
    }
out:
    return rc;
}
