#include "query/questions/record_impl.h"

#include "query/compare.h"
#include <stdlib.h>

/* What a statement's edges say, as its record has it. */
typedef struct linked {
    const gs_snapshot *snapshot;
    gs_arena *arena;
    gs_error *err;
    gs_value speaker, proposition, document;
    gs_items accused, via, answers, same_as, topics;
} linked;

static bool is_text(gs_value value, const char *text)
{
    return value.type == GS_STRING && gs_text_equal(value.as.string, gs_text_of(text));
}

/* An actor as the input wrote it. A plain name where that says all; `whole`: always with
 * its kind. */
static gs_code actor_as_written(gs_value *out, linked *l, const gs_hop *hop, bool whole)
{
    gs_maker maker = {.snapshot = l->snapshot, .arena = l->arena, .err = l->err};
    uint64_t actor = hop->neighbour;
    gs_value name, kind, chain;
    gs_code rc;

    GS_TRY(
        gs_edge_property(&name, l->snapshot, hop->edge, GS_P_WRITTEN, l->arena, l->err));
    if (name.type != GS_STRING)
        GS_TRY(gs_node_property(&name, l->snapshot, actor, GS_P_NAME, l->arena, l->err));
    GS_TRY(gs_node_property(&kind, l->snapshot, actor, GS_P_KIND, l->arena, l->err));
    GS_TRY(gs_edge_property(&chain, l->snapshot, hop->edge,
                            gs_name_find(l->snapshot, GS_TEXT("speaks_for")), l->arena,
                            l->err));
    *out = name;
    if (!whole && chain.type != GS_LIST && !is_text(kind, "unnamed"))
        return GS_OK;
    GS_TRY(gs_maker_put(&maker, "name", name));
    GS_TRY(gs_maker_put(&maker, "kind", kind));
    GS_TRY(gs_maker_put(&maker, "speaks_for", chain));
    *out = gs_maker_map(&maker);
out:
    return rc;
}

/* {id}, and how sure we are where the link is our own. */
static gs_code statement_linked(gs_value *out, linked *l, const gs_hop *hop)
{
    gs_maker maker = {.snapshot = l->snapshot, .arena = l->arena, .err = l->err};
    gs_value id, confidence;
    gs_code rc;

    GS_TRY(gs_node_property(&id, l->snapshot, hop->neighbour, GS_P_ID, l->arena, l->err));
    GS_TRY(gs_edge_property(&confidence, l->snapshot, hop->edge, GS_P_CONFIDENCE,
                            l->arena, l->err));
    GS_TRY(gs_maker_put(&maker, "id", id));
    if (hop->inferred)
        GS_TRY(gs_maker_put(&maker, "inferred", gs_boolean(true)));
    GS_TRY(gs_maker_put(&maker, "confidence", confidence));
    *out = gs_maker_map(&maker);
out:
    return rc;
}

static gs_code document_named(gs_value *out, linked *l, uint64_t document)
{
    static const char *const keys[] = {"url",       "file",   "title",   "publisher",
                                       "published", "sha256", "language"};
    gs_maker maker;
    gs_code rc;

    GS_TRY(gs_maker_begin(&maker, l->snapshot, document, l->arena, l->err));
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        GS_TRY(gs_maker_move(&maker, keys[i]));
    *out = gs_maker_map(&maker);
out:
    return rc;
}

static gs_code add_actor(gs_items *items, linked *l, const gs_hop *hop)
{
    gs_value actor;
    gs_code rc;

    GS_TRY(actor_as_written(&actor, l, hop, false));
    rc = gs_items_add(items, actor, l->arena, l->err);
out:
    return rc;
}

static gs_code add_statement(gs_items *items, linked *l, const gs_hop *hop)
{
    gs_value statement;
    gs_code rc;

    GS_TRY(statement_linked(&statement, l, hop));
    rc = gs_items_add(items, statement, l->arena, l->err);
out:
    return rc;
}

static gs_code add_hop(linked *l, const gs_hop *hop)
{
    gs_value name;
    gs_code rc;

    switch (hop->type) {
    case GS_ACCUSES:
        return add_actor(&l->accused, l, hop);
    case GS_VIA:
        return add_actor(&l->via, l, hop);
    case GS_SAME_AS:
        return add_statement(&l->same_as, l, hop);
    case GS_ABOUT:
        GS_TRY(gs_node_property(&name, l->snapshot, hop->neighbour, GS_P_NAME, l->arena,
                                l->err));
        return gs_items_add(&l->topics, name, l->arena, l->err);
    case GS_ASSERTS:
    case GS_REJECTS:
        return gs_node_property(&l->proposition, l->snapshot, hop->neighbour, GS_P_TEXT,
                                l->arena, l->err);
    case GS_REPORTED_IN:
        return l->document.type == GS_NULL
                   ? document_named(&l->document, l, hop->neighbour)
                   : GS_OK;
    default:
        return gs_is_answer(hop->type) ? add_statement(&l->answers, l, hop) : GS_OK;
    }
out:
    return rc;
}

static int by_value(const void *a, const void *b)
{
    return gs_order(*(const gs_value *)a, *(const gs_value *)b);
}

static gs_code read_links(linked *l, uint64_t number)
{
    gs_hops hops;
    gs_code rc;

    GS_TRY(gs_hops_read(&hops, l->snapshot, number, GS_OUT, l->arena, l->err));
    for (size_t i = 0; i < hops.count; i++)
        GS_TRY(add_hop(l, &hops.items[i]));
    GS_TRY(gs_hops_read(&hops, l->snapshot, number, GS_IN, l->arena, l->err));
    for (size_t i = 0; i < hops.count; i++)
        if (hops.items[i].type == GS_MADE)
            GS_TRY(actor_as_written(&l->speaker, l, &hops.items[i], true));
    /* links may be older or younger than their statement: their ids are in order always
     */
    if (l->answers.count > 1)
        qsort(l->answers.items, l->answers.count, sizeof *l->answers.items, by_value);
    if (l->same_as.count > 1)
        qsort(l->same_as.items, l->same_as.count, sizeof *l->same_as.items, by_value);
out:
    return rc;
}

/* What names a statement that has not come is part of the record as it was. */
static gs_code add_open(gs_items *items, linked *l, gs_value open, const char *key)
{
    gs_value waiting = gs_map_get(open, gs_text_of(key));
    gs_code rc = GS_OK;

    for (size_t i = 0; waiting.type == GS_LIST && i < waiting.as.list.count; i++)
        GS_TRY(gs_items_add(items, waiting.as.list.items[i], l->arena, l->err));
out:
    return rc;
}

static gs_code put_list(gs_maker *maker, const char *key, const gs_items *items)
{
    return gs_maker_put(maker, key, gs_list(items->items, items->count));
}

static gs_code fill(gs_maker *maker, linked *l)
{
    gs_code rc;

    GS_TRY(gs_maker_put(maker, "type", gs_string(GS_TEXT("statement"))));
    GS_TRY(gs_maker_move(maker, "id"));
    GS_TRY(gs_maker_move(maker, "kind"));
    GS_TRY(gs_maker_put(maker, "speaker", l->speaker));
    GS_TRY(gs_maker_move(maker, "text"));
    GS_TRY(gs_maker_move(maker, "spans"));
    GS_TRY(gs_maker_move(maker, "date"));
    GS_TRY(gs_maker_move(maker, "event_date"));
    GS_TRY(put_list(maker, "accused", &l->accused));
    GS_TRY(put_list(maker, "answers", &l->answers));
    GS_TRY(put_list(maker, "via", &l->via));
    GS_TRY(gs_maker_move(maker, "quote"));
    GS_TRY(gs_maker_move(maker, "hedged"));
    GS_TRY(gs_maker_move(maker, "verdict"));
    GS_TRY(put_list(maker, "same_as", &l->same_as));
    GS_TRY(put_list(maker, "topics", &l->topics));
    GS_TRY(gs_maker_put(maker, "proposition", l->proposition));
    GS_TRY(gs_maker_put(maker, "document", l->document));
    GS_TRY(gs_maker_move(maker, "confidence"));
    GS_TRY(gs_maker_move(maker, "extractor"));
    gs_maker_take(maker, "checked");
    gs_maker_take(maker, "corrected");
    gs_maker_take(maker, "read_in");
    rc = gs_maker_rest(maker);
out:
    return rc;
}

gs_code gs_statement_record(gs_value *out, const gs_snapshot *snapshot, uint64_t number,
                            gs_arena *arena, gs_error *err)
{
    linked l = {.snapshot = snapshot, .arena = arena, .err = err};
    gs_maker maker;
    gs_value open;
    gs_code rc;

    GS_TRY(gs_maker_begin(&maker, snapshot, number, arena, err));
    GS_TRY(read_links(&l, number));
    open = gs_maker_take(&maker, "open");
    GS_TRY(add_open(&l.answers, &l, open, "answers"));
    GS_TRY(add_open(&l.same_as, &l, open, "same_as"));
    GS_TRY(fill(&maker, &l));
    *out = gs_maker_map(&maker);
out:
    return rc;
}

gs_code gs_statement_document(uint64_t *out, const gs_snapshot *snapshot, uint64_t number,
                              gs_error *err)
{
    static const uint32_t types[] = {GS_REPORTED_IN};
    gs_timeline *timeline;
    gs_hop hop, first = {0};
    gs_code rc = gs_timeline_open(&timeline, snapshot, number, types, 1, GS_OUT,
                                  GS_WINDOW_ALL, err);

    if (rc != GS_OK)
        return rc;
    while ((rc = gs_timeline_next(&hop, timeline, err)) == GS_OK)
        if (first.edge == 0 || hop.edge < first.edge)
            first = hop;
    gs_timeline_close(timeline);
    *out = first.neighbour;
    return rc == GS_END ? GS_OK : rc;
}
