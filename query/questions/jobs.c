/* The runs of jobs, oldest first, as the ledger has them. */
#include "query/questions/question.h"

static const char *const columns[] = {
    "run",     "job",     "start",    "end",       "state",  "new", "known",
    "revised", "skipped", "rejected", "conflicts", "linked", "open"};
enum { COLUMNS = sizeof columns / sizeof *columns };

static gs_code jobs_open(gs_asked *asked, gs_error *err)
{
    uint64_t *last = gs_arena_take(&asked->arena, sizeof *last);

    if (last == NULL)
        return gs_fail_memory(err);
    asked->state = last; /* the run given last */
    return GS_OK;
}

static gs_code jobs_next(gs_asked *asked, gs_error *err)
{
    uint64_t *last = asked->state;
    gs_value run;
    gs_code rc = gs_ledger_read(last, &run, asked->snapshot, GS_LEDGER_RUNS, *last + 1,
                                &asked->row, err);

    if (rc != GS_OK)
        return rc;
    asked->cells[0] = gs_integer((int64_t)*last);
    for (size_t i = 1; i < COLUMNS; i++)
        asked->cells[i] = gs_map_get(run, gs_text_of(columns[i]));
    return GS_OK;
}

const gs_question gs_question_jobs = {
    "jobs", "nothing", 0, 0, columns, COLUMNS, jobs_open, jobs_next, NULL,
};
