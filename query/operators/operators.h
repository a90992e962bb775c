/* All operators, and what each wants to be told before it is opened. */
#ifndef GS_QUERY_OPERATORS_H
#define GS_QUERY_OPERATORS_H

#include "graph/index.h"
#include "graph/timeline.h"
#include "query/functions/function.h"
#include "query/operators/operator.h"

/* A node that a pattern asks for: where it goes and what labels it must have. */
typedef struct gs_target {
    uint32_t slot;
    bool bound; /* the frame has it already: it must be the same one */
    uint32_t *labels;
    size_t label_count;
    gs_place place;
} gs_target;

/* Relationships that one pattern must not repeat: slots with an edge or a list of them.
 */
typedef struct gs_used {
    uint32_t *slots;
    size_t count;
} gs_used;

/* once.c: one row each time it is opened. */
gs_operator *gs_once(gs_run *run);

/* scan.c: all nodes of a label (0: all). */
gs_operator *gs_scan(gs_run *run, gs_operator *input, uint32_t label,
                     const gs_target *target);

/* seek.c: the nodes that an expression leads to. */
typedef enum gs_seek_by {
    GS_SEEK_VALUE, /* n = expr */
    GS_SEEK_ID,    /* id(n) = expr */
    GS_SEEK_INDEX, /* n.name = expr */
    GS_SEEK_WORDS, /* has_words(n, expr) */
} gs_seek_by;

typedef struct gs_seek_spec {
    gs_seek_by by;
    gs_index index;
    const gs_expr *key;
    bool each;      /* the key is a list: IN */
    uint32_t label; /* whose nodes are read where the key is nothing an index holds */
} gs_seek_spec;

gs_operator *gs_seek(gs_run *run, gs_operator *input, const gs_seek_spec *spec,
                     const gs_target *target);

/* expand.c: from a node over one relationship. expand_path.c: over many. */
/* A comparison that the filter behind an expansion makes of a date, as far as the
 * timeline can use it: what it leaves out, the filter would. */
typedef struct gs_date_bound {
    const gs_expr *date; /* the other side; known before the expansion */
    bool first, last;    /* it bounds that end of the window */
} gs_date_bound;

/* Whether the window of an operator's present row says all that conditions of the MATCH
 * say of dates, so that these need no evaluation. */
typedef struct gs_proof {
    bool whole, holds; /* all bounds are dates; the present row's date is one too */
} gs_proof;

enum { GS_DATE_BOUNDS = 8 };

typedef struct gs_expand_spec {
    const gs_edge_pattern *edge;
    uint32_t from;
    uint8_t direction; /* a gs_direction, seen from `from` */
    bool reversed;     /* `from` is the pattern's right end */
    gs_target to;
    gs_used used;
    gs_date_bound bounds[GS_DATE_BOUNDS]; /* expand.c alone */
    size_t bound_count;
    const gs_path_pattern *path;
    size_t index; /* of the edge in the path */
    bool timed;   /* CHRONOLOGICAL, and the path is known up to `from` */
} gs_expand_spec;

gs_operator *gs_expand(gs_run *run, gs_operator *input, const gs_expand_spec *spec);
const gs_proof *gs_expand_proof(const gs_operator *expand);
/* What an operator expands or filters by; NULL where it does no such thing. */
const gs_expand_spec *gs_expand_spec_of(const gs_operator *op);
const gs_expr *gs_filter_condition(const gs_operator *op);
gs_operator *gs_expand_path(gs_run *run, gs_operator *input, const gs_expand_spec *spec);

/* meet.c: the nodes that both legs lead to, each over one relationship from a node that
 * is known. The legs have the same `to`, which is not bound, and are not timed. */
gs_operator *gs_meet(gs_run *run, gs_operator *input, const gs_expand_spec *one,
                     const gs_expand_spec *other);

/* tally.c: where only the number of an expansion's rows is asked, one row for all those of
 * the input's row, with their number in a slot; no row where there are none. */
typedef struct gs_kind_condition {
    const gs_expr *whole; /* n.kind = ..., n.kind IN ... */
    const gs_expr *kinds; /* the other side */
    bool each;            /* IN */
} gs_kind_condition;

enum { GS_KIND_CONDITIONS = 4 };

typedef struct gs_tally_spec {
    gs_expand_spec expand; /* of one type and direction, its end not bound, not timed */
    gs_kind_condition conditions[GS_KIND_CONDITIONS]; /* on its end */
    size_t condition_count;
    uint32_t slot;
} gs_tally_spec;

gs_operator *gs_tally_rows(gs_run *run, gs_operator *input, const gs_tally_spec *spec);

/* A gs_direction as seen from the other end. */
static inline uint8_t gs_turned(uint8_t direction)
{
    return direction == GS_OUT ? GS_IN : direction == GS_IN ? GS_OUT : GS_BOTH;
}

/* shortest.c: shortestPath and its kin, from `from` to every end, or the one known. */
gs_operator *gs_shortest(gs_run *run, gs_operator *input, const gs_expand_spec *spec);

/* chronological.c: whether time never surely falls along a path that is known. */
gs_operator *gs_chronological(gs_run *run, gs_operator *input,
                              const gs_path_pattern *path);

/* endpoints.c: from a relationship that is known to its ends. */
gs_operator *gs_endpoints(gs_run *run, gs_operator *input, const gs_edge_pattern *edge,
                          const gs_target *left, const gs_target *right,
                          const gs_used *used);

/* follow.c: along a list of relationships that is known. */
gs_operator *gs_follow(gs_run *run, gs_operator *input, const gs_edge_pattern *edge,
                       const gs_target *left, const gs_target *right,
                       const gs_used *used);

/* labels.c: whether a node that is known has the labels. */
gs_operator *gs_check_labels(gs_run *run, gs_operator *input, const gs_target *target);

/* path.c: named paths from their elements. */
gs_operator *gs_assemble(gs_run *run, gs_operator *input, const gs_path_pattern *path);

/* filter.c */
gs_operator *gs_filter(gs_run *run, gs_operator *input, const gs_expr *condition,
                       const gs_proof *proof); /* NULL: the condition is never spared */

/* optional.c: `inner` for each row of `input`; where it has none, its slots are null. */
gs_operator *gs_optional(gs_run *run, gs_operator *input, gs_operator *inner,
                         const uint32_t *slots, size_t count);

/* unwind.c */
gs_operator *gs_unwind(gs_run *run, gs_operator *input, const gs_expr *list,
                       uint32_t slot);

/* project.c, aggregate.c, distinct.c, sort.c, limit.c */
gs_operator *gs_project(gs_run *run, gs_operator *input, const gs_projection *projection);
gs_operator *gs_aggregate_rows(gs_run *run, gs_operator *input,
                               const gs_projection *projection,
                               uint32_t weight); /* the slot with how many rows one
                                                  * stands for; GS_NO_SLOT: one */
gs_operator *gs_distinct(gs_run *run, gs_operator *input, const uint32_t *slots,
                         size_t count);
gs_operator *gs_sort(gs_run *run, gs_operator *input, const gs_projection *projection);
gs_operator *gs_limit(gs_run *run, gs_operator *input, const gs_expr *skip,
                      const gs_expr *limit);

/* union.c: one input after the other; their columns go to the run's. */
gs_operator *gs_union(gs_run *run, gs_operator **inputs, const gs_single *singles,
                      size_t count);

/* Whether rows are grouped by that item: aggregate.c has computed it, project.c need not.
 */
bool gs_item_groups(const gs_projection *projection, size_t index);

/* For those that read nodes and edges: whether one fits what is asked. */
GS_CHECKED gs_code gs_target_fits(bool *out, gs_run *run, const gs_target *target,
                                  uint64_t node, gs_error *err);
/* The same of a hop's neighbour: what the list tells of it opens no record. */
GS_CHECKED gs_code gs_target_fits_hop(bool *out, gs_run *run, const gs_target *target,
                                      const gs_hop *hop, gs_error *err);
/* window.c: the window that the bounds leave, for the present row; all where a bound is
 * no date. *whole (may be NULL) tells whether it says all that they say. */
GS_CHECKED gs_code gs_bounds_window(gs_window *out, bool *whole, gs_run *run,
                                    const gs_date_bound *bounds, size_t count,
                                    gs_arena *arena, gs_error *err);
bool gs_edge_is_used(const gs_run *run, const gs_used *used, uint64_t edge);
/* Whether an edge has the properties of a pattern's map, which is evaluated already. */
GS_CHECKED gs_code gs_edge_has(bool *out, gs_run *run, gs_value map, uint64_t edge,
                               gs_arena *arena, gs_error *err);

#endif
