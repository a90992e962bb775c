/* What the files that make records share. */
#ifndef GS_QUERY_RECORD_IMPL_H
#define GS_QUERY_RECORD_IMPL_H

#include "graph/timeline.h"
#include "query/questions/record.h"

/* A record being made: entries in the order in which they are put. */
typedef struct gs_maker {
    const gs_snapshot *snapshot;
    gs_arena *arena;
    gs_error *err;
    gs_value properties; /* of the node; what has been put is taken from it */
    gs_entry *entries;
    size_t count, room;
} gs_maker;

/* Begins with the properties of a node. */
GS_CHECKED gs_code gs_maker_begin(gs_maker *out, const gs_snapshot *snapshot,
                                  uint64_t number, gs_arena *arena, gs_error *err);
/* Null and the empty list are left out. */
GS_CHECKED gs_code gs_maker_put(gs_maker *maker, const char *key, gs_value value);
/* Moves a property of the node to the record. */
GS_CHECKED gs_code gs_maker_move(gs_maker *maker, const char *key);
/* Takes a property that the record does not show; null where there is none. */
gs_value gs_maker_take(gs_maker *maker, const char *key);
/* Moves all properties that are left. */
GS_CHECKED gs_code gs_maker_rest(gs_maker *maker);
gs_value gs_maker_map(const gs_maker *maker);

/* Values that gather to a list. */
typedef struct gs_items {
    gs_value *items;
    size_t count, room;
} gs_items;
GS_CHECKED gs_code gs_items_add(gs_items *items, gs_value value, gs_arena *arena,
                                gs_error *err);

/* The edges of a node in one direction, in the order in which they came to be. */
typedef struct gs_hops {
    gs_hop *items;
    size_t count, room;
} gs_hops;
GS_CHECKED gs_code gs_hops_read(gs_hops *out, const gs_snapshot *snapshot, uint64_t node,
                                gs_direction direction, gs_arena *arena, gs_error *err);

/* One property of a node or an edge. */
GS_CHECKED gs_code gs_node_property(gs_value *out, const gs_snapshot *snapshot,
                                    uint64_t node, uint32_t key, gs_arena *arena,
                                    gs_error *err);
GS_CHECKED gs_code gs_edge_property(gs_value *out, const gs_snapshot *snapshot,
                                    uint64_t edge, uint32_t key, gs_arena *arena,
                                    gs_error *err);

#endif
