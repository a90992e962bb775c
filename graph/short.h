/* Nodes as they lie in a chunk: what their set of labels tells and what reads well only
 * beside its like is taken out of them.
 *
 * short node  set of labels and 1 of these flags at least: 16 the property `date` is a
 *             day and follows the head, 32 the property `kind` is that of the set, 64 long
 *             properties lie in the chunk's cold part; then how far it is back to the
 *             chunk 3 and where they lie in the cold part (64), the day (16), the map of
 *             the other properties
 * cold part   for each block: bytes when plain 4, bytes 4, checksum 4; checksum over these
 *             4; blocks, each a zstd frame of the maps of long properties of some nodes
 *
 * What gs_node.properties points to is the short node itself, from its head on. The
 * record, as it was born and as a commit's hash covers it, is what gs_short_record gives.
 *
 * Ownership  what is found is the arena's or borrows from the store's map.
 * Errors     GS_END where there is no such property; GS_DAMAGED.
 */
#ifndef GS_GRAPH_SHORT_H
#define GS_GRAPH_SHORT_H

#include "graph/base/buffer.h"
#include "graph/txn_impl.h"
#include <zstd.h>

/* Whether packed properties are a short node's. */
static inline bool gs_short_is(gs_text packed)
{
    return packed.size > 0 && (unsigned char)packed.bytes[0] >= 0x10 &&
           (unsigned char)packed.bytes[0] < 0x80;
}

/* The packed value of one property. */
GS_CHECKED gs_code gs_short_find(gs_text *out, const gs_snapshot *snapshot,
                                 gs_text packed, uint32_t key, gs_arena *arena,
                                 gs_error *err);
/* The map of all. */
GS_CHECKED gs_code gs_short_map(gs_text *out, const gs_snapshot *snapshot, gs_text packed,
                                gs_arena *arena, gs_error *err);
/* The record of a slot, whole: copied where it was short. */
GS_CHECKED gs_code gs_short_record(gs_text *out, const gs_snapshot *snapshot,
                                   gs_text slot, gs_arena *arena, gs_error *err);

/* The cold part of a chunk that is being written. `{0}` is empty. */
typedef struct gs_cold {
    gs_buffer plain;             /* the maps of the block at hand */
    gs_buffer directory, frames; /* of the blocks before it */
    gs_buffer slot;              /* the record at hand */
    size_t at;                   /* plain bytes of the blocks before */
    uint32_t blocks;
    ZSTD_CCtx *context;
} gs_cold;

/* What goes into the slot of a record: the record itself, or a short node, which lives
 * until the next one; it must be told how many bytes behind the chunk's first it lies. */
GS_CHECKED gs_code gs_short_make(gs_text *out, gs_cold *cold, gs_text record,
                                 gs_error *err);
void gs_short_set_back(gs_cold *cold, size_t back);
/* Ends the last block: their number is final. Then appends the cold part to a chunk, and
 * makes it empty for the next. */
GS_CHECKED gs_code gs_cold_flush(gs_cold *cold, gs_error *err);
GS_CHECKED gs_code gs_cold_end(gs_buffer *chunk, gs_cold *cold, gs_error *err);
void gs_cold_free(gs_cold *cold);

#endif
