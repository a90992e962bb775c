/* Text from outside: pointer and length, UTF-8, never assumed to end in NUL.
 *
 * Ownership  a gs_text borrows; what a function makes is the arena's that was handed in.
 * Units      `size` and offsets are bytes unless a name says "points" (Unicode code
 *            points).
 * Errors     functions that make text give {NULL, 0} for want of memory; everywhere else
 *            a missing text is {NULL, 0} and an empty one has bytes != NULL.
 * Threads    pure functions.
 */
#ifndef GS_BASE_TEXT_H
#define GS_BASE_TEXT_H

#include "graph/base/arena.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct gs_text {
    const char *bytes;
    size_t size;
} gs_text;

/* A text of a string literal. */
#define GS_TEXT(literal) ((gs_text){"" literal, sizeof(literal) - 1})
/* The same in a static table, where C17 takes no compound literal. */
#define GS_TEXT_INIT(literal)                                                            \
    {                                                                                    \
        "" literal, sizeof(literal) - 1                                                  \
    }
/* For printf's "%.*s". */
#define GS_SHOW(text) (int)(text).size, (text).bytes ? (text).bytes : ""

gs_text gs_text_of(const char *string); /* NULL gives the missing text */
bool gs_text_equal(gs_text a, gs_text b);
int gs_text_compare(gs_text a, gs_text b); /* bytes as unsigned; a prefix comes first */
bool gs_text_starts(gs_text text, gs_text prefix);
bool gs_text_ends(gs_text text, gs_text suffix);
/* Where `part` first stands in `text` from byte `from` on; SIZE_MAX when it does not. */
size_t gs_text_find(gs_text text, gs_text part, size_t from);
gs_text gs_text_slice(gs_text text, size_t start, size_t end); /* clipped to the text */
gs_text gs_text_trim(gs_text text); /* without Unicode white space at both ends */
gs_text gs_text_copy(gs_arena *arena, gs_text text);
const char *gs_text_string(gs_arena *arena, gs_text text); /* ends in NUL */
__attribute__((format(printf, 2, 3))) gs_text gs_text_format(gs_arena *arena,
                                                             const char *format, ...);
/* The pieces with `between` between them. */
gs_text gs_text_join(gs_arena *arena, const gs_text *pieces, size_t count,
                     gs_text between);

/* The code point at byte *at, which moves behind it. -1 at the end or where the bytes are
 * no UTF-8 (overlong forms, surrogates and what lies past U+10FFFF are none); then *at
 * stays. */
int32_t gs_utf8_next(gs_text text, size_t *at);
/* The code point that ends before byte *at, which moves to its start; -1 at the start. */
int32_t gs_utf8_previous(gs_text text, size_t *at);
/* Writes a code point; gives the number of bytes, 1 to 4. */
size_t gs_utf8_put(char out[4], int32_t point);
/* Whether all of it is UTF-8; where it is not, *bad (may be NULL) is the first bad byte.
 */
bool gs_utf8_valid(gs_text text, size_t *bad);
size_t gs_utf8_count(gs_text text); /* code points of valid UTF-8 */
bool gs_point_is_space(int32_t point);
bool gs_point_is_letter(int32_t point); /* letters and marks */
bool gs_point_is_digit(int32_t point);  /* decimal digits of any script */
bool gs_point_is_upper(int32_t point);  /* upper and title case */

/* For comparison of names and words: NFKC, case folded, diacritics dropped, apostrophes,
 * quotation marks and dashes of every form made one, letters with a stroke made plain
 * (Łódź is lodz), white space runs made one blank and trimmed. Marks that are vowels or
 * voicing stay. What is no UTF-8 becomes U+FFFD. Folding twice changes nothing more. */
gs_text gs_fold(gs_arena *arena, gs_text text);

/* gs_fold without a leading article ("the", "a", "an"): by this an actor is found. */
gs_text gs_fold_name(gs_arena *arena, gs_text name);

/* For identity: NFC, white space runs made one blank and trimmed; case stays. What is no
 * UTF-8 becomes U+FFFD. */
gs_text gs_normalise(gs_arena *arena, gs_text text);

/* For a terminal: control and bidirectional characters and bad bytes are shown (\x1b,
 * \u202e), not obeyed; line breaks and tabs become blanks. Gives `text` itself where it
 * is safe. */
gs_text gs_printable(gs_arena *arena, gs_text text);

/* Columns on a terminal: wide characters take two, combining ones none. */
size_t gs_text_width(gs_text text);

#endif
