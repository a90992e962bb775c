/* Interned names: the fixed ones of model.h, and what a store has met besides.
 *
 * Errors     a new name of more than 64 KiB is GS_LIMIT, and nothing has been written.
 */
#ifndef GS_GRAPH_NAMES_H
#define GS_GRAPH_NAMES_H

#include "graph/snapshot.h"

/* 0 where the name is in neither. */
uint32_t gs_name_find_fixed(gs_text name);
GS_CHECKED gs_code gs_name_look_up(uint32_t *out, const gs_snapshot *snapshot,
                                   gs_text name, gs_error *err);

/* The snapshot is a batch's. */
GS_CHECKED gs_code gs_name_intern(uint32_t *out, const gs_snapshot *snapshot,
                                  gs_text name, gs_error *err);

#endif
