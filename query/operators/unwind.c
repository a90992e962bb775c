#include "query/operators/operators.h"

typedef struct unwind {
    gs_operator base;
    const gs_expr *expr;
    uint32_t slot;
    gs_value list;
    size_t at;
} unwind;

static gs_code unwind_open(gs_operator *self, gs_error *err)
{
    unwind *u = (unwind *)self;

    u->list = gs_list(NULL, 0);
    u->at = 0;
    return gs_open(self->input, err);
}

static gs_code unwind_next(gs_operator *self, gs_error *err)
{
    unwind *u = (unwind *)self;
    gs_value one;
    gs_code rc = GS_OK;

    while (u->at == u->list.as.list.count) {
        GS_TRY(gs_next(self->input, err));
        gs_arena_reset(&self->arena);
        GS_TRY(gs_evaluate(&one, self->run, u->expr, &self->arena, err));
        u->at = 0;
        u->list = one.type == GS_NULL ? gs_list(NULL, 0) : one;
        if (one.type == GS_NULL || one.type == GS_LIST)
            continue;
        /* what is no list is one of itself */
        gs_value *item = gs_arena_take(&self->arena, sizeof *item);
        if (item == NULL)
            return gs_fail_memory(err);
        *item = one;
        u->list = gs_list(item, 1);
    }
    GS_TRY(gs_run_tick(self->run, err));
    self->run->frame[u->slot] = u->list.as.list.items[u->at++];
out:
    return rc;
}

static void unwind_explain(const gs_operator *self, gs_buffer *details)
{
    gs_explain_place(self, details, ((const unwind *)self)->expr->place);
}

static const gs_operator_class unwind_class = {
    "A row for each", sizeof(unwind), unwind_open, unwind_next, NULL, unwind_explain};

gs_operator *gs_unwind(gs_run *run, gs_operator *input, const gs_expr *list,
                       uint32_t slot)
{
    unwind *u = gs_operator_make(run, &unwind_class, input);

    if (u == NULL)
        return NULL;
    u->expr = list;
    u->slot = slot;
    u->base.estimate *= 10;
    return &u->base;
}
