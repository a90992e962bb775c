#include "query/questions/question.h"

#include "graph/base/hash.h"
#include "graph/survey.h"
#include <time.h>

static const char *const columns[] = {
    "nodes", "edges", "statements", "documents",  "actors", "commit", "time",
    "hash",  "runs",  "bytes",      "free_bytes", "tables", "readers"};

static gs_code status_open(gs_asked *asked, gs_error *err)
{
    (void)err;
    asked->state = NULL;
    return GS_OK;
}

static gs_code count_runs(int64_t *out, gs_asked *asked, gs_error *err)
{
    uint64_t number = 0;
    gs_value run;
    gs_code rc;

    *out = 0;
    while ((rc = gs_ledger_read(&number, &run, asked->snapshot, GS_LEDGER_RUNS,
                                number + 1, &asked->row, err)) == GS_OK)
        ++*out;
    return rc == GS_END ? GS_OK : rc;
}

/* Seconds UTC as a date. */
static gs_code time_of(gs_value *out, int64_t seconds, gs_arena *arena, gs_error *err)
{
    gs_edtf *date = gs_arena_take(arena, sizeof *date);
    time_t time = (time_t)seconds;
    struct tm tm;
    char text[32];
    gs_code rc;

    if (date == NULL)
        return gs_fail_memory(err);
    if (gmtime_r(&time, &tm) == NULL ||
        strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &tm) == 0)
        return gs_fail(err, GS_DAMAGED, "the last commit's time is none");
    GS_TRY(gs_edtf_parse(date, gs_text_of(text), err));
    *out = gs_date(date);
out:
    return rc;
}

static gs_code describe_commit(gs_asked *asked, gs_error *err)
{
    uint64_t number = gs_snapshot_commit(asked->snapshot);
    char *hash = gs_arena_take(&asked->row, 2 * GS_SHA256_SIZE + 1);
    gs_commit commit;
    gs_code rc = GS_OK;

    asked->cells[5] = gs_integer((int64_t)number);
    asked->cells[6] = asked->cells[7] = gs_null;
    if (number == 0)
        return GS_OK;
    if (hash == NULL)
        return gs_fail_memory(err);
    GS_TRY(gs_commit_read(&commit, asked->snapshot, number, err));
    gs_hex(hash, commit.hash, GS_SHA256_SIZE);
    asked->cells[7] = gs_string((gs_text){hash, 2 * GS_SHA256_SIZE});
    rc = time_of(&asked->cells[6], commit.time, &asked->row, err);
out:
    return rc == GS_END ? gs_fail(err, GS_DAMAGED, "the last commit is not there") : rc;
}

static gs_code status_next(gs_asked *asked, gs_error *err)
{
    const gs_snapshot *s = asked->snapshot;
    gs_survey survey;
    int64_t runs;
    gs_code rc;

    if (asked->state != NULL)
        return GS_END;
    asked->state = asked; /* the one row is given */
    asked->cells[0] = gs_integer((int64_t)gs_count_nodes(s, 0));
    asked->cells[1] = gs_integer((int64_t)gs_count_edges(s, 0));
    asked->cells[2] = gs_integer((int64_t)gs_count_nodes(s, GS_STATEMENT));
    asked->cells[3] = gs_integer((int64_t)gs_count_nodes(s, GS_DOCUMENT));
    asked->cells[4] = gs_integer((int64_t)gs_count_nodes(s, GS_ACTOR));
    GS_TRY(describe_commit(asked, err));
    GS_TRY(count_runs(&runs, asked, err));
    asked->cells[8] = gs_integer(runs);
    GS_TRY(gs_survey_make(&survey, s, &asked->row, err));
    asked->cells[9] = gs_integer((int64_t)survey.bytes);
    asked->cells[10] = gs_integer((int64_t)survey.free);
    asked->cells[11] = survey.tables;
    asked->cells[12] = survey.readers;
out:
    return rc;
}

const gs_question gs_question_status = {
    "status",    "nothing",   0,    0, columns, sizeof columns / sizeof *columns,
    status_open, status_next, NULL,
};
