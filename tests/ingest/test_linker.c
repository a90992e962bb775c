/* Links that no record states: linker.case, each scene in several orders of arrival. */
#include "graph/snapshot.h"
#include "graph/timeline.h"
#include "include/gainsay/gainsay.h"
#include "tests/graph/base/cases.h"

#include <ftw.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <unistd.h>

#include <cmocka.h>

enum { STATEMENTS_MAX = 32, LINKS_MAX = 32, FIELDS = 7 };

static const char *folder;

typedef struct scene {
    gs_buffer records[STATEMENTS_MAX];
    size_t count;
    char wanted[LINKS_MAX * 64];
    char name[128];
} scene;

static int remove_entry(const char *path, const struct stat *status, int type,
                        struct FTW *walk)
{
    (void)status, (void)type, (void)walk;
    return remove(path);
}

static void put_member(gs_buffer *to, const char *name, gs_text value)
{
    if (value.size == 0)
        return;
    gs_buffer_format(to, ", \"%s\": ", name);
    gs_json_string(to, value);
}

/* Otto<Ministry<State: who speaks, and for whom, nearest first. */
static void put_speaker(gs_buffer *to, gs_text field)
{
    size_t at = gs_text_find(field, GS_TEXT("<"), 0);

    if (at == SIZE_MAX) {
        put_member(to, "speaker", field);
        return;
    }
    gs_buffer_text(to, GS_TEXT(", \"speaker\": {\"name\": "));
    gs_json_string(to, gs_text_slice(field, 0, at));
    gs_buffer_text(to, GS_TEXT(", \"speaks_for\": ["));
    while (at != SIZE_MAX) {
        size_t next = gs_text_find(field, GS_TEXT("<"), at + 1);

        gs_json_string(
            to, gs_text_slice(field, at + 1, next == SIZE_MAX ? field.size : next));
        gs_buffer_text(to, next == SIZE_MAX ? GS_TEXT("]}") : GS_TEXT(", "));
        at = next;
    }
}

static gs_text trimmed(gs_text text)
{
    while (text.size > 0 && text.bytes[0] == ' ')
        text = gs_text_slice(text, 1, text.size);
    while (text.size > 0 && text.bytes[text.size - 1] == ' ')
        text = gs_text_slice(text, 0, text.size - 1);
    return text;
}

static void add_record(scene *s, gs_text line)
{
    gs_text fields[FIELDS] = {{"", 0}, {"", 0}, {"", 0}, {"", 0}, {"", 0}, {"", 0}};
    gs_buffer *to = &s->records[s->count++];
    size_t from = 0;

    for (size_t i = 0; i < FIELDS && from <= line.size; i++) {
        size_t end = gs_text_find(line, GS_TEXT("|"), from);

        end = end == SIZE_MAX ? line.size : end;
        fields[i] = trimmed(gs_text_slice(line, from, end));
        from = end + 1;
    }
    gs_buffer_text(to, GS_TEXT("{\"id\": "));
    gs_json_string(to, fields[0]);
    put_member(to, "kind", fields[1]);
    put_speaker(to, fields[2]);
    put_member(to, "accused", fields[3]);
    put_member(to, "date", fields[4]);
    put_member(to, "text", fields[5]);
    if (fields[6].size > 0) {
        gs_buffer_text(to, GS_TEXT(", "));
        gs_buffer_text(to, fields[6]);
    }
    gs_buffer_text(to, GS_TEXT("}\n"));
}

static void ignore(void *context, const char *file, const gainsay_error *error)
{
    (void)context;
    fail_msg("%s: %s", file, error->text);
}

/* The `size` records from `first` on, of the order that steps through them by `step`. */
static void feed_portion(const scene *s, size_t step, size_t first, size_t size)
{
    const gainsay_feed feed = {.report = ignore};
    FILE *file = fopen("portion.jsonl", "wb");
    gainsay_job *job;
    gainsay_error err;

    assert_non_null(file);
    for (size_t i = first; i < first + size && i < s->count; i++) {
        const gs_buffer *record = &s->records[i * step % s->count];

        assert_int_equal(fwrite(record->bytes, 1, record->size, file), record->size);
    }
    assert_int_equal(fclose(file), 0);
    assert_int_equal(gainsay_job_open(&job, "store", &feed, &err), GAINSAY_OK);
    assert_int_equal(gainsay_job_file(job, "portion.jsonl", &err), GAINSAY_OK);
    assert_int_equal(gainsay_job_close(job, NULL, &err), GAINSAY_OK);
}

static void must(gs_code rc, const gs_error *err)
{
    if (rc != GS_OK && rc != GS_END)
        fail_msg("%s", err->text);
}

static gs_text id_of(const gs_snapshot *snapshot, uint64_t number, gs_arena *arena)
{
    gs_node node;
    gs_value id;
    gs_error err;

    must(gs_node_read(&node, snapshot, number, &err), &err);
    must(gs_property(&id, snapshot, node.properties, GS_P_ID, arena, &err), &err);
    return id.as.string;
}

static int by_text(const void *a, const void *b)
{
    return strcmp(a, b);
}

/* A link as a line: "d1 DENIES c1", and behind a tab how sure, and why. */
static void print_link(char *line, size_t size, const gs_snapshot *snapshot,
                       const gs_edge *edge, gs_arena *arena)
{
    gs_value confidence, rule;
    gs_error err;

    must(gs_property(&confidence, snapshot, edge->properties, GS_P_CONFIDENCE, arena,
                     &err),
         &err);
    must(gs_property(&rule, snapshot, edge->properties, GS_P_RULE, arena, &err), &err);
    snprintf(line, size, "%.*s %.*s %.*s\t%.2f %.*s",
             GS_SHOW(id_of(snapshot, edge->start, arena)),
             GS_SHOW(gs_name_fixed(edge->type)),
             GS_SHOW(id_of(snapshot, edge->end, arena)), confidence.as.real,
             GS_SHOW(rule.as.string));
}

typedef struct links {
    char lines[LINKS_MAX][192];
    size_t count;
} links;

/* All that the linker made, sorted. */
static void list_links(links *out)
{
    gs_store *store;
    gs_snapshot *snapshot;
    gs_arena arena = {0};
    gs_error err;
    gs_edge edge;
    gs_value by;

    memset(out, 0, sizeof *out);
    must(gs_store_open(&store, "store", &(gs_store_options){0}, &err), &err);
    must(gs_snapshot_open(&snapshot, store, GS_NOW, &err), &err);
    for (uint64_t n = 1; n <= gs_snapshot_last(snapshot); n++) {
        if (gs_edge_read(&edge, snapshot, n, &err) != GS_OK || !edge.inferred)
            continue;
        must(gs_property(&by, snapshot, edge.properties, GS_P_BY, &arena, &err), &err);
        if (by.type != GS_STRING || !gs_text_equal(by.as.string, GS_TEXT("linker")))
            continue;
        assert_true(out->count < LINKS_MAX);
        print_link(out->lines[out->count++], sizeof out->lines[0], snapshot, &edge,
                   &arena);
    }
    qsort(out->lines, out->count, sizeof out->lines[0], by_text);
    gs_snapshot_close(snapshot);
    gs_store_close(store);
    gs_arena_free(&arena);
}

static bool is_wanted(const scene *s, const links *got)
{
    char all[sizeof s->wanted] = "";

    for (size_t i = 0; i < got->count; i++) {
        strncat(all, got->lines[i], strcspn(got->lines[i], "\t"));
        strcat(all, "\n");
    }
    return strcmp(all, s->wanted) == 0;
}

/* Which records come when: in the order of the file, backwards one by one, in portions. */
static void feed_all(const scene *s, size_t round)
{
    size_t step = round == 0 ? 1 : round == 1 ? s->count - 1 : s->count % 5 == 0 ? 3 : 5;
    size_t portion = round == 0 ? s->count : round == 1 ? 1 : round;

    nftw("store", remove_entry, 8, FTW_DEPTH | FTW_PHYS);
    for (size_t i = 0; i < s->count; i += portion)
        feed_portion(s, step == 0 ? 1 : step, i, portion);
}

static size_t judge(scene *s)
{
    size_t failed = 0;
    static links first, got;

    for (size_t round = 0; round < 4; round++) {
        feed_all(s, round);
        list_links(&got);
        if (round == 0)
            first = got;
        if (is_wanted(s, &got) && memcmp(&first, &got, sizeof got) == 0)
            continue;
        failed++;
        printf("%s, order %zu:\n", s->name, round);
        for (size_t i = 0; i < got.count; i++)
            printf("%s\n", got.lines[i]);
        printf("and not\n%s", s->wanted);
    }
    for (size_t i = 0; i < s->count; i++)
        gs_buffer_free(&s->records[i]);
    return failed;
}

static void links_what_belongs_together(void **state)
{
    char room[4096];
    gs_text line;
    cases c;
    scene s = {0};
    size_t failed = 0, scenes = 0;

    (void)state;
    assert_true(cases_open(&c, folder, "linker.case"));
    while (cases_next(&c, room, sizeof room, &line)) {
        gs_text rest = gs_text_slice(line, 2, line.size);

        if (gs_text_starts(line, GS_TEXT("== "))) {
            failed += s.count > 0 ? judge(&s) : 0;
            memset(&s, 0, sizeof s);
            scenes++;
            snprintf(s.name, sizeof s.name, "%.*s", GS_SHOW(line));
        } else if (line.bytes[0] == '+') {
            add_record(&s, rest);
        } else {
            strncat(s.wanted, rest.bytes, rest.size);
            strcat(s.wanted, "\n");
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
        cmocka_unit_test(links_what_belongs_together),
    };

    folder = argc > 1 ? argv[1] : ".";
    return cmocka_run_group_tests(tests, NULL, NULL);
}
