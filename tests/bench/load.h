/* Loading as a user does: a process of its own, watched. */
#ifndef TESTS_BENCH_LOAD_H
#define TESTS_BENCH_LOAD_H

typedef struct gs_bench_loaded {
    double seconds;   /* from its start to its end, whole */
    double disk;      /* bytes of data.mdb */
    double anonymous; /* KiB: peak of RssAnon; mapped file pages are not memory of ours */
} gs_bench_loaded;

/* Replaces the store in `directory`. */
gs_bench_loaded gs_bench_load(const char *statements, const char *directory);

#endif
