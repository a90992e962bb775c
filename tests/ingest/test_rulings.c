/* What rulings make of a store: rulings.case, each scene in several orders of arrival. */
#include "include/gainsay/gainsay.h"
#include "tests/graph/base/cases.h"
#include "tests/ingest/dump.h"

#include <ftw.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <unistd.h>

#include <cmocka.h>

enum { RECORDS_MAX = 16, ROUNDS = 5 };

static const char *folder;

typedef struct scene {
    gs_text records[RECORDS_MAX];
    size_t count;
    gs_buffer whole, parts; /* the dump as it is to be, or lines of it */
    char name[128];
    gs_arena arena;
} scene;

static int remove_entry(const char *path, const struct stat *status, int type,
                        struct FTW *walk)
{
    (void)status, (void)type, (void)walk;
    return remove(path);
}

static void ignore(void *context, const char *file, const gainsay_error *error)
{
    (void)context, (void)file, (void)error;
}

/* Gives what the run says of it. */
static gainsay_summary feed(const scene *s, size_t step, size_t first, size_t size)
{
    const gainsay_feed feed = {.report = ignore};
    FILE *file = fopen("rulings.jsonl", "wb");
    gainsay_summary summary;
    gainsay_job *job;
    gainsay_error err;

    assert_non_null(file);
    for (size_t i = first; i < first + size && i < s->count; i++)
        fprintf(file, "%.*s\n", GS_SHOW(s->records[i * step % s->count]));
    assert_int_equal(fclose(file), 0);
    assert_int_equal(gainsay_job_open(&job, "store", &feed, &err), GAINSAY_OK);
    assert_int_equal(gainsay_job_file(job, "rulings.jsonl", &err), GAINSAY_OK);
    if (gainsay_job_close(job, &summary, &err) != GAINSAY_OK)
        fail_msg("%s: %s", s->name, err.text);
    return summary;
}

/* In the order of the file, backwards one by one, in portions of two and three, and one by
 * one. */
static void feed_all(const scene *s, size_t round)
{
    size_t step = round == 0 || round == 4 ? 1
                  : round == 1             ? s->count - 1
                  : s->count % 5 == 0      ? 3
                                           : 5;
    size_t portion = round == 0 ? s->count : round == 1 || round == 4 ? 1 : round;

    nftw("store", remove_entry, 8, FTW_DEPTH | FTW_PHYS);
    for (size_t i = 0; i < s->count; i += portion)
        feed(s, step == 0 ? 1 : step, i, portion);
}

/* Without the rulings, and without digests. */
static char *dump_rest(void)
{
    char *all = dump_store("store"), *to = all;

    for (char *line = all, *end; *line != '\0'; line = end + 1) {
        char *digest;
        size_t size;

        end = strchr(line, '\n');
        if (strncmp(line, "Decision", 8) == 0 || strncmp(line, "Withdrawal", 10) == 0)
            continue;
        *end = '\0';
        digest = strstr(line, ", \"corrected\": \"");
        if (digest != NULL)
            memmove(digest, digest + 49, strlen(digest + 49) + 1);
        size = strlen(line);
        memmove(to, line, size);
        to += size;
        *to++ = '\n';
    }
    *to = '\0';
    return all;
}

static bool has_lines(const char *dump, gs_text parts)
{
    for (size_t at = 0; at < parts.size;) {
        size_t end = gs_text_find(parts, GS_TEXT("\n"), at);

        if (gs_text_find(gs_text_of(dump), gs_text_slice(parts, at, end), 0) == SIZE_MAX)
            return false;
        at = end + 1;
    }
    return true;
}

static bool is_wanted(const scene *s, const char *dump)
{
    if (s->whole.size > 0 && !gs_text_equal(gs_buffer_view(&s->whole), gs_text_of(dump)))
        return false;
    return has_lines(dump, gs_buffer_view(&s->parts));
}

static size_t judge(scene *s)
{
    size_t failed = 0;

    for (size_t round = 0; round < ROUNDS; round++) {
        gainsay_summary again;
        char *dump;

        feed_all(s, round);
        dump = dump_rest();
        again = feed(s, 1, 0, s->count);
        if (!is_wanted(s, dump) || again.commit != 0 || again.added != 0) {
            failed++;
            printf("%s, order %zu: fed again, %lu are new%s\n%sand not\n%.*s%.*s",
                   s->name, round, (unsigned long)again.added,
                   again.commit != 0 ? ", and there is a commit" : "", dump,
                   GS_SHOW(gs_buffer_view(&s->whole)),
                   GS_SHOW(gs_buffer_view(&s->parts)));
        }
        free(dump);
    }
    gs_buffer_free(&s->whole);
    gs_buffer_free(&s->parts);
    gs_arena_free(&s->arena);
    memset(s, 0, sizeof *s);
    return failed;
}

static void put_line(gs_buffer *to, gs_text line)
{
    gs_buffer_text(to, line);
    gs_buffer_char(to, '\n');
}

static void rulings_are_obeyed_whenever_they_come(void **state)
{
    char room[4096];
    gs_text line;
    cases c;
    scene s = {0};
    size_t failed = 0, scenes = 0;

    (void)state;
    assert_true(cases_open(&c, folder, "rulings.case"));
    while (cases_next(&c, room, sizeof room, &line)) {
        gs_text rest = gs_text_slice(line, 2, line.size);

        switch (line.bytes[0]) {
        case '+':
            assert_true(s.count < RECORDS_MAX);
            s.records[s.count++] = gs_text_copy(&s.arena, rest);
            break;
        case '~':
            put_line(&s.parts, rest);
            break;
        default:
            if (!gs_text_starts(line, GS_TEXT("== "))) {
                put_line(&s.whole, rest);
                break;
            }
            failed += s.count > 0 ? judge(&s) : 0;
            scenes++;
            snprintf(s.name, sizeof s.name, "%.*s", GS_SHOW(line));
        }
    }
    failed += judge(&s);
    fclose(c.file);
    assert_true(scenes > 12);
    assert_int_equal(failed, 0);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rulings_are_obeyed_whenever_they_come),
    };

    folder = argc > 1 ? argv[1] : ".";
    return cmocka_run_group_tests(tests, NULL, NULL);
}
