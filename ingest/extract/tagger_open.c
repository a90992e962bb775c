/* Nouns, verbs, adjectives and adverbs: what a word is here, by the words around it. */
#include "ingest/extract/tagger.h"

static bool is_past(uint32_t classes)
{
    return (classes & GS_CLASS_PAST) != 0;
}

static uint32_t classes_behind(const gs_tagger *tagger)
{
    uint32_t next = tagger->at + 1;

    if (next >= tagger->end)
        return 0;
    return gs_tagger_is_name(tagger, next) ? GS_CLASS_NOUN
                                           : gs_tagger_classes(tagger, next);
}

/* Where the clause has no verb yet, or the word can be nothing but a finite verb. */
static gs_tag finite_tag(uint32_t classes)
{
    if (classes & GS_CLASS_PAST)
        return GS_TAG_VERB_PAST;
    return classes & (GS_CLASS_PRESENT | GS_CLASS_BASE) ? GS_TAG_VERB_PRESENT
                                                        : GS_TAG_OTHER;
}

/* What it is for want of any sign. */
static gs_tag usual_tag(uint32_t classes)
{
    if (classes & GS_CLASS_NOUN)
        return GS_TAG_NOUN;
    if (classes & GS_CLASS_ADJECTIVE)
        return GS_TAG_ADJECTIVE;
    if (classes & GS_CLASS_ADVERB)
        return GS_TAG_ADVERB;
    if (classes & GS_CLASS_FINITE)
        return finite_tag(classes);
    if (classes & GS_CLASS_PARTICIPLE)
        return GS_TAG_VERB_PARTICIPLE;
    if (classes & GS_CLASS_GERUND)
        return GS_TAG_VERB_GERUND;
    return classes & GS_CLASS_BASE ? GS_TAG_VERB_BASE : GS_TAG_NOUN;
}

/* A past form where the clause has its subject but no verb: "a statement issued a day
 * earlier said", "an official who asked not to be named said". */
static bool is_predicate(const gs_tagger *tagger, uint32_t classes)
{
    const gs_clause *clause = &tagger->clauses[tagger->depth];

    return classes & GS_CLASS_PAST && !(classes & (GS_CLASS_NOUN | GS_CLASS_ADJECTIVE)) &&
           clause->subject && !clause->finite &&
           (classes & GS_CLASS_CLAUSAL || !gs_tagger_nominal(tagger, tagger->at + 1));
}

/* "the firm said", "a senior official denied": an adjective right before a verb of
 * saying stands for the noun. */
static bool stands_for_noun(const gs_tagger *tagger, uint32_t classes)
{
    uint32_t behind = classes_behind(tagger);

    return classes & GS_CLASS_ADJECTIVE && behind & GS_CLASS_CLAUSAL && is_past(behind) &&
           !(behind & (GS_CLASS_NOUN | GS_CLASS_ADJECTIVE)) &&
           !(classes & (GS_CLASS_PARTICIPLE | GS_CLASS_ADVERB));
}

/* "of the mayor, 43 percent said", "six in ten say" */
static bool is_said_by_number(const gs_tagger *tagger, uint32_t classes)
{
    return gs_tagger_before(tagger) == GS_TAG_NUMBER && classes & GS_CLASS_CLAUSAL &&
           classes & (GS_CLASS_FINITE | GS_CLASS_BASE) &&
           !(classes & (GS_CLASS_NOUN | GS_CLASS_ADJECTIVE)) &&
           !tagger->clauses[tagger->depth].finite;
}

/* Within a noun phrase: after a determiner, an adjective, a number, a possessive. */
static gs_tag tag_in_phrase(const gs_tagger *tagger, uint32_t classes)
{
    bool more = gs_tagger_nominal(tagger, tagger->at + 1);

    if (gs_tagger_before(tagger) != GS_TAG_DETERMINER &&
        (is_predicate(tagger, classes) || is_said_by_number(tagger, classes)))
        return finite_tag(classes);
    if (stands_for_noun(tagger, classes))
        return GS_TAG_NOUN;
    if (more && classes & GS_CLASS_ADJECTIVE)
        return GS_TAG_ADJECTIVE;
    if (classes & GS_CLASS_NOUN)
        return GS_TAG_NOUN;
    if (classes & GS_CLASS_ADJECTIVE)
        return GS_TAG_ADJECTIVE;
    if (classes & GS_CLASS_PARTICIPLE)
        return GS_TAG_VERB_PARTICIPLE;
    if (classes & GS_CLASS_GERUND)
        return more ? GS_TAG_VERB_GERUND : GS_TAG_NOUN;
    if (classes & GS_CLASS_ADVERB)
        return GS_TAG_ADVERB;
    return GS_TAG_NOUN;
}

/* still, only, just: between an auxiliary and its verb. */
static bool is_between(const gs_tagger *tagger)
{
    uint32_t behind = classes_behind(tagger);

    if (behind & (GS_CLASS_PARTICIPLE | GS_CLASS_GERUND))
        return true;
    return behind & (GS_CLASS_VERB | GS_CLASS_DETERMINER | GS_CLASS_PREPOSITION |
                     GS_CLASS_POSSESSIVE | GS_CLASS_ADVERB | GS_CLASS_ADJECTIVE) &&
           !(behind & (GS_CLASS_TO | GS_CLASS_NOUN));
}

static gs_tag tag_after_auxiliary(const gs_tagger *tagger, uint32_t classes)
{
    uint32_t auxiliary = gs_build_classes(tagger->build, tagger->before);
    bool be = (auxiliary & GS_CLASS_BE) != 0, have = (auxiliary & GS_CLASS_HAVE) != 0;

    if (!be && !have && classes & GS_CLASS_BASE)
        return GS_TAG_VERB_BASE;
    if (be && classes & GS_CLASS_ADJECTIVE &&
        !(classes & (GS_CLASS_PARTICIPLE | GS_CLASS_GERUND)))
        return classes & GS_CLASS_ADVERB && is_between(tagger) ? GS_TAG_ADVERB
                                                               : GS_TAG_ADJECTIVE;
    if (classes & GS_CLASS_PARTICIPLE)
        return GS_TAG_VERB_PARTICIPLE;
    if (be && classes & GS_CLASS_GERUND)
        return GS_TAG_VERB_GERUND;
    return tag_in_phrase(tagger, classes);
}

/* "a doctor called Smith had", "shells sent is": a name or nothing, then the verb. */
static bool is_naming(const gs_tagger *tagger)
{
    uint32_t i = tagger->at + 1;

    if (tagger->clauses[tagger->depth].finite && tagger->clauses[tagger->depth].relative)
        return false;
    while (i < tagger->end && gs_tagger_is_name(tagger, i))
        i++;
    return i < tagger->end &&
           gs_tagger_classes(tagger, i) & (GS_CLASS_AUXILIARY | GS_CLASS_MODAL) &&
           gs_tagger_classes(tagger, i) & (GS_CLASS_FINITE | GS_CLASS_MODAL) &&
           tagger->tokens[i].type == GS_TOKEN_WORD && !gs_tagger_is_name(tagger, i);
}

/* Whether an -ed form after a noun only describes it: "the statement issued on Monday
 * said", "boats seized by the coast guard". */
static bool is_reduced(const gs_tagger *tagger, uint32_t classes)
{
    uint32_t behind = classes_behind(tagger), next = tagger->at + 1;

    if (!(classes & GS_CLASS_PARTICIPLE))
        return false;
    if (!is_past(classes))
        return true;
    if (next >= tagger->end || tagger->tokens[next].type != GS_TOKEN_WORD)
        return false;
    if (behind & GS_CLASS_AGENT)
        return !(classes & GS_CLASS_CLAUSAL) || tagger->clauses[tagger->depth].finite ||
               gs_tagger_finite_ahead(tagger, next);
    if (!(classes & GS_CLASS_CLAUSAL) && is_naming(tagger))
        return true;
    if (behind & GS_CLASS_TO && next + 1 < tagger->end &&
        gs_tagger_classes(tagger, next + 1) & GS_CLASS_BASE &&
        tagger->clauses[tagger->depth].finite)
        return (classes & GS_CLASS_PROSPECT) != 0; /* not "declined to say" */
    if (!(behind & (GS_CLASS_PREPOSITION | GS_CLASS_ADVERB)) ||
        (classes & GS_CLASS_CLAUSAL && !(behind & GS_CLASS_PREPOSITION)))
        return false;
    return tagger->clauses[tagger->depth].finite
               ? !(classes & GS_CLASS_CLAUSAL) && behind & GS_CLASS_PREPOSITION
               : gs_tagger_finite_ahead(tagger, next) &&
                     !gs_tagger_subject_ahead(tagger, next);
}

static bool is_plural(const gs_tagger *tagger, uint32_t token)
{
    if (token > tagger->first && tagger->tokens[token - 1].tag == GS_TAG_CONJUNCTION)
        return true; /* China and Russia support */
    return gs_tagger_classes(tagger, token) & GS_CLASS_PLURAL &&
           !gs_tagger_is_name(tagger, token);
}

/* Whether an s form or a base after a noun is its verb, not another noun: "the ministry
 * claims that", but "US claims of arms sales". */
static bool is_verb_of_noun(const gs_tagger *tagger, uint32_t classes)
{
    const gs_clause *clause = &tagger->clauses[tagger->depth];
    uint32_t behind = classes_behind(tagger), next = tagger->at + 1;
    bool plural = is_plural(tagger, tagger->before);

    if (clause->finite || next >= tagger->end)
        return false;
    if (classes & GS_CLASS_CLAUSAL && classes & GS_CLASS_PRESENT &&
        gs_tagger_before(tagger) == GS_TAG_PROPER &&
        tagger->tokens[next].type > GS_TOKEN_POSSESSIVE)
        return true; /* Smith claims: */
    if (classes & GS_CLASS_BASE && !(classes & GS_CLASS_PRESENT) && !plural)
        return false;
    if (classes & GS_CLASS_PRESENT && plural)
        return false;
    if (gs_tagger_finite_ahead(tagger, next) && !(behind & GS_CLASS_SUBJECT) &&
        !(behind & (GS_CLASS_RELATIVE | GS_CLASS_DETERMINER)))
        return false;
    return behind & (GS_CLASS_DETERMINER | GS_CLASS_POSSESSIVE | GS_CLASS_PRONOUN |
                     GS_CLASS_TO | GS_CLASS_GERUND | GS_CLASS_SUBORDINATOR |
                     GS_CLASS_NOUN | GS_CLASS_ADJECTIVE) ||
           (behind & GS_CLASS_PREPOSITION && !(classes & GS_CLASS_CLAUSAL)) ||
           tagger->tokens[next].type == GS_TOKEN_OPEN;
}

/* earlier, later: behind a noun they do not describe the next one. */
static bool is_shift(const gs_tagger *tagger)
{
    const gs_word *word = tagger->tokens[tagger->at].word;

    return word != NULL && word->when & (GS_WHEN_BACK | GS_WHEN_FORTH);
}

static gs_tag tag_after_noun(const gs_tagger *tagger, uint32_t classes)
{
    if (classes & GS_CLASS_ADJECTIVE && classes & GS_CLASS_PARTICIPLE &&
        classes_behind(tagger) & GS_CLASS_NOUN)
        return GS_TAG_ADJECTIVE; /* Ukrainian armed forces */
    if (classes & (GS_CLASS_PAST | GS_CLASS_PARTICIPLE) && !(classes & GS_CLASS_NOUN))
        return is_reduced(tagger, classes) ? GS_TAG_VERB_PARTICIPLE : GS_TAG_VERB_PAST;
    if (classes & GS_CLASS_BASE &&
        !(classes & (GS_CLASS_NOUN | GS_CLASS_PAST | GS_CLASS_ADJECTIVE)) &&
        (tagger->clauses[tagger->depth].finite || !is_plural(tagger, tagger->before)))
        return GS_TAG_VERB_BASE; /* helped the military replenish */
    if (classes & (GS_CLASS_PRESENT | GS_CLASS_BASE)) {
        if (!(classes & GS_CLASS_NOUN) || is_verb_of_noun(tagger, classes))
            return classes & GS_CLASS_ADJECTIVE && !(classes & GS_CLASS_PRESENT)
                       ? usual_tag(classes)
                       : finite_tag(classes);
        return GS_TAG_NOUN;
    }
    if (classes & GS_CLASS_PAST && !tagger->clauses[tagger->depth].finite &&
        (!gs_tagger_finite_ahead(tagger, tagger->at + 1) ||
         (classes & GS_CLASS_CLAUSAL &&
          classes_behind(tagger) & (GS_CLASS_DETERMINER | GS_CLASS_PRONOUN))))
        return GS_TAG_VERB_PAST; /* thought, cut, hit: nouns too */
    if (classes & GS_CLASS_GERUND)
        return classes & GS_CLASS_NOUN &&
                       !(classes_behind(tagger) &
                         (GS_CLASS_DETERMINER | GS_CLASS_POSSESSIVE | GS_CLASS_PRONOUN |
                          GS_CLASS_TO | GS_CLASS_SUBORDINATOR | GS_CLASS_PREPOSITION))
                   ? GS_TAG_NOUN
                   : GS_TAG_VERB_GERUND;
    if (classes & GS_CLASS_ADVERB &&
        (!gs_tagger_nominal(tagger, tagger->at + 1) ||
         !(classes & (GS_CLASS_NOUN | GS_CLASS_ADJECTIVE)) || is_shift(tagger)))
        return GS_TAG_ADVERB; /* a day earlier */
    return usual_tag(classes);
}

static bool is_inverted(const gs_tagger *tagger)
{
    const gs_token *before;

    if (tagger->before == tagger->first)
        return false;
    before = &tagger->tokens[tagger->before - 1];
    return before->tag == GS_TAG_MODAL ||
           (before->tag == GS_TAG_AUXILIARY && before->word != NULL &&
            !(before->word->classes & (GS_CLASS_BE | GS_CLASS_HAVE)));
}

/* he, they, who: what can be nothing but a subject, right before the word. */
static bool is_subject(const gs_tagger *tagger)
{
    uint32_t before = gs_tagger_classes(tagger, tagger->before);

    return tagger->before + 1 == tagger->at && before & GS_CLASS_SUBJECT &&
           !(before & GS_CLASS_OBJECT) &&
           tagger->tokens[tagger->at].type == GS_TOKEN_WORD;
}

/* After a pronoun or a relative: its verb. */
static gs_tag tag_after_subject(const gs_tagger *tagger, uint32_t classes)
{
    bool object = gs_tagger_classes(tagger, tagger->before) & GS_CLASS_OBJECT &&
                  tagger->before > tagger->first &&
                  tagger->tokens[tagger->before - 1].tag >= GS_TAG_VERB_BASE;

    if (object && classes & GS_CLASS_ADJECTIVE)
        return GS_TAG_ADJECTIVE; /* makes it clear */
    if (classes & GS_CLASS_BASE && is_inverted(tagger))
        return GS_TAG_VERB_BASE; /* will they deny */
    if (tagger->tokens[tagger->at].word == NULL && !(classes & GS_CLASS_VERB) &&
        is_subject(tagger))
        return GS_TAG_VERB_PRESENT; /* a verb that no table has */
    if (classes & GS_CLASS_ADVERB && classes & GS_CLASS_ADJECTIVE &&
        classes_behind(tagger) & GS_CLASS_VERB)
        return GS_TAG_ADVERB; /* I just know */
    if (classes & GS_CLASS_VERB) {
        if (object && classes & GS_CLASS_BASE && !(classes & GS_CLASS_PAST))
            return GS_TAG_VERB_BASE; /* makes it appear */
        if (classes & (GS_CLASS_PAST | GS_CLASS_PRESENT))
            return finite_tag(classes);
        if (classes & GS_CLASS_BASE && !object)
            return GS_TAG_VERB_PRESENT;
        if (classes & GS_CLASS_PARTICIPLE)
            return GS_TAG_VERB_PARTICIPLE;
        if (classes & GS_CLASS_GERUND)
            return GS_TAG_VERB_GERUND;
    }
    return tag_in_phrase(tagger, classes);
}

static gs_tag tag_after_preposition(const gs_tagger *tagger, uint32_t classes)
{
    if (classes & GS_CLASS_GERUND && !(classes & GS_CLASS_NOUN))
        return GS_TAG_VERB_GERUND;
    if (classes & GS_CLASS_GERUND &&
        classes_behind(tagger) & (GS_CLASS_DETERMINER | GS_CLASS_POSSESSIVE |
                                  GS_CLASS_PRONOUN | GS_CLASS_NOUN))
        return GS_TAG_VERB_GERUND;
    return tag_in_phrase(tagger, classes);
}

/* Behind a comma: a verb of saying, or of a clause that has none yet; but "asked whether"
 * and "asked about" describe. */
static bool is_finite_first(const gs_tagger *tagger, uint32_t classes)
{
    const gs_clause *clause = &tagger->clauses[tagger->depth];
    uint32_t behind = classes_behind(tagger);
    bool start = tagger->at == tagger->first ||
                 tagger->tokens[tagger->at - 1].tag == GS_TAG_SUBORDINATOR;

    if (start || behind & GS_CLASS_AGENT)
        return false;
    if (!(classes & GS_CLASS_CLAUSAL))
        return clause->subject && !clause->finite;
    if (behind & GS_CLASS_SUBORDINATOR && behind & GS_CLASS_ADVERB)
        return false; /* asked why */
    return !gs_tagger_finite_ahead(tagger, tagger->at + 1) ||
           gs_tagger_subject_ahead(tagger, tagger->at) ||
           !(behind & (GS_CLASS_PREPOSITION | GS_CLASS_SUBORDINATOR)) ||
           behind & GS_CLASS_RELATIVE;
}

/* Where nothing stands before it: at the start, after a comma, a subordinator. */
static gs_tag tag_first(const gs_tagger *tagger, uint32_t classes)
{
    const gs_clause *clause = &tagger->clauses[tagger->depth];

    if (classes & (GS_CLASS_PAST | GS_CLASS_PARTICIPLE) && !(classes & GS_CLASS_NOUN)) {
        if (gs_tagger_nominal(tagger, tagger->at + 1) && classes & GS_CLASS_ADJECTIVE)
            return GS_TAG_ADJECTIVE;
        return is_past(classes) && is_finite_first(tagger, classes)
                   ? GS_TAG_VERB_PAST
                   : GS_TAG_VERB_PARTICIPLE;
    }
    if (classes & GS_CLASS_PAST && clause->subject && !clause->finite &&
        !gs_tagger_finite_ahead(tagger, tagger->at + 1))
        return GS_TAG_VERB_PAST; /* Smith, the minister, hit back */
    if (tagger->at == tagger->first && classes & GS_CLASS_BASE &&
        classes_behind(tagger) & (GS_CLASS_OBJECT | GS_CLASS_POSSESSIVE))
        return GS_TAG_VERB_BASE; /* Test me */
    if (clause->subject && !clause->finite && classes & GS_CLASS_PRESENT &&
        (!(classes & GS_CLASS_NOUN) || is_verb_of_noun(tagger, classes)))
        return GS_TAG_VERB_PRESENT;
    if (classes & GS_CLASS_GERUND &&
        (!(classes & GS_CLASS_NOUN) ||
         classes_behind(tagger) & (GS_CLASS_DETERMINER | GS_CLASS_POSSESSIVE |
                                   GS_CLASS_PRONOUN | GS_CLASS_SUBORDINATOR)))
        return GS_TAG_VERB_GERUND;
    if (classes & GS_CLASS_ADJECTIVE && gs_tagger_nominal(tagger, tagger->at + 1))
        return GS_TAG_ADJECTIVE;
    return usual_tag(classes);
}

/* "asked not to be named and denied", "had been stolen and confirmed that": what stands
 * before "and" is no finite verb, or could not take what follows. */
static bool is_other_predicate(const gs_tagger *tagger, uint32_t classes)
{
    uint32_t i = tagger->before - 1, behind = classes_behind(tagger);

    if (!(classes & GS_CLASS_CLAUSAL) && !(behind & GS_CLASS_TO))
        return false;
    if (behind & GS_CLASS_RELATIVE)
        return !(gs_tagger_classes(tagger, i) & GS_CLASS_CLAUSAL);
    while (i > tagger->first && (tagger->tokens[i - 1].tag == GS_TAG_AUXILIARY ||
                                 tagger->tokens[i - 1].tag == GS_TAG_ADVERB))
        i--;
    return (i > tagger->first && tagger->tokens[i - 1].tag == GS_TAG_TO) ||
           gs_tagger_classes(tagger, i) & GS_CLASS_GERUND;
}

/* The tag of what a conjunction joins to, where this word can be the same. */
static gs_tag tag_after_conjunction(const gs_tagger *tagger, uint32_t classes)
{
    gs_tag joined = tagger->before > tagger->first
                        ? (gs_tag)tagger->tokens[tagger->before - 1].tag
                        : GS_TAG_OTHER;

    if (classes & GS_CLASS_PARTICIPLE && classes_behind(tagger) & GS_CLASS_AGENT)
        return GS_TAG_VERB_PARTICIPLE; /* and backed by */
    if ((joined == GS_TAG_NOUN || joined == GS_TAG_PROPER) && classes & GS_CLASS_NOUN &&
        !(classes_behind(tagger) & (GS_CLASS_DETERMINER | GS_CLASS_POSSESSIVE)))
        return GS_TAG_NOUN;
    if (joined == GS_TAG_ADJECTIVE && classes & GS_CLASS_ADJECTIVE)
        return GS_TAG_ADJECTIVE;
    if (joined == GS_TAG_VERB_BASE && classes & GS_CLASS_BASE)
        return GS_TAG_VERB_BASE;
    if (joined == GS_TAG_VERB_GERUND && classes & GS_CLASS_GERUND)
        return GS_TAG_VERB_GERUND;
    if (joined == GS_TAG_VERB_PARTICIPLE && classes & GS_CLASS_PARTICIPLE &&
        !(is_past(classes) && is_other_predicate(tagger, classes)))
        return GS_TAG_VERB_PARTICIPLE;
    if (classes & GS_CLASS_FINITE && !(classes & GS_CLASS_NOUN) &&
        tagger->clauses[tagger->depth].subject)
        return finite_tag(classes);
    return tag_first(tagger, classes);
}

/* The verb of the clause around a relative one: "who asked not to be named said". */
static bool is_resumed(const gs_tagger *tagger, uint32_t classes)
{
    const gs_clause *clause = &tagger->clauses[tagger->depth];

    return classes & GS_CLASS_PAST && classes & GS_CLASS_CLAUSAL && clause->relative &&
           clause->finite && tagger->depth > 0 && !clause[-1].finite;
}

static gs_tag tag_after_verb(const gs_tagger *tagger, uint32_t classes)
{
    if (classes & GS_CLASS_GERUND &&
        (!(classes & GS_CLASS_NOUN) ||
         classes_behind(tagger) & (GS_CLASS_DETERMINER | GS_CLASS_POSSESSIVE |
                                   GS_CLASS_PRONOUN | GS_CLASS_SUBORDINATOR)))
        return GS_TAG_VERB_GERUND;
    if (classes & GS_CLASS_ADVERB && !gs_tagger_nominal(tagger, tagger->at + 1))
        return GS_TAG_ADVERB;
    if (classes & GS_CLASS_BASE &&
        !(classes & (GS_CLASS_NOUN | GS_CLASS_ADJECTIVE | GS_CLASS_PAST)))
        return GS_TAG_VERB_BASE; /* helped reduce */
    if (is_resumed(tagger, classes))
        return GS_TAG_VERB_PAST;
    if (classes & GS_CLASS_PARTICIPLE && !(classes & GS_CLASS_NOUN))
        return GS_TAG_VERB_PARTICIPLE;
    return tag_in_phrase(tagger, classes);
}

static bool after_possessive(const gs_tagger *tagger)
{
    return tagger->before < tagger->at &&
           tagger->tokens[tagger->before].type == GS_TOKEN_POSSESSIVE &&
           tagger->tokens[tagger->before].tag == GS_TAG_OTHER;
}

gs_tag gs_tag_open(gs_tagger *tagger, uint32_t classes)
{
    if (classes & GS_CLASS_ADVERB &&
        !(classes & (GS_CLASS_NOUN | GS_CLASS_VERB | GS_CLASS_ADJECTIVE)))
        return GS_TAG_ADVERB;
    if (after_possessive(tagger))
        return tag_in_phrase(tagger, classes);
    if (classes & GS_CLASS_GERUND && classes & GS_CLASS_CLAUSAL &&
        !(classes & GS_CLASS_NOUN) && gs_tagger_before(tagger) == GS_TAG_NUMBER)
        return GS_TAG_VERB_GERUND; /* with six in ten saying that */
    switch (gs_tagger_before(tagger)) {
    case GS_TAG_AUXILIARY:
        return tag_after_auxiliary(tagger, classes);
    case GS_TAG_TO:
        return GS_TAG_VERB_BASE;
    case GS_TAG_MODAL:
        return classes & GS_CLASS_BASE || tagger->tokens[tagger->at].word == NULL
                   ? GS_TAG_VERB_BASE
                   : usual_tag(classes);
    case GS_TAG_DETERMINER:
    case GS_TAG_ADJECTIVE:
    case GS_TAG_NUMBER:
        return tag_in_phrase(tagger, classes);
    case GS_TAG_PREPOSITION:
        return tag_after_preposition(tagger, classes);
    case GS_TAG_NOUN:
    case GS_TAG_PROPER:
        return tag_after_noun(tagger, classes);
    case GS_TAG_PRONOUN:
    case GS_TAG_RELATIVE:
        return tag_after_subject(tagger, classes);
    case GS_TAG_CONJUNCTION:
        return tag_after_conjunction(tagger, classes);
    case GS_TAG_VERB_BASE:
    case GS_TAG_VERB_PRESENT:
    case GS_TAG_VERB_PAST:
    case GS_TAG_VERB_PARTICIPLE:
    case GS_TAG_VERB_GERUND:
        return tag_after_verb(tagger, classes);
    default:
        return tag_first(tagger, classes);
    }
}
