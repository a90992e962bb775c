/* Tables of coded events: GDELT 2.0 (61 columns, no header), ICEWS and POLECAT (by their
 * headers). A row whose code stands for a speech act is a statement without words; every
 * other row is an act, and passed over. Which code is what, data/events/ says. */
#include "ingest/extract/tables.h"
#include "ingest/formats/foreign.h"
#include "ingest/formats/whole.h"
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum {
    COLUMNS_MAX = 128,
    GDELT_COLUMNS = 61,
    ICEWS_COLUMNS = 20,
    CODES_MAX = 64,
    STATES_MAX = 320,
    ROW_MAX = 1 << 20, /* bytes */
};

typedef enum column {
    EVENT_ID,
    EVENT_DATE,
    EVENT_CODE, /* CAMEO */
    EVENT_TYPE, /* PLOVER */
    EVENT_MODE,
    SOURCE_NAME,
    SOURCE_COUNTRY,
    TARGET_NAME,
    TARGET_COUNTRY,
    STORY,
    PUBLISHER,
    ADDED,
    ADDRESS,
    COLUMNS,
} column;

/* Where each column stands; -1: the table has none. */
typedef struct layout {
    const char *name;
    int at[COLUMNS];
} layout;

/* What headers call the columns; of two names, the first that is there. */
static const struct {
    column column;
    const char *name;
} headers[] = {
    {EVENT_ID, "Event ID"},
    {EVENT_DATE, "Event Date"},
    {EVENT_CODE, "CAMEO Code"},
    {EVENT_TYPE, "Event Type"},
    {EVENT_MODE, "Event Mode"},
    {SOURCE_NAME, "Source Name"},
    {SOURCE_NAME, "Actor Name"},
    {SOURCE_COUNTRY, "Source Country"},
    {SOURCE_COUNTRY, "Actor Country"},
    {TARGET_NAME, "Target Name"},
    {TARGET_NAME, "Recipient Name"},
    {TARGET_COUNTRY, "Target Country"},
    {TARGET_COUNTRY, "Recipient Country"},
    {STORY, "Story ID"},
    {PUBLISHER, "Publisher"},
    {PUBLISHER, "Source"},
    {ADDED, "Publication Date"},
    {ADDRESS, "URL"},
};

static const layout gdelt = {"gdelt", {0, 1, 26, -1, -1, 6, 7, 16, 17, -1, -1, 59, 60}};
static const layout icews = {"icews", {0, 1, 6, -1, -1, 2, 4, 8, 10, 11, 13, -1, -1}};

/* A row of data/events/: what a code begins with, and what it is then. */
typedef struct code {
    gs_text begins, mode, kind, role;
} code;

typedef struct state {
    gs_text code, name;
} state;

struct gs_reader {
    gs_input *input;
    layout layout;
    uint64_t line;
    bool begun;
    code codes[CODES_MAX];
    size_t code_count;
    state states[STATES_MAX]; /* sorted by code */
    size_t state_count;
};

static size_t split(gs_text *fields, gs_text row)
{
    size_t count = 0, from = 0;

    if (gs_text_ends(row, GS_TEXT("\r")))
        row.size--;
    for (size_t i = 0; i <= row.size && count < COLUMNS_MAX; i++)
        if (i == row.size || row.bytes[i] == '\t') {
            fields[count++] = gs_text_trim(gs_text_slice(row, from, i));
            from = i + 1;
        }
    return count;
}

static layout read_header(const gs_text *fields, size_t count)
{
    layout found = {.name = "icews"};

    for (size_t c = 0; c < COLUMNS; c++)
        found.at[c] = -1;
    for (size_t h = 0; h < sizeof headers / sizeof *headers; h++)
        for (size_t i = 0; i < count; i++)
            if (found.at[headers[h].column] < 0 &&
                gs_text_equal(fields[i], gs_text_of(headers[h].name)))
                found.at[headers[h].column] = (int)i;
    if (found.at[EVENT_CODE] < 0)
        found.name = "polecat";
    return found;
}

static bool is_header(const layout *l)
{
    return l->at[EVENT_ID] >= 0 && l->at[EVENT_DATE] >= 0 && l->at[SOURCE_NAME] >= 0 &&
           (l->at[EVENT_CODE] >= 0 || l->at[EVENT_TYPE] >= 0);
}

static gs_text first_line(gs_text head)
{
    return gs_text_slice(head, 0, gs_text_find(head, GS_TEXT("\n"), 0));
}

static bool is_number(gs_text text)
{
    for (size_t i = 0; i < text.size; i++)
        if (text.bytes[i] < '0' || text.bytes[i] > '9')
            return false;
    return text.size > 0;
}

/* False where it is no table of events. */
static bool find_layout(layout *out, bool *has_header, gs_text line)
{
    gs_text fields[COLUMNS_MAX];
    size_t count = split(fields, line);
    layout named = read_header(fields, count);

    *has_header = is_header(&named);
    if (*has_header)
        *out = named;
    else if (count == GDELT_COLUMNS && is_number(fields[0]) && fields[1].size == 8 &&
             is_number(fields[1]))
        *out = gdelt;
    else if (count == ICEWS_COLUMNS && is_number(fields[0]) && fields[1].size == 10)
        *out = icews;
    else
        return false;
    return true;
}

static int sniff(gs_text head, const char *path)
{
    layout found;
    bool has_header;

    (void)path;
    return !gs_is_binary(head) && find_layout(&found, &has_header, first_line(head)) ? 93
                                                                                     : 0;
}

static int by_code(const void *a, const void *b)
{
    return gs_text_compare(((const state *)a)->code, ((const state *)b)->code);
}

static void read_tables(gs_reader *reader)
{
    const gs_table *codes = gs_table_find(GS_TEXT("events/codes.tsv"));
    const gs_table *states = gs_table_find(GS_TEXT("en/states.tsv"));
    gs_text fields[4] = {{0}};
    size_t at = 0;

    while (codes != NULL && reader->code_count < CODES_MAX &&
           gs_table_row(codes, &at, fields, 4) > 0)
        reader->codes[reader->code_count++] =
            (code){fields[0], fields[1], fields[2], fields[3]};
    at = 0;
    while (states != NULL && reader->state_count < STATES_MAX &&
           gs_table_row(states, &at, fields, 4) > 0)
        reader->states[reader->state_count++] = (state){fields[0], fields[1]};
    qsort(reader->states, reader->state_count, sizeof *reader->states, by_code);
}

static gs_code reader_open(gs_reader **out, gs_input *input, const char *path,
                           gs_error *err)
{
    gs_reader *reader = calloc(1, sizeof *reader);

    (void)path;
    if (reader == NULL)
        return gs_fail_memory(err);
    reader->input = input;
    read_tables(reader);
    *out = reader;
    return GS_OK;
}

static gs_text field(const gs_reader *reader, const gs_text *fields, size_t count,
                     column wanted)
{
    int at = reader->layout.at[wanted];

    if (at < 0 || (size_t)at >= count || gs_text_equal(fields[at], GS_TEXT("NULL")) ||
        gs_text_equal(fields[at], GS_TEXT("None")))
        return (gs_text){0};
    return fields[at];
}

/* The longest beginning of the code that the table has; NULL: it is an act. */
static const code *code_of(const gs_reader *reader, gs_text said, gs_text mode)
{
    const code *best = NULL;

    for (size_t i = 0; said.size > 0 && i < reader->code_count; i++) {
        const code *c = &reader->codes[i];

        if (!gs_text_starts(said, c->begins) ||
            (!gs_text_equal(c->mode, GS_TEXT("-")) &&
             (c->mode.size != mode.size ||
              strncasecmp(c->mode.bytes, mode.bytes, mode.size) != 0)))
            continue;
        if (best == NULL || c->begins.size > best->begins.size ||
            !gs_text_equal(c->mode, GS_TEXT("-")))
            best = c;
    }
    return best;
}

/* A country by its code, or as written. */
static gs_text country_of(const gs_reader *reader, gs_text country)
{
    state key = {.code = country};
    const state *found =
        country.size == 3
            ? bsearch(&key, reader->states, reader->state_count, sizeof key, by_code)
            : NULL;

    if (found != NULL)
        return found->name;
    return country.size > 3 ? country : (gs_text){0};
}

/* A name, and the country that it speaks for. */
static gs_value party_of(const gs_reader *reader, gs_text name, gs_text country,
                         gs_arena *arena)
{
    gs_entries to = {.arena = arena};

    country = country_of(reader, country);
    if (name.size == 0)
        return gs_string(country);
    if (country.size == 0 ||
        gs_text_equal(gs_fold_name(arena, name), gs_fold_name(arena, country)))
        return gs_string(name);
    gs_entries_text(&to, "name", name);
    gs_entries_text(&to, "speaks_for", country);
    return to.failed ? gs_string(name) : gs_entries_map(&to);
}

/* YYYYMMDD[HHMMSS] with its marks; anything else as it is. */
static gs_text date_of(gs_text text, gs_arena *arena)
{
    const char *b = text.bytes;

    if (text.size == 8 && is_number(text))
        return gs_text_format(arena, "%.4s-%.2s-%.2s", b, b + 4, b + 6);
    if (text.size == 14 && is_number(text))
        return gs_text_format(arena, "%.4s-%.2s-%.2sT%.2s:%.2s:%.2sZ", b, b + 4, b + 6,
                              b + 8, b + 10, b + 12);
    return text;
}

/* The table tells when it came to know the report, which is the latest day of that. */
static void put_document(gs_entries *to, const gs_reader *reader, const gs_text *fields,
                         size_t count)
{
    gs_entries document = {.arena = to->arena};
    gs_text address = field(reader, fields, count, ADDRESS);
    gs_text id = field(reader, fields, count, EVENT_ID);
    gs_text story = field(reader, fields, count, STORY);
    gs_text added = date_of(field(reader, fields, count, ADDED), to->arena);

    gs_entries_text(&document, "url", address);
    if (address.size == 0 && story.size == 0 && added.size > 0)
        gs_entries_text(&document, "title",
                        gs_text_format(to->arena, "%s report of event %.*s",
                                       reader->layout.name, GS_SHOW(id)));
    if (address.size == 0 && story.size > 0)
        gs_entries_text(&document, "title",
                        gs_text_format(to->arena, "%s story %.*s", reader->layout.name,
                                       GS_SHOW(story)));
    gs_entries_text(&document, "publisher", field(reader, fields, count, PUBLISHER));
    if (added.size > 0)
        gs_entries_text(&document, "published",
                        gs_text_format(to->arena, "../%.*s", GS_SHOW(added)));
    to->failed = to->failed || document.failed;
    if (address.size > 0 || story.size > 0 || added.size > 0)
        gs_entries_put(to, GS_TEXT("document"), gs_entries_map(&document));
}

static gs_code read_row(gs_record *out, const gs_reader *reader, const code *what,
                        const gs_text *fields, size_t count, gs_arena *arena,
                        gs_error *err)
{
    gs_entries to = {.arena = arena};
    bool plover = reader->layout.at[EVENT_CODE] < 0;
    gs_text said = field(reader, fields, count, plover ? EVENT_TYPE : EVENT_CODE);
    gs_text target = field(reader, fields, count, TARGET_NAME);
    gs_value other =
        party_of(reader, target, field(reader, fields, count, TARGET_COUNTRY), arena);

    gs_entries_text(&to, "id",
                    gs_text_format(arena, "%s:%.*s", reader->layout.name,
                                   GS_SHOW(field(reader, fields, count, EVENT_ID))));
    gs_entries_put(&to, GS_TEXT("kind"), gs_string(what->kind));
    gs_entries_put(&to, GS_TEXT("speaker"),
                   party_of(reader, field(reader, fields, count, SOURCE_NAME),
                            field(reader, fields, count, SOURCE_COUNTRY), arena));
    gs_entries_text(&to, "date",
                    date_of(field(reader, fields, count, EVENT_DATE), arena));
    if (gs_text_equal(what->role, GS_TEXT("accused")))
        gs_entries_put(&to, GS_TEXT("accused"), other);
    else if (other.type == GS_MAP)
        gs_entries_put(&to, GS_TEXT("target"), gs_map_get(other, GS_TEXT("name")));
    else
        gs_entries_put(&to, GS_TEXT("target"), other);
    gs_entries_text(
        &to, "event",
        gs_text_format(arena, "%s %.*s", plover ? "PLOVER" : "CAMEO", GS_SHOW(said)));
    put_document(&to, reader, fields, count);
    if (to.failed)
        return gs_fail_memory(err);
    return gs_record_read(out, gs_entries_map(&to), arena, err);
}

static gs_code next_row(gs_text *row, gs_found *found, gs_reader *reader, gs_error *err)
{
    gs_code rc;
    bool has_header = false;

    do {
        rc = gs_input_line(row, &found->byte, reader->input, ROW_MAX, err);
        reader->line++;
    } while (rc == GS_OK && gs_text_trim(*row).size == 0);
    found->line = reader->line;
    if (rc != GS_OK || reader->begun)
        return rc;
    reader->begun = true;
    if (!find_layout(&reader->layout, &has_header, *row))
        return gs_fail(err, GS_FORMAT,
                       "no table of events: 61 columns as GDELT 2.0 has them, or a "
                       "header as ICEWS and POLECAT have it");
    return has_header ? next_row(row, found, reader, err) : GS_OK;
}

static gs_code next(gs_found *out, gs_reader *reader, gs_arena *arena, gs_error *err)
{
    gs_found found = {0};
    gs_text row, fields[COLUMNS_MAX], said;
    const code *what;
    size_t count;
    gs_code rc = next_row(&row, &found, reader, err);

    if (rc == GS_OK) {
        count = split(fields, row);
        said = field(reader, fields, count,
                     reader->layout.at[EVENT_CODE] < 0 ? EVENT_TYPE : EVENT_CODE);
        what = code_of(reader, said, field(reader, fields, count, EVENT_MODE));
        found.passed = said.size > 0 && what == NULL;
        if (said.size == 0)
            rc = gs_fail(err, GS_INPUT,
                         "a row of %zu columns without a code; is it cut off?", count);
        else if (what != NULL)
            rc = read_row(&found.record, reader, what, fields, count, arena, err);
    }
    if (rc != GS_OK && rc != GS_INPUT)
        return rc;
    found.bad = row;
    *out = found;
    err->line = (uint32_t)found.line;
    return rc;
}

static void reader_close(gs_reader *reader)
{
    free(reader);
}

const gs_format gs_format_events = {"events", sniff, reader_open, next, reader_close};
