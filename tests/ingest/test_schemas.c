/* The examples that schemas/ gives to others are read without a word of complaint. */
#include "ingest/record/record.h"
#include "tests/graph/base/cases.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static const char *folder;

static gs_value read_schema(const char *name, gs_arena *arena)
{
    enum { ROOM = 1 << 16 };
    char path[512];
    char *bytes = gs_arena_take(arena, ROOM);
    gs_value schema;
    gs_error err;
    size_t size;
    FILE *file;

    snprintf(path, sizeof path, "%s/../../schemas/%s.schema.json", folder, name);
    file = fopen(path, "rb");
    assert_non_null(file);
    size = fread(bytes, 1, ROOM, file);
    fclose(file);
    assert_true(size < ROOM);
    assert_int_equal(gs_json_parse(&schema, arena, (gs_text){bytes, size}, &err), GS_OK);
    return schema;
}

static gs_value extra_of(const gs_record *record)
{
    switch (record->type) {
    case GS_RECORD_DOCUMENT:
        return record->as.document.extra;
    case GS_RECORD_ACTOR:
        return record->as.actor.extra;
    case GS_RECORD_DECISION:
        return record->as.decision.extra;
    case GS_RECORD_WITHDRAWAL:
        return record->as.withdrawal.extra;
    default:
        return record->as.statement.extra;
    }
}

static void check_examples(const char *name, gs_record_type type)
{
    gs_arena arena = {0};
    gs_value examples = gs_map_get(read_schema(name, &arena), GS_TEXT("examples"));

    assert_true(examples.type == GS_LIST && examples.as.list.count > 1);
    for (size_t i = 0; i < examples.as.list.count; i++) {
        gs_record record;
        gs_error err;

        if (gs_record_read(&record, examples.as.list.items[i], &arena, &err) != GS_OK)
            fail_msg("%s, example %zu: %s", name, i, err.text);
        assert_int_equal(record.type, type);
        assert_int_equal(extra_of(&record).type, GS_NULL);
    }
    gs_arena_free(&arena);
}

static void examples_are_read(void **state)
{
    (void)state;
    check_examples("statement", GS_RECORD_STATEMENT);
    check_examples("document", GS_RECORD_DOCUMENT);
    check_examples("actor", GS_RECORD_ACTOR);
    check_examples("decision", GS_RECORD_DECISION);
    check_examples("withdrawal", GS_RECORD_WITHDRAWAL);
}

/* Each property of a schema is a field that is read: none of them ends as an unknown one.
 */
static void properties_are_fields(void **state)
{
    static const char *const names[] = {"statement", "document", "actor", "decision",
                                        "withdrawal"};
    gs_arena arena = {0};

    (void)state;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        gs_value properties =
            gs_map_get(read_schema(names[i], &arena), GS_TEXT("properties"));

        assert_true(properties.as.map.count >= 8);
        for (size_t j = 0; j < properties.as.map.count; j++) {
            /* A value that no field takes: what is known refuses it, naming itself. */
            gs_entry fields[] = {
                {GS_TEXT("type"), gs_string(gs_text_of(names[i]))},
                {properties.as.map.entries[j].key,
                 gs_list((gs_value[]){gs_map(NULL, 0)}, 1)},
            };
            gs_text key = fields[1].key;
            gs_record record;
            gs_error err;

            if (gs_text_equal(key, GS_TEXT("type")))
                continue;
            assert_int_equal(gs_record_read(&record, gs_map(fields, 2), &arena, &err),
                             GS_INPUT);
            if (strncmp(err.text, key.bytes, key.size) != 0)
                fail_msg("%s.%.*s: %s", names[i], GS_SHOW(key), err.text);
        }
    }
    gs_arena_free(&arena);
}

/* What is accepted and what is refused; tests/cli/schemas.sh holds the schemas to the same
 * verdicts. */
static void records_are_judged(void **state)
{
    char room[1024], wanted_room[64];
    gs_text line, wanted;
    gs_arena arena = {0};
    gs_record record;
    gs_value map;
    gs_error err;
    cases c;

    (void)state;
    assert_true(cases_open(&c, folder, "schemas.case"));
    while (cases_next(&c, room, sizeof room, &line) &&
           cases_next(&c, wanted_room, sizeof wanted_room, &wanted)) {
        assert_int_equal(gs_json_parse(&map, &arena, line, &err), GS_OK);
        cases_judge(&c, wanted,
                    gs_record_read(&record, map, &arena, &err) == GS_OK
                        ? GS_TEXT("accepted")
                        : GS_TEXT("refused"));
    }
    fclose(c.file);
    gs_arena_free(&arena);
    assert_true(c.run > 40);
    assert_int_equal(c.failed, 0);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(examples_are_read),
        cmocka_unit_test(properties_are_fields),
        cmocka_unit_test(records_are_judged),
    };

    folder = argc > 1 ? argv[1] : ".";
    return cmocka_run_group_tests(tests, NULL, NULL);
}
