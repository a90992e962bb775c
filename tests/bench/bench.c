/* gainsay-bench [--direct] [--only QUESTION | --ways] STATEMENTS.jsonl QUESTIONS.json
 *     WORKDIR
 *
 * Loads the statements as a user would, with `gainsay ingest` from this program's folder,
 * asks the six questions in process and prints one JSON object of times. With --only it
 * asks one of them again and again of the store that lies there: for a profiler. With
 * --ways it asks that store each question in six ways that mean the same, and prints
 * what each takes of the first one's time. */
#include "tests/bench/bench.h"

#include "tests/bench/load.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { REPEATED = 10 };

static const char *const names[GS_BENCH_QUESTIONS] = {"accusations", "chains", "reach",
                                                      "pairs",       "top",    "search"};

void gs_bench_fail(const char *what, const char *why)
{
    fprintf(stderr, "gainsay-bench: %s: %s\n", what, why);
    exit(1);
}

gs_text gs_bench_parameter(gs_value parameters, size_t index)
{
    if (parameters.type == GS_LIST && index < parameters.as.list.count)
        parameters = parameters.as.list.items[index];
    return parameters.type == GS_STRING ? parameters.as.string : GS_TEXT("");
}

static gs_value read_questions(const char *path, gs_arena *arena)
{
    gs_buffer bytes = {0};
    gs_value value;
    gs_error err;
    char block[65536];
    size_t size;
    FILE *file = fopen(path, "re");

    if (file == NULL)
        gs_bench_fail(path, "cannot be read");
    while ((size = fread(block, 1, sizeof block, file)) > 0)
        gs_buffer_bytes(&bytes, block, size);
    fclose(file);
    if (gs_json_parse(&value, arena, gs_buffer_view(&bytes), &err) != GS_OK)
        gs_bench_fail(path, err.text);
    gs_buffer_free(&bytes);
    return value;
}

static int compare(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;

    return (x > y) - (x < y);
}

static double microseconds(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1e6 + (double)now.tv_nsec / 1e3;
}

/* Each question once, in turn; the times of all. */
static void measure(const gs_bench_asker *asker, void *self, gs_bench_question question,
                    gs_value all)
{
    size_t count = all.type == GS_LIST ? all.as.list.count : GS_BENCH_ASKED;
    double *took = calloc(count + 1, sizeof *took), total = 0;
    uint64_t answer = 0;

    if (took == NULL)
        gs_bench_fail(names[question], "out of memory");
    for (size_t i = 0; i < count; i++) {
        double before = microseconds();

        answer += asker->ask(self, question,
                             all.type == GS_LIST ? all.as.list.items[i] : gs_null);
        took[i] = microseconds() - before;
        total += took[i];
    }
    qsort(took, count, sizeof *took, compare);
    printf(
        ", \"%s\": {\"p50_us\": %.1f, \"p99_us\": %.1f, \"total_ms\": %.1f, \"answer\": "
        "%llu}",
        names[question], took[count / 2], took[count * 99 / 100], total / 1e3,
        (unsigned long long)answer);
    free(took);
}

/* One question, some times over, of a store that is there. */
static void repeat(const gs_bench_asker *asker, const char *question,
                   const char *questions, const char *directory)
{
    gs_arena arena = {0};
    gs_value all = read_questions(questions, &arena);
    void *self = asker->open(directory);

    for (int i = 0; i < GS_BENCH_QUESTIONS; i++)
        for (int k = 0; k < REPEATED && strcmp(names[i], question) == 0; k++) {
            printf("{\"engine\": \"gainsay\"");
            measure(asker, self, (gs_bench_question)i,
                    gs_map_get(all, gs_text_of(question)));
            puts("}");
        }
    asker->close(self);
    gs_arena_free(&arena);
}

/* The median of the best of some passes, and what is counted of the answers. */
static double best_median(uint64_t *answer, void *self, gs_bench_question question,
                          gs_value all)
{
    size_t count = all.type == GS_LIST ? all.as.list.count : GS_BENCH_ASKED;
    double *took = calloc(count + 1, sizeof *took), best = 1e300;

    if (took == NULL)
        gs_bench_fail(names[question], "out of memory");
    for (int pass = 0; pass < REPEATED; pass++) {
        *answer = 0;
        for (size_t i = 0; i < count; i++) {
            double before = microseconds();

            *answer += gs_bench_language.ask(
                self, question, all.type == GS_LIST ? all.as.list.items[i] : gs_null);
            took[i] = microseconds() - before;
        }
        qsort(took, count, sizeof *took, compare);
        best = took[count / 2] < best ? took[count / 2] : best;
    }
    free(took);
    return best;
}

static void compare_ways(const char *questions, const char *directory)
{
    gs_arena arena = {0};
    gs_value all = read_questions(questions, &arena);
    void *self = gs_bench_language.open(directory);

    for (int q = 0; q < GS_BENCH_QUESTIONS; q++) {
        uint64_t answer, first = 0;
        double base = 0;

        for (size_t way = 0; way < GS_BENCH_WAYS; way++) {
            double median;

            gs_bench_ask_so(self, way);
            median = best_median(&answer, self, (gs_bench_question)q,
                                 gs_map_get(all, gs_text_of(names[q])));
            base = way == 0 ? median : base;
            first = way == 0 ? answer : first;
            printf("%s%-12s %5.2f %9.1f us", way == 0 ? "" : "  ", names[q],
                   median / base, median);
            printf(answer == first ? "\n" : "  another answer\n");
            if (answer != first)
                gs_bench_fail(names[q], "ways that should mean the same do not");
        }
    }
    gs_bench_language.close(self);
    gs_arena_free(&arena);
}

static void run(const gs_bench_asker *asker, const char *statements,
                const char *questions, const char *directory)
{
    gs_arena arena = {0};
    gs_value all = read_questions(questions, &arena);
    gs_bench_loaded loaded = gs_bench_load(statements, directory);
    void *self = asker->open(directory);

    printf("{\"engine\": \"gainsay " GAINSAY_VERSION "%s\", \"load_s\": %.2f, "
           "\"disk_mb\": %.1f, \"words_s\": 0, \"words_mb\": 0, \"rss_mb\": %.0f",
           asker->suffix, loaded.seconds, loaded.disk / 1e6, loaded.anonymous / 1024.0);
    for (int i = 0; i < GS_BENCH_QUESTIONS; i++)
        measure(asker, self, (gs_bench_question)i, gs_map_get(all, gs_text_of(names[i])));
    puts("}");
    asker->close(self);
    gs_arena_free(&arena);
}

int main(int argc, char **argv)
{
    const gs_bench_asker *asker = &gs_bench_language;
    const char *only = NULL;
    bool ways = false;
    char directory[4096];

    for (; argc > 1 && strncmp(argv[1], "--", 2) == 0; argc--, argv++)
        if (strcmp(argv[1], "--direct") == 0) {
            asker = &gs_bench_direct;
        } else if (strcmp(argv[1], "--ways") == 0) {
            ways = true;
        } else if (strcmp(argv[1], "--only") == 0 && argc > 2) {
            only = argv[2];
            argc--;
            argv++;
        }
    if (argc != 4) {
        fputs("usage: gainsay-bench [--direct] [--only QUESTION | --ways] "
              "STATEMENTS.jsonl QUESTIONS.json WORKDIR\n",
              stderr);
        return 2;
    }
    snprintf(directory, sizeof directory, "%s/gainsay.store", argv[3]);
    if (ways)
        compare_ways(argv[2], directory);
    else if (only != NULL)
        repeat(asker, only, argv[2], directory);
    else
        run(asker, argv[1], argv[2], directory);
    return 0;
}
