/* A general property graph, a node or a relationship a line (graph_line.h), into a store.
 *
 * Nodes come before the relationships between them. Ids are the file's own, those of
 * nodes and of relationships counted apart: they are not kept, and a file that is loaded
 * twice is there twice. A property `date` of a relationship, where it is a date, orders
 * it in the timelines of its ends.
 *
 * Ownership  file and store stay the caller's; the store is open for writing.
 * Errors     GS_INPUT with the number of the line that is at fault; GS_LIMIT likewise;
 *            what gs_batch_begin and its like give. Nothing is taken behind a bad line.
 *            What had been committed before it stays; the message says so.
 * Threads    one at a time.
 */
#ifndef GS_GRAPH_LOAD_H
#define GS_GRAPH_LOAD_H

#include "graph/snapshot.h"
#include <stdio.h>

enum { GS_LOAD_BATCH = 96 << 20 }; /* dirty bytes that a batch may reach */

typedef struct gs_load_options {
    int64_t now;                   /* seconds UTC */
    size_t batch;                  /* 0 is GS_LOAD_BATCH */
    const volatile int *interrupt; /* not 0: stop with GS_INTERRUPTED; may be NULL */
} gs_load_options;

typedef struct gs_loaded {
    uint64_t nodes, edges;
    gs_commit commit; /* the last one; number 0 where nothing was in the file */
} gs_loaded;

GS_CHECKED gs_code gs_load(gs_loaded *out, gs_store *store, FILE *file,
                           const gs_load_options *options, gs_error *err);

#endif
