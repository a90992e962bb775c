#include "fetch/spool.h"
#include "graph/base/buffer.h"
#include "graph/base/hash.h"
#include <errno.h>
#include <fcntl.h>
#include <stdio.h> /* renameat */
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#define MEMORIES ".fetch"

enum { MODE_FOLDER = 0700, MODE_FILE = 0600, MEMORY_MAX = 4 << 20, NAME_BYTES = 8 };

struct gs_spool {
    int folder, memories; /* descriptors; the latter is locked */
    const char *path;
};

static gs_code fail_file(gs_error *err, const gs_spool *spool, const char *name)
{
    return gs_fail(err, GS_FAILED, "%s/%s: %s", spool->path, name, strerror(errno));
}

static gs_code open_folder(int *out, int at, const char *path, gs_error *err)
{
    if (mkdirat(at, path, MODE_FOLDER) != 0 && errno != EEXIST)
        return gs_fail(err, GS_FAILED, "%s: cannot be made: %s", path, strerror(errno));
    *out = openat(at, path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (*out < 0)
        return gs_fail(err, GS_FAILED, "%s: cannot be opened: %s", path, strerror(errno));
    return GS_OK;
}

gs_code gs_spool_open(gs_spool **out, const char *path, gs_error *err)
{
    gs_spool *spool = malloc(sizeof *spool);
    gs_code rc;

    if (spool == NULL)
        return gs_fail_memory(err);
    *spool = (gs_spool){.folder = -1, .memories = -1, .path = path};
    GS_TRY(open_folder(&spool->folder, AT_FDCWD, path, err));
    GS_TRY(open_folder(&spool->memories, spool->folder, MEMORIES, err));
    if (flock(spool->memories, LOCK_EX | LOCK_NB) != 0)
        GS_TRY(gs_fail(err, GS_LOCKED, "%s: another `gainsay fetch` is at work there",
                       path));
    *out = spool;
    spool = NULL;
out:
    gs_spool_close(spool);
    return rc;
}

void gs_spool_close(gs_spool *spool)
{
    if (spool == NULL)
        return;
    if (spool->memories >= 0)
        close(spool->memories);
    if (spool->folder >= 0)
        close(spool->folder);
    free(spool);
}

static gs_code name_of(char out[2 * NAME_BYTES + 1], gs_text of, gs_error *err)
{
    unsigned char digest[GS_SHA256_SIZE];
    gs_code rc = gs_sha256(digest, &of, 1, err);

    if (rc == GS_OK)
        gs_hex(out, digest, NAME_BYTES);
    return rc;
}

static bool write_all(int file, gs_text bytes)
{
    while (bytes.size > 0) {
        ssize_t written = write(file, bytes.bytes, bytes.size);

        if (written < 0 && errno != EINTR)
            return false;
        if (written > 0)
            bytes = gs_text_slice(bytes, (size_t)written, bytes.size);
    }
    return true;
}

/* Beside first, so that no half of a file is ever seen under its name. */
static gs_code write_whole(gs_spool *spool, int folder, const char *name, gs_text before,
                           gs_text bytes, gs_error *err)
{
    static const char beside[] = ".new";
    int file = openat(spool->memories, beside, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC,
                      MODE_FILE);
    bool good;

    if (file < 0)
        return fail_file(err, spool, MEMORIES);
    good = write_all(file, before) && write_all(file, bytes) && fsync(file) == 0;
    good = close(file) == 0 && good;
    if (!good || renameat(spool->memories, beside, folder, name) != 0) {
        gs_code rc = fail_file(err, spool, name);

        unlinkat(spool->memories, beside, 0);
        return rc;
    }
    return fsync(folder) == 0 ? GS_OK : fail_file(err, spool, name);
}

static gs_code read_whole(gs_text *out, int file, gs_arena *arena, gs_error *err)
{
    struct stat facts;
    char *bytes;
    ssize_t got;

    *out = (gs_text){0};
    if (fstat(file, &facts) != 0 || facts.st_size > MEMORY_MAX)
        return GS_OK;
    bytes = gs_arena_take(arena, (size_t)facts.st_size + 1);
    if (bytes == NULL)
        return gs_fail_memory(err);
    got = read(file, bytes, (size_t)facts.st_size);
    if (got == facts.st_size)
        *out = (gs_text){bytes, (size_t)got};
    return GS_OK;
}

gs_code gs_spool_recall(gs_value *out, const gs_spool *spool, gs_text of, gs_arena *arena,
                        gs_error *err)
{
    char name[2 * NAME_BYTES + 1];
    gs_error bad;
    gs_text text = {0};
    gs_code rc = name_of(name, of, err);
    int file;

    *out = gs_null;
    if (rc != GS_OK)
        return rc;
    file = openat(spool->memories, name, O_RDONLY | O_CLOEXEC);
    if (file < 0)
        return errno == ENOENT ? GS_OK : fail_file(err, spool, MEMORIES);
    rc = read_whole(&text, file, arena, err);
    close(file);
    /* what cannot be read is asked for again */
    if (rc == GS_OK && text.size > 0 && gs_json_parse(out, arena, text, &bad) != GS_OK)
        *out = gs_null;
    return rc;
}

gs_text gs_memory_text(gs_value memory, gs_text key)
{
    gs_value value = gs_map_get(memory, key);

    return value.type == GS_STRING ? value.as.string : (gs_text){0};
}

gs_code gs_spool_remember(gs_spool *spool, gs_text of, gs_value memory, gs_error *err)
{
    char name[2 * NAME_BYTES + 1];
    gs_buffer line = {0};
    gs_code rc;

    GS_TRY(name_of(name, of, err));
    gs_json_write(&line, memory);
    gs_buffer_char(&line, '\n');
    if (line.failed)
        GS_TRY(gs_fail_memory(err));
    rc = write_whole(spool, spool->memories, name, (gs_text){0}, gs_buffer_view(&line),
                     err);
out:
    gs_buffer_free(&line);
    return rc;
}

/* What every file system takes, and no shell asks after. */
static gs_text plain_name(gs_text host, gs_arena *arena)
{
    char *out;

    host = gs_text_slice(host, 0, 100);
    out = gs_arena_take(arena, host.size + 1);
    for (size_t i = 0; out != NULL && i < host.size; i++) {
        char c = host.bytes[i];
        bool plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' ||
                     (c == '.' && i > 0);

        out[i] = plain ? c : '_';
    }
    return out != NULL ? (gs_text){out, host.size} : (gs_text){0};
}

gs_code gs_spool_name(gs_text *out, const gs_url *url, gs_text body,
                      const char *extension, gs_arena *arena, gs_error *err)
{
    char of_url[2 * NAME_BYTES + 1], of_body[2 * NAME_BYTES + 1];
    gs_text host = plain_name(url->host, arena);
    gs_code rc = name_of(of_url, url->text, err);

    if (rc == GS_OK)
        rc = name_of(of_body, body, err);
    if (rc != GS_OK)
        return rc;
    *out = gs_text_format(arena, "%.*s-%s-%s.%s", GS_SHOW(host), of_url, of_body,
                          extension);
    return host.bytes == NULL || out->bytes == NULL ? gs_fail_memory(err) : GS_OK;
}

gs_code gs_spool_put(gs_spool *spool, gs_text name, gs_text before, gs_text body,
                     gs_error *err)
{
    return write_whole(spool, spool->folder, name.bytes, before, body, err);
}
