/* Merged is one: the members of a SAME_AS class are one node to a query, as of the commit
 * and by the publications it asks for.
 *
 * The class is called by one member, the chosen one: a statement that quotes before one
 * that does not, a state before other actors, then the smallest id. Labels and properties
 * are the chosen one's, but `date`, which is the most precise of all (of several, the
 * earliest), and `aliases`, which holds the names of all; but the id or name of any
 * member equals what it is compared with. Edges of one type between the
 * same two classes are one edge: a stated one before an inferred one, then the oldest;
 * its date is chosen as a node's is. A SAME_AS within a class is no edge.
 *
 * Ownership  what is known of classes is the run's, and counts in its budget.
 * Errors     as of the store; GS_MEMORY.
 */
#ifndef GS_QUERY_CLASSES_H
#define GS_QUERY_CLASSES_H

#include "query/run.h"

typedef struct gs_class {
    uint64_t chosen, dated; /* `dated` has the date; 0 where none has one */
    uint64_t *members;
    size_t count, room;
} gs_class;

/* Makes run->classes, unless the run is unmerged or the store has nothing merged: then
 * the calls below say that every node is alone. */
GS_CHECKED gs_code gs_classes_open(gs_run *run, gs_error *err);
/* For other publications. */
void gs_classes_forget(gs_run *run);
void gs_classes_close(gs_run *run);

/* The class of a node; NULL where it is alone. It lives until the run is bound. */
GS_CHECKED gs_code gs_class_of(const gs_class **out, gs_run *run, uint64_t node,
                               gs_error *err);
/* The number by which a query knows a node. */
GS_CHECKED gs_code gs_class_number(uint64_t *out, gs_run *run, uint64_t node,
                                   gs_error *err);

/* element.c: whether the value of an expression that reads an id or a name of a merged
 * node equals another: that of any member does. GS_FALSE stays what is nothing such. */
GS_CHECKED gs_code gs_class_equal(gs_truth *truth, gs_run *run, const gs_expr *expr,
                                  gs_value other, gs_arena *arena, gs_error *err);

/* Whether one interval makes a better date than another. */
bool gs_date_is_better(int64_t earliest, int64_t latest, int64_t than_earliest,
                       int64_t than_latest);

/* element.c: one property of a node or an edge, and all; of a class as said above. */
GS_CHECKED gs_code gs_element_property(gs_value *out, gs_run *run, gs_value element,
                                       uint32_t key, gs_arena *arena, gs_error *err);
GS_CHECKED gs_code gs_element_properties(gs_value *out, gs_run *run, gs_value element,
                                         gs_arena *arena, gs_error *err);

#endif
