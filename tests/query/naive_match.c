/* Patterns: one path after the other, one step after the other, every relationship tried. */
#include "tests/query/naive.h"

#include <string.h>

/* How far a pattern has come. */
typedef struct progress {
    const nv_scope *scope;
    const nv_pattern *pattern;
    nv_rows *out;
    nv_row row;
    bool used[NV_EDGES];
    size_t path, step;                /* at hand */
    size_t node;                      /* where the path has come to */
    gs_value items[2 * NV_EDGES + 1]; /* of the path */
    size_t item_count;
    bool timed; /* `floor` holds something */
    int64_t floor;
} progress;

static void next_path(const progress *p);
static void next_step(const progress *p);

static gs_value node_value(const nv_scope *scope, size_t node)
{
    gs_value value = {.type = GS_NODE};

    value.as.element.number = scope->graph->nodes[node].number;
    return value;
}

static gs_value edge_value(const nv_scope *scope, size_t edge)
{
    gs_value value = {.type = GS_EDGE};

    value.as.element.number = scope->graph->edges[edge].number;
    return value;
}

/* Sets a variable, or says that it stands for something else already. */
static bool bind(progress *p, size_t var, gs_value value)
{
    if (var == NV_NO_VAR)
        return true;
    if (p->row.vars[var].type != GS_NULL)
        return nv_equal(p->row.vars[var], value) == GS_TRUE;
    if (p->pattern->known[var])
        return false;
    p->row.vars[var] = value;
    return true;
}

static bool fits_point(progress *p, const nv_point *point, size_t node)
{
    const nv_node *n = &p->scope->graph->nodes[node];

    if ((n->labels & point->labels) != point->labels ||
        (point->mapped && nv_equal(n->properties[point->key], point->value) != GS_TRUE))
        return false;
    return bind(p, point->var, node_value(p->scope, node));
}

static bool fits_step(const nv_step *step, const nv_edge *edge)
{
    return (step->types == 0 || (edge->type & step->types) != 0) &&
           (!step->mapped ||
            nv_equal(edge->properties[step->key], step->value) == GS_TRUE);
}

/* Where the edge leads from a node; false where the pattern's arrow forbids it. A loop
 * leads there once, whatever the arrow. */
static bool leads(size_t *to, const nv_step *step, const nv_edge *edge, size_t from)
{
    if (step->way != NV_LEFT && edge->start == from) {
        *to = edge->end;
        return true;
    }
    if (step->way != NV_RIGHT && edge->end == from) {
        *to = edge->start;
        return true;
    }
    return false;
}

/* Time never surely falls: an edge follows if its latest is not below the floor, which
 * its earliest may raise; what has no date says nothing. */
static bool passes_time(progress *p, const nv_edge *edge)
{
    gs_value date = edge->properties[NV_KEYS - 1];

    if (!p->pattern->paths[p->path].chronological || date.type != GS_DATE)
        return true;
    if (p->timed && date.as.date->latest < p->floor)
        return false;
    if (!p->timed || date.as.date->earliest > p->floor)
        p->floor = date.as.date->earliest;
    p->timed = true;
    return true;
}

/* The date of the first node is where time begins. */
static void start_time(progress *p)
{
    gs_value date = p->scope->graph->nodes[p->node].properties[NV_KEYS - 1];

    p->timed = date.type == GS_DATE;
    if (p->timed)
        p->floor = date.as.date->earliest == GS_EDTF_OPEN_START ? date.as.date->latest
                                                                : date.as.date->earliest;
}

static void end_path(const progress *p)
{
    progress done = *p;
    const nv_path *path = &p->pattern->paths[p->path];
    gs_value value = {.type = GS_PATH};
    gs_value *items = nv_take(p->scope->arena, p->item_count * sizeof *items);

    memcpy(items, p->items, p->item_count * sizeof *items);
    value.as.path.items = items;
    value.as.path.count = p->item_count;
    if (!bind(&done, path->var, value))
        return;
    done.path++;
    next_path(&done);
}

/* The step is done: the node that it has come to must fit. */
static void arrive(const progress *p, size_t taken, const size_t *edges)
{
    progress done = *p;
    const nv_path *path = &p->pattern->paths[p->path];
    const nv_step *step = &path->steps[p->step];
    gs_value value = gs_null;

    if (step->many) {
        gs_value *items = nv_take(p->scope->arena, taken * sizeof *items);

        for (size_t i = 0; i < taken; i++)
            items[i] = edge_value(p->scope, edges[i]);
        value = gs_list(items, taken);
    } else {
        value = edge_value(p->scope, edges[0]);
    }
    if (!bind(&done, step->var, value) ||
        !fits_point(&done, &path->points[p->step + 1], p->node))
        return;
    done.step++;
    next_step(&done);
}

static void walk(const progress *p, size_t taken, size_t *edges)
{
    const nv_step *step = &p->pattern->paths[p->path].steps[p->step];
    size_t least = step->many ? step->least : 1, most = step->many ? step->most : 1;

    if (taken >= least)
        arrive(p, taken, edges);
    for (size_t i = 0; taken < most && i < p->scope->graph->edge_count; i++) {
        const nv_edge *edge = &p->scope->graph->edges[i];
        progress next = *p;

        if (*p->scope->left == 0)
            return;
        --*p->scope->left;
        if (p->used[i] || !fits_step(step, edge) ||
            !leads(&next.node, step, edge, p->node) || !passes_time(&next, edge))
            continue;
        next.used[i] = true;
        next.items[next.item_count++] = edge_value(p->scope, i);
        next.items[next.item_count++] = node_value(p->scope, next.node);
        edges[taken] = i;
        walk(&next, taken + 1, edges);
    }
}

static void next_step(const progress *p)
{
    size_t edges[NV_EDGES];

    if (p->step == p->pattern->paths[p->path].step_count)
        end_path(p);
    else
        walk(p, 0, edges);
}

static void next_path(const progress *p)
{
    if (p->path == p->pattern->path_count) {
        nv_add_row(p->out, p->scope, &p->row);
        return;
    }
    for (size_t i = 0; i < p->scope->graph->node_count; i++) {
        progress next = *p;

        next.step = 0;
        next.node = i;
        next.items[0] = node_value(p->scope, i);
        next.item_count = 1;
        start_time(&next);
        if (fits_point(&next, &p->pattern->paths[p->path].points[0], i))
            next_step(&next);
    }
}

void nv_match(nv_rows *out, const nv_scope *scope, const nv_pattern *pattern,
              const nv_row *row)
{
    const progress p = {.scope = scope, .pattern = pattern, .out = out, .row = *row};

    next_path(&p);
}
