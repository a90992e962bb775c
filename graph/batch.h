/* A batch: nodes and edges written in one transaction, acknowledged when it is on disk.
 *
 * Ownership  gs_batch_begin's result ends with gs_batch_commit or gs_batch_abort,
 *            whatever they return. What is handed in is copied.
 * Errors     after any failure but GS_LIMIT the batch can only be aborted; nothing of it
 *            is in the store then.
 * Threads    one at a time; one batch a store, and one a machine (others wait).
 */
#ifndef GS_GRAPH_BATCH_H
#define GS_GRAPH_BATCH_H

#include "graph/index.h"
#include "graph/ranges.h"
#include "graph/snapshot.h"
#include "graph/timeline.h"

typedef struct gs_batch gs_batch;

/* `now` is the wall clock, seconds UTC; `run` is a number in GS_LEDGER_RUNS. */
GS_CHECKED gs_code gs_batch_begin(gs_batch **out, gs_store *store, uint64_t run,
                                  int64_t now, gs_error *err);

/* What the batch itself has written is in it. Borrowed; do not close it. What was read of
 * it is gone with the next write. */
const gs_snapshot *gs_batch_snapshot(gs_batch *batch);

/* The number of a name, given out now where it is new. */
GS_CHECKED gs_code gs_batch_name(uint32_t *out, gs_batch *batch, gs_text name,
                                 gs_error *err);

/* A new node; properties is a map (null for none), its null values are left out. Indexed
 * by its labels and the properties that index.c declares. */
GS_CHECKED gs_code gs_batch_node(uint64_t *out, gs_batch *batch, const uint32_t *labels,
                                 size_t label_count, gs_value properties, gs_error *err);

/* A new edge between two nodes; `date` (NULL: undated) orders it in their timelines and
 * is kept as the property `date`; a true `inferred` among the properties marks its
 * entries. */
GS_CHECKED gs_code gs_batch_edge(uint64_t *out, gs_batch *batch, uint32_t type,
                                 uint64_t start, uint64_t end, const gs_edtf *date,
                                 gs_value properties, gs_error *err);

/* A later version of a node that is there (else GS_FAILED): these properties replace or,
 * where null, remove those of the same key; the others stay. Labels stay. */
GS_CHECKED gs_code gs_batch_revise(gs_batch *batch, uint64_t node, gs_value changed,
                                   gs_error *err);

/* A node or an edge that is there (else GS_FAILED) ends with this commit; as of earlier
 * ones it is still there. A node's edges are invisible with it. */
GS_CHECKED gs_code gs_batch_end(gs_batch *batch, uint64_t number, gs_error *err);
/* One that has ended (else GS_FAILED) is there again from this commit on. */
GS_CHECKED gs_code gs_batch_revive(gs_batch *batch, uint64_t number, gs_error *err);

/* The batch's snapshot, in which what has ended is there still; what is hidden with the
 * run that brought it is not. Borrowed until the next call. */
const gs_snapshot *gs_batch_ever(gs_batch *batch);
/* The same with what is hidden, too. */
const gs_snapshot *gs_batch_whole(gs_batch *batch);

/* The text of a document, kept compressed; a later one is a version, like
 * gs_batch_revise. */
GS_CHECKED gs_code gs_batch_text(gs_batch *batch, uint64_t document, gs_text text,
                                 gs_error *err);

/* Who waits for a statement that has not come: `id` -> numbers of statements. */
GS_CHECKED gs_code gs_batch_wait(gs_batch *batch, gs_text id, uint64_t statement,
                                 gs_error *err);
GS_CHECKED gs_code gs_batch_waiting(uint64_t **out, size_t *count, gs_batch *batch,
                                    gs_text id, gs_arena *arena, gs_error *err);
GS_CHECKED gs_code gs_batch_arrived(gs_batch *batch, gs_text id,
                                    gs_error *err); /* none waits */

/* An answer whose claim no record names, under an actor whose part it takes. */
typedef struct gs_undecided {
    uint64_t actor, statement;
    int64_t earliest, latest; /* of its date, seconds UTC */
} gs_undecided;

/* One that is told twice stands there once; one that is not there is no error. */
GS_CHECKED gs_code gs_batch_undecided(gs_batch *batch, const gs_undecided *answer,
                                      gs_error *err);
GS_CHECKED gs_code gs_batch_decided(gs_batch *batch, const gs_undecided *answer,
                                    gs_error *err);
/* Those of an actor that begin at `last` at the latest and end at `first` or later, where
 * none is longer than `length` seconds. */
GS_CHECKED gs_code gs_batch_find_undecided(uint64_t **out, size_t *count, gs_batch *batch,
                                           uint64_t actor, gs_window window,
                                           int64_t length, gs_arena *arena,
                                           gs_error *err);
GS_CHECKED gs_code gs_batch_any_undecided(bool *out, gs_batch *batch, gs_error *err);

/* Writes entry `number` of a ledger; 0 takes the next free number. */
GS_CHECKED gs_code gs_ledger_write(uint64_t *out, gs_batch *batch, gs_ledger ledger,
                                   uint64_t number, gs_value map, gs_error *err);

/* The numbers that this batch has hidden, or shown again; the caller frees them. */
GS_CHECKED gs_code gs_batch_turned(gs_ranges *out, gs_batch *batch, gs_error *err);

/* One that is not there is no error. */
GS_CHECKED gs_code gs_ledger_delete(gs_batch *batch, gs_ledger ledger, uint64_t number,
                                    gs_error *err);

/* Roughly how many bytes of pages this batch has made dirty, so that a load ends it in
 * time. */
size_t gs_batch_dirty(const gs_batch *batch);

/* Without a node, an edge, a version, a text or an end in it, nothing is numbered: *out
 * is the last commit there is (number 0 when there is none), and only ledgers are
 * written. */
GS_CHECKED gs_code gs_batch_commit(gs_commit *out, gs_batch *batch, gs_error *err);
void gs_batch_abort(gs_batch *batch); /* NULL is nothing to abort */

#endif
