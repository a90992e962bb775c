/* gs_attributions_find: the acts of a text as spans, in the form in which corpora of
 * attribution mark them. */
#include "ingest/extract/attributions.h"
#include "ingest/extract/attribution_parts.h"
#include "ingest/extract/clause.h"
#include "ingest/extract/confidence.h"

static gs_span points(const gs_reading *r, gs_range range)
{
    return (gs_span){r->page->tokens[range.first].point_start,
                     r->page->tokens[range.end - 1].point_end};
}

/* "is expected to fail": nobody says so, but somebody must. */
static bool is_awaited(const gs_reading *r, const gs_act *act,
                       const gs_attribution_parts *parts)
{
    const gs_verb *verb = gs_page_verb_at(r->page, act->cue.first);

    return verb != NULL && gs_tag_at(r, act->cue.first) == GS_TAG_VERB_PARTICIPLE &&
           gs_tag_at(r, parts->pieces[parts->count - 1].first) == GS_TAG_TO;
}

/* What only thinks, plans, likes: counts where it says what. */
static bool is_attitude(const gs_act *act)
{
    return (act->entry->frames & GS_FRAME_AS) == 0 ||
           (act->entry->frames & (GS_FRAME_THAT | GS_FRAME_OBJECT | GS_FRAME_TOPIC)) !=
               0 ||
           !gs_range_empty(act->predicate);
}

/* What somebody does, not what he would do or wants to do; whoever only thinks must be
 * named, and not think beside something else. */
static bool is_attribution(const gs_reading *r, const gs_act *act,
                           const gs_attribution_parts *parts)
{
    bool request = (act->entry->frames & GS_CUE_REQUEST) != 0;
    bool speech = act->entry->kind != GS_ACT_NONE || request;
    const gs_verb *verb =
        act->entry->part == GS_CUE_VERB ? gs_page_verb_at(r->page, act->cue.first) : NULL;

    if (parts->count == 0 || (verb != NULL && verb->infinitive))
        return false;
    if (gs_range_empty(parts->source) && act->entry->part != GS_CUE_SOURCE)
        return request || (act->entry->frames & GS_CUE_IMPERSONAL) != 0 ||
               is_awaited(r, act, parts);
    if (speech)
        return true;
    return (verb == NULL || !verb->gerund) && is_attitude(act);
}

static gs_code add(gs_attribution *out, const gs_reading *r, const gs_act *act,
                   const gs_attribution_parts *parts, gs_error *err)
{
    gs_spans *contents = &out->contents;

    *out = (gs_attribution){.cue = points(r, parts->cue),
                            .sourced = !gs_range_empty(parts->source),
                            .confidence = gs_confidence_attribution(r, act, parts)};
    if (out->sourced)
        out->source = points(r, parts->source);
    contents->items = gs_arena_array(r->arena, parts->count, sizeof(gs_span));
    if (contents->items == NULL)
        return gs_fail_memory(err);
    contents->room = parts->count;
    for (uint32_t p = 0; p < parts->count; p++)
        contents->items[contents->count++] = points(r, parts->pieces[p]);
    return GS_OK;
}

gs_code gs_attributions_write(gs_attributions *out, const gs_reading *r, gs_error *err)
{
    gs_attributions made = {0};
    gs_code rc = GS_OK;

    made.items = gs_arena_array(r->arena, r->acts.count + 1, sizeof *made.items);
    if (made.items == NULL)
        return gs_fail_memory(err);
    for (size_t a = 0; a < r->acts.count; a++) {
        gs_attribution_parts parts;

        gs_attribution_read(&parts, r, &r->acts.items[a]);
        if (is_attribution(r, &r->acts.items[a], &parts))
            GS_TRY(add(&made.items[made.count++], r, &r->acts.items[a], &parts, err));
    }
    *out = made;
out:
    return rc;
}
