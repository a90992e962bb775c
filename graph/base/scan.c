#include "graph/base/scan.h"
#ifdef __SSE2__
#include <emmintrin.h>
#endif

enum { BLOCK = 16 };

/* Masks of the sixteen bytes at `from`: the lowest bit is the first byte. */
typedef struct masks {
    unsigned high, control, blank, quote, backslash;
} masks;

#ifdef __SSE2__
static inline unsigned equal_to(__m128i block, char c)
{
    return (unsigned)_mm_movemask_epi8(_mm_cmpeq_epi8(block, _mm_set1_epi8(c)));
}

/* Compilers leave out what their caller does not use. */
static inline masks look(const char *from)
{
    __m128i block = _mm_loadu_si128((const __m128i *)from);
    unsigned high = (unsigned)_mm_movemask_epi8(block);

    return (masks){
        .high = high,
        .control =
            (unsigned)_mm_movemask_epi8(_mm_cmplt_epi8(block, _mm_set1_epi8(' '))) &
            ~high,
        .blank = equal_to(block, ' '),
        .quote = equal_to(block, '"'),
        .backslash = equal_to(block, '\\'),
    };
}
#else
static inline masks look(const char *from)
{
    masks found = {0};

    for (unsigned i = 0; i < BLOCK; i++) {
        unsigned char c = (unsigned char)from[i];

        found.high |= (unsigned)(c >= 0x80) << i;
        found.control |= (unsigned)(c < ' ') << i;
        found.blank |= (unsigned)(c == ' ') << i;
        found.quote |= (unsigned)(c == '"') << i;
        found.backslash |= (unsigned)(c == '\\') << i;
    }
    return found;
}
#endif

static inline size_t first_of(unsigned mask)
{
    return (size_t)__builtin_ctz(mask);
}

size_t gs_scan_ascii(gs_text text, size_t at)
{
    for (; text.size - at >= BLOCK; at += BLOCK) {
        unsigned high = look(text.bytes + at).high;

        if (high != 0)
            return at + first_of(high);
    }
    while (at < text.size && (unsigned char)text.bytes[at] < 0x80)
        at++;
    return at;
}

static bool ends_string(unsigned char c)
{
    return c == '"' || c == '\\' || c < ' ';
}

size_t gs_scan_string(gs_text text, size_t at)
{
    for (; text.size - at >= BLOCK; at += BLOCK) {
        masks found = look(text.bytes + at);
        unsigned end = found.quote | found.backslash | found.control;

        if (end != 0)
            return at + first_of(end);
    }
    while (at < text.size && !ends_string((unsigned char)text.bytes[at]))
        at++;
    return at;
}

bool gs_scan_is_plain(gs_text text)
{
    unsigned before = 1; /* a blank at the start is one too many */
    size_t at = 0;

    for (; text.size - at >= BLOCK; at += BLOCK) {
        masks found = look(text.bytes + at);

        if ((found.high | found.control | (found.blank & (found.blank << 1 | before))) !=
            0)
            return false;
        before = found.blank >> (BLOCK - 1);
    }
    for (; at < text.size; at++) {
        unsigned char c = (unsigned char)text.bytes[at];

        if (c < ' ' || c >= 0x80 || (c == ' ' && before != 0))
            return false;
        before = c == ' ';
    }
    return before == 0 || text.size == 0;
}

bool gs_scan_has_control(gs_text text)
{
    size_t at = 0;

    for (; text.size - at >= BLOCK; at += BLOCK)
        if (look(text.bytes + at).control != 0)
            return true;
    for (; at < text.size; at++)
        if ((unsigned char)text.bytes[at] < ' ')
            return true;
    return false;
}

static char lower(char c)
{
    if (c == '`')
        return '\'';
    return c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
}

void gs_scan_lower(char *to, gs_text text)
{
    size_t at = 0;

#ifdef __SSE2__
    for (; text.size - at >= BLOCK; at += BLOCK) {
        __m128i block = _mm_loadu_si128((const __m128i *)(text.bytes + at));
        __m128i upper = _mm_and_si128(_mm_cmpgt_epi8(block, _mm_set1_epi8('A' - 1)),
                                      _mm_cmplt_epi8(block, _mm_set1_epi8('Z' + 1)));
        __m128i grave = _mm_cmpeq_epi8(block, _mm_set1_epi8('`'));

        block = _mm_add_epi8(block, _mm_and_si128(upper, _mm_set1_epi8('a' - 'A')));
        block = _mm_sub_epi8(block, _mm_and_si128(grave, _mm_set1_epi8('`' - '\'')));
        _mm_storeu_si128((__m128i *)(to + at), block);
    }
#endif
    for (; at < text.size; at++)
        to[at] = lower(text.bytes[at]);
}
