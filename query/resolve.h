/* Names to slots, functions and interned numbers: every error that needs no row.
 *
 * Finds unknown variables, functions and parameters, wrong numbers of arguments,
 * variables used as two things, aggregates where none may stand; tells the nearest known
 * name. Unknown labels, types and properties are warnings, errors when the run is strict.
 */
#ifndef GS_QUERY_RESOLVE_H
#define GS_QUERY_RESOLVE_H

#include "query/run.h"

/* Completes run->tree and fills in the run's columns and slots. */
GS_CHECKED gs_code gs_resolve(gs_run *run, gs_error *err);

/* AS OF stands outside: its constant may use literals and parameters alone. */
GS_CHECKED gs_code gs_resolve_constant(gs_run *run, gs_expr *expr, gs_error *err);

#endif
