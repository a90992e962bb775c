/* The bytes of nodes and edges, as they are born; nothing of them ever changes.
 *
 * node     set of labels 1 (a sort of model.h; 0: count and labels follow), properties
 * edge     head 1, type, number less start, number less end, sorts 1, date and properties
 * head     0x80, and 1 inferred, 2 and 4 the start and the end are dated (cover.h)
 * sorts    of the start in the upper, of the end in the lower half
 * date     code 1: 0 undated, 1 a day in UTC, 2 an interval that is plain (edtf.h), 3 any
 *          other; and 4 where properties follow. Then the day, counted from 2020-01-01,
 *          or earliest 5 and latest 5. Of 1 and 2 the property `date` is not among the
 *          properties: it follows.
 *
 * Numbers without a size have 7 bits a byte, the lowest first; signed ones are doubled,
 * and less one times minus one where they are negative.
 *
 * Ownership  what is read borrows from the bytes.
 * Errors     GS_DAMAGED names the record.
 */
#ifndef GS_GRAPH_RECORD_H
#define GS_GRAPH_RECORD_H

#include "graph/base/buffer.h"
#include "graph/snapshot.h"

/* Marks of a record (records.h): what is set after its birth. */
enum gs_record_mark {
    GS_TOUCHED = 1,         /* it or a node of it has rows in `ends` */
    GS_REVISED = 2,         /* it has rows in `versions` */
    GS_START_UNCOVERED = 4, /* of an edge: nothing is said of its start any more */
    GS_END_UNCOVERED = 8,
};

enum { GS_CHECKSUM_SIZE = 4 };

/* All write into an empty buffer. `properties` of an edge is a packed map, without `date`
 * where that is plain. */
void gs_record_node(gs_buffer *out, const uint32_t *labels, size_t count,
                    gs_text properties);
void gs_record_edge(gs_buffer *out, const gs_edge *edge, const gs_edtf *date);

bool gs_record_is_edge(gs_text record);
GS_CHECKED gs_code gs_record_read_node(gs_node *out, uint64_t number, gs_text record,
                                       gs_error *err);
GS_CHECKED gs_code gs_record_read_edge(gs_edge *out, uint64_t number, gs_text record,
                                       gs_error *err);

/* Takes back what its marks say is true no more. */
void gs_edge_uncover(gs_edge *edge, uint8_t marks);

/* What gs_edge.properties points to: the date, and the map behind it. */
typedef struct gs_edge_section {
    int64_t earliest, latest;
    gs_text map; /* missing where there is none */
    bool plain;  /* the interval is the property `date` */
} gs_edge_section;
bool gs_edge_section_is(gs_text packed); /* and no map, no version */
bool gs_edge_section_read(gs_edge_section *out, gs_text packed);

/* Appends, and verifies, the checksum over what stands before it. */
void gs_seal(gs_buffer *out, uint64_t number);
bool gs_sealed(gs_text bytes, uint64_t number);
uint32_t gs_record_checksum(gs_text bytes, uint64_t number);

#endif
