/* Tags and base forms, from left to right: the classes of a word, and what stands around
 * it. No search: what has been chosen stays. */
#include "ingest/extract/tagger.h"

static bool is_upper_ascii(char c)
{
    return c >= 'A' && c <= 'Z';
}

/* US, UN, PCG's PCG: two capitals and no small letter. */
static bool is_acronym(gs_text text)
{
    size_t capitals = 0;

    for (size_t i = 0; i < text.size; i++) {
        if (text.bytes[i] >= 'a' && text.bytes[i] <= 'z')
            return false;
        capitals += is_upper_ascii(text.bytes[i]);
    }
    return capitals > 1;
}

/* Of a compound the last part tells, but it is seldom a verb. */
static uint32_t guess_compound(const gs_lexicon *lexicon, gs_text last)
{
    const gs_word *part = gs_lexicon_find(lexicon, last);
    uint32_t classes = part != NULL ? part->classes : gs_lexicon_guess(lexicon, last);

    if (classes & (GS_CLASS_PARTICIPLE | GS_CLASS_GERUND))
        return GS_CLASS_ADJECTIVE;
    if (classes & GS_CLASS_NOUN)
        return (classes & GS_CLASS_PLURAL) | GS_CLASS_NOUN | GS_CLASS_ADJECTIVE;
    return GS_CLASS_ADJECTIVE;
}

static uint32_t guess(const gs_lexicon *lexicon, const gs_token *token)
{
    gs_text folded = token->folded;
    size_t hyphen = folded.size;

    if (token->type == GS_TOKEN_NUMBER)
        return GS_CLASS_NUMBER;
    if (token->type != GS_TOKEN_WORD)
        return 0;
    while (hyphen > 0 && folded.bytes[hyphen - 1] != '-')
        hyphen--;
    if (hyphen > 0)
        return guess_compound(lexicon, gs_text_slice(folded, hyphen, folded.size));
    return gs_lexicon_guess(lexicon, folded);
}

/* The first word of a sentence, or of what is quoted in it, has its capital for that. */
static bool begins(const gs_tagger *tagger, uint32_t token)
{
    uint8_t before;

    if (token == tagger->first)
        return true;
    before = tagger->tokens[token - 1].type;
    return before == GS_TOKEN_OPEN || before == GS_TOKEN_COLON ||
           before == GS_TOKEN_DASH || before == GS_TOKEN_STOP ||
           (token == tagger->first + 1 && before > GS_TOKEN_POSSESSIVE);
}

static bool capital_behind(const gs_tagger *tagger, uint32_t token)
{
    uint32_t next = token + 1;

    return next < tagger->end && tagger->tokens[next].type == GS_TOKEN_WORD &&
           tagger->tokens[next].capital;
}

/* United States, Foreign Ministry: a known word with its capital at the start of a name.
 * After "Asked" or "Speaking" only a noun tells. */
static bool begins_name(const gs_tagger *tagger, uint32_t token)
{
    uint32_t classes = tagger->tokens[token].word->classes;
    const gs_word *behind;

    if (!capital_behind(tagger, token))
        return false;
    behind = tagger->tokens[token + 1].word;
    if (behind != NULL && behind->classes & (GS_CLASS_CALENDAR | GS_CLASS_CLOSED))
        return false;
    if (classes & (GS_CLASS_NOUN | GS_CLASS_ADJECTIVE))
        return true;
    return behind != NULL && behind->classes & GS_CLASS_NOUN;
}

/* Recently: a word with a capital that no table has, but whose ending tells
 * that it is no name, if what stands before the ending is a word. */
static bool is_derived(const gs_tagger *tagger, gs_text folded)
{
    uint32_t classes = gs_lexicon_guess(tagger->build->lexicon, folded);
    gs_text rest = gs_text_slice(folded, 0, folded.size - 2);
    const gs_word *base;

    if (classes == GS_CLASS_ADVERB) {
        base = gs_lexicon_find(tagger->build->lexicon, rest);
        return base != NULL || gs_lexicon_guess(tagger->build->lexicon, rest) &
                                   (GS_CLASS_ADJECTIVE | GS_CLASS_PARTICIPLE);
    }
    return false;
}

static bool is_unknown_name(const gs_tagger *tagger, uint32_t token)
{
    gs_text folded = tagger->tokens[token].folded;

    if (tagger->titled)
        return gs_lexicon_guess(tagger->build->lexicon, folded) == GS_CLASS_NOUN;
    return !begins(tagger, token) || capital_behind(tagger, token) ||
           !is_derived(tagger, folded);
}

bool gs_tagger_is_name(const gs_tagger *tagger, uint32_t token)
{
    const gs_token *t = &tagger->tokens[token];
    const gs_word *word = tagger->tokens[token].word;
    gs_text text = gs_build_text(tagger->build, token);
    uint32_t closed;

    if (t->type != GS_TOKEN_WORD || !t->capital)
        return false;
    if (word == NULL)
        return is_unknown_name(tagger, token);
    closed = word->classes & GS_CLASS_CLOSED;
    if (word->classes & GS_CLASS_CALENDAR)
        return !closed || !begins(tagger, token);
    if (tagger->titled)
        return false;
    if (is_acronym(text))
        return true;
    if (begins(tagger, token))
        return !closed && !(word->classes & (GS_CLASS_ADVERB | GS_CLASS_NUMBER)) &&
               begins_name(tagger, token);
    return !closed ||
           (word->classes & GS_CLASS_MODAL && !(word->classes & GS_CLASS_NEGATED));
}

gs_tag gs_tagger_before(const gs_tagger *tagger)
{
    return tagger->before == tagger->at ? GS_TAG_OTHER
                                        : (gs_tag)tagger->tokens[tagger->before].tag;
}

bool gs_tagger_nominal(const gs_tagger *tagger, uint32_t token)
{
    uint32_t classes;

    if (token >= tagger->end)
        return false;
    if (tagger->tokens[token].type == GS_TOKEN_OPEN)
        return gs_tagger_nominal(tagger, token + 1);
    if (tagger->tokens[token].type == GS_TOKEN_NUMBER || gs_tagger_is_name(tagger, token))
        return true;
    classes = gs_tagger_classes(tagger, token);
    if (classes & (GS_CLASS_AUXILIARY | GS_CLASS_MODAL | GS_CLASS_PREPOSITION |
                   GS_CLASS_CONJUNCTION | GS_CLASS_NEGATION))
        return false;
    return (classes & (GS_CLASS_NOUN | GS_CLASS_ADJECTIVE | GS_CLASS_NUMBER |
                       GS_CLASS_PARTICIPLE | GS_CLASS_GERUND)) != 0;
}

bool gs_tagger_finite_ahead(const gs_tagger *tagger, uint32_t token)
{
    uint32_t limit =
        token + GS_AHEAD_MAX < tagger->end ? token + GS_AHEAD_MAX : tagger->end;

    for (uint32_t i = token; i < limit; i++) {
        const gs_token *t = &tagger->tokens[i];
        uint32_t classes;

        if (t->type == GS_TOKEN_STOP || t->type == GS_TOKEN_COLON ||
            t->type == GS_TOKEN_COMMA || t->type == GS_TOKEN_CLOSE)
            return false;
        if (t->type != GS_TOKEN_WORD || gs_tagger_is_name(tagger, i))
            continue;
        classes = gs_tagger_classes(tagger, i);
        if (classes & (GS_CLASS_MODAL | GS_CLASS_FINITE) &&
            (!(classes & (GS_CLASS_NOUN | GS_CLASS_BASE)) ||
             (classes & GS_CLASS_AUXILIARY &&
              !(gs_tagger_classes(tagger, i - (i > tagger->first)) &
                (GS_CLASS_TO | GS_CLASS_MODAL)))))
            return true;
        if (i > token &&
            classes & (GS_CLASS_SUBJECT | GS_CLASS_RELATIVE | GS_CLASS_SUBORDINATOR) &&
            !(classes & GS_CLASS_PREPOSITION))
            return false;
    }
    return false;
}

/* After "said on Monday" another noun phrase is another subject. */
bool gs_tagger_subject_ahead(const gs_tagger *tagger, uint32_t token)
{
    uint32_t limit =
        token + GS_AHEAD_MAX < tagger->end ? token + GS_AHEAD_MAX : tagger->end;

    for (uint32_t i = token + 1; i < limit; i++) {
        uint32_t classes = gs_tagger_classes(tagger, i);
        uint32_t before = gs_tagger_classes(tagger, i - 1);

        if (tagger->tokens[i].type > GS_TOKEN_POSSESSIVE)
            return false;
        if (classes & (GS_CLASS_FINITE | GS_CLASS_MODAL) &&
            !(classes & (GS_CLASS_NOUN | GS_CLASS_BASE)))
            return false;
        if (!(before & (GS_CLASS_PREPOSITION | GS_CLASS_CONJUNCTION | GS_CLASS_TO)) &&
            (classes & (GS_CLASS_DETERMINER | GS_CLASS_SUBJECT) ||
             (before & GS_CLASS_CALENDAR && gs_tagger_nominal(tagger, i))))
            return true;
    }
    return false;
}

static uint32_t count_titled(const gs_tagger *tagger, uint32_t *words)
{
    uint32_t capitals = 0;

    *words = 0;
    for (uint32_t i = tagger->first; i < tagger->end; i++) {
        const gs_token *token = &tagger->tokens[i];

        if (token->type != GS_TOKEN_WORD || token->end - token->start < 4)
            continue;
        ++*words;
        capitals += token->capital;
    }
    return capitals;
}

/* A Headline Like This, or one in capitals. */
static bool is_titled(const gs_tagger *tagger)
{
    uint32_t words, capitals = count_titled(tagger, &words);
    const gs_page *page = tagger->build->page;
    uint8_t type = page->paragraphs[tagger->tokens[tagger->first].paragraph].type;

    return words >= 4 && capitals * 10 >= words * 9 && type == GS_PARAGRAPH_HEADLINE;
}

static void push_clause(gs_tagger *tagger, gs_clause clause)
{
    if (tagger->depth + 1 < GS_CLAUSES_MAX)
        tagger->depth++;
    tagger->clauses[tagger->depth] = clause;
}

/* "The call, he said, lasted": what stood between the commas was no verb of the clause.
 */
static bool ends_aside(const gs_tagger *tagger)
{
    const gs_token *before;

    if (tagger->at == tagger->first)
        return false;
    before = &tagger->tokens[tagger->at - 1];
    return (before->tag == GS_TAG_VERB_PAST || before->tag == GS_TAG_VERB_PRESENT) &&
           before->word != NULL && before->word->classes & GS_CLASS_CLAUSAL;
}

/* "(D-Wash.)": a full stop within parentheses ends no clause. */
static bool is_abbreviation(const gs_tagger *tagger)
{
    return tagger->at + 1 < tagger->end &&
           tagger->tokens[tagger->at + 1].type == GS_TOKEN_PAREN_CLOSE;
}

static void read_punctuation(gs_tagger *tagger)
{
    gs_clause *clause = gs_tagger_clause(tagger);

    switch (tagger->tokens[tagger->at].type) {
    case GS_TOKEN_COMMA:
    case GS_TOKEN_DASH:
        if (clause->finite && tagger->depth > 0)
            tagger->depth--;
        else if (ends_aside(tagger))
            clause->finite = false;
        break;
    case GS_TOKEN_OPEN:
    case GS_TOKEN_PAREN_OPEN:
        break;
    case GS_TOKEN_COLON:
    case GS_TOKEN_STOP:
        if (is_abbreviation(tagger))
            break;
        tagger->depth = 0;
        tagger->clauses[0] = (gs_clause){0};
        break;
    default:
        break;
    }
}

/* and between two nouns, or two adjectives: no other clause begins. */
static bool joins_words(const gs_tagger *tagger)
{
    uint32_t next = tagger->at + 1;
    uint8_t before;

    if (tagger->at == tagger->first || next >= tagger->end ||
        tagger->tokens[tagger->at - 1].type > GS_TOKEN_POSSESSIVE)
        return false;
    before = tagger->tokens[tagger->at - 1].tag;
    if (before == GS_TAG_ADJECTIVE)
        return gs_tagger_nominal(tagger, next);
    return (before == GS_TAG_NOUN || before == GS_TAG_PROPER) &&
           gs_tagger_nominal(tagger, next) &&
           (gs_tagger_is_name(tagger, next) ||
            !(gs_tagger_classes(tagger, next) & (GS_CLASS_VERB | GS_CLASS_PRONOUN)));
}

/* What a tag does to the clause at hand. */
static void follow(gs_tagger *tagger, gs_tag tag)
{
    gs_clause *clause = gs_tagger_clause(tagger);

    switch (tag) {
    case GS_TAG_RELATIVE:
        push_clause(tagger, (gs_clause){.subject = true, .relative = true});
        break;
    case GS_TAG_SUBORDINATOR:
        push_clause(tagger, (gs_clause){0});
        break;
    case GS_TAG_CONJUNCTION:
        /* the second verb of "said X and accused Y" shares the subject */
        if (!joins_words(tagger))
            clause->finite = false;
        break;
    case GS_TAG_NOUN:
    case GS_TAG_PROPER:
    case GS_TAG_PRONOUN:
        clause->subject = true;
        break;
    case GS_TAG_MODAL:
    case GS_TAG_VERB_PRESENT:
    case GS_TAG_VERB_PAST:
        if (clause->finite && clause->relative && tagger->depth > 0) {
            tagger->depth--;
            clause = gs_tagger_clause(tagger);
        }
        clause->finite = true;
        break;
    case GS_TAG_AUXILIARY:
        if (gs_tagger_classes(tagger, tagger->at) & GS_CLASS_FINITE)
            clause->finite = true;
        break;
    default:
        break;
    }
}

static gs_tag choose(gs_tagger *tagger)
{
    const gs_token *token = &tagger->tokens[tagger->at];
    uint32_t classes = gs_tagger_classes(tagger, tagger->at);
    gs_tag tag;

    if (token->type == GS_TOKEN_NUMBER)
        return GS_TAG_NUMBER;
    if (gs_tagger_is_name(tagger, tagger->at))
        return GS_TAG_PROPER;
    tag = gs_tag_closed(tagger, classes);
    return tag == GS_TAG_OTHER && token->type == GS_TOKEN_WORD
               ? gs_tag_open(tagger, classes)
               : tag;
}

static bool is_skipped(gs_tag tag)
{
    return tag == GS_TAG_ADVERB || tag == GS_TAG_NEGATION;
}

static bool tag_word(gs_tagger *tagger)
{
    gs_token *token = &tagger->tokens[tagger->at];
    gs_tag tag = choose(tagger);

    token->tag = (uint8_t)tag;
    if (tag == GS_TAG_NOUN || tag == GS_TAG_AUXILIARY || tag == GS_TAG_MODAL ||
        tag >= GS_TAG_VERB_BASE)
        token->lemma = gs_lexicon_lemma(tagger->build->lexicon, token->folded, tag,
                                        tagger->build->arena);
    if (token->lemma.bytes == NULL)
        return false;
    follow(tagger, tag);
    return true;
}

static bool tag_sentence(gs_page_build *build, const gs_sentence *sentence)
{
    gs_tagger tagger = {.build = build,
                        .tokens = build->page->tokens,
                        .first = sentence->tokens.first,
                        .end = sentence->tokens.end};
    bool fresh = true;
    uint32_t before = 0;

    tagger.titled = is_titled(&tagger);
    for (uint32_t i = tagger.first; i < tagger.end; i++) {
        gs_token *token = &tagger.tokens[i];

        tagger.at = i;
        tagger.before = fresh ? i : before;
        if (token->type > GS_TOKEN_POSSESSIVE) {
            read_punctuation(&tagger);
            fresh |= !is_abbreviation(&tagger) && token->type != GS_TOKEN_OPEN &&
                     token->type != GS_TOKEN_CLOSE &&
                     token->type != GS_TOKEN_PAREN_OPEN &&
                     token->type != GS_TOKEN_OTHER && token->type != GS_TOKEN_PAREN_CLOSE;
            continue;
        }
        if (!tag_word(&tagger))
            return false;
        if (is_skipped((gs_tag)token->tag))
            continue;
        fresh = false;
        before = i;
    }
    return true;
}

bool gs_tags_choose(gs_page_build *build)
{
    gs_page *page = build->page;

    build->classes =
        gs_arena_array(build->arena, page->token_count + 1, sizeof *build->classes);
    if (build->classes == NULL)
        return false;
    for (uint32_t i = 0; i < page->token_count; i++)
        build->classes[i] = page->tokens[i].word != NULL
                                ? page->tokens[i].word->classes
                                : guess(build->lexicon, &page->tokens[i]);
    for (uint32_t i = 0; i < build->page->sentence_count; i++)
        if (!tag_sentence(build, &build->page->sentences[i]))
            return false;
    return true;
}
