#include "graph/base/hash.h"
#include "ingest/extract/cast.h"
#include "ingest/extract/lexicon.h"
#include <string.h>

/* How many namesakes are looked at: bounds the time of a text that is all one name. */
enum { NAMESAKES_MAX = 64, WORDS_MAX = 16, INITIALS_MAX = 8 };

typedef struct posting {
    gs_text word;
    uint32_t entity;
    uint32_t next; /* 1 + an earlier posting of the word */
} posting;

typedef struct gs_names {
    posting *postings;
    size_t count, room;
    uint32_t *slots; /* open addressing: 1 + the latest posting of a word */
    size_t slot_count, word_count;
} gs_names;

static uint32_t *slot_of(const gs_names *names, gs_text word)
{
    gs_hash128 hash = gs_hash_text(0, word);
    uint64_t at;

    memcpy(&at, hash.bytes, sizeof at);
    at &= names->slot_count - 1;
    while (names->slots[at] != 0 &&
           !gs_text_equal(names->postings[names->slots[at] - 1].word, word))
        at = (at + 1) & (names->slot_count - 1);
    return &names->slots[at];
}

static bool grow(gs_cast *cast, gs_names *names)
{
    uint32_t *old = names->slots;
    size_t old_count = names->slot_count;

    names->slot_count = old_count ? old_count * 2 : 256;
    names->slots = gs_arena_array(cast->arena, names->slot_count, sizeof *old);
    if (names->slots == NULL)
        return false;
    for (size_t i = 0; i < old_count; i++)
        if (old[i] != 0)
            *slot_of(names, names->postings[old[i] - 1].word) = old[i];
    return true;
}

static gs_names *names_of(gs_cast *cast)
{
    if (cast->names == NULL)
        cast->names = gs_arena_take(cast->arena, sizeof *cast->names);
    return cast->names;
}

void gs_cast_rename(gs_cast *cast, size_t entity, gs_text word)
{
    gs_names *names = names_of(cast);
    posting *grown;
    uint32_t *slot;

    if (names == NULL ||
        ((names->word_count + 1) * 2 > names->slot_count && !grow(cast, names)) ||
        (grown = gs_arena_grow(cast->arena, names->postings, names->count, &names->room,
                               sizeof *grown)) == NULL) {
        cast->failed = true;
        return;
    }
    names->postings = grown;
    slot = slot_of(names, word);
    names->word_count += *slot == 0;
    grown[names->count] = (posting){word, (uint32_t)entity, *slot};
    *slot = (uint32_t)++names->count;
}

/* The words of a name, folded, possessive marks left out. */
static uint32_t words_of(const gs_page *page, gs_range name, gs_text words[WORDS_MAX])
{
    uint32_t count = 0;

    for (uint32_t i = name.first; i < name.end && count < WORDS_MAX; i++)
        if (page->tokens[i].type == GS_TOKEN_WORD ||
            page->tokens[i].type == GS_TOKEN_NUMBER)
            words[count++] = page->tokens[i].folded;
    return count;
}

static void post_initials(gs_cast *cast, size_t entity, const gs_text *words,
                          uint32_t count)
{
    char *letters = gs_arena_take(cast->arena, INITIALS_MAX);

    if (letters == NULL) {
        cast->failed = true;
        return;
    }
    if (count < 3 || count > INITIALS_MAX)
        return;
    for (uint32_t i = 0; i < count; i++)
        letters[i] = words[i].bytes[0];
    gs_cast_rename(cast, entity, (gs_text){letters, count});
}

void gs_cast_name(gs_cast *cast, size_t entity, gs_range name)
{
    gs_entity *e = &cast->entities[entity];
    gs_text words[WORDS_MAX];
    uint32_t count = words_of(cast->reader.page, name, words);
    gs_text *kept = gs_arena_array(cast->arena, count, sizeof *kept);

    if (kept == NULL) {
        cast->failed = true;
        return;
    }
    if (count == 0)
        return;
    memcpy(kept, words, count * sizeof *kept);
    e->name = gs_page_text(cast->reader.page, name);
    e->named = true;
    e->words = kept;
    e->word_count = count;
    for (uint32_t i = 0; i < count; i++)
        gs_cast_rename(cast, entity, words[i]);
    post_initials(cast, entity, words, count);
}

/* Whether these words stand beside each other at the front or the end of others. */
static bool begins_or_ends(const gs_text *few, uint32_t count, const gs_text *many,
                           uint32_t total)
{
    uint32_t front = 0, back = 0;

    if (count > total)
        return false;
    while (front < count && gs_text_equal(few[front], many[front]))
        front++;
    while (back < count && gs_text_equal(few[back], many[total - count + back]))
        back++;
    return front == count || back == count;
}

/* Whether the words of a longer name that the shorter one lacks are names too: "Lee" and
 * "Ann Lee", not "Lee" and "Lee Speech". */
static bool extends(const gs_cast *cast, const gs_text *words, uint32_t count,
                    const gs_entity *e)
{
    for (uint32_t i = 0; i < count && e->word_count < count; i++) {
        const gs_word *word = gs_lexicon_find(cast->reader.lexicon, words[i]);

        if (word != NULL && (word->classes & (GS_CLASS_NOUN | GS_CLASS_ADJECTIVE)) != 0 &&
            !begins_or_ends(words + i, 1, e->words, e->word_count))
            return false;
    }
    return true;
}

/* The first and the last word agree, or one of both names is a part of the other. */
static bool agree(const gs_cast *cast, const gs_text *words, uint32_t count,
                  const gs_entity *e)
{
    if (e->word_count == 0)
        return true; /* it was found by an acronym alone */
    if (count == 1 && e->word_count > 1 && gs_text_equal(words[0], e->acronym))
        return true;
    if (begins_or_ends(words, count, e->words, e->word_count) ||
        (begins_or_ends(e->words, e->word_count, words, count) &&
         (gs_text_equal(e->kind, GS_TEXT("organisation")) ||
          extends(cast, words, count, e))))
        return true;
    return count > 1 && e->word_count > 1 && gs_text_equal(words[0], e->words[0]) &&
           gs_text_equal(words[count - 1], e->words[e->word_count - 1]);
}

static bool is_initials(gs_text word, const gs_entity *e)
{
    if (word.size != e->word_count || word.size < 3)
        return false;
    for (uint32_t i = 0; i < e->word_count; i++)
        if (e->words[i].bytes[0] != word.bytes[i])
            return false;
    return true;
}

static bool genders_agree(char a, char b)
{
    return a == '-' || b == '-' || a == b;
}

/* The latest entity of a word that the whole name agrees with; a surname is rather a
 * person's than the first word of a body. */
static size_t find_by(const gs_cast *cast, gs_text word, const gs_text *words,
                      uint32_t count, char gender)
{
    const gs_names *names = cast->names;
    uint32_t at = names == NULL || names->count == 0 ? 0 : *slot_of(names, word);
    size_t found = SIZE_MAX;

    for (int seen = 0; at != 0 && seen < NAMESAKES_MAX; seen++) {
        const posting *p = &names->postings[at - 1];
        const gs_entity *e = &cast->entities[p->entity];

        at = p->next;
        if (!genders_agree(gender, e->gender) ||
            (!agree(cast, words, count, e) && (count > 1 || !is_initials(words[0], e))))
            continue;
        if (count > 1 || gs_entity_is_person(e))
            return p->entity;
        if (found == SIZE_MAX)
            found = p->entity;
    }
    return found;
}

size_t gs_cast_find_name(const gs_cast *cast, gs_range name, char gender)
{
    gs_text words[WORDS_MAX];
    uint32_t count = words_of(cast->reader.page, name, words);
    size_t found;

    if (count == 0)
        return SIZE_MAX;
    found = find_by(cast, words[count - 1], words, count, gender);
    return found == SIZE_MAX && count > 1 ? find_by(cast, words[0], words, count, gender)
                                          : found;
}
