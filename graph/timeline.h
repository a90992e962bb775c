/* The edges of one node, earliest first within each type, from the covering adjacency:
 * what the common questions filter on is in the entry, so that no record needs to be
 * opened.
 *
 * Ownership  a cursor is closed with gs_timeline_close, before its snapshot; a hop is a
 *            plain value.
 * Units      seconds UTC; both ends of a window belong to it.
 * Errors, threads  as in snapshot.h.
 */
#ifndef GS_GRAPH_TIMELINE_H
#define GS_GRAPH_TIMELINE_H

#include "graph/sieve.h"
#include "graph/snapshot.h"

typedef enum gs_direction { GS_OUT = 1, GS_IN = 2, GS_BOTH = 3 } gs_direction;

typedef struct gs_window {
    int64_t first, last; /* an edge lies in it when its interval possibly meets it */
    bool undated;        /* those without a date are given too */
} gs_window;

/* All edges, undated ones too. An undated edge lies in no other window: one that is not
 * `undated` leaves it out. */
#define GS_WINDOW_ALL ((gs_window){INT64_MIN, INT64_MAX, false})

typedef struct gs_hop {
    uint64_t edge, neighbour;
    int64_t earliest, latest;
    uint32_t type;
    uint8_t direction; /* GS_OUT: the node asked is the edge's start */
    bool inferred;
    uint8_t sort; /* of the neighbour: a gs_node_sort (model.h), its labels and kind */
    bool dated;   /* the neighbour has the edge's date: see gs_hop_date */
} gs_hop;

/* What the list tells of the neighbour, without a look at its record. `sort` gives its
 * labels (gs_sort_has_label) and, of a statement, its property `kind` (gs_sort_kind);
 * GS_SORT_OTHER tells nothing. gs_hop_date gives its property `date`. Both hold as of
 * every commit that shows it: of a statement whose kind or date was ever revised, or
 * whose labels are none of the model's, nothing is told. */
typedef enum gs_told {
    GS_UNTOLD,    /* ask the record */
    GS_TOLD,      /* *out is the date */
    GS_TOLD_NONE, /* it has none */
} gs_told;
gs_told gs_hop_date(gs_edtf *out, const gs_hop *hop);

typedef struct gs_timeline gs_timeline;

/* Of the types given (none: all), in that order; with GS_BOTH a loop comes once. */
GS_CHECKED gs_code gs_timeline_open(gs_timeline **out, const gs_snapshot *snapshot,
                                    uint64_t node, const uint32_t *types,
                                    size_t type_count, gs_direction direction,
                                    gs_window window, gs_error *err);
/* The same cursor for another node: no allocation. */
GS_CHECKED gs_code gs_timeline_reset(gs_timeline *timeline, uint64_t node, gs_error *err);
/* And for another window: it holds from the next reset on. */
void gs_timeline_look(gs_timeline *timeline, gs_window window);
/* From the next reset on hops to neighbours that the sieve has not may be left out; NULL:
 * none is. The sieve is borrowed. */
void gs_timeline_sift(gs_timeline *timeline, const gs_sieve *sieve);
/* Passes over hops, block by block, at some 3 ns each, until it comes to the end (GS_END)
 * or past `most` of them. Adds to *count how many there are at most: those that are not
 * shown and, with a window, those of a block that reaches out of it are counted too. Their
 * neighbours go into the sieve; NULL: they are only counted. */
GS_CHECKED gs_code gs_timeline_sweep(size_t *count, gs_timeline *timeline, size_t most,
                                     const gs_sieve *into, gs_error *err);
/* GS_OK with the next hop, or GS_END. */
GS_CHECKED gs_code gs_timeline_next(gs_hop *out, gs_timeline *timeline, gs_error *err);
void gs_timeline_close(gs_timeline *timeline); /* NULL is nothing to close */

#endif
