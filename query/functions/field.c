#include "query/functions/function.h"

#include "graph/index.h"
#include "graph/timeline.h"
#include "query/classes.h"

/* Each class once. */
static gs_code find_actors(uint64_t **out, size_t *count, const gs_call *call)
{
    size_t kept = 0;
    gs_code rc;

    if (call->args[0].type != GS_STRING)
        return gs_call_wants(call, "a name", call->args[0]);
    GS_TRY(gs_index_find(out, count, call->run->snapshot, GS_BY_NAME,
                         call->args[0].as.string, call->arena, call->err));
    for (size_t i = 0; i < *count; i++) {
        uint64_t number;
        size_t k = 0;

        GS_TRY(gs_class_number(&number, call->run, (*out)[i], call->err));
        while (k < kept && (*out)[k] != number)
            k++;
        (*out)[k] = number;
        kept += k == kept;
    }
    *count = kept;
out:
    return rc;
}

static gs_code name_of(gs_text *out, const gs_call *call, uint64_t actor)
{
    gs_value name;
    gs_code rc;

    GS_TRY(gs_member(&name, call->run, gs_node_value(actor), GS_TEXT("name"), GS_P_NAME,
                     call->expr->place, call->arena, call->err));
    *out = name.type == GS_STRING ? name.as.string : GS_TEXT("?");
out:
    return rc;
}

/* Names of the first few candidates, so that the question can be put again. */
static gs_code refuse_many(const gs_call *call, const uint64_t *found, size_t count)
{
    enum { SHOWN = 5 };
    gs_text names[SHOWN];
    size_t shown = count < SHOWN ? count : SHOWN;
    gs_text list;
    gs_code rc = GS_OK;

    for (size_t i = 0; i < shown; i++)
        GS_TRY(name_of(&names[i], call, found[i]));
    list = gs_text_join(call->arena, names, shown, GS_TEXT(", "));
    rc = gs_refuse_row(call->err, call->run->text, call->expr->place, "ArgumentError",
                       "InvalidArgumentValue",
                       "`%.*s` names %zu actors: %.*s%s; use one of these names, or "
                       "actors() for all",
                       GS_SHOW(call->args[0].as.string), count, GS_SHOW(list),
                       count > shown ? ", ..." : "");
out:
    return rc;
}

/* Of several found by an alias, the one that is so named comes before those so called. */
static gs_code prefer_name(uint64_t *found, size_t *count, const gs_call *call)
{
    gs_text asked = gs_fold_name(call->arena, call->args[0].as.string), name;
    size_t named = 0;
    uint64_t which = 0;
    gs_code rc = GS_OK;

    if (asked.bytes == NULL)
        return gs_call_memory(call);
    for (size_t i = 0; i < *count; i++) {
        GS_TRY(name_of(&name, call, found[i]));
        if (gs_text_equal(gs_fold_name(call->arena, name), asked)) {
            named++;
            which = found[i];
        }
    }
    if (named == 1) {
        found[0] = which;
        *count = 1;
    }
out:
    return rc;
}

static gs_code call_actor(gs_value *out, const gs_call *call)
{
    uint64_t *found;
    size_t count;
    gs_code rc;

    GS_TRY(find_actors(&found, &count, call));
    *out = gs_null;
    if (count == 0)
        return gs_run_warn(call->run, call->expr->place, call->err,
                           "no actor is called `%.*s`", GS_SHOW(call->args[0].as.string));
    if (count > 1)
        GS_TRY(prefer_name(found, &count, call));
    if (count > 1)
        return refuse_many(call, found, count);
    *out = gs_node_value(found[0]);
out:
    return rc;
}

static gs_code call_actors(gs_value *out, const gs_call *call)
{
    uint64_t *found;
    size_t count;
    gs_value *items;
    gs_code rc;

    GS_TRY(find_actors(&found, &count, call));
    items = gs_arena_array(call->arena, count, sizeof *items);
    if (items == NULL)
        return gs_call_memory(call);
    for (size_t i = 0; i < count; i++)
        items[i] = gs_node_value(found[i]);
    *out = gs_list(items, count);
out:
    return rc;
}

/* The actors reached from one over SPEAKS_FOR, itself first; `last` tells who speaks for
 * nobody further. */
typedef struct reach {
    uint64_t *actors;
    bool *last;
    size_t count, room, last_room;
    const gs_call *call;
    gs_timeline *timeline;
    const gs_edtf *on; /* NULL: at any time */
} reach;

static gs_code reach_add(reach *r, uint64_t actor)
{
    for (size_t i = 0; i < r->count; i++)
        if (r->actors[i] == actor)
            return GS_OK;
    r->actors =
        gs_arena_grow(r->call->arena, r->actors, r->count, &r->room, sizeof *r->actors);
    r->last =
        gs_arena_grow(r->call->arena, r->last, r->count, &r->last_room, sizeof *r->last);
    if (r->actors == NULL || r->last == NULL)
        return gs_call_memory(r->call);
    r->actors[r->count] = actor;
    r->last[r->count++] = false;
    return GS_OK;
}

/* Whether an edge's `from` and `to` leave it possible that it held on the day asked. */
static gs_code held(bool *out, const reach *r, uint64_t number)
{
    gs_edge edge;
    gs_value from, to;
    const gs_call *call = r->call;
    gs_edtf date;
    gs_code rc = GS_OK;

    *out = true;
    if (r->on == NULL)
        return GS_OK;
    GS_TRY(gs_run_edge(&edge, call->run, number, call->err));
    GS_TRY(gs_property(&from, call->run->snapshot, edge.properties, GS_P_FROM,
                       call->arena, call->err));
    GS_TRY(gs_property(&to, call->run->snapshot, edge.properties, GS_P_TO, call->arena,
                       call->err));
    if (gs_read_date(&date, from) && gs_edtf_before(r->on, &date) == GS_TRUE)
        *out = false;
    if (gs_read_date(&date, to) && gs_edtf_before(&date, r->on) == GS_TRUE)
        *out = false;
out:
    return rc;
}

/* Whom one member of an actor's class speaks for. */
static gs_code reach_from(reach *r, size_t index, uint64_t member)
{
    const gs_call *call = r->call;
    uint64_t principal;
    gs_hop hop;
    bool holds;
    gs_code rc;

    GS_TRY(gs_timeline_reset(r->timeline, member, call->err));
    while ((rc = gs_timeline_next(&hop, r->timeline, call->err)) == GS_OK) {
        GS_TRY(gs_run_tick(call->run, call->err));
        GS_TRY(held(&holds, r, hop.edge));
        if (!holds || (hop.inferred && call->run->settings.stated_only))
            continue;
        GS_TRY(gs_class_number(&principal, call->run, hop.neighbour, call->err));
        if (principal != r->actors[index])
            r->last[index] = false;
        GS_TRY(reach_add(r, principal));
    }
    if (rc == GS_END)
        rc = GS_OK;
out:
    return rc;
}

/* Each actor once, so that a circle ends. */
static gs_code reach_further(reach *r, size_t index)
{
    const gs_class *class;
    gs_code rc;

    GS_TRY(gs_class_of(&class, r->call->run, r->actors[index], r->call->err));
    r->last[index] = true;
    for (size_t i = 0; i < (class != NULL ? class->count : 1); i++)
        GS_TRY(
            reach_from(r, index, class != NULL ? class->members[i] : r->actors[index]));
out:
    return rc;
}

static gs_code reach_all(reach *r, const gs_call *call, uint64_t actor, const gs_edtf *on)
{
    static const uint32_t types[] = {GS_SPEAKS_FOR};
    gs_code rc;

    *r = (reach){.call = call, .on = on};
    GS_TRY(gs_timeline_open(&r->timeline, call->run->snapshot, actor, types, 1, GS_OUT,
                            GS_WINDOW_ALL, call->err));
    GS_TRY(reach_add(r, actor));
    for (size_t i = 0; i < r->count; i++)
        GS_TRY(reach_further(r, i));
out:
    gs_timeline_close(r->timeline);
    r->timeline = NULL;
    return rc;
}

/* The optional date of a call's last argument; *on is NULL where there is none. */
static gs_code day_asked(const gs_edtf **on, gs_edtf *room, const gs_call *call,
                         size_t index)
{
    *on = NULL;
    if (call->count <= index)
        return GS_OK;
    if (!gs_read_date(room, call->args[index]))
        return gs_call_wants(call, "a date", call->args[index]);
    *on = room;
    return GS_OK;
}

/* The one end of all chains; null where they end in several, or in a circle only. */
static gs_code call_on_behalf_of(gs_value *out, const gs_call *call)
{
    const gs_edtf *on;
    gs_edtf room;
    reach r;
    size_t ends = 0;
    gs_code rc;

    if (call->args[0].type != GS_NODE)
        return gs_call_wants(call, "an actor", call->args[0]);
    GS_TRY(day_asked(&on, &room, call, 1));
    GS_TRY(reach_all(&r, call, call->args[0].as.element.number, on));
    *out = gs_null;
    for (size_t i = 0; i < r.count; i++)
        if (r.last[i]) {
            ends++;
            *out = gs_node_value(r.actors[i]);
        }
    if (ends != 1)
        *out = gs_null;
out:
    return rc;
}

static gs_code call_speaks_for(gs_value *out, const gs_call *call)
{
    const gs_edtf *on;
    gs_edtf room;
    reach r;
    bool found = false;
    gs_code rc;

    for (size_t i = 0; i < 2; i++)
        if (call->args[i].type != GS_NODE)
            return gs_call_wants(call, "two actors", call->args[i]);
    GS_TRY(day_asked(&on, &room, call, 2));
    GS_TRY(reach_all(&r, call, call->args[0].as.element.number, on));
    for (size_t i = 0; i < r.count; i++)
        found = found || r.actors[i] == call->args[1].as.element.number;
    *out = gs_boolean(found);
out:
    return rc;
}

const gs_function gs_functions_field[] = {
    {"actor", 1, 1, GS_F_STEADY, call_actor, NULL},
    {"actors", 1, 1, GS_F_STEADY, call_actors, NULL},
    {"on_behalf_of", 1, 2, 0, call_on_behalf_of, NULL},
    {"speaks_for", 2, 3, 0, call_speaks_for, NULL},
    {0}};
