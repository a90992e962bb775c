/* What the rule says that the reader of prose notes of how it came to a statement:
 * "deny/clause settled repeat" (gs_confidence_read in ingest/extract). */
#ifndef GS_BASE_RULE_H
#define GS_BASE_RULE_H

#include "graph/base/text.h"
#include <stdbool.h>

/* The next step, from *at = 0 on: its word in the rule, and what that means. False behind
 * the last one. A word that is none of the reader's is passed over. Static texts. */
bool gs_rule_step(gs_text *word, gs_text *meaning, gs_text rule, size_t *at);

#endif
