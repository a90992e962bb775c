#include "ingest/linker/terms.h"
#include "graph/base/hash.h"
#include "ingest/extract/directory.h"
#include "ingest/extract/lexicon.h"
#include <stdlib.h>
#include <string.h>

enum { WORDS_MAX = 400 }; /* of a text: what a comparison needs */

/* A word of the lexicon is in many texts; a name, a number or a rare word is in few. */
static const float common = 1, rare = 1.5F;

static bool is_part(int32_t point)
{
    return gs_point_is_letter(point) || gs_point_is_digit(point);
}

/* The next word at or behind *at; missing at the end. */
static gs_text next_word(gs_text text, size_t *at)
{
    size_t start = *at, end;

    for (;; start = *at) {
        int32_t point;

        if (*at >= text.size)
            return (gs_text){0};
        point = gs_utf8_next(text, at);
        if (point < 0)
            ++*at;
        else if (is_part(point))
            break;
    }
    for (end = *at; *at < text.size; end = *at) {
        int32_t point = gs_utf8_next(text, at);

        if (point < 0 || !is_part(point))
            break;
    }
    *at = end;
    return gs_text_slice(text, start, end);
}

static bool tells(const struct gs_language *language, gs_text word)
{
    const gs_word *known = gs_lexicon_find(language->lexicon, word);

    return !gs_lexicon_is_empty(language->lexicon, word) && word.size > 1 &&
           (known == NULL || !(known->classes & GS_CLASS_CLAUSAL)) &&
           gs_directory_find(language->directory, word,
                             GS_LISTING_STATE | GS_LISTING_DEMONYM) == NULL;
}

static int by_word(const void *a, const void *b)
{
    uint32_t x = ((const gs_term *)a)->word, y = ((const gs_term *)b)->word;

    return (x > y) - (x < y);
}

static void settle(gs_terms *terms)
{
    uint32_t kept = 0;

    qsort(terms->items, terms->count, sizeof *terms->items, by_word);
    terms->weight = 0;
    for (uint32_t i = 0; i < terms->count; i++) {
        if (kept > 0 && terms->items[kept - 1].word == terms->items[i].word)
            continue;
        terms->weight += terms->items[i].weight;
        terms->items[kept++] = terms->items[i];
    }
    terms->count = kept;
}

gs_code gs_terms_read(gs_terms *out, const struct gs_language *language, gs_text text,
                      gs_arena *arena, gs_arena *scratch, gs_error *err)
{
    gs_text folded = text.bytes == NULL ? GS_TEXT("") : gs_fold(scratch, text), word;
    gs_terms terms = {NULL, 0, 0};
    size_t at = 0, room = 0;

    if (folded.bytes == NULL)
        return gs_fail_memory(err);
    while (terms.count < WORDS_MAX && (word = next_word(folded, &at)).bytes != NULL) {
        gs_text stem;

        if (!tells(language, word))
            continue;
        stem = gs_lexicon_stem(language->lexicon, word, scratch);
        terms.items =
            gs_arena_grow(arena, terms.items, terms.count, &room, sizeof *terms.items);
        if (terms.items == NULL || stem.bytes == NULL)
            return gs_fail_memory(err);
        terms.items[terms.count++] =
            (gs_term){gs_checksum(stem.bytes, stem.size),
                      gs_lexicon_find(language->lexicon, word) == NULL ? rare : common};
    }
    if (terms.count > 0)
        settle(&terms);
    *out = terms;
    return GS_OK;
}

void gs_terms_remove(gs_terms *terms, const gs_terms *names)
{
    uint32_t kept = 0;

    for (uint32_t i = 0; i < terms->count; i++)
        if (names->count == 0 || bsearch(&terms->items[i], names->items, names->count,
                                         sizeof *names->items, by_word) == NULL)
            terms->items[kept++] = terms->items[i];
        else
            terms->weight -= terms->items[i].weight;
    terms->count = kept;
}

gs_code gs_terms_join(gs_terms *out, const gs_terms *a, const gs_terms *b,
                      gs_arena *arena, gs_error *err)
{
    gs_terms both = {gs_arena_array(arena, a->count + b->count + 1, sizeof(gs_term)), 0,
                     0};

    if (both.items == NULL)
        return gs_fail_memory(err);
    if (a->count > 0)
        memcpy(both.items, a->items, a->count * sizeof *a->items);
    if (b->count > 0)
        memcpy(both.items + a->count, b->items, b->count * sizeof *b->items);
    both.count = a->count + b->count;
    settle(&both);
    *out = both;
    return GS_OK;
}

double gs_terms_shared(const gs_terms *a, const gs_terms *b)
{
    double shared = 0;
    uint32_t i = 0, j = 0;

    while (i < a->count && j < b->count) {
        uint32_t x = a->items[i].word, y = b->items[j].word;

        if (x == y)
            shared += (double)a->items[i].weight;
        i += x <= y;
        j += y <= x;
    }
    return shared;
}

double gs_terms_likeness(const gs_terms *a, const gs_terms *b)
{
    float shorter = a->weight < b->weight ? a->weight : b->weight;

    return shorter <= 0 ? 0 : gs_terms_shared(a, b) / (double)shorter;
}
