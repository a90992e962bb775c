/* Reading ahead: everything in order, an error behind all that came before it, and a stop
 * at any moment. */
/* cmocka wants these before itself */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "ingest/ahead.h"
#include <stdio.h>
#include <string.h>

/* Gives numbers from 1 on as the lines of records; each third one is a bad record. */
typedef struct numbers {
    uint64_t next, last;
    gs_code end;
    size_t size; /* of what each takes of the arena */
} numbers;

static gs_code read_number(gs_read *out, void *context, gs_arena *arena, gs_error *err)
{
    numbers *n = context;
    gs_error *why;
    char *bytes;

    if (n->next > n->last)
        return n->end == GS_END ? GS_END : gs_fail(err, n->end, "broken off");
    bytes = gs_arena_take(arena, n->size);
    why = gs_arena_take(arena, sizeof *why);
    if (bytes == NULL || why == NULL)
        return gs_fail_memory(err);
    memset(bytes, (int)n->next, n->size);
    *out = (gs_read){.rc = n->next % 3 == 0 ? GS_INPUT : GS_OK, .why = why};
    gs_fail(why, GS_INPUT, "bad %d", (int)n->next);
    out->found.bad = (gs_text){bytes, n->size};
    out->found.line = n->next;
    out->behind.records = n->next++;
    return GS_OK;
}

static void read_all(uint64_t last, size_t size, gs_code end)
{
    numbers n = {1, last, end, size};
    gs_ahead *ahead = NULL;
    gs_error err = {0};
    gs_read *read;
    gs_code rc;

    assert_int_equal(gs_ahead_open(&ahead, read_number, &n, &err), GS_OK);
    for (uint64_t i = 1; (rc = gs_ahead_next(&read, ahead, &err)) == GS_OK; i++) {
        char wanted[32];

        assert_int_equal(read->found.line, i);
        assert_int_equal(read->behind.records, i);
        assert_int_equal(read->found.bad.bytes[size - 1], (char)i);
        assert_int_equal(read->rc, i % 3 == 0 ? GS_INPUT : GS_OK);
        snprintf(wanted, sizeof wanted, "bad %d", (int)i);
        assert_string_equal(read->why->text, wanted);
    }
    assert_int_equal(rc, end);
    assert_int_equal(n.next, last + 1);
    assert_int_equal(gs_ahead_next(&read, ahead, &err), end); /* and again */
    if (end != GS_END)
        assert_string_equal(err.text, "broken off");
    gs_ahead_close(ahead);
}

static void gives_all_in_order(void **unused)
{
    static const uint64_t counts[] = {0,
                                      1,
                                      GS_AHEAD_RECORDS - 1,
                                      GS_AHEAD_RECORDS,
                                      GS_AHEAD_RECORDS * GS_AHEAD_BLOCKS,
                                      20000};

    (void)unused;
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
        read_all(counts[i], 10, GS_END);
        read_all(counts[i], 10, GS_LIMIT);
    }
    read_all(40, GS_AHEAD_BYTES + 1, GS_END); /* each a block of its own */
}

static void stops_at_any_moment(void **unused)
{
    (void)unused;
    for (uint64_t wanted = 0; wanted < 3000; wanted += 150) {
        numbers n = {1, UINT32_MAX, GS_END, 100};
        gs_ahead *ahead = NULL;
        gs_error err = {0};
        gs_read *read;

        assert_int_equal(gs_ahead_open(&ahead, read_number, &n, &err), GS_OK);
        for (uint64_t i = 0; i < wanted; i++)
            assert_int_equal(gs_ahead_next(&read, ahead, &err), GS_OK);
        gs_ahead_close(ahead);
        assert_true(n.next <=
                    wanted + 1 + (GS_AHEAD_BLOCKS + 1) * (uint64_t)GS_AHEAD_RECORDS);
    }
    gs_ahead_close(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(gives_all_in_order),
        cmocka_unit_test(stops_at_any_moment),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
