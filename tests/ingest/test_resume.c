/* A run that is killed, at any instant, and given the same command again: the same store
 * and the same counts as of a run that nobody disturbed. Real processes are killed. */
#include "graph/check.h"
#include "ingest/job.h"
#include "tests/ingest/dump.h"

#include <ftw.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

enum { RECORDS = 1500, KILLS = 15, BATCH = 150, LONGEST_US = 40000 };

static int remove_entry(const char *path, const struct stat *status, int type,
                        struct FTW *walk)
{
    (void)status, (void)type, (void)walk;
    return remove(path);
}

static void remove_tree(const char *path)
{
    nftw(path, remove_entry, 8, FTW_DEPTH | FTW_PHYS);
}

static FILE *create(const char *path)
{
    FILE *file = fopen(path, "w");

    assert_non_null(file);
    return file;
}

/* Answers before and behind what they answer, some broken lines, some told twice. */
static void write_records(const char *path, int from, int count)
{
    FILE *file = create(path);

    for (int i = from; i < from + count; i++) {
        int other = (i * 7919) % (2 * RECORDS);

        if (i % 97 == 0)
            fprintf(file, "{\"kind\": \"claim\", broken %d\n", i);
        fprintf(file,
                "{\"id\": \"s%d\", \"kind\": \"denial\", \"speaker\": \"Actor %d\", "
                "\"text\": \"it was not number %d\", \"answers\": [\"s%d\"]}\n",
                i, i % 37, i, other == i ? other + 1 : other);
        if (i % 53 == 0)
            fprintf(file, "{\"id\": \"twice\", \"kind\": \"claim\", \"text\": \"x\"}\n");
    }
    assert_int_equal(fclose(file), 0);
}

static void write_article(const char *path)
{
    FILE *file = create(path);

    fprintf(file, "Published: 2024-03-05\n\n");
    for (int i = 0; i < 150; i++)
        fprintf(file,
                "Arland accused Borduria of closing lock %d. Borduria denied having "
                "closed lock %d.\n\n",
                i, i);
    assert_int_equal(fclose(file), 0);
}

static void tell(void *context, const char *file, const gs_error *error)
{
    (void)context, (void)file, (void)error;
}

static gs_feed feed_of(const char *command, uint64_t batch)
{
    return (gs_feed){.job = GS_TEXT("night"),
                     .command = gs_text_of(command),
                     .batch_records = batch,
                     .tell = tell};
}

/* One process: gives a summary where it comes to its end. */
static gs_code run(gainsay_summary *out, const char *store, const gs_feed *feed)
{
    static const char *const paths[] = {"first.jsonl", "article.txt", "second.jsonl"};
    gs_job *job = NULL;
    gs_error err;
    gs_code rc = gs_job_open(&job, store, feed, 1700000000, &err);

    for (size_t i = 0; rc == GS_OK && i < 3; i++)
        rc = gs_job_file(job, paths[i], &err);
    if (rc == GS_OK)
        return gs_job_close(job, out, 1700000000, &err);
    gs_job_abort(job);
    return rc;
}

static void kill_after(const char *store, unsigned microseconds)
{
    gs_feed feed = feed_of("c", BATCH);
    gainsay_summary summary;
    pid_t child = fork();

    assert_true(child >= 0);
    if (child == 0)
        _exit(run(&summary, store, &feed) == GS_OK ? 0 : 1);
    usleep(microseconds);
    kill(child, SIGKILL);
    assert_int_equal(waitpid(child, NULL, 0), child);
}

static void assert_whole(const char *store)
{
    gs_checked checked;
    gs_error err = {0};

    if (gs_check(&checked, store, &(gs_check_options){0}, &err) != GS_OK)
        fail_msg("%s", err.text);
}

static void assert_same_counts(const gainsay_summary *a, const gainsay_summary *b)
{
    assert_int_equal(a->run, b->run);
    assert_int_equal(a->files, b->files);
    assert_int_equal(a->documents, b->documents);
    assert_int_equal(a->added, b->added);
    assert_int_equal(a->known, b->known);
    assert_int_equal(a->revised, b->revised);
    assert_int_equal(a->rejected, b->rejected);
    assert_int_equal(a->conflicts, b->conflicts);
    assert_int_equal(a->linked, b->linked);
    assert_int_equal(a->open, b->open);
}

static void assert_same_stores(const char *a, const char *b)
{
    char *left = dump_store(a), *right = dump_store(b);

    assert_string_equal(left, right);
    free(left);
    free(right);
}

static int make_input(void **state)
{
    (void)state;
    write_records("first.jsonl", 0, RECORDS);
    write_article("article.txt");
    write_records("second.jsonl", RECORDS, RECORDS);
    return 0;
}

static void killed_at_random_it_ends_the_same(void **state)
{
    gs_feed whole = feed_of("c", 0);
    gainsay_summary calm, wild;
    unsigned random = 1;
    bool made = false;

    (void)state;
    remove_tree("calm");
    remove_tree("wild");
    assert_int_equal(run(&calm, "calm", &whole), GS_OK);
    for (int i = 0; i < KILLS; i++) {
        random = random * 1103515245u + 12345u;
        kill_after("wild", (random >> 8) % LONGEST_US);
        made = made || access("wild/HEAD", F_OK) == 0;
        if (made && i % 8 == 0)
            assert_whole("wild");
    }
    assert_int_equal(run(&wild, "wild", &whole), GS_OK);
    /* a child that was fast enough has ended run 1: then all of this is known to run 2 */
    if (wild.run == 1)
        assert_same_counts(&calm, &wild);
    assert_same_stores("calm", "wild");
    assert_whole("wild");
}

static void cut_off(const char *store, const gs_feed *feed)
{
    gs_job *job;
    gs_error err;

    assert_int_equal(gs_job_open(&job, store, feed, 1700000000, &err), GS_OK);
    assert_int_equal(gs_job_file(job, "first.jsonl", &err), GS_OK);
    gs_job_abort(job); /* what the last batch had is lost */
}

static void counts_go_on_where_they_stood(void **state)
{
    gs_feed feed = feed_of("c", BATCH), other = feed_of("d", BATCH);
    gainsay_summary calm, wild;

    (void)state;
    remove_tree("calm");
    remove_tree("wild");
    assert_int_equal(run(&calm, "calm", &feed), GS_OK);
    cut_off("wild", &feed);
    cut_off("wild", &feed);
    assert_int_equal(run(&wild, "wild", &feed), GS_OK);
    assert_int_equal(wild.run, 1);
    assert_same_counts(&calm, &wild);
    assert_same_stores("calm", "wild");
    /* through: the same again is another run, and so is another command */
    assert_int_equal(run(&wild, "wild", &feed), GS_OK);
    assert_int_equal(wild.run, 2);
    assert_int_equal(wild.added, 0);
    cut_off("wild", &feed);
    assert_int_equal(run(&wild, "wild", &other), GS_OK);
    assert_int_equal(wild.run, 4);
    assert_int_equal(run(&wild, "wild", &feed), GS_OK);
    assert_int_equal(wild.run, 3);
}

/* What stood in the file before has changed: it is read from its start. */
static void another_file_is_read_from_its_start(void **state)
{
    gs_feed feed = feed_of("c", BATCH);
    gainsay_summary summary;

    (void)state;
    remove_tree("wild");
    cut_off("wild", &feed);
    write_records("first.jsonl", 10 * RECORDS, RECORDS);
    assert_int_equal(run(&summary, "wild", &feed), GS_OK);
    assert_int_equal(summary.run, 1);
    assert_true(summary.added > 3 * RECORDS);
    make_input(NULL);
}

/* A run that a living process is at is nobody else's. */
static void a_run_has_one_process(void **state)
{
    gs_feed feed = feed_of("c", BATCH);
    gainsay_summary summary;
    int go[2], status;
    char byte = 0;
    gs_job *job;
    gs_error err;
    pid_t child;

    (void)state;
    remove_tree("wild");
    feed.wait_ms = 60000; /* each lets the other in between two batches */
    assert_int_equal(pipe(go), 0);
    child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        if (read(go[0], &byte, 1) != 1)
            _exit(1);
        _exit(run(&summary, "wild", &feed) == GS_OK && summary.run == 2 ? 0 : 2);
    }
    assert_int_equal(gs_job_open(&job, "wild", &feed, 1700000000, &err), GS_OK);
    assert_int_equal(write(go[1], &byte, 1), 1);
    usleep(100000);
    assert_int_equal(gs_job_file(job, "first.jsonl", &err), GS_OK);
    assert_int_equal(gs_job_close(job, &summary, 1700000000, &err), GS_OK);
    assert_int_equal(summary.run, 1);
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, 0);
    close(go[0]);
    close(go[1]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(killed_at_random_it_ends_the_same),
        cmocka_unit_test(counts_go_on_where_they_stood),
        cmocka_unit_test(another_file_is_read_from_its_start),
        cmocka_unit_test(a_run_has_one_process),
    };

    return cmocka_run_group_tests(tests, make_input, NULL);
}
