/* Actor records: merged into the actor so called. Names, once given, stay: what
 * statements wrote is kept only where it differs from them. */
#include "ingest/intake.h"
#include "ingest/resolve.h"
#include "ingest/settle.h"

enum { NAMES_MAX = 4096 }; /* of one actor, so that no stream of records slows another */

/* By identity where the record has one, by name, by the first alias that anybody has. */
static gs_code find(uint64_t *out, gs_intake *intake, const gs_actor *actor,
                    gs_error *err)
{
    gs_code rc;

    if (actor->identity.bytes != NULL)
        return gs_intake_recall(out, intake, GS_BY_IDENTITY, GS_ACTOR, actor->identity,
                                err);
    rc = gs_actor_find(out, intake, actor->party.name, actor->party.kind, err);
    for (size_t i = 0; rc == GS_END && i < actor->aliases.count; i++)
        rc = gs_actor_find(out, intake, actor->aliases.items[i], actor->party.kind, err);
    return rc;
}

/* An actor's names, and each folded. */
typedef struct names {
    gs_text *items, *folded;
    size_t count;
} names;

/* Adds a name that is not among them in any case. */
static gs_code add_name(names *to, gs_intake *intake, gs_text name, gs_error *err)
{
    gs_text folded = gs_fold_name(intake->arena, name);

    if (folded.bytes == NULL)
        return gs_fail_memory(err);
    for (size_t i = 0; i < to->count; i++)
        if (gs_text_equal(to->folded[i], folded))
            return GS_OK;
    if (to->count == NAMES_MAX)
        return gs_fail(
            err, GS_LIMIT,
            "aliases: the actor has %d names already; give this one to another "
            "actor",
            NAMES_MAX);
    to->items[to->count] = name;
    to->folded[to->count++] = folded;
    return GS_OK;
}

/* The name and the aliases that it has, with room for `more`. */
static gs_code read_names(names *out, gs_intake *intake, uint64_t number, size_t more,
                          gs_error *err)
{
    gs_value name, aliases;
    size_t room;
    gs_code rc;

    GS_TRY(gs_intake_property(&name, intake, number, GS_P_NAME, err));
    GS_TRY(gs_intake_property(&aliases, intake, number, GS_P_ALIASES, err));
    room = 1 + (aliases.type == GS_LIST ? aliases.as.list.count : 0) + more;
    out->items = gs_arena_array(intake->arena, room, sizeof *out->items);
    out->folded = gs_arena_array(intake->arena, room, sizeof *out->folded);
    if (out->items == NULL || out->folded == NULL)
        return gs_fail_memory(err);
    if (name.type == GS_STRING)
        GS_TRY(add_name(out, intake, name.as.string, err));
    for (size_t i = 0; aliases.type == GS_LIST && i < aliases.as.list.count; i++)
        GS_TRY(add_name(out, intake, aliases.as.list.items[i].as.string, err));
out:
    return rc;
}

/* The aliases there are, and behind them those that the record adds: its own name too, if
 * the actor goes by another. */
static gs_code merge_aliases(bool *changed, gs_intake *intake, uint64_t number,
                             const gs_actor *actor, gs_error *err)
{
    gs_entries to = {.arena = intake->arena};
    names all = {0};
    size_t before;
    gs_code rc;

    *changed = false;
    GS_TRY(read_names(&all, intake, number, actor->aliases.count + 1, err));
    before = all.count;
    GS_TRY(add_name(&all, intake, actor->party.name, err));
    for (size_t i = 0; i < actor->aliases.count; i++)
        GS_TRY(add_name(&all, intake, actor->aliases.items[i], err));
    if (actor->aliases.count > 0)
        GS_TRY(gs_intake_met_property(intake, number, GS_P_ALIASES, err));
    if (all.count == before)
        return GS_OK;
    for (size_t i = before; i < all.count; i++)
        GS_TRY(gs_settle_later(intake, GS_OF_ACTOR, all.items[i], err));
    gs_entries_name(&to, GS_P_ALIASES,
                    gs_entries_texts(&to, all.items + 1, all.count - 1));
    GS_TRY(gs_intake_merge(changed, intake, number, &to, GS_NEWER, err));
    gs_cache_clear(intake->cache);
out:
    return rc;
}

/* Keys that are new; an id that is there stays. */
static gs_code merge_ids(bool *changed, gs_intake *intake, uint64_t number, gs_value ids,
                         gs_error *err)
{
    gs_entries all = {.arena = intake->arena}, to = {.arena = intake->arena};
    gs_value old;
    size_t before;
    gs_code rc = gs_intake_property(&old, intake, number, GS_P_IDS, err);

    *changed = false;
    if (rc != GS_OK || ids.type != GS_MAP)
        return rc;
    gs_entries_put_all(&all, old);
    before = all.count;
    for (size_t i = 0; i < ids.as.map.count; i++)
        if (gs_map_get(old, ids.as.map.entries[i].key).type == GS_NULL)
            gs_entries_put(&all, ids.as.map.entries[i].key, ids.as.map.entries[i].value);
    to.failed = all.failed;
    if (all.count == before && !all.failed)
        return GS_OK;
    gs_entries_name(&to, GS_P_IDS, gs_entries_map(&all));
    return gs_intake_merge(changed, intake, number, &to, GS_NEWER, err);
}

static gs_code merge_rest(bool *changed, gs_intake *intake, uint64_t number,
                          const gs_actor *actor, gs_error *err)
{
    gs_entries to = {.arena = intake->arena};
    gs_value at;
    gs_code rc = gs_intake_date(&at, intake, actor->at, err);

    if (rc != GS_OK)
        return rc;
    gs_entries_name(&to, GS_P_AT, at);
    gs_entries_name(&to, GS_P_BY, gs_string(actor->by));
    gs_entries_put_all(&to, actor->extra);
    return gs_intake_merge(changed, intake, number, &to, GS_FILL, err);
}

static gs_code merge_principals(bool *changed, gs_intake *intake, uint64_t number,
                                const gs_actor *actor, gs_error *err)
{
    gs_code rc = GS_OK;

    *changed = false;
    for (size_t i = 0; rc == GS_OK && i < actor->speaks_for_count; i++) {
        const gs_office *office = &actor->speaks_for[i];
        gs_party party = {.name = office->name};
        gs_meant principal;
        bool added = false;

        rc = office->identity.bytes != NULL
                 ? gs_actor_of(&principal.actor, intake, &party, office->identity, err)
                 : gs_party_resolve(&principal, intake, &party, (gs_text){0}, err);
        if (rc == GS_OK)
            rc = gs_actor_speaks_for(&added, intake, number, principal.actor,
                                     office->from, office->to, err);
        *changed = *changed || added;
    }
    return rc;
}

gs_code gs_intake_actor(gs_outcome *out, gs_intake *intake, const gs_actor *actor,
                        gs_error *err)
{
    uint64_t number;
    bool changed[5] = {0};
    bool is_new = false;
    gs_code rc = find(&number, intake, actor, err);

    if (rc == GS_END) {
        is_new = true;
        rc = gs_actor_make(&number, intake, &actor->party, actor->identity, err);
        gs_cache_clear(intake->cache);
    }
    if (rc != GS_OK)
        goto out;
    GS_TRY(merge_aliases(&changed[0], intake, number, actor, err));
    GS_TRY(merge_ids(&changed[1], intake, number, actor->ids, err));
    GS_TRY(gs_actor_complete(&changed[2], intake, number, &actor->party, err));
    GS_TRY(merge_rest(&changed[3], intake, number, actor, err));
    GS_TRY(merge_principals(&changed[4], intake, number, actor, err));
    *out = GS_KNOWN;
    for (size_t i = 0; i < sizeof changed / sizeof *changed; i++)
        if (changed[i])
            *out = GS_REVISED;
    if (is_new)
        *out = GS_NEW;
    rc = gs_support_add(intake->support, GS_ACTOR, number, err);
out:
    return rc;
}
