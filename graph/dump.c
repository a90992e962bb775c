#include "graph/dump.h"

#include "graph/base/bytes.h"
#include "graph/batch_impl.h"
#include "graph/digests.h"
#include "graph/dump_line.h"
#include "graph/dump_value.h"
#include "graph/hidden.h"
#include "graph/names.h"
#include "graph/properties.h"
#include "graph/recall.h"
#include "graph/snapshot_impl.h"
#include "graph/version.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

const char *const gs_dump_ledgers[GS_LEDGERS] = {
    [GS_LEDGER_RUNS] = "runs",       [GS_LEDGER_REJECTS] = "rejects",
    [GS_LEDGER_SUPPORT] = "support", [GS_LEDGER_INPUTS] = "inputs",
    [GS_LEDGER_ERASED] = "erased",
};

typedef struct dumper {
    gs_snapshot whole; /* everything there has ever been */
    const gs_writing *to;
    gs_arena arena; /* of a line */
    gs_buffer line;
    gs_owned *owned;
    size_t owned_count, owned_at;
    gs_hide *hides;
    size_t hide_count;
    const gs_leaving *leaving; /* may be NULL */
    gs_birth *births;          /* where something is left out */
    gs_digester digester;
    gs_ranges gone;  /* of the commit at hand: what was erased, or is left out */
    gs_arena commit; /* of the commit at hand */
    gs_buffer kept;  /* lines of the ledger of what is erased */
} dumper;

static void begin(dumper *d, const char *type)
{
    gs_arena_reset(&d->arena);
    gs_buffer_clear(&d->line);
    gs_buffer_format(&d->line, "{\"type\": \"%s\"", type);
}

static void put_number(dumper *d, const char *key, uint64_t number)
{
    gs_buffer_format(&d->line, ", \"%s\": %" PRIu64, key, number);
}

static void put_text(dumper *d, const char *key, gs_text text)
{
    gs_buffer_format(&d->line, ", \"%s\": ", key);
    gs_json_string(&d->line, text);
}

static void put_hex(dumper *d, const char *key, const unsigned char *bytes, size_t size)
{
    char hex[2 * GS_SHA256_SIZE + 1];

    gs_hex(hex, bytes, size);
    put_text(d, key, gs_text_of(hex));
}

static gs_code put_value(dumper *d, const char *key, gs_value value, gs_error *err)
{
    gs_value shown;
    gs_code rc = gs_dump_value(&shown, value, &d->arena, err);

    if (rc != GS_OK)
        return rc;
    gs_buffer_format(&d->line, ", \"%s\": ", key);
    gs_json_write(&d->line, shown);
    return GS_OK;
}

static gs_code end(dumper *d, gs_error *err)
{
    const volatile int *interrupt = d->to->interrupt;

    gs_buffer_text(&d->line, GS_TEXT("}\n"));
    if (d->line.failed)
        return gs_fail_memory(err);
    if (interrupt != NULL && *interrupt != 0)
        return gs_fail(err, GS_INTERRUPTED, "interrupted; the dump is not whole");
    return d->to->write(d->to->context, gs_buffer_view(&d->line), err);
}

/* One map as it lies there, without what other versions say. */
static gs_code put_map(dumper *d, gs_text map, gs_error *err)
{
    gs_property_cursor cursor, counting;
    gs_entry *entries;
    gs_text packed;
    uint32_t key;
    size_t count = 0, used = 0;
    gs_code rc;

    GS_TRY(gs_properties_first(&counting, map, err));
    while ((rc = gs_properties_next(&key, &packed, &counting, err)) == GS_OK)
        count++;
    if (rc != GS_END)
        goto out;
    entries = gs_arena_array(&d->arena, count, sizeof *entries);
    if (entries == NULL)
        return gs_fail_memory(err);
    GS_TRY(gs_properties_first(&cursor, map, err));
    while ((rc = gs_properties_next(&key, &packed, &cursor, err)) == GS_OK) {
        entries[used].key = gs_name_text(&d->whole, key);
        GS_TRY(gs_unpack(&entries[used++].value, NULL, &d->arena, packed, err));
    }
    if (rc == GS_END)
        rc = put_value(d, "properties", gs_map(entries, used), err);
out:
    return rc;
}

/* Those of a record as it was born. */
static gs_code put_properties(dumper *d, gs_text packed, gs_error *err)
{
    gs_value map;
    gs_code rc = gs_properties(&map, &d->whole, packed, &d->arena, err);

    return rc == GS_OK ? put_value(d, "properties", map, err) : rc;
}

static gs_code dump_node(dumper *d, const gs_node *node, gs_error *err)
{
    gs_code rc;

    begin(d, "node");
    put_number(d, "number", node->number);
    gs_buffer_text(&d->line, GS_TEXT(", \"labels\": ["));
    for (uint32_t i = 0; i < node->label_count; i++) {
        if (i > 0)
            gs_buffer_text(&d->line, GS_TEXT(", "));
        gs_json_string(&d->line, gs_name_text(&d->whole, gs_node_label(node, i)));
    }
    gs_buffer_char(&d->line, ']');
    GS_TRY(put_properties(d, node->properties, err));
    rc = end(d, err);
out:
    return rc;
}

static gs_code dump_edge(dumper *d, const gs_edge *edge, gs_error *err)
{
    gs_code rc;

    begin(d, "relationship");
    put_number(d, "number", edge->number);
    put_text(d, "label", gs_name_text(&d->whole, edge->type));
    put_number(d, "start", edge->start);
    put_number(d, "end", edge->end);
    GS_TRY(put_properties(d, edge->properties, err));
    rc = end(d, err);
out:
    return rc;
}

static gs_code dump_version(dumper *d, const gs_owned *one, gs_error *err)
{
    gs_text packed;
    gs_code rc;

    begin(d, "version");
    put_number(d, "number", one->number);
    put_number(d, "node", one->owner);
    GS_TRY(gs_version_find(&packed, &d->whole, one->owner, one->number, err));
    GS_TRY(put_map(d, gs_version_map(packed), err));
    rc = end(d, err);
out:
    return rc;
}

static gs_code dump_text(dumper *d, const gs_owned *one, gs_error *err)
{
    gs_snapshot then = d->whole;
    gs_text text;
    gs_code rc;

    begin(d, "text");
    then.last = one->number;
    then.scratch = &d->arena;
    GS_TRY(gs_document_text(&text, &then, one->owner, &d->arena, err));
    put_number(d, "number", one->number);
    put_number(d, "document", one->owner);
    put_text(d, "text", text);
    rc = end(d, err);
out:
    return rc;
}

static gs_code dump_end(dumper *d, const gs_owned *one, gs_error *err)
{
    begin(d, one->kind == 'x' ? "end" : "revival");
    put_number(d, "number", one->number);
    put_number(d, "of", one->owner);
    return end(d, err);
}

static gs_code dump_owned(dumper *d, uint64_t number, gs_error *err)
{
    const gs_owned *one;

    while (d->owned_at < d->owned_count && d->owned[d->owned_at].number < number)
        d->owned_at++;
    if (d->owned_at == d->owned_count || d->owned[d->owned_at].number != number)
        return GS_OK; /* of a range: it stands before the commit's records */
    one = &d->owned[d->owned_at];
    switch (one->kind) {
    case 'v':
        return dump_version(d, one, err);
    case 't':
        return dump_text(d, one, err);
    default:
        return dump_end(d, one, err);
    }
}

static gs_code dump_number(dumper *d, uint64_t number, gs_error *err)
{
    gs_node node;
    gs_edge edge;
    gs_code rc;

    if (gs_ranges_has(&d->gone, number)) {
        begin(d, "erased");
        put_number(d, "number", number);
        return end(d, err);
    }
    rc = gs_node_record(&node, NULL, &d->whole, number, err);
    if (rc == GS_OK)
        return dump_node(d, &node, err);
    if (rc == GS_END)
        rc = gs_edge_record(&edge, NULL, &d->whole, number, err);
    if (rc == GS_OK)
        return dump_edge(d, &edge, err);
    return rc == GS_END ? dump_owned(d, number, err) : rc;
}

/* The ranges that a commit hid, or showed again: *found where there are any. */
static gs_code dump_ranges(dumper *d, const gs_commit *commit, uint64_t before,
                           bool restored, gs_error *err)
{
    uint64_t number = 0;
    gs_ranges ranges = {0};
    gs_code rc = GS_OK;

    for (size_t i = 0; rc == GS_OK && i < d->hide_count; i++) {
        uint64_t its = restored ? d->hides[i].restored : d->hides[i].ended;

        if (its <= before || its > commit->last)
            continue;
        number = its;
        rc = gs_ranges_append(&ranges, d->hides[i].first, d->hides[i].last, err);
    }
    if (rc == GS_OK && number != 0) {
        begin(d, restored ? "show" : "hide");
        put_number(d, "number", number);
        gs_buffer_text(&d->line, GS_TEXT(", \"ranges\": ["));
        for (size_t i = 0; i < ranges.count; i++)
            gs_buffer_format(&d->line, "%s[%" PRIu64 ", %" PRIu64 "]", i > 0 ? ", " : "",
                             ranges.items[i].first, ranges.items[i].last);
        gs_buffer_char(&d->line, ']');
        rc = end(d, err);
    }
    gs_ranges_free(&ranges);
    return rc;
}

/* Of a commit those of the numbers that are left out. */
static gs_code leave_out(gs_ranges *out, const dumper *d, uint64_t first, uint64_t last,
                         gs_error *err)
{
    const gs_ranges *all = &d->leaving->numbers;
    gs_code rc = GS_OK;

    for (size_t i = 0; rc == GS_OK && i < all->count; i++)
        if (all->items[i].first <= last && all->items[i].last >= first)
            rc = gs_ranges_append(
                out, all->items[i].first < first ? first : all->items[i].first,
                all->items[i].last > last ? last : all->items[i].last, err);
    return rc;
}

/* The digest of all its records, while they are still there. */
static gs_code make_digest(gs_text *out, dumper *d, const gs_commit_row *row,
                           uint64_t first, gs_error *err)
{
    unsigned char digest[GS_SHA256_SIZE];
    gs_code rc = gs_record_digest_begin(&d->digester.digest, row->salt, err);

    for (uint64_t n = first; rc == GS_OK && n <= row->commit.last; n++)
        rc = gs_digester_add(&d->digester, n, err);
    if (rc == GS_END)
        rc = gs_fail(err, GS_DAMAGED,
                     "commit %" PRIu64 ": a record is gone; run gainsay check",
                     row->commit.number);
    if (rc == GS_OK)
        rc = gs_record_digest_end(digest, &d->digester.digest, err);
    if (rc == GS_OK)
        *out = gs_text_copy(&d->commit, (gs_text){(const char *)digest, sizeof digest});
    return rc == GS_OK && out->bytes == NULL ? gs_fail_memory(err) : rc;
}

/* The line of the ledger that says what is erased of a commit; it stands with the others,
 * behind the commits. */
static gs_code keep_entry(dumper *d, uint64_t commit, gs_text digests, gs_error *err)
{
    gs_erased erased = {digests, d->gone};
    gs_value map;
    gs_code rc;

    GS_TRY(gs_erased_entry(&map, &erased, d->leaving->at, &d->commit, err));
    begin(d, "entry");
    put_text(d, "ledger", gs_text_of(gs_dump_ledgers[GS_LEDGER_ERASED]));
    put_number(d, "number", commit);
    GS_TRY(put_value(d, "map", map, err));
    gs_buffer_text(&d->line, GS_TEXT("}\n"));
    gs_buffer_text(&d->kept, gs_buffer_view(&d->line));
    rc = d->kept.failed ? gs_fail_memory(err) : GS_OK;
out:
    return rc;
}

/* What of a commit is gone, or goes now; its digests then, else the missing text. */
static gs_code find_gone(gs_text *digests, dumper *d, const gs_commit_row *row,
                         uint64_t first, gs_error *err)
{
    gs_erased erased = {0};
    gs_ranges leaving = {0};
    gs_code rc = gs_erased_read(&erased, &d->whole, row->commit.number, &d->commit, err);

    *digests = erased.digest;
    gs_ranges_free(&d->gone);
    if (rc != GS_OK && rc != GS_END)
        return rc;
    rc = GS_OK;
    if (d->leaving != NULL)
        GS_TRY(leave_out(&leaving, d, first, row->commit.last, err));
    GS_TRY(gs_ranges_join(&d->gone, &erased.gone, &leaving, err));
    if (leaving.count == 0)
        goto out;
    if (digests->bytes == NULL)
        GS_TRY(make_digest(digests, d, row, first, err));
    rc = keep_entry(d, row->commit.number, *digests, err);
out:
    gs_ranges_free(&erased.gone);
    gs_ranges_free(&leaving);
    return rc;
}

/* What must be known before the records, whose digests the salt is in. */
static gs_code dump_head(dumper *d, const gs_commit_row *row, gs_text digests,
                         gs_error *err)
{
    static const unsigned char no_salt[GS_SALT_SIZE];

    begin(d, "commit");
    put_number(d, "number", row->commit.number);
    gs_buffer_format(&d->line, ", \"time\": %" PRId64, row->commit.time);
    put_number(d, "run", row->commit.run);
    put_hex(d, "salt", digests.bytes == NULL ? row->salt : no_salt, sizeof row->salt);
    if (digests.bytes != NULL) {
        put_number(d, "nodes", row->commit.nodes);
        put_number(d, "edges", row->commit.edges);
        put_text(d, "digests", gs_digests_hex(digests, &d->commit));
    }
    return end(d, err);
}

static gs_code dump_commit(dumper *d, const gs_commit_row *row,
                           const gs_commit_row *before, gs_error *err)
{
    gs_text digests;
    gs_code rc;

    gs_arena_reset(&d->commit);
    GS_TRY(find_gone(&digests, d, row, before->commit.last + 1, err));
    for (uint64_t name = before->names + 1; name <= row->names; name++) {
        begin(d, "name");
        put_text(d, "text", gs_name_text(&d->whole, (uint32_t)name));
        GS_TRY(end(d, err));
    }
    GS_TRY(dump_head(d, row, digests, err));
    GS_TRY(dump_ranges(d, &row->commit, before->commit.last, true, err));
    GS_TRY(dump_ranges(d, &row->commit, before->commit.last, false, err));
    for (uint64_t n = before->commit.last + 1; n <= row->commit.last; n++)
        GS_TRY(dump_number(d, n, err));
    begin(d, "sealed");
    put_number(d, "last", row->commit.last);
    put_hex(d, "hash", row->commit.hash, sizeof row->commit.hash);
    rc = end(d, err);
out:
    return rc;
}

static gs_code dump_commits(dumper *d, gs_error *err)
{
    gs_commit_row before = {.names = GS_NAME_FIRST_FREE - 1}, row;
    gs_code rc = GS_OK;

    for (uint64_t n = 1; n <= d->whole.commit; n++) {
        rc = gs_commit_row_read(&row, &d->whole, n, err);
        if (rc == GS_END)
            rc = gs_fail(err, GS_DAMAGED, "commit %" PRIu64 " is gone; run gainsay check",
                         n);
        GS_TRY(rc);
        GS_TRY(dump_commit(d, &row, &before, err));
        before = row;
    }
out:
    return rc;
}

/* Whether an entry holds what is left out: a record that was set aside is kept as it came. */
static bool is_left(const dumper *d, gs_ledger ledger, gs_value map)
{
    gs_buffer text = {0};
    bool left = false;

    if (d->leaving == NULL || ledger != GS_LEDGER_REJECTS)
        return false;
    gs_json_write(&text, map);
    for (size_t i = 0; !left && i < d->leaving->word_count; i++) {
        gs_text bytes = gs_map_get(map, GS_TEXT("bytes")).as.string;

        left = gs_text_find(gs_buffer_view(&text), d->leaving->words[i], 0) != SIZE_MAX ||
               gs_text_find(bytes, d->leaving->words[i], 0) != SIZE_MAX;
    }
    gs_buffer_free(&text);
    return left;
}

static gs_code dump_ledger(dumper *d, gs_ledger ledger, gs_error *err)
{
    uint64_t number = 0;
    gs_value map;
    gs_code rc;

    for (;;) {
        begin(d, "entry");
        rc = gs_ledger_read(&number, &map, &d->whole, ledger, number + 1, &d->arena, err);
        if (rc != GS_OK)
            return rc == GS_END ? GS_OK : rc;
        if (is_left(d, ledger, map))
            continue;
        put_text(d, "ledger", gs_text_of(gs_dump_ledgers[ledger]));
        put_number(d, "number", number);
        GS_TRY(put_value(d, "map", map, err));
        GS_TRY(end(d, err));
    }
out:
    return rc;
}

/* Answers that wait for a claim: nothing else says who they are. */
static gs_code dump_undecided(dumper *d, gs_error *err)
{
    MDB_cursor *cursor = NULL;
    MDB_val key, value;
    gs_code rc;

    GS_TRY(gs_txn_cursor(&cursor, &d->whole, GS_TABLE_UNDECIDED, err));
    while ((rc = gs_txn_move(cursor, &key, &value, MDB_NEXT, err)) == GS_OK) {
        if (!gs_undecided_whole(key, value)) {
            rc = gs_fail(err, GS_DAMAGED, "table undecided: a row is damaged");
            goto out;
        }
        if (d->leaving != NULL &&
            (gs_ranges_has(&d->leaving->numbers, gs_load_u64(key.mv_data)) ||
             gs_ranges_has(&d->leaving->numbers,
                           gs_load_u64((const unsigned char *)key.mv_data + 16))))
            continue;
        begin(d, "undecided");
        put_number(d, "actor", gs_load_u64(key.mv_data));
        put_number(d, "statement", gs_load_u64((const unsigned char *)key.mv_data + 16));
        gs_buffer_format(&d->line, ", \"earliest\": %" PRId64 ", \"latest\": %" PRId64,
                         gs_load_i64(value.mv_data),
                         gs_load_i64((const unsigned char *)key.mv_data + 8));
        GS_TRY(end(d, err));
    }
    if (rc == GS_END)
        rc = GS_OK;
out:
    if (cursor != NULL)
        mdb_cursor_close(cursor);
    return rc;
}

/* All numbers that are neither nodes nor edges, for their digests. */
static gs_code list_births(dumper *d, gs_error *err)
{
    size_t count = 0;

    d->births = calloc(d->owned_count + 2 * d->hide_count + 1, sizeof *d->births);
    if (d->births == NULL)
        return gs_fail_memory(err);
    for (size_t i = 0; i < d->owned_count; i++)
        d->births[count++] =
            (gs_birth){d->owned[i].number, d->owned[i].owner, d->owned[i].kind};
    for (size_t i = 0; i < d->hide_count; i++) {
        d->births[count++] = (gs_birth){d->hides[i].ended, d->hides[i].first, 'h'};
        d->births[count++] = (gs_birth){d->hides[i].restored, d->hides[i].first, 'r'};
    }
    gs_births_sort(d->births, count);
    d->digester = (gs_digester){.snapshot = &d->whole,
                                .births = d->births,
                                .birth_count = count,
                                .hides = d->hides,
                                .hide_count = d->hide_count};
    return GS_OK;
}

static gs_code dump_all(dumper *d, const gs_snapshot *snapshot, gs_error *err)
{
    gs_stretch all = {1, snapshot->last};
    gs_ranges within = {&all, 1, 1};
    gs_code rc;

    begin(d, "dump");
    put_number(d, "version", GS_DUMP_VERSION);
    put_number(d, "commits", snapshot->commit);
    put_number(d, "last", snapshot->last);
    GS_TRY(end(d, err));
    GS_TRY(gs_owned_read(&d->owned, &d->owned_count, &d->whole, &within, err));
    GS_TRY(gs_hides_read(&d->hides, &d->hide_count, &d->whole, err));
    if (d->leaving != NULL)
        GS_TRY(list_births(d, err));
    GS_TRY(dump_commits(d, err));
    for (int ledger = 0; ledger < GS_LEDGERS; ledger++)
        GS_TRY(dump_ledger(d, (gs_ledger)ledger, err));
    if (d->kept.size > 0) /* what they say of a commit stands for what was said before */
        GS_TRY(d->to->write(d->to->context, gs_buffer_view(&d->kept), err));
    GS_TRY(dump_undecided(d, err));
    begin(d, "whole");
    rc = end(d, err);
out:
    return rc;
}

gs_code gs_dump_without(const gs_snapshot *snapshot, const gs_writing *to,
                        const gs_leaving *leaving, gs_error *err)
{
    dumper d = {.whole = *snapshot, .to = to, .leaving = leaving};
    gs_code rc;

    d.whole.hidden = (gs_ranges){0};
    d.whole.all = true;
    rc = dump_all(&d, snapshot, err);
    free(d.owned);
    free(d.hides);
    free(d.births);
    gs_digester_end(&d.digester);
    gs_ranges_free(&d.gone);
    gs_buffer_free(&d.line);
    gs_buffer_free(&d.kept);
    gs_arena_free(&d.arena);
    gs_arena_free(&d.commit);
    return rc;
}

gs_code gs_dump(const gs_snapshot *snapshot, const gs_writing *to, gs_error *err)
{
    return gs_dump_without(snapshot, to, NULL, err);
}
