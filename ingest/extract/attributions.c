/* gs_attributions_find: the acts of a text as spans, in the form in which corpora of
 * attribution mark them: the cue with its auxiliaries and adverbs, the content with its
 * "that" or "to". */
#include "ingest/extract/attributions.h"
#include "ingest/extract/clause.h"

static gs_span points(const gs_reading *r, gs_range range)
{
    return (gs_span){r->page->tokens[range.first].point_start,
                     r->page->tokens[range.end - 1].point_end};
}

/* "has repeatedly said": the whole verb group. */
static gs_range whole_cue(const gs_reading *r, const gs_act *act)
{
    gs_range cue = act->cue;

    if (act->entry->part != GS_CUE_VERB)
        return cue;
    if (act->verb.first < cue.first && act->source.end <= act->verb.first)
        cue.first = act->verb.first;
    while (cue.first > 0 && gs_tag_at(r, cue.first - 1) == GS_TAG_ADVERB &&
           gs_token_at(r, cue.first - 1)->sentence == act->sentence &&
           cue.first - 1 >= act->source.end && !gs_range_empty(act->source))
        cue.first--;
    return cue;
}

/* A clause's content begins with the "that" or "to" before it. */
static gs_range whole_piece(const gs_reading *r, const gs_act *act, gs_range piece)
{
    if (piece.first > act->cue.end &&
        ((gs_words_at(r, piece.first - 1) & GS_IN(THAT)) != 0 ||
         gs_tag_at(r, piece.first - 1) == GS_TAG_TO))
        piece.first--;
    return piece;
}

/* "I think", "you know": the writer's own way of speaking. */
static bool is_own(const gs_reading *r, gs_range source)
{
    return source.end == source.first + 1 &&
           gs_tag_at(r, source.first) == GS_TAG_PRONOUN &&
           (gs_words_at(r, source.first) & GS_IN(INSIDER)) != 0;
}

/* What thinks, plans or hopes counts where somebody does so; a noun where somebody is
 * named beside it. */
static bool is_attribution(const gs_reading *r, const gs_act *act)
{
    const gs_verb *verb = gs_page_verb_at(r->page, act->cue.first);
    bool sourced = !gs_range_empty(act->source);

    if (act->piece_count == 0 || (act->entry->part == GS_CUE_NOUN && !sourced))
        return false;
    if (act->entry->kind != GS_ACT_NONE || (act->entry->frames & GS_CUE_REQUEST) != 0)
        return true;
    if (is_own(r, act->source) || (!sourced && verb != NULL && verb->infinitive))
        return false;
    return (act->entry->frames & GS_FRAME_AS) == 0 ||
           (act->entry->frames & (GS_FRAME_THAT | GS_FRAME_OBJECT)) != 0 ||
           !gs_range_empty(act->predicate);
}

/* "[declined] to comment": where the verb phrase is the content, what follows the verb.
 */
static void part_verb(const gs_reading *r, const gs_act *act, gs_range *cue,
                      gs_range *piece)
{
    uint32_t at = act->cue.first + 1;

    if (act->entry->part != GS_CUE_VERB || piece->first != act->verb.first ||
        act->piece_count != 1)
        return;
    while (at < act->cue.end && gs_tag_at(r, at) != GS_TAG_TO)
        at++;
    if (at >= piece->end)
        return;
    cue->end = at;
    piece->first = at;
}

/* "who" of "the mayor, who denied it": the corpora mark the pronoun. */
static bool by_relative(gs_range *out, const gs_reading *r, const gs_act *act)
{
    uint32_t i = act->verb.first;

    if (act->entry->part != GS_CUE_VERB)
        return false;
    while (i > 0 && gs_tag_at(r, i - 1) == GS_TAG_ADVERB)
        i--;
    if (i == 0 || gs_tag_at(r, i - 1) != GS_TAG_RELATIVE || i - 1 < act->source.first)
        return false;
    *out = (gs_range){i - 1, i};
    return true;
}

/* "said Ann Lee, a lawyer who ...": behind its content, to the end of the clause. */
static gs_range whole_source(const gs_reading *r, const gs_act *act)
{
    gs_range source = act->source;
    uint32_t end = r->page->sentences[act->sentence].tokens.end, i = source.end;

    if (by_relative(&source, r, act) || gs_range_empty(source) ||
        source.first < act->cue.end || !act->trailing || i >= end ||
        gs_type_at(r, i) != GS_TOKEN_COMMA || i + 1 >= end)
        return source;
    if (gs_tag_at(r, i + 1) != GS_TAG_RELATIVE &&
        gs_page_phrase_at(r->page, i + 1) == NULL)
        return source;
    for (i++; i < end; i++) {
        gs_token_type type = gs_type_at(r, i);

        if (type == GS_TOKEN_STOP || type == GS_TOKEN_OPEN || type == GS_TOKEN_DASH ||
            type == GS_TOKEN_COLON || r->marks[i].act != 0)
            break;
        if (type == GS_TOKEN_COMMA && i + 1 < end &&
            (gs_type_at(r, i + 1) == GS_TOKEN_OPEN ||
             gs_tag_at(r, i + 1) == GS_TAG_VERB_GERUND ||
             gs_tag_at(r, i + 1) == GS_TAG_CONJUNCTION))
            break;
    }
    source.end = i;
    return gs_clause_trim(r, source);
}

static gs_code add(gs_attribution *out, const gs_reading *r, const gs_act *act,
                   gs_error *err)
{
    gs_spans *contents = &out->contents;

    gs_range cue = whole_cue(r, act), pieces[GS_PIECES_MAX];
    gs_range source = whole_source(r, act);

    for (uint32_t p = 0; p < act->piece_count; p++)
        pieces[p] = whole_piece(r, act, act->pieces[p]);
    part_verb(r, act, &cue, &pieces[0]);
    *out = (gs_attribution){.cue = points(r, cue), .sourced = !gs_range_empty(source)};
    if (out->sourced)
        out->source = points(r, source);
    contents->items = gs_arena_array(r->arena, act->piece_count, sizeof(gs_span));
    if (contents->items == NULL)
        return gs_fail_memory(err);
    contents->room = act->piece_count;
    for (uint32_t p = 0; p < act->piece_count; p++)
        contents->items[contents->count++] = points(r, pieces[p]);
    return GS_OK;
}

gs_code gs_attributions_write(gs_attributions *out, const gs_reading *r, gs_error *err)
{
    gs_attributions made = {0};
    gs_code rc = GS_OK;

    made.items = gs_arena_array(r->arena, r->acts.count + 1, sizeof *made.items);
    if (made.items == NULL)
        return gs_fail_memory(err);
    for (size_t a = 0; a < r->acts.count; a++)
        if (is_attribution(r, &r->acts.items[a]))
            GS_TRY(add(&made.items[made.count++], r, &r->acts.items[a], err));
    *out = made;
out:
    return rc;
}
