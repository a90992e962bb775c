#include "ingest/extract/cast.h"

enum {
    CHAIN_MAX = 8,
    MEMBERS_MAX = 8,
    SIGHTINGS_IN_RANGE = 48,
    SOURCE_REACH = 24,
    ACTS_BACK = 64
};

/* Without marks, commas and prepositions at its ends, and a possessive behind. */
static gs_range trimmed(const gs_page *page, gs_range range)
{
    while (range.first < range.end) {
        const gs_token *t = &page->tokens[range.first];

        if ((t->type == GS_TOKEN_WORD || t->type == GS_TOKEN_NUMBER) &&
            t->tag != GS_TAG_PREPOSITION && t->tag != GS_TAG_CONJUNCTION)
            break;
        range.first++;
    }
    while (range.first < range.end) {
        uint8_t type = page->tokens[range.end - 1].type;

        if (type == GS_TOKEN_WORD || type == GS_TOKEN_NUMBER ||
            type == GS_TOKEN_PAREN_CLOSE || type == GS_TOKEN_CLOSE)
            break;
        range.end--;
    }
    return range;
}

/* The sighting that a range is about: the widest that begins with it, else the narrowest
 * around its start, else the first within; SIZE_MAX: none. */
static size_t sighting_of(const gs_cast *cast, gs_range range)
{
    size_t at = gs_cast_before(cast, range.end), around = SIZE_MAX, first = SIZE_MAX;

    for (int n = 0; at != SIZE_MAX && n < SIGHTINGS_IN_RANGE; n++, at--) {
        const gs_sighting *s = &cast->sightings[at];

        if (s->tokens.first >= range.first)
            first = at;
        else if (s->tokens.end > range.first && around == SIZE_MAX)
            around = at;
        else if (s->tokens.first + SOURCE_REACH < range.first)
            break;
        if (at == 0)
            break;
    }
    if (first != SIZE_MAX && cast->sightings[first].tokens.first == range.first)
        return first;
    return around != SIZE_MAX ? around : first;
}

static gs_code chain_of(gs_party *party, gs_cast *cast, size_t entity, uint32_t token,
                        const gs_acts *earlier, gs_arena *arena, gs_error *err)
{
    gs_text *chain = gs_arena_array(arena, CHAIN_MAX, sizeof *chain);
    size_t count = 0;
    uint32_t owner;

    if (chain == NULL)
        return gs_fail_memory(err);
    while (count < CHAIN_MAX &&
           (owner = gs_cast_owner(cast, entity, token, earlier)) != 0) {
        entity = owner - 1;
        chain[count++] = cast->entities[entity].name;
    }
    party->speaks_for = chain;
    party->speaks_for_count = count;
    return GS_OK;
}

static gs_code party_of(gs_party *out, gs_cast *cast, size_t entity, uint32_t token,
                        const gs_acts *earlier, gs_arena *arena, gs_error *err)
{
    gs_party party = {0};
    gs_code rc = chain_of(&party, cast, entity, token, earlier, arena, err);
    const gs_entity *e = &cast->entities[entity];

    party.name = e->name;
    party.kind = e->kind.bytes == NULL ? GS_TEXT("unknown") : e->kind;
    party.role = e->role;
    if (rc == GS_OK)
        *out = party;
    return rc;
}

static size_t first_looked_at(const gs_acts *earlier)
{
    return earlier->count > ACTS_BACK ? earlier->count - ACTS_BACK : 0;
}

/* "Tuesday's statement": the act that was told with the same word of time. */
static size_t author_by_time(const gs_cast *cast, uint32_t token, const gs_acts *earlier)
{
    const gs_page *page = cast->reader.page;

    for (size_t n = first_looked_at(earlier); n < earlier->count && token > 0; n++) {
        const gs_act *act = &earlier->items[n];
        size_t i = gs_cast_speaker(cast, act);
        gs_range clause = act->clause;

        if (i == SIZE_MAX || act->source.first >= token)
            continue;
        if (gs_range_none(clause))
            clause = page->sentences[act->sentence].tokens;
        for (uint32_t t = clause.first; t < clause.end; t++)
            if (gs_text_equal(page->tokens[t].folded, page->tokens[token].folded))
                return i;
    }
    return SIZE_MAX;
}

static bool is_writing(const gs_listing *noun)
{
    return noun != NULL && (noun->role == GS_ROLE_PAPER || noun->role == GS_ROLE_WORK);
}

/* Who wrote "the statement": whoever spoke last, unless it is told when it was made. */
static size_t author_of(const gs_cast *cast, const gs_mention *m, const gs_acts *earlier)
{
    size_t i;

    if (earlier == NULL)
        return SIZE_MAX;
    if (m->words.first >= 2 && m->tokens.first + 1 < m->words.first) {
        i = author_by_time(cast, m->words.first - 2, earlier);
        if (i != SIZE_MAX)
            return i;
    }
    for (size_t n = earlier->count; n-- > first_looked_at(earlier);) {
        i = gs_cast_speaker(cast, &earlier->items[n]);
        if (i != SIZE_MAX && earlier->items[n].source.first < m->tokens.first &&
            earlier->items[n].parent == 0 && !earlier->items[n].wrapped &&
            !gs_text_equal(cast->entities[i].kind, GS_TEXT("outlet")))
            return i;
    }
    return SIZE_MAX;
}

/* Whether the range joins several actors: "A, B and C". */
static bool is_group(gs_cast *cast, const gs_mention *first, gs_range range)
{
    const gs_mention_reader *r = &cast->reader;
    uint32_t i = first->tokens.end;
    int members = 1;

    while (i < range.end && members < MEMBERS_MAX) {
        const gs_listing *word = gs_mention_reference(r, i);
        bool both = word != NULL && word->role == GS_ROLE_BOTH;
        gs_mention next;

        if (!both && r->page->tokens[i].type != GS_TOKEN_COMMA)
            break;
        if (!gs_mention_read(&next, r, i + 1, range.end)) {
            i++;
            continue;
        }
        if (gs_range_none(next.name) &&
            (next.noun == NULL || (!both && !gs_range_none(first->name))))
            return false; /* "Ann Lee, a farmer and ..." goes on about her */
        if (both)
            return true;
        members++;
        i = next.tokens.end;
    }
    return false;
}

static gs_text as_written(const gs_cast *cast, gs_range range)
{
    const gs_listing *word = gs_mention_reference(&cast->reader, range.first);

    if (word != NULL && word->role == GS_ROLE_DEFINITE && range.first + 1 < range.end)
        range.first++;
    return gs_page_text(cast->reader.page, range);
}

static size_t pronoun_entity(gs_cast *cast, gs_range range, const gs_acts *earlier)
{
    const gs_listing *word = gs_mention_reference(&cast->reader, range.first);

    if (word != NULL && range.end - range.first == 1 &&
        (word->role == GS_ROLE_DEFINITE || word->role == GS_ROLE_INDEFINITE))
        return gs_cast_just_before(cast, range.first); /* "X and Y each said" */
    while (word != NULL && word->role != GS_ROLE_PRONOUN &&
           word->role != GS_ROLE_RELATIVE && word->role != GS_ROLE_SELF &&
           word->role != GS_ROLE_POSSESSIVE)
        word = word->next;
    if (word == NULL || range.end - range.first > 1)
        return SIZE_MAX;
    return gs_cast_find_antecedent(cast, range.first, word, earlier);
}

/* "the 27-year-old": somebody told of before. */
static size_t aged_entity(gs_cast *cast, const gs_mention *m, const gs_acts *earlier)
{
    static const gs_listing person = {.role = GS_ROLE_PRONOUN, .gender = 'm'};

    if (m->aged == GS_NO_TOKEN || !m->definite)
        return SIZE_MAX;
    return gs_cast_find_antecedent(cast, m->tokens.first, &person, earlier);
}

static size_t entity_of(gs_cast *cast, gs_range range, const gs_mention *m, bool read,
                        const gs_acts *earlier)
{
    size_t i = pronoun_entity(cast, range, earlier), seen;

    if (i != SIZE_MAX)
        return i;
    if (read && (i = aged_entity(cast, m, earlier)) != SIZE_MAX)
        return i;
    seen = sighting_of(cast, range);
    if (seen != SIZE_MAX)
        return cast->sightings[seen].entity;
    return read ? gs_cast_enter(cast, m) : SIZE_MAX;
}

/* "a person familiar with the voyage": who has no name goes by all that is said. */
static gs_text longer_name(const gs_cast *cast, const gs_mention *m, gs_range range)
{
    const gs_page *page = cast->reader.page;
    uint32_t end = m->tokens.end;

    if (end < range.end && (page->tokens[end].tag == GS_TAG_ADJECTIVE ||
                            page->tokens[end].tag == GS_TAG_PREPOSITION))
        while (end < range.end && page->tokens[end].type != GS_TOKEN_COMMA)
            end++;
    return gs_page_text(page, (gs_range){m->text.first, end});
}

/* Who speaks through a writing: whom it is said to be by, else, for a message, who spoke
 * before; SIZE_MAX: nobody that can be told. */
static size_t writer_of(gs_cast *cast, const gs_mention *m, size_t entity,
                        const gs_acts *earlier)
{
    const gs_entity *e = entity == SIZE_MAX ? NULL : &cast->entities[entity];
    uint32_t owner;

    if (!is_writing(m->noun) || !gs_range_none(m->name))
        return SIZE_MAX;
    owner = e == NULL ? 0 : gs_cast_owner(cast, entity, m->tokens.first, earlier);
    if (owner != 0)
        return owner - 1;
    if (m->noun->role != GS_ROLE_PAPER || !m->definite || !gs_range_none(m->owner))
        return SIZE_MAX;
    return author_of(cast, m, earlier);
}

gs_code gs_cast_party(gs_party *out, gs_cast *cast, gs_range mention,
                      const gs_acts *earlier, gs_arena *arena, gs_error *err)
{
    gs_range range = trimmed(cast->reader.page, mention);
    gs_party party = {.kind = GS_TEXT("unknown")};
    gs_mention m;
    bool read;
    size_t entity, writer;
    gs_code rc = GS_OK;

    if (gs_range_none(range)) {
        *out = party;
        return GS_OK;
    }
    read = gs_mention_read(&m, &cast->reader, range.first, range.end);
    if (read && is_group(cast, &m, range)) {
        party.name = as_written(cast, range);
        party.kind = GS_TEXT("group");
        *out = party;
        return GS_OK;
    }
    entity = entity_of(cast, range, &m, read, earlier);
    writer = read ? writer_of(cast, &m, entity, earlier) : SIZE_MAX;
    if (writer != SIZE_MAX)
        entity = writer;
    if (cast->failed)
        return gs_fail_memory(err);
    if (entity == SIZE_MAX) {
        party.name = as_written(cast, range);
        party.kind = read && m.indefinite ? GS_TEXT("unnamed") : GS_TEXT("unknown");
        *out = party;
        return GS_OK;
    }
    GS_TRY(party_of(&party, cast, entity, range.first, earlier, arena, err));
    if (writer == SIZE_MAX && read && !cast->entities[entity].named && m.indefinite &&
        m.noun != NULL)
        party.name = longer_name(cast, &m, range);
    cast->speakers[mention.first] = (uint32_t)entity + 1;
    *out = party;
out:
    return rc;
}

gs_text gs_party_side(const gs_party *party)
{
    return party->speaks_for_count > 0 ? party->speaks_for[party->speaks_for_count - 1]
                                       : party->name;
}

static bool names_equal(gs_text a, gs_text b)
{
    gs_arena arena = {0};
    gs_text x = gs_fold_name(&arena, a), y = gs_fold_name(&arena, b);
    bool equal = a.size > 0 && x.bytes != NULL && y.bytes != NULL && gs_text_equal(x, y);

    gs_arena_free(&arena);
    return equal;
}

/* "A, B and C" is on the side of each. The words that join are those of a group's name,
 * which gs_cast_party made of the text. */
static bool is_member(gs_text group, gs_text name)
{
    gs_arena arena = {0};
    gs_text whole = gs_fold_name(&arena, group), part = gs_fold_name(&arena, name);
    size_t at =
        part.size == 0 || whole.bytes == NULL ? SIZE_MAX : gs_text_find(whole, part, 0);
    bool begins = at != SIZE_MAX && (at == 0 || whole.bytes[at - 1] == ' ');
    size_t end = at == SIZE_MAX ? 0 : at + part.size;
    bool ends = begins &&
                (end == whole.size || whole.bytes[end] == ' ' || whole.bytes[end] == ',');

    gs_arena_free(&arena);
    return ends;
}

static bool stands_for(const gs_party *party, gs_text name)
{
    if (names_equal(party->name, name) ||
        (gs_text_equal(party->kind, GS_TEXT("group")) && is_member(party->name, name)))
        return true;
    for (size_t i = 0; i < party->speaks_for_count; i++)
        if (names_equal(party->speaks_for[i], name))
            return true;
    return false;
}

bool gs_party_same_side(const gs_party *a, const gs_party *b)
{
    return stands_for(a, gs_party_side(b)) || stands_for(b, gs_party_side(a));
}
