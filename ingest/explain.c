#include "ingest/explain.h"

#include "graph/base/marked.h"
#include "graph/base/rule.h"
#include <math.h>

static void put(gs_buffer *out, const char *name, gs_text text, gs_arena *arena)
{
    gs_text shown = gs_printable(arena, text);

    out->failed |= shown.bytes == NULL;
    gs_buffer_format(out, "  %-9s", name);
    gs_buffer_text(out, shown);
    gs_buffer_char(out, '\n');
}

static gs_text or_nobody(gs_text name)
{
    return name.size > 0 ? name : GS_TEXT("nobody named");
}

static void put_parties(gs_buffer *out, const char *name, const gs_parties *parties,
                        gs_arena *arena)
{
    for (size_t i = 0; i < parties->count; i++)
        put(out, name, or_nobody(parties->items[i].name), arena);
}

/* "denial by Madrid, 0.83" */
static void put_head(gs_buffer *out, const gs_statement *s, gs_arena *arena)
{
    gs_buffer_text(out, gs_printable(arena, s->kind));
    gs_buffer_text(out, GS_TEXT(" by "));
    gs_buffer_text(out, gs_printable(arena, or_nobody(s->speaker.name)));
    for (size_t i = 0; i < s->speaker.speaks_for_count; i++) {
        gs_buffer_text(out, GS_TEXT(" for "));
        gs_buffer_text(out, gs_printable(arena, s->speaker.speaks_for[i]));
    }
    if (!isnan(s->confidence))
        gs_buffer_format(out, ", %.2f", s->confidence);
    gs_buffer_char(out, '\n');
}

static gs_code put_text(gs_buffer *out, const gs_statement *s, gs_arena *arena,
                        gs_error *err)
{
    size_t count = 0;
    gs_marking *spans = gs_arena_array(arena, s->spans.count + 2, sizeof *spans);
    gs_text marked;
    gs_code rc;

    if (spans == NULL)
        return gs_fail_memory(err);
    for (size_t i = 0; i < s->spans.count; i++)
        spans[count++] =
            (gs_marking){s->spans.items[i].start, s->spans.items[i].end, "»", "«"};
    if (s->trace != NULL) {
        spans[count++] = (gs_marking){s->trace->cue.start, s->trace->cue.end, "[", "]"};
        spans[count++] =
            (gs_marking){s->trace->source.start, s->trace->source.end, "{", "}"};
    }
    GS_TRY(gs_mark(&marked, s->document == NULL ? (gs_text){NULL, 0} : s->document->text,
                   spans, count, arena, err));
    put(out, "text", marked.bytes != NULL ? marked : s->text, arena);
out:
    return rc;
}

static void put_rule(gs_buffer *out, const gs_statement *s, gs_arena *arena)
{
    gs_text word, meaning;
    size_t at = 0;

    if (s->trace == NULL && s->rule.size > 0)
        put(out, "rule", s->rule, arena);
    while (s->trace != NULL && gs_rule_step(&word, &meaning, s->rule, &at))
        put(out, "rule",
            gs_text_format(arena, "%.*s - %.*s", GS_SHOW(word), GS_SHOW(meaning)), arena);
}

/* The words of a span of code points. */
static gs_text words_at(gs_text text, gs_span span)
{
    size_t at = 0, start;

    for (size_t point = 0; point < span.start && gs_utf8_next(text, &at) >= 0;)
        point++;
    start = at;
    for (size_t point = span.start; point < span.end && gs_utf8_next(text, &at) >= 0;)
        point++;
    return gs_text_slice(text, start, at);
}

static void put_date(gs_buffer *out, const gs_statement *s, gs_arena *arena)
{
    gs_text date = s->date.size > 0 ? s->date : GS_TEXT("none");

    if (s->trace == NULL || s->document == NULL)
        put(out, "date", date, arena);
    else if (s->trace->time.end > s->trace->time.start) {
        gs_text words = words_at(s->document->text, s->trace->time);

        put(out, "date",
            gs_text_format(arena, "%.*s - of “%.*s”", GS_SHOW(date), GS_SHOW(words)),
            arena);
    } else
        put(out, "date",
            gs_text_format(arena,
                           "%.*s - its clause names no time: by what stands around it, "
                           "or when the text was published",
                           GS_SHOW(date)),
            arena);
}

static void put_links(gs_buffer *out, const char *name, const gs_links *links,
                      gs_arena *arena)
{
    for (size_t i = 0; i < links->count; i++) {
        const gs_link *link = &links->items[i];
        gs_text what = link->id.size > 0 ? link->id : link->text;

        put(out, name,
            gs_text_format(arena, "%.*s, %s %.2f", GS_SHOW(what),
                           link->inferred ? "inferred," : "stated,",
                           isnan(link->confidence) ? 1 : link->confidence),
            arena);
    }
}

gs_code gs_explain(gs_buffer *out, const gs_statement *statement, gs_arena *arena,
                   gs_error *err)
{
    gs_code rc;

    put_head(out, statement, arena);
    put(out, "id", statement->id, arena);
    GS_TRY(put_text(out, statement, arena, err));
    put_rule(out, statement, arena);
    put_date(out, statement, arena);
    put_parties(out, "accused", &statement->accused, arena);
    put_parties(out, "via", &statement->via, arena);
    put_links(out, "answers", &statement->answers, arena);
    put_links(out, "same as", &statement->same_as, arena);
    if (out->failed)
        rc = gs_fail_memory(err);
out:
    return rc;
}
