#include "graph/base/hash.h"
#include "graph/base/large.h"
#include "graph/pending.h"
#include "graph/txn_impl.h"
#include "graph/words_list.h"

#include <stdlib.h>
#include <string.h>

enum {
    PAIRS_FIRST = 1 << 10,
    PAIRS = 1 << 20,
    WORDS_FIRST = 1 << 9,
    WORDS = 1 << 17,
    SLOTS = 2 * WORDS,
    KEY_BYTES = 8 << 20, /* of all words together */
};

/* For one more word, one more pair. */
static gs_code make_room(gs_pending_words *pending, gs_error *err)
{
    struct gs_pending_word *words =
        gs_large_grow(pending->words, pending->word_count, &pending->word_room,
                      WORDS_FIRST, sizeof *pending->words);
    struct gs_pending_pair *pairs;

    if (words != NULL)
        pending->words = words;
    pairs = gs_large_grow(pending->pairs, pending->pair_count, &pending->pair_room,
                          PAIRS_FIRST, sizeof *pending->pairs);
    if (pairs != NULL)
        pending->pairs = pairs;
    if (pending->slots == NULL)
        pending->slots = calloc(SLOTS, sizeof *pending->slots);
    return words == NULL || pairs == NULL || pending->slots == NULL ? gs_fail_memory(err)
                                                                    : GS_OK;
}

/* The slot of a word, or the empty one where it belongs. */
static uint32_t *slot_of(const gs_pending_words *pending, gs_text key, uint64_t hash)
{
    size_t at = hash % SLOTS;

    while (pending->slots[at] != 0) {
        const struct gs_pending_word *word = &pending->words[pending->slots[at] - 1];

        if (word->hash == hash && gs_text_equal(word->key, key))
            break;
        at = (at + 1) % SLOTS;
    }
    return &pending->slots[at];
}

static gs_code word_of(uint32_t *out, gs_pending_words *pending, gs_text key,
                       gs_error *err)
{
    uint64_t hash = gs_hash_quick(key);
    uint32_t *slot;

    slot = slot_of(pending, key, hash);
    if (*slot == 0) {
        gs_text copy = gs_text_copy(&pending->arena, key);

        if (copy.bytes == NULL)
            return gs_fail_memory(err);
        pending->words[pending->word_count++] =
            (struct gs_pending_word){.key = copy, .hash = hash};
        *slot = (uint32_t)pending->word_count;
    }
    *out = *slot - 1;
    return GS_OK;
}

/* A pair has the lower 32 bits of a number. */
static bool is_full(const gs_pending_words *pending, uint64_t number)
{
    return pending->pair_count == PAIRS || pending->word_count == WORDS ||
           pending->arena.used >= KEY_BYTES || number >> 32 != pending->above;
}

gs_code gs_pending_words_add(gs_pending_words *pending, const gs_snapshot *snapshot,
                             gs_text key, uint64_t number, gs_error *err)
{
    gs_code rc = GS_OK;
    uint32_t at = 0;
    struct gs_pending_word *word;

    if (pending->pair_count > 0 && is_full(pending, number))
        GS_TRY(gs_pending_words_flush(pending, snapshot, err));
    GS_TRY(make_room(pending, err));
    if (pending->pair_count == 0)
        pending->above = number >> 32;
    GS_TRY(word_of(&at, pending, key, err));
    word = &pending->words[at];
    if (word->pairs > 0 && word->last == number)
        return GS_OK; /* the statement has the word twice */
    word->unsorted = word->unsorted || number < word->last;
    word->pairs++;
    word->last = number;
    pending->pairs[pending->pair_count++] =
        (struct gs_pending_pair){at, (uint32_t)number};
out:
    return rc;
}

static int compare(const void *a, const void *b)
{
    const struct gs_pending_word *x = *(struct gs_pending_word *const *)a;
    const struct gs_pending_word *y = *(struct gs_pending_word *const *)b;

    return gs_text_compare(x->key, y->key);
}

static int compare_numbers(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

    return x < y ? -1 : x > y;
}

/* Words in the order of their bytes, and for each the numbers of its statements: pairs
 * mostly came by number, and counting them out by word leaves every list in order. */
typedef struct sorted {
    struct gs_pending_word **words;
    uint64_t *numbers; /* of word 0, of word 1, ... */
    size_t *ends;      /* behind the numbers of each word */
} sorted;

static void free_sorted(sorted *s)
{
    free(s->words);
    free(s->numbers);
    free(s->ends);
}

static gs_code sort(sorted *out, const gs_pending_words *pending, gs_error *err)
{
    size_t total = 0;
    sorted s = {
        .words = calloc(pending->word_count, sizeof *s.words),
        .numbers = gs_large_array(pending->pair_count, sizeof *s.numbers),
        .ends = calloc(pending->word_count, sizeof *s.ends),
    };

    *out = s;
    if (s.words == NULL || s.numbers == NULL || s.ends == NULL)
        return gs_fail_memory(err);
    for (size_t i = 0; i < pending->word_count; i++) {
        s.words[i] = &pending->words[i];
        s.ends[i] = total;
        total += pending->words[i].pairs;
    }
    for (size_t i = 0; i < pending->pair_count; i++)
        s.numbers[s.ends[pending->pairs[i].word]++] =
            pending->above << 32 | pending->pairs[i].number;
    qsort(s.words, pending->word_count, sizeof *s.words, compare);
    return GS_OK;
}

/* In order, each once; gives how many. */
static size_t put_in_order(uint64_t *numbers, size_t count)
{
    size_t used = 0;

    qsort(numbers, count, sizeof *numbers, compare_numbers);
    for (size_t i = 0; i < count; i++)
        if (i == 0 || numbers[i] != numbers[i - 1])
            numbers[used++] = numbers[i];
    return used;
}

static void empty(gs_pending_words *pending)
{
    pending->word_count = pending->pair_count = 0;
    memset(pending->slots, 0, SLOTS * sizeof *pending->slots);
    gs_arena_reset(&pending->arena);
}

gs_code gs_pending_words_flush(gs_pending_words *pending, const gs_snapshot *snapshot,
                               gs_error *err)
{
    gs_code rc;
    gs_word_writer writer = {0};
    gs_page_count changed = {0};
    sorted s = {0};

    if (pending->pair_count == 0)
        return GS_OK;
    GS_TRY(sort(&s, pending, err));
    GS_TRY(gs_word_writer_open(&writer, snapshot, err));
    for (size_t i = 0; i < pending->word_count; i++) {
        const struct gs_pending_word *word = s.words[i];
        uint64_t *numbers = s.numbers + s.ends[word - pending->words] - word->pairs;
        size_t count = word->unsorted ? put_in_order(numbers, word->pairs) : word->pairs;

        GS_TRY(gs_word_put(&writer, word->key, numbers, count, err));
        gs_page_count_add(&changed, writer.cursor);
    }
    pending->pages += changed.pages;
    empty(pending);
out:
    gs_word_writer_close(&writer);
    free_sorted(&s);
    return rc;
}

void gs_pending_words_free(gs_pending_words *pending)
{
    free(pending->words);
    free(pending->slots);
    free(pending->pairs);
    gs_arena_free(&pending->arena);
    *pending = (gs_pending_words){0};
}
