/* Errors with their place in the query's text and openCypher's words for them. */
#ifndef GS_QUERY_REFUSE_H
#define GS_QUERY_REFUSE_H

#include "graph/base/error.h"
#include "query/tree.h"

/* A query refused before its first row: GS_QUERY, "compile time". `type` and `detail` are
 * static texts. */
__attribute__((format(printf, 6, 7))) gs_code gs_refuse(gs_error *err, gs_text query,
                                                        gs_place place, const char *type,
                                                        const char *detail,
                                                        const char *format, ...);

/* A query that fails on a row: GS_RUNTIME, "runtime". */
__attribute__((format(printf, 6, 7))) gs_code
gs_refuse_row(gs_error *err, gs_text query, gs_place place, const char *type,
              const char *detail, const char *format, ...);

/* Fills in line, column and length of an error, in code points, from a place. */
void gs_error_place(gs_error *err, gs_text query, gs_place place);

#endif
