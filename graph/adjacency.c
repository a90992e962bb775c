#include "graph/adjacency.h"

#include "graph/timeline.h"

#include <string.h>

enum {
    AT_TYPE = GS_NUMBER_SIZE,
    AT_PLACE = AT_TYPE + 4, /* direction and length class */
    AT_ORDER = GS_LIST_KEY,
    AT_LATEST = AT_ORDER + GS_TIME_SIZE,
    AT_EDGE = AT_LATEST + GS_TIME_SIZE,
    WIDTHS = 2,
    UNIT_IS_DAY = 8,
    DAY = 86400,
    HEAD_MAX = WIDTHS + 4 * GS_VARINT_MAX,
    MANY = 512, /* more entries than a block can hold */
};

static const int64_t limits[GS_LENGTH_CLASSES] = {DAY, INT64_C(31) * DAY,
                                                  INT64_C(366) * DAY, INT64_MAX};

/* What orders count from: near it they are short. */
#define FIRST_ORDER gs_time_code(INT64_C(18262) * DAY)

void gs_list_key_store(unsigned char to[GS_LIST_KEY], gs_list_key key)
{
    gs_store_number(to, key.node);
    gs_store_u32(to + AT_TYPE, key.type);
    to[AT_PLACE] = (unsigned char)(key.direction << 4 | key.length_class);
}

gs_list_key gs_list_key_load(const unsigned char *from)
{
    return (gs_list_key){gs_load_number(from), gs_load_u32(from + AT_TYPE),
                         from[AT_PLACE] >> 4, from[AT_PLACE] & 0x0f};
}

bool gs_list_key_is_of(uint64_t node, const void *key, size_t size)
{
    return size >= AT_TYPE && gs_load_number(key) == node;
}

bool gs_list_key_is_whole(const void *key, size_t size)
{
    const unsigned char *bytes = key;
    unsigned direction;

    if (size != GS_LIST_KEY && size != GS_EDGE_BLOCK_KEY)
        return false;
    direction = bytes[AT_PLACE] >> 4;
    return (direction == GS_OUT || direction == GS_IN) &&
           (bytes[AT_PLACE] & 0x0f) < GS_LENGTH_CLASSES;
}

void gs_edge_block_key_store(unsigned char to[GS_EDGE_BLOCK_KEY], gs_list_key key,
                             const gs_adjacent *entry)
{
    gs_list_key_store(to, key);
    gs_store_time(to + AT_ORDER, entry->order);
    gs_store_time(to + AT_LATEST, entry->latest);
    gs_store_number(to + AT_EDGE, entry->edge);
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

gs_list_key gs_list_key_of(const gs_edge *edge, uint8_t direction)
{
    return (gs_list_key){direction == GS_OUT ? edge->start : edge->end, edge->type,
                         direction, gs_length_class(edge->earliest, edge->latest)};
}

gs_adjacent gs_adjacent_of(const gs_edge *edge, uint8_t direction, bool touched)
{
    bool out = direction == GS_OUT;

    return (gs_adjacent){
        .order = edge->earliest == INT64_MIN ? edge->latest : edge->earliest,
        .earliest = edge->earliest,
        .latest = edge->latest,
        .edge = edge->number,
        .neighbour = out ? edge->end : edge->start,
        .inferred = edge->inferred,
        .touched = touched,
        .dated = out ? edge->end_dated : edge->start_dated,
        .sort = out ? edge->end_sort : edge->start_sort,
    };
}

int gs_adjacent_order(const gs_adjacent *a, const gs_adjacent *b)
{
    if (a->order != b->order)
        return a->order < b->order ? -1 : 1;
    if (a->latest != b->latest)
        return a->latest < b->latest ? -1 : 1;
    return a->edge < b->edge ? -1 : a->edge > b->edge;
}

unsigned char gs_adjacent_flags(const gs_adjacent *entry)
{
    unsigned flags = (entry->earliest == INT64_MIN ? GS_ENTRY_OPEN_START : 0) |
                     (entry->inferred ? GS_ENTRY_INFERRED : 0) |
                     (entry->touched ? GS_ENTRY_TOUCHED : 0) |
                     (entry->dated ? GS_ENTRY_DATED : 0);

    return (unsigned char)(flags << 4 | entry->sort);
}

static uint64_t load(const unsigned char *from, const unsigned char *end, unsigned width)
{
    uint64_t n = 0;

    if (width == 0)
        return 0;
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
    if (end - from >= 8) {
        memcpy(&n, from, 8);
        return n & UINT64_MAX >> (64 - 8 * width);
    }
#endif
    (void)end;
    for (unsigned i = 0; i < width; i++)
        n |= (uint64_t)from[i] << 8 * i;
    return n;
}

static unsigned char *store(unsigned char *to, uint64_t n, unsigned width)
{
    for (unsigned i = 0; i < width; i++)
        to[i] = (unsigned char)(n >> 8 * i);
    return to + width;
}

bool gs_edge_block_open(gs_edge_block *out, uint64_t node, const void *bytes, size_t size)
{
    const unsigned char *from = bytes;
    gs_text text = {bytes, size};
    gs_edge_block b = {.unit = 1};
    uint64_t count, order, edge;
    size_t at = WIDTHS;

    if (size < WIDTHS || !gs_varint_load(&count, text, &at) ||
        !gs_varint_load(&order, text, &at) || !gs_varint_load(&edge, text, &at) ||
        !gs_varint_load(&b.length, text, &at))
        return false;
    b.order_width = from[0] & 7;
    b.edge_width = from[0] >> 4;
    b.length_width = from[1] & 7;
    b.neighbour_width = from[1] >> 4;
    b.unit = (from[0] & UNIT_IS_DAY) != 0 ? DAY : 1;
    b.size =
        (uint8_t)(b.order_width + b.length_width + b.edge_width + b.neighbour_width + 1);
    b.order = FIRST_ORDER + (uint64_t)gs_unzigzag(order) * b.unit;
    b.edge = node + (uint64_t)gs_unzigzag(edge);
    b.count = (uint32_t)count;
    b.entries = from + at;
    b.end = from + size;
    if (b.order_width > GS_TIME_SIZE || b.length_width > GS_TIME_SIZE ||
        b.edge_width > 7 || b.neighbour_width > 7 || count == 0 || count > size ||
        at + count * b.size != size)
        return false;
    *out = b;
    return true;
}

gs_adjacent gs_edge_block_entry(const gs_edge_block *b, uint32_t index)
{
    const unsigned char *at = b->entries + (size_t)index * b->size;
    gs_adjacent entry;
    uint64_t order, length;
    unsigned flags;

    order = b->order + load(at, b->end, b->order_width) * b->unit;
    at += b->order_width;
    length = b->length + load(at, b->end, b->length_width);
    at += b->length_width;
    entry.edge = (b->edge + load(at, b->end, b->edge_width)) & GS_NUMBER_MAX;
    at += b->edge_width;
    entry.neighbour =
        (entry.edge - (uint64_t)gs_unzigzag(load(at, b->end, b->neighbour_width))) &
        GS_NUMBER_MAX;
    flags = at[b->neighbour_width] >> 4;
    entry.order = gs_time_of(order);
    entry.latest = gs_time_of(order + length);
    entry.earliest = (flags & GS_ENTRY_OPEN_START) != 0 ? INT64_MIN : entry.order;
    entry.inferred = (flags & GS_ENTRY_INFERRED) != 0;
    entry.touched = (flags & GS_ENTRY_TOUCHED) != 0;
    entry.dated = (flags & GS_ENTRY_DATED) != 0;
    entry.sort = at[b->neighbour_width] & 0x0f;
    if (entry.sort >= GS_SORTS)
        entry.sort = GS_SORT_OTHER;
    return entry;
}

uint64_t gs_edge_block_edge(const gs_edge_block *b, uint32_t index, uint8_t *flags,
                            uint8_t *sort)
{
    const unsigned char *at = b->entries + (size_t)index * b->size;
    unsigned char last = at[b->size - 1];

    *flags = last >> 4;
    *sort = (last & 0x0f) < GS_SORTS ? last & 0x0f : GS_SORT_OTHER;
    return b->edge + load(at + b->order_width + b->length_width, b->end, b->edge_width);
}

/* Neighbours one after the other, without a look at the rest of their entries. */
typedef struct neighbours {
    const unsigned char *at, *end; /* of an entry's edge; of the block */
    uint64_t edge;                 /* what edges count from */
    uint64_t edge_mask, neighbour_mask;
    uint32_t edge_width, neighbour_width, size;
} neighbours;

static uint64_t mask_of(unsigned width)
{
    return width == 0 ? 0 : UINT64_MAX >> (64 - 8 * width);
}

static neighbours neighbours_from(const gs_edge_block *b, uint32_t index)
{
    return (neighbours){b->entries + (size_t)index * b->size + b->order_width +
                            b->length_width,
                        b->end,
                        b->edge,
                        mask_of(b->edge_width),
                        mask_of(b->neighbour_width),
                        b->edge_width,
                        b->neighbour_width,
                        b->size};
}

static inline uint64_t next_neighbour(neighbours *n)
{
    const unsigned char *at = n->at;
    uint64_t edge, far;

    n->at += n->size;
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
    if (n->end - at >= 16) {
        memcpy(&edge, at, 8);
        memcpy(&far, at + n->edge_width, 8);
        edge &= n->edge_mask;
        far &= n->neighbour_mask;
    } else
#endif
    {
        edge = load(at, n->end, n->edge_width);
        far = load(at + n->edge_width, n->end, n->neighbour_width);
    }
    return (((n->edge + edge) & GS_NUMBER_MAX) - (uint64_t)gs_unzigzag(far)) &
           GS_NUMBER_MAX;
}

uint32_t gs_edge_block_sift(const gs_edge_block *block, uint32_t at,
                            const gs_sieve *sieve)
{
    neighbours next = neighbours_from(block, at);
    const gs_sieve s = *sieve;
    uint32_t count = block->count;

    while (at < count && !gs_sieve_may_have(&s, next_neighbour(&next)))
        at++;
    return at;
}

void gs_edge_block_mark(const gs_edge_block *block, uint32_t at, const gs_sieve *sieve)
{
    neighbours next = neighbours_from(block, at);
    const gs_sieve s = *sieve;

    for (uint32_t count = block->count; at < count; at++)
        gs_sieve_put(&s, next_neighbour(&next));
}

size_t gs_edge_block_flags(const gs_edge_block *b, const void *bytes, uint32_t at)
{
    return (size_t)(b->entries - (const unsigned char *)bytes) + (size_t)at * b->size +
           b->size - 1;
}

uint32_t gs_edge_block_find(const gs_edge_block *b, int64_t order)
{
    uint64_t wanted = gs_time_code(order);
    uint32_t low = 0, high = b->count;

    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        const unsigned char *at = b->entries + (size_t)middle * b->size;

        if (b->order + load(at, b->end, b->order_width) * b->unit < wanted)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static uint8_t width_of(uint64_t n)
{
    uint8_t width = 0;

    for (; n > 0; n >>= 8)
        width++;
    return width;
}

static uint64_t length_of(const gs_adjacent *entry)
{
    return gs_time_code(entry->latest) - gs_time_code(entry->order);
}

static uint64_t distance_of(const gs_adjacent *entry)
{
    return gs_zigzag((int64_t)(entry->edge - entry->neighbour));
}

/* What the entries' numbers count from, and how wide they are. */
static gs_edge_block measure(const gs_adjacent *entries, size_t count)
{
    gs_edge_block b = {.order = gs_time_code(entries[0].order),
                       .unit = DAY,
                       .length = UINT64_MAX,
                       .edge = UINT64_MAX,
                       .count = (uint32_t)count};
    uint64_t longest = 0, last_edge = 0, distance = 0;

    for (size_t i = 0; i < count; i++) {
        uint64_t length = length_of(&entries[i]), far = distance_of(&entries[i]);

        if (gs_time_code(entries[i].order) % DAY != FIRST_ORDER % DAY)
            b.unit = 1;
        b.length = length < b.length ? length : b.length;
        longest = length > longest ? length : longest;
        b.edge = entries[i].edge < b.edge ? entries[i].edge : b.edge;
        last_edge = entries[i].edge > last_edge ? entries[i].edge : last_edge;
        distance = far > distance ? far : distance;
    }
    b.order_width = width_of((gs_time_code(entries[count - 1].order) - b.order) / b.unit);
    b.length_width = width_of(longest - b.length);
    b.edge_width = width_of(last_edge - b.edge);
    b.neighbour_width = width_of(distance);
    b.size =
        (uint8_t)(b.order_width + b.length_width + b.edge_width + b.neighbour_width + 1);
    return b;
}

static size_t store_head(unsigned char *to, const gs_edge_block *b, uint64_t node)
{
    int64_t order = (int64_t)(b->order - FIRST_ORDER) / (int64_t)b->unit;
    size_t at = WIDTHS;

    to[0] = (unsigned char)(b->edge_width << 4 | (b->unit == DAY ? UNIT_IS_DAY : 0) |
                            b->order_width);
    to[1] = (unsigned char)(b->neighbour_width << 4 | b->length_width);
    at += gs_varint_store(to + at, b->count);
    at += gs_varint_store(to + at, gs_zigzag(order));
    at += gs_varint_store(to + at, gs_zigzag((int64_t)(b->edge - node)));
    return at + gs_varint_store(to + at, b->length);
}

size_t gs_edge_block_store(unsigned char bytes[GS_EDGE_BLOCK_MAX], size_t *size,
                           uint64_t node, const gs_adjacent *entries, size_t count)
{
    gs_edge_block b = measure(entries, count < MANY ? count : MANY);
    unsigned char *to;

    if (HEAD_MAX + (size_t)b.count * b.size > GS_EDGE_BLOCK_MAX)
        b = measure(entries, (GS_EDGE_BLOCK_MAX - HEAD_MAX) / b.size);
    to = bytes + store_head(bytes, &b, node);
    for (size_t i = 0; i < b.count; i++) {
        const gs_adjacent *e = &entries[i];

        to = store(to, (gs_time_code(e->order) - b.order) / b.unit, b.order_width);
        to = store(to, length_of(e) - b.length, b.length_width);
        to = store(to, e->edge - b.edge, b.edge_width);
        to = store(to, distance_of(e), b.neighbour_width);
        *to++ = gs_adjacent_flags(e);
    }
    *size = (size_t)(to - bytes);
    return b.count;
}

uint8_t gs_near_directions(uint32_t type)
{
    if (type == GS_MADE)
        return GS_IN;
    if (type == GS_REPORTED_IN)
        return GS_BOTH;
    return type > GS_MADE && type <= GS_SAME_AS ? GS_OUT : 0;
}

bool gs_is_near(const gs_edge *edge, uint8_t direction)
{
    uint64_t node = direction == GS_OUT ? edge->start : edge->end;

    return (gs_near_directions(edge->type) & direction) != 0 && edge->number > node &&
           edge->number - node <= GS_NEAR;
}
