/* EXPLAIN and PROFILE: the plan as rows. Columns operator, details, estimate; PROFILE
 * runs the query to its end first and adds rows. */
#ifndef GS_QUERY_EXPLAIN_H
#define GS_QUERY_EXPLAIN_H

#include "query/run.h"

/* Replaces the run's columns. */
GS_CHECKED gs_code gs_explain_prepare(gs_run *run, gs_error *err);
/* The next line into the run's cells, or GS_END. */
GS_CHECKED gs_code gs_explain_next(gs_run *run, gs_error *err);

#endif
