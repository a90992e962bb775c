/* When what a statement says could be known: the publication of the earliest document
 * that reports it, else the day on which the store recorded it. */
#ifndef GS_QUERY_REPORTED_H
#define GS_QUERY_REPORTED_H

#include "query/run.h"

/* The day on which a record came into the store. */
GS_CHECKED gs_code gs_recorded(gs_edtf *out, gs_run *run, uint64_t number, gs_error *err);
/* The earliest publication among the documents of one statement, by itself, not of its
 * SAME_AS class; *any is false where none has a date. */
GS_CHECKED gs_code gs_published(bool *any, gs_edtf *out, gs_run *run, uint64_t statement,
                                gs_arena *arena, gs_error *err);
/* Whether AS REPORTED BY lets a node be seen: true without one, and of what is neither
 * statement nor document. */
GS_CHECKED gs_code gs_seen(bool *out, gs_run *run, uint64_t node, gs_error *err);
/* Reads what AS REPORTED BY says into run->reported_by. */
GS_CHECKED gs_code gs_reported_by(gs_run *run, gs_error *err);
/* Likewise, of a prepared run that is about to get other parameters; where it fails, the
 * run looks back as before. */
GS_CHECKED gs_code gs_reported_by_bound(gs_run *run, gs_value parameters, gs_error *err);

#endif
