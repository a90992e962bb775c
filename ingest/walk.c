#include "ingest/walk.h"
#include <errno.h>
#include <fts.h>
#include <string.h>
#include <sys/stat.h>

static int by_name(const FTSENT **a, const FTSENT **b)
{
    return strcmp((*a)->fts_name, (*b)->fts_name);
}

static gs_code visit_entry(FTS *tree, FTSENT *entry, gs_visit *visit, void *context,
                           gs_error *err)
{
    if (entry->fts_level > 0 && entry->fts_name[0] == '.') {
        fts_set(tree, entry, FTS_SKIP);
        return GS_OK;
    }
    switch (entry->fts_info) {
    case FTS_F:
        return visit(context, entry->fts_path, 1, err);
    case FTS_DNR:
    case FTS_ERR:
    case FTS_NS:
        return gs_fail(err, GS_FAILED, "%s: %s; check the folder", entry->fts_path,
                       strerror(entry->fts_errno));
    default:
        return GS_OK; /* folders, sockets, dangling links, circles */
    }
}

static gs_code walk_folder(const char *path, gs_visit *visit, void *context,
                           gs_error *err)
{
    char *paths[] = {(char *)path, NULL}; /* fts does not write to it */
    FTS *tree = fts_open(paths, FTS_LOGICAL | FTS_NOCHDIR, by_name);
    FTSENT *entry;
    gs_code rc = GS_OK;

    if (tree == NULL)
        return gs_fail(err, GS_FAILED, "%s: %s; check the folder", path, strerror(errno));
    errno = 0;
    while (rc == GS_OK && (entry = fts_read(tree)) != NULL)
        rc = visit_entry(tree, entry, visit, context, err);
    if (rc == GS_OK && errno != 0)
        rc = gs_fail(err, GS_FAILED, "%s: %s; check the folder", path, strerror(errno));
    fts_close(tree);
    return rc;
}

gs_code gs_walk(const char *path, gs_visit *visit, void *context, gs_error *err)
{
    struct stat status;

    if (strcmp(path, "-") != 0 && stat(path, &status) == 0 && S_ISDIR(status.st_mode))
        return walk_folder(path, visit, context, err);
    return visit(context, path, 0, err);
}
