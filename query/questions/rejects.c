/* The records that were set aside, as the ledger has them. */
#include "query/questions/question.h"

static const char *const columns[] = {"reject", "run",    "file",  "line",
                                      "at",     "reason", "record"};
enum { COLUMNS = sizeof columns / sizeof *columns };

static const char *const names[COLUMNS] = {NULL, "run",    "file", "line",
                                           "at", "reason", "bytes"};

static gs_code rejects_open(gs_asked *asked, gs_error *err)
{
    uint64_t *last = gs_arena_take(&asked->arena, sizeof *last);

    if (last == NULL)
        return gs_fail_memory(err);
    asked->state = last; /* the one given last */
    return GS_OK;
}

static gs_code rejects_next(gs_asked *asked, gs_error *err)
{
    uint64_t *last = asked->state;
    gs_value entry;
    gs_code rc = gs_ledger_read(last, &entry, asked->snapshot, GS_LEDGER_REJECTS,
                                *last + 1, &asked->row, err);

    if (rc != GS_OK)
        return rc;
    asked->cells[0] = gs_integer((int64_t)*last);
    for (size_t i = 1; i < COLUMNS; i++)
        asked->cells[i] = gs_map_get(entry, gs_text_of(names[i]));
    return GS_OK;
}

const gs_question gs_question_rejects = {
    "rejects", "nothing", 0, 0, columns, COLUMNS, rejects_open, rejects_next, NULL,
};
