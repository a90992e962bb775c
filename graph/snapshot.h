/* A snapshot: the graph as of one commit, unmoved by whoever writes meanwhile.
 *
 * Nodes and edges share one sequence of numbers, from 1, in order of arrival: a record's
 * number is when it was born. Visible as of N is what has a number <= N and no end that
 * covers N; an edge also needs both its ends. Everything here shows only what is visible.
 *
 * Ownership  texts and packed bytes point into the store's map and live until the
 *            snapshot is closed (of a batch: until it is written to again). Cursors are
 *            closed before their snapshot.
 * Errors     GS_END is "no more" or "no such thing"; anything else but GS_OK is a
 *            failure, and `err` says which (GS_DAMAGED names the record). Out parameters
 *            are written on success alone.
 * Threads    one at a time.
 */
#ifndef GS_GRAPH_SNAPSHOT_H
#define GS_GRAPH_SNAPSHOT_H

#include "graph/base/arena.h"
#include "graph/base/edtf.h"
#include "graph/base/error.h"
#include "graph/base/text.h"
#include "graph/base/value.h"
#include "graph/model.h"
#include "graph/store.h"
#include <stdbool.h>
#include <stdint.h>

typedef struct gs_snapshot gs_snapshot;

#define GS_NOW UINT64_MAX

/* As of a commit (0 is before the first); GS_NOW is the last one. */
GS_CHECKED gs_code gs_snapshot_open(gs_snapshot **out, gs_store *store, uint64_t commit,
                                    gs_error *err);
/* The last commit at or before a time (seconds UTC), to be opened by its number; 0 when
 * there is none. */
GS_CHECKED gs_code gs_snapshot_commit_at(uint64_t *out, gs_store *store, int64_t time,
                                         gs_error *err);
void gs_snapshot_close(gs_snapshot *snapshot); /* NULL is nothing to close */

uint64_t gs_snapshot_commit(const gs_snapshot *snapshot); /* whose state this is */
uint64_t gs_snapshot_last(const gs_snapshot *snapshot);   /* the largest visible number */
/* Whether something is hidden since a run was taken back. */
bool gs_snapshot_hides(const gs_snapshot *snapshot);

/* Interned names: 0 and the missing text where there is none. */
uint32_t gs_name_find(const gs_snapshot *snapshot, gs_text name);
gs_text gs_name_text(const gs_snapshot *snapshot, uint32_t name);
/* The largest name number in use, to go through all from 1 (some below are unused). */
uint32_t gs_name_last(const gs_snapshot *snapshot);

enum { GS_LABELS_MAX = 64 };

typedef struct gs_node {
    uint64_t number;
    uint32_t label_count;
    const unsigned char
        *labels;        /* label_count interned numbers of 4 bytes; gs_node_label */
    gs_text properties; /* packed, for gs_property; the last version visible */
} gs_node;

typedef struct gs_edge {
    uint64_t number, start, end;
    uint32_t type;
    int64_t earliest,
        latest; /* of the statement it belongs to; open ends where undated */
    bool inferred;
    bool start_dated, end_dated; /* as gs_hop.dated (timeline.h) says it of a neighbour */
    uint8_t start_sort, end_sort; /* as gs_hop.sort */
    gs_text properties;
} gs_edge;

GS_CHECKED gs_code gs_node_read(gs_node *out, const gs_snapshot *snapshot,
                                uint64_t number, gs_error *err);
GS_CHECKED gs_code gs_edge_read(gs_edge *out, const gs_snapshot *snapshot,
                                uint64_t number, gs_error *err);
uint32_t gs_node_label(const gs_node *node, uint32_t index);
bool gs_node_has_label(const gs_node *node, uint32_t label);

/* One property of a node's or edge's packed properties; null when it has none of that
 * key. Lists, maps and dates are the arena's. */
GS_CHECKED gs_code gs_property(gs_value *out, const gs_snapshot *snapshot, gs_text packed,
                               uint32_t key, gs_arena *arena, gs_error *err);
/* All of them, as a map with the keys' texts, in the order of their interned numbers. */
GS_CHECKED gs_code gs_properties(gs_value *out, const gs_snapshot *snapshot,
                                 gs_text packed, gs_arena *arena, gs_error *err);

/* The text of a document, in the arena; GS_END when it was not kept. */
GS_CHECKED gs_code gs_document_text(gs_text *out, const gs_snapshot *snapshot,
                                    uint64_t document, gs_arena *arena, gs_error *err);

/* Counts, as statistics for a planner: of the last commit, not of the one asked. Label or
 * type 0 counts all nodes, all edges. */
uint64_t gs_count_nodes(const gs_snapshot *snapshot, uint32_t label);
uint64_t gs_count_edges(const gs_snapshot *snapshot, uint32_t type);

/* Maps that belong to no node, by number: what jobs keep. */
typedef enum gs_ledger {
    GS_LEDGER_RUNS,    /* a run of a job */
    GS_LEDGER_REJECTS, /* a record set aside */
    GS_LEDGER_SUPPORT, /* what a run has found known, of a label: support.h */
    GS_LEDGER_INPUTS,  /* an input of a run, and how far the run has come in it */
    GS_LEDGER_ERASED,  /* a commit of which records were erased: its digests, which */
    GS_LEDGERS,
} gs_ledger;

/* The first entry with a number >= `from`. */
GS_CHECKED gs_code gs_ledger_read(uint64_t *number, gs_value *out,
                                  const gs_snapshot *snapshot, gs_ledger ledger,
                                  uint64_t from, gs_arena *arena, gs_error *err);

typedef struct gs_commit {
    uint64_t number, last; /* of the commit; the last number it gave to a record */
    uint64_t run, lmdb_txn;
    int64_t time;          /* seconds UTC, never falling */
    uint64_t nodes, edges; /* that it brought */
    unsigned char hash[32];
} gs_commit;

/* Commit `number`, from 1 on. */
GS_CHECKED gs_code gs_commit_read(gs_commit *out, const gs_snapshot *snapshot,
                                  uint64_t number, gs_error *err);

#endif
