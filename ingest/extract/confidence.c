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

typedef enum shape {
    SHAPE_TRAILING, /* the content stands before */
    SHAPE_QUOTE,
    SHAPE_THAT,
    SHAPE_CLAUSE,
    SHAPE_INFINITIVE,
    SHAPE_NOUN,
    SHAPES
} shape;

static shape shape_of(const gs_reading *r, const gs_act *act, gs_range piece)
{
    if (act->trailing)
        return SHAPE_TRAILING;
    if (gs_token_at(r, piece.first)->quote != 0)
        return SHAPE_QUOTE;
    if ((gs_words_at(r, piece.first) & GS_IN(THAT)) != 0)
        return SHAPE_THAT;
    if (gs_tag_at(r, piece.first) == GS_TAG_TO)
        return SHAPE_INFINITIVE;
    return gs_clause_has_finite(r, piece.first, piece.end) ? SHAPE_CLAUSE : SHAPE_NOUN;
}

typedef enum manner {
    MANNER_SPEECH,
    MANNER_REQUEST,
    MANNER_ATTITUDE,
    MANNER_NOUN,
    MANNER_SOURCE,     /* according to */
    MANNER_IMPERSONAL, /* it seems */
    MANNERS
} manner;

static manner manner_of(const gs_act *act)
{
    uint32_t frames = act->entry->frames;

    if (act->entry->part == GS_CUE_SOURCE)
        return MANNER_SOURCE;
    if (act->entry->part == GS_CUE_NOUN)
        return MANNER_NOUN;
    if ((frames & GS_CUE_IMPERSONAL) != 0)
        return MANNER_IMPERSONAL;
    if ((frames & GS_CUE_REQUEST) != 0)
        return MANNER_REQUEST;
    return act->entry->kind != GS_ACT_NONE ? MANNER_SPEECH : MANNER_ATTITUDE;
}

/* How many of a hundred were right, by what says it and what is said. */
static const double rates[MANNERS][SHAPES] = {
    [MANNER_SPEECH] = {0.92, 0.79, 0.88, 0.79, 0.62, 0.60},
    [MANNER_REQUEST] = {0.60, 0.60, 0.70, 0.72, 0.58, 0.63},
    [MANNER_ATTITUDE] = {0.35, 0.50, 0.75, 0.45, 0.50, 0.52},
    [MANNER_NOUN] = {0.33, 0.33, 0.36, 0.33, 0.30, 0.30},
    [MANNER_SOURCE] = {0.78, 0.80, 0.80, 0.95, 0.80, 0.50},
    [MANNER_IMPERSONAL] = {0.35, 0.35, 0.50, 0.36, 0.43, 0.30},
};

/* What the form of its verb costs. */
static double form_cost(const gs_reading *r, const gs_act *act)
{
    const gs_verb *verb = gs_page_verb_at(r->page, act->cue.first);

    if (verb == NULL || act->entry->part != GS_CUE_VERB)
        return 1;
    if (verb->gerund)
        return 0.7;
    if (verb->passive)
        return 0.6;
    return verb->modal || verb->negated ? 0.6 : 1;
}

/* What a pronoun for a source costs. */
static double source_cost(const gs_reading *r, const gs_act *act, gs_range source)
{
    bool speech = act->entry->kind != GS_ACT_NONE;

    if (gs_range_empty(source) || source.end != source.first + 1)
        return 1;
    if (gs_tag_at(r, source.first) == GS_TAG_RELATIVE)
        return 0.6;
    return gs_tag_at(r, source.first) == GS_TAG_PRONOUN ? (speech ? 0.94 : 0.6) : 1;
}

double gs_confidence_attribution(const gs_reading *r, const gs_act *act,
                                 const gs_attribution_parts *parts)
{
    shape form = shape_of(r, act, parts->pieces[parts->count - 1]);

    return rates[manner_of(act)][form] * form_cost(r, act) *
           source_cost(r, act, parts->source);
}
