#include "ingest/extract/cast_impl.h"
#include "ingest/extract/lexicon.h"

bool gs_entity_is_person(const gs_entity *e)
{
    if (gs_text_equal(e->kind, GS_TEXT("person")))
        return true;
    if (e->noun == NULL || e->plural)
        return false;
    switch (e->noun->role) {
    case GS_ROLE_VOICE:
    case GS_ROLE_OFFICE:
    case GS_ROLE_POST:
    case GS_ROLE_CIVIC:
    case GS_ROLE_PERSON:
        return true;
    default:
        return false;
    }
}

static bool is_common_word(const gs_cast *cast, uint32_t token)
{
    const gs_word *word =
        gs_lexicon_find(cast->reader.lexicon, cast->reader.page->tokens[token].folded);

    if (word == NULL)
        word = gs_lexicon_find(cast->reader.lexicon,
                               gs_lexicon_lemma(cast->reader.lexicon,
                                                cast->reader.page->tokens[token].folded,
                                                GS_TAG_NOUN, cast->arena));
    return word != NULL && (word->classes & (GS_CLASS_NOUN | GS_CLASS_ADJECTIVE)) != 0;
}

static bool is_all_capitals(const gs_cast *cast, uint32_t token)
{
    gs_text word = gs_page_text(cast->reader.page, (gs_range){token, token + 1});
    size_t at = 0;

    while (at < word.size) {
        int32_t point = gs_utf8_next(word, &at);

        if (!gs_point_is_upper(point))
            return false;
    }
    return word.size > 1;
}

/* Words of a name that are words of the language; all of it in capitals counts too. */
static uint32_t common_words(const gs_cast *cast, gs_range name)
{
    uint32_t count = 0;

    for (uint32_t i = name.first; i < name.end; i++) {
        if (is_all_capitals(cast, i))
            return name.end - name.first;
        count += is_common_word(cast, i);
    }
    return count;
}

static bool starts_foreign(const gs_cast *cast, uint32_t token)
{
    const gs_listing *word = gs_mention_reference(&cast->reader, token);

    while (word != NULL && word->role != GS_ROLE_FOREIGN)
        word = word->next;
    return word != NULL;
}

/* What a name is by its looks alone. */
static gs_text kind_by_looks(const gs_cast *cast, const gs_mention *m)
{
    uint32_t words = m->name.end - m->name.first, common = common_words(cast, m->name);

    if (!gs_range_none(m->acronym) || ((m->definite || m->indefinite) && m->noun == NULL))
        return GS_TEXT("organisation");
    if (words > 1 && starts_foreign(cast, m->name.first))
        return GS_TEXT("organisation");
    if (words < 2 || words > 4)
        return GS_TEXT("unknown");
    if (common == words || (common > 0 && m->noun != NULL))
        return GS_TEXT("organisation");
    if (m->noun != NULL)
        return GS_TEXT("unknown"); /* a supplier may be either */
    return GS_TEXT("person");
}

/* What a name is, from what it was called and how it looks. */
gs_text gs_entity_kind(const gs_cast *cast, const gs_mention *m)
{
    if (m->titled)
        return GS_TEXT("person");
    if (m->emblem != NULL)
        return m->emblem->role == GS_ROLE_OUTLET ? GS_TEXT("outlet")
                                                 : GS_TEXT("organisation");
    switch (m->noun == NULL ? GS_ROLE_NONE : m->noun->role) {
    case GS_ROLE_VOICE:
    case GS_ROLE_OFFICE:
    case GS_ROLE_POST:
    case GS_ROLE_CIVIC:
    case GS_ROLE_PERSON:
        return GS_TEXT("person");
    case GS_ROLE_ARM:
    case GS_ROLE_COMPANY:
    case GS_ROLE_FIRM:
    case GS_ROLE_SOCIETY:
    case GS_ROLE_BODY:
        return GS_TEXT("organisation");
    case GS_ROLE_OUTLET:
        return GS_TEXT("outlet");
    default:
        return kind_by_looks(cast, m);
    }
}

/* What somebody is who has no name. */
gs_text gs_entity_kind_by_noun(const gs_mention *m)
{
    switch (m->noun->role) {
    case GS_ROLE_ARM:
    case GS_ROLE_COMPANY:
    case GS_ROLE_FIRM:
    case GS_ROLE_SOCIETY:
    case GS_ROLE_BODY:
    case GS_ROLE_CRAFT:
        return m->indefinite ? GS_TEXT("unnamed") : GS_TEXT("organisation");
    case GS_ROLE_OUTLET:
        return m->indefinite ? GS_TEXT("unnamed") : GS_TEXT("outlet");
    case GS_ROLE_OFFICE:
    case GS_ROLE_POST:
    case GS_ROLE_CIVIC:
        return m->definite && !m->plural ? GS_TEXT("office") : GS_TEXT("unnamed");
    default:
        return GS_TEXT("unnamed");
    }
}
