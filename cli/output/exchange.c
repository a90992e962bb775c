/* Statements as a reader wants them: each exchange a tree, what answers below what it
 * answers, in time.
 *
 *     2025-08-20  Portugal claims, accusing Spain
 *                 closing the gates of the dam
 *                 article.txt
 *     2025-08-21  └~ Madrid (Spain) denies, 1 day later
 *                    that the gates had been closed
 *                    ~0.81 · article.txt
 *
 * What answers another that is shown elsewhere says so by number: "[5] Madrid denies
 * [2]". `└~` marks a link that was inferred, ~0.81 its confidence; a text said in so many
 * words stands in quotation marks.
 */
#include "cli/fail.h"
#include "cli/output/fit.h"
#include "cli/output/speech.h"
#include "cli/output/writers.h"
#include <inttypes.h>
#include <string.h>

enum {
    TEXT_LEAST = 24, /* cells left for words however deep the tree */
    TEXT_LINES = 4,  /* of one statement, unless --verbose */
};

typedef struct exchange {
    gs_speeches speeches;
    bool rule[GS_SPEECH_DEPTH + 1]; /* a line goes on downwards at this depth */
} exchange;

/* Rows that are no statements, as of an actor, come as a sheet. */
static gainsay_code begin(gs_output *out, const gainsay_rows *rows, gainsay_error *err)
{
    if (!gs_speeches_are(rows)) {
        out->writer = &gs_writer_sheet;
        return out->writer->begin(out, rows, err);
    }
    out->state = gs_arena_take(&out->arena, sizeof(exchange));
    return out->state != NULL ? GAINSAY_OK : gs_cli_memory(err);
}

static gainsay_code row(gs_output *out, const gainsay_rows *rows, gainsay_error *err)
{
    exchange *all = out->state;

    return gs_speeches_add(&all->speeches, out, rows, err);
}

/* Everything before the words: the date or its room, the lines of the tree. */
static void append_margin(gs_output *out, const exchange *all, const gs_speech *s,
                          bool head)
{
    gs_text date = head ? s->date : GS_TEXT("");

    gs_buffer_format(&out->line, "%.*s%*s", GS_SHOW(date),
                     (int)(all->speeches.date_width - gs_text_width(date)) + 2, "");
    for (size_t depth = 1; depth < s->depth; depth++)
        gs_buffer_text(&out->line, all->rule[depth] ? GS_TEXT("│  ") : GS_TEXT("   "));
    if (s->depth == 0)
        return;
    if (head)
        gs_buffer_format(&out->line, "%s%s ", s->last ? "└" : "├",
                         s->inferred ? "~" : "─");
    else
        gs_buffer_text(&out->line, s->last ? GS_TEXT("   ") : GS_TEXT("│  "));
}

static size_t room_for(const gs_output *out, const exchange *all, const gs_speech *s)
{
    size_t margin = all->speeches.date_width + 2 + 3 * s->depth;

    return out->width > margin + TEXT_LEAST ? out->width - margin : TEXT_LEAST;
}

static void append_paint(gs_output *out, const char *style)
{
    if (out->color)
        gs_buffer_format(&out->line, "\x1b[%sm", style);
}

/* One line of words, painted but for its end from byte `plain` on. */
static void append_words(gs_output *out, gs_text words, const char *style, size_t plain)
{
    if (plain > 0) {
        append_paint(out, style);
        gs_buffer_text(&out->line, gs_text_slice(words, 0, plain));
        append_paint(out, "0");
    }
    gs_buffer_text(&out->line, gs_text_slice(words, plain, words.size));
    gs_buffer_char(&out->line, '\n');
}

static void append_after(gs_buffer *head, int64_t days)
{
    if (days == 0)
        gs_buffer_text(head, GS_TEXT(", the same day"));
    else
        gs_buffer_format(head, ", %" PRId64 " day%s %s", days < 0 ? -days : days,
                         days == 1 || days == -1 ? "" : "s",
                         days < 0 ? "before" : "later");
}

/* "[3] Kirby (United States) claims, accusing North Korea, 6 days later"; gives the size
 * of what leads up to the verb. */
static size_t write_head(gs_buffer *head, const gs_speeches *all, const gs_speech *s,
                         const char *verb)
{
    size_t lead;

    if (all->numbered)
        gs_buffer_format(head, "[%zu] ", (size_t)(s - all->items) + 1);
    gs_buffer_text(head, s->speaker);
    if (s->on_behalf_of.size > 0 && !gs_text_equal(s->on_behalf_of, s->speaker))
        gs_buffer_format(head, " (%.*s)", GS_SHOW(s->on_behalf_of));
    gs_buffer_format(head, " %s", verb);
    lead = head->size;
    if (s->refers.size > 0)
        gs_buffer_format(head, "%s %.*s", s->depth > 0 ? " also" : "",
                         GS_SHOW(s->refers));
    if (s->hedged)
        gs_buffer_text(head, GS_TEXT(", unsure"));
    if (s->accused.size > 0)
        gs_buffer_format(head, ", accusing %.*s", GS_SHOW(s->accused));
    if (s->waited)
        append_after(head, s->after_days);
    return lead;
}

static void append_head(gs_output *out, const exchange *all, const gs_speech *s)
{
    const gs_manner *kind = gs_manner_of(s->kind);
    size_t room = room_for(out, all, s), lead;
    gs_buffer head = {0};
    gs_text words, line;
    bool first = true;

    lead = write_head(&head, &all->speeches, s, kind->verb);
    words = gs_buffer_view(&head);
    for (; (line = gs_wrap(&words, room)).bytes != NULL; first = false) {
        append_margin(out, all, s, first);
        append_words(out, line, kind->color, first ? lead : 0);
    }
    out->line.failed |= head.failed;
    gs_buffer_free(&head);
}

static void append_text(gs_output *out, const exchange *all, const gs_speech *s)
{
    size_t room = room_for(out, all, s), lines = 1;
    gs_text words = s->text, line;

    /* where the words hold quotation marks, a second pair would only confuse */
    if (s->quote && gs_text_find(words, GS_TEXT("“"), 0) == SIZE_MAX)
        words = gs_text_format(&out->arena, "“%.*s”", GS_SHOW(words));
    for (; words.size > 0; lines++) {
        bool cut = !out->verbose && lines == TEXT_LINES;

        line = cut ? gs_fit(&out->arena, words, room) : gs_wrap(&words, room);
        append_margin(out, all, s, false);
        gs_buffer_format(&out->line, "%.*s\n", GS_SHOW(line));
        if (cut)
            return;
    }
}

static void add_detail(gs_output *out, gs_text *details, const char *name, gs_text value)
{
    if (value.size == 0)
        return;
    *details = gs_text_format(&out->arena, "%.*s%s%s%.*s", GS_SHOW(*details),
                              details->size > 0 ? " · " : "", name, GS_SHOW(value));
}

static void append_details(gs_output *out, const exchange *all, const gs_speech *s)
{
    gs_text details = GS_TEXT(""), line;
    size_t room = room_for(out, all, s);

    if (s->inferred && s->confidence >= 0)
        add_detail(out, &details, "~",
                   gs_text_format(&out->arena, "%.2f", s->confidence));
    add_detail(out, &details, "via ", s->via);
    add_detail(out, &details, "", s->document);
    if (s->copies > 1)
        add_detail(out, &details, "told ",
                   gs_text_format(&out->arena, "%" PRId64 " times", s->copies));
    add_detail(out, &details, "characters ", s->spans);
    add_detail(out, &details, "replaces ", s->replaces);
    if (out->verbose) {
        add_detail(out, &details, "id ", s->id);
        add_detail(out, &details, "the same as ", s->same_as);
    }
    while ((line = gs_wrap(&details, room)).bytes != NULL) {
        append_margin(out, all, s, false);
        append_words(out, line, "2", line.size);
    }
}

static gainsay_code end(gs_output *out, const gainsay_rows *rows, gainsay_error *err)
{
    exchange *all = out->state;
    gainsay_code rc;

    (void)rows;
    out->state = NULL;
    rc = gs_speeches_arrange(&all->speeches, out, err);
    for (size_t i = 0; i < all->speeches.count && rc == GAINSAY_OK; i++) {
        const gs_speech *s = &all->speeches.items[i];

        if (i > 0 && s->depth == 0)
            gs_buffer_char(&out->line, '\n');
        append_head(out, all, s);
        append_text(out, all, s);
        append_details(out, all, s);
        all->rule[s->depth] = !s->last;
        rc = gs_output_send(out, err);
    }
    return rc;
}

const gs_writer gs_writer_exchange = {"table", true, begin, row, end};
