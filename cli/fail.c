#include "cli/fail.h"
#include "graph/base/error.h"
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

gainsay_code gs_cli_fail(gainsay_error *err, gainsay_code code, const char *format, ...)
{
    char text[sizeof err->text]; /* the arguments may quote err->text itself */
    gs_error whole;
    va_list args;

    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    gs_fail(&whole, GS_FAILED, "%s", text); /* whole characters, one line */
    *err = (gainsay_error){.code = code};
    memcpy(err->text, whole.text, sizeof err->text);
    return code;
}

gainsay_code gs_cli_memory(gainsay_error *err)
{
    return gs_cli_fail(err, GAINSAY_MEMORY,
                       "out of memory; close other programs, or ask for less");
}
