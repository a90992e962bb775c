#include "query/operators/operators.h"

/* A pattern of variable length whose relationships are known: -[rs*]- with rs bound. */
typedef struct follow {
    gs_operator base;
    const gs_edge_pattern *edge;
    gs_target left, right;
    gs_used used;
    bool
        other_way; /* the same list from the first one's other end is still to be tried */
} follow;

static gs_code follow_open(gs_operator *self, gs_error *err)
{
    ((follow *)self)->other_way = false;
    return gs_open(self->input, err);
}

static bool may_follow(const follow *f, const gs_edge *edge)
{
    bool typed = f->edge->any;

    for (size_t i = 0; i < f->edge->key_count; i++)
        typed = typed || f->edge->keys[i] == edge->type;
    return typed && !(edge->inferred && f->base.run->settings.stated_only) &&
           !gs_edge_is_used(f->base.run, &f->used, edge->number);
}

/* Goes along the list from one node; *at is where it ends, *ok whether it holds together.
 */
static gs_code walk(bool *ok, uint64_t *at, follow *f, gs_value list, gs_error *err)
{
    gs_edge edge;
    gs_code rc = GS_OK;

    *ok = true;
    for (size_t i = 0; i < list.as.list.count && *ok; i++) {
        *ok = list.as.list.items[i].type == GS_EDGE;
        if (!*ok)
            break;
        GS_TRY(gs_run_edge(&edge, f->base.run, list.as.list.items[i].as.element.number,
                           err));
        *ok = may_follow(f, &edge);
        if (edge.start == *at && f->edge->direction != GS_IN)
            *at = edge.end;
        else if (edge.end == *at && f->edge->direction != GS_OUT)
            *at = edge.start;
        else
            *ok = false;
    }
out:
    return rc;
}

static gs_code try_from(bool *found, follow *f, gs_value list, uint64_t left,
                        gs_error *err)
{
    gs_run *run = f->base.run;
    uint64_t right = left;
    gs_code rc;

    GS_TRY(gs_target_fits(found, run, &f->left, left, err));
    if (*found)
        GS_TRY(walk(found, &right, f, list, err));
    if (*found && f->left.slot == f->right.slot)
        *found = left == right;
    if (*found)
        GS_TRY(gs_target_fits(found, run, &f->right, right, err));
    if (*found) {
        run->frame[f->left.slot] = gs_node_value(left);
        run->frame[f->right.slot] = gs_node_value(right);
    }
out:
    return rc;
}

static bool is_long_enough(const follow *f, gs_value list)
{
    return list.type == GS_LIST && list.as.list.count > 0 &&
           list.as.list.items[0].type == GS_EDGE &&
           list.as.list.count >= f->edge->least && list.as.list.count <= f->edge->most;
}

static gs_code follow_next(gs_operator *self, gs_error *err)
{
    follow *f = (follow *)self;
    gs_value list;
    gs_edge first;
    bool found = false, backwards;
    gs_code rc = GS_OK;

    while (!found) {
        backwards = f->other_way;
        if (!f->other_way)
            GS_TRY(gs_next(self->input, err));
        f->other_way = false;
        list = self->run->frame[f->edge->slot];
        if (!is_long_enough(f, list))
            continue;
        GS_TRY(
            gs_run_edge(&first, self->run, list.as.list.items[0].as.element.number, err));
        if (!backwards && f->edge->direction == GS_BOTH && first.start != first.end)
            f->other_way = true;
        if (f->edge->direction == GS_IN)
            backwards = true;
        GS_TRY(try_from(&found, f, list, backwards ? first.end : first.start, err));
    }
out:
    return rc;
}

static void follow_explain(const gs_operator *self, gs_buffer *details)
{
    gs_explain_place(self, details, ((const follow *)self)->edge->place);
}

static const gs_operator_class follow_class = {
    "Go along", sizeof(follow), follow_open, follow_next, NULL, follow_explain};

gs_operator *gs_follow(gs_run *run, gs_operator *input, const gs_edge_pattern *edge,
                       const gs_target *left, const gs_target *right, const gs_used *used)
{
    follow *f = gs_operator_make(run, &follow_class, input);

    if (f == NULL)
        return NULL;
    f->edge = edge;
    f->left = *left;
    f->right = *right;
    f->used = *used;
    return &f->base;
}
