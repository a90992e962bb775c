#include "query/operators/operators.h"

typedef struct optional {
    gs_operator base;
    const uint32_t *slots;
    size_t count;
    bool active, found;
} optional;

static gs_code optional_open(gs_operator *self, gs_error *err)
{
    ((optional *)self)->active = false;
    return gs_open(self->input, err);
}

static gs_code optional_next(gs_operator *self, gs_error *err)
{
    optional *o = (optional *)self;
    gs_code rc = GS_OK;

    for (;;) {
        if (!o->active) {
            GS_TRY(gs_next(self->input, err));
            GS_TRY(gs_open(self->inner, err));
            o->active = true;
            o->found = false;
        }
        rc = gs_next(self->inner, err);
        if (rc != GS_END) {
            o->found = true;
            return rc;
        }
        o->active = false;
        if (!o->found)
            break;
    }
    for (size_t i = 0; i < o->count; i++)
        self->run->frame[o->slots[i]] = gs_null;
    rc = GS_OK;
out:
    return rc;
}

static const gs_operator_class optional_class = {
    "Where there is one", sizeof(optional), optional_open, optional_next, NULL, NULL};

gs_operator *gs_optional(gs_run *run, gs_operator *input, gs_operator *inner,
                         const uint32_t *slots, size_t count)
{
    optional *o = gs_operator_make(run, &optional_class, input);

    if (o == NULL)
        return NULL;
    o->base.inner = inner;
    o->slots = slots;
    o->count = count;
    return &o->base;
}
