#include "fetch/origin.h"
#include <curl/curl.h>
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum {
    DAY = 86400,
    LEAVE_SECONDS = 15 * 60, /* when a host does not say how long */
    HOPS_MAX = 5,
    SLEEP_MS = 200 /* how long an interrupt may go unseen */
};

int64_t gs_now_ms(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

bool gs_reply_leads_on(const gs_reply *reply)
{
    return (reply->status == 301 || reply->status == 302 || reply->status == 303 ||
            reply->status == 307 || reply->status == 308) &&
           reply->location.size > 0;
}

void gs_origins_free(gs_origins *origins)
{
    gs_arena_free(&origins->arena);
}

gs_code gs_origin_find(gs_origin **out, gs_origins *origins, const gs_url *url,
                       gs_error *err)
{
    gs_origin *origin = origins->first;

    while (origin != NULL && !gs_text_equal(origin->name, url->origin))
        origin = origin->next;
    if (origin == NULL) {
        origin = gs_arena_take(&origins->arena, sizeof *origin);
        if (origin == NULL)
            return gs_fail_memory(err);
        *origin = (gs_origin){.next = origins->first,
                              .name = gs_text_copy(&origins->arena, url->origin)};
        if (origin->name.bytes == NULL)
            return gs_fail_memory(err);
        origins->first = origin;
    }
    *out = origin;
    return GS_OK;
}

static gs_code wait_until(int64_t ready_ms, const volatile int *interrupt, gs_error *err)
{
    for (;;) {
        int64_t left = ready_ms - gs_now_ms();
        long slice = left > SLEEP_MS ? SLEEP_MS : (long)left;

        if (interrupt != NULL && *interrupt != 0)
            return gs_fail(err, GS_INTERRUPTED, "interrupted");
        if (left <= 0)
            return GS_OK;
        nanosleep(&(struct timespec){.tv_nsec = slice * 1000000}, NULL);
    }
}

gs_code gs_origin_get(gs_reply *reply, gs_buffer *body, gs_origin *origin,
                      gs_origins *origins, const gs_request *request, gs_arena *arena,
                      gs_error *err)
{
    uint32_t delay = origins->delay_ms;
    gs_request careful = *request;
    gs_code rc = wait_until(origin->ready_ms, origins->interrupt, err);

    if (rc != GS_OK)
        return rc;
    careful.public_only = request->public_only || origin->is_public;
    rc = gs_transfer_get(reply, body, origins->transfer, &careful, arena, err);
    if (rc == GS_OK)
        origin->is_public = !reply->was_local;
    if (origin->robots.delay_ms > delay)
        delay = origin->robots.delay_ms;
    origin->ready_ms = gs_now_ms() + delay;
    return rc;
}

static int64_t integer_of(gs_value map, gs_text key)
{
    gs_value value = gs_map_get(map, key);

    return value.type == GS_INTEGER ? value.as.integer : 0;
}

/* `at` is 0 where the robots.txt is not known for good. */
static gs_code remember(const gs_origin *origin, gs_origins *origins, int64_t at,
                        gs_text robots, gs_error *err)
{
    gs_entry entries[] = {
        {GS_TEXT("origin"), gs_string(origin->name)},
        {GS_TEXT("robots_at"), gs_integer(at)},
        {GS_TEXT("robots"), gs_string(robots)},
        {GS_TEXT("until"), gs_integer(origin->until)},
    };

    return gs_spool_remember(origins->spool, origin->name,
                             gs_map(entries, sizeof entries / sizeof *entries), err);
}

gs_code gs_origin_leave(gs_origin *origin, gs_origins *origins, gs_text retry_after,
                        gs_error *err)
{
    int64_t now = time(NULL), seconds = LEAVE_SECONDS;
    gs_arena arena = {0};
    const char *string = gs_text_string(&arena, retry_after);
    gs_value memory;
    gs_code rc;

    if (string != NULL && retry_after.size > 0) {
        bool digits = strspn(string, "0123456789") == retry_after.size;

        seconds = digits ? strtoll(string, NULL, 10) : curl_getdate(string, NULL) - now;
    }
    if (seconds < 1)
        seconds = LEAVE_SECONDS;
    origin->until = now + (seconds < DAY ? seconds : DAY);
    rc = gs_spool_recall(&memory, origins->spool, origin->name, &arena, err);
    if (rc == GS_OK)
        rc = remember(origin, origins, integer_of(memory, GS_TEXT("robots_at")),
                      gs_memory_text(memory, GS_TEXT("robots")), err);
    gs_arena_free(&arena);
    return rc;
}

/* Asks for it, along its redirections. */
static gs_code ask(gs_reply *reply, gs_buffer *body, gs_origin *origin,
                   gs_origins *origins, const gs_url *url, gs_text named, gs_arena *arena,
                   gs_error *err)
{
    gs_url at, next;
    gs_code rc = gs_url_read(&at, GS_TEXT("/robots.txt"), url, arena, err);

    for (int hop = 0; rc == GS_OK; hop++) {
        gs_request request = {.url = &at,
                              .public_only = !gs_text_equal(at.origin, named),
                              .enough = GS_ROBOTS_MAX};

        rc = gs_origin_get(reply, body, origin, origins, &request, arena, err);
        if (rc != GS_OK || !gs_reply_leads_on(reply) || hop == HOPS_MAX)
            break;
        rc = gs_url_read(&next, reply->location, &at, arena, err);
        if (rc == GS_OK && at.secure && !next.secure)
            rc = gs_url_refuse_downgrade(&next, err);
        if (rc == GS_OK)
            at = next;
    }
    return rc;
}

static gs_code take_rules(gs_origin *origin, gs_origins *origins, gs_text text,
                          gs_error *err)
{
    gs_text copy = gs_text_copy(&origins->arena, text);

    if (copy.bytes == NULL && text.size > 0)
        return gs_fail_memory(err);
    origin->is_known = true;
    return gs_robots_read(&origin->robots, copy, GS_TEXT(GS_FETCH_AGENT), &origins->arena,
                          err);
}

__attribute__((format(printf, 2, 3))) static void close_to_us(gs_origin *origin,
                                                              const char *format, ...)
{
    va_list args;

    origin->is_known = origin->is_closed = true;
    va_start(args, format);
    vsnprintf(origin->why, sizeof origin->why, format, args);
    va_end(args);
}

/* What it answered: rules, none (4xx), or no answer to trust (the rest). */
static gs_code judge(gs_origin *origin, gs_origins *origins, const gs_reply *reply,
                     const gs_buffer *body, gs_error *err)
{
    gs_text text = {0};
    gs_code rc;

    if (reply->status == 429 || reply->status == 503)
        return gs_origin_leave(origin, origins, reply->retry_after, err);
    if (reply->status >= 200 && reply->status < 300)
        text = gs_buffer_view(body);
    else if (reply->status < 400 || reply->status >= 500) {
        close_to_us(origin, "it answers %ld", reply->status);
        return GS_OK;
    }
    rc = take_rules(origin, origins, text, err);
    return rc == GS_OK ? remember(origin, origins, time(NULL), text, err) : rc;
}

gs_code gs_origin_know(gs_origin *origin, gs_origins *origins, const gs_url *url,
                       gs_text named, gs_error *err)
{
    gs_arena arena = {0};
    gs_buffer body = {0};
    gs_reply reply;
    gs_value memory;
    int64_t age;
    gs_code rc = GS_OK;

    if (origin->is_known)
        return GS_OK;
    GS_TRY(gs_spool_recall(&memory, origins->spool, origin->name, &arena, err));
    origin->until = integer_of(memory, GS_TEXT("until"));
    age = time(NULL) - integer_of(memory, GS_TEXT("robots_at"));
    if (origin->until > time(NULL) || (age >= 0 && age < DAY)) {
        GS_TRY(take_rules(origin, origins, gs_memory_text(memory, GS_TEXT("robots")), err));
        goto out;
    }
    rc = ask(&reply, &body, origin, origins, url, named, &arena, err);
    if (rc == GS_OK)
        rc = judge(origin, origins, &reply, &body, err);
    else if (rc == GS_INPUT || rc == GS_LIMIT) {
        close_to_us(origin, "%s", err->text);
        rc = GS_OK;
    }
out:
    gs_buffer_free(&body);
    gs_arena_free(&arena);
    return rc;
}
