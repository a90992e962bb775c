/* A page: statements as a picture, anything else as a table.
 *
 * Everything that stands in the picture is also said in words, so that nothing is lost to
 * one who hears the page or prints it. */
#include "cli/fail.h"
#include "cli/output/page.h"
#include "cli/output/picture.h"
#include "cli/output/writers.h"
#include <inttypes.h>
#include <string.h>

enum { DAY = 86400, SILENCE = 2 /* days between two steps that are worth a word */ };

static gainsay_code begin_table(gs_output *out, const gainsay_rows *rows,
                                gainsay_error *err)
{
    gs_page_begin(&out->line, GS_TEXT("gainsay"), NULL);
    gs_buffer_text(&out->line, GS_TEXT("<table>\n<thead><tr>"));
    for (size_t i = 0; i < gainsay_columns(rows); i++) {
        gs_buffer_text(&out->line, GS_TEXT("<th scope=\"col\">"));
        gs_markup(&out->line,
                  gs_printable(&out->arena, gs_text_of(gainsay_column(rows, i))));
        gs_buffer_text(&out->line, GS_TEXT("</th>"));
    }
    gs_buffer_text(&out->line, GS_TEXT("</tr></thead>\n<tbody>\n"));
    return gs_output_send(out, err);
}

static gainsay_code table_row(gs_output *out, const gainsay_rows *rows,
                              gainsay_error *err)
{
    gs_buffer cell = {0};

    gs_buffer_text(&out->line, GS_TEXT("<tr>"));
    for (size_t i = 0; i < gainsay_columns(rows); i++) {
        const gainsay_value *value = gainsay_cell(rows, i);
        bool number = value->type == GS_INTEGER || value->type == GS_FLOAT;

        gs_buffer_clear(&cell);
        gs_readable_write(&cell, *value);
        gs_buffer_format(&out->line, "<td%s>", number ? " class=\"number\"" : "");
        gs_markup(&out->line, gs_printable(&out->arena, gs_buffer_view(&cell)));
        gs_buffer_text(&out->line, GS_TEXT("</td>"));
    }
    gs_buffer_text(&out->line, GS_TEXT("</tr>\n"));
    out->line.failed |= cell.failed;
    gs_buffer_free(&cell);
    gs_arena_reset(&out->arena);
    return gs_output_send(out, err);
}

static gainsay_code begin(gs_output *out, const gainsay_rows *rows, gainsay_error *err)
{
    if (!gs_speeches_are(rows))
        return begin_table(out, rows, err);
    out->state = gs_arena_take(&out->arena, sizeof(gs_speeches));
    return out->state != NULL ? GAINSAY_OK : gs_cli_memory(err);
}

static gainsay_code row(gs_output *out, const gainsay_rows *rows, gainsay_error *err)
{
    if (out->state == NULL)
        return table_row(out, rows, err);
    return gs_speeches_add(out->state, out, rows, err);
}

/* What a step and its parent share, when one of them is pointed at. */
static void write_rules(gs_buffer *out, const gs_picture *p)
{
    for (size_t i = 0; i < p->count; i++) {
        const gs_mark *m = &p->marks[i];

        if (m->parent != GS_NOWHERE)
            gs_buffer_format(out,
                             "ol:has(#s%zu:hover,#s%zu:focus-within) #s%zu>article"
                             "{border-color:var(--focus)}\n",
                             m->number, m->number, p->marks[m->parent].number);
        if (m->last > m->place)
            gs_buffer_format(out,
                             "ol:has(#s%zu:hover,#s%zu:focus-within) .r%zu"
                             "{border-color:var(--focus)}\n",
                             m->number, m->number, m->number);
    }
}

/* Of the rails that pass by, begin or end here. */
static void write_rails(gs_buffer *out, const gs_picture *p, const gs_mark *m)
{
    bool passed[GS_TRACKS_MOST] = {false}; /* of rails upon each other one is enough */

    for (size_t i = 0; i < p->railed_count; i++) {
        const gs_mark *t = &p->marks[p->railed[i]];
        const char *way = t->place == m->place  ? " down"
                          : t->last == m->place ? " up"
                                                : "";

        if (t->place > m->place || t->last < m->place)
            continue;
        if (way[0] == '\0' && passed[t->track])
            continue;
        passed[t->track] |= way[0] == '\0';
        gs_buffer_format(out, "<i class=\"rail%s r%zu\" style=\"--t:%zu\"></i>", way,
                         t->number, t->track);
    }
    if (m->parent != GS_NOWHERE)
        gs_buffer_format(out, "<i class=\"arm%s r%zu\" style=\"--t:%zu\"></i>",
                         m->speech->inferred ? " inferred" : "",
                         p->marks[m->parent].number, p->marks[m->parent].track);
    if (m->last > m->place)
        gs_buffer_format(out, "<i class=\"arm to r%zu\" style=\"--t:%zu\"></i>",
                         m->number, m->track);
}

static void write_day(gs_buffer *out, const gs_mark *m)
{
    gs_edtf first, last;

    gs_buffer_text(out, GS_TEXT("<div class=\"day\">"));
    gs_markup(out, m->speech->date);
    if (m->dated && m->date.precision < GS_PRECISION_DAY &&
        m->date.earliest != GS_EDTF_OPEN_START && m->date.latest != GS_EDTF_OPEN_END) {
        first = gs_edtf_day(gs_day_at(m->date.earliest));
        last = gs_edtf_day(gs_day_at(m->date.latest));
        gs_buffer_format(out, "<small>from %s to %s</small>", first.text, last.text);
    }
    gs_buffer_text(out, GS_TEXT("</div>\n"));
}

/* "[1]" that leads there, for each in "[1], [5]". */
static void write_references(gs_buffer *out, gs_text refers)
{
    for (size_t i = 0; i < refers.size; i++) {
        size_t end = i + 1;

        if (refers.bytes[i] != '[') {
            gs_buffer_char(out, refers.bytes[i]);
            continue;
        }
        while (end < refers.size && refers.bytes[end] != ']')
            end++;
        gs_buffer_format(out, "<a href=\"#s%.*s\">[%.*s]</a>", (int)(end - i - 1),
                         refers.bytes + i + 1, (int)(end - i - 1), refers.bytes + i + 1);
        i = end;
    }
}

/* "answers [1] Ida Voss, 3 days later; also [4]". */
static void write_answers(gs_buffer *out, const gs_picture *p, const gs_mark *m)
{
    const gs_speech *s = m->speech;

    if (m->parent == GS_NOWHERE && s->refers.size == 0)
        return;
    gs_buffer_text(out, GS_TEXT("<p class=\"soft\">answers "));
    if (m->parent != GS_NOWHERE) {
        const gs_mark *to = &p->marks[m->parent];

        gs_buffer_format(out, "<a href=\"#s%zu\">[%zu] ", to->number, to->number);
        gs_markup(out, to->speech->speaker);
        gs_buffer_text(out, GS_TEXT("</a>"));
        if (s->waited)
            gs_buffer_format(
                out, s->after_days == 0 ? ", the same day" : ", %" PRId64 " day%s %s",
                s->after_days < 0 ? -s->after_days : s->after_days,
                s->after_days == 1 || s->after_days == -1 ? "" : "s",
                s->after_days < 0 ? "before" : "later");
        if (s->inferred)
            gs_buffer_format(out, "; a link that no source states (~%.2f)",
                             s->confidence < 0 ? 0 : s->confidence);
    }
    if (s->refers.size > 0) {
        gs_buffer_text(out, m->parent != GS_NOWHERE ? GS_TEXT("; also ") : GS_TEXT(""));
        write_references(out, s->refers);
    }
    gs_buffer_text(out, GS_TEXT("</p>\n"));
}

/* Only what the web is read with is a link. */
static void write_source(gs_buffer *out, gs_text document)
{
    bool link = gs_text_starts(document, GS_TEXT("https://")) ||
                gs_text_starts(document, GS_TEXT("http://"));

    if (link) {
        gs_buffer_text(out, GS_TEXT("<a rel=\"noreferrer nofollow\" href=\""));
        gs_markup(out, document);
        gs_buffer_text(out, GS_TEXT("\">"));
    }
    gs_markup(out, document);
    if (link)
        gs_buffer_text(out, GS_TEXT("</a>"));
}

static void write_details(gs_buffer *out, const gs_speech *s)
{
    if (s->via.size == 0 && s->document.size == 0 && s->copies < 2)
        return;
    gs_buffer_text(out, GS_TEXT("<p class=\"soft\">"));
    if (s->via.size > 0) {
        gs_buffer_text(out, GS_TEXT("via "));
        gs_markup(out, s->via);
        gs_buffer_text(out, s->document.size > 0 ? GS_TEXT(" · ") : GS_TEXT(""));
    }
    write_source(out, s->document);
    if (s->copies > 1)
        gs_buffer_format(out, " · told %" PRId64 " times", s->copies);
    gs_buffer_text(out, GS_TEXT("</p>\n"));
}

static void write_head(gs_buffer *out, const gs_mark *m)
{
    const gs_speech *s = m->speech;
    const gs_manner *kind = gs_manner_of(s->kind);

    gs_buffer_format(
        out,
        "<div><svg class=\"shape\" viewBox=\"0 0 16 16\" aria-hidden=\"true\">%s"
        "</svg> <span class=\"soft\">[%zu]</span> <b>",
        kind->shape, m->number);
    gs_markup(out, s->speaker);
    gs_buffer_text(out, GS_TEXT("</b>"));
    if (s->on_behalf_of.size > 0 && !gs_text_equal(s->on_behalf_of, s->speaker)) {
        gs_buffer_text(out, GS_TEXT(" ("));
        gs_markup(out, s->on_behalf_of);
        gs_buffer_char(out, ')');
    }
    gs_buffer_format(out, " <span class=\"verb\">%s</span>%s", kind->verb,
                     s->hedged ? ", unsure" : "");
    if (s->accused.size > 0) {
        gs_buffer_text(out, GS_TEXT(", accusing <b>"));
        gs_markup(out, s->accused);
        gs_buffer_text(out, GS_TEXT("</b>"));
    }
    gs_buffer_text(out, GS_TEXT("</div>\n"));
}

static void write_words(gs_buffer *out, const gs_speech *s)
{
    bool marked = s->quote && gs_text_find(s->text, GS_TEXT("“"), 0) == SIZE_MAX;

    if (s->text.size == 0)
        return;
    gs_buffer_format(out, "<blockquote>%s", marked ? "“" : "");
    gs_markup(out, s->text);
    gs_buffer_format(out, "%s</blockquote>\n", marked ? "”" : "");
}

/* Days of silence before a step, written where there are some. */
static int64_t silence_before(const gs_picture *p, const gs_mark *m)
{
    const gs_mark *before = m->place > 0 ? &p->marks[p->order[m->place - 1]] : NULL;

    if (before == NULL || before->root != m->root || m->key == INT64_MAX ||
        before->key == INT64_MAX)
        return 0;
    return (m->key - before->key) / DAY;
}

static void write_step(gs_buffer *out, const gs_picture *p, const gs_mark *m)
{
    int64_t days = silence_before(p, m);
    double lane = p->lane_count > 1 ? (double)m->lane / (double)(p->lane_count - 1) : 0;

    gs_buffer_format(out, "<li id=\"s%zu\" class=\"%s%s\" style=\"--lane:%.3f\">",
                     m->number, gs_manner_of(m->speech->kind)->kind,
                     days >= SILENCE ? " later" : "", lane);
    write_rails(out, p, m);
    if (days >= SILENCE)
        gs_buffer_format(out, "\n<p class=\"gap\">%" PRId64 " days</p>", days);
    gs_buffer_char(out, '\n');
    write_day(out, m);
    gs_buffer_text(out, GS_TEXT("<article tabindex=\"0\">\n"));
    write_head(out, m);
    write_words(out, m->speech);
    write_answers(out, p, m);
    write_details(out, m->speech);
    gs_buffer_text(out, GS_TEXT("</article>\n</li>\n"));
}

static void write_legend(gs_buffer *out, const gs_picture *p)
{
    static const char *const kinds[] = {"claim",        "denial",     "counterclaim",
                                        "confirmation", "retraction", "assessment",
                                        "nocomment"};

    gs_buffer_text(out, GS_TEXT("<figcaption>"));
    for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++) {
        const gs_manner *kind = gs_manner_of(gs_text_of(kinds[k]));
        size_t i = 0;

        while (i < p->count && gs_manner_of(p->marks[i].speech->kind) != kind)
            i++;
        if (i < p->count)
            gs_buffer_format(
                out,
                "<span class=\"%s\"><svg class=\"shape\" viewBox=\"0 0 16 16\" "
                "aria-hidden=\"true\">%s</svg> %s</span>",
                kind->kind, kind->shape, kind->verb);
    }
    gs_buffer_text(
        out, GS_TEXT("<span>- - a link that no source states</span></figcaption>\n"));
}

static size_t exchanges_of(const gs_picture *p)
{
    size_t count = 0;

    for (size_t i = 0; i < p->count; i++)
        count += i == 0 || p->marks[p->order[i]].root != p->marks[p->order[i - 1]].root;
    return count;
}

static void write_top(gs_output *out, const gs_picture *p)
{
    gs_buffer title = {0}, rules = {0};

    gs_buffer_format(&title, "%zu statement%s by %zu side%s", p->count,
                     p->count == 1 ? "" : "s", p->lane_count,
                     p->lane_count == 1 ? "" : "s");
    if (p->first <= p->last) {
        gs_edtf first = gs_edtf_day(gs_day_at(p->first)),
                last = gs_edtf_day(gs_day_at(p->last));

        gs_buffer_format(&title, first.earliest == last.earliest ? ", %s" : ", %s to %s",
                         first.text, last.text);
    }
    write_rules(&rules, p);
    gs_page_begin(&out->line, gs_buffer_view(&title), &rules);
    gs_buffer_format(&out->line, "<h1>%.*s</h1>\n", GS_SHOW(gs_buffer_view(&title)));
    out->line.failed |= title.failed || rules.failed;
    gs_buffer_free(&title);
    gs_buffer_free(&rules);
    if (p->count == 0)
        return;
    gs_buffer_text(&out->line, GS_TEXT("<figure>\n"));
    gs_overview_write(out, p, false);
    write_legend(&out->line, p);
    gs_buffer_text(&out->line, GS_TEXT("</figure>\n<main>\n"));
}

static void write_heading(gs_buffer *out, const gs_mark *m, size_t number,
                          size_t exchanges)
{
    gs_buffer_format(out, "<h2>Exchange %zu of %zu: ", number, exchanges);
    gs_markup(out, m->speech->speaker);
    gs_buffer_format(out, " %s</h2>\n", gs_manner_of(m->speech->kind)->verb);
}

static gainsay_code write_steps(gs_output *out, const gs_picture *p, gainsay_error *err)
{
    size_t exchanges = exchanges_of(p), told = 0;
    gainsay_code rc = GAINSAY_OK;

    for (size_t i = 0; rc == GAINSAY_OK && i < p->count; i++) {
        const gs_mark *m = &p->marks[p->order[i]];
        bool first = i == 0 || m->root != p->marks[p->order[i - 1]].root;
        bool last = i + 1 == p->count || m->root != p->marks[p->order[i + 1]].root;

        if (first && exchanges > 1)
            write_heading(&out->line, m, ++told, exchanges);
        if (first)
            gs_buffer_format(&out->line, "<ol%s style=\"--tracks:%zu\">\n",
                             p->lane_count > 1 ? "" : " class=\"single\"",
                             p->track_count);
        write_step(&out->line, p, m);
        if (last)
            gs_buffer_text(&out->line, GS_TEXT("</ol>\n"));
        rc = gs_output_send(out, err);
    }
    return rc;
}

static gainsay_code end(gs_output *out, const gainsay_rows *rows, gainsay_error *err)
{
    gs_speeches *speeches = out->state;
    gs_picture picture;
    gainsay_code rc = GAINSAY_OK;

    (void)rows;
    out->state = NULL;
    if (speeches == NULL) {
        gs_buffer_text(&out->line, GS_TEXT("</tbody>\n</table>\n"));
    } else {
        rc = gs_speeches_arrange(speeches, out, err);
        if (rc == GAINSAY_OK)
            rc = gs_picture_draw(&picture, speeches, out, err);
        if (rc != GAINSAY_OK)
            return rc;
        write_top(out, &picture);
        rc = write_steps(out, &picture, err);
        gs_buffer_text(&out->line, picture.count > 0 ? GS_TEXT("</main>\n")
                                                     : GS_TEXT("<p>None.</p>\n"));
    }
    gs_page_end(&out->line);
    return rc != GAINSAY_OK ? rc : gs_output_send(out, err);
}

const gs_writer gs_writer_html = {"html", true, begin, row, end};
