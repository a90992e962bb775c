#include "query/questions/record_impl.h"

/* What an actor is found by where its name is that of many (an office, whoever was not
 * named); null for all others, whom their names find. */
static gs_value telling_identity(gs_value identity)
{
    bool tells = identity.type == GS_STRING &&
                 gs_text_find(identity.as.string, GS_TEXT("\x1f"), 0) != SIZE_MAX;

    return tells ? identity : gs_null;
}

/* {name, identity, from, to} of one whom an actor speaks for. */
static gs_code principal(gs_value *out, const gs_snapshot *snapshot, const gs_hop *hop,
                         gs_arena *arena, gs_error *err)
{
    gs_maker item = {.snapshot = snapshot, .arena = arena, .err = err};
    gs_value name, identity, from, to;
    gs_code rc;

    GS_TRY(gs_node_property(&name, snapshot, hop->neighbour, GS_P_NAME, arena, err));
    GS_TRY(
        gs_node_property(&identity, snapshot, hop->neighbour, GS_P_IDENTITY, arena, err));
    GS_TRY(gs_edge_property(&from, snapshot, hop->edge, GS_P_FROM, arena, err));
    GS_TRY(gs_edge_property(&to, snapshot, hop->edge, GS_P_TO, arena, err));
    GS_TRY(gs_maker_put(&item, "name", name));
    GS_TRY(gs_maker_put(&item, "identity", telling_identity(identity)));
    GS_TRY(gs_maker_put(&item, "from", from));
    GS_TRY(gs_maker_put(&item, "to", to));
    *out = gs_maker_map(&item);
out:
    return rc;
}

/* Whom an actor speaks for, beside each other. */
static gs_code speaks_for(gs_value *out, const gs_snapshot *snapshot, uint64_t number,
                          gs_arena *arena, gs_error *err)
{
    gs_hops hops;
    gs_items items = {0};
    gs_value item;
    gs_code rc;

    GS_TRY(gs_hops_read(&hops, snapshot, number, GS_OUT, arena, err));
    for (size_t i = 0; i < hops.count; i++) {
        if (hops.items[i].type != GS_SPEAKS_FOR)
            continue;
        GS_TRY(principal(&item, snapshot, &hops.items[i], arena, err));
        GS_TRY(gs_items_add(&items, item, arena, err));
    }
    *out = gs_list(items.items, items.count);
out:
    return rc;
}

gs_code gs_actor_record(gs_value *out, const gs_snapshot *snapshot, uint64_t number,
                        gs_arena *arena, gs_error *err)
{
    static const char *const keys[] = {"name", "aliases", "kind", "ids", "role"};
    gs_maker maker;
    gs_value chains, identity;
    gs_code rc;

    GS_TRY(gs_maker_begin(&maker, snapshot, number, arena, err));
    GS_TRY(gs_maker_put(&maker, "type", gs_string(GS_TEXT("actor"))));
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        GS_TRY(gs_maker_move(&maker, keys[i]));
    GS_TRY(speaks_for(&chains, snapshot, number, arena, err));
    GS_TRY(gs_maker_put(&maker, "speaks_for", chains));
    identity = gs_maker_take(&maker, "identity");
    GS_TRY(gs_maker_put(&maker, "identity", telling_identity(identity)));
    GS_TRY(gs_maker_rest(&maker));
    *out = gs_maker_map(&maker);
out:
    return rc;
}
