/* Sorted runs: how the table `index` holds hashes of keys -> numbers of nodes.
 *
 * A batch writes what it adds as one run, sorted; runs of like size are merged, so that
 * there are few, and that what is written is large and lies together. A number is found
 * by interpolation, since hashes are spread evenly. docs/format.md has the bytes, and the
 * figures that chose them.
 *
 * Ownership  gs_index_runs is one transaction's and freed with gs_index_runs_free; `{0}` is empty. A
 *            view borrows from the store until the transaction writes to the table.
 * Units      a hash has 40 bits.
 * Errors     GS_DAMAGED for a run whose size is not what it says.
 */
#ifndef GS_GRAPH_INDEX_RUNS_H
#define GS_GRAPH_INDEX_RUNS_H

#include "graph/snapshot.h"
#include <lmdb.h>

enum { GS_INDEX_HASH = 5 }; /* bytes */

typedef struct gs_index_row {
    uint64_t hash, number;
} gs_index_row;

typedef struct gs_index_run {
    uint64_t key;
    MDB_val value; /* size 0: written by this transaction, so that it may move */
    size_t count;
} gs_index_run;

typedef struct gs_index_runs {
    gs_index_run *items; /* from the oldest on */
    size_t count, room;
    size_t written; /* bytes, by this transaction */
    bool loaded;
    uint64_t *filter; /* a bit for each value of a hash's upper bits; NULL: none yet */
    unsigned filter_bits;
    size_t asked; /* how often, before there was one */
} gs_index_runs;

/* Whether any run may have the hash. A load mostly asks for what is not there, and each
 * run costs some looks into memory that no cache holds; after many questions, and never
 * before, all hashes are gone through once. */
bool gs_index_runs_may_have(gs_index_runs *runs, const gs_snapshot *snapshot,
                            uint64_t hash);

typedef struct gs_index_run_view {
    const unsigned char *rows;
    size_t count;
    uint64_t first, last; /* numbers */
    unsigned width;       /* of a number, in bytes */
} gs_index_run_view;

GS_CHECKED gs_code gs_index_runs_load(gs_index_runs *runs, const gs_snapshot *snapshot,
                                      gs_error *err);
void gs_index_runs_free(gs_index_runs *runs);

GS_CHECKED gs_code gs_index_run_open(gs_index_run_view *out, const gs_snapshot *snapshot,
                                     const gs_index_run *run, gs_error *err);
gs_index_row gs_index_run_row(const gs_index_run_view *run, size_t at);
/* The first row with a hash that is not smaller; `count` where there is none. */
size_t gs_index_run_find(const gs_index_run_view *run, uint64_t hash);

/* Sorts by hash, of up to 64 bits here, then number. `spare` has room for as many. */
void gs_index_rows_sort(gs_index_row *rows, gs_index_row *spare, size_t count);

/* Writes rows, sorted, as the newest run, and merges where there are too many. */
GS_CHECKED gs_code gs_index_runs_append(gs_index_runs *runs, const gs_snapshot *snapshot,
                                        const gs_index_row *rows, size_t count,
                                        gs_error *err);

#endif
