#include "query/operators/operators.h"
#include "query/rowset.h"

typedef struct distinct {
    gs_operator base;
    const uint32_t *slots;
    gs_value *row;
    gs_rowset seen;
} distinct;

static gs_code distinct_open(gs_operator *self, gs_error *err)
{
    distinct *d = (distinct *)self;

    d->seen = (gs_rowset){.arena = &self->arena, .width = d->seen.width};
    return gs_open(self->input, err);
}

static gs_code distinct_next(gs_operator *self, gs_error *err)
{
    distinct *d = (distinct *)self;
    bool added;
    size_t number;
    gs_code rc;

    do {
        GS_TRY(gs_next(self->input, err));
        for (size_t i = 0; i < d->seen.width; i++)
            d->row[i] = self->run->frame[d->slots[i]];
        GS_TRY(gs_rowset_put(&number, &added, &d->seen, d->row, err));
    } while (!added);
out:
    return rc;
}

static const gs_operator_class distinct_class = {
    "Drop what repeats", sizeof(distinct), distinct_open, distinct_next, NULL, NULL};

gs_operator *gs_distinct(gs_run *run, gs_operator *input, const uint32_t *slots,
                         size_t count)
{
    distinct *d = gs_operator_make(run, &distinct_class, input);

    if (d == NULL)
        return NULL;
    d->slots = slots;
    d->seen.width = count;
    d->row = gs_arena_array(&run->arena, count, sizeof *d->row);
    return d->row == NULL ? NULL : &d->base;
}
