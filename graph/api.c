/* The loading part of gainsay.h. */
#include "graph/api.h"

#include "graph/backup.h"
#include "graph/base/hash.h"
#include "graph/check.h"
#include "graph/dump.h"
#include "graph/erase.h"
#include "graph/load.h"
#include "graph/undo.h"

#include <errno.h>
#include <string.h>
#include <time.h>

_Static_assert((int)GAINSAY_INTERRUPTED == (int)GS_INTERRUPTED, "codes are the same");
_Static_assert(sizeof(((gainsay_error *)0)->text) == sizeof(((gs_error *)0)->text),
               "texts fit");

gainsay_code gs_api_give(gainsay_error *out, const gs_error *err, gs_code rc)
{
    if (rc == GS_OK || rc == GS_END)
        return (gainsay_code)rc;
    *out = (gainsay_error){.code = (gainsay_code)rc,
                           .line = err->line,
                           .column = err->column,
                           .length = err->length,
                           .type = err->type,
                           .phase = err->phase,
                           .detail = err->detail};
    memcpy(out->text, err->text, sizeof out->text);
    return out->code;
}

static gs_code open_file(FILE **out, const char *path, gs_error *err)
{
    FILE *file = strcmp(path, "-") == 0 ? stdin : fopen(path, "re");

    if (file == NULL)
        return gs_fail(err, GS_FAILED, "%s: cannot be read: %s; check the path", path,
                       strerror(errno));
    *out = file;
    return GS_OK;
}

static gs_code restore(gs_loaded *out, const char *directory, FILE *file,
                       const gainsay_loading *loading, gs_error *err)
{
    gs_restored restored;
    gs_code rc =
        gs_restore(&restored, directory, loading->wait_ms, file, loading->interrupt, err);

    if (rc == GS_OK)
        *out = (gs_loaded){restored.nodes, restored.edges, restored.commit};
    return rc;
}

static gs_code load(gs_loaded *out, const char *directory, FILE *file,
                    const gainsay_loading *loading, gs_error *err)
{
    gs_store_options how = {.create = true, .write = true, .wait_ms = loading->wait_ms};
    gs_load_options options = {.now = time(NULL), .interrupt = loading->interrupt};
    gs_store *store = NULL;
    gs_code rc;

    if (loading->format == NULL)
        return restore(out, directory, file, loading, err);
    rc = gs_store_open(&store, directory, &how, err);
    if (rc == GS_OK)
        rc = gs_load(out, store, file, &options, err);
    gs_store_close(store);
    return rc;
}

static void summarise(gainsay_loaded *out, const gs_loaded *loaded)
{
    *out = (gainsay_loaded){
        .nodes = loaded->nodes, .edges = loaded->edges, .commit = loaded->commit.number};
    if (out->commit > 0)
        gs_hex(out->commit_hash, loaded->commit.hash, sizeof loaded->commit.hash);
}

gainsay_code gainsay_load(const char *directory, const char *path,
                          const gainsay_loading *loading, gainsay_loaded *loaded,
                          gainsay_error *error)
{
    FILE *file = NULL;
    gs_loaded done;
    gs_error err = {0};
    gs_code rc;

    if (loading->format != NULL && strcmp(loading->format, "graph") != 0)
        return gs_api_give(error, &err,
                           gs_fail(&err, GS_USAGE,
                                   "format \"%.32s\": it is graph, or nothing for a dump",
                                   loading->format));
    rc = open_file(&file, path, &err);
    if (rc == GS_OK)
        rc = load(&done, directory, file, loading, &err);
    if (file != NULL && file != stdin)
        fclose(file);
    if (rc == GS_OK && loaded != NULL)
        summarise(loaded, &done);
    return gs_api_give(error, &err, rc);
}

typedef struct dump_to {
    const gainsay_dumping *dumping;
} dump_to;

static gs_code write_line(void *context, gs_text line, gs_error *err)
{
    const gainsay_dumping *dumping = ((const dump_to *)context)->dumping;

    if (dumping->write(dumping->context, line.bytes, line.size))
        return GS_OK;
    return gs_fail(err, GS_STORAGE, "the dump cannot be written; check where it goes");
}

gainsay_code gainsay_dump(const char *directory, const gainsay_dumping *dumping,
                          gainsay_error *error)
{
    dump_to to = {dumping};
    gs_writing writing = {write_line, &to, dumping->interrupt};
    gs_store *store = NULL;
    gs_snapshot *snapshot = NULL;
    gs_error err = {0};
    gs_code rc;

    GS_TRY(gs_store_open(&store, directory, &(gs_store_options){0}, &err));
    GS_TRY(gs_snapshot_open(&snapshot, store, GS_NOW, &err));
    rc = dumping->canonical ? gs_dump_canonical(snapshot, &writing, &err)
                            : gs_dump(snapshot, &writing, &err);
out:
    gs_snapshot_close(snapshot);
    gs_store_close(store);
    return gs_api_give(error, &err, rc);
}

gainsay_code gainsay_backup(const char *directory, const char *target,
                            gainsay_backed_up *made, gainsay_error *error)
{
    gs_store *store = NULL;
    gs_commit commit;
    gs_error err = {0};
    gs_code rc = gs_store_open(&store, directory, &(gs_store_options){0}, &err);

    if (rc == GS_OK)
        rc = gs_backup(&commit, store, target, &err);
    gs_store_close(store);
    if (rc == GS_OK) {
        *made = (gainsay_backed_up){.commit = commit.number};
        if (commit.number > 0)
            gs_hex(made->commit_hash, commit.hash, sizeof commit.hash);
    }
    return gs_api_give(error, &err, rc);
}

gainsay_code gainsay_compact(const char *directory, uint32_t wait_ms,
                             gainsay_compacted *made, gainsay_error *error)
{
    gs_compacted compacted;
    gs_error err = {0};
    gs_code rc = gs_compact(&compacted, directory, wait_ms, &err);

    if (rc == GS_OK)
        *made = (gainsay_compacted){compacted.before, compacted.after};
    return gs_api_give(error, &err, rc);
}

gainsay_code gainsay_erase(const char *directory, const gainsay_erasing *erasing,
                           gainsay_erased *made, gainsay_error *error)
{
    gs_erasing how = {.what = gs_text_of(erasing->what),
                      .dry = erasing->dry_run,
                      .wait_ms = erasing->wait_ms,
                      .now = time(NULL),
                      .interrupt = erasing->interrupt};
    gs_erasure sum;
    gs_error err = {0};
    gs_code rc = gs_erase(&sum, directory, &how, &err);

    if (rc == GS_OK)
        *made = (gainsay_erased){.statements = sum.statements,
                                 .documents = sum.documents,
                                 .records = sum.records,
                                 .texts = sum.texts,
                                 .before = sum.before,
                                 .after = sum.after};
    return gs_api_give(error, &err, rc);
}

typedef struct found_by {
    const gainsay_checking *checking;
} found_by;

static void give_found(void *context, const gs_error *found)
{
    const gainsay_checking *checking = ((const found_by *)context)->checking;
    gainsay_error error = {0};

    if (checking->report == NULL)
        return;
    gs_api_give(&error, found, found->code);
    checking->report(checking->context, NULL, &error);
}

gainsay_code gainsay_check(const char *directory, const gainsay_checking *checking,
                           gainsay_checked *checked, gainsay_error *error)
{
    found_by by = {checking};
    gs_check_options options = {.wait_ms = checking->wait_ms,
                                .report = give_found,
                                .context = &by,
                                .interrupt = checking->interrupt};
    gs_checked found;
    gs_error err = {0};
    gs_code rc = gs_check(&found, directory, &options, &err);

    if (rc == GS_OK && checked != NULL)
        *checked = (gainsay_checked){.commits = found.commits,
                                     .records = found.records,
                                     .pages = found.pages.pages,
                                     .free_pages = found.pages.free};
    return gs_api_give(error, &err, rc);
}
