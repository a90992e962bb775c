/* MATCH (a)<-[:ACCUSES]-(:Claim) RETURN a.name, count(*): nothing but the number is asked of
 * the last step, and the lists tell it without a look at each row. */
#include "query/plan_impl.h"

/* Whether an expression reads one of two slots. */
typedef struct reading {
    uint32_t slots[2];
    bool found;
} reading;

static void look(void *context, uint32_t slot)
{
    reading *r = context;

    r->found = r->found || slot == r->slots[0] || slot == r->slots[1];
}

static bool reads(const gs_expand_spec *spec, const gs_expr *expr)
{
    reading r = {{spec->to.slot, spec->edge->slot}, false};

    gs_expr_slots(expr, look, &r);
    return r.found;
}

/* count(*), or count of what is there in every row. */
static bool is_count(const gs_expand_spec *spec, const gs_expr *call)
{
    if (call->kind == GS_E_COUNT_ROWS)
        return true;
    return call->kind == GS_E_CALL && !call->distinct && call->count == 1 &&
           gs_text_equal(gs_text_of(call->function->name), GS_TEXT("count")) &&
           call->args[0]->kind == GS_E_VARIABLE &&
           (call->args[0]->slot == spec->to.slot ||
            call->args[0]->slot == spec->edge->slot);
}

static bool only_counts(const gs_expand_spec *spec, const gs_projection *projection)
{
    for (size_t i = 0; i < projection->aggregate_count; i++)
        if (!is_count(spec, projection->aggregates[i].call))
            return false;
    for (size_t i = 0; i < projection->count; i++)
        if (reads(spec, projection->items[i].expr))
            return false;
    return projection->aggregate_count > 0;
}

static bool is_kind(const gs_expand_spec *spec, const gs_expr *expr)
{
    return expr->kind == GS_E_PROPERTY && expr->key == GS_P_KIND &&
           expr->args[0]->kind == GS_E_VARIABLE && expr->args[0]->slot == spec->to.slot;
}

/* n.kind = ... or n.kind IN ..., whose other side the expansion does not change. */
static bool read_condition(gs_kind_condition *out, const gs_expand_spec *spec,
                           const gs_expr *expr)
{
    size_t side = 0;

    if (expr->kind != GS_E_EQUAL && expr->kind != GS_E_IN)
        return false;
    if (expr->kind == GS_E_EQUAL && !is_kind(spec, expr->args[0]))
        side = 1;
    if (!is_kind(spec, expr->args[side]))
        return false;
    *out = (gs_kind_condition){expr, expr->args[1 - side], expr->kind == GS_E_IN};
    return out->kinds->kind == GS_E_LITERAL || out->kinds->kind == GS_E_PARAMETER;
}

static bool can_tally(const gs_run *run, const gs_expand_spec *spec)
{
    return run->classes == NULL && run->tree.reported_by == NULL && !spec->edge->any &&
           spec->edge->key_count == 1 && spec->direction != GS_BOTH && !spec->to.bound &&
           !spec->timed && spec->used.count == 0 && spec->bound_count == 0 &&
           spec->from != spec->to.slot;
}

gs_code gs_plan_tally(uint32_t *weight, gs_planner *p, const gs_projection *projection)
{
    gs_operator *op = p->top;
    const gs_expr *conditions[GS_KIND_CONDITIONS];
    const gs_expand_spec *expand;
    gs_tally_spec spec = {0};
    size_t count = 0;

    *weight = GS_NO_SLOT;
    for (; gs_filter_condition(op) != NULL; op = op->input) {
        if (count == GS_KIND_CONDITIONS)
            return GS_OK;
        conditions[count++] = gs_filter_condition(op);
    }
    expand = gs_expand_spec_of(op);
    if (expand == NULL || !can_tally(p->run, expand) || !only_counts(expand, projection))
        return GS_OK;
    spec.expand = *expand;
    for (size_t i = 0; i < count; i++)
        if (!read_condition(&spec.conditions[spec.condition_count++], expand,
                            conditions[i]))
            return GS_OK;
    spec.slot = *weight = gs_run_slot(p->run);
    return gs_plan_push(p, gs_tally_rows(p->run, op->input, &spec));
}
