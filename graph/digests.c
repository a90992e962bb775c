#include "graph/digests.h"

#include "graph/base/bytes.h"
#include "graph/record.h"
#include "graph/records.h"

#include <inttypes.h>
#include <stdlib.h>

enum { KEY_SIZE = 16 };

static int compare(const void *a, const void *b)
{
    const gs_birth *x = a, *y = b;

    return x->number < y->number ? -1 : x->number > y->number;
}

void gs_births_sort(gs_birth *births, size_t count)
{
    if (count > 0)
        qsort(births, count, sizeof *births, compare);
}

static gs_text unsealed(MDB_val value)
{
    size_t size = value.mv_size < GS_CHECKSUM_SIZE ? 0 : value.mv_size - GS_CHECKSUM_SIZE;

    return (gs_text){value.mv_data, size};
}

static gs_code add_record(gs_digester *d, uint64_t number, gs_error *err)
{
    gs_text record;
    gs_code rc = gs_record_find(&record, d->snapshot, number, err);

    gs_arena_reset(&d->arena);
    if (rc == GS_OK)
        rc = gs_short_record(&record, d->snapshot, record, &d->arena, err);
    if (rc == GS_OK)
        rc = gs_record_digest_add(&d->digest, gs_record_is_edge(record) ? 'e' : 'n',
                                  record, err);
    return rc;
}

static gs_code add_hide(gs_digester *d, const gs_birth *birth, gs_error *err)
{
    gs_buffer ranges = {0};
    gs_code rc = gs_hides_bytes(&ranges, d->hides, d->hide_count, birth->number,
                                birth->kind == 'r', err);

    if (rc == GS_OK)
        rc = gs_record_digest_add(&d->digest, birth->kind, gs_buffer_view(&ranges), err);
    gs_buffer_free(&ranges);
    return rc;
}

static gs_code add_birth(gs_digester *d, const gs_birth *birth, gs_error *err)
{
    unsigned char key[KEY_SIZE];
    gs_table table = birth->kind == 'v' ? GS_TABLE_VERSIONS : GS_TABLE_TEXTS;
    MDB_val value;
    gs_code rc;

    gs_store_u64(key, birth->owner);
    gs_store_u64(key + 8, birth->number);
    if (birth->kind == 'h' || birth->kind == 'r')
        return add_hide(d, birth, err);
    if (birth->kind == 'x' || birth->kind == 'y')
        return gs_record_digest_add(&d->digest, birth->kind,
                                    (gs_text){(const char *)key, 8}, err);
    rc = gs_txn_get(&value, d->snapshot, table, gs_val(key, sizeof key), err);
    if (rc == GS_OK)
        rc = gs_record_digest_add(&d->digest, birth->kind, unsealed(value), err);
    return rc;
}

gs_code gs_digester_add(gs_digester *d, uint64_t number, gs_error *err)
{
    gs_code rc = add_record(d, number, err);

    while (d->at < d->birth_count && d->births[d->at].number < number)
        d->at++;
    if (rc == GS_END && d->at < d->birth_count && d->births[d->at].number == number)
        rc = add_birth(d, &d->births[d->at], err);
    return rc;
}

void gs_digester_end(gs_digester *d)
{
    gs_record_digest_close(&d->digest);
    gs_arena_free(&d->arena);
}

gs_text gs_digests_hex(gs_text bytes, gs_arena *arena)
{
    char *hex = gs_arena_take(arena, 2 * bytes.size + 1);

    if (hex == NULL)
        return (gs_text){0};
    gs_hex(hex, (const unsigned char *)bytes.bytes, bytes.size);
    return (gs_text){hex, 2 * bytes.size};
}

static int digit_of(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

gs_text gs_digests_unhex(gs_text hex, gs_arena *arena)
{
    char *bytes = gs_arena_take(arena, hex.size / 2 + 1);

    if (bytes == NULL || hex.size != 2 * GS_SHA256_SIZE)
        return (gs_text){0};
    for (size_t i = 0; i < hex.size; i += 2) {
        int high = digit_of(hex.bytes[i]), low = digit_of(hex.bytes[i + 1]);

        if (high < 0 || low < 0)
            return (gs_text){0};
        bytes[i / 2] = (char)(high << 4 | low);
    }
    return (gs_text){bytes, hex.size / 2};
}

static const gs_text digests_key = GS_TEXT_INIT("digests"),
                     gone_key = GS_TEXT_INIT("gone"), at_key = GS_TEXT_INIT("at");

static gs_code fail_entry(uint64_t commit, gs_error *err)
{
    return gs_fail(err, GS_DAMAGED,
                   "commit %" PRIu64 ": what is known of its erased records is damaged; "
                   "restore the store from a backup",
                   commit);
}

static gs_code read_gone(gs_ranges *out, uint64_t commit, gs_value gone, gs_error *err)
{
    gs_code rc = GS_OK;

    if (gone.type != GS_LIST)
        return fail_entry(commit, err);
    for (size_t i = 0; rc == GS_OK && i < gone.as.list.count; i++) {
        gs_value pair = gone.as.list.items[i];
        const gs_value *ends = pair.as.list.items;
        uint64_t before = out->count > 0 ? out->items[out->count - 1].last : 0;

        if (pair.type != GS_LIST || pair.as.list.count != 2 ||
            ends[0].type != GS_INTEGER || ends[1].type != GS_INTEGER ||
            ends[0].as.integer > ends[1].as.integer || ends[0].as.integer < 1 ||
            (uint64_t)ends[0].as.integer <= before)
            return fail_entry(commit, err);
        rc = gs_ranges_append(out, (uint64_t)ends[0].as.integer,
                              (uint64_t)ends[1].as.integer, err);
    }
    return rc;
}

gs_code gs_erased_read(gs_erased *out, const gs_snapshot *snapshot, uint64_t commit,
                       gs_arena *arena, gs_error *err)
{
    gs_erased erased = {0};
    uint64_t number;
    gs_value map, hex;
    gs_code rc =
        gs_ledger_read(&number, &map, snapshot, GS_LEDGER_ERASED, commit, arena, err);

    if (rc != GS_OK || number != commit)
        return rc == GS_OK ? GS_END : rc;
    hex = gs_map_get(map, digests_key);
    if (hex.type == GS_STRING)
        erased.digest = gs_digests_unhex(hex.as.string, arena);
    if (erased.digest.bytes == NULL)
        return fail_entry(commit, err);
    rc = read_gone(&erased.gone, commit, gs_map_get(map, gone_key), err);
    if (rc == GS_OK)
        *out = erased;
    else
        gs_ranges_free(&erased.gone);
    return rc;
}

gs_code gs_erased_entry(gs_value *out, const gs_erased *erased, const gs_edtf *at,
                        gs_arena *arena, gs_error *err)
{
    gs_entry *entries = gs_arena_array(arena, 3, sizeof *entries);
    gs_value *pairs = gs_arena_array(arena, erased->gone.count, sizeof *pairs);
    gs_value *ends = gs_arena_array(arena, 2 * erased->gone.count, sizeof *ends);
    gs_text hex = gs_digests_hex(erased->digest, arena);

    if (entries == NULL || pairs == NULL || ends == NULL || hex.bytes == NULL)
        return gs_fail_memory(err);
    for (size_t i = 0; i < erased->gone.count; i++) {
        ends[2 * i] = gs_integer((int64_t)erased->gone.items[i].first);
        ends[2 * i + 1] = gs_integer((int64_t)erased->gone.items[i].last);
        pairs[i] = gs_list(&ends[2 * i], 2);
    }
    entries[0] = (gs_entry){digests_key, gs_string(hex)};
    entries[1] = (gs_entry){gone_key, gs_list(pairs, erased->gone.count)};
    entries[2] = (gs_entry){at_key, gs_date(at)};
    *out = gs_map(entries, at == NULL ? 2 : 3);
    return GS_OK;
}
