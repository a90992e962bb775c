#include "query/plan_impl.h"

/* The properties that an index finds, and of which nodes. */
static const struct {
    uint32_t label, key;
    gs_index index;
} indexed[] = {{GS_STATEMENT, GS_P_ID, GS_BY_ID},
               {GS_CLAIM, GS_P_ID, GS_BY_ID},
               {GS_DENIAL, GS_P_ID, GS_BY_ID},
               {GS_COUNTERCLAIM, GS_P_ID, GS_BY_ID},
               {GS_CONFIRMATION, GS_P_ID, GS_BY_ID},
               {GS_RETRACTION, GS_P_ID, GS_BY_ID},
               {GS_NOCOMMENT, GS_P_ID, GS_BY_ID},
               {GS_ASSESSMENT, GS_P_ID, GS_BY_ID},
               {GS_ACTOR, GS_P_NAME, GS_BY_NAME},
               {GS_DOCUMENT, GS_P_URL, GS_BY_URL},
               {GS_DOCUMENT, GS_P_FILE, GS_BY_FILE},
               {GS_DOCUMENT, GS_P_SHA256, GS_BY_SHA256},
               {GS_ACTOR, GS_P_IDENTITY, GS_BY_IDENTITY},
               {GS_DOCUMENT, GS_P_IDENTITY, GS_BY_IDENTITY},
               {GS_TOPIC, GS_P_IDENTITY, GS_BY_IDENTITY},
               {GS_PROPOSITION, GS_P_IDENTITY, GS_BY_IDENTITY}};

static bool is_node(const gs_expr *expr, const gs_match_node *node)
{
    return expr->kind == GS_E_VARIABLE && expr->slot == node->target.slot;
}

/* Whether an index finds n.key for a node of one of its labels. */
static bool find_index(gs_seek_spec *spec, const gs_match_node *node, uint32_t key)
{
    for (size_t i = 0; i < sizeof indexed / sizeof *indexed; i++)
        for (size_t k = 0; k < node->target.label_count; k++)
            if (indexed[i].key == key && indexed[i].label == node->target.labels[k]) {
                spec->by = GS_SEEK_INDEX;
                spec->index = indexed[i].index;
                spec->label = indexed[i].label;
                return true;
            }
    return false;
}

/* What side of an equality leads to the node: n, id(n), n.name. */
static bool leads(gs_seek_spec *spec, const gs_match_node *node, const gs_expr *side)
{
    if (is_node(side, node)) {
        spec->by = GS_SEEK_VALUE;
        return true;
    }
    if (side->kind == GS_E_PROPERTY && is_node(side->args[0], node))
        return find_index(spec, node, side->key);
    if (side->kind == GS_E_CALL &&
        gs_text_equal(gs_text_of(side->function->name), GS_TEXT("id")) &&
        is_node(side->args[0], node)) {
        spec->by = GS_SEEK_ID;
        return true;
    }
    return false;
}

static bool from_equality(gs_seek_spec *spec, const gs_matching *m,
                          const gs_match_node *node, const gs_expr *expr)
{
    for (size_t i = 0; i < 2; i++) {
        if (i == 1 && expr->kind == GS_E_IN)
            return false; /* its list stands to the right */
        if (!leads(spec, node, expr->args[i]) || !gs_is_known(m, expr->args[1 - i]))
            continue;
        spec->key = expr->args[1 - i];
        spec->each = expr->kind == GS_E_IN;
        return true;
    }
    return false;
}

static bool from_words(gs_seek_spec *spec, const gs_matching *m,
                       const gs_match_node *node, const gs_expr *expr)
{
    if (expr->kind != GS_E_CALL ||
        !gs_text_equal(gs_text_of(expr->function->name), GS_TEXT("has_words")) ||
        !is_node(expr->args[0], node) || !gs_is_known(m, expr->args[1]))
        return false;
    spec->by = GS_SEEK_WORDS;
    spec->key = expr->args[1];
    return true;
}

/* Guesses, until values have statistics: one for a name, ten for a list, one statement in
 * fifty for words. */
static double seek_estimate(const gs_matching *m, const gs_seek_spec *spec)
{
    if (spec->by == GS_SEEK_WORDS)
        return 2 + (double)gs_count_nodes(m->p->run->snapshot, GS_STATEMENT) / 50;
    return spec->each ? 10 : 1;
}

/* Of a class the words of any member lead to it, and those of the chosen one count. */
static bool settles(const gs_matching *m, const gs_seek_spec *spec)
{
    return spec->by == GS_SEEK_WORDS && m->p->run->classes == NULL;
}

static void offer_seek(gs_anchor *best, const gs_matching *m, size_t node)
{
    for (size_t i = 0; i < m->condition_count; i++) {
        gs_condition *condition = &m->conditions[i];
        gs_seek_spec spec = {0};
        bool equality =
            condition->expr->kind == GS_E_EQUAL || condition->expr->kind == GS_E_IN;
        double estimate;
        if (condition->done ||
            !(equality ? from_equality(&spec, m, &m->nodes[node], condition->expr)
                       : from_words(&spec, m, &m->nodes[node], condition->expr)))
            continue;
        estimate = seek_estimate(m, &spec);
        if (estimate < best->estimate)
            *best = (gs_anchor){node, estimate, true,
                                spec, 0,        settles(m, &spec) ? condition : NULL};
    }
}

static void offer_scan(gs_anchor *best, const gs_matching *m, size_t node)
{
    const gs_target *target = &m->nodes[node].target;
    const gs_snapshot *snapshot = m->p->run->snapshot;
    uint32_t label = 0;
    double estimate = (double)gs_count_nodes(snapshot, 0) + 1;

    for (size_t i = 0; i < target->label_count; i++) {
        double count = target->labels[i] == 0
                           ? 0
                           : (double)gs_count_nodes(snapshot, target->labels[i]);
        if (count < estimate) {
            estimate = count;
            label = target->labels[i];
        }
    }
    if (estimate < best->estimate)
        *best = (gs_anchor){node, estimate, false, {0}, label, NULL};
}

bool gs_anchor_seek(gs_anchor *out, const gs_matching *m, size_t node)
{
    *out = (gs_anchor){.estimate = 1e300};
    offer_seek(out, m, node);
    return out->seek && out->estimate <= 1;
}

void gs_anchor_choose(gs_anchor *out, const gs_matching *m)
{
    *out = (gs_anchor){.estimate = 1e300};
    for (size_t i = 0; i < m->node_count; i++)
        if (!m->nodes[i].target.bound) {
            offer_seek(out, m, i);
            offer_scan(out, m, i);
        }
}
