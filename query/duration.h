/* Spans of time as ISO 8601 writes them: P30D, P2W, P1M, PT12H.
 *
 * Units  seconds. A month counts 31 days and a year 366: the longest there are, so that
 *        what is longer than a duration surely is.
 */
#ifndef GS_QUERY_DURATION_H
#define GS_QUERY_DURATION_H

#include "graph/base/text.h"
#include <stdbool.h>
#include <stdint.h>

/* false where the text is none, or is past 10,000 years. */
bool gs_duration_read(int64_t *seconds, gs_text text);

#endif
