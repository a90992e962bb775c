/* Plain text and Markdown: one document, with or without a header of `Name: value` lines
 * that a blank line ends. */
#include "ingest/formats/charset.h"
#include "ingest/formats/formats.h"
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { HEADER_LINES_MAX = 64 };

struct gs_reader {
    gs_input *input;
    const char *path;
    bool done;
};

/* No byte of it moves a printer's head but tab, line feed, form feed and carriage return:
 * text, in whatever character set. */
static bool has_controls(gs_text text)
{
    for (size_t i = 0; i < text.size; i++)
        if ((unsigned char)text.bytes[i] < ' ' &&
            memchr("\t\n\f\r\x1b", text.bytes[i], 5) == NULL)
            return true;
    return false;
}

/* A text cut inside a character is still text, and so is one of the west that is no UTF-8:
 * most of its bytes are ASCII. */
static bool is_text(gs_text head)
{
    size_t bad, high = 0;

    if (gs_utf8_valid(head, &bad) || head.size - bad < 4)
        return true;
    for (size_t i = 0; i < head.size; i++)
        high += (unsigned char)head.bytes[i] >= 0x80;
    return high * 5 < head.size && !has_controls(head);
}

static int sniff(gs_text head, const char *path)
{
    if (gs_is_binary(head))
        return 0;
    if (gs_path_ends(path, ".txt") || gs_path_ends(path, ".text") ||
        gs_path_ends(path, ".md") || gs_path_ends(path, ".markdown"))
        return 60;
    if (gs_text_starts(gs_text_trim(head), GS_TEXT("<")))
        return 0; /* markup, which is no prose: its tags would be read as words */
    return is_text(head) ? 30 : 0;
}

static gs_code reader_open(gs_reader **out, gs_input *input, const char *path,
                           gs_error *err)
{
    gs_reader *reader = calloc(1, sizeof *reader);

    if (reader == NULL)
        return gs_fail_memory(err);
    reader->input = input;
    reader->path = path;
    *out = reader;
    return GS_OK;
}

static gs_text line_at(gs_text text, size_t *at)
{
    size_t end = gs_text_find(text, GS_TEXT("\n"), *at);
    gs_text line = gs_text_slice(text, *at, end < text.size ? end : text.size);

    *at = end < text.size ? end + 1 : text.size;
    return line;
}

/* `Name: value` with a name of letters; its name in small letters, as records have it. */
static bool split_line(gs_entry *out, gs_text line, gs_arena *arena)
{
    size_t colon = gs_text_find(line, GS_TEXT(":"), 0);
    gs_text name = gs_text_slice(line, 0, colon);
    char *small;

    if (colon == SIZE_MAX || name.size == 0)
        return false;
    small = gs_arena_take(arena, name.size);
    if (small == NULL)
        return false;
    for (size_t i = 0; i < name.size; i++) {
        char c = name.bytes[i];

        if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')))
            return false;
        small[i] = (char)(c | 0x20);
    }
    out->key = (gs_text){small, name.size};
    out->value = gs_string(gs_text_trim(gs_text_slice(line, colon + 1, line.size)));
    return true;
}

static bool is_known(gs_text name)
{
    static const gs_text names[] = {GS_TEXT_INIT("title"), GS_TEXT_INIT("publisher"),
                                    GS_TEXT_INIT("published"), GS_TEXT_INIT("url"),
                                    GS_TEXT_INIT("language")};

    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (gs_text_equal(names[i], name))
            return true;
    return false;
}

/* Where the body begins: behind the header, or at 0 when these lines are none. A header
 * has known names alone, each once: prose, too, can begin with a word and a colon. */
static size_t read_header(gs_entry *lines, size_t *count, gs_text text, gs_arena *arena)
{
    size_t at = 0, found = 0;

    while (at < text.size && found < HEADER_LINES_MAX) {
        gs_text line = line_at(text, &at);

        if (gs_text_trim(line).size == 0) {
            *count = found;
            return found > 0 ? at : 0;
        }
        if (!split_line(&lines[found], line, arena) || !is_known(lines[found].key))
            return 0;
        for (size_t i = 0; i < found; i++)
            if (gs_text_equal(lines[i].key, lines[found].key))
                return 0;
        found++;
    }
    *count = at == text.size ? found : 0;
    return *count > 0 ? at : 0;
}

/* The header's fields are read as those of a document record. */
static gs_code read_document(gs_record *out, const gs_reader *reader, gs_text text,
                             gs_arena *arena, gs_error *err)
{
    gs_entry fields[HEADER_LINES_MAX + 4];
    size_t count = 0;
    size_t body = read_header(fields, &count, text, arena);
    gs_text file;
    gs_code rc = gs_path_name(&file, reader->path, arena, err);

    if (rc != GS_OK)
        return rc;
    if (body < text.size)
        fields[count++] =
            (gs_entry){GS_TEXT("text"), gs_string(gs_text_slice(text, body, text.size))};
    fields[count++] = (gs_entry){GS_TEXT("type"), gs_string(GS_TEXT("document"))};
    fields[count++] = (gs_entry){GS_TEXT("file"), gs_string(file)};
    return gs_record_read(out, gs_map(fields, count), arena, err);
}

/* To UTF-8; bytes that no text has are refused with their line. */
static gs_code decode(gs_decoded *out, gs_found *found, gs_text bytes, gs_arena *arena,
                      gs_error *err)
{
    size_t bad;

    *out = (gs_decoded){.text = bytes};
    if (gs_utf8_valid(bytes, &bad))
        return GS_OK;
    if (!has_controls(bytes))
        return gs_charset_decode(out, bytes, (gs_text){0}, arena, err);
    for (size_t i = 0; i < bad; i++)
        found->line += bytes.bytes[i] == '\n';
    return gs_fail(err, GS_INPUT, "invalid UTF-8 at byte %zu; convert it to UTF-8", bad);
}

static gs_code next(gs_found *out, gs_reader *reader, gs_arena *arena, gs_error *err)
{
    gs_found found = {.line = 1};
    gs_decoded decoded;
    gs_text bytes;
    gs_code rc;

    if (reader->done)
        return GS_END;
    reader->done = true;
    rc = gs_input_rest(&bytes, reader->input, GS_PROSE_MAX, err);
    if (rc != GS_OK && rc != GS_INPUT)
        return rc;
    if (rc == GS_OK && gs_text_trim(bytes).size == 0)
        return GS_END;
    if (rc == GS_OK)
        rc = decode(&decoded, &found, bytes, arena, err);
    if (rc == GS_OK) {
        found.note = decoded.note;
        rc = read_document(&found.record, reader, decoded.text, arena, err);
    }
    if (rc != GS_OK && rc != GS_INPUT)
        return rc;
    found.bad = bytes;
    *out = found;
    err->line = (uint32_t)found.line;
    return rc;
}

static void reader_close(gs_reader *reader)
{
    free(reader);
}

const gs_format gs_format_prose = {"prose", sniff, reader_open, next, reader_close};
