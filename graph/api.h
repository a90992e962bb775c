/* What the parts of gainsay.h share that stand in graph, ingest and query. */
#ifndef GS_GRAPH_API_H
#define GS_GRAPH_API_H

#include "graph/base/error.h"
#include "include/gainsay/gainsay.h"

/* Gives `rc` as a public code, and `err` to the caller where it is a failure. */
gainsay_code gs_api_give(gainsay_error *out, const gs_error *err, gs_code rc);

#endif
