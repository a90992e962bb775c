#include "ingest/resolve.h"
#include "graph/base/hash.h"
#include "ingest/settle.h"
#include <stdlib.h>
#include <string.h>

#define SEPARATOR                                                                        \
    GS_TEXT(                                                                             \
        "\x1f") /* between the parts of an identity; no name holds it                \
                     */

/* By hash alone: 128 bits do not meet by chance, and the cache begins anew when full. */
enum { CACHE_SLOTS = 1 << 18 };

typedef struct slot {
    gs_hash128 key;
    gs_meant meant; /* actor 0: free */
} slot;

struct gs_cache {
    slot *slots;
    size_t count;
    uint64_t generation; /* seeds the keys: to clear is to begin the next one */
};

gs_code gs_cache_open(gs_cache **out, gs_error *err)
{
    gs_cache *cache = calloc(1, sizeof *cache);

    if (cache != NULL)
        cache->slots = calloc(CACHE_SLOTS, sizeof *cache->slots);
    if (cache == NULL || cache->slots == NULL) {
        gs_cache_close(cache);
        return gs_fail_memory(err);
    }
    *out = cache;
    return GS_OK;
}

void gs_cache_close(gs_cache *cache)
{
    if (cache == NULL)
        return;
    free(cache->slots);
    free(cache);
}

void gs_cache_clear(gs_cache *cache)
{
    cache->generation++;
}

/* The slot of a key, or the free one where it belongs. */
static slot *cache_slot(gs_cache *cache, gs_hash128 key)
{
    size_t at;

    memcpy(&at, key.bytes, sizeof at);
    for (;; at++) {
        slot *s = &cache->slots[at % CACHE_SLOTS];

        if (s->meant.actor == 0 || memcmp(&s->key, &key, sizeof key) == 0)
            return s;
    }
}

static void cache_keep(gs_cache *cache, gs_hash128 key, gs_meant meant)
{
    if (cache->count >= CACHE_SLOTS / 2) {
        memset(cache->slots, 0, CACHE_SLOTS * sizeof *cache->slots);
        cache->count = 0;
    }
    *cache_slot(cache, key) = (slot){key, meant};
    cache->count++;
}

static bool is_kind(gs_text kind, const char *word)
{
    return gs_text_equal(kind, gs_text_of(word));
}

/* A person is no state, though both be called Jordan; all else may be one and the same.
 */
static bool kinds_agree(gs_text a, gs_text b)
{
    if (a.bytes == NULL || b.bytes == NULL || is_kind(a, "unknown") ||
        is_kind(b, "unknown") || gs_text_equal(a, b))
        return true;
    return !is_kind(a, "state") && !is_kind(b, "state") && !is_kind(a, "person") &&
           !is_kind(b, "person");
}

static gs_code fold_name(gs_text *out, gs_intake *intake, gs_text name, gs_error *err)
{
    gs_text folded = gs_fold_name(intake->arena, name);

    if (folded.bytes == NULL)
        return gs_fail_memory(err);
    *out = folded;
    return GS_OK;
}

/* How well a candidate fits a name: 0 not at all. */
static gs_code rank(int *out, gs_intake *intake, uint64_t actor, gs_text folded,
                    gs_text kind, gs_error *err)
{
    const gs_snapshot *snapshot = gs_intake_snapshot(intake);
    gs_value name, its_kind, identity;
    gs_text own;
    gs_node node;
    gs_code rc;

    GS_TRY(gs_node_read(&node, snapshot, actor, err));
    GS_TRY(gs_property(&name, snapshot, node.properties, GS_P_NAME, intake->arena, err));
    GS_TRY(
        gs_property(&its_kind, snapshot, node.properties, GS_P_KIND, intake->arena, err));
    GS_TRY(gs_property(&identity, snapshot, node.properties, GS_P_IDENTITY, intake->arena,
                       err));
    *out = 0;
    if (identity.type == GS_STRING &&
        gs_text_find(identity.as.string, SEPARATOR, 0) != SIZE_MAX)
        return GS_OK; /* found by its identity alone */
    if (its_kind.type == GS_STRING && !kinds_agree(kind, its_kind.as.string))
        return GS_OK;
    *out = 1;
    if (name.type == GS_STRING) {
        GS_TRY(fold_name(&own, intake, name.as.string, err));
        *out += gs_text_equal(own, folded) ? 2 : 0;
    }
    *out += its_kind.type == GS_STRING && is_kind(its_kind.as.string, "state");
out:
    return rc;
}

gs_code gs_actor_find(uint64_t *out, gs_intake *intake, gs_text name, gs_text kind,
                      gs_error *err)
{
    uint64_t *found, best = 0;
    size_t count;
    int fits, best_fits = 0;
    gs_text folded;
    gs_code rc;

    GS_TRY(fold_name(&folded, intake, name, err));
    GS_TRY(gs_index_find(&found, &count, gs_intake_snapshot(intake), GS_BY_NAME, name,
                         intake->arena, err));
    for (size_t i = 0; i < count; i++) {
        GS_TRY(rank(&fits, intake, found[i], folded, kind, err));
        if (fits > best_fits) {
            best_fits = fits;
            best = found[i];
        }
    }
    if (best == 0)
        return GS_END;
    *out = best;
out:
    return rc;
}

static void put_state(gs_entries *to, const gs_state *state)
{
    gs_entry *code = gs_arena_take(to->arena, sizeof *code);

    gs_entries_name(to, GS_P_ALIASES,
                    gs_entries_texts(to, state->aliases, state->alias_count));
    to->failed = to->failed || code == NULL;
    if (to->failed || state->code.bytes == NULL)
        return;
    *code = (gs_entry){GS_TEXT("iso3166"), gs_string(state->code)};
    gs_entries_name(to, GS_P_IDS, gs_map(code, 1));
}

static gs_code make(uint64_t *out, gs_intake *intake, gs_text name, gs_text kind,
                    gs_text role, gs_text identity, const gs_state *state, gs_error *err)
{
    const uint32_t label = GS_ACTOR;
    gs_entries to = {.arena = intake->arena};
    gs_code rc;

    if (identity.bytes == NULL) {
        rc = fold_name(&identity, intake, name, err);
        if (rc != GS_OK)
            return rc;
    }
    rc = gs_batch_recall(out, intake->batch, GS_BY_IDENTITY, label, identity,
                         intake->arena, err);
    if (rc != GS_END)
        return rc;
    gs_entries_name(&to, GS_P_NAME, gs_string(name));
    gs_entries_name(&to, GS_P_KIND,
                    gs_string(kind.bytes == NULL ? GS_TEXT("unknown") : kind));
    gs_entries_name(&to, GS_P_ROLE, gs_string(role));
    gs_entries_name(&to, GS_P_IDENTITY, gs_string(identity));
    if (state != NULL)
        put_state(&to, state);
    if (to.failed)
        return gs_fail_memory(err);
    GS_TRY(gs_batch_node(out, intake->batch, &label, 1, gs_entries_map(&to), err));
    GS_TRY(gs_settle_later(intake, GS_OF_ACTOR, name, err));
    for (size_t i = 0; state != NULL && i < state->alias_count; i++)
        GS_TRY(gs_settle_later(intake, GS_OF_ACTOR, state->aliases[i], err));
out:
    return rc;
}

gs_code gs_actor_make(uint64_t *out, gs_intake *intake, const gs_party *party,
                      gs_text identity, gs_error *err)
{
    const gs_state *state = NULL;
    gs_code rc;

    if (identity.bytes == NULL && kinds_agree(party->kind, GS_TEXT("state")))
        state = gs_state_find(intake->directory, party->name);
    if (state == NULL)
        return make(out, intake, party->name, party->kind, party->role, identity, NULL,
                    err);
    /* The state may be there already, without the alias by which it was now called. */
    rc = gs_actor_find(out, intake, state->name, GS_TEXT("state"), err);
    if (rc != GS_END)
        return rc;
    return make(out, intake, state->name, GS_TEXT("state"), (gs_text){0}, (gs_text){0},
                state, err);
}

/* Of two kinds that may be one and the same, the one that says more. */
static int weight(gs_text kind)
{
    static const char *const kinds[] = {"unknown", "unnamed", "organisation", "group",
                                        "office",  "outlet",  "person",       "state"};

    for (int i = 0; i < (int)(sizeof kinds / sizeof *kinds); i++)
        if (is_kind(kind, kinds[i]))
            return i;
    return -1;
}

gs_code gs_actor_complete(bool *changed, gs_intake *intake, uint64_t actor,
                          const gs_party *party, gs_error *err)
{
    gs_entries kind = {.arena = intake->arena}, role = {.arena = intake->arena};
    gs_value old;
    bool changes[2] = {0};
    gs_code rc;

    GS_TRY(gs_intake_property(&old, intake, actor, GS_P_KIND, err));
    if (weight(party->kind) > (old.type == GS_STRING ? weight(old.as.string) : -1))
        gs_entries_name(&kind, GS_P_KIND, gs_string(party->kind));
    else if (old.type == GS_STRING && gs_text_equal(party->kind, old.as.string))
        GS_TRY(gs_intake_met_property(intake, actor, GS_P_KIND, err));
    GS_TRY(gs_intake_merge(&changes[0], intake, actor, &kind, GS_NEWER, err));
    gs_entries_name(&role, GS_P_ROLE, gs_string(party->role));
    GS_TRY(gs_intake_merge(&changes[1], intake, actor, &role, GS_LARGER, err));
    *changed = changes[0] || changes[1];
out:
    return rc;
}

static gs_code complete(gs_intake *intake, uint64_t actor, const gs_party *party,
                        gs_error *err)
{
    bool changed;

    return gs_actor_complete(&changed, intake, actor, party, err);
}

/* By name, made where there is none. */
static gs_code find_or_make(uint64_t *out, gs_intake *intake, const gs_party *party,
                            gs_error *err)
{
    gs_code rc = gs_actor_find(out, intake, party->name, party->kind, err);

    if (rc == GS_END)
        return gs_actor_make(out, intake, party, (gs_text){0}, err);
    return rc == GS_OK ? complete(intake, *out, party, err) : rc;
}

gs_code gs_actor_speaks_for(bool *added, gs_intake *intake, uint64_t actor,
                            uint64_t principal, gs_text from, gs_text to, gs_error *err)
{
    gs_entries properties = {.arena = intake->arena};
    gs_timeline *timeline = NULL;
    const uint32_t type = GS_SPEAKS_FOR;
    gs_value first, last, old_first, old_last;
    gs_hop hop;
    gs_edge edge;
    uint64_t number;
    const gs_snapshot *snapshot = gs_intake_snapshot(intake);
    gs_code rc;

    *added = false;
    if (actor == principal)
        return GS_OK;
    GS_TRY(gs_intake_date(&first, intake, from, err));
    GS_TRY(gs_intake_date(&last, intake, to, err));
    GS_TRY(gs_timeline_open(&timeline, snapshot, actor, &type, 1, GS_OUT, GS_WINDOW_ALL,
                            err));
    while ((rc = gs_timeline_next(&hop, timeline, err)) == GS_OK) {
        if (hop.neighbour != principal)
            continue;
        GS_TRY(gs_edge_read(&edge, snapshot, hop.edge, err));
        GS_TRY(gs_property(&old_first, snapshot, edge.properties, GS_P_FROM,
                           intake->arena, err));
        GS_TRY(gs_property(&old_last, snapshot, edge.properties, GS_P_TO, intake->arena,
                           err));
        if (gs_value_same(old_first, first) && gs_value_same(old_last, last)) {
            rc = gs_support_add(intake->support, 0, hop.edge, err);
            goto out;
        }
    }
    if (rc != GS_END)
        goto out;
    gs_timeline_close(timeline);
    timeline = NULL;
    if (first.type == GS_NULL && last.type == GS_NULL) {
        rc = gs_batch_recall_edge(&hop, intake->batch, actor, type, principal, err);
        *added = rc == GS_OK;
        if (rc != GS_END)
            goto out;
    }
    gs_entries_name(&properties, GS_P_FROM, first);
    gs_entries_name(&properties, GS_P_TO, last);
    if (properties.failed)
        return gs_fail_memory(err);
    *added = true;
    rc = gs_batch_edge(&number, intake->batch, type, actor, principal,
                       first.type == GS_DATE ? first.as.date : NULL,
                       gs_entries_map(&properties), err);
    if (rc == GS_OK && intake->linker != NULL)
        rc = gs_linker_touch_actor(intake->linker, actor, err);
out:
    gs_timeline_close(timeline);
    return rc;
}

/* "foreign ministry": a body named by what it is, not by a name of its own. */
static bool is_small(gs_text name)
{
    size_t at = 0;
    int32_t point;

    while ((point = gs_utf8_next(name, &at)) >= 0)
        if (gs_point_is_upper(point))
            return false;
    return true;
}

/* Whether its name is the name of many, of whom its principal tells which. */
static bool is_one_of_many(const gs_party *party)
{
    if (is_kind(party->kind, "office"))
        return true;
    return (party->kind.bytes == NULL || is_kind(party->kind, "unknown") ||
            is_kind(party->kind, "organisation")) &&
           is_small(party->name);
}

/* Folded name, its principal's identity, and its place if it is unnamed. Missing for one
 * that its name alone finds. */
static gs_code identity_of(gs_text *out, gs_intake *intake, const gs_party *party,
                           uint64_t principal, gs_text place, gs_error *err)
{
    bool unnamed = is_kind(party->kind, "unnamed");
    gs_text parts[4];
    gs_value above;
    size_t count = 0;
    gs_code rc = GS_OK;

    *out = (gs_text){0};
    if (!unnamed && (principal == 0 || !is_one_of_many(party)))
        return GS_OK;
    GS_TRY(fold_name(&parts[count++], intake, party->name, err));
    if (principal != 0) {
        GS_TRY(gs_intake_property(&above, intake, principal, GS_P_IDENTITY, err));
        if (above.type == GS_STRING)
            parts[count++] = above.as.string;
    }
    if (unnamed) {
        parts[count++] = GS_TEXT("");
        parts[count++] = place;
    }
    *out = gs_text_join(intake->arena, parts, count, SEPARATOR);
    if (out->bytes == NULL)
        return gs_fail_memory(err);
out:
    return rc;
}

/* A party whose principal is known (0: it has none). */
static gs_code resolve_one(uint64_t *out, gs_intake *intake, const gs_party *party,
                           uint64_t principal, gs_text place, gs_error *err)
{
    gs_text identity;
    bool added;
    gs_code rc;

    GS_TRY(identity_of(&identity, intake, party, principal, place, err));
    if (identity.bytes == NULL)
        GS_TRY(find_or_make(out, intake, party, err));
    else
        GS_TRY(gs_actor_of(out, intake, party, identity, err));
    if (principal != 0)
        rc = gs_actor_speaks_for(&added, intake, *out, principal, (gs_text){0},
                                 (gs_text){0}, err);
out:
    return rc;
}

gs_code gs_actor_of(uint64_t *out, gs_intake *intake, const gs_party *party,
                    gs_text identity, gs_error *err)
{
    gs_code rc = gs_intake_recall(out, intake, GS_BY_IDENTITY, GS_ACTOR, identity, err);

    if (rc == GS_END)
        return gs_actor_make(out, intake, party, identity, err);
    return rc == GS_OK ? complete(intake, *out, party, err) : rc;
}

/* A group speaks for each of its members itself. */
static gs_code resolve_group(uint64_t *out, gs_intake *intake, const gs_party *party,
                             gs_text place, gs_error *err)
{
    uint64_t member;
    bool added;
    gs_code rc = resolve_one(out, intake, party, 0, place, err);

    for (size_t i = 0; rc == GS_OK && i < party->speaks_for_count; i++) {
        gs_party named = {.name = party->speaks_for[i]};

        rc = resolve_one(&member, intake, &named, 0, place, err);
        if (rc == GS_OK)
            rc = gs_actor_speaks_for(&added, intake, *out, member, (gs_text){0},
                                     (gs_text){0}, err);
    }
    return rc;
}

/* A chain is walked from its far end: each link is known by what is above it. */
static gs_code resolve_new(uint64_t *out, gs_intake *intake, const gs_party *party,
                           gs_text place, gs_error *err)
{
    uint64_t principal = 0;
    gs_code rc = GS_OK;

    if (is_kind(party->kind, "group"))
        return resolve_group(out, intake, party, place, err);
    for (size_t i = party->speaks_for_count; rc == GS_OK && i-- > 0;) {
        gs_party link = {.name = party->speaks_for[i]};
        uint64_t above = principal;

        rc = resolve_one(&principal, intake, &link, above, place, err);
    }
    if (rc == GS_OK)
        rc = resolve_one(out, intake, party, principal, place, err);
    return rc;
}

static gs_code party_key(gs_hash128 *out, gs_intake *intake, const gs_party *party,
                         gs_text place, gs_error *err)
{
    const uint64_t seed = 2 * intake->cache->generation;
    size_t count = party->speaks_for_count + 4;
    gs_text *parts, key;

    if (party->kind.bytes == NULL && party->role.bytes == NULL && count == 4) {
        *out = gs_hash_text(seed, party->name);
        return GS_OK;
    }
    parts = gs_arena_array(intake->arena, count, sizeof *parts);
    if (parts == NULL)
        return gs_fail_memory(err);
    parts[0] = party->name;
    parts[1] = party->kind;
    parts[2] = party->role;
    parts[3] = is_kind(party->kind, "unnamed") ? place : (gs_text){0};
    if (party->speaks_for_count > 0)
        memcpy(parts + 4, party->speaks_for, party->speaks_for_count * sizeof *parts);
    key = gs_text_join(intake->arena, parts, count, SEPARATOR);
    if (key.bytes == NULL)
        return gs_fail_memory(err);
    *out = gs_hash_text(seed + 1, key);
    return GS_OK;
}

gs_code gs_party_resolve(gs_meant *out, gs_intake *intake, const gs_party *party,
                         gs_text place, gs_error *err)
{
    gs_hash128 key;
    gs_value name;
    gs_meant meant = {0};
    slot *known;
    gs_code rc = party_key(&key, intake, party, place, err);

    if (rc != GS_OK)
        return rc;
    known = cache_slot(intake->cache, key);
    if (known->meant.actor != 0) {
        *out = known->meant;
        return GS_OK;
    }
    GS_TRY(resolve_new(&meant.actor, intake, party, place, err));
    GS_TRY(gs_intake_property(&name, intake, meant.actor, GS_P_NAME, err));
    meant.literally =
        name.type == GS_STRING && gs_text_equal(name.as.string, party->name);
    cache_keep(intake->cache, key, meant);
    *out = meant;
out:
    return rc;
}
