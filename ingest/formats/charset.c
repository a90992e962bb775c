#include "ingest/formats/charset.h"
#include "graph/base/buffer.h"
#include <errno.h>
#include <iconv.h>
#include <string.h>
#include <strings.h>

/* What publishers call a character set, and what its bytes are: the names of the WHATWG
 * Encoding Standard, which reads Latin-1 and ASCII as windows-1252 and GB 2312 as its
 * successor. */
static const struct {
    const char *label, *name;
} labels[] = {
    {"utf8", "UTF-8"},
    {"utf-8", "UTF-8"},
    {"unicode-1-1-utf-8", "UTF-8"},
    {"ascii", "WINDOWS-1252"},
    {"us-ascii", "WINDOWS-1252"},
    {"latin1", "WINDOWS-1252"},
    {"latin-1", "WINDOWS-1252"},
    {"l1", "WINDOWS-1252"},
    {"iso-8859-1", "WINDOWS-1252"},
    {"iso8859-1", "WINDOWS-1252"},
    {"iso_8859-1", "WINDOWS-1252"},
    {"iso88591", "WINDOWS-1252"},
    {"cp1252", "WINDOWS-1252"},
    {"windows-1252", "WINDOWS-1252"},
    {"iso-8859-9", "WINDOWS-1254"},
    {"latin5", "WINDOWS-1254"},
    {"iso-8859-11", "CP874"},
    {"tis-620", "CP874"},
    {"windows-874", "CP874"},
    {"gb2312", "GB18030"},
    {"gb_2312-80", "GB18030"},
    {"gbk", "GB18030"},
    {"x-gbk", "GB18030"},
    {"big5", "BIG5-HKSCS"},
    {"shift_jis", "CP932"},
    {"shift-jis", "CP932"},
    {"sjis", "CP932"},
    {"x-sjis", "CP932"},
    {"windows-31j", "CP932"},
    {"euc-kr", "CP949"},
    {"ks_c_5601-1987", "CP949"},
    {"ksc5601", "CP949"},
    {"x-euc-jp", "EUC-JP"},
    {"x-mac-roman", "MACINTOSH"},
    {"x-mac-cyrillic", "MAC-CYRILLIC"},
};

enum { LABEL_ROOM = 48, GUESS_BYTES = 64 << 10, LOST = 0xFFFD };

/* The upper half of windows-1252, whose five holes are the C1 controls of Latin-1. */
static const uint16_t western[32] = {
    0x20AC, 0x81,   0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
    0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x8D,   0x017D, 0x8F,
    0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
    0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D,   0x017E, 0x0178,
};

static void put_point(gs_buffer *to, int32_t point)
{
    char bytes[4];

    gs_buffer_bytes(to, bytes, gs_utf8_put(bytes, point));
}

static void put_western(gs_buffer *to, unsigned char byte)
{
    put_point(to, byte >= 0x80 && byte < 0xA0 ? western[byte - 0x80] : byte);
}

/* UTF-8 where it is, windows-1252 byte by byte where it is not; gives how many. */
static size_t decode_mixed(gs_buffer *to, gs_text bytes)
{
    size_t at = 0, from = 0, strays = 0;

    while (at < bytes.size) {
        if (gs_utf8_next(bytes, &at) >= 0)
            continue;
        gs_buffer_text(to, gs_text_slice(bytes, from, at));
        put_western(to, (unsigned char)bytes.bytes[at++]);
        from = at;
        strays++;
    }
    gs_buffer_text(to, gs_text_slice(bytes, from, at));
    return strays;
}

/* Gives how many bytes stand for nothing. */
static size_t decode_iconv(gs_buffer *to, iconv_t set, gs_text bytes)
{
    char room[4096], *in = (char *)bytes.bytes; /* iconv does not write to it */
    size_t left = bytes.size, lost = 0;

    while (left > 0 && !to->failed) {
        char *out = room;
        size_t free_bytes = sizeof room;
        size_t status = iconv(set, &in, &left, &out, &free_bytes);

        gs_buffer_bytes(to, room, (size_t)(out - room));
        if (status != (size_t)-1 || errno == E2BIG)
            continue;
        put_point(to, LOST);
        in++;
        left--;
        lost++;
    }
    return lost;
}

static const char *name_of(char room[LABEL_ROOM], gs_text label)
{
    label = gs_text_trim(label);
    if (label.size == 0 || label.size >= LABEL_ROOM - sizeof "//")
        return NULL;
    for (size_t i = 0; i < label.size; i++)
        if (label.bytes[i] <= ' ' || label.bytes[i] == '/' || label.bytes[i] == 0x7F)
            return NULL;
    memcpy(room, label.bytes, label.size);
    room[label.size] = '\0';
    for (size_t i = 0; i < sizeof labels / sizeof *labels; i++)
        if (strcasecmp(labels[i].label, room) == 0)
            return labels[i].name;
    return room;
}

/* What bytes above ASCII look like. */
typedef struct looks {
    size_t runs, high;        /* runs of them, and how many they are */
    size_t valid, stray;      /* sequences of UTF-8; bytes that are part of none */
    size_t kana, hangul, han; /* pairs by their lead byte, as EUC has them */
    size_t upper, lower;      /* C0 to DF, E0 to FF */
} looks;

static void look_at_run(looks *l, const unsigned char *run, size_t size)
{
    l->runs++;
    l->high += size;
    for (size_t i = 0; i < size; i++) {
        l->upper += run[i] >= 0xC0 && run[i] < 0xE0;
        l->lower += run[i] >= 0xE0;
    }
    for (size_t i = 0; i + 1 < size; i += 2) {
        l->kana += run[i] == 0xA4 || run[i] == 0xA5;
        l->hangul += run[i] >= 0xB0 && run[i] <= 0xC8;
        l->han += run[i] >= 0xB0 && run[i] <= 0xF7;
    }
}

static looks look_at(gs_text bytes)
{
    looks l = {0};
    const unsigned char *b = (const unsigned char *)bytes.bytes;

    for (size_t at = 0; at < bytes.size;) {
        size_t from = at;

        if (b[at] < 0x80)
            at++;
        else if (gs_utf8_next(bytes, &at) >= 0)
            l.valid++;
        else
            l.stray++, at = from + 1;
    }
    for (size_t at = 0; at < bytes.size; at++) {
        size_t end = at;

        while (end < bytes.size && b[end] >= 0x80)
            end++;
        if (end > at)
            look_at_run(&l, b + at, end - at);
        at = end;
    }
    return l;
}

/* Double bytes and Cyrillic come in long runs, the accents of the west alone. */
static const char *guess(const looks *l)
{
    size_t pairs = l->high / 2;

    if (l->runs == 0 || l->high < 3 * l->runs)
        return "WINDOWS-1252";
    if (l->kana * 5 > pairs)
        return "EUC-JP";
    if (l->hangul * 10 > pairs * 9)
        return "CP949";
    if (l->lower * 10 > l->high * 7)
        return "WINDOWS-1251";
    if (l->upper * 10 > l->high * 7 && l->high < 14 * l->runs)
        return "KOI8-R";
    if (l->han * 2 > pairs)
        return "GB18030";
    return "WINDOWS-1252";
}

typedef struct choice {
    const char *name;
    const char *how;
} choice;

static choice choose(char room[LABEL_ROOM], gs_text bytes, gs_text declared)
{
    const char *name = name_of(room, declared);
    looks l;

    if (name != NULL && strcasecmp(name, "UTF-8") != 0)
        return (choice){name, "as it says"};
    l = look_at(gs_text_slice(bytes, 0, GUESS_BYTES));
    if (l.valid > 2 * l.stray || l.stray == 0)
        return (choice){"UTF-8", "with bytes of windows-1252 among it"};
    return (choice){guess(&l), name != NULL ? "though it says UTF-8" : "by its bytes"};
}

static gs_code take(gs_decoded *out, gs_buffer *text, choice how, size_t lost,
                    gs_arena *arena, gs_error *err)
{
    out->text = gs_text_copy(arena, gs_buffer_view(text));
    if (lost > 0)
        out->note =
            gs_text_format(arena, "no UTF-8: read as %s, %s; bytes unreadable: %zu",
                           how.name, how.how, lost);
    else
        out->note = gs_text_format(arena, "no UTF-8: read as %s, %s", how.name, how.how);
    if (text->failed || out->text.bytes == NULL || out->note.bytes == NULL)
        return gs_fail_memory(err);
    return GS_OK;
}

/* Seven-bit sets that look like ASCII: only their own word tells them. */
static bool is_escaped(gs_text bytes, gs_text declared)
{
    return declared.size > 9 && strncasecmp(declared.bytes, "iso-2022-", 9) == 0 &&
           gs_text_find(bytes, GS_TEXT("\x1b"), 0) != SIZE_MAX;
}

gs_code gs_charset_decode(gs_decoded *out, gs_text bytes, gs_text declared,
                          gs_arena *arena, gs_error *err)
{
    char room[LABEL_ROOM];
    gs_buffer text = {0};
    choice how;
    iconv_t set = (iconv_t)-1;
    size_t lost = 0;
    gs_code rc;

    *out = (gs_decoded){.text = bytes};
    if (gs_utf8_valid(bytes, NULL) && !is_escaped(bytes, declared))
        return GS_OK;
    how = choose(room, bytes, declared);
    if (strcmp(how.name, "UTF-8") != 0 && strcmp(how.name, "WINDOWS-1252") != 0) {
        set = iconv_open("UTF-8", how.name);
        if (set == (iconv_t)-1)
            how = choose(room, bytes, (gs_text){0});
        if (set == (iconv_t)-1)
            set = iconv_open("UTF-8", how.name);
    }
    if (strcmp(how.name, "WINDOWS-1252") == 0)
        for (size_t i = 0; i < bytes.size; i++)
            put_western(&text, (unsigned char)bytes.bytes[i]);
    else if (set == (iconv_t)-1)
        decode_mixed(&text, bytes);
    else
        lost = decode_iconv(&text, set, bytes);
    rc = take(out, &text, how, lost, arena, err);
    if (set != (iconv_t)-1)
        iconv_close(set);
    gs_buffer_free(&text);
    return rc;
}
