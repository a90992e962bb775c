/* gs_attributions_find: the acts of a text as spans, in the form in which corpora of
 * attribution mark them. */
#include "ingest/extract/attributions.h"
#include "ingest/extract/attribution_parts.h"
#include "ingest/extract/clause.h"

static gs_span points(const gs_reading *r, gs_range range)
{
    return (gs_span){r->page->tokens[range.first].point_start,
                     r->page->tokens[range.end - 1].point_end};
}

/* "I think", "you know": the writer's own way of speaking. */
static bool is_own(const gs_reading *r, gs_range source)
{
    return source.end == source.first + 1 &&
           gs_tag_at(r, source.first) == GS_TAG_PRONOUN &&
           (gs_words_at(r, source.first) & GS_IN(INSIDER)) != 0;
}

/* A clause or a quotation, not a noun. */
static bool is_clause(const gs_reading *r, gs_range piece)
{
    return gs_token_at(r, piece.first)->quote != 0 ||
           gs_tag_at(r, piece.first) == GS_TAG_TO ||
           gs_clause_has_finite(r, piece.first, piece.end);
}

static bool is_infinite(const gs_reading *r, const gs_act *act, bool *gerund)
{
    const gs_verb *verb = gs_page_verb_at(r->page, act->cue.first);

    *gerund = verb != NULL && act->entry->part == GS_CUE_VERB && verb->gerund;
    return verb != NULL && act->entry->part == GS_CUE_VERB && verb->infinitive;
}

/* What only thinks, plans, likes: counts where somebody does so. */
static bool is_attitude(const gs_reading *r, const gs_act *act,
                        const gs_attribution_parts *parts)
{
    const gs_verb *verb = gs_page_verb_at(r->page, act->cue.first);

    if (is_own(r, parts->source))
        return false;
    if (gs_range_empty(parts->source) && (act->entry->frames & GS_CUE_IMPERSONAL) == 0)
        return verb != NULL &&
               (verb->passive || gs_tag_at(r, act->cue.first) == GS_TAG_VERB_PARTICIPLE);
    return (act->entry->frames & GS_FRAME_AS) == 0 ||
           (act->entry->frames & (GS_FRAME_THAT | GS_FRAME_OBJECT | GS_FRAME_TOPIC)) !=
               0 ||
           !gs_range_empty(act->predicate);
}

/* What somebody does, not what he would do, wants to do or keeps doing, unless he says it
 * in so many words; a noun where somebody is named beside it. */
static bool is_attribution(const gs_reading *r, const gs_act *act,
                           const gs_attribution_parts *parts)
{
    bool speech =
        act->entry->kind != GS_ACT_NONE || (act->entry->frames & GS_CUE_REQUEST) != 0;
    bool gerund, infinitive;

    if (parts->count == 0 ||
        (act->entry->part == GS_CUE_NOUN && gs_range_empty(parts->source)))
        return false;
    infinitive = is_infinite(r, act, &gerund);
    if ((infinitive || (gerund && !speech)) &&
        (!speech || !is_clause(r, parts->pieces[0])))
        return false;
    return speech || is_attitude(r, act, parts);
}

static gs_code add(gs_attribution *out, const gs_reading *r,
                   const gs_attribution_parts *parts, gs_error *err)
{
    gs_spans *contents = &out->contents;

    *out = (gs_attribution){.cue = points(r, parts->cue),
                            .sourced = !gs_range_empty(parts->source)};
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
            GS_TRY(add(&made.items[made.count++], r, &parts, err));
    }
    *out = made;
out:
    return rc;
}
