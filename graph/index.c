#include "graph/index.h"

#include "graph/index_impl.h"
#include "graph/properties.h"

#include <inttypes.h>
#include <string.h>

/* All indexes. A property is a string or a list of strings. */
static const struct declared {
    gs_index index;
    uint32_t label, property;
    bool folded; /* as names of actors are */
} declared[] = {
    {GS_BY_ID, GS_STATEMENT, GS_P_ID, false},
    {GS_BY_NAME, GS_ACTOR, GS_P_NAME, true},
    {GS_BY_NAME, GS_ACTOR, GS_P_ALIASES, true},
    {GS_BY_IDENTITY, GS_ACTOR, GS_P_IDENTITY, false},
    {GS_BY_IDENTITY, GS_DOCUMENT, GS_P_IDENTITY, false},
    {GS_BY_IDENTITY, GS_TOPIC, GS_P_IDENTITY, false},
    {GS_BY_IDENTITY, GS_PROPOSITION, GS_P_IDENTITY, false},
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

gs_code gs_candidates_open(gs_candidates *out, const gs_snapshot *snapshot,
                           unsigned index, gs_text key, gs_error *err)
{
    MDB_cursor *cursor;
    gs_code rc = gs_txn_cursor(&cursor, snapshot, GS_TABLE_INDEX, err);

    if (rc != GS_OK)
        return rc;
    *out = (gs_candidates){
        .cursor = cursor,
        .step = MDB_SET,
        .hash = gs_hash_text(snapshot->store->environment->seed ^ index, key),
    };
    return GS_OK;
}

gs_code gs_candidates_next(uint64_t *out, gs_candidates *c, gs_error *err)
{
    gs_code rc;

    if (c->step == MDB_SET)
        c->key = gs_val(&c->hash, sizeof c->hash);
    rc = gs_txn_move(c->cursor, &c->key, &c->value, c->step, err);
    c->step = MDB_NEXT_DUP;
    if (rc == GS_OK && c->value.mv_size != sizeof *out)
        return gs_fail(err, GS_DAMAGED,
                       "the table index is damaged; restore the store from a backup");
    if (rc == GS_OK)
        memcpy(out, c->value.mv_data, sizeof *out);
    return rc;
}

void gs_candidates_close(gs_candidates *candidates)
{
    if (candidates->cursor != NULL)
        mdb_cursor_close(candidates->cursor);
}

gs_code gs_keys_add(const gs_snapshot *snapshot, unsigned index, gs_text key,
                    uint64_t number, gs_error *err)
{
    gs_hash128 hash = gs_hash_text(snapshot->store->environment->seed ^ index, key);

    return gs_txn_put(snapshot, GS_TABLE_INDEX, gs_val(&hash, sizeof hash),
                      gs_val(&number, sizeof number), MDB_NODUPDATA, err);
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

gs_code gs_index_need(const gs_snapshot *snapshot, gs_table table, MDB_val key,
                      uint64_t number, gs_error *err)
{
    gs_code rc = gs_txn_has(snapshot, table, key, gs_val(&number, sizeof number), err);

    if (rc == GS_END)
        rc = gs_fail(err, GS_DAMAGED,
                     "table %s: it lacks node %" PRIu64
                     ", which some questions will not find",
                     gs_lmdb_tables[table].name, number);
    return rc;
}

static gs_code need_key(const gs_snapshot *snapshot, unsigned index, gs_text key,
                        uint64_t number, gs_error *err)
{
    gs_hash128 hash = gs_hash_text(snapshot->store->environment->seed ^ index, key);

    return gs_index_need(snapshot, GS_TABLE_INDEX, gs_val(&hash, sizeof hash), number,
                         err);
}

static gs_code add_keys(const gs_snapshot *snapshot, const struct declared *by,
                        uint64_t number, gs_value value, gs_index_use use, gs_error *err)
{
    gs_code rc = GS_OK;

    for (size_t i = 0; rc == GS_OK && i < string_count(value); i++) {
        gs_text key;

        rc = fold(&key, by->folded, string_at(value, i), snapshot->scratch, err);
        if (rc == GS_OK && key.bytes != NULL)
            rc = use == GS_INDEX_CHECK
                     ? need_key(snapshot, by->index, key, number, err)
                     : gs_keys_add(snapshot, by->index, key, number, err);
    }
    return rc;
}

static gs_code add_property(const gs_snapshot *snapshot, const gs_node *node,
                            uint32_t key, gs_value value, gs_index_use use, gs_error *err)
{
    gs_code rc = GS_OK;

    for (size_t i = 0; rc == GS_OK && i < DECLARED; i++)
        if (declared[i].property == key && gs_node_has_label(node, declared[i].label))
            rc = add_keys(snapshot, &declared[i], node->number, value, use, err);
    if (rc == GS_OK && key == GS_P_TEXT && value.type == GS_STRING &&
        gs_node_has_label(node, GS_STATEMENT))
        rc = gs_words_add(snapshot, node->number, value.as.string, use, err);
    return rc;
}

static bool is_indexed(uint32_t key)
{
    for (size_t i = 0; i < DECLARED; i++)
        if (declared[i].property == key)
            return true;
    return key == GS_P_TEXT;
}

gs_code gs_index_add(const gs_snapshot *snapshot, const gs_node *node, gs_text map,
                     gs_index_use use, gs_error *err)
{
    gs_code rc;
    gs_property_cursor cursor;
    uint32_t key;
    gs_text packed;
    gs_value value;

    gs_arena_reset(snapshot->scratch);
    GS_TRY(gs_properties_first(&cursor, map, err));
    while ((rc = gs_properties_next(&key, &packed, &cursor, err)) == GS_OK) {
        if (!is_indexed(key))
            continue;
        GS_TRY(gs_unpack(&value, NULL, snapshot->scratch, packed, err));
        GS_TRY(add_property(snapshot, node, key, value, use, err));
    }
    if (rc == GS_END)
        rc = GS_OK;
out:
    return rc;
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

gs_code gs_index_find(uint64_t **out, size_t *count, const gs_snapshot *snapshot,
                      gs_index index, gs_text key, gs_arena *arena, gs_error *err)
{
    gs_code rc;
    gs_candidates candidates = {0};
    uint64_t *numbers = NULL, number;
    size_t found = 0, room = 0;
    bool match;

    gs_arena_reset(snapshot->scratch);
    GS_TRY(fold(&key, is_folded(index), key, snapshot->scratch, err));
    GS_TRY(gs_candidates_open(&candidates, snapshot, index, key, err));
    while ((rc = gs_candidates_next(&number, &candidates, err)) == GS_OK) {
        GS_TRY(matches(&match, snapshot, number, index, key, err));
        if (match)
            GS_TRY(push(&numbers, &found, &room, number, arena, err));
    }
    if (rc == GS_END) {
        *out = numbers;
        *count = found;
        rc = GS_OK;
    }
out:
    gs_candidates_close(&candidates);
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
