#include "graph/record.h"

#include "graph/base/hash.h"
#include "graph/compact.h"
#include "graph/short.h"

#include <inttypes.h>

enum {
    LABEL_SIZE = 4,
    EDGE = 0x80,
    INFERRED = 1,
    START_DATED = 2,
    END_DATED = 4,
    UNDATED = 0,
    DAY,
    PLAIN,
    ANY_DATE,
    CODE_MAP = 4, /* properties follow */
    CODES = 8,
    EMPTY_MAP = 0x80,
    DAY_SECONDS = 86400,
    FIRST_DAY = 18262, /* 2020-01-01: days near it take two bytes */
};

/* Numbers next to one another must not give checksums next to one another. */
uint32_t gs_record_checksum(gs_text bytes, uint64_t number)
{
    return gs_checksum(bytes.bytes, bytes.size) ^
           (uint32_t)(number * UINT64_C(0x9e3779b97f4a7c15) >> 32);
}

void gs_seal(gs_buffer *out, uint64_t number)
{
    unsigned char sum[GS_CHECKSUM_SIZE];

    if (out->failed)
        return;
    gs_store_u32(sum, gs_record_checksum(gs_buffer_view(out), number));
    gs_buffer_bytes(out, sum, sizeof sum);
}

bool gs_sealed(gs_text bytes, uint64_t number)
{
    size_t size = bytes.size - GS_CHECKSUM_SIZE;

    return bytes.size >= GS_CHECKSUM_SIZE &&
           gs_load_u32((const unsigned char *)bytes.bytes + size) ==
               gs_record_checksum((gs_text){bytes.bytes, size}, number);
}

static void put_number(gs_buffer *out, uint64_t n)
{
    unsigned char bytes[GS_VARINT_MAX];

    gs_buffer_bytes(out, bytes, gs_varint_store(bytes, n));
}

void gs_record_node(gs_buffer *out, const uint32_t *labels, size_t count,
                    gs_text properties)
{
    gs_node_sort set = gs_label_set_of(labels, count);

    gs_buffer_char(out, (char)set);
    if (set == GS_SORT_OTHER) {
        unsigned char bytes[LABEL_SIZE];

        gs_buffer_char(out, (char)count);
        for (size_t i = 0; i < count; i++) {
            gs_store_u32(bytes, labels[i]);
            gs_buffer_bytes(out, bytes, sizeof bytes);
        }
    }
    gs_buffer_text(out, properties);
}

static unsigned code_of(const gs_edtf *date)
{
    if (date == NULL)
        return UNDATED;
    if (!gs_edtf_is_plain(date))
        return ANY_DATE;
    return date->precision == GS_PRECISION_DAY ? DAY : PLAIN;
}

void gs_record_edge(gs_buffer *out, const gs_edge *edge, const gs_edtf *date)
{
    unsigned code = code_of(date);
    bool empty = edge->properties.size == 1 &&
                 (unsigned char)edge->properties.bytes[0] == EMPTY_MAP;
    unsigned char times[2 * GS_TIME_SIZE];

    gs_buffer_char(out, (char)(EDGE | (edge->inferred ? INFERRED : 0) |
                               (edge->start_dated ? START_DATED : 0) |
                               (edge->end_dated ? END_DATED : 0)));
    put_number(out, edge->type);
    put_number(out, gs_zigzag((int64_t)(edge->number - edge->start)));
    put_number(out, gs_zigzag((int64_t)(edge->number - edge->end)));
    gs_buffer_char(out, (char)(edge->start_sort << 4 | edge->end_sort));
    gs_buffer_char(out, (char)(code | (empty ? 0 : CODE_MAP)));
    if (code == DAY) {
        put_number(out, gs_zigzag(edge->earliest / DAY_SECONDS - FIRST_DAY));
    } else if (code != UNDATED) {
        gs_store_time(times, edge->earliest);
        gs_store_time(times + GS_TIME_SIZE, edge->latest);
        gs_buffer_bytes(out, times, sizeof times);
    }
    if (!empty)
        gs_buffer_text(out, edge->properties);
}

bool gs_record_is_edge(gs_text record)
{
    return record.size > 0 && ((unsigned char)record.bytes[0] & EDGE) != 0;
}

static gs_code fail_damaged(const char *what, uint64_t number, gs_error *err)
{
    return gs_fail(err, GS_DAMAGED,
                   "%s %" PRIu64 " is damaged; restore the store from a backup", what,
                   number);
}

gs_code gs_record_read_node(gs_node *out, uint64_t number, gs_text record, gs_error *err)
{
    const unsigned char *from = (const unsigned char *)record.bytes;
    gs_node node = {.number = number};
    size_t head = 1;

    if (record.size < 2 || from[0] >= 0x80 || (from[0] & 0x0f) >= GS_SORTS ||
        (gs_short_is(record) && (from[0] & 0x0f) == GS_SORT_OTHER))
        return fail_damaged("node", number, err);
    node.labels = gs_label_set_bytes((gs_node_sort)(from[0] & 0x0f), &node.label_count);
    if (gs_short_is(record))
        head = 0; /* short.h: it has properties in its head */
    if (from[0] == GS_SORT_OTHER) {
        node.label_count = from[1];
        node.labels = from + 2;
        head = 2 + (size_t)from[1] * LABEL_SIZE;
    }
    if (record.size <= head)
        return fail_damaged("node", number, err);
    node.properties = gs_text_slice(record, head, record.size);
    *out = node;
    return GS_OK;
}

gs_code gs_record_read_edge(gs_edge *out, uint64_t number, gs_text record, gs_error *err)
{
    const unsigned char *from = (const unsigned char *)record.bytes;
    uint64_t type, start, end;
    gs_edge_section section;
    gs_edge edge = {.number = number};
    size_t at = 1;

    if (!gs_record_is_edge(record) || !gs_varint_load(&type, record, &at) ||
        !gs_varint_load(&start, record, &at) || !gs_varint_load(&end, record, &at) ||
        record.size - at < 2 || type > UINT32_MAX)
        return fail_damaged("edge", number, err);
    edge.type = (uint32_t)type;
    edge.start = number - (uint64_t)gs_unzigzag(start);
    edge.end = number - (uint64_t)gs_unzigzag(end);
    edge.inferred = (from[0] & INFERRED) != 0;
    edge.start_dated = (from[0] & START_DATED) != 0;
    edge.end_dated = (from[0] & END_DATED) != 0;
    edge.start_sort = from[at] >> 4;
    edge.end_sort = from[at] & 0x0f;
    edge.properties = gs_text_slice(record, at + 1, record.size);
    if (edge.start_sort >= GS_SORTS || edge.end_sort >= GS_SORTS ||
        !gs_edge_section_read(&section, edge.properties))
        return fail_damaged("edge", number, err);
    edge.earliest = section.earliest;
    edge.latest = section.latest;
    *out = edge;
    return GS_OK;
}

void gs_edge_uncover(gs_edge *edge, uint8_t marks)
{
    if ((marks & GS_START_UNCOVERED) != 0) {
        edge->start_sort = GS_SORT_OTHER;
        edge->start_dated = false;
    }
    if ((marks & GS_END_UNCOVERED) != 0) {
        edge->end_sort = GS_SORT_OTHER;
        edge->end_dated = false;
    }
}

bool gs_edge_section_is(gs_text packed)
{
    return packed.size > 0 && (unsigned char)packed.bytes[0] < CODES;
}

bool gs_edge_section_read(gs_edge_section *out, gs_text packed)
{
    gs_edge_section section = {GS_EDTF_OPEN_START, GS_EDTF_OPEN_END, {NULL, 0}, false};
    const unsigned char *from = (const unsigned char *)packed.bytes;
    uint64_t day;
    size_t at = 1;

    if (!gs_edge_section_is(packed))
        return false;
    section.plain = (from[0] & 3) == DAY || (from[0] & 3) == PLAIN;
    if ((from[0] & 3) == DAY) {
        if (!gs_varint_load(&day, packed, &at) || day > UINT32_MAX)
            return false;
        section.earliest = (gs_unzigzag(day) + FIRST_DAY) * DAY_SECONDS;
        section.latest = section.earliest + DAY_SECONDS - 1;
    } else if ((from[0] & 3) != UNDATED) {
        if (packed.size - at < 2 * GS_TIME_SIZE)
            return false;
        section.earliest = gs_load_time(from + at);
        section.latest = gs_load_time(from + at + GS_TIME_SIZE);
        at += 2 * GS_TIME_SIZE;
    }
    if ((from[0] & CODE_MAP) != 0)
        section.map = gs_text_slice(packed, at, packed.size);
    *out = section;
    return (from[0] & CODE_MAP) != 0 ? at < packed.size : at == packed.size;
}

uint32_t gs_node_label(const gs_node *node, uint32_t index)
{
    return gs_load_u32(node->labels + (size_t)index * LABEL_SIZE);
}

bool gs_node_has_label(const gs_node *node, uint32_t label)
{
    for (uint32_t i = 0; i < node->label_count; i++)
        if (gs_node_label(node, i) == label)
            return true;
    return false;
}
