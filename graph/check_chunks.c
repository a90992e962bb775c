/* Chunks of records, and what is set of records since. */
#include "graph/check_impl.h"
#include "graph/cover.h"
#include "graph/record.h"
#include "graph/records.h"
#include "graph/version.h"

#include <inttypes.h>
#include <string.h>

gs_code gs_check_count(gs_check_state *state, uint64_t key, gs_error *err)
{
    if (key >= state->count_room)
        return gs_fail(err, GS_DAMAGED, "name %" PRIu64 ": there is none", key / 2);
    state->counts[key]++;
    return GS_OK;
}

/* A row that must be there. */
static gs_code need_row(gs_check_state *state, gs_table table, MDB_val key, MDB_val value,
                        uint64_t number, gs_error *err)
{
    gs_code rc = gs_txn_has(state->snapshot, table, key, value, err);

    if (rc != GS_END)
        return rc;
    return gs_fail(err, GS_DAMAGED, "table %s: it lacks record %" PRIu64,
                   gs_lmdb_tables[table].name, number);
}

static gs_code check_label(gs_check_state *state, const gs_node *node, uint32_t i,
                           bool visible, gs_error *err)
{
    uint64_t label = gs_node_label(node, i);
    gs_code rc;

    state->label_rows++;
    GS_TRY(need_row(state, GS_TABLE_LABELS, gs_val(&label, sizeof label),
                    gs_val(&node->number, sizeof node->number), node->number, err));
    if (visible)
        rc = gs_check_count(state, 2 * label, err);
out:
    return rc;
}

static gs_code check_node(gs_check_state *state, uint64_t number, gs_text record,
                          gs_error *err)
{
    gs_node node;
    uint8_t marks;
    bool hidden = gs_is_hidden(state->snapshot, number);
    gs_code rc;

    state->nodes++;
    GS_TRY(gs_record_read_node(&node, number, record, err));
    GS_TRY(gs_marks_read(&marks, state->snapshot, number, err));
    if (!hidden && (marks & GS_TOUCHED))
        GS_TRY(gs_end_covers(&hidden, state->snapshot, number, err));
    if (!hidden)
        GS_TRY(gs_check_count(state, 0, err));
    for (uint32_t i = 0; i < node.label_count; i++)
        GS_TRY(check_label(state, &node, i, !hidden, err));
    rc = gs_check_index_node(state, &node, marks, err);
out:
    return rc;
}

static gs_code read_cover(gs_cover *out, const gs_check_state *state, uint64_t node,
                          uint64_t edge, gs_error *err)
{
    gs_code rc = gs_cover_record(out, state->snapshot, node, err);

    if (rc == GS_END)
        rc = gs_fail(err, GS_DAMAGED, "edge %" PRIu64 ": its node %" PRIu64 " is gone",
                     edge, node);
    return rc;
}

/* That it says of its ends what is so. */
static gs_code check_cover(const gs_check_state *state, const gs_edge *edge,
                           gs_error *err)
{
    gs_cover start, end;
    gs_code rc;

    GS_TRY(read_cover(&start, state, edge->start, edge->number, err));
    GS_TRY(read_cover(&end, state, edge->end, edge->number, err));
    if (edge->start_sort != start.sort || edge->end_sort != end.sort ||
        edge->start_dated != gs_cover_has_date(&start, edge->earliest, edge->latest) ||
        edge->end_dated != gs_cover_has_date(&end, edge->earliest, edge->latest))
        rc = gs_fail(err, GS_DAMAGED,
                     "edge %" PRIu64 ": it says of its nodes what is not so",
                     edge->number);
out:
    return rc;
}

static gs_code check_edge(gs_check_state *state, uint64_t number, gs_text record,
                          gs_error *err)
{
    gs_edge edge, seen;
    uint8_t marks;
    gs_code rc;

    state->edges++;
    GS_TRY(gs_record_read_edge(&edge, number, record, err));
    GS_TRY(gs_marks_read(&marks, state->snapshot, number, err));
    gs_edge_uncover(&edge, marks);
    GS_TRY(check_cover(state, &edge, err));
    gs_check_edge_entries(state, &edge, (marks & GS_TOUCHED) != 0);
    rc = gs_edge_read(&seen, state->snapshot, number, err);
    if (rc == GS_END)
        return GS_OK;
    GS_TRY(rc);
    GS_TRY(gs_check_count(state, 1, err));
    rc = gs_check_count(state, 2 * (uint64_t)edge.type + 1, err);
out:
    return rc;
}

static gs_code check_group(gs_check_state *state, const gs_chunk *chunk, uint32_t index,
                           gs_error *err)
{
    gs_text group, record;
    uint32_t slots = chunk->count - index * GS_GROUP_SLOTS;
    gs_code rc = gs_chunk_group(&group, chunk, index, err);

    if (rc != GS_OK)
        return rc;
    for (uint32_t i = 0; i < slots && i < GS_GROUP_SLOTS; i++) {
        uint64_t number = chunk->first + (uint64_t)index * GS_GROUP_SLOTS + i;

        if (!gs_chunk_slot(&record, group, i))
            return gs_fail(err, GS_DAMAGED, "record %" PRIu64 " is damaged", number);
        if (record.size == 0)
            continue;
        gs_arena_reset(&state->arena);
        rc = gs_short_record(&record, state->snapshot, record, &state->arena, err);
        if (rc == GS_OK)
            rc = gs_record_is_edge(record) ? check_edge(state, number, record, err)
                                           : check_node(state, number, record, err);
        GS_TRY(gs_check_tell(state, err, rc));
    }
out:
    return rc;
}

gs_code gs_check_chunk(gs_check_state *state, MDB_val key, MDB_val value, gs_error *err)
{
    gs_chunk chunk;
    gs_code rc = gs_chunk_open(&chunk, key, value, err);

    if (rc != GS_OK)
        return rc;
    if (chunk.first < state->next_number ||
        chunk.first + chunk.count - 1 > state->snapshot->last)
        return gs_fail(err, GS_DAMAGED,
                       "table records: a chunk from %" PRIu64
                       " on, where none should begin",
                       chunk.first);
    state->next_number = chunk.first + chunk.count;
    for (uint32_t i = 0; i * GS_GROUP_SLOTS < chunk.count; i++) {
        rc = check_group(state, &chunk, i, err);
        GS_TRY(gs_check_tell(state, err, rc));
    }
    rc = GS_OK;
out:
    return rc;
}

static bool has_end(const gs_check_state *state, uint64_t number)
{
    uint64_t found = number;
    gs_error ignored;

    return gs_end_next(&found, state->snapshot, &ignored) == GS_OK && found == number;
}

static bool has_version(const gs_check_state *state, uint64_t number)
{
    gs_snapshot all = *state->snapshot;
    gs_text packed;
    gs_error ignored;

    all.hidden = (gs_ranges){0};
    return gs_version_find(&packed, &all, number, UINT64_MAX, &ignored) == GS_OK;
}

/* check_cover has judged what an edge says of its nodes. */
static bool marks_are_right(const gs_check_state *state, uint64_t number, uint8_t marks,
                            gs_text record)
{
    gs_edge edge = {.start = number, .end = number};
    gs_error ignored;
    bool of_edge = gs_record_is_edge(record);

    if (of_edge && gs_record_read_edge(&edge, number, record, &ignored) != GS_OK)
        return true; /* which has been told */
    if ((marks & GS_TOUCHED) != 0 && !has_end(state, number) &&
        !has_end(state, edge.start) && !has_end(state, edge.end))
        return false;
    if ((marks & GS_REVISED) != 0 && (of_edge || !has_version(state, number)))
        return false;
    if ((marks & (GS_START_UNCOVERED | GS_END_UNCOVERED)) != 0 && !of_edge)
        return false;
    return marks != 0 && marks < 2 * GS_END_UNCOVERED;
}

/* Marks are set for a reason. */
gs_code gs_check_mark(gs_check_state *state, MDB_val key, MDB_val value, gs_error *err)
{
    uint64_t number;
    uint8_t marks;
    gs_text record;
    gs_code rc = gs_check_size(GS_TABLE_MARKS, key, sizeof number, err);

    if (rc == GS_OK)
        rc = gs_check_size(GS_TABLE_MARKS, value, 1, err);
    if (rc != GS_OK)
        return rc;
    number = gs_check_own_number(key.mv_data);
    marks = *(const uint8_t *)value.mv_data;
    rc = gs_record_find(&record, state->snapshot, number, err);
    if (rc == GS_OK && marks_are_right(state, number, marks, record))
        return GS_OK;
    if (rc == GS_OK || rc == GS_END)
        rc =
            gs_fail(err, GS_DAMAGED,
                    "table marks: record %" PRIu64 " is marked without a reason", number);
    return rc;
}
