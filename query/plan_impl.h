/* What the planner's files share: plan.c (clauses), plan_match.c (patterns), anchor.c. */
#ifndef GS_QUERY_PLAN_IMPL_H
#define GS_QUERY_PLAN_IMPL_H

#include "query/operators/operators.h"
#include "query/plan.h"

enum { GS_OPERATORS_MAX = 2000 }; /* of a query: they pull each other recursively */

typedef struct gs_planner {
    gs_run *run;
    gs_operator *top; /* what has been planned so far */
    gs_error *err;
    bool inner; /* of a subquery, or an OPTIONAL MATCH */
} gs_planner;

/* One condition of a MATCH. */
typedef struct gs_condition {
    gs_expr *expr;
    bool done;
    bool windowed;         /* the window of the expansion being planned says it all */
    const gs_proof *proof; /* of that expansion */
} gs_condition;

/* One node of a MATCH, with all labels that it is given anywhere in it. */
typedef struct gs_match_node {
    gs_target target; /* bound: known by now */
    size_t label_room;
} gs_match_node;

typedef struct gs_match_edge {
    const gs_edge_pattern *pattern;
    const gs_path_pattern *path;
    size_t index;       /* of the edge in the path */
    size_t left, right; /* nodes */
    bool done;
} gs_match_edge;

typedef struct gs_matching {
    gs_planner *p;
    const gs_clause *clause;
    gs_match_node *nodes;
    gs_match_edge *edges;
    gs_condition *conditions;
    size_t node_count, node_room, edge_count, edge_room, condition_count, condition_room;
    bool *unknown; /* by slot: of this MATCH, and not known yet */
    gs_used used;
    size_t used_room;
} gs_matching;

/* Puts `op` on top of what is planned; NULL is want of memory. */
GS_CHECKED gs_code gs_plan_push(gs_planner *p, gs_operator *op);
/* Plans the subqueries within an expression; NULL is none. */
GS_CHECKED gs_code gs_plan_expression(gs_planner *p, gs_expr *expr);
GS_CHECKED gs_code gs_plan_match(gs_planner *p, gs_clause *clause);
/* Whether all that an expression reads is known. */
bool gs_is_known(const gs_matching *m, const gs_expr *expr);

/* date_bounds.c: the conditions on the date of an expansion's edge, or of a statement
 * that it leads to and whose date the edge has, into spec->bounds; `windowed` are those
 * that the bounds say wholly, where the edge has the statement's date. */
void gs_plan_date_bounds(gs_expand_spec *spec, gs_matching *m);

/* plan_tally.c: where the rows of the last expansion are only counted, counts them by the
 * list; *weight is the slot of their number, or GS_NO_SLOT. */
GS_CHECKED gs_code gs_plan_tally(uint32_t *weight, gs_planner *p,
                                 const gs_projection *projection);

/* How a node is best reached that nothing leads to. */
typedef struct gs_anchor {
    size_t node;
    double estimate;
    bool seek;
    gs_seek_spec spec;
    uint32_t label;        /* of a scan; 0 is all nodes */
    gs_condition *settled; /* what the anchor decides by itself; or NULL */
} gs_anchor;

/* Whether a condition leads to about one node for this one; then how. */
bool gs_anchor_seek(gs_anchor *out, const gs_matching *m, size_t node);
/* The best of all unknown nodes. */
void gs_anchor_choose(gs_anchor *out, const gs_matching *m);

#endif
