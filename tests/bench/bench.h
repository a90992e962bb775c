/* What the files of gainsay-bench share: the six questions, asked one way or the other.
 *
 * Ownership  an asker borrows its store until it is closed.
 * Errors     a failure ends the program with its message: it measures, it does not serve.
 */
#ifndef TESTS_BENCH_BENCH_H
#define TESTS_BENCH_BENCH_H

#include "graph/base/value.h"
#include <stdint.h>

enum {
    GS_BENCH_CHAIN = 8, /* hops of a chain of replies */
    GS_BENCH_REACH = 3, /* accusations from one actor to the next */
    GS_BENCH_TOP = 20,  /* rows of the most accused */
    GS_BENCH_ASKED = 3, /* times the most accused are asked for */
    GS_BENCH_WAYS = 6,  /* to write each question in the language */
};

typedef enum gs_bench_question {
    GS_BENCH_ACCUSATIONS,
    GS_BENCH_CHAINS,
    GS_BENCH_REACHED,
    GS_BENCH_PAIRS,
    GS_BENCH_MOST,
    GS_BENCH_SEARCH,
    GS_BENCH_QUESTIONS,
} gs_bench_question;

typedef struct gs_bench_asker {
    const char *suffix; /* of the engine's name */
    void *(*open)(const char *directory);
    /* One question with its parameters; what is counted of its answer. */
    uint64_t (*ask)(void *self, gs_bench_question question, gs_value parameters);
    void (*close)(void *self);
} gs_bench_asker;

extern const gs_bench_asker gs_bench_direct, gs_bench_language;

/* From now on the language is asked in another of the ways, which mean the same. */
void gs_bench_ask_so(void *self, size_t way);

/* Parameter `index` of a question, or the only one; "" where it is none. */
gs_text gs_bench_parameter(gs_value parameters, size_t index);

_Noreturn void gs_bench_fail(const char *what, const char *why);

#endif
