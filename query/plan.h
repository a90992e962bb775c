/* The resolved tree to operators.
 *
 * A MATCH starts at its most selective anchor (a value, an id, an indexed name, words,
 * the rarest label), expands from known nodes along the cheapest relationship, and tests
 * each condition as soon as what it reads is known.
 */
#ifndef GS_QUERY_PLAN_H
#define GS_QUERY_PLAN_H

#include "query/run.h"

/* Fills in run->root, and the plans of subqueries in expressions. */
GS_CHECKED gs_code gs_plan(gs_run *run, gs_error *err);

#endif
