#include "ingest/formats/supply.h"
#include "ingest/formats/expand.h"
#include "ingest/formats/wide.h"
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* A stage's bytes that the next one has not taken yet. */
typedef struct stage {
    char bytes[GS_SUPPLY_BLOCK];
    size_t start, end;
    bool ended;
} stage;

struct gs_supply {
    int file; /* -1: bytes at hand */
    bool owned, started;
    const volatile int *interrupt;
    const char *path;
    gs_text at_hand; /* what is left of gs_supply_of's bytes */
    uint64_t read;
    gs_digest *digest;
    gs_expander *expander; /* NULL: it is not compressed */
    gs_wide wide;
    gs_error flaw;
    stage file_bytes, plain;
};

static gs_code supply_new(gs_supply **out, gs_error *err)
{
    gs_supply *supply = calloc(1, sizeof *supply);
    gs_code rc;

    if (supply == NULL)
        return gs_fail_memory(err);
    supply->file = -1;
    rc = gs_digest_open(&supply->digest, err);
    if (rc != GS_OK) {
        free(supply);
        return rc;
    }
    *out = supply;
    return GS_OK;
}

gs_code gs_supply_open(gs_supply **out, const char *path, const volatile int *interrupt,
                       gs_error *err)
{
    gs_supply *supply;
    gs_code rc = supply_new(&supply, err);

    if (rc != GS_OK)
        return rc;
    supply->interrupt = interrupt;
    supply->path = path;
    if (strcmp(path, "-") == 0) {
        supply->file = STDIN_FILENO;
        supply->path = "standard input";
    } else {
        supply->file = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
        supply->owned = supply->file >= 0;
    }
    if (supply->file < 0) {
        rc = gs_fail(err, GS_FAILED, "%s: %s; check the path", path, strerror(errno));
        gs_supply_close(supply);
        return rc;
    }
    *out = supply;
    return GS_OK;
}

gs_code gs_supply_of(gs_supply **out, gs_text bytes, gs_error *err)
{
    gs_supply *supply;
    gs_code rc = supply_new(&supply, err);

    if (rc != GS_OK)
        return rc;
    supply->at_hand = bytes;
    *out = supply;
    return GS_OK;
}

void gs_supply_close(gs_supply *supply)
{
    if (supply == NULL)
        return;
    if (supply->owned)
        close(supply->file);
    gs_digest_close(supply->digest);
    gs_expander_close(supply->expander);
    free(supply);
}

static gs_code read_descriptor(size_t *got, gs_supply *supply, char *to, size_t room,
                               gs_error *err)
{
    ssize_t count;

    do {
        if (supply->interrupt != NULL && *supply->interrupt != 0)
            return gs_fail(err, GS_INTERRUPTED, "%s: interrupted", supply->path);
        count = read(supply->file, to, room);
    } while (count < 0 && errno == EINTR);
    if (count < 0)
        return gs_fail(err, GS_FAILED, "%s: %s; check the file", supply->path,
                       strerror(errno));
    *got = (size_t)count;
    return GS_OK;
}

/* The file's own bytes. */
static gs_code read_bytes(size_t *got, gs_supply *supply, char *to, size_t room,
                          gs_error *err)
{
    gs_code rc = GS_OK;

    if (supply->file >= 0) {
        rc = read_descriptor(got, supply, to, room, err);
    } else {
        *got = supply->at_hand.size < room ? supply->at_hand.size : room;
        if (*got > 0)
            memcpy(to, supply->at_hand.bytes, *got);
        supply->at_hand = gs_text_slice(supply->at_hand, *got, supply->at_hand.size);
    }
    if (rc != GS_OK)
        return rc;
    gs_digest_add(supply->digest, (gs_text){to, *got});
    supply->read += *got;
    return GS_OK;
}

static gs_text held(const stage *s)
{
    return (gs_text){s->bytes + s->start, s->end - s->start};
}

/* Moves what is held to the front, and asks for more behind it. */
static gs_code read_more(gs_supply *supply, gs_error *err)
{
    stage *s = &supply->file_bytes;
    size_t got = 0;
    gs_code rc;

    memmove(s->bytes, s->bytes + s->start, s->end - s->start);
    s->end -= s->start;
    s->start = 0;
    rc = read_bytes(&got, supply, s->bytes + s->end, sizeof s->bytes - s->end, err);
    s->end += got;
    s->ended = got == 0;
    return rc;
}

static gs_code fill_head(gs_supply *supply, gs_error *err)
{
    gs_code rc = GS_OK;

    while (rc == GS_OK && !supply->file_bytes.ended &&
           held(&supply->file_bytes).size < GS_EXPAND_HEAD)
        rc = read_more(supply, err);
    if (rc != GS_OK)
        return rc;
    rc = gs_expander_open(&supply->expander, held(&supply->file_bytes), err);
    return rc == GS_END ? GS_OK : rc;
}

/* What is damaged ends here, as far as its reader is concerned; its size and hash are
 * those of the whole file nevertheless. */
static gs_code end_flawed(gs_supply *supply, const gs_error *flaw, gs_error *err)
{
    stage *s = &supply->file_bytes;
    gs_code rc = GS_OK;

    supply->flaw = *flaw;
    while (rc == GS_OK && !s->ended) {
        s->start = s->end;
        rc = read_more(supply, err);
    }
    s->start = s->end;
    return rc;
}

static gs_code expand(size_t *got, gs_supply *supply, char *to, size_t room,
                      gs_error *err)
{
    stage *s = &supply->file_bytes;
    gs_error flaw;
    gs_code rc = GS_OK;

    *got = 0;
    while (rc == GS_OK && *got == 0 && supply->flaw.code == GS_OK) {
        gs_text in = held(s);

        rc = gs_expander_run(got, supply->expander, &in, to, room, err);
        s->start = s->end - in.size;
        if (rc == GS_INPUT) {
            flaw = *err;
            return end_flawed(supply, &flaw, err);
        }
        if (rc != GS_OK || *got > 0 || in.size > 0)
            continue;
        if (s->ended && gs_expander_done(supply->expander))
            break;
        if (s->ended) {
            gs_fail(&flaw, GS_INPUT,
                    "compressed: cut off; what was there was read, get the file again");
            return end_flawed(supply, &flaw, err);
        }
        rc = read_more(supply, err);
    }
    return rc;
}

/* Plain bytes, of whatever character set. */
static gs_code read_plain(size_t *got, gs_supply *supply, char *to, size_t room,
                          gs_error *err)
{
    gs_text text = held(&supply->file_bytes);

    if (supply->expander != NULL)
        return expand(got, supply, to, room, err);
    if (text.size == 0)
        return read_bytes(got, supply, to, room, err);
    *got = text.size < room ? text.size : room;
    memcpy(to, text.bytes, *got);
    supply->file_bytes.start += *got;
    return GS_OK;
}

static gs_code fill_plain(gs_supply *supply, size_t wanted, gs_error *err)
{
    stage *s = &supply->plain;
    size_t got;
    gs_code rc = GS_OK;

    memmove(s->bytes, s->bytes + s->start, s->end - s->start);
    s->end -= s->start;
    s->start = 0;
    while (rc == GS_OK && !s->ended && s->end < wanted) {
        got = 0;
        rc = read_plain(&got, supply, s->bytes + s->end, sizeof s->bytes - s->end, err);
        s->end += got;
        s->ended = got == 0;
    }
    return rc;
}

static gs_code begin(gs_supply *supply, gs_error *err)
{
    gs_code rc = fill_head(supply, err);

    if (rc == GS_OK)
        rc = fill_plain(supply, GS_WIDE_HEAD, err);
    supply->wide = gs_wide_find(held(&supply->plain));
    supply->started = true;
    return rc;
}

/* A quarter of a block at a time, since a unit may grow. */
static gs_code read_wide(size_t *got, gs_supply *supply, char *to, gs_error *err)
{
    stage *s = &supply->plain;
    size_t taken = 0;
    gs_code rc = fill_plain(supply, GS_SUPPLY_BLOCK / 4, err);
    gs_text some = gs_text_slice(held(s), 0, GS_SUPPLY_BLOCK / 4);

    if (rc != GS_OK)
        return rc;
    *got = gs_wide_run(&supply->wide, to, some, &taken,
                       s->ended && some.size == held(s).size);
    s->start += taken;
    return GS_OK;
}

gs_code gs_supply_read(size_t *got, gs_supply *supply, char *to, gs_error *err)
{
    gs_text first;
    gs_code rc = GS_OK;

    *got = 0;
    if (!supply->started)
        rc = begin(supply, err);
    if (rc != GS_OK)
        return rc;
    first = held(&supply->plain);
    if (supply->wide.unit != 0)
        return read_wide(got, supply, to, err);
    if (first.size == 0)
        return read_plain(got, supply, to, GS_SUPPLY_BLOCK, err);
    memcpy(to, first.bytes, first.size);
    *got = first.size;
    supply->plain.start = supply->plain.end;
    return GS_OK;
}

gs_code gs_supply_flaw(const gs_supply *supply, gs_error *err)
{
    if (supply->flaw.code != GS_OK)
        *err = supply->flaw;
    return supply->flaw.code;
}

uint64_t gs_supply_size(const gs_supply *supply)
{
    return supply->read;
}

gs_code gs_supply_sha256(char out[GS_HEX_SIZE], const gs_supply *supply, gs_error *err)
{
    return gs_digest_hex(out, supply->digest, err);
}
