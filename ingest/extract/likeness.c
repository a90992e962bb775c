#include "ingest/extract/likeness.h"
#include "graph/base/hash.h"
#include <stdlib.h>

enum {
    WORDS_MAX = 400, /* of a content: what a comparison needs */
    NAME_MAX = 4     /* tokens of a state's name */
};

static int by_number(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

    return (x > y) - (x < y);
}

/* A state's name at a token, as its code; 0 when none stands there. */
static uint32_t state_at(const gs_reading *r, uint32_t i, uint32_t end, uint32_t *after)
{
    uint32_t reach = end - i > NAME_MAX ? i + NAME_MAX : end;

    if (!gs_token_at(r, i)->capital)
        return 0;
    for (uint32_t to = reach; to > i; to--) {
        const gs_state *state;

        if (gs_type_at(r, to - 1) != GS_TOKEN_WORD)
            continue;
        state = gs_state_find(r->language->directory,
                              gs_page_text(r->page, (gs_range){i, to}));
        if (state != NULL) {
            *after = to;
            return gs_checksum(state->name.bytes, state->name.size);
        }
    }
    return 0;
}

static uint32_t word_at(const gs_reading *r, uint32_t i)
{
    gs_text stem;

    if ((gs_type_at(r, i) != GS_TOKEN_WORD && gs_type_at(r, i) != GS_TOKEN_NUMBER) ||
        gs_lexicon_is_empty(r->language->lexicon, gs_token_at(r, i)->folded))
        return 0;
    stem = gs_lexicon_stem(r->language->lexicon, gs_token_at(r, i)->folded, r->arena);
    return stem.bytes == NULL ? 0 : gs_checksum(stem.bytes, stem.size);
}

static uint32_t unique(uint32_t *items, uint32_t count)
{
    uint32_t kept = 0;

    qsort(items, count, sizeof *items, by_number);
    for (uint32_t i = 0; i < count; i++)
        if (kept == 0 || items[kept - 1] != items[i])
            items[kept++] = items[i];
    return kept;
}

gs_code gs_likeness_range(gs_stems *out, gs_reading *r, const gs_range *pieces,
                          uint32_t count, gs_error *err)
{
    uint32_t *items = gs_arena_array(r->arena, WORDS_MAX, sizeof *items);
    uint32_t n = 0;

    if (items == NULL)
        return gs_fail_memory(err);
    for (uint32_t p = 0; p < count; p++)
        for (uint32_t i = pieces[p].first; i < pieces[p].end && n < WORDS_MAX;) {
            uint32_t after = i + 1, word = state_at(r, i, pieces[p].end, &after);

            if (word == 0)
                word = word_at(r, i);
            if (word != 0)
                items[n++] = word;
            i = after;
        }
    out->count = unique(items, n);
    out->items = items;
    return GS_OK;
}

gs_code gs_likeness_read(gs_stems **out, gs_reading *r, gs_error *err)
{
    gs_stems *stems = gs_arena_array(r->arena, r->acts.count + 1, sizeof *stems);

    if (stems == NULL)
        return gs_fail_memory(err);
    for (size_t a = 0; a < r->acts.count; a++) {
        const gs_act *act = &r->acts.items[a];

        if (act->speech &&
            gs_likeness_range(&stems[a], r, act->pieces, act->piece_count, err) != GS_OK)
            return err->code;
    }
    *out = stems;
    return GS_OK;
}

uint32_t gs_likeness_shared(const gs_stems *a, const gs_stems *b)
{
    uint32_t i = 0, j = 0, shared = 0;

    while (i < a->count && j < b->count) {
        if (a->items[i] == b->items[j]) {
            shared++;
            i++;
            j++;
        } else if (a->items[i] < b->items[j]) {
            i++;
        } else {
            j++;
        }
    }
    return shared;
}

double gs_likeness(const gs_stems *a, const gs_stems *b)
{
    uint32_t shorter = a->count < b->count ? a->count : b->count;

    return shorter == 0 ? 0 : (double)gs_likeness_shared(a, b) / shorter;
}
