#include "query/plan_impl.h"

#include <string.h>

static gs_arena *arena_of(const gs_matching *m)
{
    return &m->p->run->arena;
}

static gs_code add_label(gs_matching *m, gs_match_node *node, uint32_t label)
{
    node->target.labels =
        gs_arena_grow(arena_of(m), node->target.labels, node->target.label_count,
                      &node->label_room, sizeof *node->target.labels);
    if (node->target.labels == NULL)
        return gs_fail_memory(m->p->err);
    node->target.labels[node->target.label_count++] = label;
    return GS_OK;
}

/* WHERE n:Label is as good as (n:Label); *taken is false for what is no such thing. */
static gs_code take_labels(bool *taken, gs_matching *m, const gs_expr *expr)
{
    gs_code rc = GS_OK;
    size_t at = 0;

    *taken = false;
    if (expr->kind != GS_E_LABELS || expr->args[0]->kind != GS_E_VARIABLE)
        return GS_OK;
    while (at < m->node_count && m->nodes[at].target.slot != expr->args[0]->slot)
        at++;
    *taken = at < m->node_count;
    for (size_t i = 0; *taken && i < expr->name_count; i++)
        GS_TRY(add_label(m, &m->nodes[at], expr->keys[i]));
out:
    return rc;
}

static gs_code add_condition(gs_matching *m, gs_expr *expr)
{
    bool taken;
    gs_code rc = GS_OK;

    if (expr->kind == GS_E_AND) {
        for (size_t i = 0; i < expr->count; i++)
            GS_TRY(add_condition(m, expr->args[i]));
        return GS_OK;
    }
    GS_TRY(take_labels(&taken, m, expr));
    if (taken)
        return GS_OK;
    m->conditions = gs_arena_grow(arena_of(m), m->conditions, m->condition_count,
                                  &m->condition_room, sizeof *m->conditions);
    if (m->conditions == NULL)
        return gs_fail_memory(m->p->err);
    m->conditions[m->condition_count++] = (gs_condition){.expr = expr};
    rc = gs_plan_expression(m->p, expr);
out:
    return rc;
}

static gs_expr *make(gs_matching *m, gs_expr_kind kind, gs_place place, size_t count)
{
    gs_expr *expr = gs_arena_take(arena_of(m), sizeof *expr);

    if (expr == NULL)
        return NULL;
    expr->kind = kind;
    expr->place = place;
    expr->slot = expr->other_slot = GS_NO_SLOT;
    expr->count = count;
    expr->args = gs_arena_array(arena_of(m), count, sizeof *expr->args);
    return expr->args == NULL ? NULL : expr;
}

/* {name: value} as the condition element.name = value. */
static gs_code add_map(gs_matching *m, uint32_t slot, const gs_expr *map)
{
    gs_code rc = GS_OK;

    for (size_t i = 0; map != NULL && i < map->count; i++) {
        gs_expr *element = make(m, GS_E_VARIABLE, map->place, 0);
        gs_expr *property = make(m, GS_E_PROPERTY, map->place, 1);
        gs_expr *equal = make(m, GS_E_EQUAL, map->place, 2);
        if (element == NULL || property == NULL || equal == NULL)
            return gs_fail_memory(m->p->err);
        element->slot = slot;
        property->args[0] = element;
        property->name = map->names[i];
        property->key = gs_name_find(m->p->run->snapshot, map->names[i]);
        equal->args[0] = property;
        equal->args[1] = map->args[i];
        GS_TRY(add_condition(m, equal));
    }
out:
    return rc;
}

/* The node of a slot, made where it is new. */
static gs_code node_of(size_t *out, gs_matching *m, const gs_node_pattern *pattern)
{
    size_t i = 0;

    while (i < m->node_count && m->nodes[i].target.slot != pattern->slot)
        i++;
    *out = i;
    if (i < m->node_count)
        return GS_OK;
    m->nodes = gs_arena_grow(arena_of(m), m->nodes, m->node_count, &m->node_room,
                             sizeof *m->nodes);
    if (m->nodes == NULL)
        return gs_fail_memory(m->p->err);
    m->nodes[m->node_count++] = (gs_match_node){.target = {.slot = pattern->slot,
                                                           .bound = pattern->bound,
                                                           .place = pattern->place}};
    m->unknown[pattern->slot] = !pattern->bound;
    return GS_OK;
}

static gs_code add_node(size_t *out, gs_matching *m, const gs_node_pattern *pattern)
{
    gs_match_node *node;
    gs_code rc;

    GS_TRY(node_of(out, m, pattern));
    node = &m->nodes[*out];
    for (size_t i = 0; i < pattern->label_count; i++)
        GS_TRY(add_label(m, node, pattern->labels[i].key));
    rc = add_map(m, pattern->slot, pattern->properties);
out:
    return rc;
}

static gs_code add_edge(gs_matching *m, const gs_path_pattern *path, size_t index,
                        size_t left, size_t right)
{
    const gs_edge_pattern *pattern = &path->edges[index];
    gs_code rc = GS_OK;

    m->edges = gs_arena_grow(arena_of(m), m->edges, m->edge_count, &m->edge_room,
                             sizeof *m->edges);
    if (m->edges == NULL)
        return gs_fail_memory(m->p->err);
    m->edges[m->edge_count++] = (gs_match_edge){pattern, path, index, left, right, false};
    m->unknown[pattern->slot] = !pattern->bound;
    if (!pattern->hops && path->kind == GS_PATH_EACH)
        rc = add_map(m, pattern->slot, pattern->properties);
    return rc;
}

static gs_code add_path(gs_matching *m, const gs_path_pattern *path)
{
    size_t left, right;
    gs_code rc;

    GS_TRY(add_node(&left, m, &path->nodes[0]));
    for (size_t i = 0; i < path->edge_count; i++) {
        GS_TRY(add_node(&right, m, &path->nodes[i + 1]));
        GS_TRY(add_edge(m, path, i, left, right));
        left = right;
    }
    if (path->slot != GS_NO_SLOT)
        m->unknown[path->slot] = true;
out:
    return rc;
}

static void look_unknown(void *context, uint32_t slot)
{
    const bool **look = context; /* the array, and then whether all is known */

    if (look[0][slot])
        look[1] = NULL;
}

bool gs_is_known(const gs_matching *m, const gs_expr *expr)
{
    const bool *look[2] = {m->unknown, m->unknown};

    gs_expr_slots(expr, look_unknown, look);
    return look[1] != NULL;
}

/* Puts all conditions that can be told now on top of the plan. */
static gs_code add_filters(gs_matching *m)
{
    gs_code rc = GS_OK;

    for (size_t i = 0; i < m->condition_count; i++) {
        gs_condition *condition = &m->conditions[i];
        if (condition->done || !gs_is_known(m, condition->expr))
            continue;
        condition->done = true;
        GS_TRY(gs_plan_push(
            m->p, gs_filter(m->p->run, m->p->top, condition->expr, condition->proof)));
    }
out:
    return rc;
}

static gs_code use_edge(gs_matching *m, uint32_t slot)
{
    m->used.slots = gs_arena_grow(arena_of(m), m->used.slots, m->used.count,
                                  &m->used_room, sizeof *m->used.slots);
    if (m->used.slots == NULL)
        return gs_fail_memory(m->p->err);
    m->used.slots[m->used.count++] = slot;
    return GS_OK;
}

/* The relationships that are known so far, as they are now. */
static gs_code used_now(gs_used *out, gs_matching *m)
{
    out->count = m->used.count;
    out->slots = gs_arena_array(arena_of(m), m->used.count, sizeof *out->slots);
    if (out->slots == NULL)
        return gs_fail_memory(m->p->err);
    if (out->count > 0)
        memcpy(out->slots, m->used.slots, out->count * sizeof *out->slots);
    return GS_OK;
}

static void know(gs_matching *m, size_t node)
{
    m->nodes[node].target.bound = true;
    m->unknown[m->nodes[node].target.slot] = false;
}

/* How many relationships of its kind a node has on average, at the end where we stand. */
static double fan_out(const gs_matching *m, const gs_match_edge *edge, size_t from)
{
    const gs_snapshot *snapshot = m->p->run->snapshot;
    const gs_target *target = &m->nodes[from].target;
    double edges = 0, nodes = (double)gs_count_nodes(snapshot, 0) + 1;

    for (size_t i = 0; i < edge->pattern->key_count; i++)
        edges += (double)gs_count_edges(snapshot, edge->pattern->keys[i]);
    if (edge->pattern->any)
        edges = (double)gs_count_edges(snapshot, 0);
    for (size_t i = 0; i < target->label_count; i++)
        if (target->labels[i] != 0) {
            double count = (double)gs_count_nodes(snapshot, target->labels[i]) + 1;
            nodes = count < nodes ? count : nodes;
        }
    return edges / nodes * (edge->pattern->hops ? 10 : 1);
}

/* The first arrival is sought from the left end, as is what is short in time. */
static bool goes_forwards(const gs_path_pattern *path)
{
    return path->kind != GS_PATH_EACH && path->chronological;
}

/* The cheapest relationship to follow next; NULL where none has a known end. */
static gs_match_edge *cheapest(gs_matching *m, bool *from_left, double *cost)
{
    gs_match_edge *best = NULL;

    for (size_t i = 0; i < m->edge_count; i++) {
        gs_match_edge *edge = &m->edges[i];
        bool left = m->nodes[edge->left].target.bound;
        bool right = m->nodes[edge->right].target.bound && !goes_forwards(edge->path);
        double there = left ? fan_out(m, edge, edge->left) : 1e300;
        double back = right ? fan_out(m, edge, edge->right) : 1e300;
        double least = edge->pattern->bound || (left && right) ? 0
                       : there <= back                         ? there
                                                               : back;
        if (edge->done || !(left || right || edge->pattern->bound) ||
            (best != NULL && least >= *cost))
            continue;
        best = edge;
        *cost = least;
        *from_left = there <= back;
    }
    return best;
}

/* Whether time bounds an edge: all of its path is known on the side we come from. */
static bool is_timed(const gs_matching *m, const gs_match_edge *edge, bool from_left)
{
    const gs_path_pattern *path = edge->path;

    if (!path->chronological || (from_left && m->unknown[path->nodes[0].slot]))
        return false;
    for (size_t i = 0; i < path->edge_count; i++)
        if ((from_left ? i < edge->index : i > edge->index) &&
            m->unknown[path->edges[i].slot])
            return false;
    return true;
}

static gs_code specify(gs_expand_spec *spec, gs_matching *m, const gs_match_edge *edge,
                       bool from_left)
{
    size_t from = from_left ? edge->left : edge->right;
    size_t to = from_left ? edge->right : edge->left;
    gs_code rc;

    *spec = (gs_expand_spec){.edge = edge->pattern,
                             .from = m->nodes[from].target.slot,
                             .direction = from_left ? edge->pattern->direction
                                                    : gs_turned(edge->pattern->direction),
                             .reversed = !from_left,
                             .to = m->nodes[to].target,
                             .path = edge->path,
                             .index = edge->index,
                             .timed = is_timed(m, edge, from_left)};
    rc = used_now(&spec->used, m);
    gs_plan_date_bounds(spec, m);
    return rc;
}

/* What is known once an edge has been followed. */
static gs_code settle(gs_matching *m, gs_match_edge *edge)
{
    edge->done = true;
    m->unknown[edge->pattern->slot] = false;
    know(m, edge->left);
    know(m, edge->right);
    return use_edge(m, edge->pattern->slot);
}

static gs_code expand(gs_matching *m, const gs_expand_spec *spec)
{
    gs_code rc = gs_plan_push(m->p, gs_expand(m->p->run, m->p->top, spec));

    for (size_t i = 0; rc == GS_OK && i < m->condition_count; i++)
        if (!m->conditions[i].done && m->conditions[i].windowed)
            m->conditions[i].proof = gs_expand_proof(m->p->top);
    return rc;
}

static gs_code follow(gs_matching *m, gs_match_edge *edge, bool from_left, double cost)
{
    gs_run *run = m->p->run;
    gs_expand_spec spec;
    gs_code rc;

    GS_TRY(specify(&spec, m, edge, from_left));
    if (edge->pattern->bound)
        GS_TRY(gs_plan_push(m->p, (edge->pattern->hops ? gs_follow : gs_endpoints)(
                                      run, m->p->top, edge->pattern,
                                      &m->nodes[edge->left].target,
                                      &m->nodes[edge->right].target, &spec.used)));
    else if (edge->path->kind != GS_PATH_EACH)
        GS_TRY(gs_plan_push(m->p, gs_shortest(run, m->p->top, &spec)));
    else if (edge->pattern->hops)
        GS_TRY(gs_plan_push(m->p, gs_expand_path(run, m->p->top, &spec)));
    else
        GS_TRY(expand(m, &spec));
    m->p->top->estimate *= cost > 0 ? cost : 0.1;
    GS_TRY(settle(m, edge));
    rc = add_filters(m);
out:
    return rc;
}

/* Reaches a node that nothing known leads to. */
static gs_code drop_anchor(gs_matching *m, const gs_anchor *anchor)
{
    gs_run *run = m->p->run;
    gs_target *target = &m->nodes[anchor->node].target;
    gs_code rc;

    if (anchor->seek)
        GS_TRY(gs_plan_push(m->p, gs_seek(run, m->p->top, &anchor->spec, target)));
    else
        GS_TRY(gs_plan_push(m->p, gs_scan(run, m->p->top, anchor->label, target)));
    if (anchor->settled != NULL)
        anchor->settled->done = true;
    m->p->top->estimate = m->p->top->input->estimate * anchor->estimate;
    know(m, anchor->node);
    rc = add_filters(m);
out:
    return rc;
}

/* Two relationships that end in one unknown node, the other ends known, but for one that
 * a seek may lead to: that node is where their lists meet. */
typedef struct meeting {
    size_t node;
    gs_match_edge *legs[2];
    gs_anchor anchor; /* of the other end that is not known yet; seek: there is one */
} meeting;

static bool can_be_leg(const gs_match_edge *edge, size_t node)
{
    return !edge->done && !edge->pattern->bound && !edge->pattern->hops &&
           edge->path->kind == GS_PATH_EACH && !edge->path->chronological &&
           (edge->left == node) != (edge->right == node);
}

static bool find_legs(meeting *out, gs_matching *m, size_t node)
{
    size_t count = 0;

    *out = (meeting){.node = node};
    for (size_t i = 0; i < m->edge_count && count < 2; i++) {
        gs_match_edge *edge = &m->edges[i];
        size_t end = edge->left == node ? edge->right : edge->left;
        gs_anchor anchor;

        if (!can_be_leg(edge, node))
            continue;
        if (!m->nodes[end].target.bound) {
            if (out->anchor.seek || !gs_anchor_seek(&anchor, m, end))
                continue;
            out->anchor = anchor;
        }
        out->legs[count++] = edge;
    }
    return count == 2;
}

static bool find_meeting(meeting *out, gs_matching *m)
{
    for (size_t i = 0; i < m->node_count; i++)
        if (!m->nodes[i].target.bound && find_legs(out, m, i))
            return true;
    return false;
}

static gs_code follow_both(gs_matching *m, const meeting *at)
{
    gs_match_edge *one = at->legs[0], *other = at->legs[1];
    gs_expand_spec legs[2];
    gs_code rc;

    if (at->anchor.seek)
        GS_TRY(drop_anchor(m, &at->anchor));
    GS_TRY(specify(&legs[0], m, one, one->right == at->node));
    GS_TRY(specify(&legs[1], m, other, other->right == at->node));
    GS_TRY(gs_plan_push(m->p, gs_meet(m->p->run, m->p->top, &legs[0], &legs[1])));
    GS_TRY(settle(m, one));
    GS_TRY(settle(m, other));
    rc = add_filters(m);
out:
    return rc;
}

/* Labels given here to nodes that were known before. */
static gs_code check_known(gs_matching *m)
{
    gs_code rc = GS_OK;

    for (size_t i = 0; i < m->node_count; i++)
        if (m->nodes[i].target.bound)
            GS_TRY(gs_plan_push(
                m->p, gs_check_labels(m->p->run, m->p->top, &m->nodes[i].target)));
    rc = add_filters(m);
out:
    return rc;
}

static bool all_known(const gs_matching *m)
{
    for (size_t i = 0; i < m->node_count; i++)
        if (!m->nodes[i].target.bound)
            return false;
    return true;
}

static gs_code plan_elements(gs_matching *m)
{
    gs_match_edge *edge;
    gs_anchor anchor;
    meeting at;
    bool from_left = true;
    double cost = 0;
    gs_code rc = GS_OK;

    GS_TRY(check_known(m));
    for (;;) {
        edge = cheapest(m, &from_left, &cost);
        if (edge != NULL && find_meeting(&at, m)) {
            GS_TRY(follow_both(m, &at));
        } else if (edge != NULL) {
            GS_TRY(follow(m, edge, from_left, cost));
        } else if (!all_known(m)) {
            gs_anchor_choose(&anchor, m);
            GS_TRY(drop_anchor(m, &anchor));
        } else {
            break;
        }
    }
out:
    return rc;
}

static gs_code plan_paths(gs_matching *m)
{
    const gs_clause *clause = m->clause;
    gs_code rc = GS_OK;

    for (size_t i = 0; i < clause->path_count; i++)
        if (clause->paths[i].chronological)
            GS_TRY(gs_plan_push(
                m->p, gs_chronological(m->p->run, m->p->top, &clause->paths[i])));
    for (size_t i = 0; i < clause->path_count; i++)
        if (clause->paths[i].slot != GS_NO_SLOT) {
            GS_TRY(
                gs_plan_push(m->p, gs_assemble(m->p->run, m->p->top, &clause->paths[i])));
            m->unknown[clause->paths[i].slot] = false;
        }
    rc = add_filters(m);
out:
    return rc;
}

gs_code gs_plan_match(gs_planner *p, gs_clause *clause)
{
    gs_matching m = {.p = p, .clause = clause};
    gs_code rc = GS_OK;

    m.unknown = gs_arena_array(&p->run->arena, p->run->slots, sizeof *m.unknown);
    if (m.unknown == NULL)
        return gs_fail_memory(p->err);
    for (size_t i = 0; i < clause->path_count; i++)
        GS_TRY(add_path(&m, &clause->paths[i]));
    if (clause->where != NULL)
        GS_TRY(add_condition(&m, clause->where));
    GS_TRY(plan_elements(&m));
    rc = plan_paths(&m);
out:
    return rc;
}
