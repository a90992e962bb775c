#include "query/operators/operators.h"

typedef struct limit {
    gs_operator base;
    const gs_expr *skip, *most; /* NULL: none */
    uint64_t to_skip, left;
} limit;

static gs_code limit_open(gs_operator *self, gs_error *err)
{
    limit *l = (limit *)self;
    gs_code rc = GS_OK;

    l->to_skip = 0;
    l->left = UINT64_MAX;
    if (l->skip != NULL)
        GS_TRY(gs_evaluate_count(&l->to_skip, self->run, l->skip, "SKIP", &self->arena,
                                 err));
    if (l->most != NULL)
        GS_TRY(
            gs_evaluate_count(&l->left, self->run, l->most, "LIMIT", &self->arena, err));
    rc = gs_open(self->input, err);
out:
    return rc;
}

static gs_code limit_next(gs_operator *self, gs_error *err)
{
    limit *l = (limit *)self;
    gs_code rc = GS_OK;

    if (l->left == 0)
        return GS_END;
    for (; l->to_skip > 0; l->to_skip--)
        GS_TRY(gs_next(self->input, err));
    l->left--;
    rc = gs_next(self->input, err);
out:
    return rc;
}

static void limit_explain(const gs_operator *self, gs_buffer *details)
{
    const limit *l = (const limit *)self;

    if (l->skip != NULL) {
        gs_buffer_text(details, GS_TEXT("skip "));
        gs_explain_place(self, details, l->skip->place);
    }
    if (l->most != NULL) {
        gs_buffer_text(details, l->skip ? GS_TEXT(", at most ") : GS_TEXT("at most "));
        gs_explain_place(self, details, l->most->place);
    }
}

static const gs_operator_class limit_class = {"Cut",      sizeof(limit), limit_open,
                                              limit_next, NULL,          limit_explain};

gs_operator *gs_limit(gs_run *run, gs_operator *input, const gs_expr *skip,
                      const gs_expr *most)
{
    limit *l = gs_operator_make(run, &limit_class, input);

    if (l == NULL)
        return NULL;
    l->skip = skip;
    l->most = most;
    return &l->base;
}
