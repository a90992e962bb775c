#include "ingest/formats/expand.h"
#include <stdlib.h>
#include <string.h>
#include <zlib.h>
#include <zstd.h>

struct gs_expander {
    z_stream gzip;
    ZSTD_DStream *zstd; /* NULL: it is gzip */
    bool gzip_open;
    bool done;  /* at the end of a member or frame */
    bool ended; /* what follows the last member is none of ours */
    uint64_t taken, given;
};

enum { GZIP_BITS = 15 + 16 }; /* the largest window, and a gzip header */

static bool is_gzip(gs_text head)
{
    return gs_text_starts(head, GS_TEXT("\x1f\x8b\x08"));
}

static bool is_zstd(gs_text head)
{
    return gs_text_starts(head, GS_TEXT("\x28\xb5\x2f\xfd"));
}

static gs_code open_gzip(gs_expander *expander, gs_error *err)
{
    if (inflateInit2(&expander->gzip, GZIP_BITS) != Z_OK)
        return gs_fail_memory(err);
    expander->gzip_open = true;
    return GS_OK;
}

static gs_code open_zstd(gs_expander *expander, gs_error *err)
{
    expander->zstd = ZSTD_createDStream();
    if (expander->zstd == NULL)
        return gs_fail_memory(err);
    ZSTD_DCtx_setParameter(expander->zstd, ZSTD_d_windowLogMax, GS_EXPAND_WINDOW_LOG);
    return GS_OK;
}

gs_code gs_expander_open(gs_expander **out, gs_text head, gs_error *err)
{
    gs_expander *expander;
    gs_code rc;

    if (!is_gzip(head) && !is_zstd(head))
        return GS_END;
    expander = calloc(1, sizeof *expander);
    if (expander == NULL)
        return gs_fail_memory(err);
    rc = is_zstd(head) ? open_zstd(expander, err) : open_gzip(expander, err);
    if (rc != GS_OK) {
        free(expander);
        return rc;
    }
    *out = expander;
    return GS_OK;
}

void gs_expander_close(gs_expander *expander)
{
    if (expander == NULL)
        return;
    if (expander->gzip_open)
        inflateEnd(&expander->gzip);
    ZSTD_freeDStream(expander->zstd);
    free(expander);
}

/* The next member; what is none is passed over, as gzip does. */
static void next_member(gs_expander *expander, gs_text *in)
{
    if (in->bytes[0] == '\x1f')
        inflateReset(&expander->gzip);
    else
        expander->ended = true;
    expander->done = false;
}

static gs_code run_gzip(size_t *got, gs_expander *expander, gs_text *in, char *to,
                        size_t room, gs_error *err)
{
    z_stream *z = &expander->gzip;
    int status;

    if (expander->done && in->size > 0)
        next_member(expander, in);
    if (expander->done || expander->ended) {
        *in = gs_text_slice(*in, in->size, in->size);
        expander->done = true;
        return GS_OK;
    }
    z->next_in = (z_const Bytef *)in->bytes;
    z->avail_in = (uInt)in->size;
    z->next_out = (Bytef *)to;
    z->avail_out = (uInt)room;
    status = inflate(z, Z_NO_FLUSH);
    *got = room - z->avail_out;
    *in = gs_text_slice(*in, in->size - z->avail_in, in->size);
    expander->done = status == Z_STREAM_END;
    if (status == Z_MEM_ERROR)
        return gs_fail_memory(err);
    if (status != Z_OK && status != Z_STREAM_END && status != Z_BUF_ERROR)
        return gs_fail(err, GS_INPUT,
                       "gzip: damaged (%s); what stands before it was read, get the file "
                       "again",
                       z->msg != NULL ? z->msg : "no reason given");
    return GS_OK;
}

static gs_code run_zstd(size_t *got, gs_expander *expander, gs_text *in, char *to,
                        size_t room, gs_error *err)
{
    ZSTD_inBuffer from = {in->bytes, in->size, 0};
    ZSTD_outBuffer into = {to, room, 0};
    size_t left = ZSTD_decompressStream(expander->zstd, &into, &from);

    *got = into.pos;
    *in = gs_text_slice(*in, from.pos, in->size);
    if (!ZSTD_isError(left)) {
        if (from.pos > 0 || into.pos > 0)
            expander->done = left == 0;
        return GS_OK;
    }
    if (strstr(ZSTD_getErrorName(left), "memory") != NULL)
        return gs_fail(err, GS_LIMIT,
                       "zstd: wants a window of more than %d MiB; compress it without "
                       "--ultra and --long",
                       1 << (GS_EXPAND_WINDOW_LOG - 20));
    return gs_fail(err, GS_INPUT,
                   "zstd: damaged (%s); what stands before it was read, get the file "
                   "again",
                   ZSTD_getErrorName(left));
}

gs_code gs_expander_run(size_t *got, gs_expander *expander, gs_text *in, char *to,
                        size_t room, gs_error *err)
{
    size_t before = in->size;
    gs_code rc;

    *got = 0;
    rc = expander->zstd != NULL ? run_zstd(got, expander, in, to, room, err)
                                : run_gzip(got, expander, in, to, room, err);
    expander->taken += before - in->size;
    expander->given += *got;
    if (rc == GS_OK && expander->given > GS_EXPAND_FREE &&
        expander->given / GS_EXPAND_RATIO_MAX > expander->taken)
        return gs_fail(err, GS_LIMIT,
                       "compressed: expands to more than %d times its size; if it is "
                       "meant, expand it first",
                       GS_EXPAND_RATIO_MAX);
    return rc;
}

bool gs_expander_done(const gs_expander *expander)
{
    return expander->done;
}
