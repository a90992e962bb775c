/* Jobs from files to stores: job.case, and what no case can say. */
#include "include/gainsay/gainsay.h"
#include "tests/graph/base/cases.h"
#include "tests/ingest/dump.h"

#include <ftw.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

static const char *folder;

static int remove_entry(const char *path, const struct stat *status, int type,
                        struct FTW *walk)
{
    (void)status, (void)type, (void)walk;
    return remove(path);
}

static void remove_store(const char *path)
{
    nftw(path, remove_entry, 8, FTW_DEPTH | FTW_PHYS);
}

static void write_file(const char *path, gs_text bytes)
{
    FILE *file = fopen(path, "wb");

    assert_non_null(file);
    assert_int_equal(fwrite(bytes.bytes, 1, bytes.size, file), bytes.size);
    assert_int_equal(fclose(file), 0);
}

typedef struct reports {
    gs_buffer lines;
    size_t count;
} reports;

static void on_report(void *context, const char *file, const gainsay_error *error)
{
    reports *r = context;

    r->count++;
    if (error->code != GAINSAY_OK && error->line > 0)
        gs_buffer_format(&r->lines, "%s:%u: ", file, error->line);
    gs_buffer_format(&r->lines, "%s\n", error->text);
}

static gainsay_code ingest(gainsay_summary *summary, reports *r, const char *store,
                           const char *path)
{
    gainsay_feed feed = {.report = on_report, .context = r};
    gainsay_job *job;
    gainsay_error err;
    gainsay_code rc;

    assert_int_equal(gainsay_job_open(&job, store, &feed, &err), GAINSAY_OK);
    rc = gainsay_job_file(job, path, &err);
    if (rc != GAINSAY_OK)
        gs_buffer_format(&r->lines, "%s\n", err.text);
    assert_int_equal(gainsay_job_close(job, summary, &err), GAINSAY_OK);
    return rc;
}

/* What is not zero, in words. */
static void put_summary(gs_buffer *to, const gainsay_summary *s)
{
    const struct {
        const char *name;
        uint64_t count;
        bool behind;
    } counts[] = {
        {"new", s->added, false},          {"known", s->known, false},
        {"revised", s->revised, false},    {"rejected", s->rejected, true},
        {"conflicts", s->conflicts, true}, {"linked", s->linked, true},
        {"open", s->open, true},           {"documents", s->documents, true},
    };

    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
        unsigned long count = (unsigned long)counts[i].count;

        if (count == 0)
            continue;
        if (to->size > 0)
            gs_buffer_text(to, GS_TEXT(", "));
        if (counts[i].behind)
            gs_buffer_format(to, "%s %lu", counts[i].name, count);
        else
            gs_buffer_format(to, "%lu %s", count, counts[i].name);
    }
    if (s->commit == 0)
        gs_buffer_text(to, to->size > 0 ? GS_TEXT(", no commit") : GS_TEXT("no commit"));
}

/* One store of job.case while its lines are read. */
typedef struct scene {
    cases c;
    gs_buffer file, wanted_reports, wanted_dump;
    size_t report_count;
    reports told;
    char *dump;
} scene;

static void judge_dump(scene *s)
{
    if (s->wanted_dump.size > 0)
        cases_judge(&s->c, gs_buffer_view(&s->wanted_dump), gs_text_of(s->dump));
    gs_buffer_clear(&s->wanted_dump);
}

static void run_file(scene *s, gs_text wanted)
{
    gainsay_summary summary;
    gs_buffer got = {0};

    judge_dump(s);
    write_file("job.jsonl", gs_buffer_view(&s->file));
    gs_buffer_clear(&s->told.lines);
    s->told.count = 0;
    assert_int_equal(ingest(&summary, &s->told, "store", "job.jsonl"), GAINSAY_OK);
    put_summary(&got, &summary);
    cases_judge(&s->c, wanted, gs_buffer_view(&got));
    if (s->report_count > 0)
        assert_int_equal(s->told.count, s->report_count);
    else
        cases_judge(&s->c, gs_buffer_view(&s->wanted_reports),
                    gs_buffer_view(&s->told.lines));
    s->report_count = 0;
    gs_buffer_clear(&s->wanted_reports);
    gs_buffer_clear(&s->file);
    gs_buffer_free(&got);
    free(s->dump);
    s->dump = dump_store("store");
}

/* Whether the dump holds a line, or one that goes on with " {". */
static void judge_line(scene *s, gs_text line)
{
    gs_text dump = gs_text_of(s->dump);
    size_t at = 0;

    s->c.run++;
    while ((at = gs_text_find(dump, line, at)) != SIZE_MAX) {
        char behind = s->dump[at + line.size];

        if ((at == 0 || s->dump[at - 1] == '\n') && (behind == '\n' || behind == ' '))
            return;
        at++;
    }
    s->c.failed++;
    printf("%s:%d: missing %.*s in\n%s", s->c.path, s->c.line, GS_SHOW(line), s->dump);
}

static void play(scene *s, gs_text line)
{
    gs_text rest = gs_text_slice(line, 2, line.size);

    switch (line.bytes[0]) {
    case '+':
        gs_buffer_text(&s->file, rest);
        gs_buffer_char(&s->file, '\n');
        break;
    case '!':
        run_file(s, rest);
        break;
    case '*':
        gs_buffer_text(&s->wanted_reports, rest);
        gs_buffer_char(&s->wanted_reports, '\n');
        break;
    case '?':
        s->report_count = strtoul(rest.bytes, NULL, 10);
        break;
    case '~':
        judge_line(s, rest);
        break;
    default:
        if (gs_text_starts(line, GS_TEXT("== "))) {
            judge_dump(s);
            remove_store("store");
        } else {
            gs_buffer_text(&s->wanted_dump, rest);
            gs_buffer_char(&s->wanted_dump, '\n');
        }
    }
}

static void records_make_the_store(void **state)
{
    char room[4096];
    gs_text line;
    scene s = {0};

    (void)state;
    assert_true(cases_open(&s.c, folder, "job.case"));
    while (cases_next(&s.c, room, sizeof room, &line))
        play(&s, line);
    judge_dump(&s);
    gs_buffer_free(&s.file);
    gs_buffer_free(&s.wanted_reports);
    gs_buffer_free(&s.wanted_dump);
    gs_buffer_free(&s.told.lines);
    free(s.dump);
    fclose(s.c.file);
    assert_true(s.c.run > 40);
    assert_int_equal(s.c.failed, 0);
}

/* Statements that answer each other in chains and circles, with late and missing ends. */
static gs_text exchange(char *room, size_t size, size_t i)
{
    static const char *const kinds[] = {"claim", "denial", "counterclaim"};

    snprintf(
        room, size,
        "{\"id\": \"s%zu\", \"kind\": \"%s\", \"speaker\": \"Actor %zu\", \"accused\": "
        "\"Actor %zu\", \"answers\": [\"s%zu\", \"s%zu\"], \"text\": \"word %zu\", "
        "\"date\": \"2022-11-%02zu\", \"same_as\": \"s%zu\"}\n",
        i, kinds[i % 3], i % 7, i % 5, (i * 7 + 1) % 60, i < 30 ? i + 20 : i - 1, i,
        i % 28 + 1, (i * 11 + 5) % 80);
    return gs_text_of(room);
}

enum { EXCHANGE = 50 };

static char *store_of(size_t step)
{
    gs_buffer file = {0};
    reports r = {0};
    gainsay_summary summary;
    char room[512];

    remove_store("store");
    for (size_t i = 0; i < EXCHANGE; i++) {
        size_t which = (i * step) % EXCHANGE;

        if ((which * 7 + 1) % 60 != which && (which * 11 + 5) % 80 != which)
            gs_buffer_text(&file, exchange(room, sizeof room, which));
    }
    write_file("exchange.jsonl", gs_buffer_view(&file));
    assert_int_equal(ingest(&summary, &r, "store", "exchange.jsonl"), GAINSAY_OK);
    assert_int_equal(r.count, 0);
    assert_true(summary.added > 40 && summary.linked > 60);
    gs_buffer_free(&file);
    gs_buffer_free(&r.lines);
    return dump_store("store");
}

/* The items of an open list stay in the order of their record, so all is equal. */
static void order_of_arrival_changes_nothing(void **state)
{
    static const size_t steps[] = {3, 7, 11, 13, 49};
    char *first = store_of(1);

    (void)state;
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
        char *again = store_of(steps[i]);

        assert_string_equal(first, again);
        free(again);
    }
    free(first);
}

static gainsay_code ingest_bytes(gs_buffer *told, const char *path, gs_text bytes)
{
    reports r = {0};
    gainsay_summary summary;
    gainsay_code rc;

    remove_store("store");
    write_file(path, bytes);
    rc = ingest(&summary, &r, "store", path);
    gs_buffer_clear(told);
    gs_buffer_text(told, gs_buffer_view(&r.lines));
    gs_buffer_char(told, '\0');
    gs_buffer_free(&r.lines);
    return rc;
}

static void what_is_no_input_is_told(void **state)
{
    gs_buffer told = {0};

    (void)state;
    assert_int_equal(ingest_bytes(&told, "empty.jsonl", GS_TEXT("")), GAINSAY_OK);
    assert_string_equal(told.bytes, "nothing in it\n");
    assert_int_equal(ingest_bytes(&told, "blank.txt", GS_TEXT(" \n\n")), GAINSAY_OK);
    assert_string_equal(told.bytes, "nothing in it\n");
    assert_int_equal(ingest_bytes(&told, "mark.jsonl", GS_TEXT("\xEF\xBB\xBF")),
                     GAINSAY_OK);
    assert_int_equal(ingest_bytes(&told, "binary.txt",
                                  GS_TEXT("\x7f"
                                          "ELF\0\1\2")),
                     GAINSAY_FORMAT);
    assert_int_equal(ingest_bytes(&told, "broken.jsonl", GS_TEXT("{\n{\n")),
                     GAINSAY_FORMAT);
    assert_non_null(strstr(told.bytes, "nothing in it could be read as jsonl"));
    assert_int_equal(ingest_bytes(&told, "latin.txt", GS_TEXT("caf\xe9 closed\n")),
                     GAINSAY_OK);
    assert_string_equal(told.bytes, "no UTF-8: read as WINDOWS-1252, by its bytes\n");
    assert_int_equal(
        ingest_bytes(&told, "marked.jsonl",
                     GS_TEXT("\xEF\xBB\xBF{\"kind\": \"claim\", \"text\": \"x\"}")),
        GAINSAY_OK);
    assert_string_equal(told.bytes, "");
    gs_buffer_free(&told);
}

static uint64_t count_ledger(gs_ledger ledger)
{
    gs_store_options options = {0};
    gs_store *store;
    gs_snapshot *snapshot;
    gs_arena arena = {0};
    gs_error err;
    gs_value entry;
    uint64_t number = 0, count = 0;

    assert_int_equal(gs_store_open(&store, "store", &options, &err), GS_OK);
    assert_int_equal(gs_snapshot_open(&snapshot, store, GS_NOW, &err), GS_OK);
    while (gs_ledger_read(&number, &entry, snapshot, ledger, number + 1, &arena, &err) ==
           GS_OK)
        count++;
    gs_snapshot_close(snapshot);
    gs_store_close(store);
    gs_arena_free(&arena);
    return count;
}

/* A record set aside is kept once, however often its file comes. */
static void rejects_are_kept_once(void **state)
{
    reports r = {0};
    gainsay_summary summary;

    (void)state;
    remove_store("store");
    write_file("part.jsonl", GS_TEXT("{\"kind\": \"claim\", \"text\": \"x\"}\nno\nno\n"));
    for (int i = 0; i < 3; i++) {
        assert_int_equal(ingest(&summary, &r, "store", "part.jsonl"), GAINSAY_OK);
        assert_int_equal(summary.rejected, 2);
        assert_int_equal(summary.run, i + 1);
    }
    assert_int_equal(count_ledger(GS_LEDGER_REJECTS), 2);
    assert_int_equal(count_ledger(GS_LEDGER_RUNS), 3);
    gs_buffer_free(&r.lines);
}

/* A folder is walked, sorted; what is hidden or of no format is not taken. */
static void folders_are_walked(void **state)
{
    reports r = {0};
    gainsay_summary summary;

    (void)state;
    remove_store("store");
    remove_store("folder");
    assert_int_equal(mkdir("folder", 0700), 0);
    assert_int_equal(mkdir("folder/deep", 0700), 0);
    write_file("folder/b.jsonl", GS_TEXT("{\"id\": \"b\", \"kind\": \"denial\", "
                                         "\"answers\": \"a\"}\n"));
    write_file("folder/deep/a.jsonl",
               GS_TEXT("{\"id\": \"a\", \"kind\": \"claim\", \"text\": \"x\"}\n"));
    write_file("folder/c.bin", GS_TEXT("\0\0"));
    write_file("folder/.hidden.jsonl",
               GS_TEXT("{\"id\": \"h\", \"kind\": \"claim\", \"text\": \"x\"}\n"));
    assert_int_equal(symlink("..", "folder/deep/circle"), 0);
    assert_int_equal(ingest(&summary, &r, "store", "folder"), GAINSAY_OK);
    assert_int_equal(summary.added, 2);
    assert_int_equal(summary.files, 2);
    assert_int_equal(summary.rejected, 1);
    assert_int_equal(summary.linked, 1);
    assert_int_equal(summary.open, 0);
    gs_buffer_free(&r.lines);
}

/* A dry run judges and leaves nothing, not even a store. */
static void dry_runs_write_nothing(void **state)
{
    gainsay_feed feed = {.dry_run = true};
    gainsay_summary summary;
    gainsay_job *job;
    gainsay_error err;
    struct stat status;
    char *before, *after;

    (void)state;
    remove_store("store");
    write_file("dry.jsonl", GS_TEXT("{\"kind\": \"claim\", \"text\": \"x\"}\nno\n"));
    assert_int_equal(gainsay_job_open(&job, "store", &feed, &err), GAINSAY_OK);
    assert_int_equal(gainsay_job_file(job, "dry.jsonl", &err), GAINSAY_OK);
    assert_int_equal(gainsay_job_close(job, &summary, &err), GAINSAY_OK);
    assert_int_equal(summary.added, 1);
    assert_int_equal(summary.rejected, 1);
    assert_int_not_equal(stat("store", &status), 0);
    before = store_of(1);
    assert_int_equal(gainsay_job_open(&job, "store", &feed, &err), GAINSAY_OK);
    assert_int_equal(gainsay_job_file(job, "dry.jsonl", &err), GAINSAY_OK);
    assert_int_equal(gainsay_job_close(job, &summary, &err), GAINSAY_OK);
    assert_int_equal(summary.added, 1);
    assert_int_equal(summary.commit, 0);
    after = dump_store("store");
    assert_string_equal(before, after);
    free(before);
    free(after);
}

/* A run that ends before its batch leaves no part of it; the same again makes all of it.
 */
static void aborted_runs_leave_nothing(void **state)
{
    gainsay_feed feed = {0};
    gainsay_summary summary;
    gainsay_job *job;
    gainsay_error err;
    reports r = {0};
    char *whole = store_of(1), *again;

    (void)state;
    remove_store("store");
    assert_int_equal(gainsay_job_open(&job, "store", &feed, &err), GAINSAY_OK);
    assert_int_equal(gainsay_job_file(job, "exchange.jsonl", &err), GAINSAY_OK);
    gainsay_job_abort(job);
    again = dump_store("store");
    assert_string_equal(again, "");
    free(again);
    assert_int_equal(count_ledger(GS_LEDGER_RUNS), 1);
    assert_int_equal(ingest(&summary, &r, "store", "exchange.jsonl"), GAINSAY_OK);
    assert_int_equal(summary.run, 2);
    again = dump_store("store");
    assert_string_equal(again, whole);
    free(again);
    free(whole);
    gs_buffer_free(&r.lines);
}

static void a_feed_is_checked(void **state)
{
    gainsay_feed feed = {.published = "someday"};
    gainsay_job *job;
    gainsay_error err;

    (void)state;
    assert_int_equal(gainsay_job_open(&job, "store", &feed, &err), GAINSAY_USAGE);
    assert_non_null(strstr(err.text, "someday"));
    feed = (gainsay_feed){.format = "pdf"};
    write_file("x.txt", GS_TEXT("x"));
    assert_int_equal(gainsay_job_open(&job, "store", &feed, &err), GAINSAY_OK);
    assert_int_equal(gainsay_job_file(job, "x.txt", &err), GAINSAY_USAGE);
    assert_int_equal(gainsay_job_file(job, "missing.txt", &err), GAINSAY_FAILED);
    gainsay_job_abort(job);
    gainsay_job_abort(NULL);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(records_make_the_store),
        cmocka_unit_test(order_of_arrival_changes_nothing),
        cmocka_unit_test(what_is_no_input_is_told),
        cmocka_unit_test(rejects_are_kept_once),
        cmocka_unit_test(folders_are_walked),
        cmocka_unit_test(dry_runs_write_nothing),
        cmocka_unit_test(aborted_runs_leave_nothing),
        cmocka_unit_test(a_feed_is_checked),
    };

    folder = argc > 1 ? argv[1] : ".";
    return cmocka_run_group_tests(tests, NULL, NULL);
}
