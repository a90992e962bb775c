/* Files as they come and what their formats make of them: formats.case. */
#include "ingest/formats/formats.h"
#include "ingest/formats/stamp.h"
#include "tests/graph/base/cases.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static const char *folder;

static void put(gs_buffer *to, const char *name, gs_text text)
{
    if (text.bytes != NULL)
        gs_buffer_format(to, " %s=%.*s", name, GS_SHOW(text));
}

static void put_document(gs_buffer *to, const gs_source *d)
{
    put(to, "title", d->title);
    put(to, "published", d->published);
    put(to, "url", d->url);
    put(to, "byline", d->byline);
    put(to, "publisher", d->publisher);
    put(to, "language", d->language);
    put(to, "file", d->file);
    if (d->text.bytes != NULL)
        gs_buffer_format(to, " text=[%.*s]", GS_SHOW(d->text));
}

static void put_whole(gs_buffer *to, const gs_record *r, gs_arena *arena)
{
    gs_value map;
    gs_error err;

    if (r->type == GS_RECORD_DOCUMENT) {
        gs_buffer_text(to, GS_TEXT(" document"));
        put_document(to, &r->as.document);
        return;
    }
    assert_int_equal(r->type, GS_RECORD_STATEMENT);
    assert_int_equal(gs_statement_write(&map, &r->as.statement, arena, &err), GS_OK);
    gs_buffer_char(to, ' ');
    gs_json_write(to, map);
}

static void put_record(gs_buffer *to, const gs_found *found, size_t before)
{
    const gs_record *r = &found->record;

    gs_buffer_format(to, "%s %lu:%lu ", before > 0 ? "," : "", (unsigned long)found->line,
                     (unsigned long)found->byte);
    if (r->type == GS_RECORD_STATEMENT)
        gs_buffer_format(to, "statement %.*s", GS_SHOW(r->as.statement.text));
    else if (r->type == GS_RECORD_ACTOR)
        gs_buffer_format(to, "actor %.*s", GS_SHOW(r->as.actor.party.name));
    else
        gs_buffer_format(to, "document %.*s", GS_SHOW(r->as.document.url));
}

static void read_all(gs_buffer *to, const gs_format *format, gs_input *input,
                     const char *path)
{
    gs_arena arena = {0};
    gs_reader *reader;
    gs_found found;
    gs_error err;
    gs_code rc;
    size_t count = 0;

    assert_int_equal(format->open(&reader, input, path, &err), GS_OK);
    while ((rc = format->next(&found, reader, &arena, &err)) != GS_END) {
        if (rc == GS_FORMAT) {
            gs_buffer_format(to, " none: %s", err.text);
            break;
        }
        if (rc == GS_INPUT) {
            assert_int_equal(err.line, found.line);
            assert_non_null(found.bad.bytes);
            gs_buffer_format(to, "%s bad %u: %s", count > 0 ? "," : "", err.line,
                             err.text);
        } else if (format == &gs_format_prose) {
            assert_int_equal(rc, GS_OK);
            put_document(to, &found.record.as.document);
            put(to, "note", found.note);
        } else if (rc == GS_OK && found.passed) {
            gs_buffer_text(to, GS_TEXT(" passed"));
        } else if (format != &gs_format_jsonl && format != &gs_format_msgpack) {
            assert_int_equal(rc, GS_OK);
            put_whole(to, &found.record, &arena);
            put(to, "note", found.note);
        } else {
            assert_int_equal(rc, GS_OK);
            put_record(to, &found, count);
        }
        count++;
        gs_arena_reset(&arena);
    }
    if (gs_input_flaw(input, &err) != GS_OK)
        gs_buffer_format(to, " flaw: %s", err.text);
    format->close(reader);
    gs_arena_free(&arena);
}

static void understand(gs_buffer *to, gs_text line)
{
    char path[64];
    size_t end = gs_text_find(line, GS_TEXT(" "), 0);
    const gs_format *format;
    gs_input *input;
    gs_error err;
    gs_code rc;

    snprintf(path, sizeof path, "%.*s", (int)end, line.bytes);
    assert_int_equal(gs_input_of(&input, gs_text_slice(line, end + 1, line.size), &err),
                     GS_OK);
    gs_buffer_clear(to);
    rc = gs_format_find(&format, NULL, input, path, &err);
    if (rc == GS_OK) {
        gs_buffer_format(to, "%s", format->name);
        read_all(to, format, input, path);
    } else {
        assert_int_equal(rc, GS_FORMAT);
        gs_buffer_text(to, GS_TEXT("none"));
        if (strncmp(err.text, "this is", 7) == 0)
            gs_buffer_format(to, " %s", err.text);
    }
    gs_input_close(input);
}

static void judge_all(const char *name)
{
    static char room[16384], wanted_room[16384];
    gs_text line, wanted;
    gs_buffer got = {0};
    cases c;

    assert_true(cases_open(&c, folder, name));
    while (cases_next(&c, room, sizeof room, &line) &&
           cases_next(&c, wanted_room, sizeof wanted_room, &wanted)) {
        understand(&got, line);
        cases_judge(&c, wanted, gs_buffer_view(&got));
    }
    gs_buffer_free(&got);
    fclose(c.file);
    assert_true(c.run > 5);
    assert_int_equal(c.failed, 0);
}

static void files_are_understood(void **state)
{
    (void)state;
    judge_all("formats.case");
}

static void pages_are_understood(void **state)
{
    (void)state;
    judge_all("formats_html.case");
}

static void feeds_are_understood(void **state)
{
    (void)state;
    judge_all("formats_feed.case");
}

static void events_are_understood(void **state)
{
    (void)state;
    judge_all("formats_events.case");
}

static void dates_of_any_shape_are_read(void **state)
{
    char room[256], wanted_room[256];
    gs_text line, wanted, got;
    gs_arena arena = {0};
    gs_error err;
    cases c;

    (void)state;
    assert_true(cases_open(&c, folder, "formats_dates.case"));
    while (cases_next(&c, room, sizeof room, &line) &&
           cases_next(&c, wanted_room, sizeof wanted_room, &wanted)) {
        assert_int_equal(gs_stamp_read(&got, line, &arena, &err), GS_OK);
        cases_judge(&c, wanted, got.bytes == NULL ? GS_TEXT("none") : got);
    }
    fclose(c.file);
    gs_arena_free(&arena);
    assert_true(c.run > 20);
    assert_int_equal(c.failed, 0);
}

/* A stream of `size` bytes: 'x', and a line feed behind each `line` of them. */
static gs_text stripes(size_t size, size_t line)
{
    char *bytes = malloc(size);

    assert_non_null(bytes);
    for (size_t i = 0; i < size; i++)
        bytes[i] = i % (line + 1) == line ? '\n' : 'x';
    return (gs_text){bytes, size};
}

/* Lines of every length about the limit, with and without an end; what is too long is
 * told by its beginning, and the next line is whole. */
static void lines_are_bounded(void **state)
{
    enum { LIMIT = 100 * 1000 };

    (void)state;
    for (size_t length = LIMIT - 2; length <= LIMIT + GS_INPUT_BLOCK;
         length += length < LIMIT + 3 ? 1 : 9973) {
        gs_text bytes = stripes(3 * (length + 1) - 1, length), line;
        uint64_t at;
        gs_input *input;
        gs_error err;

        assert_int_equal(gs_input_of(&input, bytes, &err), GS_OK);
        for (size_t i = 0; i < 3; i++) {
            assert_int_equal(gs_input_line(&line, &at, input, LIMIT, &err),
                             length > LIMIT ? GS_INPUT : GS_OK);
            assert_int_equal(line.size, length > LIMIT ? LIMIT : length);
            assert_int_equal(at, i * (length + 1));
        }
        assert_int_equal(gs_input_line(&line, &at, input, LIMIT, &err), GS_END);
        assert_int_equal(gs_input_size(input), bytes.size);
        gs_input_close(input);
        free((char *)bytes.bytes);
    }
}

static void the_rest_is_bounded(void **state)
{
    gs_text bytes = stripes(200000, 80), rest;
    gs_input *input;
    gs_error err;
    char sha256[GS_HEX_SIZE];

    (void)state;
    assert_int_equal(gs_input_of(&input, bytes, &err), GS_OK);
    assert_int_equal(gs_input_peek(&rest, input, &err), GS_OK);
    assert_int_equal(rest.size, GS_INPUT_HEAD);
    assert_int_equal(gs_input_rest(&rest, input, bytes.size, &err), GS_OK);
    assert_true(gs_text_equal(rest, bytes));
    assert_int_equal(gs_input_sha256(sha256, input, &err), GS_OK);
    assert_string_equal(
        sha256, "56eb113acc148dba89621ad2932f354f59022db69a7b758507885210d63dd3ce");
    gs_input_close(input);
    assert_int_equal(gs_input_of(&input, bytes, &err), GS_OK);
    assert_int_equal(gs_input_rest(&rest, input, bytes.size - 1, &err), GS_INPUT);
    gs_input_close(input);
    free((char *)bytes.bytes);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(files_are_understood),
        cmocka_unit_test(pages_are_understood),
        cmocka_unit_test(feeds_are_understood),
        cmocka_unit_test(events_are_understood),
        cmocka_unit_test(dates_of_any_shape_are_read),
        cmocka_unit_test(lines_are_bounded),
        cmocka_unit_test(the_rest_is_bounded),
    };

    folder = argc > 1 ? argv[1] : ".";
    return cmocka_run_group_tests(tests, NULL, NULL);
}
