#include "graph/base/hash.h"
#include "ingest/extract/directory_impl.h"
#include <stdlib.h>
#include <string.h>

enum { WORDS_MAX = 8, KEY_MAX = 160, ENDING_MIN = 4, ENDING_MAX = 7 };

static uint64_t hash_of(gs_text key)
{
    gs_hash128 hash = gs_hash_text(0, key);
    uint64_t value;

    memcpy(&value, hash.bytes, sizeof value);
    return value;
}

/* Dots and commas go, hyphens become blanks; gives the new size. In place. */
static size_t plain(char *bytes, size_t size)
{
    size_t out = 0;

    for (size_t i = 0; i < size; i++) {
        if (bytes[i] == '.' || bytes[i] == ',')
            continue;
        bytes[out++] = bytes[i] == '-' ? ' ' : bytes[i];
    }
    return out;
}

gs_text gs_directory_key(gs_text name, gs_arena *arena)
{
    gs_text folded = gs_fold_name(arena, name), copy = gs_text_copy(arena, folded);

    if (copy.bytes != NULL)
        copy.size = plain((char *)copy.bytes, copy.size);
    return copy;
}

static const gs_listing **slot_of(const gs_directory *d, gs_text key)
{
    size_t at = hash_of(key) & (d->slot_count - 1);

    while (d->slots[at] != NULL && !gs_text_equal(d->slots[at]->key, key))
        at = (at + 1) & (d->slot_count - 1);
    return &d->slots[at];
}

/* Up to an apostrophe: a possessive is a token of its own. */
static gs_text first_word(gs_text key)
{
    size_t end = 0;

    while (end < key.size && key.bytes[end] != ' ' && key.bytes[end] != '\'')
        end++;
    return gs_text_slice(key, 0, end);
}

static size_t count_words(gs_text key)
{
    size_t count = 1;

    for (size_t i = 0; i < key.size; i++)
        count += key.bytes[i] == ' ';
    return count;
}

static gs_code grow_slots(gs_directory *d, gs_error *err)
{
    const gs_listing **old = d->slots;
    size_t old_count = d->slot_count;

    d->slot_count = old_count ? old_count * 2 : 1024;
    d->slots = gs_arena_array(&d->arena, d->slot_count, sizeof *d->slots);
    if (d->slots == NULL)
        return gs_fail_memory(err);
    for (size_t i = 0; i < old_count; i++)
        if (old[i] != NULL)
            *slot_of(d, old[i]->key) = old[i];
    return GS_OK;
}

/* One listing under one of its names. */
gs_code gs_directory_add(gs_directory *d, gs_listing like, gs_text name, gs_error *err)
{
    gs_listing *listing = gs_arena_take(&d->arena, sizeof *listing);
    const gs_listing **slot;
    unsigned char *longest;
    size_t words;

    if (listing == NULL)
        return gs_fail_memory(err);
    if ((d->listing_count + 1) * 2 > d->slot_count && grow_slots(d, err) != GS_OK)
        return GS_MEMORY;
    *listing = like;
    listing->key = gs_directory_key(name, &d->arena);
    if (listing->key.bytes == NULL)
        return gs_fail_memory(err);
    slot = slot_of(d, listing->key);
    listing->next = *slot;
    *slot = listing;
    d->listing_count += listing->next == NULL;
    longest = &d->longest[hash_of(first_word(listing->key)) & 0xffff];
    words = count_words(listing->key);
    if (words > *longest)
        *longest = (unsigned char)(words > WORDS_MAX ? WORDS_MAX : words);
    return GS_OK;
}

gs_code gs_directory_open(gs_directory **out, gs_text language, gs_error *err)
{
    gs_directory *d = calloc(1, sizeof *d);
    gs_code rc;

    if (d == NULL)
        return gs_fail_memory(err);
    rc = gs_directory_fill(d, language, err);
    if (rc == GS_OK)
        *out = d;
    else
        gs_directory_close(d);
    return rc;
}

void gs_directory_close(gs_directory *directory)
{
    if (directory == NULL)
        return;
    gs_arena_free(&directory->arena);
    free(directory);
}

const gs_state *gs_state_of_code(const gs_directory *d, gs_text code)
{
    for (size_t i = 0; i < d->state_count; i++)
        if (gs_text_equal(d->states[i].code, code))
            return &d->states[i];
    return NULL;
}

const gs_listing *gs_directory_ending(const gs_directory *d, gs_text base)
{
    char key[ENDING_MAX + 1] = "~";

    for (size_t size = ENDING_MAX; size >= ENDING_MIN; size--) {
        const gs_listing *found;

        if (base.size <= size + 1)
            continue;
        memcpy(key + 1, base.bytes + base.size - size, size);
        found = gs_directory_find(d, (gs_text){key, size + 1}, GS_LISTING_ROLE);
        if (found != NULL)
            return found;
    }
    return NULL;
}

bool gs_listing_blames(const gs_listing *listing, gs_role_class class)
{
    while (listing != NULL &&
           (listing->type != GS_LISTING_BLAME || listing->role != class))
        listing = listing->next;
    return listing != NULL;
}

const gs_listing *gs_directory_find(const gs_directory *d, gs_text key, unsigned types)
{
    const gs_listing *listing = *slot_of(d, key);

    while (listing != NULL && (listing->type & types) == 0)
        listing = listing->next;
    return listing;
}

/* Appends a token to a key; false when it does not fit. */
static bool append(char *key, size_t *size, const gs_token *token, bool base)
{
    gs_text word = base && token->lemma.bytes != NULL ? token->lemma : token->folded;
    bool glued = token->type == GS_TOKEN_POSSESSIVE || *size == 0;

    if (*size + word.size + 1 > KEY_MAX)
        return false;
    if (!glued)
        key[(*size)++] = ' ';
    memcpy(key + *size, word.bytes, word.size);
    *size += plain(key + *size, word.size);
    return true;
}

static bool joins(const gs_token *token)
{
    return token->type == GS_TOKEN_WORD || token->type == GS_TOKEN_NUMBER ||
           token->type == GS_TOKEN_POSSESSIVE;
}

const gs_listing *gs_directory_match(const gs_directory *d, const gs_page *page,
                                     uint32_t first, uint32_t end, unsigned types,
                                     uint32_t *tokens)
{
    const gs_listing *best = NULL, *found;
    char key[KEY_MAX];
    size_t size = 0;
    uint32_t words = 0, longest = 0;

    for (uint32_t i = first; i < end && joins(&page->tokens[i]); i++) {
        if (!append(key, &size, &page->tokens[i], (types & GS_LISTING_BLAME) != 0))
            break;
        words += page->tokens[i].type != GS_TOKEN_POSSESSIVE;
        if (i == first)
            longest = d->longest[hash_of(first_word((gs_text){key, size})) & 0xffff];
        if (words > longest)
            break;
        found = gs_directory_find(d, (gs_text){key, size}, types);
        if (found != NULL) {
            best = found;
            *tokens = i + 1 - first;
        }
    }
    return best;
}

const gs_state *gs_state_find(const gs_directory *directory, gs_text name)
{
    gs_arena arena = {0};
    gs_text key = gs_directory_key(name, &arena);
    const gs_listing *listing =
        key.bytes == NULL ? NULL : gs_directory_find(directory, key, GS_LISTING_STATE);

    gs_arena_free(&arena);
    return listing == NULL ? NULL : listing->state;
}
