#include "ingest/job.h"
#include "graph/base/hash.h"
#include "graph/claim.h"
#include "ingest/decision.h"
#include "ingest/progress.h"
#include "ingest/reading.h"
#include "ingest/reject.h"
#include "ingest/resolve.h"
#include "ingest/settle.h"
#include "ingest/stage.h"
#include "ingest/tally.h"
#include "ingest/walk.h"
#include <stdlib.h>
#include <string.h>

struct gs_job {
    gs_feed feed;
    int64_t now;
    gs_store *store; /* NULL: a dry run where there is none */
    gs_batch *batch;
    gs_intake *intake;
    gs_language *language;
    gs_linker *linker;
    gs_rejects *rejects;
    gs_claim *claim; /* on the run's number */
    gs_tally tally;
    gs_progress progress;
    uint64_t last_commit; /* there was before this process */
    uint64_t in_batch;    /* records since the batch began */
    const char *path;     /* of the file at hand, and how far it is read */
    gs_file file;
    uint64_t input;                      /* its entry in the ledger; 0: none yet */
    gs_text unknown[GS_JOB_UNKNOWN_MAX]; /* names told already, in the run's arena */
    size_t unknown_count;
};

static void tell(gs_job *job, const gs_error *error)
{
    const char *file = job->path;

    if (file != NULL && strcmp(file, "-") == 0)
        file = "standard input";
    job->feed.tell(job->feed.context, file, error);
}

static void note_commit(gs_job *job, const gs_commit *commit)
{
    if (commit->number <= job->last_commit)
        return;
    job->tally.counts.commit = commit->number;
    gs_hex(job->tally.counts.commit_hash, commit->hash, sizeof commit->hash);
}

static gs_code begin(gs_job *job, gs_error *err)
{
    gs_code rc =
        gs_batch_begin(&job->batch, job->store, job->tally.number, job->now, err);

    if (rc == GS_OK)
        rc = gs_intake_begin(job->intake, job->batch, err);
    job->in_batch = 0;
    return rc == GS_OK ? gs_linker_begin(job->linker, job->batch, err) : rc;
}

/* A run that takes back more than it brings has brought nothing. */
static void count_links(gs_job *job)
{
    const gs_counts *counts = &job->intake->counts;

    job->tally.counts.linked = counts->linked > 0 ? (uint64_t)counts->linked : 0;
    job->tally.counts.open = counts->open > 0 ? (uint64_t)counts->open : 0;
}

/* A dry run throws its batch away: what comes later is judged without it. */
static gs_code finish_batch(gs_job *job, gs_commit *commit, gs_error *err)
{
    gs_batch *batch = job->batch;
    gs_code rc;

    if (job->feed.dry_run) {
        job->batch = NULL;
        gs_batch_abort(batch);
        return GS_OK;
    }
    rc = gs_settle(job->intake, err);
    if (rc == GS_OK)
        rc = gs_linker_settle(job->linker, batch, job->intake->ruled,
                              &job->intake->counts.linked, err);
    if (rc != GS_OK)
        return rc;
    count_links(job);
    rc = gs_tally_write(&job->tally, batch, job->intake->arena, err);
    if (rc == GS_OK && job->intake->support != NULL)
        rc = gs_support_write(job->intake->support, batch, err);
    if (rc == GS_OK && job->path != NULL)
        rc = gs_progress_write(&job->input, &job->progress, batch, job->path, &job->file,
                               false, err);
    if (rc != GS_OK)
        return rc;
    job->batch = NULL; /* ended, whatever it returns */
    return gs_batch_commit(commit, batch, err);
}

static gs_code next_batch(gs_job *job, gs_error *err)
{
    gs_commit commit = {0};
    gs_code rc;

    count_links(job);
    rc = finish_batch(job, &commit, err);
    if (rc != GS_OK)
        return rc;
    note_commit(job, &commit);
    gs_arena_reset(job->intake->arena);
    return begin(job, err);
}

/* A batch of its own gives the run its number. */
static gs_code number_run(gs_job *job, gs_error *err)
{
    gs_commit commit = {0};
    gs_code rc = begin(job, err);

    if (rc != GS_OK || job->feed.dry_run)
        return rc;
    rc = finish_batch(job, &commit, err);
    if (rc != GS_OK)
        return rc;
    job->last_commit = commit.number;
    job->progress.run = job->tally.number;
    rc = gs_claim_run(&job->claim, job->store, job->tally.number, err);
    if (rc == GS_OK)
        rc = begin(job, err);
    return rc == GS_OK
               ? gs_support_open(&job->intake->support, gs_batch_snapshot(job->batch),
                                 job->tally.number, err)
               : rc;
}

/* Takes over the run of the same command that was cut off: it keeps its number and its
 * counts. GS_END when there is none, or a process that lives is at it. */
static gs_code resume(gs_job *job, gs_error *err)
{
    gs_snapshot *snapshot = NULL;
    gs_code rc;

    GS_TRY(gs_snapshot_open(&snapshot, job->store, GS_NOW, err));
    GS_TRY(gs_tally_resume(&job->tally, snapshot, err));
    rc = gs_claim_run(&job->claim, job->store, job->tally.number, err);
    if (rc == GS_LOCKED) {
        job->tally.number = 0;
        job->tally.start = job->now;
        job->tally.counts = (gainsay_summary){0};
        rc = GS_END;
    }
    GS_TRY(rc);
    job->last_commit = gs_snapshot_commit(snapshot);
    job->intake->counts.linked = (int64_t)job->tally.counts.linked;
    job->intake->counts.open = (int64_t)job->tally.counts.open;
    GS_TRY(gs_progress_open(&job->progress, snapshot, job->tally.number, err));
    rc = gs_support_open(&job->intake->support, snapshot, job->tally.number, err);
out:
    gs_snapshot_close(snapshot);
    return rc;
}

static gs_code begin_run(gs_job *job, gs_error *err)
{
    gs_code rc = job->feed.dry_run ? GS_END : resume(job, err);

    if (rc == GS_END)
        return number_run(job, err);
    return rc == GS_OK ? begin(job, err) : rc;
}

static gs_code open_store(gs_job *job, const char *directory, gs_error *err)
{
    gs_store_options options = {.create = !job->feed.dry_run && !job->feed.existing,
                                .write = true,
                                .wait_ms = job->feed.wait_ms};
    gs_code rc = gs_store_open(&job->store, directory, &options, err);

    return rc == GS_NO_STORE && job->feed.dry_run && !job->feed.existing ? GS_OK : rc;
}

gs_code gs_job_open(gs_job **out, const char *directory, const gs_feed *feed, int64_t now,
                    gs_error *err)
{
    gs_job *job = calloc(1, sizeof *job);
    gs_code rc;

    if (job == NULL)
        return gs_fail_memory(err);
    job->feed = *feed;
    if (job->feed.batch_records == 0)
        job->feed.batch_records = GS_BATCH_RECORDS;
    job->now = now;
    job->tally.start = now;
    job->tally.job = feed->job;
    job->tally.command = feed->command;
    GS_TRY(gs_language_open(&job->language, GS_TEXT("en"), err));
    GS_TRY(gs_intake_open(&job->intake, err));
    job->intake->no_text = feed->no_text;
    GS_TRY(gs_linker_open(&job->linker, job->language, err));
    job->intake->linker = job->linker;
    GS_TRY(gs_rejects_open(&job->rejects, err));
    GS_TRY(open_store(job, directory, err));
    if (job->store != NULL)
        GS_TRY(begin_run(job, err));
    *out = job;
out:
    if (rc != GS_OK)
        gs_job_abort(job);
    return rc;
}

void gs_job_abort(gs_job *job)
{
    if (job == NULL)
        return;
    gs_batch_abort(job->batch);
    gs_claim_end(job->claim);
    gs_store_close(job->store);
    gs_rejects_close(job->rejects);
    if (job->intake != NULL)
        gs_support_close(job->intake->support);
    gs_intake_close(job->intake);
    gs_linker_close(job->linker);
    gs_language_close(job->language);
    gs_progress_free(&job->progress);
    gs_tally_free(&job->tally);
    free(job);
}

static gs_code keep_reject(gs_job *job, gs_text bytes, const gs_error *why, gs_error *err)
{
    gs_arena *arena = job->intake->arena;
    gs_reject reject = {
        .file = job->path == NULL || strcmp(job->path, "-") == 0 ? (gs_text){0}
                                                                 : gs_text_of(job->path),
        .reason = gs_text_of(why->text),
        .at = gs_tally_time(arena, job->now),
        .bytes = bytes,
        .run = job->tally.number,
        .line = why->line,
    };

    if (why->code == GS_CONFLICT)
        job->tally.counts.conflicts++;
    else
        job->tally.counts.rejected++;
    tell(job, why);
    if (job->batch == NULL || job->feed.dry_run)
        return GS_OK;
    return gs_rejects_keep(job->rejects, job->batch, &reject, err);
}

static gs_code on_refuse(void *context, const gs_found *found, const gs_error *why,
                         gs_error *err)
{
    return keep_reject(context, found->bad, why, err);
}

static void on_note(void *context, const gs_error *word)
{
    tell(context, word);
}

static void on_skip(void *context)
{
    gs_job *job = context;

    job->tally.counts.skipped++;
}

static void count(gs_job *job, gs_outcome outcome)
{
    job->tally.counts.added += outcome == GS_NEW || outcome == GS_CONTESTED;
    job->tally.counts.conflicts += outcome == GS_CONTESTED;
    job->tally.counts.known += outcome == GS_KNOWN;
    job->tally.counts.revised += outcome == GS_REVISED;
    job->in_batch++;
}

/* Between the records of a file, and never within one (a document has many statements):
 * what may be committed is, what was lent is returned. */
static gs_code settle(gs_job *job, gs_error *err)
{
    gs_arena_reset(job->intake->arena);
    if (job->batch == NULL || (job->in_batch < job->feed.batch_records &&
                               gs_batch_dirty(job->batch) < GS_BATCH_DIRTY))
        return GS_OK;
    return next_batch(job, err);
}

static void tell_contest(gs_job *job, const gs_statement *statement)
{
    gs_error word;

    gs_fail(&word, GS_OK,
            "id %.*s: another telling of it differs; this one is of later, and stands",
            GS_SHOW(statement->id));
    tell(job, &word);
}

static gs_code take_statement(gs_job *job, const gs_statement *statement, gs_error *err)
{
    gs_outcome outcome = GS_NEW;
    gs_code rc = GS_OK;

    gs_arena_reset(job->intake->arena);
    if (job->batch != NULL)
        rc = gs_intake_statement(&outcome, job->intake, statement, err);
    if (rc == GS_OK)
        count(job, outcome);
    if (rc == GS_OK && outcome == GS_CONTESTED)
        tell_contest(job, statement);
    return rc;
}

/* A statement read from prose that the store refuses is set aside as the record it is. */
static gs_code refuse_statement(gs_job *job, const gs_statement *statement,
                                gs_arena *arena, gs_error *err)
{
    gs_error why = *err;
    gs_buffer line = {0};
    gs_value map;
    gs_code rc = gs_statement_write(&map, statement, arena, err);

    if (rc != GS_OK)
        return rc;
    gs_json_write(&line, map);
    rc = line.failed ? gs_fail_memory(err)
                     : keep_reject(job, gs_buffer_view(&line), &why, err);
    gs_buffer_free(&line);
    return rc;
}

static gs_code take_statements(gs_job *job, const gs_statements *statements,
                               gs_arena *arena, gs_error *err)
{
    gs_code rc = GS_OK;

    for (size_t i = 0; rc == GS_OK && i < statements->count; i++) {
        rc = gs_stream_interrupted(job->feed.interrupt, err);
        if (rc == GS_OK)
            rc = take_statement(job, &statements->items[i], err);
        if (rc == GS_INPUT || rc == GS_CONFLICT || rc == GS_LIMIT)
            rc = refuse_statement(job, &statements->items[i], arena, err);
    }
    return rc;
}

static bool is_told(const gs_job *job, gs_text name)
{
    for (size_t i = 0; i < job->unknown_count; i++)
        if (gs_text_equal(job->unknown[i], name))
            return true;
    return job->unknown_count == GS_JOB_UNKNOWN_MAX;
}

/* Each unknown field once a job: it may be a slip of the pen. */
static void tell_unknown(gs_job *job, gs_value extra)
{
    gs_error word;

    for (size_t i = 0; extra.type == GS_MAP && i < extra.as.map.count; i++) {
        gs_text name = extra.as.map.entries[i].key;

        if (is_told(job, name))
            continue;
        gs_fail(&word, GS_OK, "field \"%.*s\": unknown; kept as a property, told once",
                GS_SHOW(name));
        tell(job, &word);
        name = gs_text_copy(&job->tally.arena, name);
        if (name.bytes != NULL)
            job->unknown[job->unknown_count++] = name;
    }
}

static gs_code on_statement(void *context, const gs_statement *statement, gs_arena *arena,
                            gs_error *err)
{
    gs_job *job = context;
    gs_code rc = GS_OK;

    tell_unknown(job, statement->extra);
    if (job->intake->source_number != 0 && job->batch != NULL)
        rc = gs_reading_begin(job->intake, statement->extractor, err);
    return rc != GS_OK
               ? rc
               : take_statements(job, &(gs_statements){(gs_statement *)statement, 1, 1},
                                 arena, err);
}

static gs_code on_line(void *context, gs_text line, const gs_error *why, gs_error *err)
{
    return keep_reject(context, line, why, err);
}

/* What a command finds in the document beside us; where it fails, that is set aside. */
static gs_code take_external(gs_job *job, const gs_source *document, gs_arena *arena,
                             gs_error *err)
{
    gs_external_sink sink = {job, on_statement, on_line};
    gs_error why;
    gs_code rc;

    if (job->feed.external.command == NULL || document->text.bytes == NULL)
        return GS_OK;
    rc = gs_external_read(&job->feed.external, document, &sink, arena, err);
    if (rc != GS_INPUT && rc != GS_LIMIT)
        return rc;
    why = *err;
    return keep_reject(
        job, document->url.bytes != NULL ? document->url : document->sha256, &why, err);
}

static gs_code take_document(gs_job *job, const gs_source *document, gs_arena *arena,
                             gs_error *err)
{
    gs_outcome outcome = GS_NEW;
    gs_statements statements;
    gs_error word;
    uint64_t number = 0;
    bool readable;
    gs_code rc;

    if (job->batch != NULL)
        GS_TRY(gs_intake_source(&outcome, &number, job->intake, document, err));
    if (number != 0)
        GS_TRY(gs_support_add(job->intake->support, GS_DOCUMENT, number, err));
    count(job, outcome);
    job->tally.counts.documents++;
    GS_TRY(gs_document_read(&statements, &readable, job->language, document, arena, err));
    if (!readable) {
        gs_fail(&word, GS_OK, "language %.*s: cannot be read yet; its text is kept",
                GS_SHOW(document->language));
        tell(job, &word);
    }
    job->intake->source = document;
    job->intake->source_number = number;
    if (number != 0 && readable && document->text.bytes != NULL)
        rc = gs_reading_begin(job->intake, gs_extractor_name(), err);
    if (rc == GS_OK)
        rc = take_statements(job, &statements, arena, err);
    if (rc == GS_OK)
        rc = take_external(job, document, arena, err);
out:
    job->intake->source = NULL;
    job->intake->reading = 0;
    return rc;
}

static gs_code take_actor(gs_job *job, const gs_actor *actor, gs_error *err)
{
    gs_outcome outcome = GS_NEW;
    gs_code rc = GS_OK;

    if (job->batch != NULL)
        rc = gs_intake_actor(&outcome, job->intake, actor, err);
    if (rc == GS_OK)
        count(job, outcome);
    return rc;
}

static gs_code take_ruling(gs_job *job, const gs_record *record, gs_error *err)
{
    gs_outcome outcome = GS_NEW;
    gs_code rc = GS_OK;

    if (job->batch != NULL)
        rc = record->type == GS_RECORD_DECISION
                 ? gs_intake_decision(&outcome, job->intake, &record->as.decision, err)
                 : gs_intake_withdrawal(&outcome, job->intake, &record->as.withdrawal,
                                        err);
    if (rc == GS_OK)
        count(job, outcome);
    return rc;
}

static gs_code on_record(void *context, gs_record *record, gs_arena *arena, gs_error *err)
{
    gs_job *job = context;
    gs_code rc = settle(job, err);

    if (rc == GS_OK)
        rc = gs_record_complete(record, &job->feed.defaults, arena, err);
    if (rc != GS_OK)
        return rc;
    switch (record->type) {
    case GS_RECORD_DOCUMENT:
        tell_unknown(job, record->as.document.extra);
        return take_document(job, &record->as.document, arena, err);
    case GS_RECORD_ACTOR:
        tell_unknown(job, record->as.actor.extra);
        return take_actor(job, &record->as.actor, err);
    case GS_RECORD_DECISION:
        tell_unknown(job, record->as.decision.extra);
        return take_ruling(job, record, err);
    case GS_RECORD_WITHDRAWAL:
        tell_unknown(job, record->as.withdrawal.extra);
        return take_ruling(job, record, err);
    default:
        tell_unknown(job, record->as.statement.extra);
        if (record->as.statement.document != NULL)
            tell_unknown(job, record->as.statement.document->extra);
        return take_statement(job, &record->as.statement, err);
    }
}

static gs_code end_file(gs_job *job, bool through, gs_error *err)
{
    gs_error word;

    if (job->file.empty) {
        gs_fail(&word, GS_OK, "nothing in it");
        tell(job, &word);
    }
    job->tally.counts.files += !through;
    if (job->batch == NULL || job->feed.dry_run)
        return GS_OK;
    return gs_progress_write(&job->input, &job->progress, job->batch, job->path,
                             &job->file, true, err);
}

/* One that was read through before the run was cut off is not counted again; one that is
 * another now is new input. What comes through a pipe comes once. */
static gs_code take_file(gs_job *job, const char *path, gs_error *err)
{
    gs_sink sink = {job, on_record, on_refuse, on_note, on_skip};
    const gs_snapshot *snapshot =
        job->batch == NULL ? NULL : gs_batch_snapshot(job->batch);
    bool resumed, through = false;
    gs_place from;
    gs_code rc = GS_END;

    job->path = path;
    job->input = 0;
    if (snapshot != NULL)
        rc = gs_progress_find(&job->input, &from, &through, &job->progress, snapshot,
                              path, err);
    if (rc != GS_OK && rc != GS_END)
        return rc;
    resumed = rc == GS_OK;
    rc = gs_stream_file(&job->file, path, job->feed.format, resumed ? &from : NULL,
                        job->feed.interrupt, &sink, err);
    if (rc == GS_OK && job->file.other) {
        through = false;
        rc = gs_stream_file(&job->file, path, job->feed.format, NULL, job->feed.interrupt,
                            &sink, err);
    }
    return rc == GS_OK ? end_file(job, through, err) : rc;
}

/* A file that the user did not name himself costs itself alone. */
static gs_code on_file(void *context, const char *path, int within, gs_error *err)
{
    gs_job *job = context;
    gs_code rc = take_file(job, path, err);

    if (within && (rc == GS_FORMAT || rc == GS_LIMIT)) {
        tell(job, err);
        job->tally.counts.rejected++;
        rc = GS_OK;
    }
    return rc;
}

gs_code gs_job_file(gs_job *job, const char *path, gs_error *err)
{
    gs_code rc = gs_walk(path, on_file, job, err);

    job->path = NULL;
    count_links(job);
    return rc;
}

static gs_code take_json(gs_job *job, gs_text json, gs_error *err)
{
    gs_arena arena = {0};
    gs_record record;
    gs_value value;
    gs_code rc = gs_stream_interrupted(job->feed.interrupt, err);

    if (rc == GS_OK)
        rc = gs_json_parse(&value, &arena, json, err);
    if (rc == GS_OK)
        rc = gs_record_read(&record, value, &arena, err);
    if (rc == GS_OK)
        rc = on_record(job, &record, &arena, err);
    gs_arena_free(&arena);
    return rc;
}

gs_code gs_job_record(gs_job *job, gs_text json, gs_error *err)
{
    gs_error why = {0};
    gs_code rc = take_json(job, json, &why);

    if (rc == GS_INPUT || rc == GS_CONFLICT || rc == GS_LIMIT)
        return keep_reject(job, json, &why, err);
    if (rc != GS_OK)
        *err = why;
    return rc;
}

/* One that was set aside; it stays so where it is still refused. */
static gs_code retry_one(gs_job *job, uint64_t number, gs_value entry, gs_error *err)
{
    gs_value bytes = gs_map_get(entry, GS_TEXT("bytes"));
    gs_value file = gs_map_get(entry, GS_TEXT("file"));
    gs_value line = gs_map_get(entry, GS_TEXT("line"));
    gs_error why = {0};
    gs_code rc;

    if (bytes.type != GS_STRING)
        return GS_OK;
    job->path =
        file.type == GS_STRING ? gs_text_string(&job->tally.arena, file.as.string) : "-";
    rc = job->path == NULL ? gs_fail_memory(&why) : take_json(job, bytes.as.string, &why);
    if (rc == GS_OK)
        rc = gs_ledger_delete(job->batch, GS_LEDGER_REJECTS, number, err);
    else if (rc == GS_INPUT || rc == GS_CONFLICT || rc == GS_LIMIT) {
        why.line = line.type == GS_INTEGER ? (uint32_t)line.as.integer : 0;
        tell(job, &why);
        job->tally.counts.conflicts += rc == GS_CONFLICT;
        job->tally.counts.rejected += rc != GS_CONFLICT;
        rc = GS_OK;
    } else {
        *err = why;
    }
    job->path = NULL;
    return rc;
}

gs_code gs_job_retry(gs_job *job, gs_error *err)
{
    gs_arena arena = {0};
    uint64_t number = 0;
    gs_value entry;
    gs_code rc = GS_OK;

    while (rc == GS_OK && job->batch != NULL) {
        gs_arena_reset(&arena);
        rc = gs_ledger_read(&number, &entry, gs_batch_snapshot(job->batch),
                            GS_LEDGER_REJECTS, number + 1, &arena, err);
        if (rc == GS_OK)
            rc = gs_value_copy(&entry, &arena, entry, err);
        if (rc == GS_OK)
            rc = retry_one(job, number, entry, err);
    }
    gs_arena_free(&arena);
    count_links(job);
    return rc == GS_END ? GS_OK : rc;
}

uint64_t gs_job_run(const gs_job *job)
{
    return job->feed.dry_run ? 0 : job->tally.number;
}

gs_code gs_job_close(gs_job *job, gainsay_summary *out, int64_t now, gs_error *err)
{
    gs_commit commit = {0};
    gs_code rc = GS_OK;

    job->now = job->tally.end = now;
    job->tally.done = true;
    if (job->batch != NULL)
        rc = finish_batch(job, &commit, err);
    if (rc == GS_OK) {
        note_commit(job, &commit);
        job->tally.counts.run = job->tally.number;
        if (out != NULL)
            *out = job->tally.counts;
    }
    gs_job_abort(job);
    return rc;
}
