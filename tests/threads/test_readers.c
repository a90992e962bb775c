/* Many readers, one writer, one process: each answer is that of some commit, none waits
 * for the writer, and the sanitizer of threads (preset tsan) finds nothing. */
#include "include/gainsay/gainsay.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
/* cmocka needs the headers above before it */
#include <cmocka.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { READERS = 6, RUNS = 12, PER_RUN = 10 };

typedef struct reader {
    pthread_t thread;
    gainsay_store *store; /* shared; NULL: opens its own, again and again */
    atomic_bool *done;
    char wrong[600]; /* what went wrong, or "" */
    size_t asked;
} reader;

static void say(reader *r, const char *what, const gainsay_error *err)
{
    snprintf(r->wrong, sizeof r->wrong, "%s: %s", what, err == NULL ? "" : err->text);
}

/* The only cell of the only row, a number. */
static bool ask(int64_t *out, reader *r, gainsay_store *store, const char *query)
{
    gainsay_rows *rows;
    gainsay_error err;
    bool ok;

    if (gainsay_query(&rows, store, query, strlen(query), NULL, &err) != GAINSAY_OK) {
        say(r, query, &err);
        return false;
    }
    ok = gainsay_next(rows, &err) == GAINSAY_OK;
    if (ok)
        *out = gainsay_as_integer(gainsay_cell(rows, 0));
    else
        say(r, query, &err);
    gainsay_rows_close(rows);
    return ok;
}

/* How many statements a word finds, each with its speaker. */
static bool count_found(int64_t *out, reader *r, gainsay_store *store)
{
    const char *word = "barge";
    gainsay_rows *rows;
    gainsay_error err;
    gainsay_code rc;

    if (gainsay_ask(&rows, store, "search", &word, 1, NULL, &err) != GAINSAY_OK) {
        say(r, "search", &err);
        return false;
    }
    *out = 0;
    while ((rc = gainsay_next(rows, &err)) == GAINSAY_OK)
        ++*out;
    if (rc != GAINSAY_END)
        say(r, "search", &err);
    gainsay_rows_close(rows);
    return rc == GAINSAY_END;
}

static bool look(reader *r, gainsay_store *store, int64_t *before)
{
    int64_t made, found;

    if (!ask(&made, r, store,
             "MATCH (:Actor)-[:MADE]->(s:Statement) RETURN count(s) AS n") ||
        !count_found(&found, r, store))
        return false;
    if (made % PER_RUN != 0 || found % PER_RUN != 0 || made < *before || found < made) {
        snprintf(r->wrong, sizeof r->wrong, "made %d, found %d, before %d: no commit's",
                 (int)made, (int)found, (int)*before);
        return false;
    }
    *before = found;
    r->asked++;
    return true;
}

static void *read_on(void *context)
{
    reader *r = context;
    int64_t before = 0;
    gainsay_error err;
    bool ok = true;

    while (ok && !atomic_load(r->done)) {
        gainsay_store *store = r->store;

        if (store == NULL && gainsay_open(&store, "store", &err) != GAINSAY_OK) {
            say(r, "open", &err);
            return NULL;
        }
        ok = look(r, store, &before);
        if (r->store == NULL)
            gainsay_close(store);
    }
    return NULL;
}

static void run_once(int run)
{
    const gainsay_feed feed = {.job = "feed"};
    gainsay_error err;
    gainsay_job *job;
    char line[256];

    assert_int_equal(gainsay_job_open(&job, "store", &feed, &err), GAINSAY_OK);
    for (int i = 0; i < PER_RUN; i++) {
        int n = run * PER_RUN + i;
        int size =
            snprintf(line, sizeof line,
                     "{\"kind\": \"claim\", \"id\": \"c%d\", \"speaker\": \"Arland\", "
                     "\"text\": \"barge %d\", \"answers\": [\"c%d\"]}",
                     n, n, n > 0 ? n / 2 : 9999);

        assert_int_equal(gainsay_job_record(job, line, (size_t)size, &err), GAINSAY_OK);
    }
    assert_int_equal(gainsay_job_close(job, NULL, &err), GAINSAY_OK);
}

static void readers_and_a_writer(void **state)
{
    static reader readers[READERS];
    atomic_bool done = false;
    gainsay_store *store;
    gainsay_checking checking = {0};
    gainsay_error err;

    (void)state;
    assert_int_equal(system("rm -rf store"), 0);
    run_once(0);
    assert_int_equal(gainsay_open(&store, "store", &err), GAINSAY_OK);
    for (size_t i = 0; i < READERS; i++) {
        readers[i] = (reader){.store = i % 3 == 0 ? NULL : store, .done = &done};
        assert_int_equal(pthread_create(&readers[i].thread, NULL, read_on, &readers[i]),
                         0);
    }
    for (int run = 1; run < RUNS; run++)
        run_once(run);
    atomic_store(&done, true);
    for (size_t i = 0; i < READERS; i++) {
        assert_int_equal(pthread_join(readers[i].thread, NULL), 0);
        assert_string_equal(readers[i].wrong, "");
    }
    gainsay_close(store);
    assert_int_equal(gainsay_check("store", &checking, NULL, &err), GAINSAY_OK);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(readers_and_a_writer)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
