/* The table of adjacency, list by list: sorted entries in blocks (adjacency.h).
 *
 * Entries that come later than those there are fill the last block and begin others;
 * those that come between go into the block where they belong, which is cut in two when
 * it is full. So what is written for an entry is bounded by a block.
 *
 * Errors     GS_END where there is no such entry; GS_DAMAGED names the node.
 */
#ifndef GS_GRAPH_LISTS_H
#define GS_GRAPH_LISTS_H

#include "graph/adjacency.h"
#include "graph/txn_impl.h"

/* Adds entries, sorted, to one list. The cursor is of the table. */
GS_CHECKED gs_code gs_list_add(MDB_cursor *cursor, gs_list_key key,
                               const gs_adjacent *entries, size_t count, gs_error *err);

/* Puts the cursor on the block that holds `entry` if any does. */
GS_CHECKED gs_code gs_list_seek(gs_edge_block *out, MDB_val *block_key, MDB_val *value,
                                MDB_cursor *cursor, gs_list_key key,
                                const gs_adjacent *entry, gs_error *err);

/* Sets the flags and the sort of the entry of this edge to those of `entry`. */
GS_CHECKED gs_code gs_list_change(MDB_cursor *cursor, gs_list_key key,
                                  const gs_adjacent *entry, gs_error *err);
/* The entry of the same edge, as it is. */
GS_CHECKED gs_code gs_list_find(gs_adjacent *out, MDB_cursor *cursor, gs_list_key key,
                                const gs_adjacent *entry, gs_error *err);

/* A block as it was read, opened; GS_DAMAGED where it is none. */
GS_CHECKED gs_code gs_list_open_block(gs_edge_block *out, gs_list_key *key, MDB_val at,
                                      MDB_val value, gs_error *err);

#endif
