/* Statements as the linker compares them. */
#include "ingest/linker/view_impl.h"

static gs_code read_sides(gs_sides *out, gs_view *view, uint64_t statement, uint32_t type,
                          gs_direction direction, gs_error *err)
{
    gs_neighbours actors;
    gs_code rc =
        gs_view_neighbours(&actors, view, statement, type, direction, GS_WINDOW_ALL, err);

    if (rc != GS_OK)
        return rc;
    out->items = gs_arena_array(&view->arena, actors.count, sizeof *out->items);
    if (out->items == NULL)
        return gs_fail_memory(err);
    for (size_t i = 0; rc == GS_OK && i < actors.count; i++)
        rc = gs_view_side(&out->items[out->count++], view, actors.items[i], err);
    return rc;
}

/* A link as the linker made it; edge 0 where a record states it. */
static gs_code read_decided(gs_decided *out, gs_view *view, const gs_hop *hop,
                            gs_error *err)
{
    gs_edge edge;
    gs_value by, confidence, rule;
    gs_code rc = GS_OK;

    *out = (gs_decided){0};
    if (!hop->inferred)
        return GS_OK;
    GS_TRY(gs_edge_read(&edge, view->snapshot, hop->edge, err));
    GS_TRY(gs_view_property(&by, view, edge.properties, GS_P_BY, err));
    if (!gs_text_equal(gs_string_of(by), GS_LINKER_NAME))
        return GS_OK;
    GS_TRY(gs_view_property(&confidence, view, edge.properties, GS_P_CONFIDENCE, err));
    GS_TRY(gs_view_property(&rule, view, edge.properties, GS_P_RULE, err));
    out->edge = hop->edge;
    out->to = hop->neighbour;
    out->confidence = confidence.type == GS_FLOAT ? confidence.as.real : 0;
    out->rule = gs_text_copy(&view->arena, gs_string_of(rule));
    if (out->rule.bytes == NULL)
        rc = gs_fail_memory(err);
out:
    return rc;
}

static gs_code add_spare(gs_brief *brief, gs_view *view, uint64_t edge, gs_error *err)
{
    uint64_t *grown =
        gs_arena_array(&view->arena, brief->spare_count + 1, sizeof *brief->spare);

    if (grown == NULL)
        return gs_fail_memory(err);
    for (size_t i = 0; i < brief->spare_count; i++)
        grown[i] = brief->spare[i];
    grown[brief->spare_count++] = edge;
    brief->spare = grown;
    return GS_OK;
}

static gs_code read_links(gs_brief *brief, gs_view *view, uint32_t type, gs_error *err)
{
    gs_timeline *timeline;
    size_t room = 0;
    gs_hop hop;
    gs_decided ours;
    gs_code rc;

    GS_TRY(gs_view_timeline(&timeline, view, brief->number, type, GS_OUT, GS_WINDOW_ALL,
                            err));
    while ((rc = gs_timeline_next(&hop, timeline, err)) == GS_OK) {
        GS_TRY(read_decided(&ours, view, &hop, err));
        if (ours.edge != 0 &&
            (type == GS_SAME_AS ? brief->same : brief->link).edge != 0) {
            GS_TRY(add_spare(brief, view, ours.edge, err));
        } else if (ours.edge != 0) {
            *(type == GS_SAME_AS ? &brief->same : &brief->link) = ours;
        } else if (type != GS_SAME_AS) {
            brief->stated = true;
            brief->answers = gs_arena_grow(&view->arena, brief->answers,
                                           brief->answer_count, &room, sizeof(uint64_t));
            if (brief->answers == NULL)
                return gs_fail_memory(err);
            brief->answers[brief->answer_count++] = hop.neighbour;
        }
    }
    rc = rc == GS_END ? GS_OK : rc;
out:
    return rc;
}

/* What a record says of an answer that has not come: an id, for which it waits, or words,
 * which are the statement's too. */
static gs_code read_open(gs_brief *brief, gs_view *view, gs_value open, gs_error *err)
{
    gs_value list = gs_map_get(open, GS_TEXT("answers"));
    gs_code rc = GS_OK;

    for (size_t i = 0; rc == GS_OK && list.type == GS_LIST && i < list.as.list.count;
         i++) {
        gs_value item = list.as.list.items[i];
        gs_terms words;

        if (gs_map_get(item, GS_TEXT("id")).type == GS_STRING) {
            brief->stated = true;
            continue;
        }
        brief->worded = true;
        rc = gs_terms_read(&words, view->language,
                           gs_string_of(gs_map_get(item, GS_TEXT("text"))), &view->arena,
                           &view->scratch, err);
        if (rc == GS_OK)
            rc = gs_terms_join(&brief->terms, &brief->terms, &words, &view->arena, err);
    }
    return rc;
}

static void read_date(gs_brief *brief, gs_value date)
{
    if (date.type != GS_DATE)
        return;
    brief->date = *date.as.date;
    brief->earliest = brief->date.earliest;
    brief->latest = brief->date.latest;
    brief->dated = brief->latest != GS_EDTF_OPEN_END;
    if (brief->earliest == GS_EDTF_OPEN_START)
        brief->earliest = brief->latest;
}

static int64_t first_point(gs_value spans)
{
    if (spans.type != GS_LIST || spans.as.list.count == 0 ||
        spans.as.list.items[0].type != GS_LIST ||
        spans.as.list.items[0].as.list.count == 0 ||
        spans.as.list.items[0].as.list.items[0].type != GS_INTEGER)
        return 0;
    return spans.as.list.items[0].as.list.items[0].as.integer;
}

static gs_code read_words(gs_brief *brief, gs_view *view, const gs_node *node,
                          gs_error *err)
{
    gs_value text, open, spans;
    gs_code rc;

    GS_TRY(gs_view_property(&text, view, node->properties, GS_P_TEXT, err));
    GS_TRY(gs_view_property(&open, view, node->properties, GS_P_OPEN, err));
    GS_TRY(gs_view_property(&spans, view, node->properties, GS_P_SPANS, err));
    brief->place = first_point(spans);
    GS_TRY(gs_terms_read(&brief->terms, view->language, gs_string_of(text), &view->arena,
                         &view->scratch, err));
    GS_TRY(read_open(brief, view, open, err));
    for (size_t i = 0; i < brief->speakers.count; i++)
        gs_terms_remove(&brief->terms, &brief->speakers.items[i]->names);
    for (size_t i = 0; i < brief->accused.count; i++)
        gs_terms_remove(&brief->terms, &brief->accused.items[i]->names);
out:
    return rc;
}

static gs_code read_node(gs_brief *brief, gs_view *view, const gs_node *node,
                         gs_error *err)
{
    gs_value kind, id, date, extractor;
    const gs_kind *known;
    gs_code rc;

    GS_TRY(gs_view_property(&kind, view, node->properties, GS_P_KIND, err));
    known = gs_kind_of(gs_string_of(kind));
    if (known == NULL || !gs_node_has_label(node, GS_STATEMENT))
        return GS_END;
    brief->kind = known->label;
    brief->reply = known->answers;
    GS_TRY(gs_view_property(&id, view, node->properties, GS_P_ID, err));
    GS_TRY(gs_view_property(&date, view, node->properties, GS_P_DATE, err));
    GS_TRY(gs_view_property(&extractor, view, node->properties, GS_P_EXTRACTOR, err));
    brief->id = gs_text_copy(&view->arena, gs_string_of(id));
    if (brief->id.bytes == NULL)
        return gs_fail_memory(err);
    if (view->ruled)
        GS_TRY(gs_rulings_find(&brief->rulings, view->snapshot, GS_OF_STATEMENT,
                               brief->id, &view->arena, err));
    read_date(brief, date);
    brief->read = extractor.type == GS_STRING;
out:
    return rc;
}

gs_code gs_view_brief(const gs_brief **out, gs_view *view, uint64_t statement,
                      gs_error *err)
{
    gs_neighbours documents;
    gs_brief *brief;
    gs_node node;
    gs_code rc;

    *out = gs_seen_find(&view->briefs, statement);
    if (*out != NULL)
        return GS_OK;
    brief = gs_arena_take(&view->arena, sizeof *brief);
    if (brief == NULL)
        return gs_fail_memory(err);
    brief->number = statement;
    GS_TRY(gs_node_read(&node, view->snapshot, statement, err));
    GS_TRY(read_node(brief, view, &node, err));
    GS_TRY(read_sides(&brief->speakers, view, statement, GS_MADE, GS_IN, err));
    GS_TRY(read_sides(&brief->accused, view, statement, GS_ACCUSES, GS_OUT, err));
    GS_TRY(read_words(brief, view, &node, err));
    for (uint32_t type = GS_DENIES; type <= GS_ASSESSES; type++)
        GS_TRY(read_links(brief, view, type, err));
    GS_TRY(read_links(brief, view, GS_SAME_AS, err));
    GS_TRY(gs_view_neighbours(&documents, view, statement, GS_REPORTED_IN, GS_OUT,
                              GS_WINDOW_ALL, err));
    if (documents.count > 0)
        brief->document = documents.items[0];
    GS_TRY(gs_seen_keep(view, &view->briefs, statement, brief, err));
    *out = brief;
out:
    return rc;
}
