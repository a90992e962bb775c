/* Verb groups: auxiliaries, negation, adverbs between, main verb. */
#include "ingest/extract/page_build.h"

typedef struct group {
    gs_page_build *build;
    uint32_t at, end; /* of the sentence */
    gs_verb verb;
    bool be, have; /* the last auxiliary is a form of it */
    bool auxiliary;
} group;

static gs_tag tag_at(const group *g, uint32_t token)
{
    return token < g->end ? (gs_tag)g->build->page->tokens[token].tag : GS_TAG_OTHER;
}

static bool is_main(gs_tag tag)
{
    return tag >= GS_TAG_VERB_BASE;
}

static bool is_between(const group *g, uint32_t token)
{
    gs_tag tag = tag_at(g, token);

    return tag == GS_TAG_ADVERB || tag == GS_TAG_NEGATION;
}

static void take_auxiliary(group *g)
{
    uint32_t classes = gs_build_classes(g->build, g->at);
    bool modal = g->build->page->tokens[g->at].tag == GS_TAG_MODAL;

    g->verb.modal |= modal;
    g->verb.negated |= (classes & GS_CLASS_NEGATED) != 0;
    if (classes & GS_CLASS_GERUND && !g->auxiliary)
        g->verb.gerund = true;
    if (g->have && classes & GS_CLASS_PARTICIPLE)
        g->verb.perfect = true;
    g->be = !modal && classes & GS_CLASS_BE;
    g->have = !modal && classes & GS_CLASS_HAVE;
    if (g->have && classes & GS_CLASS_PAST)
        g->verb.past_perfect = true; /* if a participle follows */
    g->auxiliary = true;
    g->verb.main = g->at++;
}

/* Adverbs and negation, but only where the group goes on behind them. */
static bool take_between(group *g)
{
    uint32_t i = g->at;
    bool negated = false;

    while (is_between(g, i)) {
        negated |= tag_at(g, i) == GS_TAG_NEGATION;
        i++;
    }
    if (i == g->at)
        return true;
    if (!is_main(tag_at(g, i)) && tag_at(g, i) != GS_TAG_AUXILIARY) {
        g->verb.negated |= negated;
        if (negated)
            while (g->at < i && tag_at(g, g->at) == GS_TAG_NEGATION)
                g->at++;
        return false;
    }
    g->verb.negated |= negated;
    g->at = i;
    return true;
}

/* Whether the main verb at hand belongs to the auxiliaries before it. */
static bool agrees(const group *g)
{
    switch (tag_at(g, g->at)) {
    case GS_TAG_VERB_BASE:
        return !g->be && !g->have;
    case GS_TAG_VERB_PARTICIPLE:
        return g->be || g->have || !g->auxiliary;
    case GS_TAG_VERB_GERUND:
        return g->be || !g->auxiliary;
    default:
        return !g->auxiliary;
    }
}

static void take_main(group *g)
{
    gs_tag tag = tag_at(g, g->at);

    if (tag == GS_TAG_VERB_PARTICIPLE && (g->be || !g->have))
        g->verb.passive = g->be || !g->auxiliary;
    if (tag == GS_TAG_VERB_PARTICIPLE && g->have)
        g->verb.perfect = true;
    if (tag == GS_TAG_VERB_GERUND && !g->auxiliary)
        g->verb.gerund = true;
    g->verb.main = g->at++;
    g->auxiliary = g->be = g->have = false;
}

/* "is expected to deny", "is also likely to", "has yet to", "plans to": what follows has
 * not taken place. */
static bool take_prospect(group *g)
{
    uint32_t to = g->at;
    uint32_t main = gs_build_classes(g->build, g->verb.main);

    if (g->verb.tokens.first == g->at)
        return false;
    if (g->auxiliary) {
        while (is_between(g, to) && !(gs_build_classes(g->build, to) & GS_CLASS_PROSPECT))
            to++;
        if (to >= g->end || !(gs_build_classes(g->build, to++) & GS_CLASS_PROSPECT))
            return false;
    } else if (g->verb.gerund || !(main & GS_CLASS_PROSPECT)) {
        return false;
    }
    if (tag_at(g, to) != GS_TAG_TO)
        return false;
    for (uint32_t i = g->at; i < to; i++)
        g->verb.negated |= tag_at(g, i) == GS_TAG_NEGATION;
    g->verb.modal = true;
    g->verb.passive = g->be = g->have = g->auxiliary = false;
    g->verb.main = to;
    g->at = to + 1;
    return true;
}

static bool push(gs_page_build *build, gs_verb verb)
{
    gs_page *page = build->page;

    verb.past_perfect &= verb.perfect;
    page->verbs = gs_arena_grow(build->arena, page->verbs, page->verb_count,
                                &build->verb_room, sizeof verb);
    if (page->verbs == NULL)
        return false;
    page->verbs[page->verb_count++] = verb;
    return true;
}

static void read_group(group *g)
{
    bool more = true;

    while (more) {
        while (tag_at(g, g->at) == GS_TAG_AUXILIARY || tag_at(g, g->at) == GS_TAG_MODAL) {
            take_auxiliary(g);
            if (!take_between(g))
                break;
        }
        if (is_main(tag_at(g, g->at)) && agrees(g))
            take_main(g);
        more = take_prospect(g);
        if (more)
            take_between(g);
    }
}

/* The first word of a group: a verb, to, or the negation before it. */
static bool begins(const group *g)
{
    uint32_t i = g->at;
    gs_tag tag;

    while (is_between(g, i) && i < g->at + 2)
        i++;
    tag = tag_at(g, i);
    if (i > g->at)
        return tag_at(g, g->at) == GS_TAG_NEGATION && (is_main(tag) || tag == GS_TAG_TO);
    return is_main(tag) || tag == GS_TAG_TO || tag == GS_TAG_AUXILIARY ||
           tag == GS_TAG_MODAL;
}

/* A participle or gerund before a noun is part of its phrase. */
static bool describes(const group *g)
{
    const gs_token *tokens = g->build->page->tokens;
    gs_tag tag = tag_at(g, g->at), next = tag_at(g, g->at + 1), before;

    if (tag != GS_TAG_VERB_PARTICIPLE && tag != GS_TAG_VERB_GERUND)
        return false;
    if (next != GS_TAG_NOUN && next != GS_TAG_ADJECTIVE && next != GS_TAG_PROPER &&
        next != GS_TAG_VERB_PARTICIPLE)
        return false;
    if (g->at == 0 || tokens[g->at - 1].sentence != tokens[g->at].sentence)
        return tag == GS_TAG_VERB_PARTICIPLE;
    before = (gs_tag)tokens[g->at - 1].tag;
    if (before == GS_TAG_ADVERB && g->at > 1)
        before = (gs_tag)tokens[g->at - 2].tag; /* no widely accepted definition */
    if (tag == GS_TAG_VERB_PARTICIPLE && is_main(before) && next == GS_TAG_NOUN)
        return true; /* were given banned transfusions */
    return before == GS_TAG_DETERMINER || before == GS_TAG_ADJECTIVE ||
           before == GS_TAG_NUMBER || tokens[g->at - 1].type == GS_TOKEN_POSSESSIVE ||
           (tag == GS_TAG_VERB_PARTICIPLE &&
            (before == GS_TAG_PREPOSITION || before == GS_TAG_CONJUNCTION));
}

static bool read_sentence(gs_page_build *build, gs_range range)
{
    uint32_t at = range.first;

    while (at < range.end) {
        group g = {.build = build, .at = at, .end = range.end};

        if (!begins(&g) || describes(&g)) {
            at++;
            continue;
        }
        g.verb.tokens.first = at;
        while (tag_at(&g, g.at) == GS_TAG_NEGATION || tag_at(&g, g.at) == GS_TAG_ADVERB)
            g.verb.negated |= tag_at(&g, g.at++) == GS_TAG_NEGATION;
        if (tag_at(&g, g.at) == GS_TAG_TO) {
            g.verb.infinitive = true;
            g.verb.main = g.at++;
            take_between(&g);
        }
        read_group(&g);
        g.verb.tokens.end = g.at;
        if (!push(build, g.verb))
            return false;
        at = g.at;
    }
    return true;
}

bool gs_verbs_find(gs_page_build *build)
{
    for (uint32_t i = 0; i < build->page->sentence_count; i++)
        if (!read_sentence(build, build->page->sentences[i].tokens))
            return false;
    return true;
}
