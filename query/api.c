#include "query/api.h"

#include "graph/store.h"
#include "query/complete.h"
#include "query/questions/question.h"
#include "query/refuse.h"
#include "query/run.h"
#include "query/since.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

struct gainsay_store {
    gs_store *store;
};

/* Either a query's run or a question. */
struct gainsay_rows {
    gs_snapshot *snapshot;
    gs_run *run;
    gs_snapshot *other_snapshot; /* of a difference: the run without whose rows */
    gs_run *other;
    gs_difference *difference;
    const gs_question *question;
    gs_asked asked;
    uint64_t limit, given;
    const gs_value *cells;
};

/* The two errors are one type under two names; api.h has seen to that. */
static gs_error *error_of(gainsay_error *error)
{
    return (gs_error *)error;
}

const char *gainsay_version(void)
{
    return GAINSAY_VERSION;
}

gainsay_code gainsay_open(gainsay_store **out, const char *directory,
                          gainsay_error *error)
{
    gainsay_store *store = calloc(1, sizeof *store);
    gs_code rc;

    if (store == NULL)
        return (gainsay_code)gs_fail_memory(error_of(error));
    rc = gs_store_open(&store->store, directory, &(gs_store_options){0}, error_of(error));
    if (rc != GS_OK) {
        free(store);
        return (gainsay_code)rc;
    }
    *out = store;
    return GAINSAY_OK;
}

void gainsay_close(gainsay_store *store)
{
    if (store == NULL)
        return;
    gs_store_close(store->store);
    free(store);
}

/* A commit's number written in digits; false where it is none. */
static bool read_commit(uint64_t *out, gs_text text)
{
    uint64_t n = 0;

    for (size_t i = 0; i < text.size; i++) {
        unsigned digit = (unsigned)(text.bytes[i] - '0');
        if (digit > 9 || n > (UINT64_MAX - digit) / 10)
            return false;
        n = n * 10 + digit;
    }
    *out = n;
    return text.size > 0;
}

/* A date is the last commit of its last instant. */
static gs_code commit_of_date(uint64_t *out, gs_store *store, gs_text text, gs_error *err)
{
    gs_edtf date;
    gs_error why;

    if (gs_edtf_parse(&date, text, &why) != GS_OK || date.latest == GS_EDTF_OPEN_END)
        return gs_fail(err, GS_USAGE,
                       "as of `%.*s`: neither a commit's number nor a date that ends",
                       GS_SHOW(text));
    return gs_snapshot_commit_at(out, store, date.latest, err);
}

/* What an option says: digits alone are a commit, else it is a date. NULL is now. */
static gs_code commit_of(uint64_t *out, gs_store *store, const char *said, gs_error *err)
{
    gs_text text;

    *out = GS_NOW;
    if (said == NULL)
        return GS_OK;
    text = gs_text_of(said);
    return read_commit(out, text) ? GS_OK : commit_of_date(out, store, text, err);
}

static gs_code option_commit(uint64_t *out, gs_store *store,
                             const gainsay_options *options, gs_error *err)
{
    return commit_of(out, store, options == NULL ? NULL : options->as_of, err);
}

/* What AS OF says: a number is a commit, a string a date. */
static gs_code own_commit(uint64_t *out, gs_run *run, gs_store *store, gs_value as_of,
                          gs_error *err)
{
    gs_code rc = GS_OK;

    *out = (uint64_t)as_of.as.integer;
    if (as_of.type == GS_STRING)
        rc = commit_of_date(out, store, as_of.as.string, err);
    else if (as_of.as.integer < 0)
        rc = gs_fail(err, GS_USAGE, "as of %" PRId64 ": commits count from 1",
                     as_of.as.integer);
    if (rc == GS_USAGE) {
        rc = err->code = GS_QUERY;
        gs_error_place(err, run->text, run->tree.as_of->place);
    }
    return rc;
}

static gs_code read_settings(gs_settings *out, gs_arena *arena,
                             const gainsay_options *options, gs_error *err)
{
    gs_code rc = GS_OK;

    *out = (gs_settings){.parameters = gs_null};
    if (options == NULL)
        return GS_OK;
    out->strict = options->strict;
    out->stated_only = options->stated_only;
    out->unmerged = options->unmerged;
    out->max_rows = options->max_rows;
    out->timeout_ms = options->timeout_ms;
    out->max_memory = options->max_memory;
    out->interrupt = options->interrupt;
    out->now = options->now;
    if (options->parameters == NULL)
        return GS_OK;
    rc = gs_json_parse(&out->parameters, arena, gs_text_of(options->parameters), err);
    if (rc == GS_OK && out->parameters.type != GS_MAP)
        rc = gs_fail(err, GS_USAGE, "parameters: a JSON object is wanted, name to value");
    if (rc == GS_INPUT)
        rc = gs_fail(err, GS_USAGE, "parameters: %s", err->text);
    return rc;
}

/* The query's own AS OF or the option's, not both. */
static gs_code query_commit(uint64_t *out, gs_run *run, gs_store *store,
                            const gainsay_options *options, gs_error *err)
{
    gs_value own;
    gs_code rc;

    GS_TRY(gs_run_as_of(&own, run, err));
    if (own.type == GS_NULL)
        return option_commit(out, store, options, err);
    if (options != NULL && options->as_of != NULL)
        return gs_refuse(err, run->text, run->tree.as_of->place, "SyntaxError",
                         "InvalidClauseComposition",
                         "the query says AS OF, and so does the option; leave out one");
    rc = own_commit(out, run, store, own, err);
out:
    return rc;
}

/* A difference compares two commits; the query must not name a third. */
static gs_code check_since(const gs_run *run, gs_error *err)
{
    if (run->tree.mode != GS_RUN)
        return gs_fail(err, GS_USAGE,
                       "since: EXPLAIN and PROFILE have no rows to compare");
    if (run->tree.as_of != NULL)
        return gs_refuse(err, run->text, run->tree.as_of->place, "SyntaxError",
                         "InvalidClauseComposition",
                         "the query says AS OF, and is compared with another commit; "
                         "say it as an option");
    return GS_OK;
}

/* The run of the other commit. */
static gs_code open_other(gainsay_rows *rows, gs_store *store, gs_text text,
                          const gs_settings *settings, const gainsay_options *options,
                          gs_error *err)
{
    uint64_t commit;
    gs_code rc;

    GS_TRY(check_since(rows->run, err));
    GS_TRY(
        commit_of(&commit, store, options->gone ? options->as_of : options->since, err));
    GS_TRY(gs_run_parse(&rows->other, text, settings, err));
    GS_TRY(gs_snapshot_open(&rows->other_snapshot, store, commit, err));
    GS_TRY(gs_run_prepare(rows->other, rows->other_snapshot, err));
    rc = gs_difference_open(&rows->difference, rows->run, rows->other, err);
out:
    return rc;
}

static gs_code open_query(gainsay_rows *rows, gs_store *store, gs_text text,
                          const gainsay_options *options, gs_error *err)
{
    bool since = options != NULL && options->since != NULL;
    gs_settings settings;
    uint64_t commit;
    gs_code rc;

    if (options != NULL && options->gone && !since)
        return gs_fail(err, GS_USAGE, "gone: since when? say so with it");
    GS_TRY(read_settings(&settings, &rows->asked.arena, options, err));
    settings.uncut = since;
    GS_TRY(gs_run_parse(&rows->run, text, &settings, err));
    if (since && options->gone)
        GS_TRY(commit_of(&commit, store, options->since, err));
    else
        GS_TRY(query_commit(&commit, rows->run, store, options, err));
    GS_TRY(gs_snapshot_open(&rows->snapshot, store, commit, err));
    GS_TRY(gs_run_prepare(rows->run, rows->snapshot, err));
    if (since)
        rc = open_other(rows, store, text, &settings, options, err);
out:
    return rc;
}

gainsay_code gainsay_query(gainsay_rows **out, gainsay_store *store, const char *text,
                           size_t size, const gainsay_options *options,
                           gainsay_error *error)
{
    gainsay_rows *rows = calloc(1, sizeof *rows);
    gs_code rc;

    if (rows == NULL)
        return (gainsay_code)gs_fail_memory(error_of(error));
    rc = open_query(rows, store->store, (gs_text){text, size}, options, error_of(error));
    if (rc == GS_OK)
        *out = rows;
    else
        gainsay_rows_close(rows);
    return (gainsay_code)rc;
}

/* The caller's function under the public signature. */
typedef struct adding {
    gainsay_add_word *add;
    void *context;
} adding;

static void add_word(void *context, gs_text word)
{
    const adding *a = context;

    a->add(a->context, word.bytes, word.size);
}

gainsay_code gainsay_complete(size_t *begun, gainsay_store *store, const char *text,
                              size_t size, gainsay_add_word *add, void *context,
                              gainsay_error *error)
{
    adding a = {add, context};
    gs_snapshot *snapshot = NULL;
    gs_code rc;

    GS_TRY(gs_snapshot_open(&snapshot, store->store, GS_NOW, error_of(error)));
    rc = gs_complete(begun, snapshot, (gs_text){text, size}, add_word, &a,
                     error_of(error));
out:
    gs_snapshot_close(snapshot);
    return (gainsay_code)rc;
}

static gs_code check_names(const gs_run *run, gs_value parameters, gs_error *err)
{
    size_t given = 0;

    for (size_t i = 0; i < run->parameter_count; i++) {
        bool has = false;

        for (size_t k = 0; !has && k < parameters.as.map.count; k++)
            has =
                gs_text_equal(parameters.as.map.entries[k].key, run->parameter_names[i]);
        if (!has)
            return gs_fail(err, GS_USAGE, "parameters: $%.*s is missing",
                           GS_SHOW(run->parameter_names[i]));
        given++;
    }
    if (given < parameters.as.map.count)
        return gs_fail(err, GS_USAGE, "parameters: one is given that the query has not");
    return GS_OK;
}

gainsay_code gainsay_bind(gainsay_rows *rows, const char *parameters,
                          gainsay_error *error)
{
    const gainsay_options options = {.parameters = parameters};
    gs_error *err = error_of(error);
    gs_settings settings;
    gs_code rc;

    if (rows->run == NULL)
        return (gainsay_code)gs_fail(err, GS_USAGE, "only a query has parameters");
    gs_arena_reset(&rows->asked.row);
    GS_TRY(read_settings(&settings, &rows->asked.row, &options, err));
    if (settings.parameters.type != GS_MAP)
        settings.parameters = gs_map(NULL, 0);
    GS_TRY(check_names(rows->run, settings.parameters, err));
    GS_TRY(gs_run_bind(rows->run, settings.parameters, err));
    if (rows->difference != NULL) {
        GS_TRY(gs_run_bind(rows->other, settings.parameters, err));
        gs_difference_restart(rows->difference);
    }
    rows->cells = NULL;
out:
    return (gainsay_code)rc;
}

static gs_code take_arguments(gs_asked *asked, const gs_question *question,
                              const char *const *arguments, size_t count, gs_error *err)
{
    gs_text *texts = gs_arena_array(&asked->arena, count, sizeof *texts);

    if (count < question->least || count > question->most)
        return gs_fail(err, GS_USAGE, "%s: takes %s", question->name, question->usage);
    if (texts == NULL)
        return gs_fail_memory(err);
    for (size_t i = 0; i < count; i++) {
        texts[i] = gs_text_copy(&asked->arena, gs_text_of(arguments[i]));
        if (texts[i].bytes == NULL)
            return gs_fail_memory(err);
        if (!gs_utf8_valid(texts[i], NULL))
            return gs_fail(err, GS_USAGE, "%s: an argument is no UTF-8", question->name);
    }
    asked->arguments = texts;
    asked->count = count;
    return gs_asked_columns(asked, question->columns, question->column_count, err);
}

static gs_code open_question(gainsay_rows *rows, gs_store *store, const char *name,
                             const char *const *arguments, size_t count,
                             const gainsay_options *options, gs_error *err)
{
    const gs_question *question = gs_question_find(gs_text_of(name));
    uint64_t commit;
    gs_code rc;

    if (question == NULL)
        return gs_fail(err, GS_USAGE, "%s: there is no such question", name);
    GS_TRY(read_settings(&rows->asked.settings, &rows->asked.arena, options, err));
    GS_TRY(take_arguments(&rows->asked, question, arguments, count, err));
    rows->limit = options == NULL ? 0 : options->limit;
    GS_TRY(option_commit(&commit, store, options, err));
    GS_TRY(gs_snapshot_open(&rows->snapshot, store, commit, err));
    rows->asked.snapshot = rows->snapshot;
    rows->question = rows->asked.question = question;
    rc = question->open(&rows->asked, err);
out:
    return rc;
}

gainsay_code gainsay_ask(gainsay_rows **out, gainsay_store *store, const char *question,
                         const char *const *arguments, size_t count,
                         const gainsay_options *options, gainsay_error *error)
{
    gainsay_rows *rows = calloc(1, sizeof *rows);
    gs_code rc;

    if (rows == NULL)
        return (gainsay_code)gs_fail_memory(error_of(error));
    rc = open_question(rows, store->store, question, arguments, count, options,
                       error_of(error));
    if (rc == GS_OK)
        *out = rows;
    else
        gainsay_rows_close(rows);
    return (gainsay_code)rc;
}

size_t gainsay_columns(const gainsay_rows *rows)
{
    return rows->run != NULL ? rows->run->column_count : rows->asked.column_count;
}

const char *gainsay_column(const gainsay_rows *rows, size_t index)
{
    if (index >= gainsay_columns(rows))
        return NULL;
    return rows->run != NULL ? rows->run->columns[index].name
                             : rows->asked.columns[index];
}

size_t gainsay_warnings(const gainsay_rows *rows)
{
    return rows->run != NULL ? rows->run->warning_count : 0;
}

const gainsay_error *gainsay_warning(const gainsay_rows *rows, size_t index)
{
    const gs_warning *warning = rows->run != NULL ? rows->run->warnings : NULL;

    while (warning != NULL && index-- > 0)
        warning = warning->next;
    return warning == NULL ? NULL : (const gainsay_error *)&warning->error;
}

static gs_code next_answer(gainsay_rows *rows, gs_error *err)
{
    gs_code rc;

    if (rows->limit > 0 && rows->given == rows->limit)
        return GS_END;
    gs_arena_reset(&rows->asked.row);
    rc = rows->question->next(&rows->asked, err);
    if (rc != GS_OK)
        return rc;
    rows->given++;
    rows->cells = rows->asked.cells;
    return GS_OK;
}

gainsay_code gainsay_next(gainsay_rows *rows, gainsay_error *error)
{
    gs_code rc;

    rows->cells = NULL;
    if (rows->difference != NULL)
        rc = gs_difference_next(rows->difference, &rows->cells, error_of(error));
    else if (rows->run != NULL)
        rc = gs_run_next(rows->run, &rows->cells, error_of(error));
    else
        rc = next_answer(rows, error_of(error));
    return (gainsay_code)rc;
}

const gainsay_value *gainsay_cell(const gainsay_rows *rows, size_t column)
{
    if (rows->cells == NULL || column >= gainsay_columns(rows))
        return NULL;
    return &rows->cells[column];
}

void gainsay_rows_close(gainsay_rows *rows)
{
    if (rows == NULL)
        return;
    if (rows->question != NULL && rows->question->close != NULL)
        rows->question->close(&rows->asked);
    gs_difference_close(rows->difference);
    gs_run_close(rows->other);
    gs_snapshot_close(rows->other_snapshot);
    gs_run_close(rows->run);
    gs_snapshot_close(rows->snapshot);
    gs_arena_free(&rows->asked.row);
    gs_arena_free(&rows->asked.arena);
    free(rows);
}
