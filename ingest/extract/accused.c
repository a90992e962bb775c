#include "ingest/extract/cast.h"
#include "ingest/extract/vocabulary.h"

/* How far from its verb an object, an agent or a subject is looked for. */
enum { WINDOW = 30, CLAUSE_BACK = 40, BEFORE_CLAUSE = 3 };

typedef struct search {
    gs_cast *cast;
    const gs_page *page;
    const gs_act *act;
    const gs_acts *earlier;
    gs_arena *arena;
    gs_parties *found;
    gs_error *err;
} search;

static const gs_token *at(const search *s, uint32_t i)
{
    return &s->page->tokens[i];
}

static const gs_listing *blame_at(const search *s, uint32_t i, uint32_t end)
{
    uint32_t length;

    if (at(s, i)->tag == GS_TAG_PROPER)
        return NULL; /* the Secret Service is not secret */
    return gs_directory_match(s->cast->reader.directory, s->page, i, end,
                              GS_LISTING_BLAME, &length);
}

static bool blames(const search *s, uint32_t i, uint32_t end, gs_role_class class)
{
    return gs_listing_blames(blame_at(s, i, end), class);
}

static bool any_blames(const search *s, gs_range range, gs_role_class class)
{
    for (uint32_t i = range.first; i < range.end; i++)
        if (blames(s, i, range.end, class))
            return true;
    return false;
}

static bool is_listed(const search *s, gs_text name)
{
    for (size_t i = 0; i < s->found->count; i++)
        if (gs_text_equal(s->found->items[i].name, name))
            return true;
    return false;
}

/* The side, as an accused: the speaker's own and nameless ones are none. */
static gs_code accuse(search *s, const gs_party *party, bool definite)
{
    gs_party side = {.name = gs_party_side(party), .kind = party->kind};
    gs_party *grown;

    bool nameless = gs_text_equal(party->kind, GS_TEXT("unnamed"));

    if (side.name.size == 0 || gs_party_same_side(&s->act->party, party) ||
        is_listed(s, side.name))
        return GS_OK;
    if (party->speaks_for_count > 0)
        side.kind = GS_TEXT("unknown");
    else if (nameless && !definite)
        return GS_OK;
    grown = gs_arena_grow(s->arena, s->found->items, s->found->count, &s->found->room,
                          sizeof *grown);
    if (grown == NULL)
        return gs_fail_memory(s->err);
    s->found->items = grown;
    grown[s->found->count++] = side;
    return GS_OK;
}

static bool is_person(gs_role_class class)
{
    return class == GS_ROLE_PERSON || class == GS_ROLE_OFFICE || class == GS_ROLE_POST ||
           class == GS_ROLE_CIVIC || class == GS_ROLE_EITHER;
}

/* A range of the text as whoever could answer: members of a named body are the body. */
static gs_code accuse_range(search *s, gs_range range)
{
    gs_party party;
    gs_mention m;
    gs_code rc;

    if (!gs_mention_read(&m, &s->cast->reader, range.first, range.end))
        return GS_OK;
    if (gs_range_none(m.name) && m.noun == NULL && m.aged == GS_NO_TOKEN)
        return GS_OK;
    GS_TRY(gs_cast_party(&party, s->cast, range, s->earlier, s->arena, s->err));
    if (gs_text_equal(party.kind, GS_TEXT("unnamed")) && party.speaks_for_count == 0 &&
        !gs_range_none(m.owner) && m.noun != NULL && m.noun->role != GS_ROLE_WORK)
        GS_TRY(gs_cast_party(&party, s->cast, m.owner, s->earlier, s->arena, s->err));
    return accuse(s, &party,
                  m.definite && !m.plural && m.noun != NULL && is_person(m.noun->role));
out:
    return rc;
}

/* "the team led by X": no clause of its own. */
static bool is_reduced(const search *s, const gs_verb *verb)
{
    const gs_listing *next =
        verb->tokens.end < s->page->token_count
            ? gs_mention_reference(&s->cast->reader, verb->tokens.end)
            : NULL;

    return verb->tokens.end == verb->tokens.first + 1 && next != NULL &&
           next->role == GS_ROLE_AUTHOR;
}

/* Where the clause of a token begins: behind "that", a mark, another verb. */
static uint32_t clause_start(const search *s, uint32_t token, uint32_t floor)
{
    uint32_t i = token, least = token > CLAUSE_BACK ? token - CLAUSE_BACK : 0;

    if (least < floor)
        least = floor;
    while (i > least) {
        const gs_token *t = at(s, i - 1);
        const gs_verb *verb = gs_page_verb_at(s->page, i - 1);

        if (t->sentence != at(s, token)->sentence || t->type == GS_TOKEN_STOP ||
            t->type == GS_TOKEN_COLON || t->tag == GS_TAG_SUBORDINATOR ||
            t->tag == GS_TAG_RELATIVE ||
            (verb != NULL && !verb->gerund && !is_reduced(s, verb)))
            break;
        i--;
    }
    return i;
}

/* "Recently," before the subject. */
static bool is_aside(const search *s, const gs_mention *m, uint32_t end)
{
    return gs_range_none(m->name) && m->noun == NULL && m->tokens.end < end &&
           at(s, m->tokens.end)->type == GS_TOKEN_COMMA;
}

/* The first noun phrase of a clause that hangs on no preposition; false: none that is an
 * actor. A pronoun is one. */
static bool subject_in(const search *s, gs_range clause, gs_range *out)
{
    uint32_t i = clause.first;

    while (i < clause.end) {
        const gs_listing *word = gs_mention_reference(&s->cast->reader, i);
        gs_mention m;

        if (word != NULL && word->role == GS_ROLE_PRONOUN) {
            *out = (gs_range){i, i + 1};
            return true;
        }
        if (at(s, i)->tag == GS_TAG_PREPOSITION || at(s, i)->tag == GS_TAG_CONJUNCTION) {
            i++;
            if (i < clause.end && at(s, i - 1)->tag == GS_TAG_PREPOSITION &&
                gs_mention_read(&m, &s->cast->reader, i, clause.end))
                i = m.tokens.end;
            continue;
        }
        if (gs_mention_read(&m, &s->cast->reader, i, clause.end) &&
            !(is_aside(s, &m, clause.end))) {
            *out = m.tokens;
            return true;
        }
        i++;
    }
    return false;
}

/* Back over what stands between a subject and its verb: auxiliaries, adverbs, marks. */
static uint32_t before_auxiliaries(const search *s, uint32_t token, uint32_t floor)
{
    while (token > floor) {
        const gs_token *t = at(s, token - 1);

        if (t->tag != GS_TAG_AUXILIARY && t->tag != GS_TAG_ADVERB &&
            t->tag != GS_TAG_MODAL && t->tag != GS_TAG_NEGATION &&
            t->type != GS_TOKEN_OPEN)
            break;
        token--;
    }
    return token;
}

/* The last act of the same sentence that speaks for another side. */
static const gs_act *told_with(const search *s)
{
    for (size_t n = s->earlier->count; n-- > 0;) {
        const gs_act *act = &s->earlier->items[n];

        if (act->sentence != s->act->sentence)
            break;
        if (act->party.name.size > 0 && !gs_party_same_side(&act->party, &s->act->party))
            return act;
    }
    return NULL;
}

/* "they" in what somebody says: whom he has just accused; "it" in a claim that is told
 * while it is answered: the one who answers. */
static gs_code accuse_pronoun(search *s, uint32_t token)
{
    const gs_acts *all = s->earlier;

    if (at(s, token)->quote == 0) {
        bool noun = s->act->entry != NULL && s->act->entry->part == GS_CUE_NOUN;
        const gs_act *answer = noun ? told_with(s) : NULL;

        /* elsewhere, "said that it had" is the speaker */
        return answer == NULL ? GS_OK : accuse(s, &answer->party, false);
    }
    for (size_t n = all->count; n-- > 0;) {
        const gs_act *act = &all->items[n];

        if (act->sentence + 4 < s->act->sentence)
            break;
        if (act->accused.count > 0 && gs_party_same_side(&act->party, &s->act->party))
            return accuse(s, &act->accused.items[0], false);
    }
    return GS_OK;
}

static gs_code accuse_subject(search *s, gs_range subject)
{
    const gs_listing *word = gs_mention_reference(&s->cast->reader, subject.first);

    if (word != NULL && word->role == GS_ROLE_PRONOUN && subject.end == subject.first + 1)
        return accuse_pronoun(s, subject.first);
    return accuse_range(s, subject);
}

/* Whether a subject is a state's arm or ship, or "they" in a quotation: what it does to
 * others by force is held against it. */
static bool has_force(const search *s, gs_range subject)
{
    const gs_listing *word = gs_mention_reference(&s->cast->reader, subject.first);
    gs_mention m;

    if (word != NULL && word->role == GS_ROLE_PRONOUN && subject.end == subject.first + 1)
        return at(s, subject.first)->quote != 0;
    if (!gs_mention_read(&m, &s->cast->reader, subject.first, subject.end))
        return false;
    return m.noun != NULL && gs_range_none(m.name) &&
           (m.noun->role == GS_ROLE_CRAFT || m.noun->role == GS_ROLE_ARM ||
            (m.plural && m.noun->role == GS_ROLE_CIVIC));
}

/* Whether a subject is a body, that can be blamed for what it knew. */
static bool is_body(const search *s, gs_range subject)
{
    gs_mention m;

    if (!gs_mention_read(&m, &s->cast->reader, subject.first, subject.end))
        return false;
    if (m.known != NULL || m.emblem != NULL)
        return true;
    switch (m.noun == NULL ? GS_ROLE_NONE : m.noun->role) {
    case GS_ROLE_COMPANY:
    case GS_ROLE_FIRM:
    case GS_ROLE_SOCIETY:
    case GS_ROLE_BODY:
    case GS_ROLE_ARM:
        return true;
    default:
        return false;
    }
}

/* What belongs to a verb: up to the next one that has a subject of its own. */
static gs_range window_of(const search *s, const gs_verb *verb, gs_range piece)
{
    uint32_t end = verb->tokens.end;

    while (end < piece.end && end - verb->tokens.end < WINDOW &&
           at(s, end)->type != GS_TOKEN_STOP) {
        const gs_verb *next = gs_page_verb_at(s->page, end);

        if (next != NULL && !next->infinitive && !next->gerund)
            break;
        end++;
    }
    return (gs_range){verb->tokens.end, end};
}

/* What a verb says of its subject: a deed to answer for. */
static bool is_deed(const search *s, const gs_verb *verb, gs_range clause,
                    gs_range window, gs_range subject)
{
    uint32_t main = verb->main;

    if (verb->negated)
        return is_body(s, subject); /* what it did not do, as it should have */
    if (blames(s, main, window.end, GS_BLAME_DEED))
        return true;
    if (blames(s, main, window.end, GS_BLAME_TRAFFIC) &&
        any_blames(s, window, GS_BLAME_GOODS))
        return true;
    if (blames(s, main, window.end, GS_BLAME_UTTER) &&
        any_blames(s, window, GS_BLAME_FALSEHOOD))
        return true;
    if (blames(s, main, window.end, GS_BLAME_FORCE) && has_force(s, subject))
        return true;
    if (blames(s, main, window.end, GS_BLAME_KNOWING) && verb->perfect &&
        is_body(s, subject))
        return true;
    return any_blames(s, (gs_range){clause.first, window.end}, GS_BLAME_TAINTED);
}

/* "weapons were coming from X" */
static gs_code accuse_origin(search *s, gs_range window)
{
    gs_mention m;

    for (uint32_t i = window.first; i + 1 < window.end; i++)
        if (blames(s, i, window.end, GS_BLAME_ORIGIN) &&
            gs_mention_read(&m, &s->cast->reader, i + 1, window.end))
            return accuse_range(s, m.tokens);
    return GS_OK;
}

/* "was rammed by X" */
static gs_code accuse_agent(search *s, gs_range window)
{
    gs_mention m;

    for (uint32_t i = window.first; i + 1 < window.end; i++) {
        const gs_listing *word = gs_mention_reference(&s->cast->reader, i);

        if (word != NULL && word->role == GS_ROLE_AUTHOR &&
            gs_mention_read(&m, &s->cast->reader, i + 1, window.end))
            return accuse_range(s, m.tokens);
        if (at(s, i)->type == GS_TOKEN_COMMA)
            break;
    }
    return GS_OK;
}

/* "the video had been doctored": by the last one who spoke on another side. */
static gs_code accuse_opponent(search *s)
{
    for (size_t n = s->earlier->count; n-- > 0;) {
        const gs_act *act = &s->earlier->items[n];

        if (act->sentence + 6 < s->act->sentence)
            break;
        if (act->party.name.size > 0 && act->speech &&
            !gs_party_same_side(&act->party, &s->act->party))
            return accuse(s, &act->party, false);
    }
    return GS_OK;
}

/* The verb before an infinitive that makes it the subject's deed: "planned to". */
static const gs_verb *governor(const search *s, const gs_verb *verb)
{
    const gs_verb *before =
        verb->tokens.first == 0 ? NULL : gs_page_verb_at(s->page, verb->tokens.first - 1);

    if (before == NULL || before->negated ||
        !blames(s, before->main, before->tokens.end, GS_BLAME_PLAN))
        return NULL;
    return before;
}

/* Whether the blame is taken back: "if", "no evidence that", "not", "would". */
static bool is_lifted(const search *s, const gs_verb *verb, uint32_t clause)
{
    uint32_t floor = s->page->sentences[at(s, verb->main)->sentence].tokens.first;
    uint32_t from = clause > floor + BEFORE_CLAUSE ? clause - BEFORE_CLAUSE : floor;

    if (verb->negated)
        return !blames(s, verb->main, verb->tokens.end, GS_BLAME_DUTY);
    if (verb->modal && !verb->infinitive &&
        !any_blames(s, (gs_range){verb->tokens.first, verb->main}, GS_BLAME_PLAN))
        return true;
    return any_blames(s, (gs_range){from, verb->tokens.first}, GS_BLAME_INNOCENT);
}

static gs_code read_verb(search *s, const gs_verb *verb, gs_range piece)
{
    const gs_verb *bearer = verb;
    gs_range window = window_of(s, verb, piece), clause, subject;
    uint32_t floor = at(s, verb->main)->sentence < s->page->sentence_count
                         ? s->page->sentences[at(s, verb->main)->sentence].tokens.first
                         : 0;

    if (piece.first > floor)
        floor = piece.first;
    if (verb->infinitive) {
        bearer = governor(s, verb);
        if (bearer == NULL)
            return GS_OK;
    }
    clause.end = before_auxiliaries(s, bearer->tokens.first, floor);
    clause.first = clause_start(s, clause.end, floor);
    if (is_lifted(s, verb, clause.first))
        return GS_OK;
    if (verb->passive && any_blames(s, clause, GS_BLAME_MADE) &&
        (blames(s, verb->main, window.end, GS_BLAME_DEED) ||
         any_blames(s, (gs_range){clause.end, verb->tokens.end}, GS_BLAME_TAINTED)))
        return accuse_opponent(s);
    if (verb->passive && blames(s, verb->main, window.end, GS_BLAME_DEED))
        return accuse_agent(s, window);
    if (!subject_in(s, clause, &subject))
        return GS_OK;
    if (blames(s, verb->main, window.end, GS_BLAME_TRAFFIC) &&
        any_blames(s, subject, GS_BLAME_GOODS))
        return accuse_origin(s, window);
    if (!is_deed(s, verb, clause, window, subject))
        return GS_OK;
    return accuse_subject(s, subject);
}

/* "their hostile attempt", "Moscow's lies", "the US plot": what it is called is held
 * against whose it is. */
static gs_code read_phrase(search *s, const gs_mention *m)
{
    gs_cast *cast = s->cast;

    if (!gs_range_none(m->name) || m->noun != NULL ||
        (!any_blames(s, m->words, GS_BLAME_PLOT) &&
         !any_blames(s, m->words, GS_BLAME_TAINTED)))
        return GS_OK;
    if (!gs_range_none(m->owner))
        return accuse_range(s, m->owner);
    if (m->modifier != NULL && m->modifier->type != GS_LISTING_CONTEXT)
        return accuse_range(s, m->modifier_tokens);
    if (m->demonym != NULL) {
        size_t state = gs_cast_state(cast, m->demonym->state);
        gs_party party = {.kind = GS_TEXT("state"), .name = m->demonym->state->name};

        return state == SIZE_MAX ? gs_fail_memory(s->err) : accuse(s, &party, false);
    }
    return GS_OK;
}

static gs_code read_phrases(search *s, gs_range piece)
{
    gs_code rc = GS_OK;
    uint32_t i = piece.first;
    gs_mention m;

    while (rc == GS_OK && i < piece.end) {
        if (gs_mention_read(&m, &s->cast->reader, i, piece.end)) {
            rc = read_phrase(s, &m);
            i = m.tokens.end > i ? m.tokens.end : i + 1;
        } else {
            i++;
        }
    }
    return rc;
}

/* "It was X that": X, not somebody else. */
static gs_code read_cleft(search *s, gs_range piece)
{
    for (uint32_t i = piece.first; i + 3 < piece.end; i++) {
        const gs_listing *word = gs_mention_reference(&s->cast->reader, i);
        gs_mention m;

        if (word == NULL || word->gender != 't' || word->role != GS_ROLE_PRONOUN ||
            at(s, i + 1)->tag != GS_TAG_AUXILIARY ||
            !gs_mention_read(&m, &s->cast->reader, i + 2, piece.end) ||
            m.tokens.end >= piece.end)
            continue;
        word = gs_mention_reference(&s->cast->reader, m.tokens.end);
        while (word != NULL && word->role != GS_ROLE_RELATIVE)
            word = word->next;
        if (word != NULL)
            return accuse_range(s, m.tokens);
    }
    return GS_OK;
}

static gs_code read_piece(search *s, gs_range piece)
{
    gs_code rc = GS_OK;
    const gs_verb *last = NULL;

    for (uint32_t i = piece.first; rc == GS_OK && i < piece.end; i++) {
        const gs_verb *verb = gs_page_verb_at(s->page, i);

        if (verb == NULL || verb == last || verb->main < i || verb->main >= piece.end)
            continue;
        last = verb;
        rc = read_verb(s, verb, piece);
    }
    if (rc == GS_OK && s->found->count == 0)
        rc = read_phrases(s, piece);
    return rc == GS_OK && s->found->count == 0 ? read_cleft(s, piece) : rc;
}

/* Whether the words are the speaker's own: what a denial denies is not. */
static bool are_own(const gs_act *act)
{
    switch (act->act) {
    case GS_ACT_CLAIM:
    case GS_ACT_COUNTERCLAIM:
    case GS_ACT_CONFIRMATION:
        return true;
    case GS_ACT_DENIAL:
        return act->quote || (act->entry != NULL && act->entry->kind == GS_ACT_CLAIM);
    default:
        return false;
    }
}

gs_code gs_accused_find(gs_parties *out, gs_cast *cast, const gs_act *act,
                        const gs_acts *earlier, gs_arena *arena, gs_error *err)
{
    gs_parties found = {0};
    search s = {cast, cast->reader.page, act, earlier, arena, &found, err};
    gs_code rc = GS_OK;

    if (!gs_range_none(act->target)) {
        GS_TRY(accuse_range(&s, act->target));
    } else if (are_own(act)) {
        for (uint32_t i = 0; i < act->piece_count; i++)
            GS_TRY(read_piece(&s, act->pieces[i]));
    }
    *out = found;
out:
    return rc;
}
