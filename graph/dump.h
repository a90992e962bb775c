/* A store as text, and back: JSON Lines (schemas/dump.schema.json) with the whole history,
 * so that `gs_restore` makes an equal store, commit by commit, each with the same hash.
 *
 * Errors     what the writer gives ends a dump. gs_restore: GS_USAGE where the store is
 *            not empty; GS_INPUT with the number of the line for one that is no line of a
 *            dump or does not follow from those before it, and for a dump that was cut
 *            off.
 * Threads    one at a time.
 */
#ifndef GS_GRAPH_DUMP_H
#define GS_GRAPH_DUMP_H

#include "graph/ranges.h"
#include "graph/snapshot.h"
#include <stdio.h>

typedef struct gs_writing {
    /* A line with its line feed; anything but GS_OK ends it. */
    gs_code (*write)(void *context, gs_text line, gs_error *err);
    void *context;
    const volatile int *interrupt; /* may be NULL */
} gs_writing;

GS_CHECKED gs_code gs_dump(const gs_snapshot *snapshot, const gs_writing *to,
                           gs_error *err);

/* What a dump leaves out, for good: of the store that is made of it nobody can tell more
 * than that there was something. */
typedef struct gs_leaving {
    gs_ranges numbers;    /* nodes, edges, versions, texts and ends */
    const gs_text *words; /* what is set aside and holds one of them is left out, too */
    size_t word_count;
    const gs_edtf *at; /* when */
} gs_leaving;
GS_CHECKED gs_code gs_dump_without(const gs_snapshot *snapshot, const gs_writing *to,
                                   const gs_leaving *leaving, gs_error *err);

/* What is visible, without numbers and in an order of its own: two stores that hold the
 * same give the same, however they came to it. */
GS_CHECKED gs_code gs_dump_canonical(const gs_snapshot *snapshot, const gs_writing *to,
                                     gs_error *err);

typedef struct gs_restored {
    uint64_t nodes, edges;
    gs_commit commit; /* the last one; number 0 where there is none */
} gs_restored;

/* The store is made where there is none, once the first line is a dump's. */
GS_CHECKED gs_code gs_restore(gs_restored *out, const char *directory, uint32_t wait_ms,
                              FILE *file, const volatile int *interrupt, gs_error *err);

#endif
