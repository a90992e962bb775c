/* Packed properties: a MessagePack map from interned numbers, ascending, to values; in a
 * version a null is a property that is gone.
 *
 * What a node shows (gs_node.properties) is either such a map or, once it has been
 * revised, a version: a byte that starts no MessagePack, node and number, then the map of
 * what changed. What stands in no version of it is looked up in the one before and at
 * last in the record.
 *
 * Ownership  maps and values borrow from the store's map.
 * Errors     GS_END where a key is not there.
 */
#ifndef GS_GRAPH_PROPERTIES_H
#define GS_GRAPH_PROPERTIES_H

#include "graph/base/arena.h"
#include "graph/base/buffer.h"
#include "graph/base/value.h"
#include "graph/snapshot.h"

typedef struct gs_property_entry {
    uint32_t key;
    gs_value value; /* to be packed */
} gs_property_entry;

/* Writes a map; sorts `entries` by key. */
void gs_properties_pack(gs_buffer *out, gs_property_entry *entries, size_t count);

/* The entries of a map, one by one; a cursor starts as {map, 0, 0}. `value` is packed. */
typedef struct gs_property_cursor {
    gs_text map;
    size_t at, left;
} gs_property_cursor;

GS_CHECKED gs_code gs_properties_first(gs_property_cursor *out, gs_text map,
                                       gs_error *err);
GS_CHECKED gs_code gs_properties_next(uint32_t *key, gs_text *value,
                                      gs_property_cursor *cursor, gs_error *err);

/* A packed string, which is borrowed; false for any other value. */
bool gs_packed_string(gs_text *out, gs_text packed);
/* The head of a map of so many entries. */
void gs_properties_head(gs_buffer *out, size_t count);
/* The packed value of a key in one map. */
GS_CHECKED gs_code gs_properties_find(gs_text *out, gs_text map, uint32_t key,
                                      gs_error *err);

#endif
