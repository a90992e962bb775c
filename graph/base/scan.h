/* Bytes looked at sixteen at a time, where the processor can.
 *
 * Threads  pure functions.
 */
#ifndef GS_BASE_SCAN_H
#define GS_BASE_SCAN_H

#include "graph/base/text.h"

/* The first byte from `at` on that is no ASCII; the text's size where there is none. */
size_t gs_scan_ascii(gs_text text, size_t at);

/* The first byte from `at` on where a run of a JSON string ends: a quotation mark, a
 * backslash or a control character (below U+0020); the text's size where there is none. */
size_t gs_scan_string(gs_text text, size_t at);

/* Whether it is printable ASCII alone, with no blank at either end and no two together:
 * such a text is its own gs_normalise, and its gs_fold is gs_scan_lower. */
bool gs_scan_is_plain(gs_text text);

/* Whether a control character (below U+0020) stands in it. */
bool gs_scan_has_control(gs_text text);

/* Capital letters made small, and a grave accent an apostrophe; the rest as it is. */
void gs_scan_lower(char *to, gs_text text);

#endif
