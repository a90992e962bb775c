#include "ingest/settle.h"
#include "graph/reopen.h"
#include "graph/version.h"
#include "ingest/links.h"
#include "ingest/reading.h"
#include <stdlib.h>

enum { ROUNDS = 64 }; /* of what settles because something else did */

gs_code gs_settle_later(gs_intake *intake, gs_subject subject, gs_text name,
                        gs_error *err)
{
    gs_unsettled *all = &intake->unsettled;

    if (!intake->ruled || name.bytes == NULL)
        return GS_OK;
    if (all->count == all->room) {
        size_t room = all->room == 0 ? 64 : 2 * all->room;
        gs_unsettled_item *grown = reallocarray(all->items, room, sizeof *grown);

        if (grown == NULL)
            return gs_fail_memory(err);
        all->items = grown;
        all->room = room;
    }
    name = gs_text_copy(&all->arena, name);
    if (name.bytes == NULL)
        return gs_fail_memory(err);
    all->items[all->count++] = (gs_unsettled_item){(char)subject, name};
    return GS_OK;
}

/* Whether the statement or all the documents that report it are withdrawn. */
static gs_code is_withdrawn(bool *out, gs_intake *intake, const gs_rulings *rulings,
                            uint64_t base, gs_error *err)
{
    static const uint32_t type = GS_REPORTED_IN;
    const gs_snapshot *ever = gs_batch_ever(intake->batch);
    gs_timeline *timeline = NULL;
    size_t documents = 0, gone = 0;
    gs_rulings its;
    gs_value identity;
    gs_node node;
    gs_hop hop;
    gs_code rc;

    *out = gs_rulings_withdrawn(rulings);
    if (*out)
        return GS_OK;
    GS_TRY(gs_timeline_open(&timeline, ever, base, &type, 1, GS_OUT, GS_WINDOW_ALL, err));
    while ((rc = gs_timeline_next(&hop, timeline, err)) == GS_OK) {
        documents++;
        GS_TRY(gs_node_read(&node, ever, hop.neighbour, err));
        GS_TRY(gs_property(&identity, ever, node.properties, GS_P_IDENTITY, intake->arena,
                           err));
        if (identity.type != GS_STRING)
            continue;
        GS_TRY(gs_rulings_find(&its, gs_intake_snapshot(intake), GS_OF_DOCUMENT,
                               identity.as.string, intake->arena, err));
        gone += gs_rulings_withdrawn(&its);
    }
    rc = rc == GS_END ? GS_OK : rc;
    *out = documents > 0 && gone == documents;
out:
    gs_timeline_close(timeline);
    return rc;
}

typedef struct hops {
    gs_hop *items;
    size_t count, room;
} hops;

static gs_code read_hops(hops *out, gs_intake *intake, const gs_snapshot *snapshot,
                         uint64_t node, gs_direction direction, gs_error *err)
{
    gs_timeline *timeline = NULL;
    gs_hop hop;
    gs_code rc = gs_timeline_open(&timeline, snapshot, node, NULL, 0, direction,
                                  GS_WINDOW_ALL, err);

    *out = (hops){0};
    while (rc == GS_OK && (rc = gs_timeline_next(&hop, timeline, err)) == GS_OK) {
        if (!gs_is_answer(hop.type) && hop.type != GS_SAME_AS)
            continue;
        out->items =
            gs_arena_grow(intake->arena, out->items, out->count, &out->room, sizeof hop);
        if (out->items == NULL) {
            rc = gs_fail_memory(err);
            break;
        }
        out->items[out->count++] = hop;
    }
    gs_timeline_close(timeline);
    return rc == GS_END ? GS_OK : rc;
}

static gs_code touch(gs_intake *intake, uint64_t statement, gs_error *err)
{
    return intake->linker == NULL ? GS_OK
                                  : gs_linker_touch(intake->linker, statement, true, err);
}

/* A link to a statement that goes: to the one in whose place it comes, or open again. */
static gs_code move_link(gs_intake *intake, const gs_hop *hop, uint64_t to, gs_text id,
                         gs_error *err)
{
    gs_author author;
    gs_edge edge;
    gs_hop there;
    gs_text start;
    gs_code rc;

    GS_TRY(gs_edge_read(&edge, gs_batch_ever(intake->batch), hop->edge, err));
    GS_TRY(
        gs_edge_author(&author, gs_intake_snapshot(intake), &edge, intake->arena, err));
    if (author == GS_BY_LINKER)
        return touch(intake, edge.start, err);
    if (author == GS_BY_DECISION) {
        GS_TRY(gs_bearer_id(&start, intake, edge.start, err));
        return gs_settle_later(intake, GS_OF_STATEMENT, start, err);
    }
    GS_TRY(gs_bonds_name(&id, intake, &edge, id, err));
    if (to == 0)
        return gs_batch_reopen(intake->batch, &edge, id, intake->arena, err);
    rc = edge.start == to
             ? GS_OK
             : gs_intake_edge(&there, intake, edge.start, edge.type, to, err);
    if (rc == GS_END)
        rc = gs_bonds_move(intake, &edge, to, id, err);
out:
    return rc;
}

/* Whether a link counts in settling where it leads: it has not ended itself, or a decision
 * ended it that says nothing more once its statement is gone. */
static gs_code counts(bool *out, gs_intake *intake, const gs_edge *edge, uint64_t heir,
                      gs_text id, gs_error *err)
{
    gs_text start;
    bool ended;
    gs_code rc;

    GS_TRY(gs_end_covers(&ended, gs_intake_snapshot(intake), edge->number, err));
    *out = !ended;
    if (!ended || heir != 0)
        return GS_OK;
    GS_TRY(gs_bearer_id(&start, intake, edge->start, err));
    rc = gs_bonds_refused(out, intake, edge->type, start, id, err);
out:
    return rc;
}

/* A link of a statement that is there to one that has ended; not one that was handed on
 * to it, which is settled with the one that its record names. */
static gs_code settle_link(gs_intake *intake, const gs_hop *hop, uint64_t heir,
                           gs_text id, gs_error *err)
{
    gs_node start;
    gs_edge edge;
    gs_text named;
    bool it = false;
    gs_code rc = gs_node_read(&start, gs_intake_snapshot(intake), hop->neighbour, err);

    if (rc == GS_OK)
        rc = gs_edge_read(&edge, gs_batch_ever(intake->batch), hop->edge, err);
    if (rc == GS_OK)
        rc = gs_bonds_name(&named, intake, &edge, id, err);
    if (rc == GS_OK && gs_text_equal(named, id))
        rc = counts(&it, intake, &edge, heir, id, err);
    if (rc != GS_OK || !it)
        return rc == GS_END ? GS_OK : rc;
    return move_link(intake, hop, heir, id, err);
}

/* What it replaces stands or goes with it. */
static gs_code follow_replaced(gs_intake *intake, uint64_t node, gs_error *err)
{
    gs_value replaces;
    gs_code rc = gs_intake_property(&replaces, intake, node, GS_P_REPLACES, err);

    if (rc == GS_OK && replaces.type == GS_STRING)
        rc = gs_settle_later(intake, GS_OF_STATEMENT, replaces.as.string, err);
    return rc;
}

/* A node that is visible and shall not be; what led to it leads to `to`, if any. */
static gs_code leave(gs_intake *intake, uint64_t node, uint64_t to, gs_text id,
                     gs_error *err)
{
    hops in, out_of;
    gs_code rc;

    GS_TRY(read_hops(&in, intake, gs_intake_snapshot(intake), node, GS_IN, err));
    GS_TRY(read_hops(&out_of, intake, gs_intake_snapshot(intake), node, GS_OUT, err));
    for (size_t i = 0; i < in.count; i++)
        GS_TRY(move_link(intake, &in.items[i], to, id, err));
    for (size_t i = 0; i < out_of.count; i++)
        if (out_of.items[i].type == GS_SAME_AS)
            GS_TRY(touch(intake, out_of.items[i].neighbour, err));
    GS_TRY(follow_replaced(intake, node, err));
    rc = gs_batch_end(intake->batch, node, err);
out:
    return rc;
}

/* The node that is to be visible: made, or there again. 0: none. */
static gs_code find_target(uint64_t *out, gs_intake *intake, const gs_bearers *all,
                           const gs_bearer *base, const gs_rulings *rulings,
                           gs_error *err)
{
    gs_entries fields = {.arena = intake->arena};
    gs_text digest;
    gs_code rc;

    *out = base->number;
    gs_rulings_correction(&fields, rulings);
    if (fields.count == 0 && !fields.failed)
        return GS_OK;
    GS_TRY(gs_correction_digest(&digest, intake, base->number, &fields, err));
    for (size_t i = 0; i < all->count; i++)
        if (all->items[i].visible && gs_text_equal(all->items[i].corrected, digest)) {
            *out = all->items[i].number;
            return GS_OK;
        }
    rc = gs_correct(out, intake, base->number, &fields, digest, err);
    if (rc ==
        GS_INPUT) { /* fields that make no record together: it stays as it was told */
        *out = base->number;
        rc = GS_OK;
    }
out:
    return rc;
}

/* Whom it names, and who went or came while it was away. */
static gs_code follow_links(gs_intake *intake, uint64_t node, gs_error *err)
{
    hops out_of;
    bool ended;
    gs_text id;
    gs_code rc;

    GS_TRY(read_hops(&out_of, intake, gs_batch_ever(intake->batch), node, GS_OUT, err));
    for (size_t i = 0; i < out_of.count; i++) {
        GS_TRY(gs_end_covers(&ended, gs_intake_snapshot(intake),
                             out_of.items[i].neighbour, err));
        if (!ended)
            continue;
        GS_TRY(gs_bearer_id(&id, intake, out_of.items[i].neighbour, err));
        GS_TRY(gs_settle_later(intake, GS_OF_STATEMENT, id, err));
    }
out:
    return rc;
}

static gs_code show(gs_intake *intake, uint64_t node, gs_text id, gs_error *err)
{
    bool ended;
    gs_code rc;

    GS_TRY(gs_end_covers(&ended, gs_intake_snapshot(intake), node, err));
    if (ended) {
        GS_TRY(gs_batch_revive(intake->batch, node, err));
        GS_TRY(gs_bonds_refresh(intake, node, err));
        GS_TRY(follow_links(intake, node, err));
    }
    GS_TRY(gs_bonds_returned(intake, node, id, err));
    GS_TRY(follow_replaced(intake, node, err));
    rc = touch(intake, node, err);
out:
    return rc;
}

/* Who answers for it now: the one that replaces it, or the one that replaces that. */
static gs_code find_heir(uint64_t *out, gs_intake *intake, gs_text replacer, gs_text id,
                         gs_error *err)
{
    gs_code rc = gs_heir_find(out, intake, replacer, err);

    if (rc == GS_OK)
        return gs_bonds_returned(intake, *out, id, err);
    *out = 0;
    return rc == GS_END ? GS_OK : rc;
}

/* Those who name it, as records have it: their links lead to whom answers for it now, or
 * are open. */
static gs_code settle_links(gs_intake *intake, const gs_bearers *all, uint64_t heir,
                            gs_text id, gs_error *err)
{
    hops in;
    gs_code rc = GS_OK;

    for (size_t i = 0; i < all->count; i++) {
        GS_TRY(read_hops(&in, intake, gs_batch_ever(intake->batch), all->items[i].number,
                         GS_IN, err));
        for (size_t k = 0; k < in.count; k++)
            GS_TRY(settle_link(intake, &in.items[k], heir, id, err));
    }
out:
    return rc;
}

static gs_code settle_statement(gs_intake *intake, gs_text id, gs_error *err)
{
    uint64_t target = 0, heir = 0;
    const gs_bearer *base;
    gs_bearers all;
    gs_rulings rulings;
    gs_text replacer = {0};
    bool gone = true, held = true, changes = false;
    gs_code rc;

    GS_TRY(gs_bearers_find(&all, intake, id, err));
    base = gs_bearers_base(&all);
    if (all.count == 0) {
        GS_TRY(gs_replacer_last(&replacer, intake, &all, err));
        return find_heir(&heir, intake, replacer, id, err);
    }
    GS_TRY(gs_rulings_find(&rulings, gs_intake_snapshot(intake), GS_OF_STATEMENT, id,
                           intake->arena, err));
    if (base != NULL) {
        GS_TRY(is_withdrawn(&gone, intake, &rulings, base->number, err));
        GS_TRY(gs_replacer_find(&replacer, intake, base, &all, id, err));
        GS_TRY(gs_reading_holds(&held, intake, base->number, err));
        gone = gone || replacer.bytes != NULL || !held;
        if (!gone)
            GS_TRY(find_target(&target, intake, &all, base, &rulings, err));
        if (replacer.bytes != NULL)
            GS_TRY(find_heir(&heir, intake, replacer, id, err));
    }
    changes = target != 0;
    for (size_t i = 0; i < all.count; i++)
        if (all.items[i].number == target)
            changes = !all.items[i].visible;
    if (changes)
        GS_TRY(show(intake, target, id, err));
    for (size_t i = 0; i < all.count; i++)
        if (all.items[i].visible && all.items[i].number != target)
            GS_TRY(
                leave(intake, all.items[i].number, target != 0 ? target : heir, id, err));
    if (target == 0)
        GS_TRY(settle_links(intake, &all, heir, id, err));
out:
    return rc;
}

/* What it reports stands with it. */
static gs_code settle_document(gs_intake *intake, gs_text identity, gs_error *err)
{
    static const uint32_t type = GS_REPORTED_IN;
    const gs_snapshot *ever = gs_batch_ever(intake->batch);
    gs_timeline *timeline = NULL;
    gs_hop hop;
    gs_text id;
    uint64_t document;
    gs_code rc =
        gs_intake_find(&document, intake, GS_BY_IDENTITY, GS_DOCUMENT, identity, err);

    if (rc != GS_OK)
        return rc == GS_END ? GS_OK : rc;
    GS_TRY(
        gs_timeline_open(&timeline, ever, document, &type, 1, GS_IN, GS_WINDOW_ALL, err));
    while ((rc = gs_timeline_next(&hop, timeline, err)) == GS_OK) {
        GS_TRY(gs_bearer_id(&id, intake, hop.neighbour, err));
        GS_TRY(gs_settle_later(intake, GS_OF_STATEMENT, id, err));
    }
    rc = rc == GS_END ? GS_OK : rc;
out:
    gs_timeline_close(timeline);
    return rc;
}

static gs_code settle_one(gs_intake *intake, const gs_unsettled_item *one, gs_error *err)
{
    gs_subject subject = (gs_subject)one->subject;
    gs_code rc = GS_OK;

    gs_arena_reset(intake->arena);
    if (subject == GS_OF_DOCUMENT)
        return settle_document(intake, one->name, err);
    if (subject == GS_OF_STATEMENT)
        rc = settle_statement(intake, one->name, err);
    if (rc == GS_OK)
        rc = gs_settle_pairs(intake, subject, one->name, err);
    return rc;
}

static int by_subject(const void *a, const void *b)
{
    const gs_unsettled_item *x = a, *y = b;

    return x->subject != y->subject ? x->subject - y->subject
                                    : gs_text_compare(x->name, y->name);
}

static gs_code settle_round(gs_intake *intake, gs_error *err)
{
    gs_unsettled now = intake->unsettled;
    gs_code rc = GS_OK;

    intake->unsettled = (gs_unsettled){0};
    if (now.count > 1)
        qsort(now.items, now.count, sizeof *now.items, by_subject);
    for (size_t i = 0; rc == GS_OK && i < now.count; i++)
        if (i == 0 || by_subject(&now.items[i - 1], &now.items[i]) != 0)
            rc = settle_one(intake, &now.items[i], err);
    gs_unsettled_free(&now);
    return rc;
}

gs_code gs_settle(gs_intake *intake, gs_error *err)
{
    gs_code rc = GS_OK;

    for (int round = 0; rc == GS_OK && intake->unsettled.count > 0; round++) {
        if (round == ROUNDS)
            return gs_fail(err, GS_FAILED,
                           "decisions that lead to one another do not come to rest");
        rc = settle_round(intake, err);
    }
    return rc;
}

void gs_unsettled_free(gs_unsettled *unsettled)
{
    free(unsettled->items);
    gs_arena_free(&unsettled->arena);
    *unsettled = (gs_unsettled){0};
}
