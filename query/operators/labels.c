#include "query/operators/operators.h"

typedef struct labels {
    gs_operator base;
    gs_target target;
} labels;

static gs_code labels_open(gs_operator *self, gs_error *err)
{
    return gs_open(self->input, err);
}

static gs_code labels_next(gs_operator *self, gs_error *err)
{
    labels *l = (labels *)self;
    bool fits = false;
    gs_value node;
    gs_code rc = GS_OK;

    while (!fits) {
        GS_TRY(gs_next(self->input, err));
        node = self->run->frame[l->target.slot];
        if (node.type == GS_NODE)
            GS_TRY(gs_target_fits(&fits, self->run, &l->target, node.as.element.number,
                                  err));
    }
out:
    return rc;
}

static void labels_explain(const gs_operator *self, gs_buffer *details)
{
    gs_explain_place(self, details, ((const labels *)self)->target.place);
}

static const gs_operator_class labels_class = {
    "Keep what is", sizeof(labels), labels_open, labels_next, NULL, labels_explain};

gs_operator *gs_check_labels(gs_run *run, gs_operator *input, const gs_target *target)
{
    labels *l = gs_operator_make(run, &labels_class, input);

    if (l == NULL)
        return NULL;
    l->target = *target;
    return &l->base;
}
