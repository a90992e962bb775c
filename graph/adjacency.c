#include "graph/adjacency.h"

#include "graph/timeline.h"

#include <string.h>

enum {
    AT_TYPE = 8,
    AT_DIRECTION = 12,
    AT_CLASS = 13,
    AT_LATEST = GS_TIME_SIZE,
    AT_EDGE = 2 * GS_TIME_SIZE,
    AT_NEIGHBOUR = AT_EDGE + GS_NUMBER_SIZE,
    AT_SORT = GS_ADJACENCY_FLAGS + 1,
};

static const int64_t limits[GS_LENGTH_CLASSES] = {86400, INT64_C(31) * 86400,
                                                  INT64_C(366) * 86400, INT64_MAX};

void gs_list_key_store(unsigned char to[GS_ADJACENCY_KEY], gs_list_key key)
{
    gs_store_u64(to, key.node);
    gs_store_u32(to + AT_TYPE, key.type);
    to[AT_DIRECTION] = key.direction;
    to[AT_CLASS] = key.length_class;
}

gs_list_key gs_list_key_load(const unsigned char *from)
{
    return (gs_list_key){gs_load_u64(from), gs_load_u32(from + AT_TYPE),
                         from[AT_DIRECTION], from[AT_CLASS]};
}

bool gs_list_key_is_of(uint64_t node, const void *key, size_t size)
{
    return size >= AT_TYPE && gs_load_u64(key) == node;
}

bool gs_list_key_is_whole(const void *key, size_t size)
{
    const unsigned char *bytes = key;

    return size == GS_ADJACENCY_KEY &&
           (bytes[AT_DIRECTION] == GS_OUT || bytes[AT_DIRECTION] == GS_IN) &&
           bytes[AT_CLASS] < GS_LENGTH_CLASSES;
}

void gs_adjacent_store(unsigned char to[GS_ADJACENCY_ENTRY], const gs_adjacent *entry)
{
    bool open = entry->earliest == INT64_MIN;

    gs_store_time(to, open ? entry->latest : entry->earliest);
    gs_store_time(to + AT_LATEST, entry->latest);
    gs_store_number(to + AT_EDGE, entry->edge);
    gs_store_number(to + AT_NEIGHBOUR, entry->neighbour);
    to[GS_ADJACENCY_FLAGS] = (unsigned char)((open ? GS_ENTRY_OPEN_START : 0) |
                                             (entry->inferred ? GS_ENTRY_INFERRED : 0) |
                                             (entry->touched ? GS_ENTRY_TOUCHED : 0) |
                                             (entry->dated ? GS_ENTRY_DATED : 0));
    to[AT_SORT] = entry->sort;
}

gs_adjacent gs_adjacent_load(const unsigned char *from)
{
    unsigned flags = from[GS_ADJACENCY_FLAGS];
    int64_t order = gs_load_time(from);

    return (gs_adjacent){
        .order = order,
        .earliest = (flags & GS_ENTRY_OPEN_START) != 0 ? INT64_MIN : order,
        .latest = gs_load_time(from + AT_LATEST),
        .edge = gs_load_number(from + AT_EDGE),
        .neighbour = gs_load_number(from + AT_NEIGHBOUR),
        .inferred = (flags & GS_ENTRY_INFERRED) != 0,
        .touched = (flags & GS_ENTRY_TOUCHED) != 0,
        .dated = (flags & GS_ENTRY_DATED) != 0,
        .sort = from[AT_SORT] < GS_SORTS ? from[AT_SORT] : GS_SORT_OTHER,
    };
}

uint8_t gs_length_class(int64_t earliest, int64_t latest)
{
    uint8_t length_class = 0;

    if (earliest == INT64_MIN || latest == INT64_MAX)
        return GS_LENGTH_CLASSES - 1;
    while (latest - earliest > limits[length_class])
        length_class++;
    return length_class;
}

int64_t gs_length_limit(uint8_t length_class)
{
    return limits[length_class];
}

static gs_adjacency_row make_row(const gs_edge *edge, uint64_t node, uint64_t neighbour,
                                 uint8_t direction, bool touched)
{
    gs_adjacency_row row;
    bool out = direction == GS_OUT;
    gs_list_key key = {node, edge->type, direction,
                       gs_length_class(edge->earliest, edge->latest)};
    gs_adjacent entry = {.earliest = edge->earliest,
                         .latest = edge->latest,
                         .edge = edge->number,
                         .neighbour = neighbour,
                         .inferred = edge->inferred,
                         .touched = touched,
                         .dated = out ? edge->end_dated : edge->start_dated,
                         .sort = out ? edge->end_sort : edge->start_sort};

    gs_list_key_store(row.key, key);
    gs_adjacent_store(row.entry, &entry);
    return row;
}

gs_adjacency_row gs_adjacency_out(const gs_edge *edge, bool touched)
{
    return make_row(edge, edge->start, edge->end, GS_OUT, touched);
}

gs_adjacency_row gs_adjacency_in(const gs_edge *edge, bool touched)
{
    return make_row(edge, edge->end, edge->start, GS_IN, touched);
}

bool gs_adjacent_is_same(const unsigned char *a, const unsigned char *b)
{
    return memcmp(a, b, AT_NEIGHBOUR) == 0;
}
