/* A dump, line by line, through the interface of a batch: each line must be given the
 * number that it names, each commit the hash. */
#include "graph/batch_impl.h"
#include "graph/digests.h"
#include "graph/dump.h"
#include "graph/dump_line.h"
#include "graph/dump_value.h"
#include "graph/hidden.h"
#include "graph/lines.h"
#include "graph/recall.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum { LONGEST_LINE = 1 << 30, HASH_HEX = 2 * GS_SHA256_SIZE };

typedef struct restorer {
    const char *directory;
    uint32_t wait_ms;
    gs_store *store; /* NULL before the first line is read */
    gs_batch *batch; /* of the commit at hand */
    gs_arena arena;  /* of a line */
    gs_arena given;  /* of the digests that the commit at hand was given */
    gs_lines lines;
    gs_restored restored;
    gs_value line;
    uint64_t commits, last; /* as the first line says */
    bool whole;
} restorer;

static gs_code need_number(uint64_t *out, const restorer *r, const char *key,
                           gs_error *err)
{
    gs_value value = gs_map_get(r->line, gs_text_of(key));

    if (value.type != GS_INTEGER || value.as.integer < 0)
        return gs_fail(err, GS_INPUT, "`%s` is no number; this is no line of a dump",
                       key);
    *out = (uint64_t)value.as.integer;
    return GS_OK;
}

static gs_code need_text(gs_text *out, const restorer *r, const char *key, gs_error *err)
{
    gs_value value = gs_map_get(r->line, gs_text_of(key));

    if (value.type != GS_STRING)
        return gs_fail(err, GS_INPUT, "`%s` is no text; this is no line of a dump", key);
    *out = value.as.string;
    return GS_OK;
}

static gs_code need_value(gs_value *out, restorer *r, const char *key, gs_type type,
                          gs_error *err)
{
    gs_value value = gs_map_get(r->line, gs_text_of(key));

    if (value.type != type)
        return gs_fail(err, GS_INPUT, "`%s` is missing; this is no line of a dump", key);
    return gs_dump_value_read(out, value, &r->arena, err);
}

/* The store's own count must come to the same number. */
static gs_code is_number(const restorer *r, uint64_t given, gs_error *err)
{
    uint64_t wanted;
    gs_code rc = need_number(&wanted, r, "number", err);

    if (rc == GS_OK && wanted != given)
        rc = gs_fail(err, GS_INPUT,
                     "number %" PRIu64 " stands where %" PRIu64
                     " is next; a line is missing, or was moved",
                     wanted, given);
    return rc;
}

static gs_code begin(restorer *r, gs_error *err)
{
    if (r->batch != NULL)
        return GS_OK;
    return gs_batch_begin(&r->batch, r->store, 0, 0, err);
}

/* Whoever waits for what has not come. */
static gs_code wait_for(restorer *r, uint64_t statement, gs_value properties,
                        gs_error *err)
{
    static const gs_text lists[] = {GS_TEXT_INIT("answers"), GS_TEXT_INIT("same_as")};
    gs_value open = gs_map_get(properties, gs_name_fixed(GS_P_OPEN)), list, id;
    gs_code rc = GS_OK;

    for (size_t i = 0; i < 2; i++) {
        list = gs_map_get(open, lists[i]);
        for (size_t j = 0; list.type == GS_LIST && j < list.as.list.count; j++) {
            id = gs_map_get(list.as.list.items[j], GS_TEXT("id"));
            if (id.type == GS_STRING)
                GS_TRY(gs_batch_wait(r->batch, id.as.string, statement, err));
        }
    }
out:
    return rc;
}

static gs_code take_name(restorer *r, gs_error *err)
{
    gs_text text;
    uint32_t number;
    gs_code rc;

    GS_TRY(need_text(&text, r, "text", err));
    rc = gs_batch_name(&number, r->batch, text, err);
out:
    return rc;
}

static gs_code take_node(restorer *r, gs_error *err)
{
    gs_value names, properties;
    uint32_t labels[UINT8_MAX];
    uint64_t number;
    size_t count;
    gs_code rc;

    GS_TRY(need_value(&names, r, "labels", GS_LIST, err));
    GS_TRY(need_value(&properties, r, "properties", GS_MAP, err));
    count = names.as.list.count;
    if (count > UINT8_MAX)
        return gs_fail(err, GS_INPUT, "a node with %zu labels", count);
    for (size_t i = 0; i < count; i++) {
        if (names.as.list.items[i].type != GS_STRING)
            return gs_fail(err, GS_INPUT, "a label that is no text");
        GS_TRY(
            gs_batch_name(&labels[i], r->batch, names.as.list.items[i].as.string, err));
    }
    GS_TRY(gs_batch_node(&number, r->batch, labels, count, properties, err));
    r->restored.nodes++;
    GS_TRY(wait_for(r, number, properties, err));
    rc = is_number(r, number, err);
out:
    return rc;
}

static gs_code take_edge(restorer *r, gs_error *err)
{
    gs_value properties, date;
    gs_text label;
    uint32_t type;
    uint64_t start, end, number;
    gs_code rc;

    GS_TRY(need_text(&label, r, "label", err));
    GS_TRY(need_number(&start, r, "start", err));
    GS_TRY(need_number(&end, r, "end", err));
    GS_TRY(need_value(&properties, r, "properties", GS_MAP, err));
    GS_TRY(gs_batch_name(&type, r->batch, label, err));
    date = gs_map_get(properties, gs_name_fixed(GS_P_DATE));
    GS_TRY(gs_batch_edge(&number, r->batch, type, start, end,
                         date.type == GS_DATE ? date.as.date : NULL, properties, err));
    r->restored.edges++;
    rc = is_number(r, number, err);
out:
    return rc;
}

static uint64_t last_of(const restorer *r)
{
    return gs_snapshot_last(gs_batch_snapshot(r->batch));
}

static gs_code take_version(restorer *r, gs_error *err)
{
    gs_value properties;
    uint64_t node;
    gs_code rc;

    GS_TRY(need_number(&node, r, "node", err));
    GS_TRY(need_value(&properties, r, "properties", GS_MAP, err));
    GS_TRY(gs_batch_revise(r->batch, node, properties, err));
    GS_TRY(wait_for(r, node, properties, err));
    rc = is_number(r, last_of(r), err);
out:
    return rc;
}

static gs_code take_text(restorer *r, gs_error *err)
{
    uint64_t document;
    gs_text text;
    gs_code rc;

    GS_TRY(need_number(&document, r, "document", err));
    GS_TRY(need_text(&text, r, "text", err));
    GS_TRY(gs_batch_text(r->batch, document, text, err));
    rc = is_number(r, last_of(r), err);
out:
    return rc;
}

static gs_code take_end(restorer *r, gs_error *err)
{
    uint64_t of;
    gs_code rc;

    GS_TRY(need_number(&of, r, "of", err));
    GS_TRY(gs_batch_end(r->batch, of, err));
    rc = is_number(r, last_of(r), err);
out:
    return rc;
}

static gs_code take_revival(restorer *r, gs_error *err)
{
    uint64_t of;
    gs_code rc;

    GS_TRY(need_number(&of, r, "of", err));
    GS_TRY(gs_batch_revive(r->batch, of, err));
    rc = is_number(r, last_of(r), err);
out:
    return rc;
}

static gs_code read_ranges(gs_ranges *out, restorer *r, gs_error *err)
{
    gs_value list;
    gs_code rc = need_value(&list, r, "ranges", GS_LIST, err);

    for (size_t i = 0; rc == GS_OK && i < list.as.list.count; i++) {
        gs_value pair = list.as.list.items[i];
        const gs_value *ends = pair.as.list.items;

        if (pair.type != GS_LIST || pair.as.list.count != 2 ||
            ends[0].type != GS_INTEGER || ends[1].type != GS_INTEGER ||
            ends[0].as.integer < 1 || ends[0].as.integer > ends[1].as.integer ||
            (uint64_t)ends[1].as.integer > last_of(r) ||
            (out->count > 0 &&
             (uint64_t)ends[0].as.integer <= out->items[out->count - 1].last))
            return gs_fail(err, GS_INPUT, "a range that is none");
        rc = gs_ranges_append(out, (uint64_t)ends[0].as.integer,
                              (uint64_t)ends[1].as.integer, err);
    }
    return rc;
}

/* They stand before what else the commit did, and are numbered when it ends. */
static gs_code take_ranges(restorer *r, bool restored, gs_error *err)
{
    const gs_snapshot *snapshot = gs_batch_snapshot(r->batch);
    gs_ranges ranges = {0}, hidden = {0}, both = {0};
    gs_owned *owned = NULL;
    size_t count = 0;
    gs_code rc;

    GS_TRY(read_ranges(&ranges, r, err));
    GS_TRY(gs_ranges_join(&both, &ranges, &snapshot->hidden, err));
    if (restored)
        GS_TRY(gs_ranges_minus(&hidden, &snapshot->hidden, &ranges, err));
    else
        GS_TRY(gs_ranges_copy(&hidden, &both, err));
    GS_TRY(gs_owned_read(&owned, &count, snapshot, &both, err));
    rc = gs_batch_hide_only(r->batch, &hidden, owned, count, err);
out:
    free(owned);
    gs_ranges_free(&ranges);
    gs_ranges_free(&hidden);
    gs_ranges_free(&both);
    return rc;
}

/* Of what was erased the number is left. */
static gs_code take_erased(restorer *r, gs_error *err)
{
    uint64_t number;
    gs_code rc;

    if (r->batch->given.digest.bytes == NULL)
        return gs_fail(err, GS_INPUT, "an erased record in a commit without digests");
    GS_TRY(gs_batch_number(&number, r->batch, err));
    rc = is_number(r, number, err);
out:
    return rc;
}

/* Those of a commit's records, where the salt is gone with some of them. */
static gs_code take_digests(restorer *r, gs_error *err)
{
    gs_value hex = gs_map_get(r->line, GS_TEXT("digests"));
    gs_code rc;

    gs_arena_reset(&r->given);
    if (hex.type == GS_NULL)
        return GS_OK;
    if (hex.type == GS_STRING)
        r->batch->given.digest = gs_digests_unhex(hex.as.string, &r->given);
    if (r->batch->given.digest.bytes == NULL)
        return gs_fail(err, GS_INPUT, "digests that are none");
    GS_TRY(need_number(&r->batch->given.nodes, r, "nodes", err));
    rc = need_number(&r->batch->given.edges, r, "edges", err);
out:
    return rc;
}

static gs_code take_salt(restorer *r, gs_error *err)
{
    gs_value time = gs_map_get(r->line, GS_TEXT("time"));
    gs_text salt;
    gs_code rc;

    GS_TRY(need_text(&salt, r, "salt", err));
    GS_TRY(need_number(&r->batch->row.commit.run, r, "run", err));
    if (time.type != GS_INTEGER ||
        !gs_unhex(r->batch->row.salt, sizeof r->batch->row.salt, salt))
        return gs_fail(err, GS_INPUT, "a commit without its time or its salt");
    r->batch->row.commit.time = time.as.integer;
    if (r->batch->before.commit.time > time.as.integer)
        return gs_fail(err, GS_INPUT, "a commit that is older than the one before it");
    rc = gs_record_digest_begin(&r->batch->digest, r->batch->row.salt, err);
out:
    return rc;
}

/* The line of a commit stands before its records. */
static gs_code take_commit(restorer *r, gs_error *err)
{
    gs_code rc;

    if (r->batch->snapshot.last != r->batch->before.commit.last)
        return gs_fail(err, GS_INPUT, "the commit before it has no end");
    GS_TRY(take_salt(r, err));
    GS_TRY(take_digests(r, err));
    rc = is_number(r, r->batch->row.commit.number, err);
out:
    return rc;
}

static gs_code take_sealed(restorer *r, gs_error *err)
{
    gs_batch *batch = r->batch;
    gs_commit commit;
    char hex[HASH_HEX + 1];
    gs_text hash;
    gs_code rc;

    GS_TRY(need_text(&hash, r, "hash", err));
    r->batch = NULL; /* ended, whatever comes */
    GS_TRY(gs_batch_commit(&commit, batch, err));
    gs_hex(hex, commit.hash, sizeof commit.hash);
    r->restored.commit = commit;
    if (!gs_text_equal(gs_text_of(hex), hash))
        rc = gs_fail(err, GS_INPUT,
                     "commit %" PRIu64
                     ": its hash is not that of its records; the dump was changed",
                     commit.number);
out:
    return rc;
}

static gs_code take_entry(restorer *r, gs_error *err)
{
    gs_text name;
    gs_value map;
    uint64_t number;
    int ledger = 0;
    gs_code rc;

    GS_TRY(need_text(&name, r, "ledger", err));
    GS_TRY(need_number(&number, r, "number", err));
    GS_TRY(need_value(&map, r, "map", GS_MAP, err));
    while (ledger < GS_LEDGERS &&
           !gs_text_equal(name, gs_text_of(gs_dump_ledgers[ledger])))
        ledger++;
    if (ledger == GS_LEDGERS || number == 0)
        return gs_fail(err, GS_INPUT, "ledger \"%.*s\": there is none",
                       GS_SHOW(gs_text_slice(name, 0, 64)));
    rc = gs_ledger_write(&number, r->batch, (gs_ledger)ledger, number, map, err);
out:
    return rc;
}

static gs_code take_undecided(restorer *r, gs_error *err)
{
    gs_value earliest = gs_map_get(r->line, GS_TEXT("earliest"));
    gs_value latest = gs_map_get(r->line, GS_TEXT("latest"));
    gs_undecided answer = {.earliest = earliest.as.integer, .latest = latest.as.integer};
    gs_code rc;

    if (earliest.type != GS_INTEGER || latest.type != GS_INTEGER)
        return gs_fail(err, GS_INPUT, "an answer without its time");
    GS_TRY(need_number(&answer.actor, r, "actor", err));
    GS_TRY(need_number(&answer.statement, r, "statement", err));
    rc = gs_batch_undecided(r->batch, &answer, err);
out:
    return rc;
}

static gs_code take_head(restorer *r, gs_error *err)
{
    uint64_t version = 0;
    gs_text type;
    gs_code rc;

    if (need_text(&type, r, "type", err) != GS_OK ||
        !gs_text_equal(type, GS_TEXT("dump")))
        return gs_fail(err, GS_FORMAT,
                       "it does not begin as a dump does; a general graph is loaded with "
                       "--format graph, articles and records with `gainsay ingest`");
    GS_TRY(need_number(&version, r, "version", err));
    if (version != GS_DUMP_VERSION)
        return gs_fail(err, GS_FORMAT,
                       "a dump of version %" PRIu64 "; this program knows %d", version,
                       GS_DUMP_VERSION);
    GS_TRY(need_number(&r->commits, r, "commits", err));
    rc = need_number(&r->last, r, "last", err);
out:
    return rc;
}

static gs_code need_empty(gs_store *store, gs_error *err)
{
    gs_snapshot *snapshot = NULL;
    gs_arena arena = {0};
    uint64_t number;
    gs_value run;
    gs_code rc;

    GS_TRY(gs_snapshot_open(&snapshot, store, GS_NOW, err));
    rc = gs_ledger_read(&number, &run, snapshot, GS_LEDGER_RUNS, 1, &arena, err);
    if (rc == GS_OK || (rc == GS_END && gs_snapshot_commit(snapshot) > 0))
        rc = gs_fail(err, GS_USAGE,
                     "a dump is brought into an empty store, and this one is not; name "
                     "another with -d");
    else if (rc == GS_END)
        rc = GS_OK;
out:
    gs_snapshot_close(snapshot);
    gs_arena_free(&arena);
    return rc;
}

static gs_code open_store(restorer *r, gs_error *err)
{
    gs_store_options options = {.create = true, .write = true, .wait_ms = r->wait_ms};
    gs_code rc = gs_store_open(&r->store, r->directory, &options, err);

    return rc == GS_OK ? need_empty(r->store, err) : rc;
}

static gs_code take_hide(restorer *r, gs_error *err)
{
    return take_ranges(r, false, err);
}

static gs_code take_show(restorer *r, gs_error *err)
{
    return take_ranges(r, true, err);
}

static gs_code take_whole(restorer *r, gs_error *err)
{
    r->whole = true;
    if (r->restored.commit.number != r->commits || r->restored.commit.last != r->last)
        return gs_fail(err, GS_INPUT, "commits are missing; the dump was changed");
    return GS_OK;
}

static gs_code take_line(restorer *r, gs_text text, gs_error *err)
{
    static const struct {
        const char *type;
        gs_code (*take)(restorer *, gs_error *);
    } types[] = {
        {"node", take_node},       {"relationship", take_edge},
        {"version", take_version}, {"text", take_text},
        {"end", take_end},         {"name", take_name},
        {"hide", take_hide},       {"show", take_show},
        {"commit", take_commit},   {"sealed", take_sealed},
        {"entry", take_entry},     {"undecided", take_undecided},
        {"whole", take_whole},     {"revival", take_revival},
        {"erased", take_erased},
    };
    gs_text type;
    gs_code rc;

    gs_arena_reset(&r->arena);
    rc = gs_json_parse(&r->line, &r->arena, text, err);
    if (r->lines.number == 1) {
        if (rc == GS_INPUT)
            r->line = gs_null;
        rc = take_head(r, err);
        return rc == GS_OK ? open_store(r, err) : rc;
    }
    GS_TRY(rc);
    if (r->whole)
        return gs_fail(err, GS_INPUT, "a line behind the dump's end");
    GS_TRY(need_text(&type, r, "type", err));
    GS_TRY(begin(r, err));
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (gs_text_equal(type, gs_text_of(types[i].type)))
            return types[i].take(r, err);
    rc = gs_fail(err, GS_INPUT, "type \"%.*s\": a dump has no such line",
                 GS_SHOW(gs_text_slice(type, 0, 64)));
out:
    return rc;
}

static gs_code take_all(restorer *r, gs_error *err)
{
    gs_text text;
    gs_code rc;

    while ((rc = gs_lines_next(&text, &r->lines, err)) == GS_OK) {
        rc = take_line(r, text, err);
        if (rc == GS_INPUT || rc == GS_FAILED || rc == GS_LIMIT) {
            err->line = r->lines.number;
            err->code = rc = GS_INPUT;
        }
        GS_TRY(rc);
    }
    if (rc == GS_END && !r->whole)
        rc = gs_fail_at(err, GS_INPUT, r->lines.number, 0, 0,
                        "the dump ends before its last line; it was cut off");
    else if (rc == GS_END)
        rc = GS_OK;
out:
    return rc;
}

/* What follows the last commit is no commit. */
static gs_code finish(restorer *r, gs_error *err)
{
    gs_batch *batch = r->batch;
    gs_commit commit;

    r->batch = NULL;
    return batch == NULL ? GS_OK : gs_batch_commit(&commit, batch, err);
}

gs_code gs_restore(gs_restored *out, const char *directory, uint32_t wait_ms, FILE *file,
                   const volatile int *interrupt, gs_error *err)
{
    restorer *r = calloc(1, sizeof *r); /* its block is large for a stack */
    gs_code rc;

    if (r == NULL)
        return gs_fail_memory(err);
    r->directory = directory;
    r->wait_ms = wait_ms;
    r->lines.file = file;
    r->lines.interrupt = interrupt;
    r->lines.longest = LONGEST_LINE;
    GS_TRY(take_all(r, err));
    GS_TRY(finish(r, err));
    *out = r->restored;
out:
    gs_batch_abort(r->batch);
    gs_store_close(r->store);
    gs_lines_free(&r->lines);
    gs_arena_free(&r->arena);
    gs_arena_free(&r->given);
    free(r);
    return rc;
}
