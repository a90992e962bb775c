#include "cli/output/speech.h"
#include "cli/fail.h"
#include "cli/output/writers.h"
#include <inttypes.h>
#include <string.h>

const gs_manner *gs_manner_of(gs_text kind)
{
#define DISC "<circle cx='8' cy='8' r='6.5'/>"
#define CUT(WAY) "<path class='cut' d='" WAY "'/>"
    static const gs_manner rows[] = {
        {"claim", "claims", "33", DISC},
        {"denial", "denies", "31", "<path d='M2 2h12v12H2z'/>" CUT("M5 5l6 6m0-6l-6 6")},
        {"counterclaim", "counters", "35", "<path d='M8 .5 15.5 8 8 15.5.5 8z'/>"},
        {"confirmation", "confirms", "32", DISC CUT("M4.5 8.2l2.6 2.6 4.4-5")},
        {"retraction", "retracts", "36", "<path d='M14 2v12L2 8z'/>"},
        {"nocomment", "does not comment", "90", "<path d='M1.5 5.5h13v5h-13z'/>"},
        {"assessment", "finds", "34", "<path d='M4.5 1.5h7L15 8l-3.5 6.5h-7L1 8z'/>"},
        {"", "says", "39", "<circle cx='8' cy='8' r='4'/>"},
    };
#undef DISC
#undef CUT
    size_t i = 0;

    while (rows[i].kind[0] != '\0' && !gs_text_equal(gs_text_of(rows[i].kind), kind))
        i++;
    return &rows[i];
}

bool gs_speeches_are(const gainsay_rows *rows)
{
    static const char *const wanted[] = {"id", "depth", "kind", "speaker", "text"};
    size_t found = 0;

    for (size_t i = 0; i < gainsay_columns(rows); i++)
        for (size_t k = 0; k < sizeof wanted / sizeof *wanted; k++)
            found += strcmp(gainsay_column(rows, i), wanted[k]) == 0;
    return found == sizeof wanted / sizeof *wanted;
}

static gs_value cell(const gainsay_rows *rows, const char *name)
{
    for (size_t i = 0; i < gainsay_columns(rows); i++)
        if (strcmp(gainsay_column(rows, i), name) == 0)
            return *gainsay_cell(rows, i);
    return gs_null;
}

/* What is in `line`, safe to print and in the arena; clears it. */
static gs_text keep_line(gs_output *out)
{
    gs_text text = gs_printable(&out->arena, gs_buffer_view(&out->line));
    gs_text kept = gs_text_copy(&out->arena, text.bytes != NULL ? text : GS_TEXT(""));

    out->line.failed |= kept.bytes == NULL || (text.bytes == NULL && out->line.size > 0);
    gs_buffer_clear(&out->line);
    return kept;
}

/* The cell as text; empty where it is null. */
static gs_text text_cell(gs_output *out, const gainsay_rows *rows, const char *name)
{
    gs_readable_write(&out->line, cell(rows, name));
    return keep_line(out);
}

static bool flag_cell(const gainsay_rows *rows, const char *name)
{
    gs_value value = cell(rows, name);

    return value.type == GS_BOOLEAN && value.as.boolean;
}

static int64_t number_cell(const gainsay_rows *rows, const char *name)
{
    gs_value value = cell(rows, name);

    return value.type == GS_INTEGER ? value.as.integer : 0;
}

/* [[3, 9], [12, 20]] as "3-9, 12-20". */
static gs_text spans_cell(gs_output *out, const gainsay_rows *rows)
{
    gs_value spans = cell(rows, "spans");

    for (size_t i = 0; spans.type == GS_LIST && i < spans.as.list.count; i++) {
        gs_value span = spans.as.list.items[i];

        if (span.type != GS_LIST || span.as.list.count != 2)
            continue;
        gs_buffer_format(&out->line, "%s%" PRId64 "-%" PRId64, i > 0 ? ", " : "",
                         span.as.list.items[0].as.integer,
                         span.as.list.items[1].as.integer);
    }
    return keep_line(out);
}

static gs_speech read_speech(gs_output *out, const gainsay_rows *rows)
{
    gs_value confidence = cell(rows, "confidence");
    int64_t depth = number_cell(rows, "depth");
    gs_speech s = {
        .id = text_cell(out, rows, "id"),
        .kind = text_cell(out, rows, "kind"),
        .date = text_cell(out, rows, "date"),
        .speaker = text_cell(out, rows, "speaker"),
        .on_behalf_of = text_cell(out, rows, "on_behalf_of"),
        .accused = text_cell(out, rows, "accused"),
        .via = text_cell(out, rows, "via"),
        .text = text_cell(out, rows, "text"),
        .document = text_cell(out, rows, "document"),
        .same_as = text_cell(out, rows, "same_as"),
        .replaces = text_cell(out, rows, "replaces"),
        .spans = spans_cell(out, rows),
        .depth = depth < 0                 ? 0
                 : depth > GS_SPEECH_DEPTH ? GS_SPEECH_DEPTH
                                           : (size_t)depth,
        .after_days = number_cell(rows, "after_days"),
        .copies = number_cell(rows, "copies"),
        .confidence = confidence.type == GS_FLOAT ? confidence.as.real : -1,
        .waited = cell(rows, "after_days").type == GS_INTEGER,
        .inferred = flag_cell(rows, "inferred"),
        .hedged = flag_cell(rows, "hedged"),
        .quote = flag_cell(rows, "quote"),
    };

    if (s.date.size == 0)
        s.date = GS_TEXT("undated");
    if (s.speaker.size == 0)
        s.speaker = GS_TEXT("somebody unnamed");
    return s;
}

gainsay_code gs_speeches_add(gs_speeches *all, gs_output *out, const gainsay_rows *rows,
                             gainsay_error *err)
{
    gs_speech s = read_speech(out, rows);
    size_t width = gs_text_width(s.date);
    gs_error ignored;

    if (gs_value_copy(&s.answers, &out->arena, cell(rows, "answers"), &ignored) != GS_OK)
        return gs_cli_memory(err);
    all->items = gs_arena_grow(&out->arena, all->items, all->count, &all->room, sizeof s);
    if (all->items == NULL || out->line.failed)
        return gs_cli_memory(err);
    all->items[all->count++] = s;
    all->date_width = width > all->date_width ? width : all->date_width;
    return GAINSAY_OK;
}
