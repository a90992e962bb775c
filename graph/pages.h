/* LMDB's page format, read as plain bytes and bounded: what LMDB itself would follow
 * blindly (page numbers, offsets, sizes) is proved first, so that opening the environment
 * afterwards reads nothing outside a page.
 *
 * Ownership  `bytes` is the caller's: the whole of data.mdb, which nobody writes to
 *            meanwhile.
 * Errors     GS_DAMAGED for the first page that is wrong, with its number and the table
 *            it belongs to; GS_FORMAT where it is no file of LMDB's.
 * Source     mdb.c of LMDB 0.9.24: MDB_page, MDB_node, MDB_db, MDB_meta.
 */
#ifndef GS_GRAPH_PAGES_H
#define GS_GRAPH_PAGES_H

#include "graph/base/error.h"
#include <stddef.h>
#include <stdint.h>

typedef struct gs_page_counts {
    uint64_t pages, used, free; /* of the last commit; meta pages are used */
} gs_page_counts;

GS_CHECKED gs_code gs_pages_check(gs_page_counts *out, const unsigned char *bytes,
                                  size_t size, gs_error *err);

#endif
