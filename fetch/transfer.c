#include "fetch/transfer.h"
#include "fetch/address.h"
#include <arpa/inet.h>
#include <curl/curl.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

enum { CONNECT_MS = 15 * 1000, SLOW_BYTES = 64, SLOW_SECONDS = 30, FIELD_LONGEST = 8192 };

struct gs_transfer {
    CURL *curl;
    gs_transfer_limits limits;
    gs_buffer *body;
    const gs_request *request;
    bool was_local, too_large, enough, is_local, no_memory;
    char why[CURL_ERROR_SIZE];
};

static size_t take_body(char *bytes, size_t size, size_t count, void *context)
{
    gs_transfer *t = context;

    size *= count;
    if (t->request->enough > 0 && size >= t->request->enough - t->body->size) {
        gs_buffer_bytes(t->body, bytes, t->request->enough - t->body->size);
        t->enough = !t->body->failed;
        return 0;
    }
    if (t->request->enough == 0 && size > t->limits.size - t->body->size) {
        t->too_large = true;
        return 0;
    }
    gs_buffer_bytes(t->body, bytes, size);
    t->no_memory = t->body->failed;
    return t->body->failed ? 0 : size;
}

static int look_up(void *context, curl_off_t a, curl_off_t b, curl_off_t c, curl_off_t d)
{
    const gs_transfer *t = context;

    (void)a, (void)b, (void)c, (void)d;
    return t->limits.interrupt != NULL && *t->limits.interrupt != 0;
}

/* Before it connects. */
static curl_socket_t open_socket(void *context, curlsocktype purpose,
                                 struct curl_sockaddr *address)
{
    gs_transfer *t = context;

    (void)purpose;
    if (t->request->public_only && gs_address_is_local(&address->addr)) {
        t->is_local = true;
        return CURL_SOCKET_BAD;
    }
    return socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

/* Before it asks: the connection may be one from before. */
static int before_request(void *context, char *theirs, char *ours, int their_port,
                          int our_port)
{
    gs_transfer *t = context;
    struct sockaddr_in v4 = {.sin_family = AF_INET};
    struct sockaddr_in6 v6 = {.sin6_family = AF_INET6};
    const struct sockaddr *address = NULL;

    (void)ours, (void)their_port, (void)our_port;
    if (inet_pton(AF_INET, theirs, &v4.sin_addr) == 1)
        address = (const struct sockaddr *)&v4;
    else if (inet_pton(AF_INET6, theirs, &v6.sin6_addr) == 1)
        address = (const struct sockaddr *)&v6;
    t->was_local = address == NULL || gs_address_is_local(address);
    if (t->request->public_only && t->was_local) {
        t->is_local = true;
        return CURL_PREREQFUNC_ABORT;
    }
    return CURL_PREREQFUNC_OK;
}

static bool set_up(gs_transfer *t)
{
    CURL *c = t->curl;
    CURLcode bad = CURLE_OK;

    bad |= curl_easy_setopt(c, CURLOPT_PROTOCOLS_STR, "http,https");
    bad |= curl_easy_setopt(c, CURLOPT_USERAGENT, t->limits.agent);
    bad |= curl_easy_setopt(c, CURLOPT_ACCEPT_ENCODING, ""); /* all that it can */
    bad |= curl_easy_setopt(c, CURLOPT_FOLLOWLOCATION, 0L);
    bad |= curl_easy_setopt(c, CURLOPT_PROXY, ""); /* it would resolve names unseen */
    bad |= curl_easy_setopt(c, CURLOPT_NOSIGNAL, 1L);
    bad |= curl_easy_setopt(c, CURLOPT_TIMEOUT_MS, (long)t->limits.time_ms);
    bad |= curl_easy_setopt(c, CURLOPT_CONNECTTIMEOUT_MS, (long)CONNECT_MS);
    bad |= curl_easy_setopt(c, CURLOPT_LOW_SPEED_LIMIT, (long)SLOW_BYTES);
    bad |= curl_easy_setopt(c, CURLOPT_LOW_SPEED_TIME, (long)SLOW_SECONDS);
    bad |= curl_easy_setopt(c, CURLOPT_ERRORBUFFER, t->why);
    bad |= curl_easy_setopt(c, CURLOPT_WRITEFUNCTION, take_body);
    bad |= curl_easy_setopt(c, CURLOPT_WRITEDATA, t);
    bad |= curl_easy_setopt(c, CURLOPT_NOPROGRESS, 0L);
    bad |= curl_easy_setopt(c, CURLOPT_XFERINFOFUNCTION, look_up);
    bad |= curl_easy_setopt(c, CURLOPT_XFERINFODATA, t);
    bad |= curl_easy_setopt(c, CURLOPT_OPENSOCKETFUNCTION, open_socket);
    bad |= curl_easy_setopt(c, CURLOPT_OPENSOCKETDATA, t);
    bad |= curl_easy_setopt(c, CURLOPT_PREREQFUNCTION, before_request);
    bad |= curl_easy_setopt(c, CURLOPT_PREREQDATA, t);
    return bad == CURLE_OK;
}

gs_code gs_transfer_open(gs_transfer **out, const gs_transfer_limits *limits,
                         gs_error *err)
{
    gs_transfer *t = calloc(1, sizeof *t);

    if (t == NULL)
        return gs_fail_memory(err);
    t->limits = *limits;
    t->curl = curl_easy_init();
    if (t->curl == NULL || !set_up(t)) {
        gs_transfer_close(t);
        return gs_fail(err, GS_FAILED, "libcurl cannot be set up; is it older than 7.85?");
    }
    *out = t;
    return GS_OK;
}

void gs_transfer_close(gs_transfer *transfer)
{
    if (transfer == NULL)
        return;
    curl_easy_cleanup(transfer->curl);
    free(transfer);
}

static gs_code add_field(struct curl_slist **fields, const char *name, gs_text value,
                         gs_error *err)
{
    gs_buffer line = {0};
    struct curl_slist *more;

    if (value.bytes == NULL)
        return GS_OK;
    gs_buffer_format(&line, "%s: %.*s", name, GS_SHOW(value));
    gs_buffer_char(&line, '\0');
    more = line.failed ? NULL : curl_slist_append(*fields, line.bytes);
    gs_buffer_free(&line);
    if (more == NULL)
        return gs_fail_memory(err);
    *fields = more;
    return GS_OK;
}

static gs_code refuse(gs_transfer *t, CURLcode status, gs_error *err)
{
    if (t->no_memory || status == CURLE_OUT_OF_MEMORY)
        return gs_fail_memory(err);
    if (status == CURLE_ABORTED_BY_CALLBACK && !t->is_local)
        return gs_fail(err, GS_INTERRUPTED, "interrupted");
    if (t->is_local)
        return gs_fail(err, GS_LIMIT,
                       "leads to a local address; name it yourself if it is meant");
    if (t->too_large || status == CURLE_FILESIZE_EXCEEDED)
        return gs_fail(err, GS_INPUT, "more than %zu bytes; raise --max-size",
                       t->limits.size);
    if (status == CURLE_OPERATION_TIMEDOUT)
        return gs_fail(err, GS_INPUT, "too slow: %s",
                       t->why[0] != '\0' ? t->why : curl_easy_strerror(status));
    return gs_fail(err, GS_INPUT, "%s",
                   t->why[0] != '\0' ? t->why : curl_easy_strerror(status));
}

/* The first of its name; the missing text where there is none, or one beyond reason. */
static gs_text field_of(gs_transfer *t, const char *name, gs_arena *arena)
{
    struct curl_header *found = NULL;
    gs_text value;

    if (curl_easy_header(t->curl, name, 0, CURLH_HEADER, -1, &found) != CURLHE_OK)
        return (gs_text){0};
    value = gs_text_of(found->value);
    return value.size > FIELD_LONGEST ? (gs_text){0}
                                      : gs_text_of(gs_text_string(arena, value));
}

static void read_reply(gs_reply *reply, gs_transfer *t, gs_arena *arena)
{
    *reply = (gs_reply){
        .etag = field_of(t, "ETag", arena),
        .modified = field_of(t, "Last-Modified", arena),
        .location = field_of(t, "Location", arena),
        .type = field_of(t, "Content-Type", arena),
        .retry_after = field_of(t, "Retry-After", arena),
        .was_local = t->was_local,
    };
    curl_easy_getinfo(t->curl, CURLINFO_RESPONSE_CODE, &reply->status);
}

gs_code gs_transfer_get(gs_reply *reply, gs_buffer *body, gs_transfer *transfer,
                        const gs_request *request, gs_arena *arena, gs_error *err)
{
    struct curl_slist *fields = NULL;
    gs_transfer *t = transfer;
    CURLcode status;
    gs_code rc;

    gs_buffer_clear(body);
    t->body = body;
    t->request = request;
    t->too_large = t->is_local = t->no_memory = t->enough = false;
    t->why[0] = '\0';
    GS_TRY(add_field(&fields, "If-None-Match", request->etag, err));
    GS_TRY(add_field(&fields, "If-Modified-Since", request->modified, err));
    curl_easy_setopt(t->curl, CURLOPT_HTTPHEADER, fields);
    if (curl_easy_setopt(t->curl, CURLOPT_URL, request->url->text.bytes) != CURLE_OK)
        GS_TRY(gs_fail_memory(err));
    status = curl_easy_perform(t->curl);
    if (status != CURLE_OK && !t->enough)
        rc = refuse(t, status, err);
    else
        read_reply(reply, t, arena);
out:
    curl_easy_setopt(t->curl, CURLOPT_HTTPHEADER, NULL);
    curl_slist_free_all(fields);
    return rc;
}
