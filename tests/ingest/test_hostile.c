/* Files that are made to be slow or large: hostile.case. */
#include "ingest/formats/formats.h"
#include "tests/graph/base/cases.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <sys/resource.h>
#include <sys/time.h>

#include <cmocka.h>

enum { SECONDS = 10, MEMORY = 256 << 20 };

static const char *folder;

/* A repeat within a repeat is repeated as well. */
static void expand(gs_buffer *to, gs_text text, size_t number)
{
    size_t at = 0;

    while (at < text.size) {
        gs_text rest = gs_text_slice(text, at, text.size);
        size_t depth = 1, from, end;
        long times;

        if (gs_text_starts(rest, GS_TEXT("#"))) {
            gs_buffer_format(to, "%zu", number);
            at++;
            continue;
        }
        if (!gs_text_starts(rest, GS_TEXT("«"))) {
            gs_buffer_char(to, text.bytes[at++]);
            continue;
        }
        times = strtol(rest.bytes + 2, NULL, 10);
        from = gs_text_find(rest, GS_TEXT(" "), 0) + 1;
        for (end = from; depth > 0; end += depth > 0) {
            gs_text here = gs_text_slice(rest, end, rest.size);

            assert_true(here.size > 0);
            depth += gs_text_starts(here, GS_TEXT("«"));
            depth -= gs_text_starts(here, GS_TEXT("»"));
        }
        for (long i = 0; i < times; i++)
            expand(to, gs_text_slice(rest, from, end), (size_t)i);
        at += end + 2;
    }
}

static void count_records(gs_buffer *to, const gs_format *format, gs_input *input,
                          const char *path)
{
    gs_arena arena = {0};
    gs_reader *reader;
    gs_found found;
    gs_error err;
    gs_code rc;
    size_t count = 0, refused = 0;

    assert_int_equal(format->open(&reader, input, path, &err), GS_OK);
    while ((rc = format->next(&found, reader, &arena, &err)) != GS_END) {
        if (rc != GS_INPUT && rc != GS_OK)
            fail_msg("%s", err.text);
        count += rc == GS_OK;
        refused += rc == GS_INPUT;
        gs_arena_reset(&arena);
    }
    gs_buffer_format(to, "%s: %zu", format->name, count);
    if (refused > 0)
        gs_buffer_format(to, ", %zu refused", refused);
    format->close(reader);
    gs_arena_free(&arena);
}

/* Memory is bounded while it is read; but under a sanitizer, which takes what it likes. */
static void bound_memory(bool bounded)
{
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
    struct rlimit limit;

    assert_int_equal(getrlimit(RLIMIT_DATA, &limit), 0);
    limit.rlim_cur = bounded ? (rlim_t)MEMORY : limit.rlim_max;
    assert_int_equal(setrlimit(RLIMIT_DATA, &limit), 0);
#else
    (void)bounded;
#endif
}

/* Past its time, the signal ends the test. */
static void bound_time(bool bounded)
{
    const struct itimerval time = {.it_value.tv_sec = bounded ? SECONDS : 0};

    assert_int_equal(setitimer(ITIMER_PROF, &time, NULL), 0);
}

static void read_file(gs_buffer *to, const char *path, gs_text bytes)
{
    const gs_format *format;
    gs_input *input;
    gs_error err;

    assert_int_equal(gs_input_of(&input, bytes, &err), GS_OK);
    assert_int_equal(gs_format_find(&format, NULL, input, path, &err), GS_OK);
    count_records(to, format, input, path);
    gs_input_close(input);
}

static void time_and_memory_are_bounded(void **state)
{
    static char room[4096], wanted_room[4096];
    gs_text line, wanted;
    gs_buffer bytes = {0}, got = {0};
    cases c;

    (void)state;
    assert_true(cases_open(&c, folder, "hostile.case"));
    while (cases_next(&c, room, sizeof room, &line) &&
           cases_next(&c, wanted_room, sizeof wanted_room, &wanted)) {
        size_t end = gs_text_find(line, GS_TEXT(" "), 0);
        char path[16];

        snprintf(path, sizeof path, "%.*s", (int)end, line.bytes);
        gs_buffer_clear(&bytes);
        gs_buffer_clear(&got);
        expand(&bytes, gs_text_slice(line, end + 1, line.size), 0);
        bound_memory(true);
        bound_time(true);
        read_file(&got, path, gs_buffer_view(&bytes));
        bound_time(false);
        bound_memory(false);
        cases_judge(&c, wanted, gs_buffer_view(&got));
    }
    gs_buffer_free(&bytes);
    gs_buffer_free(&got);
    fclose(c.file);
    assert_true(c.run > 5);
    assert_int_equal(c.failed, 0);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(time_and_memory_are_bounded),
    };

    folder = argc > 1 ? argv[1] : ".";
    return cmocka_run_group_tests(tests, NULL, NULL);
}
