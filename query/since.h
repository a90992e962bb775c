/* What is new: the rows that a query has as of one commit and had not as of another, each
 * as often as it comes more often (EXCEPT ALL), before its SKIP and LIMIT, which cut what
 * is left.
 *
 * Ownership  both runs are the caller's; they are closed after the difference.
 * Errors     as of gs_run_next.
 */
#ifndef GS_QUERY_SINCE_H
#define GS_QUERY_SINCE_H

#include "query/run.h"

typedef struct gs_difference gs_difference;

/* Of the rows of `shown` without those of `other`: the same query twice, prepared with
 * settings.uncut. */
GS_CHECKED gs_code gs_difference_open(gs_difference **out, gs_run *shown, gs_run *other,
                                      gs_error *err);
/* Both runs were bound. */
void gs_difference_restart(gs_difference *difference);
GS_CHECKED gs_code gs_difference_next(gs_difference *difference, const gs_value **row,
                                      gs_error *err);
void gs_difference_close(gs_difference *difference); /* NULL is nothing to close */

#endif
