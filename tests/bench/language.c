/* The questions in the query language, through the public header alone. */
#include "include/gainsay/gainsay.h"
#include "tests/bench/bench.h"

#include <stdlib.h>
#include <string.h>

enum { PARAMETERS = 3, ROWS = -1 };

#define IN_WINDOW "possibly(s.date >= $first AND s.date <= $last) "
#define STEP(from, to)                                                                   \
    "OPTIONAL MATCH (" from ")-[:MADE]->(s:Claim {kind: 'claim'})-[:ACCUSES]->(" to ") " \
    "WHERE " IN_WINDOW
#define EACH(list, as)                                                                   \
    "UNWIND CASE WHEN size(" list ") = 0 THEN [null] ELSE " list " END AS " as " "
#define REACH(begin, one, two, three)                                                    \
    begin " " one "WITH collect(DISTINCT b) AS one " EACH("one", "x") two                \
        "WITH one, collect(DISTINCT b) AS two " EACH("two", "y") three                   \
        "WITH one, two, collect(DISTINCT b) AS three "                                   \
        "UNWIND one + two + three AS reached RETURN count(DISTINCT reached)"
#define TURNED(from, to)                                                                 \
    "OPTIONAL MATCH (" to ")<-[:ACCUSES]-(s:Claim {kind: 'claim'})<-[:MADE]-(" from ") " \
    "WHERE " IN_WINDOW
#define MOVED(from, to, more)                                                            \
    "OPTIONAL MATCH (" from ")-[:MADE]->(s:Claim)-[:ACCUSES]->(" to ") "                 \
    "WHERE " more " s.kind = 'claim' AND " IN_WINDOW
#define PER_MONTH                                                                        \
    "RETURN substring(toString(s.date), 0, 7) AS month, "                                \
    "sum(CASE s.kind WHEN 'claim' THEN 1 ELSE 0 END), "                                  \
    "sum(CASE s.kind WHEN 'denial' THEN 1 ELSE 0 END)"
#define OF_PAIR "s.kind IN ['claim', 'denial'] "
#define MOST "RETURN a.name, count(*) AS times ORDER BY times DESC LIMIT 20"

static const struct asked {
    const char
        *texts[GS_BENCH_WAYS]; /* the first is the question's, the others mean it */
    const char *parameters[PARAMETERS];
    int column; /* whose first value is the answer; ROWS counts them */
} asked[GS_BENCH_QUESTIONS] = {
    [GS_BENCH_ACCUSATIONS] =
        {{"MATCH (:Actor {name: $actor})<-[:ACCUSES]-(s:Claim) WHERE " IN_WINDOW
          "RETURN s.id",
          "MATCH (s:Claim)-[:ACCUSES]->(:Actor {name: $actor}) WHERE " IN_WINDOW
          "RETURN s.id",
          "MATCH (a:Actor)<-[:ACCUSES]-(s:Claim) WHERE a.name = $actor AND " IN_WINDOW
          "RETURN s.id",
          "MATCH (a:Actor {name: $actor}) MATCH (s:Claim)-[:ACCUSES]->(a) "
          "WHERE " IN_WINDOW "RETURN s.id",
          "MATCH (:Actor {name: $actor})<-[:ACCUSES]-(s:Claim) WHERE "
          "possibly($last >= s.date) AND possibly($first <= s.date) RETURN s.id",
          "MATCH (:Actor {name: $actor})<-[:ACCUSES]-(s:Claim) WHERE s.id IS NOT NULL "
          "AND " IN_WINDOW "RETURN s.id"},
         {"actor", "first", "last"},
         ROWS},
    [GS_BENCH_CHAINS] =
        {{"MATCH (:Statement {id: $id})<-[:ANSWERS*1..8]-() RETURN count(*)",
          "MATCH ()-[:ANSWERS*1..8]->(:Statement {id: $id}) RETURN count(*)",
          "MATCH (s:Statement)<-[:ANSWERS*1..8]-() WHERE s.id = $id RETURN count(*)",
          "MATCH (s:Statement) WHERE s.id = $id MATCH (d)-[:ANSWERS*1..8]->(s) "
          "RETURN count(d)",
          "MATCH p = (:Statement {id: $id})<-[:ANSWERS*1..8]-() RETURN count(p)",
          "MATCH (s:Statement {id: $id})<-[:ANSWERS*1..8]-() WHERE s.id IS NOT NULL "
          "RETURN count(*)"},
         {"id"},
         0},
    [GS_BENCH_REACHED] = {{REACH("MATCH (a:Actor {name: $actor})", STEP("a", "b"),
                                 STEP("x", "b"), STEP("y", "b")),
                           REACH("MATCH (a:Actor {name: $actor})", TURNED("a", "b"),
                                 TURNED("x", "b"), TURNED("y", "b")),
                           REACH("MATCH (a:Actor {name: $actor})", MOVED("a", "b", ""),
                                 MOVED("x", "b", ""), MOVED("y", "b", "")),
                           REACH("MATCH (a:Actor) WHERE $actor = a.name", STEP("a", "b"),
                                 STEP("x", "b"), STEP("y", "b")),
                           REACH("MATCH (a:Actor {name: $actor})", STEP("a", "b:Actor"),
                                 STEP("x", "b:Actor"), STEP("y", "b:Actor")),
                           REACH("MATCH (a:Actor {name: $actor})",
                                 MOVED("a", "b", "s.date IS NOT NULL AND"),
                                 MOVED("x", "b", "s.date IS NOT NULL AND"),
                                 MOVED("y", "b", "s.date IS NOT NULL AND"))},
                          {"actor", "first", "last"},
                          0},
    [GS_BENCH_PAIRS] =
        {{"MATCH (:Actor {name: $speaker})-[:MADE]->(s:Statement)-[:ACCUSES]->"
          "(:Actor {name: $accused}) WHERE " OF_PAIR PER_MONTH,
          "MATCH (:Actor {name: $accused})<-[:ACCUSES]-(s:Statement)<-[:MADE]-"
          "(:Actor {name: $speaker}) WHERE " OF_PAIR PER_MONTH,
          "MATCH (a:Actor)-[:MADE]->(s:Statement)-[:ACCUSES]->(b:Actor) "
          "WHERE a.name = $speaker AND b.name = $accused AND " OF_PAIR PER_MONTH,
          "MATCH (b:Actor {name: $accused}) MATCH (a:Actor {name: $speaker}) "
          "MATCH (a)-[:MADE]->(s:Statement)-[:ACCUSES]->(b) WHERE " OF_PAIR PER_MONTH,
          "MATCH (s:Statement)-[:ACCUSES]->(:Actor {name: $accused}), "
          "(:Actor {name: $speaker})-[:MADE]->(s) WHERE " OF_PAIR PER_MONTH,
          "MATCH (:Actor {name: $speaker})-[:MADE]->(s:Statement)-[:ACCUSES]->"
          "(:Actor {name: $accused}) WHERE s.date IS NOT NULL AND " OF_PAIR PER_MONTH},
         {"speaker", "accused"},
         ROWS},
    [GS_BENCH_MOST] =
        {{"MATCH (:Claim {kind: 'claim'})-[:ACCUSES]->(a:Actor) " MOST,
          "MATCH (a:Actor)<-[:ACCUSES]-(:Claim {kind: 'claim'}) " MOST,
          "MATCH (s:Claim)-[:ACCUSES]->(a:Actor) WHERE 'claim' = s.kind " MOST,
          "MATCH (a:Actor) MATCH (:Claim {kind: 'claim'})-[:ACCUSES]->(a) " MOST,
          "MATCH (:Claim {kind: 'claim'})-[:ACCUSES]->(a:Actor) WITH a, count(*) AS "
          "times ORDER BY times DESC LIMIT 20 RETURN a.name, times",
          "MATCH (:Claim {kind: 'claim'})-[:ACCUSES]->(a:Actor) WHERE a.name IS NOT "
          "NULL " MOST},
         {NULL},
         1},
    [GS_BENCH_SEARCH] =
        {{"MATCH (s:Statement) WHERE has_words(s, $words) RETURN count(*)",
          "MATCH (s) WHERE s:Statement AND has_words(s, $words) RETURN count(*)",
          "MATCH (s:Statement) WHERE has_words(s, $words) RETURN count(s)",
          "MATCH (s:Statement) WHERE has_words(s, $words) WITH s RETURN count(*)",
          "MATCH (s) WHERE has_words(s, $words) RETURN count(*)",
          "MATCH (s:Statement) WHERE $words <> '' AND has_words(s, $words) "
          "RETURN count(*)"},
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
    size_t way;                                 /* of asking */
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
    const char *text = asked[question].texts[l->way];
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
    check(q->texts[0], rc, &error);
    gs_buffer_free(&parameters);
    return q->column == ROWS ? count : answer;
}

static void forget(language *l)
{
    for (size_t i = 0; i < GS_BENCH_QUESTIONS; i++) {
        gainsay_rows_close(l->prepared[i]);
        l->prepared[i] = NULL;
    }
}

void gs_bench_ask_so(void *self, size_t way)
{
    language *l = self;

    forget(l);
    l->way = way;
}

static void close_store(void *self)
{
    language *l = self;

    forget(l);
    gainsay_close(l->store);
    free(l);
}

const gs_bench_asker gs_bench_language = {"", open_store, ask, close_store};
