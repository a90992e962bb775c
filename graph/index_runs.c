#include "graph/index_runs.h"

#include "graph/base/bytes.h"
#include "graph/base/grow.h"
#include "graph/base/large.h"
#include "graph/txn_impl.h"

#include <stdlib.h>
#include <string.h>

enum {
    AT_FIRST = 8,
    AT_LAST = 16,
    HEAD = 24,
    PAD = 8, /* so that a row can be read in words of 8 bytes */
    HASH_BITS = 8 * GS_INDEX_HASH,
    MERGED = 4, /* runs of like size become one */
    MERGED_MAX =
        1 << 21, /* rows; a run of more is merged no more: it would all be dirty */
    STEPS = 8,   /* of interpolation, before halving: hashes of a damaged run */
    SORT_FEW = 64,
    DIGIT = 10, /* bits */
    ASKED_OFTEN = 4096,
    FILTER_LEAST = 20, /* upper bits of a hash; the filter has 2 to the power of them */
    FILTER_MOST = 27,  /* 16 MiB */
};

static gs_code fail_damaged(gs_error *err)
{
    return gs_fail(err, GS_DAMAGED,
                   "the table index is damaged; restore the store from a backup");
}

static unsigned width_of(uint64_t range)
{
    unsigned width = 1;

    while (width < 8 && range >> (8 * width) != 0)
        width++;
    return width;
}

static gs_code read_head(gs_index_run_view *out, MDB_val value, gs_error *err)
{
    const unsigned char *bytes = value.mv_data;
    gs_index_run_view run;
    size_t row;

    if (value.mv_size < HEAD + PAD)
        return fail_damaged(err);
    run = (gs_index_run_view){
        .rows = bytes + HEAD,
        .count = gs_load_u64(bytes),
        .first = gs_load_u64(bytes + AT_FIRST),
        .last = gs_load_u64(bytes + AT_LAST),
    };
    run.width = width_of(run.last - run.first);
    row = GS_INDEX_HASH + run.width;
    if (run.last < run.first || run.count > value.mv_size / row ||
        run.count * row != value.mv_size - HEAD - PAD)
        return fail_damaged(err);
    *out = run;
    return GS_OK;
}

static gs_code add(gs_index_runs *runs, uint64_t key, MDB_val value, size_t count,
                   gs_error *err)
{
    gs_index_run *items = gs_grow(runs->items, runs->count, &runs->room, sizeof *items);

    if (items == NULL)
        return gs_fail_memory(err);
    runs->items = items;
    runs->items[runs->count++] = (gs_index_run){key, value, count};
    return GS_OK;
}

gs_code gs_index_runs_load(gs_index_runs *runs, const gs_snapshot *snapshot,
                           gs_error *err)
{
    gs_code rc;
    MDB_cursor *cursor = NULL;
    MDB_val key, value;
    gs_index_run_view view;
    uint64_t number;

    if (runs->loaded)
        return GS_OK;
    GS_TRY(gs_txn_cursor(&cursor, snapshot, GS_TABLE_INDEX, err));
    runs->count = 0;
    while ((rc = gs_txn_move(cursor, &key, &value, MDB_NEXT, err)) == GS_OK) {
        if (key.mv_size != sizeof number) {
            rc = fail_damaged(err);
            goto out;
        }
        memcpy(&number, key.mv_data, sizeof number);
        GS_TRY(read_head(&view, value, err));
        GS_TRY(add(runs, number, value, view.count, err));
    }
    if (rc == GS_END) {
        runs->loaded = true;
        rc = GS_OK;
    }
out:
    if (cursor != NULL)
        mdb_cursor_close(cursor);
    return rc;
}

void gs_index_runs_free(gs_index_runs *runs)
{
    free(runs->items);
    free(runs->filter);
    *runs = (gs_index_runs){0};
}

gs_code gs_index_run_open(gs_index_run_view *out, const gs_snapshot *snapshot,
                          const gs_index_run *run, gs_error *err)
{
    MDB_val value = run->value;
    gs_code rc = GS_OK;

    if (value.mv_size == 0)
        rc = gs_txn_get(&value, snapshot, GS_TABLE_INDEX,
                        gs_val(&run->key, sizeof run->key), err);
    if (rc == GS_END)
        return fail_damaged(err);
    return rc == GS_OK ? read_head(out, value, err) : rc;
}

static inline uint64_t hash_at(const gs_index_run_view *run, size_t at)
{
    return gs_load_u64(run->rows + at * (GS_INDEX_HASH + run->width)) >> (64 - HASH_BITS);
}

gs_index_row gs_index_run_row(const gs_index_run_view *run, size_t at)
{
    const unsigned char *number =
        run->rows + at * (GS_INDEX_HASH + run->width) + GS_INDEX_HASH;

    return (gs_index_row){hash_at(run, at),
                          run->first + (gs_load_u64(number) >> (64 - 8 * run->width))};
}

size_t gs_index_run_find(const gs_index_run_view *run, uint64_t hash)
{
    size_t low = 0, high = run->count, at;
    uint64_t below = 0, above = UINT64_C(1) << HASH_BITS, seen;

    for (int step = 0; low < high; step++) {
        at = low + (high - low) / 2;
        if (step < STEPS && above > below)
            at = low + (size_t)((double)(hash - below) * (double)(high - low) /
                                (double)(above - below));
        if (at >= high)
            at = high - 1;
        seen = hash_at(run, at);
        if (seen < hash) {
            low = at + 1;
            below = seen;
        } else {
            high = at;
            above = seen > below ? seen : below;
        }
    }
    return low;
}

static void set_bit(gs_index_runs *runs, uint64_t hash)
{
    uint64_t bit = hash >> (HASH_BITS - runs->filter_bits);

    runs->filter[bit / 64] |= UINT64_C(1) << bit % 64;
}

/* Where it cannot be made, there is none. */
static void make_filter(gs_index_runs *runs, const gs_snapshot *snapshot, size_t rows)
{
    gs_index_run_view run;
    gs_error ignored;

    runs->filter_bits = FILTER_LEAST;
    while (runs->filter_bits < FILTER_MOST && rows >> (runs->filter_bits - 4) != 0)
        runs->filter_bits++;
    runs->filter = gs_large_array((size_t)1 << (runs->filter_bits - 6), 8);
    for (size_t i = 0; runs->filter != NULL && i < runs->count; i++) {
        if (gs_index_run_open(&run, snapshot, &runs->items[i], &ignored) != GS_OK) {
            free(runs->filter);
            runs->filter = NULL;
            return;
        }
        for (size_t at = 0; at < run.count; at++)
            set_bit(runs, hash_at(&run, at));
    }
}

bool gs_index_runs_may_have(gs_index_runs *runs, const gs_snapshot *snapshot,
                            uint64_t hash)
{
    uint64_t bit;

    if (runs->filter == NULL) {
        size_t rows = 0;

        if (++runs->asked % ASKED_OFTEN != 0)
            return true;
        for (size_t i = 0; i < runs->count; i++)
            rows += runs->items[i].count;
        if (rows < ASKED_OFTEN || runs->asked < rows / 64)
            return true;
        make_filter(runs, snapshot, rows);
        if (runs->filter == NULL)
            return true;
    }
    bit = hash >> (HASH_BITS - runs->filter_bits);
    return (runs->filter[bit / 64] >> bit % 64 & 1) != 0;
}

static int compare(const void *a, const void *b)
{
    const gs_index_row *x = a, *y = b;

    if (x->hash != y->hash)
        return x->hash < y->hash ? -1 : 1;
    return x->number < y->number ? -1 : x->number > y->number;
}

/* Rows mostly come by number ascending, which a stable sort by hash leaves as it is. */
static bool ascends(const gs_index_row *rows, size_t count)
{
    for (size_t i = 1; i < count; i++)
        if (rows[i - 1].number > rows[i].number)
            return false;
    return true;
}

/* By one digit, from `from` to `to`, stable. */
static void sort_digit(gs_index_row *to, const gs_index_row *from, size_t count,
                       unsigned shift)
{
    size_t starts[1 << DIGIT] = {0}, sum = 0;

    for (size_t i = 0; i < count; i++)
        starts[from[i].hash >> shift & ((1 << DIGIT) - 1)]++;
    for (size_t v = 0; v < 1 << DIGIT; v++) {
        size_t many = starts[v];

        starts[v] = sum;
        sum += many;
    }
    for (size_t i = 0; i < count; i++)
        to[starts[from[i].hash >> shift & ((1 << DIGIT) - 1)]++] = from[i];
}

void gs_index_rows_sort(gs_index_row *rows, gs_index_row *spare, size_t count)
{
    gs_index_row *from = rows, *to = spare, *swap;
    uint64_t varies = 0;

    if (count < SORT_FEW || !ascends(rows, count)) {
        qsort(rows, count, sizeof *rows, compare);
        return;
    }
    for (size_t i = 1; i < count; i++)
        varies |= rows[i].hash ^ rows[0].hash;
    for (unsigned shift = 0; shift < 64; shift += DIGIT) {
        if ((varies >> shift & ((1 << DIGIT) - 1)) == 0)
            continue; /* the same in all */
        sort_digit(to, from, count, shift);
        swap = from;
        from = to;
        to = swap;
    }
    if (from != rows)
        memcpy(rows, from, count * sizeof *rows);
}

/* A run that is being written, row by row. */
typedef struct writer {
    unsigned char *to;
    uint64_t first;
    unsigned width;
} writer;

static void put_row(writer *w, gs_index_row row)
{
    uint64_t offset = row.number - w->first;

    gs_store_u64(w->to, row.hash << (64 - HASH_BITS));
    gs_store_u64(w->to + GS_INDEX_HASH, offset << (64 - 8 * w->width));
    w->to +=
        GS_INDEX_HASH + w->width; /* what stands behind is written over, or the pad */
}

/* Room for a run behind all others. */
static gs_code make(writer *out, gs_index_runs *runs, const gs_snapshot *snapshot,
                    size_t count, uint64_t first, uint64_t last, gs_error *err)
{
    uint64_t number = runs->count == 0 ? 1 : runs->items[runs->count - 1].key + 1;
    unsigned width = width_of(last - first);
    MDB_val key = gs_val(&number, sizeof number);
    MDB_val value = {HEAD + count * (GS_INDEX_HASH + width) + PAD, NULL};
    unsigned char *bytes;
    gs_code rc;
    int status = mdb_put(snapshot->txn, gs_txn_table(snapshot, GS_TABLE_INDEX), &key,
                         &value, MDB_RESERVE | MDB_APPEND);

    if (status != 0)
        return gs_lmdb_fail(err, status, "write to the store");
    runs->written += value.mv_size;
    bytes = value.mv_data;
    gs_store_u64(bytes, count);
    gs_store_u64(bytes + AT_FIRST, first);
    gs_store_u64(bytes + AT_LAST, last);
    memset(bytes + value.mv_size - PAD, 0, PAD);
    *out = (writer){bytes + HEAD, first, width};
    rc = add(runs, number, (MDB_val){0, NULL}, count, err);
    return rc;
}

/* The smallest row of those that stand first. */
static size_t smallest(const gs_index_row *heads, const bool *ended, size_t count)
{
    size_t best = count;

    for (size_t i = 0; i < count; i++)
        if (!ended[i] && (best == count || compare(&heads[i], &heads[best]) < 0))
            best = i;
    return best;
}

static void merge_rows(writer *to, const gs_index_run_view *views, size_t count)
{
    gs_index_row heads[MERGED];
    size_t at[MERGED] = {0}, i;
    bool ended[MERGED];

    for (i = 0; i < count; i++) {
        ended[i] = views[i].count == 0;
        if (!ended[i])
            heads[i] = gs_index_run_row(&views[i], 0);
    }
    while ((i = smallest(heads, ended, count)) < count) {
        put_row(to, heads[i]);
        ended[i] = ++at[i] == views[i].count;
        if (!ended[i])
            heads[i] = gs_index_run_row(&views[i], at[i]);
    }
}

static gs_code open_all(gs_index_run_view *views, const gs_snapshot *snapshot,
                        const gs_index_run *runs, size_t count, gs_error *err)
{
    gs_code rc = GS_OK;

    for (size_t i = 0; rc == GS_OK && i < count; i++)
        rc = gs_index_run_open(&views[i], snapshot, &runs[i], err);
    return rc;
}

/* The last `count` runs become one. */
static gs_code merge(gs_index_runs *runs, const gs_snapshot *snapshot, size_t count,
                     gs_error *err)
{
    gs_code rc;
    gs_index_run_view views[MERGED];
    size_t from = runs->count - count, rows = 0;
    uint64_t first = UINT64_MAX, last = 0;
    writer to;

    GS_TRY(open_all(views, snapshot, runs->items + from, count, err));
    for (size_t i = 0; i < count; i++) {
        rows += views[i].count;
        first = views[i].first < first ? views[i].first : first;
        last = views[i].last > last ? views[i].last : last;
    }
    GS_TRY(make(&to, runs, snapshot, rows, first, last, err));
    /* those of this transaction may have moved */
    GS_TRY(open_all(views, snapshot, runs->items + from, count, err));
    merge_rows(&to, views, count);
    for (size_t i = 0; i < count; i++) {
        uint64_t *key = &runs->items[from + i].key;

        GS_TRY(
            gs_txn_delete(snapshot, GS_TABLE_INDEX, gs_val(key, sizeof *key), NULL, err));
    }
    runs->items[from] = runs->items[from + count];
    runs->count = from + 1;
out:
    return rc == GS_END ? fail_damaged(err) : rc;
}

static int class_of(size_t count)
{
    int class = 0;

    while (count >>= 2)
        class ++;
    return class;
}

/* Whether the last MERGED runs are of the newest one's class or a smaller one. */
static bool too_many(const gs_index_runs *runs)
{
    const gs_index_run *last = runs->items + runs->count;

    if (runs->count < MERGED)
        return false;
    for (int i = 1; i <= MERGED; i++)
        if (last[-i].count > MERGED_MAX ||
            class_of(last[-i].count) > class_of(last[-1].count))
            return false;
    return true;
}

gs_code gs_index_runs_append(gs_index_runs *runs, const gs_snapshot *snapshot,
                             const gs_index_row *rows, size_t count, gs_error *err)
{
    gs_code rc;
    uint64_t first = UINT64_MAX, last = 0;
    writer to;

    GS_TRY(gs_index_runs_load(runs, snapshot, err));
    if (count == 0)
        return GS_OK;
    for (size_t i = 0; i < count; i++) {
        first = rows[i].number < first ? rows[i].number : first;
        last = rows[i].number > last ? rows[i].number : last;
        if (runs->filter != NULL)
            set_bit(runs, rows[i].hash);
    }
    GS_TRY(make(&to, runs, snapshot, count, first, last, err));
    for (size_t i = 0; i < count; i++)
        put_row(&to, rows[i]);
    while (rc == GS_OK && too_many(runs))
        rc = merge(runs, snapshot, MERGED, err);
out:
    return rc;
}
