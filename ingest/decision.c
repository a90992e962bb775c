#include "ingest/decision.h"
#include "graph/base/hash.h"
#include "ingest/ruling.h"
#include "ingest/settle.h"

/* A name in a ruling, and of what. */
typedef struct named {
    gs_subject subject;
    gs_text name;
} named;

static gs_code hash_of(gs_text *out, const gs_entries *properties, gs_error *err)
{
    unsigned char digest[GS_SHA256_SIZE];
    char *hex = gs_arena_take(properties->arena, 2 * GS_SHA256_SIZE + 1);
    gs_buffer packed = {0};
    gs_text bytes;
    gs_code rc;

    gs_pack(&packed, gs_entries_map(properties));
    bytes = gs_buffer_view(&packed);
    rc = hex == NULL || packed.failed || properties->failed
             ? gs_fail_memory(err)
             : gs_sha256(digest, &bytes, 1, err);
    gs_buffer_free(&packed);
    if (rc != GS_OK)
        return rc;
    gs_hex(hex, digest, sizeof digest);
    *out = gs_text_of(hex);
    return GS_OK;
}

static gs_code make(gs_intake *intake, uint32_t label, const named *names, size_t count,
                    gs_text hash, const gs_entries *properties, gs_error *err)
{
    gs_entries to = {.arena = intake->arena};
    gs_text keys[3] = {hash};
    uint64_t number;
    gs_code rc;

    for (size_t i = 0; i < count; i++)
        GS_TRY(gs_subject_key(&keys[i + 1], names[i].subject, names[i].name,
                              intake->arena, err));
    gs_entries_name(&to, GS_P_IDENTITY, gs_entries_texts(&to, keys, count + 1));
    gs_entries_put_all(&to, gs_entries_map(properties));
    if (to.failed)
        return gs_fail_memory(err);
    rc = gs_batch_node(&number, intake->batch, &label, 1, gs_entries_map(&to), err);
out:
    return rc;
}

/* By the hash of all that it says: the same one again is known. */
static gs_code take(gs_outcome *out, gs_intake *intake, uint32_t label,
                    const named *names, size_t count, const gs_entries *properties,
                    gs_error *err)
{
    uint64_t number;
    gs_text hash;
    gs_code rc;

    GS_TRY(hash_of(&hash, properties, err));
    rc = gs_intake_find(&number, intake, GS_BY_IDENTITY, label, hash, err);
    if (rc == GS_OK) {
        *out = GS_KNOWN;
        return gs_support_add(intake->support, 0, number, err);
    }
    if (rc == GS_END)
        rc = gs_batch_recall(&number, intake->batch, GS_BY_IDENTITY, label, hash,
                             intake->arena, err);
    if (rc == GS_OK)
        rc = gs_support_add(intake->support, 0, number, err);
    else if (rc == GS_END)
        rc = make(intake, label, names, count, hash, properties, err);
    intake->ruled = true;
    for (size_t i = 0; rc == GS_OK && i < count; i++)
        rc = gs_settle_later(intake, names[i].subject, names[i].name, err);
    if (rc == GS_OK)
        *out = GS_NEW;
out:
    return rc;
}

/* Two names of one thing are nothing to decide upon. */
static gs_code refuse_itself(const gs_decision *d, const named names[2], gs_arena *arena,
                             gs_error *err)
{
    gs_text a, b;
    gs_code rc;

    if (d->b.bytes == NULL)
        return GS_OK;
    GS_TRY(gs_subject_key(&a, names[0].subject, names[0].name, arena, err));
    GS_TRY(gs_subject_key(&b, names[1].subject, names[1].name, arena, err));
    if (gs_text_equal(a, b))
        rc =
            gs_fail(err, GS_INPUT,
                    "b: is what a is, and the decision is about two; name the other one");
out:
    return rc;
}

gs_code gs_intake_decision(gs_outcome *out, gs_intake *intake, const gs_decision *d,
                           gs_error *err)
{
    gs_entries to = {.arena = intake->arena};
    gs_subject subject = gs_subject_of(d->about);
    const named names[] = {{subject, d->a}, {subject, d->b}};
    gs_value at;
    gs_code rc;

    GS_TRY(refuse_itself(d, names, intake->arena, err));
    GS_TRY(gs_intake_date(&at, intake, d->at, err));
    gs_entries_put(&to, GS_TEXT("about"), gs_string(d->about));
    gs_entries_put(&to, GS_TEXT("a"), gs_string(d->a));
    gs_entries_put(&to, GS_TEXT("b"), gs_string(d->b));
    gs_entries_put(&to, GS_TEXT("decided"), gs_string(d->decided));
    gs_entries_put(&to, GS_TEXT("set"), d->set);
    gs_entries_put(&to, GS_TEXT("reason"), gs_string(d->reason));
    gs_entries_name(&to, GS_P_AT, at);
    gs_entries_name(&to, GS_P_BY, gs_string(d->by));
    gs_entries_put_all(&to, d->extra);
    rc = take(out, intake, GS_DECISION, names, d->b.bytes != NULL ? 2 : 1, &to, err);
out:
    return rc;
}

gs_code gs_intake_withdrawal(gs_outcome *out, gs_intake *intake, const gs_withdrawal *w,
                             gs_error *err)
{
    gs_entries to = {.arena = intake->arena};
    gs_source source = {.url = w->document};
    named name = {GS_OF_STATEMENT, w->statement};
    gs_value at;
    gs_code rc;

    if (w->document.bytes != NULL) {
        name.subject = GS_OF_DOCUMENT;
        GS_TRY(gs_source_identity(&name.name, &source, intake->arena, err));
    }
    GS_TRY(gs_intake_date(&at, intake, w->at, err));
    gs_entries_put(&to, GS_TEXT("statement"), gs_string(w->statement));
    gs_entries_put(&to, GS_TEXT("document"), gs_string(w->document));
    if (w->restore)
        gs_entries_put(&to, GS_TEXT("restore"), gs_boolean(true));
    gs_entries_put(&to, GS_TEXT("reason"), gs_string(w->reason));
    gs_entries_name(&to, GS_P_AT, at);
    gs_entries_name(&to, GS_P_BY, gs_string(w->by));
    gs_entries_put_all(&to, w->extra);
    rc = take(out, intake, GS_WITHDRAWAL, &name, 1, &to, err);
out:
    return rc;
}
