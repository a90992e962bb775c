#include "cli/summary.h"
#include "cli/fail.h"
#include "graph/base/value.h"
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

static bool wants_json(const gs_options *options)
{
    return gs_options_has(options, GS_OPTION_OUTPUT_FORMAT);
}

gainsay_code gs_summary_check(const gs_options *options, gainsay_error *err)
{
    const char *form = options->values[GS_OPTION_OUTPUT_FORMAT];

    if (form == NULL || strcmp(form, "json") == 0 || strcmp(form, "jsonl") == 0)
        return GAINSAY_OK;
    return gs_cli_fail(
        err, GAINSAY_USAGE,
        "-f %s: the summary of a run is json, or text without -f (an input's "
        "format is --format)",
        form);
}

static void append_count(gs_buffer *out, uint64_t count, const char *one,
                         const char *many)
{
    gs_buffer_format(out, "%" PRIu64 " %s", count, count == 1 ? one : many);
}

static void append_text(gs_buffer *out, const gainsay_summary *s, bool dry)
{
    uint64_t records = s->added + s->known + s->revised + s->conflicts;

    if (dry)
        gs_buffer_text(out, GS_TEXT("dry run, nothing is written: "));
    append_count(out, s->files, "file, ", "files, ");
    append_count(out, s->documents, "document, ", "documents, ");
    append_count(out, records, "record: ", "records: ");
    gs_buffer_format(out, "%" PRIu64 " new, %" PRIu64 " known, ", s->added, s->known);
    gs_buffer_format(out, "%" PRIu64 " revised, %" PRIu64 " skipped; ", s->revised,
                     s->skipped);
    append_count(out, s->conflicts, "conflict, ", "conflicts, ");
    gs_buffer_format(out, "%" PRIu64 " set aside; ", s->rejected);
    append_count(out, s->linked, "link, ", "links, ");
    append_count(out, s->open, "open answer", "open answers");
    if (s->commit > 0)
        gs_buffer_format(out, " (commit %" PRIu64 ")", s->commit);
    gs_buffer_char(out, '\n');
}

static void append_json(gs_buffer *out, const gainsay_summary *s, const char *job,
                        bool dry)
{
    const struct {
        const char *name;
        uint64_t value;
    } counts[] = {
        {"files", s->files},       {"documents", s->documents}, {"new", s->added},
        {"known", s->known},       {"revised", s->revised},     {"skipped", s->skipped},
        {"rejected", s->rejected}, {"conflicts", s->conflicts}, {"linked", s->linked},
        {"open", s->open},         {"commit", s->commit},
    };

    gs_buffer_format(out, "{\"run\": %" PRIu64 ", \"job\": ", s->run);
    if (job != NULL)
        gs_json_string(out, gs_text_of(job));
    else
        gs_buffer_text(out, GS_TEXT("null"));
    gs_buffer_format(out, ", \"dry_run\": %s", dry ? "true" : "false");
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++)
        gs_buffer_format(out, ", \"%s\": %" PRIu64, counts[i].name, counts[i].value);
    gs_buffer_text(out, GS_TEXT(", \"commit_hash\": "));
    gs_json_string(out, gs_text_of(s->commit_hash));
    gs_buffer_text(out, GS_TEXT("}\n"));
}

gainsay_code gs_summary_print(const gs_options *options, const gainsay_summary *summary,
                              gainsay_error *err)
{
    bool dry = gs_options_has(options, GS_OPTION_DRY_RUN);
    gs_buffer out = {0};
    gainsay_code rc = GAINSAY_OK;

    if (wants_json(options))
        append_json(&out, summary, options->values[GS_OPTION_JOB], dry);
    else if (!gs_options_has(options, GS_OPTION_QUIET))
        append_text(&out, summary, dry);
    if (out.failed)
        rc = gs_cli_memory(err);
    else if (out.size > 0 &&
             (fwrite(out.bytes, 1, out.size, stdout) != out.size || fflush(stdout) != 0))
        rc = gs_cli_fail(err, GAINSAY_STORAGE, "standard output: cannot be written: %s",
                         strerror(errno));
    gs_buffer_free(&out);
    return rc;
}
