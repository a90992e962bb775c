/* The bytes of nodes and edges.
 *
 * node   flags 1, label count 1, labels 4 each, properties, checksum 4
 * edge   flags 1, type 4, start 6, end 6, earliest 5, latest 5, properties, checksum 4
 *
 * The checksum covers all before it and the record's number, so that a record in
 * another's place is damage too. Two flags may change later; what a commit hashes is the
 * record without them, as it was born.
 *
 * Ownership  what is read borrows from the bytes.
 * Errors     GS_DAMAGED names the record.
 */
#ifndef GS_GRAPH_RECORD_H
#define GS_GRAPH_RECORD_H

#include "graph/base/buffer.h"
#include "graph/snapshot.h"

enum gs_record_flag {
    GS_TOUCHED = 1,  /* it or a node of it has rows in `ends` */
    GS_REVISED = 2,  /* it has rows in `versions` */
    GS_INFERRED = 4, /* an edge that no input named */
};

enum { GS_CHECKSUM_SIZE = 4 };

/* All write into an empty buffer. */
void gs_record_node(gs_buffer *out, uint64_t number, const uint32_t *labels, size_t count,
                    gs_text properties);
void gs_record_edge(gs_buffer *out, const gs_edge *edge);

GS_CHECKED gs_code gs_record_read_node(gs_node *out, uint8_t *flags, uint64_t number,
                                       gs_text bytes, gs_error *err);
GS_CHECKED gs_code gs_record_read_edge(gs_edge *out, uint8_t *flags, uint64_t number,
                                       gs_text bytes, gs_error *err);

/* Copies a record with these flags set besides its own. */
void gs_record_mark(gs_buffer *out, uint64_t number, gs_text bytes, uint8_t flags);

/* Appends, and verifies, the checksum over what stands before it. */
void gs_seal(gs_buffer *out, uint64_t number);
bool gs_sealed(gs_text bytes, uint64_t number);

#endif
