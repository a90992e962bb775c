/* The table of records: nodes and edges as they were born, in chunks of consecutive
 * numbers; and the table of marks, which holds what changes.
 *
 * chunk  slot count 2, blocks of the cold part 2, where that begins 4; of each group of 16
 *        slots: where it ends 4, checksum 4; slots; cold part (short.h)
 * slot   size (7 bits a byte, the lowest first, the eighth says that more follow), record
 * mark   flags 1
 *
 * A slot of size 0 is a number that is no node's or edge's. A group's checksum is over its
 * slots, the chunk's first 8 bytes and the number of its first slot, so that a chunk in
 * another's place is damage too. A chunk is made of up to 128 KiB of records, or one that
 * is larger: long enough that the end of its last page is little of it.
 *
 * Ownership  what is read borrows from the store's map; in a batch until it is written
 *            to again.
 * Errors     GS_END where there is no such record; GS_DAMAGED names it.
 */
#ifndef GS_GRAPH_RECORDS_H
#define GS_GRAPH_RECORDS_H

#include "graph/base/buffer.h"
#include "graph/short.h"
#include "graph/txn_impl.h"

enum {
    GS_GROUP_SLOTS = 16,
    GS_CHUNK_BLOCKS = 2, /* where a chunk says so of its cold part */
    GS_CHUNK_COLD = 4,
    GS_CHUNK_HEAD = 8,
    GS_CHUNK_GROUP = 8, /* bytes of a group beside its slots */
};

/* Before the transaction ends. */
void gs_place_end(gs_place *place);

/* A record, or a short node (short.h), as it lies in the store. */
GS_CHECKED gs_code gs_record_find(gs_text *out, const gs_snapshot *snapshot,
                                  uint64_t number, gs_error *err);
/* The first one with a number >= *number. */
GS_CHECKED gs_code gs_record_next(uint64_t *number, gs_text *out,
                                  const gs_snapshot *snapshot, gs_error *err);

/* All from a number on, in turn; nothing is written meanwhile. */
typedef struct gs_record_walk {
    const gs_snapshot *snapshot;
    uint64_t number; /* the next one */
    gs_text group;
    size_t at;
    uint32_t left; /* slots of the group */
} gs_record_walk;
void gs_record_walk_start(gs_record_walk *walk, const gs_snapshot *snapshot,
                          uint64_t number);
GS_CHECKED gs_code gs_record_walk_next(uint64_t *number, gs_text *out,
                                       gs_record_walk *walk, gs_error *err);

/* What has been set since a record was born: GS_TOUCHED, GS_REVISED (record.h). */
GS_CHECKED gs_code gs_marks_read(uint8_t *out, const gs_snapshot *snapshot,
                                 uint64_t number, gs_error *err);
GS_CHECKED gs_code gs_marks_set(const gs_snapshot *snapshot, uint64_t number,
                                uint8_t flags, gs_error *err);

/* A chunk as bytes, for those who go through all: its first number, and whether its size
 * holds as many slots as it says. */
typedef struct gs_chunk {
    const unsigned char *bytes;
    size_t size, slots_end; /* where the cold part begins */
    uint64_t first;
    uint32_t count;
} gs_chunk;
GS_CHECKED gs_code gs_chunk_open(gs_chunk *out, MDB_val key, MDB_val value,
                                 gs_error *err);
/* Of a group with the chunk's head and the number of the group's first slot. */
uint32_t gs_group_checksum(gs_text group, const unsigned char *head, uint64_t number);
/* Group `index` with its checksum verified. */
GS_CHECKED gs_code gs_chunk_group(gs_text *out, const gs_chunk *chunk, uint32_t index,
                                  gs_error *err);
/* What is in a slot of a group, counted from its first one: a record, or a short node;
 * empty where there is none. False: it does not lie within the group. */
bool gs_chunk_slot(gs_text *out, gs_text group, uint32_t slot);

/* The chunk that a batch is filling. `{0}` is empty. */
typedef struct gs_pending_records {
    uint64_t first;
    uint32_t count, room;
    uint32_t *ends; /* where each slot ends in `slots` */
    gs_buffer slots;
    gs_cold cold; /* while it is written */
} gs_pending_records;

/* Numbers ascend. */
GS_CHECKED gs_code gs_pending_records_add(gs_pending_records *pending,
                                          const gs_snapshot *snapshot, uint64_t number,
                                          gs_text record, gs_error *err);
/* Writes it. At a batch's end it takes in what small commits before have left: each chunk
 * stays more than twice as large as the one behind it, so that a record is written anew
 * at most some ten times, and as many chunks are short. */
GS_CHECKED gs_code gs_pending_records_flush(gs_pending_records *pending,
                                            const gs_snapshot *snapshot, bool last,
                                            gs_error *err);
void gs_pending_records_free(gs_pending_records *pending);

#endif
