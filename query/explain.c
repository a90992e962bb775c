#include "query/explain.h"

#include "query/operators/operator.h"

static const char *const titles[] = {"step", "details",   "expected",
                                     "rows", "looked_at", "ms"};
enum { STEP, DETAILS, EXPECTED, ROWS, LOOKED, TIME, TITLES };

gs_code gs_explain_prepare(gs_run *run, gs_error *err)
{
    size_t count = run->tree.mode == GS_PROFILE ? TITLES : EXPECTED + 1;

    run->columns = gs_arena_array(&run->arena, count, sizeof *run->columns);
    run->cells = gs_arena_array(&run->arena, count, sizeof *run->cells);
    if (run->columns == NULL || run->cells == NULL)
        return gs_fail_memory(err);
    for (size_t i = 0; i < count; i++)
        run->columns[i].name = titles[i];
    run->column_count = count;
    run->explained = 0;
    return GS_OK;
}

/* The step of a line, counted from the root, inputs below; NULL behind the last. */
static const gs_operator *line_of(const gs_operator *op, int64_t *left, int *depth)
{
    for (; op != NULL; op = op->input, ++*depth) {
        if ((*left)-- == 0)
            return op;
        if (op->inner != NULL) {
            int inner = *depth + 1;
            const gs_operator *found = line_of(op->inner, left, &inner);
            if (found != NULL) {
                *depth = inner;
                return found;
            }
        }
    }
    return NULL;
}

static gs_code run_to_end(gs_run *run, gs_error *err)
{
    gs_code rc;

    run->timed = true;
    while ((rc = gs_run_advance(run, err)) == GS_OK)
        ;
    return rc == GS_END ? GS_OK : rc;
}

/* What a step took itself, without those below it. */
static double own_milliseconds(const gs_operator *op)
{
    uint64_t took = op->took_ns;

    if (op->input != NULL)
        took -= op->input->took_ns < took ? op->input->took_ns : took;
    if (op->inner != NULL)
        took -= op->inner->took_ns < took ? op->inner->took_ns : took;
    return (double)(took / 1000) / 1000;
}

static gs_code write_line(gs_run *run, const gs_operator *op, int depth, gs_error *err)
{
    gs_buffer details = {0};
    gs_text name, text;

    if (op->class->explain != NULL)
        op->class->explain(op, &details);
    name = gs_text_format(&run->row, "%*s%s", depth * 2, "", op->class->name);
    text = details.size > 0 ? gs_text_copy(&run->row, gs_buffer_view(&details))
                            : GS_TEXT("");
    gs_buffer_free(&details);
    if (details.failed || name.bytes == NULL || text.bytes == NULL)
        return gs_fail_memory(err);
    run->cells[STEP] = gs_string(name);
    run->cells[DETAILS] = gs_string(text);
    run->cells[EXPECTED] =
        gs_integer(op->estimate < 1e18 ? (int64_t)op->estimate : INT64_MAX);
    if (run->tree.mode == GS_PROFILE) {
        run->cells[ROWS] = gs_integer((int64_t)op->rows);
        run->cells[LOOKED] = gs_integer((int64_t)op->looked);
        run->cells[TIME] = gs_real(own_milliseconds(op));
    }
    return GS_OK;
}

gs_code gs_explain_next(gs_run *run, gs_error *err)
{
    int64_t line = run->explained;
    const gs_operator *op;
    int depth = 0;
    gs_code rc = GS_OK;

    if (run->tree.mode == GS_PROFILE && !run->started)
        GS_TRY(run_to_end(run, err));
    gs_arena_reset(&run->row);
    op = line_of(run->root, &line, &depth);
    if (op == NULL)
        return GS_END;
    run->explained++;
    rc = write_line(run, op, depth, err);
out:
    return rc;
}
