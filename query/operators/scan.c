#include "query/classes.h"
#include "query/operators/operators.h"

typedef struct scan {
    gs_operator base;
    uint32_t label;
    gs_target target;
    gs_nodes *nodes; /* NULL: the input is to be pulled */
} scan;

static void scan_close(gs_operator *self)
{
    scan *s = (scan *)self;

    gs_nodes_close(s->nodes);
    s->nodes = NULL;
}

static gs_code scan_open(gs_operator *self, gs_error *err)
{
    scan_close(self);
    return gs_open(self->input, err);
}

/* A class comes once, as its chosen member. */
static gs_code judge(bool *fits, scan *s, uint64_t number, gs_error *err)
{
    uint64_t known;
    gs_code rc;

    GS_TRY(gs_class_number(&known, s->base.run, number, err));
    *fits = known == number;
    if (*fits)
        rc = gs_target_fits(fits, s->base.run, &s->target, number, err);
out:
    return rc;
}

static gs_code scan_next(gs_operator *self, gs_error *err)
{
    scan *s = (scan *)self;
    gs_run *run = self->run;
    uint64_t number;
    bool fits = false;
    gs_code rc = GS_OK;

    while (!fits) {
        if (s->nodes == NULL) {
            GS_TRY(gs_next(self->input, err));
            GS_TRY(gs_nodes_open(&s->nodes, run->snapshot, s->label, err));
        }
        GS_TRY(gs_run_tick(run, err));
        self->looked++;
        rc = gs_nodes_next(&number, s->nodes, err);
        if (rc == GS_END)
            scan_close(self);
        else if (rc != GS_OK)
            return rc;
        else
            GS_TRY(judge(&fits, s, number, err));
    }
    run->frame[s->target.slot] = gs_node_value(number);
out:
    return rc;
}

static void scan_explain(const gs_operator *self, gs_buffer *details)
{
    gs_explain_place(self, details, ((const scan *)self)->target.place);
}

static const gs_operator_class scan_class = {
    "Go through all", sizeof(scan), scan_open, scan_next, scan_close, scan_explain};

gs_operator *gs_scan(gs_run *run, gs_operator *input, uint32_t label,
                     const gs_target *target)
{
    scan *s = gs_operator_make(run, &scan_class, input);

    if (s == NULL)
        return NULL;
    s->label = label;
    s->target = *target;
    s->base.estimate *= (double)gs_count_nodes(run->snapshot, label);
    return &s->base;
}
