/* When an act took place: the time of its clause; else its body goes on speaking; else at
 * the latest when the document was published.
 */
#ifndef GS_EXTRACT_OCCASION_H
#define GS_EXTRACT_OCCASION_H

#include "ingest/extract/reading.h"

/* The dates that clauses give themselves. */
void gs_occasion_read(gs_reading *r);
/* The dates of the others; after the repeats have lent theirs. */
/* The dates that a body gives its neighbouring acts; before kinds are settled. */
void gs_occasion_spread(gs_reading *r);
void gs_occasion_settle(gs_reading *r);
/* No answer before what it answers; once links are found. */
void gs_occasion_order(gs_reading *r);

#endif
