#include "graph/record.h"

#include "graph/base/hash.h"
#include "graph/compact.h"

#include <inttypes.h>

enum {
    NODE_HEAD = 2,
    LABEL_SIZE = 4,
    EDGE_HEAD = 1 + 4 + 2 * GS_NUMBER_SIZE + 2 * GS_TIME_SIZE,
    AT_TYPE = 1,
    AT_START = 5,
    AT_END = AT_START + GS_NUMBER_SIZE,
    AT_EARLIEST = AT_END + GS_NUMBER_SIZE,
    AT_LATEST = AT_EARLIEST + GS_TIME_SIZE,
};

/* Numbers next to one another must not give checksums next to one another. */
static uint32_t checksum(const void *bytes, size_t size, uint64_t number)
{
    return gs_checksum(bytes, size) ^
           (uint32_t)(number * UINT64_C(0x9e3779b97f4a7c15) >> 32);
}

void gs_seal(gs_buffer *out, uint64_t number)
{
    unsigned char sum[GS_CHECKSUM_SIZE];

    if (out->failed)
        return;
    gs_store_u32(sum, checksum(out->bytes, out->size, number));
    gs_buffer_bytes(out, sum, sizeof sum);
}

bool gs_sealed(gs_text bytes, uint64_t number)
{
    size_t size = bytes.size - GS_CHECKSUM_SIZE;

    return bytes.size >= GS_CHECKSUM_SIZE &&
           gs_load_u32((const unsigned char *)bytes.bytes + size) ==
               checksum(bytes.bytes, size, number);
}

void gs_record_node(gs_buffer *out, uint64_t number, const uint32_t *labels, size_t count,
                    gs_text properties)
{
    unsigned char bytes[LABEL_SIZE];

    gs_buffer_char(out, 0);
    gs_buffer_char(out, (char)count);
    for (size_t i = 0; i < count; i++) {
        gs_store_u32(bytes, labels[i]);
        gs_buffer_bytes(out, bytes, sizeof bytes);
    }
    gs_buffer_text(out, properties);
    gs_seal(out, number);
}

void gs_record_edge(gs_buffer *out, const gs_edge *edge)
{
    unsigned char head[EDGE_HEAD];

    head[0] = edge->inferred ? GS_INFERRED : 0;
    gs_store_u32(head + AT_TYPE, edge->type);
    gs_store_number(head + AT_START, edge->start);
    gs_store_number(head + AT_END, edge->end);
    gs_store_time(head + AT_EARLIEST, edge->earliest);
    gs_store_time(head + AT_LATEST, edge->latest);
    gs_buffer_bytes(out, head, sizeof head);
    gs_buffer_text(out, edge->properties);
    gs_seal(out, edge->number);
}

static gs_text rest_of(gs_text bytes, size_t head)
{
    return (gs_text){bytes.bytes + head, bytes.size - head - GS_CHECKSUM_SIZE};
}

static gs_code fail_damaged(const char *what, uint64_t number, gs_error *err)
{
    return gs_fail(err, GS_DAMAGED,
                   "%s %" PRIu64 " is damaged; restore the store from a backup", what,
                   number);
}

gs_code gs_record_read_node(gs_node *out, uint8_t *flags, uint64_t number, gs_text bytes,
                            gs_error *err)
{
    const unsigned char *from = (const unsigned char *)bytes.bytes;
    size_t head;

    if (bytes.size < NODE_HEAD + GS_CHECKSUM_SIZE || !gs_sealed(bytes, number))
        return fail_damaged("node", number, err);
    head = NODE_HEAD + (size_t)from[1] * LABEL_SIZE;
    if (bytes.size < head + GS_CHECKSUM_SIZE)
        return fail_damaged("node", number, err);
    *flags = from[0];
    *out = (gs_node){number, from[1], from + NODE_HEAD, rest_of(bytes, head)};
    return GS_OK;
}

gs_code gs_record_read_edge(gs_edge *out, uint8_t *flags, uint64_t number, gs_text bytes,
                            gs_error *err)
{
    const unsigned char *from = (const unsigned char *)bytes.bytes;

    if (bytes.size < EDGE_HEAD + GS_CHECKSUM_SIZE || !gs_sealed(bytes, number))
        return fail_damaged("edge", number, err);
    *flags = from[0];
    *out = (gs_edge){
        .number = number,
        .start = gs_load_number(from + AT_START),
        .end = gs_load_number(from + AT_END),
        .type = gs_load_u32(from + AT_TYPE),
        .earliest = gs_load_time(from + AT_EARLIEST),
        .latest = gs_load_time(from + AT_LATEST),
        .inferred = (from[0] & GS_INFERRED) != 0,
        .properties = rest_of(bytes, EDGE_HEAD),
    };
    return GS_OK;
}

void gs_record_mark(gs_buffer *out, uint64_t number, gs_text bytes, uint8_t flags)
{
    gs_buffer_bytes(out, bytes.bytes, bytes.size - GS_CHECKSUM_SIZE);
    if (!out->failed)
        out->bytes[0] = (char)(out->bytes[0] | flags);
    gs_seal(out, number);
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
