#include "fetch/robots.h"
#include "tests/graph/base/cases.h"
#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static const char *folder;

static void judge(cases *c, const gs_robots *robots, gs_text line)
{
    gs_text path = gs_text_slice(line, 1, line.size);
    bool allow = gs_robots_allow(robots, path);

    c->run++;
    if (allow == (line.bytes[0] == '+'))
        return;
    c->failed++;
    print_error("%s:%d: %.*s: %s\n", c->path, c->line, GS_SHOW(path),
                allow ? "allowed" : "forbidden");
}

static void rules_are_followed(void **state)
{
    gs_arena arena = {0};
    gs_robots robots = {0};
    char room[4096];
    gs_text line, kept;
    gs_error err;
    cases c;

    (void)state;
    assert_true(cases_open(&c, folder, "robots.case"));
    while (cases_next(&c, room, sizeof room, &line)) {
        if (line.bytes[0] == '+' || line.bytes[0] == '-') {
            judge(&c, &robots, line);
        } else if (line.bytes[0] == '=') {
            assert_int_equal(robots.delay_ms, atoi(line.bytes + 1));
        } else {
            kept = gs_text_copy(&arena, line);
            assert_int_equal(
                gs_robots_read(&robots, kept, GS_TEXT("gainsay"), &arena, &err), GS_OK);
        }
    }
    gs_arena_free(&arena);
    fclose(c.file);
    assert_true(c.run >= 30);
    assert_int_equal(c.failed, 0);
}

/* Stars must not make it wait: each goes on from the last alone. */
static void many_stars_take_no_time(void **state)
{
    enum { STARS = 2000, PATH = 20000 };
    gs_arena arena = {0};
    char *pattern = gs_arena_take(&arena, 2 * STARS + 2);
    char *path = gs_arena_take(&arena, PATH);
    gs_robots_rule rule = {{pattern, 2 * STARS + 1}, false};
    gs_robots robots = {.rules = &rule, .count = 1};

    (void)state;
    for (int i = 0; i < STARS; i++) {
        pattern[2 * i] = '*';
        pattern[2 * i + 1] = 'a';
    }
    pattern[2 * STARS] = 'b';
    memset(path, 'a', PATH);
    assert_true(gs_robots_allow(&robots, (gs_text){path, PATH}));
    gs_arena_free(&arena);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rules_are_followed),
        cmocka_unit_test(many_stars_take_no_time),
    };

    folder = argc > 1 ? argv[1] : ".";
    return cmocka_run_group_tests(tests, NULL, NULL);
}
