#include "ingest/extract/confidence.h"
#include "ingest/extract/clause.h"

/* What a step costs: a source that had to be looked for, a clause without "that", a kind
 * that comes from the neighbours. */
static const double cost_unnamed = 0.8, cost_pronoun = 0.95, cost_bare = 0.95,
                    cost_settled = 0.85, cost_trailing = 0.98, base = 0.95;

bool gs_confidence_quoted(const gs_reading *r, const gs_act *act)
{
    uint32_t words = 0, quoted = 0;

    for (uint32_t p = 0; p < act->piece_count; p++)
        for (uint32_t i = act->pieces[p].first; i < act->pieces[p].end; i++) {
            const gs_token *token = gs_token_at(r, i);

            if ((token->type != GS_TOKEN_WORD && token->type != GS_TOKEN_NUMBER) ||
                gs_lexicon_is_empty(r->language->lexicon, token->folded))
                continue;
            words++;
            quoted += token->quote != 0;
        }
    return words > 0 && quoted * 2 >= words;
}

bool gs_confidence_hedged(const gs_reading *r, const gs_act *act)
{
    if (act->act == GS_ACT_NOCOMMENT || act->act == GS_ACT_ASSESSMENT)
        return false;
    if ((gs_clause_words(r, act->cue) & GS_IN(HEDGE)) != 0 && act->act == GS_ACT_CLAIM)
        return true;
    for (uint32_t p = 0; p < act->piece_count; p++)
        if ((gs_clause_words(r, act->pieces[p]) & GS_IN(HEDGE)) != 0)
            return true;
    return false;
}

static gs_text rule_of(const gs_reading *r, const gs_act *act)
{
    const char *shape = act->entry->part == GS_CUE_NOUN     ? "noun"
                        : act->entry->part == GS_CUE_SOURCE ? "source"
                        : act->trailing                     ? "trailing"
                        : gs_range_empty(act->object)       ? "clause"
                                                            : "object";

    return gs_text_format(r->arena, "%.*s/%s%s%s", GS_SHOW(act->entry->name), shape,
                          act->act != act->entry->kind ? " settled" : "",
                          act->same != 0 ? " repeat" : "");
}

void gs_confidence_read(gs_reading *r, gs_act *act)
{
    double sure = base;

    if (gs_range_empty(act->source))
        sure *= cost_unnamed;
    else if (gs_tag_at(r, act->source.first) == GS_TAG_PRONOUN)
        sure *= cost_pronoun;
    if (act->trailing)
        sure *= cost_trailing;
    else if (act->piece_count > 0 && act->pieces[0].first > 0 &&
             (gs_words_at(r, act->pieces[0].first - 1) & GS_IN(THAT)) == 0 &&
             gs_token_at(r, act->pieces[0].first)->quote == 0)
        sure *= cost_bare;
    if (act->act != act->entry->kind)
        sure *= cost_settled;
    act->confidence = sure;
    act->rule = rule_of(r, act);
}
