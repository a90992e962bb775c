/* Records by their checksums, and what is derived from them. */
#include "graph/base/bytes.h"
#include "graph/check_impl.h"
#include "graph/cover.h"
#include "graph/index_impl.h"
#include "graph/names.h"
#include "graph/record.h"
#include "graph/records.h"
#include "graph/version.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum { EVERY = 4096 };

typedef gs_code row_check(gs_check_state *state, MDB_val key, MDB_val value,
                          gs_error *err);

/* Each row of a table; what is found wrong with one is told, and the next one follows. */
static gs_code each_row(gs_check_state *state, gs_table table, row_check *check,
                        gs_error *err)
{
    gs_code rc;
    MDB_cursor *cursor = NULL;
    MDB_val key, value;
    uint64_t rows = 0;

    GS_TRY(gs_txn_cursor(&cursor, state->snapshot, table, err));
    while ((rc = gs_txn_move(cursor, &key, &value, MDB_NEXT, err)) == GS_OK) {
        if (rows++ % EVERY == 0)
            GS_TRY(gs_check_pause(state, err));
        rc = check(state, key, value, err);
        GS_TRY(gs_check_tell(state, err, rc));
    }
    if (rc == GS_END)
        rc = GS_OK;
out:
    if (cursor != NULL)
        mdb_cursor_close(cursor);
    return rc;
}

static gs_code need_size(gs_table table, MDB_val val, size_t size, gs_error *err)
{
    if (val.mv_size == size)
        return GS_OK;
    return gs_fail(err, GS_DAMAGED, "table %s: a row of %zu bytes, where %zu are right",
                   gs_lmdb_tables[table].name, val.mv_size, size);
}

static uint64_t own_number(const void *from)
{
    uint64_t number;

    memcpy(&number, from, sizeof number);
    return number;
}

static gs_code add_birth(gs_check_state *state, gs_birth birth, gs_error *err)
{
    if (state->birth_count == state->birth_room) {
        size_t room = state->birth_room == 0 ? 256 : 2 * state->birth_room;
        gs_birth *grown = reallocarray(state->births, room, sizeof *grown);

        if (grown == NULL)
            return gs_fail_memory(err);
        state->births = grown;
        state->birth_room = room;
    }
    state->births[state->birth_count++] = birth;
    return GS_OK;
}

static gs_code count(gs_check_state *state, uint64_t key, gs_error *err)
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
        rc = count(state, 2 * label, err);
out:
    return rc;
}

static gs_code check_node(gs_check_state *state, uint64_t number, gs_text record,
                          gs_error *err)
{
    gs_node node;
    uint8_t marks;
    bool hidden = false;
    gs_code rc;

    state->nodes++;
    GS_TRY(gs_record_read_node(&node, number, record, err));
    GS_TRY(gs_marks_read(&marks, state->snapshot, number, err));
    if (marks & GS_TOUCHED)
        GS_TRY(gs_end_covers(&hidden, state->snapshot, number, err));
    if (!hidden)
        GS_TRY(count(state, 0, err));
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
    GS_TRY(count(state, 1, err));
    rc = count(state, 2 * (uint64_t)edge.type + 1, err);
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
        rc = gs_record_is_edge(record) ? check_edge(state, number, record, err)
                                       : check_node(state, number, record, err);
        GS_TRY(gs_check_tell(state, err, rc));
    }
out:
    return rc;
}

static gs_code check_chunk(gs_check_state *state, MDB_val key, MDB_val value,
                           gs_error *err)
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
    gs_text packed;
    gs_error ignored;

    return gs_version_find(&packed, state->snapshot, number, UINT64_MAX, &ignored) ==
           GS_OK;
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
static gs_code check_mark(gs_check_state *state, MDB_val key, MDB_val value,
                          gs_error *err)
{
    uint64_t number;
    uint8_t marks;
    gs_text record;
    gs_code rc = need_size(GS_TABLE_MARKS, key, sizeof number, err);

    if (rc == GS_OK)
        rc = need_size(GS_TABLE_MARKS, value, 1, err);
    if (rc != GS_OK)
        return rc;
    number = own_number(key.mv_data);
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

static gs_code check_version(gs_check_state *state, MDB_val key, MDB_val value,
                             gs_error *err)
{
    const unsigned char *at = key.mv_data;
    uint64_t owner, number;
    gs_node node;
    gs_text packed;
    uint8_t marks;
    gs_code rc = need_size(GS_TABLE_VERSIONS, key, 16, err);

    if (rc != GS_OK)
        return rc;
    owner = gs_load_u64(at);
    number = gs_load_u64(at + 8);
    GS_TRY(add_birth(state, (gs_birth){number, owner, 'v'}, err));
    GS_TRY(gs_version_find(&packed, state->snapshot, owner, number, err));
    rc = gs_node_record(&node, &marks, state->snapshot, owner, err);
    if (rc == GS_END)
        return gs_fail(err, GS_DAMAGED,
                       "table versions: one of node %" PRIu64 ", which is gone", owner);
    GS_TRY(rc);
    if ((marks & GS_REVISED) == 0)
        return gs_fail(err, GS_DAMAGED, "node %" PRIu64 ": it is not marked as revised",
                       owner);
    (void)value;
out:
    return rc;
}

static gs_code check_text(gs_check_state *state, MDB_val key, MDB_val value,
                          gs_error *err)
{
    const unsigned char *at = key.mv_data;
    gs_code rc = need_size(GS_TABLE_TEXTS, key, 16, err);

    if (rc != GS_OK)
        return rc;
    GS_TRY(add_birth(state, (gs_birth){gs_load_u64(at + 8), gs_load_u64(at), 't'}, err));
    if (!gs_sealed(gs_val_text(value), gs_load_u64(at + 8)))
        rc = gs_fail(err, GS_DAMAGED,
                     "table texts: the text of document %" PRIu64 " is damaged",
                     gs_load_u64(at));
out:
    return rc;
}

static gs_code check_end(gs_check_state *state, MDB_val key, MDB_val value, gs_error *err)
{
    uint64_t number, ended;
    uint8_t marks;
    gs_code rc = need_size(GS_TABLE_ENDS, key, sizeof number, err);

    if (rc == GS_OK)
        rc = need_size(GS_TABLE_ENDS, value, 16, err);
    if (rc != GS_OK)
        return rc;
    number = own_number(key.mv_data);
    ended = gs_load_u64(value.mv_data);
    GS_TRY(add_birth(state, (gs_birth){ended, number, 'x'}, err));
    GS_TRY(gs_marks_read(&marks, state->snapshot, number, err));
    if ((marks & GS_TOUCHED) == 0)
        rc = gs_fail(err, GS_DAMAGED,
                     "table ends: record %" PRIu64 " is not marked as touched", number);
out:
    return rc;
}

static gs_code check_name(gs_check_state *state, MDB_val key, MDB_val value,
                          gs_error *err)
{
    uint32_t found;
    gs_code rc = need_size(GS_TABLE_NAMES, key, sizeof(uint64_t), err);

    if (rc != GS_OK)
        return rc;
    rc = gs_name_look_up(&found, state->snapshot, gs_val_text(value), err);
    if (rc == GS_OK && found != own_number(key.mv_data))
        rc = gs_fail(err, GS_DAMAGED, "table index: it lacks name %" PRIu64,
                     own_number(key.mv_data));
    gs_check_sum_add(&state->keys_wanted,
                     gs_key_hash(state->snapshot, true, gs_val_text(value)),
                     own_number(key.mv_data));
    return rc;
}

static gs_code check_ledger(gs_check_state *state, MDB_val key, MDB_val value,
                            gs_error *err)
{
    uint64_t number;
    gs_code rc = need_size(GS_TABLE_LEDGER, key, 9, err);

    (void)state;
    if (rc != GS_OK)
        return rc;
    number = gs_load_u64((const unsigned char *)key.mv_data + 1);
    if (!gs_sealed(gs_val_text(value), number))
        rc = gs_fail(err, GS_DAMAGED, "table ledger: entry %" PRIu64 " is damaged",
                     number);
    return rc;
}

/* Lists of numbers, of which each must be a record's. */
static gs_code check_number(gs_check_state *state, gs_table table, MDB_val value,
                            gs_error *err)
{
    gs_code rc = need_size(table, value, sizeof(uint64_t), err);

    if (rc == GS_OK && own_number(value.mv_data) > state->snapshot->last)
        rc = gs_fail(err, GS_DAMAGED, "table %s: record %" PRIu64 " has not come",
                     gs_lmdb_tables[table].name, own_number(value.mv_data));
    return rc;
}

static gs_code check_waiting(gs_check_state *state, MDB_val key, MDB_val value,
                             gs_error *err)
{
    (void)key;
    return check_number(state, GS_TABLE_WAITING, value, err);
}

/* Its actor, and the statement. */
static gs_code check_undecided(gs_check_state *state, MDB_val key, MDB_val value,
                               gs_error *err)
{
    const unsigned char *at = key.mv_data;
    gs_code rc = need_size(GS_TABLE_UNDECIDED, key, 24, err);

    (void)value;
    if (rc == GS_OK && (gs_load_u64(at) > state->snapshot->last ||
                        gs_load_u64(at + 16) > state->snapshot->last))
        rc = gs_fail(err, GS_DAMAGED,
                     "table undecided: record %" PRIu64 " or %" PRIu64 " has not come",
                     gs_load_u64(at), gs_load_u64(at + 16));
    return rc;
}

static gs_code check_count(gs_check_state *state, MDB_val key, MDB_val value,
                           gs_error *err)
{
    uint64_t name;
    gs_code rc = need_size(GS_TABLE_COUNTS, key, sizeof name, err);

    if (rc == GS_OK)
        rc = need_size(GS_TABLE_COUNTS, value, sizeof name, err);
    if (rc != GS_OK)
        return rc;
    name = own_number(key.mv_data);
    if (name >= state->count_room || state->counts[name] != own_number(value.mv_data))
        rc = gs_fail(err, GS_DAMAGED,
                     "table counts: count %" PRIu64 " is %" PRIu64
                     ", and not what there is",
                     name, own_number(value.mv_data));
    return rc;
}

static gs_code check_rows(gs_check_state *state, gs_table table, uint64_t wanted,
                          gs_error *err)
{
    MDB_stat stat;
    gs_error found;
    int status =
        mdb_stat(state->snapshot->txn, gs_txn_table(state->snapshot, table), &stat);

    if (status != 0)
        return gs_lmdb_fail(err, status, "read the store");
    if (stat.ms_entries == wanted)
        return GS_OK;
    return gs_check_tell(state, &found,
                         gs_fail(&found, GS_DAMAGED,
                                 "table %s: it has %zu rows, where %" PRIu64 " are right",
                                 gs_lmdb_tables[table].name, stat.ms_entries, wanted));
}

gs_code gs_check_records(gs_check_state *state, gs_error *err)
{
    static const struct {
        gs_table table;
        row_check *check;
    } tables[] = {
        {GS_TABLE_NAMES, check_name},
        {GS_TABLE_RECORDS, check_chunk},
        {GS_TABLE_MARKS, check_mark},
        {GS_TABLE_VERSIONS, check_version},
        {GS_TABLE_ADJACENCY, gs_check_block},
        {GS_TABLE_TEXTS, check_text},
        {GS_TABLE_ENDS, check_end},
        {GS_TABLE_LEDGER, check_ledger},
        {GS_TABLE_WAITING, check_waiting},
        {GS_TABLE_WORDS, gs_check_words_row},
        {GS_TABLE_COUNTS, check_count},
        {GS_TABLE_INDEX, gs_check_index_run},
        {GS_TABLE_UNDECIDED, check_undecided},
    };
    gs_code rc = GS_OK;

    state->count_room = 2 * ((uint64_t)gs_name_last(state->snapshot) + 1);
    state->counts = calloc(state->count_room, sizeof *state->counts);
    if (state->counts == NULL)
        return gs_fail_memory(err);
    for (size_t i = 0; rc == GS_OK && i < sizeof tables / sizeof *tables; i++)
        rc = each_row(state, tables[i].table, tables[i].check, err);
    if (rc == GS_OK)
        rc = gs_check_lists(state, err);
    if (rc == GS_OK)
        rc = check_rows(state, GS_TABLE_LABELS, state->label_rows, err);
    if (rc == GS_OK)
        rc = gs_check_indexes(state, err);
    return rc;
}
