#include "graph/model.h"
#include "query/resolve_impl.h"

#include <string.h>

/* The three uses of an interned name, and how a warning speaks of them. */
typedef enum use { LABEL, TYPE, PROPERTY } use;

/* The numbers of the model's own names lie in ranges: labels, types, properties. */
static bool is_models(uint32_t key, use as)
{
    static const uint32_t first[] = {GS_ACTOR, GS_MADE, GS_P_ID};
    static const uint32_t last[] = {GS_MADE - 1, GS_P_ID - 1, GS_NAME_FIRST_FREE - 1};

    return key >= first[as] && key <= last[as] && gs_name_fixed(key).bytes != NULL;
}

static bool is_known(const gs_snapshot *snapshot, uint32_t key, use as)
{
    if (key == 0)
        return false;
    if (is_models(key, as))
        return true;
    if (as == LABEL)
        return gs_count_nodes(snapshot, key) > 0;
    if (as == TYPE)
        return gs_count_edges(snapshot, key) > 0;
    return key >= GS_NAME_FIRST_FREE;
}

static gs_suggestion nearest(gs_resolver *r, gs_text name, use as)
{
    const gs_snapshot *snapshot = r->run->snapshot;
    gs_suggestion near = {.asked = name};

    for (uint32_t key = 1; key <= gs_name_last(snapshot); key++)
        if (is_known(snapshot, key, as))
            gs_suggest(&near, gs_name_text(snapshot, key));
    if (as == TYPE)
        gs_suggest(&near, GS_TEXT("ANSWERS"));
    return near;
}

static gs_code unknown(gs_resolver *r, gs_text name, gs_place place, use as)
{
    static const char *const what[] = {
        "no node has the label", "no relationship has type", "nothing has the property"};
    static const char *const details[] = {"UnknownLabel", "UnknownType",
                                          "UnknownProperty"};
    gs_suggestion near = nearest(r, name, as);
    const char *hint = gs_did_you_mean(&near, &r->run->arena);

    if (r->run->settings.strict)
        return gs_resolve_refuse(r, place, details[as], "%s `%.*s`%s", what[as],
                                 GS_SHOW(name), hint);
    return gs_run_warn(r->run, place, r->err, "%s `%.*s`%s", what[as], GS_SHOW(name),
                       hint);
}

gs_code gs_resolve_label(gs_resolver *r, uint32_t *out, gs_text name, gs_place place)
{
    *out = gs_name_find(r->run->snapshot, name);
    if (is_known(r->run->snapshot, *out, LABEL))
        return GS_OK;
    return unknown(r, name, place, LABEL);
}

gs_code gs_resolve_property(gs_resolver *r, uint32_t *out, gs_text name, gs_place place,
                            bool warn)
{
    *out = gs_name_find(r->run->snapshot, name);
    if (!warn || is_known(r->run->snapshot, *out, PROPERTY))
        return GS_OK;
    return unknown(r, name, place, PROPERTY);
}

static gs_code resolve_type(gs_resolver *r, gs_edge_pattern *edge, size_t index)
{
    static const uint32_t answers[] = {GS_DENIES,   GS_COUNTERS, GS_CONFIRMS,
                                       GS_RETRACTS, GS_DECLINES, GS_ASSESSES};
    gs_named *type = &edge->types[index];

    type->key = gs_name_find(r->run->snapshot, type->text);
    if (type->key != 0)
        edge->keys[edge->key_count++] = type->key;
    if (gs_text_equal(type->text, GS_TEXT("ANSWERS"))) {
        memcpy(edge->keys + edge->key_count, answers, sizeof answers);
        edge->key_count += sizeof answers / sizeof *answers;
        return GS_OK;
    }
    if (is_known(r->run->snapshot, type->key, TYPE))
        return GS_OK;
    return unknown(r, type->text, type->place, TYPE);
}

/* A timeline gives the edges of a type once for each time that it is named. */
static void drop_repeated(gs_edge_pattern *edge)
{
    size_t kept = 0;

    for (size_t i = 0; i < edge->key_count; i++) {
        bool seen = false;
        for (size_t j = 0; j < kept; j++)
            seen = seen || edge->keys[j] == edge->keys[i];
        if (!seen)
            edge->keys[kept++] = edge->keys[i];
    }
    edge->key_count = kept;
}

gs_code gs_resolve_types(gs_resolver *r, gs_edge_pattern *edge)
{
    enum { MOST = 7 }; /* that one name stands for */
    gs_code rc = GS_OK;

    edge->any = edge->type_count == 0;
    edge->keys =
        gs_arena_array(&r->run->arena, edge->type_count * MOST, sizeof *edge->keys);
    if (edge->keys == NULL)
        return gs_fail_memory(r->err);
    for (size_t i = 0; i < edge->type_count; i++)
        GS_TRY(resolve_type(r, edge, i));
    drop_repeated(edge);
out:
    return rc;
}
