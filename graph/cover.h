/* What the entry of an edge says of the node that it leads to, so that the common
 * questions open no record: its sort, and whether its date is the edge's.
 *
 * What is said holds of every version of the node: once a statement's kind or date has
 * been revised, nothing is said of it any more.
 */
#ifndef GS_GRAPH_COVER_H
#define GS_GRAPH_COVER_H

#include "graph/snapshot.h"

typedef struct gs_cover {
    int64_t earliest, latest; /* where `plain`: its date's; both open where it has none */
    uint8_t sort;             /* a gs_node_sort */
    bool plain;               /* a statement with a date that its interval gives back */
} gs_cover;

/* GS_END where there is no node of this number, visible or not. */
GS_CHECKED gs_code gs_cover_record(gs_cover *out, const gs_snapshot *snapshot,
                                   uint64_t number, gs_error *err);
/* The same of a node that has been read as of now, or is being written. */
GS_CHECKED gs_code gs_cover_of(gs_cover *out, const gs_snapshot *snapshot,
                               const gs_node *node, gs_error *err);

/* The same of a node that is being made, whose properties these are. */
gs_cover gs_cover_new(const uint32_t *labels, size_t count, gs_value kind, gs_value date);
/* Whether the node has the date of this interval, or has none and both ends are open. */
static inline bool gs_cover_has_date(const gs_cover *cover, int64_t earliest,
                                     int64_t latest)
{
    return cover->plain && cover->earliest == earliest && cover->latest == latest;
}

/* Whether a statement's cover would be no more, were this property revised. */
bool gs_cover_depends_on(uint32_t property);

#endif
