/* What the two directions of a dump share. */
#ifndef GS_GRAPH_DUMP_LINE_H
#define GS_GRAPH_DUMP_LINE_H

#include "graph/snapshot.h"

enum { GS_DUMP_VERSION = 1 };

/* What a dump calls the ledgers. */
extern const char *const gs_dump_ledgers[GS_LEDGERS];

#endif
