#include "ingest/extract/source.h"
#include "ingest/extract/clause.h"
#include "ingest/extract/cues.h"

enum {
    REACH_MAX = 120 /* tokens of a sentence that are searched for its subject */
};

/* The relative pronoun of the clause that ends at `i`; `start` when there is none. */
static uint32_t relative_before(const gs_reading *r, uint32_t i, uint32_t start)
{
    uint32_t reach = i > start + GS_CLAUSE_REACH / 2 ? i - GS_CLAUSE_REACH / 2 : start;

    for (; i > reach; i--) {
        gs_token_type type = gs_type_at(r, i);

        if (gs_tag_at(r, i) == GS_TAG_RELATIVE)
            return i;
        if (type == GS_TOKEN_COMMA || type == GS_TOKEN_CLOSE || type == GS_TOKEN_OPEN)
            break;
    }
    return start;
}

/* Back over adverbs and times before a verb. */
static uint32_t skip_back(const gs_reading *r, uint32_t i, uint32_t start, uint32_t *time)
{
    while (i > start) {
        uint32_t till = r->marks[i].till;

        if (till != 0 && r->times.items[till - 1].tokens.first >= start) {
            if (*time == 0)
                *time = till;
            i = r->times.items[till - 1].tokens.first;
            if (i > start + 1 && gs_tag_at(r, i - 1) == GS_TAG_PREPOSITION)
                i--;
        } else if (gs_type_at(r, i - 1) == GS_TOKEN_WORD &&
                   (gs_tag_at(r, i - 1) == GS_TAG_ADVERB ||
                    (gs_words_at(r, i - 1) & GS_IN(ASIDE)) != 0)) {
            i--;
        } else if ((gs_tag_at(r, i - 1) == GS_TAG_DETERMINER ||
                    (gs_words_at(r, i - 1) & GS_IN(EACH)) != 0) &&
                   i - 1 > start && gs_source_ends_noun(r, i - 2)) {
            i--; /* "the ministries each denied" */
        } else {
            break;
        }
    }
    return i;
}

/* Whether what stands between two commas can stand between a subject and its verb. */
static bool is_insertion(const gs_reading *r, uint32_t first, uint32_t end)
{
    gs_tag tag;

    if (first >= end)
        return false;
    tag = gs_tag_at(r, first);
    if (tag == GS_TAG_RELATIVE || tag == GS_TAG_SUBORDINATOR ||
        tag == GS_TAG_VERB_GERUND || tag == GS_TAG_VERB_PARTICIPLE)
        return true;
    return !gs_clause_has_finite(r, first, end);
}

/* The comma that opens the insertion that ends with the comma (or quotation mark) at
 * `close`; `start` when there is none. */
static uint32_t insertion_start(const gs_reading *r, uint32_t close, uint32_t start)
{
    uint32_t reach = close > start + GS_CLAUSE_REACH ? close - GS_CLAUSE_REACH : start;
    bool dash = gs_type_at(r, close) == GS_TOKEN_DASH;

    for (uint32_t i = close; i > reach + 1; i--) {
        if (gs_type_at(r, i - 1) == GS_TOKEN_CLOSE && gs_token_at(r, i - 1)->quote != 0) {
            i = r->page->quotations[gs_token_at(r, i - 1)->quote - 1].inside.first;
            if (i <= reach + 1)
                break;
            continue;
        }
        if (gs_type_at(r, i - 1) == (dash ? GS_TOKEN_DASH : GS_TOKEN_COMMA) &&
            gs_source_ends_noun(r, i - 2) && is_insertion(r, i, close))
            return i - 1;
    }
    return start;
}

static gs_range antecedent(const gs_reading *r, uint32_t relative, uint32_t start)
{
    uint32_t end = relative;

    if (end > start && gs_type_at(r, end - 1) == GS_TOKEN_COMMA)
        end--;
    if (end <= start || !gs_source_ends_noun(r, end - 1))
        return (gs_range){0};
    return (gs_range){gs_source_phrase_start(r, end, start), end};
}

/* What stands between the commas is a remark, no other name of the subject: "the mayor,
 * however, denied". */
static bool is_remark(const gs_reading *r, uint32_t i)
{
    gs_tag tag = gs_tag_at(r, i);

    return tag == GS_TAG_ADVERB || tag == GS_TAG_PREPOSITION ||
           (gs_words_at(r, i) & GS_IN(ASIDE)) != 0;
}

/* "Ann Lee, |an engineer from Dover, Ohio,": the name before, where nothing else begins
 * the sentence. */
static uint32_t apposed_start(const gs_reading *r, uint32_t k, uint32_t start)
{
    while (k > start + 1 && gs_type_at(r, k - 1) == GS_TOKEN_COMMA &&
           gs_source_ends_noun(r, k - 2)) {
        uint32_t first = gs_source_phrase_start(r, k - 1, start);

        if (first > start && gs_type_at(r, first - 1) != GS_TOKEN_CLOSE &&
            gs_tag_at(r, first - 1) != GS_TAG_CONJUNCTION)
            break;
        k = first;
    }
    return k;
}

/* A subject with something between commas after it: "its lawyer, Ann Lee, | said". */
static gs_range before_insertion(const gs_reading *r, uint32_t i, uint32_t start)
{
    uint32_t close = i - 1, open;

    if (gs_type_at(r, close) == GS_TOKEN_CLOSE)
        close--; /* the comma stands within the marks */
    open = insertion_start(r, i - 1, start);
    if (open <= start)
        return (gs_range){0};
    if (is_remark(r, open + 1))
        close = open;
    return (gs_range){apposed_start(r, gs_source_phrase_start(r, open, start), start),
                      close};
}

static bool ends_insertion(const gs_reading *r, uint32_t i, uint32_t start)
{
    gs_token_type type = gs_type_at(r, i - 1);

    return type == GS_TOKEN_COMMA || type == GS_TOKEN_DASH ||
           (type == GS_TOKEN_CLOSE && i >= start + 2 &&
            gs_type_at(r, i - 2) == GS_TOKEN_COMMA);
}

gs_range gs_source_subject(const gs_reading *r, uint32_t end, uint32_t start,
                           uint32_t *time)
{
    uint32_t i = skip_back(r, end, start, time), relative;

    if (i <= start)
        return (gs_range){0};
    if (ends_insertion(r, i, start)) {
        gs_range found = before_insertion(r, i, start);

        return found;
    }
    if (gs_tag_at(r, i - 1) == GS_TAG_RELATIVE)
        return antecedent(r, i - 1, start);
    if (gs_source_ends_noun(r, i - 1))
        return (gs_range){gs_source_phrase_start(r, i, start), i};
    if (gs_tag_is_verb(gs_tag_at(r, i - 1)) || gs_tag_at(r, i - 1) == GS_TAG_ADJECTIVE) {
        relative = relative_before(r, i - 1, start);
        if (relative > start && gs_source_ends_noun(r, relative - 1))
            return (gs_range){gs_source_phrase_start(r, relative, start), i};
    }
    return (gs_range){0};
}

/* Before "in a statement", which is how somebody speaks. */
static uint32_t before_vehicle(const gs_reading *r, uint32_t first, uint32_t end)
{
    for (uint32_t i = first + 1; i < end; i++) {
        const gs_phrase *phrase = gs_page_phrase_at(r->page, i);

        if (phrase != NULL && i == phrase->tokens.first &&
            gs_tag_at(r, i - 1) == GS_TAG_PREPOSITION &&
            (gs_words_at(r, phrase->head) & GS_IN(VEHICLE)) != 0 &&
            (gs_words_at(r, i - 1) & GS_IN(OF)) == 0)
            return i - 1;
    }
    return end;
}

uint32_t gs_source_after(const gs_reading *r, uint32_t first, uint32_t end)
{
    uint32_t at = before_vehicle(r, first, gs_clause_phrase_end(r, first, end)), next;

    if (at == first)
        return at;
    if (at + 1 < end && gs_tag_at(r, at) == GS_TAG_ADJECTIVE &&
        gs_tag_at(r, at + 1) == GS_TAG_PREPOSITION) {
        next = gs_clause_phrase_end(r, at + 2, end);
        at = next > at + 2 ? next : at;
    }
    if (at < end && gs_tag_at(r, at) == GS_TAG_CONJUNCTION) {
        next = gs_clause_phrase_end(r, at + 1, end);
        if (next > at + 1 && (next >= end || gs_page_verb_at(r->page, next) == NULL))
            at = next;
    }
    if (at + 1 < end && gs_type_at(r, at) == GS_TOKEN_COMMA &&
        r->marks[at + 1].time == 0) {
        next = gs_clause_phrase_end(r, at + 1, end);
        if (next > at + 1 && (next >= end || gs_type_at(r, next) != GS_TOKEN_WORD ||
                              gs_tag_at(r, next) == GS_TAG_SUBORDINATOR))
            at = next;
    }
    return at;
}

/* Times that stand before the subject: "In January, Beijing denied". Behind a "that"
 * begins another clause: "said on Monday that Beijing had denied". */
static void leading_time(const gs_reading *r, gs_act *act, uint32_t start)
{
    for (uint32_t i = act->source.first; i > start && act->time == 0; i--) {
        if (r->marks[i - 1].act != 0 || gs_type_at(r, i - 1) == GS_TOKEN_CLOSE ||
            (gs_words_at(r, i - 1) & GS_IN(THAT)) != 0)
            break;
        if (r->marks[i - 1].time != 0)
            act->time = r->marks[i - 1].time;
    }
}

/* A time at the head of the subject: part of it only as a possessive ("Tuesday's
 * statement"). */
static void split_time(const gs_reading *r, gs_act *act)
{
    uint32_t after;

    if (gs_range_empty(act->source) || !gs_clause_time(r, act->source.first, &after))
        return;
    if (act->time == 0)
        act->time = r->marks[act->source.first].time;
    if (after < act->source.end && gs_type_at(r, after) != GS_TOKEN_POSSESSIVE &&
        gs_type_at(r, after - 1) != GS_TOKEN_POSSESSIVE)
        act->source.first = after;
    while (act->source.first < act->source.end &&
           gs_type_at(r, act->source.first) == GS_TOKEN_COMMA)
        act->source.first++;
}

/* "He said |she wanted a zone and has backed it": whoever says what "she" wants. */
static const gs_act *outermost(const gs_reading *r, const gs_act *act)
{
    for (const gs_act *other = act;
         other > r->acts.items && other[-1].sentence == act->sentence;) {
        uint32_t first = act->source.first;

        other--;
        if (gs_tag_at(r, first) == GS_TAG_PRONOUN && first >= other->cue.end &&
            first <= other->cue.end + 1 && other->entry->part == GS_CUE_VERB &&
            !gs_range_empty(other->source) && other->source.first < other->cue.first)
            act = other;
    }
    return act;
}

/* The subject of an earlier verb of the sentence, for a verb that has none. */
static void inherit(gs_reading *r, gs_act *act, uint32_t start)
{
    const gs_act *first = r->acts.items, *other = act;
    uint32_t none = 0;

    while (other > first && other[-1].sentence == act->sentence) {
        other--;
        if (other->entry->part == GS_CUE_VERB && !gs_range_empty(other->source)) {
            other = outermost(r, other);
            act->source = other->source;
            if (act->time == 0)
                act->time = other->time;
            return;
        }
    }
    for (uint32_t i = start; i < act->verb.first; i++) {
        const gs_verb *verb = gs_page_verb_at(r->page, i);

        if (verb != NULL && gs_verb_finite(r, verb) && verb->tokens.first > start) {
            act->source = gs_source_subject(r, verb->tokens.first, start, &none);
            return;
        }
    }
}

static bool opens_subordinate(const gs_reading *r, uint32_t first)
{
    gs_tag tag = gs_tag_at(r, first);

    return tag == GS_TAG_SUBORDINATOR || tag == GS_TAG_PREPOSITION ||
           tag == GS_TAG_VERB_GERUND || tag == GS_TAG_VERB_PARTICIPLE ||
           tag == GS_TAG_TO || tag == GS_TAG_ADVERB;
}

/* The subject of the clause that stands in [first, end) by itself, not of one that hangs
 * on another: a clause that a subordinator or a preposition opens ends with its comma. */
static gs_range main_subject(const gs_reading *r, uint32_t first, uint32_t end,
                             uint32_t *time)
{
    uint32_t i = first, reach = end - first > REACH_MAX ? first + REACH_MAX : end;

    for (; i < reach; i++) {
        const gs_verb *verb = gs_page_verb_at(r->page, i);

        if (gs_token_at(r, i)->quote != 0 || verb == NULL || verb->tokens.first != i ||
            !gs_verb_finite(r, verb))
            continue;
        if (i > first && !opens_subordinate(r, first)) {
            gs_range found = gs_source_subject(r, i, first, time);

            if (!gs_range_empty(found))
                return found;
        } else if (i > first) {
            while (i < reach && gs_type_at(r, i) != GS_TOKEN_COMMA)
                i++;
            first = i + 1;
        }
    }
    return (gs_range){0};
}

/* "saying" behind a comma, "by saying", "While saying": its subject is the clause's. */
static bool is_adverbial(const gs_reading *r, const gs_act *act, uint32_t start)
{
    uint32_t i = act->verb.first;
    gs_tag tag;

    if (gs_tag_at(r, act->cue.first) != GS_TAG_VERB_GERUND ||
        act->verb.first < act->cue.first)
        return false;
    while (i > start && gs_tag_at(r, i - 1) == GS_TAG_ADVERB)
        i--;
    if (i <= start)
        return true;
    tag = gs_tag_at(r, i - 1);
    return gs_type_at(r, i - 1) == GS_TOKEN_COMMA || tag == GS_TAG_SUBORDINATOR ||
           tag == GS_TAG_PREPOSITION;
}

static void adverbial(gs_reading *r, gs_act *act, uint32_t start, uint32_t end)
{
    uint32_t i = act->verb.first, comma;

    if (act > r->acts.items && act[-1].sentence == act->sentence && act[-1].trailing) {
        act->source = act[-1].source; /* "...," said Ann Lee, adding that */
        return;
    }
    act->source = i > start ? main_subject(r, start, i, &act->time) : (gs_range){0};
    if (!gs_range_empty(act->source))
        return;
    comma = gs_clause_opening_end(r, act->cue.end, end);
    if (comma >= end)
        return;
    r->marks[comma].flags |= GS_MARK_BARRIER;
    act->source = main_subject(r, comma + 1, end, &act->time);
}

static bool inverted(const gs_reading *r, const gs_act *act, uint32_t start, uint32_t end)
{
    const gs_verb *verb = gs_page_verb_at(r->page, act->cue.first);
    uint32_t next;

    if ((act->entry->frames & GS_FRAME_INVERT) == 0 || act->cue.end >= end ||
        (verb != NULL && !gs_verb_finite(r, verb)) ||
        !gs_clause_after_content(r, act->verb.first, start))
        return false;
    next = gs_clause_noun_end(r, act->cue.end, end);
    return next > act->cue.end && r->marks[act->cue.end].time == 0 &&
           gs_tag_at(r, act->cue.end) != GS_TAG_PREPOSITION;
}

/* "was accused by X of Y", "allegations denied by X" */
static bool agent(const gs_reading *r, gs_act *act, uint32_t end)
{
    uint32_t at = act->cue.end, next;

    if (at >= end || (gs_words_at(r, at) & GS_IN(BY)) == 0)
        return false;
    next = gs_clause_phrase_end(r, at + 1, end);
    if (next == at + 1)
        return false;
    act->source = (gs_range){at + 1, next};
    return true;
}

static bool is_passive(const gs_reading *r, const gs_act *act)
{
    const gs_verb *verb = gs_page_verb_at(r->page, act->cue.first);

    if (verb == NULL || gs_tag_at(r, act->cue.first) == GS_TAG_AUXILIARY)
        return false; /* "was pleased" is a cue itself */
    return verb->passive || (verb->tokens.end - verb->tokens.first == 1 &&
                             gs_tag_at(r, verb->main) == GS_TAG_VERB_PARTICIPLE &&
                             act->cue.end < r->page->token_count &&
                             (gs_words_at(r, act->cue.end) & GS_IN(BY)) != 0);
}

static bool mark_before(const gs_reading *r, const gs_act *act)
{
    const gs_verb *verb = gs_page_verb_at(r->page, act->cue.first);
    uint32_t from = act->verb.first > act->source.end ? act->source.end : act->verb.first;

    if (verb != NULL && verb->past_perfect)
        return true;
    if (from + 6 < act->cue.first)
        from = act->cue.first - 6;
    return (gs_clause_words(r, (gs_range){from, act->cue.first}) & GS_IN(EARLIER)) != 0;
}

/* "The dam is safe, said Ann Hale.": a clause or a quotation before, a noun behind and
 * nothing more. "Ann Hale, a lawyer, said ..." has its subject before. */
static bool inverted_only(const gs_reading *r, const gs_act *act, uint32_t start,
                          uint32_t end)
{
    uint32_t i = act->verb.first, after, from = i;

    if (i <= start || (act->entry->frames & GS_FRAME_ADDRESSEE) != 0 ||
        !inverted(r, act, start, end))
        return false;
    if (gs_type_at(r, i - 1) == GS_TOKEN_CLOSE)
        return true;
    if (i - 1 > start && gs_type_at(r, i - 2) == GS_TOKEN_CLOSE)
        return true;
    after = gs_source_after(r, act->cue.end, end);
    while (from > start && gs_type_at(r, from - 1) != GS_TOKEN_CLOSE)
        from--;
    return gs_clause_has_finite(r, from, i) &&
           (after >= end || gs_type_at(r, after) != GS_TOKEN_WORD);
}

void gs_source_find(gs_reading *r, gs_act *act)
{
    uint32_t start = gs_sentence_start(r, act->sentence);
    uint32_t end = r->page->sentences[act->sentence].tokens.end;

    if (is_passive(r, act)) {
        if (!agent(r, act, end))
            act->speech = false;
        return;
    }
    if (is_adverbial(r, act, start))
        adverbial(r, act, start, end);
    else if (!inverted_only(r, act, start, end))
        act->source = gs_source_subject(r, act->verb.first, start, &act->time);
    if (gs_range_empty(act->source) && inverted(r, act, start, end)) {
        act->source = (gs_range){act->cue.end, gs_source_after(r, act->cue.end, end)};
        act->trailing = true;
        return;
    }
    if (gs_range_empty(act->source)) {
        inherit(r, act, start);
    } else {
        split_time(r, act);
        leading_time(r, act, start);
    }
    act->before = mark_before(r, act);
}
