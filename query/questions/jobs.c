/* The runs of jobs, oldest first, as the ledger has them; and one of them. */
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

/* One run whole, with its inputs. */
static const char *const run_columns[] = {"run",     "job",       "start",     "end",
                                          "state",   "new",       "known",     "revised",
                                          "skipped", "rejected",  "conflicts", "linked",
                                          "open",    "documents", "inputs"};
enum { RUN_COLUMNS = sizeof run_columns / sizeof *run_columns, INPUT_SHIFT = 32 };

static gs_code run_open(gs_asked *asked, gs_error *err)
{
    gs_text word = asked->arguments[0];
    uint64_t *number = gs_arena_take(&asked->arena, sizeof *number);

    if (number == NULL)
        return gs_fail_memory(err);
    *number = 0;
    for (size_t i = 0; i < word.size; i++)
        if (word.bytes[i] < '0' || word.bytes[i] > '9' || *number > UINT32_MAX)
            return gs_fail(err, GS_USAGE,
                           "run \"%.*s\": no number; see `gainsay jobs` for those there "
                           "are",
                           GS_SHOW(word));
        else
            *number = 10 * *number + (uint64_t)(word.bytes[i] - '0');
    asked->state = number;
    return GS_OK;
}

static gs_code list_inputs(gs_value *out, gs_asked *asked, uint64_t run, gs_error *err)
{
    uint64_t number = run << INPUT_SHIFT;
    gs_value *items = NULL, entry;
    size_t count = 0, room = 0;
    gs_code rc;

    while ((rc = gs_ledger_read(&number, &entry, asked->snapshot, GS_LEDGER_INPUTS,
                                number + 1, &asked->row, err)) == GS_OK &&
           number >> INPUT_SHIFT == run) {
        items = gs_arena_grow(&asked->row, items, count, &room, sizeof *items);
        if (items == NULL)
            return gs_fail_memory(err);
        items[count++] = entry;
    }
    if (rc != GS_OK && rc != GS_END)
        return rc;
    *out = gs_list(items, count);
    return GS_OK;
}

static gs_code run_next(gs_asked *asked, gs_error *err)
{
    uint64_t *wanted = asked->state, found;
    gs_value run;
    gs_code rc;

    if (wanted == NULL)
        return GS_END;
    asked->state = NULL; /* the one row is given */
    rc = gs_ledger_read(&found, &run, asked->snapshot, GS_LEDGER_RUNS, *wanted,
                        &asked->row, err);
    if (rc == GS_END || (rc == GS_OK && found != *wanted))
        return GS_END;
    if (rc != GS_OK)
        return rc;
    asked->cells[0] = gs_integer((int64_t)found);
    for (size_t i = 1; i < RUN_COLUMNS - 1; i++)
        asked->cells[i] = gs_map_get(run, gs_text_of(run_columns[i]));
    return list_inputs(&asked->cells[RUN_COLUMNS - 1], asked, found, err);
}

const gs_question gs_question_run = {
    "run", "its number", 1, 1, run_columns, RUN_COLUMNS, run_open, run_next, NULL,
};
