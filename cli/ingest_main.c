/* gainsay-ingest: what `gainsay` becomes for whatever writes statements: ingest, extract,
 * decide, rejects retry, jobs undo and redo. It alone links what parses documents. */
#include "cli/decide.h"
#include "cli/fail.h"
#include "cli/paths.h"
#include "cli/program.h"
#include "cli/report.h"
#include "cli/signals.h"
#include "cli/summary.h"
#include "cli/undo.h"
#include <errno.h>
#include <malloc.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

typedef struct feeding {
    const gs_options *options;
    FILE *output; /* of extract */
    gs_paths paths;
    size_t read, refused; /* files: read to their end, of no format that we know */
    size_t limited;       /* files that a limit ended */
    bool aside;           /* a record was set aside */
    gs_buffer record;     /* of decide */
} feeding;

/* The library tells what it set aside, or GAINSAY_OK for what is worth a word. */
static void on_report(void *context, const char *file, const gainsay_error *error)
{
    feeding *f = context;
    gs_origin origin = {file, {NULL, 0}};

    if (error->code == GAINSAY_OK) {
        gs_report_warning(f->options, file != NULL ? &origin : NULL, error);
        return;
    }
    f->aside = true;
    gs_report_error(f->options, file != NULL ? &origin : NULL, error);
}

static gainsay_code read_feed(gainsay_feed *out, feeding *f, gainsay_error *err)
{
    const gs_options *options = f->options;
    uint64_t wait = 0, limit = 0;
    gainsay_code rc = gs_options_milliseconds(&wait, options, GS_OPTION_WAIT, err);

    if (rc == GAINSAY_OK)
        rc = gs_options_milliseconds(&limit, options, GS_OPTION_EXTRACTOR_TIMEOUT, err);
    if (rc != GAINSAY_OK)
        return rc;
    *out = (gainsay_feed){
        .job = options->values[GS_OPTION_JOB],
        .format = options->values[GS_OPTION_FORMAT],
        .extractor = options->values[GS_OPTION_EXTRACTOR],
        .extractor_ms = limit > UINT32_MAX ? UINT32_MAX : (uint32_t)limit,
        .published = options->values[GS_OPTION_PUBLISHED],
        .publisher = options->values[GS_OPTION_PUBLISHER],
        .url = options->values[GS_OPTION_URL],
        .title = options->values[GS_OPTION_TITLE],
        .language = options->values[GS_OPTION_LANGUAGE],
        .no_text = gs_options_has(options, GS_OPTION_NO_TEXT),
        .dry_run = gs_options_has(options, GS_OPTION_DRY_RUN),
        .attributions = gs_options_has(options, GS_OPTION_ATTRIBUTIONS),
        .texts = gs_options_has(options, GS_OPTION_TEXTS),
        .explain = gs_options_has(options, GS_OPTION_EXPLAIN),
        .wait_ms = wait > UINT32_MAX ? UINT32_MAX : (uint32_t)wait,
        .report = on_report,
        .context = f,
        .interrupt = gs_signals_caught(),
    };
    return GAINSAY_OK;
}

static gainsay_code read_paths(gainsay_feed *feed, feeding *f, gainsay_error *err)
{
    gainsay_code rc = gs_paths_read(&f->paths, f->options, err);

    feed->inputs = f->paths.items;
    feed->input_count = f->paths.count;
    return rc;
}

/* A file of no format that we know, or past a limit, costs itself alone. */
static gainsay_code after_file(feeding *f, const char *path, gainsay_code rc,
                               const gainsay_error *err)
{
    gs_origin origin = {strcmp(path, "-") == 0 ? "standard input" : path, {NULL, 0}};

    if (rc != GAINSAY_FORMAT && rc != GAINSAY_LIMIT) {
        f->read += rc == GAINSAY_OK;
        return rc;
    }
    f->refused += rc == GAINSAY_FORMAT;
    f->limited += rc == GAINSAY_LIMIT;
    gs_report_error(f->options, &origin, err);
    return GAINSAY_OK;
}

static int final_status(const feeding *f, const gainsay_summary *s)
{
    if (f->limited > 0)
        return GS_STATUS_LIMIT;
    if (f->refused > 0 && f->read == 0)
        return GS_STATUS_FORMAT;
    if (f->refused > 0 || f->aside || s->rejected > 0 || s->conflicts > 0)
        return GS_STATUS_PART;
    return GS_STATUS_DONE;
}

/* What a run is fed with. */
typedef gainsay_code feed_job(feeding *f, gainsay_job *job, gainsay_error *err);

static gainsay_code feed_files(feeding *f, gainsay_job *job, gainsay_error *err)
{
    gainsay_code rc = GAINSAY_OK;

    for (size_t i = 0; i < f->paths.count && rc == GAINSAY_OK; i++) {
        const char *path = f->paths.items[i];

        rc = after_file(f, path, gainsay_job_file(job, path, err), err);
    }
    return rc;
}

static gainsay_code feed_decision(feeding *f, gainsay_job *job, gainsay_error *err)
{
    (void)f;
    return gainsay_job_record(job, f->record.bytes, f->record.size - 1, err);
}

static gainsay_code feed_rejects(feeding *f, gainsay_job *job, gainsay_error *err)
{
    (void)f;
    return gainsay_job_retry(job, err);
}

static gainsay_code run_job(feeding *f, feed_job *feed_it, gainsay_summary *summary,
                            gainsay_error *err)
{
    gs_buffer directory = {0};
    gainsay_job *job = NULL;
    gainsay_feed feed;
    gainsay_code rc = read_feed(&feed, f, err);

    if (rc == GAINSAY_OK)
        rc = gs_summary_check(f->options, err);
    if (rc == GAINSAY_OK && feed_it == feed_files)
        rc = read_paths(&feed, f, err);
    if (rc == GAINSAY_OK)
        rc = gs_options_store(&directory, f->options, err);
    feed.existing = feed_it != feed_files;
    if (rc == GAINSAY_OK)
        rc = gainsay_job_open(&job, directory.bytes, &feed, err);
    if (rc == GAINSAY_OK)
        rc = feed_it(f, job, err);
    if (rc == GAINSAY_OK)
        rc = gainsay_job_close(job, summary, err);
    else
        gainsay_job_abort(job);
    gs_buffer_free(&directory);
    return rc;
}

static int ingest(feeding *f, feed_job *feed_it)
{
    gainsay_summary summary = {0};
    gainsay_error err;
    gainsay_code rc = run_job(f, feed_it, &summary, &err);

    if (rc == GAINSAY_OK)
        rc = gs_summary_print(f->options, &summary, &err);
    return rc == GAINSAY_OK ? final_status(f, &summary)
                            : gs_report_refusal(f->options, &err);
}

/* Moments have whole seconds: the next decision is later than one of this second, if the
 * store was written in it. */
static gainsay_code wait_for_moment(int64_t *now, const gs_options *options,
                                    gainsay_error *err)
{
    const struct timespec moment = {0, 10 * 1000 * 1000};
    gs_buffer path = {0};
    struct stat written;
    gainsay_code rc = gs_options_store(&path, options, err);

    *now = time(NULL);
    if (rc == GAINSAY_OK) {
        path.size--; /* its NUL */
        gs_buffer_bytes(&path, "/data.mdb", sizeof "/data.mdb");
    }
    if (rc == GAINSAY_OK && !path.failed && stat(path.bytes, &written) == 0)
        while (*now == written.st_mtime) {
            nanosleep(&moment, NULL);
            *now = time(NULL);
        }
    gs_buffer_free(&path);
    return rc;
}

static int decide(feeding *f)
{
    gainsay_error err;
    int64_t now = 0;
    int status;

    if (wait_for_moment(&now, f->options, &err) != GAINSAY_OK ||
        gs_decide_record(&f->record, f->options, now, &err) != GAINSAY_OK)
        status = gs_report_refusal(f->options, &err);
    else
        status = ingest(f, feed_decision);
    gs_buffer_free(&f->record);
    return status;
}

static int undo(const gs_options *options)
{
    bool redo = options->word_count > 2 && strcmp(options->words[1], "redo") == 0;
    gainsay_error err;
    gainsay_code rc = gs_undo_run(options, redo, &err);

    return gs_report_end(options, rc, &err);
}

static bool write_record(void *context, const char *bytes, size_t size)
{
    feeding *f = context;

    return fwrite(bytes, 1, size, f->output) == size;
}

static void add(gainsay_summary *sum, const gainsay_summary *one)
{
    sum->documents += one->documents;
    sum->added += one->added;
    sum->skipped += one->skipped;
    sum->rejected += one->rejected;
}

static gainsay_code extract_files(feeding *f, gainsay_summary *sum, gainsay_error *err)
{
    gainsay_feed feed;
    gainsay_code rc = read_feed(&feed, f, err);

    if (rc == GAINSAY_OK)
        rc = read_paths(&feed, f, err);
    if (rc == GAINSAY_OK && f->paths.count == 0 &&
        !gs_options_has(f->options, GS_OPTION_FILES_FROM))
        f->paths.items[f->paths.count++] = "-"; /* there is room for one more */
    for (size_t i = 0; i < f->paths.count && rc == GAINSAY_OK; i++) {
        gainsay_summary one = {0};

        rc = gainsay_extract(f->paths.items[i], &feed, write_record, f, &one, err);
        rc = after_file(f, f->paths.items[i], rc, err);
        add(sum, &one);
    }
    if (rc == GAINSAY_OK && fflush(f->output) != 0)
        rc = gs_cli_fail(err, GAINSAY_STORAGE, "the records cannot be written: %s",
                         strerror(errno));
    return rc;
}

static void warn_if_empty(const feeding *f, const gainsay_summary *s)
{
    gainsay_error word;

    if (f->refused > 0 || f->limited > 0 || f->aside ||
        s->documents + s->added + s->skipped + s->rejected > 0)
        return;
    gs_cli_fail(&word, GAINSAY_OK, "nothing in it");
    gs_report_warning(f->options, NULL, &word);
}

/* What extract prints is of one form. */
static gainsay_code check_form(const gs_options *options, gainsay_error *err)
{
    bool attributions = gs_options_has(options, GS_OPTION_ATTRIBUTIONS);
    bool texts = gs_options_has(options, GS_OPTION_TEXTS);

    if (gs_options_has(options, GS_OPTION_EXPLAIN) && (attributions || texts))
        return gs_cli_fail(err, GAINSAY_USAGE,
                           "--explain and --%s: choose one; the first is for people",
                           attributions ? "attributions" : "texts");
    return GAINSAY_OK;
}

static int extract(feeding *f)
{
    const char *path = f->options->values[GS_OPTION_OUTPUT];
    gainsay_summary sum = {0};
    gainsay_error err;
    gainsay_code rc = check_form(f->options, &err);

    if (rc != GAINSAY_OK)
        return gs_report_refusal(f->options, &err);
    f->output = path != NULL ? fopen(path, "we") : stdout;
    if (f->output == NULL)
        rc = gs_cli_fail(&err, GAINSAY_STORAGE, "%s: cannot be written: %s", path,
                         strerror(errno));
    if (rc == GAINSAY_OK)
        rc = extract_files(f, &sum, &err);
    if (rc == GAINSAY_OK)
        warn_if_empty(f, &sum);
    if (f->output != NULL && f->output != stdout)
        fclose(f->output);
    return rc == GAINSAY_OK ? final_status(f, &sum) : gs_report_refusal(f->options, &err);
}

static int feed(const gs_options *options, const char *name)
{
    feeding f = {.options = options};
    int status = strcmp(name, "ingest") == 0    ? ingest(&f, feed_files)
                 : strcmp(name, "extract") == 0 ? extract(&f)
                 : strcmp(name, "decide") == 0  ? decide(&f)
                                                : ingest(&f, feed_rejects);

    gs_paths_free(&f.paths);
    return status;
}

static int run(const gs_options *options, char **argv)
{
    static const struct {
        const char *name;
        size_t words; /* with its own */
        gs_option_set takes;
    } commands[] = {
        {"ingest", 1, GS_OPTIONS_INGEST}, {"extract", 1, GS_OPTIONS_EXTRACT},
        {"decide", 3, GS_OPTIONS_DECIDE}, {"rejects", 2, GS_OPTIONS_UNDO},
        {"jobs", 3, GS_OPTIONS_UNDO},
    };
    const char *name = options->word_count > 0 ? options->words[0] : "";
    gainsay_error err;

    (void)argv;
    for (size_t i = 0; i < sizeof commands / sizeof *commands; i++) {
        if (strcmp(commands[i].name, name) != 0 ||
            options->word_count < commands[i].words)
            continue;
        if (gs_options_only(options, commands[i].takes, name, &err) != GAINSAY_OK)
            return gs_report_refusal(options, &err);
        return strcmp(name, "jobs") == 0 ? undo(options) : feed(options, name);
    }
    gs_cli_fail(&err, GAINSAY_USAGE, "%s: this program ingests; call it by `gainsay`",
                name);
    return gs_report_refusal(options, &err);
}

/* Each file has arenas of its own; given back to the system after each and zeroed by it
 * anew, they took a quarter of the time that a page takes. */
static void keep_memory(void)
{
    mallopt(M_MMAP_THRESHOLD, 2 << 20);
    mallopt(M_TRIM_THRESHOLD, 16 << 20);
}

int main(int argc, char **argv)
{
    keep_memory();
    return gs_program(argc, argv, run);
}
