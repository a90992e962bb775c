/* The questions in the query language, through the public header alone. */
#include "include/gainsay/gainsay.h"
#include "tests/bench/bench.h"

#include <stdlib.h>
#include <string.h>

enum { PARAMETERS = 3, ROWS = -1 };

#define STEP(from, to)                                                                   \
    "OPTIONAL MATCH (" from ")-[:MADE]->(s:Claim {kind: 'claim'})-[:ACCUSES]->(" to ") " \
    "WHERE possibly(s.date >= $first AND s.date <= $last) "
#define EACH(list, as)                                                                   \
    "UNWIND CASE WHEN size(" list ") = 0 THEN [null] ELSE " list " END AS " as " "

static const struct asked {
    const char *text, *parameters[PARAMETERS];
    int column; /* whose first value is the answer; ROWS counts them */
} asked[GS_BENCH_QUESTIONS] = {
    [GS_BENCH_ACCUSATIONS] =
        {"MATCH (:Actor {name: $actor})<-[:ACCUSES]-(s:Claim) "
         "WHERE possibly(s.date >= $first AND s.date <= $last) RETURN s.id",
         {"actor", "first", "last"},
         ROWS},
    [GS_BENCH_CHAINS] = {"MATCH (:Statement {id: $id})<-[:ANSWERS*1..8]-() "
                         "RETURN count(*)",
                         {"id"},
                         0},
    [GS_BENCH_REACHED] =
        {"MATCH (a:Actor {name: $actor}) " STEP(
             "a", "b") "WITH collect(DISTINCT b) AS one " EACH("one", "x")
             STEP("x", "b") "WITH one, collect(DISTINCT b) AS two " EACH("two", "y")
                 STEP("y", "b") "WITH one, two, collect(DISTINCT b) AS three "
                                "UNWIND one + two + three AS reached RETURN "
                                "count(DISTINCT reached)",
         {"actor", "first", "last"},
         0},
    [GS_BENCH_PAIRS] = {"MATCH (:Actor {name: $speaker})-[:MADE]->(s:Statement)"
                        "-[:ACCUSES]->(:Actor {name: $accused}) "
                        "WHERE s.kind IN ['claim', 'denial'] "
                        "RETURN substring(toString(s.date), 0, 7) AS month, "
                        "sum(CASE s.kind WHEN 'claim' THEN 1 ELSE 0 END), "
                        "sum(CASE s.kind WHEN 'denial' THEN 1 ELSE 0 END)",
                        {"speaker", "accused"},
                        ROWS},
    [GS_BENCH_MOST] = {"MATCH (:Claim {kind: 'claim'})-[:ACCUSES]->(a:Actor) "
                       "RETURN a.name, count(*) AS times ORDER BY times DESC LIMIT 20",
                       {NULL},
                       1},
    [GS_BENCH_SEARCH] = {"MATCH (s:Statement) WHERE has_words(s, $words) RETURN count(*)",
                         {"words"},
                         0},
};

static void check(const char *what, gainsay_code rc, const gainsay_error *error)
{
    if (rc != GAINSAY_OK && rc != GAINSAY_END)
        gs_bench_fail(what, error->text);
}

typedef struct language {
    gainsay_store *store;
    gainsay_rows *prepared[GS_BENCH_QUESTIONS]; /* NULL until it is first asked */
} language;

static void *open_store(const char *directory)
{
    language *l = calloc(1, sizeof *l);
    gainsay_error error;

    if (l == NULL)
        gs_bench_fail(directory, "out of memory");
    check(directory, gainsay_open(&l->store, directory, &error), &error);
    return l;
}

/* Prepared once, then bound anew. */
static gainsay_rows *start(language *l, gs_bench_question question,
                           const char *parameters)
{
    const char *text = asked[question].text;
    const gainsay_options options = {.parameters = parameters};
    gainsay_rows **rows = &l->prepared[question];
    gainsay_error error;

    if (*rows != NULL)
        check(text, gainsay_bind(*rows, parameters, &error), &error);
    else
        check(text, gainsay_query(rows, l->store, text, strlen(text), &options, &error),
              &error);
    return *rows;
}

/* The words of a search are one parameter; each other question has one a value. */
static void write_parameters(gs_buffer *out, gs_bench_question question, gs_value values)
{
    const char *const *names = asked[question].parameters;
    gs_text words[2] = {gs_bench_parameter(values, 0), gs_bench_parameter(values, 1)};

    gs_buffer_char(out, '{');
    for (size_t i = 0; i < PARAMETERS && names[i] != NULL; i++) {
        if (i > 0)
            gs_buffer_char(out, ',');
        gs_json_string(out, gs_text_of(names[i]));
        gs_buffer_char(out, ':');
        if (question == GS_BENCH_SEARCH) {
            gs_arena arena = {0};

            gs_json_string(out, gs_text_join(&arena, words, 2, GS_TEXT(" ")));
            gs_arena_free(&arena);
        } else {
            gs_json_string(out, gs_bench_parameter(values, i));
        }
    }
    gs_buffer_bytes(out, "}", 2); /* and the end of a C string */
}

static uint64_t ask(void *self, gs_bench_question question, gs_value values)
{
    const struct asked *q = &asked[question];
    gainsay_rows *rows;
    gainsay_error error;
    gainsay_code rc;
    gs_buffer parameters = {0};
    uint64_t count = 0, answer = 0;

    write_parameters(&parameters, question, values);
    rows = start(self, question, parameters.bytes);
    while ((rc = gainsay_next(rows, &error)) == GAINSAY_OK)
        if (count++ == 0 && q->column != ROWS)
            answer = (uint64_t)gainsay_as_integer(gainsay_cell(rows, (size_t)q->column));
    check(q->text, rc, &error);
    gs_buffer_free(&parameters);
    return q->column == ROWS ? count : answer;
}

static void close_store(void *self)
{
    language *l = self;

    for (size_t i = 0; i < GS_BENCH_QUESTIONS; i++)
        gainsay_rows_close(l->prepared[i]);
    gainsay_close(l->store);
    free(l);
}

const gs_bench_asker gs_bench_language = {"", open_store, ask, close_store};
