/* The intake: what stands between a record and the graph while a job runs. It knows the
 * batch at hand, what the run has counted, and which actors it has met.
 *
 * Each gs_intake_ of a record is all or nothing in what it counts, and idempotent: the
 * same record again is GS_KNOWN and writes nothing, in whatever order records come.
 *
 * Ownership  gs_intake_open's result is closed with gs_intake_close; the batch is the
 *            job's, who also resets `arena` between records.
 * Errors     GS_INPUT, GS_CONFLICT and GS_LIMIT cost the record alone, to be set aside;
 *            after anything else the batch can only be aborted.
 * Threads    one at a time.
 */
#ifndef GS_INGEST_INTAKE_H
#define GS_INGEST_INTAKE_H

#include "graph/batch.h"
#include "graph/index.h"
#include "graph/recall.h"
#include "graph/snapshot.h"
#include "graph/support.h"
#include "graph/timeline.h"
#include "ingest/extract/actors.h"
#include "ingest/linker/linker.h"
#include "ingest/record/entries.h"
#include "ingest/record/record.h"

/* GS_CONTESTED: new, and in the place of another telling of its id, which has ended. */
typedef enum gs_outcome { GS_KNOWN, GS_NEW, GS_REVISED, GS_CONTESTED } gs_outcome;

typedef struct gs_counts {
    int64_t linked; /* answers that found their statement; less those that lost it */
    int64_t open;   /* links that wait; less those that waited and were linked */
} gs_counts;

typedef struct gs_cache gs_cache; /* resolve.c: parties met -> actors */

/* What may stand otherwise than before: settle.h. */
typedef struct gs_unsettled_item {
    char subject;
    gs_text name;
} gs_unsettled_item;
typedef struct gs_unsettled {
    gs_unsettled_item *items;
    size_t count, room;
    gs_arena arena;
} gs_unsettled;
void gs_unsettled_free(gs_unsettled *unsettled);

typedef struct gs_intake {
    gs_batch *batch; /* of the moment; set by gs_intake_begin */
    gs_arena *arena; /* of the record at hand: `own` */
    gs_arena own;
    gs_directory *directory;
    gs_cache *cache;
    gs_edtf date;      /* that was parsed last */
    gs_linker *linker; /* told of what is new; the job's, NULL: none */
    gs_counts counts;
    gs_support *support; /* what the run finds known; the job's, NULL in a dry run */
    bool no_text;        /* do not keep the documents' text */
    bool ruled;          /* rulings, or what has ended, may concern what comes */
    gs_unsettled unsettled;
    const gs_source *source; /* the document at hand, taken already; or NULL */
    uint64_t source_number;
    bool reading_stands; /* it is the latest, so that its spans count */
    int64_t reading;     /* of that document, at hand; 0: none (reading.h) */
} gs_intake;

GS_CHECKED gs_code gs_intake_open(gs_intake **out, gs_error *err);
void gs_intake_close(gs_intake *intake); /* NULL is nothing to close */

/* A batch begins. */
GS_CHECKED gs_code gs_intake_begin(gs_intake *intake, gs_batch *batch, gs_error *err);

static inline const gs_snapshot *gs_intake_snapshot(const gs_intake *intake)
{
    return gs_batch_snapshot(intake->batch);
}

/* A whole record. A document with a text has its sha256 too (gs_document_complete). */
GS_CHECKED gs_code gs_intake_statement(gs_outcome *out, gs_intake *intake,
                                       const gs_statement *statement, gs_error *err);
GS_CHECKED gs_code gs_intake_source(gs_outcome *out, uint64_t *number, gs_intake *intake,
                                    const gs_source *source, gs_error *err);
GS_CHECKED gs_code gs_intake_actor(gs_outcome *out, gs_intake *intake,
                                   const gs_actor *actor, gs_error *err);

/* What these share. */

/* The first node of a label in an index; GS_END when there is none. */
GS_CHECKED gs_code gs_intake_find(uint64_t *out, gs_intake *intake, gs_index index,
                                  uint32_t label, gs_text key, gs_error *err);
/* The same, also of one that was hidden with the run that brought it, and is named again:
 * it is visible from now on. */
GS_CHECKED gs_code gs_intake_recall(uint64_t *out, gs_intake *intake, gs_index index,
                                    uint32_t label, gs_text key, gs_error *err);
/* A property of a node, copied into the arena; null when it has none. */
GS_CHECKED gs_code gs_intake_property(gs_value *out, gs_intake *intake, uint64_t node,
                                      uint32_t key, gs_error *err);
/* The edge of a type between two nodes, also one that was hidden; GS_END when there is none. */
GS_CHECKED gs_code gs_intake_edge(gs_hop *out, gs_intake *intake, uint64_t start,
                                  uint32_t type, uint64_t end, gs_error *err);

/* The run has met a property of a node as a later version has it; or an edge that was not
 * there from the node's beginning. */
GS_CHECKED gs_code gs_intake_met_property(gs_intake *intake, uint64_t node, uint32_t key,
                                          gs_error *err);
GS_CHECKED gs_code gs_intake_met_edge(gs_intake *intake, uint64_t node,
                                      const gs_hop *edge, gs_error *err);

/* How two values of one property are made one. */
typedef enum gs_merge {
    GS_FILL,   /* what is there stays */
    GS_NEWER,  /* the new one stands */
    GS_LARGER, /* the one with the larger bytes stands, whatever came first */
} gs_merge;

/* The properties of `from` into a node, where that changes it. */
GS_CHECKED gs_code gs_intake_merge(bool *changed, gs_intake *intake, uint64_t node,
                                   const gs_entries *from, gs_merge how, gs_error *err);

/* The text of a fixed property name, and a date as a property (the arena's; null for a
 * missing text). */
void gs_entries_name(gs_entries *to, uint32_t name, gs_value value);
GS_CHECKED gs_code gs_intake_date(gs_value *out, gs_intake *intake, gs_text text,
                                  gs_error *err);

#endif
