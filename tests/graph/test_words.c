/* Blocks and lists of numbers against plain arrays; blocks with any byte changed. */
#include "tests/graph/support.h"

#include "graph/pending.h"
#include "graph/txn_impl.h"
#include "graph/words_list.h"

#include <stdlib.h>

enum { MANY = 30000, BLOCK = 1984 };

static uint64_t random_of(uint64_t *state)
{
    *state = *state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return *state >> 20;
}

/* Gaps of one to 2^bits, now and then of far more. */
static void make_numbers(uint64_t *numbers, size_t count, unsigned bits, uint64_t *state)
{
    uint64_t number = 1 + random_of(state) % 1000;

    for (size_t i = 0; i < count; i++) {
        numbers[i] = number;
        number += 1 + random_of(state) % (UINT64_C(1) << bits);
        if (random_of(state) % 5000 == 0)
            number += UINT64_C(1) << 33;
    }
}

static void blocks_give_back_what_they_took(void **unused)
{
    static uint64_t numbers[MANY];
    static const size_t counts[] = {1, 2, 31, 32, 33, 64, 65, MANY};
    unsigned char bytes[BLOCK];
    uint64_t state = 3, out[GS_BLOCK_GROUP];

    (void)unused;
    for (unsigned bits = 0; bits < 32; bits += 3) {
        for (size_t c = 0; c < sizeof counts / sizeof *counts; c++) {
            make_numbers(numbers, counts[c], bits, &state);
            for (size_t at = 0; at < counts[c];) {
                gs_block block;
                size_t size, written, read = at;

                written = gs_block_write(bytes, sizeof bytes, &size, numbers + at,
                                         counts[c] - at);
                assert_true(written > 0 && size <= sizeof bytes);
                assert_true(
                    gs_block_open(&block, numbers[at], (gs_text){(char *)bytes, size}));
                assert_int_equal(block.count, written);
                assert_int_equal(block.last, numbers[at + written - 1]);
                for (size_t g = 0; g < block.groups; g++) {
                    size_t many = gs_block_group(out, &block, g);

                    assert_true(many > 0);
                    assert_memory_equal(out, numbers + read, many * sizeof *out);
                    read += many;
                }
                assert_int_equal(read, at + written);
                at += written;
            }
        }
    }
}

/* The exact size, so that a sanitizer sees a read behind it. */
static void damaged_blocks_are_not_read_past(void **unused)
{
    uint64_t numbers[300], out[GS_BLOCK_GROUP], state = 8;
    unsigned char bytes[BLOCK];
    size_t size;

    (void)unused;
    make_numbers(numbers, 300, 7, &state);
    gs_block_write(bytes, sizeof bytes, &size, numbers, 300);
    for (size_t at = 0; at < size; at++) {
        for (size_t cut = 0; cut < 2; cut++) {
            size_t left = cut ? at : size;
            char *copy = malloc(left + 1);
            gs_block block;

            assert_non_null(copy);
            memcpy(copy + 1, bytes, left);
            if (!cut)
                copy[1 + at] = (char)random_of(&state);
            if (gs_block_open(&block, 5, (gs_text){copy + 1, left}))
                for (size_t g = 0; g < block.groups; g++)
                    gs_block_group(out, &block, g);
            free(copy);
        }
    }
}

/* Seeking through a list finds what a plain array has. */
static void check_list(const gs_snapshot *s, const bool *in, uint64_t last, gs_text word)
{
    for (uint64_t step = 1; step < last; step *= 3) {
        gs_word_list list;
        gs_error ignored;
        uint64_t seen, wanted = 1;
        gs_code rc;

        MUST(gs_word_list_open(&list, s, word, &err));
        for (uint64_t from = 1; from <= last; from += step) {
            for (wanted = from; wanted <= last && !in[wanted]; wanted++)
                ;
            rc = gs_word_list_seek(&seen, &list, from, &ignored);
            if (wanted > last)
                assert_int_equal(rc, GS_END);
            else if (rc != GS_OK || seen != wanted)
                fail_msg("from %d: %d, not %d", (int)from, (int)seen, (int)wanted);
            if (rc == GS_END)
                break;
        }
        gs_word_list_close(&list);
    }
}

/* Numbers come in rising order, mostly; those of revised nodes do not. */
static void lists_hold_what_came_in_any_order(void **unused)
{
    enum { NUMBERS = 60000, BATCHES = 40 };
    static bool in[NUMBERS + 1];
    gs_store *store = fresh_store("words.store");
    uint64_t state = 21, next = 1;
    gs_text word = GS_TEXT("word");

    (void)unused;
    for (int i = 0; i < BATCHES; i++) {
        gs_batch *batch = begin(store);
        const gs_snapshot *s = gs_batch_snapshot(batch);
        gs_pending_words *pending = &s->pending->words;

        for (int j = 0; j < (i % 3 == 0 ? 900 : 3); j++) {
            uint64_t number = next += 1 + random_of(&state) % 3;

            if (random_of(&state) % 50 == 0)
                number = 1 + random_of(&state) % next;
            in[number] = true;
            MUST(gs_pending_words_add(pending, s, word, number, &err));
            MUST(gs_pending_words_add(pending, s, GS_TEXT("wor"), number, &err));
            if (number % 2 == 0) /* neighbours in the table */
                MUST(gs_pending_words_add(pending, s, GS_TEXT("words"), 7, &err));
        }
        MUST(gs_pending_words_flush(pending, s, &err));
        add_node(batch, GS_TOPIC, NULL);
        commit(batch);
    }
    {
        gs_snapshot *s = look(store, GS_NOW);

        check_list(s, in, next, word);
        check_list(s, in, next, GS_TEXT("wor"));
        gs_snapshot_close(s);
    }
    gs_store_close(store);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(blocks_give_back_what_they_took),
        cmocka_unit_test(damaged_blocks_are_not_read_past),
        cmocka_unit_test(lists_hold_what_came_in_any_order),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
