/* The names that the store knows from its first byte on: labels, edge types, properties.
 *
 * Labels, types and property keys are interned: one table of names, numbers from 1. The
 * names below have fixed numbers in every store, so that code needs no look-up; others
 * (of a general graph, of unknown fields) follow behind GS_NAME_FIRST_FREE in order of
 * arrival.
 */
#ifndef GS_GRAPH_MODEL_H
#define GS_GRAPH_MODEL_H

#include "graph/base/text.h"
#include <stdbool.h>
#include <stdint.h>

typedef enum gs_name {
    GS_NAME_NONE = 0,
    /* labels */
    GS_ACTOR = 1,
    GS_STATEMENT,
    GS_CLAIM,
    GS_DENIAL,
    GS_COUNTERCLAIM,
    GS_CONFIRMATION,
    GS_RETRACTION,
    GS_NOCOMMENT,
    GS_ASSESSMENT,
    GS_PROPOSITION,
    GS_DOCUMENT,
    GS_TOPIC,
    GS_DECISION,   /* what somebody decided of two, or corrects in one */
    GS_WITHDRAWAL, /* of a statement or a document, or its restoration */
    /* edge types */
    GS_MADE = 32,
    GS_ACCUSES,
    GS_DENIES,
    GS_COUNTERS,
    GS_CONFIRMS,
    GS_RETRACTS,
    GS_DECLINES,
    GS_ASSESSES,
    GS_ASSERTS,
    GS_REJECTS,
    GS_REPORTED_IN,
    GS_VIA,
    GS_PUBLISHED_BY,
    GS_ABOUT,
    GS_SPEAKS_FOR,
    GS_SAME_AS,
    /* properties */
    GS_P_ID = 64,
    GS_P_KIND,
    GS_P_TEXT,
    GS_P_DATE,
    GS_P_EVENT_DATE,
    GS_P_QUOTE,
    GS_P_HEDGED,
    GS_P_VERDICT,
    GS_P_CONFIDENCE,
    GS_P_EXTRACTOR,
    GS_P_SPANS,
    GS_P_NAME,
    GS_P_ALIASES,
    GS_P_IDS,
    GS_P_URL,
    GS_P_FILE,
    GS_P_TITLE,
    GS_P_PUBLISHER,
    GS_P_PUBLISHED,
    GS_P_SHA256,
    GS_P_LANGUAGE,
    GS_P_INFERRED,
    GS_P_FROM,
    GS_P_TO,
    GS_P_WRITTEN,  /* of an edge to an actor: the name as the input wrote it */
    GS_P_IDENTITY, /* of an actor or a document: what makes it the same one */
    GS_P_ROLE,     /* of a person or an office: title as written */
    GS_P_RULE,     /* what made a statement: the rule of each stage */
    GS_P_AT,
    GS_P_BY,
    GS_P_SPEAKS_FOR, /* of a MADE edge: the speaker's chain as the input wrote it */
    GS_P_CHECKED,    /* of a statement: digest of its identity fields */
    GS_P_OPEN,       /* answers, same_as that name what has not come yet */
    GS_P_REPLACES,   /* of a statement: the id of the one that it corrects */
    GS_P_CORRECTED, /* of one that stands for another as decisions have it: their digest */
    GS_P_READ_IN,   /* of a statement: the readings that hold it (ingest/reading.h) */
    GS_P_READ_BY,   /* of a document: the latest reading of each extractor */
    GS_NAME_FIRST_FREE = 128,
} gs_name;

/* The text of a fixed name, the missing text for a number that has none. "Actor", "MADE",
 * "event_date". Static. */
gs_text gs_name_fixed(uint32_t name);

/* The statement kinds and what each is in the graph: `claim` -> Claim ... A claim that
 * answers COUNTERS. */
typedef struct gs_kind {
    gs_text word;     /* "denial", as `kind` says it */
    uint32_t label;   /* GS_DENIAL */
    uint32_t answers; /* the edge type by which such a statement answers: GS_DENIES */
} gs_kind;

/* NULL for a word that names no kind. Static. */
const gs_kind *gs_kind_of(gs_text word);

/* What labels a node has, in one byte, for the sets that the model knows: so much is told
 * of a node wherever an edge leads to it (timeline.h). Of a statement it also tells the
 * property `kind`, of every version. */
typedef enum gs_node_sort {
    GS_SORT_OTHER, /* its record must be asked */
    GS_SORT_ACTOR,
    GS_SORT_DOCUMENT,
    GS_SORT_TOPIC,
    GS_SORT_PROPOSITION,
    GS_SORT_CLAIM, /* Statement, Claim; kind `claim` */
    GS_SORT_DENIAL,
    GS_SORT_COUNTERCLAIM, /* Statement, Claim, Counterclaim; kind `counterclaim` */
    GS_SORT_CONFIRMATION,
    GS_SORT_RETRACTION,
    GS_SORT_NOCOMMENT,
    GS_SORT_ASSESSMENT,
    GS_SORTS,
} gs_node_sort;

/* The sort of exactly these labels, in any order; `kind` is the property, a missing text
 * where it is none or no string. */
gs_node_sort gs_sort_of(const uint32_t *labels, size_t count, gs_text kind);
/* Of any sort but GS_SORT_OTHER. */
bool gs_sort_has_label(gs_node_sort sort, uint32_t label);
/* The same of labels alone, in the order above; and its labels as gs_node has them. */
gs_node_sort gs_label_set_of(const uint32_t *labels, size_t count);
const unsigned char *gs_label_set_bytes(gs_node_sort set, uint32_t *count);
/* "claim" for GS_SORT_CLAIM; the missing text for what is no statement. Static. */
gs_text gs_sort_kind(gs_node_sort sort);

/* DENIES ... ASSESSES: what ANSWERS stands for in a query. */
bool gs_is_answer(uint32_t type);

#endif
