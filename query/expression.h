/* The value of an expression in the frame of a run.
 *
 * Ownership  what is made is the arena's; texts may point into the snapshot or the frame.
 * Errors     GS_RUNTIME with the place in the query.
 */
#ifndef GS_QUERY_EXPRESSION_H
#define GS_QUERY_EXPRESSION_H

#include "query/compare.h"
#include "query/refuse.h"
#include "query/run.h"

GS_CHECKED gs_code gs_evaluate(gs_value *out, gs_run *run, const gs_expr *expr,
                               gs_arena *arena, gs_error *err);
/* As a predicate: anything but a boolean or null is an error. */
GS_CHECKED gs_code gs_evaluate_truth(gs_truth *out, gs_run *run, const gs_expr *expr,
                                     gs_arena *arena, gs_error *err);

/* A property of a node, an edge or a map by its name; `key` is its interned number. */
GS_CHECKED gs_code gs_member(gs_value *out, gs_run *run, gs_value of, gs_text name,
                             uint32_t key, gs_place place, gs_arena *arena,
                             gs_error *err);

/* a + b and its kin; `kind` is one of GS_E_ADD ... GS_E_POWER. */
GS_CHECKED gs_code gs_calculate(gs_value *out, gs_run *run, gs_expr_kind kind, gs_value a,
                                gs_value b, gs_place place, gs_arena *arena,
                                gs_error *err);

/* An integer or a float as toString writes it; in the arena, missing for want of memory.
 */
gs_text gs_number_text(gs_arena *arena, gs_value number);

/* An integer for SKIP, LIMIT and the like. */
GS_CHECKED gs_code gs_evaluate_count(uint64_t *out, gs_run *run, const gs_expr *expr,
                                     const char *what, gs_arena *arena, gs_error *err);

gs_value gs_node_value(uint64_t number);
gs_value gs_edge_value(uint64_t number);

#endif
