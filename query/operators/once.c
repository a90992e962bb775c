#include "query/operators/operators.h"

typedef struct once {
    gs_operator base;
    bool given;
} once;

static gs_code once_open(gs_operator *self, gs_error *err)
{
    (void)err;
    ((once *)self)->given = false;
    return GS_OK;
}

static gs_code once_next(gs_operator *self, gs_error *err)
{
    once *o = (once *)self;

    (void)err;
    if (o->given)
        return GS_END;
    o->given = true;
    return GS_OK;
}

static const gs_operator_class once_class = {"Start",   sizeof(once), once_open,
                                             once_next, NULL,         NULL};

gs_operator *gs_once(gs_run *run)
{
    return gs_operator_make(run, &once_class, NULL);
}
