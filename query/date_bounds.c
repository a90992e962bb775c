/* Conditions on dates that a timeline can use. They stay conditions: the window only
 * spares what they would refuse. */
#include "query/plan_impl.h"

/* Whether an edge of the type has the date of the statement that it leads to. */
static bool has_its_date(uint32_t type, uint8_t direction)
{
    if (type == GS_MADE)
        return direction == GS_OUT;
    return direction == GS_IN && type > GS_MADE && type <= GS_ABOUT &&
           type != GS_PUBLISHED_BY;
}

static bool is_statement(const gs_target *target)
{
    for (size_t i = 0; i < target->label_count; i++)
        if (target->labels[i] >= GS_STATEMENT && target->labels[i] <= GS_ASSESSMENT)
            return true;
    return false;
}

/* A class may have its date from a member that this edge does not lead to. */
static bool node_shares_date(const gs_expand_spec *spec, const gs_run *run)
{
    const gs_edge_pattern *edge = spec->edge;

    if (run->classes != NULL || edge->any || edge->key_count == 0 ||
        !is_statement(&spec->to))
        return false;
    for (size_t i = 0; i < edge->key_count; i++)
        if (!has_its_date(edge->keys[i], spec->direction))
            return false;
    return true;
}

/* Whether the expression is `date` of the edge, or of the node it leads to. */
static bool is_date(const gs_expand_spec *spec, const gs_run *run, const gs_expr *expr)
{
    if (expr->kind != GS_E_PROPERTY || expr->key != GS_P_DATE ||
        expr->args[0]->kind != GS_E_VARIABLE)
        return false;
    return expr->args[0]->slot == spec->edge->slot ||
           (expr->args[0]->slot == spec->to.slot && node_shares_date(spec, run));
}

/* False where there is no room for it, or it is not known yet. */
static bool add(gs_expand_spec *spec, const gs_matching *m, const gs_expr *date,
                bool first, bool last)
{
    if (spec->bound_count == GS_DATE_BOUNDS || !gs_is_known(m, date))
        return false;
    spec->bounds[spec->bound_count++] = (gs_date_bound){date, first, last};
    return true;
}

static bool is_call(const gs_expr *expr, const char *name)
{
    return expr->kind == GS_E_CALL &&
           gs_text_equal(gs_text_of(expr->function->name), gs_text_of(name));
}

static bool add_comparison(gs_expand_spec *spec, const gs_matching *m,
                           const gs_expr *expr)
{
    bool less = expr->kind == GS_E_LESS || expr->kind == GS_E_LESS_EQUAL;
    bool greater = expr->kind == GS_E_GREATER || expr->kind == GS_E_GREATER_EQUAL;
    bool equal = expr->kind == GS_E_EQUAL;

    if (!less && !greater && !equal)
        return false;
    if (is_date(spec, m->p->run, expr->args[0]))
        return add(spec, m, expr->args[1], greater || equal, less || equal);
    if (is_date(spec, m->p->run, expr->args[1]))
        return add(spec, m, expr->args[0], less || equal, greater || equal);
    return false;
}

/* Whether the bounds say all that a condition says: `possibly` of <= and >= is what a
 * window means. */
static bool add_condition(gs_expand_spec *spec, const gs_matching *m, const gs_expr *expr,
                          bool possibly)
{
    bool all = true;

    if (is_call(expr, "possibly"))
        return add_condition(spec, m, expr->args[0], true);
    if (is_call(expr, "certainly")) {
        add_condition(spec, m, expr->args[0], false);
        return false;
    }
    if (is_call(expr, "within") && is_date(spec, m->p->run, expr->args[0])) {
        add(spec, m, expr->args[1], true, true);
        return false;
    }
    if (expr->kind != GS_E_AND)
        return add_comparison(spec, m, expr) && possibly &&
               (expr->kind == GS_E_LESS_EQUAL || expr->kind == GS_E_GREATER_EQUAL);
    for (size_t i = 0; i < expr->count; i++)
        all = add_condition(spec, m, expr->args[i], possibly) && all;
    return all;
}

void gs_plan_date_bounds(gs_expand_spec *spec, gs_matching *m)
{
    for (size_t i = 0; i < m->condition_count; i++)
        m->conditions[i].windowed = !m->conditions[i].done &&
                                    add_condition(spec, m, m->conditions[i].expr, false);
}
