/* What is hidden: ranges of numbers that have no effect, from one commit on until
 * another. A run that is taken back costs rows by the range and touches no record: a
 * node or an edge that is hidden is not visible, a version, a text or an end that is
 * hidden has never been.
 *
 * Ownership, errors, threads  as in snapshot.h.
 */
#ifndef GS_GRAPH_HIDDEN_H
#define GS_GRAPH_HIDDEN_H

#include "graph/base/buffer.h"
#include "graph/txn_impl.h"

/* A row of the table: hidden where ended <= the snapshot's last < restored. */
typedef struct gs_hide {
    uint64_t first, last, ended, restored;
} gs_hide;

static inline bool gs_is_hidden(const gs_snapshot *snapshot, uint64_t number)
{
    return snapshot->hidden.count > 0 && gs_ranges_has(&snapshot->hidden, number);
}

/* What is hidden as of the snapshot's last number. */
GS_CHECKED gs_code gs_hidden_read(gs_ranges *out, const gs_snapshot *snapshot,
                                  gs_error *err);

/* All rows there are, by first number; the caller frees them. */
GS_CHECKED gs_code gs_hides_read(gs_hide **out, size_t *count,
                                 const gs_snapshot *snapshot, gs_error *err);

/* What a commit hashes of the number with which ranges were hidden, or shown again: their
 * ends, each 8 bytes, of the widest ranges. */
GS_CHECKED gs_code gs_hides_bytes(gs_buffer *out, const gs_hide *rows, size_t count,
                                  uint64_t number, bool restored, gs_error *err);

/* Writes what a batch has hidden and shown again since `before`: two numbers at most. */
struct gs_batch;
GS_CHECKED gs_code gs_hides_write(struct gs_batch *batch, const gs_ranges *before,
                                  gs_error *err);

#endif
