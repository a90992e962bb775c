/* openCypher's four ways of comparing values, with this field's dates.
 *
 *   =           three-valued: null beside null is unknown, within lists and maps too
 *   < <=        three-valued; unknown between types that have no common order
 *   ORDER BY    a total order over all types, nulls last
 *   DISTINCT    equivalence: null is null, NaN is NaN; the hash agrees with it
 *
 * A string beside a date is read as EDTF by `=` and `<`, never by the other two.
 *
 * Threads  pure functions.
 */
#ifndef GS_QUERY_COMPARE_H
#define GS_QUERY_COMPARE_H

#include "graph/base/edtf.h"
#include "graph/base/value.h"

gs_truth gs_truth_not(gs_truth a);
gs_truth gs_truth_and(gs_truth a, gs_truth b);
gs_truth gs_truth_or(gs_truth a, gs_truth b);
gs_value gs_truth_value(gs_truth truth); /* null where unknown */

gs_truth gs_equal(gs_value a, gs_value b);
gs_truth gs_less(gs_value a, gs_value b, bool or_equal);

/* -1, 0, 1. */
int gs_order(gs_value a, gs_value b);

bool gs_equivalent(gs_value a, gs_value b);
uint64_t gs_value_hash(gs_value value);

/* Whether a date, or a string that is one, stands there. */
bool gs_read_date(gs_edtf *out, gs_value value);

/* Whether lists and maps nest within the bound that recursion over values is safe in. */
bool gs_nests_well(gs_value value);

#endif
