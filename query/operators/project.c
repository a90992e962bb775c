#include "query/operators/operators.h"

typedef struct project {
    gs_operator base;
    const gs_projection *projection;
    bool *done; /* the items whose slots are filled already */
} project;

static gs_code project_open(gs_operator *self, gs_error *err)
{
    return gs_open(self->input, err);
}

static gs_code project_next(gs_operator *self, gs_error *err)
{
    const gs_projection *p = ((project *)self)->projection;
    gs_run *run = self->run;
    gs_value value;
    gs_code rc;

    GS_TRY(gs_next(self->input, err));
    gs_arena_reset(&self->arena);
    for (size_t i = 0; i < p->count; i++) {
        const gs_expr *expr = p->items[i].expr;
        if (((project *)self)->done[i])
            continue;
        GS_TRY(gs_evaluate(&value, run, expr, &self->arena, err));
        if (!gs_nests_well(value))
            return gs_refuse_row(err, run->text, expr->place, "ArgumentError",
                                 "InvalidArgumentValue",
                                 "lists within lists past %d levels", GS_NESTING_MAX);
        run->frame[p->items[i].slot] = value;
    }
out:
    return rc;
}

static void project_explain(const gs_operator *self, gs_buffer *details)
{
    const gs_projection *p = ((const project *)self)->projection;

    for (size_t i = 0; i < p->count; i++) {
        gs_buffer_text(details, i > 0 ? GS_TEXT(", ") : GS_TEXT(""));
        gs_buffer_text(details, p->items[i].name);
    }
}

static const gs_operator_class project_class = {
    "Work out", sizeof(project), project_open, project_next, NULL, project_explain};

gs_operator *gs_project(gs_run *run, gs_operator *input, const gs_projection *projection)
{
    project *p = gs_operator_make(run, &project_class, input);

    if (p == NULL)
        return NULL;
    p->projection = projection;
    p->done = gs_arena_array(&run->arena, projection->count, sizeof *p->done);
    for (size_t i = 0; p->done != NULL && i < projection->count; i++) {
        const gs_item *item = &projection->items[i];
        p->done[i] =
            gs_item_groups(projection, i) ||
            (item->expr->kind == GS_E_VARIABLE && item->expr->slot == item->slot);
    }
    for (size_t i = 0; p->done != NULL && i < projection->count; i++)
        if (!gs_operator_writes(&p->base, projection->items[i].slot))
            return NULL;
    return p->done == NULL ? NULL : &p->base;
}
