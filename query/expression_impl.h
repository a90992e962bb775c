/* What the evaluator's files share. */
#ifndef GS_QUERY_EXPRESSION_IMPL_H
#define GS_QUERY_EXPRESSION_IMPL_H

#include "query/expression.h"

/* One evaluation: the expression, where it happens, where its value is made. */
typedef struct gs_eval {
    gs_run *run;
    const gs_expr *expr;
    gs_arena *arena;
    gs_error *err;
} gs_eval;

typedef gs_code gs_evaluator(gs_value *out, const gs_eval *e);

/* The value of operand `index`; null where it was left out. */
GS_CHECKED gs_code gs_operand(gs_value *out, const gs_eval *e, size_t index);
__attribute__((format(printf, 3, 4))) gs_code
gs_eval_refuse(const gs_eval *e, const char *detail, const char *format, ...);

gs_evaluator gs_eval_index, gs_eval_slice, gs_eval_list, gs_eval_map, gs_eval_in,
    gs_eval_comprehension, gs_eval_quantifier, gs_eval_reduce, gs_eval_pattern,
    gs_eval_pattern_list;

#endif
