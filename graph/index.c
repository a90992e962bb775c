#include "graph/index.h"

#include "graph/base/bytes.h"
#include "graph/index_impl.h"
#include "graph/pending.h"
#include "graph/properties.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* All indexes. A property is a string or a list of strings. */
static const struct declared {
    gs_index index;
    uint32_t label, property;
    bool folded; /* as names of actors are */
} declared[] = {
    {GS_BY_ID, GS_STATEMENT, GS_P_ID, false},
    {GS_BY_ID, GS_STATEMENT, GS_P_REPLACES, false},
    {GS_BY_NAME, GS_ACTOR, GS_P_NAME, true},
    {GS_BY_NAME, GS_ACTOR, GS_P_ALIASES, true},
    {GS_BY_IDENTITY, GS_ACTOR, GS_P_IDENTITY, false},
    {GS_BY_IDENTITY, GS_DOCUMENT, GS_P_IDENTITY, false},
    {GS_BY_IDENTITY, GS_TOPIC, GS_P_IDENTITY, false},
    {GS_BY_IDENTITY, GS_PROPOSITION, GS_P_IDENTITY, false},
    {GS_BY_IDENTITY, GS_DECISION, GS_P_IDENTITY, false},
    {GS_BY_IDENTITY, GS_WITHDRAWAL, GS_P_IDENTITY, false},
    {GS_BY_URL, GS_DOCUMENT, GS_P_URL, false},
    {GS_BY_FILE, GS_DOCUMENT, GS_P_FILE, false},
    {GS_BY_SHA256, GS_DOCUMENT, GS_P_SHA256, false},
};
enum { DECLARED = sizeof declared / sizeof *declared };

static gs_code fold(gs_text *out, bool folded, gs_text key, gs_arena *arena,
                    gs_error *err)
{
    gs_text text = folded && key.bytes != NULL ? gs_fold_name(arena, key) : key;

    if (text.bytes == NULL && key.bytes != NULL)
        return gs_fail_memory(err);
    *out = text;
    return GS_OK;
}

uint64_t gs_key_hash(const gs_snapshot *snapshot, bool of_name, gs_text key)
{
    gs_hash128 hash = gs_hash_text(snapshot->store->environment->seed ^ of_name, key);

    return gs_load_u64(hash.bytes) >> (64 - 8 * GS_INDEX_HASH);
}

gs_code gs_candidates_open(gs_candidates *out, const gs_snapshot *snapshot, uint64_t hash,
                           gs_error *err)
{
    const struct gs_pending *pending = snapshot->pending;
    gs_code rc = gs_index_runs_load(snapshot->runs, snapshot, err);

    if (rc == GS_OK)
        *out = (gs_candidates){
            .snapshot = snapshot,
            .hash = hash,
            .runs =
                pending == NULL || gs_index_runs_may_have(snapshot->runs, snapshot, hash)
                    ? snapshot->runs->count
                    : 0,
            .pending = pending == NULL ? 0 : gs_pending_keys_find(&pending->keys, hash),
        };
    return rc;
}

/* The next run that has the hash; GS_END where there is none. */
static gs_code next_run(gs_candidates *c, gs_error *err)
{
    while (c->runs > 0) {
        gs_code rc = gs_index_run_open(&c->run, c->snapshot,
                                       &c->snapshot->runs->items[--c->runs], err);

        if (rc != GS_OK)
            return rc;
        c->at = gs_index_run_find(&c->run, c->hash);
        if (c->at < c->run.count && gs_index_run_row(&c->run, c->at).hash == c->hash)
            return GS_OK;
    }
    return GS_END;
}

gs_code gs_candidates_next(uint64_t *out, gs_candidates *c, gs_error *err)
{
    gs_code rc = GS_OK;

    if (c->pending != 0) {
        const gs_pending_keys *keys = &c->snapshot->pending->keys;

        *out = keys->rows[c->pending - 1].number;
        c->pending = gs_pending_keys_next(keys, c->pending);
        return GS_OK;
    }
    if (c->at >= c->run.count || gs_index_run_row(&c->run, c->at).hash != c->hash)
        rc = next_run(c, err);
    if (rc == GS_OK)
        *out = gs_index_run_row(&c->run, c->at++).number;
    return rc;
}

static gs_code add_key(const gs_snapshot *snapshot, uint64_t hash, uint64_t number,
                       gs_error *err)
{
    return gs_pending_keys_add(&snapshot->pending->keys, snapshot,
                               (gs_index_row){hash, number}, err);
}

gs_code gs_keys_add_name(const gs_snapshot *snapshot, gs_text name, uint64_t number,
                         gs_error *err)
{
    return add_key(snapshot, gs_key_hash(snapshot, true, name), number, err);
}

static gs_code each_key(const gs_snapshot *snapshot, const struct declared *by,
                        gs_text key, const gs_index_sink *sink, gs_error *err)
{
    gs_code rc = fold(&key, by->folded, key, snapshot->scratch, err);

    return rc == GS_OK ? sink->key(sink->context, gs_key_hash(snapshot, false, key), err)
                       : rc;
}

static gs_code each_of_string(const gs_snapshot *snapshot, const gs_node *node,
                              uint32_t key, gs_text string, const gs_index_sink *sink,
                              gs_error *err)
{
    gs_code rc = GS_OK;

    for (size_t i = 0; rc == GS_OK && i < DECLARED; i++)
        if (declared[i].property == key && gs_node_has_label(node, declared[i].label))
            rc = each_key(snapshot, &declared[i], string, sink, err);
    return rc;
}

static gs_code each_of_property(const gs_snapshot *snapshot, const gs_node *node,
                                uint32_t key, gs_text packed, const gs_index_sink *sink,
                                gs_error *err)
{
    gs_code rc = GS_OK;
    gs_text string;
    gs_value value;

    if (gs_packed_string(&string, packed)) {
        if (key != GS_P_TEXT)
            return each_of_string(snapshot, node, key, string, sink, err);
        return gs_node_has_label(node, GS_STATEMENT)
                   ? gs_words_each(snapshot, string, sink, err)
                   : GS_OK;
    }
    rc = gs_unpack(&value, NULL, snapshot->scratch, packed, err);
    for (size_t i = 0; rc == GS_OK && value.type == GS_LIST && i < value.as.list.count;
         i++)
        if (value.as.list.items[i].type == GS_STRING)
            rc = each_of_string(snapshot, node, key, value.as.list.items[i].as.string,
                                sink, err);
    return rc;
}

static bool is_indexed(uint32_t key)
{
    for (size_t i = 0; i < DECLARED; i++)
        if (declared[i].property == key)
            return true;
    return key == GS_P_TEXT;
}

gs_code gs_index_each(const gs_snapshot *snapshot, const gs_node *node, gs_text map,
                      const gs_index_sink *sink, gs_error *err)
{
    gs_code rc;
    gs_property_cursor cursor;
    uint32_t key;
    gs_text packed;

    gs_arena_reset(snapshot->scratch);
    GS_TRY(gs_properties_first(&cursor, map, err));
    while ((rc = gs_properties_next(&key, &packed, &cursor, err)) == GS_OK)
        if (is_indexed(key))
            GS_TRY(each_of_property(snapshot, node, key, packed, sink, err));
    if (rc == GS_END)
        rc = GS_OK;
out:
    return rc;
}

typedef struct adding {
    const gs_snapshot *snapshot;
    uint64_t number;
    bool is_new;
} adding;

static gs_code on_key(void *context, uint64_t hash, gs_error *err)
{
    const adding *a = context;
    gs_candidates candidates;
    uint64_t number;
    gs_code rc = GS_END;

    if (!a->is_new)
        rc = gs_candidates_open(&candidates, a->snapshot, hash, err);
    while (rc == GS_OK) {
        rc = gs_candidates_next(&number, &candidates, err);
        if (rc == GS_OK && number == a->number)
            return GS_OK; /* an earlier version of it has the key */
    }
    return rc == GS_END ? add_key(a->snapshot, hash, a->number, err) : rc;
}

static gs_code on_word(void *context, gs_text word, gs_error *err)
{
    const adding *a = context;

    return gs_pending_words_add(&a->snapshot->pending->words, a->snapshot, word,
                                a->number, err);
}

gs_code gs_index_add(const gs_snapshot *snapshot, const gs_node *node, gs_text map,
                     bool is_new, gs_error *err)
{
    adding context = {snapshot, node->number, is_new};
    gs_index_sink sink = {&context, on_key, on_word};

    return gs_index_each(snapshot, node, map, &sink, err);
}

/* The strings of a value: itself, or those of a list. */
static gs_text string_at(gs_value value, size_t i)
{
    const gs_value *item = value.type == GS_LIST ? &value.as.list.items[i] : &value;

    return item->type == GS_STRING ? item->as.string : (gs_text){NULL, 0};
}

static size_t string_count(gs_value value)
{
    return value.type == GS_LIST ? value.as.list.count : value.type == GS_STRING;
}

static gs_code is_called(bool *out, const gs_snapshot *snapshot, const gs_node *node,
                         const struct declared *by, gs_text wanted, gs_error *err)
{
    gs_code rc;
    gs_value value;
    bool called = false;

    GS_TRY(gs_property(&value, snapshot, node->properties, by->property,
                       snapshot->scratch, err));
    for (size_t i = 0; !called && i < string_count(value); i++) {
        gs_text key;

        GS_TRY(fold(&key, by->folded, string_at(value, i), snapshot->scratch, err));
        called = key.bytes != NULL && gs_text_equal(key, wanted);
    }
    *out = called;
out:
    return rc;
}

/* Whether the candidate is visible and bears the key, as of the snapshot. */
static gs_code matches(bool *out, const gs_snapshot *snapshot, uint64_t number,
                       gs_index index, gs_text key, gs_error *err)
{
    gs_code rc;
    gs_node node;
    bool match = false;

    rc = gs_node_read(&node, snapshot, number, err);
    for (size_t i = 0; rc == GS_OK && !match && i < DECLARED; i++)
        if (declared[i].index == index && gs_node_has_label(&node, declared[i].label))
            rc = is_called(&match, snapshot, &node, &declared[i], key, err);
    if (rc == GS_END)
        rc = GS_OK;
    if (rc == GS_OK)
        *out = match;
    return rc;
}

static gs_code push(uint64_t **numbers, size_t *count, size_t *room, uint64_t number,
                    gs_arena *arena, gs_error *err)
{
    uint64_t *grown = gs_arena_grow(arena, *numbers, *count, room, sizeof number);

    if (grown == NULL)
        return gs_fail_memory(err);
    grown[(*count)++] = number;
    *numbers = grown;
    return GS_OK;
}

static bool is_folded(gs_index index)
{
    for (size_t i = 0; i < DECLARED; i++)
        if (declared[i].index == index)
            return declared[i].folded;
    return false;
}

static int compare(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

    return x < y ? -1 : x > y;
}

gs_code gs_index_find(uint64_t **out, size_t *count, const gs_snapshot *snapshot,
                      gs_index index, gs_text key, gs_arena *arena, gs_error *err)
{
    gs_code rc;
    gs_candidates candidates;
    uint64_t *numbers = NULL, number;
    size_t found = 0, room = 0;
    bool match;

    gs_arena_reset(snapshot->scratch);
    GS_TRY(fold(&key, is_folded(index), key, snapshot->scratch, err));
    GS_TRY(gs_candidates_open(&candidates, snapshot, gs_key_hash(snapshot, false, key),
                              err));
    while ((rc = gs_candidates_next(&number, &candidates, err)) == GS_OK) {
        GS_TRY(matches(&match, snapshot, number, index, key, err));
        if (match)
            GS_TRY(push(&numbers, &found, &room, number, arena, err));
    }
    if (rc == GS_END) {
        if (found > 1)
            qsort(numbers, found, sizeof *numbers, compare);
        *out = numbers;
        *count = found;
        rc = GS_OK;
    }
out:
    return rc;
}

static gs_code holds(bool *out, const gs_snapshot *snapshot, uint64_t number,
                     gs_text part, gs_error *err)
{
    static const uint32_t properties[] = {GS_P_NAME, GS_P_ALIASES};
    gs_code rc;
    gs_node node;
    gs_value value;
    gs_text name;
    bool held = false;

    gs_arena_reset(snapshot->scratch);
    rc = gs_node_read(&node, snapshot, number, err);
    if (rc == GS_END) /* its label's list has it */
        rc = gs_fail(err, GS_DAMAGED,
                     "node %" PRIu64 " is gone; restore the store from a backup", number);
    GS_TRY(rc);
    for (size_t p = 0; !held && p < 2; p++) {
        GS_TRY(gs_property(&value, snapshot, node.properties, properties[p],
                           snapshot->scratch, err));
        for (size_t i = 0; !held && i < string_count(value); i++) {
            GS_TRY(fold(&name, true, string_at(value, i), snapshot->scratch, err));
            held = name.bytes != NULL && gs_text_find(name, part, 0) != SIZE_MAX;
        }
    }
    *out = held;
out:
    return rc;
}

gs_code gs_index_actors_like(uint64_t **out, size_t *count, const gs_snapshot *snapshot,
                             gs_text part, gs_arena *arena, gs_error *err)
{
    gs_code rc;
    gs_nodes *actors = NULL;
    uint64_t *numbers = NULL, number;
    size_t found = 0, room = 0;
    gs_text folded = gs_fold_name(arena, part);
    bool held;

    if (folded.bytes == NULL)
        return gs_fail_memory(err);
    GS_TRY(gs_nodes_open(&actors, snapshot, GS_ACTOR, err));
    while ((rc = gs_nodes_next(&number, actors, err)) == GS_OK) {
        GS_TRY(holds(&held, snapshot, number, folded, err));
        if (held)
            GS_TRY(push(&numbers, &found, &room, number, arena, err));
    }
    if (rc == GS_END) {
        *out = numbers;
        *count = found;
        rc = GS_OK;
    }
out:
    gs_nodes_close(actors);
    return rc;
}
