#include "ingest/reading.h"
#include "graph/base/bytes.h"
#include "graph/base/hash.h"
#include "ingest/settle.h"
#include <stdlib.h>

#define SEPARATOR GS_TEXT("\x1f")

enum { DIGITS = 8 }; /* to which each number of an extractor's version is filled up */

/* "prose 1.10" as "prose" and "00000001.00000010". */
static gs_code split(gs_text *name, gs_text *version, gs_text extractor, gs_arena *arena,
                     gs_error *err)
{
    size_t at = extractor.size, end;
    gs_buffer filled = {0};

    while (at > 0 && extractor.bytes[at - 1] != ' ')
        at--;
    *name = at == 0 ? extractor : gs_text_slice(extractor, 0, at - 1);
    for (size_t i = at; at > 0 && i < extractor.size; i = end) {
        for (end = i; end < extractor.size && extractor.bytes[end] >= '0' &&
                      extractor.bytes[end] <= '9';
             end++)
            ;
        for (size_t k = end - i; end > i && k < DIGITS; k++)
            gs_buffer_char(&filled, '0');
        end += end == i;
        gs_buffer_bytes(&filled, extractor.bytes + i, end - i);
    }
    *version = gs_text_copy(arena, gs_buffer_view(&filled));
    at = filled.failed || version->bytes == NULL;
    gs_buffer_free(&filled);
    return at ? gs_fail_memory(err) : GS_OK;
}

static gs_code key_of(gs_text *name, gs_text *key, gs_intake *intake, gs_text extractor,
                      gs_error *err)
{
    const gs_source *source = intake->source;
    gs_text parts[4] = {source->at, source->published, source->sha256, {0}};
    gs_code rc;

    GS_TRY(split(name, &parts[3], extractor, intake->arena, err));
    *key = gs_text_join(intake->arena, parts, 4, SEPARATOR);
    if (key->bytes == NULL)
        return gs_fail_memory(err);
out:
    return rc;
}

static int64_t hash_of(gs_text name, gs_text key)
{
    gs_hash128 hash = gs_hash_text(gs_load_u64(gs_hash_text(0, name).bytes), key);

    return gs_load_i64(hash.bytes);
}

static int by_key(const void *a, const void *b)
{
    return gs_text_compare(((const gs_entry *)a)->key, ((const gs_entry *)b)->key);
}

/* The document's latest reading by this extractor is this one, if it is the latest. */
static gs_code note(gs_intake *intake, gs_text name, gs_text key, gs_error *err)
{
    gs_entries to = {.arena = intake->arena};
    gs_entry change = {gs_name_fixed(GS_P_READ_BY), gs_null};
    gs_value old, its, identity;
    gs_code rc;

    GS_TRY(gs_intake_property(&old, intake, intake->source_number, GS_P_READ_BY, err));
    its = gs_map_get(old, name);
    intake->reading_stands =
        its.type != GS_STRING || gs_text_compare(its.as.string, key) <= 0;
    if (!intake->reading_stands)
        intake->ruled = true; /* its statements end, but for those found again */
    if (its.type == GS_STRING && gs_text_compare(its.as.string, key) >= 0)
        return gs_text_equal(its.as.string, key)
                   ? gs_intake_met_property(intake, intake->source_number, GS_P_READ_BY,
                                            err)
                   : GS_OK;
    gs_entries_put(&to, name, gs_string(key));
    for (size_t i = 0; old.type == GS_MAP && i < old.as.map.count; i++)
        if (!gs_text_equal(old.as.map.entries[i].key, name))
            gs_entries_put(&to, old.as.map.entries[i].key, old.as.map.entries[i].value);
    if (to.failed)
        return gs_fail_memory(err);
    if (to.count > 1)
        qsort(to.items, to.count, sizeof *to.items, by_key);
    change.value = gs_entries_map(&to);
    GS_TRY(
        gs_batch_revise(intake->batch, intake->source_number, gs_map(&change, 1), err));
    if (its.type != GS_STRING)
        return GS_OK;
    intake->ruled = true; /* statements of the reading before end */
    GS_TRY(
        gs_intake_property(&identity, intake, intake->source_number, GS_P_IDENTITY, err));
    if (identity.type == GS_STRING)
        rc = gs_settle_later(intake, GS_OF_DOCUMENT, identity.as.string, err);
out:
    return rc;
}

gs_code gs_reading_begin(gs_intake *intake, gs_text extractor, gs_error *err)
{
    gs_text name, key;
    gs_code rc;

    GS_TRY(key_of(&name, &key, intake, extractor, err));
    intake->reading = hash_of(name, key);
    rc = note(intake, name, key, err);
out:
    return rc;
}

static int by_integer(const void *a, const void *b)
{
    int64_t x = ((const gs_value *)a)->as.integer, y = ((const gs_value *)b)->as.integer;

    return (x > y) - (x < y);
}

gs_code gs_reading_add(bool *changed, gs_intake *intake, uint64_t statement,
                       gs_error *err)
{
    gs_entries to = {.arena = intake->arena};
    gs_entry change = {gs_name_fixed(GS_P_READ_IN), gs_null};
    gs_value old, *items;
    size_t count;
    gs_code rc;

    *changed = false;
    if (intake->reading == 0)
        return GS_OK;
    GS_TRY(gs_intake_property(&old, intake, statement, GS_P_READ_IN, err));
    count = old.type == GS_LIST ? old.as.list.count : 0;
    items = gs_entries_list(&to, count + 1);
    if (items == NULL)
        return gs_fail_memory(err);
    for (size_t i = 0; i < count; i++) {
        items[i] = old.as.list.items[i];
        if (items[i].type == GS_INTEGER && items[i].as.integer == intake->reading)
            return gs_intake_met_property(intake, statement, GS_P_READ_IN, err);
    }
    items[count++] = gs_integer(intake->reading);
    qsort(items, count, sizeof *items, by_integer);
    change.value = gs_list(items, count);
    *changed = true;
    rc = gs_batch_revise(intake->batch, statement, gs_map(&change, 1), err);
out:
    return rc;
}

static bool has(gs_value list, int64_t reading)
{
    for (size_t i = 0; list.type == GS_LIST && i < list.as.list.count; i++)
        if (list.as.list.items[i].type == GS_INTEGER &&
            list.as.list.items[i].as.integer == reading)
            return true;
    return false;
}

static gs_code document_holds(bool *out, gs_intake *intake, uint64_t document,
                              gs_text extractor, gs_value readings, gs_error *err)
{
    const gs_snapshot *ever = gs_batch_ever(intake->batch);
    gs_text name, version;
    gs_value read_by, key;
    gs_node node;
    gs_code rc;

    GS_TRY(gs_node_read(&node, ever, document, err));
    GS_TRY(
        gs_property(&read_by, ever, node.properties, GS_P_READ_BY, intake->arena, err));
    GS_TRY(split(&name, &version, extractor, intake->arena, err));
    key = gs_map_get(read_by, name);
    *out = key.type != GS_STRING || has(readings, hash_of(name, key.as.string));
out:
    return rc;
}

gs_code gs_reading_holds(bool *out, gs_intake *intake, uint64_t statement, gs_error *err)
{
    static const uint32_t type = GS_REPORTED_IN;
    const gs_snapshot *ever = gs_batch_ever(intake->batch);
    gs_timeline *timeline = NULL;
    gs_value readings, extractor;
    gs_node node;
    gs_hop hop;
    gs_code rc;

    *out = true;
    GS_TRY(gs_node_read(&node, ever, statement, err));
    GS_TRY(
        gs_property(&readings, ever, node.properties, GS_P_READ_IN, intake->arena, err));
    GS_TRY(gs_property(&extractor, ever, node.properties, GS_P_EXTRACTOR, intake->arena,
                       err));
    if (readings.type != GS_LIST || extractor.type != GS_STRING)
        return GS_OK;
    GS_TRY(gs_value_copy(&readings, intake->arena, readings, err));
    GS_TRY(gs_value_copy(&extractor, intake->arena, extractor, err));
    GS_TRY(gs_timeline_open(&timeline, ever, statement, &type, 1, GS_OUT, GS_WINDOW_ALL,
                            err));
    while ((rc = gs_timeline_next(&hop, timeline, err)) == GS_OK) {
        GS_TRY(document_holds(out, intake, hop.neighbour, extractor.as.string, readings,
                              err));
        if (*out)
            break;
    }
    rc = rc == GS_END ? GS_OK : rc;
out:
    gs_timeline_close(timeline);
    return rc;
}

gs_code gs_version_order(int *out, gs_intake *intake, uint64_t document,
                         const gs_source *source, gs_error *err)
{
    static const uint32_t names[] = {GS_P_AT, GS_P_PUBLISHED, GS_P_SHA256};
    const gs_text mine[] = {source->at, source->published, source->sha256};
    gs_code rc = GS_OK;

    *out = 0;
    for (size_t i = 0; rc == GS_OK && *out == 0 && i < 3; i++) {
        gs_value its;

        rc = gs_intake_property(&its, intake, document, names[i], err);
        /* what a reference leaves out makes it no other version */
        if (rc != GS_OK || mine[i].bytes == NULL || its.type == GS_NULL)
            continue;
        *out = gs_text_compare(mine[i], its.type == GS_DATE ? gs_edtf_text(its.as.date)
                                                            : its.as.string);
    }
    return rc;
}
