/* What rulings say of two: that they are one, that one answers the other, or not. */
#include "graph/version.h"
#include "ingest/resolve.h"
#include "ingest/settle.h"

/* Two that a ruling names, where both are there. */
typedef struct pair {
    gs_intake *intake;
    gs_subject subject;
    bool answers; /* the first the second; else they are the same or not */
    uint64_t a, b;
    uint32_t type; /* of the edge that a yes makes */
    gs_verdict verdict;
    gs_text reason;
} pair;

static gs_code find(uint64_t *out, gs_intake *intake, gs_subject subject, gs_text name,
                    gs_error *err)
{
    gs_text folded;

    if (subject == GS_OF_STATEMENT)
        return gs_heir_find(out, intake, name, err);
    if (subject == GS_OF_ACTOR)
        return gs_actor_find(out, intake, name, (gs_text){0}, err);
    folded = gs_fold(intake->arena, name);
    if (folded.bytes == NULL)
        return gs_fail_memory(err);
    return gs_intake_find(out, intake, GS_BY_IDENTITY, GS_PROPOSITION, folded, err);
}

static bool is_of_pair(const pair *p, uint32_t type)
{
    return p->answers ? gs_is_answer(type) : type == GS_SAME_AS;
}

typedef struct between {
    struct joint {
        gs_hop hop;
        gs_author author;
        bool ended; /* itself */
    } * items;
    size_t count, room;
} between;

/* The edges from one to the other, ended or not. */
static gs_code read_edges(between *out, const pair *p, uint64_t from, uint64_t to,
                          gs_error *err)
{
    const gs_snapshot *ever = gs_batch_ever(p->intake->batch);
    gs_timeline *timeline = NULL;
    gs_edge edge;
    gs_hop hop;
    gs_code rc;

    GS_TRY(gs_timeline_open(&timeline, ever, from, NULL, 0, GS_OUT, GS_WINDOW_ALL, err));
    while ((rc = gs_timeline_next(&hop, timeline, err)) == GS_OK) {
        struct joint one = {.hop = hop};

        if (hop.neighbour != to || !is_of_pair(p, hop.type))
            continue;
        GS_TRY(gs_end_covers(&one.ended, gs_intake_snapshot(p->intake), hop.edge, err));
        GS_TRY(gs_edge_read(&edge, ever, hop.edge, err));
        GS_TRY(gs_edge_author(&one.author, ever, &edge, p->intake->arena, err));
        out->items = gs_arena_grow(p->intake->arena, out->items, out->count, &out->room,
                                   sizeof one);
        if (out->items == NULL) {
            rc = gs_fail_memory(err);
            goto out;
        }
        out->items[out->count++] = one;
    }
    rc = rc == GS_END ? GS_OK : rc;
out:
    gs_timeline_close(timeline);
    return rc;
}

/* A record says so itself: a yes needs no edge of its own. */
static bool is_stated(const pair *p, const between *all)
{
    for (size_t i = 0; i < all->count; i++)
        if (all->items[i].author == GS_BY_RECORD && !all->items[i].hop.inferred &&
            all->items[i].hop.type == p->type)
            return true;
    return false;
}

/* Whether an edge is to be there, as the verdict has it. One that a record gave and that
 * ended because another record gave more stays so. */
static bool stands(const pair *p, const between *all, const struct joint *one, bool ours)
{
    if (one->author == GS_BY_DECISION)
        return p->verdict == GS_RULED_YES && one->hop.type == p->type && !ours &&
               !is_stated(p, all);
    if (one->author == GS_BY_LINKER)
        return !one->ended && p->verdict == GS_UNRULED;
    if (p->verdict == GS_RULED_NO)
        return false;
    for (size_t i = 0; one->ended && i < all->count; i++)
        if (&all->items[i] != one && all->items[i].author == GS_BY_RECORD &&
            (!all->items[i].ended || &all->items[i] > one))
            return false;
    return true;
}

static gs_code make(const pair *p, gs_error *err)
{
    gs_entries to = {.arena = p->intake->arena};
    gs_value date = gs_null;
    uint64_t number;
    gs_code rc = GS_OK;

    if (p->subject == GS_OF_STATEMENT)
        rc = gs_intake_property(&date, p->intake, p->a, GS_P_DATE, err);
    if (rc != GS_OK)
        return rc;
    gs_entries_name(&to, GS_P_BY, gs_string(GS_DECISION_NAME));
    gs_entries_name(&to, GS_P_RULE, gs_string(p->reason));
    if (to.failed)
        return gs_fail_memory(err);
    return gs_batch_edge(&number, p->intake->batch, p->type, p->a, p->b,
                         date.type == GS_DATE ? date.as.date : NULL, gs_entries_map(&to),
                         err);
}

static gs_code touch(const pair *p, gs_error *err)
{
    gs_code rc = GS_OK;

    if (p->intake->linker == NULL || p->subject == GS_OF_PROPOSITION)
        return GS_OK;
    if (p->subject == GS_OF_ACTOR) {
        rc = gs_linker_touch_actor(p->intake->linker, p->a, err);
        return rc == GS_OK ? gs_linker_touch_actor(p->intake->linker, p->b, err) : rc;
    }
    rc = gs_linker_touch(p->intake->linker, p->a, true, err);
    return rc == GS_OK ? gs_linker_touch(p->intake->linker, p->b, true, err) : rc;
}

static gs_code reconcile(const pair *p, gs_error *err)
{
    between all = {0};
    bool ours = false, changed = false;
    gs_code rc;

    GS_TRY(read_edges(&all, p, p->a, p->b, err));
    if (!p->answers)
        GS_TRY(read_edges(&all, p, p->b, p->a, err));
    for (size_t i = 0; i < all.count; i++) {
        const struct joint *one = &all.items[i];
        bool there = stands(p, &all, one, ours);

        ours = ours || (there && one->author == GS_BY_DECISION);
        if (there == !one->ended)
            continue;
        changed = true;
        GS_TRY(there ? gs_batch_revive(p->intake->batch, one->hop.edge, err)
                     : gs_batch_end(p->intake->batch, one->hop.edge, err));
    }
    if (p->verdict == GS_RULED_YES && !ours && !is_stated(p, &all)) {
        changed = true;
        GS_TRY(make(p, err));
    }
    rc = changed || p->verdict != GS_UNRULED ? touch(p, err) : GS_OK;
out:
    return rc;
}

/* By what makes a node the same one. */
static gs_code name_of(gs_text *out, const pair *p, uint64_t node, gs_error *err)
{
    gs_value name;
    gs_code rc =
        gs_intake_property(&name, p->intake, node,
                           p->subject == GS_OF_STATEMENT ? GS_P_ID : GS_P_IDENTITY, err);

    *out = rc == GS_OK && name.type == GS_STRING ? name.as.string : (gs_text){0};
    return rc;
}

/* Who are the same have one edge, from the larger to the smaller, whoever was named
 * first. */
static gs_code order(pair *p, gs_error *err)
{
    uint64_t number = p->a;
    gs_text a, b;
    gs_code rc;

    GS_TRY(name_of(&a, p, p->a, err));
    GS_TRY(name_of(&b, p, p->b, err));
    if (gs_text_compare(a, b) < 0) {
        p->a = p->b;
        p->b = number;
    }
out:
    return rc;
}

static gs_code answer_type(pair *p, gs_error *err)
{
    const gs_kind *kind = NULL;
    gs_value value;
    gs_code rc = gs_intake_property(&value, p->intake, p->a, GS_P_KIND, err);

    if (rc == GS_OK && value.type == GS_STRING)
        kind = gs_kind_of(value.as.string);
    p->type = kind == NULL ? 0 : kind->answers;
    return rc;
}

static gs_code settle_pair(gs_intake *intake, const gs_rulings *rulings,
                           const gs_ruling *ruling, gs_error *err)
{
    pair p = {.intake = intake,
              .subject = gs_subject_of(ruling->about),
              .answers = gs_text_equal(ruling->about, GS_TEXT("answers")),
              .type = GS_SAME_AS,
              .reason = ruling->reason};
    gs_text a = ruling->a, b = ruling->b;
    gs_code rc = find(&p.a, intake, p.subject, a, err);

    if (rc == GS_OK)
        rc = find(&p.b, intake, p.subject, b, err);
    if (rc != GS_OK || p.a == p.b)
        return rc == GS_END ? GS_OK : rc;
    GS_TRY(gs_rulings_on(&p.verdict, rulings, ruling->about, a, b, intake->arena, err));
    GS_TRY(p.answers ? answer_type(&p, err) : order(&p, err));
    rc = p.type == 0 ? GS_OK : reconcile(&p, err);
out:
    return rc;
}

/* The last ruling on each pair: the others are taken into account by it. */
static gs_code is_last(bool *out, const gs_rulings *rulings, size_t at, gs_arena *arena,
                       gs_error *err)
{
    const gs_ruling *one = &rulings->items[at];
    const gs_rulings rest = {rulings->items + at + 1, rulings->count - at - 1};
    gs_rulings here;
    gs_verdict verdict;
    gs_code rc = GS_OK;

    *out = true;
    for (size_t i = 0; rc == GS_OK && *out && i < rest.count; i++) {
        gs_ruling yes = rest.items[i];

        yes.decided = GS_TEXT("yes");
        here = (gs_rulings){&yes, 1};
        rc = gs_rulings_on(&verdict, &here, one->about, one->a, one->b, arena, err);
        *out = verdict == GS_UNRULED;
    }
    return rc;
}

gs_code gs_settle_pairs(gs_intake *intake, gs_subject subject, gs_text name,
                        gs_error *err)
{
    gs_rulings rulings, all;
    bool last;
    gs_code rc;

    GS_TRY(gs_rulings_find(&rulings, gs_intake_snapshot(intake), subject, name,
                           intake->arena, err));
    all = rulings; /* those of a run that was taken back leave something to end */
    if (gs_snapshot_hides(gs_intake_snapshot(intake)))
        GS_TRY(gs_rulings_find(&all, gs_batch_whole(intake->batch), subject, name,
                               intake->arena, err));
    for (size_t i = 0; i < all.count; i++) {
        if (all.items[i].withdraws || all.items[i].b.bytes == NULL ||
            gs_subject_of(all.items[i].about) != subject ||
            gs_text_equal(all.items[i].about, GS_TEXT("correct")))
            continue;
        GS_TRY(is_last(&last, &all, i, intake->arena, err));
        if (last)
            GS_TRY(settle_pair(intake, &rulings, &all.items[i], err));
    }
out:
    return rc;
}
