#include "query/since.h"

#include "query/expression.h"
#include "query/rowset.h"

#include <stdlib.h>

struct gs_difference {
    gs_run *shown, *other;
    gs_arena arena; /* the other's rows; of its budget */
    gs_rowset rows;
    uint64_t *counts; /* how often each came, less how often it was met again */
    size_t room;
    gs_value *row;
    uint64_t skip, left; /* rows still to be skipped, and to be given */
    bool collected;
};

gs_code gs_difference_open(gs_difference **out, gs_run *shown, gs_run *other,
                           gs_error *err)
{
    gs_difference *d = calloc(1, sizeof *d);

    if (d == NULL)
        return gs_fail_memory(err);
    *d = (gs_difference){.shown = shown, .other = other, .arena.budget = &other->budget};
    *out = d;
    return GS_OK;
}

void gs_difference_restart(gs_difference *d)
{
    d->collected = false;
}

void gs_difference_close(gs_difference *d)
{
    if (d == NULL)
        return;
    gs_arena_free(&d->arena);
    free(d);
}

static gs_code count_row(gs_difference *d, gs_error *err)
{
    const gs_run *run = d->other;
    size_t number;
    bool added;
    gs_code rc;

    for (size_t i = 0; i < run->column_count; i++)
        d->row[i] = run->frame[run->columns[i].slot];
    GS_TRY(gs_rowset_put(&number, &added, &d->rows, d->row, err));
    d->counts = gs_arena_grow(&d->arena, d->counts, number, &d->room, sizeof *d->counts);
    if (d->counts == NULL)
        return gs_fail_memory(err);
    d->counts[number] = added ? 1 : d->counts[number] + 1;
out:
    return rc;
}

/* How the query itself cuts its rows. */
static gs_code read_cut(gs_difference *d, gs_error *err)
{
    gs_run *run = d->shown;
    gs_code rc = GS_OK;

    d->skip = 0;
    d->left = UINT64_MAX;
    if (run->skip != NULL)
        GS_TRY(gs_evaluate_count(&d->skip, run, run->skip, "SKIP", &d->arena, err));
    if (run->limit != NULL)
        GS_TRY(gs_evaluate_count(&d->left, run, run->limit, "LIMIT", &d->arena, err));
out:
    return rc;
}

static gs_code collect(gs_difference *d, gs_error *err)
{
    size_t width = d->other->column_count;
    gs_code rc;

    gs_arena_reset(&d->arena);
    d->counts = NULL;
    d->room = 0;
    d->rows = (gs_rowset){.arena = &d->arena, .width = width};
    d->row = gs_arena_array(&d->arena, width, sizeof *d->row);
    if (d->row == NULL)
        return gs_fail_memory(err);
    GS_TRY(read_cut(d, err));
    while ((rc = gs_run_advance(d->other, err)) == GS_OK)
        GS_TRY(count_row(d, err));
    if (rc == GS_END)
        rc = GS_OK;
    d->collected = rc == GS_OK;
out:
    return rc;
}

/* Whether the other run had the present row too, once more than was met so far. */
static bool was_there(gs_difference *d)
{
    const gs_run *run = d->shown;
    size_t number;

    for (size_t i = 0; i < run->column_count; i++)
        d->row[i] = run->frame[run->columns[i].slot];
    number = gs_rowset_find(&d->rows, d->row);
    if (number == SIZE_MAX || d->counts[number] == 0)
        return false;
    d->counts[number]--;
    return true;
}

static gs_code next_new(gs_difference *d, const gs_value **row, gs_error *err)
{
    gs_code rc = GS_OK;

    if (!d->collected)
        GS_TRY(collect(d, err));
    if (d->left == 0)
        return GS_END;
    do {
        GS_TRY(gs_run_advance(d->shown, err));
    } while (was_there(d) || (d->skip > 0 && d->skip-- > 0));
    d->left--;
    rc = gs_run_show(d->shown, row, err);
out:
    return rc;
}

gs_code gs_difference_next(gs_difference *d, const gs_value **row, gs_error *err)
{
    return gs_run_tell_limit(d->shown, next_new(d, row, err), err);
}
