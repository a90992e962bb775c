/* The indexes against the nodes: nothing lacks and nothing is too much. Both sides are
 * summed up as sets, in whatever order they come; only where the sums differ is each key
 * looked up, to name what lacks. */
#include "graph/base/bytes.h"
#include "graph/base/grow.h"
#include "graph/base/hash.h"
#include "graph/check_impl.h"
#include "graph/index_impl.h"
#include "graph/record.h"
#include "graph/records.h"
#include "graph/version.h"
#include "graph/words_list.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

static uint64_t mixed(uint64_t hash, uint64_t number)
{
    unsigned char bytes[16];
    gs_hash128 hash_of_both;

    gs_store_u64(bytes, hash);
    gs_store_u64(bytes + 8, number);
    hash_of_both = gs_hash_text(0, (gs_text){(const char *)bytes, sizeof bytes});
    return gs_load_u64(hash_of_both.bytes);
}

void gs_check_sum_add(gs_check_sum *sum, uint64_t hash, uint64_t number)
{
    sum->rows++;
    sum->sum += mixed(hash, number);
}

static bool is_same(gs_check_sum a, gs_check_sum b)
{
    return a.rows == b.rows && a.sum == b.sum;
}

static uint64_t hash_word(gs_text word)
{
    gs_hash128 hash = gs_hash_text(0, word);

    return gs_load_u64(hash.bytes);
}

static gs_code keep_key(void *context, uint64_t hash, gs_error *err)
{
    gs_check_state *state = context;

    return gs_numbers_add(&state->keys, hash, err);
}

static gs_code keep_word(void *context, gs_text word, gs_error *err)
{
    gs_check_state *state = context;

    return gs_numbers_add(&state->words, hash_word(word), err);
}

static int compare(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

    return x < y ? -1 : x > y;
}

/* Each once, into the sum. */
static void add_up(gs_check_sum *sum, gs_numbers *hashes, uint64_t number)
{
    if (hashes->count > 1)
        qsort(hashes->items, hashes->count, sizeof *hashes->items, compare);
    for (size_t i = 0; i < hashes->count; i++)
        if (i == 0 || hashes->items[i] != hashes->items[i - 1])
            gs_check_sum_add(sum, hashes->items[i], number);
    hashes->count = 0;
}

/* The maps of all versions of a node; one that is damaged is told of elsewhere. */
static gs_code each_version(const gs_snapshot *snapshot, const gs_node *node,
                            const gs_index_sink *sink, gs_error *err)
{
    gs_code rc;
    MDB_cursor *cursor = NULL;
    unsigned char from[16] = {0};
    MDB_val key = gs_val(from, sizeof from), value;

    gs_store_u64(from, node->number);
    gs_store_u64(from + 8, 0);
    GS_TRY(gs_txn_cursor(&cursor, snapshot, GS_TABLE_VERSIONS, err));
    for (rc = gs_txn_move(cursor, &key, &value, MDB_SET_RANGE, err);
         rc == GS_OK && key.mv_size == sizeof from && memcmp(key.mv_data, from, 8) == 0;
         rc = gs_txn_move(cursor, &key, &value, MDB_NEXT, err)) {
        gs_text packed = gs_val_text(value);

        if (!gs_sealed(packed, node->number))
            continue;
        packed.size -= GS_CHECKSUM_SIZE;
        GS_TRY(gs_index_each(snapshot, node, gs_version_map(packed), sink, err));
    }
    if (rc == GS_END)
        rc = GS_OK;
out:
    if (cursor != NULL)
        mdb_cursor_close(cursor);
    return rc;
}

static gs_code each(const gs_snapshot *snapshot, const gs_node *node, uint8_t flags,
                    const gs_index_sink *sink, gs_error *err)
{
    gs_code rc = gs_index_each(snapshot, node, node->properties, sink, err);

    if (rc == GS_OK && (flags & GS_REVISED) != 0)
        rc = each_version(snapshot, node, sink, err);
    return rc;
}

gs_code gs_check_index_node(gs_check_state *state, const gs_node *node, uint8_t flags,
                            gs_error *err)
{
    gs_index_sink sink = {state, keep_key, keep_word};
    gs_code rc = each(state->snapshot, node, flags, &sink, err);

    add_up(&state->keys_wanted, &state->keys, node->number);
    add_up(&state->words_wanted, &state->words, node->number);
    return rc;
}

static gs_code fail_run(uint64_t key, gs_error *err)
{
    return gs_fail(err, GS_DAMAGED, "table index: run %" PRIu64 " is damaged", key);
}

gs_code gs_check_index_run(gs_check_state *state, MDB_val key, MDB_val value,
                           gs_error *err)
{
    gs_index_run run = {.value = value};
    gs_index_run_view view;
    gs_index_row row, before = {0, 0};
    bool damaged = false;

    if (key.mv_size != sizeof run.key || value.mv_size == 0)
        return fail_run(0, err);
    memcpy(&run.key, key.mv_data, sizeof run.key);
    if (gs_index_run_open(&view, state->snapshot, &run, err) != GS_OK)
        return fail_run(run.key, err);
    for (size_t i = 0; i < view.count; i++) {
        row = gs_index_run_row(&view, i);
        damaged = damaged || row.number > view.last || row.hash < before.hash ||
                  (row.hash == before.hash && row.number <= before.number);
        gs_check_sum_add(&state->keys_seen, row.hash, row.number);
        before = row;
    }
    return damaged ? fail_run(run.key, err) : GS_OK;
}

gs_code gs_check_words_row(gs_check_state *state, MDB_val key, MDB_val value,
                           gs_error *err)
{
    gs_block block;
    gs_text word;
    uint64_t numbers[GS_BLOCK_GROUP], hash, before = 0;
    gs_code rc = gs_word_row(&word, &block, key, value, err);
    bool damaged = rc != GS_OK;

    hash = damaged ? 0 : hash_word(word);
    for (size_t group = 0; !damaged && group < block.groups; group++) {
        size_t count = gs_block_group(numbers, &block, group);

        damaged = count == 0;
        for (size_t i = 0; i < count; i++) {
            damaged = damaged || numbers[i] <= before;
            gs_check_sum_add(&state->words_seen, hash, numbers[i]);
            before = numbers[i];
        }
    }
    if (damaged || before != block.last)
        return gs_fail(err, GS_DAMAGED, "table words: a block is damaged");
    return GS_OK;
}

/* A node's keys and words are looked up one by one. */
typedef struct lookup {
    gs_check_state *state;
    const gs_node *node;
    uint64_t lacking;
} lookup;

static gs_code tell_lack(lookup *l, const char *table, gs_error *err)
{
    l->lacking++;
    return gs_check_tell(l->state, err,
                         gs_fail(err, GS_DAMAGED,
                                 "table %s: it lacks node %" PRIu64
                                 ", which some questions will not find",
                                 table, l->node->number));
}

static gs_code need_key(void *context, uint64_t hash, gs_error *err)
{
    lookup *l = context;
    gs_candidates candidates;
    uint64_t number;
    gs_code rc = gs_candidates_open(&candidates, l->state->snapshot, hash, err);

    while (rc == GS_OK) {
        rc = gs_candidates_next(&number, &candidates, err);
        if (rc == GS_OK && number == l->node->number)
            return GS_OK;
    }
    return rc == GS_END ? tell_lack(l, "index", err) : rc;
}

static gs_code need_word(void *context, gs_text word, gs_error *err)
{
    lookup *l = context;
    bool has;
    gs_code rc = gs_words_has(&has, l->state->snapshot, word, l->node->number, err);

    return rc == GS_OK && !has ? tell_lack(l, "words", err) : rc;
}

static gs_code skip_key(void *context, uint64_t hash, gs_error *err)
{
    (void)context;
    (void)hash;
    (void)err;
    return GS_OK;
}

static gs_code skip_word(void *context, gs_text word, gs_error *err)
{
    (void)context;
    (void)word;
    (void)err;
    return GS_OK;
}

/* Names what lacks; what is there and belongs to no record is told of as a whole. */
static gs_code look_up(gs_check_state *state, const char *table, bool keys, gs_error *err)
{
    gs_code rc;
    lookup l = {.state = state};
    gs_index_sink sink = {&l, keys ? need_key : skip_key, keys ? skip_word : need_word};
    gs_text record;
    gs_node node;
    uint8_t marks = 0;

    for (uint64_t number = 1; number <= state->snapshot->last; number++) {
        rc = gs_record_next(&number, &record, state->snapshot, err);
        if (rc == GS_END)
            break;
        if (rc == GS_OK && gs_record_is_edge(record))
            continue;
        gs_arena_reset(&state->arena);
        if (rc == GS_OK)
            rc = gs_short_record(&record, state->snapshot, record, &state->arena, err);
        if (rc == GS_OK)
            rc = gs_record_read_node(&node, number, record, err);
        if (rc == GS_OK)
            rc = gs_marks_read(&marks, state->snapshot, number, err);
        l.node = &node;
        if (rc == GS_OK)
            rc = each(state->snapshot, &node, marks, &sink, err);
        if (rc != GS_OK && rc != GS_DAMAGED)
            return rc;
    }
    if (l.lacking > 0)
        return GS_OK;
    return gs_fail(err, GS_DAMAGED,
                   "table %s: it has other rows than the records that it is of", table);
}

gs_code gs_check_indexes(gs_check_state *state, gs_error *err)
{
    gs_code rc = GS_OK;

    if (!is_same(state->keys_seen, state->keys_wanted))
        rc = look_up(state, "index", true, err);
    GS_TRY(gs_check_tell(state, err, rc));
    if (!is_same(state->words_seen, state->words_wanted))
        rc = look_up(state, "words", false, err);
    GS_TRY(gs_check_tell(state, err, rc));
out:
    return rc;
}
