#include "query/operators/operators.h"

typedef struct endpoints {
    gs_operator base;
    const gs_edge_pattern *edge;
    gs_target left, right;
    gs_used used;
    bool other_way; /* the same edge from right to left is still to be tried */
} endpoints;

static gs_code endpoints_open(gs_operator *self, gs_error *err)
{
    ((endpoints *)self)->other_way = false;
    return gs_open(self->input, err);
}

static bool has_type(const gs_edge_pattern *pattern, uint32_t type)
{
    for (size_t i = 0; i < pattern->key_count; i++)
        if (pattern->keys[i] == type)
            return true;
    return pattern->any;
}

/* Whether the edge fits with `left` at one end and `right` at the other. */
static gs_code try_way(bool *out, endpoints *e, uint64_t left, uint64_t right,
                       gs_error *err)
{
    gs_run *run = e->base.run;
    gs_code rc;

    GS_TRY(gs_target_fits(out, run, &e->left, left, err));
    if (*out && e->left.slot == e->right.slot)
        *out = left == right;
    if (*out)
        GS_TRY(gs_target_fits(out, run, &e->right, right, err));
    if (*out) {
        run->frame[e->left.slot] = gs_node_value(left);
        run->frame[e->right.slot] = gs_node_value(right);
    }
out:
    return rc;
}

static gs_code endpoints_next(gs_operator *self, gs_error *err)
{
    endpoints *e = (endpoints *)self;
    gs_run *run = self->run;
    gs_value value;
    gs_edge edge;
    bool found = false, backwards;
    gs_code rc = GS_OK;

    while (!found) {
        backwards = e->other_way;
        if (!e->other_way)
            GS_TRY(gs_next(self->input, err));
        e->other_way = false;
        value = run->frame[e->edge->slot];
        if (value.type != GS_EDGE ||
            gs_edge_is_used(run, &e->used, value.as.element.number))
            continue;
        GS_TRY(gs_run_edge(&edge, run, value.as.element.number, err));
        if (!has_type(e->edge, edge.type) || (edge.inferred && run->settings.stated_only))
            continue;
        if (!backwards && e->edge->direction == GS_BOTH && edge.start != edge.end)
            e->other_way = true;
        if (e->edge->direction == GS_IN)
            backwards = true;
        GS_TRY(try_way(&found, e, backwards ? edge.end : edge.start,
                       backwards ? edge.start : edge.end, err));
    }
out:
    return rc;
}

static void endpoints_explain(const gs_operator *self, gs_buffer *details)
{
    gs_explain_place(self, details, ((const endpoints *)self)->edge->place);
}

static const gs_operator_class endpoints_class = {
    "Go to both ends", sizeof(endpoints), endpoints_open, endpoints_next, NULL,
    endpoints_explain};

gs_operator *gs_endpoints(gs_run *run, gs_operator *input, const gs_edge_pattern *edge,
                          const gs_target *left, const gs_target *right,
                          const gs_used *used)
{
    endpoints *e = gs_operator_make(run, &endpoints_class, input);

    if (e == NULL)
        return NULL;
    e->edge = edge;
    e->left = *left;
    e->right = *right;
    e->used = *used;
    return &e->base;
}
