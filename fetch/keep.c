#include "fetch/keep.h"
#include "graph/base/buffer.h"
#include "ingest/formats/input.h"
#include <ctype.h>
#include <string.h>
#include <strings.h>
#include <time.h>

enum { DAY = 86400 };

/* As ingest will find it again. */
static const char *extension_of(const gs_format *format)
{
    static const char *const known[][2] = {
        {"html", "html"},   {"feed", "xml"},  {"claimreview", "json"},
        {"jsonl", "jsonl"}, {"prose", "txt"}, {"msgpack", "msgpack"},
    };

    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (strcmp(format->name, known[i][0]) == 0)
            return known[i][1];
    return "data";
}

/* A > could end the comment. */
static void append_address(gs_buffer *out, gs_text url)
{
    for (size_t i = 0; i < url.size; i++)
        if (url.bytes[i] == '<' || url.bytes[i] == '>')
            gs_buffer_text(out, url.bytes[i] == '<' ? GS_TEXT("%3C") : GS_TEXT("%3E"));
        else
            gs_buffer_char(out, url.bytes[i]);
}

/* The charset parameter of a Content-Type; the missing text where it has none. */
static gs_text charset_of(gs_text type)
{
    static const char name[] = "charset=";
    size_t end, at = 0;

    while (at + sizeof name <= type.size &&
           strncasecmp(type.bytes + at, name, sizeof name - 1) != 0)
        at++;
    if (at + sizeof name > type.size)
        return (gs_text){0};
    type = gs_text_slice(type, at + sizeof name - 1, type.size);
    if (gs_text_starts(type, GS_TEXT("\"")))
        type = gs_text_slice(type, 1, type.size);
    for (end = 0; end < type.size; end++)
        if (!isalnum((unsigned char)type.bytes[end]) &&
            strchr("-_.:+", type.bytes[end]) == NULL)
            break;
    return gs_text_slice(type, 0, end);
}

static void append_facts(gs_buffer *out, const gs_url *url, gs_text charset)
{
    gs_buffer address = {0};

    append_address(&address, url->text);
    gs_buffer_format(out, "<!-- saved from url=(%04zu)%.*s -->\n", address.size,
                     GS_SHOW(gs_buffer_view(&address)));
    if (charset.size > 0)
        gs_buffer_format(out, "<meta charset=\"%.*s\">\n", GS_SHOW(charset));
    out->failed |= address.failed;
    gs_buffer_free(&address);
}

/* What must stay as it is, to its first byte: UTF-16 with its mark, and what is itself
 * compressed (gzip, zstd). */
static bool is_untouchable(gs_text body)
{
    return gs_text_starts(body, GS_TEXT("\xff\xfe")) ||
           gs_text_starts(body, GS_TEXT("\xfe\xff")) ||
           gs_text_starts(body, GS_TEXT("\x1f\x8b")) ||
           gs_text_starts(body, GS_TEXT("\x28\xb5\x2f\xfd"));
}

/* A byte order mark says more than a Content-Type does, and stands first or nowhere. */
static void lead(gs_buffer *before, gs_text *body, const gs_url *url, gs_text type)
{
    gs_text charset = charset_of(type);

    if (is_untouchable(*body))
        return;
    if (gs_text_starts(*body, GS_TEXT("\xef\xbb\xbf"))) {
        *body = gs_text_slice(*body, 3, body->size);
        charset = GS_TEXT("utf-8");
    }
    append_facts(before, url, charset);
}

static gs_code find_format(const gs_format **out, gs_text body, gs_error *err)
{
    gs_input *input;
    gs_code rc = gs_input_of(&input, body, err);

    if (rc != GS_OK)
        return rc;
    rc = gs_format_find(out, NULL, input, NULL, err);
    gs_input_close(input);
    if (rc == GS_FORMAT || rc == GS_INPUT || rc == GS_LIMIT)
        return gs_fail(err, GS_FORMAT, "answers with what `gainsay ingest` cannot read");
    return rc;
}

typedef struct memory {
    gs_text etag, modified, file;
    gs_value items; /* a feed's addresses, or null */
} memory;

static gs_code remember(gs_spool *spool, const gs_url *url, const memory *m,
                        gs_error *err)
{
    gs_entry entries[] = {
        {GS_TEXT("url"), gs_string(url->text)},
        {GS_TEXT("at"), gs_integer(time(NULL))},
        {GS_TEXT("etag"), gs_string(m->etag)},
        {GS_TEXT("modified"), gs_string(m->modified)},
        {GS_TEXT("file"), gs_string(m->file)},
        {GS_TEXT("items"), m->items},
    };

    return gs_spool_remember(spool, url->text,
                             gs_map(entries, sizeof entries / sizeof *entries), err);
}

gs_code gs_keep_unchanged(gs_spool *spool, const gs_url *url, gs_value known,
                          gs_error *err)
{
    return remember(spool, url,
                    &(memory){gs_memory_text(known, GS_TEXT("etag")),
                              gs_memory_text(known, GS_TEXT("modified")),
                              gs_memory_text(known, GS_TEXT("file")),
                              gs_map_get(known, GS_TEXT("items"))},
                    err);
}

bool gs_keep_is_recent(gs_value known)
{
    gs_value at = gs_map_get(known, GS_TEXT("at"));
    int64_t age = at.type == GS_INTEGER ? time(NULL) - at.as.integer : -1;

    return age >= 0 && age < DAY;
}

/* The address of the document that a record is, or comes from. */
static gs_text address_of(const gs_record *record)
{
    if (record->type == GS_RECORD_DOCUMENT)
        return record->as.document.url;
    if (record->type == GS_RECORD_STATEMENT && record->as.statement.document != NULL)
        return record->as.statement.document->url;
    return (gs_text){0};
}

static bool holds(const gs_value *all, size_t count, gs_text one)
{
    for (size_t i = 0; i < count; i++)
        if (gs_text_equal(all[i].as.string, one))
            return true;
    return false;
}

/* The addresses of a feed's items, each once. What is wrong in it, ingest will tell. */
static gs_code list_items(gs_value *out, const gs_format *format, gs_text feed,
                          gs_arena *arena, gs_error *err)
{
    gs_value *items = gs_arena_array(arena, GS_FEED_PAGES_MAX, sizeof *items);
    gs_arena scratch = {0};
    gs_reader *reader = NULL;
    gs_input *input = NULL;
    gs_found found = {0};
    size_t count = 0;
    gs_error bad;
    gs_code rc = items == NULL ? gs_fail_memory(err) : GS_OK, read;

    if (rc != GS_OK)
        return rc;
    GS_TRY(gs_input_of(&input, feed, err));
    if (format->open(&reader, input, "feed.xml", &bad) != GS_OK)
        goto out;
    while (count < GS_FEED_PAGES_MAX &&
           ((read = format->next(&found, reader, &scratch, &bad)) == GS_OK ||
            read == GS_INPUT)) {
        gs_text url = read == GS_OK ? address_of(&found.record) : (gs_text){0};

        if (url.size > 0 && !holds(items, count, url)) {
            items[count] = gs_string(gs_text_copy(arena, url));
            if (items[count++].type != GS_STRING)
                GS_TRY(gs_fail_memory(err));
        }
        gs_arena_reset(&scratch);
    }
out:
    *out = gs_list(items, count);
    if (reader != NULL)
        format->close(reader);
    gs_input_close(input);
    gs_arena_free(&scratch);
    return rc;
}

gs_code gs_keep(gs_kept *out, gs_spool *spool, const gs_url *url, const gs_reply *reply,
                gs_text body, gs_value known, gs_arena *arena, gs_error *err)
{
    gs_text before = gs_memory_text(known, GS_TEXT("file"));
    gs_value items = gs_null;
    gs_buffer facts = {0};
    gs_code rc;

    GS_TRY(find_format(&out->format, body, err));
    GS_TRY(gs_spool_name(&out->name, url, body, extension_of(out->format), arena, err));
    out->is_new = !gs_text_equal(out->name, before);
    if (strcmp(out->format->name, "feed") == 0)
        GS_TRY(list_items(&items, out->format, body, arena, err));
    if (out->is_new) {
        if (strcmp(out->format->name, "html") == 0)
            lead(&facts, &body, url, reply->type);
        if (facts.failed)
            GS_TRY(gs_fail_memory(err));
        GS_TRY(gs_spool_put(spool, out->name, gs_buffer_view(&facts), body, err));
    }
    out->items = items;
    rc = remember(spool, url, &(memory){reply->etag, reply->modified, out->name, items},
                  err);
out:
    gs_buffer_free(&facts);
    return rc;
}
