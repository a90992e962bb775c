#include "query/operators/operators.h"

typedef struct append {
    gs_operator base;
    gs_operator **inputs;
    const gs_single *singles;
    size_t count, at;
} append;

static gs_code append_open(gs_operator *self, gs_error *err)
{
    append *a = (append *)self;

    a->at = 0;
    return gs_open(a->inputs[0], err);
}

static gs_code append_next(gs_operator *self, gs_error *err)
{
    append *a = (append *)self;
    gs_run *run = self->run;
    const gs_single *single;
    gs_code rc;

    while ((rc = gs_next(a->inputs[a->at], err)) == GS_END) {
        if (a->at + 1 == a->count)
            return GS_END;
        GS_TRY(gs_open(a->inputs[++a->at], err));
    }
    if (rc != GS_OK)
        return rc;
    single = &a->singles[a->at];
    for (size_t i = 0; i < run->column_count; i++)
        run->frame[run->columns[i].slot] =
            run->frame[single->clauses[single->count - 1].projection.items[i].slot];
out:
    return rc;
}

static const gs_operator_class append_class = {
    "One after the other", sizeof(append), append_open, append_next, NULL, NULL};

gs_operator *gs_union(gs_run *run, gs_operator **inputs, const gs_single *singles,
                      size_t count)
{
    append *a = gs_operator_make(run, &append_class, inputs[0]);

    if (a == NULL)
        return NULL;
    a->inputs = inputs;
    a->singles = singles;
    a->count = count;
    return &a->base;
}
