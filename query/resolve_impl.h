/* What the resolver's files share: resolve.c (clauses), resolve_expression.c,
 * resolve_projection.c, resolve_names.c. */
#ifndef GS_QUERY_RESOLVE_IMPL_H
#define GS_QUERY_RESOLVE_IMPL_H

#include "graph/base/suggest.h"
#include "query/functions/function.h"
#include "query/resolve.h"

/* What a variable is known to hold before any row. */
typedef enum gs_bound_type {
    GS_B_ANY,
    GS_B_NODE,
    GS_B_EDGE,
    GS_B_EDGES, /* of a pattern of variable length */
    GS_B_PATH,
    GS_B_VALUE, /* surely none of these */
} gs_bound_type;

enum { GS_UNKNOWN_TYPE = -1 };

typedef struct gs_binding {
    gs_text name;
    uint32_t slot;
    gs_bound_type type;
    int known; /* the gs_type that its values surely have, or GS_UNKNOWN_TYPE */
} gs_binding;

typedef struct gs_resolver {
    gs_run *run;
    gs_binding *scope;
    size_t count, room;
    bool may_aggregate, aggregating; /* aggregating: within an aggregate's argument */
    bool constant;                   /* no variable may stand here */
    const gs_expr *searched;         /* the last has_words() of a variable; or NULL */
    gs_error *err;
} gs_resolver;

__attribute__((format(printf, 4, 5))) gs_code gs_resolve_refuse(gs_resolver *r,
                                                                gs_place place,
                                                                const char *detail,
                                                                const char *format, ...);
/* NULL where no such name is bound; the innermost of several. */
gs_binding *gs_bound(gs_resolver *r, gs_text name);
GS_CHECKED gs_code gs_bind(gs_resolver *r, gs_text name, uint32_t slot,
                           gs_bound_type type);

GS_CHECKED gs_code gs_resolve_expression(gs_resolver *r, gs_expr *expr);
gs_bound_type gs_type_of(gs_resolver *r, const gs_expr *expr);
/* The gs_type that an expression's values, or a list's items, surely have (but for null),
 * or GS_UNKNOWN_TYPE. */
int gs_known_of(gs_resolver *r, const gs_expr *expr);
int gs_known_item(gs_resolver *r, const gs_expr *list);
bool gs_is_condition(gs_expr_kind kind);
/* Refuse what cannot be: an operand of a wrong type, a condition that is none, a pattern
 * as a value. The operands are resolved. */
GS_CHECKED gs_code gs_check_types(gs_resolver *r, const gs_expr *expr);
GS_CHECKED gs_code gs_check_condition(gs_resolver *r, const gs_expr *expr);
GS_CHECKED gs_code gs_refuse_pattern(gs_resolver *r, const gs_expr *expr);
GS_CHECKED gs_code gs_resolve_projection(gs_resolver *r, gs_clause *clause);
/* The clauses of one query without UNION, in the scope as it is. */
GS_CHECKED gs_code gs_resolve_single(gs_resolver *r, gs_single *single);

/* Interned numbers of what a query names, with a warning for what the store has not. */
GS_CHECKED gs_code gs_resolve_label(gs_resolver *r, uint32_t *out, gs_text name,
                                    gs_place place);
GS_CHECKED gs_code gs_resolve_types(gs_resolver *r, gs_edge_pattern *edge);
GS_CHECKED gs_code gs_resolve_property(gs_resolver *r, uint32_t *out, gs_text name,
                                       gs_place place, bool warn);

#endif
