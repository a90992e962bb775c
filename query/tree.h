/* The syntax tree of a query, as the parser draws it and the resolver completes it.
 *
 * Ownership  nodes, and texts that are not slices of the query's text, are the arena's of
 *            the query that they belong to.
 * Units      a place is bytes of the query's text.
 */
#ifndef GS_QUERY_TREE_H
#define GS_QUERY_TREE_H

#include "graph/base/text.h"
#include "graph/base/value.h"
#include <stdbool.h>
#include <stdint.h>

typedef struct gs_place {
    uint32_t start, size;
} gs_place;

/* No slot: a name that the resolver has not met, or an element that nobody asks for. */
#define GS_NO_SLOT UINT32_MAX

typedef enum gs_expr_kind {
    GS_E_LITERAL,
    GS_E_VARIABLE,  /* name, slot */
    GS_E_PARAMETER, /* name; slot is its index among the parameters */
    GS_E_PROPERTY,  /* args[0] . name */
    GS_E_INDEX,     /* args[0] [ args[1] ] */
    GS_E_SLICE,     /* args[0] [ args[1] .. args[2] ], bounds may be NULL */
    GS_E_LIST,
    GS_E_MAP, /* names are its keys */
    GS_E_NOT,
    GS_E_AND,
    GS_E_OR,
    GS_E_XOR,
    GS_E_EQUAL,
    GS_E_DIFFERENT,
    GS_E_LESS,
    GS_E_LESS_EQUAL,
    GS_E_GREATER,
    GS_E_GREATER_EQUAL,
    GS_E_IN,
    GS_E_STARTS,
    GS_E_ENDS,
    GS_E_CONTAINS,
    GS_E_MATCHES,
    GS_E_IS_NULL,
    GS_E_IS_NOT_NULL,
    GS_E_ADD,
    GS_E_SUBTRACT,
    GS_E_MULTIPLY,
    GS_E_DIVIDE,
    GS_E_MODULO,
    GS_E_POWER,
    GS_E_NEGATE,
    GS_E_PLUS,          /* the sign */
    GS_E_CALL,          /* name, function */
    GS_E_COUNT_ROWS,    /* count(*) */
    GS_E_CASE,          /* args: subject or NULL, then pairs, last the default or NULL */
    GS_E_LABELS,        /* args[0] : names */
    GS_E_COMPREHENSION, /* slot; args: list, filter or NULL, result or NULL */
    GS_E_ALL,           /* slot; args: list, filter or NULL; so the next three */
    GS_E_ANY,
    GS_E_NONE,
    GS_E_SINGLE,
    GS_E_REDUCE,  /* name/slot the accumulator, other the item; args: start, list, step */
    GS_E_PATTERN, /* whether `part` has a match */
    GS_E_PATTERN_LIST, /* `part`; args: filter or NULL, result */
    GS_E_EXISTS,       /* `part` */
} gs_expr_kind;

typedef struct gs_expr gs_expr;
typedef struct gs_single gs_single;
struct gs_function;
struct gs_operator;

struct gs_expr {
    gs_expr_kind kind;
    gs_place place;
    gs_text name;
    gs_value value;
    gs_expr **args;
    size_t count;
    gs_text *names;
    size_t name_count;
    gs_text other;
    bool distinct;   /* of an aggregate's argument */
    gs_single *part; /* of a pattern or EXISTS: its clauses */
    uint32_t depth;  /* of the tree below it; bounded by the parser */
    /* by the resolver */
    uint32_t slot, other_slot;
    uint32_t key;   /* of a property: the interned name, 0 where the store has none */
    uint32_t *keys; /* of a label test, the same */
    const struct gs_function *function;
    uint32_t memo; /* of a call whose value cannot change in a run: from 1 */
    /* by the planner */
    struct gs_operator *plan;
};

typedef struct gs_named {
    gs_text text;
    gs_place place;
    uint32_t key; /* interned; 0 where the store has none */
} gs_named;

typedef struct gs_node_pattern {
    gs_place place;
    gs_text name; /* missing: anonymous */
    gs_named *labels;
    size_t label_count;
    gs_expr *properties; /* a map or a parameter; or NULL */
    uint32_t slot;
    bool bound; /* by an earlier clause */
} gs_node_pattern;

typedef struct gs_edge_pattern {
    gs_place place;
    gs_text name;
    gs_named *types;
    size_t type_count;
    uint8_t direction;    /* a gs_direction, seen from left to right */
    bool hops;            /* of variable length: the slot holds a list */
    uint32_t least, most; /* most: UINT32_MAX where unbounded */
    gs_expr *properties;
    uint32_t slot;
    bool bound;
    uint32_t
        *keys; /* what the types stand for, interned; none and !any: matches nothing */
    size_t key_count;
    bool any; /* no type asked */
} gs_edge_pattern;

typedef enum gs_path_kind {
    GS_PATH_EACH,
    GS_PATH_SHORTEST,
    GS_PATH_ALL_SHORTEST,
    GS_PATH_EARLIEST
} gs_path_kind;

/* node, edge, node, ...: one node more than edges. */
typedef struct gs_path_pattern {
    gs_place place;
    gs_path_kind kind;
    bool chronological;
    gs_expr *within; /* or NULL */
    gs_text name;    /* missing: none */
    uint32_t slot;
    gs_node_pattern *nodes;
    gs_edge_pattern *edges;
    size_t edge_count;
} gs_path_pattern;

typedef struct gs_item {
    gs_expr *expr;
    gs_text name;
    bool named; /* by AS */
    gs_place place;
    uint32_t slot; /* where its value lies in the frame */
} gs_item;

typedef struct gs_key {
    gs_expr *expr;
    bool descending;
} gs_key;

typedef struct gs_call_site {
    gs_expr *call;
    uint32_t slot;
} gs_call_site;

typedef struct gs_projection {
    bool distinct, star;
    gs_item *items;
    size_t count;
    gs_key *keys;
    size_t key_count;
    gs_expr *skip, *limit;
    /* by the resolver */
    bool grouped;
    gs_call_site *aggregates;
    size_t aggregate_count;
    uint32_t *kept; /* the slots that what follows may read */
    size_t kept_count;
} gs_projection;

typedef enum gs_clause_kind {
    GS_C_MATCH,
    GS_C_UNWIND,
    GS_C_WITH,
    GS_C_RETURN
} gs_clause_kind;

typedef struct gs_clause {
    gs_clause_kind kind;
    gs_place place;
    bool optional;
    gs_path_pattern *paths;
    size_t path_count;
    gs_expr *where;
    gs_expr *list; /* UNWIND */
    gs_text name;
    uint32_t slot;
    gs_projection projection;
} gs_clause;

/* Clauses without UNION. That of EXISTS may end without RETURN. */
struct gs_single {
    gs_clause *clauses;
    size_t count;
    bool all; /* joined to the one before by UNION ALL */
    gs_place place;
};

typedef enum gs_mode { GS_RUN, GS_EXPLAIN, GS_PROFILE } gs_mode;

typedef struct gs_tree {
    gs_mode mode;
    gs_expr *as_of, *reported_by; /* constants, or NULL */
    gs_single *singles;
    size_t count;
} gs_tree;

/* Whether two resolved expressions are written alike and so mean the same. */
bool gs_expr_same(const gs_expr *a, const gs_expr *b);
/* Whether one of its kind is anywhere in `expr`. */
bool gs_expr_has(const gs_expr *expr, bool (*is)(const gs_expr *));
/* For the planner: a call of a function that aggregates. */
bool gs_expr_is_aggregate(const gs_expr *expr);
/* NULL-tolerant: calls `visit` with every slot that an expression and what is in it
 * reads. */
void gs_expr_slots(const gs_expr *expr, void (*visit)(void *, uint32_t), void *context);

#endif
