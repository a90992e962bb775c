/* Erasing: a statement or a document, with its versions, words, edges and texts, and what
 * was set aside and holds its words, is nowhere in the store any more. The store is made
 * anew without it and put in the old one's place in one step. Numbers and hashes stay: of
 * what is gone the digest is kept, without its salt.
 *
 * Errors     GS_USAGE where nothing is called so; GS_LOCKED while somebody writes.
 *            Whatever happens on the way, the store stands as it was.
 * Threads    what this process has open of the store is closed before.
 */
#ifndef GS_GRAPH_ERASE_H
#define GS_GRAPH_ERASE_H

#include "graph/base/text.h"
#include "graph/store.h"

typedef struct gs_erasing {
    gs_text what; /* a statement's id, or a document's URL, file or identity */
    bool dry;     /* only count */
    uint32_t wait_ms;
    int64_t now;
    const volatile int *interrupt; /* may be NULL */
} gs_erasing;

typedef struct gs_erasure {
    uint64_t statements, documents, records; /* records: with versions, edges, texts */
    uint64_t texts;         /* of documents that hold an erased statement's words */
    uint64_t before, after; /* bytes; 0 in a dry run */
} gs_erasure;

GS_CHECKED gs_code gs_erase(gs_erasure *out, const char *directory,
                            const gs_erasing *erasing, gs_error *err);

#endif
