/* Floats as text, the same in every locale.
 *
 * Threads  pure functions; the thread's locale is left as it was.
 */
#ifndef GS_BASE_NUMBER_H
#define GS_BASE_NUMBER_H

#include "graph/base/text.h"
#include <stdbool.h>
#include <stdint.h>

enum {
    GS_REAL_ROOM = 32,
    GS_REAL_LONGEST =
        1023, /* no float needs more than 767 digits to be told from the next */
};

/* The shortest text that reads back as `number`, which is finite, always with a point or
 * an exponent; gives its size. */
size_t gs_real_write(char out[GS_REAL_ROOM], double number);

/* A decimal number, with or without point and exponent; false where `text` is anything
 * else (a blank, a hexadecimal number, "inf") or longer than GS_REAL_LONGEST. What is too
 * large becomes infinite. */
bool gs_real_read(double *out, gs_text text);

/* A decimal integer of 64 bits with an optional sign; false where it is none or too
 * large. */
bool gs_integer_read(int64_t *out, gs_text text);

#endif
