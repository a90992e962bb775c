/* Any bytes as a date: no crash, and the canonical text means the same as what was read.
 */
#include "graph/base/edtf.h"
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static void check(const gs_edtf *date)
{
    int64_t first = 0, last = 0;
    gs_edtf again;
    gs_error err;

    if (gs_edtf_parse(&again, gs_edtf_text(date), &err) != GS_OK ||
        strcmp(again.text, date->text) != 0 || !gs_edtf_equal(&again, date) ||
        gs_edtf_order(&again, date) != 0 || date->earliest > date->latest)
        abort();
    if (gs_edtf_first_day(date, &first) != (date->earliest != GS_EDTF_OPEN_START) ||
        gs_edtf_last_day(date, &last) != (date->latest != GS_EDTF_OPEN_END))
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    gs_edtf date;
    gs_error err;

    if (gs_edtf_parse(&date, (gs_text){(const char *)bytes, size}, &err) != GS_OK)
        return 0;
    check(&date);
    date = gs_edtf_about(date);
    check(&date);
    if (!date.approximate)
        abort();
    return 0;
}
