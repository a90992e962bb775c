#include "ingest/extract/cast_impl.h"
#include <stdlib.h>

enum { OWNERS_MAX = 4 };

static gs_range trimmed_role(const gs_mention *m)
{
    return (gs_range){m->words.first, m->noun == NULL ? m->words.first : m->role.end};
}

static bool is_personal(gs_role_class class)
{
    return class == GS_ROLE_VOICE || class == GS_ROLE_OFFICE || class == GS_ROLE_POST ||
           class == GS_ROLE_CIVIC || class == GS_ROLE_PERSON;
}

static void give_role(gs_cast *cast, size_t i, const gs_mention *m)
{
    gs_entity *e = &cast->entities[i];
    gs_range role = trimmed_role(m);
    size_t owner;

    if (m->gender != '-')
        e->gender = m->gender;
    if (m->noun == NULL || m->noun->role == GS_ROLE_HONORIFIC)
        return;
    if (m->emblem != NULL && is_personal(m->noun->role))
        return; /* "the manager of the tanker, X Lines": a firm in a person's place */
    if (e->noun == NULL || e->noun->type == GS_LISTING_TITLE || e->by_emblem) {
        e->by_emblem = false;
        e->noun = m->noun;
        e->modifiers = (gs_range){m->words.first, m->role.end};
    }
    if (e->role.bytes == NULL && !gs_range_none(role) &&
        gs_text_equal(e->kind, GS_TEXT("person")))
        e->role = gs_page_text(cast->reader.page, role);
    owner = gs_cast_stated_owner(cast, m);
    e = &cast->entities[i]; /* entering the owner may have moved it */
    if (owner != SIZE_MAX && e->owner == 0 && gs_cast_held_for(cast, m, owner))
        gs_cast_set_owner(cast, i, owner);
    if (cast->entities[i].owner != 0 || !gs_role_speaks(m->noun->role))
        return;
    e->possessive = m->possessive;
    e->asks =
        m->possessive != GS_NO_TOKEN ||
        (!m->indefinite && m->noun->role != GS_ROLE_CRAFT &&
         m->noun->role != GS_ROLE_CIVIC && (!m->plural || m->noun->role == GS_ROLE_ARM));
}

/* A text to call it by: from a state's 's on where a body is meant. */
static gs_text described(const gs_cast *cast, const gs_mention *m)
{
    gs_range text = m->text;

    if ((m->noun->role == GS_ROLE_ARM || m->noun->role == GS_ROLE_BODY) &&
        !gs_range_none(m->owner) && m->owner.end < m->words.first)
        text.first = m->owner.first;
    return gs_page_text(cast->reader.page, text);
}

/* Whether the entity that a noun may mean belongs to whom the mention says, where it
 * says that. */
static bool owners_agree(gs_cast *cast, const gs_mention *m, size_t entity)
{
    size_t owner, up = entity;

    if (gs_range_none(m->owner) && m->demonym == NULL && m->modifier == NULL &&
        m->possessive == GS_NO_TOKEN)
        return true;
    owner = m->possessive != GS_NO_TOKEN ? SIZE_MAX : gs_cast_stated_owner(cast, m);
    for (int n = 0; n < OWNERS_MAX && owner != SIZE_MAX; n++) {
        if (cast->entities[up].owner == 0)
            return false;
        up = cast->entities[up].owner - 1;
        if (up == owner)
            return true;
    }
    return false;
}

static size_t enter_noun(gs_cast *cast, const gs_mention *m)
{
    size_t i = m->definite ? gs_cast_find_noun(cast, m) : SIZE_MAX;

    if (i != SIZE_MAX && owners_agree(cast, m, i))
        return i;
    i = gs_cast_new(cast, m->tokens.first);
    if (i == SIZE_MAX)
        return i;
    cast->entities[i].name = described(cast, m);
    cast->entities[i].kind = gs_entity_kind_by_noun(m);
    cast->entities[i].plural = m->plural;
    give_role(cast, i, m);
    return i;
}

/* Whether a mention has more of a name than is known: a first name, or one between. */
static bool fuller(const gs_cast *cast, const gs_mention *m, const gs_entity *e)
{
    const gs_token *tokens = cast->reader.page->tokens;
    uint32_t words = 0;

    for (uint32_t i = m->name.first; i < m->name.end; i++)
        words += tokens[i].type != GS_TOKEN_POSSESSIVE;
    if (words <= e->word_count)
        return false;
    return e->word_count <= 1 ||
           (gs_text_equal(tokens[m->name.first].folded, e->words[0]) &&
            gs_text_equal(tokens[m->name.end - 1].folded, e->words[e->word_count - 1]));
}

/* "the researcher, X": X is the researcher told of before. */
static size_t unnamed_before(const gs_cast *cast, const gs_mention *m)
{
    size_t i = m->noun != NULL && m->definite && m->role.end <= m->name.first
                   ? gs_cast_find_noun(cast, m)
                   : SIZE_MAX;

    return i != SIZE_MAX && !cast->entities[i].named && !cast->entities[i].plural
               ? i
               : SIZE_MAX;
}

/* An article alone made a body of what looks like a person: "the Donald". */
static bool is_taken_for_body(const gs_cast *cast, const gs_mention *m,
                              const gs_entity *e)
{
    return e->noun == NULL && e->acronym.size == 0 && !m->definite &&
           gs_text_equal(e->kind, GS_TEXT("organisation")) &&
           gs_text_equal(gs_entity_kind(cast, m), GS_TEXT("person"));
}

static size_t enter_name(gs_cast *cast, const gs_mention *m)
{
    size_t i = gs_cast_find_name(cast, m->name, m->gender);
    gs_entity *e;

    if (i == SIZE_MAX)
        i = unnamed_before(cast, m);
    if (i == SIZE_MAX)
        i = gs_cast_new(cast, m->tokens.first);
    if (i == SIZE_MAX)
        return i;
    e = &cast->entities[i];
    if (!e->named || fuller(cast, m, e))
        gs_cast_name(cast, i, m->name);
    if (e->kind.bytes == NULL || gs_text_equal(e->kind, GS_TEXT("unknown")) ||
        gs_text_equal(e->kind, GS_TEXT("unnamed")) ||
        (m->noun != NULL && e->noun == NULL) || is_taken_for_body(cast, m, e))
        e->kind = gs_entity_kind(cast, m);
    if (cast->entities[i].noun == NULL && m->emblem != NULL && m->noun == NULL)
        cast->entities[i].noun = m->emblem, cast->entities[i].by_emblem = true;
    give_role(cast, i, m);
    if (!gs_range_none(m->acronym)) {
        e = &cast->entities[i];
        e->acronym = cast->reader.page->tokens[m->acronym.first].folded;
        gs_cast_rename(cast, i, e->acronym);
    }
    return i;
}

/* "Jordan" where the text has a Mr Jordan is he, not the state. */
static size_t namesake(const gs_cast *cast, const gs_mention *m)
{
    size_t i = m->known->type == GS_LISTING_STATE
                   ? gs_cast_find_name(cast, m->name, m->gender)
                   : SIZE_MAX;

    return i != SIZE_MAX && gs_entity_is_person(&cast->entities[i]) ? i : SIZE_MAX;
}

size_t gs_cast_enter(gs_cast *cast, const gs_mention *m)
{
    if (m->known != NULL && !m->titled) {
        size_t i = namesake(cast, m);

        if (i != SIZE_MAX)
            return i;
        if (m->known->type == GS_LISTING_CONTEXT && !m->definite)
            return SIZE_MAX;
        i = gs_cast_known(cast, m->known);
        if (i != SIZE_MAX && cast->entities[i].noun == NULL && m->emblem != NULL) {
            cast->entities[i].noun = m->emblem;
            cast->entities[i].by_emblem = true;
        }
        return i;
    }
    if (!gs_range_none(m->name))
        return enter_name(cast, m);
    if (m->noun != NULL)
        return enter_noun(cast, m);
    return SIZE_MAX;
}

size_t gs_cast_meant(gs_cast *cast, gs_range range)
{
    gs_mention m;
    size_t i = gs_cast_seen_lately(cast, range);

    if (i != SIZE_MAX)
        return i;
    if (cast->depth >= OWNERS_MAX ||
        !gs_mention_read(&m, &cast->reader, range.first, range.end))
        return SIZE_MAX;
    cast->depth++;
    i = gs_cast_enter(cast, &m);
    cast->depth--;
    if (i != SIZE_MAX)
        gs_cast_sight(cast, m.tokens, i);
    return i;
}

/* What is named inside a phrase that is no actor: "a White House claim". */
static void enter_inside(gs_cast *cast, const gs_mention *m)
{
    if (!gs_range_none(m->owner))
        gs_cast_meant(cast, m->owner);
    if (m->modifier != NULL)
        gs_cast_modifier(cast, m);
}

static void read_sentence(gs_cast *cast, gs_range tokens)
{
    const gs_page *page = cast->reader.page;
    uint32_t i = tokens.first;
    bool subject = true;

    while (i < tokens.end) {
        gs_mention m;
        size_t entity;

        if (!gs_mention_read(&m, &cast->reader, i, tokens.end)) {
            i++;
            continue;
        }
        entity = gs_cast_enter(cast, &m);
        if (entity != SIZE_MAX) {
            gs_cast_sight(cast, m.tokens, entity);
            if (subject && page->tokens[i].quote == 0 && cast->sighting_count > 0) {
                cast->sightings[cast->sighting_count - 1].subject = true;
                subject = false;
            }
        } else {
            enter_inside(cast, &m);
        }
        i = m.tokens.end > i ? m.tokens.end : i + 1;
    }
}

static int by_place(const void *a, const void *b)
{
    const gs_sighting *x = a, *y = b;

    if (x->tokens.first != y->tokens.first)
        return x->tokens.first < y->tokens.first ? -1 : 1;
    if (x->tokens.end != y->tokens.end)
        return x->tokens.end > y->tokens.end ? -1 : 1; /* the wider one first */
    return x->entity < y->entity ? -1 : x->entity > y->entity;
}

/* The state of the place that a text was sent from. */
static void read_dateline(gs_cast *cast, const gs_paragraph *paragraph)
{
    gs_range line = paragraph->dateline;
    const gs_listing *state;
    uint32_t length;

    for (uint32_t i = line.first; i < line.end && cast->dateline == 0; i++) {
        size_t entity;

        state = gs_directory_match(cast->reader.directory, cast->reader.page, i, line.end,
                                   GS_LISTING_STATE, &length);
        if (state == NULL)
            continue;
        entity = gs_cast_state(cast, state->state);
        if (entity != SIZE_MAX)
            cast->dateline = (uint32_t)entity + 1;
    }
}

static void read_page(gs_cast *cast)
{
    const gs_page *page = cast->reader.page;

    for (uint32_t p = 0; p < page->paragraph_count; p++) {
        const gs_paragraph *paragraph = &page->paragraphs[p];

        if (paragraph->type != GS_PARAGRAPH_BODY)
            continue;
        if (!gs_range_none(paragraph->dateline))
            read_dateline(cast, paragraph);
        for (uint32_t s = paragraph->first_sentence; s < paragraph->end_sentence; s++) {
            gs_range tokens = page->sentences[s].tokens;

            if (tokens.first < paragraph->dateline.end &&
                !gs_range_none(paragraph->dateline))
                tokens.first = paragraph->dateline.end;
            read_sentence(cast, tokens);
        }
    }
    if (cast->sighting_count > 0)
        qsort(cast->sightings, cast->sighting_count, sizeof *cast->sightings, by_place);
    cast->sorted = true;
}

gs_code gs_cast_read(gs_cast **out, const gs_directory *directory,
                     const gs_lexicon *lexicon, const gs_page *page, gs_text publisher,
                     gs_arena *arena, gs_error *err)
{
    gs_cast *cast = gs_arena_take(arena, sizeof *cast);

    (void)publisher;
    if (cast == NULL)
        return gs_fail_memory(err);
    cast->reader = (gs_mention_reader){directory, lexicon, page};
    cast->arena = arena;
    cast->speakers = gs_arena_array(arena, page->token_count + 1, sizeof *cast->speakers);
    if (cast->speakers == NULL)
        return gs_fail_memory(err);
    read_page(cast);
    if (cast->failed)
        return gs_fail_memory(err);
    *out = cast;
    return GS_OK;
}
