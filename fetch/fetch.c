#include "fetch/fetch.h"
#include "fetch/keep.h"
#include "fetch/origin.h"
#include "graph/base/grow.h"
#include <curl/curl.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { HOPS_MAX = 5 };

/* An address to visit. */
typedef struct visit {
    gs_url url;
    gs_text named; /* the one origin that may be at a local address */
    gs_origin *origin;
    bool is_page; /* a feed named it */
    bool is_done;
} visit;

typedef struct run {
    const gs_fetch_options *options;
    gs_fetch_counts counts;
    gs_spool *spool;
    gs_transfer *transfer;
    gs_origins origins;
    gs_arena arena;   /* of the visits */
    gs_arena scratch; /* of one visit */
    gs_buffer body;
    visit *visits;
    size_t count, room;
} run;

static void tell(run *r, const visit *v, gs_fetch_outcome outcome, gs_text file,
                 const gs_error *why)
{
    r->counts.of[outcome]++;
    if (r->options->report != NULL)
        r->options->report(r->options->context,
                           &(gs_fetched){outcome, v->url.text, file, why});
}

static gs_code add_visit(run *r, visit one, gs_error *err)
{
    visit *grown;
    gs_code rc;

    for (size_t i = 0; i < r->count; i++)
        if (gs_text_equal(r->visits[i].url.text, one.url.text))
            return GS_OK;
    rc = gs_origin_find(&one.origin, &r->origins, &one.url, err);
    if (rc != GS_OK)
        return rc;
    grown = gs_grow(r->visits, r->count, &r->room, sizeof *grown);
    if (grown == NULL)
        return gs_fail_memory(err);
    r->visits = grown;
    r->visits[r->count++] = one;
    return GS_OK;
}

/* Those that the user named. */
static gs_code add_named(run *r, gs_error *err)
{
    for (size_t i = 0; i < r->options->count; i++) {
        gs_text text = gs_text_of(r->options->urls[i]);
        visit one = {0};
        gs_error why;
        gs_code rc = gs_url_read(&one.url, text, NULL, &r->arena, &why);

        if (rc == GS_INPUT) {
            one.url.text = gs_url_without_secrets(text, &r->arena);
            tell(r, &one, GS_FETCHED_FAILED, (gs_text){0}, &why);
            continue;
        }
        one.named = one.url.origin;
        if (rc == GS_OK)
            rc = add_visit(r, one, &why);
        if (rc != GS_OK) {
            *err = why;
            return rc;
        }
    }
    return GS_OK;
}

/* Those that a feed names, unless they were asked for within a day. */
static gs_code add_pages(run *r, const visit *feed, gs_value items, gs_error *err)
{
    size_t count = items.type == GS_LIST ? items.as.list.count : 0;
    gs_text named = feed->named; /* the feed itself may move */
    gs_url base = feed->url;
    gs_code rc = GS_OK;

    for (size_t i = 0; rc == GS_OK && i < count; i++) {
        visit one = {.named = named, .is_page = true};
        gs_value item = items.as.list.items[i], known;
        gs_error bad;

        if (item.type != GS_STRING ||
            gs_url_read(&one.url, item.as.string, &base, &r->arena, &bad) != GS_OK)
            continue; /* no address that we fetch */
        rc = gs_spool_recall(&known, r->spool, one.url.text, &r->scratch, err);
        if (rc == GS_OK && !gs_keep_is_recent(known))
            rc = add_visit(r, one, err);
    }
    return rc;
}

/* The visit whose host is ready first; NULL when all are done. */
static visit *next_visit(run *r)
{
    visit *best = NULL;

    for (size_t i = 0; i < r->count; i++) {
        visit *v = &r->visits[i];

        if (!v->is_done && (best == NULL || v->origin->ready_ms < best->origin->ready_ms))
            best = v;
    }
    return best;
}

/* What came of a visit. */
typedef struct result {
    gs_fetch_outcome outcome;
    gs_kept kept;
    bool lasts; /* asked again today, it would be the same */
} result;

static gs_code refuse_status(result *out, const gs_reply *reply, gs_error *err)
{
    out->lasts = reply->status >= 400 && reply->status < 500 && reply->status != 408;
    if (reply->status == 404 || reply->status == 410)
        return gs_fail(err, GS_INPUT, "answers %ld: it is not there (any more)",
                       reply->status);
    if (reply->status == 401 || reply->status == 402 || reply->status == 403)
        return gs_fail(err, GS_INPUT, "answers %ld: it is not open to us", reply->status);
    return gs_fail(err, GS_INPUT, "answers %ld", reply->status);
}

static gs_code refuse_until(const gs_origin *origin, gs_error *err)
{
    char when[32];
    time_t until = (time_t)origin->until;
    struct tm day;

    gmtime_r(&until, &day);
    strftime(when, sizeof when, "%Y-%m-%dT%H:%M:%SZ", &day);
    return gs_fail(err, GS_INPUT, "its host wants to be left alone until %s", when);
}

/* Where a redirection leads, if it may. */
static gs_code lead_on(gs_url *at, const gs_reply *reply, gs_arena *arena, gs_error *err)
{
    gs_url next;
    gs_code rc = gs_url_read(&next, reply->location, at, arena, err);

    if (rc != GS_OK)
        return rc;
    if (at->secure && !next.secure)
        return gs_url_refuse_downgrade(&next, err);
    *at = next;
    return GS_OK;
}

/* What came of one request. GS_END: it leads on, `at` says where to. */
static gs_code take_reply(result *out, run *r, gs_url *at, gs_origin *origin,
                          const gs_reply *reply, gs_value known, gs_error *err)
{
    gs_text body = gs_buffer_view(&r->body);
    gs_code rc;

    if (gs_reply_leads_on(reply)) {
        rc = lead_on(at, reply, &r->scratch, err);
        return rc == GS_OK ? GS_END : rc;
    }
    if (reply->status == 304 && known.type == GS_MAP) {
        out->outcome = GS_FETCHED_UNCHANGED;
        out->kept.items = gs_map_get(known, GS_TEXT("items"));
        return gs_keep_unchanged(r->spool, at, known, err);
    }
    if (reply->status == 429 || reply->status == 503) {
        out->outcome = GS_FETCHED_LATER;
        rc = gs_origin_leave(origin, &r->origins, reply->retry_after, err);
        return rc == GS_OK ? refuse_until(origin, err) : rc;
    }
    if (reply->status != 200)
        return refuse_status(out, reply, err);
    if (body.size == 0)
        return gs_fail(err, GS_INPUT, "answers with nothing");
    rc = gs_keep(&out->kept, r->spool, at, reply, body, known, &r->scratch, err);
    out->lasts = rc == GS_FORMAT;
    if (rc == GS_OK)
        out->outcome = out->kept.is_new ? GS_FETCHED_NEW : GS_FETCHED_UNCHANGED;
    return rc;
}

/* Whether its host lets us. */
static gs_code may_ask(result *out, run *r, gs_origin *origin, const gs_url *at,
                       gs_text named, gs_error *err)
{
    gs_code rc = gs_origin_know(origin, &r->origins, at, named, err);

    if (rc != GS_OK)
        return rc;
    if (origin->until > time(NULL)) {
        out->outcome = GS_FETCHED_LATER;
        return refuse_until(origin, err);
    }
    if (origin->is_closed)
        return gs_fail(err, GS_INPUT, "its host's robots.txt cannot be had: %s",
                       origin->why);
    if (gs_robots_allow(&origin->robots, at->path))
        return GS_OK;
    out->outcome = GS_FETCHED_FORBIDDEN;
    out->lasts = true;
    return gs_fail(err, GS_INPUT, "its host's robots.txt forbids it");
}

/* One request, if its host lets us. */
static gs_code ask(result *out, run *r, gs_url *at, gs_text named, gs_error *err)
{
    gs_origin *origin;
    gs_request request = {.url = at, .public_only = !gs_text_equal(at->origin, named)};
    gs_value known;
    gs_reply reply;
    gs_code rc;

    GS_TRY(gs_origin_find(&origin, &r->origins, at, err));
    GS_TRY(may_ask(out, r, origin, at, named, err));
    GS_TRY(gs_spool_recall(&known, r->spool, at->text, &r->scratch, err));
    request.etag = gs_memory_text(known, GS_TEXT("etag"));
    request.modified = gs_memory_text(known, GS_TEXT("modified"));
    GS_TRY(gs_origin_get(&reply, &r->body, origin, &r->origins, &request, &r->scratch,
                         err));
    rc = take_reply(out, r, at, origin, &reply, known, err);
out:
    return rc;
}

/* A page of a feed is not asked for again today, wherever it led to, unless what failed
 * may pass. */
static gs_code remember_page(run *r, const visit *v, const result *out, gs_error *err)
{
    gs_value known;
    gs_code rc = GS_OK;

    if (!v->is_page || (!out->lasts && out->outcome != GS_FETCHED_NEW &&
                        out->outcome != GS_FETCHED_UNCHANGED))
        return GS_OK;
    rc = gs_spool_recall(&known, r->spool, v->url.text, &r->scratch, err);
    if (rc != GS_OK || gs_keep_is_recent(known))
        return rc;
    return gs_keep_unchanged(r->spool, &v->url, known, err);
}

static gs_code make_visit(run *r, size_t which, gs_error *err)
{
    visit v = r->visits[which];
    result out = {.outcome = GS_FETCHED_FAILED};
    gs_url at = v.url;
    gs_error why;
    gs_code rc = GS_END;

    r->visits[which].is_done = true;
    for (int hop = 0; rc == GS_END && hop <= HOPS_MAX; hop++)
        rc = ask(&out, r, &at, v.named, &why);
    if (rc == GS_END)
        rc = gs_fail(&why, GS_INPUT, "leads on more than %d times", HOPS_MAX);
    if (rc != GS_OK && rc != GS_INPUT && rc != GS_LIMIT && rc != GS_FORMAT) {
        *err = why;
        return rc;
    }
    tell(r, &v, out.outcome,
         out.outcome == GS_FETCHED_NEW ? out.kept.name : (gs_text){0},
         rc == GS_OK ? NULL : &why);
    if (rc == GS_OK && r->options->pages && !v.is_page)
        return add_pages(r, &v, out.kept.items, err);
    return remember_page(r, &v, &out, err);
}

static gs_code visit_all(run *r, gs_error *err)
{
    gs_code rc = add_named(r, err);
    visit *next;

    while (rc == GS_OK && (next = next_visit(r)) != NULL) {
        rc = make_visit(r, (size_t)(next - r->visits), err);
        gs_arena_reset(&r->scratch);
    }
    return rc;
}

static gs_text name_ourselves(run *r)
{
    const char *contact = r->options->contact;

    return contact != NULL ? gs_text_format(&r->arena, GS_FETCH_AGENT "/" GAINSAY_VERSION
                                                                      " (+%s)",
                                            contact)
                           : gs_text_format(&r->arena, GS_FETCH_AGENT "/" GAINSAY_VERSION);
}

gs_code gs_fetch(gs_fetch_counts *out, const gs_fetch_options *options, gs_error *err)
{
    run r = {.options = options};
    gs_transfer_limits limits = {.agent = name_ourselves(&r).bytes,
                                 .time_ms = options->time_ms,
                                 .size = options->max_size,
                                 .interrupt = options->interrupt};
    gs_code rc;

    curl_global_init(CURL_GLOBAL_DEFAULT);
    if (limits.agent == NULL)
        GS_TRY(gs_fail_memory(err));
    GS_TRY(gs_spool_open(&r.spool, options->into, err));
    GS_TRY(gs_transfer_open(&r.transfer, &limits, err));
    r.origins = (gs_origins){.spool = r.spool,
                             .transfer = r.transfer,
                             .delay_ms = options->delay_ms,
                             .interrupt = options->interrupt};
    rc = visit_all(&r, err);
    *out = r.counts;
out:
    gs_transfer_close(r.transfer);
    gs_spool_close(r.spool);
    gs_origins_free(&r.origins);
    gs_arena_free(&r.arena);
    gs_arena_free(&r.scratch);
    gs_buffer_free(&r.body);
    free(r.visits);
    curl_global_cleanup();
    return rc;
}
