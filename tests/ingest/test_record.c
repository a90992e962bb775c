/* Records as they come, and as they are understood: record.case. */
#include "ingest/record/entries.h"
#include "ingest/record/record.h"
#include "tests/graph/base/cases.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static const char *folder;

static void put(gs_entries *to, const char *key, gs_text text)
{
    gs_entries_put(to, gs_text_of(key), gs_string(text));
}

static gs_value document_map(const gs_source *d, gs_arena *arena)
{
    gs_entries to = {.arena = arena};

    put(&to, "url", d->url);
    put(&to, "file", d->file);
    put(&to, "title", d->title);
    put(&to, "publisher", d->publisher);
    put(&to, "published", d->published);
    put(&to, "sha256", d->sha256);
    put(&to, "language", d->language);
    put(&to, "text", d->text);
    gs_entries_put_all(&to, d->extra);
    return gs_entries_map(&to);
}

static gs_value actor_map(const gs_actor *a, gs_arena *arena)
{
    gs_entries to = {.arena = arena};
    gs_value *offices = gs_entries_list(&to, 3 * a->speaks_for_count);

    put(&to, "name", a->party.name);
    put(&to, "kind", a->party.kind);
    gs_entries_put(&to, GS_TEXT("aliases"),
                   gs_entries_texts(&to, a->aliases.items, a->aliases.count));
    gs_entries_put(&to, GS_TEXT("ids"), a->ids);
    for (size_t i = 0; i < a->speaks_for_count; i++) {
        offices[3 * i] = gs_string(a->speaks_for[i].name);
        offices[3 * i + 1] = gs_string(a->speaks_for[i].from);
        offices[3 * i + 2] = gs_string(a->speaks_for[i].to);
    }
    if (a->speaks_for_count > 0)
        gs_entries_put(&to, GS_TEXT("speaks_for"),
                       gs_list(offices, 3 * a->speaks_for_count));
    return gs_entries_map(&to);
}

static void understand(gs_buffer *out, gs_text line, gs_arena *arena)
{
    gs_record record;
    gs_value map;
    gs_error err;

    gs_buffer_clear(out);
    if (gs_json_parse(&map, arena, line, &err) != GS_OK ||
        gs_record_read(&record, map, arena, &err) != GS_OK) {
        assert_int_equal(err.code, GS_INPUT);
        gs_buffer_format(out, "error: %s", err.text);
        return;
    }
    if (record.type == GS_RECORD_DOCUMENT) {
        gs_buffer_text(out, GS_TEXT("document "));
        map = document_map(&record.as.document, arena);
    } else if (record.type == GS_RECORD_ACTOR) {
        gs_buffer_text(out, GS_TEXT("actor "));
        map = actor_map(&record.as.actor, arena);
    } else {
        assert_int_equal(gs_statement_write(&map, &record.as.statement, arena, &err),
                         GS_OK);
    }
    gs_json_write(out, map);
}

static void records_are_understood(void **state)
{
    char room[4096], wanted_room[4096];
    gs_text line, wanted;
    gs_arena arena = {0};
    gs_buffer got = {0};
    cases c;

    (void)state;
    assert_true(cases_open(&c, folder, "record.case"));
    while (cases_next(&c, room, sizeof room, &line) &&
           cases_next(&c, wanted_room, sizeof wanted_room, &wanted)) {
        understand(&got, line, &arena);
        cases_judge(&c, wanted, gs_buffer_view(&got));
        gs_arena_reset(&arena);
    }
    gs_arena_free(&arena);
    gs_buffer_free(&got);
    fclose(c.file);
    assert_true(c.run > 40);
    assert_int_equal(c.failed, 0);
}

/* What is written is understood as the same again. */
static void written_is_read_again(void **state)
{
    char room[4096];
    gs_text line;
    gs_arena arena = {0};
    gs_buffer first = {0}, again = {0};
    cases c;

    (void)state;
    assert_true(cases_open(&c, folder, "record.case"));
    while (cases_next(&c, room, sizeof room, &line)) {
        understand(&first, line, &arena);
        if (first.bytes[0] == '{') {
            understand(&again, gs_buffer_view(&first), &arena);
            cases_judge(&c, gs_buffer_view(&first), gs_buffer_view(&again));
        }
        gs_arena_reset(&arena);
    }
    gs_arena_free(&arena);
    gs_buffer_free(&first);
    gs_buffer_free(&again);
    fclose(c.file);
    assert_int_equal(c.failed, 0);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(records_are_understood),
        cmocka_unit_test(written_is_read_again),
    };

    folder = argc > 1 ? argv[1] : ".";
    return cmocka_run_group_tests(tests, NULL, NULL);
}
