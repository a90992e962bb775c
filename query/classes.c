#include "query/classes.h"

#include "graph/timeline.h"
#include "query/compare.h"
#include "query/links.h"
#include "query/reported.h"

enum { ALONE_CACHED = 4096 };

typedef struct slot {
    uint64_t node; /* 0 is free */
    gs_class *class;
} slot;

struct gs_classes {
    gs_arena arena;
    gs_timeline *timeline;
    slot *slots; /* of all members that are known, hashed by number */
    size_t count, room;
    uint64_t alone[ALONE_CACHED]; /* nodes seen to be alone, by number */
};

static gs_code is_last_commit(bool *out, const gs_run *run, gs_error *err)
{
    gs_commit next;
    gs_code rc =
        gs_commit_read(&next, run->snapshot, gs_snapshot_commit(run->snapshot) + 1, err);

    *out = rc == GS_END;
    return rc == GS_END ? GS_OK : rc;
}

/* Counts are those of the last commit: an older one may have what is no more. */
gs_code gs_classes_open(gs_run *run, gs_error *err)
{
    bool last;
    gs_code rc;

    if (run->settings.unmerged)
        return GS_OK;
    GS_TRY(is_last_commit(&last, run, err));
    if (last && gs_count_edges(run->snapshot, GS_SAME_AS) == 0)
        return GS_OK;
    run->classes = gs_arena_take(&run->arena, sizeof *run->classes);
    if (run->classes == NULL)
        return gs_fail_memory(err);
    run->classes->arena.budget = &run->budget;
out:
    return rc;
}

void gs_classes_forget(gs_run *run)
{
    gs_classes *c = run->classes;

    if (c == NULL)
        return;
    gs_arena_reset(&c->arena);
    c->slots = NULL;
    c->count = c->room = 0;
    for (size_t i = 0; i < ALONE_CACHED; i++)
        c->alone[i] = 0;
}

void gs_classes_close(gs_run *run)
{
    if (run->classes == NULL)
        return;
    gs_timeline_close(run->classes->timeline);
    gs_arena_free(&run->classes->arena);
}

static slot *slot_of(const gs_classes *c, uint64_t node)
{
    size_t at = (size_t)(node * UINT64_C(0x9e3779b97f4a7c15) >> 20) & (c->room - 1);

    while (c->slots[at].node != 0 && c->slots[at].node != node)
        at = (at + 1) & (c->room - 1);
    return &c->slots[at];
}

static gs_code widen(gs_classes *c, gs_error *err)
{
    slot *old = c->slots;
    size_t room = c->room;

    if (c->count * 2 < room)
        return GS_OK;
    c->room = room > 0 ? room * 2 : 64;
    c->slots = gs_arena_array(&c->arena, c->room, sizeof *c->slots);
    if (c->slots == NULL)
        return gs_fail_memory(err);
    for (size_t i = 0; i < room; i++)
        if (old[i].node != 0)
            *slot_of(c, old[i].node) = old[i];
    return GS_OK;
}

static gs_code add_member(gs_classes *c, gs_class *class, uint64_t node, gs_error *err)
{
    gs_code rc;

    GS_TRY(widen(c, err));
    if (slot_of(c, node)->node != 0)
        return GS_OK;
    *slot_of(c, node) = (slot){node, class};
    c->count++;
    class->members = gs_arena_grow(&c->arena, class->members, class->count, &class->room,
                                   sizeof *class->members);
    if (class->members == NULL)
        return gs_fail_memory(err);
    class->members[class->count++] = node;
out:
    return rc;
}

static gs_code look(gs_classes *c, gs_run *run, uint64_t node, gs_error *err)
{
    static const uint32_t types[] = {GS_SAME_AS};

    if (c->timeline != NULL)
        return gs_timeline_reset(c->timeline, node, err);
    return gs_timeline_open(&c->timeline, run->snapshot, node, types, 1, GS_BOTH,
                            GS_WINDOW_ALL, err);
}

/* The next node that is the same as the one looked at, as far as it is to be seen. */
static gs_code next_same(uint64_t *out, gs_classes *c, gs_run *run, gs_error *err)
{
    bool seen = false;
    gs_hop hop;
    gs_code rc = GS_OK;

    while (!seen) {
        GS_TRY(gs_run_tick(run, err));
        GS_TRY(gs_timeline_next(&hop, c->timeline, err));
        if (!hop.inferred || !run->settings.stated_only)
            GS_TRY(gs_seen(&seen, run, hop.neighbour, err));
    }
    *out = hop.neighbour;
out:
    return rc;
}

/* What decides between two members. */
typedef struct candidate {
    bool first; /* quotes, or is a state */
    gs_text id; /* missing: it has none */
    bool dated;
    gs_edtf date;
} candidate;

static gs_code consider(candidate *out, gs_run *run, uint64_t node, gs_arena *arena,
                        gs_error *err)
{
    const gs_node *record;
    gs_value id, quote, kind, date;
    bool actor;
    gs_code rc;

    GS_TRY(gs_run_node(&record, run, node, err));
    actor = gs_node_has_label(record, GS_ACTOR);
    GS_TRY(gs_property(&id, run->snapshot, record->properties,
                       gs_node_has_label(record, GS_STATEMENT) ? GS_P_ID : GS_P_IDENTITY,
                       arena, err));
    GS_TRY(
        gs_property(&quote, run->snapshot, record->properties, GS_P_QUOTE, arena, err));
    GS_TRY(gs_property(&kind, run->snapshot, record->properties, GS_P_KIND, arena, err));
    GS_TRY(gs_property(&date, run->snapshot, record->properties, GS_P_DATE, arena, err));
    *out = (candidate){.id = id.type == GS_STRING ? id.as.string : (gs_text){0}};
    if (actor)
        out->first =
            kind.type == GS_STRING && gs_text_equal(kind.as.string, GS_TEXT("state"));
    else
        out->first = quote.type == GS_BOOLEAN && quote.as.boolean;
    out->dated = gs_read_date(&out->date, date);
out:
    return rc;
}

/* The same between members of one class and edges of one bundle: the narrower interval,
 * then the earlier. */
bool gs_date_is_better(int64_t earliest, int64_t latest, int64_t than_earliest,
                       int64_t than_latest)
{
    bool open = earliest == GS_EDTF_OPEN_START || latest == GS_EDTF_OPEN_END;
    bool than_open =
        than_earliest == GS_EDTF_OPEN_START || than_latest == GS_EDTF_OPEN_END;
    bool undated = earliest == GS_EDTF_OPEN_START && latest == GS_EDTF_OPEN_END;
    bool than_undated =
        than_earliest == GS_EDTF_OPEN_START && than_latest == GS_EDTF_OPEN_END;

    if (undated || than_undated)
        return !undated;
    if (open != than_open)
        return than_open;
    if (!open && latest - earliest != than_latest - than_earliest)
        return latest - earliest < than_latest - than_earliest;
    return earliest != than_earliest ? earliest < than_earliest : latest < than_latest;
}

static bool is_chosen_before(const candidate *a, uint64_t a_node, const candidate *b,
                             uint64_t b_node)
{
    int order;

    if (a->first != b->first)
        return a->first;
    if ((a->id.bytes == NULL) != (b->id.bytes == NULL))
        return a->id.bytes != NULL;
    order = a->id.bytes == NULL ? 0 : gs_text_compare(a->id, b->id);
    return order != 0 ? order < 0 : a_node < b_node;
}

/* The better date; of equal intervals that of the member that is chosen before. */
static bool dates_before(const candidate *a, uint64_t node, const candidate *b,
                         uint64_t other)
{
    if (gs_date_is_better(a->date.earliest, a->date.latest, b->date.earliest,
                          b->date.latest))
        return true;
    return !gs_date_is_better(b->date.earliest, b->date.latest, a->date.earliest,
                              a->date.latest) &&
           is_chosen_before(a, node, b, other);
}

static gs_code choose(gs_class *class, gs_run *run, gs_error *err)
{
    gs_arena arena = {.budget = &run->budget};
    candidate best = {0}, dated = {0}, one;
    gs_code rc = GS_OK;

    for (size_t i = 0; i < class->count; i++) {
        uint64_t node = class->members[i];

        GS_TRY(consider(&one, run, node, &arena, err));
        if (class->chosen == 0 || is_chosen_before(&one, node, &best, class->chosen)) {
            best = one;
            class->chosen = node;
        }
        if (one.dated &&
            (class->dated == 0 || dates_before(&one, node, &dated, class->dated))) {
            dated = one;
            class->dated = node;
        }
    }
out:
    gs_arena_free(&arena);
    return rc;
}

/* The class that a node and the first that is the same as it belong to. */
static gs_code collect(gs_class *class, gs_run *run, uint64_t node, uint64_t same,
                       gs_error *err)
{
    gs_classes *c = run->classes;
    gs_code rc;

    GS_TRY(add_member(c, class, node, err));
    GS_TRY(add_member(c, class, same, err));
    for (size_t i = 0; i < class->count; i++) {
        GS_TRY(look(c, run, class->members[i], err));
        while ((rc = next_same(&same, c, run, err)) == GS_OK)
            GS_TRY(add_member(c, class, same, err));
        if (rc != GS_END)
            goto out;
    }
    rc = choose(class, run, err);
out:
    return rc;
}

/* GS_END where a node is alone, or not to be seen at all. */
static gs_code first_same(uint64_t *out, gs_run *run, uint64_t node, gs_error *err)
{
    bool seen;
    gs_code rc;

    GS_TRY(gs_seen(&seen, run, node, err));
    if (!seen)
        return GS_END;
    GS_TRY(look(run->classes, run, node, err));
    do
        rc = next_same(out, run->classes, run, err);
    while (rc == GS_OK && *out == node);
out:
    return rc;
}

gs_code gs_class_of(const gs_class **out, gs_run *run, uint64_t node, gs_error *err)
{
    gs_classes *c = run->classes;
    gs_class *class;
    uint64_t same = node;
    gs_code rc;

    *out = NULL;
    if (c == NULL || c->alone[node % ALONE_CACHED] == node)
        return GS_OK;
    if (c->room > 0 && slot_of(c, node)->node != 0) {
        *out = slot_of(c, node)->class;
        return GS_OK;
    }
    rc = first_same(&same, run, node, err);
    if (rc == GS_END) {
        c->alone[node % ALONE_CACHED] = node;
        return GS_OK;
    }
    GS_TRY(rc);
    class = gs_arena_take(&c->arena, sizeof *class);
    if (class == NULL)
        return gs_fail_memory(err);
    GS_TRY(collect(class, run, node, same, err));
    *out = class;
    return GS_OK;
out:
    gs_classes_forget(run); /* a class may be half known */
    return rc;
}

gs_code gs_class_number(uint64_t *out, gs_run *run, uint64_t node, gs_error *err)
{
    const gs_class *class;
    gs_code rc = gs_class_of(&class, run, node, err);

    if (rc == GS_OK)
        *out = class != NULL ? class->chosen : node;
    return rc;
}
