/* Regular expressions of =~: PCRE2's (Perl's syntax) over Unicode, the whole text or
 * nothing. A pattern is compiled once and kept while the run lasts, as one of the last
 * few.
 *
 * Ownership  the run's; its memory counts in the run's budget.
 * Errors     GS_RUNTIME at `place` for what is no pattern; GS_LIMIT for one that takes
 *            more steps or memory on one text than any should.
 */
#ifndef GS_QUERY_REGEX_H
#define GS_QUERY_REGEX_H

#include "query/run.h"

GS_CHECKED gs_code gs_regex_match(bool *out, gs_run *run, gs_text text, gs_text pattern,
                                  gs_place place, gs_error *err);
void gs_regex_close(gs_run *run);

#endif
