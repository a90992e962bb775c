#include "fetch/url.h"
#include <ctype.h>
#include <curl/curl.h>
#include <string.h>

enum { URL_LONGEST = 4096 };

/* A part as the arena's; the missing text where it has none. */
static gs_text part_of(CURLU *handle, CURLUPart which, unsigned flags, gs_arena *arena)
{
    gs_text copy = {0};
    char *part = NULL;

    if (curl_url_get(handle, which, &part, flags) == CURLUE_OK)
        copy = gs_text_of(gs_text_string(arena, gs_text_of(part)));
    curl_free(part);
    return copy;
}

static gs_text small_letters(gs_text text, gs_arena *arena)
{
    char *out = gs_arena_take(arena, text.size + 1);

    for (size_t i = 0; out != NULL && i < text.size; i++)
        out[i] = (char)tolower((unsigned char)text.bytes[i]);
    return out != NULL ? (gs_text){out, text.size} : (gs_text){0};
}

static bool has_part(CURLU *handle, CURLUPart which)
{
    char *part = NULL;
    bool has = curl_url_get(handle, which, &part, 0) == CURLUE_OK;

    curl_free(part);
    return has;
}

gs_text gs_url_without_secrets(gs_text text, gs_arena *arena)
{
    size_t start = gs_text_find(text, GS_TEXT("//"), 0), at = SIZE_MAX;

    start = start == SIZE_MAX ? 0 : start + 2;
    for (size_t end = start; end < text.size && text.bytes[end] != '/'; end++)
        if (text.bytes[end] == '@')
            at = end;
    if (at == SIZE_MAX)
        return text;
    return gs_text_format(arena, "%.*s...%.*s", GS_SHOW(gs_text_slice(text, 0, start)),
                          GS_SHOW(gs_text_slice(text, at, text.size)));
}

static gs_code set(CURLU *handle, gs_text text, gs_arena *arena, gs_error *err)
{
    const char *string = gs_text_string(arena, text);
    CURLUcode status;

    if (string == NULL)
        return gs_fail_memory(err);
    status = strlen(string) != text.size
                 ? CURLUE_MALFORMED_INPUT
                 : curl_url_set(handle, CURLUPART_URL, string, CURLU_URLENCODE);
    if (status == CURLUE_OUT_OF_MEMORY)
        return gs_fail_memory(err);
    text = gs_text_slice(gs_url_without_secrets(text, arena), 0, 200);
    if (status != CURLUE_OK)
        return gs_fail(err, GS_INPUT, "%.*s: no address: %s; write https://HOST/PATH",
                       GS_SHOW(text), curl_url_strerror(status));
    return GS_OK;
}

static gs_code take_apart(gs_url *out, CURLU *handle, gs_arena *arena, gs_error *err)
{
    gs_text scheme = part_of(handle, CURLUPART_SCHEME, 0, arena);
    gs_text path = part_of(handle, CURLUPART_PATH, 0, arena);
    gs_text query = part_of(handle, CURLUPART_QUERY, 0, arena);
    gs_text port = part_of(handle, CURLUPART_PORT, CURLU_DEFAULT_PORT, arena);

    out->text = part_of(handle, CURLUPART_URL, CURLU_NO_DEFAULT_PORT, arena);
    out->host = small_letters(part_of(handle, CURLUPART_HOST, 0, arena), arena);
    out->secure = gs_text_equal(scheme, GS_TEXT("https"));
    out->origin = gs_text_format(arena, "%.*s://%.*s:%.*s", GS_SHOW(scheme),
                                 GS_SHOW(out->host), GS_SHOW(port));
    out->path = query.bytes == NULL ? path
                                    : gs_text_format(arena, "%.*s?%.*s", GS_SHOW(path),
                                                     GS_SHOW(query));
    if (scheme.bytes == NULL || out->text.bytes == NULL || out->host.bytes == NULL ||
        out->origin.bytes == NULL || out->path.bytes == NULL)
        return gs_fail_memory(err);
    return GS_OK;
}

static gs_code judge(CURLU *handle, gs_text text, gs_arena *arena, gs_error *err)
{
    gs_text scheme = part_of(handle, CURLUPART_SCHEME, 0, arena);

    text = gs_text_slice(gs_url_without_secrets(text, arena), 0, 200);
    if (!gs_text_equal(scheme, GS_TEXT("http")) &&
        !gs_text_equal(scheme, GS_TEXT("https")))
        return gs_fail(err, GS_INPUT, "%.*s: neither http nor https", GS_SHOW(text));
    if (has_part(handle, CURLUPART_USER) || has_part(handle, CURLUPART_PASSWORD))
        return gs_fail(err, GS_INPUT,
                       "an address with a user or a password is not fetched; take it out");
    return GS_OK;
}

gs_code gs_url_read(gs_url *out, gs_text text, const gs_url *base, gs_arena *arena,
                    gs_error *err)
{
    CURLU *handle = curl_url();
    gs_code rc = GS_OK;

    text = gs_text_trim(text);
    if (handle == NULL)
        return gs_fail_memory(err);
    if (text.size > URL_LONGEST)
        GS_TRY(gs_fail(err, GS_INPUT, "an address of more than %d bytes", URL_LONGEST));
    if (base != NULL)
        GS_TRY(set(handle, base->text, arena, err));
    GS_TRY(set(handle, text, arena, err));
    GS_TRY(judge(handle, text, arena, err));
    curl_url_set(handle, CURLUPART_FRAGMENT, NULL, 0);
    rc = take_apart(out, handle, arena, err);
out:
    curl_url_cleanup(handle);
    return rc;
}

gs_code gs_url_refuse_downgrade(const gs_url *to, gs_error *err)
{
    return gs_fail(err, GS_INPUT, "leads from https to http: %.*s",
                   GS_SHOW(gs_text_slice(to->text, 0, 200)));
}
