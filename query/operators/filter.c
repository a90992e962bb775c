#include "query/operators/operators.h"

typedef struct filter {
    gs_operator base;
    const gs_expr *condition;
    const gs_proof *proof;
} filter;

static gs_code filter_open(gs_operator *self, gs_error *err)
{
    return gs_open(self->input, err);
}

static gs_code filter_next(gs_operator *self, gs_error *err)
{
    filter *f = (filter *)self;
    gs_truth truth;
    gs_code rc;

    do {
        GS_TRY(gs_next(self->input, err));
        if (f->proof != NULL && f->proof->holds)
            return GS_OK;
        gs_arena_reset(&self->arena);
        GS_TRY(gs_evaluate_truth(&truth, self->run, f->condition, &self->arena, err));
    } while (truth != GS_TRUE);
out:
    return rc;
}

static void filter_explain(const gs_operator *self, gs_buffer *details)
{
    gs_explain_place(self, details, ((const filter *)self)->condition->place);
}

static const gs_operator_class filter_class = {
    "Keep where", sizeof(filter), filter_open, filter_next, NULL, filter_explain};

const gs_expr *gs_filter_condition(const gs_operator *op)
{
    return op->class == &filter_class ? ((const filter *)op)->condition : NULL;
}

gs_operator *gs_filter(gs_run *run, gs_operator *input, const gs_expr *condition,
                       const gs_proof *proof)
{
    filter *f = gs_operator_make(run, &filter_class, input);

    if (f == NULL)
        return NULL;
    f->condition = condition;
    f->proof = proof;
    f->base.estimate *= 0.3; /* a guess, as long as no statistics of values are kept */
    return &f->base;
}
