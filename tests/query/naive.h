/* A second opinion on queries: small random graphs, random queries on them, and an
 * evaluator that does what the language says in the plainest way: every clause makes all
 * its rows out of all those before it, a pattern tries every node and every relationship.
 * It shares values (graph/base) with the engine and nothing else.
 *
 * naive_graph.c makes graphs, naive_merge.c merges them, naive_random.c makes queries, naive_text.c writes both;
 * naive.c evaluates expressions, naive_match.c finds patterns, naive_clauses.c does the
 * rest.
 *
 * Ownership  everything is the arena's that is handed in; want of memory ends the test.
 */
#ifndef TESTS_QUERY_NAIVE_H
#define TESTS_QUERY_NAIVE_H

#include "graph/base/arena.h"
#include "graph/base/buffer.h"
#include "graph/base/value.h"

enum { NV_NODES = 9, NV_EDGES = 14, NV_PROPERTIES = 3, NV_VARS = 24, NV_HOPS = 3 };

/* Labels and relationship types are bits, in the order of these names. */
extern const char *const nv_labels[], *const nv_types[], *const nv_keys[];
enum { NV_LABELS = 5, NV_TYPES = 5, NV_KEYS = 3 };
enum { NV_KIND_KEY, NV_INTEGER_KEY, NV_DATE_KEY };

typedef struct nv_node {
    uint64_t number; /* in the store */
    unsigned labels;
    gs_value properties[NV_KEYS]; /* by key; `date` is the last */
    size_t same; /* the node before it that it is merged with; itself where none */
} nv_node;

typedef struct nv_edge {
    uint64_t number;
    size_t start, end;
    unsigned type; /* one bit */
    gs_value properties[NV_KEYS];
} nv_edge;

typedef struct nv_graph {
    nv_node nodes[NV_NODES];
    nv_edge edges[NV_EDGES];
    size_t node_count, edge_count;
} nv_graph;

typedef enum nv_kind {
    NV_LITERAL,
    NV_VAR,
    NV_PROPERTY,
    NV_LABEL, /* args[0]:L */
    NV_NOT,
    NV_AND,
    NV_OR,
    NV_XOR,
    NV_EQUAL,
    NV_DIFFERENT,
    NV_LESS,
    NV_LESS_EQUAL,
    NV_GREATER,
    NV_GREATER_EQUAL,
    NV_POSSIBLY, /* of a comparison */
    NV_CERTAINLY,
    NV_IN,
    NV_IS_NULL,
    NV_IS_NOT_NULL,
    NV_ADD,
    NV_SUBTRACT,
    NV_MULTIPLY,
    NV_LIST,
    NV_ELEMENT, /* args[0][args[1]] */
    NV_SIZE,
    NV_LENGTH, /* of a path */
    NV_TYPE,
    NV_COALESCE,
    NV_CASE,          /* CASE WHEN args[0] THEN args[1] ELSE args[2] END */
    NV_CASE_OF,       /* CASE args[0] WHEN args[1] THEN args[2] ELSE args[3] END */
    NV_COMPREHENSION, /* [var IN args[0] WHERE args[1] | args[2]] */
    NV_ALL,           /* all(var IN args[0] WHERE args[1]), and its kin */
    NV_ANY,
    NV_NONE,
    NV_SINGLE,
    NV_EXISTS, /* EXISTS { pattern } */
    NV_COUNT_ROWS,
    NV_COUNT,
    NV_COUNT_DISTINCT,
    NV_SUM,
    NV_MIN,
    NV_MAX,
    NV_COLLECT,
} nv_kind;

typedef struct nv_expr {
    nv_kind kind;
    gs_value value;
    size_t var, key;
    unsigned label;
    size_t count;
    struct nv_expr *args[4];
    struct nv_pattern *pattern;
} nv_expr;

enum { NV_NO_VAR = NV_VARS };

typedef struct nv_point {
    size_t var; /* NV_NO_VAR: it has no name */
    unsigned labels;
    bool mapped; /* {key: value} */
    size_t key;
    gs_value value;
} nv_point;

typedef enum nv_way { NV_RIGHT, NV_LEFT, NV_EITHER } nv_way;

typedef struct nv_step {
    size_t var;
    unsigned types; /* 0: any */
    nv_way way;
    bool many; /* *least..most */
    size_t least, most;
    bool mapped;
    size_t key;
    gs_value value;
} nv_step;

typedef struct nv_path {
    size_t var;
    bool chronological;
    nv_point points[NV_HOPS + 1];
    nv_step steps[NV_HOPS];
    size_t step_count;
} nv_path;

typedef struct nv_pattern {
    nv_path paths[2];
    size_t path_count;
    bool known[NV_VARS]; /* variables that it found there; null matches nothing */
} nv_pattern;

typedef enum nv_clause_kind { NV_MATCH, NV_OPTIONAL, NV_UNWIND, NV_WITH } nv_clause_kind;

enum { NV_ITEMS = 4, NV_CLAUSES = 5 };

typedef struct nv_clause {
    nv_clause_kind kind;
    nv_pattern pattern;
    nv_expr *where; /* NULL: none */
    nv_expr *list;  /* of UNWIND, into vars[0] */
    bool distinct, grouped;
    nv_expr *items[NV_ITEMS]; /* of WITH and RETURN, into vars */
    size_t vars[NV_ITEMS], count;
    bool ordered, descending[NV_ITEMS]; /* by all items in turn */
    int skip, limit;                    /* -1: none; of what is ordered alone */
} nv_clause;

/* The last clause is RETURN. */
typedef struct nv_query {
    nv_clause clauses[NV_CLAUSES];
    size_t count;
} nv_query;

typedef struct nv_row {
    gs_value vars[NV_VARS];
} nv_row;

typedef struct nv_rows {
    nv_row *rows;
    size_t count, room;
} nv_rows;

/* Where an expression is evaluated. */
typedef struct nv_scope {
    const nv_graph *graph;
    gs_arena *arena;
    size_t *left; /* rows and steps that may still be tried; at 0 all ends, untold */
} nv_scope;

/* `merged`: most of its nodes are claims, some of which are the same. */
void nv_make_graph(nv_graph *out, bool merged, uint64_t *seed, gs_arena *arena);
enum { NV_CLAIM = 2 | 4 };      /* the labels of those */
void nv_merge(nv_graph *graph); /* naive_merge.c */
void nv_make_query(nv_query *out, uint64_t *seed, gs_arena *arena);

void nv_write_query(gs_buffer *out, const nv_query *query);
void nv_write_graph(gs_buffer *out, const nv_graph *graph);
/* The one text of a value, elements by number; a list whose order is not defined is
 * sorted by its items' texts. */
void nv_write_value(gs_buffer *out, gs_value value, bool bag);

void nv_evaluate_query(nv_rows *out, const nv_scope *scope, const nv_query *query);

/* What the makers share: any value that a property of this key may have. */
gs_value nv_any_of_key(size_t key, uint64_t *seed, gs_arena *arena);

/* What the evaluators share. */
gs_value nv_evaluate(const nv_scope *scope, const nv_expr *expr, const nv_row *row);
gs_truth nv_equal(gs_value a, gs_value b);
gs_truth nv_less(gs_value a, gs_value b, bool or_equal); /* a < b, or a <= b */
gs_truth nv_truth(gs_value value);                       /* of a predicate */
void nv_add_row(nv_rows *rows, const nv_scope *scope, const nv_row *row);
/* All rows that a pattern makes out of one. */
void nv_match(nv_rows *out, const nv_scope *scope, const nv_pattern *pattern,
              const nv_row *row);
void *nv_take(gs_arena *arena, size_t size);
size_t nv_dice(uint64_t *seed, size_t sides);

#endif
