#include "ingest/formats/foreign.h"
#include "ingest/formats/formats.h"
#include <string.h>
#include <strings.h>

typedef struct magic {
    gs_text bytes;
    const char *name;
} magic;

static const magic magics[] = {
    {GS_TEXT_INIT("%PDF-"), "PDF"},
    {GS_TEXT_INIT("PK\x03\x04"), "a ZIP archive (or an office document)"},
    {GS_TEXT_INIT("\x89PNG"), "a PNG picture"},
    {GS_TEXT_INIT("\xFF\xD8\xFF"), "a JPEG picture"},
    {GS_TEXT_INIT("GIF8"), "a GIF picture"},
    {GS_TEXT_INIT("RIFF"), "a RIFF file (WebP, WAV or AVI)"},
    {GS_TEXT_INIT("ID3"), "MP3 sound"},
    {GS_TEXT_INIT("OggS"), "Ogg sound"},
    {GS_TEXT_INIT("\x7F"
                  "ELF"),
     "a program"},
    {GS_TEXT_INIT("MZ\x90"), "a program"},
    {GS_TEXT_INIT("BZh"), "bzip2"},
    {GS_TEXT_INIT("\xFD"
                  "7zXZ"),
     "xz"},
    {GS_TEXT_INIT("7z\xBC\xAF"), "a 7-Zip archive"},
    {GS_TEXT_INIT("Rar!"), "a RAR archive"},
    {GS_TEXT_INIT("\x04\x22\x4D\x18"), "lz4"},
    {GS_TEXT_INIT("\x1F\x8B"), "gzip within gzip"},
    {GS_TEXT_INIT("{\\rtf"), "RTF"},
    {GS_TEXT_INIT("\xD0\xCF\x11\xE0"), "an office document of the old kind"},
    {GS_TEXT_INIT("SQLite format 3"), "an SQLite database"},
    {GS_TEXT_INIT("PAR1"), "Parquet"},
    {GS_TEXT_INIT("ARROW1"), "Arrow"},
    {GS_TEXT_INIT("Obj\x01"), "Avro"},
    {GS_TEXT_INIT("WARC/"), "WARC"},
    {GS_TEXT_INIT("filedesc://"), "ARC"},
    {GS_TEXT_INIT("\x16\x16\x01"), "ANPA 1312"},
    {GS_TEXT_INIT("\x01"), "IPTC 7901"},
};

static const magic roots[] = {
    {GS_TEXT_INIT("newsItem"), "NewsML-G2"},
    {GS_TEXT_INIT("packageItem"), "NewsML-G2"},
    {GS_TEXT_INIT("conceptItem"), "NewsML-G2"},
    {GS_TEXT_INIT("knowledgeItem"), "NewsML-G2"},
    {GS_TEXT_INIT("planningItem"), "NewsML-G2"},
    {GS_TEXT_INIT("catalogItem"), "NewsML-G2"},
    {GS_TEXT_INIT("newsMessage"), "NewsML-G2"},
    {GS_TEXT_INIT("NewsML"), "NewsML 1"},
    {GS_TEXT_INIT("nitf"), "NITF"},
    {GS_TEXT_INIT("sports-content"), "SportsML"},
    {GS_TEXT_INIT("urlset"), "a sitemap"},
    {GS_TEXT_INIT("sitemapindex"), "a sitemap index"},
    {GS_TEXT_INIT("opml"), "OPML"},
    {GS_TEXT_INIT("Sentences"), "PETRARCH sentences"},
    {GS_TEXT_INIT("svg"), "an SVG picture"},
};

/* JSON, by words that stand in its beginning: all of a row. */
static const struct {
    const char *words[3], *name;
} documents[] = {
    {{"jsonfeed.org/version"}, "JSON Feed"},
    {{"\"type\"", "\"bundle\"", "\"objects\""}, "STIX"},
    {{"\"type\"", "\"bundle\"", "bundle--"}, "STIX"},
    {{"\"spec_version\"", "\"type\"", "--"}, "STIX"},
    {{"\"created\"", "\"type\"", "--"}, "STIX"},
    {{"\"schema\"", "\"properties\"", "\"id\""}, "FollowTheMoney"},
    {{"\"op\"", "\"entity\"", "\"schema\""}, "FollowTheMoney"},
    {{"\"op\"", "\"entity\"", "\"id\""}, "FollowTheMoney"},
    {{"\"layout\"", "\"entities\"", "\"schema\""}, "FollowTheMoney"},
    {{"ninjs"}, "ninjs"},
    {{"\"uri\"", "\"pubstatus\""}, "ninjs"},
    {{"\"uri\"", "\"versioncreated\""}, "ninjs"},
    {{"\"uri\"", "\"headlines\""}, "ninjs"},
    {{"\"uri\"", "\"representationtype\""}, "ninjs"},
};

static bool has_all(gs_text head, const char *const words[3])
{
    for (size_t i = 0; i < 3 && words[i] != NULL; i++)
        if (gs_text_find(head, gs_text_of(words[i]), 0) == SIZE_MAX)
            return false;
    return true;
}

/* Our own records are none of others', whatever else they say. */
static bool is_record(gs_text head)
{
    static const char *const ours[][3] = {
        {"\"kind\""},
        {"\"type\"", "\"statement\""},
        {"\"type\"", "\"document\"", "\"text\""},
    };
    gs_text line = gs_text_slice(head, 0, gs_text_find(head, GS_TEXT("\n"), 0));

    for (size_t i = 0; i < sizeof ours / sizeof *ours; i++)
        if (has_all(line, ours[i]))
            return true;
    return false;
}

static const char *json_name(gs_text head)
{
    if (is_record(head))
        return NULL;
    for (size_t i = 0; i < sizeof documents / sizeof *documents; i++)
        if (has_all(head, documents[i].words))
            return documents[i].name;
    return NULL;
}

/* Behind what may stand before the first element: declarations, comments. */
static size_t skip_prolog(gs_text head)
{
    size_t at = gs_text_find(head, GS_TEXT("<"), 0), end;

    while (at != SIZE_MAX && at + 1 < head.size) {
        gs_text rest = gs_text_slice(head, at, head.size);

        if (gs_text_starts(rest, GS_TEXT("<!--")))
            end = gs_text_find(head, GS_TEXT("-->"), at + 4);
        else if (rest.bytes[1] == '?' || rest.bytes[1] == '!')
            end = gs_text_find(head, GS_TEXT(">"), at);
        else
            return at;
        at = end == SIZE_MAX ? SIZE_MAX : gs_text_find(head, GS_TEXT("<"), end);
    }
    return SIZE_MAX;
}

gs_text gs_markup_root(gs_text head)
{
    static const char ends[] = " \t\r\n/>";
    size_t at, end;
    gs_text name;

    if (!gs_text_starts(gs_text_trim(head), GS_TEXT("<")))
        return (gs_text){0};
    at = skip_prolog(head);
    if (at == SIZE_MAX)
        return (gs_text){0};
    for (end = ++at; end < head.size && strchr(ends, head.bytes[end]) == NULL;)
        end++;
    name = gs_text_slice(head, at, end);
    at = gs_text_find(name, GS_TEXT(":"), 0);
    return at == SIZE_MAX ? name : gs_text_slice(name, at + 1, name.size);
}

size_t gs_table_columns(gs_text head)
{
    gs_text line = gs_text_slice(head, 0, gs_text_find(head, GS_TEXT("\n"), 0));
    size_t count = 1;

    for (size_t i = 0; i < line.size; i++)
        count += line.bytes[i] == '\t';
    return count;
}

static bool is_digit_at(gs_text text, size_t at)
{
    return at < text.size && text.bytes[at] >= '0' && text.bytes[at] <= '9';
}

static const char *table_name(gs_text head, const char *path)
{
    size_t columns = gs_table_columns(head);

    if ((columns == 57 || columns == 58) && is_digit_at(head, 0))
        return "GDELT 1.0 events";
    if (columns == 27 && is_digit_at(head, 0))
        return "a GDELT knowledge graph";
    if (columns == 16 && is_digit_at(head, 0))
        return "GDELT mentions";
    if (gs_text_find(head, GS_TEXT("claimReview_claimReviewed"), 0) != SIZE_MAX)
        return "ClaimsKG rows";
    if (columns > 3 || gs_path_ends(path, ".csv") || gs_path_ends(path, ".tsv") ||
        gs_path_ends(path, ".tab"))
        return "a table of columns that are not known here";
    return NULL;
}

const char *gs_foreign_name(gs_text head, const char *path)
{
    gs_text start = gs_text_trim(head), root;

    for (size_t i = 0; i < sizeof magics / sizeof *magics; i++)
        if (gs_text_starts(head, magics[i].bytes))
            return magics[i].name;
    if (head.size > 262 && memcmp(head.bytes + 257, "ustar", 5) == 0)
        return "a tar archive";
    root = gs_markup_root(head);
    for (size_t i = 0; root.size > 0 && i < sizeof roots / sizeof *roots; i++)
        if (gs_text_equal(root, roots[i].bytes))
            return roots[i].name;
    if (gs_text_starts(start, GS_TEXT("{")) || gs_text_starts(start, GS_TEXT("[")))
        return json_name(head);
    return root.size == 0 && !gs_is_binary(head) ? table_name(head, path) : NULL;
}
