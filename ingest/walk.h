/* Files below a path: itself, or all of a folder, sorted by name, hidden ones left out.
 * Links are followed, circles are not walked twice.
 */
#ifndef GS_INGEST_WALK_H
#define GS_INGEST_WALK_H

#include "graph/base/error.h"

/* What is done with a file; anything but GS_OK ends the walk. `within` a folder a file
 * was not named by the user himself. */
typedef gs_code gs_visit(void *context, const char *path, int within, gs_error *err);

GS_CHECKED gs_code gs_walk(const char *path, gs_visit *visit, void *context,
                           gs_error *err);

#endif
