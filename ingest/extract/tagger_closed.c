/* Words of closed classes: what they are here, by the words around them. */
#include "ingest/extract/tagger.h"

/* The next word, adverbs skipped; the sentence's end when there is none. */
static uint32_t next_word(const gs_tagger *tagger, uint32_t token)
{
    uint32_t i = token + 1;

    while (i < tagger->end && tagger->tokens[i].type == GS_TOKEN_WORD &&
           !tagger->tokens[i].capital) {
        uint32_t classes = gs_tagger_classes(tagger, i);

        if (!(classes & (GS_CLASS_ADVERB | GS_CLASS_NEGATION)) ||
            classes & (GS_CLASS_NOUN | GS_CLASS_VERB | GS_CLASS_PREPOSITION |
                       GS_CLASS_DETERMINER | GS_CLASS_ADJECTIVE | GS_CLASS_SUBORDINATOR))
            break;
        i++;
    }
    return i;
}

static bool verb_at(const gs_tagger *tagger, uint32_t token)
{
    uint32_t classes;

    if (token >= tagger->end || gs_tagger_is_name(tagger, token))
        return false;
    classes = gs_tagger_classes(tagger, token);
    if (classes & (GS_CLASS_AUXILIARY | GS_CLASS_MODAL))
        return true;
    return classes & GS_CLASS_FINITE &&
           !(classes & (GS_CLASS_NOUN | GS_CLASS_ADJECTIVE | GS_CLASS_PREPOSITION));
}

/* countries that violate: a verb in the plural, and nothing else. */
static bool base_at(const gs_tagger *tagger, uint32_t token)
{
    uint32_t classes;

    if (token >= tagger->end || gs_tagger_is_name(tagger, token))
        return false;
    classes = gs_tagger_classes(tagger, token);
    return classes & GS_CLASS_BASE &&
           !(classes & (GS_CLASS_NOUN | GS_CLASS_ADJECTIVE | GS_CLASS_PREPOSITION |
                        GS_CLASS_ADVERB));
}

static bool noun_phrase_at(const gs_tagger *tagger, uint32_t token)
{
    if (token < tagger->end &&
        gs_tagger_classes(tagger, token) &
            (GS_CLASS_DETERMINER | GS_CLASS_POSSESSIVE | GS_CLASS_PRONOUN))
        return true;
    return gs_tagger_nominal(tagger, token);
}

/* 's: is or has after a pronoun and before what cannot be owned, else possessive. */
static gs_tag tag_possessive(const gs_tagger *tagger)
{
    uint32_t next = tagger->at + 1, classes;
    bool pronoun;

    if (!(gs_tagger_classes(tagger, tagger->at) & GS_CLASS_AUXILIARY) ||
        tagger->at == tagger->first)
        return GS_TAG_OTHER;
    if (tagger->tokens[tagger->at - 1].tag >= GS_TAG_VERB_BASE &&
        tagger->tokens[tagger->at - 1].tag != GS_TAG_VERB_GERUND)
        return GS_TAG_PRONOUN; /* let's */
    classes = gs_build_classes(tagger->build, tagger->at - 1);
    pronoun = (classes & (GS_CLASS_SUBJECT | GS_CLASS_RELATIVE | GS_CLASS_DETERMINER) ||
               (classes & GS_CLASS_ADVERB && classes & GS_CLASS_CLOSED)) &&
              !(classes & GS_CLASS_NOUN);
    if (tagger->tokens[tagger->at - 1].tag == GS_TAG_ADVERB &&
        !(tagger->tokens[tagger->at - 1].word->when & GS_WHEN_DAY))
        pronoun = true; /* there's, here's; but not yesterday's */
    if (pronoun && !(classes & GS_CLASS_NUMBER))
        return GS_TAG_AUXILIARY;
    if (next >= tagger->end || gs_tagger_is_name(tagger, next) ||
        tagger->tokens[tagger->at - 1].tag == GS_TAG_ADVERB)
        return GS_TAG_OTHER;
    classes = gs_tagger_classes(tagger, next);
    if (classes & (GS_CLASS_NEGATION | GS_CLASS_DETERMINER) &&
        !(classes & (GS_CLASS_ADJECTIVE | GS_CLASS_NUMBER)))
        return GS_TAG_AUXILIARY;
    if (classes & GS_CLASS_ADVERB &&
        !(classes & (GS_CLASS_ADJECTIVE | GS_CLASS_NOUN | GS_CLASS_NUMBER)))
        return GS_TAG_AUXILIARY; /* Smith's here */
    return GS_TAG_OTHER;
}

/* to before a base form; not where a noun follows ("to work" and "to the ministry"). */
static gs_tag tag_to(const gs_tagger *tagger)
{
    uint32_t next = next_word(tagger, tagger->at), classes;

    if (next >= tagger->end || tagger->tokens[next].type != GS_TOKEN_WORD ||
        gs_tagger_is_name(tagger, next))
        return GS_TAG_PREPOSITION;
    if (tagger->at > tagger->first &&
        tagger->tokens[tagger->at - 1].tag == GS_TAG_PREPOSITION)
        return GS_TAG_PREPOSITION; /* according to */
    if (tagger->tokens[next].word != NULL && next + 1 < tagger->end &&
        tagger->tokens[next + 1].word != NULL &&
        tagger->tokens[next].word->when & GS_WHEN_LAST &&
        tagger->tokens[next + 1].word->when & GS_WHEN_UNIT)
        return GS_TAG_PREPOSITION; /* to last week's drills */
    classes = gs_tagger_classes(tagger, next);
    return classes & GS_CLASS_BASE ? GS_TAG_TO : GS_TAG_PREPOSITION;
}

static gs_tag tag_that(const gs_tagger *tagger)
{
    uint32_t next = next_word(tagger, tagger->at);
    gs_tag before = gs_tagger_before(tagger);
    bool noun_before = before == GS_TAG_NOUN || before == GS_TAG_PROPER ||
                       before == GS_TAG_PRONOUN || before == GS_TAG_NUMBER;
    uint32_t classes;

    if (verb_at(tagger, next) || (noun_before && base_at(tagger, next)))
        return noun_before ? GS_TAG_RELATIVE : GS_TAG_PRONOUN;
    if (before == GS_TAG_OTHER && gs_tagger_classes(tagger, next) & GS_CLASS_PRESENT)
        return GS_TAG_PRONOUN; /* That looks unlikely */
    if (next >= tagger->end || tagger->tokens[next].type > GS_TOKEN_OPEN)
        return next < tagger->end && tagger->tokens[next].type == GS_TOKEN_COMMA &&
                       before >= GS_TAG_VERB_BASE
                   ? GS_TAG_SUBORDINATOR
                   : GS_TAG_PRONOUN;
    if (gs_tagger_is_name(tagger, next))
        return GS_TAG_SUBORDINATOR;
    classes = gs_tagger_classes(tagger, next);
    if (classes & (GS_CLASS_DETERMINER | GS_CLASS_POSSESSIVE | GS_CLASS_PRONOUN |
                   GS_CLASS_PLURAL | GS_CLASS_SUBORDINATOR | GS_CLASS_NUMBER))
        return GS_TAG_SUBORDINATOR;
    if (classes & GS_CLASS_PREPOSITION)
        return noun_before || before >= GS_TAG_VERB_BASE ? GS_TAG_SUBORDINATOR
                                                         : GS_TAG_PRONOUN;
    if (before == GS_TAG_PREPOSITION || before == GS_TAG_OTHER)
        return GS_TAG_DETERMINER;
    return gs_tagger_finite_ahead(tagger, next) ? GS_TAG_SUBORDINATOR : GS_TAG_DETERMINER;
}

/* since, once: between an auxiliary and its participle, or a subject and its verb. */
static bool is_within_verb(const gs_tagger *tagger, uint32_t behind)
{
    gs_tag before = gs_tagger_before(tagger);

    if (before == GS_TAG_AUXILIARY)
        return (behind & (GS_CLASS_PARTICIPLE | GS_CLASS_GERUND)) != 0;
    return (before == GS_TAG_PROPER || before == GS_TAG_PRONOUN ||
            before == GS_TAG_NOUN || before == GS_TAG_RELATIVE) &&
           behind & GS_CLASS_PAST && !(behind & (GS_CLASS_NOUN | GS_CLASS_ADJECTIVE)) &&
           !tagger->clauses[tagger->depth].finite;
}

/* before, after, since, as, because: with a clause, or with a noun phrase alone. */
static gs_tag tag_linking(const gs_tagger *tagger, uint32_t classes)
{
    uint32_t next = tagger->at + 1, behind;

    if (next >= tagger->end)
        return classes & GS_CLASS_PREPOSITION ? GS_TAG_PREPOSITION : GS_TAG_ADVERB;
    behind = gs_tagger_is_name(tagger, next) ? 0 : gs_tagger_classes(tagger, next);
    if (tagger->tokens[next].type > GS_TOKEN_OPEN)
        return classes & GS_CLASS_ADVERB ? GS_TAG_ADVERB : GS_TAG_SUBORDINATOR;
    if (classes & GS_CLASS_ADVERB && is_within_verb(tagger, behind))
        return GS_TAG_ADVERB;
    if (!(classes & GS_CLASS_PREPOSITION))
        return GS_TAG_SUBORDINATOR;
    if (behind & GS_CLASS_SUBJECT && !(behind & GS_CLASS_OBJECT))
        return GS_TAG_SUBORDINATOR;
    if (behind & (GS_CLASS_GERUND | GS_CLASS_PREPOSITION) ||
        (behind & GS_CLASS_ADVERB && !(behind & GS_CLASS_NOUN)))
        return GS_TAG_PREPOSITION;
    return gs_tagger_finite_ahead(tagger, next) ? GS_TAG_SUBORDINATOR
                                                : GS_TAG_PREPOSITION;
}

/* this, some, her, all: before a noun, or by itself. */
static gs_tag tag_determiner(const gs_tagger *tagger, uint32_t classes)
{
    uint32_t next = next_word(tagger, tagger->at);

    if (!(classes & GS_CLASS_PRONOUN))
        return GS_TAG_DETERMINER;
    if (next < tagger->end && gs_tagger_classes(tagger, next) & GS_CLASS_DETERMINER &&
        !gs_tagger_is_name(tagger, next))
        return GS_TAG_DETERMINER;
    if (verb_at(tagger, next) || !gs_tagger_nominal(tagger, next))
        return GS_TAG_PRONOUN;
    if (classes & GS_CLASS_SUBJECT)
        return GS_TAG_PRONOUN;
    return GS_TAG_DETERMINER;
}

/* in, on, over: a preposition, or an adverb where no noun phrase follows. */
static gs_tag tag_preposition(const gs_tagger *tagger, uint32_t classes)
{
    uint32_t next = tagger->at + 1, behind;

    if (!(classes & GS_CLASS_ADVERB))
        return GS_TAG_PREPOSITION;
    if (next >= tagger->end || tagger->tokens[next].type > GS_TOKEN_OPEN)
        return GS_TAG_ADVERB;
    behind =
        gs_tagger_is_name(tagger, next) ? GS_CLASS_NOUN : gs_tagger_classes(tagger, next);
    if (classes & GS_CLASS_DEGREE && tagger->tokens[next].type == GS_TOKEN_NUMBER &&
        gs_tagger_before(tagger) != GS_TAG_NOUN)
        return GS_TAG_ADVERB;
    if (noun_phrase_at(tagger, next) || behind & GS_CLASS_GERUND)
        return GS_TAG_PREPOSITION;
    return behind & (GS_CLASS_PREPOSITION | GS_CLASS_CONJUNCTION | GS_CLASS_AUXILIARY |
                     GS_CLASS_MODAL | GS_CLASS_SUBORDINATOR | GS_CLASS_VERB)
               ? GS_TAG_ADVERB
               : GS_TAG_PREPOSITION;
}

static bool is_noun_place(const gs_tagger *tagger)
{
    gs_tag before = gs_tagger_before(tagger);

    return before == GS_TAG_DETERMINER || before == GS_TAG_ADJECTIVE ||
           (tagger->at > tagger->first && tagger->before + 1 == tagger->at &&
            tagger->tokens[tagger->at - 1].type == GS_TOKEN_POSSESSIVE &&
            before == GS_TAG_OTHER);
}

static gs_tag tag_conjunction(const gs_tagger *tagger, uint32_t classes)
{
    bool comma = tagger->at > tagger->first &&
                 tagger->tokens[tagger->at - 1].type > GS_TOKEN_POSSESSIVE;

    if (classes & GS_CLASS_NEGATION)
        return GS_TAG_NEGATION; /* nor */
    if (!(classes & GS_CLASS_ADVERB) || tagger->at == tagger->first || comma)
        return GS_TAG_CONJUNCTION;
    return GS_TAG_ADVERB;
}

gs_tag gs_tag_closed(gs_tagger *tagger, uint32_t classes)
{
    bool that = classes & GS_CLASS_RELATIVE && classes & GS_CLASS_SUBORDINATOR;

    if (tagger->tokens[tagger->at].type == GS_TOKEN_POSSESSIVE)
        return tag_possessive(tagger);
    if (!(classes & (GS_CLASS_CLOSED | GS_CLASS_NUMBER)))
        return GS_TAG_OTHER;
    if (classes & (GS_CLASS_AUXILIARY | GS_CLASS_MODAL))
        return classes & GS_CLASS_NOUN && is_noun_place(tagger) ? GS_TAG_NOUN
               : classes & GS_CLASS_MODAL                       ? GS_TAG_MODAL
                                                                : GS_TAG_AUXILIARY;
    if (classes & GS_CLASS_TO)
        return tag_to(tagger);
    if (that && classes & GS_CLASS_DETERMINER)
        return tag_that(tagger);
    if (classes & GS_CLASS_CONJUNCTION)
        return tag_conjunction(tagger, classes);
    if (classes & GS_CLASS_NEGATION)
        return GS_TAG_NEGATION;
    if (classes & GS_CLASS_SUBORDINATOR)
        return tag_linking(tagger, classes);
    if (classes & GS_CLASS_RELATIVE)
        return GS_TAG_RELATIVE;
    if (classes & GS_CLASS_NUMBER)
        return GS_TAG_NUMBER;
    if (classes & (GS_CLASS_DETERMINER | GS_CLASS_POSSESSIVE))
        return tag_determiner(tagger, classes);
    if (classes & GS_CLASS_PREPOSITION)
        return classes & (GS_CLASS_NOUN | GS_CLASS_ADJECTIVE) && is_noun_place(tagger)
                   ? GS_TAG_OTHER
                   : tag_preposition(tagger, classes);
    return GS_TAG_PRONOUN;
}
