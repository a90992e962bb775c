/* Records by their checksums, and what is derived from them. */
#include "graph/base/bytes.h"
#include "graph/base/grow.h"
#include "graph/batch_impl.h"
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

gs_code gs_check_size(gs_table table, MDB_val val, size_t size, gs_error *err)
{
    if (val.mv_size == size)
        return GS_OK;
    return gs_fail(err, GS_DAMAGED, "table %s: a row of %zu bytes, where %zu are right",
                   gs_lmdb_tables[table].name, val.mv_size, size);
}

static gs_code add_birth(gs_check_state *state, gs_birth birth, gs_error *err)
{
    gs_birth *births =
        gs_grow(state->births, state->birth_count, &state->birth_room, sizeof *births);

    if (births == NULL)
        return gs_fail_memory(err);
    state->births = births;
    state->births[state->birth_count++] = birth;
    return GS_OK;
}

static gs_code check_version(gs_check_state *state, MDB_val key, MDB_val value,
                             gs_error *err)
{
    const unsigned char *at = key.mv_data;
    gs_snapshot all = *state->snapshot;
    uint64_t owner, number;
    gs_node node;
    gs_text packed;
    uint8_t marks;
    gs_code rc = gs_check_size(GS_TABLE_VERSIONS, key, 16, err);

    if (rc != GS_OK)
        return rc;
    owner = gs_load_u64(at);
    number = gs_load_u64(at + 8);
    GS_TRY(add_birth(state, (gs_birth){number, owner, 'v'}, err));
    all.hidden = (gs_ranges){0};
    GS_TRY(gs_version_find(&packed, &all, owner, number, err));
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
    gs_code rc = gs_check_size(GS_TABLE_TEXTS, key, 16, err);

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
    uint64_t number, ended, what;
    uint8_t marks;
    gs_code rc = gs_check_size(GS_TABLE_ENDS, key, sizeof number, err);

    if (rc == GS_OK)
        rc = gs_check_size(GS_TABLE_ENDS, value, 16, err);
    if (rc != GS_OK)
        return rc;
    number = gs_check_own_number(key.mv_data);
    ended = gs_load_u64(value.mv_data);
    what = gs_load_u64((const unsigned char *)value.mv_data + 8);
    if (what != GS_ENDED && what != GS_REVIVED)
        return gs_fail(err, GS_DAMAGED,
                       "table ends: the row of record %" PRIu64
                       " says neither that it ended nor that it is there again",
                       number);
    GS_TRY(
        add_birth(state, (gs_birth){ended, number, what == GS_ENDED ? 'x' : 'y'}, err));
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
    gs_code rc = gs_check_size(GS_TABLE_NAMES, key, sizeof(uint64_t), err);

    if (rc != GS_OK)
        return rc;
    rc = gs_name_look_up(&found, state->snapshot, gs_val_text(value), err);
    if (rc == GS_OK && found != gs_check_own_number(key.mv_data))
        rc = gs_fail(err, GS_DAMAGED, "table index: it lacks name %" PRIu64,
                     gs_check_own_number(key.mv_data));
    gs_check_sum_add(&state->keys_wanted,
                     gs_key_hash(state->snapshot, true, gs_val_text(value)),
                     gs_check_own_number(key.mv_data));
    return rc;
}

static gs_code check_ledger(gs_check_state *state, MDB_val key, MDB_val value,
                            gs_error *err)
{
    uint64_t number;
    gs_code rc = gs_check_size(GS_TABLE_LEDGER, key, 9, err);

    (void)state;
    if (rc != GS_OK)
        return rc;
    number = gs_load_u64((const unsigned char *)key.mv_data + 1);
    if (!gs_sealed(gs_val_text(value), number))
        rc = gs_fail(err, GS_DAMAGED, "table ledger: entry %" PRIu64 " is damaged",
                     number);
    return rc;
}

static bool has_birth(const gs_check_state *state, size_t from, uint64_t number)
{
    for (size_t i = from; i < state->birth_count; i++)
        if (state->births[i].number == number)
            return true;
    return false;
}

/* Ranges that were hidden, or shown again, in one commit share one number. */
static gs_code check_hides(gs_check_state *state, gs_error *err)
{
    size_t from = state->birth_count;
    gs_code rc = gs_hides_read(&state->hides, &state->hide_count, state->snapshot, err);

    for (size_t i = 0; rc == GS_OK && i < state->hide_count; i++) {
        const gs_hide *row = &state->hides[i];

        if (row->first == 0 || row->first > row->last ||
            row->last > state->snapshot->last || row->ended >= row->restored)
            return gs_fail(err, GS_DAMAGED,
                           "table hides: the range from %" PRIu64 " is none", row->first);
        if (!has_birth(state, from, row->ended))
            rc = add_birth(state, (gs_birth){row->ended, row->first, 'h'}, err);
        if (rc == GS_OK && row->restored != UINT64_MAX &&
            !has_birth(state, from, row->restored))
            rc = add_birth(state, (gs_birth){row->restored, row->first, 'r'}, err);
    }
    return rc;
}

/* Lists of numbers, of which each must be a record's. */
static gs_code check_number(gs_check_state *state, gs_table table, MDB_val value,
                            gs_error *err)
{
    gs_code rc = gs_check_size(table, value, sizeof(uint64_t), err);

    if (rc == GS_OK && gs_check_own_number(value.mv_data) > state->snapshot->last)
        rc = gs_fail(err, GS_DAMAGED, "table %s: record %" PRIu64 " has not come",
                     gs_lmdb_tables[table].name, gs_check_own_number(value.mv_data));
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

    if (!gs_undecided_whole(key, value))
        return gs_fail(err, GS_DAMAGED, "table undecided: a row is damaged");
    if (gs_load_u64(at) <= state->snapshot->last &&
        gs_load_u64(at + 16) <= state->snapshot->last)
        return GS_OK;
    return gs_fail(err, GS_DAMAGED,
                   "table undecided: record %" PRIu64 " or %" PRIu64 " has not come",
                   gs_load_u64(at), gs_load_u64(at + 16));
}

static gs_code check_count(gs_check_state *state, MDB_val key, MDB_val value,
                           gs_error *err)
{
    uint64_t name;
    gs_code rc = gs_check_size(GS_TABLE_COUNTS, key, sizeof name, err);

    if (rc == GS_OK)
        rc = gs_check_size(GS_TABLE_COUNTS, value, sizeof name, err);
    if (rc != GS_OK)
        return rc;
    name = gs_check_own_number(key.mv_data);
    if (name >= state->count_room ||
        state->counts[name] != gs_check_own_number(value.mv_data))
        rc = gs_fail(err, GS_DAMAGED,
                     "table counts: count %" PRIu64 " is %" PRIu64
                     ", and not what there is",
                     name, gs_check_own_number(value.mv_data));
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
        {GS_TABLE_RECORDS, gs_check_chunk},
        {GS_TABLE_MARKS, gs_check_mark},
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
        rc = gs_check_tell(state, err, check_hides(state, err));
    if (rc == GS_OK)
        rc = gs_check_lists(state, err);
    if (rc == GS_OK)
        rc = check_rows(state, GS_TABLE_LABELS, state->label_rows, err);
    if (rc == GS_OK)
        rc = gs_check_indexes(state, err);
    return rc;
}
