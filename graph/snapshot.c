#include "graph/snapshot.h"

#include "graph/hidden.h"
#include "graph/record.h"
#include "graph/records.h"
#include "graph/snapshot_impl.h"
#include "graph/version.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

static gs_code move_to(gs_snapshot *snapshot, uint64_t wanted, gs_error *err)
{
    gs_code rc;
    gs_commit commit = {0};
    uint64_t last;

    GS_TRY(gs_txn_last(&last, snapshot, GS_TABLE_COMMITS, err));
    if (wanted == GS_NOW)
        wanted = last;
    if (wanted > last) {
        rc = gs_fail(err, GS_USAGE, "commit %" PRIu64 ": the last one is %" PRIu64,
                     wanted, last);
        goto out;
    }
    if (wanted > 0)
        rc = gs_commit_read(&commit, snapshot, wanted, err);
    if (rc == GS_END)
        rc = gs_fail(err, GS_DAMAGED,
                     "commit %" PRIu64 " is gone; restore the store from a backup",
                     wanted);
    GS_TRY(rc);
    snapshot->commit = wanted;
    snapshot->last = commit.last;
    rc = gs_hidden_read(&snapshot->hidden, snapshot, err);
out:
    return rc;
}

gs_code gs_snapshot_open(gs_snapshot **out, gs_store *store, uint64_t commit,
                         gs_error *err)
{
    gs_code rc;
    gs_snapshot *snapshot = calloc(1, sizeof *snapshot);

    if (snapshot == NULL)
        return gs_fail_memory(err);
    snapshot->store = store;
    snapshot->scratch = &snapshot->arena;
    snapshot->runs = &snapshot->own_runs;
    snapshot->place = &snapshot->place_itself;
    GS_TRY(gs_environment_begin(&snapshot->txn, store->environment, MDB_RDONLY, err));
    GS_TRY(move_to(snapshot, commit, err));
    *out = snapshot;
    return GS_OK;
out:
    gs_snapshot_close(snapshot);
    return rc;
}

void gs_snapshot_close(gs_snapshot *snapshot)
{
    if (snapshot == NULL)
        return;
    gs_place_end(snapshot->place);
    if (snapshot->txn != NULL)
        gs_environment_end(snapshot->store->environment, snapshot->txn);
    gs_arena_free(snapshot->scratch);
    gs_index_runs_free(snapshot->runs);
    gs_ranges_free(&snapshot->hidden);
    free(snapshot);
}

uint64_t gs_snapshot_commit(const gs_snapshot *snapshot)
{
    return snapshot->commit;
}

bool gs_snapshot_hides(const gs_snapshot *snapshot)
{
    return snapshot->hidden.count > 0;
}

uint64_t gs_snapshot_last(const gs_snapshot *snapshot)
{
    return snapshot->last;
}

gs_code gs_snapshot_commit_at(uint64_t *out, gs_store *store, int64_t time, gs_error *err)
{
    gs_code rc;
    gs_snapshot *snapshot = NULL;
    gs_commit commit;
    uint64_t low = 0, high; /* the commit asked for is in [low, high] */

    GS_TRY(gs_snapshot_open(&snapshot, store, GS_NOW, err));
    high = gs_snapshot_commit(snapshot);
    while (low < high) {
        uint64_t middle = low + (high - low + 1) / 2;

        rc = gs_commit_read(&commit, snapshot, middle, err);
        if (rc == GS_END)
            rc = gs_fail(err, GS_DAMAGED,
                         "commit %" PRIu64 " is gone; restore the store from a backup",
                         middle);
        GS_TRY(rc);
        if (commit.time <= time)
            low = middle;
        else
            high = middle - 1;
    }
    *out = low;
out:
    gs_snapshot_close(snapshot);
    return rc;
}

/* Nodes that end take their edges with them: an edge that is touched asks for all three.
 */
static gs_code hides_any(bool *out, const gs_snapshot *snapshot, const uint64_t *numbers,
                         size_t count, gs_error *err)
{
    gs_code rc = GS_OK;
    bool hidden = false;

    for (size_t i = 0; rc == GS_OK && !hidden && i < count; i++)
        rc = gs_end_covers(&hidden, snapshot, numbers[i], err);
    *out = hidden;
    return rc;
}

gs_code gs_node_record(gs_node *out, uint8_t *marks, const gs_snapshot *snapshot,
                       uint64_t number, gs_error *err)
{
    gs_text record;
    gs_code rc = gs_record_find(&record, snapshot, number, err);

    if (rc == GS_OK && gs_record_is_edge(record))
        rc = GS_END;
    if (rc == GS_OK)
        rc = gs_record_read_node(out, number, record, err);
    if (rc == GS_OK && marks != NULL)
        rc = gs_marks_read(marks, snapshot, number, err);
    return rc;
}

gs_code gs_edge_record(gs_edge *out, uint8_t *marks, const gs_snapshot *snapshot,
                       uint64_t number, gs_error *err)
{
    gs_text record;
    uint8_t set = 0;
    gs_code rc = gs_record_find(&record, snapshot, number, err);

    if (rc == GS_OK && !gs_record_is_edge(record))
        rc = GS_END;
    if (rc == GS_OK)
        rc = gs_record_read_edge(out, number, record, err);
    if (rc == GS_OK)
        rc = gs_marks_read(&set, snapshot, number, err);
    if (rc != GS_OK)
        return rc;
    gs_edge_uncover(out, set);
    if (marks != NULL)
        *marks = set;
    return GS_OK;
}

gs_code gs_node_read_flags(gs_node *out, uint8_t *flags, const gs_snapshot *snapshot,
                           uint64_t number, gs_error *err)
{
    gs_code rc;
    gs_node node;
    bool hidden = false;

    if (number > snapshot->last || gs_is_hidden(snapshot, number))
        return GS_END;
    GS_TRY(gs_node_record(&node, flags, snapshot, number, err));
    if (*flags & GS_TOUCHED)
        GS_TRY(hides_any(&hidden, snapshot, &number, 1, err));
    if (hidden)
        return GS_END;
    if (*flags & GS_REVISED) {
        rc = gs_version_find(&node.properties, snapshot, number, snapshot->last, err);
        if (rc != GS_OK && rc != GS_END)
            goto out;
    }
    *out = node;
    return GS_OK;
out:
    return rc;
}

gs_code gs_node_read(gs_node *out, const gs_snapshot *snapshot, uint64_t number,
                     gs_error *err)
{
    uint8_t flags;

    return gs_node_read_flags(out, &flags, snapshot, number, err);
}

gs_code gs_edge_read(gs_edge *out, const gs_snapshot *snapshot, uint64_t number,
                     gs_error *err)
{
    gs_code rc;
    gs_edge edge;
    uint8_t flags;
    bool hidden = false;

    if (number > snapshot->last || gs_is_hidden(snapshot, number))
        return GS_END;
    GS_TRY(gs_edge_record(&edge, &flags, snapshot, number, err));
    if (flags & GS_TOUCHED) {
        const uint64_t numbers[] = {number, edge.start, edge.end};

        GS_TRY(hides_any(&hidden, snapshot, numbers, 3, err));
    }
    if (hidden || gs_is_hidden(snapshot, edge.start) || gs_is_hidden(snapshot, edge.end))
        return GS_END;
    *out = edge;
    return GS_OK;
out:
    return rc;
}

static uint64_t count_of(const gs_snapshot *snapshot, uint64_t key)
{
    gs_error ignored;
    MDB_val value;
    uint64_t count;

    if (gs_txn_get(&value, snapshot, GS_TABLE_COUNTS, gs_val(&key, sizeof key),
                   &ignored) != GS_OK ||
        value.mv_size != sizeof count)
        return 0;
    memcpy(&count, value.mv_data, sizeof count);
    return count;
}

uint64_t gs_count_nodes(const gs_snapshot *snapshot, uint32_t label)
{
    return count_of(snapshot, 2 * (uint64_t)label);
}

uint64_t gs_count_edges(const gs_snapshot *snapshot, uint32_t type)
{
    return count_of(snapshot, 2 * (uint64_t)type + 1);
}
